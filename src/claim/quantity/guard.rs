//! What looks like a figure and is none: names, labels, years, addresses, "one of the reasons".

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::words::{self, Class};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        numeral::{Shape, Spelled},
    },
    prose::Tag,
};

static LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/labels.txt").lines().collect());
static STREETS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/streets.txt").lines().collect());
static CONTESTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/contests.txt").lines().collect());

pub(super) fn is_month(line: &Line<'_>, i: usize) -> bool {
    line.capital(i) && words::is(line.word(i), Class::Month)
}

/// Whether a word is likely a noun in the plural.
pub(super) fn is_plural(line: &Line<'_>, i: usize) -> bool {
    let word = line.word(i);
    let noun = matches!(line.tag(i), Tag::Noun | Tag::ProperNoun | Tag::Other | Tag::Verb);
    noun && (word.len() > 2 && word.ends_with('s') && !word.ends_with("ss") && !matches!(word, "was" | "is" | "has" | "this")
        || words::is(word, Class::Plural)
        || word.len() > 5 && (word.ends_with("men") || word.ends_with("people") || word.ends_with("children")))
}

/// Whether a plural noun follows within the noun phrase at `i`.
pub(super) fn plural_ahead(line: &Line<'_>, i: usize) -> bool {
    (i..i + 4)
        .take_while(|&k| matches!(line.tag(k), Tag::Adjective | Tag::Noun | Tag::ProperNoun) && !line.word(k).is_empty())
        .any(|k| is_plural(line, k))
}

