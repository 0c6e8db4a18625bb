//! Words as they are compared: folded, stemmed, without function words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

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
    STEMMER.stem(folded).into_owned()
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
    for (i, token) in prose.tokens_of(sentence).iter().enumerate() {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            continue;
        }
        let word = fold(prose.str(token.span));
        if !is_stopword(&word) && word != "'s" {
            out.push((i, stem(&word)));
        }
    }
    out
}
