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
    /// Where the last escape ends: its blank may be part of what it stands for.
    escaped: usize,
}

impl<'a, 'b> Painter<'a, 'b> {
    pub(super) fn new(text: &'a str, canvas: &'b mut Canvas<'a>) -> Self {
        Self { text, canvas, blocks: Vec::new(), open: None, escaped: 0 }
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
            self.escaped = range.end;
            self.extend(kind, range);
        }
    }

    /// The character that an escape stands for: a letter so that the word around it stays one, a mark or sign at that end of the escape where
    /// a figure or a quotation may have its own. White space is one blank as good as another, but for what parts the thousands of a figure.
    pub(super) fn put_char(&mut self, kind: BlockKind, range: Range<usize>, c: char) {
        let Some(room) = range.len().checked_sub(c.len_utf8()) else { return };
        let before = self.text[..range.start].chars().next_back().unwrap_or(' ');
        let after = self.text[range.end..].chars().next().unwrap_or(' ');
        let figure = before.is_ascii_digit() && after.is_ascii_digit();
        if c.is_control() || c.is_whitespace() && !figure {
            return;
        }
        let inside = before.is_alphanumeric() && after.is_alphanumeric();
        let new = match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' => format!("{}{c}", joiner(room)),
            '–' | '—' if room > 1 => format!(" {c}"),
            '&' | '’' | '\'' | '-' | '‐' | '‑' if inside && !is_possessive(&self.text[range.end..]) => {
                format!("{}{c}", joiner(room))
            }
            '“' | '‘' | '«' | '(' | '[' => c.to_string(),
            '"' | '\'' if !after.is_whitespace() && !before.is_alphanumeric() && !matches!(before, '.' | ',' | '!' | '?') => {
                c.to_string()
            }
            '$' | '£' | '€' | '¥' if after.is_ascii_digit() => c.to_string(),
            c if c.is_alphanumeric() => format!("{c}{}", joiner(room)),
            _ => format!("{}{c}", " ".repeat(room)),
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
            self.blocks.push(Block { kind, span: Span::new(span.start, span.end.max(self.escaped)) });
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
