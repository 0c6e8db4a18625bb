//! Books in EPUB: the chapters in their order, whole. A book is one source.

use std::io::Cursor;

use rbook::Epub;

use super::{
    Extracted, headed,
    markup::{Piece, Way, attribute, run, walk},
    properties,
    zipped::Archive,
};
use crate::{
    document::{self, Meta},
    text::{self, Problem},
};

/// The most text of a book, in bytes: ten times the Bible.
const LARGEST: usize = 40 << 20;

/// Elements with no text for readers in them.
const PASSED: [&str; 10] = ["head", "script", "style", "template", "svg", "math", "nav", "rt", "rp", "del"];
/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let mut archive = Archive::open(bytes, "a book in EPUB")?.bounded()?;
    if let Some(locks) = archive.file("META-INF/encryption.xml")?
        && is_locked(&String::from_utf8_lossy(&locks))
    {
        return Err("protected against copying".into());
    }
    if archive.file("META-INF/container.xml")?.is_none() {
        return Err("damaged: this is not a book in EPUB".into());
    }
    let damaged = |error: rbook::ebook::errors::EbookError| format!("damaged book: {error}");
    let book = Epub::options().skip_toc(true).read(Cursor::new(bytes.to_vec())).map_err(damaged)?;
    let said = book.metadata();
    let authors: Vec<String> = said.creators().filter_map(|c| properties::author(c.value())).collect();
    let meta = Meta {
        title: said.title().and_then(|t| properties::title(t.value())),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        outlet: said.publishers().next().and_then(|p| properties::author(p.value())),
        published: said.published_entry().and_then(|date| document::date(date.value())),
        ..Meta::default()
    };
    let mut out = String::new();
    let mut problems = Vec::new();
    for chapter in book.spine().iter().filter_map(|entry| entry.manifest_entry()) {
        if chapter.properties().has_property("nav") || !matches!(chapter.media_type(), "application/xhtml+xml" | "text/html") {
            continue;
        }
        match chapter.read_bytes() {
            Ok(page) => add(&text::decode(&page).0, &mut out),
            Err(_) => problems.push(Problem::new(format!("The chapter {} is missing or damaged.", chapter.href_raw().as_str()))),
        }
        if out.len() > LARGEST {
            return Err(format!("its text is larger than {} MB", LARGEST >> 20));
        }
    }
    Ok(Extracted { text: headed(meta.title.as_deref(), &out), meta, problems, part: None })
}

/// Whether chapters are locked up. Fonts often are, and do not matter.
fn is_locked(locks: &str) -> bool {
    let uris = locks.split("URI=").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next());
    uris.map(str::to_ascii_lowercase).any(|uri| [".xhtml", ".html", ".htm"].iter().any(|ending| uri.ends_with(ending)))
}

/// Adds a page: every paragraph, heading and cell by itself.
fn add(page: &str, out: &mut String) {
    out.push_str("\n\n");
    let read = walk(page, |piece| {
        match piece {
            Piece::Start(start) => {
                let name = start.name().as_ref().to_ascii_lowercase();
                let mark = ["epub:type", "role"].iter().find_map(|name| attribute(start, name));
                if PASSED.contains(&name.as_str()) || mark.is_some_and(|m| m.ends_with("pagebreak") || m == "noteref") {
                    return Way::Past;
                }
                match name.as_str() {
                    "br" => out.push('\n'),
                    name if BLOCKS.contains(&name) => out.push_str("\n\n"),
                    _ => {}
                }
            }
            Piece::End(name) if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) => out.push_str("\n\n"),
            Piece::Text(text) => run(out, &text),
            Piece::End(_) => {}
        }
        Way::In
    });
    // What came before the damage is text all the same.
    drop(read);
}
