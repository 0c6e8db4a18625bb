//! Comparison: what the evidence says of each mention.

use std::sync::Arc;

use crate::{
    claim::{Claim, Reading},
    corpus::Source,
    evidence::Evidence,
    text::Span,
};

/// What the sources say of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// They agree.
    Supported,
    /// They say otherwise.
    Refuted,
    /// Some agree, some do not.
    Conflicting,
    /// They do not say.
    NotEnoughInfo,
}

/// How the draft departs from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mismatch {
    /// Another figure, unit or bound.
    Quantity,
    /// Another date or time.
    Date,
    /// Another name.
    Name,
    /// Other words in the quotation.
    Words,
    /// Another speaker.
    Speaker,
}

/// Whether a source agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It says the same.
    Supports,
    /// It says otherwise.
    Refutes(Mismatch),
}

/// One source's word on one mention.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The source.
    pub source: Arc<Source>,
    /// The sentence (or sentences, for a quotation) to show, in bytes of the source's text: what is shown is exactly this.
    pub quote: Span,
    /// The counterpart, in the same coordinates.
    pub counterpart: Span,
    /// What it says.
    pub stance: Stance,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// What the sources say of one mention of the draft.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The index of the mention.
    pub mention: u32,
    /// What they say.
    pub label: Label,
    /// In which way the draft departs, if refuted or conflicting.
    pub mismatch: Option<Mismatch>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// One or two short lines for the writer, unless supported: what the sources say.
    pub message: Option<String>,
    /// What to write instead and where, in bytes of the draft, when one answer is certain.
    pub fix: Option<(Span, String)>,
    /// The sources' words, best first.
    pub findings: Vec<Finding>,
}

/// Judges every mention of a claim, in order.
#[must_use]
pub fn judge(draft: &Reading, claim: &Claim, evidence: &[Evidence]) -> Vec<Verdict> {
    let _ = (draft, evidence);
    claim
        .mentions
        .iter()
        .map(|&mention| Verdict {
            mention,
            label: Label::NotEnoughInfo,
            mismatch: None,
            confidence: 0.0,
            message: Some("The sources do not say.".into()),
            fix: None,
            findings: Vec::new(),
        })
        .collect()
}
