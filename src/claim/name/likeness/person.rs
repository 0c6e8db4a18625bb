//! People: given names, initials, surnames with their particles, in any order.

use std::sync::Arc;

use super::{
    Likeness,
    near::Gap,
    parts::{Part, Parts, particle},
    spelling::{self, Origins, Word},
};
use crate::claim::name::lexicon::{Flags, LEXICON};

/// Names of more words than this are compared as they stand.
const LONGEST: usize = 12;

/// Words of a long name that a short one of two words may lack.
const FEW: usize = 3;

/// A name of a person taken apart once, to be compared with many.
pub(in crate::claim::name) struct Person(Arc<Parts>);

impl Person {
    /// Takes a name apart.
    pub(in crate::claim::name) fn of(name: &str) -> Self {
        Self(Parts::of(name))
    }

    /// As [`compare`].
    pub(in crate::claim::name) fn compare(&self, other: &Self) -> Likeness {
        parted(&self.0, &other.0).0
    }
}

/// Compares two names of people.
pub(super) fn compare(a: &str, b: &str) -> Likeness {
    detailed(a, b).0
}

/// Compares two names of people, and says how far apart they are if they are nearly one.
pub(super) fn detailed(a: &str, b: &str) -> (Likeness, Option<Gap>) {
    parted(&Parts::of(a), &Parts::of(b))
}

fn parted(a: &Parts, b: &Parts) -> (Likeness, Option<Gap>) {
    if a.words.is_empty() || b.words.is_empty() || a.words.len().max(b.words.len()) > LONGEST {
        return (Likeness::Different, None);
    }
    let other_generation = matches!((a.generation, b.generation), (Some(x), Some(y)) if x != y);
    if other_generation {
        return (Likeness::Different, None);
    }
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let pair = Pair {
        family_first: short.is_family_first() || long.is_family_first(),
        origins: short.origins.and(long.origins),
        short: &short.words,
        long: &long.words,
    };
    let (found, gap) = pair.compare();
    if found == Likeness::Same && a.generation != b.generation {
        return (Likeness::Short, None);
    }
    (found, gap)
}

/// Two names side by side; `long` has at least as many words.
struct Pair<'p> {
    short: &'p [Part],
    long: &'p [Part],
    origins: Origins,
    /// Whether either may have its surname first.
    family_first: bool,
}

/// How well two names go together word by word.
#[derive(Clone, Copy, Debug)]
struct Score {
    /// The least likeness of two words that stand for each other.
    worst: Word,
    /// Letters that differ.
    letters: usize,
    /// Words of the longer name that the shorter one lacks.
    skipped: usize,
    gap: Gap,
}

impl Score {
    const EMPTY: Self = Self {
        worst: Word::Same,
        letters: 0,
        skipped: 0,
        gap: Gap { letters: 0, share: 0.0, anchored: false, known: false, ordinary: false, barred: false, weak: false },
    };

    fn better(self, other: Self) -> bool {
        let key = |s: Self| (std::cmp::Reverse(s.letters), s.worst, std::cmp::Reverse(s.skipped));
        key(self) > key(other)
    }
}

/// What of the longer name has been passed over since the last pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skipped {
    Nothing,
    /// The rest of a hyphenated name.
    Tied,
    Something,
}

