//! Weekdays, days, months and years.

use jiff::civil::Date;

use super::{Read, Words, is_counted};
use crate::{
    claim::date::{
        DateForm, DateMention, ShiftUnit,
        lex::{self, Lex},
        resolve, year,
    },
    prose::Tag,
};

impl Words<'_> {
    pub(super) fn weekday(&self, i: usize) -> Read {
        let Lex::Weekday { day, short } = self.lex(i) else { return None };
        // "Mail on Sunday, 3 May 2020", "Edmonton Sun, May 3, 2020": a newspaper and its date.
        let before = i.wrapping_sub(1);
        let titled = short && self.is_capital(before) && self.lex(before) == Lex::Other && self.items[before].tag != Tag::Pronoun;
        if self.names(i) || titled && i > 0 {
            return None;
        }
        let mut m = DateMention::new(DateForm::Weekday);
        m.weekday = resolve::weekday(day);
        let mut at = i + 1;
        if self.text(at) == "." {
            at += 1;
        }
        let comma = self.lex(at) == Lex::Comma;
        if comma {
            at += 1;
        }
        if self.is(at, &["the"]) {
            at += 1;
        }
        // "Saturday and Sunday, May 4 and 5": the weekdays go with the days in turn.
        let one_of_two = i >= 2 && matches!(self.lex(i - 2), Lex::Weekday { .. }) && self.joins(i - 1, i);
        let calendar = match self.lex(at) {
            _ if one_of_two => None,
            Lex::Month { .. } => self.month(at),
            Lex::Int { .. } | Lex::Ordinal(_) => self.day_first(at),
            Lex::Slashed { .. } | Lex::Iso { .. } => self.date(at),
            _ => None,
        };
        if let Some((mut date, end)) = calendar
            && date.day.is_some() | (date.year.is_some() && date.earliest.is_some())
        {
            date.weekday = m.weekday;
            return Some((date, end));
        }
        if short && !(self.text(i).len() > 3 && i + 1 == self.items.len()) && self.clock(i + 1).is_none() {
            return None;
        }
        // "Friday of last week", "Tuesday, next week"
        let at = if self.is(at, &["of"]) { at + 1 } else { at };
        if let (Lex::Relative(n), Lex::Unit { unit: ShiftUnit::Week, .. }) = (self.lex(at), self.lex(at + 1)) {
            (m.shift, m.shift_unit) = (Some(n.into()), Some(ShiftUnit::Week));
            return Some((m, at + 2));
        }
        Some(self.with_part(m, i + 1))
    }

    /// Adds "morning" or "night" at `end`.
    pub(super) fn with_part(&self, mut m: DateMention, end: usize) -> (DateMention, usize) {
        match self.lex(end) {
            Lex::Part(part) if !self.names(end.saturating_sub(1)) => {
                m.part = Some(part);
                (m, end + 1)
            }
            _ => (m, end),
        }
    }

    /// "Aug. 7, 2015", "August 2015", "August".
    pub(super) fn month(&self, i: usize) -> Read {
        let Lex::Month { month, short } = self.lex(i) else { return None };
        // "32 August", "29 February 2014": no day of the calendar, and no month alone either.
        if let Some(before) = i.checked_sub(1)
            && matches!(self.lex(before), Lex::Int { digits: 1..=2, .. } | Lex::Ordinal(_))
            && before.checked_sub(1).is_none_or(|b| !matches!(self.lex(b), Lex::Month { .. }))
            && self.day_first(before).is_none()
        {
            return None;
        }
        let mut m = DateMention::new(DateForm::Month);
        m.month = Some(month);
        let mut at = i + 1;
        if self.text(at) == "." && self.glued(i) {
            at += 1;
        }
        // "March, 6th", "Aug-10": marks inside.
        if matches!(self.lex(at), Lex::Comma) && matches!(self.lex(at + 1), Lex::Ordinal(_))
            || self.lex(at) == Lex::Dash && self.glued(i) && self.glued(at)
        {
            at += 1;
        }
        let counts = self.is(i.wrapping_sub(1), &["in"])
            && self.items.get(at + 1).is_some_and(|n| matches!(n.tag, Tag::Noun) && !matches!(n.lex, Lex::Part(_)));
        if let Some(day) = self.day_of_month(at)
            && !counts
            && !matches!(self.lex(at + 1), Lex::Mark(b'%') | Lex::Meridiem(_) | Lex::Month { .. })
            && !matches!((self.lex(at), self.lex(at + 1)), (Lex::Ordinal(_), Lex::Unit { .. }))
        {
            m.form = DateForm::Day;
            m.day = Some(day);
            let (year, end) = self.year_after(at + 1).map_or((None, at + 1), |(y, e)| (Some(y), e));
            m.year = year;
            if !valid(&m) {
                return None;
            }
            let (m, end) = self.with_year_shift(m, end);
            return Some(self.with_part(m, end));
        }
        if let Some((year, end)) = self.year_after(i + 1) {
            m.year = Some(year);
            return Some((m, end));
        }
        if let Lex::Dash = self.lex(i + 1)
            && self.glued(i)
            && let Some(year) = self.items.get(i + 2).and_then(|n| year::plain(*n))
        {
            m.year = Some(year);
            return Some((m, i + 3));
        }
        // "August 32", "February 151998".
        if matches!(self.lex(at), Lex::Int { digits: 1..=2 | 5..=8, .. }) && !counts && !self.is(i.wrapping_sub(1), &["in"]) {
            return None;
        }
        let (m, end) = self.with_year_shift(m, i + 1);
        (m.shift.is_some() || self.bare_month(i, month, short)).then_some((m, end))
    }

    /// Whether a month without day and year is one, and not a word or a name.
    pub(super) fn bare_month(&self, i: usize, month: u8, short: bool) -> bool {
        let before = i.wrapping_sub(1);
        let sure = self.is(before, &["in", "since", "until", "till", "during", "through", "throughout"])
            || matches!(self.lex(before), Lex::Relative(_) | Lex::Edge(_))
            || self.lex(before) == Lex::Dash && matches!(self.lex(before.wrapping_sub(1)), Lex::Edge(_));
        let maybe = sure
            || self.is(before, &["by", "from", "to", "before", "after", "of", "between", "and", "around", "for", "or"])
            || self.lex(before) == Lex::Dash;
        if short {
            return sure && self.is_capital(i);
        }
        if self.items.len() == 1 {
            return self.is_capital(i);
        }
        if !self.is_capital(i) {
            return sure && !matches!(month, 3 | 5 | 8) && !matches!(self.lex(before), Lex::Relative(_) | Lex::Edge(_));
        }
        let named = self.is_capital(i + 1) && self.items.get(i + 1).is_some_and(|n| n.lex == Lex::Other);
        match month {
            5 => sure || maybe && !self.may_is_a_name && !self.names(i),
            3 => sure || maybe && !named && !self.is(i + 1, &["for", "on", "of"]) || self.month_joined(i),
            // First names.
            4 | 6 | 8 | 1 => sure || !named,
            _ => true,
        }
    }

    /// "March and April", "March to May": another month beside it.
    pub(super) fn month_joined(&self, i: usize) -> bool {
        matches!(self.lex(i + 2), Lex::Month { .. })
            && (self.lex(i + 1) == Lex::Dash || self.lex(i + 1) == Lex::Comma || self.is(i + 1, &["and", "to", "or", "through"]))
    }

    /// Adds "last year", "of this year" at `end` to a date without a year.
    pub(super) fn with_year_shift(&self, mut m: DateMention, end: usize) -> (DateMention, usize) {
        let at = if self.lex(end) == Lex::Comma || self.is(end, &["of"]) { end + 1 } else { end };
        match (self.lex(at), self.lex(at + 1)) {
            (Lex::Relative(n), Lex::Unit { unit: ShiftUnit::Year, .. })
                if m.year.is_none() && self.is(at, &["last", "this", "next"]) =>
            {
                (m.shift, m.shift_unit) = (Some(n.into()), Some(ShiftUnit::Year));
                (m, at + 2)
            }
            _ => (m, end),
        }
    }

    /// "2014-15", "2012–2013": the second year, and where it begins and ends.
    pub(super) fn year_pair(&self, first: i16, at: usize) -> Option<(i16, usize, usize)> {
        if self.lex(at) != Lex::Dash || at == 0 || !self.glued(at - 1) || !self.glued(at) {
            return None;
        }
        let last = match self.lex(at + 1) {
            Lex::Int { value, digits: 2 } => first - first % 100 + value as i16,
            Lex::Int { value, digits: 4 } if value <= 2199 => value as i16,
            _ => return None,
        };
        let last = if last < first && last + 100 - first <= 30 { last + 100 } else { last };
        (last > first).then_some((last, at + 1, at + 2))
    }

    /// A year that belongs to the date before it: ", 2015", "of 2015", "’98".
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let skip = match self.lex(at) {
            Lex::Comma => 1,
            _ if self.is(at, &["of", "in"]) => 1 + self.fiscal(at + 1),
            _ if self.is(at, &["fiscal"]) => self.fiscal(at),
            _ if self.text(at) == "." && self.glued(at.wrapping_sub(1)) => 1,
            Lex::Dash | Lex::Mark(b'/') if at > 0 && self.glued(at - 1) && self.glued(at) => 1,
            _ => 0,
        };
        let item = self.items.get(at + skip)?;
        let end = at + skip + 1;
        let era = |y: i16| {
            if self.is(end, &["bc", "bce", "b.c."]) {
                Some((-y, end + 1))
            } else if self.is(end, &["ad", "ce", "a.d."]) {
                Some((y, end + 1))
            } else {
                None
            }
        };
        match item.lex {
            Lex::Int { value, digits: 1..=4 } if era(value as i16).is_some() => era(value as i16),
            Lex::Int { digits: 4, .. } => {
                let year = year::plain(*item)?;
                if self.is(at, &["in"]) {
                    return None;
                }
                let counted = self.lower(end, &mut [0; 16]).is_some_and(is_counted);
                (!counted).then_some((year, end))
            }
            // "Aug 96", "Aug 9, 96"
            Lex::Int { value, digits: 2 } if value >= 50 && !self.is(at, &["of", "in"]) && end == self.items.len() => {
                Some((lex::short_year(value as i16), end))
            }
            Lex::ShortYear(year) => Some((year, end)),
            _ => None,
        }
    }

    /// How many pieces "fiscal" or "fiscal year" takes at `at`.
    fn fiscal(&self, at: usize) -> usize {
        match self.is(at, &["fiscal", "financial"]) {
            true => 1 + usize::from(self.is(at + 1, &["year"])),
            false => 0,
        }
    }

    pub(super) fn day_of_month(&self, i: usize) -> Option<u8> {
        match self.lex(i) {
            Lex::Int { value, digits: 1..=2 } if (1..=31).contains(&value) => Some(value as u8),
            Lex::Ordinal(n) => Some(n),
            _ => None,
        }
    }

    /// "7 August 2015", "7th of August", "2018 March 18".
    pub(super) fn day_first(&self, i: usize) -> Read {
        let mut at = i + 1;
        let slash = self.lex(at) == Lex::Mark(b'/') && self.glued(i) && self.glued(at);
        if slash || self.is(at, &["of"]) || self.lex(at) == Lex::Dash && self.glued(i) && self.glued(at) {
            at += 1;
        }
        let Lex::Month { month, short } = self.lex(at) else { return None };
        if !self.is_capital(at) && self.is(at, &["may", "march"]) && !matches!(self.lex(i), Lex::Ordinal(_)) {
            return None;
        }
        let mut m = DateMention::new(DateForm::Day);
        m.month = Some(month);
        if let Some(year) = year::plain(self.items[i]) {
            // "2024 August" alone is the month.
            if short && !slash && !self.is_capital(at) {
                return None;
            }
            m.year = Some(year);
            let day_at = if slash && self.lex(at + 1) == Lex::Mark(b'/') { at + 2 } else { at + 1 };
            m.day = self.day_of_month(day_at);
            if m.day.is_none() {
                m.form = DateForm::Month;
            }
            let end = if m.day.is_some() { day_at + 1 } else { at + 1 };
            return (valid(&m) && (m.day.is_some() || i == 0)).then_some((m, end));
        }
        m.day = Some(self.day_of_month(i)?);
        let (year, end) = self.year_after(at + 1).map_or((None, at + 1), |(y, e)| (Some(y), e));
        m.year = year;
        valid(&m).then(|| self.with_part(m, end))
    }

    /// "on 15/2", "4/25 at 4 p.m.": without such words it is a fraction or a score. Two readings where both are days of the calendar.
    pub(super) fn slashed_day(&self, i: usize, a: u16, b: u16) -> Read {
        let before = i.wrapping_sub(1);
        let sure = self.is(before, &["on", "by", "until", "till", "since", "dated", "before", "after"])
            || matches!(self.lex(before), Lex::Weekday { .. })
            || self.lex(before) == Lex::Comma && matches!(self.lex(before.wrapping_sub(1)), Lex::Weekday { .. })
            || self.is(i + 1, &["at"]) && self.clock(i + 2).is_some()
            || self.clock(i + 1).is_some()
            || self.items.len() == 1 && a > b;
        let day_of = |month: u16, day: u16| Date::new(2000, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        if !sure || day_of(a, b).is_none() && day_of(b, a).is_none() {
            return None;
        }
        let mut m = DateMention::new(DateForm::Day);
        // Without a year two readings cannot be told apart later: the month is left open.
        (m.month, m.day) = match (day_of(a, b), day_of(b, a)) {
            (Some(_), Some(_)) if a != b => return None,
            (Some(_), _) => (Some(a as u8), Some(b as u8)),
            _ => (Some(b as u8), Some(a as u8)),
        };
        Some((m, i + 1))
    }

    pub(super) fn year(&self, i: usize) -> Read {
        let mut m = DateMention::new(DateForm::Year);
        m.year = Some(year::read(self, i)?);
        // "2014-15": the second year is a mention of its own, see `short_end`.
        Some((m, i + 1))
    }
}

