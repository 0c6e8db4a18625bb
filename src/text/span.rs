//! Byte ranges into a text.

use std::ops::Range;

/// A half-open range of bytes, `start..end`, into one decoded text. Both ends lie on character boundaries of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never before `start`.
    pub end: u32,
}

impl Span {
    /// The span `start..end`, in bytes. A reversed pair gives the empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        // Texts above 4 GiB are refused when they are read.
        let (start, end) = (start as u32, end as u32);
        Self { start, end: end.max(start) }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Bytes in the span.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of indices.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span; empty if the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A change to a text: `insert` is put in the place of `delete`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What goes, in bytes of the text before the edit; empty for a pure insertion.
    pub delete: Span,
    /// What comes.
    pub insert: String,
}

impl Edit {
    /// The text after the edit. A span that does not fit the text changes nothing.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        match (text.get(..self.delete.start as usize), text.get(self.delete.end as usize..)) {
            (Some(before), Some(after)) => [before, &self.insert, after].concat(),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_never_reverse_or_slice_a_character() {
        assert_eq!(Span::new(5, 2), Span { start: 5, end: 5 });
        assert_eq!(Span::new(0, 1).of("é"), "");
        assert_eq!(Span::new(0, 9).of("é"), "");
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
    }

    #[test]
    fn edits_apply_where_they_fit() {
        let edit = Edit { delete: Span::new(0, 3), insert: "138".into() };
        assert_eq!(edit.apply("183 drones"), "138 drones");
        assert_eq!(edit.apply("é"), "é");
    }
}
