//! Whether two quantities can both be true of one thing. The other kinds have theirs beside their readers.

use rust_decimal::Decimal;

use super::{Approximation, Dimension, Extent, Form, Quantity, Unit};

/// How a quantity stands to another that may be about the same thing. Not symmetric: the first is held against the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantityLikeness {
    /// The same amount, bounds included.
    Same,
    /// A fair rounding of the second.
    Rounded,
    /// The second implies it: "at least 30" of "more than 40", "dozens" of "48".
    Entailed,
    /// It says more than the second does, and may be right: "43" of "more than 40".
    Finer,
    /// Both have the same number, but the first adds a bound that the second lacks: "more than 40" of "40".
    Bounded,
    /// Both have the same number, but it goes the other way: rose, fell.
    Reversed,
    /// They cannot both be true.
    Differs,
    /// They measure different things.
    Incomparable,
}

impl QuantityLikeness {
    /// Whether a writer who has the second may write the first.
    #[must_use]
    pub fn agrees(self) -> bool {
        matches!(self, Self::Same | Self::Rounded | Self::Entailed)
    }
}

/// An interval of amounts in the base unit; `None` is no end.
#[derive(Clone, Copy, Debug)]
struct Interval {
    low: Option<Decimal>,
    high: Option<Decimal>,
    low_open: bool,
    high_open: bool,
}

impl Interval {
    /// Whether an amount lies in both.
    fn meets(self, other: Self) -> bool {
        fn below(high: Option<Decimal>, high_open: bool, low: Option<Decimal>, low_open: bool) -> bool {
            match (high, low) {
                (Some(high), Some(low)) => high < low || high == low && (high_open || low_open),
                _ => false,
            }
        }
        !below(self.high, self.high_open, other.low, other.low_open)
            && !below(other.high, other.high_open, self.low, self.low_open)
    }

    /// Whether every amount of `other` lies in `self`.
    fn holds(self, other: Self) -> bool {
        let low = match (self.low, other.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a < b || a == b && (!self.low_open || other.low_open),
        };
        let high = match (self.high, other.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a > b || a == b && (!self.high_open || other.high_open),
        };
        low && high
    }
}

/// Holds one quantity against another.
#[must_use]
pub fn quantity(draft: &Quantity, source: &Quantity) -> QuantityLikeness {
    use QuantityLikeness::{Bounded, Differs, Entailed, Finer, Incomparable, Reversed, Rounded, Same};
    let Some((d, s)) = common(draft, source) else {
        // "From 38 to 45" of "from 38 feet to 45 feet", "the woman, 68," of "a 68-year-old woman": the unit may go without saying, but then
        // only the same number tells.
        let plain = |form: Form| matches!(form, Form::Cardinal | Form::Age);
        let bare = plain(draft.form) && plain(source.form) && draft.unit.is_none() != source.unit.is_none();
        let same = draft.low == source.low && draft.high == source.high;
        return match same {
            true if bare && other_extent(draft, source) => Differs,
            true if bare && other_direction(draft, source) => Reversed,
            true if bare => Same,
            true if other_currency(draft, source) || points(draft, source) => Differs,
            _ => Incomparable,
        };
    };
    if is_share(draft) && is_growth(source) || is_growth(draft) && is_share(source) {
        return Incomparable;
    }
    if draft.form == Form::Score {
        let straight = (draft.low, draft.high) == (source.low, source.high);
        return if straight || (draft.low, draft.high) == (source.high, source.low) { Same } else { Differs };
    }
    let likeness = amounts(draft, &d, source, &s);
    let directed = |q: &Quantity| q.change.is_some_and(|c| c.direction.is_some());
    match likeness {
        // "Rose by 5 percent" of "rose to 5 percent".
        Same | Rounded | Entailed | Finer | Bounded if directed(draft) && directed(source) && other_extent(draft, source) => {
            Differs
        }
        Same | Rounded | Entailed | Finer | Bounded if other_direction(draft, source) => Reversed,
        _ if other_rate(draft, source) => Differs,
        likeness => likeness,
    }
}

