//! How near two values that differ are to each other. A slip or a mix-up leaves something of the right value: its digits, its magnitude, the
//! given name, the sort of date. Two things that have nothing to do with each other mostly share none of it.

use std::sync::Arc;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    claim::{DateMention, Quantity},
    evidence::word::Word,
};

/// The shortest word of a name that tells something.
const LONG: usize = 3;

/// The smaller of two amounts as a share of the greater, in the base unit of their dimension or as they are written, whichever is nearer:
/// "nine weeks" and "nine months". The same digits are the same, whatever their scale: "4 million" and "4 billion".
pub(super) fn magnitude(a: &Quantity, b: &Quantity) -> f32 {
    let share = |a: Option<Decimal>, b: Option<Decimal>| match (a.and_then(|a| a.to_f32()), b.and_then(|b| b.to_f32())) {
        (Some(a), Some(b)) if a > 0.0 && b > 0.0 => (a / b).min(b / a),
        _ => 0.0,
    };
    let amount = |q: &Quantity| q.low.or(q.high).map(|v| v.abs());
    let base = |q: &Quantity| amount(q)?.checked_mul(q.unit.as_ref().map_or(Decimal::ONE, |u| u.factor));
    let same = written(a).is_some_and(|digits| written(b) == Some(digits));
    if same { 1.0 } else { share(base(a), base(b)).max(share(amount(a), amount(b))) }
}

/// How like the digits of two amounts are, zeros at the end apart; 0 where one has a single digit, which is like any other.
pub(super) fn digits(a: &Quantity, b: &Quantity) -> f32 {
    match (written(a), written(b)) {
        (Some(a), Some(b)) if a > 9 && b > 9 => strsim::normalized_damerau_levenshtein(&a.to_string(), &b.to_string()) as f32,
        _ => 0.0,
    }
}

/// Whether two amounts have the same two digits or more, zeros at the end apart: "2.84 million" and "2.84 billion".
pub(super) fn same_digits(a: &Quantity, b: &Quantity) -> bool {
    written(a).is_some_and(|digits| digits > 9 && written(b) == Some(digits))
}

/// Whether two amounts are one, whatever it is that they measure: "14 pounds" and "14 kilos", up by 9,000 and down by as much.
pub(super) fn same_amount(a: &Quantity, b: &Quantity) -> bool {
    a.low.is_some() && a.low == a.high && a.low == b.low && a.high == b.high && a.low.is_some_and(|v| v > Decimal::ONE)
}

/// Whether two amounts are written with the same digits but for two neighbours that have changed places: "186,000" and "168,000".
pub(super) fn transposed(a: &Quantity, b: &Quantity) -> bool {
    let amount = |q: &Quantity| q.low.or(q.high).map(|v| v.normalize().abs().to_string());
    let (Some(a), Some(b)) = (amount(a), amount(b)) else { return false };
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = if a.len() == b.len() { (0..a.len()).filter(|&i| a[i] != b[i]).collect() } else { Vec::new() };
    matches!(differ[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
}

fn written(q: &Quantity) -> Option<u128> {
    q.low.or(q.high).map(significant)
}

/// The digits of an amount without the zeros at its end, as a number: 12 for 1,200 and for 0.12.
pub(super) fn significant(amount: Decimal) -> u128 {
    let mut digits = amount.normalize().mantissa().unsigned_abs();
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits
}

/// Whether two names of several words have one in common: somebody's given name, a kind of institution.
pub(super) fn shared_word(a: &[Arc<Word>], b: &[Arc<Word>]) -> bool {
    let telling = |w: &&Arc<Word>| w.folded.chars().count() >= LONG;
    let (ours, theirs) = (a.iter().filter(telling).count(), b.iter().filter(telling).count());
    ours > 1 && theirs > 1 && a.iter().filter(telling).any(|x| b.iter().any(|y| x.folded == y.folded))
}

/// How many letters two names have in common, 0 to 1.
pub(super) fn letters(a: &[Arc<Word>], b: &[Arc<Word>]) -> f32 {
    let join = |words: &[Arc<Word>]| words.iter().map(|w| &*w.folded).collect::<Vec<&str>>().join(" ");
    strsim::sorensen_dice(&join(a), &join(b)) as f32
}

/// How much two dates are of one make, 0 to 1: which of year, month, day, weekday and time of day both give or both leave out.
pub(super) fn make(a: &DateMention, b: &DateMention) -> f32 {
    let parts = |d: &DateMention| {
        [
            d.year.is_some(),
            d.month.is_some(),
            d.day.is_some(),
            d.weekday.is_some(),
            d.clock.is_some(),
            d.part.is_some(),
            d.shift_unit.is_some(),
            d.name.is_some(),
        ]
    };
    let (a, b) = (parts(a), parts(b));
    let same = a.iter().zip(&b).filter(|(x, y)| x == y).count();
    same as f32 / a.len() as f32
}

/// How near two dates are, 0 to 1: 0.6 for neighbouring days, 0.2 for a month, 0.1 for ten years; 0.3 where one is not known.
pub(super) fn closeness(a: &DateMention, b: &DateMention) -> f32 {
    let (Some(a), Some(b)) = (a.earliest, b.earliest) else { return 0.3 };
    let days = (a - b).get_days().unsigned_abs();
    1.0 / (1.0 + (days as f32).ln_1p())
}

/// How like the figures of two years are, 0 to 1; 1 where one has none.
pub(super) fn year(a: &DateMention, b: &DateMention) -> f32 {
    let year = |d: &DateMention| d.earliest.map(jiff::civil::Date::year).or(d.year).map(|year| year.to_string());
    match (year(a), year(b)) {
        (Some(a), Some(b)) => strsim::normalized_damerau_levenshtein(&a, &b) as f32,
        _ => 1.0,
    }
}
