//! How the pieces of a date stand together.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{
    Clock, DateForm, DateMention, DayPart, Edge, ShiftUnit, Tense,
    lex::{self, Item, Lex},
    resolve, year,
};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, Tag},
};

mod calendar;
mod clock;
mod named;
mod period;
mod piece;
mod relative;
mod spoken;
mod tense;

use calendar::{slashed, valid};

static COUNTED: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/date_counted.txt")).collect());

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
    let mut facts = None;
    for sentence in 0..prose.sentences.len() {
        if lex::split(prose, prose.tokens_of(sentence), &mut items) {
            let (may_is_a_name, in_report) = *facts.get_or_insert_with(|| (may_is_a_name(prose), tense::in_report(prose)));
            let has_verb = items.iter().any(|i| matches!(i.tag, Tag::Verb | Tag::Auxiliary));
            let words = Words { prose, items: &items, may_is_a_name, in_report, has_verb };
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
pub(in crate::claim::date) struct Words<'a> {
    prose: &'a Prose,
    pub(in crate::claim::date) items: &'a [Item],
    may_is_a_name: bool,
    /// Whether the text tells what has happened.
    in_report: bool,
    /// Whether there is a verb among the pieces.
    has_verb: bool,
}

/// Two days that share a month.
struct DayRange {
    first: DateMention,
    second: DateMention,
    /// Where the first begins and ends, and where the second begins.
    places: [usize; 3],
    end: usize,
}

type Read = Option<(DateMention, usize)>;
impl Words<'_> {
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.items.get(i).map_or(Lex::Other, |item| item.lex)
    }

    pub(super) fn text(&self, i: usize) -> &str {
        self.items.get(i).map_or("", |item| self.prose.str(item.span))
    }

    pub(super) fn lower<'b>(&self, i: usize, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
        lex::lower(self.text(i), buffer)
    }

    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
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
            if let Some(range) = self.day_range(i) {
                i = range.end;
                if valid(&range.first) && valid(&range.second) {
                    found.push((range.first, range.places[0], range.places[1]));
                    found.push((range.second, range.places[2], range.end));
                }
            } else if let Some((mention, end)) = self.moment(i) {
                let pair = mention.year.filter(|_| mention.form == DateForm::Year).and_then(|y| self.year_pair(y, end));
                found.push((mention, i, end));
                i = end.max(i + 1);
                if let Some((year, from, to)) = pair {
                    found.push((DateMention { year: Some(year), ..DateMention::new(DateForm::Year) }, from, to));
                    i = to;
                }
            } else {
                i += 1;
            }
        }
        self.complete(&mut found);
        let mut last: Option<(usize, DateMention)> = None;
        for (mut mention, from, to) in found {
            if mention.edge.is_none() {
                mention.edge = self.edge_before(from);
            }
            mention.set |= self.comes_again(from, last.as_ref());
            // A holiday alone is one to come.
            let alone = mention.name.is_some() && !self.has_verb && from <= 1 && to == self.items.len();
            let told = if alone { Some(Tense::Future) } else { self.tense(from, to) };
            mention.tense = told.unwrap_or(Tense::Unknown);
            let tense = told.unwrap_or(self.untold());
            resolve::resolve(&mut mention, published, tense, self.has_verb);
            // "by the end of the year" is by its last day.
            if mention.edge == Some(Edge::Late)
                && is_period(&mention)
                && (from..to).any(|i| self.lex(i) == Lex::PartOf(Edge::Late))
                && self.edge_before(from) == Some(Edge::Before)
            {
                mention.earliest = mention.latest;
            }
            // "Friday to Monday": the end does not come before the beginning.
            if let Some((end, first)) = &last
                && self.joins(*end, from)
            {
                resolve::follow(&mut mention, first);
            }
            last = Some((to, mention.clone()));
            // "February 29" of a year that has none.
            let leap = (mention.month, mention.day) == (Some(2), Some(29)) && mention.year.is_none() && mention.shift.is_none();
            if leap && published.is_some_and(|d| !d.in_leap_year()) {
                continue;
            }
            // A weekday with nothing around it, in a text of no date: a heading, which claims nothing.
            if self.items.len() == 1 && mention.form == DateForm::Weekday && published.is_none() {
                continue;
            }
            let span = self.items[from].span.cover(self.items[to - 1].span);
            out.push(Mention { span, sentence, quoted: false, kind: MentionKind::Date(Box::new(mention)) });
        }
    }

    /// "every Tuesday", "each May", "Sundays"; also the second of "every Tuesday and Thursday".
    fn comes_again(&self, from: usize, last: Option<&(usize, DateMention)>) -> bool {
        let every = |i: usize| self.is(i, &["every", "each", "most", "alternate"]);
        let other = |i: usize| self.is(i, &["other", "second", "third"]) && every(i.wrapping_sub(1));
        let plural = matches!(self.lex(from), Lex::Weekday { short: false, .. }) && self.text(from).ends_with(['s', 'S']);
        plural
            || every(from.wrapping_sub(1))
            || other(from.wrapping_sub(1))
            || last.is_some_and(|(end, m)| m.set && self.joins(*end, from))
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
    pub(super) fn joins(&self, a: usize, b: usize) -> bool {
        b == a + 1 && (self.lex(a) == Lex::Dash || self.is(a, &["to", "and", "or", "through", "until", "till", "thru"]))
            || b == a + 2 && self.is(a, &["to", "and", "through"]) && self.is(a + 1, &["the", "on", "in"])
    }

    /// "10 to 22 August 2012", "August 10-22, 2012": one month for two days, which may be none of the calendar.
    fn day_range(&self, i: usize) -> Option<DayRange> {
        let join = |i| self.lex(i) == Lex::Dash || self.is(i, &["to", "and", "through", "or"]);
        if let Some(day) = self.day_of_month(i)
            && join(i + 1)
            && self.day_of_month(i + 2).is_some()
        {
            let (second, end) = self.day_first(i + 2)?;
            let first = DateMention { day: Some(day), ..second.clone() };
            return Some(DayRange { first, second, places: [i, i + 1, i + 2], end });
        }
        let Lex::Month { month, .. } = self.lex(i) else { return None };
        let (day, last) = (self.day_of_month(i + 1)?, self.day_of_month(i + 3)?);
        let joined = self.lex(i + 2) == Lex::Dash || self.is(i + 2, &["to", "through"]);
        // "rose from March 5 to 12 people"
        let counts = self.is(i + 2, &["to"]) && matches!(self.items.get(i + 4).map(|n| n.tag), Some(Tag::Noun));
        if !joined || counts || matches!(self.lex(i + 4), Lex::Month { .. }) {
            return None;
        }
        let (year, end) = self.year_after(i + 4).map_or((None, i + 4), |(y, e)| (Some(y), e));
        let first = DateMention { year, month: Some(month), day: Some(day), ..DateMention::new(DateForm::Day) };
        let second = DateMention { day: Some(last), ..first.clone() };
        Some(DayRange { first, second, places: [i, i + 2, i + 3], end })
    }

    /// A time, a date, or both together.
    fn moment(&self, i: usize) -> Read {
        if i == 0 && !self.has_verb {
            // Not in prose: "+15 minutes", "at 12", "31 10 1974".
            let published = self.prose.document.meta.published.is_some();
            match self.lex(0) {
                Lex::Mark(b'+') | Lex::Dash if published && self.glued(0) => return self.away(1, self.lex(0) == Lex::Dash),
                Lex::Function if published && self.is(0, &["after"]) => {
                    return self.away(1, false).filter(|(_, end)| *end == self.items.len());
                }
                Lex::Function if self.items.len() == 2 && self.is(0, &["at"]) => return self.bare_hour(1),
                Lex::Int { .. } if self.items.len() == 3 && self.spaced().is_some() => return self.spaced(),
                _ => {}
            }
        }
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
                    let minute = (value as u16 % 12 + if pm { 12 } else { 0 }) * 60;
                    Some((Clock { minute, twelve: mention.part.is_none(), zone: None }, at + 1))
                }
                _ => None,
            });
            if let Some((clock, after)) = clock {
                mention.clock = Some(clock);
                mention.form = DateForm::Time;
                end = after;
                // "Oct 26 11:00:09 2023"
                if mention.year.is_none()
                    && mention.month.is_some()
                    && let Some(year) = self.items.get(end).and_then(|n| year::plain(*n))
                    && self.text(end - 1).len() == 8
                {
                    mention.year = Some(year);
                    end += 1;
                }
            }
        }
        Some((mention, end))
    }

    /// "2 months, 5 days" after a sign: a distance in a text of mere words.
    fn away(&self, i: usize, back: bool) -> Read {
        let (count, unit, end) = self.count(i)?;
        let mut m = DateMention::new(DateForm::Relative);
        (m.shift, m.shift_unit) = (Some(if back { -count? } else { count? }), Some(unit));
        Some((m, end))
    }

    /// "31 10 1974", "2014 12 28": three numbers that can be only one day.
    fn spaced(&self) -> Read {
        let number = |i: usize| match self.lex(i) {
            Lex::Int { value, digits } => Some((value as i16, digits)),
            _ => None,
        };
        let fields = [number(0)?, number(1)?, number(2)?];
        let (year, a, b) = match fields {
            [(y, 4), (m, 1..=2), (d, 1..=2)] => (y, m, d),
            [(a, 1..=2), (b, 1..=2), (y, 4)] if a > 12 => (y, b, a),
            [(a, 1..=2), (b, 1..=2), (y, 4)] if b > 12 || a == b => (y, a, b),
            _ => return None,
        };
        let mut m = DateMention::new(DateForm::Day);
        (m.year, m.month, m.day) = (Some(year), u8::try_from(a).ok(), u8::try_from(b).ok());
        valid(&m).then_some((m, 3))
    }

    /// "12", "12.30" after "at".
    fn bare_hour(&self, i: usize) -> Read {
        let minute = match self.lex(i) {
            Lex::Int { value, digits: 1..=2 } if (1..=12).contains(&value) => value * 60,
            Lex::Decimal { whole, part, digits: 2 } if whole < 24 && part < 60 => whole * 60 + part,
            _ => return None,
        };
        let mut m = DateMention::new(DateForm::Time);
        m.clock = Some(Clock { minute: minute as u16, twelve: minute < 780, zone: None });
        Some((m, i + 1))
    }

    /// A date without a time of day.
    fn date(&self, i: usize) -> Read {
        let item = self.items.get(i)?;
        if matches!(item.lex, Lex::Holiday(_) | Lex::Month { .. } | Lex::Ordinal(_))
            && (self.is_capital(i) || matches!(item.lex, Lex::Holiday(_)))
            && let Some(found) = self.holiday(i)
        {
            return Some(found);
        }
        match item.lex {
            Lex::Weekday { .. } => self.weekday(i),
            Lex::Month { .. } => self.month(i),
            Lex::Int { .. } => self.day_first(i).or_else(|| self.distance(i)).or_else(|| self.year(i)),
            Lex::Ordinal(_) => self.day_first(i).or_else(|| self.piece(i)).or_else(|| self.ordinal(i)),
            Lex::Cardinal(_) | Lex::Vague | Lex::Half | Lex::Decimal { .. } => self.distance(i),
            Lex::Now => self.now(i),
            Lex::Function if self.is(i, &["a", "an", "the"]) => self.distance(i),
            Lex::Function if self.is(i, &["in", "within"]) => self.ahead(i),
            Lex::Relative(n) => self.piece(i).or_else(|| self.relative(i, n)),
            Lex::Earlier | Lex::Later => match self.lex(i + 1) {
                Lex::Relative(n) if n <= 0 => self.relative(i + 1, n),
                _ => None,
            },
            Lex::Day(shift) => self.day_word(i, shift),
            Lex::Edge(edge) => self.edge(i, edge),
            Lex::PartOf(edge) => self.part_of(i, edge),
            Lex::Season(_) => self.season(i),
            Lex::Decade(first) => self.decade(i, first),
            Lex::Turn => self.turn(i),
            Lex::Weekend
                if self.is(i, &["weekend"])
                    && self.is(i.wrapping_sub(1), &["the"])
                    && !self.is(i + 1, &["of", "before", "after"]) =>
            {
                let mut m = DateMention::new(DateForm::Week);
                (m.shift, m.shift_unit) = (Some(0), Some(ShiftUnit::Weekend));
                Some((m, i + 1))
            }
            Lex::Quarter(n) => Some(self.quarter(n, i + 1)),
            // "the week of October 6"
            Lex::Unit { unit: ShiftUnit::Week, short: false } if self.is(i + 1, &["of"]) => {
                let (mut m, end) = self.date(i + 2).filter(|(m, _)| m.month.is_some() && m.day.is_some())?;
                (m.form, m.shift_unit) = (DateForm::Week, Some(ShiftUnit::Week));
                m.shift.is_none().then_some((m, end))
            }
            Lex::Unit { unit: ShiftUnit::Day, short: false } => self.distance(i),
            Lex::Unit { .. } if self.year_back(i).is_some() => self.year_back(i),
            // "by year-end"
            Lex::Unit { unit: unit @ (ShiftUnit::Year | ShiftUnit::Month | ShiftUnit::Quarter), short: false }
                if self.is(i.wrapping_sub(1), &["by", "at", "until", "till", "before"]) =>
            {
                let at = i + 1 + usize::from(self.lex(i + 1) == Lex::Dash || self.is(i + 1, &["'s", "’s"]));
                self.is(at, &["end"]).then(|| {
                    let mut m = DateMention::new(if unit == ShiftUnit::Year { DateForm::Year } else { DateForm::Month });
                    (m.shift, m.shift_unit, m.edge) = (Some(0), Some(unit), Some(Edge::Late));
                    (m, at + 1)
                })
            }
            Lex::Iso { year, month, day, minute } => {
                let mut m = DateMention::new(DateForm::Day);
                (m.year, m.month, m.day) = (Some(year), Some(month), Some(day));
                if let Some(minute) = minute {
                    m.clock = Some(Clock { minute, twelve: false, zone: None });
                    m.form = DateForm::Time;
                }
                // 2024-13-01 may have its fields in another order, 2014-02-30 is nothing.
                valid(&m).then_some((m, i + 1))
            }
            Lex::Slashed { a, b, c: -1 } if b < 1000 && a < 1000 => self.slashed_day(i, a, b),
            Lex::Slashed { a, b, c } => slashed(a, b, c).map(|m| (m, i + 1)),
            _ => None,
        }
    }

    fn edge_before(&self, from: usize) -> Option<Edge> {
        let b = from.checked_sub(1)?;
        let b = if self.is(b, &["the"]) { b.checked_sub(1)? } else { b };
        match self.lower(b, &mut [0; 16])? {
            "before" | "until" | "till" | "by" => Some(Edge::Before),
            "after" | "since" => Some(Edge::After),
            "about" | "around" | "circa" | "roughly" => Some(Edge::About),
            _ => None,
        }
    }
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