/// Whether an amount that was worked out exactly bears out a figure as it is written: rounded, hedged or bounded, and with whatever unit.
#[must_use]
pub fn renders(draft: &Quantity, exact: Decimal) -> bool {
    // Finer than anybody writes.
    let source = Quantity {
        low: Some(exact),
        high: Some(exact),
        low_open: false,
        high_open: false,
        step: Decimal::new(1, 9),
        approximation: Approximation::None,
        vague: false,
        ..draft.clone()
    };
    quantity(draft, &source).agrees()
}

fn amounts(draft: &Quantity, d: &Scale, source: &Quantity, s: &Scale) -> QuantityLikeness {
    use QuantityLikeness::{Bounded, Differs, Entailed, Finer, Rounded, Same};
    let ends = |i: Interval| (i.low, i.high, i.low_open, i.high_open);
    if ends(d.written) == ends(s.written) && draft.low != draft.high {
        return Same;
    }
    let (points, same_number) = (d.point.zip(s.point), d.number.is_some() && d.number == s.number);
    let exact = |q: &Quantity| q.approximation == Approximation::None && !q.vague;
    if same_number && d.written.low_open == s.written.low_open && d.side == s.side {
        return Same;
    }
    if let Some((a, b)) = points {
        if a == b {
            return Same;
        }
        // "An outflow of $12 million" of "a cash flow of negative $12 million": which it is, the noun says.
        if a == -b && draft.unit.as_ref().is_some_and(|u| matches!(u.dimension, Dimension::Money | Dimension::Percent)) {
            return Finer;
        }
        if exact(draft) && exact(source) {
            let gap = (a - b).abs();
            let half = Decimal::new(5, 1);
            // "100 degrees Fahrenheit" of "38 degrees Celsius".
            let other_unit = draft.unit.as_ref().map(|u| &u.name) != source.unit.as_ref().map(|u| &u.name);
            let converted = other_unit && (gap <= half * (d.step + s.step) || converted(draft, d, a, b));
            let rounded = converted
                || d.step > s.step && gap <= half * d.step
                || a.abs() >= Decimal::ONE_HUNDRED && gap * Decimal::ONE_HUNDRED <= b.abs() && round_number(a, b);
            return if rounded {
                Rounded
            } else if gap <= half * s.step && s.step > d.step {
                Finer
            } else {
                Differs
            };
        }
    }
    // "About 1.4 million" of "some 1.2 million".
    let about = |q: &Quantity| q.approximation == Approximation::About && !q.vague;
    if let Some((a, b)) = points.filter(|_| about(draft) && about(source)) {
        let rounded = |q: &Quantity, s: &Scale| s.step.max(round_step(q, factor(q)) / Decimal::TWO);
        if (a - b).abs() > rounded(draft, d).max(rounded(source, s)) {
            return Differs;
        }
    }
    if same_number {
        // The same number under other bounds.
        return match (d.side, s.side) {
            // "About 50" of "just over 50", but not "50" of it.
            (Side::None, _) if s.side != Side::None && draft.approximation != Approximation::About => Finer,
            (Side::Above, Side::None) if d.written.low_open => Bounded,
            (Side::Below, Side::None) if d.written.high_open && draft.approximation == Approximation::None => Bounded,
            (Side::Above, Side::Below) | (Side::Below, Side::Above) => Differs,
            _ => Entailed,
        };
    }
    // Two bounds of one sort, or two ranges, with other ends: whoever copies a bound copies its number.
    let bounds =
        d.side != Side::None && d.side == s.side && d.number.is_some() && s.number.is_some() && !draft.vague && !source.vague;
    let range = |q: &Quantity| !q.vague && q.low.is_some() && q.high.is_some() && q.low != q.high;
    // "More than 200" of "at least 212".
    let looser = bounds
        && d.side == Side::Above
        && matches!(d.number.zip(s.number), Some((a, b)) if b > a && b - a <= a / Decimal::from(5) && (round_number(a, b) || d.step > s.step));
    if looser {
        return Entailed;
    }
    if bounds && !same_number || range(draft) && range(source) {
        return Differs;
    }
    if d.written.holds(s.implied) && !far(d, s) {
        Entailed
    } else if !d.implied.meets(s.implied) {
        Differs
    } else if d.implied.holds(s.implied) {
        Entailed
    } else {
        Finer
    }
}

