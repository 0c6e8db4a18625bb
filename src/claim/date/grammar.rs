//! How the pieces of a date stand together.

use std::{collections::HashSet, sync::LazyLock};

use jiff::civil::Date;

use super::{
    Clock, DateForm, DateMention, DayPart, Edge, ShiftUnit,
    lex::{self, Item, Lex},
    resolve::{self, Tense},
    year,
};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, Tag},
};

static COUNTED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lines(include_str!("../data/date_counted.txt")).collect());
static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../data/date_names.txt")).collect());
/// Each holiday with its month and day, where they do not move; long names before their beginnings.
static HOLIDAYS: LazyLock<Vec<(&'static str, Option<(u8, u8)>)>> = LazyLock::new(|| {
    let mut all: Vec<_> = lines(include_str!("../data/holidays.txt"))
        .filter_map(|line| line.split_once('='))
        .map(|(name, day)| (name, day.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)))))
        .collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
});

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

pub(super) fn is_counted(word: &str) -> bool {
    COUNTED.contains(word)
}

/// The dates of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut items = Vec::new();
    let mut surname = None;
    for sentence in 0..prose.sentences.len() {
        if lex::split(prose, prose.tokens_of(sentence), &mut items) {
            let may_is_a_name = *surname.get_or_insert_with(|| may_is_a_name(prose));
            let words = Words { prose, items: &items, may_is_a_name };
            words.read(sentence as u32, &mut out);
        }
    }
    out
}

/// Whether somebody in the text is called May.
fn may_is_a_name(prose: &Prose) -> bool {
    prose.tokens.windows(2).any(|pair| {
        prose.str(pair[1].span) == "May"
            && pair[0].tag == Tag::ProperNoun
            && pair[0].span.end + 1 == pair[1].span.start
            && prose.str(pair[0].span).starts_with(char::is_uppercase)
    })
}

/// The pieces of one sentence.
pub(super) struct Words<'a> {
    prose: &'a Prose,
    pub(super) items: &'a [Item],
    may_is_a_name: bool,
}

type Read = Option<(DateMention, usize)>;

