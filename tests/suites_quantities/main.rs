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
        let marks = word.matches(['.', '-', '/']).count();
        let parts = word.split(['.', '-', '/']);
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
    Some(match () {
        () if ordinals && (has(&relative) || whole.contains(" to last")) => "relative order: last, next, current",
        () if in_code(&whole, &lower) => "addresses, telephone numbers, dates and codes are no figures",
        () if whole.contains("equal") || whole.contains("or greater than") => "bounds as in mathematics: 5 or equal",
        () if case.suite.starts_with("NumberRange") && bounds.iter().filter(|b| whole.contains(*b)).count() > 1 => {
            "two bounds are two figures"
        }
        () if lower.starts_with("- ") => "a minus with a space",
        () if lower.contains("hundred") && lower.ends_with(['h', 's']) && !ordinals => "denominators of several words",
        () if is_share(&whole) => "one in five is a share",
        () if has(&["g", "m"]) || lower.ends_with(['g', 'm']) && lower.starts_with(|c: char| c.is_ascii_digit()) => {
            "G and M alone as scales"
        }
        () if ordinals && whole.contains(&format!(" and a {lower}")) => "a third after a whole number is a part",
        () if case.suite.contains("Percent") && (lower.starts_with("per") || lower == "%") => {
            "percent before its figure, or without one"
        }
        () => return None,
    })
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
    assert!(total.f1() >= 0.96, "{:.3}", total.f1());
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
    let plain = ours.split(" per ").next().unwrap_or_default();
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
            if text.contains(['{', '[', '<', '(']) {
                return Some("a unit in brackets");
            }
            let behind =
                lower.split_once("dollar").map_or("", |(_, rest)| rest.trim_start_matches('s').trim_start_matches(" and"));
            if !behind.trim().is_empty() && !read(&format!("{behind} metres")).is_empty() {
                return Some("cents without their name: 15 dollars 50");
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

/// Symbols of units that no news has.
const LABORATORY: &[&str] = &["fb−1", "tpd", "Ga", "Ma", "Js", "cds", "s-1", "km/s2", "J/m^2", "kg/cm³", "b"];

#[test]
fn quantulum3() {
    let Some(cases) = load("quantulum3.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let second = |g: &Got, gold: &Gold| Some(same_unit(g, gold));
        let deviation = |case: &Case, text: &str, _: &str| {
            let symbol = |w: &str| LABORATORY.contains(&w.trim_start_matches(|c: char| c.is_ascii_digit()));
            Some(match () {
                () if case.text.ends_with(" and a half") => "a million and a half is 1,500,000",
                () if text.contains("several") => "several hundred is an interval",
                () if text.split(' ').any(symbol) => "laboratory units",
                () if text.contains("dozen") || text.ends_with(" gross") => "a dozen is 12, not one dozen",
                () if text.contains(" to ") => "from one to another is a change of two figures",
                () if text.ends_with(" pm") || text.ends_with(" am") => "picometres and attometres",
                () if case.text.contains('±') => "tolerances",
                () if text.starts_with('(') && text.ends_with(')') => "negative amounts in brackets",
                () if text.eq_ignore_ascii_case("one") || text.ends_with(" zero") => "one that counts, absolute zero",
                () if suites::figure_form(text) == "ordinals" => "ordinals",
                () if text.ends_with('K') => "K is a thousand",
                () => return None,
            })
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
