//! Whether two names can be names of one bearer.

mod body;
mod lists;
mod near;
mod parts;
mod person;
mod place;
mod spelling;

pub use near::Gap;
pub(super) use parts::is_generation;
pub(super) use person::Person;

use std::sync::LazyLock;

use quick_cache::Equivalent;

use super::{
    Name, NameClass,
    lexicon::{Flags, LEXICON},
};
use crate::{
    prose::fold,
    text::{Cache, cache},
};

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
    if a.canonical == b.canonical {
        return Likeness::Same;
    }
    let pair = Pair { names: (&*a.canonical, &*b.canonical), classes: (a.class, b.class) };
    if let Some(likeness) = KNOWN.get(&pair) {
        return likeness;
    }
    let likeness = compare(&a.canonical, &b.canonical, Some(a.class), Some(b.class)).0;
    let names = (a.canonical.as_str().into(), b.canonical.as_str().into());
    KNOWN.insert(Pair { names, classes: pair.classes }, likeness);
    likeness
}

/// Two names, with what bears them.
#[derive(PartialEq, Eq, Hash)]
struct Pair<T> {
    names: (T, T),
    classes: (NameClass, NameClass),
}

impl Equivalent<Pair<Box<str>>> for Pair<&str> {
    fn equivalent(&self, key: &Pair<Box<str>>) -> bool {
        self.names == (&*key.names.0, &*key.names.1) && self.classes == key.classes
    }
}

/// How many pairs are kept in mind.
const KEPT: usize = 1 << 15;

/// How names stood to each other: the names of a draft are held against those of its sources again and again.
static KNOWN: LazyLock<Cache<Pair<Box<str>>, Likeness>> = LazyLock::new(|| cache(KEPT));

/// Whether one known place lies in the other: a city in its country.
#[must_use]
pub fn lies_in(inner: &Name, outer: &Name) -> bool {
    place::is_within(&clean(&inner.canonical), &clean(&outer.canonical))
}

/// Compares two names of which nothing else is known. Symmetric.
#[must_use]
pub fn compare_text(a: &str, b: &str) -> Likeness {
    compare(a, b, guess(a), guess(b)).0
}

/// How far apart two names are of which nothing else is known, if they go together word by word: what [`compare_text`] weighs when it
/// tells a slip from another name.
#[must_use]
pub fn gap(a: &str, b: &str) -> Option<Gap> {
    compare(a, b, guess(a), guess(b)).1
}

/// Compares canonical forms; a class of `None` or [`NameClass::Other`] goes with any.
fn compare(a: &str, b: &str, a_class: Option<NameClass>, b_class: Option<NameClass>) -> (Likeness, Option<Gap>) {
    let (folded_a, folded_b) = (clean(a), clean(b));
    if folded_a == folded_b || folded_a.contains('-') != folded_b.contains('-') && same_but_hyphens(&folded_a, &folded_b) {
        return (Likeness::Same, None);
    }
    if folded_a.is_empty() || folded_b.is_empty() {
        return (Likeness::Different, None);
    }
    if same_spelt_out(a, &folded_b) || same_spelt_out(b, &folded_a) {
        return (Likeness::Variant, None);
    }
    let is_form = |a: &str, b: &str| is_plural(a, b) || is_adjective(a, b);
    if is_form(&folded_a, &folded_b) || is_form(&folded_b, &folded_a) {
        return (Likeness::Variant, None);
    }
    let (a_class, b_class) = (settled(a_class, &folded_a), settled(b_class, &folded_b));
    let person = |c| c == Some(NameClass::Person);
    if person(a_class) && (person(b_class) || b_class.is_none()) || person(b_class) && a_class.is_none() {
        return person::detailed(a, b);
    }
    if person(a_class) || person(b_class) {
        return (Likeness::Different, None);
    }
    let place = place::compare(&folded_a, &folded_b);
    if place != Likeness::Different {
        return (place, None);
    }
    let place = |c: Option<NameClass>| c == Some(NameClass::Place);
    if place(a_class) && place(b_class) {
        return (place::spelling(&folded_a, &folded_b), None);
    }
    let (found, gap) = body::detailed(a, b);
    // "Smith" of unknown class and "Ann Smith": nothing speaks against a person.
    if found == Likeness::Different && a_class.is_none() && b_class.is_none() {
        let person = person::compare(a, b);
        return if person == Likeness::Misspelled { (found, gap) } else { (person, gap) };
    }
    (found, gap)
}

