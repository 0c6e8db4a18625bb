//! Reading again only what an edit has touched.

use std::sync::Arc;

use super::{Block, Document, Format, parse};
use crate::text::Span;

/// A document of which only some blocks are there: those that an edit touched, and what they lean on.
pub struct Part {
    /// Spans are those of the whole text.
    pub document: Document,
    /// The blocks that were read again, in bytes of the text.
    pub changed: Span,
}

/// The part of `text` that has to be read again after `old`, in bytes of what `base` was read from, became `new`; with the spans `around`,
/// in bytes of the base too, as blocks beside it. `None` if the edit may have changed more than the blocks it touches.
///
/// What an edit does to the blocks after it, as an opened comment does, is not seen here.
#[must_use]
pub fn part(base: &Document, format: Format, text: &Arc<str>, old: Span, new: Span, around: &[Span]) -> Option<Part> {
    let first = base.blocks.partition_point(|b| b.span.end < old.start);
    let last = base.blocks.partition_point(|b| b.span.start <= old.end);
    let touched = base.blocks.get(first..last).unwrap_or_default();
    // Before the prose there is front matter.
    if base.blocks.first().is_none_or(|b| old.start < b.span.start) {
        return None;
    }
    let shifted = |at: u32| new.end + (at - old.end);
    let line_start = text.get(..new.start as usize)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_end = text.get(new.end as usize..)?.find(['\n', '\r']).map_or(text.len(), |at| new.end as usize + at);
    let changed = match (touched.first(), touched.last()) {
        (Some(a), Some(b)) => {
            let end = if b.span.end >= old.end { shifted(b.span.end) as usize } else { line_end };
            Span::new((a.span.start as usize).min(new.start as usize), end)
        }
        _ => Span::new(line_start, line_end),
    };
    let was = Span { start: changed.start, end: old.end + (changed.end - new.end) };
    let piece = parse(text.get(changed.range())?.into(), format);
    let prose = [base.prose.get(..was.start as usize)?, &piece.prose, base.prose.get(was.end as usize..)?].concat();
    if prose.len() != text.len() {
        return None;
    }
    let mut blocks: Vec<Block> = piece.blocks.iter().map(|b| Block { span: moved(b.span, changed.start), ..b.clone() }).collect();
    if blocks.len() == touched.len() {
        // What a headline or an item of a list is, its words alone do not tell.
        blocks.iter_mut().zip(touched).for_each(|(new, old)| new.kind = old.kind);
    }
    for span in around.iter().filter(|s| s.end <= was.start || s.start >= was.end) {
        let span = if span.end <= was.start { *span } else { Span { start: shifted(span.start), end: shifted(span.end) } };
        let at = base.blocks.partition_point(|b| b.span.end < span.start);
        let kind = base.blocks.get(at).map_or(super::BlockKind::Paragraph, |b| b.kind);
        blocks.push(Block { kind, span });
    }
    blocks.sort_by_key(|b| b.span);
    blocks.dedup_by(|later, first| later.span.start < first.span.end);
    let document = Document { text: text.clone(), prose: prose.into(), blocks, meta: base.meta.clone(), problems: Vec::new() };
    Some(Part { document, changed })
}

fn moved(span: Span, by: u32) -> Span {
    Span { start: span.start + by, end: span.end + by }
}
