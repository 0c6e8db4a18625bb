//! A sentence as statements see it: its content words, and how like the surroundings of two predicates are.

use rust_decimal::Decimal;

use crate::{
    claim::{Form, MentionKind, Reading},
    evidence::{
        Feature,
        meaning::{self, Vector},
        mentions_of,
    },
    prose::{self, TokenKind},
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
struct Word {
    /// The index of its token in the sentence.
    at: usize,
    stem: String,
    vector: Option<Vector>,
    weight: f32,
}

/// A sentence.
pub(super) struct Place<'a> {
    pub(super) reading: &'a Reading,
    pub(super) sentence: usize,
    folded: Vec<String>,
    words: Vec<Word>,
}

impl<'a> Place<'a> {
    pub(super) fn new(reading: &'a Reading, sentence: usize) -> Self {
        let prose = &reading.prose;
        let tokens = prose.tokens_of(sentence);
        let folded: Vec<String> = tokens.iter().map(|t| prose::fold(prose.str(t.span))).collect();
        let content = |(at, word): (usize, &String)| {
            let kind = tokens[at].kind;
            let counts = matches!(kind, TokenKind::Word | TokenKind::Number) && !prose::is_stopword(word) && word != "'s";
            counts.then(|| Word {
                at,
                stem: prose::stem(word),
                vector: meaning::vector(word),
                weight: 0.3 + 0.7 * meaning::rarity(word),
            })
        };
        let words = folded.iter().enumerate().filter_map(content).collect();
        Self { reading, sentence, folded, words }
    }

    fn token(&self, span: Span) -> Option<usize> {
        let tokens = self.reading.prose.tokens_of(self.sentence);
        let i = tokens.partition_point(|t| t.span.start < span.start);
        tokens.get(i).filter(|t| t.span == span).map(|_| i)
    }

    /// The word of this span, folded.
    pub(super) fn word(&self, span: Span) -> Option<&str> {
        self.token(span).map(|i| self.folded[i].as_str())
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
        nearest: impl Iterator<Item = &'w Word>,
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
        let before = |p: &Self, i: usize| p.words.iter().rev().find(|w| w.at < i).map(|w| w.stem.clone());
        let after = |p: &Self, i: usize| p.words.iter().find(|w| w.at > i).map(|w| w.stem.clone());
        let same = |a: Option<String>, b: Option<String>| if a.is_some() && a == b { 0.5 } else { 0.0 };
        same(before(self, d), before(there, s)) + same(after(self, d), after(there, s))
    }
}

fn pull(distance: usize) -> f32 {
    (-(distance as f32) / REACH).exp()
}

fn nearness(distance: usize) -> f32 {
    (-((distance as f32 - NEAR).max(0.0)) / NEAR).exp()
}

fn like(a: &Word, b: &Word) -> f32 {
    if a.stem == b.stem {
        return 1.0;
    }
    match (a.vector, b.vector) {
        (Some(a), Some(b)) => Some(a.similarity(b)).filter(|s| *s >= RELATED).unwrap_or(0.0),
        _ => 0.0,
    }
}
