//! When another superlative is held against the draft's. Seldom: only where a passage that speaks of the same thing ranks it by the same
//! scale, and nowhere do the sources rank it as the draft does.

use super::witness::Witness;
use crate::evidence::Feature;

/// The least share of the claim that a passage must speak of.
const SAME_TOPIC: f32 = 0.5;
/// The same, where the noun is not the same word, or stands elsewhere in one of the sentences.
const SURE_TOPIC: f32 = 0.65;
/// How like the things ranked must be.
const SAME_THING: f32 = 0.6;
/// How like they are if they are one word.
const SAME_NOUN: f32 = 0.99;
/// From what score on a superlative that agrees, or says less, stands for the draft's.
const SPOKEN_FOR: f32 = 0.2;

/// The index of what speaks loudest against a superlative, and how sure it is; `differ` is sorted by score.
pub(super) fn decide(agree: &[Witness<'_>], finer: &[Witness<'_>], differ: &[Witness<'_>]) -> Option<(usize, f32)> {
    if agree.iter().chain(finer).any(|w| w.pair.score >= SPOKEN_FOR) {
        return None;
    }
    differ.iter().enumerate().find_map(|(i, w)| {
        let (topic, noun) = (Feature::value_of(&w.pair.features, "topic"), Feature::value_of(&w.pair.features, "noun"));
        let least = if noun >= SAME_NOUN { SAME_TOPIC } else { SURE_TOPIC };
        (noun >= SAME_THING && topic >= least).then_some((i, (0.5 + topic * 0.4).min(0.95)))
    })
}
