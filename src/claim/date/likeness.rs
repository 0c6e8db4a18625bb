//! Whether two dates say the same.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::{Date, Weekday};

use super::{Clock, DateForm, DateMention, DayPart, Edge, ShiftUnit};

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
    let written = written(a, b);
    if written == Different {
        return Different;
    }
    let resolved = match (bounds(a), bounds(b)) {
        (Some(x), Some(y)) => intervals(x, y),
        _ => Incomparable,
    };
    match (written, resolved) {
        (Same, Different) if is_calendar(a) && is_calendar(b) => Same,
        // "Thursday" in two articles of different weeks says nothing.
        (Same | Compatible, Different) => Incomparable,
        (Same, _) => Same,
        (Incomparable, Different) if loose(a) || loose(b) => Incomparable,
        (Incomparable, r) => r,
        (Compatible, Same) => Same,
        (Compatible, _) => Compatible,
        (Different, _) => Different,
    }
}

/// The right weekday, where a mention gives a full date and another weekday.
#[must_use]
pub fn inconsistent(m: &DateMention) -> Option<Weekday> {
    let (year, month, day) = (m.year?, m.month?, m.day?);
    let right = Date::new(year, month as i8, day as i8).ok()?.weekday();
    (m.weekday? != right).then_some(right)
}

/// Whether it names a day or a period of the calendar by itself.
fn is_calendar(m: &DateMention) -> bool {
    m.month.is_some() || m.year.is_some() || m.quarter.is_some()
}

/// Whether the days it resolves to are a guess.
fn loose(m: &DateMention) -> bool {
    m.floating || m.form == DateForm::Time && m.clock.is_some() && m.weekday.is_none() && m.day.is_none() && m.shift.is_none()
}

fn bounds(m: &DateMention) -> Option<(Date, Date)> {
    if loose(m) {
        return None;
    }
    let (first, last) = (m.earliest?, m.latest?);
    Some(match m.edge {
        // "around May 5"
        Some(Edge::About) => (super::resolve::plus_days(first, -7)?, super::resolve::plus_days(last, 7)?),
        _ => (first, last),
    })
}

fn intervals(a: (Date, Date), b: (Date, Date)) -> DateLikeness {
    if a == b {
        Same
    } else if a.0 <= b.1 && b.0 <= a.1 {
        Compatible
    } else {
        Different
    }
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
    if a.name.is_some() && b.name.is_some() {
        field(Some(0), Some(i64::from(a.name != b.name)));
    }
    match (shift(a), shift(b)) {
        (Some(x), Some(y)) if x.0 == y.0 && a.floating == b.floating && !a.vague && !b.vague => field(Some(x.1), Some(y.1)),
        _ => {}
    }
    match (part(a), part(b)) {
        (Some(x), Some(y)) => field(Some(0), Some(i64::from(!x.meets(y)))),
        _ => {}
    }
    match (&a.clock, &b.clock) {
        (Some(x), Some(y)) => field(Some(0), Some(i64::from(!clocks(x, y)))),
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

/// The distance that is written, in the smallest unit of its kind: days, months or minutes.
fn shift(m: &DateMention) -> Option<(u8, i64)> {
    let n = i64::from(m.shift?);
    Some(match m.shift_unit? {
        ShiftUnit::Second => (0, n),
        ShiftUnit::Minute => (0, n * 60),
        ShiftUnit::Hour => (0, n * 3600),
        ShiftUnit::Day => (1, n),
        ShiftUnit::Week => (1, 7 * n),
        ShiftUnit::Weekend => (2, n),
        ShiftUnit::Month => (3, n),
        ShiftUnit::Quarter => (4, n),
        ShiftUnit::Season => (5, n),
        ShiftUnit::Year => (3, 12 * n),
        ShiftUnit::Decade => (3, 120 * n),
        ShiftUnit::Century => (3, 1200 * n),
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
            DayPart::Morning => Hours(3, 12),
            DayPart::Afternoon => Hours(12, 19),
            DayPart::Evening => Hours(16, 25),
            DayPart::Night => Hours(18, 30),
        });
    }
    let hour = m.clock.as_ref()?.minute / 60;
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

fn clocks(a: &Clock, b: &Clock) -> bool {
    match (&a.zone, &b.zone) {
        (Some(x), Some(y)) if x != y => match (zone_offset(x), zone_offset(y)) {
            (Some(x), Some(y)) => (i32::from(a.minute) - x - i32::from(b.minute) + y).rem_euclid(24 * 60) == 0,
            // Zones that cannot be converted: nothing is known to differ.
            _ => true,
        },
        _ => a.minute == b.minute,
    }
}
