//! The reader of quotations, measured on a public suite where it lies beside the crate. `cargo test --test suites_quotations --
//! --nocapture` shows the table, and with `MISSES=1` every case that is not read as expected.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod suites;

use std::sync::Arc;

use copydesk::{
    claim::{self, MentionKind, Quotation, QuotationForm},
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;
use suites::Table;

fn quotations(text: &str) -> Vec<Quotation> {
    let prose = Prose::read(Arc::new(document::parse(Arc::from(text), Format::Plain)));
    let reading = claim::read(Arc::new(prose));
    let all = reading.mentions.into_iter().filter_map(|m| match m.kind {
        MentionKind::Quotation(q) => Some(*q),
        _ => None,
    });
    all.collect()
}

#[test]
fn quotes_small() {
    let Some(cases) = suites::load("quotes_small.jsonl") else { return };
    let (mut table, mut by_form) = (Table::default(), Table::default());
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let got = quotations(text);
        let expected = case["expected"].as_array().unwrap();
        let speakers = case["suite"] == "textacy";
        // One suite counts somebody's words only; titles and words held at a distance are none of them. Its places hold the marks.
        let pieces: Vec<_> = got
            .iter()
            .filter(|q| !speakers || matches!(q.form, QuotationForm::Direct))
            .flat_map(|q| q.pieces.iter().map(move |p| (p.start as usize, p.end as usize, q)))
            .collect();
        let place = |e: &Value| (e["bstart"].as_u64().unwrap() as usize, e["bend"].as_u64().unwrap() as usize);
        let words = |span: Option<copydesk::text::Span>| span.map(|s| s.of(text).to_owned());
        let right = pieces.len() == expected.len()
            && pieces.iter().zip(expected).all(|((start, end, q), e)| {
                let (from, to) = place(e);
                let marks = usize::from(e["kind"] == "quote_with_marks");
                (*start, *end) == (from + marks, to - marks)
                    && e["speaker"].as_str().is_none_or(|s| words(q.speaker.as_ref().map(|s| s.span)).as_deref() == Some(s))
                    && e["cue"].as_str().is_none_or(|c| words(q.cue).as_deref() == Some(c))
            });
        // A case is read as expected or not; by phenomenon, each quotation is.
        table.row(case["suite"].as_str().unwrap()).count(right);
        for e in expected {
            let (from, to) = place(e);
            let marks = usize::from(e["kind"] == "quote_with_marks");
            let read = pieces.iter().any(|(start, end, _)| (*start, *end) == (from + marks, to - marks));
            by_form.row(form_of(text, from + marks, to - marks)).count(read);
        }
        if !right && std::env::var_os("MISSES").is_some() {
            println!("  {}: {text:?} expected {} read {got:?}", case["id"], case["expected"]);
        }
    }
    table.print("quotes_small, cases");
    by_form.print("quotes_small, words by marks");
    let all = table.sum();
    assert!(all.f1() >= 0.97, "{all:?}");
}

/// Which marks stand around the words.
fn form_of(text: &str, from: usize, to: usize) -> &'static str {
    let before = text[..from].trim_end().chars().next_back().unwrap_or(' ');
    match before {
        '"' => "straight marks",
        '“' | '”' | '„' => "curly marks",
        '\'' | '‘' | '’' | '‚' | '‛' | '`' | '´' if !text[..from].ends_with("``") && !text[to..].starts_with("''") => {
            "single marks"
        }
        '«' | '»' | '‹' | '›' => "guillemets",
        _ => "other marks",
    }
}
