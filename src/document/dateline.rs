//! Where an article says when and where it was written: datelines, date lines, dates in front matter.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use unicode_normalization::char::is_combining_mark;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

const MONTH: &str = r"(?i:(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)";

static WRITTEN: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        regex(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?:\b|T)"),
        regex(&format!(r"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>(?:19|20)\d\d)\b")),
        regex(&format!(r"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}[ ,-]+(?P<year>(?:19|20)\d\d)\b")),
    ]
});

/// The first whole date in a text: "2025-12-04", "Dec. 4, 2025", "4 December 2025". Dates in figures alone are taken year first only,
/// for the other orders are ambiguous.
pub(super) fn date(text: &str) -> Option<Date> {
    if !may_hold_year(text) {
        return None;
    }
    let found = WRITTEN.iter().filter_map(|r| r.captures(text)).min_by_key(|c| c.get(0).map_or(usize::MAX, |m| m.start()))?;
    let figure = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let month = match found.name("month") {
        Some(name) => month(name.as_str())?,
        None => figure("number")? as i8,
    };
    Date::new(figure("year")?, month, figure("day")? as i8).ok()
}

/// Whether there may be a year of four digits. Most texts without one never need the patterns, which take long to build.
fn may_hold_year(text: &str) -> bool {
    text.contains("19") || text.contains("20")
}

fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    MONTHS.iter().position(|m| name.starts_with(m)).map(|i| i as i8 + 1)
}

static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:(?:first |last )?(?:published|posted|updated|modified|created|date)\b|(?:mon|tues?|wed|wednes|thurs?|fri|sat|satur|sun)(?:day)?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:19|20)\d\d[-/.]\d|by )",
    )
});

/// The date of a line that says little else: "Friday, July 21, 2017", "Published Dec 4, 2025 at 5 p.m.".
pub(super) fn date_line(line: &str) -> Option<Date> {
    (may_hold_year(line) && line.split_whitespace().count() <= 14 && !line.ends_with(['!', '?']) && DATE_LINE.is_match(line))
        .then(|| date(line))
        .flatten()
}

static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    let month = MONTH.replace("?P<month>", "?:");
    regex(&format!(
        r"[,:;(–—|-] *(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?P<date>{month} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {month},? (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?:,? \d{{1,2}}[:.]\d\d)?\)?$"
    ))
});

/// The whole date with which a headline ends, behind a mark: "Minutes of the works committee, 4 February 2026".
pub(super) fn ending_date(line: &str) -> Option<Date> {
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(48))..];
    if !may_hold_year(end) {
        return None;
    }
    date(ENDING.captures(end)?.name("date")?.as_str())
}

static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    let month = MONTH.replace("?P<month>", "?:");
    regex(&format!(
        r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:{month} \d{{1,2}},? |\d{{1,2}} {month},? )(?:19|20)\d\d(?P<end> +)\p{{Lu}}"
    ))
});

/// Bytes of a whole date at the start of a line that runs on into the text: "Monday, March 3, 2025 The ferry …".
pub(super) fn leading_date(line: &str) -> Option<usize> {
    let near = &line[..line.floor_char_boundary(64)];
    if !may_hold_year(near) {
        return None;
    }
    LEADING.captures(line)?.name("end").map(|space| space.start())
}

/// What stands before the first words of a report from somewhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The agency in brackets.
    pub(super) outlet: Option<String>,
    /// The date, where it is whole.
    pub(super) date: Option<Date>,
    /// Its length in bytes, with the dash and the space after it.
    pub(super) len: usize,
}

/// What follows the place.
static AFTER_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let month = MONTH.replace("?P<month>", "?:");
    regex(&format!(
        r"^(?P<date>,? (?:{month} [0-9]{{1,2}}|[0-9]{{1,2}} {month})(?:,? [0-9]{{4}})?)?(?:,? [0-9]{{1,2}}[:.][0-9]{{2}}(?: ?[ap]\.?m\.?)?(?: [A-Z]{{2,4}})?)?,?(?: \((?P<outlet>[^()]{{2,40}})\))? *(?:—|–|--?|:)(?: |$)"
    ))
});

