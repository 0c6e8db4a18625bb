//! From what is written to the days that can be meant, counted from the day of publication.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::{DateForm, DateMention, DayPart, Edge, Piece, PieceUnit, ShiftUnit, Tense, holiday};

/// Fills `earliest` and `latest`. In a text of mere words, without a verb, "two days later" is counted from the publication.
pub(super) fn resolve(mention: &mut DateMention, published: Option<Date>, tense: Tense, has_verb: bool) {
    if let Some(mut anchor) = mention.anchor.take() {
        resolve(&mut anchor, published, tense, has_verb);
        if let (Some(first), Some(last), Some(shift), Some(unit)) =
            (anchor.earliest, anchor.latest, mention.shift, mention.shift_unit)
        {
            let from = |day| shifted(mention, day, shift.into(), unit, tense);
            if let (Some((a, _)), Some((_, b))) = (from(first), from(last)) {
                (mention.earliest, mention.latest) = (Some(a), Some(b));
                mention.floating = false;
            }
        }
        mention.anchor = Some(anchor);
        return;
    }
    // "from a year earlier" in a report of this year's figures means last year; shorter distances are those of the story.
    let long = mention.shift_unit.is_some_and(|u| u >= ShiftUnit::Month);
    let published = published.filter(|_| !mention.floating || !has_verb || long);
    // An ambiguous "3/4/2024" has its days already.
    if mention.earliest.is_none()
        && !mention.set
        && let Some((first, last)) = days(mention, published, tense)
        && let Some((first, last)) = mention.piece.map_or(Some((first, last)), |p| piece(p, first, last))
    {
        let (first, last) = widen(mention, first, last).unwrap_or((first, last));
        let (first, last) = narrow(mention, first, last);
        mention.earliest = Some(first);
        mention.latest = Some(last);
    }
}

/// Moves the end of a range behind its beginning: "this Friday to this Monday".
pub(super) fn follow(mention: &mut DateMention, first: &DateMention) {
    if let (Some(start), Some(a), Some(b), Some(_)) = (first.latest, mention.earliest, mention.latest, mention.weekday)
        && b < start
        && mention.month.is_none()
        && let (Some(a), Some(b)) = (plus_days(a, 7), plus_days(b, 7))
    {
        (mention.earliest, mention.latest) = (Some(a), Some(b));
    }
}

/// The weekday with this number; 1 is Monday.
pub(super) fn weekday(day: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(day).ok()
}

/// The days of `month` of `year`, or the one day.
fn month_days(year: i16, month: u8, day: Option<u8>) -> Option<(Date, Date)> {
    match day {
        Some(d) => Date::new(year, month as i8, d as i8).ok().map(|d| (d, d)),
        None => {
            let first = Date::new(year, month as i8, 1).ok()?;
            Some((first, first.last_of_month()))
        }
    }
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(count - 1)?, 12, 31).ok()?))
}

fn quarter(year: i16, quarter: u8) -> Option<(Date, Date)> {
    let first = month_days(year, quarter * 3 - 2, None)?.0;
    Some((first, month_days(year, quarter * 3, None)?.1))
}

/// The season of a year, as the north counts it; a winter begins in the year it is named by.
fn season(year: i16, name: &str) -> Option<(Date, Date)> {
    Some(match name {
        "spring" => (month_days(year, 3, None)?.0, month_days(year, 5, None)?.1),
        "summer" => (month_days(year, 6, None)?.0, month_days(year, 8, None)?.1),
        "autumn" => (month_days(year, 9, None)?.0, month_days(year, 11, None)?.1),
        _ => (month_days(year, 12, None)?.0, month_days(year.checked_add(1)?, 2, None)?.1),
    })
}

pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    (days.abs() < 4_000_000).then(|| date.checked_add(days.days()).ok()).flatten()
}

fn plus_months(date: Date, months: i64) -> Option<Date> {
    (months.abs() < 200_000).then(|| date.checked_add(months.months()).ok()).flatten()
}

/// Days from `a` to `b`.
pub(super) fn distance(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours() / 24
}

