//! Organisations and everything else with a name: legal forms, short forms, acronyms.

use super::{
    Likeness,
    lists::{LISTS, LONGEST_FORM},
    near::Gap,
    place,
    spelling::{self, Word},
};
use crate::{
    claim::name::lexicon::{Flags, LEXICON},
    prose::fold,
};

/// Compares two names of organisations, events, works, and says how far apart they are if they have equally many words.
pub(super) fn detailed(a: &str, b: &str) -> (Likeness, Option<Gap>) {
    let found = known_forms(a, b);
    let (x, y) = (words(a), words(b));
    let (x, y) = (without_form(&x), without_form(&y));
    if found == Likeness::Different && x.len() == y.len() && !x.is_empty() { word_by_word(x, y) } else { (found, None) }
}

/// Other forms of one name, as far as the words are the same.
fn known_forms(a: &str, b: &str) -> Likeness {
    let (one_a, one_b) = (known(a), known(b));
    if one_a.is_some() && one_a == one_b {
        return Likeness::Variant;
    }
    let (x, y) = (words(a), words(b));
    let (bare_x, bare_y) = (without_form(&x), without_form(&y));
    if bare_x.is_empty() || bare_y.is_empty() {
        return Likeness::Different;
    }
    if bare_x == bare_y || bare_x.concat() == bare_y.concat() {
        return Likeness::Variant;
    }
    if is_acronym(a, bare_x, (b, &[bare_y, &y])) || is_acronym(b, bare_y, (a, &[bare_x, &x])) {
        return Likeness::Variant;
    }
    let (short, long) = if bare_x.len() <= bare_y.len() { (bare_x, bare_y) } else { (bare_y, bare_x) };
    if short.len() == long.len() {
        return Likeness::Different;
    }
    let generic = |w: &String| LEXICON.word(w).any(Flags::LEGAL.or(Flags::ORGANIZATION).or(Flags::OTHER));
    if long.starts_with(short) {
        let rest = &long[short.len()..];
        let plain = rest.iter().all(|w| LEXICON.word(w).any(Flags::ENGLISH.or(Flags::ORGANIZATION)) && !is_place(w));
        let strange = short.len() == 1 && !LEXICON.word_or_rare(&short[0]).any(Flags::ENGLISH);
        return if is_place(&short.join(" ")) || short.iter().all(generic) {
            Likeness::Contains
        } else if strange || rest.iter().all(generic) || rest.last().is_some_and(generic) && rest.len() <= 2 && plain {
            // "Ford" and "Ford Motor Company" are one; "Santander" and "Santander Mexico" are not.
            Likeness::Short
        } else {
            Likeness::Contains
        };
    }
    // "Defense Ministry" and "Russian Defense Ministry".
    if long.ends_with(short) && is_place(&long[..long.len() - short.len()].join(" ")) {
        return if short.len() > 1 || !generic(&short[0]) { Likeness::Short } else { Likeness::Contains };
    }
    Likeness::Different
}

/// The form that stands for all of a known organisation's.
fn known(name: &str) -> Option<String> {
    let folded = super::clean(name);
    let folded = folded.strip_prefix("u.s. ").or_else(|| folded.strip_prefix("us ")).unwrap_or(&folded);
    let one = LEXICON.one_organization(folded).map(fold);
    let folded = one.as_deref().unwrap_or(folded);
    LEXICON.acronym(folded).map(fold).or(one)
}

fn is_country(place: &str) -> bool {
    LEXICON.codes(&fold(place)).is_some_and(|c| c.starts_with('c'))
}

fn is_place(folded: &str) -> bool {
    place::is_place(folded)
}

/// The words of a folded name.
fn split(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/' | '-' | '&' | '+'));
    words.map(|word| word.strip_suffix("'s").unwrap_or(word))
}

/// Whether a word of a name is none: an article, a sign for "and".
fn is_empty(word: &str) -> bool {
    matches!(word, "" | "the" | "and" | "s")
}

