//! The list of facts that checkers keep: a line for each claim, with a box to tick. From a spreadsheet it can be read back, and what was ticked
//! is accepted.

mod sheet;
mod table;

pub use self::{
    sheet::workbook,
    table::{csv, markdown},
};

pub(super) use self::table::tame;

use super::{Entry, Run, State, json::kind as kind_name, text::plain};
use crate::{
    ide::{Accepted, Checked, Code, MentionKind, SignOff, Stance, accepted, quote},
    text::{self, single_spaced},
};

/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "checked",
    "no",
    "draft",
    "claim",
    "kind",
    "stands",
    "finding",
    "sentence",
    "evidence",
    "method",
    "checked by",
    "date",
    "note",
];

/// A box, and one with a tick.
const OPEN: &str = "☐";
const TICKED: &str = "☑";

/// Those without which a list cannot be read back.
const NEEDED: [&str; 5] = ["checked", "claim", "finding", "sentence", "evidence"];

/// The longest text of a cell, in bytes: Excel takes 32,767 UTF-16 units.
const CELL: usize = 32_000;

/// A claim on the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Whether its box is ticked.
    checked: bool,
    /// Its number in the draft, from one.
    number: usize,
    draft: String,
    claim: String,
    kind: String,
    stands: String,
    finding: String,
    sentence: String,
    /// The sources' sentences, each with its place, a line each.
    evidence: String,
    method: String,
    by: String,
    date: String,
    note: String,
}

/// What becomes of a list that was read back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// What is to be accepted.
    pub accepted: Vec<Accepted>,
    /// How many ticked claims need no acceptance: nothing speaks against them, or they are accepted so already.
    pub settled: usize,
    /// The numbers of ticked claims that no longer are as the list has them: the sentence is another, or the evidence.
    pub stale: Vec<usize>,
}

impl Row {
    fn of(draft: &str, checked: &Checked, index: usize) -> Self {
        let verdict = &checked.verdicts[index];
        let prose = &checked.draft.prose;
        let span = verdict.span(&checked.draft);
        let words = |span: crate::ide::Span| plain(&single_spaced(span.of(&prose.document.text)));
        let sentence = prose.sentences.get(prose.sentence_at(span.start)).map_or_else(String::new, |s| words(s.span));
        let mut evidence: Vec<String> = Vec::new();
        for finding in &verdict.findings {
            let supports = finding.stance == Stance::Supports;
            let quote = quote(&finding.source, finding.quote, finding.counterpart, supports);
            let line = quote.line.map_or_else(String::new, |line| format!(":{line}"));
            let stance = if supports { "agrees" } else { "differs" };
            evidence.push(plain(&format!("{stance}, {}{line}: {}", quote.path, single_spaced(&quote.parts.concat()))));
        }
        evidence.dedup();
        let signed = checked.signed.get(&index);
        let part = |of: fn(&SignOff) -> &Option<String>| {
            plain(&single_spaced(signed.and_then(|s| of(s).as_deref()).unwrap_or_default()))
        };
        let kind_of = |kind: &MentionKind| kind_name(kind).to_owned();
        Self {
            checked: signed.is_some(),
            number: index + 1,
            draft: plain(draft),
            claim: words(span),
            kind: checked.draft.mentions.get(verdict.mention as usize).map_or_else(String::new, |m| kind_of(&m.kind)),
            stands: State::of(checked, index).name().to_owned(),
            finding: Code::of(verdict).map_or_else(String::new, |code| code.name().to_owned()),
            sentence: cut(sentence),
            evidence: cut(evidence.join("\n")),
            method: String::new(),
            by: part(|s| &s.by),
            date: part(|s| &s.date),
            note: part(|s| &s.reason),
        }
    }

    /// What tells it from others: its words, their sentence, what is found and what the sources say.
    fn key(&self) -> [String; 4] {
        [&self.claim, &self.sentence, &self.finding, &self.evidence].map(|part| single_spaced(part))
    }

