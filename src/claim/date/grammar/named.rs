//! Named days, and names that only look like dates.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Read, Words, lines};
use crate::claim::date::{DateForm, DateMention, resolve};

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../../data/date_names.txt")).collect());
/// The holidays and when they are; long names before their beginnings.
static HOLIDAYS: LazyLock<Vec<(&'static str, Rule)>> = LazyLock::new(|| {
    let mut all: Vec<_> = lines(include_str!("../../data/holidays.txt"))
        .filter_map(|line| line.split_once('='))
        .map(|(name, rule)| (name, Rule::parse(rule).unwrap_or(Rule::Unknown)))
        .collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
});

/// When a holiday is.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Every year on one day.
    Fixed(u8, u8),
    /// On the nth weekday of a month (−1: the last), and so many days later.
    Nth { nth: i8, weekday: i8, month: i8, later: i64 },
    /// So many days after the western Easter.
    Easter(i64),
    /// By the moon, by decree, or another day in each country.
    Unknown,
}

impl Rule {
    fn parse(rule: &str) -> Option<Self> {
        if let Some(days) = rule.strip_prefix("easter ") {
            return Some(Self::Easter(days.parse().ok()?));
        }
        let parts: Vec<i64> = rule.split(' ').filter_map(|p| p.parse().ok()).collect();
        match parts[..] {
            [nth, weekday, month] => Some(Self::Nth { nth: nth as i8, weekday: weekday as i8, month: month as i8, later: 0 }),
            [nth, weekday, month, later] => Some(Self::Nth { nth: nth as i8, weekday: weekday as i8, month: month as i8, later }),
            _ => rule.split_once('-').and_then(|(m, d)| Some(Self::Fixed(m.parse().ok()?, d.parse().ok()?))),
        }
    }
}

/// The day of a movable holiday in a year.
pub(in crate::claim::date) fn holiday_in(year: i16, name: &str) -> Option<Date> {
    match HOLIDAYS.iter().find(|(n, _)| *n == name)?.1 {
        Rule::Nth { nth, weekday, month, later } => {
            let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, resolve::weekday(weekday)?).ok()?;
            resolve::plus_days(day, later)
        }
        Rule::Easter(days) => resolve::plus_days(easter(year)?, days),
        Rule::Fixed(..) | Rule::Unknown => None,
    }
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

impl Words<'_> {
    /// Whether the piece at `i` stands in a name: "Mail on Sunday".
    pub(super) fn names(&self, i: usize) -> bool {
        let text = &self.prose.document.prose;
        self.is_capital(i)
            && (i.saturating_sub(2)..=i).any(|j| {
                let start = self.items[j].span.start as usize;
                let rest = &text[start..];
                NAMES.iter().any(|name| phrase(rest, name).is_some_and(|len| start + len >= self.items[i].span.end as usize))
            })
    }

    pub(super) fn holiday(&self, i: usize) -> Read {
        let start = self.items[i].span.start as usize;
        let rest = &self.prose.document.prose[start..];
        let first = rest.as_bytes()[0].to_ascii_lowercase();
        if self.names(i) {
            return None;
        }
        let (name, rule, len) = HOLIDAYS
            .iter()
            .filter(|(name, _)| name.as_bytes()[0] == first)
            .find_map(|(name, rule)| Some((*name, *rule, phrase(rest, name)?)))?;
        let end = i + self.items[i..].iter().take_while(|item| (item.span.start as usize) < start + len).count();
        let mut m = DateMention::new(DateForm::Holiday);
        m.name = Some(name.to_owned());
        if let Rule::Fixed(month, day) = rule {
            (m.month, m.day) = (Some(month), Some(day));
        }
        let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
        m.year = year;
        Some(self.with_year_shift(m, end))
    }
}

/// The length of `name` at the start of `text`, without regard to case and the form of apostrophes, up to a word's end.
pub(super) fn phrase(text: &str, name: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in name.chars() {
        let (_, c) = chars.next()?;
        let c = if c == '’' { '\'' } else { c.to_ascii_lowercase() };
        if c != wanted {
            return None;
        }
    }
    match chars.next() {
        Some((_, c)) if c.is_alphanumeric() => None,
        Some((i, _)) => Some(i),
        None => Some(text.len()),
    }
}
