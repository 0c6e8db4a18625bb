//! What was found at one place of a draft.

use std::cmp::Reverse;

use super::{Checked, Label, Span, Verdict};

/// A verdict on a mention at some place.
pub(super) struct Here<'c> {
    /// The mention, in bytes of the draft.
    pub(super) span: Span,
    /// The index of the verdict.
    pub(super) index: usize,
    pub(super) verdict: &'c Verdict,
}

/// The verdicts on the mentions at `offset`, a byte of the draft: what contradicts first, then the shortest mention,
/// a name before the quotation around it. A mention that ends there counts, unless another one goes on. What is open is left out where
/// something is not.
pub(super) fn verdicts(checked: &Checked, offset: u32) -> Vec<Here<'_>> {
    let mut here: Vec<Here<'_>> = checked
        .verdicts
        .iter()
        .enumerate()
        .map(|(index, verdict)| Here { span: verdict.span(&checked.draft), index, verdict })
        .filter(|here| here.span.start <= offset && offset <= here.span.end)
        .collect();
    // Inside one mention the end of another does not count.
    if here.iter().any(|here| offset < here.span.end) {
        here.retain(|here| offset < here.span.end);
    }
    here.sort_by_key(|here| (Reverse(weight(here.verdict.label)), here.span.len()));
    if here.iter().any(|here| here.verdict.label != Label::NotEnoughInfo) {
        here.retain(|here| here.verdict.label != Label::NotEnoughInfo);
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
