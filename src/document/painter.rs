//! Blocks as they are painted, one word after the other: what the readers of marked-up formats share.

use std::ops::Range;

use super::{Block, BlockKind, Canvas, inline::Found, trimmed};
use crate::text::Span;

/// Paints prose and gathers it into blocks.
pub(super) struct Painter<'a, 'b> {
    text: &'a str,
    canvas: &'b mut Canvas<'a>,
    blocks: Vec<Block>,
    /// The block that is being read: its kind, and its prose so far.
    open: Option<(BlockKind, Range<usize>)>,
}

impl<'a, 'b> Painter<'a, 'b> {
    pub(super) fn new(text: &'a str, canvas: &'b mut Canvas<'a>) -> Self {
        Self { text, canvas, blocks: Vec::new(), open: None }
    }

    /// Words as they stand, in the block that is open, or in a new one of this kind.
    pub(super) fn words(&mut self, kind: BlockKind, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.canvas.keep(range.clone());
        // White space between blocks begins none.
        if self.open.is_some() || trimmed(self.text, range.clone()).is_some() {
            self.extend(kind, range);
        }
    }

    /// What an escape stands for, in its place. Only ASCII is replaced, so that no place in the prose lies inside a character of the text.
    pub(super) fn put(&mut self, kind: BlockKind, range: Range<usize>, new: &str) {
        if new.len() <= range.len()
            && self.text.get(range.clone()).is_some_and(|old| old.is_ascii() && !old.contains(['\n', '\r']))
        {
            self.canvas.put(range.clone(), new);
            self.extend(kind, range);
        }
    }

    /// The character that an escape stands for: a letter so that the word around it stays one, an opening mark beside what it opens.
    pub(super) fn put_char(&mut self, kind: BlockKind, range: Range<usize>, c: char) {
        let Some(rest) = range.len().checked_sub(c.len_utf8()) else { return };
        let before = self.text[..range.start].chars().next_back().unwrap_or(' ');
        let after = self.text[range.end..].chars().next().unwrap_or(' ');
        let opens = matches!(c, '“' | '‘' | '«' | '$' | '£' | '€' | '(') || matches!(c, '"' | '\'') && !after.is_whitespace();
        let inside = matches!(c, '&' | '’' | '\'' | '-' | '‐' | '‑') && before.is_alphanumeric() && after.is_alphanumeric();
        let possessive = matches!(c, '’' | '\'') && is_possessive(&self.text[range.end..]);
        let new = if c.is_alphanumeric() {
            format!("{c}{}", joiner(rest))
        } else if inside && !possessive {
            format!("{}{c}", joiner(rest))
        } else if inside || opens && (before.is_whitespace() || matches!(before, '(' | '[' | '>' | '{' | '—' | '–')) {
            format!("{}{c}", " ".repeat(rest))
        } else {
            c.to_string()
        };
        self.put(kind, range, &new);
    }

    fn extend(&mut self, kind: BlockKind, range: Range<usize>) {
        let (_, prose) = self.open.get_or_insert((kind, range.clone()));
        prose.start = prose.start.min(range.start);
        prose.end = prose.end.max(range.end);
    }

    /// Whether nothing was painted yet.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.open.is_none()
    }

    /// Ends the block that is open.
    pub(super) fn close(&mut self) {
        if let Some((kind, range)) = self.open.take()
            && let Some(span) = trimmed(self.text, range)
        {
            self.blocks.push(Block { kind, span: Span::new(span.start, span.end) });
        }
    }

    /// A block as a whole, without what of it is markup.
    pub(super) fn block(&mut self, kind: BlockKind, range: Range<usize>, markup: &Found) {
        self.close();
        self.run(kind, range, markup);
        self.close();
    }

    /// A part of the block that is open, or the beginning of one, without what of it is markup.
    pub(super) fn run(&mut self, kind: BlockKind, range: Range<usize>, markup: &Found) {
        let mut at = range.start;
        for hidden in &markup.hidden {
            if hidden.start > at {
                self.words(kind, at..hidden.start.min(range.end));
            }
            at = at.max(hidden.end);
        }
        if at < range.end {
            self.words(kind, at..range.end);
        }
        for (place, c) in &markup.replaced {
            self.put_char(kind, place.clone(), *c);
        }
    }

    /// Adds blocks that another reader has painted onto [`Painter::canvas`].
    pub(super) fn add(&mut self, blocks: Vec<Block>) {
        self.close();
        self.blocks.extend(blocks);
    }

    /// What is painted on.
    pub(super) fn canvas(&mut self) -> &mut Canvas<'a> {
        self.canvas
    }

    /// The blocks, in order.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }
}

/// So many bytes that do not part a word: marks without a shape, which every comparison leaves out. One byte alone does.
pub(super) fn joiner(len: usize) -> String {
    const TWO: &str = "\u{34f}";
    const THREE: &str = "\u{fe00}";
    match len {
        0 => String::new(),
        1 => " ".into(),
        len if len % 2 == 1 => THREE.to_owned() + &TWO.repeat((len - 3) / 2),
        len => TWO.repeat(len / 2),
    }
}

fn is_possessive(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 'S')) && chars.next().is_none_or(|c| !c.is_alphanumeric())
}
