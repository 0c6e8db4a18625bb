//! Times of day in words: "half past three", "a quarter to five", "ten thirty a.m.", "three o'clock in the afternoon".

use super::Words;
use crate::claim::date::{DayPart, ShiftUnit, lex::Lex};

/// A time of day as spoken.
pub(super) struct Spoken {
    /// Minutes after midnight, before noon if nothing says otherwise.
    pub(super) minute: u16,
    /// Whether only the face of the clock is known.
    pub(super) twelve: bool,
    pub(super) end: usize,
}

impl Words<'_> {
    pub(super) fn spoken(&self, i: usize) -> Option<Spoken> {
        self.past_or_to(i).or_else(|| self.hour_in_words(i))
    }

    /// "half past three", "a quarter to five", "ten minutes after noon", "20 to 6 p.m."
    fn past_or_to(&self, i: usize) -> Option<Spoken> {
        let mut at = i + usize::from(self.is(i, &["a"]));
        let (minutes, sure) = match self.lex(at) {
            Lex::Half if at == i => (30, true),
            Lex::Unit { unit: ShiftUnit::Quarter, .. } if self.is(at, &["quarter"]) => (15, true),
            Lex::Int { value, digits: 1..=2 } if at == i && (1..=30).contains(&value) => (value as u16, false),
            Lex::Cardinal(n) if at == i && (1..=30).contains(&n) => (n, false),
            _ => return None,
        };
        at += 1;
        let named = matches!(self.lex(at), Lex::Unit { unit: ShiftUnit::Minute, .. });
        at += usize::from(named);
        let past = match () {
            () if self.is(at, &["past"]) => true,
            () if self.is(at, &["after"]) && (named || minutes == 15) => true,
            () if self.is(at, &["to", "till", "before"]) => false,
            () => return None,
        };
        let (hour, twelve, end) = match self.lex(at + 1) {
            // "a quarter to midnight"
            Lex::Noon(minute) => (minute, false, at + 2),
            _ => {
                let hour = self.hour(at + 1)?;
                let (half, end) = self.half_of_day(at + 2);
                // "five to three" is a vote.
                let clear = half.is_some() || end > at + 2 || past || named || sure && !matches!(minutes, 30);
                if !clear || matches!(self.lex(end), Lex::Unit { .. }) {
                    return None;
                }
                (hour % 12 * 60 + if half == Some(true) { 720 } else { 0 }, half.is_none(), end)
            }
        };
        let minute = if past { hour + minutes } else { (hour + 1440 - minutes) % 1440 };
        Some(Spoken { minute, twelve, end })
    }

    /// "three o'clock", "ten thirty a.m.", "eight in the evening".
    fn hour_in_words(&self, i: usize) -> Option<Spoken> {
        let Lex::Cardinal(_) = self.lex(i) else { return None };
        let hour = self.hour(i)?;
        let (minute, at) = match self.lex(i + 1) {
            Lex::Cardinal(n) if (10..60).contains(&n) => (n, i + 2),
            _ => (0, i + 1),
        };
        let (half, end) = self.half_of_day(at);
        // "one in the morning" may be one of the papers.
        let clear = end > at && (matches!(self.lex(at), Lex::Meridiem(_)) || self.is(at, &["o'clock", "o’clock"]));
        if !(clear || half.is_some() && self.is(i.wrapping_sub(1), &["at"])) {
            return None;
        }
        Some(Spoken { minute: hour % 12 * 60 + minute + if half == Some(true) { 720 } else { 0 }, twelve: half.is_none(), end })
    }

    fn hour(&self, i: usize) -> Option<u16> {
        match self.lex(i) {
            Lex::Int { value, digits: 1..=2 } if (1..=12).contains(&value) => Some(value as u16),
            Lex::Cardinal(n) if (1..=12).contains(&n) => Some(n),
            _ => None,
        }
    }

    /// Whether the afternoon is meant, where "p.m." or "in the morning" says so, perhaps after "o'clock"; and where that ends.
    pub(super) fn half_of_day(&self, at: usize) -> (Option<bool>, usize) {
        let at = at + usize::from(self.is(at, &["o'clock", "o’clock", "oclock"]));
        match self.lex(at) {
            Lex::Meridiem(pm) => (Some(pm), at + 1),
            _ if self.is(at, &["in"]) && self.is(at + 1, &["the"]) => match self.lex(at + 2) {
                Lex::Part(part) => (Some(part != DayPart::Morning), at + 3),
                _ => (None, at),
            },
            _ if self.is(at, &["at"]) && self.lex(at + 1) == Lex::Part(DayPart::Night) => (Some(true), at + 2),
            _ => (None, at),
        }
    }
}
