//! Lines and columns of a text, for output.

use serde::Serialize;

/// A place in a text, both zero-based; the column in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in UTF-16 code units.
    pub character: u32,
}

/// Where the lines of a text begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = |i: usize| bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(|&i| ends(i)).map(|i| i + 1)).collect();
        Self { text, starts }
    }

    pub(super) fn position(&self, byte: u32) -> Position {
        let byte = byte as usize;
        let line = self.starts.partition_point(|&s| s <= byte) - 1;
        let before = self.text.get(self.starts[line]..byte).unwrap_or("");
        Position { line: line as u32, character: before.encode_utf16().count() as u32 }
    }
}
