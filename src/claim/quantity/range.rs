//! Two numbers in one figure: ranges, scores, shares.

use rust_decimal::Decimal;

use super::{
    Form,
    amount::{self, Amount},
    figure::{Figure, rate},
    guard,
};
use crate::claim::{
    atom::{AtomKind, Line},
    numeral::{Shape, parse},
    unit::{self, Dimension},
};

/// Two amounts with "to", "and", "or" or a dash between them, or a score.
pub(super) fn range(line: &Line<'_>, a: &Amount, free: usize) -> Option<Figure> {
    if matches!(a.spelled.shape, Shape::Ordinal | Shape::Vague { .. }) {
        return None;
    }
    let before = a.from.checked_sub(1).map_or("", |k| line.word(k));
    let mut at = a.to;
    let mut separator = "";
    if line.ties(at) && line.word(at + 1) == "to" && line.ties(at + 2) {
        // "a 2-to-1 margin".
        (separator, at) = ("to", at + 3);
    } else if line.is_dash(at) && line.word(at + 1) == "to" {
        (separator, at) = ("to", at + 2);
    } else if line.is_dash(at) {
        // "5--7": a dash as typewriters and TeX have it.
        let marks = if line.is_hyphen(at) && line.is_hyphen(at + 1) && line.glued(at + 1) { 2 } else { 1 };
        let both = line.glued(at) == line.glued(at + marks);
        let spaced = !line.glued(at);
        if !both || spaced && !(a.spelled.digits && line.kind(at + marks) == Some(AtomKind::Digits)) {
            return None;
        }
        (separator, at) = ("-", at + marks);
    } else if matches!(line.word(at), "to" | "and" | "or" | "through") {
        (separator, at) = (line.word(at), at + 1);
    }
    // "in the range of $9 million and $10 million"
    let range_of = before == "of" && a.from > 1 && matches!(line.word(a.from - 2), "range" | "ranges");
    if separator.is_empty() || separator == "and" && before != "between" && !range_of {
        return None;
    }
    let b = amount::read(line, at, at)?;
    if b.spelled.digits != a.spelled.digits && separator == "-" || b.spelled.article && separator != "and" {
        return None;
    }
    if matches!(b.spelled.shape, Shape::Ordinal | Shape::Vague { .. }) {
        return None;
    }
    let (mut low, mut high) = (a.spelled.value, b.spelled.value);
    // "ranged from -18C to -34C" has its lower end last.
    let ranged =
        before == "from" && a.from > 1 && matches!(line.word(a.from - 2), "ranged" | "ranges" | "ranging" | "range" | "varied");
    if ranged && low > high && a.spelled.scale == b.spelled.scale {
        (low, high) = (high, low);
    }
    let mut step = a.spelled.step;
    if a.spelled.scale.is_none()
        && let Some(scale) = b.spelled.scale
        && low < Decimal::ONE_THOUSAND
        && let Some(scaled) = low.checked_mul(scale)
        && scaled < high
    {
        low = scaled;
        step = step.checked_mul(scale)?;
    }
    let same_unit = match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.name == b.name || a.dimension == Dimension::Money && b.dimension == Dimension::Money,
        (Some(_), None) => a.leading,
        (None, _) => true,
    };
    if !same_unit {
        return None;
    }
    let unit = if b.leading || b.unit.is_none() { a.unit.clone().or(b.unit.clone()) } else { b.unit.clone() };
    let mut figure = Figure::plain(&a.spelled);
    figure.from = a.from;
    figure.to = b.to;
    figure.numeral = (a.spelled.from, b.spelled.to);
    figure.tied = b.tied;
    figure.step = step.min(b.spelled.step);
    let whole = low.fract().is_zero() && high.fract().is_zero();
    match separator {
        "-" if unit.is_none() && whole && a.spelled.digits && guard::is_score(line, a.from, b.to, low, high) => {
            (figure.low, figure.high, figure.form) = (Some(low), Some(high), Form::Score);
            return Some(figure);
        }
        "to" if unit.is_none() && whole && low > high && before != "from" => {
            (figure.low, figure.high, figure.form) = (Some(low), Some(high), Form::Score);
            return Some(figure);
        }
        // "will rise 2p to 67p" moves by the one to the other.
        // "rose by a third to £4.5m".
        "to" if a.unit.is_none() && b.leading && a.spelled.shape == Shape::Fraction => return None,
        "to" if before == "by" && a.leading && b.leading => return None,
        "to" if (super::change::is_change(before) || before == "by")
            && (a.unit.is_some() && b.unit.is_some() && !a.leading || high > low.saturating_mul(Decimal::from(3))) =>
        {
            return None;
        }
        "to" if (before == "from" || before == "by" && a.unit.is_some())
            && super::change::verb_before(line, a.from - 1).is_some() =>
        {
            return None;
        }
        "or" if high > low.saturating_add(low) => return None,
        _ => {}
    }
    if low >= high || unit.is_none() && guard::is_year_range(line, a.from, &a.spelled, &b.spelled) {
        return None;
    }
    (figure.low, figure.high, figure.unit) = (Some(low), Some(high), unit);
    if (separator == "and" && before == "between" || separator == "to" && before == "from") && a.from > free {
        figure.from -= 1;
    }
    Some(rate(line, figure))
}

