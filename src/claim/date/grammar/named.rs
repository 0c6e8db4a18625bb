//! Named days, and names that only look like dates.

use std::sync::LazyLock;

use super::{Read, Words, lines};
use crate::claim::date::{DateForm, DateMention};

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../../data/date_names.txt")).collect());
/// Each holiday with its month and day, where they do not move; long names before their beginnings.
static HOLIDAYS: LazyLock<Vec<(&'static str, Option<(u8, u8)>)>> = LazyLock::new(|| {
    let mut all: Vec<_> = lines(include_str!("../../data/holidays.txt"))
        .filter_map(|line| line.split_once('='))
        .map(|(name, day)| (name, day.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)))))
        .collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
});

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
        let (name, day, len) = HOLIDAYS
            .iter()
            .filter(|(name, _)| name.as_bytes()[0] == first)
            .find_map(|(name, day)| Some((*name, *day, phrase(rest, name)?)))?;
        let end = i + self.items[i..].iter().take_while(|item| (item.span.start as usize) < start + len).count();
        let mut m = DateMention::new(DateForm::Holiday);
        m.name = Some(name.to_owned());
        if let Some((month, day)) = day {
            (m.month, m.day) = (Some(month), Some(day));
        }
        let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
        m.year = year.filter(|_| m.month.is_some());
        Some((m, end))
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
