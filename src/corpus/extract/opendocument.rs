//! OpenDocument texts (LibreOffice): paragraphs, headings, lists, the cells of tables and notes; what was struck out and comments are
//! left out.

use super::{
    Extracted, headed,
    markup::{Piece, Way, run, walk},
    properties,
    zipped::Archive,
};
use crate::document::{self, Meta};

/// What is no text of the writer's, or is said elsewhere again.
const PASSED: [&str; 12] = [
    "text:tracked-changes",
    "office:annotation",
    "office:forms",
    "text:note-citation",
    "text:table-of-content",
    "text:alphabetical-index",
    "text:illustration-index",
    "text:table-index",
    "text:ruby-text",
    "svg:title",
    "svg:desc",
    "table:covered-table-cell",
];
/// What stands beside the paragraph that it is anchored in.
const APART: [&str; 2] = ["text:note", "draw:text-box"];

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let mut archive = Archive::open(bytes, "an OpenDocument text")?;
    let manifest = archive.file("META-INF/manifest.xml")?.unwrap_or_default();
    let locked = [&b"encryption-data"[..], b"encrypted-package"];
    if locked.iter().any(|mark| manifest.windows(mark.len()).any(|w| w == *mark)) {
        return Err("protected by a password".into());
    }
    let content = archive.file("content.xml")?.ok_or("damaged: this is not an OpenDocument text")?;
    let text = text(&String::from_utf8_lossy(&content))?;
    let meta = archive.file("meta.xml")?.map(|xml| meta(&String::from_utf8_lossy(&xml))).unwrap_or_default();
    Ok(Extracted { text: headed(meta.title.as_deref(), &text), meta, problems: Vec::new(), part: None })
}

fn text(xml: &str) -> Result<String, String> {
    let mut out = String::new();
    // Notes and boxes that are being read, and those that wait for the end of their paragraph.
    let mut open: Vec<String> = Vec::new();
    let mut waiting = String::new();
    let mut body = false;
    walk(xml, |piece| {
        let here = open.last_mut().unwrap_or(&mut out);
        match piece {
            Piece::Start(start) => match start.name().as_ref() {
                name if PASSED.contains(&name) => return Way::Past,
                name if APART.contains(&name) => open.push(String::new()),
                "office:body" => body = true,
                "text:tab" => here.push(' '),
                "text:s" => run(here, " "),
                "text:line-break" => here.push('\n'),
                _ => {}
            },
            Piece::End("text:p" | "text:h") => {
                here.push_str("\n\n");
                if open.is_empty() {
                    out.push_str(&waiting);
                    waiting.clear();
                }
            }
            Piece::End(name) if APART.contains(&name) => {
                if let Some(apart) = open.pop() {
                    waiting.push_str(&apart);
                    waiting.push_str("\n\n");
                }
            }
            Piece::Text(text) if body => run(here, &text),
            Piece::End(_) | Piece::Text(_) => {}
        }
        Way::In
    })?;
    open.iter().for_each(|left| out.push_str(left));
    out.push_str(&waiting);
    Ok(out)
}

/// What the document says of itself. Who saved it last is not who wrote it, if that is said.
fn meta(xml: &str) -> Meta {
    let mut meta = Meta::default();
    let (mut creator, mut saved) = (None, None);
    let mut text = String::new();
    let read = walk(xml, |piece| {
        match piece {
            Piece::Start(_) => text.clear(),
            Piece::Text(part) => text.push_str(&part),
            Piece::End("dc:title") => meta.title = properties::title(&text),
            Piece::End("meta:initial-creator") => meta.byline = properties::author(&text),
            Piece::End("dc:creator") => creator = properties::author(&text),
            Piece::End("meta:creation-date") => meta.published = document::date(&text),
            Piece::End("dc:date") => saved = document::date(&text),
            Piece::End(_) => {}
        }
        Way::In
    });
    // What was read of damaged properties is right all the same.
    drop(read);
    meta.byline = meta.byline.or(creator);
    meta.published = meta.published.or(saved);
    meta
}
