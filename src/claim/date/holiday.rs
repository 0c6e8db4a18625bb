//! Named days and when they are: by the calendar, by Easter, by the moon.

use std::sync::LazyLock;

use calendrical_calculations::{
    chinese_based::{Chinese, ChineseBased, chinese_based_date_from_fixed},
    hebrew::BookHebrew,
    islamic::{ISLAMIC_EPOCH_FRIDAY, fixed_from_tabular_islamic},
    julian,
    rata_die::RataDie,
};
use jiff::civil::{Date, date};

use super::resolve::{distance, plus_days, weekday};

/// A named day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holiday {
    /// Its name, folded.
    pub(super) name: &'static str,
    /// Whether the name is one in lower case too.
    pub(super) lower: bool,
    /// Whether other countries have another day.
    pub(super) elsewhere: bool,
    rule: Rule,
}

/// When a holiday is.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Every year on one day: month and day.
    Fixed(u8, u8),
    /// On the nth weekday of a month (−1: the last), and so many days later.
    Nth { nth: i8, weekday: i8, month: i8, later: i64 },
    /// On the last weekday before a day.
    Before { weekday: i8, month: i8, day: i8 },
    /// So many days after the western Easter, for so many days.
    Easter(i64, i64),
    /// So many days after the eastern Easter.
    Orthodox(i64),
    /// Month and day of the Hebrew calendar, month 0 the last before Nisan, and its length in days. Days begin the evening before.
    Hebrew(u8, u8, i64),
    /// Month and day of the Islamic calendar, and its length in days. By sight of the moon it may be a day earlier or later.
    Islamic(u8, u8, i64),
    /// So many days after the first new moon on or after a day, in China; or on the day whose evening in India the new moon is nearest.
    Moon { india: bool, month: i8, day: i8, later: i64 },
    /// By decree, or another day in each country.
    Unknown,
}

/// Long names before their beginnings.
static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let mut all: Vec<Holiday> = lines().collect();
    all.sort_by_key(|h| std::cmp::Reverse(h.name.len()));
    all
});

fn lines() -> impl Iterator<Item = Holiday> {
    let lines = include_str!("../data/holidays.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|line| line.split_once('=')).map(|(name, rule)| {
        let (bare, rule_only) = (name.trim_start_matches('~'), rule.trim_end_matches('|'));
        Holiday {
            name: bare,
            lower: bare.len() < name.len(),
            elsewhere: rule_only.len() < rule.len(),
            // A rule that cannot be read fails the test below.
            rule: if rule_only.is_empty() { Rule::Unknown } else { Rule::parse(rule_only).unwrap_or(Rule::Fixed(0, 0)) },
        }
    })
}

/// The first words of the names, without an apostrophe and what follows, and whether one of them is a name in lower case.
pub(super) fn first_words() -> impl Iterator<Item = (&'static str, bool)> {
    lines().map(|h| (h.name.split([' ', '\'']).next().unwrap_or("").trim_end_matches('.'), h.lower))
}

/// The holidays whose names begin with this letter, long names first.
pub(super) fn beginning(letter: u8) -> impl Iterator<Item = Holiday> {
    HOLIDAYS.iter().copied().filter(move |h| h.name.as_bytes()[0] == letter)
}

/// The holiday of this name.
pub(super) fn named(name: &str) -> Option<Holiday> {
    HOLIDAYS.iter().copied().find(|h| h.name == name)
}

impl Rule {
    fn parse(rule: &str) -> Option<Self> {
        let (kind, rest) = rule.split_once(' ').unwrap_or(("", ""));
        let mut words = rest.split(' ');
        let mut next = || words.next().unwrap_or("");
        Some(match kind {
            "easter" => Self::Easter(next().parse().ok()?, next().parse().unwrap_or(1)),
            "orthodox" => Self::Orthodox(next().parse().ok()?),
            "hebrew" => Self::Hebrew(next().parse().ok()?, next().parse().ok()?, next().parse().unwrap_or(1)),
            "islamic" => Self::Islamic(next().parse().ok()?, next().parse().ok()?, next().parse().unwrap_or(1)),
            "before" => {
                let weekday = next().parse().ok()?;
                let (month, day) = month_day(next())?;
                Self::Before { weekday, month: month as i8, day: day as i8 }
            }
            "china" | "india" => {
                let (month, day) = month_day(next())?;
                let later = next().parse().unwrap_or(0);
                Self::Moon { india: kind == "india", month: month as i8, day: day as i8, later }
            }
            _ => match rule.split(' ').filter_map(|p| p.parse::<i64>().ok()).collect::<Vec<_>>()[..] {
                [nth, weekday, month] => Self::Nth { nth: nth as i8, weekday: weekday as i8, month: month as i8, later: 0 },
                [nth, weekday, month, later] => Self::Nth { nth: nth as i8, weekday: weekday as i8, month: month as i8, later },
                _ => month_day(rule).map(|(month, day)| Self::Fixed(month, day))?,
            },
        })
    }
}

fn month_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

impl Holiday {
    /// Month and day, if they are the same every year.
    pub(super) fn fixed(&self) -> Option<(u8, u8)> {
        match self.rule {
            Rule::Fixed(month, day) => Some((month, day)),
            _ => None,
        }
    }

