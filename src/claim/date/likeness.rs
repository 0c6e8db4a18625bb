//! Whether two dates say the same.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::{Date, Weekday};

use super::{
    Clock, DateForm, DateMention, DayPart, Edge, ShiftUnit, Tense, holiday,
    resolve::{distance, plus_days},
};

/// How two dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateLikeness {
    /// They say the same.
    Same,
    /// One is coarser and holds the other, or they only overlap as far as their words allow.
    Compatible,
    /// They cannot both be right of one event.
    Different,
    /// Nothing that both say can be compared.
    Incomparable,
}

use DateLikeness::{Compatible, Different, Incomparable, Same};

/// Compares what both have written – weekday, day, month, year, time of day, distance – and then the days that can be meant.
#[must_use]
pub fn same(a: &DateMention, b: &DateMention) -> DateLikeness {
    match in_time(a, b) {
        // "will meet on 15 April" and "met on 1 April" are two events.
        Different if matches!((a.tense, b.tense), (Tense::Past, Tense::Future) | (Tense::Future, Tense::Past)) => Incomparable,
        likeness => likeness,
    }
}

/// The same, whatever the tense.
fn in_time(a: &DateMention, b: &DateMention) -> DateLikeness {
    let written = match written(a, b) {
        Incomparable if holds_undated(a, b) && holds_undated(b, a) => Same,
        Incomparable if holds_undated(a, b) || holds_undated(b, a) => Compatible,
        written => written,
    };
    match written {
        Different if abuts(a, b) || abuts(b, a) && is_end(a) => return Same,
        Different if abuts(b, a) => return Compatible,
        _ => {}
    }
    if written == Different {
        // "in 2023" is no counterpart of "since 2018".
        return if reaches(a, b) || reaches(b, a) { Incomparable } else { Different };
    }
    let days = |m: &DateMention| m.earliest.zip(m.latest);
    let resolved = match (bounds(a), bounds(b)) {
        // "Five years ago" may be four and a half, but is first of all the year that it gives.
        (Some(_), Some(_)) if days(a) == days(b) => Same,
        (Some(x), Some(y)) => intervals(x, y, guess(a), guess(b)),
        _ => Incomparable,
    };
    match (written, resolved) {
        // "since 2018" reaches to what came after, "by 2030" to what comes before.
        (Incomparable, Different) if reaches(a, b) || reaches(b, a) => Incomparable,
        (Same, Different) if is_calendar(a) && is_calendar(b) => Same,
        // "Thursday" in two articles of different weeks says nothing.
        (Same | Compatible, Different) => Incomparable,
        (Same, _) => Same,
        // "January" against "2023": which January was only guessed.
        (Incomparable, Different) if guess(a) == Some(365) && is_period(b) || guess(b) == Some(365) && is_period(a) => {
            Incomparable
        }
        (Incomparable, r) => r,
        (Compatible, Same) => Same,
        // "Tue 27 Jan" and "27 January", where one of the texts does not say of which year.
        (Compatible, Incomparable) if of_one_day(a, b) => Same,
        (Compatible, _) => Compatible,
        (Different, _) => Different,
    }
}

/// Whether both have written one day of one month, no year, and a time of day both or neither.
fn of_one_day(a: &DateMention, b: &DateMention) -> bool {
    let day = |m: &DateMention| m.day.zip(m.month);
    day(a).is_some() && day(a) == day(b) && a.year.is_none() && b.year.is_none() && a.clock.is_some() == b.clock.is_some()
}

/// The period before the one that is spoken of, where nothing more is written of it: "last year", "the previous quarter", "a year ago".
/// What is counted, and how far back.
#[must_use]
pub fn period_before(m: &DateMention) -> Option<(ShiftUnit, i32)> {
    let calendar = m.year.is_some() || m.month.is_some() || m.day.is_some() || m.weekday.is_some() || m.name.is_some();
    let part = m.quarter.is_some() || m.season.is_some() || m.clock.is_some() || m.piece.is_some() || m.anchor.is_some();
    if calendar || part || m.period || m.vague || m.set {
        return None;
    }
    m.shift_unit.zip(m.shift).filter(|(unit, n)| *n < 0 && *unit >= ShiftUnit::Week)
}

