//! How near two values that differ are to each other. A slip or a mix-up leaves something of the right value: its digits, its magnitude, the
//! given name, the sort of date. Two things that have nothing to do with each other mostly share none of it.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    claim::{DateMention, Quantity},
    evidence::outline::Word,
};

/// The shortest word of a name that tells something.
const LONG: usize = 3;

/// The smaller of two amounts as a share of the greater, each in the base unit of its dimension.
pub(super) fn magnitude(a: &Quantity, b: &Quantity) -> f32 {
    let amount = |q: &Quantity| {
        let factor = q.unit.as_ref().map_or(Decimal::ONE, |u| u.factor);
        q.low.or(q.high)?.checked_mul(factor)?.abs().to_f32()
    };
    match (amount(a), amount(b)) {
        (Some(a), Some(b)) if a > 0.0 && b > 0.0 => (a / b).min(b / a),
        _ => 0.0,
    }
}

/// How like the digits of two amounts are, zeros at the end apart; 0 where one has a single digit, which is like any other.
pub(super) fn digits(a: &Quantity, b: &Quantity) -> f32 {
    let digits = |q: &Quantity| {
        let value = q.low.or(q.high)?.normalize().mantissa().unsigned_abs().to_string();
        Some(value.trim_end_matches('0').to_owned()).filter(|d| d.len() > 1)
    };
    match (digits(a), digits(b)) {
        (Some(a), Some(b)) => strsim::normalized_damerau_levenshtein(&a, &b) as f32,
        _ => 0.0,
    }
}

/// Whether two names of several words have one in common: somebody's given name, a kind of institution.
pub(super) fn shared_word(a: &[Word], b: &[Word]) -> bool {
    let telling = |w: &&Word| w.folded.chars().count() >= LONG;
    let (ours, theirs) = (a.iter().filter(telling).count(), b.iter().filter(telling).count());
    ours > 1 && theirs > 1 && a.iter().filter(telling).any(|x| b.iter().any(|y| x.folded == y.folded))
}

/// How many letters two names have in common, 0 to 1.
pub(super) fn letters(a: &[Word], b: &[Word]) -> f32 {
    let join = |words: &[Word]| words.iter().map(|w| &*w.folded).collect::<Vec<&str>>().join(" ");
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
