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
    /// Given names, initials, surname, in the order of the text; particles are joined to what they precede, hyphens divide.
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
    let (short, long) = if a.words.len() <= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    let found = aligned(short, long);
    if found == Likeness::Same && a.generation != b.generation {
        return Likeness::Short;
    }
    if found == Likeness::Different {
        // "Kim Jong-un" and "Kim Jongun", "Xi Jinping" and "Hsi Chin-ping".
        let joined = |a: &[String], b: &[String]| spelling::compare(&a.concat(), &b.concat()) >= Word::Spelling;
        let (n, m) = (short.len(), long.len());
        if n > 1
            && (joined(&short[..n - 1], &long[..m - 1]) && joined(&short[n - 1..], &long[m - 1..])
                || joined(&short[..1], &long[..1]) && joined(&short[1..], &long[1..]))
        {
            return Likeness::Variant;
        }
        // The surname first in one of the two.
        if short.len() == long.len() && short.len() > 1 {
            let mut turned = long.clone();
            turned.rotate_right(1);
            let forth = *short == turned;
            turned.rotate_left(2);
            if forth || *short == turned {
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
            return match surname(word, &long[0]) {
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
    let surname = surname(&short[short.len() - 1], &long[last]);
    // A surname by its initial is no evidence.
    if matches!(surname, Word::Initial | Word::Other) {
        return Likeness::Different;
    }
    // Everybody is called by the first name or, if that is an initial, by the second.
    let given = if short.len() == long.len() { given } else { spelling::compare };
    let mut first = given(&short[0], &long[0]);
    let mut at = 1;
    if first == Word::Other && long.len() > 2 && spelling::is_initial(&long[0]) && !spelling::is_initial(&short[0]) {
        first = given(&short[0], &long[1]);
        at = 2;
    }
    let mut worst = surname.min(first);
    for word in &short[1..short.len() - 1] {
        let mut best = (Word::Other, at);
        // "George W." is not "George H. W.".
        let end = if spelling::is_initial(word) { last.min(at + 1) } else { last };
        for (i, other) in long.iter().enumerate().take(end).skip(at) {
            let likeness = given(word, other);
            if likeness > best.0 {
                best = (likeness, i);
            }
        }
        worst = worst.min(best.0);
        at = best.1 + 1;
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

/// Compares given names: a cut name is a short form, "Bart" of "Bartolomeo".
fn given(a: &str, b: &str) -> Word {
    let found = spelling::compare(a, b);
    if found > Word::Near {
        return found;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let cut = short.len() > 3 && long.len() >= short.len() + 2 && long.starts_with(short);
    if cut { Word::Nickname } else { found }
}

/// Compares surnames, with and without their particles.
fn surname(a: &str, b: &str) -> Word {
    let whole = spelling::compare(a, b);
    if whole >= Word::Spelling {
        return whole;
    }
    let ((p, x), (q, y)) = (particle(a), particle(b));
    let bare = spelling::compare(x, y);
    // "al-Assad" and "Assad", "bin Laden" and "ibn Laden"; but not "du Pont" and "den Pont".
    let goes = p.is_empty() || q.is_empty() || of_one_kind(p, q);
    if goes && bare >= Word::Near && (p.len(), q.len()) != (0, 0) { bare.min(Word::Spelling) } else { whole }
}

/// A surname's particles and the rest.
fn particle(word: &str) -> (&str, &str) {
    let mut at = 0;
    while let Some(i) = word[at..].find([' ', '-']).filter(|&i| LEXICON.word(&word[at..at + i]).any(Flags::PARTICLE)) {
        at += i + 1;
    }
    (&word[..at], &word[at..])
}

/// "al" and "el", "bin" and "ibn", the same but for the space.
fn of_one_kind(a: &str, b: &str) -> bool {
    let one = |p: &str| match spelling::plain(p).as_str() {
        "el" => "al".to_owned(),
        "ibn" | "ben" => "bin".to_owned(),
        p => p.to_owned(),
    };
    one(a) == one(b)
}

fn parts(name: &str) -> Parts {
    // "Konertz, Wolfgang F."
    let turned = match name.split_once(',') {
        Some((last, first)) if !is_generation(&fold(first.trim())) && !first.trim().is_empty() => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.replace(',', " "),
    };
    let shouted = !turned.contains(char::is_lowercase);
    let count = turned.split_whitespace().count();
    let mut parts = Parts::default();
    let mut particles = String::new();
    for written in turned.split_whitespace() {
        let word = fold(written);
        let bare = word.trim_matches(|c: char| matches!(c, '.' | '"' | '(' | ')' | '\''));
        if bare.is_empty() {
            continue;
        }
        if is_generation(bare) && !parts.words.is_empty() {
            parts.generation = Some(generation(bare).to_owned());
            continue;
        }
        if parts.words.is_empty() && particles.is_empty() && count > 2 && LEXICON.word(&word).any(Flags::HONORIFIC) {
            continue;
        }
        // "Van der Leyen" alone begins with one, "Al Gore" does not.
        let first = parts.words.is_empty() && particles.is_empty();
        let next = turned.split_whitespace().nth(1).map(fold).unwrap_or_default();
        let leads = count > 1 && (!LEXICON.word(bare).any(Flags::GIVEN) || count > 2 && LEXICON.word(&next).any(Flags::PARTICLE));
        if (!first || leads) && bare.len() > 1 && !bare.contains(['.', '-']) && LEXICON.word(bare).any(Flags::PARTICLE) {
            particles.push_str(bare);
            particles.push(' ');
            continue;
        }
        // "J.K. Rowling", "JK Rowling", "J-L. Lefaix"
        let letters = spelling::plain(bare);
        let stops = bare.contains(['.', '-']) && bare.split(['.', '-']).all(|p| p.chars().count() <= 1);
        let initials = !shouted && written.chars().all(char::is_uppercase) && (2..=3).contains(&letters.len());
        if stops || initials && parts.words.len() + 1 < count {
            parts.words.extend(letters.chars().map(String::from));
            continue;
        }
        let article = bare.split_once('-').filter(|(p, _)| LEXICON.word(p).any(Flags::PARTICLE));
        if article.is_some() {
            parts.words.push(std::mem::take(&mut particles) + bare);
            continue;
        }
        if bare.split('-').any(|p| p.chars().count() == 1) {
            parts.words.push(std::mem::take(&mut particles) + bare);
            continue;
        }
        for part in bare.split('-').filter(|p| !p.is_empty()) {
            parts.words.push(std::mem::take(&mut particles) + part);
        }
    }
    if !particles.is_empty() {
        parts.words.push(particles.trim().to_owned());
    }
    parts
}

/// "Jr.", "III".
pub(in crate::claim::name) fn is_generation(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior")
}

fn generation(word: &str) -> &str {
    match word.trim_end_matches('.') {
        "junior" | "ii" => "jr",
        "senior" => "sr",
        word => word,
    }
}