/// Whether an amount in another unit is the source's, rounded as conversions are: "800 hectares" of "2,000 acres". Degrees are not.
fn converted(draft: &Quantity, d: &Scale, a: Decimal, b: Decimal) -> bool {
    let degrees = draft.unit.as_ref().is_none_or(|u| u.dimension == Dimension::Temperature);
    let gap = (a - b).abs();
    !degrees && gap * Decimal::TWO <= round_step(draft, factor(draft)).max(d.step) && gap * Decimal::from(25) <= b.abs()
}

/// How many of the base unit one of a quantity's unit is.
fn factor(q: &Quantity) -> Decimal {
    q.unit.as_ref().map_or(Decimal::ONE, |u| u.factor)
}

/// Whether a bound is so loose that nobody would write it of the other: "more than 30" of 138.
fn far(d: &Scale, s: &Scale) -> bool {
    let (Some(bound), Some(amount)) = (d.number, s.number.or(s.written.low)) else { return false };
    match d.side {
        Side::Above => amount > bound * Decimal::TWO,
        Side::Below => amount * Decimal::TWO < bound,
        Side::None => false,
    }
}

/// Which way a bound leaves the number open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    None,
    Above,
    Below,
}

/// A quantity in the base unit of its dimension.
struct Scale {
    /// The interval as written.
    written: Interval,
    /// The interval that a reader takes from it: "more than 40" is hardly 90.
    implied: Interval,
    /// The amount, if it is one amount, hedged or not.
    point: Option<Decimal>,
    /// The number that was written, with or without a bound.
    number: Option<Decimal>,
    side: Side,
    step: Decimal,
}

/// Both in one base unit, if they measure the same.
fn common(draft: &Quantity, source: &Quantity) -> Option<(Scale, Scale)> {
    use Form::{Age, Cardinal, Fraction, Multiple, Ordinal, Score};
    match (draft.form, source.form) {
        (Fraction, Cardinal) if source.is_percentage() => {
            return Some((scale(draft, Decimal::ONE_HUNDRED)?, scale(source, Decimal::ONE)?));
        }
        (Cardinal, Fraction) if draft.is_percentage() => {
            return Some((scale(draft, Decimal::ONE)?, scale(source, Decimal::ONE_HUNDRED)?));
        }
        (Cardinal, Cardinal) | (Ordinal, Ordinal) | (Fraction, Fraction) | (Multiple, Multiple) | (Age, Age) | (Score, Score) => {
        }
        _ => return None,
    }
    match (&draft.unit, &source.unit) {
        (None, None) => {}
        (Some(a), Some(b)) if alike(a, b) => {}
        _ => return None,
    }
    Some((scale(draft, Decimal::ONE)?, scale(source, Decimal::ONE)?))
}

/// Whether amounts in these units can be held against each other.
fn alike(a: &Unit, b: &Unit) -> bool {
    a.dimension == b.dimension && (!matches!(a.dimension, Dimension::Money | Dimension::Other) || a.name == b.name)
}

/// Whether both are money, of two currencies that nobody takes for one. A dollar sign may stand for any dollar.
fn other_currency(draft: &Quantity, source: &Quantity) -> bool {
    let code = |q: &Quantity| q.unit.as_ref().filter(|u| u.dimension == Dimension::Money).map(|u| u.name.clone());
    let dollar = |code: &str| code.len() == 3 && code.ends_with('D');
    matches!((code(draft), code(source)), (Some(a), Some(b)) if a != b && !(dollar(&a) && dollar(&b)))
}

/// Whether it is a percentage of something: "23% of the total".
fn is_share(q: &Quantity) -> bool {
    q.is_percentage() && q.base.is_some() && q.change.is_none()
}

/// Whether it is a percentage by which something changed: "grew 31%".
fn is_growth(q: &Quantity) -> bool {
    q.is_percentage() && q.base.is_none() && q.change.is_some_and(|change| change.extent == Extent::By)
}