/// Of one period a year, the one that is meant.
fn choose(published: Date, tense: Tense, period: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(Date, Date)> {
    let candidates = (-1..=1).filter_map(|shift| period(published.year().checked_add(shift)?));
    match tense {
        Tense::Past => candidates.filter(|p| p.0 <= published).max(),
        // "is to run from January 23", said on January 28.
        Tense::Future => candidates.filter(|p| distance(p.1, published) <= 45).min(),
        Tense::Unknown => {
            candidates.min_by_key(|p| if p.0 <= published && published <= p.1 { 0 } else { distance(p.0, published).abs() })
        }
    }
}

/// The days of a piece of a period, if the period has it.
fn piece(piece: Piece, first: Date, last: Date) -> Option<(Date, Date)> {
    let n = if piece.nth > 0 { i64::from(piece.nth) - 1 } else { 0 };
    let count = i64::from(piece.count);
    // So many days, or so many months, from the beginning or before the end.
    let in_days = |length: i64| {
        if piece.nth > 0 {
            Some((plus_days(first, n * length)?, plus_days(first, (n + count) * length - 1)?))
        } else {
            Some((plus_days(last, 1 - count * length)?, last))
        }
    };
    let in_months = |length: i64| {
        if piece.nth > 0 {
            Some((plus_months(first, n * length)?, plus_days(plus_months(first, (n + count) * length)?, -1)?))
        } else {
            Some((plus_months(plus_days(last, 1)?, -count * length)?, last))
        }
    };
    let weekday = |w: Weekday, length: i64| {
        let day = if piece.nth > 0 {
            plus_days(first, i64::from(first.weekday().until(w)) + 7 * n)?
        } else {
            plus_days(last, -i64::from(w.until(plus_days(last, 1 - length)?.weekday())) + 1 - length)?
        };
        Some((day, plus_days(day, length - 1)?))
    };
    let (a, b) = match piece.unit {
        PieceUnit::Day => in_days(1)?,
        PieceUnit::Week => in_days(7)?,
        PieceUnit::Month => in_months(1)?,
        PieceUnit::Quarter => in_months(3)?,
        PieceUnit::Year => in_months(12)?,
        PieceUnit::Weekday(w) => weekday(w, 1)?,
        PieceUnit::Weekend => weekday(Weekday::Saturday, 2)?,
    };
    // The last week of a month may end in the next one.
    (first <= a && a <= last).then_some((a, b.min(last.max(a))))
}

/// "the week of October 6", "Labor Day weekend": the days around the day that is named.
fn widen(m: &DateMention, first: Date, last: Date) -> Option<(Date, Date)> {
    if m.form != DateForm::Week || m.shift.is_some() || m.piece.is_some() {
        return None;
    }
    let monday = |day: Date| plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()));
    match m.shift_unit? {
        ShiftUnit::Week => Some((monday(first)?, plus_days(monday(first)?, 6)?)),
        ShiftUnit::Weekend => {
            // A Monday belongs to the weekend before it.
            let saturday = plus_days(monday(plus_days(first, -1)?)?, 5)?;
            Some((first.min(saturday), last.max(plus_days(saturday, 1)?)))
        }
        _ => None,
    }
}

/// The days of what a year says, where it is written.
fn in_year(m: &DateMention, year: i16) -> Option<(Date, Date)> {
    match m.form {
        DateForm::Decade if m.shift_unit == Some(ShiftUnit::Century) => years(year, 100),
        DateForm::Decade => years(year, 10),
        _ => match (m.month, m.quarter, &m.season) {
            (Some(month), ..) => month_days(year, month, m.day),
            (_, Some(q), _) => quarter(year, q),
            (.., Some(s)) => season(year, s),
            _ => years(year, 1),
        },
    }
}

/// The day of a weekday without a date, or the two that some and others mean.
fn on_weekday(m: &DateMention, w: Weekday, today: Date, tense: Tense) -> Option<(Date, Date)> {
    let named = m.shift.is_some() && m.shift_unit.is_none();
    if let (Some(shift), Some(ShiftUnit::Week)) = (m.shift, m.shift_unit) {
        let monday = plus_days(today, 7 * i64::from(shift) - i64::from(today.weekday().to_monday_zero_offset()))?;
        let day = plus_days(monday, i64::from(w.to_monday_zero_offset()))?;
        return Some((day, day));
    }
    let back = i64::from(w.until(today.weekday()));
    // "two Fridays ago"
    if let (DateForm::Relative, Some(n), Some(ShiftUnit::Day)) = (m.form, m.shift, m.shift_unit) {
        let ago = if back == 0 { 7 } else { back };
        let day = plus_days(today, if n < 0 { 7 * (i64::from(n) + 1) - ago } else { 7 * i64::from(n) - back })?;
        return Some((day, day));
    }
    let back = if back == 0 && named && m.shift != Some(0) { 7 } else { back };
    // "next Friday" on a Wednesday is this week's to some and next week's to others; likewise "last Friday" on a Saturday.
    let weeks_day = i64::from(w.to_monday_zero_offset() - today.weekday().to_monday_zero_offset());
    match m.shift {
        Some(1..) if named && weeks_day > 0 => return Some((plus_days(today, weeks_day)?, plus_days(today, weeks_day + 7)?)),
        Some(..=-1) if named && weeks_day < 0 => {
            return Some((plus_days(today, weeks_day - 7)?, plus_days(today, weeks_day)?));
        }
        _ => {}
    }
    let day = match tense {
        Tense::Past => plus_days(today, -back)?,
        Tense::Future if back == 0 => today,
        Tense::Future => plus_days(today, if back == 7 { 7 } else { 7 - back })?,
        Tense::Unknown if back <= 3 => plus_days(today, -back)?,
        Tense::Unknown => plus_days(today, 7 - back)?,
    };
    Some((day, day))
}