/// "Saint-Denis" and "Saint Denis".
fn same_but_hyphens(a: &str, b: &str) -> bool {
    let space = |c| if c == '-' { ' ' } else { c };
    a.chars().map(space).eq(b.chars().map(space))
}

/// "Tories" of "Tory", "Democrats" of "Democrat", "the Harpers" of "Harper". A single word ending in "ss" or "us" has no such form.
fn is_plural(many: &str, one: &str) -> bool {
    let long = one.chars().count() >= 4 && !one.contains(' ') && !one.ends_with('s');
    let stem = |ending: &str| many.strip_suffix(ending).filter(|_| long);
    stem("s") == Some(one) || stem("ies").is_some_and(|stem| one.strip_suffix('y') == Some(stem))
}

/// "Social Democratic" of "Social Democrats", as in "Social Democratic voters".
fn is_adjective(adjective: &str, name: &str) -> bool {
    let long = |stem: &&str| stem.rsplit(' ').next().is_some_and(|last| last.chars().count() >= 5);
    let stem = adjective.strip_suffix("ic").filter(long);
    stem.is_some_and(|stem| name.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | "s")))
}

/// "Tübingen" and "Tuebingen": the letters that other alphabets lack may be spelt out.
fn same_spelt_out(name: &str, folded: &str) -> bool {
    const LETTERS: [(char, &str); 12] = [
        ('ä', "ae"),
        ('Ä', "Ae"),
        ('æ', "ae"),
        ('Æ', "Ae"),
        ('ö', "oe"),
        ('Ö', "Oe"),
        ('ø', "oe"),
        ('Ø', "Oe"),
        ('ü', "ue"),
        ('Ü', "Ue"),
        ('å', "aa"),
        ('Å', "Aa"),
    ];
    let of = |c: char| LETTERS.iter().find(|(letter, _)| *letter == c);
    if name.is_ascii() || !name.contains(|c| of(c).is_some()) {
        return false;
    }
    let mut out = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        match of(c) {
            Some((_, letters)) => out.push_str(letters),
            None => out.push(c),
        }
    }
    clean(&out) == folded
}

/// A class that can be relied on: of a single word that no list knows, it is a guess.
fn settled(class: Option<NameClass>, folded: &str) -> Option<NameClass> {
    let known = || place::is_place(folded) || LEXICON.word(folded).any(Flags::NAME);
    match class {
        Some(NameClass::Place | NameClass::Organization) if !folded.contains(' ') && !known() => None,
        Some(NameClass::Other) => None,
        class => class,
    }
}

/// The class that a name alone suggests.
fn guess(text: &str) -> Option<NameClass> {
    let folded = fold(text);
    if place::is_place(&folded) {
        return Some(NameClass::Place);
    }
    if LEXICON.phrase_named(&folded).is_some() || LEXICON.word(&folded).any(Flags::KNOWN_ORGANIZATION) {
        return Some(NameClass::Organization);
    }
    let words: Vec<&str> = folded.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let flags = |w: &str| LEXICON.word(w).or(LEXICON.word(w.trim_end_matches('.')));
    let body = Flags::ORGANIZATION.or(Flags::OTHER);
    let person = Flags::GIVEN.or(Flags::SURNAME).or(Flags::SURNAME_TOO).or(Flags::HONORIFIC);
    let heads = words.iter().skip(1).any(|w| flags(w).any(body) && !flags(w).any(person) && w.len() > 2);
    let legal = words.len() > 1 && words.last().is_some_and(|w| flags(w).any(Flags::LEGAL));
    let joined = words.iter().any(|w| matches!(*w, "of" | "&" | "for" | "and") || w.contains('&'));
    if heads || legal || joined || words.iter().any(|w| w.contains(char::is_numeric)) {
        return Some(NameClass::Organization);
    }
    if words.len() > 1 { Some(NameClass::Person) } else { None }
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
    let bare = out.strip_prefix("the ").unwrap_or(&out);
    // A government is named by its country.
    let bare = bare.strip_suffix(" government").filter(|p| place::is_place(p)).unwrap_or(bare);
    bare.to_owned()
}
