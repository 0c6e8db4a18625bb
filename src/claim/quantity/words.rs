//! Classes of words that stand beside figures.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word is to a figure beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// "was", "said": ends a noun phrase.
    Auxiliary,
    /// Stands between what is measured and its measure: "cost", "reached".
    State,
    /// "reach": "did not reach 50%" is less than that.
    Reach,
    /// "exceed": "did not exceed 50%" is at most that.
    Exceed,
    /// "january", "jan".
    Month,
    /// A month that is no other word.
    Calendar,
    /// "its", "whose".
    Possessive,
    /// "mark" in "the $10 billion mark".
    Level,
    /// "high" in "16 metres high".
    Dimension,
    /// "mother": "a mother of three".
    Parent,
    /// A plural without an s.
    Plural,
    /// "matches", "children": losing them is no fall.
    Loss,
    /// "votes" in "312 votes to 298".
    Tally,
    /// "favourite": "at 5 to 2" is no time of day.
    Odds,
    /// "cost", "paid": what stands behind is an amount of money.
    Price,
    /// "sold": "sold for" is followed by an amount of money.
    Sale,
    /// An irregular past form: "began".
    Past,
}

static CLASSES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, u32> = FxHashMap::default();
    for line in include_str!("../data/figure_words.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        let class = match words.next() {
            Some("auxiliary") => Class::Auxiliary,
            Some("state") => Class::State,
            Some("reach") => Class::Reach,
            Some("exceed") => Class::Exceed,
            Some("month") => Class::Month,
            Some("calendar") => Class::Calendar,
            Some("possessive") => Class::Possessive,
            Some("level") => Class::Level,
            Some("dimension") => Class::Dimension,
            Some("parent") => Class::Parent,
            Some("plural") => Class::Plural,
            Some("loss") => Class::Loss,
            Some("price") => Class::Price,
            Some("sale") => Class::Sale,
            Some("tally") => Class::Tally,
            Some("odds") => Class::Odds,
            _ => continue,
        };
        for word in words {
            *classes.entry(word).or_default() |= 1 << class as u32;
        }
    }
    for word in include_str!("../data/past_verbs.txt").lines().filter(|l| !l.starts_with('#')) {
        *classes.entry(word).or_default() |= 1 << Class::Past as u32;
    }
    classes
});

/// Whether a word, in lower case, is of a class.
pub(super) fn is(word: &str, class: Class) -> bool {
    !word.is_empty() && CLASSES.get(word).is_some_and(|c| c & (1 << class as u32) != 0)
}

/// Whether the word is an auxiliary, or one of the verbs that end a noun phrase as surely.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is(word, Class::Auxiliary)
}

/// Whether the word is a weekday or a month.
pub(super) fn is_day(word: &str) -> bool {
    word.len() > 5 && word.ends_with("day") || is(word, Class::Calendar)
}
