//! The list as text: a table with separators, and one in Markdown.

use super::{COLUMNS, Run, rows};
use crate::ide;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// The list as a table for spreadsheets: UTF-8 with a mark that says so, commas, quotation marks where they are needed. No cell is a formula.
#[must_use]
pub fn csv(run: &Run) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let lines = rows(run).into_iter().map(|row| row.cells().map(|cell| tame(&cell)));
    for line in std::iter::once(COLUMNS.map(str::to_owned)).chain(lines) {
        writer.write_record(line).expect("memory takes what it is given");
    }
    let table = writer.into_inner().expect("memory takes what it is given");
    format!("\u{feff}{}", String::from_utf8_lossy(&table))
}

/// The list as a table in Markdown.
#[must_use]
pub fn markdown(run: &Run) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(COLUMNS.map(str::to_owned).into());
    out.push_str(&line(COLUMNS.map(|_| "---".to_owned()).into()));
    for row in rows(run) {
        let cell = |cell: String| cell.lines().map(ide::markdown).collect::<Vec<_>>().join("<br>");
        out.push_str(&line(row.cells().map(cell).into()));
    }
    out
}

/// The cells of a table as spreadsheets save it: parted by commas, semicolons or tabs.
pub(super) fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let line = |record: Result<::csv::StringRecord, ::csv::Error>| {
        record.map(|cells| cells.iter().map(|cell| wild(cell.trim()).to_owned()).collect()).map_err(|error| error.to_string())
    };
    reader.records().map(line).collect()
}

/// Whether a spreadsheet would take a cell for a formula, or would if it had fewer marks before it.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// A cell that is no formula: with a mark before it that spreadsheets know (OWASP, "CSV Injection").
pub(in crate::report) fn tame(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What was made [`tame`], as it was.
fn wild(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}
