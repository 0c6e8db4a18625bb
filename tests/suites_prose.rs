//! Sentences measured on public suites, where they lie beside the crate. `SUITES_VERBOSE=1` prints what differs.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk::{
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;

struct Case {
    suite: String,
    text: String,
    /// The byte ranges of its sentences.
    expected: Vec<(u32, u32)>,
}

/// The cases of a suite file; `None` where the suites are not.
fn cases(file: &str) -> Option<Vec<Case>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(file);
    let lines = std::fs::read_to_string(path).ok()?;
    let read = |line: &str| {
        let case: Value = serde_json::from_str(line).expect("a JSON object a line");
        let place = |e: &Value, key: &str| e[key].as_u64().expect("an offset") as u32;
        let sentences = case["expected"].as_array().expect("a list").iter().filter(|e| e["kind"] == "sentence");
        let expected = sentences.map(|e| (place(e, "bstart"), place(e, "bend"))).collect();
        Case { suite: case["suite"].as_str().unwrap_or("").into(), text: case["text"].as_str().unwrap_or("").into(), expected }
    };
    Some(lines.lines().map(read).collect())
}

#[derive(Default)]
struct Score {
    cases: usize,
    exact: usize,
    expected: usize,
    read: usize,
    right: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.expected + self.read).max(1) as f64
    }
}

/// Scores each suite of a file and prints a table.
#[expect(clippy::print_stdout, reason = "the table is what the test is run for")]
fn measure(file: &str) -> Option<BTreeMap<String, Score>> {
    let Some(cases) = cases(file) else {
        println!("{file}: not beside the crate, skipped");
        return None;
    };
    let verbose = std::env::var_os("SUITES_VERBOSE").is_some();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for Case { suite, text, expected } in cases {
        let prose = Prose::read(Arc::new(document::parse(text.as_str().into(), Format::Plain)));
        let read: Vec<(u32, u32)> = prose.sentences.iter().map(|s| (s.span.start, s.span.end)).collect();
        let score = scores.entry(suite).or_default();
        score.cases += 1;
        score.exact += usize::from(read == expected);
        score.expected += expected.len();
        score.read += read.len();
        score.right += read.iter().filter(|span| expected.contains(span)).count();
        if verbose && read != expected {
            let words = |spans: &[(u32, u32)], other: &[(u32, u32)]| {
                let only = spans.iter().filter(|s| !other.contains(s));
                only.map(|s| format!("    [{}]", &text[s.0 as usize..s.1 as usize])).collect::<Vec<_>>().join("\n")
            };
            println!("  expected\n{}\n  read\n{}\n", words(&expected, &read), words(&read, &expected));
        }
    }
    println!("{:<22} {:>5} {:>6} {:>9} {:>6} {:>6}", "suite", "cases", "exact", "sentences", "read", "F1");
    for (suite, s) in &scores {
        println!("{suite:<22} {:>5} {:>6} {:>9} {:>6} {:>6.3}", s.cases, s.exact, s.expected, s.read, s.f1());
    }
    Some(scores)
}

#[test]
fn golden_rules() {
    let Some(scores) = measure("sentences.jsonl") else { return };
    assert!(scores["golden_rules"].exact >= 48);
}

#[test]
fn news() {
    let Some(scores) = measure("gum_news.jsonl") else { return };
    assert!(scores.values().all(|s| s.f1() >= 0.955));
}
