//! How the words of one text are written elsewhere in it: the best sign of what a capital means.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{
    lexicon::Flags,
    word::{Case, Word},
};
use crate::{
    document::BlockKind,
    prose::{Prose, Tag, TokenKind},
};

/// How often one word is written how.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    /// With a capital inside a sentence.
    pub(super) inside: u32,
    /// Without a capital.
    pub(super) lower: u32,
}

/// The capitalised words of a text.
pub(super) struct Seen {
    counts: FxHashMap<Rc<str>, Count>,
    /// For each sentence, whether a capital says something there: not in headlines.
    pub(super) telling: Vec<bool>,
}

impl Seen {
    /// Counts the words of a text.
    pub(super) fn new(prose: &Prose, sentences: &[Vec<Word>]) -> Self {
        let mut seen = Self { counts: FxHashMap::default(), telling: Vec::with_capacity(prose.sentences.len()) };
        for (i, sentence) in sentences.iter().enumerate() {
            let telling = telling(prose, i, sentence);
            seen.telling.push(telling);
            for (j, word) in sentence.iter().enumerate().filter(|(_, w)| w.capital()) {
                let inside = u32::from(telling && !starts(sentence, j));
                match seen.counts.get_mut(&word.folded) {
                    Some(count) => count.inside += inside,
                    None => drop(seen.counts.insert(word.folded.clone(), Count { inside, lower: 0 })),
                }
            }
        }
        let text: &str = &prose.document.prose;
        for token in prose.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let word = token.span.of(text);
            if word.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some(count) = seen.counts.get_mut(word)
            {
                count.lower += 1;
            }
        }
        seen
    }

    /// How a folded word is written in the text.
    pub(super) fn count(&self, folded: &str) -> Count {
        self.counts.get(folded).copied().unwrap_or_default()
    }
}

/// Whether the word at `i` would have a capital whatever it is: at the start of the sentence, of a quotation, after a colon.
pub(super) fn starts(words: &[Word], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|j| &words[j]) else { return true };
    match before.kind {
        // Behind a closing mark too: a quotation may end a sentence without a stop.
        TokenKind::Quote => true,
        TokenKind::Punct => {
            before.text == ")" && words[i].glued
                || matches!(
                    before.text,
                    ":" | "•" | "·" | "*" | "—" | "–" | "--" | "..." | "…" | "!" | "?" | "." | "(" | "[" | "|"
                )
                || i == 1 && before.text == "-"
        }
        TokenKind::Number => i == 1,
        TokenKind::Word | TokenKind::Symbol => false,
    }
}

/// Whether capitals mark names in this sentence. In a headline ordinary words have them too, verbs among them, and none of any
/// weight goes without.
fn telling(prose: &Prose, sentence: usize, words: &[Word]) -> bool {
    let (mut capital, mut verbs, mut lower, mut upper, mut all) = (0, 0, 0, 0, 0);
    for (i, word) in words.iter().enumerate().filter(|(_, w)| w.kind == TokenKind::Word && w.text.len() > 2) {
        all += 1;
        match word.case {
            Case::Lower => {
                let content = matches!(word.tag, Tag::Noun | Tag::Verb | Tag::Adjective | Tag::Adverb | Tag::Auxiliary);
                lower += u32::from(content && word.text.len() > 3);
            }
            Case::Upper => upper += 1,
            _ if starts(words, i) => {}
            _ => {
                capital += u32::from(word.is(Flags::ENGLISH));
                let verb = word.is(Flags::VERB.or(Flags::ADVERB).or(Flags::FUNCTION)) && !word.is(Flags::NAME);
                verbs += u32::from(verb && word.text.len() > 2);
            }
        }
    }
    if upper * 10 >= all * 7 && all >= 4 {
        return false;
    }
    let heading =
        prose.document.blocks.get(prose.sentences[sentence].block as usize).is_some_and(|b| b.kind == BlockKind::Heading);
    let stop = words.last().is_some_and(|w| matches!(w.text, "." | "!" | "?" | "”" | "\""));
    if heading {
        return capital < 2 || capital <= lower * 2;
    }
    if stop { verbs < 2 || capital <= lower * 4 } else { capital < 2 || capital <= lower * 6 }
}
