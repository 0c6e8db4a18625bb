//! What is known of a word by itself, whatever sentence it stands in.

use std::sync::{Arc, LazyLock};

use super::meaning::{self, Vector};
use crate::{
    prose,
    text::{Cache, cache},
};

/// Words less near in meaning than this are unrelated.
const RELATED: f32 = 0.3;

/// How many words are kept in mind: the vocabulary of a few thousand articles.
const KEPT: usize = 1 << 16;

/// By the word as it is written. Texts have most of their words in common, and to gather what is known of one takes many look-ups.
static WORDS: LazyLock<Cache<Box<str>, Arc<Word>>> = LazyLock::new(|| cache(KEPT));

/// A word.
#[derive(Debug)]
pub(crate) struct Word {
    /// Its stem.
    pub(crate) stem: Box<str>,
    /// The word itself, folded.
    pub(crate) folded: Box<str>,
    /// How rare it is in the language, 0 to 1.
    pub(crate) rarity: f32,
    /// What it means.
    pub(crate) vector: Option<Vector>,
    is_function: bool,
}

impl Word {
    /// What is known of a word as it is written.
    pub(crate) fn of(written: &str) -> Arc<Self> {
        if let Some(word) = WORDS.get(written) {
            return word;
        }
        let folded = prose::fold(written);
        let (rarity, vector) = meaning::look_up(&folded);
        let is_function = prose::is_stopword(&folded) || folded == "'s";
        let word = Arc::new(Self { stem: prose::stem(&folded).into(), rarity, vector, is_function, folded: folded.into() });
        WORDS.insert(written.into(), word.clone());
        word
    }

    /// Whether it is no word that only carries grammar.
    pub(crate) fn is_content(&self) -> bool {
        !self.is_function
    }

    /// How like two words are, 0 to 1: the same, or near in meaning.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        if self.stem == other.stem {
            return 1.0;
        }
        match (self.vector, other.vector) {
            (Some(a), Some(b)) => a.similarity(b),
            _ => 0.0,
        }
    }

    /// The same, where words that are hardly near count as unrelated.
    pub(crate) fn related(&self, other: &Self) -> f32 {
        let likeness = self.likeness(other);
        if likeness >= RELATED { likeness } else { 0.0 }
    }
}
