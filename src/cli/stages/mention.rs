//! Mentions as JSON and as lines.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use rust_decimal::Decimal;
use serde::Serialize;

use super::{one_line, range};
use crate::{
    claim::{self, Approximation, Dimension, Direction, Extent, Form, MentionKind, NameClass, QuotationForm, Reading},
    report::json::{self, Range},
    text::Span,
};

#[derive(Serialize)]
pub(super) struct Mention<'a> {
    range: Range,
    text: &'a str,
    kind: &'static str,
    /// Whether it stands inside a quotation.
    quoted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Quantity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Date<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotation: Option<Quotation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<Statement<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Quantity<'a> {
    low: Option<String>,
    high: Option<String>,
    low_open: bool,
    high_open: bool,
    step: String,
    form: &'static str,
    approximation: Option<&'static str>,
    vague: bool,
    unit: Option<String>,
    dimension: Option<String>,
    qualifier: Option<&'a str>,
    change: Option<Change>,
    entity: Option<Part<'a>>,
    modifiers: Option<Part<'a>>,
    base: Option<Part<'a>>,
    numeral: Part<'a>,
    /// What a superlative ranks by.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<Rank<'a>>,
}

#[derive(Serialize)]
struct Rank<'a> {
    word: &'a str,
    dimension: Option<&'static str>,
    end: Option<&'static str>,
    ever: bool,
    since: bool,
    scope: Option<Part<'a>>,
    owner: Option<Part<'a>>,
}

#[derive(Serialize)]
struct Change {
    direction: Option<&'static str>,
    extent: &'static str,
}

#[derive(Serialize)]
struct Date<'a> {
    earliest: Option<String>,
    latest: Option<String>,
    text: &'a str,
    form: String,
    time: Option<String>,
    zone: Option<&'a str>,
    edge: Option<String>,
    /// Whether it comes again and again: "every Tuesday".
    set: bool,
    /// The weekday as written.
    weekday: Option<String>,
    /// Whether the date falls on another weekday.
    weekday_wrong: bool,
}

#[derive(Serialize)]
struct Name<'a> {
    #[serde(rename = "type")]
    class: &'static str,
    canonical: &'a str,
    bare: Part<'a>,
    demonym: bool,
    role: Option<Part<'a>>,
}

#[derive(Serialize)]
struct Quotation<'a> {
    content: Content,
    pieces: Vec<Part<'a>>,
    form: &'static str,
    cue: Option<Part<'a>>,
    speaker: Option<Speaker<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    predicate: Part<'a>,
    /// What sort of word the predicate is.
    sort: String,
    denied: bool,
    mode: String,
}

#[derive(Serialize)]
struct Content {
    range: Range,
}

#[derive(Serialize)]
struct Speaker<'a> {
    range: Range,
    text: &'a str,
    canonical: Option<&'a str>,
}

pub(super) fn mentions(reading: &Reading) -> Vec<Mention<'_>> {
    let text = &*reading.prose.document.text;
    let published = reading.prose.document.meta.published;
    reading.mentions.iter().map(|m| mention(text, published, m)).collect()
}

