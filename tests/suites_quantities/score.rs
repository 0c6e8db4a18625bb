//! Reading the suites, matching what was read with what they expect, and the table.

use std::{collections::BTreeMap, sync::Arc};

use copydesk::{
    claim::{self, Form, MentionKind, Quantity},
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;

use crate::suites::{self, Row, Table, figure_form};

/// One line of a suite.
pub(crate) struct Case {
    pub(crate) suite: String,
    pub(crate) text: String,
    pub(crate) golds: Vec<Gold>,
}

/// What a suite expects.
pub(crate) struct Gold {
    /// Bytes; `None` where the origin gives no place.
    pub(crate) span: Option<(usize, usize)>,
    pub(crate) text: String,
    pub(crate) kind: String,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Whether it has a value at all.
    pub(crate) valued: bool,
    pub(crate) unit: Option<String>,
    pub(crate) noun: Option<String>,
}

/// What we read.
pub(crate) struct Got {
    pub(crate) full: (usize, usize),
    pub(crate) numeral: (usize, usize),
    /// The end of the qualifier if it stands in front.
    pub(crate) inner: usize,
    pub(crate) quantity: Quantity,
    pub(crate) text: String,
    pub(crate) entity: Option<String>,
}

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) hit: usize,
    pub(crate) extra: usize,
    pub(crate) missed: usize,
    /// Of the hits, those whose unit or noun is right too, and how many have one.
    pub(crate) second: (usize, usize),
    pub(crate) deviations: BTreeMap<&'static str, usize>,
    /// Extra and missed with the deviations counted against us.
    pub(crate) raw: (usize, usize),
    /// By how the figures are written.
    pub(crate) forms: BTreeMap<&'static str, Row>,
}

impl Score {
    pub(crate) fn f1(&self) -> f64 {
        f1(self.hit, self.extra, self.missed)
    }

    /// With the unit: a hit with a wrong unit is a miss and an extra one.
    pub(crate) fn f1_second(&self) -> f64 {
        let wrong = self.second.1 - self.second.0;
        f1(self.hit - wrong, self.extra + wrong, self.missed + wrong)
    }

    /// The row of the table; `wrong` of the hits have another unit or noun.
    fn row(&self, wrong: usize) -> Row {
        Row {
            right: self.hit - wrong,
            missed: self.missed + wrong,
            extra: self.extra + wrong,
            missed_by_convention: self.raw.1 - self.missed,
            extra_by_convention: self.raw.0 - self.extra,
        }
    }
}

pub(crate) fn f1(hit: usize, extra: usize, missed: usize) -> f64 {
    if hit == 0 { 0.0 } else { 2.0 * hit as f64 / (2 * hit + extra + missed) as f64 }
}

pub(crate) fn load(file: &str) -> Option<Vec<Case>> {
    Some(suites::load(file)?.iter().map(case).collect())
}

pub(crate) fn string(v: &Value, key: &str) -> String {
    v[key].as_str().unwrap_or_default().to_owned()
}

pub(crate) fn case(v: &Value) -> Case {
    let golds = v["expected"].as_array().into_iter().flatten().map(gold).collect();
    Case { suite: string(v, "suite"), text: string(v, "text"), golds }
}

pub(crate) fn gold(e: &Value) -> Gold {
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
pub(crate) fn others(text: &str) -> Vec<((usize, usize), &'static str)> {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))));
    let mentions = claim::read(prose).mentions.into_iter();
    let others = mentions.filter_map(|m| match m.kind {
        MentionKind::Date(_) => Some((m.span, "read as a date")),
        MentionKind::Name(_) => Some((m.span, "part of a name")),
        _ => None,
    });
    others.map(|(s, why)| ((s.start as usize, s.end as usize), why)).collect()
}

pub(crate) fn read(text: &str) -> Vec<Got> {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))));
    let range = |s: copydesk::text::Span| (s.start as usize, s.end as usize);
    claim::read(prose.clone())
        .mentions
        .into_iter()
        .filter_map(|m| match m.kind {
            // No suite annotates superlatives.
            MentionKind::Quantity(q) if q.form != Form::Superlative => Some(Got {
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

pub(crate) fn number(d: Option<rust_decimal::Decimal>) -> Option<f64> {
    d.and_then(|d| d.to_string().parse().ok())
}

pub(crate) fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9) || (a - b).abs() < 1e-9 * a.abs().max(1.0) && a.abs() > 1e-3
        }
        (None, None) => true,
        _ => false,
    }
}

impl Got {
    pub(crate) fn low(&self) -> Option<f64> {
        number(self.quantity.low)
    }

    pub(crate) fn high(&self) -> Option<f64> {
        number(self.quantity.high)
    }

