//! The prose of a text, painted over blanks.

use std::ops::Range;

/// As many bytes as the text has: spaces and the text's line breaks, until prose is copied onto them.
pub(super) struct Canvas<'a> {
    text: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b } else { b' ' }).collect();
        Self { text, bytes }
    }

    /// Copies a range of the text, in bytes on character boundaries.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        if let Some(text) = self.text.get(range.clone()) {
            self.bytes[range].copy_from_slice(text.as_bytes());
        }
    }

    /// Takes a range back, in bytes on character boundaries.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        if self.text.get(range.clone()).is_some() {
            self.bytes[range].iter_mut().filter(|b| !matches!(b, b'\n' | b'\r')).for_each(|b| *b = b' ');
        }
    }

    /// Writes `new` at the start of a blank range, as far as it fits: what an entity such as `&amp;` stands for.
    pub(super) fn put(&mut self, range: Range<usize>, new: &str) {
        if new.len() <= range.len() && self.text.get(range.clone()).is_some() {
            self.bytes[range.start..range.start + new.len()].copy_from_slice(new.as_bytes());
        }
    }

    /// The prose.
    pub(super) fn finish(self) -> String {
        // Only whole characters were written, at boundaries of the text or over blanks.
        String::from_utf8(self.bytes).unwrap_or_else(|_| " ".repeat(self.text.len()))
    }
}
