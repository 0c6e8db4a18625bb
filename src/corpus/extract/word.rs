//! Word documents: paragraphs, headings, notes and the cells of tables; what was struck out in them is left out.

use undoc::{
    Document, OoxmlContainer,
    model::{Block, Paragraph, RevisionType, Table},
};

use super::{Extracted, said, zipped::Archive};
use crate::document::{self, Meta};

/// How deep tables lie in tables that are read.
const DEEPEST: usize = 8;
/// How deep elements may lie. The reader goes down by recursion: much deeper ones would end the process. Each table takes three, a text
/// box in a drawing some ten.
const NESTED: usize = 200;

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    // What Word locks up with a password is no archive.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err("protected by a password, or in the format of an older Word".into());
    }
    Archive::open(bytes, "a Word document")?.bounded()?;
    let damaged = |error: undoc::Error| format!("damaged Word document: {error}");
    let container = OoxmlContainer::from_bytes(bytes.to_vec()).map_err(damaged)?;
    for part in container.list_files().iter().filter(|part| part.ends_with(".xml")) {
        bounded(&container.read_xml(part).map_err(damaged)?)?;
    }
    let document: Document = undoc::parse_bytes(bytes).map_err(damaged)?;
    let mut text = String::new();
    for block in document.sections.iter().flat_map(|section| &section.content) {
        match block {
            Block::Paragraph(paragraph) => add(paragraph, &mut text),
            Block::Table(table) => cells(table, 0, &mut text),
            Block::Note { content, .. } => content.iter().for_each(|p| add(p, &mut text)),
            Block::PageBreak | Block::SectionBreak | Block::Image { .. } => {}
        }
    }
    // The title that a program keeps is often that of the template; the date is when somebody saved it first.
    let byline = document.metadata.author.as_deref().and_then(said);
    let published = document.metadata.created.as_deref().and_then(document::date);
    Ok(Extracted { text, meta: Meta { byline, published, ..Meta::default() }, ..Extracted::default() })
}

/// Refuses what lies too deep.
fn bounded(xml: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        let unread = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")].into_iter().find(|(start, _)| after.starts_with(start));
        if let Some((_, end)) = unread {
            rest = after.split_once(end).map_or("", |(_, rest)| rest);
            continue;
        }
        rest = after;
        match after.starts_with('/') {
            true => depth = depth.saturating_sub(1),
            false if after.starts_with('!') || is_empty(after) => {}
            false => depth += 1,
        }
        if depth > NESTED {
            return Err("damaged Word document: it is nested too deeply".into());
        }
    }
    Ok(())
}

/// Whether the tag at the start of `tag` ends the element it begins.
fn is_empty(tag: &str) -> bool {
    let (mut quote, mut last) = (None, b' ');
    for byte in tag.bytes() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return last == b'/',
            _ => {}
        }
        last = byte;
    }
    false
}

fn add(paragraph: &Paragraph, text: &mut String) {
    let start = text.len();
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted && run.note.is_none()) {
        text.push_str(&run.text);
        if run.line_break {
            text.push('\n');
        }
    }
    if text.len() > start {
        text.push_str("\n\n");
    }
}

/// Every cell by itself: figures beside each other in a row make no sentence.
fn cells(table: &Table, depth: usize, text: &mut String) {
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        cell.content.iter().for_each(|p| add(p, text));
        if depth < DEEPEST {
            cell.nested_tables.iter().for_each(|table| cells(table, depth + 1, text));
        }
    }
}