/// The dateline at the start of a paragraph: "NAIROBI, Kenya (AP) — ", "KYIV, Dec. 4 (Reuters) - ".
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    let near = &paragraph[..paragraph.floor_char_boundary(160)];
    if !near.starts_with(char::is_uppercase) {
        return None;
    }
    let read = |at: usize| {
        let rest = &near[at..];
        let found = rest.starts_with([',', ' ', '—', '–', '-', ':']).then(|| AFTER_PLACE.captures(rest))??;
        let outlet = found.name("outlet").map(|m| m.as_str().trim().to_owned());
        let date = found.name("date").and_then(|m| date(m.as_str()));
        Some(Dateline { outlet, date, len: at + found[0].len() })
    };
    // The place in capitals, the longest first, with its country or without. A pattern with these bounds takes long to build.
    let city = |c: char| c.is_uppercase() || is_combining_mark(c) || " .'’/-".contains(c);
    let cities = ends(near, 0, 41, city);
    cities.get(2..)?.iter().rev().find_map(|&end| {
        let country = near[end..].strip_prefix(", ").filter(|rest| rest.starts_with(char::is_uppercase));
        let countries =
            country.map(|_| ends(near, end + 2, 31, |c| c.is_alphabetic() || c == '.' || c == ' ')).unwrap_or_default();
        countries.iter().skip(1).rev().find_map(|&end| read(end)).or_else(|| read(end))
    })
}

/// Where a run of characters that begins at `at` may end: after its first, its second and so on.
fn ends(text: &str, at: usize, most: usize, keep: impl Fn(char) -> bool) -> Vec<usize> {
    text[at..].char_indices().take(most).take_while(|(_, c)| keep(*c)).map(|(i, c)| at + i + c.len_utf8()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: Option<Date>, expect: &str) {
        assert_eq!(read.map_or("none".into(), |d| d.to_string()), expect);
    }

    #[test]
    fn whole_dates_are_read() {
        check(date("2025-12-04T17:00:00Z"), "2025-12-04");
        check(date("Thursday, Dec. 4, 2025"), "2025-12-04");
        check(date("4th of December 2025"), "2025-12-04");
        check(date("4-Dec-2025"), "2025-12-04");
        check(date("Sept 9, 2001"), "2001-09-09");
    }

    #[test]
    fn partial_and_impossible_dates_are_not() {
        for text in ["Dec. 4", "December 2025", "3/4/2024", "2025-13-40", "Feb. 30, 2024", ""] {
            check(date(text), "none");
        }
    }

    #[test]
    fn a_headline_may_end_with_its_date() {
        check(ending_date("Minutes of the works committee, 4 February 2026"), "2026-02-04");
        check(ending_date("Nordkraft AB, 12 May 2026, 18:00"), "2026-05-12");
        check(ending_date("Press briefing (March 3, 2025)"), "2025-03-03");
        for text in ["What the mayor knew on September 11, 2001", "Minutes, 4 February", "4 February 2026: the minutes", ""] {
            check(ending_date(text), "none");
        }
    }

    #[test]
    fn a_date_line_says_little_else() {
        check(date_line("Friday, July 21, 2017"), "2017-07-21");
        check(date_line("Published Dec 4, 2025 at 5 p.m. EST"), "2025-12-04");
        check(date_line("By Jane Roe | 4 December 2025"), "2025-12-04");
        check(date_line("What the mayor knew on September 11, 2001"), "none");
        check(
            date_line("Friday, July 21, 2017, was the day on which the council first heard of the plan to move the old market."),
            "none",
        );
    }

    #[test]
    fn datelines_name_agency_and_date() {
        let read = |text: &str| {
            let found = dateline(text)?;
            assert!(text[found.len..].starts_with(|c: char| c.is_uppercase()), "{text}");
            Some((found.outlet.unwrap_or_default(), found.date.map_or(String::new(), |d| d.to_string())))
        };
        assert_eq!(read("NAIROBI, Kenya (AP) — Rains came."), Some(("AP".into(), String::new())));
        assert_eq!(read("KYIV, Dec. 4 (Reuters) - The"), Some(("Reuters".into(), String::new())));
        assert_eq!(read("KYIV, Dec. 4, 2025 (Reuters) - The"), Some(("Reuters".into(), "2025-12-04".into())));
        assert_eq!(read("GENEVA — The"), Some((String::new(), String::new())));
        assert_eq!(read("Rains (heavy ones) — came."), None);
        assert_eq!(read("NATO said"), None);
    }
}
