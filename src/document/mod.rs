//! Which parts of a text are prose, and what the text says of itself.

use std::sync::Arc;

use jiff::civil::Date;

use crate::text::{Problem, Span};

/// How a text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark, with front matter.
    Markdown,
    /// Text as it stands.
    Plain,
}

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the text, in bytes.
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
    /// Files, folders or globs that the draft names as its sources, relative to it.
    pub sources: Vec<String>,
}

/// A text, its prose and what it says of itself.
#[derive(Clone, Debug)]
pub struct Document {
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
    let _ = format;
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive('\n') {
        if !part.trim().is_empty() {
            let start = at + (part.len() - part.trim_start().len());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, at + part.trim_end().len()) });
        }
        at += part.len();
    }
    Document { prose: text.clone(), text, blocks, meta: Meta::default(), problems: Vec::new() }
}
