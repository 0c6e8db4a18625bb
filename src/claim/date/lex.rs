//! The pieces that dates are made of: the words of a sentence by what they can be in a date.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DayPart, Edge, ShiftUnit, holiday};
use crate::{
    prose::{Prose, Tag, Token, TokenKind},
    text::Span,
};

/// What a piece can be in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lex {
    /// Nothing.
    Other,
    /// 1 is Monday. Short: "Sun", which may be a word of its own.
    Weekday { day: i8, short: bool },
    /// 1 is January.
    Month { month: u8, short: bool },
    /// "third", "3rd".
    Ordinal(u8),
    /// A number in words.
    Cardinal(u16),
    /// "few", "several".
    Vague,
    /// "half".
    Half,
    /// "days". Short: "hrs".
    Unit { unit: ShiftUnit, short: bool },
    /// "weekend".
    Weekend,
    /// "weekday".
    AnyWeekday,
    /// 1 is spring.
    Season(u8),
    /// "yesterday": days from today.
    Day(i8),
    /// "morning".
    Part(DayPart),
    /// "last", "this", "next": −1, 0, 1.
    Relative(i8),
    /// "early", "late".
    Edge(Edge),
    /// "end", "beginning".
    PartOf(Edge),
    /// "earlier".
    Earlier,
    /// "later".
    Later,
    /// "ago".
    Ago,
    /// "now".
    Now,
    /// "turn", of a century.
    Turn,
    /// "noon": minutes after midnight.
    Noon(u16),
    /// "am", "pm".
    Meridiem(bool),
    /// "nineties": its first year.
    Decade(i16),
    /// "Q3".
    Quarter(u8),
    /// The first word of a named day, and whether it may be in lower case.
    Holiday(bool),
    /// A function word; compare its text.
    Function,
    /// Digits alone.
    Int { value: u32, digits: u8 },
    /// "1.5", "12.30".
    Decimal { whole: u32, part: u32, digits: u8 },
    /// "5:30", perhaps with "pm" at its end.
    Colon { minute: u16, meridiem: Option<bool> },
    /// "5pm".
    Hour { hour: u8, pm: bool },
    /// "2014-04-18", with minutes after midnight where a time follows in the same piece.
    Iso { year: i16, month: u8, day: u8, minute: Option<u16> },
    /// "3/4/2024" and "3/4" (`c` is −1).
    Slashed { a: u16, b: u16, c: i32 },
    /// "’98".
    ShortYear(i16),
    /// A comma.
    Comma,
    /// A hyphen or a dash between pieces.
    Dash,
    /// A slash, an opening or closing bracket, another mark.
    Mark(u8),
}

/// A piece: a token, or a part of one ("mid-July", "2014-15").
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) lex: Lex,
    pub(super) tag: Tag,
}

struct Lexicon {
    words: FxHashMap<&'static str, Lex>,
    /// For each first letter or digit the lengths that words have, a bit each: most words of a text are none of dates, and this says so
    /// without a look at their other letters.
    lengths: [u32; 128],
}

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = include_str!("../data/date_words.txt").lines().filter(|l| !l.starts_with('#'));
    let mut words: FxHashMap<_, _> = lines.filter_map(entry).collect();
    for (first, lower) in holiday::first_words() {
        if let Lex::Holiday(known) = words.entry(first).or_insert(Lex::Holiday(lower)) {
            *known |= lower;
        }
    }
    let mut lengths = [0; 128];
    #[allow(clippy::iter_over_hash_type, reason = "bits are set in any order")]
    for word in words.keys() {
        lengths[usize::from(word.as_bytes()[0] & 127)] |= 1 << word.len().min(31);
    }
    Lexicon { words, lengths }
});

fn entry(line: &'static str) -> Option<(&'static str, Lex)> {
    let mut parts = line.split_whitespace();
    let (word, class) = (parts.next()?, parts.next()?);
    let value = parts.next().unwrap_or("");
    let n = || value.parse::<i16>().ok();
    let unit = |short| match value {
        "weekend" => Some(Lex::Weekend),
        _ => Some(Lex::Unit { unit: ShiftUnit::named(value)?, short }),
    };
    let edge = || match value {
        "early" => Edge::Early,
        "mid" => Edge::Mid,
        _ => Edge::Late,
    };
    let lex = match class {
        "weekday" | "weekday-short" => Lex::Weekday { day: n()? as i8, short: class == "weekday-short" },
        "month" | "month-short" => Lex::Month { month: n()? as u8, short: class == "month-short" },
        "ordinal" => Lex::Ordinal(n()? as u8),
        "cardinal" => Lex::Cardinal(n()? as u16),
        "hundred" => Lex::Cardinal(100),
        "vague" => Lex::Vague,
        "half" => Lex::Half,
        "unit" => unit(false)?,
        "any-weekday" => Lex::AnyWeekday,
        "unit-short" => unit(true)?,
        "season" => Lex::Season(n()? as u8),
        "day" => Lex::Day(n()? as i8),
        "part" => Lex::Part(DayPart::named(value)?),
        "relative" => Lex::Relative(n()? as i8),
        "edge" => Lex::Edge(edge()),
        "part-of" => Lex::PartOf(edge()),
        "earlier" => Lex::Earlier,
        "later" => Lex::Later,
        "ago" => Lex::Ago,
        "now" => Lex::Now,
        "turn" => Lex::Turn,
        "clock" => Lex::Noon(n()? as u16),
        "meridiem" => Lex::Meridiem(n()? == 1),
        "decade" => Lex::Decade(n()?),
        "quarter" => Lex::Quarter(n()? as u8),
        _ => Lex::Function,
    };
    Some((word, lex))
}

