//! JSON, schema 1: fields may be added, none is renamed or removed.

use serde::Serialize;

use super::{Counts, Coverage, Problem, Run, Summary};
use crate::{
    ide::{Checked, Code, Copy, Finding, Label, MentionKind, Nearest, Severity, Span, Stance, Verdict, elsewhere},
    text::{LineIndex, PositionEncoding},
};

/// The number of the schema.
const SCHEMA: u32 = 1;

/// A whole run: what `check --format json` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Report<'a> {
    schema: u32,
    version: &'static str,
    drafts: Vec<Draft<'a>>,
    sources: Sources<'a>,
    summary: Summary,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Draft<'a> {
    path: &'a str,
    mentions: Vec<Mention<'a>>,
    problems: Vec<&'a str>,
    /// How much of it the sources bear out.
    coverage: Covered<'a>,
}

/// How much of a draft its sources bear out.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Covered<'a> {
    #[serde(flatten)]
    counts: Counts,
    /// Of the supported ones, those that rest on one source only.
    one_source: usize,
    sections: Vec<Part<'a>>,
    sources: Vec<Reliance<'a>>,
}

/// How much of a section is borne out, without the sections below it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Part<'a> {
    /// Its heading; empty before the first one.
    title: &'a str,
    /// 1 for a heading of the first order, 0 before the first one.
    level: u8,
    range: Range,
    #[serde(flatten)]
    counts: Counts,
}

/// What rests on a source.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Reliance<'a> {
    source: &'a str,
    title: Option<&'a str>,
    /// How many supported claims it supports, how many of them alone, and how many claims it contradicts.
    supports: usize,
    alone: usize,
    contradicts: usize,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Sources<'a> {
    count: usize,
    problems: &'a [Problem],
}

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Range {
    /// The first byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl From<Span> for Range {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Positions {
    start: Position,
    end: Position,
}

/// Line and column, both counted from zero; the column in UTF-16 code units.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Position {
    line: u32,
    character: u32,
}

/// A mention of a draft, with what the sources say of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mention<'a> {
    range: Range,
    position: Positions,
    text: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["quantity", "date", "name", "quotation", "statement"])))]
    kind: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = ["supported", "refuted", "conflicting", "not-enough-info"])))]
    label: &'static str,
    code: Option<&'static str>,
    severity: Option<&'static str>,
    message: Option<&'a str>,
    replacement: Option<&'a str>,
    /// Where the replacement goes.
    replacement_range: Option<Range>,
    confidence: f32,
    evidence: Vec<Evidence<'a>>,
    /// Where the sources do not say.
    nearest: Option<Near<'a>>,
    /// Where the draft itself has another figure.
    elsewhere: Option<Range>,
    /// Who let it stand, and why; null if nobody did.
    signed_off: Option<Signed<'a>>,
    /// Whether it is supported, and by one source only.
    one_source: bool,
}

/// What a comment or the ledger lets stand.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Signed<'a> {
    reason: Option<&'a str>,
    by: Option<&'a str>,
    date: Option<&'a str>,
}

/// The passage that comes nearest where the sources do not say.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Near<'a> {
    source: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    quote: &'a str,
    range: Range,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Evidence<'a> {
    source: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    #[cfg_attr(test, schemars(extend("enum" = ["supports", "refutes"])))]
    stance: &'static str,
    quote: &'a str,
    range: Range,
    mention: Range,
    also: Vec<Also<'a>>,
}

/// Another source that has the same sentence.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Also<'a> {
    source: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
}

/// A whole run as one object, indented, with a line break at its end.
#[must_use]
pub fn report(run: &Run) -> String {
    let coverage: Vec<Coverage> = run.drafts.iter().map(|entry| Coverage::of(&entry.checked)).collect();
    let report = Report {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        drafts: run
            .drafts
            .iter()
            .zip(&coverage)
            .map(|(entry, coverage)| Draft {
                path: &entry.path,
                mentions: mentions(&entry.checked, &*entry.severity),
                problems: entry.checked.problems.iter().map(|p| p.message.as_str()).collect(),
                coverage: covered(coverage),
            })
            .collect(),
        sources: Sources { count: run.sources, problems: run.problems },
        summary: Summary::of(run.drafts.iter().map(|d| &d.checked)),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("strings and numbers alone");
    text.push('\n');
    text
}

fn covered(coverage: &Coverage) -> Covered<'_> {
    let sections = coverage.sections.iter();
    Covered {
        counts: coverage.all,
        one_source: coverage.single.len(),
        sections: sections.map(|p| Part { title: &p.title, level: p.level, range: p.span.into(), counts: p.counts }).collect(),
        sources: coverage
            .sources
            .iter()
            .map(|r| Reliance {
                source: &r.source.path,
                title: r.source.reading.prose.document.meta.title.as_deref(),
                supports: r.supports,
                alone: r.alone,
                contradicts: r.contradicts,
            })
            .collect(),
    }
}

