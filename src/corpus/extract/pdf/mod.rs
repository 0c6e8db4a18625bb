//! PDF: letters at places of a page, from which lines, columns and paragraphs have to be found again.

mod flow;
mod lines;
#[cfg(test)]
mod tests;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::civil::Date;
use pdf_oxide::{Error, PdfDocument, document::ReadingOrder, object::Object};

use self::lines::Line;
use super::{Extracted, headed, properties};
use crate::{document::Meta, text::Problem};

/// The most pages that are read, and the most lines.
const MOST_PAGES: usize = 5_000;
const MOST_LINES: usize = 500_000;

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    if !bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Err("damaged: this is not a PDF".into());
    }
    let pdf = PdfDocument::from_bytes(bytes.to_vec()).map_err(|error| reason(&error))?;
    if !pdf.is_authenticated() {
        return Err("protected by a password".into());
    }
    let count = pdf.page_count().map_err(|error| reason(&error))?;
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let mut lines = 0;
    let (mut failed, mut first) = (0, None);
    for page in 0..count.min(MOST_PAGES) {
        let (bottom, top) = pdf.get_page_media_box(page).map_or((0.0, 842.0), |(_, y0, _, y1)| (y0.min(y1), y0.max(y1)));
        match pdf.extract_spans_with_reading_order(page, ReadingOrder::Structure) {
            Ok(spans) => pages.push(lines::of_page(&spans, page, bottom, top)),
            Err(error) => {
                failed += 1;
                first.get_or_insert_with(|| format!("Page {} could not be read: {}", page + 1, reason(&error)));
                pages.push(Vec::new());
            }
        }
        lines += pages.last().map_or(0, Vec::len);
        if lines > MOST_LINES {
            return Err(format!("it has more than {MOST_LINES} lines"));
        }
    }
    let mut problems: Vec<Problem> = first.into_iter().map(Problem::new).collect();
    if failed > 1 {
        problems.push(Problem::new(format!("{} more pages could not be read.", failed - 1)));
    }
    if count > MOST_PAGES {
        problems.push(Problem::new(format!("Only the first {MOST_PAGES} pages were read.")));
    }
    if lines == 0 {
        let why = problems.into_iter().next().map(|p| p.message);
        let pictures = || (0..count.min(3)).any(|page| pdf.page_image_handles(page).is_ok_and(|found| !found.is_empty()));
        let none = || if pictures() { "this PDF holds pictures of text only" } else { "there is no text in it" };
        return Err(why.unwrap_or_else(|| none().into()));
    }
    let text = flow::text(pages);
    if is_unreadable(&text) {
        return Err("the fonts of this PDF do not say which letters they show".into());
    }
    let meta = meta(&pdf);
    Ok(Extracted { text: headed(meta.title.as_deref(), &text), meta, problems, part: None })
}

fn reason(error: &Error) -> String {
    match error {
        Error::EncryptedPdf => "protected by a password".into(),
        error => format!("damaged PDF: {error}"),
    }
}

/// Whether most letters are unknown.
fn is_unreadable(text: &str) -> bool {
    let unknown = |c: &char| *c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(c);
    let count = text.chars().filter(unknown).count();
    count * 3 > text.chars().filter(|c| !c.is_whitespace()).count()
}

fn meta(pdf: &PdfDocument) -> Meta {
    let resolve = |object: &Object| pdf.resolve_object(object).ok();
    let info = pdf.trailer().as_dict().and_then(|trailer| resolve(trailer.get("Info")?));
    let said = |key: &str| {
        let value = resolve(info.as_ref()?.as_dict()?.get(key)?)?;
        Some(decode(value.as_string()?))
    };
    Meta {
        title: said("Title").and_then(|t| properties::title(&t)),
        byline: said("Author").and_then(|a| properties::author(&a)),
        published: said("CreationDate").and_then(|d| date(&d)),
        ..Meta::default()
    }
}

/// A string of the document's properties.
fn decode(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xfe, 0xff, ..] => UTF_16BE,
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        // PDF's own encoding differs from this in a few signs.
        _ => WINDOWS_1252,
    };
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}

/// A date as PDF writes it: "D:20260312094500+01'00'".
fn date(text: &str) -> Option<Date> {
    let digits: String = text.trim().trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let year = part(0..4).filter(|year| (1985..2100).contains(year))?;
    Date::new(year, part(4..6)? as i8, part(6..8)? as i8).ok()
}
