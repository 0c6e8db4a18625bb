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

static NO_PHRASES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/statements/no_phrases.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// All words that the reader of statements knows.
static ENTRIES: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut entries: FxHashMap<&str, Known> = FxHashMap::default();
    entries.extend(SIDES.iter().map(|(&word, sides)| {
        let has = |noun| sides.iter().any(|e| e.noun == noun);
        (word, Known { mark: Mark::Other, opposed: has(false), opposed_noun: has(true) })
    }));
    let mut mark = |word, mark| entries.entry(word).or_insert(UNKNOWN).mark = mark;
    for word in include_str!("../data/statements/limits.txt").lines().filter(|l| !l.starts_with('#')) {
        mark(word, Mark::Limit);
    }
    let grammar = [include_str!("../data/statements/governors.txt"), include_str!("../data/statements/grammar.txt")];
    for line in grammar.into_iter().flat_map(str::lines).filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        let class = match words.next() {
            Some("denying") => Mark::Denying,
            Some("open") => Mark::Open,
            Some("not") => Mark::Not,
            Some("no") => Mark::No,
            Some("neither") => Mark::Neither,
            Some("longer") => Mark::Longer,
            Some("without") => Mark::Without,
            Some("auxiliary") => Mark::Auxiliary,
            Some("will") => Mark::Will,
            Some("may") => Mark::May,
            Some("must") => Mark::Must,
            Some("except") => Mark::Except,
            Some("to") => Mark::To,
            Some("if") => Mark::If,
            Some("since") => Mark::Since,
            Some("but") => Mark::But,
            Some("conjunction") => Mark::Conjunction,
            _ => continue,
        };
        words.for_each(|word| mark(word, class));
    }
    entries
});

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) mark: Mark,
    /// Whether it has an opposite, as a noun or as any other word.
    pub(super) opposed: bool,
    pub(super) opposed_noun: bool,
}

const UNKNOWN: Known = Known { mark: Mark::Other, opposed: false, opposed_noun: false };

/// What a token is to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// "not", "never", "didn't".
    Not,
    /// "no", "none", "nobody".
    No,
    /// "nor", "neither".
    Neither,
    /// "longer", after "no".
    Longer,
    /// "without"
    Without,
    /// Be, do, have.
    Auxiliary,
    /// "will", "would".
    Will,
    /// "can", "may".
    May,
    /// "should", "must".
    Must,
    /// "to"
    To,
    /// "if", "whether".
    If,
    /// "that", "who", "because", "and".
    Conjunction,
    /// "since": "has not scored since May" says that it did in May.
    Since,
    /// "but", "while": what follows stands for itself.
    But,
    /// A comma, a dash, a quotation mark.
    Pause,
    /// A word that denies what it governs: "failed".
    Denying,
    /// A word that leaves open what it governs: "denied".
    Open,
    /// A word that narrows a denial: "only".
    Limit,
    /// "except", "apart from".
    Except,
    /// Any other word.
    Other,
}

/// A word in lower case, with plain apostrophes; words too long for any list are nothing.
struct Lower {
    bytes: [u8; 24],
    len: usize,
}

impl Lower {
    fn new(word: &str) -> Self {
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

    fn str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// What is known of a word, as written.
pub(super) fn entry(word: &str) -> Known {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return ENTRIES.get(word).copied().unwrap_or(UNKNOWN);
    }
    let lower = Lower::new(word);
    let lower = lower.str();
    match ENTRIES.get(lower) {
        Some(known) => *known,
        None if lower.ends_with("n't") => Known { mark: Mark::Not, ..UNKNOWN },
        None => UNKNOWN,
    }
}

/// Whether "no" denies nothing before this word.
pub(super) fn is_no_phrase(word: &str) -> bool {
    NO_PHRASES.contains(Lower::new(word).str())
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