/// The days at a distance from today: "in three weeks", "a few days ago", "over the past two years".
fn at_distance(m: &DateMention, shift: i32, unit: ShiftUnit, today: Date, tense: Tense) -> Option<(Date, Date)> {
    let (first, last) = shifted(m, today, i64::from(shift), unit, tense)?;
    // "a few" and "several" are anything from two to nine.
    let wide = |n: i32| shifted(m, today, i64::from(n * shift.signum()), unit, tense);
    let (first, last) = match (m.vague, shift > 0) {
        (false, _) => (first, last),
        (true, true) => (wide(2)?.0, wide(9)?.1),
        (true, false) => (wide(9)?.0, wide(2)?.1),
    };
    Some(match (m.period, shift > 0) {
        (false, _) => (first, last),
        (true, true) => (today, last),
        (true, false) => (first, today),
    })
}

/// The days that a mention can mean, before they are narrowed to a part of the period.
fn days(m: &DateMention, published: Option<Date>, tense: Tense) -> Option<(Date, Date)> {
    let movable = match m.name.as_deref().filter(|_| m.month.is_none()) {
        Some(name) => Some(holiday::named(name)?),
        None => None,
    };
    if let Some(year) = m.year {
        return movable.map_or_else(|| in_year(m, year), |holiday| holiday.days(year));
    }
    let today = published?;
    // "last March", "next spring", "last Friday", "next Easter": the nearest before or after today.
    let tense = match (m.shift, m.shift_unit) {
        (Some(n), None) if n < 0 => Tense::Past,
        (Some(n), None) if n > 0 => Tense::Future,
        _ => tense,
    };
    let named = m.shift.is_some() && m.shift_unit.is_none();
    if let Some(movable) = movable {
        let period = |year| movable.days(year).filter(|p| !named || m.shift == Some(0) || p.0 > today || p.1 < today);
        return match (m.shift, m.shift_unit) {
            (Some(shift), Some(ShiftUnit::Year)) => period(today.year().checked_add(i16::try_from(shift).ok()?)?),
            // "this Thanksgiving"
            (Some(0), None) => period(today.year()),
            _ => choose(today, tense, period),
        };
    }
    if let Some(w) = m.weekday
        && m.day.is_none()
        && m.piece.is_none()
    {
        return on_weekday(m, w, today, tense);
    }
    if let Some(month) = m.month {
        // "last March" said in March is a year ago.
        let period = |year| month_days(year, month, m.day).filter(|p| !named || m.shift == Some(0) || p.0 > today || p.1 < today);
        return match (m.shift, m.shift_unit) {
            (Some(shift), Some(ShiftUnit::Year)) => {
                month_days(today.year().checked_add(i16::try_from(shift).ok()?)?, month, m.day)
            }
            (Some(0), None) => period(today.year()),
            _ => choose(today, tense, period),
        };
    }
    // "in the second quarter of last year"
    let shifted_year = match (m.shift, m.shift_unit) {
        (Some(shift), Some(ShiftUnit::Year)) => i16::try_from(shift).ok().and_then(|s| today.year().checked_add(s)),
        _ => None,
    };
    match (shifted_year, m.quarter, &m.season) {
        (Some(year), Some(q), _) => return quarter(year, q),
        (Some(year), _, Some(s)) => return season(year, s),
        _ => {}
    }
    if let Some(q) = m.quarter {
        return choose(today, tense, |year| quarter(year, q));
    }
    if let Some(s) = &m.season {
        return match m.shift {
            Some(0) => {
                choose(today, Tense::Unknown, |year| season(year, s).filter(|p| p.0.year() == today.year() || p.1 >= today))
            }
            Some(n) if n < 0 => choose(today, Tense::Past, |year| season(year, s).filter(|p| p.1 < today)),
            _ => choose(today, tense, |year| season(year, s).filter(|p| !named || p.0 > today)),
        };
    }
    if let (Some(shift), Some(unit)) = (m.shift, m.shift_unit) {
        return at_distance(m, shift, unit, today, tense);
    }
    // Midnight belongs to two days.
    let next = if m.clock.as_ref().is_some_and(|c| c.minute == 0) { plus_days(today, 1)? } else { today };
    (m.form == DateForm::Time && m.clock.is_some()).then_some((today, next))
}