/// Whether `a` is the period before, and `b` the same or a part of it, in texts that do not say which days that is.
#[must_use]
pub fn holds_undated(a: &DateMention, b: &DateMention) -> bool {
    let undated = |m: &DateMention| m.floating || m.earliest.is_none();
    period_before(a).is_some_and(|p| b.shift_unit.zip(b.shift) == Some(p)) && (undated(a) || undated(b)) && !b.period && !b.vague
}

/// Whether `a` is a long open stretch of time in which `b` lies: then they speak of different things. "since Monday" is too short for that.
fn reaches(a: &DateMention, b: &DateMention) -> bool {
    if !is_period(a) {
        return false;
    }
    let open = |edge| a.edge == Some(edge) && b.edge != Some(edge);
    open(Edge::After) && b.latest >= a.earliest && b.latest.is_some()
        || open(Edge::Before) && b.earliest <= a.latest && a.latest.is_some()
}

/// Whether `a` ends where the month or the quarter of `b` does: "before May" of "in April".
fn abuts(a: &DateMention, b: &DateMention) -> bool {
    let next = |x: Option<u8>, y: Option<u8>, count: u8| x.zip(y).is_some_and(|(x, y)| x == y % count + 1);
    let whole = |m: &DateMention| m.day.is_none() && m.weekday.is_none() && m.clock.is_none();
    a.edge == Some(Edge::Before) && whole(a) && whole(b) && (next(a.month, b.month, 12) || next(a.quarter, b.quarter, 4))
}

/// Whether the end of a period is meant: "by April", "the end of April".
fn is_end(m: &DateMention) -> bool {
    matches!(m.edge, Some(Edge::Before | Edge::Late)) || m.piece.is_some()
}

fn is_period(m: &DateMention) -> bool {
    matches!(m.form, DateForm::Year | DateForm::Decade)
}

/// The day and the weekday written with it, where it falls on another one. If the year is not written, every year that can be meant must
/// disagree: that of the publication, the one before and the one after.
#[must_use]
pub fn wrong_weekday(m: &DateMention, published: Option<Date>) -> Option<(Date, Weekday)> {
    let (written, month, day) = (m.weekday?, m.month? as i8, m.day? as i8);
    let falls = |year: i16| Date::new(year, month, day).ok();
    let year = match (m.year, m.earliest) {
        (Some(year), _) => year,
        (None, Some(date)) => {
            let plausible = published.map_or(0, |p| p.year());
            let right = |y| falls(y).is_some_and(|d| d.weekday() == written);
            if m.shift.is_none() && (plausible - 1..=plausible + 1).any(right) {
                return None;
            }
            date.year()
        }
        (None, None) => return None,
    };
    // Before, many a date was by the old calendar.
    falls(year).filter(|d| year >= 1800 && d.weekday() != written).map(|d| (d, written))
}

/// Whether it names a day or a period of the calendar by itself.
fn is_calendar(m: &DateMention) -> bool {
    m.month.is_some() || m.year.is_some() || m.quarter.is_some()
}

/// Whether the days it resolves to are a guess.
fn loose(m: &DateMention) -> bool {
    m.floating || m.clock.is_some() && m.is_of_some_day()
}

/// The days it can mean, as loosely as its words are used.
fn bounds(m: &DateMention) -> Option<(Date, Date)> {
    if loose(m) || m.set {
        return None;
    }
    // "Mother's Day" is in March to some and in May to others.
    if m.name.as_deref().and_then(holiday::named).is_some_and(|h| h.elsewhere) {
        return None;
    }
    let (first, last) = (m.earliest?, m.latest?);
    let ago = m.form == DateForm::Relative && m.shift.is_some_and(|n| n != 0);
    let slack = match m.shift_unit {
        // "two years ago" may be twenty or thirty months.
        Some(ShiftUnit::Year) if ago => 200,
        Some(ShiftUnit::Month) if ago => 20,
        Some(ShiftUnit::Decade | ShiftUnit::Century) if ago => 800,
        // "by the end of the decade" is by 2030.
        _ if m.form == DateForm::Decade && m.edge == Some(Edge::Late) => 366,
        _ if m.edge == Some(Edge::About) => 7,
        _ => 0,
    };
    Some((plus_days(first, -slack)?, plus_days(last, slack)?))
}

