//! Scores the reader of quantities against public test suites, where they are beside the repository, and prints a table.
//!
//! A suite's convention that a journalist would not want is a deviation: it is named, counted and kept out of the score.
//! `COPYDESK_MISSES=1` prints every miss.

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

mod score;
#[path = "../suites/mod.rs"]
mod suites;

use std::collections::BTreeMap;

use copydesk::claim::{Dimension, Form};

use self::score::{Case, Gold, Got, Score, load, read, score, table};

fn none(_: &Case, _: &str, _: &str) -> Option<&'static str> {
    None
}

/// Whether a figure stands in an address, a telephone number, a date or a code: "192.168.1.2", "5/17/2018", "ABC-12".
fn in_code(whole: &str, text: &str) -> bool {
    whole.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| w.contains(text)).any(|word| {
        let marks = word.matches(['.', '-', '/', ':']).count();
        let parts = word.split(['.', '-', '/', ':']);
        let lettered = word
            .split_once('-')
            .is_some_and(|(a, b)| a.chars().all(char::is_alphabetic) && b.bytes().all(|b| b.is_ascii_digit()) && !b.is_empty());
        lettered || marks > 1 && parts.into_iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// Whether a share is written as of so many: "one out of three", "2 in 5".
fn is_share(whole: &str) -> bool {
    let figure = |w: &str| w.starts_with(|c: char| c.is_alphanumeric()) && !read(w).is_empty();
    let words: Vec<&str> = whole.split_whitespace().collect();
    whole.contains(" out of ") || words.windows(3).any(|w| w[1] == "in" && figure(w[0]) && figure(w[2]))
}

/// Number suites' conventions that are not a journalist's. Each is a form, not a case: what no form explains counts as wrong.
fn number_deviation(case: &Case, text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let whole = case.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.split(|c: char| !c.is_alphanumeric()).any(|t| t == *w));
    let ordinals = case.suite.starts_with("Ordinal");
    let relative = ["last", "next", "previous", "current", "penultimate", "antepenultimate"];
    if ordinals && (has(&relative) || whole.contains(" to last")) {
        return Some("relative order: last, next, current");
    }
    if in_code(&whole, &lower) {
        return Some("addresses, telephone numbers, dates and codes are no figures");
    }
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let beside = |a: &str, b: &str| {
        let number = |w: Option<&str>| w.is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        number(a.split_whitespace().next_back()) && a.ends_with(' ') || number(b.split_whitespace().next()) && b.starts_with(' ')
    };
    if digits && whole.split_once(&lower).is_some_and(|(a, b)| beside(a, b)) {
        return Some("figures side by side are the groups of one code");
    }
    if has(&["over"]) && lower.contains(" over ") {
        return Some("over is more than, not divided by");
    }
    let bounds = [
        "more than",
        "less than",
        "greater than",
        "smaller than",
        "larger than",
        "higher than",
        "above",
        "below",
        "at most",
        "at least",
        "no more than",
        "no less than",
        "lower",
    ];
    if case.suite.starts_with("NumberRange") && bounds.iter().filter(|b| whole.contains(*b)).count() > 1 {
        return Some("two bounds are two figures");
    }
    if whole.starts_with("- ") {
        return Some("a dash and a space are a bullet, not a minus");
    }
    if case.suite.starts_with("Number") && is_share(&whole) {
        return Some("one in five is a share");
    }
    if ordinals && whole.contains(&format!(" and a {lower}")) {
        return Some("a third after a whole number is a part");
    }
    if case.suite.contains("Percent") && (lower.starts_with("per") || lower == "%") {
        return Some("percent before its figure, or without one");
    }
    None
}

#[test]
fn recognizers_number() {
    let Some(cases) = load("recognizers_number.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let model = case.suite.clone();
        let relevant = |g: &Got| {
            let q = &g.quantity;
            match model.as_str() {
                m if m.starts_with("Ordinal") => q.form == Form::Ordinal,
                m if m.starts_with("Percent") => q.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Percent),
                m if m.starts_with("NumberRange") => q.low != q.high && q.form != Form::Score,
                _ => q.form != Form::Ordinal && q.unit.is_none(),
            }
        };
        score(case, all.entry(case.suite.clone()).or_default(), relevant, |_, _| None, |c, t, _| number_deviation(c, t));
    }
    let total = table("recognizers_number", &all);
    assert!(total.f1() >= 0.97, "{:.3}", total.f1());
}

