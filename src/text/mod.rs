//! Bytes and positions, and what all else leans on. A leaf: it knows nothing of prose or claims.

mod buffer;
mod cache;
mod decode;
mod fold;
mod line_index;
mod span;
pub mod stored;

pub use buffer::{Buffer, Edited};
pub(crate) use cache::{Cache, cache};
pub use decode::decode;
pub use fold::{Folded, fold_char};
pub use line_index::{LineCol, LineIndex, PositionEncoding};
pub use span::{Edit, Span};

/// The words of a text with single spaces, so on one line.
#[must_use]
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of somebody else for a message: on one line, without control characters, and of at most `most` bytes.
#[must_use]
pub fn brief(words: &str, most: usize) -> String {
    let mut line = single_spaced(&words.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect::<String>());
    if line.len() > most {
        line.truncate(line.floor_char_boundary(most));
        line.push('…');
    }
    line
}

/// Something that stood in the way of reading a text. Reading goes on; the problem is shown beside the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, in words a writer understands.
    pub message: String,
}

impl Problem {
    /// A problem with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    /// Texts of what breaks positions: every line break, surrogate pairs, joiners, combining marks, separators that break no line.
    pub(crate) fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "b c",
            "é",
            "e\u{301}",
            "👩",
            "👩\u{200d}👩\u{200d}👧",
            "🇺🇦",
            "\n",
            "\r\n",
            "\r",
            "\u{2028}",
            "\u{85}",
            "\u{b}",
            "’",
            "“",
            "— ",
            " ",
            "\u{a0}",
            "…",
            "ß",
            "\t",
            "\u{feff}",
            "\0",
            "ﬁ",
            "½",
            "\u{ad}",
        ]);
        prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
    }
}
