//! Which superlative of a passage ranks what the draft's ranks. A superlative has no place of its own in a sentence, as a figure has: it
//! goes with a noun and a scale, wherever the two sentences have them.

use super::{
    Feature, Pair, Relation,
    outline::{Sentence, is_ranked, mentions_of},
    relation::of_quantities,
    word::Word,
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
pub(super) fn pairs(draft: &Sentence<'_>, source: &Sentence<'_>, topic: f32) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (d, ours) in superlatives(draft) {
        let MentionKind::Quantity(a) = &ours.kind else { continue };
        for s in mentions_of(source.reading, source.index) {
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
fn superlatives<'a>(sentence: &Sentence<'a>) -> impl Iterator<Item = (usize, &'a Mention)> {
    let reading = sentence.reading;
    mentions_of(reading, sentence.index).map(move |i| (i, &reading.mentions[i])).filter(|(_, m)| is_ranked(m))
}

fn relation(draft: &Sentence<'_>, a: &Quantity, source: &Sentence<'_>, b: &Quantity, theirs: &Mention) -> Relation {
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
fn is_one_of(sentence: &Sentence<'_>, quantity: &Quantity, mention: &Mention) -> bool {
    let text = &sentence.reading.prose.document.text[..mention.span.start as usize];
    let mut words =
        text.split_whitespace().rev().take(3).map(prose::fold).skip_while(|w| matches!(w.as_str(), "the" | "just" | "only"));
    let several = quantity.low == quantity.high && quantity.low.is_some_and(|v| v > rust_decimal::Decimal::ONE);
    several && words.next().as_deref() == Some("of") && words.next().as_deref() == Some("one")
}

/// How like what two superlatives rank is, 0 to 1.
fn nouns(draft: &Sentence<'_>, a: &Quantity, source: &Sentence<'_>, b: &Quantity) -> f32 {
    let elsewhere = |sentence: &Sentence<'_>, noun: &Word| if stands(sentence, noun) { ELSEWHERE } else { 0.0 };
    match (head(draft, a.entity), head(source, b.entity)) {
        (Some(x), Some(y)) => x.likeness(y),
        (Some(x), None) => elsewhere(source, x),
        (None, Some(y)) => elsewhere(draft, y),
        (None, None) => UNSAID,
    }
}

/// The noun of a noun phrase, unless it only stands for one.
fn head<'s>(sentence: &'s Sentence<'_>, entity: Option<Span>) -> Option<&'s Word> {
    sentence.words_of(entity?).last().map(|w| &**w).filter(|w| !matches!(&*w.folded, "one" | "ones" | "such"))
}

/// Whether a sentence has a word, in some form.
fn stands(sentence: &Sentence<'_>, word: &Word) -> bool {
    sentence.outline.words.iter().any(|w| w.folded == word.folded || w.stem == word.stem)
}