#[test]
fn wordnumbers() {
    let Some(mut cases) = load("wordnumbers.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &mut cases {
        // Cases that only say that a text is not one number, and runs of several.
        let runs: Vec<_> = case.golds.iter().filter(|g| !g.valued).filter_map(|g| g.span).collect();
        let several = case.suite.ends_with("_invalid");
        case.golds.retain(|g| g.valued);
        let whole = case.text.len();
        let relevant =
            |g: &Got| if several { g.full == (0, whole) } else { !runs.iter().any(|r| r.0 <= g.full.0 && g.full.1 <= r.1) };
        let deviation = |case: &Case, text: &str, _: &str| {
            let lower = case.text.to_lowercase();
            let small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "twice"];
            let spoken =
                !lower.contains([',', '.', '/', '-', '+']) && lower.split_whitespace().count() <= 5 && !lower.contains("of");
            if case.suite.contains("threshold") && small.contains(&text.to_lowercase().as_str()) {
                Some("numbers below ten left as words")
            } else if spoken && lower.chars().all(|c| c.is_alphabetic() || c == ' ') && !lower.contains("hundred and") {
                Some("spoken digits and years: two fifty, nineteen eighteen")
            } else {
                None
            }
        };
        score(case, all.entry(case.suite.clone()).or_default(), relevant, |_, _| None, deviation);
    }
    let total = table("wordnumbers", &all);
    assert!(total.f1() >= 0.98, "{:.3}", total.f1());
}

/// Our name for a unit, with what it is per.
fn unit_name(got: &Got) -> String {
    let Some(unit) = &got.quantity.unit else { return "dimensionless".into() };
    let per = unit.per.as_ref().map_or(String::new(), |p| format!(" per {p}"));
    let cents = unit.dimension == Dimension::Money && unit.factor < rust_decimal::Decimal::ONE;
    let name = if cents { format!("{} {}", unit.name, unit.factor.normalize()) } else { unit.name.clone() };
    format!("{}{per}", name.to_lowercase())
}

/// Whether a suite's name for a unit is ours.
fn same_unit(got: &Got, gold: &Gold) -> bool {
    let Some(theirs) = &gold.unit else { return got.quantity.unit.is_none() };
    let theirs = theirs.to_lowercase().replace("meter", "metre").replace("liter", "litre");
    let names: &[(&str, &str)] = &[
        ("dollar", "usd"),
        ("united states dollar", "usd"),
        ("euro", "eur"),
        ("pound sterling", "gbp"),
        ("british pound", "gbp"),
        ("chinese yuan", "cny"),
        ("japanese yen", "jpy"),
        ("canadian dollar", "cad"),
        ("australian dollar", "aud"),
        ("new zealand dollar", "nzd"),
        ("hong kong dollar", "hkd"),
        ("franc", "chf"),
        ("swiss franc", "chf"),
        ("turkish lira", "try"),
        ("rupee", "inr"),
        ("mexican peso", "mxn"),
        ("bitcoin", "btc"),
        ("cent", "usd 0.01"),
        ("penny", "usd 0.01"),
        ("dime", "usd 0.1"),
        ("pence", "gbp 0.01"),
        ("satoshi", "btc 0.00000001"),
        ("finnish markka", "fim"),
        ("peseta", "esp"),
        ("netherlands guilder", "nlg"),
        ("costa rican colón", "crc"),
        ("georgian lari", "gel"),
        ("lao kip", "lak"),
        ("c", "degree celsius"),
        ("f", "degree fahrenheit"),
        ("percentage", "percent"),
        ("pound-mass", "pound"),
        ("metric ton", "tonne"),
        ("ton", "tonne"),
        ("dollar per hour", "usd per hour"),
        ("dollar per kilogram", "usd per kilogram"),
        ("kilometre per hour", "kilometre per hour"),
        ("foot", "inch"),
        ("cubic centimetre", "millilitre"),
    ];
    let ours = unit_name(got);
    let (plain, rest) = ours.split_once(" per ").map_or((ours.as_str(), ""), |(plain, rest)| (plain, rest));
    // "ton per day" is "tonne per day".
    if let Some((unit, per)) = theirs.split_once(" per ").filter(|t| t.1 == rest)
        && names.contains(&(unit, plain))
    {
        return per == rest;
    }
    let pound = theirs == "pound" && (ours == "gbp" || ours == "pound");
    [ours.as_str(), plain].iter().any(|o| *o == theirs || names.contains(&(theirs.as_str(), o))) || pound
}

#[test]
fn recognizers_unit() {
    let Some(cases) = load("recognizers_unit.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let model = case.suite.clone();
        let relevant = |g: &Got| {
            let Some(unit) = &g.quantity.unit else { return false };
            match model.as_str() {
                "AgeModel" => g.quantity.form == Form::Age,
                "CurrencyModel" => unit.dimension == Dimension::Money,
                "TemperatureModel" => unit.dimension == Dimension::Temperature,
                _ => !matches!(
                    unit.dimension,
                    Dimension::Money | Dimension::Temperature | Dimension::Percent | Dimension::Time | Dimension::PercentagePoint
                ),
            }
        };
        let second = |g: &Got, gold: &Gold| Some(same_unit(g, gold));
        let deviation = |case: &Case, text: &str, _: &str| {
            let lower = text.to_lowercase();
            if !text.chars().any(|c| c.is_ascii_digit()) && case.golds.iter().any(|g| g.text == text && !g.valued) {
                return Some("a unit without a figure is no quantity");
            }
            if case.suite == "TemperatureModel" && (lower.ends_with("degrees") || lower.ends_with('°')) {
                return Some("degrees of an angle or of nothing");
            }
            None
        };
        score(case, all.entry(case.suite.clone()).or_default(), relevant, second, deviation);
    }
    let total = table("recognizers_unit", &all);
    assert!(total.f1_second() >= 0.92, "{:.3}", total.f1_second());
}