/// Whether one is a percentage and the other a difference of two.
fn points(draft: &Quantity, source: &Quantity) -> bool {
    let of = |q: &Quantity| q.unit.as_ref().map(|u| (u.dimension, u.factor));
    let (Some((a, _)), Some((b, factor))) = (of(draft), of(source)) else { return false };
    factor == Decimal::ONE && matches!((a, b), (Dimension::Percent, Dimension::PercentagePoint))
}

/// Whether both are ends of a movement, but not the same one, or one is how far it went.
fn other_extent(draft: &Quantity, source: &Quantity) -> bool {
    matches!((draft.change, source.change), (Some(a), Some(b)) if a.extent != b.extent)
}

/// Whether one rose and the other fell.
fn other_direction(draft: &Quantity, source: &Quantity) -> bool {
    let direction = |q: &Quantity| q.change.and_then(|c| c.direction);
    matches!((direction(draft), direction(source)), (Some(a), Some(b)) if a != b)
}

/// Whether both are rates, per different things.
fn other_rate(draft: &Quantity, source: &Quantity) -> bool {
    let per = |q: &Quantity| q.unit.as_ref().and_then(|u| u.per.clone());
    matches!((per(draft), per(source)), (Some(a), Some(b)) if a != b)
}

fn scale(q: &Quantity, times: Decimal) -> Option<Scale> {
    let factor = times.checked_mul(q.unit.as_ref().map_or(Decimal::ONE, |u| u.factor))?;
    let offset = q.unit.as_ref().map_or(Decimal::ZERO, |u| u.offset);
    let base = |v: Decimal| v.checked_mul(factor).and_then(|v| v.checked_add(offset));
    let (low, high) = match (q.low, q.high) {
        (None, None) => return None,
        (low, high) => (low.map(base), high.map(base)),
    };
    let (low, high) = (low.map_or(Some(None), |v| v.map(Some))?, high.map_or(Some(None), |v| v.map(Some))?);
    let step = q.step.checked_mul(factor)?;
    let written = Interval { low, high, low_open: q.low_open, high_open: q.high_open };
    let point = if low == high { low } else { None };
    let side = match (low, high, q.approximation) {
        (Some(_), None, _) => Side::Above,
        (None, Some(_), _) => Side::Below,
        (Some(a), Some(b), Approximation::Nearly) if a == b => Side::Below,
        (Some(a), Some(b), Approximation::JustOver) if a == b => Side::Above,
        _ => Side::None,
    };
    let number = match (low, high) {
        (Some(a), Some(b)) if a != b => None,
        (low, high) => low.or(high),
    };
    let point = if side == Side::None { point } else { None };
    let tenth = Decimal::new(1, 1);
    let implied = match (number, side) {
        (Some(v), Side::Above) => {
            let room = round_step(q, factor).max(v.abs().checked_mul(tenth)?);
            Interval { low: Some(v), high: v.checked_add(room), low_open: q.low_open || low == high, high_open: false }
        }
        (Some(v), Side::Below) if q.approximation == Approximation::Nearly => {
            let room = round_step(q, factor).max(v.abs().checked_mul(tenth)?);
            Interval { low: v.checked_sub(room), high: Some(v), low_open: true, high_open: true }
        }
        // "Fewer than 40" is hardly 6.
        (Some(v), Side::Below) if !v.is_sign_negative() => {
            Interval { low: v.checked_div(Decimal::TWO), high: Some(v), low_open: true, high_open: q.high_open }
        }
        (Some(v), Side::None) if q.approximation == Approximation::About => {
            // "About 40,000" may be 37,000 or 43,000, "about 44,000" neither.
            let room = step.max(v.abs().checked_mul(tenth)?.min(hedged_step(q, factor)));
            Interval { low: v.checked_sub(room), high: v.checked_add(room), low_open: false, high_open: false }
        }
        _ => written,
    };
    Some(Scale { written, implied, point, number, side, step })
}

/// The value of the last digit of a number that is not zero: 10,000 for 40,000. In the base unit.
fn round_step(q: &Quantity, factor: Decimal) -> Decimal {
    let Some(mut v) = q.low.or(q.high).map(|v| v.normalize()) else { return q.step };
    let mut step = q.step.max(Decimal::ONE);
    if !v.fract().is_zero() || v.is_zero() {
        return q.step * factor;
    }
    v /= step;
    while !v.is_zero() && (v % Decimal::TEN).is_zero() {
        v /= Decimal::TEN;
        step *= Decimal::TEN;
    }
    step * factor
}

