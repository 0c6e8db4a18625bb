//! The text of an open draft.

use std::sync::{Arc, OnceLock};

use ropey::Rope;

use super::{LineCol, PositionEncoding, Span};

/// A text that is edited in place, in time that does not grow with its length. That it is a rope is nobody's business but its own.
#[derive(Clone, Debug)]
pub struct Buffer {
    rope: Rope,
    /// The whole text, made when it is first asked for after an edit.
    whole: OnceLock<Arc<str>>,
}

/// What an edit did: in the place of some text there is now other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edited {
    /// What was replaced, in bytes of the text before.
    pub old: Span,
    /// What stands there now, in bytes of the text after.
    pub new: Span,
    /// Where both begin; columns count units of the encoding that the edit was made in.
    pub start: LineCol,
    /// Where the old text ended.
    pub old_end: LineCol,
    /// Where the new text ends.
    pub new_end: LineCol,
}

impl Edited {
    /// Where a place after the old text is now; `None` for one inside of it. A place at its start stays.
    #[must_use]
    pub fn moved(&self, at: LineCol) -> Option<LineCol> {
        if at <= self.start {
            return Some(at);
        }
        if at < self.old_end {
            return None;
        }
        Some(if at.line == self.old_end.line {
            LineCol { line: self.new_end.line, col: self.new_end.col + (at.col - self.old_end.col) }
        } else {
            LineCol { line: self.new_end.line + (at.line - self.old_end.line), col: at.col }
        })
    }

    /// Where a span is now that does not overlap the old text and does not touch it; `None` for one that does.
    #[must_use]
    pub fn moved_span(&self, span: Span) -> Option<Span> {
        if span.end < self.old.start {
            return Some(span);
        }
        let moved = |at: u32| self.new.end + (at - self.old.end);
        (span.start > self.old.end).then(|| Span { start: moved(span.start), end: moved(span.end) })
    }
}

impl Buffer {
    /// A buffer that holds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text), whole: OnceLock::from(Arc::from(text)) }
    }

    /// The whole text. Made once between two edits, so asking again costs nothing.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        self.whole
            .get_or_init(|| {
                let mut text = String::with_capacity(self.rope.len_bytes());
                text.extend(self.rope.chunks());
                text.into()
            })
            .clone()
    }

    /// The length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts `new_text` in the place of `range`, or of the whole text where there is none. Columns count units of `encoding`.
    /// Places past the end of a line or of the text are that end, places inside a character are its start, and a reversed range is
    /// taken the right way round: any edit has a meaning. Says what was done.
    pub fn edit(&mut self, range: Option<(LineCol, LineCol)>, encoding: PositionEncoding, new_text: &str) -> Edited {
        let (start, end, new_text) = match range {
            Some((start, end)) => {
                let (start, end) = (self.char_at(start, encoding), self.char_at(end, encoding));
                (start.min(end), start.max(end), new_text)
            }
            None => self.difference(new_text),
        };
        let byte = |buffer: &Self, char: usize| buffer.rope.char_to_byte(char);
        let old = Span::new(byte(self, start), byte(self, end));
        let (from, old_end) = (self.place(start, encoding), self.place(end, encoding));
        self.rope.remove(start..end);
        self.rope.insert(start, new_text);
        self.whole = OnceLock::new();
        let new = Span::new(old.start as usize, old.start as usize + new_text.len());
        let new_end = self.place(self.rope.byte_to_char(new.end as usize), encoding);
        Edited { old, new, start: from, old_end, new_end }
    }

    /// Where this text and a new one differ, in characters of this, and what stands there in the new one: a client that sends its whole
    /// text has seldom changed much of it.
    fn difference<'t>(&self, new: &'t str) -> (usize, usize, &'t str) {
        let old = self.text();
        let same = |a: &mut dyn Iterator<Item = (u8, u8)>| a.take_while(|(a, b)| a == b).count();
        let start = old.floor_char_boundary(same(&mut old.bytes().zip(new.bytes())));
        let (rest, new_rest) = (&old[start..], &new[start..]);
        let tail = same(&mut rest.bytes().rev().zip(new_rest.bytes().rev()));
        // Not within a character, and not between the two halves of a line break.
        let end = rest.ceil_char_boundary(rest.len() - tail);
        let (from, to) = (self.rope.byte_to_char(start), self.rope.byte_to_char(start + end));
        (from, to, &new_rest[..new_rest.len() - (rest.len() - end)])
    }

    /// The place of a character.
    fn place(&self, char: usize, encoding: PositionEncoding) -> LineCol {
        let rope = &self.rope;
        let line = rope.char_to_line(char);
        let start = rope.line_to_char(line);
        let col = match encoding {
            PositionEncoding::Utf8 => rope.char_to_byte(char) - rope.char_to_byte(start),
            PositionEncoding::Utf16 => rope.char_to_utf16_cu(char) - rope.char_to_utf16_cu(start),
            PositionEncoding::Utf32 => char - start,
        };
        LineCol::new(line as u32, col as u32)
    }

    /// The index of the character at a place, counted in characters as the rope does.
    fn char_at(&self, at: LineCol, encoding: PositionEncoding) -> usize {
        let rope = &self.rope;
        let line = at.line as usize;
        if line >= rope.len_lines() {
            return rope.len_chars();
        }
        let start = rope.line_to_char(line);
        let mut end = rope.line_to_char(line + 1);
        if line + 1 < rope.len_lines() {
            // Before the line break: LF, CR, or CR and LF.
            end -= 1;
            if end > start && rope.char(end) == '\n' && rope.char(end - 1) == '\r' {
                end -= 1;
            }
        }
        let col = at.col as usize;
        let char = match encoding {
            PositionEncoding::Utf8 => rope.byte_to_char((rope.char_to_byte(start) + col).min(rope.char_to_byte(end))),
            PositionEncoding::Utf16 => {
                rope.utf16_cu_to_char((rope.char_to_utf16_cu(start) + col).min(rope.char_to_utf16_cu(end)))
            }
            PositionEncoding::Utf32 => start + col,
        };
        char.min(end)
    }
}

