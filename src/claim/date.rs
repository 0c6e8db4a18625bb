//! Dates and times of day.

use jiff::civil::{Date, Weekday};

use super::Mention;
use crate::prose::Prose;

/// What sort of date it is, by the finest part written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// A day of a month, with or without a year.
    Day,
    /// A weekday alone, or "last Friday".
    Weekday,
    /// "today", "yesterday", "two days ago", "last night", "earlier this week": counted from the day of publication.
    Relative,
    /// A week.
    Week,
    /// A month, with or without a year.
    Month,
    /// A quarter or a season.
    Quarter,
    /// A year.
    Year,
    /// A decade or a century.
    Decade,
    /// A time of day, with or without a date.
    Time,
    /// A named day: "Christmas", "Election Day".
    Holiday,
}

/// Which part of a period is meant, or on which side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// "early", "mid-", "late": the part of the period.
    Early,
    /// "mid-".
    Mid,
    /// "late".
    Late,
    /// "before", "until", "by".
    Before,
    /// "after", "since", "from".
    After,
    /// "about", "around".
    About,
}

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Minutes after midnight.
    pub minute: u16,
    /// The zone as written, in capitals: "EST", "GMT", "LOCAL".
    pub zone: Option<String>,
}

/// A date with what is written of it. What is not written is `None`: a year is never supplied from the day of publication, except in
/// `earliest` and `latest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The finest part written.
    pub form: DateForm,
    /// The year.
    pub year: Option<i16>,
    /// The quarter, 1 to 4.
    pub quarter: Option<u8>,
    /// The season, in lower case: "spring", "summer", "autumn", "winter".
    pub season: Option<String>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// The weekday.
    pub weekday: Option<Weekday>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// Days, for "yesterday" (−1) and the like; weeks, months and years for those forms: how far from the publication.
    pub shift: Option<i32>,
    /// The name of a holiday or a named day, folded.
    pub name: Option<String>,
    /// Which part of the period, or on which side.
    pub edge: Option<Edge>,
    /// The first day it can mean, where the text gives enough, or the day of publication does.
    pub earliest: Option<Date>,
    /// The last day it can mean.
    pub latest: Option<Date>,
}

/// The dates of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let _ = prose;
    Vec::new()
}