/// How far off a hedged number may be: one in its last digit that is not zero, five if it ends in a five. In the base unit.
fn hedged_step(q: &Quantity, factor: Decimal) -> Decimal {
    let step = round_step(q, Decimal::ONE);
    let five = Decimal::from(5);
    let ends_in_five = q.low.or(q.high).is_some_and(|v| !step.is_zero() && (v / step % Decimal::TEN).abs() == five);
    step * factor * if ends_in_five { five } else { Decimal::ONE }
}

/// Whether `a` looks like a rounding of `b`: it ends in more zeros.
fn round_number(a: Decimal, b: Decimal) -> bool {
    let zeros = |v: Decimal| {
        let v = v.normalize();
        let digits = v.mantissa().unsigned_abs().to_string();
        (digits.len() - digits.trim_end_matches('0').len()) as i64 - i64::from(v.scale())
    };
    zeros(a) > zeros(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// A count written like "40", ">40", ">=40", "<40", "<=40", "~40" (about), "^40" (nearly), "40..50"; `m` after it for a million.
    fn read(text: &str) -> Quantity {
        let (sign, number) = text.split_at(text.find(|c: char| c.is_ascii_digit()).unwrap());
        let scale = |n: &str| match n.strip_suffix('m') {
            Some(n) => (n.parse::<Decimal>().unwrap(), Decimal::from(1_000_000)),
            None => (n.parse::<Decimal>().unwrap(), Decimal::ONE),
        };
        let (a, b) = number.split_once("..").unwrap_or((number, number));
        let ((low, times), (high, _)) = (scale(a), scale(b));
        let (low_end, high_end) = match sign {
            ">" | ">=" => (Some(low * times), None),
            "<" | "<=" => (None, Some(high * times)),
            _ => (Some(low * times), Some(high * times)),
        };
        Quantity {
            numeral: Span::new(0, 0),
            low: low_end,
            high: high_end,
            low_open: sign == ">",
            high_open: sign == "<",
            step: Decimal::new(1, low.scale()) * times,
            approximation: match sign {
                "~" => Approximation::About,
                "^" => Approximation::Nearly,
                _ => Approximation::None,
            },
            vague: false,
            form: Form::Cardinal,
            unit: None,
            qualifier: None,
            change: None,
            entity: None,
            modifiers: None,
            base: None,
            rank: None,
        }
    }

    #[test]
    fn holds_one_against_the_other() {
        use QuantityLikeness::{Bounded, Differs, Entailed, Finer, Rounded, Same};
        for (draft, source, expected) in [
            ("138", "138", Same),
            ("183", "138", Differs),
            ("40000", "39872", Rounded),
            ("40000", "44000", Differs),
            ("1.2m", "1217000", Rounded),
            ("1.23m", "1.2m", Finer),
            ("1.3m", "1.2m", Differs),
            ("21", "20", Differs),
            ("6.84", "6.86", Differs),
            ("13", "13.8", Differs),
            (">40", ">40", Same),
            (">=40", ">40", Entailed),
            (">30", ">40", Differs),
            (">200", ">=212", Entailed),
            ("<=500", "<=300", Differs),
            ("38..54", "38..45", Differs),
            ("38..45", "38..45", Same),
            (">30", "45", Entailed),
            (">30", "138", Differs),
            ("<40", "6", Differs),
            ("<40", "35", Entailed),
            (">50", ">40", Differs),
            ("<40", ">40", Differs),
            ("43", ">40", Finer),
            ("40", ">40", Finer),
            (">40", "40", Bounded),
            (">=40", "40", Entailed),
            ("~40", "41", Entailed),
            ("^40", ">40", Differs),
            ("^40", "39", Entailed),
            ("40", "~40", Same),
            ("24..99", ">40", Entailed),
            ("200..999", ">40", Differs),
            ("3..5", "4", Entailed),
            ("3..5", "6", Differs),
        ] {
            assert_eq!(quantity(&read(draft), &read(source)), expected, "{draft} of {source}");
        }
    }
}
