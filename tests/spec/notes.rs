//! Mentions as the notes beside the carets write them.

use copydesk::{
    claim::{Approximation, Dimension, Direction, Edge, Extent, Form, NameClass, Quantity, QuotationForm},
    ide::{Mention, MentionKind},
    text::Span,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::fixture::Question;

/// Marks a name that may be an ordinary word; it need not be marked.
const DOUBTFUL: &str = "doubtful";

/// Whether what is read must be marked.
pub(crate) fn is_loud(says: &[String]) -> bool {
    !says.iter().any(|s| s == DOUBTFUL)
}

/// What was read of a mention, if its kind is asked for: first its value, then all that a note may add.
pub(crate) fn reading(question: Question, text: &str, mention: &Mention) -> Option<Vec<String>> {
    let of = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = Vec::new();
    match (question, &mention.kind) {
        (Question::Quantities, MentionKind::Quantity(q)) => {
            out.push(value(q));
            out.extend(q.entity.map(&of));
            out.extend(q.base.map(|b| format!("of {}", of(b))));
            out.extend(q.change.map(|c| {
                let direction = match c.direction {
                    Some(Direction::Up) => "up ",
                    Some(Direction::Down) => "down ",
                    None => "",
                };
                let extent = match c.extent {
                    Extent::By => "by",
                    Extent::To => "to",
                    Extent::From => "from",
                };
                format!("{direction}{extent}")
            }));
            out.extend(q.vague.then(|| "vague".to_owned()));
        }
        (Question::Dates, MentionKind::Date(d)) => {
            let mut value = match (d.earliest, d.latest) {
                (Some(a), Some(b)) => days(a, b),
                _ => "some day".to_owned(),
            };
            if let Some(clock) = &d.clock {
                value += &format!(" {:02}:{:02}", clock.minute / 60, clock.minute % 60);
                clock.zone.iter().for_each(|z| value += &format!(" {z}"));
            }
            out.push(value);
            out.push(format!("{:?}", d.form).to_lowercase());
            out.extend(d.edge.map(|e| match e {
                Edge::Early => "early".into(),
                Edge::Mid => "mid".into(),
                Edge::Late => "late".into(),
                Edge::Before => "before".into(),
                Edge::After => "after".into(),
                Edge::About => "about".into(),
            }));
        }
        (Question::Names, MentionKind::Name(n)) => {
            let class = match n.class {
                NameClass::Person => "person",
                NameClass::Place => "place",
                NameClass::Organization => "organization",
                NameClass::Other => "other",
            };
            out.push(class.to_owned());
            out.push(format!("is {}", n.canonical));
            out.extend(n.role.map(|r| format!("role {}", of(r))));
            out.extend(n.demonym.then(|| "demonym".to_owned()));
            out.extend(n.doubtful.then(|| DOUBTFUL.to_owned()));
        }
        (Question::Quotations, MentionKind::Quotation(q)) => {
            let form = match q.form {
                QuotationForm::Direct => "direct",
                QuotationForm::Partial => "partial",
                QuotationForm::Scare => "scare",
                QuotationForm::Title => "title",
            };
            out.push(form.to_owned());
            out.push(match &q.speaker {
                Some(s) => format!("by {}", s.canonical.clone().unwrap_or_else(|| of(s.span))),
                None => "by nobody".to_owned(),
            });
            out.extend(q.cue.map(|c| format!("cue {}", of(c))));
        }
        _ => return None,
    }
    Some(out)
}

/// "3..5 percent", "about >40", "ordinal 3".
fn value(q: &Quantity) -> String {
    let mut out = String::new();
    out += match q.form {
        Form::Cardinal => "",
        Form::Ordinal => "ordinal ",
        Form::Fraction => "fraction ",
        Form::Multiple => "multiple ",
        Form::Age => "age ",
        Form::Score => "score ",
        Form::Superlative => "superlative ",
    };
    out += match q.approximation {
        Approximation::None => "",
        Approximation::About => "about ",
        Approximation::Nearly => "nearly ",
        Approximation::JustOver => "just over ",
    };
    // Cents as the currency that they are of.
    let factor = q.unit.as_ref().filter(|u| u.dimension == Dimension::Money).map_or(Decimal::ONE, |u| u.factor);
    let [low, high] = [q.low, q.high].map(|d| d.map(|d| (d * factor).round_dp(4).normalize().to_string()));
    out += &match (low, high) {
        (Some(l), Some(h)) if q.form == Form::Score => format!("{l}-{h}"),
        (Some(l), Some(h)) if l == h => l,
        (Some(l), Some(h)) => format!("{l}..{}{h}", if q.high_open { "<" } else { "" }),
        (Some(l), None) => format!("{}{l}", if q.low_open { ">" } else { ">=" }),
        (None, Some(h)) => format!("{}{h}", if q.high_open { "<" } else { "<=" }),
        (None, None) => "?".to_owned(),
    };
    if let Some(unit) = &q.unit {
        out += &format!(" {}", unit.name);
        unit.per.iter().for_each(|per| out += &format!("/{per}"));
    }
    out
}

fn days(first: Date, last: Date) -> String {
    let year = |d: Date| format!("{:04}", d.year());
    let whole = |d: Date| d == d.first_of_month() && last == last.last_of_month();
    if first == last {
        first.to_string()
    } else if first == first.first_of_year() && last == first.last_of_year() {
        year(first)
    } else if whole(first) && (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}-{:02}", year(first), first.month())
    } else {
        format!("{first}..{last}")
    }
}
