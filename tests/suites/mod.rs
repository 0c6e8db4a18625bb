//! What the measurements on public suites have in common: where the suites lie, the phenomena, and one table.
//!
//! Every table has the figures as they fall out (raw), and beside them those without what a suite wants otherwise by a convention of its
//! own; each such convention is named below the table with the number of its cases.

#![allow(dead_code, unreachable_pub, clippy::print_stdout, reason = "every suite uses its part; the tables are what it is for")]

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

/// The cases of a suite, one JSON object a line; `None`, with a note, where the suites are not beside the crate.
pub fn load(file: &str) -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(file);
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: no {file} beside the crate");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a suite is JSON lines")).collect())
}

/// What became of what a suite expects, and of what was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    /// Expected, and read so.
    pub right: usize,
    /// Expected, and not read or read otherwise.
    pub missed: usize,
    /// Read, and not expected.
    pub extra: usize,
    /// The same two where a named convention is the reason; they are not among the former.
    pub missed_by_convention: usize,
    pub extra_by_convention: usize,
}

impl Row {
    /// Of so many expected and so many read, so many are right.
    pub fn of(expected: usize, read: usize, right: usize) -> Self {
        Self { right, missed: expected - right, extra: read - right, ..Self::default() }
    }

    pub fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.missed += usize::from(!right);
    }

    pub fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.extra += other.extra;
        self.missed_by_convention += other.missed_by_convention;
        self.extra_by_convention += other.extra_by_convention;
    }

    /// With what differs by convention counted as wrong.
    fn raw(&self) -> Self {
        let missed = self.missed + self.missed_by_convention;
        Self { missed, extra: self.extra + self.extra_by_convention, ..*self }
    }

    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.extra)
    }

    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.missed + self.extra)
    }

    pub fn print(&self, name: &str) {
        let raw = self.raw();
        let (expected, read) = (raw.right + raw.missed, raw.right + raw.extra);
        let (precision, recall) = (raw.precision(), raw.recall());
        println!(
            "  {name:<38} {expected:>5} {read:>5} {:>5}  {precision:.3}  {recall:.3}  {:.3} | {:.3}",
            self.right,
            raw.f1(),
            self.f1()
        );
    }
}

/// The head of a table.
pub fn header(title: &str) {
    println!("\n{title:<40} {:>5} {:>5} {:>5}  {:>5}  {:>5}  {:>5} | but conventions", "want", "read", "right", "P", "R", "F1");
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// One table: rows by phenomenon, their sum, and the conventions.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub rows: BTreeMap<String, Row>,
    pub conventions: BTreeMap<String, usize>,
}

impl Table {
    pub fn row(&mut self, name: impl Into<String>) -> &mut Row {
        self.rows.entry(name.into()).or_default()
    }

    /// Names a convention that so many cases differ by.
    pub fn convention(&mut self, reason: &str, cases: usize) {
        *self.conventions.entry(reason.to_owned()).or_default() += cases;
    }

    pub fn sum(&self) -> Row {
        let mut sum = Row::default();
        self.rows.values().for_each(|row| sum.add(row));
        sum
    }

    /// Prints the table and gives its last row.
    pub fn print(&self, title: &str) -> Row {
        header(title);
        for (name, row) in &self.rows {
            row.print(name);
        }
        if self.rows.len() > 1 {
            self.sum().print("all");
        }
        for (reason, cases) in &self.conventions {
            println!("  {cases:>4} by convention: {reason}");
        }
        self.sum()
    }
}

/// How a figure is written: the rows of a table by phenomenon.
pub fn figure_form(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|w| !w.is_empty()).collect();
    let any = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let digits = lower.contains(|c: char| c.is_ascii_digit());
    let figures = words.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count();
    let scale = any(&["hundred", "thousand", "million", "billion", "trillion", "bn", "mn", "m", "k"]);
    let ordinal = words.iter().any(|w| {
        let stem = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        matches!(&w[stem.len()..], "st" | "nd" | "rd" | "th") && !stem.is_empty()
            || stem.is_empty() && (w.ends_with("th") && *w != "month" || matches!(*w, "first" | "second"))
    });
    if any(&["dozens", "hundreds", "thousands", "millions", "billions", "several", "few", "couple", "many"]) {
        "vague amounts"
    } else if lower.contains(['$', '€', '£', '¥']) || any(&["dollar", "dollars", "euro", "euros", "cents", "yen", "rupees"]) {
        "amounts of money"
    } else if lower.contains('%') || any(&["percent", "percentage", "pct"]) || lower.contains("per cent") {
        "percentages"
    } else if any(&["between", "to"]) || figures == 2 && lower.contains(['-', '–', '~']) {
        "ranges and scores"
    } else if any(&["half", "quarter", "quarters", "third", "thirds", "out", "fifth", "fifths", "tenth", "tenths"])
        || lower.contains(['/', '½', '¼', '¾', '⅓', '⅔'])
    {
        "fractions"
    } else if ordinal {
        "ordinals"
    } else if any(&["over", "under", "than", "least", "most", "about", "nearly", "almost", "up", "above", "below"]) {
        "bounds and hedges"
    } else if digits && scale {
        "digits and a word of scale"
    } else if digits && lower.contains(|c: char| c.is_ascii_alphabetic()) {
        "digits and a unit or noun"
    } else if digits && lower.contains([',', '.', ' ']) {
        "digits with marks in them"
    } else if digits {
        "digits"
    } else if any(&["dozen", "score", "twice", "double", "triple"]) {
        "dozens and multiples"
    } else if words.len() > 1 {
        "several words"
    } else {
        "one word"
    }
}