impl Words<'_> {
    fn lex(&self, i: usize) -> Lex {
        self.items.get(i).map_or(Lex::Other, |item| item.lex)
    }

    pub(super) fn text(&self, i: usize) -> &str {
        self.items.get(i).map_or("", |item| self.prose.str(item.span))
    }

    pub(super) fn lower<'b>(&self, i: usize, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
        lex::lower(self.text(i), buffer)
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        let text = self.text(i);
        words.iter().any(|w| w.eq_ignore_ascii_case(text))
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// Whether nothing stands between `i` and the next piece.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.items.get(i + 1).is_some_and(|next| self.items[i].span.end == next.span.start)
    }

    fn read(&self, sentence: u32, out: &mut Vec<Mention>) {
        let published = self.prose.document.meta.published;
        let mut found: Vec<(DateMention, usize, usize)> = Vec::new();
        let mut i = 0;
        while i < self.items.len() {
            if let Some((first, second, a_end, b, b_end)) = self.day_range(i) {
                found.push((first, i, a_end));
                found.push((second, b, b_end));
                i = b_end;
            } else if let Some((mention, end)) = self.moment(i) {
                found.push((mention, i, end));
                i = end.max(i + 1);
            } else {
                i += 1;
            }
        }
        self.complete(&mut found);
        for (mut mention, from, to) in found {
            if mention.edge.is_none() {
                mention.edge = self.edge_before(from);
            }
            let tense = self.tense(from, to);
            resolve::resolve(&mut mention, published, tense);
            let span = self.items[from].span.cover(self.items[to - 1].span);
            out.push(Mention { span, sentence, quoted: false, kind: MentionKind::Date(Box::new(mention)) });
        }
    }

    /// In "from December to May 2020" and "Aug. 10 – Nov. 12, 2013" the year is written once.
    fn complete(&self, found: &mut [(DateMention, usize, usize)]) {
        for i in 1..found.len() {
            let (head, tail) = found.split_at_mut(i);
            let (a, b) = (&mut head[i - 1], &mut tail[0]);
            if !self.joins(a.2, b.1) {
                continue;
            }
            let (Some(x), Some(y)) = (a.0.month, b.0.month) else { continue };
            match (a.0.year, b.0.year) {
                (None, Some(year)) => a.0.year = Some(if x > y { year - 1 } else { year }),
                (Some(year), None) => b.0.year = Some(if x > y { year + 1 } else { year }),
                _ => {}
            }
        }
    }

    /// Whether the pieces from `a` up to `b` join the ends of a range.
    fn joins(&self, a: usize, b: usize) -> bool {
        b == a + 1 && (self.lex(a) == Lex::Dash || self.is(a, &["to", "and", "or", "through", "until", "till", "thru"]))
            || b == a + 2 && self.is(a, &["to", "and", "through"]) && self.is(a + 1, &["the", "on", "in"])
    }

    /// "10 to 22 August 2012", "August 10-22, 2012": one month for two days.
    fn day_range(&self, i: usize) -> Option<(DateMention, DateMention, usize, usize, usize)> {
        let join = |i| self.lex(i) == Lex::Dash || self.is(i, &["to", "and", "through", "or"]);
        if let Some(day) = self.day_of_month(i)
            && join(i + 1)
            && self.day_of_month(i + 2).is_some()
        {
            let (second, end) = self.day_first(i + 2)?;
            let mut first = second.clone();
            first.day = Some(day);
            return valid(&first).then_some((first, second, i + 1, i + 2, end));
        }
        if let Lex::Month { .. } = self.lex(i)
            && let Some(day) = self.day_of_month(i + 1)
            && (self.lex(i + 2) == Lex::Dash || self.is(i + 2, &["to", "through"]))
            && let Some(last) = self.day_of_month(i + 3)
            && (!self.is(i + 2, &["to"]) || !matches!(self.items.get(i + 4).map(|n| n.tag), Some(Tag::Noun)))
            && !matches!(self.lex(i + 4), Lex::Month { .. })
        {
            let (mut first, _) = self.month(i)?;
            let (year, end) = self.year_after(i + 4).map_or((None, i + 4), |(y, e)| (Some(y), e));
            first.year = year;
            let mut second = first.clone();
            (first.day, second.day) = (Some(day), Some(last));
            return (valid(&first) && valid(&second)).then_some((first, second, i + 2, i + 3, end));
        }
        None
    }

    fn day_of_month(&self, i: usize) -> Option<u8> {
        match self.lex(i) {
            Lex::Int { value, digits: 1..=2 } if (1..=31).contains(&value) => Some(value as u8),
            Lex::Ordinal(n) => Some(n),
            _ => None,
        }
    }

    /// A time, a date, or both together.
    fn moment(&self, i: usize) -> Read {
        if matches!(self.lex(i), Lex::Other | Lex::Comma | Lex::Dash | Lex::Mark(_)) && !self.is_capital(i) {
            return None;
        }
        if let Some((clock, mut end)) = self.clock(i) {
            let mut mention = DateMention::new(DateForm::Time);
            let mut at = end;
            if self.lex(at) == Lex::Comma {
                at += 1;
            }
            if self.is(at, &["on", "of"]) {
                at += 1;
            }
            if let Some((date, after)) = self.date(at)
                && is_day(&date)
            {
                mention = date;
                mention.form = DateForm::Time;
                end = after;
            }
            mention.clock = Some(clock);
            return Some((mention, end));
        }
        let (mut mention, mut end) = self.date(i)?;
        if is_day(&mention) {
            let mut at = end;
            if self.lex(at) == Lex::Comma {
                at += 1;
            }
            let preposition = self.is(at, &["at", "around", "about", "by", "before", "after", "from", "until"]);
            if preposition {
                at += 1;
            }
            let clock = self.clock(at).or_else(|| match self.lex(at) {
                // "tonight at 8"
                Lex::Int { value, digits: 1..=2 } if preposition && self.is(at - 1, &["at"]) && (1..=12).contains(&value) => {
                    let pm = matches!(mention.part, Some(DayPart::Night | DayPart::Evening | DayPart::Afternoon));
                    Some((Clock { minute: (value as u16 % 12 + if pm { 12 } else { 0 }) * 60, zone: None }, at + 1))
                }
                _ => None,
            });
            if let Some((clock, after)) = clock {
                mention.clock = Some(clock);
                mention.form = DateForm::Time;
                end = after;
            }
        }
        Some((mention, end))
    }

    /// A time of day.
    fn clock(&self, i: usize) -> Option<(Clock, usize)> {
        let before = i.checked_sub(1);
        let (minute, end) = match self.lex(i) {
            Lex::Noon(minute) => {
                let starts = before.is_none_or(|b| matches!(self.lex(b), Lex::Function | Lex::Int { .. } | Lex::Mark(_)));
                if self.is_capital(i) && !starts || self.names(i) {
                    return None;
                }
                (minute, i + 1)
            }
            Lex::Hour { hour, pm } => (u16::from(hour) * 60 + if pm { 720 } else { 0 }, i + 1),
            Lex::Colon { minute, meridiem } => {
                let (half, end) = match (meridiem, self.lex(i + 1)) {
                    (Some(pm), _) => (Some(pm), i + 1),
                    (None, Lex::Meridiem(pm)) if minute / 60 <= 12 => (Some(pm), i + 2),
                    _ => (None, i + 1),
                };
                match half {
                    Some(pm) => (minute % 720 + if pm { 720 } else { 0 }, end),
                    None => {
                        let zoned = self.zone(end).is_some();
                        let dubious = before.is_some_and(|b| {
                            self.is(b, &["in", "of", "a", "the"])
                                || self.items[b].tag == Tag::ProperNoun && matches!(self.lex(b), Lex::Other)
                        });
                        if dubious && !zoned {
                            return None;
                        }
                        (minute, end)
                    }
                }
            }
            Lex::Decimal { whole, part, digits: 2 } if whole <= 23 && part < 60 => match self.lex(i + 1) {
                Lex::Meridiem(pm) if (1..=12).contains(&whole) => {
                    ((whole as u16 % 12 + if pm { 12 } else { 0 }) * 60 + part as u16, i + 2)
                }
                _ => return None,
            },
            Lex::Int { value, digits: 1..=2 } if (1..=12).contains(&value) => {
                let hour = value as u16 % 12 * 60;
                match self.lex(i + 1) {
                    Lex::Meridiem(pm) => (hour + if pm { 720 } else { 0 }, i + 2),
                    Lex::Noon(minute) => (minute, i + 2),
                    // "8-11 p.m.": the half of the day is written once.
                    Lex::Dash | Lex::Function if self.lex(i + 1) == Lex::Dash || self.is(i + 1, &["to", "and", "until"]) => {
                        let pm = match (self.lex(i + 2), self.lex(i + 3)) {
                            (Lex::Hour { pm, .. }, _) | (Lex::Int { digits: 1..=2, .. }, Lex::Meridiem(pm)) => pm,
                            (Lex::Colon { meridiem: Some(pm), .. }, _) | (Lex::Colon { .. }, Lex::Meridiem(pm)) => pm,
                            _ => return None,
                        };
                        (hour + if pm { 720 } else { 0 }, i + 1)
                    }
                    _ if self.is(i + 1, &["o'clock", "o’clock"]) => (hour, i + 2),
                    _ if self.is(i + 1, &["in"]) && self.is(i + 2, &["the"]) => match self.lex(i + 3) {
                        Lex::Part(DayPart::Morning) => (hour, i + 4),
                        Lex::Part(DayPart::Afternoon | DayPart::Evening) => (hour + 720, i + 4),
                        _ => return None,
                    },
                    _ if self.is(i + 1, &["at"]) && self.lex(i + 2) == Lex::Part(DayPart::Night) => {
                        (if value < 6 || value == 12 { hour } else { hour + 720 }, i + 3)
                    }
                    _ => return None,
                }
            }
            // "0830 GMT", "1500 hours"
            Lex::Int { value, digits: 3..=4 } if value / 100 < 24 && value % 100 < 60 => {
                let minute = (value / 100 * 60 + value % 100) as u16;
                match self.zone(i + 1) {
                    Some((zone, end)) => return Some((Clock { minute, zone: Some(zone) }, end)),
                    None => return None,
                }
            }
            _ => return None,
        };
        let (zone, end) = match self.zone(end) {
            Some((zone, end)) => (Some(zone), end),
            None => (None, end),
        };
        Some((Clock { minute, zone }, end))
    }

    /// The zone at `i`: "EST", "Eastern time", "local time".
    fn zone(&self, i: usize) -> Option<(String, usize)> {
        let text = self.text(i);
        if text.is_empty() || !text.is_ascii() {
            return None;
        }
        let upper = text.trim_end_matches('.').replace('.', "").to_uppercase();
        let is_upper = text.bytes().all(|b| !b.is_ascii_lowercase());
        if lex::is_zone(&upper) && (is_upper || matches!(upper.as_str(), "GMT" | "UTC" | "PST" | "EST")) {
            return Some((upper, i + 1));
        }
        let end = (i + 1..i + 3).find(|&j| self.is(j, &["time"]))?;
        let named = (i..end).all(|j| self.is_capital(j) || self.is(j, &["local", "daylight", "standard", "summer"]));
        named.then(|| (upper, end + 1))
    }

    /// A date without a time of day.
    fn date(&self, i: usize) -> Read {
        let item = self.items.get(i)?;
        if self.is_capital(i)
            && let Some(found) = self.holiday(i)
        {
            return Some(found);
        }
        match item.lex {
            Lex::Weekday { .. } => self.weekday(i),
            Lex::Month { .. } => self.month(i),
            Lex::Int { .. } => self.day_first(i).or_else(|| self.distance(i)).or_else(|| self.year(i)),
            Lex::Ordinal(_) => self.day_first(i).or_else(|| self.ordinal(i)),
            Lex::Cardinal(_) | Lex::Vague | Lex::Half | Lex::Decimal { .. } => self.distance(i),
            Lex::Function if self.is(i, &["a", "an", "the"]) => self.distance(i),
            Lex::Function if self.is(i, &["in", "within"]) => self.ahead(i),
            Lex::Relative(n) => self.relative(i, n),
            Lex::Earlier | Lex::Later => match self.lex(i + 1) {
                Lex::Relative(n) if n <= 0 => self.relative(i + 1, n),
                _ => None,
            },
            Lex::Day(shift) => self.day_word(i, shift),
            Lex::Edge(edge) => self.edge(i, edge),
            Lex::PartOf(edge) => self.part_of(i, edge),
            Lex::Decade(first) => self.decade(i, first),
            Lex::Quarter(n) => Some(self.quarter(n, i + 1)),
            Lex::Iso { year, month, day, minute } => {
                let mut m = DateMention::new(DateForm::Day);
                (m.year, m.month, m.day) = (Some(year), Some(month), Some(day));
                if let Some(minute) = minute {
                    m.clock = Some(Clock { minute, zone: None });
                    m.form = DateForm::Time;
                }
                // 2024-13-01 may have its fields in another order, 2014-02-30 is nothing.
                valid(&m).then_some((m, i + 1))
            }
            Lex::Slashed { a, b, c } => slashed(a, b, c).map(|m| (m, i + 1)),
            _ => None,
        }
    }

    fn weekday(&self, i: usize) -> Read {
        let Lex::Weekday { day, short } = self.lex(i) else { return None };
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
        let calendar = match self.lex(at) {
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
        if short && !(self.text(i).len() > 3 && i + 1 == self.items.len()) && self.clock(i + 1).is_none() || self.names(i) {
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
    fn with_part(&self, mut m: DateMention, end: usize) -> (DateMention, usize) {
        match self.lex(end) {
            Lex::Part(part) if !self.names(end.saturating_sub(1)) => {
                m.part = Some(part);
                (m, end + 1)
            }
            _ => (m, end),
        }
    }

    /// Whether the piece at `i` stands in a name: "Mail on Sunday".
    fn names(&self, i: usize) -> bool {
        let text = &self.prose.document.prose;
        self.is_capital(i)
            && (i.saturating_sub(2)..=i).any(|j| {
                let start = self.items[j].span.start as usize;
                let rest = &text[start..];
                NAMES.iter().any(|name| phrase(rest, name).is_some_and(|len| start + len >= self.items[i].span.end as usize))
            })
    }

    fn holiday(&self, i: usize) -> Read {
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

    /// "Aug. 7, 2015", "August 2015", "August".
    fn month(&self, i: usize) -> Read {
        let Lex::Month { month, short } = self.lex(i) else { return None };
        let mut m = DateMention::new(DateForm::Month);
        m.month = Some(month);
        let mut at = i + 1;
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
            return Some(self.with_part(m, end));
        }
        if let Lex::Int { value, digits: 1..=2 } = self.lex(at)
            && value > 0
            && value < 32
            && !counts
        {
            return None;
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
        self.bare_month(i, month, short).then_some((m, i + 1))
    }

    /// Whether a month without day and year is one, and not a word or a name.
    fn bare_month(&self, i: usize, month: u8, short: bool) -> bool {
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
    fn month_joined(&self, i: usize) -> bool {
        matches!(self.lex(i + 2), Lex::Month { .. })
            && (self.lex(i + 1) == Lex::Dash || self.lex(i + 1) == Lex::Comma || self.is(i + 1, &["and", "to", "or", "through"]))
    }

    /// A year that belongs to the date before it: ", 2015", "of 2015", "’98".
    fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let skip = match self.lex(at) {
            Lex::Comma => 1,
            _ if self.is(at, &["of", "in"]) => 1,
            _ if self.text(at) == "." && self.glued(at.wrapping_sub(1)) => 1,
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
                let counted = self.lower(end, &mut [0; 16]).is_some_and(is_counted);
                (!counted).then_some((year, end))
            }
            // "Aug 96"
            Lex::Int { value, digits: 2 }
                if skip == 0 && value > 31 && matches!(self.lex(at - 1), Lex::Month { .. }) && end == self.items.len() =>
            {
                Some((lex::short_year(value as i16), end))
            }
            Lex::ShortYear(year) => Some((year, end)),
            _ => None,
        }
    }

    /// "7 August 2015", "7th of August", "2018 March 18".
    fn day_first(&self, i: usize) -> Read {
        let mut at = i + 1;
        if self.is(at, &["of"]) {
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
            if short && self.text(at) != "Sept" && !self.is_capital(at) {
                return None;
            }
            m.year = Some(year);
            m.day = self.day_of_month(at + 1);
            if m.day.is_none() {
                m.form = DateForm::Month;
            }
            let end = if m.day.is_some() { at + 2 } else { at + 1 };
            return (valid(&m) && (m.day.is_some() || i == 0)).then_some((m, end));
        }
        m.day = Some(self.day_of_month(i)?);
        let (year, end) = self.year_after(at + 1).map_or((None, at + 1), |(y, e)| (Some(y), e));
        m.year = year;
        valid(&m).then(|| self.with_part(m, end))
    }

    fn year(&self, i: usize) -> Read {
        let mut m = DateMention::new(DateForm::Year);
        m.year = Some(year::read(self, i)?);
        // "2014-15": the second year is a mention of its own, see `short_end`.
        Some((m, i + 1))
    }

    fn decade(&self, i: usize, first: i16) -> Read {
        // "in his sixties" is an age.
        if self.is(i.wrapping_sub(1), &["his", "her", "their", "its", "my", "your", "our"])
            && !self.text(i).starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let mut m = DateMention::new(DateForm::Decade);
        m.year = Some(first);
        if first % 100 == 0 && first < 2000 {
            m.shift_unit = Some(ShiftUnit::Century);
        }
        Some((m, i + 1))
    }

    fn quarter(&self, n: u8, end: usize) -> (DateMention, usize) {
        let mut m = DateMention::new(DateForm::Quarter);
        m.quarter = Some(n);
        let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
        m.year = year;
        (m, end)
    }

    /// "third quarter", "20th century", "second half of 2025".
    fn ordinal(&self, i: usize) -> Read {
        let Lex::Ordinal(n) = self.lex(i) else { return None };
        let at = if self.lex(i + 1) == Lex::Dash { i + 2 } else { i + 1 };
        match self.lex(at) {
            Lex::Unit { unit: ShiftUnit::Quarter, .. } if (1..=4).contains(&n) => Some(self.quarter(n, at + 1)),
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

    fn relative(&self, i: usize, n: i8) -> Read {
        // "this past week"
        if let Lex::Relative(m) = self.lex(i + 1) {
            return (n == 0).then(|| self.relative(i + 1, m)).flatten();
        }
        let near = !self.is(i, &["following", "previous", "upcoming", "coming"]);
        let mut m = DateMention::new(DateForm::Relative);
        m.shift = Some(n.into());
        let end = i + 2;
        match self.lex(i + 1) {
            Lex::Weekday { day, .. } => {
                m.form = DateForm::Weekday;
                m.weekday = resolve::weekday(day);
                m.floating = self.is(i, &["following", "previous"]);
                return Some(self.with_part(m, end));
            }
            Lex::Month { month, .. } if self.is_capital(i + 1) => {
                m.form = DateForm::Month;
                m.month = Some(month);
                if let Some(day) = self.day_of_month(end)
                    && matches!(self.lex(end), Lex::Int { .. } | Lex::Ordinal(_))
                {
                    (m.form, m.day) = (DateForm::Day, Some(day));
                    return valid(&m).then_some((m, end + 1));
                }
            }
            Lex::Season(s) => {
                m.form = DateForm::Quarter;
                m.season = Some(season(s).to_owned());
            }
            Lex::Weekend => (m.form, m.shift_unit) = (DateForm::Week, Some(ShiftUnit::Weekend)),
            Lex::Part(part) if near && !self.is(i, &["past"]) => {
                m.part = Some(part);
                m.shift_unit = Some(ShiftUnit::Day);
                m.floating = n > 0;
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
                    _ => return None,
                };
                // "last years" is not said; "these past years" has no distance.
                if self.text(i + 1).ends_with('s') {
                    return None;
                }
            }
            // "the past two years", "the next 10 days"
            Lex::Cardinal(_) | Lex::Int { .. } | Lex::Vague if n != 0 && near => {
                let (count, unit, end) = self.count(i + 1)?;
                m.shift = count.map(|c| c * i32::from(n));
                m.shift_unit = Some(unit);
                return Some((m, end));
            }
            _ => return None,
        }
        Some((m, end))
    }

    fn day_word(&self, i: usize, shift: i8) -> Read {
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

    /// "early 2015", "mid-July", "late last year", "early on Monday".
    fn edge(&self, i: usize, edge: Edge) -> Read {
        let mut at = i + 1;
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
        Some((m, end))
    }

    /// "summer 2015", "the winter of 2014".
    fn season(&self, i: usize) -> Read {
        let Lex::Season(s) = self.lex(i) else { return None };
        let mut m = DateMention::new(DateForm::Quarter);
        m.season = Some(season(s).to_owned());
        let (year, end) = self.year_after(i + 1)?;
        m.year = Some(year);
        Some((m, end))
    }

    /// "the end of 2015", "the beginning of last year".
    fn part_of(&self, i: usize, edge: Edge) -> Read {
        if !self.is(i + 1, &["of"]) {
            return None;
        }
        let at = if self.is(i + 2, &["the"]) { i + 3 } else { i + 2 };
        let (mut m, end) = match self.lex(at) {
            Lex::Int { .. } => self.year(at)?,
            Lex::Unit { unit: unit @ (ShiftUnit::Year | ShiftUnit::Month | ShiftUnit::Week | ShiftUnit::Decade), .. }
                if at == i + 3 =>
            {
                let mut m = DateMention::new(if unit == ShiftUnit::Week {
                    DateForm::Week
                } else if unit == ShiftUnit::Month {
                    DateForm::Month
                } else {
                    DateForm::Year
                });
                (m.shift, m.shift_unit) = (Some(0), Some(unit));
                (m, at + 1)
            }
            _ => self.date(at)?,
        };
        m.edge = Some(edge);
        is_period(&m).then_some((m, end))
    }

    /// A number and a unit: "five days", "a few weeks", "two and a half years", "1 day 21 hours". The number is `None` if vague.
    fn count(&self, i: usize) -> Option<(Option<i32>, ShiftUnit, usize)> {
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
    fn finer(&self, at: usize, unit: ShiftUnit) -> Option<(usize, ShiftUnit)> {
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
    fn distance(&self, i: usize) -> Read {
        let (count, unit, at) = if self.is(i, &["the"]) {
            match self.lex(i + 1) {
                Lex::Unit { unit, short: false } if self.is(i + 2, &["before", "after"]) && unit >= ShiftUnit::Day => {
                    (Some(1), unit, i + 2)
                }
                _ => return None,
            }
        } else {
            self.count(i)?
        };
        let mut m = DateMention::new(DateForm::Relative);
        m.shift_unit = Some(unit);
        let set = |m: &mut DateMention, sign: i32| m.shift = count.map(|c| sign * c);
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
            Lex::Function if self.is(at, &["before", "after"]) => {
                let sign = if self.is(at, &["before"]) { -1 } else { 1 };
                set(&mut m, sign);
                m.floating = true;
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
                if self.is(i, &["the"]) && matches!(unit, ShiftUnit::Hour | ShiftUnit::Minute) {
                    return None;
                }
            }
            _ => return None,
        }
        Some((m, at + 1))
    }

    /// "in five days", "within two weeks", of what is to come.
    fn ahead(&self, i: usize) -> Read {
        let (count, unit, end) = self.count(i + 1)?;
        if self.tense(i, end) == Tense::Past || matches!(self.lex(end), Lex::Ago | Lex::Earlier | Lex::Later) {
            return None;
        }
        // "in 3 days of talks", "in two months": only what ends a phrase.
        if self.is(end, &["of", "before", "after"]) {
            return None;
        }
        let mut m = DateMention::new(DateForm::Relative);
        (m.shift, m.shift_unit) = (count, Some(unit));
        if self.is(i, &["within"]) {
            m.edge = Some(Edge::Before);
        }
        Some((m, end))
    }

    fn edge_before(&self, from: usize) -> Option<Edge> {
        let b = from.checked_sub(1)?;
        let b = if self.is(b, &["the"]) { b.checked_sub(1)? } else { b };
        match self.lower(b, &mut [0; 16])? {
            "before" | "until" | "till" | "by" => Some(Edge::Before),
            "after" | "since" | "from" => Some(Edge::After),
            "about" | "around" | "circa" | "roughly" => Some(Edge::About),
            _ => None,
        }
    }

    /// Where the verb that governs the pieces `from..to` lies.
    fn tense(&self, from: usize, to: usize) -> Tense {
        let verb = |i: &usize| matches!(self.items[*i].tag, Tag::Verb | Tag::Auxiliary);
        if let Some(v) = (0..from).rev().take(14).find(verb) {
            return self.tense_of(v);
        }
        let clause_end = self.items.len();
        (to..clause_end).take(14).find(verb).map_or(Tense::Unknown, |v| {
            // Through the group of auxiliaries: "will be held".
            self.tense_of((v..clause_end).take_while(|i| verb(i)).last().unwrap_or(v))
        })
    }

    /// The tense of the verb group that ends at `v`.
    fn tense_of(&self, v: usize) -> Tense {
        let mut tense = Tense::Unknown;
        for i in (v.saturating_sub(4)..=v).rev() {
            let group = i == v || matches!(self.items[i].tag, Tag::Verb | Tag::Auxiliary | Tag::Adverb | Tag::Particle);
            if !group {
                break;
            }
            let mut buffer = [0; 16];
            match self.lower(i, &mut buffer).unwrap_or("") {
                "will" | "shall" | "'ll" | "won't" => return Tense::Future,
                "to" | "would" | "should" | "could" | "can" | "may" | "might" | "must" => return Tense::Unknown,
                word if is_past(word) => tense = Tense::Past,
                _ => {}
            }
        }
        tense
    }
}

static PAST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lines(include_str!("../data/past_verbs.txt")).collect());

fn is_past(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") || PAST.contains(word)
}

fn season(n: u8) -> &'static str {
    ["spring", "summer", "autumn", "winter"][usize::from(n.clamp(1, 4)) - 1]
}

/// Whether it names a day, so that a time of day can belong to it.
fn is_day(m: &DateMention) -> bool {
    m.day.is_some()
        || m.weekday.is_some()
        || m.form == DateForm::Holiday
        || m.form == DateForm::Relative && m.shift_unit == Some(ShiftUnit::Day)
}

fn is_period(m: &DateMention) -> bool {
    matches!(m.form, DateForm::Year | DateForm::Month | DateForm::Decade | DateForm::Week | DateForm::Quarter)
}

/// Whether the day exists; in a leap year, where no year is written.
fn valid(m: &DateMention) -> bool {
    match (m.month, m.day) {
        (Some(month), day) => Date::new(m.year.unwrap_or(2000), month as i8, day.unwrap_or(1) as i8).is_ok(),
        _ => true,
    }
}

/// "3/4/2024" can be two days; "30/4/2024" and "04/2024" only one thing.
fn slashed(a: u16, b: u16, c: i32) -> Option<DateMention> {
    let mut m = DateMention::new(DateForm::Day);
    if c < 0 {
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

/// The length of `name` at the start of `text`, without regard to case and the form of apostrophes, up to a word's end.
fn phrase(text: &str, name: &str) -> Option<usize> {
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
