//! Words as they are compared: folded, stemmed, without function words.

use std::{cell::RefCell, sync::LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Prose, TokenKind};
use crate::text::fold_char;

static STOPWORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("data/stopwords.txt").lines().collect());
static STEMMER: LazyLock<frostem::Stemmer> = LazyLock::new(|| frostem::Stemmer::new(frostem::Algorithm::English));

/// Lower case, without diacritics, with plain apostrophes and hyphens: [`fold_char`] of each character.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        fold_char(c, |c| out.push(c));
    }
    out
}

/// The stem of a folded word, by the stemmer that the index uses.
#[must_use]
pub fn stem(folded: &str) -> String {
    FOLDED.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return stem.to_string();
        }
        if stems.len() >= KEPT {
            stems.clear();
        }
        let stem = STEMMER.stem(folded).into_owned();
        stems.insert(folded.into(), stem.as_str().into());
        stem
    })
}

/// Whether a folded word carries grammar rather than content.
#[must_use]
pub fn is_stopword(folded: &str) -> bool {
    STOPWORDS.contains(folded)
}

/// The stems of the content words of a sentence, with the index of their token among those of the sentence.
#[must_use]
pub fn terms(prose: &Prose, sentence: usize) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    each_term(prose, sentence, |i, stem| out.push((i, stem.to_owned())));
    out
}

/// Calls `take` with each of the [`terms`] of a sentence.
pub fn each_term(prose: &Prose, sentence: usize, mut take: impl FnMut(usize, &str)) {
    STEMS.with_borrow_mut(|stems| {
        for (i, token) in prose.tokens_of(sentence).iter().enumerate() {
            if matches!(token.kind, TokenKind::Word | TokenKind::Number)
                && let Some(stem) = term_of(stems, prose.str(token.span))
            {
                take(i, stem);
            }
        }
    });
}

/// The most words that a thread keeps in mind.
const KEPT: usize = 1 << 16;

thread_local! {
    /// The terms of words as they are written; nothing for those that are none. Texts have most of their words in common, and to look
    /// one up takes a tenth of the time that its stem takes.
    static STEMS: RefCell<FxHashMap<Box<str>, Option<Box<str>>>> = RefCell::default();
    /// The stems of folded words.
    static FOLDED: RefCell<FxHashMap<Box<str>, Box<str>>> = RefCell::default();
}

fn term_of<'s>(stems: &'s mut FxHashMap<Box<str>, Option<Box<str>>>, word: &str) -> Option<&'s str> {
    if !stems.contains_key(word) {
        if stems.len() >= KEPT {
            stems.clear();
        }
        let folded = fold(word);
        let term = (!is_stopword(&folded) && folded != "'s").then(|| STEMMER.stem(&folded).into());
        stems.insert(word.into(), term);
    }
    stems.get(word)?.as_deref()
}