fn mention<'a>(text: &'a str, published: Option<jiff::civil::Date>, mention: &'a claim::Mention) -> Mention<'a> {
    let mut out = Mention {
        range: mention.span.into(),
        text: mention.span.of(text),
        kind: kind(&mention.kind),
        quoted: mention.quoted,
        quantity: None,
        date: None,
        name: None,
        quotation: None,
        statement: None,
    };
    let part = |span: Span| Part { range: span.into(), text: span.of(text) };
    match &mention.kind {
        MentionKind::Quantity(q) => {
            out.quantity = Some(Quantity {
                low: q.low.map(|d| d.normalize().to_string()),
                high: q.high.map(|d| d.normalize().to_string()),
                low_open: q.low_open,
                high_open: q.high_open,
                step: q.step.normalize().to_string(),
                form: form(q.form),
                approximation: approximation(q.approximation),
                vague: q.vague,
                unit: q.unit.as_ref().map(unit),
                dimension: q.unit.as_ref().map(|u| format!("{:?}", u.dimension).to_lowercase()),
                qualifier: q.qualifier.map(|s| s.of(text)),
                change: q.change.map(|c| Change { direction: c.direction.map(direction), extent: extent(c.extent) }),
                entity: q.entity.map(part),
                modifiers: q.modifiers.map(part),
                base: q.base.map(part),
                numeral: part(q.numeral),
                rank: q.rank.as_ref().map(|r| Rank {
                    word: &r.word,
                    dimension: r.scales.name(),
                    end: r.end.map(end),
                    ever: r.ever,
                    since: r.since,
                    scope: r.scope.map(part),
                    owner: r.owner.map(part),
                }),
            });
        }
        MentionKind::Date(d) => {
            out.date = Some(Date {
                earliest: d.earliest.map(|d| d.to_string()),
                latest: d.latest.map(|d| d.to_string()),
                text: out.text,
                form: format!("{:?}", d.form).to_lowercase(),
                time: d.clock.as_ref().map(|c| format!("{:02}:{:02}", c.minute / 60, c.minute % 60)),
                zone: d.clock.as_ref().and_then(|c| c.zone.as_deref()),
                edge: d.edge.map(|e| format!("{e:?}").to_lowercase()),
                set: d.set,
                weekday: d.weekday.map(|w| format!("{w:?}").to_lowercase()),
                weekday_wrong: claim::wrong_weekday(d, published).is_some(),
            });
        }
        MentionKind::Name(n) => {
            out.name = Some(Name {
                class: class(n.class),
                canonical: &n.canonical,
                bare: part(n.bare),
                demonym: n.demonym,
                role: n.role.map(part),
            });
        }
        MentionKind::Quotation(q) => {
            let whole = q.pieces.iter().copied().reduce(Span::cover).unwrap_or(mention.span);
            out.quotation = Some(Quotation {
                content: Content { range: whole.into() },
                pieces: q.pieces.iter().copied().map(part).collect(),
                form: match q.form {
                    QuotationForm::Direct => "direct",
                    QuotationForm::Partial => "partial",
                    QuotationForm::Scare => "scare",
                    QuotationForm::Title => "title",
                },
                cue: q.cue.map(part),
                speaker: q.speaker.as_ref().map(|s| Speaker {
                    range: s.span.into(),
                    text: s.span.of(text),
                    canonical: s.canonical.as_deref(),
                }),
            });
        }
        MentionKind::Statement(s) => {
            out.statement =
                Some(Statement { predicate: part(s.head), sort: lower(s.sort), denied: s.denied, mode: lower(s.mode) });
        }
    }
    out
}

/// The name of a variant in lower case.
fn lower(variant: impl std::fmt::Debug) -> String {
    format!("{variant:?}").to_lowercase()
}

/// Superlatives are kept apart from figures.
fn kind(kind: &MentionKind) -> &'static str {
    match kind {
        MentionKind::Quantity(q) if q.form == Form::Superlative => "superlative",
        kind => json::kind(kind),
    }
}

/// "percent", "kilometre", "USD", "cent" (a hundredth of a currency), "USD/barrel".
fn unit(unit: &claim::Unit) -> String {
    let hundredth = unit.dimension == Dimension::Money && unit.factor == Decimal::new(1, 2);
    // Codes of currencies keep their capitals, "degree Celsius" does not.
    let lower = if unit.dimension == Dimension::Money { unit.name.clone() } else { unit.name.to_lowercase() };
    let name = match lower.as_str() {
        "GBP" if hundredth => "penny",
        _ if hundredth => "cent",
        name => name,
    };
    match &unit.per {
        Some(per) => format!("{name}/{per}"),
        None => name.to_owned(),
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Cardinal => "cardinal",
        Form::Ordinal => "ordinal",
        Form::Fraction => "fraction",
        Form::Multiple => "multiple",
        Form::Age => "age",
        Form::Score => "score",
        Form::Superlative => "superlative",
    }
}

