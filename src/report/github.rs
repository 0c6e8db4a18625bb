//! Annotations for GitHub Actions: workflow commands, one a line.

use std::fmt::Write as _;

use super::{
    Entry, Run, Told,
    text::{notes, plain, summary},
};
use crate::{
    ide::{Severity, Stance, quote},
    text::{LineIndex, PositionEncoding},
};

/// What was found as annotations of the drafts, with `all` also what the sources do not speak of; then a line with the counts.
#[must_use]
pub fn report(run: &Run, all: bool) -> String {
    let mut out = String::new();
    for entry in run.drafts {
        let lines = LineIndex::new(&entry.checked.draft.prose.document.text);
        for told in entry.told(all).filter(|told| told.signed.is_none()) {
            annotate(&mut out, entry, &lines, &told);
        }
        for problem in &entry.checked.problems {
            let _ = writeln!(out, "::notice file={}::{}", property(&entry.path), data(&plain(&problem.message)));
        }
    }
    for note in notes(run.problems) {
        let _ = writeln!(out, "::notice::{}", data(&note));
    }
    let _ = writeln!(out, "{}", summary(run));
    out
}

fn annotate(out: &mut String, entry: &Entry, lines: &LineIndex, told: &Told) {
    let text = &*entry.checked.draft.prose.document.text;
    let span = told.verdict.span(&entry.checked.draft);
    let [start, end] = [span.start, span.end].map(|at| lines.line_col(text, at, PositionEncoding::Utf32));
    let command = match told.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let _ = write!(out, "::{command} file={},line={},endLine={}", property(&entry.path), start.line + 1, end.line + 1);
    // Of what runs over a line break no columns are taken.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.col + 1, end.col + 1);
    }
    let mut message = plain(told.verdict.message.as_deref().unwrap_or(told.code.summary()));
    for finding in &told.verdict.findings {
        let quote = quote(&finding.source, finding.quote, finding.counterpart, finding.stance == Stance::Supports);
        let line = quote.line.map_or_else(String::new, |line| format!(":{line}"));
        let _ = write!(message, "\n{}{line}: {}", plain(&quote.path), plain(&quote.parts.concat()));
    }
    let _ = writeln!(out, ",title={}::{}", property(told.code.name()), data(&message));
}

/// Text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as the value of one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
