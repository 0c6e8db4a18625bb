//! What bears a name, by its own words: a person, a place, an organisation.

use super::{
    NameClass,
    context::{self, ORGANIZATION, OTHER, PERSON, PLACE, Scores},
    lexicon::{Flags, Known, LEXICON},
    word::{Case, Word},
};
use crate::prose::TokenKind;

/// The classes in the order of [`Scores`].
pub(super) const CLASSES: [NameClass; 4] = [NameClass::Person, NameClass::Place, NameClass::Organization, NameClass::Other];

/// The class with the most reasons, and by how many it leads.
pub(super) fn best(scores: &Scores) -> (NameClass, i32) {
    let mut order = [PERSON, PLACE, ORGANIZATION, OTHER];
    order.sort_by_key(|&i| std::cmp::Reverse(scores[i]));
    (CLASSES[order[0]], scores[order[0]] - scores[order[1]])
}

/// The reasons for each class of the name `words[from..to]`; `titled` if a title or an honorific stands before it.
/// `known` is what the name is known to be.
pub(super) fn scores(words: &[Word], from: usize, to: usize, known: Option<Known>, titled: bool) -> Scores {
    let mut scores = own(words, from, to, known);
    if titled {
        scores[PERSON] += 12;
    }
    context::add(words, from, to, &mut scores);
    scores
}

/// The reasons in the words themselves.
fn own(words: &[Word], from: usize, to: usize, known: Option<Known>) -> Scores {
    let name = &words[from..to];
    let (first, last) = (&name[0], &name[name.len() - 1]);
    let mut scores = [0; 4];
    let given = first.is(Flags::GIVEN) && first.case != Case::Upper;
    match known {
        Some(Known::Demonym) => scores[PLACE] += 14,
        // A known phrase is hardly anything else.
        Some(Known::Place) if name.len() > 1 => scores[PLACE] += 14,
        Some(Known::Place) => {
            let codes = LEXICON.codes(first.folded).filter(|_| name.len() == 1);
            scores[PLACE] += if codes.is_some_and(|c| c.starts_with('t')) { 5 } else { 9 };
        }
        Some(Known::Organization) => scores[ORGANIZATION] += if name.len() > 1 { 14 } else { 9 },
        None => {}
    }
    if name.len() == 1 {
        single(first, known.is_some(), &mut scores);
        return scores;
    }
    let plain = |w: &Word| w.is(Flags::ORDINARY) && !w.is(Flags::GIVEN.or(Flags::SURNAME));
    let of = name.iter().position(|w| matches!(w.text, "of" | "for")).filter(|&i| i > 0);
    let head = of.map_or(last, |i| &name[i - 1]);
    if name.iter().any(|w| w.kind == TokenKind::Number || w.case != Case::Initial && w.text.contains(char::is_numeric)) {
        scores[OTHER] += 8;
    }
    if last.is(Flags::LEGAL) && !last.is(Flags::ORDINARY) {
        scores[ORGANIZATION] += 10;
    }
    if name.iter().any(|w| w.text == "&") {
        scores[ORGANIZATION] += 6;
    }
    let seconds = &name[1];
    if given && seconds.case != Case::Inner {
        // "Apple Watch": a given name that is a word too needs a surname that is none.
        scores[PERSON] += match (first.is(Flags::ORDINARY), plain(last)) {
            (false, false) => 8,
            (false, true) if last.is(Flags::SURNAME_TOO) => 8,
            (false, true) | (true, false) => 6,
            (true, true) => 2,
        };
    }
    if name.iter().any(|w| w.case == Case::Initial) {
        scores[PERSON] += 5;
    }
    if matches!(last.folded, "jr." | "jr" | "sr." | "sr" | "ii" | "iii" | "iv") {
        scores[PERSON] += 6;
    }
    if name[1..name.len() - 1].iter().any(|w| w.case == Case::Lower && w.known.any(Flags::PARTICLE)) && of.is_none() {
        scores[PERSON] += 5;
    }
    if last.is(Flags::SURNAME) {
        scores[PERSON] += 3;
    }
    if of.is_some() || name.len() > 4 {
        scores[PERSON] -= 6;
    }
    // "Hill", "Park", "Church" are surnames too.
    let two = name.len() == 2 && given && !first.is(Flags::ORDINARY) && head.is(Flags::SURNAME.or(Flags::SURNAME_TOO));
    let weight = if two { 4 } else { 9 };
    if first.is_noble() {
        scores[PERSON] += 14;
    }
    if head.is(Flags::ORGANIZATION) {
        scores[ORGANIZATION] += weight;
    }
    if head.is(Flags::PLACE) {
        scores[PLACE] += if head.is(Flags::ORGANIZATION) { weight - 2 } else { weight };
    }
    if head.is(Flags::OTHER) {
        scores[OTHER] += if head.is(Flags::ORGANIZATION) { weight - 3 } else { weight - 1 };
    }
    if name[1..].iter().any(|w| w.is(Flags::ORGANIZATION) && !w.is(Flags::GIVEN.or(Flags::SURNAME))) {
        scores[ORGANIZATION] += 4;
    }
    if first.is(Flags::OTHER) && !last.is(Flags::ENGLISH) {
        scores[OTHER] += 8;
    }
    if PLACE_FIRST.contains(&first.folded) {
        scores[PLACE] += 6;
    }
    if COMPASS.contains(&first.folded) {
        scores[PLACE] += if name[1].is(Flags::KNOWN_PLACE) { 7 } else { 3 };
    }
    // Teams: "Miami Heats", "Red Wings".
    if !given && last.text.ends_with('s') && last.is(Flags::ENGLISH) {
        scores[ORGANIZATION] += 3;
    }
    if known.is_none() && first.is(Flags::DEMONYM.or(Flags::KNOWN_PLACE)) && !given {
        scores[ORGANIZATION] += 4;
        scores[PERSON] -= 2;
    }
    if first.case == Case::Upper && first.text.len() > 1 {
        scores[ORGANIZATION] += 3;
    }
    let capitals = || name.iter().filter(|w| w.capital());
    if capitals().all(|w| !w.is(Flags::ORDINARY)) {
        scores[PERSON] += if (2..=3).contains(&name.len()) { 4 } else { 1 };
    } else if capitals().all(plain) {
        scores[OTHER] += 3;
        scores[ORGANIZATION] += 2;
        scores[PERSON] -= 3;
    } else {
        scores[PERSON] += i32::from(name.len() == 2) * 2;
        scores[OTHER] += 1;
        scores[ORGANIZATION] += 1;
    }
    scores
}