/// The lower-case form of a short ASCII word in `buffer`, without a last full stop; `None` for anything else.
pub(super) fn lower<'b>(word: &str, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > buffer.len() {
        return None;
    }
    for (to, from) in buffer.iter_mut().zip(bytes) {
        if !from.is_ascii() {
            return None;
        }
        *to = from.to_ascii_lowercase();
    }
    std::str::from_utf8(&buffer[..bytes.len()]).ok()
}

fn word(text: &str) -> Lex {
    word_in(&WORDS, text)
}

fn word_in(lexicon: &Lexicon, text: &str) -> Lex {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return Lex::Other };
    let lengths = lexicon.lengths[usize::from(first.to_ascii_lowercase() & 127)];
    let stop = usize::from(bytes.ends_with(b"."));
    if lengths & (1 << (bytes.len() - stop).min(31)) == 0 {
        return Lex::Other;
    }
    let mut buffer = [0; 16];
    lower(text, &mut buffer).and_then(|w| lexicon.words.get(w).copied()).unwrap_or(Lex::Other)
}

/// So many tokens are no sentence, but a label or a request.
pub(super) const FEW: usize = 6;

/// Whether a piece can begin or carry a date. Most sentences have none that does.
fn carries(lex: Lex, text: &str) -> bool {
    match lex {
        Lex::Other | Lex::Function | Lex::Comma | Lex::Dash | Lex::Mark(_) => false,
        Lex::Holiday(lower) => lower || text.starts_with(|c: char| c.is_ascii_uppercase()),
        _ => true,
    }
}

/// Cuts the tokens of a sentence into pieces, in order, into `out`. Returns whether any of them can begin or carry a date; if not, `out`
/// is left unfinished.
pub(super) fn split(prose: &Prose, tokens: &[Token], out: &mut Vec<Item>) -> bool {
    let lexicon = &*WORDS;
    // A few words alone are read whatever their case.
    let carried = tokens.len() <= FEW
        || tokens.iter().any(|token| match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => {
                let text = prose.str(token.span);
                text.contains('-') || text.starts_with(['\'', '’']) || carries(word_in(lexicon, text), text)
            }
            _ => false,
        });
    out.clear();
    if !carried {
        return false;
    }
    let mut found = false;
    for token in tokens {
        let text = prose.str(token.span);
        let mut push = |span: Span, lex: Lex| {
            found |= carries(lex, prose.str(span)) || tokens.len() <= FEW && matches!(lex, Lex::Holiday(_));
            out.push(Item { span, lex, tag: token.tag });
        };
        match token.kind {
            TokenKind::Number => number(text, token.span, &mut push),
            TokenKind::Word if text.contains('-') && word(text) == Lex::Other => hyphenated(text, token.span, &mut push),
            TokenKind::Word => push(token.span, word(text)),
            TokenKind::Punct => push(
                token.span,
                match text {
                    "," => Lex::Comma,
                    "-" | "–" | "—" | "‐" | "‑" | "−" => Lex::Dash,
                    _ => Lex::Mark(text.bytes().next().unwrap_or(0)),
                },
            ),
            TokenKind::Symbol => {
                push(token.span, if text == "~" { Lex::Function } else { Lex::Mark(text.bytes().next().unwrap_or(0)) })
            }
            TokenKind::Quote => push(token.span, Lex::Mark(b'"')),
        }
    }
    found
}

/// "mid-July", "September-October": the parts, if each is of dates.
fn hyphenated(text: &str, span: Span, push: &mut impl FnMut(Span, Lex)) {
    let known = text.split('-').all(|p| {
        let digits = p.strip_suffix('s').unwrap_or(p);
        word(p) != Lex::Other || !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())
    });
    if !known {
        return push(span, Lex::Other);
    }
    parts(text, span, push);
}

