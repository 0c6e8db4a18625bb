//! Words beside two figures that exclude each other: the killed are not the injured, a mean is not a median.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::outline::{Element, Outline};
use crate::{
    claim::{Mention, MentionKind, Reading},
    prose,
};

/// A line of contrasts.txt and a class of it.
type Class = (usize, usize);

static CLASSES: LazyLock<FxHashMap<&'static str, Vec<Class>>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&str, Vec<Class>> = FxHashMap::default();
    for (line, words) in include_str!("data/contrasts.txt").lines().filter(|l| !l.starts_with('#')).enumerate() {
        for (class, words) in words.split('|').enumerate() {
            words.split_whitespace().for_each(|word| classes.entry(word).or_default().push((line, class)));
        }
    }
    classes
});

static SIDES: LazyLock<FxHashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("data/sides.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' ')).collect()
});

/// Words that deny.
const NEGATIONS: [&str; 5] = ["not", "never", "no", "without", "nobody"];

/// Whether two measures have opposite words after them: "two days before the strike", "two days after" it. What is denied may be either.
pub(super) fn turned(a: (&Outline, &Element, &Mention), b: (&Outline, &Element, &Mention)) -> bool {
    fn side<'o>((outline, element, mention): (&'o Outline, &Element, &Mention)) -> Option<&'o str> {
        match &mention.kind {
            MentionKind::Quantity(q) if q.unit.is_some() => outline.after(element.last).next(),
            _ => None,
        }
    }
    let (Some(x), Some(y)) = (side(a), side(b)) else { return false };
    let denied = |outline: &Outline| outline.words.iter().any(|w| NEGATIONS.contains(&&*w.folded) || w.folded.ends_with("n't"));
    (SIDES.contains(&(x, y)) || SIDES.contains(&(y, x))) && !denied(a.0) && !denied(b.0)
}

/// Tokens between a figure and the word that says what it is of.
const REACH: usize = 7;

/// Whether the nearest such words of two figures exclude each other.
pub(super) fn excludes(a: (&Outline, &Element), b: (&Outline, &Element)) -> bool {
    let near =
        |(outline, figure): (&Outline, &Element)| nearest(&mut outline.before(figure.first), &mut outline.after(figure.last));
    let (Some(a), Some(b)) = (near(a), near(b)) else { return false };
    exclude(a, b)
}

/// Whether a class of each is of one line, but none is shared.
fn exclude(a: &[Class], b: &[Class]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.0 == y.0 && x.1 != y.1)) && !a.iter().any(|x| b.contains(x))
}

/// Whether a source's figure is of something that a draft's sentence does not speak of, though it speaks of what excludes it.
pub(crate) fn is_left_out((draft, sentence): (&Reading, usize), (source, figure): (&Reading, &Mention)) -> bool {
    let folded = |reading: &Reading, sentence: usize| -> Vec<String> {
        reading.prose.tokens_of(sentence).iter().map(|t| prose::fold(reading.prose.str(t.span))).collect()
    };
    let tokens = source.prose.tokens_of(figure.sentence as usize);
    let first = tokens.partition_point(|t| t.span.end <= figure.span.start);
    let last = tokens.partition_point(|t| t.span.start < figure.span.end).max(first);
    let words = folded(source, figure.sentence as usize);
    let (mut before, mut after) = (words[..first].iter().rev().map(String::as_str), words[last..].iter().map(String::as_str));
    let Some(theirs) = nearest(&mut before, &mut after) else { return false };
    let ours: Vec<Class> = folded(draft, sentence).iter().filter_map(|w| CLASSES.get(w.as_str())).flatten().copied().collect();
    exclude(theirs, &ours)
}

/// The classes of the nearest word of the list, in the figure's own part of the sentence; `None` if there is none, or two are as near.
fn nearest<'w>(before: &mut dyn Iterator<Item = &'w str>, after: &mut dyn Iterator<Item = &'w str>) -> Option<&'static [Class]> {
    let part = |word: &&str| !matches!(*word, "," | ";" | ":" | "and" | "but" | "while" | "or" | "(" | ")" | "–" | "—");
    let find = |words: &mut dyn Iterator<Item = &'w str>| {
        words.take(REACH).take_while(part).enumerate().find_map(|(n, w)| Some((n, CLASSES.get(w)?.as_slice())))
    };
    match (find(before), find(after)) {
        (Some((a, _)), Some((b, _))) if a == b => None,
        (Some((a, _)), Some((b, classes))) if b < a => Some(classes),
        (before, after) => before.or(after).map(|(_, classes)| classes),
    }
}
