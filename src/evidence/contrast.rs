//! Words beside two figures that exclude each other: the killed are not the injured, a mean is not a median.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::outline::{Element, Outline};

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

/// Tokens between a figure and the word that says what it is of.
const REACH: usize = 7;

/// Whether the nearest such words of two figures exclude each other.
pub(super) fn excludes(a: (&Outline, &Element), b: (&Outline, &Element)) -> bool {
    let (Some(a), Some(b)) = (nearest(a.0, a.1), nearest(b.0, b.1)) else { return false };
    a.iter().any(|x| b.iter().any(|y| x.0 == y.0 && x.1 != y.1)) && !a.iter().any(|x| b.contains(x))
}

/// The classes of the nearest word of the list, in the figure's own part of the sentence; `None` if there is none, or two are as near.
fn nearest(outline: &Outline, figure: &Element) -> Option<&'static [Class]> {
    let part = |word: &&str| !matches!(*word, "," | ";" | ":" | "and" | "but" | "while" | "or" | "(" | ")" | "–" | "—");
    let find = |words: &mut dyn Iterator<Item = &str>| {
        words.take(REACH).take_while(part).enumerate().find_map(|(n, w)| Some((n, CLASSES.get(w)?.as_slice())))
    };
    let before = find(&mut outline.before(figure.first));
    let after = find(&mut outline.after(figure.last));
    match (before, after) {
        (Some((a, _)), Some((b, _))) if a == b => None,
        (Some((a, _)), Some((b, classes))) if b < a => Some(classes),
        (before, after) => before.or(after).map(|(_, classes)| classes),
    }
}
