//! Single words of names: other spellings and wrong ones.

use crate::claim::name::lexicon::{Flags, LEXICON};

/// How two folded words stand to each other, from unlike to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// Not alike.
    Other,
    /// One letter or two apart.
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

/// Compares two folded words.
pub(super) fn compare(a: &str, b: &str) -> Word {
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
    if LEXICON.transliterated(&x, &y) || romanised(&x) == romanised(&y) || american(&x) == american(&y) {
        return Word::Spelling;
    }
    if LEXICON.nickname(&x, &y) {
        return Word::Nickname;
    }
    if near(&x, &y) { Word::Near } else { Word::Other }
}

/// Letters only.
pub(super) fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// One letter, without a stop.
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
}

/// One letter or two apart, and not two names that are both common.
fn near(a: &str, b: &str) -> bool {
    let (n, m) = (a.chars().count(), b.chars().count());
    let shorter = n.min(m);
    let limit = match shorter {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    if n.abs_diff(m) > limit || limit == 0 || a.chars().any(char::is_numeric) || b.chars().any(char::is_numeric) {
        return false;
    }
    let known = |w: &str| LEXICON.word(w).any(Flags::GIVEN.or(Flags::KNOWN_PLACE).or(Flags::DEMONYM).or(Flags::ORDINARY));
    if known(a) && known(b) {
        return false;
    }
    // "Ivanov" and "Ivanova" are a man and a woman.
    let (longer, short) = if n > m { (a, b) } else { (b, a) };
    if longer.strip_prefix(short) == Some("a") {
        return false;
    }
    let distance = strsim::damerau_levenshtein(a, b);
    let first = a.chars().next() == b.chars().next();
    distance <= limit && (first || distance == 1 && shorter > 5)
}

/// A word with the endings and letters on which romanisations differ made one: "Zelenskyy" and "Zelenskiy".
fn romanised(word: &str) -> String {
    let mut w = word.to_owned();
    for (of, to) in [
        ("ue", "u"),
        ("oe", "o"),
        ("tsch", "ch"),
        ("tch", "ch"),
        ("sch", "sh"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("dj", "j"),
        ("iya", "ia"),
        ("aye", "ae"),
    ] {
        if w.contains(of) {
            w = w.replace(of, to);
        }
    }
    for ending in ["skyy", "skiy", "skii", "skyi", "skij", "skyj", "ski", "ckyj", "ckiy"] {
        if let Some(stem) = w.strip_suffix(ending).filter(|s| s.len() > 2) {
            return format!("{stem}sky");
        }
    }
    const ENDINGS: [(&str, &str); 11] = [
        ("ovych", "ovich"),
        ("evych", "evich"),
        ("ovitch", "ovich"),
        ("evitch", "evich"),
        ("off", "ov"),
        ("eff", "ev"),
        ("iy", "y"),
        ("yy", "y"),
        ("ii", "y"),
        ("iyy", "y"),
        ("ij", "y"),
    ];
    for (ending, one) in ENDINGS {
        if let Some(stem) = w.strip_suffix(ending).filter(|s| s.len() > 2) {
            return format!("{stem}{one}");
        }
    }
    w
}

/// A British spelling in its American form: "organisation", "defence", "labour".
fn american(word: &str) -> String {
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