    fn cells(&self) -> [String; 13] {
        [
            if self.checked { TICKED } else { OPEN }.to_owned(),
            self.number.to_string(),
            self.draft.clone(),
            self.claim.clone(),
            self.kind.clone(),
            self.stands.clone(),
            self.finding.clone(),
            self.sentence.clone(),
            self.evidence.clone(),
            self.method.clone(),
            self.by.clone(),
            self.date.clone(),
            self.note.clone(),
        ]
    }

    fn signed(&self) -> SignOff {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let reason: Vec<&str> = [self.method.as_str(), &self.note].into_iter().filter(|part| !part.is_empty()).collect();
        SignOff { reason: some(&reason.join(": ")), by: some(&self.by), date: some(&self.date) }
    }
}

/// The lines of all drafts, in order.
fn rows(run: &Run) -> Vec<Row> {
    let of = |entry: &Entry| -> Vec<Row> {
        (0..entry.checked.verdicts.len()).map(|i| Row::of(&entry.path, &entry.checked, i)).collect()
    };
    run.drafts.iter().flat_map(of).collect()
}

/// Reads a list back: a workbook, or a table that a spreadsheet saved, with the columns in any order.
///
/// # Errors
/// If it is no such list; the message says why.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let table = if sheet::is_workbook(bytes) { sheet::read(bytes)? } else { table::read(&text::decode(bytes).0)? };
    let mut lines = table.into_iter();
    let names = lines.next().unwrap_or_default();
    let at = |name: &str| names.iter().position(|n| n.trim().eq_ignore_ascii_case(name));
    let columns = COLUMNS.map(at);
    if let Some(missing) = NEEDED.into_iter().find(|name| at(name).is_none()) {
        return Err(format!("there is no column {missing:?}"));
    }
    let mut rows = Vec::new();
    for (i, line) in lines.enumerate() {
        let mut cells = columns.map(|column| column.and_then(|c| line.get(c)).map_or("", |cell| cell.trim()).to_owned());
        let [checked, number, rest @ ..] = &mut cells;
        let checked = is_ticked(checked).ok_or_else(|| format!("line {}: {checked:?} is neither a tick nor none", i + 2))?;
        let number = number.parse().unwrap_or(i + 1);
        let [draft, claim, kind, stands, finding, sentence, evidence, method, by, date, note] =
            rest.each_mut().map(std::mem::take);
        rows.push(Row { checked, number, draft, claim, kind, stands, finding, sentence, evidence, method, by, date, note });
    }
    Ok(rows)
}

/// What was ticked on a list of this draft and is to be accepted in it, as it is now.
#[must_use]
pub fn ticked(entry: &Entry, list: &[Row]) -> Ticked {
    let file = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut list: Vec<&Row> = list.iter().filter(|r| r.draft.is_empty() || file(&r.draft) == file(&plain(&entry.path))).collect();
    // Of two that are alike the first on the list is the first in the draft, however it was sorted.
    list.sort_by_key(|row| row.number);
    let checked = &entry.checked;
    let mut now: Vec<(usize, [String; 4])> =
        (0..checked.verdicts.len()).map(|i| (i, Row::of(&entry.path, checked, i).key())).collect();
    let mut out = Ticked::default();
    for row in list {
        let key = row.key();
        let found = now.iter().position(|(_, other)| *other == key).map(|at| now.remove(at).0);
        match found.filter(|_| row.checked) {
            _ if !row.checked => {}
            None => out.stale.push(row.number),
            Some(i)
                if row.finding.is_empty() || checked.signed.get(&i).is_some_and(|s| accepted(s) == accepted(&row.signed())) =>
            {
                out.settled += 1;
            }
            Some(i) => out.accepted.extend(Accepted::of(checked, i, row.signed())),
        }
    }
    out
}

/// A text that fits into a cell.
fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(CELL));
    text
}

/// Whether a box is ticked; `None` if that cannot be told.
fn is_ticked(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "" | OPEN | "no" | "n" | "false" | "0" => Some(false),
        TICKED | "☒" | "✓" | "✔" | "x" | "yes" | "y" | "true" | "1" | "ok" => Some(true),
        _ => None,
    }
}
