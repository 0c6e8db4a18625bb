//! A person's name in parts.

use std::sync::{Arc, LazyLock};

use super::{
    lists::LISTS,
    spelling::{self, Origins},
};
use crate::{
    claim::name::lexicon::{Flags, LEXICON},
    prose::fold,
    text::{Cache, cache},
};

/// A word of a person's name; a surname has its particles with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Folded, without stops.
    pub(super) text: String,
    /// As written, in small letters.
    pub(super) raw: String,
    /// Whether a hyphen ties it to the one before.
    pub(super) tied: bool,
}

impl Part {
    pub(super) fn is_initial(&self) -> bool {
        spelling::is_initial(&self.text)
    }
}

/// A person's name in parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Given names, initials, surname, in the order of the text; particles are joined to what they precede, hyphens divide.
    pub(super) words: Vec<Part>,
    /// "jr", "iii".
    pub(super) generation: Option<&'static str>,
    /// Where its words may have been brought from.
    pub(super) origins: Origins,
}

/// How many names are kept in mind.
const KEPT: usize = 1 << 13;

/// Each name of a draft is held against all of its sources.
static KNOWN: LazyLock<Cache<Box<str>, Arc<Parts>>> = LazyLock::new(|| cache(KEPT));

impl Parts {
    /// A name taken apart. The honorific before it is dropped, "Hale, Ann" is turned.
    pub(super) fn of(name: &str) -> Arc<Self> {
        if let Some(parts) = KNOWN.get(name) {
            return parts;
        }
        let mut parts = Self::taken_apart(name);
        parts.origins = Origins::of(parts.words.iter().map(|part| part.text.as_str()));
        let parts = Arc::new(parts);
        KNOWN.insert(name.into(), parts.clone());
        parts
    }

    fn taken_apart(name: &str) -> Self {
        let turned = match name.split_once(',') {
            Some((last, first)) if !is_generation(&fold(first.trim())) && !first.trim().is_empty() => {
                let degree = first.split(',').all(|w| LISTS.is_postnominal(trimmed(&w.trim().to_lowercase())));
                if degree { last.to_owned() } else { format!("{} {}", first.trim(), last.trim()).replace(',', " ") }
            }
            _ => name.replace(',', " "),
        };
        let shouted = !turned.contains(char::is_lowercase);
        let written: Vec<&str> = turned.split_whitespace().collect();
        let written = name_of(&written);
        let count = written.len();
        let mut parts = Self::default();
        let mut particles = String::new();
        let all = written;
        for (n, written) in all.iter().enumerate() {
            let word = fold(written);
            let bare = trimmed(&word);
            if bare.is_empty() {
                continue;
            }
            let last = n + 1 == count;
            if (is_generation(bare) || last && bare == "i" && count > 2) && !parts.words.is_empty() {
                parts.generation = Some(generation(bare));
                continue;
            }
            // "Van der Leyen" alone begins with one, "Al Gore" does not.
            let first = parts.words.is_empty() && particles.is_empty();
            let leads = || {
                let next = all.get(1).map(|w| fold(w)).unwrap_or_default();
                count > 1 && (!LEXICON.word(bare).any(Flags::GIVEN) || count > 2 && LEXICON.word(&next).any(Flags::PARTICLE))
            };
            let particle = bare.len() > 1 && !bare.contains(['.', '-']) && LEXICON.word(bare).any(Flags::PARTICLE);
            if particle && (!first || leads()) {
                particles.push_str(bare);
                particles.push(' ');
                continue;
            }
            let raw = written.to_lowercase();
            let raw = trimmed(&raw);
            // "J.K. Rowling", "JK Rowling", "J-L. Lefaix"
            let letters = spelling::plain(bare);
            let stops = bare.contains(['.', '-']) && bare.split(['.', '-']).all(|p| p.chars().count() <= 1);
            let initials = !shouted && written.chars().all(char::is_uppercase) && (2..=3).contains(&letters.len());
            if stops || initials && parts.words.len() + 1 < count {
                parts.words.extend(letters.chars().map(|c| Part { text: c.into(), raw: c.into(), tied: false }));
                continue;
            }
            let article = bare.split_once('-').is_some_and(|(p, _)| LEXICON.word(p).any(Flags::PARTICLE));
            if article || bare.split('-').any(|p| p.chars().count() == 1) {
                let before = std::mem::take(&mut particles);
                parts.words.push(Part { text: before.clone() + bare, raw: before + raw, tied: false });
                continue;
            }
            let pieces: Vec<&str> = raw.split(['-', '‐', '‑']).filter(|p| !p.is_empty()).collect();
            for (i, part) in bare.split('-').filter(|p| !p.is_empty()).enumerate() {
                let before = std::mem::take(&mut particles);
                let raw = pieces.get(i).copied().unwrap_or(part);
                parts.words.push(Part { text: before.clone() + part, raw: before + raw, tied: i > 0 });
            }
        }
        if !particles.is_empty() {
            let text = particles.trim().to_owned();
            parts.words.push(Part { raw: text.clone(), text, tied: false });
        }
        parts
    }

    /// Whether the surname may stand first: "Kim Jong-un".
    pub(super) fn is_family_first(&self) -> bool {
        self.words.first().is_some_and(|w| LISTS.is_family_first(&w.text))
    }
}

/// The words of a name without the titles before it and the degrees after it.
fn name_of<'w, 's>(words: &'w [&'s str]) -> &'w [&'s str] {
    let mut words = words;
    while let [rest @ .., last] = words
        && rest.len() > 1
        && LISTS.is_postnominal(trimmed(&last.to_lowercase()))
    {
        words = rest;
    }
    let title = Flags::TITLE.or(Flags::HONORIFIC).or(Flags::ROLE);
    let flags = |word: &str| LEXICON.word(&fold(word));
    // "Former Prime Minister", as far as a title ends it and a name is left.
    let mut end = 0;
    for (i, word) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
        let known = flags(word);
        let name = known.any(Flags::GIVEN.or(Flags::SURNAME)) && !word.ends_with('.');
        if known.any(title) && !name {
            end = i + 1;
        } else if !known.any(Flags::MODIFIER) || name {
            break;
        }
    }
    // "Prince Harry" is called so, and "Dean" is a name before one word.
    let kept = end == 0
        || end + 1 == words.len()
            && (flags(words[end]).any(Flags::GIVEN) || !flags(words[end - 1]).any(Flags::HONORIFIC.or(Flags::TITLE)));
    if kept { words } else { &words[end..] }
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '.' | '"' | '(' | ')' | '\'' | '’' | '‘' | '“' | '”'))
}

/// A surname's particles and the rest.
pub(super) fn particle(word: &str) -> (&str, &str) {
    let mut at = 0;
    while let Some(i) = word[at..].find([' ', '-']).filter(|&i| LEXICON.word(&word[at..at + i]).any(Flags::PARTICLE)) {
        at += i + 1;
    }
    (&word[..at], &word[at..])
}

/// "Jr.", "III".
pub(in crate::claim::name) fn is_generation(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior")
}

fn generation(word: &str) -> &'static str {
    match word.trim_end_matches('.') {
        "iii" => "iii",
        "iv" => "iv",
        "senior" | "sr" | "i" => "sr",
        _ => "jr",
    }
}
