//! A sentence as alignment sees it: its content words and its mentions, in order, each with a weight.

use std::{collections::HashMap, sync::Arc};

use super::meaning::{self, Vector};
use crate::{
    claim::{Mention, MentionKind, Reading},
    corpus::Source,
    prose,
    text::Span,
};

/// A content word or a mention of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// What it is.
    pub(super) kind: ElementKind,
    /// The index of its first token among those of the sentence.
    pub(super) first: usize,
    /// The index of its last token.
    pub(super) last: usize,
    /// How much it says, above zero: rare words say more.
    pub(super) weight: f32,
}

/// What an element is.
#[derive(Clone, Debug)]
pub(super) enum ElementKind {
    /// A content word.
    Word(Word),
    /// A quantity, date or name, by its index in the reading.
    Mention(u32),
}

/// A content word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its stem.
    pub(super) stem: String,
    /// The word itself, folded.
    pub(super) folded: String,
    /// What it means.
    pub(super) vector: Option<Vector>,
}

impl Word {
    /// A folded word.
    pub(super) fn new(folded: &str) -> Self {
        Self { stem: prose::stem(folded), folded: folded.to_owned(), vector: meaning::vector(folded) }
    }
}

/// A sentence of a reading, for alignment.
#[derive(Clone, Debug)]
pub(super) struct Outline<'a> {
    /// The reading it belongs to.
    pub(super) reading: &'a Reading,
    /// The index of the sentence.
    pub(super) sentence: usize,
    /// In order.
    pub(super) elements: Vec<Element>,
    /// Every token of the sentence, folded, function words too.
    pub(super) folded: Vec<String>,
}

impl<'a> Outline<'a> {
    /// Outlines a sentence.
    pub(super) fn new(reading: &'a Reading, sentence: usize, rarity: &Rarity) -> Self {
        let prose = &reading.prose;
        let tokens = prose.tokens_of(sentence);
        let folded: Vec<String> = tokens.iter().map(|t| prose::fold(prose.str(t.span))).collect();
        let mut elements: Vec<Element> = Vec::new();
        let mut covered = vec![false; tokens.len()];
        for index in mentions_of(reading, sentence) {
            let mention = &reading.mentions[index];
            if matches!(mention.kind, MentionKind::Quotation(_)) || is_ranked(mention) {
                continue;
            }
            let Some((first, last)) = token_range(tokens.iter().map(|t| t.span), mention.span) else { continue };
            let words = (first..=last).map(|i| rarity.of(&prose::stem(&folded[i]), &folded[i]));
            let weight = match mention.kind {
                MentionKind::Name(_) => words.fold(0.5, f32::max),
                MentionKind::Quantity(_) => 0.8,
                _ => 0.6,
            };
            covered[first..=last].fill(true);
            elements.push(Element { kind: ElementKind::Mention(index as u32), first, last, weight });
        }
        for (i, stem) in prose::terms(prose, sentence) {
            if covered[i] {
                continue;
            }
            let weight = rarity.of(&stem, &folded[i]);
            let word = Word { stem, folded: folded[i].clone(), vector: meaning::vector(&folded[i]) };
            elements.push(Element { kind: ElementKind::Word(word), first: i, last: i, weight });
        }
        elements.sort_by_key(|e| e.first);
        Self { reading, sentence, elements, folded }
    }

    /// The mention of an element, if it is one.
    pub(super) fn mention(&self, element: &Element) -> Option<&'a Mention> {
        match element.kind {
            ElementKind::Mention(i) => Some(&self.reading.mentions[i as usize]),
            ElementKind::Word(_) => None,
        }
    }

    /// The folded words of a span of this sentence.
    pub(super) fn words_of(&self, span: Span) -> &[String] {
        let tokens = self.reading.prose.tokens_of(self.sentence);
        token_range(tokens.iter().map(|t| t.span), span).map_or(&[], |(first, last)| &self.folded[first..=last])
    }
}

/// Whether a mention is a superlative. Those are aligned apart, by `rank.rs`, and to everything else they are words.
pub(super) fn is_ranked(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Quantity(q) if q.rank.is_some())
}

/// The indices of the mentions that begin in a sentence.
pub(crate) fn mentions_of(reading: &Reading, sentence: usize) -> std::ops::Range<usize> {
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

/// How rare a word is among the sentences of the sources at hand: near 0 for one that stands in all, near 1 for one that stands in one
/// (inverse document frequency, Spärck Jones 1972, scaled to 1).
pub(super) struct Rarity {
    frequency: HashMap<String, u32>,
    sentences: u32,
}

impl Rarity {
    /// Counts the sentences of these sources.
    pub(super) fn of_sources<'s>(sources: impl Iterator<Item = &'s Arc<Source>>) -> Self {
        let mut frequency: HashMap<String, u32> = HashMap::new();
        let mut sentences = 0;
        for source in sources {
            for terms in &source.terms {
                sentences += u32::from(!terms.is_empty());
                for (i, (_, stem)) in terms.iter().enumerate() {
                    if !terms[..i].iter().any(|(_, earlier)| earlier == stem) {
                        *frequency.entry(stem.clone()).or_default() += 1;
                    }
                }
            }
        }
        Self { frequency, sentences }
    }

    /// The rarity of a word, above 0 and at most 1: among these sentences, and in the language.
    pub(super) fn of(&self, stem: &str, folded: &str) -> f32 {
        let n = self.sentences as f32 + 2.0;
        let df = self.frequency.get(stem).copied().unwrap_or(0) as f32 + 1.0;
        let here = ((n / df).ln() / n.ln()).clamp(0.1, 1.0);
        here * (0.4 + 0.6 * meaning::rarity(folded))
    }
}
