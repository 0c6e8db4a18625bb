//! Numerals: the characters that spell a value.

mod lexicon;
mod parse;
mod part;
mod spoken;
mod words;

use rust_decimal::Decimal;

pub(super) use lexicon::number_words;
pub(super) use parse::{Shape, Spelled, parse, scale, small};
pub(super) use part::and_a_part;

use crate::text::Span;

/// A value as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// The characters that spell it, in bytes: "1.2 million", "two dozen", "a third".
    pub span: Span,
    /// The exact value.
    pub value: Decimal,
    /// The value of one step of the last digit written: 0.1 for "3.5", 100,000 for "1.2 million", 1 for "40,000".
    pub step: Decimal,
}
