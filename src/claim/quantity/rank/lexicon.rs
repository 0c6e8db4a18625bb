//! The words that rank, by the scales they are on.

use borsh::{BorshDeserialize, BorshSerialize};
use std::{collections::HashSet, sync::LazyLock};

use rustc_hash::FxHashMap;

/// An end of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum End {
    /// Largest, most, first.
    High,
    /// Smallest, least, last.
    Low,
}

impl End {
    /// The other end.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::High => Self::Low,
            Self::Low => Self::High,
        }
    }
}

/// The scales that a word may be on, a bit each, by the end it stands at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Scales {
    high: u64,
    low: u64,
}

impl Scales {
    /// The name of the first scale, if it is on any: "size", "age".
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let bits = self.high | self.low;
        (bits != 0).then(|| LEXICON.names[bits.trailing_zeros() as usize])
    }

    /// Whether two words can stand at one end of one scale: "biggest", "largest".
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        self.high & other.high != 0 || self.low & other.low != 0
    }

    /// Whether two words can only stand at the two ends of one scale: "largest", "smallest".
    #[must_use]
    pub fn opposes(self, other: Self) -> bool {
        !self.agrees(other) && (self.high & other.low != 0 || self.low & other.high != 0)
    }
}

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) scales: Scales,
    /// The end, the same on all its scales unless it has one that measures the contrary: the one given first.
    pub(super) end: Option<End>,
    /// Whether it is a superlative only after "the" or an owner.
    pub(super) owned: bool,
}

struct Lexicon {
    words: FxHashMap<String, Entry>,
    names: Vec<&'static str>,
    phrases: HashSet<(&'static str, &'static str)>,
    lookalikes: HashSet<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: FxHashMap<String, Entry> = FxHashMap::default();
    let mut names: Vec<&'static str> = Vec::new();
    for line in include_str!("../../data/superlatives.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let (Some(scale), Some(end)) = (fields.next(), fields.next()) else { continue };
        let bit = names.iter().position(|n| *n == scale).unwrap_or_else(|| {
            names.push(scale);
            names.len() - 1
        });
        for form in fields {
            let owned = form.starts_with('~');
            let entry = words.entry(form.trim_start_matches('~').replace('_', " ")).or_default();
            entry.owned |= owned;
            if end == "high" {
                entry.scales.high |= 1 << bit;
                entry.end = entry.end.or(Some(End::High));
            } else {
                entry.scales.low |= 1 << bit;
                entry.end = entry.end.or(Some(End::Low));
            }
        }
    }
    let phrases = include_str!("../../data/superlative_phrases.txt").lines().filter_map(|l| l.split_once(' ')).collect();
    let lookalikes = include_str!("../../data/superlative_lookalikes.txt").lines().collect();
    Lexicon { words, names, phrases, lookalikes }
});

/// What the list says of a word, or of "most" or "least" with one.
pub(super) fn entry(word: &str) -> Option<Entry> {
    LEXICON.words.get(word).copied()
}

/// Whether two words together rank nothing: "best friend", "at least", "criminal record".
pub(super) fn is_phrase(first: &str, second: &str) -> bool {
    LEXICON.phrases.contains(&(first, second))
}

/// Whether a word in -est is no superlative: "forest".
pub(super) fn is_lookalike(word: &str) -> bool {
    LEXICON.lookalikes.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_two_ends() {
        assert!(LEXICON.names.len() <= 64);
        let scales = |word: &str| entry(word).unwrap().scales;
        assert!(scales("largest").agrees(scales("biggest")) && !scales("largest").opposes(scales("biggest")));
        assert!(scales("largest").opposes(scales("smallest")) && scales("most expensive").opposes(scales("cheapest")));
        assert!(!scales("largest").agrees(scales("oldest")) && !scales("largest").opposes(scales("youngest")));
        assert_eq!(scales("oldest").name(), Some("age"));
        assert!(is_phrase("best", "friend") && is_lookalike("forest") && !is_lookalike("oldest"));
    }
}
