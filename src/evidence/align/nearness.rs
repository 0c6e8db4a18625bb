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