    /// Its first and last day in a year.
    pub(super) fn days(&self, year: i16) -> Option<(Date, Date)> {
        let one = |day: Option<Date>| day.map(|d| (d, d));
        match self.rule {
            Rule::Fixed(month, day) => one(Date::new(year, month as i8, day as i8).ok()),
            Rule::Nth { nth, weekday: w, month, later } => {
                let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday(w)?).ok()?;
                one(plus_days(day, later))
            }
            Rule::Before { weekday: w, month, day } => one(Date::new(year, month, day).ok()?.nth_weekday(-1, weekday(w)?).ok()),
            Rule::Easter(days, length) => {
                let first = plus_days(easter(year)?, days)?;
                Some((first, plus_days(first, length - 1)?))
            }
            Rule::Orthodox(days) => one(plus_days(gregorian(julian::easter(year.into()))?, days)),
            Rule::Hebrew(month, day, length) => {
                // Months are counted from Nisan, years from Tishri.
                let book_year = i32::from(year) + if month >= 7 { 3761 } else { 3760 };
                let last = if BookHebrew::is_hebrew_leap_year(book_year) { 13 } else { 12 };
                // Shevat and the months before it fall after New Year's Day.
                let book_year = if month == 11 { book_year - 1 } else { book_year };
                let month = if month == 0 { last } else { month };
                let first = gregorian(BookHebrew::fixed_from_book_hebrew(BookHebrew { year: book_year, month, day }))?;
                Some((plus_days(first, -1)?, plus_days(first, length - 1)?))
            }
            Rule::Islamic(month, day, length) => {
                let guess = (i32::from(year) - 622) * 33 / 32;
                let first = (guess - 1..=guess + 2)
                    .filter_map(|y| gregorian(fixed_from_tabular_islamic(y, month, day, ISLAMIC_EPOCH_FRIDAY)))
                    .find(|d| d.year() == year)?;
                Some((plus_days(first, -1)?, plus_days(first, length)?))
            }
            Rule::Moon { india, month, day, later } => {
                let from = RataDie::new(distance(EPOCH, Date::new(year, month, day).ok()?) + 1);
                let moon = if india { new_moon::<Dusk>(from) } else { new_moon::<Chinese>(from) };
                one(plus_days(gregorian(moon)?, later))
            }
            Rule::Unknown => None,
        }
    }
}

/// The first day of a month of the moon on or after a day.
fn new_moon<C: ChineseBased>(from: RataDie) -> RataDie {
    let day_of_month = |date: RataDie| i64::from(chinese_based_date_from_fixed::<C>(date).day);
    match day_of_month(from) {
        1 => from,
        day => {
            // Months have 29 or 30 days.
            let next = from.add(30 - (day - 1));
            next.add(1 - day_of_month(next))
        }
    }
}

/// Days that change twelve hours and a half after they do at Greenwich: a new moon after dusk in India belongs to the day that begins.
struct Dusk;

impl ChineseBased for Dusk {
    const EPOCH: RataDie = <Chinese as ChineseBased>::EPOCH;
    const DEBUG_NAME: &'static str = "dusk";

    fn utc_offset(_: RataDie) -> f64 {
        -12.6 / 24.0
    }
}

/// Day 1 of the count in which the calendars meet.
const EPOCH: Date = date(1, 1, 1);

fn gregorian(day: RataDie) -> Option<Date> {
    plus_days(EPOCH, day.to_i64_date() - 1)
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, year: i16, expect: &str) {
        let days = named(name).expect(name).days(year);
        let shown = days.map_or("?".to_owned(), |(a, b)| if a == b { a.to_string() } else { format!("{a}..{b}") });
        assert_eq!(shown, expect, "{name} {year}");
    }

    #[test]
    fn every_rule_is_read() {
        for holiday in HOLIDAYS.iter() {
            assert_eq!(holiday.days(2025).is_none(), matches!(holiday.rule, Rule::Unknown), "{holiday:?}");
        }
    }

    #[test]
    fn by_the_calendar() {
        check("thanksgiving", 2024, "2024-11-28");
        check("memorial day", 2025, "2025-05-26");
        check("election day", 2024, "2024-11-05");
        check("victoria day", 2024, "2024-05-20");
        check("administrative professionals' day", 2024, "2024-04-24");
        check("easter", 2025, "2025-04-20");
        check("orthodox easter", 2024, "2024-05-05");
    }

    #[test]
    fn by_the_moon() {
        check("chinese new year", 2024, "2024-02-10");
        check("chinese new year", 2023, "2023-01-22");
        check("mid-autumn festival", 2025, "2025-10-06");
        check("dragon boat festival", 2024, "2024-06-10");
        check("diwali", 2022, "2022-10-24");
        check("diwali", 2020, "2020-11-14");
        check("passover", 2024, "2024-04-22..2024-04-30");
        check("purim", 2024, "2024-03-23..2024-03-24");
        check("rosh hashanah", 2024, "2024-10-02..2024-10-04");
        check("hanukkah", 2024, "2024-12-25..2025-01-02");
        check("tu bishvat", 2025, "2025-02-12..2025-02-13");
        check("eid al-fitr", 2024, "2024-04-09..2024-04-11");
    }
}
