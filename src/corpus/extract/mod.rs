//! Readable text out of files that are not plain text: bytes in, paragraphs and what the file says of itself out. One file a format. No
//! I/O here; what is not to be trusted in this process is run in another by `worker`.

mod captions;
mod epub;
mod html;
mod linked;
mod mail;
mod markup;
mod opendocument;
mod pdf;
mod properties;
mod rtf;
#[cfg(test)]
mod tests;
mod word;
mod zipped;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use crate::{document::Meta, text::Problem};

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
}

/// What was taken out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The text, plain: paragraphs and headings with a blank line between them. What `copydesk stages text` prints; spans are bytes of it.
    pub text: String,
    /// What the file says of itself; it counts before what the text says.
    pub meta: Meta,
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
            _ => return None,
        })
    }

    /// Whether a file of this kind may be made so that its reader hangs, crashes or takes all memory: it is read in a process of its own.
    #[must_use]
    pub fn is_risky(self) -> bool {
        matches!(self, Self::Word | Self::OpenDocument | Self::Epub | Self::Pdf)
    }
}

/// Takes the text out of a file.
///
/// # Errors
/// If there is none, or if the file is damaged: why, in a few words.
pub fn extract(kind: Kind, bytes: &[u8]) -> Result<Extracted, String> {
    if bytes.trim_ascii().is_empty() {
        return Err("the file is empty".into());
    }
    // The readers are other people's; a fault of theirs costs this file alone.
    let read = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Html => html::read(bytes),
        Kind::Mail => mail::read(bytes),
        Kind::Captions => captions::read(bytes),
        Kind::Word => word::read(bytes),
        Kind::OpenDocument => opendocument::read(bytes),
        Kind::Rtf => rtf::read(bytes),
        Kind::Epub => epub::read(bytes),
        Kind::Pdf => pdf::read(bytes),
    }));
    let mut read = read.unwrap_or_else(|_| Err("damaged: its reader gave up".into()))?;
    read.text = paragraphs(&read.text);
    if read.text.is_empty() { Err("there is no text in it".into()) } else { Ok(read) }
}

/// A text as paragraphs with one blank line between them, without white space at the ends of lines and control characters.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        let mut words = line.split(|c: char| c.is_whitespace() || c == '\u{feff}').filter(|w| !w.is_empty()).peekable();
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
            out.extend(word.chars().filter(|c| !c.is_control()));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Puts the headline above a text that does not begin with it.
fn headed(title: Option<&str>, text: &str) -> String {
    let Some(title) = title.map(one_line).filter(|t| !t.is_empty()) else { return text.to_owned() };
    let begins = text.trim_start().lines().next().is_some_and(|line| one_line(line).eq_ignore_ascii_case(&title));
    if begins { text.to_owned() } else { format!("{title}\n\n{text}") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` on one line, if there is anything in it.
fn said(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|t| !t.is_empty())
}
