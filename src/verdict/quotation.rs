//! Quotations: word for word, and by the right speaker.

use super::{Label, Verdict};
use crate::{claim::Reading, evidence::Evidence};

/// Judges a quotation.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Verdict {
    let _ = (draft, evidence);
    Verdict {
        mention: index,
        label: Label::NotEnoughInfo,
        mismatch: None,
        confidence: 0.0,
        message: Some("The sources do not have these words.".into()),
        fix: None,
        findings: Vec::new(),
    }
}
