//! Which parts of a text are prose, and what the text says of itself.

mod asciidoc;
mod boilerplate;
mod canvas;
mod commit;
mod dateline;
mod escape;
mod format;
mod html;
mod inline;
mod latex;
mod list;
mod mail;
mod markdown;
mod meta;
mod org;
mod painter;
mod part;
mod plain;
mod remark;
mod rst;
mod typst;
mod write;

use borsh::{BorshDeserialize, BorshSerialize};
use std::{ops::Range, sync::Arc};

use jiff::civil::Date;

use canvas::Canvas;
pub use format::Format;
pub use part::{Change, Part, part};
pub use remark::{Remark, remarks};
pub use write::{body, front_matter, one_line, to_markdown};

use crate::text::{Problem, Span};

/// The longest text that is read, in bytes: some six hundred thousand words. What is longer is no article and no draft, and would hold
/// everything else up.
pub const LONGEST: usize = 4 << 20;

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// A headline or a heading.
    Heading,
    /// One item of a list.
    ListItem,
    /// A block set off as quoted.
    BlockQuote,
    /// Words of the page around the article: related headlines, newsletter forms. Never evidence.
    Boilerplate,
}

/// A run of prose that stands on its own: no sentence crosses its edge.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the text, in bytes; in plain text with the bullet or number of a list item, which is blank in the prose.
    pub span: Span,
}

/// What a text says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published: the date that "Thursday" and "yesterday" are counted from.
    pub published: Option<Date>,
    /// Where it was published, as the text says: never opened.
    pub url: Option<String>,
    /// How many days before its own date the sources of a draft may have been published, if that matters.
    pub window: Option<u32>,
    /// Files, folders or globs that the draft names as its sources, relative to it.
    pub sources: Vec<String>,
}

/// A text, its prose and what it says of itself.
#[derive(Clone, Debug)]
pub struct Document {
    /// How it is written.
    pub format: Format,
    /// The decoded text, as it is.
    pub text: Arc<str>,
    /// The same bytes, with everything that is not prose (markup, code, link targets, comments) overwritten by spaces and
    /// line breaks kept, so that every offset into it is an offset into `text`.
    pub prose: Arc<str>,
    /// The blocks of prose, in order, not overlapping.
    pub blocks: Vec<Block>,
    /// What the text says of itself.
    pub meta: Meta,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads a text of a known format. Never fails: what cannot be read is prose or a problem.
#[must_use]
pub fn parse(text: Arc<str>, format: Format) -> Document {
    let (front, mut meta, problems) = meta::front_matter(&text);
    let mut canvas = Canvas::new(&text);
    let mut blocks = match format {
        Format::Markdown => markdown::read(&text, front, &mut canvas),
        Format::Plain => plain::read(&text, front..text.len(), &mut canvas),
        Format::Latex => latex::read(&text, front, &mut canvas, &mut meta),
        Format::Html => html::read(&text, front, &mut canvas, &mut meta),
        Format::AsciiDoc => asciidoc::read(&text, front, &mut canvas, &mut meta),
        Format::Rst => rst::read(&text, front, &mut canvas, &mut meta),
        Format::Org => org::read(&text, front, &mut canvas, &mut meta),
        Format::Typst => typst::read(&text, front, &mut canvas, &mut meta),
        Format::Mail => mail::read(&text, front, &mut canvas, &mut meta),
        Format::Commit => commit::read(&text, front, &mut canvas),
    };
    if matches!(format, Format::Plain | Format::Mail | Format::Commit) {
        // In other formats a comment is no prose anyway.
        remarks(&text, &[]).iter().for_each(|remark| canvas.blank(remark.span.range()));
    }
    let prose = canvas.finish();
    boilerplate::mark(&prose, &mut blocks, &mut meta);
    meta::complete(&prose, &blocks, &mut meta);
    Document { format, prose: prose.into(), text, blocks, meta, problems }
}

/// The first whole date in a text, as in front matter: "2025-12-04", "Dec. 4, 2025", "4 December 2025"; a time after it does not matter.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    dateline::date(text)
}

/// How long what stands before the first words of a report is, in bytes: "NAIROBI, March 3 (AP) — "; 0 if nothing does.
#[must_use]
pub fn dateline(paragraph: &str) -> usize {
    dateline::dateline(paragraph).map_or(0, |found| found.len)
}

/// A range of the text without the white space around it; `None` if there is nothing else.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start_matches(is_blank).len());
    let part = part.trim_matches(is_blank);
    (!part.is_empty()).then(|| start..start + part.len())
}

#[cfg(test)]
mod tests;
