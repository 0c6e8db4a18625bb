//! Bytes and positions. A leaf: it knows nothing of prose or claims.

mod span;

pub use span::Span;

/// Something that stood in the way of reading a text. Reading goes on; the problem is shown beside the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, in words a writer understands.
    pub message: String,
}
