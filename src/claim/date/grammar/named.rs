//! Named days, and names that only look like dates.

use std::sync::LazyLock;

use super::{Read, Words, lines};
use crate::{
    claim::date::{
        DateForm, DateMention, ShiftUnit, holiday,
        lex::{FEW, Lex},
    },
    prose::Tag,
};

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../../data/date_names.txt")).collect());
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

    /// "Christmas Eve", "Thanksgiving 2014", "Labor Day weekend", "Easter last year".
    pub(super) fn holiday(&self, i: usize) -> Read {
        let start = self.items[i].span.start as usize;
        let rest = &self.prose.document.prose[start..];
        let first = rest.as_bytes()[0].to_ascii_lowercase();
        if self.names(i) {
            return None;
        }
        let lower = !self.is_capital(i);
        let (found, len) = holiday::beginning(first).find_map(|h| Some((h, phrase(rest, h.name)?)))?;
        // "veterans day 2012" in a label; in prose "the new year" is none.
        if lower && !found.lower && (self.has_verb || self.items.len() > FEW || !found.name.contains(' ')) {
            return None;
        }
        // "Johnnie Christmas"
        let named_so = |b: usize| self.items[b].tag == Tag::ProperNoun && self.lex(b) == Lex::Other && self.is_capital(b);
        if !found.name.contains(' ') && i.checked_sub(1).is_some_and(named_so) {
            return None;
        }
        let end = i + self.items[i..].iter().take_while(|item| (item.span.start as usize) < start + len).count();
        let mut m = DateMention::new(DateForm::Holiday);
        m.name = Some(found.name.to_owned());
        if let Some((month, day)) = found.fixed() {
            (m.month, m.day) = (Some(month), Some(day));
        }
        let end = match self.lex(end) {
            Lex::Weekend => {
                (m.form, m.shift_unit, m.month, m.day) = (DateForm::Week, Some(ShiftUnit::Weekend), None, None);
                end + 1
            }
            _ => end,
        };
        let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
        m.year = year;
        let (mut m, end) = if m.shift_unit.is_none() { self.with_year_shift(m, end) } else { (m, end) };
        // "Christmas in five years"
        if m.year.is_none()
            && m.shift.is_none()
            && self.is(end, &["in"])
            && let Some((Some(n), ShiftUnit::Year, after)) = self.count(end + 1)
        {
            (m.shift, m.shift_unit) = (Some(n), Some(ShiftUnit::Year));
            return Some((m, after));
        }
        Some((m, end))
    }
}

/// The length of `name` at the start of `text`, without regard to case and the form of apostrophes, which may be missing, up to a
/// word's end.
pub(super) fn phrase(text: &str, name: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    for wanted in name.chars() {
        let (_, c) = *chars.peek()?;
        let c = if c == '’' { '\'' } else { c.to_ascii_lowercase() };
        if c == wanted {
            chars.next();
        } else if wanted != '\'' {
            return None;
        }
    }
    match chars.next() {
        Some((_, c)) if c.is_alphanumeric() => None,
        Some((i, _)) => Some(i),
        None => Some(text.len()),
    }
}
