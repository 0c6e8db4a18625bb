//! For people.

use std::fmt::Write as _;

use super::{Run, Summary};
use crate::ide::Label;

/// The findings of a run.
#[must_use]
pub fn report(run: &Run, all: bool, _color: bool) -> String {
    let mut out = String::new();
    for entry in run.drafts {
        let text = &entry.checked.draft.prose.document.text;
        for verdict in &entry.checked.verdicts {
            if verdict.label == Label::Supported || verdict.label == Label::NotEnoughInfo && !all {
                continue;
            }
            let mention = &entry.checked.draft.mentions[verdict.mention as usize];
            let _ = writeln!(out, "{}: {:?} {}", entry.path, mention.span.of(text), verdict.message.as_deref().unwrap_or(""));
            for finding in &verdict.findings {
                let _ =
                    writeln!(out, "  {}: {}", finding.source.path, finding.quote.of(&finding.source.reading.prose.document.text));
            }
        }
    }
    let sum = Summary::of(run.drafts.iter().map(|d| &d.checked));
    let _ = writeln!(
        out,
        "{} claims · {} supported · {} contradicted · {} conflicting · {} not in the sources",
        sum.mentions, sum.supported, sum.refuted, sum.conflicting, sum.not_enough_info
    );
    out
}

/// Text from a source as a terminal may have it: control characters and those that turn the direction of writing are made visible.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
