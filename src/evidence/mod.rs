//! Evidence: the passages that speak of the same thing as a claim, and which of their mentions stands in the place of which mention of
//! the claim.

mod align;
mod contrast;
pub mod meaning;
mod outline;
mod query;
mod rank;
mod relation;
mod weights;

use std::sync::Arc;

pub(crate) use outline::mentions_of;
pub use relation::Relation;

use crate::{
    claim::{Claim, Reading},
    corpus::{Corpus, CorpusError, Passage},
};
use align::Alignment;
use outline::{Outline, Rarity};

/// One reason for or against an alignment, by name, as `copydesk stages evidence` prints it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// Its value, mostly between 0 and 1.
    pub value: f32,
}

impl Feature {
    /// The value of the feature with this name, 0 if it is not among `features`.
    pub(crate) fn value_of(features: &[Self], name: &str) -> f32 {
        features.iter().find(|f| f.name == name).map_or(0.0, |f| f.value)
    }
}

/// A mention of the draft and the mention of a source that stands in its place.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The index of the draft's mention.
    pub draft: u32,
    /// The index of the source's mention.
    pub source: u32,
    /// How the two stand to each other by themselves.
    pub relation: Relation,
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
    /// One to one, and then the rivals of that assignment, as `align.rs` says.
    pub pairs: Vec<Pair>,
}

/// Finds the evidence for one claim, best first.
///
/// # Errors
/// If the corpus cannot answer.
pub fn gather(corpus: &dyn Corpus, draft: &Reading, claim: &Claim) -> Result<Vec<Evidence>, CorpusError> {
    let passages = corpus.search(&query::query(draft, claim))?;
    let mut sources: Vec<&Arc<crate::corpus::Source>> = Vec::new();
    for passage in &passages {
        if !sources.iter().any(|s| Arc::ptr_eq(s, &passage.source)) {
            sources.push(&passage.source);
        }
    }
    let rarity = Rarity::of_sources(sources.iter().copied());
    let claimed = Outline::new(draft, claim.sentence as usize, &rarity);
    let mut evidence: Vec<Evidence> = passages
        .iter()
        .map(|passage| {
            let reading = &passage.source.reading;
            let at = passage.sentences.start as usize;
            let here = Outline::new(reading, at, &rarity);
            let around: Vec<Outline<'_>> = [at.checked_sub(1), (at + 1 < reading.prose.sentences.len()).then_some(at + 1)]
                .into_iter()
                .flatten()
                .filter(|i| !passage.source.terms.get(*i).is_none_or(Vec::is_empty))
                .map(|i| Outline::new(reading, i, &rarity))
                .collect();
            let alignment = Alignment::new(&claimed, &here, &around);
            let score = alignment.coverage(None);
            let mut pairs = alignment.pairs();
            pairs.extend(rank::pairs(&claimed, &here, score));
            Evidence { passage: passage.clone(), score, pairs }
        })
        .collect();
    evidence.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(evidence)
}
