//! Decades, centuries, quarters, seasons, and parts of a period.

use super::{Read, Words, is_period};
use crate::claim::date::{DateForm, DateMention, Edge, ShiftUnit, lex::Lex};

impl Words<'_> {
    pub(super) fn decade(&self, i: usize, first: i16) -> Read {
        // "in his sixties" is an age.
        if self.is(i.wrapping_sub(1), &["his", "her", "their", "its", "my", "your", "our"])
            && !self.text(i).starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        // "in the 80s" may be how warm it is, or how old somebody is.
        if self.text(i).len() == 3 && self.text(i).starts_with(|c: char| c.is_ascii_digit()) {
            let before = i.wrapping_sub(1);
            let led = self.is(before, &["the"]) || matches!(self.lex(before), Lex::Edge(_) | Lex::Dash);
            let warm = |j| self.is(j, &["degrees", "temperatures", "temperature", "highs", "lows", "high", "heat"]);
            if !led || (0..self.items.len()).any(warm) {
                return None;
            }
        }
        let mut m = DateMention::new(DateForm::Decade);
        m.year = Some(first);
        if first % 100 == 0 && first < 2000 {
            m.shift_unit = Some(ShiftUnit::Century);
        }
        Some((m, i + 1))
    }

    pub(super) fn quarter(&self, n: u8, end: usize) -> (DateMention, usize) {
        let mut m = DateMention::new(DateForm::Quarter);
        m.quarter = Some(n);
        let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
        m.year = year;
        self.with_year_shift(m, end)
    }

    /// "third quarter", "20th century", "second half of 2025".
    pub(super) fn ordinal(&self, i: usize) -> Read {
        let Lex::Ordinal(n) = self.lex(i) else { return None };
        let at = if self.lex(i + 1) == Lex::Dash { i + 2 } else { i + 1 };
        match self.lex(at) {
            Lex::Unit { unit: ShiftUnit::Quarter, .. } if (1..=4).contains(&n) => {
                let (m, end) = self.quarter(n, at + 1);
                // Of a city, or of a match.
                let article = usize::from(self.is(end + 1, &["the", "this", "that"]));
                let whole = end + 1 + article;
                let year = || self.is(whole, &["year", "fiscal", "financial", "calendar"]);
                let other = m.year.is_none() && m.shift.is_none() && article > 0 && self.is(end, &["of"]) && !year();
                (!other).then_some((m, end))
            }
            Lex::Unit { unit: ShiftUnit::Century, .. } if n >= 1 => {
                let mut m = DateMention::new(DateForm::Decade);
                (m.year, m.shift_unit) = (Some(100 * (i16::from(n) - 1)), Some(ShiftUnit::Century));
                Some((m, at + 1))
            }
            Lex::Half if n <= 2 && self.is(at + 1, &["of"]) => {
                let (mut m, end) = self.date(at + 2)?;
                m.edge = Some(if n == 1 { Edge::Early } else { Edge::Late });
                is_period(&m).then_some((m, end))
            }
            _ => None,
        }
    }

    /// "early 2015", "mid-July", "late last year", "early on Monday".
    pub(super) fn edge(&self, i: usize, edge: Edge) -> Read {
        let mut at = i + 1;
        // "early in 2016" leaves open how early.
        let loosely = self.is(at, &["in"]);
        if self.lex(at) == Lex::Dash || self.is(at, &["in", "on"]) {
            at += 1;
        }
        if self.is(at, &["the"]) {
            at += 1;
        }
        let (mut m, end) = match (self.lex(at), self.lex(i + 1)) {
            (Lex::Int { .. }, _) => self.year(at)?,
            (
                Lex::Month { .. }
                | Lex::Decade(_)
                | Lex::Relative(_)
                | Lex::Weekday { .. }
                | Lex::Ordinal(_)
                | Lex::Season(_)
                | Lex::Day(_),
                _,
            ) => self.moment(at).or_else(|| self.season(at))?,
            _ => return None,
        };
        m.edge = Some(edge);
        m.vague |= loosely && m.form == DateForm::Year && m.shift.is_none();
        Some((m, end))
    }

    /// "the turn of the century": of the one that was near to the publication.
    pub(super) fn turn(&self, i: usize) -> Read {
        let of = self.is(i, &["turn"]) && self.is(i + 1, &["of"]) && self.is(i + 2, &["the"]);
        let mut m = DateMention::new(DateForm::Decade);
        let end = match (self.lex(i + 3), self.lex(i + 4)) {
            (Lex::Unit { unit: ShiftUnit::Century, .. }, _) => i + 4,
            // "the turn of the 20th century" is 1900.
            (Lex::Ordinal(n), Lex::Unit { unit: ShiftUnit::Century, .. }) if n > 1 => {
                m.year = Some(100 * (i16::from(n) - 1) - 5);
                i + 5
            }
            _ => return None,
        };
        if m.year.is_none() {
            let year = self.prose.document.meta.published?.year();
            m.year = Some((year + 30).div_euclid(100) * 100 - 5);
        }
        m.edge = Some(Edge::About);
        of.then_some((m, end))
    }

    /// "summer 2015", "the winter of 2014".
    pub(super) fn season(&self, i: usize) -> Read {
        let Lex::Season(s) = self.lex(i) else { return None };
        let mut m = DateMention::new(DateForm::Quarter);
        m.season = Some(season(s).to_owned());
        let Some((year, end)) = self.year_after(i + 1) else {
            return Some(self.with_year_shift(m, i + 1)).filter(|(m, _)| m.shift.is_some());
        };
        m.year = Some(year);
        Some((m, end))
    }

    /// "the end of 2015", "the beginning of last year".
    pub(super) fn part_of(&self, i: usize, edge: Edge) -> Read {
        if !self.is(i + 1, &["of"]) {
            return None;
        }
        let at = if self.is(i + 2, &["the"]) { i + 3 } else { i + 2 };
        let (mut m, end) = match self.lex(at) {
            Lex::Int { .. } => self.year(at)?,
            Lex::Unit { unit: unit @ (ShiftUnit::Year | ShiftUnit::Month | ShiftUnit::Week | ShiftUnit::Decade), .. }
                if at == i + 3 =>
            {
                let form = match unit {
                    ShiftUnit::Week => DateForm::Week,
                    ShiftUnit::Month => DateForm::Month,
                    ShiftUnit::Decade => DateForm::Decade,
                    _ => DateForm::Year,
                };
                let mut m = DateMention::new(form);
                (m.shift, m.shift_unit) = (Some(0), Some(unit));
                (m, at + 1)
            }
            _ => self.date(at)?,
        };
        m.edge = Some(edge);
        is_period(&m).then_some((m, end))
    }
}

pub(super) fn season(n: u8) -> &'static str {
    ["spring", "summer", "autumn", "winter"][usize::from(n.clamp(1, 4)) - 1]
}
