//! What bears a name: a person, a place, an organisation.

use super::{
    NameClass,
    lexicon::{Flags, Known, LEXICON},
    run,
    word::{Case, Word},
};
use crate::prose::TokenKind;

/// What stands around a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// A title or an honorific stands before it.
    pub(super) titled: bool,
}

/// The class of the name `words[from..to]`, and whether there was a reason for it.
pub(super) fn class(words: &[Word], from: usize, to: usize, around: Around) -> (NameClass, bool) {
    let name = &words[from..to];
    let (first, last) = (&name[0], &name[name.len() - 1]);
    let of = name.iter().position(|w| matches!(w.text, "of" | "for")).filter(|&i| i > 0);
    let head = of.map_or(last, |i| &name[i - 1]);
    if around.titled && of.is_none() && !last.is(Flags::ORGANIZATION) {
        return (NameClass::Person, true);
    }
    let legal = |w: &Word| w.is(Flags::LEGAL) && !w.is(Flags::ORDINARY) && name.len() > 1;
    if legal(last) || name.iter().any(|w| w.text == "&") {
        return (NameClass::Organization, true);
    }
    let given = first.is(Flags::GIVEN);
    let plain = |w: &Word| w.is(Flags::ORDINARY) && !w.is(Flags::GIVEN.or(Flags::SURNAME));
    match run::known(words, from..to) {
        Some(Known::Place | Known::Demonym) if name.len() > 1 => return (NameClass::Place, true),
        Some(Known::Organization) if !(given && name.len() > 1) => return (NameClass::Organization, true),
        Some(Known::Place) if given && !LEXICON.codes(&first.folded).is_some_and(|c| c.starts_with(['c', 'k', 'r'])) => {
            return (by_context(words, from, to).unwrap_or(NameClass::Person), true);
        }
        Some(Known::Place | Known::Demonym) => {
            return (
                by_context(words, from, to)
                    .filter(|c| *c == NameClass::Person && !last.is(Flags::DEMONYM))
                    .unwrap_or(NameClass::Place),
                true,
            );
        }
        _ => {}
    }
    if name.len() == 1 {
        if first.case == Case::Upper && first.text.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            return (NameClass::Organization, false);
        }
        if let Some(class) = by_context(words, from, to) {
            return (class, true);
        }
        if given || first.is(Flags::SURNAME) {
            return (NameClass::Person, true);
        }
        return if first.is(Flags::ORGANIZATION) { (NameClass::Organization, false) } else { (NameClass::Other, false) };
    }
    let person = given && name.len() <= 4 && !last.is(Flags::ORGANIZATION.or(Flags::OTHER)) && of.is_none();
    if person
        && !(plain(last) && last.is(Flags::PLACE) && name.len() > 2)
        && !(name.len() == 2 && plain(last) && last.is(Flags::ROLE))
    {
        return (NameClass::Person, true);
    }
    if head.is(Flags::ORGANIZATION) && !(head.is(Flags::PLACE) && of.is_none() && first.is(Flags::KNOWN_PLACE)) {
        return (NameClass::Organization, true);
    }
    if head.is(Flags::PLACE) {
        return (NameClass::Place, true);
    }
    if head.is(Flags::OTHER) {
        return (NameClass::Other, true);
    }
    if matches!(
        first.folded.as_str(),
        "lake"
            | "mount"
            | "mt."
            | "cape"
            | "fort"
            | "port"
            | "san"
            | "santa"
            | "st."
            | "saint"
            | "rio"
            | "river"
            | "gulf"
            | "isle"
    ) {
        return (NameClass::Place, true);
    }
    let initials =
        name.iter().any(|w| w.case == Case::Initial) || matches!(last.folded.as_str(), "jr." | "jr" | "sr." | "sr" | "iii");
    let particle = name[1..name.len() - 1].iter().any(|w| w.case == Case::Lower && LEXICON.word(w.text).any(Flags::PARTICLE));
    if initials || particle || last.is(Flags::SURNAME) && !plain(first) {
        return (NameClass::Person, true);
    }
    if name.iter().any(|w| w.kind == TokenKind::Number) {
        return (NameClass::Other, true);
    }
    if let Some(class) = by_context(words, from, to) {
        return (class, true);
    }
    let strange = name.iter().filter(|w| w.capital()).all(|w| !w.is(Flags::ORDINARY));
    if strange && (2..=4).contains(&name.len()) && name.iter().all(|w| w.case == Case::Capital || w.case == Case::Inner) {
        return (NameClass::Person, false);
    }
    if first.is(Flags::DEMONYM.or(Flags::KNOWN_PLACE)) && name.len() > 1 {
        return (NameClass::Organization, false);
    }
    (NameClass::Other, false)
}

/// What the words before and after say.
fn by_context(words: &[Word], from: usize, to: usize) -> Option<NameClass> {
    let before = from.checked_sub(1).map_or("", |i| words[i].text);
    let after = words.get(to).filter(|w| w.spaced).map_or("", |w| w.text);
    let second = words.get(to + 1).map_or("", |w| w.text);
    if matches!(
        after,
        "said"
            | "says"
            | "told"
            | "added"
            | "tweeted"
            | "replied"
            | "recalled"
            | "insisted"
            | "joked"
            | "testified"
            | "resigned"
            | "who"
            | "whose"
    ) || words.get(to).is_some_and(|w| w.text == ",") && second == "who"
        || before == "by" && matches!(after, "" | "who")
        || matches!(before, "said" | "says") && !words[from].is(Flags::KNOWN_PLACE)
    {
        return Some(NameClass::Person);
    }
    if matches!(before, "in" | "near" | "In" | "Near" | "across" | "throughout" | "toward" | "towards" | "outside" | "around") {
        return Some(NameClass::Place);
    }
    if matches!(
        before,
        "southern" | "northern" | "eastern" | "western" | "central" | "downtown" | "north" | "south" | "east" | "west"
    ) {
        return Some(NameClass::Place);
    }
    None
}
