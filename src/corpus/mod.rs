//! The sources. No I/O in this file: `embedded` holds the index on this machine, `load` reads the files, `worker` in
//! other processes those that are not to be trusted.

pub mod embedded;
pub mod extract;
pub mod load;
#[cfg(test)]
mod tests;
pub mod worker;

use std::{fmt, ops::Range, path::Path, sync::Arc};

use crate::claim::Reading;

/// An article in the corpus.
#[derive(Debug)]
pub struct Source {
    /// The path as it is shown: relative to the folder of sources where it lies in one.
    pub path: String,
    /// Where the file is, for links; absolute.
    pub location: String,
    /// What was read from it. Title and publication date are in `reading.prose.document.meta`.
    pub reading: Reading,
    /// For each sentence, its content words as `prose::terms` gives them: the index of the token in the sentence, and the stem.
    /// Empty for a sentence of boilerplate.
    pub terms: Vec<Vec<(usize, String)>>,
}

/// What to ask the corpus for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Stems to look for, with their weight.
    pub terms: Vec<(String, f32)>,
    /// At most this many passages.
    pub limit: usize,
}

/// A run of sentences of one source.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The source.
    pub source: Arc<Source>,
    /// The indices of its sentences.
    pub sentences: Range<u32>,
    /// How well it fits the query; only for order within one answer.
    pub score: f32,
}

/// The corpus could not answer. It is shown to the writer as a problem, never as a verdict.
#[derive(Debug)]
pub struct CorpusError {
    /// What happened, and what to do about it.
    pub message: String,
}

impl Source {
    /// Whether the text is that of the file itself, so that a place in the one is a place in the other. Else it was taken out of it.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        extract::Kind::of_path(Path::new(&self.location)).is_none()
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CorpusError {}

/// A body of sources that can be searched.
pub trait Corpus: Send + Sync {
    /// The passages that fit the query best, best first; equal scores in the order of path and sentence.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError>;

    /// Changes whenever the answers may change.
    fn generation(&self) -> u64;
}