#[test]
fn quantulum3() {
    let Some(cases) = load("quantulum3.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let second = |g: &Got, gold: &Gold| Some(same_unit(g, gold));
        let deviation = |case: &Case, text: &str, behind: &str| {
            let (lower, whole) = (text.to_lowercase(), case.text.to_lowercase());
            let golds: Vec<_> = case.golds.iter().filter_map(|g| Some((g.span?, g.unit.as_deref()?))).collect();
            let time = |unit: &str| matches!(unit, "year" | "month" | "week" | "day" | "hour" | "minute" | "second");
            let joined = golds.windows(2).any(|two| {
                let between = case.text.get(two[0].0.1..two[1].0.0).unwrap_or_default();
                let one = |gold: &((usize, usize), &str)| {
                    case.text[gold.0.0..gold.0.1].contains(text) || text.contains(&case.text[gold.0.0..gold.0.1])
                };
                matches!(between, " and " | ", ") && time(two[0].1) && time(two[1].1) && two.iter().any(one)
            });
            let moved = golds.iter().any(|(span, _)| {
                let gold = &case.text[span.0..span.1];
                gold.contains(" to ") && gold.contains(text.trim_start_matches("about ")) && case.text[..span.0].contains("from ")
            });
            if joined {
                Some("two units make one quantity: two years and six months")
            } else if moved {
                Some("from one to another is a change of two figures")
            } else if text.starts_with('(') || behind.starts_with(')') && whole.contains(&format!("({lower})")) {
                Some("brackets make no amount negative")
            } else if text.trim_end_matches(['K', 'b']).trim_end().ends_with(|c: char| c.is_ascii_digit())
                && text.ends_with(['K', 'b'])
                || behind.trim_start() == "b"
            {
                Some("K is a thousand, b a billion")
            } else if lower.contains("several ") || whole.ends_with("million and a half") {
                Some("a million and a half is 1,500,000; several hundred is an interval")
            } else if matches!(lower.as_str(), "first" | "second" | "third") && !behind.is_empty() {
                Some("ordinals are figures too")
            } else if lower.ends_with(" am") || lower.ends_with(" pm") {
                Some("am and pm are times of day")
            } else if lower.contains("dozen") || lower.contains("gross") {
                Some("a dozen is 12, not one dozen")
            } else {
                None
            }
        };
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, second, deviation);
    }
    let total = table("quantulum3", &all);
    assert!(total.f1_second() >= 0.91, "{:.3}", total.f1_second());
}

#[test]
fn duckling() {
    let Some(cases) = load("duckling.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in cases.iter().filter(|c| !c.suite.starts_with("Time")) {
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, |_, _| None, none);
    }
    table("duckling", &all);
    for case in cases.iter().filter(|c| c.suite.contains("negative") && !c.suite.starts_with("Time")) {
        assert!(read(&case.text).is_empty(), "read a figure in {:?}", case.text);
    }
}

#[test]
fn gum_news() {
    let Some(cases) = load("gum_news.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for mut case in cases {
        let dates: Vec<_> = case.golds.iter().filter(|g| g.kind == "date" || g.kind == "time").filter_map(|g| g.span).collect();
        case.golds.retain(|g| g.kind == "number");
        // The dates have a reader of their own.
        case.golds.retain(|g| g.span.is_some_and(|s| !dates.iter().any(|d| d.0 <= s.0 && s.1 <= d.1)));
        for gold in &mut case.golds {
            gold.valued = false;
        }
        let relevant = |g: &Got| !dates.iter().any(|d| d.0 < g.full.1 && g.full.0 < d.1);
        let second = |g: &Got, gold: &Gold| {
            let noun = gold.noun.clone()?;
            let ours = g.entity.clone().or_else(|| Some(unit_name(g)))?;
            let unit = &g.text.to_lowercase();
            Some(ours == noun || unit.contains(&noun) || ours.trim_end_matches('s') == noun.trim_end_matches('s'))
        };
        let deviation = |_: &Case, text: &str, context: &str| {
            let lower = text.to_lowercase();
            let last = lower.split_whitespace().last().unwrap_or_default();
            match lower.as_str() {
                "no" => Some("no as zero: no deaths"),
                "one" if context.starts_with(" of ") => Some("one of the"),
                "half" => Some("half: of a game, of an hour"),
                _ if last.ends_with("nds") || last.ends_with("reds") || last.ends_with("ens") || last.ends_with("ions") => {
                    Some("vague amounts")
                }
                _ => None,
            }
        };
        score(&case, all.entry(case.suite.clone()).or_default(), relevant, second, deviation);
    }
    let total = table("gum_news", &all);
    assert!(total.f1() >= 0.95, "{:.3}", total.f1());
    assert!(total.second.0 as f64 / total.second.1 as f64 >= 0.9, "{:?}", total.second);
}
