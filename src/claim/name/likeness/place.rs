//! Places: other names, where a place lies, seats of power.

use super::{Likeness, near::Gap, spelling};
use crate::{
    claim::name::lexicon::{Flags, LEXICON},
    prose::fold,
};

/// Whether a folded name is that of a known place.
pub(super) fn is_place(folded: &str) -> bool {
    LEXICON.codes(folded).is_some()
        || LEXICON.one_place(folded).is_some()
        || LEXICON.word(folded).any(Flags::KNOWN_PLACE.or(Flags::DEMONYM))
}

/// What is known of two folded names as places; different if nothing is.
pub(super) fn compare(a: &str, b: &str) -> Likeness {
    let (x, y) = (one(a), one(b));
    if x == y {
        return Likeness::Variant;
    }
    for (seat, other) in [(a, &y), (b, &x)] {
        if LEXICON.metonym(seat).iter().any(|m| fold(m) == **other) {
            return Likeness::Variant;
        }
    }
    for (inner, outer) in [(&x, &y), (&y, &x)] {
        if lies_in(inner, outer) {
            return Likeness::Contains;
        }
    }
    Likeness::Different
}

/// Two names of places that are not known to be one: spelt alike, or different.
pub(super) fn spelling(a: &str, b: &str) -> Likeness {
    if a.split(' ').count() != b.split(' ').count() {
        return part(a, b);
    }
    let mut gap = Gap::default();
    for (x, y) in a.split(' ').zip(b.split(' ')) {
        match spelling::compare(x, y) {
            spelling::Word::Same | spelling::Word::Spelling => gap.anchored = true,
            _ => gap.add((x, y), (x, y)),
        }
    }
    match gap {
        Gap { letters: 0, barred: false, .. } => Likeness::Variant,
        _ if is_place(a) && is_place(b) => Likeness::Different,
        gap if gap.is_slip() => Likeness::Misspelled,
        _ => Likeness::Different,
    }
}

/// "Gaza" and "Gaza Strip", "Donetsk" and "Donetsk Oblast": the one with the generic word is the same or holds the other.
fn part(a: &str, b: &str) -> Likeness {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short).or_else(|| long.strip_suffix(short)).map(str::trim);
    match rest {
        Some(rest)
            if !rest.is_empty() && rest.split(' ').all(|w| w == "of" || w == "the" || LEXICON.word(w).any(Flags::AREA)) =>
        {
            Likeness::Contains
        }
        _ => Likeness::Different,
    }
}

/// The folded form that stands for all of a place's.
fn one(folded: &str) -> String {
    let place = LEXICON.place_of(folded).map(fold);
    let folded = place.as_deref().unwrap_or(folded);
    LEXICON.one_place(folded).map_or_else(|| folded.to_owned(), fold)
}

/// Whether one place lies in the other, under whatever names.
pub(super) fn is_within(inner: &str, outer: &str) -> bool {
    lies_in(&one(inner), &one(outer))
}

/// Whether one known place lies in the other.
fn lies_in(inner: &str, outer: &str) -> bool {
    let (Some(inner), Some(outer)) = (LEXICON.codes(inner), LEXICON.codes(outer)) else { return false };
    inner.split('\t').enumerate().any(|(n, i)| {
        outer.split('\t').any(|o| {
            let ((i_kind, i_code), (o_kind, o_code)) = (i.split_at(1), o.split_at(1));
            // Of several cities of one name the largest is meant, or one in the United States.
            if i_kind == "t" && n > 0 && !i_code.starts_with("US") {
                return false;
            }
            let country = i_code.split('.').next().unwrap_or(i_code);
            match (i_kind, o_kind) {
                ("t" | "k" | "r" | "p", "c") => country == o_code,
                ("t" | "k", "r") => i_code == o_code,
                ("c" | "t" | "k" | "r", "n") => LEXICON.continents(country).contains(&o_code),
                _ => false,
            }
        })
    })
}
