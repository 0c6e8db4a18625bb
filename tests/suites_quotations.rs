//! The reader of quotations, measured on a public suite where it lies beside the crate. `cargo test --test suites_quotations --
//! --nocapture` shows the table, and with `MISSES=1` every case that is not read as expected.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use copydesk::{
    claim::{self, MentionKind, Quotation, QuotationForm},
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;

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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/quotes_small.jsonl");
    let Ok(lines) = fs::read_to_string(path) else {
        println!("skipped: no quotes_small.jsonl beside the crate");
        return;
    };
    let mut table: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).expect("a suite is JSON lines");
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
        let row = table.entry(case["suite"].as_str().unwrap().to_owned()).or_default();
        row[0] += usize::from(right);
        row[1] += 1;
        if !right && std::env::var_os("MISSES").is_some() {
            println!("  {}: {text:?} expected {} read {got:?}", case["id"], case["expected"]);
        }
    }
    println!("quotes_small");
    for (suite, [right, all]) in &table {
        println!("  {suite:24} {right:4} of {all:4}");
    }
    let (right, all) = table.values().fold((0, 0), |(r, a), row| (r + row[0], a + row[1]));
    println!("  {:24} {right:4} of {all:4}", "all");
    assert!(right * 100 >= all * 90, "{right} of {all}");
}
