//! Dates and times of day.
//!
//! `lex` says what each word can be in a date, `grammar` puts them together, `year` decides which bare numbers are years, `resolve`
//! counts from the day of publication, `holiday` knows the named days, `likeness` compares two dates.

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::{Date, Weekday};

use super::Mention;
use crate::prose::Prose;

mod grammar;
mod holiday;
mod lex;
mod likeness;
mod resolve;
mod stored;
mod year;

pub use likeness::{DateLikeness, holds_undated, period_before, same, wrong_weekday};

/// What sort of date it is, by the finest part written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
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

/// Where the clause around a date lies, seen from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Tense {
    /// "met on Monday".
    Past,
    /// "will meet on Monday", "is due on Monday".
    Future,
    /// Neither is sure: the nearest day is meant.
    Unknown,
}

/// A piece of a period, counted from its beginning or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Piece {
    /// Which, from 1; −1 for the last.
    pub nth: i8,
    /// How many from there: 9 for "the first nine months".
    pub count: u8,
    /// What is counted.
    pub unit: PieceUnit,
}

/// What a piece of a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PieceUnit {
    Day,
    Weekday(#[borsh(serialize_with = "stored::put_this_weekday", deserialize_with = "stored::get_this_weekday")] Weekday),
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
}

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Clock {
    /// Minutes after midnight.
    pub minute: u16,
    /// Whether only the face of the clock is known: "5 o'clock", "half past three", "5:30". Then `minute` is before noon.
    pub twelve: bool,
    /// The zone as written, in capitals: "EST", "GMT", "LOCAL".
    pub zone: Option<String>,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum DayPart {
    /// "morning".
    Morning,
    /// "afternoon".
    Afternoon,
    /// "evening".
    Evening,
    /// "night", "tonight".
    Night,
}

impl DayPart {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "morning" => Self::Morning,
            "afternoon" => Self::Afternoon,
            "evening" => Self::Evening,
            "night" => Self::Night,
            _ => return None,
        })
    }
}

/// What a shift counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ShiftUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl ShiftUnit {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "fortnight" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }
}

/// A date with what is written of it. What is not written is `None`: a year is never supplied from the day of publication, except in
/// `earliest` and `latest`.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
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
    #[borsh(serialize_with = "stored::put_weekday", deserialize_with = "stored::get_weekday")]
    pub weekday: Option<Weekday>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// How far from the publication, in `shift_unit`: −1 for "yesterday", "last week" and "a year ago", 0 for "today".
    pub shift: Option<i32>,
    /// What `shift` counts; also set where the number is vague ("a few days ago").
    pub shift_unit: Option<ShiftUnit>,
    /// Whether `shift` is counted from another event rather than from the publication: "three weeks later".
    pub floating: bool,
    /// Whether `shift` is only a guess at a vague number: "a few days ago"; of a year, whether `edge` only hints: "early in 2016".
    pub vague: bool,
    /// Whether the whole time between then and the publication is meant: "the past two years".
    pub period: bool,
    /// What a floating shift is counted from, where that is a date: "two days after Christmas".
    pub anchor: Option<Box<DateMention>>,
    /// The part of the day: "Monday night", "this morning".
    pub part: Option<DayPart>,
    /// The name of a holiday or a named day, folded.
    pub name: Option<String>,
    /// What of the period: "the first Tuesday of October", "the first nine months of 2024".
    pub piece: Option<Piece>,
    /// Whether it comes again and again: "every Tuesday".
    pub set: bool,
    /// Which part of the period, or on which side.
    pub edge: Option<Edge>,
    /// Where its clause lies.
    pub tense: Tense,
    /// The first day it can mean, where the text gives enough, or the day of publication does.
    #[borsh(serialize_with = "stored::put_day", deserialize_with = "stored::get_day")]
    pub earliest: Option<Date>,
    /// The last day it can mean.
    #[borsh(serialize_with = "stored::put_day", deserialize_with = "stored::get_day")]
    pub latest: Option<Date>,
}

impl DateMention {
    /// Whether it is an hour or a part of the day alone, of a day that is not written.
    #[must_use]
    pub fn is_of_some_day(&self) -> bool {
        self.form == DateForm::Time && self.weekday.is_none() && self.day.is_none() && self.shift.is_none()
    }

    fn new(form: DateForm) -> Self {
        Self {
            form,
            year: None,
            quarter: None,
            season: None,
            month: None,
            day: None,
            weekday: None,
            clock: None,
            shift: None,
            shift_unit: None,
            floating: false,
            vague: false,
            period: false,
            anchor: None,
            part: None,
            name: None,
            piece: None,
            set: false,
            edge: None,
            tense: Tense::Unknown,
            earliest: None,
            latest: None,
        }
    }
}

/// The dates of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    grammar::read(prose)
}

#[cfg(test)]
mod tests;
