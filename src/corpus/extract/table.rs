//! Exports as tables, CSV and TSV: the first line names the columns, every other one is an article.

use serde_json::{Map, Value};

use super::{Extracted, Fields, record};
use crate::text;

pub(super) fn read(bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    let (table, problems) = text::decode(bytes);
    let table = table.trim_start_matches('\u{feff}');
    // Rows may have fewer fields than the first, or more: what has no name is nothing that is asked for.
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(table)).flexible(true).from_reader(table.as_bytes());
    let damaged = |error: csv::Error| format!("damaged table: {error}");
    let names: Vec<String> = reader.headers().map_err(damaged)?.iter().map(|name| name.trim().to_owned()).collect();
    let rows = reader.records().enumerate().map(|(i, row)| {
        let row = row.map_err(damaged).map(|row| {
            let cells = names.iter().zip(row.iter()).filter(|(name, cell)| !name.is_empty() && !cell.trim().is_empty());
            Value::Object(cells.map(|(name, cell)| (name.clone(), Value::from(cell))).collect::<Map<_, _>>())
        });
        (i + 1, row)
    });
    record::read(rows, "record", problems, fields)
}

/// What stands between the columns: what is commonest in the line that names them.
fn delimiter(table: &str) -> u8 {
    let first = table.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b'\t', b';', b'|', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}