/// The period in days after which the same words come again, if which of them is meant was only guessed from the publication.
fn guess(m: &DateMention) -> Option<i64> {
    if m.year.is_some() || m.shift.is_some() || m.earliest.is_none() {
        None
    } else if m.weekday.is_some() && m.day.is_none() && m.piece.is_none() {
        Some(7)
    } else {
        (m.month.is_some() || m.quarter.is_some() || m.season.is_some()).then_some(365)
    }
}

fn intervals(a: (Date, Date), b: (Date, Date), a_again: Option<i64>, b_again: Option<i64>) -> DateLikeness {
    if a == b {
        return Same;
    }
    // "October" may be last year's or this year's.
    let turns = |again: Option<i64>| if again.is_some() { -1..=1 } else { 0..=0 };
    for i in turns(a_again) {
        for j in turns(b_again) {
            let apart = distance(b.0, a.0) + i * a_again.unwrap_or(0) - j * b_again.unwrap_or(0);
            // `a` begins `apart` days after `b`.
            if apart <= distance(b.0, b.1) && -apart <= distance(a.0, a.1) {
                return Compatible;
            }
        }
    }
    Different
}

/// Compares field by field what both have written.
fn written(a: &DateMention, b: &DateMention) -> DateLikeness {
    let mut shared = 0;
    let mut differs = false;
    let mut extra = false;
    let mut field = |x: Option<i64>, y: Option<i64>| match (x, y) {
        (Some(x), Some(y)) => {
            shared += 1;
            differs |= x != y;
        }
        (None, None) => {}
        _ => extra = true,
    };
    let decade = |m: &DateMention| (m.form == DateForm::Decade).then_some(()).and(m.year);
    match (decade(a), decade(b)) {
        (Some(x), Some(y)) => field(Some(x.into()), Some(y.into())),
        (None, None) => field(a.year.map(Into::into), b.year.map(Into::into)),
        // A year against a decade: the intervals decide.
        _ => {}
    }
    field(a.month.map(Into::into), b.month.map(Into::into));
    field(a.day.map(Into::into), b.day.map(Into::into));
    field(a.weekday.map(|w| w.to_monday_one_offset().into()), b.weekday.map(|w| w.to_monday_one_offset().into()));
    field(a.quarter.map(Into::into), b.quarter.map(Into::into));
    let season = |m: &DateMention| m.season.as_deref().map(|s| s.bytes().map(i64::from).sum());
    field(season(a), season(b));
    if a.piece.is_some() && b.piece.is_some() {
        field(Some(0), Some(i64::from(a.piece != b.piece)));
    }
    if a.name.is_some() && b.name.is_some() {
        field(Some(0), Some(i64::from(a.name != b.name)));
    }
    let settled = a.earliest.is_some() && b.earliest.is_some() && !a.floating && !b.floating;
    match (shift(a), shift(b)) {
        // "yesterday" and "today" may be one day in articles of two days; their resolved days say so, if anything does.
        (Some((x, _)), Some((y, _))) if settled && x.max(y) < YEARS || !a.floating && x.max(y) <= DAYS => {}
        (Some(x), Some(y)) if x.0 == y.0 && a.floating == b.floating && a.form == b.form && !a.vague && !b.vague => {
            field(Some(x.1), Some(y.1));
        }
        _ => {}
    }
    // "early June" is not "late June".
    let early = |m: &DateMention| match m.edge {
        Some(Edge::Early) => Some(0),
        Some(Edge::Late) => Some(1),
        _ => None,
    };
    if early(a).is_some() && early(b).is_some() && a.form == b.form {
        field(early(a), early(b));
    }
    match (part(a), part(b)) {
        (Some(x), Some(y)) if a.clock.is_none() || b.clock.is_none() => field(Some(0), Some(i64::from(!x.meets(y)))),
        _ => {}
    }
    match (&a.clock, &b.clock) {
        (Some(x), Some(y)) => {
            // "around 4 p.m.", "before midnight"
            let hedged = [a, b].iter().any(|m| matches!(m.edge, Some(Edge::About | Edge::Before | Edge::After)));
            field(Some(0), Some(i64::from(!clocks(x, y, if hedged { 20 } else { 0 }))));
        }
        (None, None) => {}
        _ => extra = true,
    }
    match (shared, differs, extra) {
        (_, true, _) => Different,
        (0, ..) => Incomparable,
        (_, _, true) => Compatible,
        _ => Same,
    }
}

