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
        starts && [self.full.1, self.numeral.1].contains(&gold.1)
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
                match deviation(case, &gold.text, behind(&gold.span)) {
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
        score(case, all.entry(case.suite.clone()).or_default(), relevant, |_, _| None, none);
    }
    table("recognizers_number", &all);
}

#[test]
fn wordnumbers() {
    let Some(cases) = load("wordnumbers.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, |_, _| None, none);
    }
    table("wordnumbers", &all);
}

fn unit_name(got: &Got) -> String {
    let Some(unit) = &got.quantity.unit else { return "dimensionless".into() };
    let per = unit.per.as_ref().map_or(String::new(), |p| format!(" per {p}"));
    format!("{}{per}", unit.name.to_lowercase())
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
        let second = |g: &Got, gold: &Gold| Some(unit_name(g) == gold.unit.clone().unwrap_or_default().to_lowercase());
        score(case, all.entry(case.suite.clone()).or_default(), relevant, second, none);
    }
    table("recognizers_unit", &all);
}

#[test]
fn quantulum3() {
    let Some(cases) = load("quantulum3.jsonl") else { return };
    let mut all: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let second = |g: &Got, gold: &Gold| Some(unit_name(g) == gold.unit.clone().unwrap_or_default().to_lowercase());
        score(case, all.entry(case.suite.clone()).or_default(), |_| true, second, none);
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