fn shifted(m: &DateMention, today: Date, shift: i64, unit: ShiftUnit, tense: Tense) -> Option<(Date, Date)> {
    let one = |d: Date| Some((d, d));
    // "two weeks ago" is a day or so, "last week" a week.
    let ago = m.form == DateForm::Relative;
    match unit {
        ShiftUnit::Second | ShiftUnit::Minute => one(today),
        ShiftUnit::Hour => {
            let (near, far) = (shift.abs() / 24 * shift.signum(), (shift.abs() + 23) / 24 * shift.signum());
            let (a, b) = (plus_days(today, near)?, plus_days(today, far)?);
            Some((a.min(b), a.max(b)))
        }
        ShiftUnit::Day => one(plus_days(today, shift)?),
        ShiftUnit::Week if ago => {
            let day = plus_days(today, 7 * shift)?;
            Some((plus_days(day, -3)?, plus_days(day, 3)?))
        }
        ShiftUnit::Week => {
            let monday = plus_days(today, 7 * shift - i64::from(today.weekday().to_monday_zero_offset()))?;
            Some((monday, plus_days(monday, 6)?))
        }
        ShiftUnit::Weekend => {
            let saturday = plus_days(today, 5 - i64::from(today.weekday().to_monday_zero_offset()))?;
            let saturday = match shift {
                0 if tense == Tense::Past && saturday > today => plus_days(saturday, -7)?,
                0 => saturday,
                n => plus_days(saturday, 7 * if n > 0 && today < saturday { n - 1 } else { n })?,
            };
            let saturday = if shift > 0 && saturday <= today { plus_days(saturday, 7)? } else { saturday };
            Some((saturday, plus_days(saturday, 1)?))
        }
        ShiftUnit::Month => {
            let day = plus_months(today.first_of_month(), shift)?;
            Some((day, day.last_of_month()))
        }
        ShiftUnit::Quarter => {
            let first = plus_months(today.first_of_month(), 3 * shift - i64::from((today.month() - 1) % 3))?;
            Some((first, plus_months(first, 2)?.last_of_month()))
        }
        ShiftUnit::Season => None,
        ShiftUnit::Year => years(i16::try_from(i64::from(today.year()) + shift).ok()?, 1),
        ShiftUnit::Decade if ago => {
            let year = i16::try_from(i64::from(today.year()) + 10 * shift).ok()?;
            years(year.checked_sub(1)?, 3)
        }
        ShiftUnit::Decade => years(i16::try_from(i64::from(today.year()).div_euclid(10) * 10 + 10 * shift).ok()?, 10),
        ShiftUnit::Century if ago => years(i16::try_from(i64::from(today.year()) + 100 * shift - 10).ok()?, 21),
        ShiftUnit::Century => years(i16::try_from(i64::from(today.year()).div_euclid(100) * 100 + 100 * shift).ok()?, 100),
    }
}

/// "early", "mid-" and "late" leave a generous half of the period.
fn narrow(m: &DateMention, first: Date, last: Date) -> (Date, Date) {
    let length = distance(first, last);
    // Nights belong to two days.
    if m.part == Some(DayPart::Night) && length == 0 && m.shift == Some(-1) && m.clock.is_none() {
        return (first, plus_days(last, 1).unwrap_or(last));
    }
    if length < 4 || m.vague && m.shift.is_none() {
        return (first, last);
    }
    let at = |share: i64| plus_days(first, length * share / 8).unwrap_or(first);
    match m.edge {
        Some(Edge::Early) => (first, plus_days(at(4), -1).unwrap_or(first)),
        Some(Edge::Mid) => (at(2), at(6)),
        Some(Edge::Late) => (at(4), last),
        _ => (first, last),
    }
}
