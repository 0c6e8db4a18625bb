//! A draft at a glance: its sections, the sentences of these that claim something, and what the sources say of each mention.

use super::{Checked, Code, Label, MentionKind, Reason, Section, Span, Stance, Tally, Verdict, fixes, sections, show};
use crate::claim::NameClass;

/// What an entry of an outline, or of a list of names, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A section with its heading.
    Section,
    /// A sentence.
    Claim,
    /// A figure.
    Figure,
    /// A date.
    Date,
    /// The name of a person.
    Person,
    /// The name of a place.
    Place,
    /// The name of an organisation.
    Organization,
    /// Another name.
    Name,
    /// Words in quotation marks.
    Quotation,
    /// That something happened, or not.
    Statement,
}

/// An entry of the outline of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The words of the draft, in one line.
    pub name: String,
    /// What the sources say: "supported", "contradicted by talks.txt"; of a section or a sentence how often.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes of the draft.
    pub span: Span,
    /// What of it is shown when it is gone to: the heading of a section.
    pub selection: Span,
    /// What lies in it.
    pub children: Vec<Symbol>,
}

impl From<NameClass> for SymbolKind {
    fn from(class: NameClass) -> Self {
        match class {
            NameClass::Person => Self::Person,
            NameClass::Place => Self::Place,
            NameClass::Organization => Self::Organization,
            NameClass::Other => Self::Name,
        }
    }
}

impl From<&MentionKind> for SymbolKind {
    fn from(kind: &MentionKind) -> Self {
        match kind {
            MentionKind::Quantity(_) => Self::Figure,
            MentionKind::Date(_) => Self::Date,
            MentionKind::Name(name) => name.class.into(),
            MentionKind::Quotation(_) => Self::Quotation,
            MentionKind::Statement(_) => Self::Statement,
        }
    }
}

/// The outline of a draft: sections within sections, in these the sentences with mentions, in these the mentions. What stands before
/// the first heading lies in no section.
#[must_use]
pub fn outline(checked: &Checked) -> Vec<Symbol> {
    let sections = sections(&checked.draft);
    let mut out = Vec::new();
    let mut rest = &sections[..];
    while let Some((first, below)) = rest.split_first() {
        let deeper = below.iter().take_while(|s| first.level > 0 && s.level > first.level).count();
        match first.level {
            0 => out.extend(claims(checked, first.own)),
            _ => out.push(section(checked, first, &below[..deeper])),
        }
        rest = &below[deeper..];
    }
    out
}

/// A section with those that lie in it.
fn section(checked: &Checked, section: &Section, mut below: &[Section]) -> Symbol {
    let mut children = claims(checked, section.own);
    while let Some((first, rest)) = below.split_first() {
        let deeper = rest.iter().take_while(|s| s.level > first.level).count();
        children.push(self::section(checked, first, &rest[..deeper]));
        below = &rest[deeper..];
    }
    let Section { title, heading, span, .. } = section;
    let detail = Tally::of(checked, *span).to_string();
    Symbol { name: title.clone(), detail, kind: SymbolKind::Section, span: *span, selection: *heading, children }
}

/// The sentences of a part of a draft that claim something.
fn claims(checked: &Checked, part: Span) -> Vec<Symbol> {
    let draft = &checked.draft;
    let within = draft.claims.iter().filter(|claim| part.contains(claim.span));
    let claim = |span: Span| {
        let here = checked.verdicts.iter().enumerate().filter(|(_, v)| span.contains(v.span(draft)));
        let children: Vec<Symbol> = here.map(|(i, verdict)| mention(checked, i, verdict)).collect();
        let name = fixes::short(span.of(&draft.prose.document.text));
        let detail = Tally::of(checked, span).to_string();
        (!children.is_empty()).then_some(Symbol { name, detail, kind: SymbolKind::Claim, span, selection: span, children })
    };
    within.filter_map(|c| claim(c.span)).collect()
}

fn mention(checked: &Checked, index: usize, verdict: &Verdict) -> Symbol {
    let span = verdict.span(&checked.draft);
    let kind = checked.draft.mentions.get(verdict.mention as usize).map_or(SymbolKind::Statement, |m| (&m.kind).into());
    let name = fixes::short(span.of(&checked.draft.prose.document.text));
    let accepted = if checked.signed.contains_key(&index) { "accepted: " } else { "" };
    Symbol { name, detail: format!("{accepted}{}", said(verdict)), kind, span, selection: span, children: Vec::new() }
}

