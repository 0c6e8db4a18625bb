//! How the words of one text are written elsewhere in it: the best sign of what a capital means.

use super::{
    lexicon::Flags,
    word::{Case, Glossary, Word},
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

/// How the words of a text are written.
pub(super) struct Seen {
    /// By the number of the folded word.
    counts: Vec<Count>,
    /// For each sentence, whether a capital says something there: not in headlines.
    pub(super) telling: Vec<bool>,
}

impl Seen {
    /// Counts the words of a text and puts them into the glossary.
    pub(super) fn new<'a>(prose: &'a Prose, glossary: &mut Glossary<'a>) -> Self {
        let mut seen = Self { counts: Vec::new(), telling: Vec::with_capacity(prose.sentences.len()) };
        let (mut words, mut small) = (Vec::new(), Vec::new());
        for i in 0..prose.sentences.len() {
            small.clear();
            glossary.learn(prose, i, &mut words, |form| small.push(form));
            seen.counts.resize(glossary.forms() + 1, Count::default());
            small.iter().for_each(|&form| seen.counts[form as usize].lower += 1);
            let telling = telling(prose, i, &words);
            seen.telling.push(telling);
            for (j, word) in words.iter().enumerate().filter(|(_, w)| w.capital()) {
                seen.counts[word.form as usize].inside += u32::from(telling && !starts(&words, j));
            }
        }
        seen
    }

    /// How a word with a capital is written in the text.
    pub(super) fn count(&self, word: &Word) -> Count {
        if word.form == 0 { Count::default() } else { self.counts.get(word.form as usize).copied().unwrap_or_default() }
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
