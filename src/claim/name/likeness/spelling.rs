//! Single words of names: other spellings and wrong ones.

use super::lists::{LISTS, ORIGINS, Origin};
use crate::claim::name::lexicon::{Flags, LEXICON};

/// How two folded words stand to each other, from unlike to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// Not alike.
    Other,
    /// One letter or two apart, see [`super::near`].
    Near,
    /// One is the first letter of the other.
    Initial,
    /// A short form: "Bill".
    Nickname,
    /// Another spelling of one name: "Mohammed".
    Spelling,
    /// The same letters.
    Same,
}

/// Where the words of two names may have been brought from: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Origins(u8);

impl Origins {
    /// What the folded words of two names show.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut set = 0;
        for word in words.flat_map(|w| w.split([' ', '-'])).map(|w| w.trim_matches(['\'', '.'])) {
            for origin in ORIGINS {
                if set & 1 << origin as u8 == 0 && LISTS.is_from(origin, word) {
                    set |= 1 << origin as u8;
                }
            }
        }
        Self(set)
    }

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn iter(self) -> impl Iterator<Item = Origin> {
        ORIGINS.into_iter().filter(move |o| self.0 & 1 << *o as u8 != 0)
    }
}

/// Compares two folded words by themselves.
pub(super) fn compare(a: &str, b: &str) -> Word {
    if a == b {
        return Word::Same;
    }
    compare_from(a, b, Origins::of([a, b].into_iter()))
}

/// Compares two folded words of names of these origins. Never [`Word::Near`]: that is for the whole name to say.
pub(super) fn compare_from(a: &str, b: &str, origins: Origins) -> Word {
    if a == b {
        return Word::Same;
    }
    let (x, y) = (plain(a), plain(b));
    if x.is_empty() || y.is_empty() {
        return Word::Other;
    }
    if x == y {
        return Word::Spelling;
    }
    if is_initial(&x) || is_initial(&y) {
        let first = |w: &str| w.chars().next();
        return if first(&x) == first(&y) { Word::Initial } else { Word::Other };
    }
    if LISTS.one_spelling(&x, &y) || origins.iter().any(|origin| romanised_alike(origin, &x, &y)) {
        return Word::Spelling;
    }
    if LEXICON.nickname(&x, &y) && !LISTS.sound_alike(&x, &y) {
        return Word::Nickname;
    }
    Word::Other
}

/// Letters only.
pub(super) fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// One letter, without a stop.
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether two words are romanisations of one.
fn romanised_alike(origin: Origin, a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 4 || a.len().min(b.len()) < 2 {
        return false;
    }
    let (x, y) = (LISTS.romanised(origin, a), LISTS.romanised(origin, b));
    x.chars().count() == y.chars().count() && x.chars().zip(y.chars()).all(|(p, q)| LISTS.is_alike(origin, p, q))
}

/// Whether one word, as written, is the other with its umlauts spelled out: "Müller" and "Mueller".
pub(super) fn is_spelled_out(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return false;
    }
    let spelled = |word: &str| {
        let mut out = String::with_capacity(word.len() + 2);
        for c in word.chars() {
            match c {
                'ä' | 'æ' => out.push_str("ae"),
                'ö' | 'ø' | 'œ' => out.push_str("oe"),
                'ü' => out.push_str("ue"),
                'å' => out.push_str("aa"),
                'ß' => out.push_str("ss"),
                c => out.push(c),
            }
        }
        out
    };
    spelled(a) == spelled(b)
}

/// Whether a folded word is an ordinary one or a name of its own that is in common use.
pub(super) fn is_known(word: &str) -> bool {
    LEXICON.word(word).any(Flags::GIVEN.or(Flags::KNOWN_PLACE).or(Flags::DEMONYM).or(Flags::ORDINARY))
}

/// A British spelling in its American form: "organisation", "defence", "labour".
pub(super) fn american(word: &str) -> String {
    let mut w = word.to_owned();
    if w.len() < 6 {
        return w;
    }
    for (of, to) in [("isation", "ization"), ("our", "or"), ("programme", "program"), ("ae", "e")] {
        if w.contains(of) {
            w = w.replace(of, to);
        }
    }
    for (ending, one) in [("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("tre", "ter"), ("ence", "ense"), ("ogue", "og")]
    {
        if let Some(stem) = w.strip_suffix(ending) {
            return format!("{stem}{one}");
        }
    }
    w
}