/// Every mention of a draft, in order, whatever its label.
pub fn mentions<'a>(checked: &'a Checked, severity: &dyn Fn(Code) -> Option<Severity>) -> Vec<Mention<'a>> {
    let text = &*checked.draft.prose.document.text;
    let lines = LineIndex::new(text);
    let single = Coverage::of(checked).single;
    let position = |byte| {
        let at = lines.line_col(text, byte, PositionEncoding::Utf16);
        Position { line: at.line, character: at.col }
    };
    let mention = |(i, verdict): (usize, &'a Verdict)| {
        let mention = &checked.draft.mentions[verdict.mention as usize];
        let span = verdict.span(&checked.draft);
        let code = Code::of(verdict);
        Mention {
            range: span.into(),
            position: Positions { start: position(span.start), end: position(span.end) },
            text: span.of(text),
            kind: kind(&mention.kind),
            label: label(verdict.label),
            code: code.map(Code::name),
            severity: code.and_then(severity).map(severity_name),
            message: verdict.message.as_deref(),
            replacement: verdict.fix.as_ref().map(|(_, text)| text.as_str()),
            replacement_range: verdict.fix.as_ref().map(|(span, _)| (*span).into()),
            confidence: (verdict.confidence * 1000.0).round() / 1000.0,
            evidence: verdict.findings.iter().map(evidence).collect(),
            nearest: verdict.nearest.as_ref().map(near),
            signed_off: checked.signed.get(&i).map(|s| Signed {
                reason: s.reason.as_deref(),
                by: s.by.as_deref(),
                date: s.date.as_deref(),
            }),
            elsewhere: elsewhere(checked, verdict).map(|other| other.span.into()),
            one_source: single.binary_search(&i).is_ok(),
        }
    };
    checked.verdicts.iter().enumerate().map(mention).collect()
}

fn near(nearest: &Nearest) -> Near<'_> {
    let document = &nearest.source.reading.prose.document;
    Near {
        source: &nearest.source.path,
        title: document.meta.title.as_deref(),
        published: document.meta.published.map(|d| d.to_string()),
        quote: nearest.quote.of(&document.text),
        range: nearest.quote.into(),
    }
}

fn evidence(finding: &Finding) -> Evidence<'_> {
    let document = &finding.source.reading.prose.document;
    Evidence {
        source: &finding.source.path,
        title: document.meta.title.as_deref(),
        published: document.meta.published.map(|d| d.to_string()),
        stance: match finding.stance {
            Stance::Supports => "supports",
            Stance::Refutes(_) => "refutes",
        },
        quote: finding.quote.of(&document.text),
        range: finding.quote.into(),
        mention: finding.counterpart.into(),
        also: finding.source.copies_of(finding.quote).map(also).collect(),
    }
}

fn also(copy: &Copy) -> Also<'_> {
    Also {
        source: &copy.path,
        title: copy.title.as_deref(),
        outlet: copy.outlet.as_deref(),
        published: copy.published.map(|d| d.to_string()),
    }
}

/// The name of a kind of mention.
#[must_use]
pub fn kind(kind: &MentionKind) -> &'static str {
    match kind {
        MentionKind::Quantity(_) => "quantity",
        MentionKind::Date(_) => "date",
        MentionKind::Name(_) => "name",
        MentionKind::Quotation(_) => "quotation",
        MentionKind::Statement(_) => "statement",
    }
}

/// The name of a label.
#[must_use]
pub fn label(label: Label) -> &'static str {
    match label {
        Label::Supported => "supported",
        Label::Refuted => "refuted",
        Label::Conflicting => "conflicting",
        Label::NotEnoughInfo => "not-enough-info",
    }
}

/// The name of a severity.
#[must_use]
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}
