//! Dates counted from the day of publication or from another event.

use super::{Read, Words, is_day, period, valid};
use crate::{
    claim::date::{DateForm, DateMention, DayPart, Edge, ShiftUnit, Tense, lex::Lex, resolve},
    prose::Tag,
};

impl Words<'_> {
    pub(super) fn relative(&self, i: usize, n: i8) -> Read {
        // "this past week"
        if let Lex::Relative(m) = self.lex(i + 1) {
            return (n == 0).then(|| self.relative(i + 1, m)).flatten();
        }
        let near = !self.is(i, &["following", "previous", "prior", "preceding", "upcoming", "coming"]);
        let mut m = DateMention::new(DateForm::Relative);
        m.shift = Some(n.into());
        // "last fiscal year"
        let fiscal = usize::from(self.is(i + 1, &["fiscal", "financial"]) && matches!(self.lex(i + 2), Lex::Unit { .. }));
        let end = i + 2 + fiscal;
        match self.lex(end - 1) {
            Lex::Weekday { day, .. } => {
                m.form = DateForm::Weekday;
                m.weekday = resolve::weekday(day);
                m.floating = self.is(i, &["following", "previous", "prior", "preceding"]);
                return Some(self.with_part(m, end));
            }
            Lex::Month { month, .. } if self.is_capital(i + 1) && self.holiday(i + 1).is_none() => {
                m.form = DateForm::Month;
                m.month = Some(month);
                if let Some(day) = self.day_of_month(end)
                    && matches!(self.lex(end), Lex::Int { .. } | Lex::Ordinal(_))
                {
                    (m.form, m.day) = (DateForm::Day, Some(day));
                    return valid(&m).then_some((m, end + 1));
                }
            }
            Lex::Holiday(_) | Lex::Month { .. } if self.is(i, &["last", "next", "this"]) => {
                let (mut named, end) = self.date(i + 1).filter(|(d, _)| d.name.is_some())?;
                if named.year.is_none() && named.shift.is_none() {
                    named.shift = Some(n.into());
                }
                return Some((named, end));
            }
            Lex::Season(s) => {
                m.form = DateForm::Quarter;
                m.season = Some(period::season(s).to_owned());
            }
            Lex::Weekend => (m.form, m.shift_unit) = (DateForm::Week, Some(ShiftUnit::Weekend)),
            Lex::Part(part) if near && !self.is(i, &["past"]) => {
                m.part = Some(part);
                m.shift_unit = Some(ShiftUnit::Day);
                m.floating = n > 0;
            }
            Lex::AnyWeekday if n != 0 => {
                m.shift_unit = Some(ShiftUnit::Day);
                m.floating = true;
            }
            // "the prior-year quarter"
            Lex::Dash if n < 0 && self.glued(i) && self.glued(i + 1) => {
                let Lex::Unit { unit: ShiftUnit::Year, short: false } = self.lex(i + 2) else { return None };
                m.shift_unit = Some(ShiftUnit::Year);
                m.floating = true;
                return Some((m, self.stretch(i + 3)));
            }
            Lex::Unit { unit, short: false } => {
                m.shift_unit = Some(unit);
                m.floating = !near && !self.is(i, &["coming", "upcoming"]);
                m.form = match unit {
                    ShiftUnit::Week => DateForm::Week,
                    ShiftUnit::Month => DateForm::Month,
                    ShiftUnit::Quarter => DateForm::Quarter,
                    ShiftUnit::Year => DateForm::Year,
                    ShiftUnit::Decade | ShiftUnit::Century => DateForm::Decade,
                    ShiftUnit::Day => {
                        // "the next day" is counted from another one, "this day" from none.
                        m.floating = true;
                        if n == 0 {
                            return None;
                        }
                        DateForm::Relative
                    }
                    ShiftUnit::Hour if n != 0 => DateForm::Relative,
                    _ => return None,
                };
                // "last years" is not said; "these past years" has no distance.
                if self.text(end - 1).ends_with('s') && !(n == 0 && unit == ShiftUnit::Year) {
                    return None;
                }
                // "last year's third quarter", "next year's budget"
                if unit == ShiftUnit::Year && self.is(end, &["'s", "’s"]) {
                    let inner = match self.lex(end + 1) {
                        Lex::Quarter(_) | Lex::Season(_) | Lex::Holiday(_) => self.date(end + 1),
                        Lex::Ordinal(_) => self.ordinal(end + 1),
                        _ => None,
                    };
                    let season = match self.lex(end + 1) {
                        Lex::Season(s) => Some(period::season(s)),
                        _ => None,
                    };
                    if let Some((mut inner, after)) = inner.filter(|(d, _)| d.year.is_none() && d.shift.is_none()) {
                        (inner.shift, inner.shift_unit) = (m.shift, m.shift_unit);
                        return Some((inner, after));
                    }
                    if let Some(season) = season {
                        (m.form, m.season, m.floating) = (DateForm::Quarter, Some(season.to_owned()), false);
                        return Some((m, end + 2));
                    }
                }
                // "the last week of May", "the last day of the trial"
                if self.is(end, &["of"]) && n < 0 && self.is(i.wrapping_sub(1), &["the"]) {
                    return None;
                }
            }
            // "the past two years", "the next 10 days"
            Lex::Cardinal(_) | Lex::Int { .. } | Lex::Vague if n != 0 && near => {
                let (count, unit, end) = self.count(i + 1)?;
                // "the last five months of her life" is measured, not dated; so are hours.
                if unit < ShiftUnit::Day || self.is(end, &["of"]) {
                    return None;
                }
                m.shift = Some(count.unwrap_or(3) * i32::from(n));
                m.shift_unit = Some(unit);
                m.vague = count.is_none();
                m.period = true;
                return Some((m, end));
            }
            _ => return None,
        }
        Some((m, end))
    }

    /// "year-ago", "year-earlier quarter": a period before another one.
    pub(super) fn year_back(&self, i: usize) -> Read {
        let tied = self.lex(i + 1) == Lex::Dash && self.glued(i) && self.glued(i + 1);
        let Lex::Unit { unit: unit @ (ShiftUnit::Year | ShiftUnit::Month | ShiftUnit::Week), short: false } = self.lex(i) else {
            return None;
        };
        (tied && matches!(self.lex(i + 2), Lex::Ago | Lex::Earlier | Lex::Relative(-1))).then(|| {
            let mut m = DateMention::new(DateForm::Relative);
            (m.shift, m.shift_unit, m.floating) = (Some(-1), Some(unit), true);
            (m, self.stretch(i + 3))
        })
    }

    /// Behind a stretch of time that begins here, if one does: "quarter", "period".
    fn stretch(&self, i: usize) -> usize {
        let at = i + usize::from(self.is(i, &["fiscal", "financial"]));
        if matches!(self.lex(at), Lex::Unit { short: false, .. }) || self.is(at, &["period"]) { at + 1 } else { i }
    }

    pub(super) fn day_word(&self, i: usize, shift: i8) -> Read {
        // "USA Today"
        if self.names(i)
            || self.is_capital(i)
                && i > 0
                && self.is_capital(i - 1)
                && self.lex(i - 1) == Lex::Other
                && self.items[i - 1].tag == Tag::ProperNoun
        {
            return None;
        }
        let mut m = DateMention::new(DateForm::Relative);
        (m.shift, m.shift_unit) = (Some(shift.into()), Some(ShiftUnit::Day));
        if self.is(i, &["tonight"]) {
            m.part = Some(DayPart::Night);
        }
        Some(self.with_part(m, i + 1))
    }

    /// A number and a unit: "five days", "a few weeks", "two and a half years", "1 day 21 hours". The number is `None` if vague.
    pub(super) fn count(&self, i: usize) -> Option<(Option<i32>, ShiftUnit, usize)> {
        let mut at = i;
        while self.is(at, &["about", "around", "~", "roughly", "almost", "nearly", "some"]) {
            at += 1;
        }
        let mut doubled: i64 = match self.lex(at) {
            Lex::Int { value, digits: 1..=4 } => 2 * i64::from(value),
            Lex::Cardinal(n) => 2 * i64::from(n),
            Lex::Decimal { whole, part, digits: 1 } if part == 5 || part == 0 => 2 * i64::from(whole) + i64::from(part == 5),
            Lex::Half => 1,
            Lex::Vague => 0,
            Lex::Function if self.is(at, &["a", "an"]) => match self.lex(at + 1) {
                Lex::Cardinal(n) => {
                    at += 1;
                    2 * i64::from(n)
                }
                Lex::Vague => {
                    at += 1;
                    0
                }
                _ => 2,
            },
            _ => return None,
        };
        at += 1;
        // "[Ten] years ago"
        if self.lex(at) == Lex::Mark(b']') {
            at += 1;
        }
        if self.is(at, &["of"]) || self.lex(at) == Lex::Function && self.is(at, &["a", "an"]) && doubled == 1 {
            at += 1;
        }
        if self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.lex(at + 2) == Lex::Half {
            at += 3;
            doubled += 1;
        }
        let Lex::Unit { mut unit, .. } = self.lex(at) else { return None };
        if self.is(at, &["fortnight", "fortnights"]) {
            doubled *= 2;
        }
        at += 1;
        if self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.lex(at + 2) == Lex::Half {
            at += 3;
            doubled += 1;
        }
        // Smaller units behind it only make the number finer than days need.
        let mut fine = at;
        // "5m" alone is as well a measure.
        if matches!(self.text(at - 1), "m" | "s") && self.finer(at, unit).is_none() {
            return None;
        }
        while let Some((next, inner)) = self.finer(fine, unit) {
            fine = next;
            if doubled % 2 == 0 && inner >= ShiftUnit::Day {
                at = fine;
            }
            at = at.max(fine);
        }
        if doubled % 2 == 1 {
            // Halves are counted in the next smaller unit.
            (doubled, unit) = match unit {
                ShiftUnit::Year => (doubled * 12, ShiftUnit::Month),
                ShiftUnit::Decade => (doubled * 10, ShiftUnit::Year),
                ShiftUnit::Century => (doubled * 100, ShiftUnit::Year),
                ShiftUnit::Hour => (doubled * 60, ShiftUnit::Minute),
                ShiftUnit::Minute => (doubled * 60, ShiftUnit::Second),
                ShiftUnit::Day => (doubled * 24, ShiftUnit::Hour),
                ShiftUnit::Week => (doubled * 7, ShiftUnit::Day),
                ShiftUnit::Month => (doubled * 30, ShiftUnit::Day),
                other => (doubled, other),
            };
        }
        let count = i32::try_from(doubled / 2).ok()?;
        Some(((count > 0).then_some(count), unit, at))
    }

    /// ", 5 minutes", "and 30 seconds" after a larger unit.
    pub(super) fn finer(&self, at: usize, unit: ShiftUnit) -> Option<(usize, ShiftUnit)> {
        let mut i = at;
        if self.lex(i) == Lex::Comma {
            i += 1;
        }
        if self.is(i, &["and"]) {
            i += 1;
        }
        match (self.lex(i), self.lex(i + 1)) {
            (Lex::Int { .. } | Lex::Cardinal(_), Lex::Unit { unit: inner, .. }) if inner < unit => Some((i + 2, inner)),
            _ => None,
        }
    }

    /// "35 years ago", "three weeks later", "a day earlier", "two days after Christmas", "the day before yesterday".
    pub(super) fn distance(&self, i: usize) -> Read {
        let the = usize::from(self.is(i, &["the"]));
        let (count, unit, at) = match self.lex(i + the) {
            // "the day before yesterday", "the week after Easter"
            Lex::Unit { unit, short: false } if self.is(i + the + 1, &["before", "after"]) && unit >= ShiftUnit::Day => {
                (Some(1), unit, i + the + 1)
            }
            _ if the == 1 => return None,
            _ => match self.count(i) {
                Some(counted) => counted,
                None => return self.weekdays_away(i),
            },
        };
        let mut m = DateMention::new(DateForm::Relative);
        m.shift_unit = Some(unit);
        m.vague = count.is_none();
        let set = |m: &mut DateMention, sign: i32| m.shift = Some(sign * count.unwrap_or(3));
        let short = (i..at).any(|j| matches!(self.lex(j), Lex::Unit { short: true, .. }));
        // Hours and minutes from another event are measured, not dated: but for "ago" they are the quantities'.
        let measured = unit < ShiftUnit::Day && self.has_verb;
        if measured && !matches!(self.lex(at), Lex::Ago) && !self.is(at, &["from"]) {
            return None;
        }
        match self.lex(at) {
            Lex::Ago => set(&mut m, -1),
            Lex::Earlier => {
                set(&mut m, -1);
                m.floating = true;
            }
            Lex::Later => {
                set(&mut m, 1);
                m.floating = true;
            }
            Lex::Function if self.is(at, &["from"]) && self.is(at + 1, &["now", "today"]) => {
                set(&mut m, 1);
                return Some((m, at + 2));
            }
            Lex::Function if self.is(at, &["before", "after", "from"]) && !short => {
                let sign = if self.is(at, &["before"]) { -1 } else { 1 };
                // "two weeks from Monday", but "two years from January 2024".
                if self.is(at, &["from"]) && (self.date(at + 1).is_none_or(|(d, _)| !is_day(&d)) || unit < ShiftUnit::Day) {
                    return None;
                }
                set(&mut m, sign);
                m.floating = true;
                if let Some((anchor, end)) = self.date(at + 1).filter(|(d, _)| is_day(d) && d.shift_unit != Some(ShiftUnit::Day))
                {
                    m.anchor = Some(Box::new(anchor));
                    return Some((m, end));
                }
                if let Lex::Day(shift) = self.lex(at + 1)
                    && unit <= ShiftUnit::Week
                {
                    // In days: "two days before yesterday".
                    let days = if unit == ShiftUnit::Week { 7 } else { 1 };
                    m.shift = count.map(|c| sign * c * days + i32::from(shift));
                    m.shift_unit = Some(ShiftUnit::Day);
                    m.floating = false;
                    return Some((m, at + 2));
                }
                // "ten days before the vote" is counted; "a year before" is dated.
                let ends = self.items.get(at + 1).is_none_or(|n| matches!(n.lex, Lex::Comma | Lex::Mark(_)));
                if !ends {
                    return None;
                }
            }
            _ => return None,
        }
        Some((m, at + 1))
    }

    /// "two Fridays ago", "three Mondays from now".
    fn weekdays_away(&self, i: usize) -> Read {
        let n = match self.lex(i) {
            Lex::Int { value, digits: 1..=2 } => i64::from(value),
            Lex::Cardinal(n) => i64::from(n),
            _ => return None,
        };
        let Lex::Weekday { day, short: false } = self.lex(i + 1) else { return None };
        let (sign, end) = match self.lex(i + 2) {
            Lex::Ago => (-1, i + 3),
            _ if self.is(i + 2, &["from"]) && self.is(i + 3, &["now", "today"]) => (1, i + 4),
            _ => return None,
        };
        let mut m = DateMention::new(DateForm::Relative);
        m.weekday = resolve::weekday(day);
        (m.shift, m.shift_unit) = (i32::try_from(sign * n).ok(), Some(ShiftUnit::Day));
        Some((m, end))
    }

    /// "The deadline is now." Elsewhere the word only says that it was otherwise before.
    pub(super) fn now(&self, i: usize) -> Read {
        let ends = self.items.get(i + 1).is_none_or(|n| matches!(n.lex, Lex::Comma | Lex::Mark(b'.' | b'!')));
        let alone = i == 0 && self.items.len() == 1;
        let is = self.is(i.wrapping_sub(1), &["is", "right", "just"]);
        (alone || is && ends).then(|| {
            let mut m = DateMention::new(DateForm::Relative);
            (m.shift, m.shift_unit) = (Some(0), Some(ShiftUnit::Day));
            (m, i + 1)
        })
    }

    /// "in five days", "within two weeks", of what is to come.
    pub(super) fn ahead(&self, i: usize) -> Read {
        let (count, unit, end) = self.count(i + 1)?;
        let ahead = match self.tense(i, end).unwrap_or(self.untold()) {
            Tense::Future => true,
            Tense::Past => false,
            Tense::Unknown => i == 0 || !self.has_verb,
        };
        let short = matches!(self.lex(end - 1), Lex::Unit { short: true, .. });
        if !ahead || short || matches!(self.lex(end), Lex::Ago | Lex::Earlier | Lex::Later) {
            return None;
        }
        // "in 3 days of talks", "in two months": only what ends a phrase.
        if self.is(end, &["of", "before", "after"]) {
            return None;
        }
        let mut m = DateMention::new(DateForm::Relative);
        m.vague = count.is_none();
        (m.shift, m.shift_unit) = (Some(count.unwrap_or(3)), Some(unit));
        if self.is(i, &["within"]) {
            m.edge = Some(Edge::Before);
        }
        Some((m, end))
    }
}
