//! Whether two names can be names of one bearer.

mod body;
mod person;
mod place;
mod spelling;

pub(super) use person::{compare as compare_people, is_generation};

use super::{
    Name, NameClass,
    lexicon::{Flags, LEXICON},
};
use crate::prose::fold;

/// How a name stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same words, but for case, diacritics, typography.
    Same,
    /// Another form of the same: "Bill" and "William", "Kyiv" and "Kiev", "the Kremlin" and "Russia", an acronym and its words.
    Variant,
    /// One is the short form of the other: "Putin" and "Vladimir Putin", "J. Smith" and "John Smith", "Ford" and "Ford Motor Co."
    Short,
    /// One lies in the other, or is a part of it: "Miami" and "Florida".
    Contains,
    /// Nearly the same letters, and no known other form: one of the two is spelt wrong.
    Misspelled,
    /// Names of two bearers, as far as the names tell.
    Different,
}

impl Likeness {
    /// Whether both name one bearer.
    #[must_use]
    pub fn agrees(self) -> bool {
        matches!(self, Self::Same | Self::Variant | Self::Short)
    }
}

/// Compares two names by their canonical forms and classes. Symmetric.
#[must_use]
pub fn same(a: &Name, b: &Name) -> Likeness {
    compare(&a.canonical, &b.canonical, Some(a.class), Some(b.class))
}

/// Compares two names of which nothing else is known. Symmetric.
#[must_use]
pub fn compare_text(a: &str, b: &str) -> Likeness {
    compare(a, b, guess(a), guess(b))
}

/// Compares canonical forms; a class of `None` or [`NameClass::Other`] goes with any.
fn compare(a: &str, b: &str, a_class: Option<NameClass>, b_class: Option<NameClass>) -> Likeness {
    let (folded_a, folded_b) = (clean(a), clean(b));
    if folded_a == folded_b {
        return Likeness::Same;
    }
    if folded_a.is_empty() || folded_b.is_empty() {
        return Likeness::Different;
    }
    let of = |class: Option<NameClass>, wanted: NameClass| class == Some(wanted);
    let open = |class: Option<NameClass>| matches!(class, None | Some(NameClass::Other));
    let place = place::compare(&folded_a, &folded_b);
    if place != Likeness::Different {
        return place;
    }
    let person = |c| of(c, NameClass::Person);
    if person(a_class) && (person(b_class) || open(b_class)) || person(b_class) && open(a_class) {
        return person::compare(a, b);
    }
    if person(a_class) || person(b_class) {
        return Likeness::Different;
    }
    if of(a_class, NameClass::Place) && of(b_class, NameClass::Place) {
        return place::spelling(&folded_a, &folded_b);
    }
    body::compare(a, b)
}

/// The class that a name alone suggests.
fn guess(text: &str) -> Option<NameClass> {
    let folded = fold(text);
    let words = || folded.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
    let flags = |w: &str| LEXICON.word(w.trim_end_matches('.'));
    let body = Flags::ORGANIZATION.or(Flags::LEGAL).or(Flags::OTHER).or(Flags::KNOWN_ORGANIZATION);
    if place::is_place(&folded) {
        return Some(NameClass::Place);
    }
    if words().any(|w| {
        w == "of" || w == "&" || w == "for" || flags(w).any(body) && !flags(w).any(Flags::GIVEN.or(Flags::SURNAME)) && w.len() > 2
    }) {
        return Some(NameClass::Organization);
    }
    if words().count() > 1 { Some(NameClass::Person) } else { None }
}

/// Folded, without marks that say nothing, with single spaces.
fn clean(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        let word = word.trim_matches(|c: char| matches!(c, '"' | ',' | '(' | ')' | ';'));
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    match out.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}
