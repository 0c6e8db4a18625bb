//! The text of an open draft.

use std::sync::{Arc, OnceLock};

use ropey::Rope;

use super::{LineCol, PositionEncoding};

/// A text that is edited in place, in time that does not grow with its length. That it is a rope is nobody's business but its own.
#[derive(Clone, Debug)]
pub struct Buffer {
    rope: Rope,
    /// The whole text, made when it is first asked for after an edit.
    whole: OnceLock<Arc<str>>,
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
    /// taken the right way round: any edit has a meaning.
    pub fn edit(&mut self, range: Option<(LineCol, LineCol)>, encoding: PositionEncoding, new_text: &str) {
        let Some((start, end)) = range else {
            *self = Self::new(new_text);
            return;
        };
        let (start, end) = (self.char_at(start, encoding), self.char_at(end, encoding));
        let (start, end) = (start.min(end), start.max(end));
        self.rope.remove(start..end);
        self.rope.insert(start, new_text);
        self.whole = OnceLock::new();
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
                buffer.edit(Some((start, end)), encoding, &new_text);
                model(&mut string, start, end, encoding, &new_text);
                prop_assert_eq!(&*buffer.text(), &*string);
            }
        }
    }
}
