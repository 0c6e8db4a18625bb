//! Organisations and everything else with a name: legal forms, short forms, acronyms.

use super::{
    Likeness,
    spelling::{self, Word},
};
use crate::{
    claim::name::lexicon::{Flags, LEXICON},
    prose::fold,
};

/// Compares two names of organisations, events, works.
pub(super) fn compare(a: &str, b: &str) -> Likeness {
    let (x, y) = (words(a), words(b));
    if x.is_empty() || y.is_empty() {
        return Likeness::Different;
    }
    let (bare_x, bare_y) = (without_form(&x), without_form(&y));
    if bare_x == bare_y || bare_x.concat() == bare_y.concat() {
        return Likeness::Variant;
    }
    if is_acronym(a, bare_x, &y) || is_acronym(b, bare_y, &x) {
        return Likeness::Variant;
    }
    let (short, long) = if bare_x.len() <= bare_y.len() { (bare_x, bare_y) } else { (bare_y, bare_x) };
    if short.len() == long.len() {
        return word_by_word(short, long);
    }
    if long.starts_with(short) {
        let rest = &long[short.len()..];
        let generic = |w: &String| LEXICON.word(w).any(Flags::LEGAL.or(Flags::ORGANIZATION).or(Flags::OTHER));
        // "Ford" and "Ford Motor Company" are one; "Santander" and "Santander Mexico" are not.
        return if rest.iter().all(generic)
            || rest.last().is_some_and(generic) && short.iter().any(|w| !LEXICON.word(w).any(Flags::ORDINARY)) && rest.len() <= 2
        {
            Likeness::Short
        } else if rest.iter().any(|w| LEXICON.word(w).any(Flags::ORDINARY)) {
            Likeness::Contains
        } else {
            Likeness::Different
        };
    }
    Likeness::Different
}

/// Folded words without stops, articles, and with one sign for "and".
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut out: Vec<String> = Vec::new();
    for word in folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/')) {
        let word: String = word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '&' | '-')).collect();
        match word.as_str() {
            "" | "the" | "-" => {}
            "&" | "and" => out.push("and".into()),
            _ => out.extend(word.split('-').filter(|p| !p.is_empty()).map(str::to_owned)),
        }
    }
    out
}

/// The words without "Inc.", "AG" and the like at the end.
fn without_form(words: &[String]) -> &[String] {
    let mut end = words.len();
    while end > 1 && LEXICON.word(&words[end - 1]).any(Flags::LEGAL) {
        end -= 1;
    }
    while end > 1 && words[end - 1] == "and" {
        end -= 1;
    }
    &words[..end]
}

/// Whether `short`, written in capitals, is made of the first letters of `long`.
fn is_acronym(written: &str, short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    if long.len() < 2 || capitals < 2 || written.chars().any(|c| c.is_lowercase()) {
        return false;
    }
    let initials = |skip: bool| -> String {
        long.iter()
            .filter(|w| !skip || !matches!(w.as_str(), "of" | "and" | "for" | "in" | "on" | "to" | "de" | "du" | "des"))
            .filter_map(|w| w.chars().next())
            .collect()
    };
    *short == initials(true) || *short == initials(false)
}

/// Equally many words: the same but for one that is spelt otherwise.
fn word_by_word(a: &[String], b: &[String]) -> Likeness {
    let mut worst = Word::Same;
    let mut near = 0;
    for (x, y) in a.iter().zip(b) {
        let likeness = match spelling::compare(x, y) {
            Word::Initial => Word::Other,
            Word::Nickname => Word::Near,
            likeness => likeness,
        };
        near += u32::from(likeness == Word::Near);
        worst = worst.min(likeness);
    }
    match worst {
        Word::Other | Word::Initial => Likeness::Different,
        Word::Near | Word::Nickname if near == 1 => Likeness::Misspelled,
        Word::Near | Word::Nickname => Likeness::Different,
        Word::Spelling | Word::Same => Likeness::Variant,
    }
}
