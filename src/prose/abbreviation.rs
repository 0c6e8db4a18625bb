//! Words that are written with a full stop, and words that tell whether such a stop ends a sentence too.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What an abbreviation is to the sentence it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows: "Gov.", "St.".
    Title,
    /// A number follows, or it is none: "No.", "p.".
    Numbering,
    /// "a.m.", "p.m.".
    Clock,
    /// "e.g.", "i.e.": an example follows.
    Latin,
    /// "J.": a name follows, most often.
    Initial,
    /// "Inc.", "U.S.", "Dec.": it may end a sentence.
    Other,
}

static WORDS: LazyLock<FxHashMap<&str, Abbreviation>> = LazyLock::new(|| {
    let lists = [
        (Abbreviation::Other, include_str!("data/abbreviations.txt")),
        (Abbreviation::Numbering, include_str!("data/numbering.txt")),
        (Abbreviation::Title, include_str!("data/titles.txt")),
    ];
    lists.into_iter().flat_map(|(kind, list)| list.lines().map(move |word| (word, kind))).collect()
});

static AFTER_CLOCK: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("data/after-clock.txt").lines().collect());

static CREDITS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("data/credits.txt").lines().collect());

static SPEECH_VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("data/speech-verbs.txt").lines().collect());

static OPENERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("data/openers.txt").lines().chain(include_str!("data/stopwords.txt").lines()).collect());

/// The longest entry of the lists, in bytes: longer words are not looked up.
const LONGEST: usize = 16;

/// What the word before a full stop is, without that stop; `None` for an ordinary word.
pub(super) fn kind(word: &str) -> Option<Abbreviation> {
    if word.len() > LONGEST {
        return None;
    }
    if word.contains('.') {
        return dotted(word);
    }
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && c.is_alphabetic()
        && c.is_uppercase()
    {
        return Some(Abbreviation::Initial);
    }
    listed(word)
}

fn listed(word: &str) -> Option<Abbreviation> {
    WORDS.get(word).copied().or_else(|| {
        // "GOV. ROE" in a headline.
        let shouted = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        shouted.then(|| WORDS.get(&*format!("{}{}", &word[..1], word[1..].to_ascii_lowercase())).copied()).flatten()
    })
}

/// "a.m", "e.g", "U.S", "Ph.D": short parts between stops.
fn dotted(word: &str) -> Option<Abbreviation> {
    let short = word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic));
    if !short {
        return None;
    }
    Some(match word {
        "a.m" | "p.m" | "A.M" | "P.M" => Abbreviation::Clock,
        "e.g" | "i.e" | "E.g" | "I.e" | "f.e" => Abbreviation::Latin,
        _ => Abbreviation::Other,
    })
}

/// Whether a word with a capital, after an abbreviation, begins a sentence: "The", "However", "Officials".
pub(super) fn is_opener(word: &str) -> bool {
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase) && chars.all(|c| !c.is_uppercase());
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    capital && word.len() <= LONGEST && OPENERS.contains(&*word.to_ascii_lowercase())
}

/// Whether a word goes on with a time of day: a zone, a day, a month.
pub(super) fn is_after_clock(word: &str) -> bool {
    AFTER_CLOCK.contains(word)
}

/// "said", "asked".
pub(super) fn is_speech_verb(word: &str) -> bool {
    SPEECH_VERBS.contains(word)
}

/// Whether a word before a colon begins the credit of a picture.
pub(super) fn is_credit(word: &str) -> bool {
    CREDITS.contains(word)
}
