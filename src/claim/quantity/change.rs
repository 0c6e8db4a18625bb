//! The movement that a figure belongs to.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Change, Direction, Extent, Form,
    figure::{self, Figure},
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        unit::Dimension,
    },
    prose::Tag,
};

static WORDS: LazyLock<FxHashMap<&'static str, Option<Direction>>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for line in include_str!("../data/changes.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let direction = match fields.next() {
            Some("up") => Some(Direction::Up),
            Some("down") => Some(Direction::Down),
            _ => None,
        };
        words.extend(fields.map(|word| (word, direction)));
    }
    words
});

/// Verbs that "up" and "down" turn into movements.
static MOVES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/moves.txt").lines().collect());

/// Whether a word, in lower case, is one of change.
pub(super) fn is_change(word: &str) -> bool {
    WORDS.contains_key(word)
}

/// The direction that the word at atom `k` gives, if it is one of change. "Up" in "made up 52%" and "raised" in "raised $7,000" are none.
fn direction(line: &Line<'_>, k: usize, money: bool) -> Option<Option<Direction>> {
    let word = line.word(k);
    let direction = *WORDS.get(word)?;
    let before = k.checked_sub(1).map_or("", |b| line.word(b));
    let moves = MOVES.contains(before) || WORDS.contains_key(before);
    if matches!(word, "up" | "down") && k > 0 && line.tag(k - 1) == Tag::Verb && !moves {
        return None;
    }
    // "Contracts above $250,000" are signed.
    if matches!(word, "contract" | "contracts") && (k == 0 || line.tag(k) != Tag::Verb) {
        return None;
    }
    if money && (word.starts_with("rais") || word == "lost") && word != "raises" {
        return None;
    }
    Some(direction)
}

/// How far before a figure its verb may stand, in atoms.
const REACH: usize = 9;

/// The direction of the word of change before atom `i`, in the same clause.
pub(super) fn verb_before(line: &Line<'_>, i: usize) -> Option<Option<Direction>> {
    // "Rose by 3 percent, from 40 to 41.2": how far, and from where.
    let i = if line.word(i) == "from" && i > 0 && line.mark(i - 1) == Some(',') { i - 1 } else { i };
    for k in (i.saturating_sub(REACH)..i).rev() {
        if matches!(line.kind(k), Some(AtomKind::Mark(',' | ';' | ':' | '(' | ')' | '"' | '“' | '”'))) {
            return None;
        }
        // Another clause.
        if k + 6 < i
            && matches!(line.word(k), "and" | "but" | "while" | "that" | "which" | "after" | "as" | "because" | "when" | "who")
        {
            return None;
        }
        if let Some(direction) = direction(line, k, false) {
            return Some(direction);
        }
    }
    None
}

/// The change that a figure is part of.
pub(super) fn find(line: &Line<'_>, figure: &Figure) -> Option<Change> {
    if matches!(figure.form, Form::Ordinal | Form::Score | Form::Age) {
        return None;
    }
    let k = figure.from.checked_sub(1);
    let before = k.map_or("", |k| line.word(k));
    // "5% higher", "10 points down".
    let compared = matches!(line.word(figure.to), "more" | "less" | "fewer") && line.word(figure.to + 1) == "than";
    if (figure.unit.is_some() || compared)
        && let Some(direction) = match line.word(figure.to) {
            "higher" | "up" => Some(Direction::Up),
            "lower" | "down" => Some(Direction::Down),
            "more" => Some(Direction::Up),
            "less" | "fewer" => Some(Direction::Down),
            "increase" | "rise" | "gain" | "jump" | "growth" | "surge" | "hike" | "improvement" => Some(Direction::Up),
            "decrease" | "fall" | "drop" | "decline" | "loss" | "cut" | "reduction" | "slump" | "plunge" => Some(Direction::Down),
            _ => None,
        }
    {
        return Some(Change { direction: Some(direction), extent: Extent::By });
    }
    let k = k?;
    let (extent, at) = match before {
        "by" => (Extent::By, k),
        "to" => (Extent::To, k),
        "from" => (Extent::From, k),
        "of" => (Extent::By, k),
        _ => (Extent::By, k + 1),
    };
    if before.is_empty() {
        return None;
    }
    if at == k {
        let direction = verb_before(line, k).or_else(|| match extent {
            // "from 3% to 5%": the verb stands before the other end.
            Extent::To => (k.saturating_sub(6)..k).find(|&f| line.word(f) == "from").and_then(|f| verb_before(line, f)),
            _ => None,
        })?;
        // "raised $5 million from 40 investors".
        let sign = |k: &usize| matches!(line.mark(*k), Some('$' | '£' | '€' | '%'));
        if extent == Extent::From && figure.unit.is_none() && (k.saturating_sub(REACH)..k).any(|k| sign(&k)) {
            return None;
        }
        if before == "of" && !WORDS.contains_key(line.word(k.saturating_sub(1))) {
            return None;
        }
        return Some(Change { direction, extent });
    }
    // "set up one day before": a time is only moved by words.
    if figure.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Time) {
        return None;
    }
    // Right behind the verb, or after an adverb: "rose 5%", "up nearly 5%", "lost another 5%".
    for back in 0..3 {
        let Some(at) = k.checked_sub(back) else { break };
        // "lost three children", "lost two games".
        let lost = matches!(line.word(at), "lost" | "lose" | "loses" | "losing") && figure.unit.is_none();
        if lost && (figure.to..figure.to + 3).any(|k| words::is(line.word(k), Class::Loss)) {
            return None;
        }
        let money = figure.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Money);
        if let Some(direction) = direction(line, at, money) {
            let extent = match line.word(figure.from) {
                // "fell below $25 billion" is where it arrived,
                "below" | "above" | "past" | "under" => Extent::To,
                // "double the $7 million of last year" where it came from.
                _ if line.word(at + 1) == "the" && figure::is_multiple(line.word(at)) => Extent::From,
                _ => Extent::By,
            };
            return direction.map(|d| Change { direction: Some(d), extent });
        }
        if !matches!(line.tag(at), Tag::Adverb | Tag::Determiner) {
            break;
        }
    }
    None
}
