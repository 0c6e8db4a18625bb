//! Nouns for people: what each is a kind of, and which say too little to be held against another.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// How two such nouns stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NounRelation {
    /// One word, two for one thing, or one a kind of the other: "actress" and "actor", "goalkeeper" and "player".
    Kind,
    /// Both are kinds of a third that is not much wider: "midwife" and "nurse".
    Near,
    /// Nothing of this.
    Far,
}

/// The meanings of the nouns.
struct Nouns {
    words: FxHashMap<&'static str, Vec<u16>>,
    /// The wider meanings of each, itself among them, in order.
    wider: Vec<Vec<u16>>,
    /// How many meanings lie in each, itself among them.
    breadth: Vec<u16>,
}

static NOUNS: LazyLock<Nouns> = LazyLock::new(Nouns::new);
static LOOSE: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/names/loose_roles.txt").lines().collect());

/// Meanings in the widest that still says what somebody does: "footballer", not "leader".
const WIDE: u16 = 60;
/// Meanings in the widest of which two near ones are kinds.
const CLOSE: u16 = 12;

impl Nouns {
    fn new() -> Self {
        let mut nouns = Self { words: FxHashMap::default(), wider: Vec::new(), breadth: Vec::new() };
        let mut parents: Vec<Vec<u16>> = Vec::new();
        for line in include_str!("../data/names/person_nouns.txt").lines() {
            let mut fields = line.split('\t');
            let Some(number) = fields.next().and_then(|f| f.parse::<u16>().ok()) else { continue };
            parents.push(fields.next().unwrap_or("").split(' ').filter_map(|f| f.parse().ok()).collect());
            for word in fields.next().unwrap_or("").split(' ').filter(|w| !w.is_empty()) {
                nouns.words.entry(word).or_default().push(number);
            }
        }
        for at in 0..parents.len() {
            let mut wider: Vec<u16> = Vec::new();
            let mut open = vec![at as u16];
            while let Some(next) = open.pop() {
                if !wider.contains(&next) {
                    wider.push(next);
                    open.extend(parents.get(usize::from(next)).into_iter().flatten());
                }
            }
            wider.sort_unstable();
            nouns.wider.push(wider);
        }
        nouns.breadth = vec![0; parents.len()];
        for wider in &nouns.wider {
            for &at in wider {
                nouns.breadth[usize::from(at)] += 1;
            }
        }
        nouns
    }
}

/// Whether a folded word can be a noun for one person.
#[must_use]
pub(super) fn is_person(word: &str) -> bool {
    NOUNS.words.contains_key(word) || word.rsplit_once('-').is_some_and(|(_, last)| NOUNS.words.contains_key(last))
}

/// Whether a folded noun says of a person what may be said of many others beside what they are: "victim", "expert", "friend".
#[must_use]
pub fn is_loose(word: &str) -> bool {
    let wide = |i: &u16| NOUNS.breadth[usize::from(*i)] >= WIDE;
    LOOSE.contains(word) || NOUNS.words.get(word).is_some_and(|meanings| meanings.iter().any(wide))
}

/// How two folded nouns stand to each other, in any of their meanings.
#[must_use]
pub fn relation(a: &str, b: &str) -> NounRelation {
    if a == b {
        return NounRelation::Kind;
    }
    let of = |word: &str| {
        let whole = NOUNS.words.get(word);
        whole.or_else(|| NOUNS.words.get(word.rsplit_once('-')?.1)).map_or(&[][..], Vec::as_slice)
    };
    let mut relation = NounRelation::Far;
    for &x in of(a) {
        for &y in of(b) {
            let (wide_x, wide_y) = (&NOUNS.wider[usize::from(x)], &NOUNS.wider[usize::from(y)]);
            if wide_x.contains(&y) || wide_y.contains(&x) {
                return NounRelation::Kind;
            }
            if wide_x.iter().any(|i| wide_y.contains(i) && NOUNS.breadth[usize::from(*i)] <= CLOSE) {
                relation = NounRelation::Near;
            }
        }
    }
    relation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (a, b) in [("actress", "actor"), ("lawmaker", "senator"), ("obstetrician", "doctor"), ("attorney", "lawyer")] {
            assert_eq!(relation(a, b), NounRelation::Kind, "{a}, {b}");
            assert_eq!(relation(b, a), NounRelation::Kind, "{b}, {a}");
        }
        for (a, b) in [("photographer", "midwife"), ("chairman", "patron"), ("goalkeeper", "novelist"), ("qwzx", "senator")] {
            assert_eq!(relation(a, b), NounRelation::Far, "{a}, {b}");
        }
    }

    #[test]
    fn nouns_that_say_little() {
        assert!(["victim", "leader", "expert", "friend"].iter().all(|w| is_loose(w)));
        assert!(!["photographer", "mayor", "midwife", "chairman"].iter().any(|w| is_loose(w)));
        assert!(is_person("ex-senator") && !is_person("table") && !is_person(""));
    }
}
