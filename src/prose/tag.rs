//! Parts of speech, by a trained tagger.

use super::{
    Token, TokenKind,
    brill::{self, Upos, upos},
};
use borsh::{BorshDeserialize, BorshSerialize};

/// Part of speech of a token, in the classes of Universal Dependencies that reading needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
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

/// Tags the tokens of one sentence. `tags` is room to work in.
pub(super) fn assign(text: &str, tokens: &mut [Token], tags: &mut Vec<Upos>) {
    tags.clear();
    tags.extend(tokens.iter().map(|token| first_guess(token, token.span.of(text))));
    brill::patch_tags(tags, |i| tokens[i].span.of(text));
    for (token, tag) in tokens.iter_mut().zip(tags) {
        token.tag = match token.kind {
            TokenKind::Number => Tag::Numeral,
            TokenKind::Word => from_upos(*tag),
            _ => Tag::Other,
        };
    }
}

const NUM: Upos = upos("NUM");
const PUNCT: Upos = upos("PUNCT");

fn first_guess(token: &Token, word: &str) -> Upos {
    match (brill::most_frequent(word), token.kind) {
        (0, TokenKind::Number) => NUM,
        (0, TokenKind::Word) => guess(word),
        (0, TokenKind::Quote | TokenKind::Punct) => PUNCT,
        (tag, _) => tag,
    }
}

/// The tag of a word that the tagger has never met, by its shape.
fn guess(word: &str) -> Upos {
    let ends = |endings: &[&str]| word.len() > 5 && endings.iter().any(|e| word.ends_with(e));
    if word.starts_with(char::is_uppercase) {
        const { upos("PROPN") }
    } else if word.starts_with(['\'', '’']) {
        const { upos("PART") }
    } else if ends(&["ly"]) {
        const { upos("ADV") }
    } else if ends(&["ed", "ing", "ise", "ize"]) {
        const { upos("VERB") }
    } else if ends(&["ous", "ful", "ive", "ible", "able", "less", "ish", "ical"]) || word.contains('-') {
        const { upos("ADJ") }
    } else {
        const { upos("NOUN") }
    }
}

fn from_upos(tag: Upos) -> Tag {
    const TAGS: [(&str, Tag); 13] = [
        ("ADJ", Tag::Adjective),
        ("ADP", Tag::Adposition),
        ("ADV", Tag::Adverb),
        ("AUX", Tag::Auxiliary),
        ("CCONJ", Tag::Conjunction),
        ("SCONJ", Tag::Conjunction),
        ("DET", Tag::Determiner),
        ("NOUN", Tag::Noun),
        ("NUM", Tag::Numeral),
        ("PART", Tag::Particle),
        ("PRON", Tag::Pronoun),
        ("PROPN", Tag::ProperNoun),
        ("VERB", Tag::Verb),
    ];
    const BY_UPOS: [Tag; 32] = {
        let mut out = [Tag::Other; 32];
        let mut i = 0;
        while i < TAGS.len() {
            out[upos(TAGS[i].0) as usize] = TAGS[i].1;
            i += 1;
        }
        out
    };
    BY_UPOS[tag as usize % 32]
}