fn parts(text: &str, span: Span, push: &mut impl FnMut(Span, Lex)) {
    let mut at = span.start as usize;
    for (i, part) in text.split('-').enumerate() {
        if i > 0 {
            push(Span::new(at, at + 1), Lex::Dash);
            at += 1;
        }
        if !part.is_empty() {
            let lex = if part.starts_with(|c: char| c.is_ascii_digit()) { simple(part) } else { word(part) };
            push(Span::new(at, at + part.len()), lex);
        }
        at += part.len();
    }
}

fn year_digits(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn number(text: &str, span: Span, push: &mut impl FnMut(Span, Lex)) {
    let lex = simple(text);
    // A date in single quotation marks.
    let bare = text.trim_start_matches(['\'', '‘', '’']);
    if bare.len() < text.len() && lex == Lex::Other && bare.len() >= 8 {
        return number(bare, Span::new(span.end as usize - bare.len(), span.end as usize), push);
    }
    if lex != Lex::Other {
        return push(span, lex);
    }
    // "15Sep", "10AM-3PM", "2014-15", "1,2001" (a comma without a space).
    if text.contains('-') {
        return parts(text, span, push);
    }
    if let Some((day, rest)) = text.split_once(',')
        && year_digits(rest).is_some()
        && day.len() <= 2
    {
        let at = span.start as usize + day.len();
        push(Span::new(span.start as usize, at), simple(day));
        push(Span::new(at, at + 1), Lex::Comma);
        return push(Span::new(at + 1, span.end as usize), simple(rest));
    }
    if let Some(cut) = text.find(|c: char| c.is_alphabetic()) {
        let (digits, letters) = text.split_at(cut);
        let (letters, rest) = letters.split_at(letters.find(|c: char| c.is_ascii_digit()).unwrap_or(letters.len()));
        let lex = clipped_unit(letters).unwrap_or_else(|| word(letters));
        if matches!(lex, Lex::Month { .. } | Lex::Unit { .. }) {
            let (at, end) = (span.start as usize + cut, span.end as usize - rest.len());
            push(Span::new(span.start as usize, at), simple(digits));
            push(Span::new(at, end), lex);
            // "2h30m ago"
            if !rest.is_empty() {
                number(rest, Span::new(end, span.end as usize), push);
            }
            return;
        }
    }
    push(span, Lex::Other);
}

/// "3h ago", as web pages stamp their articles.
fn clipped_unit(letters: &str) -> Option<Lex> {
    let unit = match letters {
        "s" => ShiftUnit::Second,
        "m" => ShiftUnit::Minute,
        "h" => ShiftUnit::Hour,
        "d" => ShiftUnit::Day,
        "w" => ShiftUnit::Week,
        "y" => ShiftUnit::Year,
        _ => return None,
    };
    Some(Lex::Unit { unit, short: true })
}

/// Reads a piece that begins with a digit or an apostrophe.
fn simple(text: &str) -> Lex {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return apostrophe(text);
    }
    if digits > 8 {
        return Lex::Other;
    }
    let value: u32 = text[..digits].parse().unwrap_or(0);
    let rest = &text[digits..];
    if rest.is_empty() {
        return Lex::Int { value, digits: digits as u8 };
    }
    let mut buffer = [0; 16];
    match lower(rest, &mut buffer) {
        Some("st" | "nd" | "rd" | "th") if (1..=31).contains(&value) && digits <= 2 => return Lex::Ordinal(value as u8),
        Some("am" | "a.m") if (1..=12).contains(&value) => return Lex::Hour { hour: value as u8 % 12, pm: false },
        Some("pm" | "p.m") if (1..=12).contains(&value) => return Lex::Hour { hour: value as u8 % 12, pm: true },
        Some("s" | "'s") if digits == 4 && value.is_multiple_of(10) && (1000..2100).contains(&value) => {
            return Lex::Decade(value as i16);
        }
        // "the 80s"
        Some("s") if digits == 2 && value.is_multiple_of(10) && (20..=90).contains(&value) => {
            return Lex::Decade(1900 + value as i16);
        }
        Some("q") if digits == 1 && (1..=4).contains(&value) => return Lex::Quarter(value as u8),
        _ => {}
    }
    match rest.as_bytes()[0] {
        b':' => colon(value, &rest[1..]),
        // "7.30pm", "15h30"
        b'.' if rest.len() >= 5 && rest.ends_with(['m', 'M', '.']) && digits <= 2 => colon(value, &rest[1..]),
        b'h' if rest.len() == 3 && digits <= 2 => colon(value, &rest[1..]),
        b'-' | b'/' | b'.' => triple(text).or_else(|| decimal(value, digits, rest)).unwrap_or(Lex::Other),
        _ => Lex::Other,
    }
}

