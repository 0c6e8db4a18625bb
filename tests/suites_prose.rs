//! Sentences measured on public suites, where they lie beside the crate. `SUITES_VERBOSE=1` prints what differs.
//!
//! Other ways to the same end, on the same files: sentencex 0.1.33 alone has 41 of the 50 golden rules and 0.886 on the news; UAX #29
//! with the rules of `prose::sentence` has 50 and 0.962.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk::{
    document::{self, Format},
    prose::Prose,
};
use serde_json::Value;

/// Where the suites draw sentences otherwise than copydesk does or can, with the number of cases.
const OTHERWISE: &[(&str, &str, usize)] = &[
    ("sentences.jsonl", "a quotation of several sentences kept whole (copydesk cuts it at its inner ends, as GUM does)", 10),
    ("sentences.jsonl", "markup, escapes, rules, page numbers and dot leaders that stand as plain text", 7),
    ("sentences.jsonl", "a note's number glued to the stop (type 2).10 This", 3),
    ("sentences.jsonl", "a dash after a question, a full-width stop without a space, a name in \"!\", time codes", 4),
    ("sentences.jsonl", "variables before a stop, read as initials", 1),
    ("gum_news.jsonl", "a quotation kept whole (most are cut)", 4),
    ("gum_news.jsonl", "a caption that runs on into the text without a mark between", 5),
    ("gum_news.jsonl", "a list of topics on one line", 7),
    ("gum_news.jsonl", "a sentence that ends in a comma, a semicolon, a dash or before a small letter", 4),
    ("gum_news.jsonl", "a credit kept with its caption (most are cut)", 1),
];

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
    for (_, what, count) in OTHERWISE.iter().filter(|(of, ..)| *of == file) {
        println!("  {count:>3} {what}");
    }
    Some(scores)
}

#[test]
fn golden_rules() {
    let Some(scores) = measure("sentences.jsonl") else { return };
    assert!(scores["golden_rules"].exact >= 49);
}

#[test]
fn news() {
    let Some(scores) = measure("gum_news.jsonl") else { return };
    assert!(scores.values().all(|s| s.f1() >= 0.958));
}
