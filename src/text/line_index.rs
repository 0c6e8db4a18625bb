//! Lines and columns. They exist only at the edges of copydesk: inside, a place is a byte offset.

/// What a column counts. An editor and the server agree on one when they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which the protocol falls back on.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

impl PositionEncoding {
    /// The length of `text` in this encoding's units.
    #[must_use]
    pub fn len(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The byte of `line` that stands `col` units from its start: the line's length if there are fewer, and the start of the
    /// character if the column points inside one.
    #[must_use]
    pub fn byte(self, line: &str, col: usize) -> usize {
        if self == Self::Utf8 || line.is_ascii() {
            return line.floor_char_boundary(col.min(line.len()));
        }
        let mut units = 0;
        for (byte, c) in line.char_indices() {
            units += if self == Self::Utf16 { c.len_utf16() } else { 1 };
            if units > col {
                return byte;
            }
        }
        line.len()
    }
}

/// A line and a column, both counted from zero. What the column counts is said by the [`PositionEncoding`] that travels with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LineCol {
    /// Lines before this one.
    pub line: u32,
    /// Units before this place in its line.
    pub col: u32,
}

impl LineCol {
    /// The place `col` units into line `line`.
    #[must_use]
    pub fn new(line: u32, col: u32) -> Self {
        Self { line, col }
    }
}

/// Where the lines of one text begin. Lines end in LF, CRLF or a lone CR, as the protocol has it, and in nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    /// The first byte of each line; never empty.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i as u32 + 1);
            }
        }
        Self { starts }
    }

    /// Lines of the text: one more than its line breaks.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The bytes of a line of `text`, the text that was indexed, without its line break; empty at the end for a line that is not there.
    #[must_use]
    pub fn line(&self, text: &str, line: u32) -> std::ops::Range<usize> {
        let Some(start) = self.starts.get(line as usize) else { return text.len()..text.len() };
        let start = (*start as usize).min(text.len());
        let end = self.starts.get(line as usize + 1).map_or(text.len(), |next| (*next as usize).min(text.len()));
        let content = text.get(start..end).unwrap_or("");
        start..start + content.strip_suffix("\r\n").or_else(|| content.strip_suffix(['\n', '\r'])).unwrap_or(content).len()
    }

    /// The place of a byte offset into `text`, the text that was indexed. An offset past the end is the end; one inside a
    /// character is the character's start; one inside a CRLF is the end of its line.
    #[must_use]
    pub fn line_col(&self, text: &str, offset: u32, encoding: PositionEncoding) -> LineCol {
        let offset = text.floor_char_boundary((offset as usize).min(text.len()));
        let line = self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1) as u32;
        let content = self.line(text, line);
        let col = encoding.len(text.get(content.start..offset.min(content.end)).unwrap_or(""));
        LineCol { line, col: col as u32 }
    }

    /// The byte offset of a place in `text`, the text that was indexed. A line past the last one is the end of the text, a column
    /// past the end of its line is that end, before the line break; a column inside a character is the character's start.
    #[must_use]
    pub fn offset(&self, text: &str, at: LineCol, encoding: PositionEncoding) -> u32 {
        let content = self.line(text, at.line);
        let line = text.get(content.clone()).unwrap_or("");
        (content.start + encoding.byte(line, at.col as usize)) as u32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [PositionEncoding; 3] = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    #[track_caller]
    fn check(text: &str, offset: u32, line: u32, cols: [u32; 3]) {
        let index = LineIndex::new(text);
        for (encoding, col) in ENCODINGS.into_iter().zip(cols) {
            assert_eq!(index.line_col(text, offset, encoding), LineCol::new(line, col), "{encoding:?}");
            assert_eq!(index.offset(text, LineCol::new(line, col), encoding), offset, "{encoding:?}");
        }
    }

    #[test]
    fn counts_in_each_encoding() {
        check("a👩b", 5, 0, [5, 3, 2]);
        check("é\ne\u{301}x", 6, 1, [3, 2, 2]);
        check("one\r\ntwo\rthree\n", 9, 2, [0, 0, 0]);
        check("one\r\ntwo\rthree\n", 15, 3, [0, 0, 0]);
    }

    #[test]
    fn other_separators_break_no_line() {
        assert_eq!(LineIndex::new("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f").lines(), 1);
        assert_eq!(LineIndex::new("\r\r\n\n\r").lines(), 5);
    }

    #[test]
    fn impossible_places_are_clamped() {
        let text = "a👩\r\nb";
        let index = LineIndex::new(text);
        for encoding in ENCODINGS {
            assert_eq!(index.offset(text, LineCol::new(0, 99), encoding), 5);
            assert_eq!(index.offset(text, LineCol::new(9, 0), encoding), 8);
            assert_eq!(index.line_col(text, 99, encoding), LineCol::new(1, 1));
            // Between the CR and the LF.
            assert_eq!(index.line_col(text, 6, encoding).line, 0);
        }
        // Inside the surrogate pair, inside the bytes of the character.
        assert_eq!(index.offset(text, LineCol::new(0, 2), PositionEncoding::Utf16), 1);
        assert_eq!(index.offset(text, LineCol::new(0, 3), PositionEncoding::Utf8), 1);
        assert_eq!(index.line_col(text, 3, PositionEncoding::Utf16), LineCol::new(0, 1));
    }

    proptest! {
        #[test]
        fn places_and_offsets_agree(text in crate::text::tests::text()) {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') {
                    continue;
                }
                for encoding in ENCODINGS {
                    let at = index.line_col(&text, offset as u32, encoding);
                    prop_assert_eq!(index.offset(&text, at, encoding), offset as u32);
                }
            }
        }

        #[test]
        fn any_place_is_on_a_boundary(text in crate::text::tests::text(), line in 0u32..9, col in 0u32..40) {
            let index = LineIndex::new(&text);
            for encoding in ENCODINGS {
                prop_assert!(text.is_char_boundary(index.offset(&text, LineCol::new(line, col), encoding) as usize));
                let _ = index.line_col(&text, col, encoding);
            }
        }
    }
}
