//! Reading again only what an edit has touched.

use std::sync::Arc;

use super::{Block, BlockKind, Document, Format, parse};
use crate::text::Span;

/// A document of which only some blocks are there: those that an edit touched, and what they lean on.
pub struct Part {
    /// Spans are those of the whole text.
    pub document: Document,
    /// The blocks that were read again, in bytes of the text.
    pub changed: Span,
}

/// A stretch of a text that became another: bytes of the one, and of the other.
pub type Change = (Span, Span);

/// The part of `text` that has to be read again after the one of `changes` with the index `at`; with the spans `around`, in bytes of what
/// `base` was read from, as blocks beside it. The changes, in order, make that text into this. `None` if this one may have changed more
/// than the blocks it touches.
///
/// What an edit does to the blocks after it, as an opened comment does, is not seen here.
#[must_use]
pub fn part(base: &Document, format: Format, text: &Arc<str>, changes: &[Change], at: usize, around: &[Span]) -> Option<Part> {
    let &(old, new) = changes.get(at)?;
    let first = base.blocks.partition_point(|b| b.span.end < old.start);
    let last = base.blocks.partition_point(|b| b.span.start <= old.end);
    let touched = base.blocks.get(first..last).unwrap_or_default();
    // Before the prose there is front matter.
    if base.blocks.first().is_none_or(|b| old.start < b.span.start) {
        return None;
    }
    let (start, end) = match (touched.first(), touched.last()) {
        (Some(a), Some(b)) if b.span.end >= old.end => (now(changes, a.span.start.min(old.start)), now(changes, b.span.end)),
        (Some(a), _) => (now(changes, a.span.start.min(old.start)), line_end(text, new.end)?),
        (None, _) => (line_start(text, new.start)?, line_end(text, new.end)?),
    };
    let changed = Span { start, end };
    let format = match format {
        // Their first lines are something else than the rest.
        Format::Mail | Format::Commit => Format::Plain,
        format => format,
    };
    let piece = parse(text.get(changed.range())?.into(), format);
    let prose = prose(base, text, changes, changed, &piece.prose)?;
    let mut blocks: Vec<Block> = piece.blocks.iter().map(|b| Block { span: moved(b.span, start), ..b.clone() }).collect();
    if blocks.len() == touched.len() {
        // What a headline or an item of a list is, its words alone do not tell.
        blocks.iter_mut().zip(touched).for_each(|(new, old)| new.kind = old.kind);
    }
    for span in around {
        let is_changed = changes.iter().any(|(old, _)| old.start <= span.end && span.start <= old.end);
        let here = Span { start: now(changes, span.start), end: now(changes, span.end) };
        if !is_changed && !here.overlaps(changed) {
            let at = base.blocks.partition_point(|b| b.span.end < span.start);
            let kind = base.blocks.get(at).map_or(BlockKind::Paragraph, |b| b.kind);
            blocks.push(Block { kind, span: here });
        }
    }
    blocks.sort_by_key(|b| b.span);
    blocks.dedup_by(|later, first| later.span.start < first.span.end);
    let document = Document {
        format: base.format,
        text: text.clone(),
        prose: prose.into(),
        blocks,
        meta: base.meta.clone(),
        problems: Vec::new(),
    };
    Some(Part { document, changed })
}

/// The prose of the text: what was read again, what did not change, and of other changes the text as it stands.
fn prose(base: &Document, text: &str, changes: &[Change], changed: Span, piece: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (old, new) in changes {
        out.push_str(base.prose.get(from as usize..old.start as usize)?);
        out.push_str(new.of(text));
        from = old.end;
    }
    out.push_str(base.prose.get(from as usize..)?);
    if out.len() != text.len() || !out.is_char_boundary(changed.start as usize) || !out.is_char_boundary(changed.end as usize) {
        return None;
    }
    out.replace_range(changed.range(), piece);
    (out.len() == text.len()).then_some(out)
}

/// Where a place outside of the changes is in the text.
fn now(changes: &[Change], at: u32) -> u32 {
    let before = changes.iter().take_while(|(old, _)| old.end <= at);
    before.fold(at, |at, (old, new)| at - (old.end - old.start) + (new.end - new.start))
}

fn line_start(text: &str, at: u32) -> Option<u32> {
    Some(text.get(..at as usize)?.rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1))
}

fn line_end(text: &str, at: u32) -> Option<u32> {
    Some(text.get(at as usize..)?.find(['\n', '\r']).map_or(text.len() as u32, |end| at + end as u32))
}

fn moved(span: Span, by: u32) -> Span {
    Span { start: span.start + by, end: span.end + by }
}
