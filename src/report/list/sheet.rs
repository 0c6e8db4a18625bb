//! The list as a workbook: to filter, tick and print in Excel, LibreOffice or Numbers, and to read back.

use std::io::Cursor;

use calamine::{Data, Reader as _};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

use super::{COLUMNS, OPEN, Row, Run, State, TICKED, rows};

/// How wide the columns are, in characters: on paper all of them stand side by side.
const WIDTHS: [f64; COLUMNS.len()] = [9.0, 5.0, 14.0, 22.0, 10.0, 13.0, 20.0, 40.0, 54.0, 12.0, 12.0, 11.0, 20.0];

/// The height of a line of text, and of the highest row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// The number of ISO A4; on other paper printers fit it.
const A4: u8 = 9;

/// The list as a workbook (Office Open XML, `.xlsx`). No cell is a formula or a link. The same run gives the same bytes.
///
/// # Errors
/// If there are more claims than a sheet has lines (1,048,576).
pub fn workbook(run: &Run) -> Result<Vec<u8>, String> {
    made_of(&rows(run)).map_err(|error| format!("these claims do not fit into a workbook: {error}"))
}

fn made_of(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day it was made would make two of the same run differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("copydesk: list of facts").set_creation_datetime(&made));
    let sheet = book.add_worksheet().set_name("facts")?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    fill(sheet, rows)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, last, WIDTHS.len() as u16 - 1)?;
    let boxes = DataValidation::new()
        .allow_list_strings(&[OPEN, TICKED])?
        .set_error_title("Not a box")?
        .set_error_message("Tick with ☑, x or yes; leave it empty or ☐ otherwise.")?
        .set_error_style(DataValidationErrorStyle::Information);
    sheet.add_data_validation(1, 0, last.max(1), 0, &boxes)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_footer("&L&F&R&P / &N");
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, rows: &[Row]) -> Result<(), XlsxError> {
    let base = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair);
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EAED)).set_border_bottom(FormatBorder::Thin);
    let middle = base.clone().set_align(FormatAlign::Center);
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (line, row) in (1..).zip(rows) {
        let cells = row.cells();
        // Not every program fits the rows to broken lines by itself.
        let lines = cells.iter().zip(WIDTHS).map(|(cell, width)| lines(cell, width as usize * 9 / 10)).max().unwrap_or(1);
        sheet.set_row_height(line, (lines as f64 * LINE).min(HIGHEST))?;
        for (column, (name, cell)) in (0..).zip(COLUMNS.iter().zip(&cells)) {
            match *name {
                "no" => sheet.write_number_with_format(line, column, row.number as f64, &base)?,
                "checked" => sheet.write_string_with_format(line, column, cell, &middle)?,
                // The words are in the cell: colour only helps the eye.
                "stands" => sheet.write_string_with_format(line, column, cell, &coloured(&base, cell))?,
                _ => sheet.write_string_with_format(line, column, cell, &base)?,
            };
        }
    }
    Ok(())
}

/// How many lines a text takes, broken between words.
fn lines(text: &str, width: usize) -> usize {
    let broken = |line: &str| {
        let (mut count, mut filled) = (1, 0);
        for length in line.split(' ').map(|word| word.chars().count()) {
            if filled > 0 && filled + 1 + length > width {
                (count, filled) = (count + 1, 0);
            }
            filled += usize::from(filled > 0) + length;
            // A word that is too long goes on in the next line.
            (count, filled) = (count + filled.saturating_sub(1) / width, (filled.max(1) - 1) % width + filled.min(1));
        }
        count
    };
    text.split('\n').map(broken).sum()
}

/// The ink of a label, as in the proof (`html/style.css`).
fn coloured(base: &Format, stands: &str) -> Format {
    let ink = |colour| base.clone().set_bold().set_font_color(Color::RGB(colour));
    if stands == State::Contradicted.name() {
        ink(0x00B0_261C)
    } else if stands == State::Conflicting.name() {
        ink(0x008A_4F00)
    } else {
        base.clone()
    }
}

/// Whether bytes are those of a workbook, and not of text: they begin as ZIP archives or as the files of Excel before 2007 do.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// The cells of the first sheet that has any: Excel's, or LibreOffice's.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let sheet = book.worksheets().into_iter().map(|(_, cells)| cells).find(|cells| !cells.is_empty());
    let sheet = sheet.ok_or("there is nothing in the workbook")?;
    Ok(sheet.rows().map(|row| row.iter().map(said).collect()).collect())
}

/// What a cell shows. Spreadsheets make a date of what looks like one.
fn said(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(at) => at.split('T').next().unwrap_or_default().to_owned(),
        Data::Error(_) => String::new(),
        _ => cell.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_are_broken_between_words() {
        for (text, expected) in [
            ("", 1),
            ("one", 1),
            ("one two", 1),
            ("one two three", 2),
            ("one two three four", 3),
            ("a\nb", 2),
            ("incomprehensibilities", 3),
            ("an incomprehensibility", 4),
        ] {
            assert_eq!(lines(text, 9), expected, "{text}");
        }
    }
}