    /// Whether a suite's span may be meant: with or without qualifier, currency sign and unit.
    pub(crate) fn spans(&self, gold: (usize, usize)) -> bool {
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
    pub(crate) fn article(&self, at: usize) -> bool {
        at == self.numeral.0 + 2 && self.text.to_lowercase().contains("a ")
    }

    /// Whether the figure is of two numbers and this is one of them.
    pub(crate) fn pair(&self, gold: (usize, usize)) -> bool {
        let two = self.quantity.low != self.quantity.high || matches!(self.quantity.form, Form::Score | Form::Fraction);
        two && self.numeral.0 <= gold.0 && gold.1 <= self.numeral.1
    }

    /// Whether the value is meant: that of the figure, or of its numeral without its bounds.
    pub(crate) fn valued(&self, gold: &Gold) -> bool {
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
pub(crate) fn score(
    case: &Case,
    score: &mut Score,
    relevant: impl Fn(&Got) -> bool,
    second: impl Fn(&Got, &Gold) -> Option<bool>,
    deviation: impl Fn(&Case, &str, &str) -> Option<&'static str>,
) {
    let gots = read(&case.text);
    let others = others(&case.text);
    let behind = |span: &Option<(usize, usize)>| span.map_or("", |s| &case.text[s.1..]);
    let mut used = vec![false; gots.len()];
    let mut matched = vec![false; gots.len()];
    for gold in &case.golds {
        let found = gots.iter().enumerate().find(|(i, got)| {
            let exact = !used[*i] && (!gold.valued || got.valued(gold)) && gold.span.is_none_or(|s| got.spans(s));
            exact || !gold.valued && gold.span.is_some_and(|s| got.pair(s))
        });
        let form = score.forms.entry(figure_form(&gold.text)).or_default();
        if let Some((i, got)) = found {
            (used[i], matched[i]) = (true, true);
            score.hit += 1;
            form.right += 1;
            if let Some(right) = second(got, gold) {
                score.second.1 += 1;
                score.second.0 += usize::from(right);
                if !right {
                    differs(case, "second", gold, &format!("{:?} {:?}", got.quantity.unit.as_ref().map(|u| &u.name), got.entity));
                }
            }
            continue;
        }
        score.raw.1 += 1;
        let reason = deviation(case, &gold.text, behind(&gold.span));
        if reason.is_some() {
            // What overlaps it is part of the same disagreement.
            for (i, _) in
                gots.iter().enumerate().filter(|(_, got)| gold.span.is_none_or(|s| got.full.0 < s.1 && s.0 < got.full.1))
            {
                used[i] = true;
            }
        }
        let other = || gold.span.and_then(|s| others.iter().find(|(o, _)| o.0 < s.1 && s.0 < o.1)).map(|o| o.1);
        if let Some(reason) = reason.or_else(other) {
            form.missed_by_convention += 1;
            *score.deviations.entry(reason).or_default() += 1;
            differs(case, reason, gold, "nothing");
        } else {
            form.missed += 1;
            score.missed += 1;
            differs(case, "missed", gold, "nothing");
        }
    }
    for (i, got) in gots.iter().enumerate().filter(|(i, got)| !matched[*i] && relevant(got)) {
        score.raw.0 += 1;
        let form = score.forms.entry(figure_form(&got.text)).or_default();
        if used[i] {
            // Part of a disagreement that is named already.
            form.extra_by_convention += 1;
        } else if let Some(reason) = deviation(case, &got.text, &case.text[got.full.1..]) {
            form.extra_by_convention += 1;
            *score.deviations.entry(reason).or_default() += 1;
            not_expected(case, reason, got);
        } else {
            form.extra += 1;
            score.extra += 1;
            not_expected(case, "extra", got);
        }
    }
}

/// With `COPYDESK_MISSES` set, prints what is expected, and what was read in its place.
fn differs(case: &Case, why: &str, gold: &Gold, ours: &str) {
    if std::env::var_os("COPYDESK_MISSES").is_some() {
        let context = around(&case.text, gold.span.unwrap_or((0, 0)));
        let (text, low, high, unit, noun) = (&gold.text, gold.low, gold.high, &gold.unit, &gold.noun);
        println!("  [{why}] {} | {text} | {low:?}..{high:?} {unit:?} {noun:?} / ours {ours} | {context:?}", case.suite);
    }
}

/// With `COPYDESK_MISSES` set, prints what was read and not expected.
fn not_expected(case: &Case, why: &str, got: &Got) {
    if std::env::var_os("COPYDESK_MISSES").is_some() {
        let context = around(&case.text, got.full);
        let (text, low, high, form) = (&got.text, got.low(), got.high(), got.quantity.form);
        println!("  [extra: {why}] {} | {text} | {low:?}..{high:?} {form:?} | {context:?}", case.suite);
    }
}

pub(crate) fn around(text: &str, span: (usize, usize)) -> String {
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

pub(crate) fn table(name: &str, all: &BTreeMap<String, Score>) -> Score {
    let mut total = Score::default();
    let (mut suites, mut seconds, mut forms) = (Table::default(), Table::default(), Table::default());
    for (suite, score) in all {
        *suites.row(suite.as_str()) = score.row(0);
        if score.second.1 > 0 {
            *seconds.row(suite.as_str()) = score.row(score.second.1 - score.second.0);
        }
        total.hit += score.hit;
        total.extra += score.extra;
        total.missed += score.missed;
        total.second.0 += score.second.0;
        total.second.1 += score.second.1;
        total.raw.0 += score.raw.0;
        total.raw.1 += score.raw.1;
        for (form, row) in &score.forms {
            forms.row(*form).add(row);
        }
        for (reason, count) in &score.deviations {
            suites.convention(reason, *count);
        }
    }
    forms.print(&format!("{name}, by form"));
    if !seconds.rows.is_empty() {
        seconds.print(&format!("{name}, with unit or noun"));
    }
    suites.print(name);
    total
}