impl Pair<'_> {
    fn compare(&self) -> (Likeness, Option<Gap>) {
        if self.short.len() == 1 {
            return self.one_word();
        }
        let score = self.align(0, 0, Skipped::Nothing);
        let found = score.map_or(Likeness::Different, |s| self.likeness(s));
        if found.agrees() {
            return (found, None);
        }
        if self.is_turned() {
            return (Likeness::Variant, None);
        }
        if self.is_within() {
            return (Likeness::Short, None);
        }
        (found, score.filter(|s| s.letters > 0).map(|s| s.gap))
    }

    fn likeness(&self, score: Score) -> Likeness {
        match score.worst {
            _ if score.letters > 0 => {
                // What lacks a word and has two other letters is another name.
                if score.gap.is_slip() && (score.skipped == 0 || score.letters == 1) {
                    Likeness::Misspelled
                } else {
                    Likeness::Different
                }
            }
            Word::Other | Word::Near => Likeness::Different,
            // Two words of five or more are too few to tell.
            _ if score.skipped >= FEW && self.short.len() == 2 => Likeness::Contains,
            _ if score.skipped > 0 => Likeness::Short,
            Word::Initial => Likeness::Short,
            Word::Nickname | Word::Spelling => Likeness::Variant,
            Word::Same => Likeness::Same,
        }
    }

    /// The best way to pair what is left from word `i` of the shorter and word `j` of the longer name on. Names are a few words long: all
    /// ways are tried.
    fn align(&self, i: usize, j: usize, skipped: Skipped) -> Option<Score> {
        let (n, m) = (self.short.len(), self.long.len());
        if i == n || j == m {
            return (i == n && j == m).then_some(Score::EMPTY);
        }
        let mut best: Option<Score> = None;
        let mut offer = |score: Option<Score>| {
            if let Some(score) = score
                && best.is_none_or(|b| score.better(b))
            {
                best = Some(score);
            }
        };
        let (a, b) = (&self.short[i], &self.long[j]);
        let (a_last, b_last) = (i + 1 == n, j + 1 == m);
        if a_last == b_last {
            let word = if a_last { surname(a, b, self.origins) } else { given(a, b, self.origins) };
            // The longer name does not have the shorter form: "Xiaofei" is not "Xiao Feng".
            let cut = word == Word::Nickname && n < m && b.text.len() < a.text.len() && a.text.starts_with(&b.text);
            let word = if cut && !LEXICON.nickname(&a.text, &b.text) { Word::Other } else { word };
            // "George W." is not "George H. W."; a surname by its initial is no evidence.
            let initials = a.is_initial() && b.is_initial();
            let unsure = a_last && word == Word::Initial || initials && skipped == Skipped::Something;
            if word != Word::Other && !unsure {
                offer(self.align(i + 1, j + 1, Skipped::Nothing).map(|rest| with(rest, word, a, b)));
            }
        }
        // "Jin Li" and "Jinli".
        let joined = |one: &Part, first: &Part, second: &Part, end: bool| {
            let text = first.text.clone() + &second.text;
            let free = !end || second.tied || self.family_first;
            free && !first.is_initial()
                && !second.is_initial()
                && spelling::compare_from(&one.text, &text, self.origins) >= Word::Spelling
        };
        if !b_last && a_last == (j + 2 == m) && joined(a, b, &self.long[j + 1], a_last) {
            offer(self.align(i + 1, j + 2, Skipped::Nothing).map(|rest| with(rest, Word::Spelling, a, a)));
        }
        if !a_last && b_last == (i + 2 == n) && joined(b, a, &self.short[i + 1], b_last) {
            offer(self.align(i + 2, j + 1, Skipped::Nothing).map(|rest| with(rest, Word::Spelling, b, b)));
        }
        // Everybody is called by the first name or, if that is an initial, by the second.
        let may_skip = match j {
            0 => b.is_initial() && m > 2 && !self.long[1].is_initial() && i == 0,
            // Nor is half a surname enough beside an initial.
            _ => !b_last && i > 0 && !(j + 2 == m && self.long[j + 1].tied && self.short[0].is_initial()),
        };
        if may_skip && m - j > 1 {
            let now = if b.tied && skipped != Skipped::Something { Skipped::Tied } else { Skipped::Something };
            offer(self.align(i, j + 1, now).map(|rest| Score { skipped: rest.skipped + 1, ..rest }));
        }
        best
    }

    /// A name of one word against another.
    fn one_word(&self) -> (Likeness, Option<Gap>) {
        let word = &self.short[0];
        let last = &self.long[self.long.len() - 1];
        let found = surname(word, last, self.origins);
        let gap = || with(Score::EMPTY, Word::Near, word, last).gap;
        if let [other] = self.long {
            return match found {
                Word::Same => (Likeness::Same, None),
                Word::Spelling | Word::Nickname => (Likeness::Variant, None),
                Word::Near if gap().is_slip() => (Likeness::Misspelled, Some(gap())),
                _ if other.is_initial() || word.is_initial() => (Likeness::Different, None),
                _ => (Likeness::Different, Some(gap())),
            };
        }
        if matches!(found, Word::Same | Word::Spelling | Word::Nickname) {
            return (Likeness::Short, None);
        }
        let whole: String = self.long.iter().map(|p| p.text.as_str()).collect();
        if spelling::plain(&word.text) == spelling::plain(&whole) {
            return (Likeness::Variant, None);
        }
        let first = given(word, &self.long[0], self.origins);
        if matches!(first, Word::Same | Word::Spelling | Word::Nickname) {
            // "Xi"; a given name alone may be anybody's.
            return (if self.family_first { Likeness::Short } else { Likeness::Contains }, None);
        }
        if found == Word::Near && gap().is_slip() { (Likeness::Misspelled, Some(gap())) } else { (Likeness::Different, None) }
    }

    /// Whether one of the two has the surname first.
    fn is_turned(&self) -> bool {
        let n = self.short.len();
        n > 1
            && n == self.long.len()
            && [1, n - 1].iter().any(|&by| {
                (0..n).all(|i| {
                    let (a, b) = (&self.short[i], &self.long[(i + by) % n]);
                    !a.is_initial() && spelling::compare_from(&a.text, &b.text, self.origins) >= Word::Spelling
                })
            })
    }

    /// Whether the words of the shorter name stand in the longer one, in order: from the first on, and the last is no given name; or at
    /// its end, a surname of several words.
    fn is_within(&self) -> bool {
        let (short, long) = (self.short, self.long);
        if short.len() >= long.len() || short.iter().any(Part::is_initial) {
            return false;
        }
        let one = |a: &Part, b: &Part| spelling::compare_from(&a.text, &b.text, self.origins) >= Word::Spelling;
        let is_given = |p: &Part| LEXICON.word(&p.text).any(Flags::GIVEN);
        let tail = &long[long.len() - short.len()..];
        let surnames = short.len() > 2 || !is_given(&short[0]) || short[1].tied;
        if surnames && short.iter().zip(tail).all(|(a, b)| one(a, b)) {
            return true;
        }
        if self.family_first || is_given(&short[short.len() - 1]) || !one(&short[0], &long[0]) {
            return false;
        }
        let mut rest = long[1..].iter();
        short[1..].iter().all(|a| rest.any(|b| one(a, b)))
    }
}