const DAYS: u8 = 1;
const YEARS: u8 = 4;

/// The distance that is written: its kind, and the number in the smallest unit of the kind.
fn shift(m: &DateMention) -> Option<(u8, i64)> {
    let n = i64::from(m.shift?);
    Some(match m.shift_unit? {
        ShiftUnit::Second => (0, n),
        ShiftUnit::Minute => (0, n * 60),
        ShiftUnit::Hour => (0, n * 3600),
        ShiftUnit::Day => (DAYS, n),
        ShiftUnit::Week if m.weekday.is_none() => (2, 7 * n),
        ShiftUnit::Week | ShiftUnit::Weekend => return None,
        ShiftUnit::Month => (3, n),
        ShiftUnit::Quarter | ShiftUnit::Season => return None,
        ShiftUnit::Year => (YEARS, n),
        ShiftUnit::Decade => (YEARS, 10 * n),
        ShiftUnit::Century => (YEARS, 100 * n),
    })
}

/// Hours of the day, as loosely as the words are used.
struct Hours(u16, u16);

impl Hours {
    fn meets(&self, other: Self) -> bool {
        let wrap = |h: &Self| if h.1 > 24 { vec![(h.0, 24), (0, h.1 - 24)] } else { vec![(h.0, h.1)] };
        wrap(self).iter().any(|x| wrap(&other).iter().any(|y| x.0 < y.1 && y.0 < x.1))
    }
}

fn part(m: &DateMention) -> Option<Hours> {
    if let Some(part) = m.part {
        return Some(match part {
            DayPart::Morning => Hours(4, 12),
            DayPart::Afternoon => Hours(12, 19),
            DayPart::Evening => Hours(16, 25),
            DayPart::Night => Hours(18, 28),
        });
    }
    let clock = m.clock.as_ref().filter(|c| !c.twelve)?;
    let hour = clock.minute / 60;
    Some(Hours(hour, hour + 1))
}

static ZONES: LazyLock<HashMap<&'static str, i32>> = LazyLock::new(|| {
    let lines = include_str!("../data/time_zones.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once(' ')).filter_map(|(zone, minutes)| Some((zone, minutes.parse().ok()?))).collect()
});

/// Minutes east of Greenwich, where the zone as written has them.
pub(super) fn zone_offset(zone: &str) -> Option<i32> {
    ZONES.get(zone).copied()
}

/// Whether two times of day are at most `slack` minutes apart.
fn clocks(a: &Clock, b: &Clock, slack: i32) -> bool {
    let zones = match (&a.zone, &b.zone) {
        (Some(x), Some(y)) if x != y => match (zone_offset(x), zone_offset(y)) {
            (Some(x), Some(y)) => x - y,
            // Zones that cannot be converted: nothing is known to differ.
            _ => return true,
        },
        _ => 0,
    };
    let day = if a.twelve || b.twelve { 12 * 60 } else { 24 * 60 };
    let apart = (i32::from(a.minute) - i32::from(b.minute) - zones).rem_euclid(day);
    apart.min(day - apart) <= slack
}