fn approximation(approximation: Approximation) -> Option<&'static str> {
    match approximation {
        Approximation::None => None,
        Approximation::About => Some("about"),
        Approximation::Nearly => Some("nearly"),
        Approximation::JustOver => Some("just-over"),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

fn end(end: claim::End) -> &'static str {
    match end {
        claim::End::High => "high",
        claim::End::Low => "low",
    }
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::By => "by",
        Extent::To => "to",
        Extent::From => "from",
    }
}

fn class(class: NameClass) -> &'static str {
    match class {
        NameClass::Person => "person",
        NameClass::Place => "place",
        NameClass::Organization => "organization",
        NameClass::Other => "other",
    }
}

/// Prints every mention on a line of its own.
pub(super) fn lines(reading: &Reading) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for mention in &reading.mentions {
        writeln!(out, "{}", line(reading, mention))?;
    }
    out.flush()
}

/// A mention on one line: range, kind, words, what was read.
pub(super) fn line(reading: &Reading, mention: &claim::Mention) -> String {
    let text = &*reading.prose.document.text;
    let words = format!("{:?}", one_line(mention.span.of(text)));
    let mut out = format!("{:>11}  {:<9}  {words:<32} ", range(mention.span), json::kind(&mention.kind));
    let mut say = |key: &str, value: &str| {
        let _ = write!(out, " {key}={}", one_line(value));
    };
    match &mention.kind {
        MentionKind::Quantity(q) => {
            let low = q.low.map_or("…".into(), |d| d.normalize().to_string());
            let high = q.high.map_or("…".into(), |d| d.normalize().to_string());
            let value = if q.low == q.high {
                low
            } else {
                format!("{}{low}, {high}{}", if q.low_open { "(" } else { "[" }, if q.high_open { ")" } else { "]" })
            };
            say("value", &value);
            say("form", form(q.form));
            q.unit.iter().for_each(|u| say("unit", &unit(u)));
            approximation(q.approximation).into_iter().for_each(|a| say("hedge", a));
            if q.vague {
                say("vague", "yes");
            }
            q.change.iter().for_each(|c| say("change", &format!("{}/{}", c.direction.map_or("?", direction), extent(c.extent))));
            for (key, span) in [("qualifier", q.qualifier), ("entity", q.entity), ("modifiers", q.modifiers), ("base", q.base)] {
                span.iter().for_each(|s| say(key, s.of(text)));
            }
            if let Some(r) = &q.rank {
                say("rank", &r.word);
                r.scales.name().into_iter().for_each(|name| say("dimension", name));
                r.end.iter().for_each(|e| say("end", end(*e)));
                for (key, yes) in [("ever", r.ever), ("since", r.since)] {
                    if yes {
                        say(key, "yes");
                    }
                }
                for (key, span) in [("scope", r.scope), ("owner", r.owner)] {
                    span.iter().for_each(|s| say(key, s.of(text)));
                }
            }
        }
        MentionKind::Date(d) => {
            say("form", &format!("{:?}", d.form).to_lowercase());
            d.earliest.iter().for_each(|d| say("earliest", &d.to_string()));
            d.latest.iter().for_each(|d| say("latest", &d.to_string()));
            d.clock.iter().for_each(|c| say("time", &format!("{:02}:{:02}", c.minute / 60, c.minute % 60)));
            d.clock.iter().flat_map(|c| &c.zone).for_each(|z| say("zone", z));
            d.edge.iter().for_each(|e| say("edge", &format!("{e:?}").to_lowercase()));
            if d.set {
                say("set", "yes");
            }
        }
        MentionKind::Name(n) => {
            say("type", class(n.class));
            say("canonical", &n.canonical);
            n.role.iter().for_each(|s| say("role", s.of(text)));
        }
        MentionKind::Quotation(q) => {
            say("form", &format!("{:?}", q.form).to_lowercase());
            q.cue.iter().for_each(|s| say("cue", s.of(text)));
            q.speaker.iter().for_each(|s| say("speaker", s.canonical.as_deref().unwrap_or(s.span.of(text))));
        }
        MentionKind::Statement(s) => {
            say("sort", &lower(s.sort));
            say("predicate", s.head.of(text));
            say("denied", if s.denied { "yes" } else { "no" });
            say("mode", &lower(s.mode));
        }
    }
    out.truncate(out.trim_end().len());
    out
}