/// The score with one more pair.
fn with(rest: Score, word: Word, a: &Part, b: &Part) -> Score {
    let mut score = rest;
    if word == Word::Near {
        score.gap.add((&a.raw, &b.raw), (&a.text, &b.text));
        score.letters = score.gap.letters;
    } else {
        score.worst = score.worst.min(word);
        score.gap.anchored |= word >= Word::Nickname;
    }
    score
}

/// Compares given names: a cut name is a short form, "Bart" of "Bartolomeo".
fn given(a: &Part, b: &Part, origins: Origins) -> Word {
    let found = spelling::compare_from(&a.text, &b.text, origins);
    if found > Word::Near {
        return found;
    }
    if spelling::is_spelled_out(&a.raw, &b.raw) {
        return Word::Spelling;
    }
    let (short, long) = if a.text.len() < b.text.len() { (&a.text, &b.text) } else { (&b.text, &a.text) };
    let cut = short.len() > 3 && long.len() >= short.len() + 2 && long.starts_with(short.as_str());
    if cut { Word::Nickname } else { nearly(a, b) }
}

/// Compares surnames, with and without their particles.
fn surname(a: &Part, b: &Part, origins: Origins) -> Word {
    let whole = spelling::compare_from(&a.text, &b.text, origins);
    if whole >= Word::Spelling {
        return whole;
    }
    if spelling::is_spelled_out(&a.raw, &b.raw) {
        return Word::Spelling;
    }
    let ((p, x), (q, y)) = (particle(&a.text), particle(&b.text));
    // "al-Assad" and "Assad", "bin Laden" and "ibn Laden"; but not "du Pont" and "den Pont".
    let goes = (p.is_empty() || q.is_empty() || of_one_kind(p, q)) && (p.len(), q.len()) != (0, 0);
    if goes && spelling::compare_from(x, y, origins) >= Word::Spelling {
        return Word::Spelling;
    }
    match whole {
        Word::Initial | Word::Nickname => whole,
        _ if !p.is_empty() && !q.is_empty() && !of_one_kind(p, q) => Word::Other,
        _ => nearly(a, b),
    }
}

/// Near, or not alike at all.
fn nearly(a: &Part, b: &Part) -> Word {
    let mut gap = Gap { anchored: true, ..Gap::default() };
    gap.add((&a.raw, &b.raw), (&a.text, &b.text));
    if gap.is_slip() { Word::Near } else { Word::Other }
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