/// Folded words without stops and articles, with one sign for "and", one form for countries and their adjectives, and the head of
/// a ministry last.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut out: Vec<String> = Vec::new();
    for word in split(&folded) {
        let stops = word.contains('.');
        if let Some(place) = LEXICON
            .place_of(word)
            .or_else(|| LEXICON.one_place(word))
            .filter(|p| (stops || word.len() > 3 || matches!(word, "us" | "uk")) && is_country(p))
        {
            let place = LEXICON.one_place(&fold(place)).unwrap_or(place);
            out.extend(fold(place).split(' ').map(str::to_owned));
            continue;
        }
        let word = spelling::plain(word);
        let word = LISTS.in_full(&word).map_or(word, str::to_owned);
        if !is_empty(&word) {
            out.push(word);
        }
    }
    // "Ministry of Defence" and "Defence Ministry".
    if let Some(of) = out.iter().position(|w| w == "of")
        && of > 0
        && matches!(out[of - 1].as_str(), "ministry" | "department" | "office" | "bureau" | "embassy" | "secretariat")
    {
        let head = out.remove(of - 1);
        out.remove(of - 1);
        out.push(head);
    }
    out
}

/// The words without "Inc.", "Limited Liability Company" and the like at the end.
fn without_form(words: &[String]) -> &[String] {
    let mut end = words.len();
    while end > 1 && LEXICON.word(&words[end - 1]).any(Flags::LEGAL) {
        end -= 1;
    }
    if end > 1 && end < words.len() && words[end - 1] == "public" {
        end -= 1;
    }
    // "Gesellschaft mit beschränkter Haftung": from the longest on.
    for from in words.len().saturating_sub(LONGEST_FORM).max(1)..words.len().min(end + 1) {
        if LISTS.is_legal_form(&words[from..].join(" ")) {
            end = end.min(from);
            break;
        }
    }
    &words[..end]
}

/// Whether `short`, written in capitals, is made of the first letters of one of `longs`, or of the words of `long` as they are written: the
/// first of "British Medical Association" is among `longs` the United Kingdom's.
fn is_acronym(written: &str, short: &[String], (long, longs): (&str, &[&[String]])) -> bool {
    let [short] = short else { return false };
    let first = written.split_whitespace().find(|w| !w.eq_ignore_ascii_case("the")).unwrap_or(written);
    let capitals = first.chars().filter(|c| c.is_uppercase()).count();
    if capitals < 2 || first.chars().any(char::is_lowercase) {
        return false;
    }
    let small = |w: &str| matches!(w, "of" | "for" | "in" | "on" | "to" | "de" | "du" | "des");
    let is_made_of = |words: &[&str]| {
        let initials =
            |skip: bool| words.iter().filter(|w| !skip || !small(w)).filter_map(|w| w.chars().next()).collect::<String>();
        *short == initials(true) || *short == initials(false)
    };
    let several = longs.iter().all(|long| long.len() > 1);
    several
        && (longs.iter().any(|long| is_made_of(&long.iter().map(String::as_str).collect::<Vec<_>>()))
            || is_made_of(&split(&fold(long)).filter(|word| !is_empty(word)).collect::<Vec<_>>()))
}

/// Equally many words: the same, or with a slip.
fn word_by_word(a: &[String], b: &[String]) -> (Likeness, Option<Gap>) {
    let mut gap = Gap::default();
    let generic = |w: &str| LEXICON.word(w).any(Flags::LEGAL.or(Flags::ORGANIZATION).or(Flags::OTHER));
    for (x, y) in a.iter().zip(b) {
        match compare_words(x, y) {
            // "Group" is shared by too many to tie the rest together.
            Word::Same | Word::Spelling => gap.anchored |= !generic(x) && !spelling::is_initial(x),
            _ => gap.add((x, y), (x, y)),
        }
    }
    match gap {
        Gap { letters: 0, barred: false, .. } => (Likeness::Variant, None),
        gap if gap.is_slip() => (Likeness::Misspelled, Some(gap)),
        _ => (Likeness::Different, Some(gap)),
    }
}

fn compare_words(a: &str, b: &str) -> Word {
    match spelling::compare(a, b) {
        word if word >= Word::Spelling => word,
        _ if spelling::american(a) == spelling::american(b) => Word::Spelling,
        _ => Word::Other,
    }
}