/// "45 ± 3 kg", "9.8 +/- 0.1": a value and how far it may be off.
pub(super) fn tolerance(line: &Line<'_>, a: &Amount) -> Option<Figure> {
    let at = match line.mark(a.to) {
        Some('±') => a.to + 1,
        Some('+') if line.mark(a.to + 1) == Some('/') && line.is_dash(a.to + 2) && line.glued(a.to + 2) => a.to + 3,
        _ => return None,
    };
    let b = amount::read(line, at, at).filter(|b| b.spelled.shape == Shape::Cardinal && b.spelled.digits && !b.leading)?;
    let same = match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.name == b.name && a.per == b.per,
        _ => true,
    };
    if a.spelled.shape != Shape::Cardinal || !same || b.spelled.value <= Decimal::ZERO {
        return None;
    }
    let mut figure = Figure::plain(&a.spelled);
    (figure.low, figure.high) =
        (Some(a.spelled.value.checked_sub(b.spelled.value)?), Some(a.spelled.value.checked_add(b.spelled.value)?));
    (figure.from, figure.to, figure.numeral) = (a.from, b.to, (a.spelled.from, b.spelled.to));
    figure.step = a.spelled.step.min(b.spelled.step);
    figure.unit = b.unit.clone().or(a.unit.clone());
    Some(rate(line, figure))
}

/// "one in five", "seven out of 10".
pub(super) fn of_total(line: &Line<'_>, a: &Amount) -> Option<Figure> {
    if a.unit.is_some() || a.spelled.shape != Shape::Cardinal {
        return None;
    }
    let (word, at) = match (line.word(a.to), line.word(a.to + 1)) {
        ("out", "of") => ("out", a.to + 2),
        ("in", "every") => ("in", a.to + 2),
        ("over", _) => ("over", a.to + 1),
        ("in", _) => ("in", a.to + 1),
        _ => return None,
    };
    let total = parse(line, at).filter(|t| t.shape == Shape::Cardinal)?;
    let (n, d) = (a.spelled.value, total.value);
    // "one over twenty", and no more words.
    if word == "over"
        && (n.abs() > Decimal::TEN || !line.word(total.to).is_empty() || line.mark(total.to) == Some('%') || line.ties(total.to))
    {
        return None;
    }
    let whole = n.fract().is_zero() && d.fract().is_zero();
    if !whole
        || n >= d
        || n <= Decimal::ZERO && word != "over"
        || n.is_zero()
        || word == "in" && (guard::is_year(line, &total) || unit::after(line, total.to, total.digits).is_some())
    {
        return None;
    }
    if word == "in" && n > Decimal::TEN || total.value > Decimal::from(1_000_000_000) {
        return None;
    }
    let mut figure = Figure::plain(&a.spelled);
    let value = n.checked_div(d)?;
    (figure.low, figure.high) = (Some(value), Some(value));
    figure.step = (value.abs() / Decimal::TEN).min(Decimal::new(5, 2));
    figure.form = Form::Fraction;
    figure.from = a.from;
    figure.to = total.to;
    figure.numeral = (a.spelled.from, total.to);
    Some(figure)
}
