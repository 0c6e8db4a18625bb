//! What a draft copies: then nothing that stands in other sentences, however many and alike, speaks against it.

use crate::{
    claim::{Mention, Reading},
    evidence::{Evidence, Feature, Pair},
    prose,
};

/// The least share of a claim that a passage must speak of before the two are compared letter by letter.
const COPIED: f32 = 0.9;
/// The least share of the claim around a mention that the sentence of its like must speak of.
const SAME_SENTENCE: f32 = 0.95;
/// How like the words beside the two must be.
const SAME_PLACE: f32 = 0.99;

/// Whether a source has the mention's sentence word for word, or the same mention in the same place of a sentence that says as much.
pub(super) fn is(draft: &Reading, mention: &Mention, agrees: Option<&Pair>, evidence: &[Evidence]) -> bool {
    let at_least = |pair: &Pair, name: &str, least: f32| Feature::value_of(&pair.features, name) >= least;
    if agrees.is_some_and(|p| {
        at_least(p, "topic", SAME_SENTENCE) && ["slot", "before", "after"].iter().all(|name| at_least(p, name, SAME_PLACE))
    }) {
        return true;
    }
    let words = |reading: &Reading, sentence: usize| prose::fold(reading.prose.str(reading.prose.words(sentence)));
    let close: Vec<&Evidence> = evidence.iter().filter(|e| e.score >= COPIED).collect();
    !close.is_empty() && {
        let ours = words(draft, mention.sentence as usize);
        close.iter().any(|e| words(&e.passage.source.reading, e.passage.sentences.start as usize) == ours)
    }
}
