//! Which superlative of a passage ranks what the draft's ranks. A superlative has no place of its own in a sentence, as a figure has: it
//! goes with a noun and a scale, wherever the two sentences have them.

use super::{
    Feature, Pair, Relation,
    outline::{Outline, Word, is_ranked, mentions_of},
    relation::of_quantities,
};
use crate::{
    claim::{Form, Mention, MentionKind, Quantity, compare_ranks},
    prose,
    text::Span,
};

/// What a noun counts that the other sentence has elsewhere: "The fire is the largest", "the second-largest fire".
const ELSEWHERE: f32 = 0.9;
/// What a noun counts where neither sentence gives one to the superlative.
const UNSAID: f32 = 0.6;

/// How much of the claim a sentence must speak of before a record in it needs no noun.
const SAME_EVENT: f32 = 0.6;

/// The pairs of superlatives of two sentences, given how much of the draft's the source's covers. All are given: none is another's rival.
pub(super) fn pairs(draft: &Outline<'_>, source: &Outline<'_>, topic: f32) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (d, ours) in superlatives(draft) {
        let MentionKind::Quantity(a) = &ours.kind else { continue };
        for s in mentions_of(source.reading, source.sentence) {
            let theirs = &source.reading.mentions[s];
            let MentionKind::Quantity(b) = &theirs.kind else { continue };
            let relation = relation(draft, a, source, b, theirs);
            if relation == Relation::Incomparable {
                continue;
            }
            let noun = nouns(draft, a, source, b);
            // A record is one of anything: of what, the nouns must say.
            let is_record = |q: &Quantity| q.rank.as_ref().is_some_and(|r| r.word == "record");
            if is_record(a) != is_record(b) && noun <= UNSAID && topic < SAME_EVENT {
                continue;
            }
            let score = noun * (0.3 + 0.7 * topic);
            let feature = |name, value| Feature { name, value };
            let features = vec![feature("topic", topic), feature("noun", noun)];
            pairs.push(Pair { draft: d as u32, source: s as u32, relation, score, features });
        }
    }
    pairs
}

/// The superlatives of a sentence, with their indices.
fn superlatives<'a>(outline: &Outline<'a>) -> impl Iterator<Item = (usize, &'a Mention)> {
    let reading = outline.reading;
    mentions_of(reading, outline.sentence).map(move |i| (i, &reading.mentions[i])).filter(|(_, m)| is_ranked(m))
}

fn relation(draft: &Outline<'_>, a: &Quantity, source: &Outline<'_>, b: &Quantity, theirs: &Mention) -> Relation {
    let only = a.rank.as_ref().is_some_and(|r| r.word == "only");
    let last = a.rank.as_ref().is_some_and(|r| r.word == "last");
    let texts = (&draft.reading.prose.document.text, &source.reading.prose.document.text);
    match b.form {
        Form::Superlative => of_quantities(compare_ranks(a, texts.0, b, texts.1)),
        // "The only survivor" of "one of two survivors".
        Form::Cardinal if only && b.unit.is_none() && is_one_of(source, b, theirs) => Relation::Differs,
        // "The last", "the first".
        Form::Ordinal if last => Relation::Differs,
        _ => Relation::Incomparable,
    }
}

/// Whether a count of two or more has "one of" before it.
fn is_one_of(outline: &Outline<'_>, quantity: &Quantity, mention: &Mention) -> bool {
    let text = &outline.reading.prose.document.text[..mention.span.start as usize];
    let mut words =
        text.split_whitespace().rev().take(3).map(prose::fold).skip_while(|w| matches!(w.as_str(), "the" | "just" | "only"));
    let several = quantity.low == quantity.high && quantity.low.is_some_and(|v| v > rust_decimal::Decimal::ONE);
    several && words.next().as_deref() == Some("of") && words.next().as_deref() == Some("one")
}

/// How like what two superlatives rank is, 0 to 1.
fn nouns(draft: &Outline<'_>, a: &Quantity, source: &Outline<'_>, b: &Quantity) -> f32 {
    let head = |outline: &Outline<'_>, entity: Option<Span>| {
        let words = outline.words_of(entity?);
        words.last().filter(|w| !matches!(w.as_str(), "one" | "ones" | "such")).cloned()
    };
    let stands = |outline: &Outline<'_>, word: &str| {
        let stem = prose::stem(word);
        outline.folded.iter().any(|w| w == word || prose::stem(w) == stem)
    };
    match (head(draft, a.entity), head(source, b.entity)) {
        (Some(x), Some(y)) => words(&Word::new(&x), &Word::new(&y)),
        (Some(x), None) => {
            if stands(source, &x) {
                ELSEWHERE
            } else {
                0.0
            }
        }
        (None, Some(y)) => {
            if stands(draft, &y) {
                ELSEWHERE
            } else {
                0.0
            }
        }
        (None, None) => UNSAID,
    }
}

fn words(a: &Word, b: &Word) -> f32 {
    if a.stem == b.stem {
        return 1.0;
    }
    match (a.vector, b.vector) {
        (Some(a), Some(b)) => a.similarity(b).max(0.0),
        _ => 0.0,
    }
}
