//! People: given names, initials, surnames with their particles, generations.

use super::{
    Likeness,
    spelling::{self, Word},
};
use crate::{
    claim::name::lexicon::{Flags, LEXICON},
    prose::fold,
};

/// A person's name in parts, folded.
#[derive(Debug, Default)]
struct Parts {
    /// Given names, initials, surname, in the order of the text; particles are joined to what they precede.
    words: Vec<String>,
    /// "jr", "iii".
    generation: Option<String>,
}

/// Compares two names of people.
pub(in crate::claim::name) fn compare(a: &str, b: &str) -> Likeness {
    let (a, b) = (parts(a), parts(b));
    if a.words.is_empty() || b.words.is_empty() {
        return Likeness::Different;
    }
    if let (Some(x), Some(y)) = (&a.generation, &b.generation)
        && x != y
    {
        return Likeness::Different;
    }
    let ordered = |a: &Parts, b: &Parts| {
        if a.words.len() <= b.words.len() { aligned(&a.words, &b.words) } else { aligned(&b.words, &a.words) }
    };
    let found = ordered(&a, &b);
    if found == Likeness::Different {
        let joined = |p: &Parts| p.words.concat();
        if joined(&a) == joined(&b) {
            return Likeness::Variant;
        }
        if a.words.len() == b.words.len() && a.words.len() > 1 {
            let (mut x, mut y) = (a.words.clone(), b.words.clone());
            x.sort();
            y.sort();
            // Surname first in one of the two.
            if x == y {
                return Likeness::Variant;
            }
        }
    }
    found
}

/// `short` against `long`, which has at least as many words.
fn aligned(short: &[String], long: &[String]) -> Likeness {
    let last = long.len() - 1;
    if short.len() == 1 {
        let word = &short[0];
        if long.len() == 1 {
            return match spelling::compare(word, &long[0]) {
                Word::Same => Likeness::Same,
                Word::Spelling | Word::Nickname => Likeness::Variant,
                Word::Near => Likeness::Misspelled,
                Word::Initial | Word::Other => Likeness::Different,
            };
        }
        let surname = surname(word, &long[last]);
        let given = spelling::compare(word, &long[0]);
        return match surname.max(given) {
            Word::Same | Word::Spelling | Word::Nickname => Likeness::Short,
            Word::Near if surname == Word::Near => Likeness::Misspelled,
            _ => Likeness::Different,
        };
    }
    // The first and the last word are held by each other, what is between in order.
    let surname = surname(&short[short.len() - 1], &long[last]);
    let given = spelling::compare(&short[0], &long[0]);
    let mut worst = surname.min(given);
    let mut at = 1;
    for word in &short[1..short.len() - 1] {
        let mut best = (Word::Other, at);
        for (i, other) in long.iter().enumerate().take(last).skip(at) {
            let likeness = spelling::compare(word, other);
            if likeness > best.0 {
                best = (likeness, i);
            }
        }
        worst = worst.min(best.0);
        at = best.1 + 1;
    }
    // A surname by its initial is no evidence.
    if surname == Word::Initial {
        return Likeness::Different;
    }
    match worst {
        Word::Other => Likeness::Different,
        Word::Near => Likeness::Misspelled,
        _ if short.len() < long.len() => Likeness::Short,
        Word::Initial => Likeness::Short,
        Word::Nickname | Word::Spelling => Likeness::Variant,
        Word::Same => Likeness::Same,
    }
}

/// Compares surnames, with and without their particles, and the parts of a double name.
fn surname(a: &str, b: &str) -> Word {
    let whole = spelling::compare(a, b);
    if whole >= Word::Spelling {
        return whole;
    }
    let (x, y) = (without_particle(a), without_particle(b));
    if x.len() != a.len() || y.len() != b.len() {
        let bare = spelling::compare(x, y);
        if bare >= Word::Spelling && (x.len() == a.len() || y.len() == b.len()) {
            return Word::Spelling;
        }
    }
    whole
}

fn without_particle(word: &str) -> &str {
    let mut rest = word;
    loop {
        let cut = rest.find([' ', '-']).filter(|&i| LEXICON.word(&rest[..i]).any(Flags::PARTICLE));
        match cut {
            Some(i) if i + 1 < rest.len() => rest = &rest[i + 1..],
            _ => return rest,
        }
    }
}

fn parts(name: &str) -> Parts {
    let folded = fold(name);
    // "Konertz, Wolfgang F."
    let turned = match folded.split_once(',') {
        Some((last, first)) if !is_generation(first.trim()) && !first.trim().is_empty() => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => folded.replace(',', " "),
    };
    let mut parts = Parts::default();
    let mut particle = String::new();
    for word in turned.split_whitespace() {
        let bare = word.trim_matches(|c: char| matches!(c, '.' | '"' | '(' | ')'));
        if bare.is_empty() {
            continue;
        }
        if is_generation(bare) && !parts.words.is_empty() {
            parts.generation = Some(bare.to_owned());
            continue;
        }
        let flags = LEXICON.word(word);
        if parts.words.is_empty() && particle.is_empty() && flags.any(Flags::HONORIFIC) && turned.split_whitespace().count() > 2 {
            continue;
        }
        if !parts.words.is_empty() && LEXICON.word(bare).any(Flags::PARTICLE) && bare.len() > 1 && !bare.contains('.') {
            particle.push_str(bare);
            particle.push(' ');
            continue;
        }
        // "J.K. Rowling"
        if bare.contains('.') && bare.split('.').all(|p| p.chars().count() <= 1) {
            parts.words.extend(bare.split('.').filter(|p| !p.is_empty()).map(str::to_owned));
            continue;
        }
        parts.words.push(std::mem::take(&mut particle) + bare);
    }
    if !particle.is_empty() {
        parts.words.push(particle.trim().to_owned());
    }
    parts
}

/// "Jr.", "III".
pub(in crate::claim::name) fn is_generation(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior")
}