/// What the sources say of a mention, in a few words.
#[must_use]
pub fn said(verdict: &Verdict) -> String {
    match (Code::of(verdict), verdict.label) {
        (Some(Code::WeekdayMismatch), _) => "another weekday".to_owned(),
        (Some(Code::SelfContradiction), _) => "another figure above".to_owned(),
        (_, Label::Supported) if verdict.reason == Reason::Unclaimed => "nothing to look up".to_owned(),
        (_, Label::Supported) => "supported".to_owned(),
        (_, Label::Conflicting) => "the sources disagree".to_owned(),
        (_, Label::NotEnoughInfo) if verdict.reason == Reason::Unheard => "the archive has not answered".to_owned(),
        (_, Label::NotEnoughInfo) => "not in the sources".to_owned(),
        (_, Label::Refuted) => {
            let refuting = verdict.findings.iter().filter(|f| matches!(f.stance, Stance::Refutes(_)));
            let mut names: Vec<&str> = refuting.map(|f| f.source.path.as_str()).collect();
            names.dedup();
            match names.as_slice() {
                [] => "contradicted".to_owned(),
                [one] => format!("contradicted by {}", show::one_line(one)),
                [one, more @ ..] => format!("contradicted by {} and {} more", show::one_line(one), more.len()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::ide::{Format, sample};

    /// An outline as lines, indented by depth.
    fn lines(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            assert!(symbol.span.contains(symbol.selection));
            let _ = writeln!(out, "{}{} – {}", "  ".repeat(depth), symbol.name, symbol.detail);
            lines(&symbol.children, depth + 1, out);
        }
    }

    #[track_caller]
    fn check(checked: &Checked, expected: &str) {
        let mut out = String::new();
        lines(&outline(checked), 0, &mut out);
        assert_eq!(out.trim_end(), expected);
    }

    #[test]
    fn of_a_draft_without_headings() {
        check(
            &sample::checked(),
            "The storm sank 104 boats in Oro, said Lena Voss. – 1 supported · 1 contradicted · 1 open\n  \
             104 – contradicted by harbour.txt\n  Oro – supported\n  Lena Voss – not in the sources",
        );
    }

    #[test]
    fn sections_lie_in_each_other() {
        let text = "A storm. Oro saw it.\n\n# One\n\nIt rained.\n\n### Deep\n\nIt sank 104 boats.\n\n## Less deep\n\n# Two\n";
        let draft = crate::ide::read(text, Format::Markdown, None);
        let mut checked = sample::draft(text, &["Oro", "104"], sample::checked().verdicts);
        checked.verdicts.truncate(2);
        checked.verdicts.reverse();
        checked.verdicts[0].mention = 0;
        checked.verdicts[1].mention = 1;
        let mentions = checked.draft.mentions.clone();
        checked.draft = crate::ide::Reading { mentions, ..draft }.into();
        check(
            &checked,
            "Oro saw it. – 1 supported\n  Oro – supported\nOne – 1 contradicted\n  Deep – 1 contradicted\n    \
             It sank 104 boats. – 1 contradicted\n      104 – contradicted by harbour.txt\n  Less deep – \nTwo –",
        );
    }

    #[test]
    fn a_few_words_on_each_verdict() {
        let of = |label, change: fn(&mut Verdict)| {
            let mut verdict = sample::verdict(0, label);
            change(&mut verdict);
            said(&verdict)
        };
        assert_eq!(of(Label::Refuted, |_| {}), "contradicted");
        assert_eq!(of(Label::Conflicting, |_| {}), "the sources disagree");
        assert_eq!(of(Label::Supported, |v| v.mismatch = Some(crate::ide::Mismatch::Weekday)), "another weekday");
        let mut two = sample::checked().verdicts.swap_remove(0);
        let other = sample::source("[evil](x).txt\u{202e}", sample::SOURCE, "");
        two.findings.push(crate::ide::Finding { source: other, ..two.findings[0].clone() });
        assert_eq!(said(&two), "contradicted by harbour.txt and 1 more");
        two.findings.swap(0, 1);
        assert_eq!(said(&two), "contradicted by [evil](x).txt\u{fffd} and 1 more");
    }
}
