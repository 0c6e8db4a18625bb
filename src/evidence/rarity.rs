//! How much the elements of a sentence say: rare words say more.

use std::sync::Arc;

use super::{
    outline::{ElementKind, Sentence},
    outlines::Known,
    word::Word,
};
use crate::claim::MentionKind;

/// The least weight of a name.
const NAME: f32 = 0.5;
/// The weight of a figure, whatever its digits.
const QUANTITY: f32 = 0.8;
/// The weight of a date.
const DATE: f32 = 0.6;

/// How rare a word is among the sentences of the sources at hand: near 0 for one that stands in all, near 1 for one that stands in one
/// (inverse document frequency, Spärck Jones 1972, scaled to 1).
pub(super) struct Rarity<'k> {
    sources: &'k [Arc<Known>],
    sentences: f32,
}

impl<'k> Rarity<'k> {
    /// Counts the sentences of these sources.
    pub(super) fn among(sources: &'k [Arc<Known>]) -> Self {
        let sentences: u32 = sources.iter().map(|s| s.sentences()).sum();
        Self { sources, sentences: sentences as f32 + 2.0 }
    }

    /// The rarity of a word, above 0 and at most 1: among these sentences, and in the language.
    fn of(&self, word: &Word) -> f32 {
        let df = self.sources.iter().map(|s| s.frequency(&word.stem)).sum::<u32>() as f32 + 1.0;
        let here = ((self.sentences / df).ln() / self.sentences.ln()).clamp(0.1, 1.0);
        here * (0.4 + 0.6 * word.rarity)
    }

    /// How much each element of a sentence says, above zero.
    pub(super) fn weights(&self, sentence: &Sentence<'_>) -> Vec<f32> {
        let weight = |element| {
            let words = sentence.outline.words_in(element);
            match (element.kind, sentence.mention(element).map(|m| &m.kind)) {
                (ElementKind::Word, _) => words.first().map_or(0.0, |w| self.of(w)),
                (_, Some(MentionKind::Name(_))) => words.iter().map(|w| self.of(w)).fold(NAME, f32::max),
                (_, Some(MentionKind::Quantity(_))) => QUANTITY,
                _ => DATE,
            }
        };
        sentence.elements().iter().map(weight).collect()
    }
}
