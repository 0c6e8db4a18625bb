//! What was found at one place of a draft.

use std::cmp::Reverse;

use super::{Checked, Label, Span, Verdict};

/// The verdicts on the mentions at `offset`, a byte of the draft, with their spans: what contradicts first, then the shortest mention,
/// a name before the quotation around it. A mention that ends there counts, unless another one goes on. What is open is left out where
/// something is not.
pub(super) fn verdicts(checked: &Checked, offset: u32) -> Vec<(Span, &Verdict)> {
    let mut here: Vec<(Span, &Verdict)> = checked
        .verdicts
        .iter()
        .map(|v| (v.span(&checked.draft), v))
        .filter(|(span, _)| span.start <= offset && offset <= span.end)
        .collect();
    // Inside one mention the end of another does not count.
    if here.iter().any(|(span, _)| offset < span.end) {
        here.retain(|(span, _)| offset < span.end);
    }
    here.sort_by_key(|(span, v)| (Reverse(weight(v.label)), span.len()));
    if here.iter().any(|(_, v)| v.label != Label::NotEnoughInfo) {
        here.retain(|(_, v)| v.label != Label::NotEnoughInfo);
    }
    here
}

fn weight(label: Label) -> u8 {
    match label {
        Label::Refuted => 3,
        Label::Conflicting => 2,
        Label::Supported => 1,
        Label::NotEnoughInfo => 0,
    }
}
