//! Sentences measured on public suites, where they lie beside the crate. `SUITES_VERBOSE=1` prints what differs.
//!
//! Other ways to the same end, on the same files: sentencex 0.1.33 alone has 41 of the 50 golden rules and 0.886 on the news; UAX #29
//! with the rules of `prose::sentence` has 50 and 0.962.

mod suites;

use std::sync::Arc;

use copydesk::{
    document::{self, Format},
    prose::Prose,
};
use suites::Table;

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
    let cases = suites::load(file)?.into_iter().map(|case| {
        let place = |e: &serde_json::Value, key: &str| e[key].as_u64().expect("an offset") as u32;
        let sentences = case["expected"].as_array().expect("a list").iter().filter(|e| e["kind"] == "sentence");
        let expected = sentences.map(|e| (place(e, "bstart"), place(e, "bend"))).collect();
        Case { suite: case["suite"].as_str().unwrap_or("").into(), text: case["text"].as_str().unwrap_or("").into(), expected }
    });
    Some(cases.collect())
}

/// What a sentence ends in: the rows of the table by phenomenon.
fn end_of(text: &str, (from, to): (u32, u32)) -> &'static str {
    let sentence = &text[from as usize..to as usize];
    let closed = sentence.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    let last_word = closed.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or("");
    let first = sentence.trim_start_matches(['"', '“', '‘', '(', '[']).chars().next().unwrap_or(' ');
    match closed.chars().next_back().unwrap_or(' ') {
        _ if closed.len() < sentence.len() && sentence.ends_with([')', ']']) => "ends in a bracket",
        _ if closed.len() < sentence.len() => "ends in a quotation mark",
        '?' | '!' => "ends in ? or !",
        '…' => "ends in an ellipsis",
        '.' if closed.ends_with("..") || closed.ends_with(". .") => "ends in an ellipsis",
        '.' if last_word.contains('.') || last_word.len() <= 2 => "ends in initials or an abbreviation",
        '.' if !first.is_uppercase() => "begins with a figure or small letter",
        '.' => "ends in a stop",
        _ => "has no mark at its end",
    }
}

/// Scores each suite of a file and prints the tables. Gives for each suite its cases that are read exactly, and for all the F1 of spans.
#[expect(clippy::print_stdout, reason = "the table is what the test is run for")]
fn measure(file: &str) -> Option<(Table, Table)> {
    let verbose = std::env::var_os("SUITES_VERBOSE").is_some();
    let (mut exact, mut spans, mut ends) = (Table::default(), Table::default(), Table::default());
    for Case { suite, text, expected } in cases(file)? {
        let prose = Prose::read(Arc::new(document::parse(text.as_str().into(), Format::Plain)));
        let read: Vec<(u32, u32)> = prose.sentences.iter().map(|s| (s.span.start, s.span.end)).collect();
        exact.row(suite.as_str()).count(read == expected);
        for span in &expected {
            let right = read.contains(span);
            spans.row(suite.as_str()).count(right);
            ends.row(end_of(&text, *span)).count(right);
        }
        for span in read.iter().filter(|s| !expected.contains(s)) {
            spans.row(suite.as_str()).extra += 1;
            ends.row(end_of(&text, *span)).extra += 1;
        }
        if verbose && read != expected {
            let words = |spans: &[(u32, u32)], other: &[(u32, u32)]| {
                let only = spans.iter().filter(|s| !other.contains(s));
                only.map(|s| format!("    [{}]", &text[s.0 as usize..s.1 as usize])).collect::<Vec<_>>().join("\n")
            };
            println!("  expected\n{}\n  read\n{}\n", words(&expected, &read), words(&read, &expected));
        }
    }
    for (_, what, count) in OTHERWISE.iter().filter(|(of, ..)| *of == file) {
        spans.convention(what, *count);
    }
    exact.print(&format!("{file}, cases"));
    ends.print(&format!("{file}, sentences by their ends"));
    spans.print(&format!("{file}, sentences"));
    Some((exact, spans))
}

#[test]
fn golden_rules() {
    let Some((exact, _)) = measure("sentences.jsonl") else { return };
    assert!(exact.rows["golden_rules"].right >= 49);
}

#[test]
fn news() {
    let Some((_, spans)) = measure("gum_news.jsonl") else { return };
    assert!(spans.sum().f1() >= 0.96);
}