/// Whether a numeral without a currency is part of a name, a code, an address or a date.
pub(super) fn is_name(line: &Line<'_>, n: &Spelled, free: usize) -> bool {
    let (i, to) = (n.from, n.to);
    let before = i.checked_sub(1);
    if line.in_address(i) {
        return true;
    }
    if let Some(k) = before {
        // COVID-19, F-16, and what is glued to a word or a sign: #4, /5.
        if line.glued(i) && k >= free {
            if line.ties(k)
                && n.digits
                && k > free
                && matches!(line.kind(k - 1), Some(AtomKind::Word | AtomKind::Digits))
                && !matches!(line.word(k - 1), "mid" | "sub" | "under" | "over" | "to" | "top")
                // "a magnitude-7.8 quake".
                && !(line.kind(k - 1) == Some(AtomKind::Word) && line.word(k - 1).len() > 4 && line.str(i).contains('.'))
            {
                return true;
            }
            let compared = k > 0 && line.mark(k) == Some('=') && matches!(line.mark(k - 1), Some('<' | '>'));
            if matches!(line.mark(k), Some('#' | '@' | '/' | '_' | '=' | '\\')) && !compared {
                return true;
            }
            if line.ties(k) && !n.digits && k > 0 && line.kind(k - 1) == Some(AtomKind::Word) {
                return true;
            }
        }
        // The digits after the point of a code: J1149.5.
        if line.mark(k) == Some('.') && line.glued(k) && line.glued(i) && n.digits {
            return true;
        }
        if is_month(line, k) && n.digits && line.word(to) != "percent" && line.mark(to) != Some('%') {
            return true;
        }
        let measured = || line.mark(to) == Some('%') || crate::claim::unit::after(line, to, true).is_some();
        let labelled = |k: usize| {
            // Fig. 2, no. 17.
            let clipped = k > 0 && line.mark(k) == Some('.') && line.glued(k);
            LABELS.contains(line.word(if clipped { k - 1 } else { k }))
        };
        // The other end of pp. 211–229, which is glued to the first.
        let first = || k > 1 && line.is_dash(k) && line.glued(k) && line.kind(k - 1) == Some(AtomKind::Digits) && labelled(k - 2);
        if n.digits && (!line.glued(i) && labelled(k) || line.glued(i) && first()) && !measured() {
            return true;
        }
        // Capital One, Studio Three.
        if !n.digits
            && n.to == i + 1
            && line.capital(i)
            && line.capital(k)
            && line.kind(k) == Some(AtomKind::Word)
            && !line.str(k).bytes().all(|b| b.is_ascii_uppercase())
        {
            return true;
        }
        // Boeing 737, Apollo 11, Windows 10.
        let first = k == 0;
        if n.digits
            && n.scale.is_none()
            && line.capital(k)
            && !line.glued(i)
            && !first
            && !plural_ahead(line, to)
            && line.mark(to) != Some('%')
            && !line.is_dash(to)
            && n.value.fract().is_zero()
            && crate::claim::unit::after(line, to, true).is_none()
        {
            return true;
        }
    }
    // What counts an item or a section: "1.Text", "2. Methods", or a sentence of nothing else.
    let stop = n.digits && n.to == i + 1 && line.mark(to) == Some('.') && line.glued(to);
    if stop && i == 0 && line.str(i).len() < 3 && (line.len() == 2 || line.capital(to + 1)) {
        return true;
    }
    // 10-K, 2-for-1, (212) 555-0199, 500 B.C., "two by two".
    let tied = |k: usize| line.ties(k) && line.ties(k + 2);
    let form = line.ties(to) && line.str(to + 1).len() == 1 && line.capital(to + 1);
    let exchange = tied(to) && matches!(line.word(to + 1), "for" | "on" | "by");
    let area = before.is_some_and(|k| line.mark(k) == Some('('))
        && line.mark(to) == Some(')')
        && line.kind(to + 1) == Some(AtomKind::Digits);
    let era = matches!(line.word(to), "bc" | "bce")
        || line.word(to) == "b" && line.mark(to + 1) == Some('.') && line.word(to + 2) == "c";
    // The country's code in +1 (212) 555-0199.
    let country = line.mark(to) == Some('(')
        && line.kind(to + 1) == Some(AtomKind::Digits)
        && before.is_some_and(|k| line.mark(k) == Some('+') && line.glued(i));
    if n.digits && (form || exchange || area || era || country) {
        return true;
    }
    let word = line.word(i);
    let twin = |k: usize| line.word(k) == word && !word.is_empty();
    if line.word(to) == "by" && twin(to + 1) || i > 1 && line.word(i - 1) == "by" && twin(i - 2) {
        return true;
    }
    // 4 Princess Street.
    if n.digits && line.capital(to) && (to + 1..to + 3).any(|k| line.capital(k) && STREETS.contains(line.word(k))) {
        return true;
    }
    // Telephone numbers: digits in groups, or with a zero in front.
    let dashed = line.is_dash(to) || before.is_some_and(|k| line.is_dash(k));
    if n.digits && n.to == i + 1 && n.value.fract().is_zero() && !dashed && !plural_ahead(line, to) {
        let digits = |k: usize| line.kind(k) == Some(AtomKind::Digits) && !line.str(k).contains(['.', ',']);
        if digits(i)
            && (digits(to)
                || before.is_some_and(|k| k >= free && digits(k))
                || line.str(i).len() > 2 && line.str(i).starts_with('0'))
        {
            return true;
        }
    }
    if is_month(line, to) && n.digits && n.shape != Shape::Fraction {
        return true;
    }
    // 5 p.m., 5pm, 0830 GMT.
    if n.shape == Shape::Cardinal {
        match line.word(to) {
            "am" | "pm" => return true,
            "a" | "p" if line.mark(to + 1) == Some('.') && line.word(to + 2) == "m" => return true,
            "o" if matches!(line.mark(to + 1), Some('\'' | '’')) && line.word(to + 2) == "clock" => return true,
            "gmt" | "utc" | "hrs" if n.digits && line.str(i).len() == 4 => return true,
            _ => {}
        }
    }
    // At 10 to 8, at five past nine; not odds.
    let turn = |k: usize| matches!(line.word(k), "to" | "past");
    let minutes = |n: &Spelled| [5, 10, 20, 25].iter().any(|&m| n.value == Decimal::from(m));
    let odds = || (0..line.len()).any(|k| words::is(line.word(k), Class::Odds));
    let hour = |n: &Spelled| {
        n.scale.is_none() && n.value > Decimal::ONE && n.value <= Decimal::from(12) && !plural_ahead(line, n.to) && !odds()
    };
    if n.shape == Shape::Cardinal && minutes(n) && turn(to) && before.is_some_and(|k| line.word(k) == "at") {
        return crate::claim::numeral::parse(line, to + 1).is_some_and(|h| hour(&h));
    }
    if n.shape == Shape::Cardinal && i > 2 && turn(i - 1) && line.word(i - 3) == "at" && hour(n) {
        return crate::claim::numeral::parse(line, i - 2).is_some_and(|m| m.to == i - 1 && minutes(&m));
    }
    // 3D, 5G, 747s: letters glued that are neither scale nor unit.
    if n.digits && line.glued(to) && !line.word(to).is_empty() && n.shape == Shape::Cardinal && n.scale.is_none() {
        return crate::claim::unit::after(line, to, true).is_none() && line.word(to) != "x";
    }
    // Dates and telephone numbers: 3/4/2024, 555-1234, 12-25-2020.
    if n.digits && n.shape == Shape::Fraction && (line.value_of(i) > 31 || i + 2 < n.to && line.str(n.to - 1).len() > 3) {
        return false;
    }
    if n.digits && line.is_hyphen(to) && line.glued(to) && line.glued(to + 1) && line.kind(to + 1) == Some(AtomKind::Digits) {
        let (a, b) = (line.str(i).len(), line.str(to + 1).len());
        let third = line.is_hyphen(to + 2) && line.glued(to + 2) && line.kind(to + 3) == Some(AtomKind::Digits);
        return third || a == 3 && b == 4 && !line.str(i).contains(',');
    }
    false
}

/// Whether a numeral is likely a year: four digits without a separator, from 1000 to 2100.
pub(super) fn is_year(line: &Line<'_>, n: &Spelled) -> bool {
    n.digits
        && n.to == n.from + 1
        && line.str(n.from).len() == 4
        && (Decimal::from(1000)..=Decimal::from(2100)).contains(&n.value)
        && line.str(n.from).bytes().all(|b| b.is_ascii_digit())
}

/// "2015-2016", "from 1939 to 1945".
pub(super) fn is_year_range(line: &Line<'_>, _from: usize, a: &Spelled, b: &Spelled) -> bool {
    is_year(line, a) && (is_year(line, b) || line.str(b.from).len() == 2)
}

/// Whether a word is written in capitals.
pub(super) fn is_shout(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether two whole numbers with a dash are a score or a tally: "3-2", "52-48".
pub(super) fn is_score(line: &Line<'_>, from: usize, to: usize, low: Decimal, high: Decimal) -> bool {
    if high < Decimal::ZERO || low >= Decimal::from(1000) || line.ties(to) || line.is_dash(to) && line.glued(to) {
        return false;
    }
    // The smaller number first is a range, unless somebody won or lost it, or it stands between two names.
    let contest = (from.saturating_sub(4)..from).any(|k| CONTESTS.contains(line.word(k)));
    let names = from > 0 && line.capital(from - 1) && line.capital(to);
    low >= high || contest || names
}
