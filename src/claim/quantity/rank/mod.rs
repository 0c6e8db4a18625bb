//! Superlatives and singularities: "the second-largest bank in the state", "the only survivor", "a record 40,000", "never before".

mod lead;
mod lexicon;
mod likeness;
mod read;
mod scope;
#[cfg(test)]
mod tests;
mod words;

pub use lexicon::{End, Scales};
pub use likeness::compare;
pub(super) use read::add;

use crate::text::Span;
use borsh::{BorshDeserialize, BorshSerialize};

/// What a superlative ranks by, and among what. Its place in the order is the value of the quantity: 1 for "largest", 2 for
/// "second-largest", 1 or more for "one of the largest".
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Rank {
    /// The word or words that rank, as the lists have them: "largest", "most expensive", "only", "record". Lower case.
    pub word: String,
    /// The end of its scale that the word stands at, where it says: not for "only", "record".
    pub end: Option<End>,
    /// The scales that the word may be on: none if it is on no list.
    pub scales: Scales,
    /// Whether several things share the rank: "the largest banks".
    pub plural: bool,
    /// Whether it is said of all time: "ever", "on record", "in history".
    pub ever: bool,
    /// Whether it is said of a time that began: "since 1998", "in ten years".
    pub since: bool,
    /// What is compared, where that follows, in bytes: "in the state", "of the year", "since 1998".
    pub scope: Option<Span>,
    /// Who has what is compared, in bytes: "the state" in "the state's largest bank".
    pub owner: Option<Span>,
}
