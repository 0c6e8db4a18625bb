//! A sentence as alignment sees it: its content words and its mentions, in order.

use std::{ops::Range, sync::Arc};

use super::word::Word;
use crate::{
    claim::{self, Mention, MentionKind, Reading},
    prose::{self, Prose, Tag, Token},
    text::Span,
};

/// What can be said of a sentence by itself, whatever it is compared with. It has no text of its own: [`Sentence`] adds the reading.
#[derive(Debug)]
pub(super) struct Outline {
    /// The content words and the mentions, in order.
    pub(super) elements: Vec<Element>,
    /// Every token of the sentence, function words too.
    pub(super) words: Vec<Arc<Word>>,
}

/// A content word or a mention of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// What it is.
    pub(super) kind: ElementKind,
    /// The index of its first token among those of the sentence.
    pub(super) first: usize,
    /// The index of its last token.
    pub(super) last: usize,
    /// The index of the verb that it most likely belongs to.
    pub(super) verb: Option<usize>,
}

/// What an element is.
#[derive(Clone, Copy, Debug)]
pub(super) enum ElementKind {
    /// A content word: its only token.
    Word,
    /// A quantity, date or name, by its index in the reading.
    Mention(u32),
}

impl Outline {
    /// Outlines a sentence with these content words, as [`crate::prose::terms`] gives them.
    pub(super) fn new(reading: &Reading, sentence: usize, terms: &[(usize, String)]) -> Self {
        let prose = &reading.prose;
        let tokens = prose.tokens_of(sentence);
        let mut elements: Vec<Element> = Vec::new();
        let mut covered = vec![false; tokens.len()];
        for index in mentions_of(reading, sentence) {
            let mention = &reading.mentions[index];
            if matches!(mention.kind, MentionKind::Quotation(_) | MentionKind::Statement(_)) || is_ranked(mention) {
                continue;
            }
            let Some((first, last)) = token_range(tokens.iter().map(|t| t.span), mention.span) else { continue };
            covered[first..=last].fill(true);
            elements.push(Element {
                kind: ElementKind::Mention(index as u32),
                first,
                last,
                verb: verb_of(prose, tokens, first, last),
            });
        }
        let words = terms.iter().map(|(i, _)| *i).filter(|i| !covered[*i]);
        elements.extend(words.map(|i| Element { kind: ElementKind::Word, first: i, last: i, verb: None }));
        elements.sort_by_key(|e| e.first);
        Self { words: tokens.iter().map(|token| Word::of(prose.str(token.span))).collect(), elements }
    }

    /// The words before a token, the nearest first.
    pub(super) fn before(&self, token: usize) -> impl Iterator<Item = &str> {
        self.words[..token].iter().rev().map(|w| &*w.folded)
    }

    /// The words after a token.
    pub(super) fn after(&self, token: usize) -> impl Iterator<Item = &str> {
        self.words[token + 1..].iter().map(|w| &*w.folded)
    }

    /// The words of an element.
    pub(super) fn words_in(&self, element: &Element) -> &[Arc<Word>] {
        &self.words[element.first..=element.last]
    }
}

/// How far from a mention its verb may stand, in tokens.
const REACH: usize = 14;

/// The verb to which what stands from `first` to `last` most likely belongs: the nearest before it in its clause, else the nearest after
/// it, else the nearest before that. Clauses end at commas and the like.
fn verb_of(prose: &Prose, tokens: &[Token], first: usize, last: usize) -> Option<usize> {
    let is_verb = |i: &usize| {
        let word = prose::fold(prose.str(tokens[*i].span));
        tokens[*i].tag == Tag::Verb && (!prose::is_stopword(&word) || claim::is_reporting(&word))
    };
    let ends = |i: &usize| matches!(prose.str(tokens[*i].span), "," | ";" | ":" | "(" | ")" | "–" | "—");
    let before = || (first.saturating_sub(REACH)..first).rev();
    let after = || last + 1..(last + 1 + REACH).min(tokens.len());
    let within = |i: &usize| !ends(i);
    before()
        .take_while(within)
        .find(is_verb)
        .or_else(|| after().take_while(within).find(is_verb))
        .or_else(|| before().find(is_verb))
}

/// A sentence of a reading, for alignment.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'a> {
    /// The reading it belongs to.
    pub(super) reading: &'a Reading,
    /// Its index there.
    pub(super) index: usize,
    /// What can be said of it by itself.
    pub(super) outline: Arc<Outline>,
}

impl<'a> Sentence<'a> {
    /// Its content words and its mentions, in order.
    pub(super) fn elements(&self) -> &[Element] {
        &self.outline.elements
    }

    /// The mention of an element, if it is one.
    pub(super) fn mention(&self, element: &Element) -> Option<&'a Mention> {
        match element.kind {
            ElementKind::Mention(i) => Some(&self.reading.mentions[i as usize]),
            ElementKind::Word => None,
        }
    }

    /// The elements that are mentions: where among the elements, where in the reading, and the mention.
    pub(super) fn mentions(&self) -> impl Iterator<Item = (usize, u32, &'a Mention)> {
        self.elements().iter().enumerate().filter_map(|(at, element)| match element.kind {
            ElementKind::Mention(i) => Some((at, i, &self.reading.mentions[i as usize])),
            ElementKind::Word => None,
        })
    }

    /// The words of a span of this sentence.
    pub(super) fn words_of(&self, span: Span) -> &[Arc<Word>] {
        let tokens = self.reading.prose.tokens_of(self.index);
        token_range(tokens.iter().map(|t| t.span), span).map_or(&[], |(first, last)| &self.outline.words[first..=last])
    }
}

/// Whether a mention is a superlative. Those are aligned apart, by `rank.rs`, and to everything else they are words.
pub(super) fn is_ranked(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Quantity(q) if q.rank.is_some())
}

/// The indices of the mentions that begin in a sentence.
pub(crate) fn mentions_of(reading: &Reading, sentence: usize) -> Range<usize> {
    let span = reading.prose.sentences[sentence].span;
    let from = reading.mentions.partition_point(|m| m.span.start < span.start);
    let to = reading.mentions.partition_point(|m| m.span.start < span.end);
    from..to
}

/// The first and the last of the tokens that share a byte with `span`.
fn token_range(tokens: impl Iterator<Item = Span>, span: Span) -> Option<(usize, usize)> {
    let mut range = None;
    for (i, token) in tokens.enumerate() {
        if token.overlaps(span) {
            range = Some((range.map_or(i, |(first, _)| first), i));
        }
    }
    range
}
