//! Words that exclude each other, and words that bear on a statement.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Predicate;
use crate::prose;

/// A word's place in oppositions.txt.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Entry {
    line: u16,
    /// Whether it stands behind the bar.
    right: bool,
    noun: bool,
}

static SIDES: LazyLock<FxHashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut sides: FxHashMap<&str, Vec<Entry>> = FxHashMap::default();
    for (line, words) in include_str!("../data/statements/oppositions.txt").lines().filter(|l| !l.starts_with('#')).enumerate() {
        for (side, words) in words.split('|').enumerate() {
            for (part, words) in words.split(';').enumerate() {
                let entry = Entry { line: line as u16, right: side > 0, noun: part > 0 };
                words.split_whitespace().for_each(|word| sides.entry(word).or_default().push(entry));
            }
        }
    }
    sides
});

/// Irregular forms, with their lemma.
static LEMMAS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut lemmas = FxHashMap::default();
    for line in include_str!("../../evidence/data/irregular.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        let Some(lemma) = words.next() else { continue };
        words.for_each(|form| {
            lemmas.entry(form).or_insert(lemma);
        });
    }
    lemmas
});

static LIMITS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/statements/limits.txt").lines().filter(|l| !l.starts_with('#')).collect());

static NO_PHRASES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/statements/no_phrases.txt").lines().filter(|l| !l.starts_with('#')).collect());

static GOVERNORS: LazyLock<FxHashMap<&'static str, Governor>> = LazyLock::new(|| {
    let mut governors = FxHashMap::default();
    for line in include_str!("../data/statements/governors.txt").lines().filter(|l| !l.starts_with('#')) {
        let Some((class, forms)) = line.split_once(' ') else { continue };
        let class = if class == "denying" { Governor::Denying } else { Governor::Open };
        governors.extend(forms.split_whitespace().map(|form| (form, class)));
    }
    governors
});

/// What a word says of what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// That it did not happen.
    Denying,
    /// Not whether it happened.
    Open,
}

/// A word in lower case, with plain apostrophes; words too long for any list are nothing.
pub(super) struct Lower {
    bytes: [u8; 24],
    len: usize,
}

impl Lower {
    pub(super) fn new(word: &str) -> Self {
        let mut bytes = [0; 24];
        let mut len = 0;
        for byte in word.bytes() {
            // The rest of "’", which is three bytes.
            if matches!(byte, 0x80..=0xbf) {
                continue;
            }
            if len == bytes.len() {
                return Self { bytes, len: 0 };
            }
            bytes[len] = if byte.is_ascii() { byte.to_ascii_lowercase() } else { b'\'' };
            len += 1;
        }
        Self { bytes, len }
    }

    pub(super) fn str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// Whether a word, as written, has an opposite on the list.
pub(super) fn is_opposed(word: &str, noun: bool) -> bool {
    SIDES.get(Lower::new(word).str()).is_some_and(|entries| entries.iter().any(|e| e.noun == noun))
}

/// Whether a word in lower case narrows a denial.
pub(super) fn limits(word: &str) -> bool {
    LIMITS.contains(word)
}

/// Whether "no" denies nothing before this word in lower case.
pub(super) fn is_no_phrase(word: &str) -> bool {
    NO_PHRASES.contains(word)
}

/// What a word in lower case says of what it governs.
pub(super) fn governor(word: &str) -> Option<Governor> {
    GOVERNORS.get(word).copied()
}

/// How two predicates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kinship {
    /// Forms of one word.
    Same,
    /// Two words for about the same, on one side of an opposition.
    Alike,
    /// They exclude each other.
    Opposed,
    /// Neither.
    Unrelated,
}

/// How two folded words, each with its sort, stand to each other as predicates.
#[must_use]
pub fn kinship((a, ours): (&str, Predicate), (b, theirs): (&str, Predicate)) -> Kinship {
    if a == b || lemma(a) == lemma(b) {
        return Kinship::Same;
    }
    let entries = |word: &str, sort| {
        let all = SIDES.get(word).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |e| e.noun == (sort == Predicate::Noun))
    };
    let shared =
        |opposed: bool| entries(a, ours).any(|x| entries(b, theirs).any(|y| x.line == y.line && (x.right != y.right) == opposed));
    match (shared(false), shared(true)) {
        (true, false) => Kinship::Alike,
        (false, true) => Kinship::Opposed,
        _ => Kinship::Unrelated,
    }
}

/// The stem of the lemma of a folded word.
fn lemma(word: &str) -> String {
    prose::stem(LEMMAS.get(word).copied().unwrap_or(word))
}