fn decimal(whole: u32, before: usize, rest: &str) -> Option<Lex> {
    let part = rest.strip_prefix('.')?;
    let all = !part.is_empty() && part.len() <= 4 && before <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    all.then(|| Lex::Decimal { whole, part: part.parse().unwrap_or(0), digits: part.len() as u8 })
}

/// "’90s", "’98".
fn apostrophe(text: &str) -> Lex {
    let digits = text.trim_start_matches(['\'', '’', '‘']);
    let (digits, decade) = match digits.strip_suffix('s') {
        Some(d) => (d, true),
        None => (digits, false),
    };
    if digits.len() != 2 || digits.len() == text.len() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Lex::Other;
    }
    let n: i16 = digits.parse().unwrap_or(0);
    match decade {
        true if n % 10 == 0 => Lex::Decade(if n < 20 { 2000 + n } else { 1900 + n }),
        true => Lex::Other,
        false => Lex::ShortYear(short_year(n)),
    }
}

/// The year that two digits stand for.
pub(super) fn short_year(n: i16) -> i16 {
    if n < 50 { 2000 + n } else { 1900 + n }
}

/// "5:30", "17:00:30", "5:30pm" after its hour.
fn colon(hour: u32, rest: &str) -> Lex {
    let bytes = rest.as_bytes();
    if bytes.len() < 2 || !bytes[..2].iter().all(u8::is_ascii_digit) || bytes.get(2).is_some_and(u8::is_ascii_digit) {
        return Lex::Other;
    }
    let minute: u32 = rest[..2].parse().unwrap_or(99);
    let mut tail = &rest[2..];
    if let Some(seconds) = tail.strip_prefix(':')
        && seconds.len() >= 2
        && seconds.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    {
        tail = &seconds[2..];
    }
    let mut buffer = [0; 16];
    let meridiem = match tail {
        "" => None,
        tail => match lower(tail, &mut buffer) {
            Some("am" | "a.m") => Some(false),
            Some("pm" | "p.m") => Some(true),
            _ => return Lex::Other,
        },
    };
    if hour > 24 || minute > 59 || meridiem.is_some() && !(1..=12).contains(&hour) {
        return Lex::Other;
    }
    Lex::Colon { minute: (hour % 24 * 60 + minute) as u16, meridiem }
}

/// "2014-04-18", "2014-04-18T10:00", "3/4/2024", "04/2016", "02.07.2013", "06/Nov/2023".
fn triple(text: &str) -> Option<Lex> {
    let separator = *text.as_bytes().iter().find(|b| !b.is_ascii_digit())?;
    let (date, time) = match text.find(['T', ' ']) {
        Some(i) if text.as_bytes().get(i + 1).is_some_and(u8::is_ascii_digit) && i >= 8 => (&text[..i], Some(&text[i + 1..])),
        _ => (text, None),
    };
    let mut fields = date.split(separator as char);
    let (a, b, c) = (fields.next()?, fields.next()?, fields.next());
    if fields.next().is_some() {
        return None;
    }
    let num = |s: &str| {
        (s.len() <= 4 && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u16>().ok()).flatten()
    };
    let month = |s: &str| match word(s) {
        Lex::Month { month, .. } => Some(u16::from(month)),
        _ => None,
    };
    let Some(c) = c else {
        if separator != b'/' {
            return None;
        }
        return Some(Lex::Slashed { a: num(a)?, b: num(b)?, c: -1 });
    };
    if a.len() == 4 {
        let (y, m, d) = (num(a)? as i16, num(b).or_else(|| month(b))?, num(c)?);
        let minute = match time.map(|t| colon(t.get(..2)?.parse().ok()?, t.get(3..5)?.trim()).into()) {
            Some(Some(Lex::Colon { minute, .. })) => Some(minute),
            _ => None,
        };
        return Some(Lex::Iso { year: y, month: m as u8, day: d as u8, minute });
    }
    if let Some(m) = month(b) {
        return Some(Lex::Iso { year: num(c)? as i16, month: m as u8, day: num(a)? as u8, minute: None });
    }
    let (x, y, z) = (num(a)?, num(b)?, num(c)?);
    // Two short fields and a full year; with stops or hyphens a two-digit year could be anything.
    let full = c.len() == 4 && (1000..=2999).contains(&z);
    let short = c.len() == 2 && a.len() == 2 && b.len() == 2 && separator != b'.' || c.len() == 2 && separator == b'/';
    if !full && !short {
        return None;
    }
    let z = if full { i32::from(z) } else { i32::from(short_year(z as i16)) };
    Some(Lex::Slashed { a: x, b: y, c: z })
}

static ZONES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/time_zones.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_whitespace().next()).collect()
});

/// Whether these capitals are a zone.
pub(super) fn is_zone(capitals: &str) -> bool {
    ZONES.contains(capitals)
}
