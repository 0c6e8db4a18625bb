//! Parts of speech, by a trained tagger.

use std::sync::{Arc, LazyLock};

use harper_brill::{BrillTagger, FreqDict, Tagger as _, UPOS, brill_tagger};

use super::{Token, TokenKind};

/// Part of speech of a token, in the classes of Universal Dependencies that reading needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Adjective.
    Adjective,
    /// Preposition.
    Adposition,
    /// Adverb.
    Adverb,
    /// Auxiliary verb.
    Auxiliary,
    /// "and", "or", "that", "because".
    Conjunction,
    /// "the", "a", "each".
    Determiner,
    /// Common noun.
    Noun,
    /// Number.
    Numeral,
    /// "not", "to", the possessive.
    Particle,
    /// Pronoun.
    Pronoun,
    /// Proper noun.
    ProperNoun,
    /// Verb.
    Verb,
    /// Marks and what the tagger does not know.
    Other,
}

static TAGGER: LazyLock<Arc<BrillTagger<FreqDict>>> = LazyLock::new(brill_tagger);

/// Tags the tokens of one sentence.
pub(super) fn assign(text: &str, tokens: &mut [Token]) {
    let words: Vec<String> = tokens.iter().map(|t| t.span.of(text).replace('’', "'")).collect();
    for (token, tag) in tokens.iter_mut().zip(TAGGER.tag_sentence(&words)) {
        token.tag = match (token.kind, tag) {
            (TokenKind::Number, _) => Tag::Numeral,
            (TokenKind::Word, Some(tag)) => from_upos(tag),
            (TokenKind::Word, None) => guess(token.span.of(text)),
            _ => Tag::Other,
        };
    }
}

/// The tag of a word that the tagger has never met, by its shape.
fn guess(word: &str) -> Tag {
    let ends = |endings: &[&str]| word.len() > 5 && endings.iter().any(|e| word.ends_with(e));
    if word.starts_with(char::is_uppercase) {
        Tag::ProperNoun
    } else if word.starts_with(['\'', '’']) {
        Tag::Particle
    } else if ends(&["ly"]) {
        Tag::Adverb
    } else if ends(&["ed", "ing", "ise", "ize"]) {
        Tag::Verb
    } else if ends(&["ous", "ful", "ive", "ible", "able", "less", "ish", "ical"]) || word.contains('-') {
        Tag::Adjective
    } else {
        Tag::Noun
    }
}

fn from_upos(tag: UPOS) -> Tag {
    match tag {
        UPOS::ADJ => Tag::Adjective,
        UPOS::ADP => Tag::Adposition,
        UPOS::ADV => Tag::Adverb,
        UPOS::AUX => Tag::Auxiliary,
        UPOS::CCONJ | UPOS::SCONJ => Tag::Conjunction,
        UPOS::DET => Tag::Determiner,
        UPOS::NOUN => Tag::Noun,
        UPOS::NUM => Tag::Numeral,
        UPOS::PART => Tag::Particle,
        UPOS::PRON => Tag::Pronoun,
        UPOS::PROPN => Tag::ProperNoun,
        UPOS::VERB => Tag::Verb,
        _ => Tag::Other,
    }
}
