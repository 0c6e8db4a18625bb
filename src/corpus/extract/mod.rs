//! Readable text out of files that are not plain text: bytes in, paragraphs and what the file says of itself out. One file a format. No
//! I/O here; what is not to be trusted in this process is run in another by `worker`.

mod article;
mod captions;
mod epub;
mod feed;
mod fragment;
mod html;
mod json;
mod linked;
mod mail;
mod markup;
mod opendocument;
mod pdf;
mod properties;
mod record;
mod rtf;
mod table;
#[cfg(test)]
mod tests;
mod word;
mod zipped;

pub(super) use record::{extracted as article, usual};

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use crate::{
    document::Meta,
    text::{Problem, brief, single_spaced},
};

/// The longest message on a file, in bytes: what a library says of it may hold parts of it.
const MESSAGE: usize = 300;

/// A format whose text has to be taken out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A saved web page: its article.
    Html,
    /// An e-mail: its plain text, else its page.
    Mail,
    /// A transcript with times, WebVTT or SubRip.
    Captions,
    /// A Word document, .docx.
    Word,
    /// A text of LibreOffice and others, .odt.
    OpenDocument,
    /// Rich text.
    Rtf,
    /// A book.
    Epub,
    /// A document as it is printed.
    Pdf,
    /// A feed, RSS or Atom: each of its entries.
    Feed,
    /// JSON: an article, or a list of them.
    Json,
    /// JSON lines: an article a line.
    JsonLines,
    /// A table, CSV or TSV: an article a row.
    Table,
}

/// Which fields of an export (JSON, CSV) hold what; a field that is empty is guessed from the usual names. Names of fields within fields
/// are joined by dots: "content.body". The texts are put together as paragraphs; of the others the first counts that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fields {
    /// The headline.
    pub title: Vec<String>,
    /// The text.
    pub text: Vec<String>,
    /// When it was published.
    pub date: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// Who published it.
    pub outlet: Vec<String>,
    /// Its address.
    pub url: Vec<String>,
}

/// What was taken out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The text, plain: paragraphs and headings with a blank line between them. What `copydesk stages text` prints; spans are bytes of it.
    pub text: String,
    /// What the file says of itself; it counts before what the text says.
    pub meta: Meta,
    /// Which text of the file it is, in a file that may hold many: the number of the entry, record or line.
    pub part: Option<String>,
    /// What stood in the way.
    pub problems: Vec<Problem>,
}

impl Kind {
    /// The kind of a file by the ending of its name; `None` for what is read as it stands, and for what is not read at all.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "html" | "htm" => Self::Html,
            "eml" => Self::Mail,
            "vtt" | "srt" => Self::Captions,
            "docx" => Self::Word,
            "odt" | "ott" => Self::OpenDocument,
            "rtf" => Self::Rtf,
            "epub" => Self::Epub,
            "pdf" => Self::Pdf,
            "rss" | "atom" | "xml" => Self::Feed,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            "csv" | "tsv" => Self::Table,
            _ => return None,
        })
    }

    /// Whether a file of this kind may be made so that its reader hangs, crashes or takes all memory: it is read in a process of its own.
    #[must_use]
    pub fn is_risky(self) -> bool {
        matches!(self, Self::Word | Self::OpenDocument | Self::Epub | Self::Pdf)
    }
}

/// Takes the texts out of a file: one, or as many as it holds, each with the name of its part. What stood in the way of single ones is among
/// the problems of the first.
///
/// # Errors
/// If there is none, or if the file is damaged: why, in a few words.
pub fn extract(kind: Kind, bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    if bytes.trim_ascii().is_empty() {
        return Err("the file is empty".into());
    }
    // The readers are other people's; a fault of theirs costs this file alone.
    let read = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::OpenDocument => opendocument::read(bytes).map(one),
        Kind::Rtf => rtf::read(bytes).map(one),
        Kind::Epub => epub::read(bytes).map(one),
        Kind::Pdf => pdf::read(bytes).map(one),
        Kind::Html => html::read(bytes).map(one),
        Kind::Mail => mail::read(bytes).map(one),
        Kind::Captions => captions::read(bytes).map(one),
        Kind::Word => word::read(bytes).map(one),
        Kind::Feed => feed::read(bytes),
        Kind::Json => json::read(bytes, fields),
        Kind::JsonLines => json::read_lines(bytes, fields),
        Kind::Table => table::read(bytes, fields),
    }));
    let read = read.unwrap_or_else(|_| Err("damaged: its reader gave up".into()));
    let mut read = read.map_err(|why| brief(&why, MESSAGE))?;
    read.iter_mut().flat_map(|read| &mut read.problems).for_each(|problem| problem.message = brief(&problem.message, MESSAGE));
    read.iter_mut().for_each(|read| read.text = paragraphs(&read.text));
    read.retain(|read| !read.text.is_empty() || !read.problems.is_empty());
    if read.iter().all(|read| read.text.is_empty()) { Err("there is no text in it".into()) } else { Ok(read) }
}

fn one(read: Extracted) -> Vec<Extracted> {
    vec![read]
}

/// The texts of a file of many, with what stood in the way of the file and of single ones, each with its name; of those the first.
///
/// # Errors
/// If there are no texts: that, or what stood in the way of the only one.
fn with_problems(
    mut texts: Vec<Extracted>,
    mut problems: Vec<Problem>,
    failed: Vec<(String, String)>,
    none: &str,
) -> Result<Vec<Extracted>, String> {
    const MOST: usize = 10;
    let Some(first) = texts.first_mut() else { return Err(none.to_owned()) };
    problems.extend(failed.iter().take(MOST).map(|(name, why)| Problem::new(format!("{name}: {why}"))));
    if failed.len() > MOST {
        let last = failed.last().map_or("", |(name, _)| name);
        problems.push(Problem::new(format!("and {} more like these, up to {last}", failed.len() - MOST)));
    }
    first.problems = problems;
    Ok(texts)
}

/// A text as paragraphs with one blank line between them, without white space at the ends of lines and control characters.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        let words = line.split(|c: char| c.is_whitespace() || c == '\u{feff}');
        let mut words = words.filter(|word| word.contains(is_shown)).peekable();
        if words.peek().is_none() {
            blank = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        let mut first = true;
        for word in words {
            if !first {
                out.push(' ');
            }
            first = false;
            out.extend(word.chars().filter(|c| is_shown(*c)));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether a character can be seen. Soft hyphens and the like say where a word may break, and part it from its like elsewhere.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')
}

/// Puts the headline above a text that does not begin with it.
fn headed(title: Option<&str>, text: &str) -> String {
    let Some(title) = title.map(single_spaced).filter(|t| !t.is_empty()) else { return text.to_owned() };
    let begins = text.trim_start().lines().next().is_some_and(|line| single_spaced(line).eq_ignore_ascii_case(&title));
    if begins { text.to_owned() } else { format!("{title}\n\n{text}") }
}

/// `text` on one line, if there is anything in it.
fn said(text: &str) -> Option<String> {
    Some(single_spaced(text)).filter(|t| !t.is_empty())
}