impl From<&str> for Buffer {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::LineIndex;

    /// The same edit on a plain string.
    fn model(text: &mut String, start: LineCol, end: LineCol, encoding: PositionEncoding, new_text: &str) {
        let index = LineIndex::new(text);
        let (a, b) = (index.offset(text, start, encoding) as usize, index.offset(text, end, encoding) as usize);
        text.replace_range(a.min(b)..a.max(b), new_text);
    }

    #[track_caller]
    fn check(text: &str, (l1, c1): (u32, u32), (l2, c2): (u32, u32), new_text: &str, expect: &str) {
        let mut buffer = Buffer::new(text);
        buffer.edit(Some((LineCol::new(l1, c1), LineCol::new(l2, c2))), PositionEncoding::Utf16, new_text);
        assert_eq!(&*buffer.text(), expect);
        assert_eq!(buffer.len(), expect.len());
    }

    #[test]
    fn edits_in_place() {
        check("183 drones", (0, 0), (0, 3), "138", "138 drones");
        check("a👩b", (0, 3), (0, 4), "", "a👩");
        check("one\r\ntwo", (0, 3), (1, 0), "\n", "one\ntwo");
        check("", (0, 0), (0, 0), "x", "x");
    }

    #[test]
    fn impossible_ranges_are_clamped() {
        check("one\ntwo\n", (0, 99), (0, 99), "!", "one!\ntwo\n");
        check("one", (7, 0), (9, 4), "!", "one!");
        check("one", (0, 2), (0, 1), "", "oe");
        check("a👩b", (0, 2), (0, 3), "", "ab");
    }

    #[test]
    fn a_line_break_may_be_made_and_unmade() {
        check("a\rb", (1, 0), (1, 0), "\n", "a\r\nb");
        check("a\r\nb", (0, 1), (1, 0), "\r", "a\rb");
    }

    #[test]
    fn no_range_is_the_whole_text() {
        let mut buffer = Buffer::new("old");
        buffer.edit(None, PositionEncoding::Utf8, "new 👩");
        assert_eq!(&*buffer.text(), "new 👩");
        assert!(!buffer.is_empty());
    }

    proptest! {
        #[test]
        fn a_buffer_is_a_string(
            text in crate::text::tests::text(),
            edits in prop::collection::vec(
                ((0u32..6, 0u32..14), (0u32..6, 0u32..14), 0usize..3, crate::text::tests::text()),
                1..12,
            ),
        ) {
            let mut buffer = Buffer::new(&text);
            let mut string = text;
            for ((l1, c1), (l2, c2), encoding, new_text) in edits {
                let encoding = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32][encoding];
                let (start, end) = (LineCol::new(l1, c1), LineCol::new(l2, c2));
                let before = string.clone();
                let edited = buffer.edit(Some((start, end)), encoding, &new_text);
                model(&mut string, start, end, encoding, &new_text);
                prop_assert_eq!(&*buffer.text(), &*string);
                prop_assert_eq!(edited.new.of(&string), &*new_text);
                // What stands after the edit has moved with it.
                let (old, new) = (LineIndex::new(&before), LineIndex::new(&string));
                for (at, _) in before.char_indices().filter(|(at, _)| *at as u32 > edited.old.end) {
                    let place = |lines: &LineIndex, text: &str, at: usize| lines.line_col(text, at as u32, encoding);
                    let there = at - edited.old.end as usize + edited.new.end as usize;
                    if is_in_break(&before, at) || is_in_break(&string, there) || is_in_break(&before, edited.old.end as usize) {
                        continue;
                    }
                    prop_assert_eq!(edited.moved(place(&old, &before, at)), Some(place(&new, &string, there)));
                }
            }
        }

        #[test]
        fn a_whole_text_is_an_edit(old in crate::text::tests::text(), new in crate::text::tests::text()) {
            let mut buffer = Buffer::new(&old);
            let edited = buffer.edit(None, PositionEncoding::Utf8, &new);
            prop_assert_eq!(&*buffer.text(), &*new);
            prop_assert_eq!(&old[..edited.old.start as usize], &new[..edited.new.start as usize]);
            prop_assert_eq!(&old[edited.old.end as usize..], &new[edited.new.end as usize..]);
        }
    }

    /// Whether a place is between CR and LF.
    fn is_in_break(text: &str, at: usize) -> bool {
        text[..at].ends_with('\r') && text[at..].starts_with('\n')
    }
}