/// The reasons in a single word.
fn single(word: &Word, known: bool, scores: &mut Scores) {
    if word.is(Flags::PEOPLE) {
        scores[OTHER] += 14;
        return;
    }
    if word.is(Flags::GIVEN) {
        scores[PERSON] += if word.is(Flags::ORDINARY) { 2 } else { 4 };
    }
    if word.is(Flags::SURNAME) {
        scores[PERSON] += 4;
    }
    if known {
        return;
    }
    if word.text.contains(char::is_numeric) {
        scores[OTHER] += 5;
    }
    match word.case {
        Case::Upper if word.text.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
            scores[ORGANIZATION] += 5;
            scores[PERSON] -= 4;
        }
        Case::Inner => scores[OTHER] += 3,
        _ => {}
    }
    if word.is(Flags::ORGANIZATION) {
        scores[ORGANIZATION] += 4;
    } else if word.is(Flags::ORDINARY) {
        scores[OTHER] += 4;
    } else if word.is(Flags::RARE) {
        scores[OTHER] += 2;
        scores[PERSON] += 2;
    } else {
        scores[PERSON] += 2;
        scores[PLACE] += 2;
        scores[OTHER] += 3;
        scores[ORGANIZATION] += 2;
    }
}

/// What a place's name begins with.
const PLACE_FIRST: [&str; 17] = [
    "lake", "mount", "mt.", "cape", "fort", "port", "san", "santa", "st.", "saint", "rio", "river", "gulf", "isle", "camp", "el",
    "ras",
];

/// What a part of a known place begins with.
const COMPASS: [&str; 9] = ["north", "south", "east", "west", "greater", "upper", "lower", "old", "new"];
