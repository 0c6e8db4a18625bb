//! Which bare numbers are years.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{
    grammar::Words,
    lex::{Item, Lex},
};
use crate::prose::Tag;

static GIVING: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/giving_verbs.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// The year at piece `i`, if the words around it read as one.
pub(super) fn read(words: &Words<'_>, i: usize) -> Option<i16> {
    let year = plain(words.items[i])?;
    accept(words, i, year).then_some(year)
}

/// A number of four digits without a comma.
pub(super) fn plain(item: Item) -> Option<i16> {
    match item.lex {
        Lex::Int { value, digits: 4 } if (1000..=2199).contains(&value) => i16::try_from(value).ok(),
        _ => None,
    }
}

fn accept(words: &Words<'_>, i: usize, year: i16) -> bool {
    let recent = (1900..=2099).contains(&year);
    // What follows: a measure, a sign, more digits.
    if let Some(next) = words.items.get(i + 1) {
        match next.lex {
            Lex::Mark(b'%' | b':' | b'/' | b'+') => return false,
            Lex::Mark(m) if m > 0x7f && words.glued(i) => return false,
            // "2000 metres", "2000-year": but "World Cup 2018 day five".
            Lex::Unit { .. } if words.text(i + 1).ends_with('s') || words.text(i + 2) == "old" => return false,
            Lex::Dash if matches!(words.items.get(i + 2).map(|n| n.lex), Some(Lex::Unit { .. })) => return false,
            Lex::Meridiem(_) => return false,
            _ => {}
        }
        if counted(words, i + 1) {
            return false;
        }
    }
    let Some(before) = i.checked_sub(1) else {
        // At the start of a sentence, if a sentence follows.
        return recent
            && words.items.len() > i + 1
            && matches!(words.items[i + 1].tag, Tag::Verb | Tag::Auxiliary | Tag::Noun | Tag::ProperNoun);
    };
    match words.items[before].lex {
        Lex::Mark(b'(') => {
            recent && matches!(words.items.get(i + 1).map(|n| n.lex), None | Some(Lex::Mark(_) | Lex::Dash | Lex::Comma))
        }
        Lex::Mark(_) | Lex::Month { .. } => false,
        Lex::Edge(_) | Lex::Season(_) => recent,
        // "from file, 2008." and "Chicago, 2015,"
        Lex::Comma => {
            listed(words, before)
                || recent
                    && before.checked_sub(1).is_some_and(|b| matches!(words.items[b].tag, Tag::Noun | Tag::ProperNoun))
                    && words.items.get(i + 1).is_none_or(|n| matches!(n.lex, Lex::Comma | Lex::Mark(b'.' | b')')))
        }
        Lex::Dash => before.checked_sub(1).is_some_and(|b| plain(words.items[b]).is_some() && accept(words, b, year)),
        Lex::Function => match words.lower(before, &mut [0; 16]) {
            Some("in" | "since" | "until" | "during" | "circa") => true,
            Some(
                "by" | "till" | "before" | "after" | "from" | "through" | "throughout" | "between" | "of" | "the" | "around"
                | "fiscal",
            ) => recent,
            Some("over") => recent && matches!(words.items.get(i + 1).map(|n| n.lex), Some(Lex::Dash)),
            // "2014 to 2020" is two years if the first is one.
            Some("to" | "and" | "or" | "than" | "for") => {
                recent && (listed(words, before) || before.checked_sub(1).is_none_or(|b| plain(words.items[b]).is_none()))
            }
            Some("a" | "an") => {
                recent && words.items.get(i + 1).is_some_and(|n| matches!(n.tag, Tag::Noun | Tag::Adjective | Tag::ProperNoun))
            }
            _ => false,
        },
        _ => match words.items[before].tag {
            // "its 2015 budget", "Obama’s 2008 campaign"
            Tag::Determiner | Tag::Pronoun | Tag::Particle => recent && i + 1 < words.items.len(),
            // "Rio 2016", "World Cup 2018", "the year 2015"
            Tag::ProperNoun => (1950..=2050).contains(&year) && !is_given(words, before),
            Tag::Noun => {
                words.text(before).eq_ignore_ascii_case("year") || words.is_capital(before) && (1950..=2050).contains(&year)
            }
            Tag::Adjective => recent && words.is_capital(before) && i + 1 < words.items.len(),
            _ => false,
        },
    }
}

/// Whether the name that ends at `i` is given something: "pay ABC 2000".
fn is_given(words: &Words<'_>, i: usize) -> bool {
    let named = |b: usize| words.items[b].tag == Tag::ProperNoun;
    let before = (0..i).rev().find(|&b| !named(b));
    // At the start of a sentence the verb may pass for a part of the name.
    [before, Some(before.map_or(0, |b| b + 1))]
        .into_iter()
        .flatten()
        .any(|b| words.lower(b, &mut [0; 16]).is_some_and(|w| GIVING.contains(w)))
}

/// Whether `i` is what a number counts: "people", "metres".
fn counted(words: &Words<'_>, i: usize) -> bool {
    words.lower(i, &mut [0; 16]).is_some_and(super::grammar::is_counted)
}

/// Whether the mark or word at `i` joins a year to the one before it.
fn listed(words: &Words<'_>, i: usize) -> bool {
    let Some(mut b) = i.checked_sub(1) else { return false };
    if words.items[b].lex == Lex::Comma && b > 0 {
        b -= 1;
    }
    plain(words.items[b]).is_some_and(|y| accept(words, b, y)) || matches!(words.items[b].lex, Lex::Month { .. })
}
