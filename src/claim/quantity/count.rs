//! What small words count and what they do not: "one", "no", "an hour", ordinals, years.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::guard;
use crate::{
    claim::{
        atom::{AtomKind, Line},
        numeral::Spelled,
        unit::{Dimension, Unit},
    },
    prose::Tag,
};

/// "first lady", "third party".
static PHRASES: LazyLock<FxHashSet<(&'static str, &'static str)>> =
    LazyLock::new(|| include_str!("../data/fixed_ordinals.txt").lines().filter_map(|l| l.split_once(' ')).collect());

/// Whether a plain numeral without a unit is an amount and neither a year nor a pronoun.
pub(super) fn is_amount(line: &Line<'_>, n: &Spelled) -> bool {
    let before = n.from.checked_sub(1).map_or("", |k| line.word(k));
    if guard::is_year(line, n) {
        let modern = n.value >= Decimal::from(1900);
        let date = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "during"
                | "year"
                | "early"
                | "late"
                | "mid"
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
                | "through"
        ) || modern && matches!(before, "of" | "the" | "from" | "fall");
        return !date && (guard::plural_ahead(line, n.to) || n.value < Decimal::from(1700));
    }
    // "net zero", "ground zero".
    if n.value.is_zero() && !n.digits && n.from > 0 {
        let before = if line.ties(n.from - 1) && n.from > 1 { line.word(n.from - 2) } else { before };
        return !matches!(before, "absolute" | "ground" | "patient" | "net" | "day" | "year");
    }
    if n.value == Decimal::ONE && !n.digits && n.to == n.from + 1 && line.word(n.from) == "one" {
        return is_counting_one(line, n.from, before);
    }
    true
}

fn is_counting_one(line: &Line<'_>, i: usize, before: &str) -> bool {
    if matches!(
        before,
        "no" | "the" | "this" | "that" | "each" | "every" | "any" | "which" | "some" | "another" | "other" | "number" | "day"
    ) {
        return false;
    }
    let hedged = matches!(before, "least" | "only" | "just" | "than" | "about" | "nearly" | "almost" | "to" | "some");
    if i > 0 && !hedged && matches!(line.tag(i - 1), Tag::Adjective | Tag::Determiner) && !line.glued(i) {
        return false;
    }
    let next = line.word(i + 1);
    if line.glued(i + 1)
        && (!line.ties(i + 1) || matches!(line.word(i + 2), "on" | "time" | "off" | "sided" | "way"))
        && line.mark(i + 1).is_some_and(|c| matches!(c, '\'' | '’' | '-' | '‐' | '‑'))
    {
        return false;
    }
    if next == "day" && before != "only"
        || matches!(next, "another" | "can" | "cannot" | "must" | "should")
        || matches!(next, "that" | "who" | "which" | "where" | "whose") && before != "only"
        || next == "of"
        || next == "or" && !matches!(line.word(i + 2), "more" | "less" | "fewer")
    {
        return false;
    }
    true
}

/// Whether "no" or "none" at `i` counts nothing: "no deaths", "none of the 12".
pub(super) fn is_zero(line: &Line<'_>, i: usize) -> bool {
    if line.word(i) == "none" {
        return line.word(i + 1) == "of" && matches!(line.word(i + 2), "the" | "them" | "those");
    }
    let mut at = i + 1;
    while at < i + 4 && line.tag(at) == Tag::Adjective {
        at += 1;
    }
    line.tag(at) == Tag::Noun && guard::is_plural(line, at)
}

/// Whether "a" or "an" before a unit says one: "an hour", "a decade"; not "a day" that is any day.
pub(super) fn is_one(line: &Line<'_>, i: usize, to: usize, unit: &Unit) -> bool {
    let before = i.checked_sub(1).map_or("", |k| line.word(k));
    if matches!(unit.dimension, Dimension::Percent | Dimension::Money | Dimension::Speed) && unit.name != "percent" {
        return matches!(line.word(to), "per") || matches!(before, "about" | "nearly" | "than" | "almost");
    }
    if matches!(line.word(to), "ago" | "earlier" | "later" | "before" | "after" | "old")
        && unit.dimension == Dimension::Time
        && line.word(to) != "old"
    {
        return false;
    }
    if unit.name == "degree"
        || unit.name == "second"
        || unit.name == "foot"
        || unit.name == "yard"
        || unit.dimension == Dimension::Data
    {
        return false;
    }
    let hedged = matches!(
        before,
        "than"
            | "nearly"
            | "almost"
            | "about"
            | "around"
            | "within"
            | "over"
            | "under"
            | "least"
            | "for"
            | "just"
            | "half"
            | "to"
    );
    match unit.dimension {
        Dimension::Time => {
            hedged && i > 0
                || line.ties(i + 1)
                || line.ties(to)
                || matches!(unit.name.as_str(), "decade" | "hour" | "century") && !line.number_before(i)
        }
        _ => hedged || matches!(line.word(to), "of" | "from" | "away" | "long" | "wide" | "high" | "deep" | "tall"),
    }
}

/// Whether an ordinal orders something: "third victim", "21st floor"; not "at first", "second that", "19th century".
pub(super) fn is_ordinal(line: &Line<'_>, n: &Spelled) -> bool {
    let before = n.from.checked_sub(1).map_or("", |k| line.word(k));
    let mut next = n.to;
    if line.ties(next) {
        next += 1;
    }
    // An acronym: FIRST among words in lower case.
    let shout = |k: usize| guard::is_shout(line.str(k));
    if n.to == n.from + 1
        && shout(n.from)
        && (n.from.saturating_sub(20)..(n.from + 20).min(line.len()))
            .any(|k| k != n.from && line.str(k).len() > 3 && line.kind(k) == Some(AtomKind::Word) && !shout(k))
    {
        return false;
    }
    if matches!(line.word(next), "century" | "centuries")
        || matches!(before, "at" | "from") && !n.digits && line.word(next) != "place"
    {
        return false;
    }
    if n.value == Decimal::TWO
        && !n.digits
        && n.to == n.from + 1
        && (line.tag(n.from) == Tag::Verb || matches!(before, "to" | "a" | "i" | "we" | "per"))
        && !matches!(line.tag(next), Tag::Noun | Tag::Adjective)
    {
        return false;
    }
    if PHRASES.contains(&(line.word(n.from), line.word(next))) {
        return false;
    }
    if line.word(n.from) == "first" && matches!(line.word(n.to), "of" | "and") {
        return line.word(n.to + 1) == "the";
    }
    true
}
