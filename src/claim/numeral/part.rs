//! Parts of a whole: "two-thirds", "a quarter", "and a half", ½.

use rust_decimal::Decimal;

use super::{
    lexicon::{Role, number_word},
    parse::{Shape, Spelled},
    words,
};
use crate::claim::{
    atom::Line,
    unit::{self, Dimension},
};

/// ½ and its kin.
pub(super) fn vulgar(c: char) -> Option<(u32, u32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

pub(super) fn fraction(from: usize, to: usize, numerator: Decimal, denominator: Decimal, digits: bool) -> Option<Spelled> {
    let value = numerator.checked_div(denominator)?;
    Some(Spelled { from, to, value, step: fraction_step(value), shape: Shape::Fraction, digits, scale: None, article: false })
}

/// A fraction covers a tenth of itself and at most five points: "a third" is 31.7 to 35 per cent.
pub(super) fn fraction_step(value: Decimal) -> Decimal {
    (value.abs() / Decimal::TEN).min(Decimal::new(5, 2))
}

/// "and a half", "and three quarters", "and fifty-four hundredths" at atom `i`: the value, one past the last atom.
pub(in crate::claim) fn and_a_part(line: &Line<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (hyphen, i) = if line.ties(i) { (true, i + 1) } else { (false, i) };
    if line.word(i) != "and" {
        return None;
    }
    let i = if hyphen && line.ties(i + 1) { i + 2 } else { i + 1 };
    let (n, i) = match line.word(i) {
        "a" | "an" => (Decimal::ONE, i + 1),
        "half" => (Decimal::ONE, i),
        _ => {
            let run = words::run(line, i, None).filter(|r| !r.ordinal)?;
            (run.value, run.to)
        }
    };
    let (d, to) = denominator(line, joint(line, i), n == Decimal::ONE)?;
    (n < d).then_some((n.checked_div(d)?, to))
}

/// The atom after a hyphen at `i`, tied or spaced, or `i` itself.
pub(super) fn joint(line: &Line<'_>, i: usize) -> usize {
    let spaced = line.is_hyphen(i) && !line.glued(i) && !line.glued(i + 1);
    if line.ties(i) || spaced { i + 1 } else { i }
}

/// The denominator that the words at atom `i` name after a numerator, "thirds", "third" after one, "twenty-firsts", and one past its
/// last atom.
pub(super) fn denominator(line: &Line<'_>, i: usize, one: bool) -> Option<(Decimal, usize)> {
    let word = number_word(line.word(i))?;
    match word.role {
        Role::Part if word.value > Decimal::ONE => Some((word.value, i + 1)),
        Role::Ordinal | Role::OrdinalTens if one && word.value > Decimal::TWO => Some((word.value, i + 1)),
        Role::OrdinalScale if one => Some((word.value, i + 1)),
        // "one one hundred fifth".
        Role::Unit if one && number_word(line.word(i + 1)).is_some_and(|w| w.role == Role::Hundred) => {
            let run = words::run(line, i, None).filter(|r| r.ordinal)?;
            Some((run.value, run.to))
        }
        Role::Tens => {
            let at = if line.ties(i + 1) { i + 2 } else { i + 1 };
            let unit = number_word(line.word(at)).filter(|w| w.value < Decimal::TEN)?;
            let last = unit.role == Role::Part || one && unit.role == Role::Ordinal;
            (last && line.word(at) != "half").then_some((word.value + unit.value, at + 1))
        }
        _ => None,
    }
}

/// "quarter million", "three quarters of a million", with the part's name at atom `at`.
pub(super) fn part_of_scale(line: &Line<'_>, from: usize, at: usize, numerator: Decimal) -> Option<Spelled> {
    let part = number_word(line.word(at)).filter(|w| w.role == Role::Part)?;
    let to = if line.word(at + 1) == "of" && line.word(at + 2) == "a" { at + 3 } else { at + 1 };
    let scale = number_word(line.word(to)).filter(|w| matches!(w.role, Role::Scale | Role::Group) && !w.plural)?;
    let value = numerator.checked_div(part.value)?.checked_mul(scale.value)?;
    let step = scale.value.checked_div(part.value)?;
    Some(Spelled { to: to + 1, value, step, scale: Some(scale.value), ..Spelled::words(from) })
}

/// Whether "quarters" at atom `i` are shares and not months or parts of a game.
pub(super) fn is_share(line: &Line<'_>, from: usize, i: usize, d: Decimal) -> bool {
    let quarter = d == Decimal::from(4) && line.word(i).starts_with("quarter");
    if !quarter || i > 0 && line.ties(i - 1) || line.word(i + 1) == "of" {
        return true;
    }
    let before = from.checked_sub(1).map_or("", |k| line.word(k));
    // "rose by a quarter"
    before == "by"
        || line.word(i) == "quarters"
            && line.word(from) == "three"
            && line.word(i + 1).is_empty()
            && matches!(before, "" | "about" | "than" | "nearly" | "almost")
}

/// Whether a share can follow the word: "over half", "less than a quarter".
pub(super) fn is_hedge(word: &str) -> bool {
    matches!(word, "than" | "nearly" | "almost" | "about" | "over" | "under" | "around" | "roughly" | "least" | "just" | "only")
}

/// "half a million", "half million", "half a dozen", "half-dozen", "half of", "half the", "half an hour", with "half" at atom `i`.
pub(super) fn half(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let half = Decimal::new(5, 1);
    // "half-hour" and "half-point", but not "half-time".
    let tied = line.ties(i + 1)
        && (number_word(line.word(i + 2)).is_some()
            || matches!(line.word(i + 2), "point" | "percentage")
            || unit::after(line, i + 2, false).is_some());
    let article = matches!(line.word(i + 1), "a" | "an") || tied;
    if let Some(out) = part_of_scale(line, i, i, Decimal::ONE) {
        return Some(out);
    }
    if article
        && let Some(word) = number_word(line.word(i + 2))
        && matches!(word.role, Role::Scale | Role::Group | Role::Hundred)
        && !word.plural
    {
        let run = words::run(line, i + 2, Some((half, half)))?;
        return Some(Spelled { to: run.to, value: run.value, step: run.step, scale: Some(word.value), ..Spelled::words(i) });
    }
    let before = i.checked_sub(1).map_or("", |k| line.word(k));
    if matches!(before, "first" | "second" | "other" | "better" | "latter") {
        return None;
    }
    let next = line.word(i + 1);
    let owned = matches!(next, "of" | "the" | "its" | "their" | "his" | "her" | "our" | "that" | "as" | "point" | "percentage");
    // "half mile".
    let measured = unit::after(line, i + 1, false)
        .is_some_and(|(u, _)| matches!(u.dimension, Dimension::Time | Dimension::Length | Dimension::Volume | Dimension::Mass));
    let hedged = measured || is_hedge(before) || matches!(before, "a" | "by") && next.is_empty();
    (article || owned || hedged).then(|| Spelled {
        to: i + 1,
        value: half,
        step: fraction_step(half),
        shape: Shape::Fraction,
        ..Spelled::words(i)
    })
}
