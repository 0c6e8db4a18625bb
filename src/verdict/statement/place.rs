//! A sentence as statements see it: its content words, and how like the surroundings of two predicates are.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::{
    claim::{Form, MentionKind, Reading},
    evidence::{Feature, Word, mentions_of},
    prose::TokenKind,
    text::Span,
};

/// Words less near in meaning than this are unrelated.
const RELATED: f32 = 0.45;
/// Tokens over which the pull of a neighbouring word falls to 1/e.
const REACH: f32 = 6.0;
/// Tokens within which a word counts as near.
const NEAR: f32 = 8.0;
/// What is known of a side of a predicate on which no word stands.
const UNKNOWN: f32 = 0.5;
/// Words between a figure and the predicate whose subject it counts.
const SUBJECT: usize = 4;
/// Words looked at on each side.
const SIDE: usize = 2;

/// A content word.
struct Content {
    /// The index of its token in the sentence.
    at: usize,
    word: Arc<Word>,
    weight: f32,
}

/// A sentence.
pub(super) struct Place<'a> {
    pub(super) reading: &'a Reading,
    pub(super) sentence: usize,
    /// All of its tokens.
    tokens: Vec<Arc<Word>>,
    words: Vec<Content>,
}

impl<'a> Place<'a> {
    pub(super) fn new(reading: &'a Reading, sentence: usize) -> Self {
        let prose = &reading.prose;
        let tokens = prose.tokens_of(sentence);
        let all: Vec<Arc<Word>> = tokens.iter().map(|t| Word::of(prose.str(t.span))).collect();
        let content = |(at, word): (usize, &Arc<Word>)| {
            let kind = tokens[at].kind;
            let counts = matches!(kind, TokenKind::Word | TokenKind::Number) && word.is_content();
            counts.then(|| Content { at, word: word.clone(), weight: 0.3 + 0.7 * word.rarity })
        };
        let words = all.iter().enumerate().filter_map(content).collect();
        Self { reading, sentence, tokens: all, words }
    }

    fn token(&self, span: Span) -> Option<usize> {
        let tokens = self.reading.prose.tokens_of(self.sentence);
        let i = tokens.partition_point(|t| t.span.start < span.start);
        tokens.get(i).filter(|t| t.span == span).map(|_| i)
    }

    /// The word of this span, folded.
    pub(super) fn word(&self, span: Span) -> Option<&str> {
        self.token(span).map(|i| &*self.tokens[i].folded)
    }

    /// The value of the figure that counts the subject of a predicate: "12 of them failed".
    pub(super) fn count(&self, head: Span) -> Option<(Option<Decimal>, Option<Decimal>)> {
        let text = &self.reading.prose.document.text;
        mentions_of(self.reading, self.sentence).rev().find_map(|i| {
            let mention = &self.reading.mentions[i];
            let MentionKind::Quantity(q) = &mention.kind else { return None };
            let counts = matches!(q.form, Form::Cardinal | Form::Fraction) && q.change.is_none();
            let before = text.get(mention.span.end as usize..head.start as usize)?;
            let near = before.split_whitespace().count() <= SUBJECT && !before.contains([',', ';', ':', '(', '–', '—']);
            (counts && near).then_some((q.low, q.high))
        })
    }

    /// How like the surroundings of two predicates are; `ordered` if what stands before the one must stand before the other.
    pub(super) fn beside(&self, ours: Span, there: &Self, theirs: Span, ordered: bool) -> Option<Vec<Feature>> {
        let (d, s) = (self.token(ours)?, there.token(theirs)?);
        let features = [
            ("topic", self.covered(d, there, s, |_| 1.0, |_| 1.0)),
            ("local", self.covered(d, there, s, pull, nearness)),
            ("mutual", there.covered(s, self, d, pull, nearness)),
            ("left", self.side(self.words.iter().rev().filter(|w| w.at < d), there, s, |at| !ordered || at < s)),
            ("right", self.side(self.words.iter().filter(|w| w.at > d), there, s, |at| !ordered || at > s)),
            ("beside", self.neighbours(d, there, s)),
        ];
        Some(features.map(|(name, value)| Feature { name, value }).into())
    }

    /// How much of the words around `d` stands around `s`, 0 to 1.
    fn covered(&self, d: usize, there: &Self, s: usize, pull: fn(usize) -> f32, near: fn(usize) -> f32) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for word in self.words.iter().filter(|w| w.at != d) {
            let weight = word.weight * pull(word.at.abs_diff(d));
            let best =
                there.words.iter().filter(|w| w.at != s).map(|w| like(word, w) * near(w.at.abs_diff(s))).fold(0.0, f32::max);
            sum += weight * best;
            all += weight;
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// How much of the nearest words of one side stands around `s`.
    fn side<'w>(
        &self,
        nearest: impl Iterator<Item = &'w Content>,
        there: &Self,
        s: usize,
        there_too: impl Fn(usize) -> bool,
    ) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for word in nearest.take(SIDE) {
            let best = there
                .words
                .iter()
                .filter(|w| w.at != s && there_too(w.at))
                .map(|w| like(word, w) * nearness(w.at.abs_diff(s)))
                .fold(0.0, f32::max);
            sum += word.weight * best;
            all += word.weight;
        }
        if all > 0.0 { sum / all } else { UNKNOWN }
    }

    /// Whether the very next words are the same, on both sides 1, on one 0.5.
    fn neighbours(&self, d: usize, there: &Self, s: usize) -> f32 {
        fn before(place: &Place<'_>, i: usize) -> Option<Arc<Word>> {
            place.words.iter().rev().find(|w| w.at < i).map(|w| w.word.clone())
        }
        fn after(place: &Place<'_>, i: usize) -> Option<Arc<Word>> {
            place.words.iter().find(|w| w.at > i).map(|w| w.word.clone())
        }
        let same = |pair: Option<(Arc<Word>, Arc<Word>)>| if pair.is_some_and(|(a, b)| a.stem == b.stem) { 0.5 } else { 0.0 };
        same(before(self, d).zip(before(there, s))) + same(after(self, d).zip(after(there, s)))
    }
}

fn pull(distance: usize) -> f32 {
    (-(distance as f32) / REACH).exp()
}

fn nearness(distance: usize) -> f32 {
    (-((distance as f32 - NEAR).max(0.0)) / NEAR).exp()
}

fn like(a: &Content, b: &Content) -> f32 {
    let likeness = a.word.likeness(&b.word);
    if likeness >= RELATED { likeness } else { 0.0 }
}
