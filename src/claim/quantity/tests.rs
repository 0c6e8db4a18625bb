//! Figures as a copy editor reads them: each line is a text and, for every figure in it, `span = value unit [form] <noun> {base} ^change`.

use std::{fmt::Write as _, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::{
    document::{self, Format},
    prose::Prose,
};

fn prose(text: &str) -> Prose {
    Prose::read(Arc::new(document::parse(text.into(), Format::Plain)))
}

/// A figure in one line.
fn show(prose: &Prose, mention: &Mention) -> String {
    let MentionKind::Quantity(q) = &mention.kind else { unreachable!("only quantities are read here") };
    let mut out = format!("{} = ", prose.str(mention.span));
    let hedge = match q.approximation {
        Approximation::None => "",
        Approximation::About => "~",
        Approximation::Nearly => "-~",
        Approximation::JustOver => "+~",
    };
    out.push_str(hedge);
    let (low, high) = (q.low.map(|d| d.normalize().to_string()), q.high.map(|d| d.normalize().to_string()));
    match (low, high) {
        (Some(l), Some(h)) if l == h => out.push_str(&l),
        (Some(l), Some(h)) => write!(out, "{l}{}{h}", if q.high_open { "..<" } else { ".." }).unwrap(),
        (Some(l), None) => write!(out, "{}{l}", if q.low_open { ">" } else { ">=" }).unwrap(),
        (None, Some(h)) => write!(out, "{}{h}", if q.high_open { "<" } else { "<=" }).unwrap(),
        (None, None) => out.push('?'),
    }
    if let Some(unit) = &q.unit {
        write!(out, " {}", unit.name).unwrap();
        if let Some(per) = &unit.per {
            write!(out, "/{per}").unwrap();
        }
    }
    if q.form != Form::Cardinal {
        write!(out, " [{:?}]", q.form).unwrap();
    }
    if let Some(entity) = q.entity {
        write!(out, " <{}>", prose.str(entity)).unwrap();
    }
    if let Some(base) = q.base {
        write!(out, " {{{}}}", prose.str(base)).unwrap();
    }
    if let Some(change) = q.change {
        let direction = match change.direction {
            Some(Direction::Up) => "up ",
            Some(Direction::Down) => "down ",
            None => "",
        };
        write!(out, " ^{direction}{:?}", change.extent).unwrap();
    }
    out
}

fn figures(text: &str) -> Vec<String> {
    let prose = prose(text);
    read(&prose).iter().map(|m| show(&prose, m)).collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(figures(text), expect, "in {text:?}");
}

#[test]
fn digits_and_words() {
    check("Police counted 40,000 people.", &["40,000 = 40000 <people>"]);
    check("Some twenty-one thousand people came.", &["Some twenty-one thousand = ~21000 <people>"]);
    check("They paid 4.7 billion euros.", &["4.7 billion euros = 4700000000 EUR"]);
    check("The site has 130M users.", &["130M = 130000000 <users>"]);
    check("Two dozen people died.", &["Two dozen = 24 <people>"]);
}

#[test]
fn bounds() {
    check("More than 40 drones were shot down.", &["More than 40 = >40 <drones>"]);
    check("At least 12 people died.", &["At least 12 = >=12 <people>"]);
    check("Up to 500 soldiers were sent.", &["Up to 500 = <=500 <soldiers>"]);
    check("Nearly 300 homes burned.", &["Nearly 300 = -~300 <homes>"]);
}

#[test]
fn ages_and_durations() {
    check("A 68-year-old woman died.", &["68-year-old = 68 year [Age] <woman>"]);
    check("The five-hour talks ended.", &["five-hour = 5 hour <talks>"]);
}

#[test]
fn no_figures() {
    for text in ["No one came.", "This is one of the reasons.", "A Boeing 737 landed.", "Call 555-1234.", "He was born in 1984."]
    {
        check(text, &[]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_reads(text in "([0-9]{1,4}|[a-z]{1,6}|[ ,.$%°½/:'’“–-]|three|million|half|a |twenty|dozen|£|of |year|old|\\PC){0,40}") {
        let prose = prose(&text);
        let mentions = read(&prose);
        let mut end = 0;
        for m in &mentions {
            prop_assert!(m.span.start >= end && m.span.end > m.span.start);
            prop_assert!(prose.document.prose.get(m.span.range()).is_some());
            let MentionKind::Quantity(q) = &m.kind else { unreachable!() };
            prop_assert!(m.span.contains(q.numeral));
            for span in [q.entity, q.modifiers, q.base, q.qualifier].into_iter().flatten() {
                prop_assert!(prose.document.prose.get(span.range()).is_some());
            }
            end = m.span.end;
        }
    }
}