/// Whether the day exists; in a leap year, where no year is written.
pub(super) fn valid(m: &DateMention) -> bool {
    match (m.month, m.day) {
        (Some(month), day) => Date::new(m.year.unwrap_or(2000), month as i8, day.unwrap_or(1) as i8).is_ok(),
        _ => true,
    }
}

/// "3/4/2024" can be two days; "30/4/2024" and "04/2024" only one thing.
pub(super) fn slashed(a: u16, b: u16, c: i32) -> Option<DateMention> {
    let mut m = DateMention::new(DateForm::Day);
    // "the 2023/24 season"
    if c < 0 && (1900..=2099).contains(&a) && b == (a + 1) % 100 {
        (m.form, m.year) = (DateForm::Year, Some(a as i16));
        (m.earliest, m.latest) = (Date::new(a as i16, 1, 1).ok(), Date::new(a as i16 + 1, 12, 31).ok());
        return Some(m);
    }
    if c < 0 {
        let (a, b) = if a >= 1000 { (b, a) } else { (a, b) };
        if !(1..=12).contains(&a) || !(1900..=2099).contains(&b) {
            return None;
        }
        m.form = DateForm::Month;
        (m.month, m.year) = (Some(a as u8), Some(b as i16));
        return Some(m);
    }
    let year = i16::try_from(c).ok()?;
    let (a, b) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
    let readings = [Date::new(year, a, b).ok(), Date::new(year, b, a).ok()];
    m.year = Some(year);
    match readings {
        [Some(x), Some(y)] if x != y => (m.earliest, m.latest) = (Some(x.min(y)), Some(x.max(y))),
        [Some(d), _] | [None, Some(d)] => {
            (m.month, m.day) = (Some(d.month() as u8), Some(d.day() as u8));
        }
        _ => return None,
    }
    Some(m)
}
