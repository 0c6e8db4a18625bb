//! The sources. No I/O in this file: `files` finds them, `load` reads them, `archive` keeps what was read, `mixture` tells what a draft is about, `embedded` searches in those
//! that a draft is held against; `remote` asks an archive on a search engine, which `engine` names; `fetch` gets articles from the web, `keep`
//! writes copies of them; `worker` reads in other processes what is not to be trusted.

pub mod archive;
pub mod embedded;
pub mod engine;
pub mod extract;
pub mod fetch;
pub mod files;
pub mod keep;
pub mod likeness;
pub mod load;
mod mixture;
pub mod remote;
mod slug;
#[cfg(test)]
mod tests;
mod voices;
pub mod worker;

use std::{fmt, ops::Range, path::Path, sync::Arc};

use jiff::civil::Date;

use crate::{claim::Reading, document::BlockKind, prose, text::Span};

/// An article in the corpus.
#[derive(Clone, Debug)]
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
    /// Other articles that are the same text, as far as they are.
    pub copies: Vec<Copy>,
    /// For each sentence, whether another article is heard with it, of which this one is a copy. Empty if there is none.
    pub echoes: Vec<bool>,
    /// Whether it is from an archive on the network, and the file just a copy.
    pub is_remote: bool,
}

/// An article that says the same in the same words as another.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Its path as it is shown.
    pub path: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// The sentences of the other that it has, word by word.
    pub sentences: Vec<u32>,
}

/// What to ask the corpus for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Stems to look for, with their weight. Those beyond the words are guesses at what a slip has made of a figure: among a desk's sources
    /// they lead to the right one, among thousands to others.
    pub terms: Vec<(String, f32)>,
    /// The words that the first of them are the stems of, for an engine that stems in its own way.
    pub words: Vec<Word>,
    /// At most this many passages.
    pub limit: usize,
}

impl Query {
    /// The stems of words, without the guesses.
    fn own_terms(&self) -> &[(String, f32)] {
        let own = if self.words.is_empty() { self.terms.len() } else { self.words.len() };
        self.terms.get(..own).unwrap_or(&self.terms)
    }
}

/// A word to look for, as the draft has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its weight.
    pub weight: f32,
    /// Whether it is part of a name, or of what is counted.
    pub is_named: bool,
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
    /// A source with its terms.
    #[must_use]
    pub fn new(path: String, location: String, reading: Reading) -> Self {
        let terms = terms(&reading);
        Self { path, location, reading, terms, copies: Vec::new(), echoes: Vec::new(), is_remote: false }
    }

    /// What it is called in a sentence: by its path, or, if that is but the number of an article, by who published it.
    #[must_use]
    pub fn name(&self) -> &str {
        let outlet = self.reading.prose.document.meta.outlet.as_deref();
        outlet.filter(|_| self.is_remote).unwrap_or(&self.path)
    }

    /// The articles that have a quotation of this one word by word.
    pub fn copies_of(&self, quote: Span) -> impl Iterator<Item = &Copy> {
        let sentences =
            self.reading.prose.sentence_at(quote.start) as u32..=self.reading.prose.sentence_at(quote.end.max(1) - 1) as u32;
        self.copies.iter().filter(move |copy| sentences.clone().all(|sentence| copy.sentences.contains(&sentence)))
    }

    /// Whether the text is that of the file itself, so that a place in the one is a place in the other. Else it was taken out of it.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        extract::Kind::of_path(Path::new(&self.location)).is_none()
    }
}

/// The content words of each sentence of a text; none of boilerplate.
fn terms(reading: &Reading) -> Vec<Vec<(usize, String)>> {
    let prose = &reading.prose;
    let of = |i: usize| match prose.document.blocks[prose.sentences[i].block as usize].kind {
        BlockKind::Boilerplate => Vec::new(),
        _ => prose::terms(prose, i),
    };
    (0..prose.sentences.len()).map(of).collect()
}

/// The stems of the title, each with a space behind it.
fn title_terms(reading: &Reading) -> String {
    let title = reading.prose.document.meta.title.as_deref().unwrap_or_default();
    let words = title.split_whitespace().map(|w| prose::fold(w.trim_matches(|c: char| !c.is_alphanumeric())));
    words.filter(|w| !w.is_empty() && !prose::is_stopword(w)).map(|w| prose::stem(&w) + " ").collect()
}

/// All content words of a text and its title, each with a space behind it.
fn terms_of_text(reading: &Reading) -> String {
    let mut out = title_terms(reading);
    let prose = &reading.prose;
    for (i, sentence) in prose.sentences.iter().enumerate() {
        if prose.document.blocks[sentence.block as usize].kind != BlockKind::Boilerplate {
            prose::each_term(prose, i, |_, term| {
                out.push_str(term);
                out.push(' ');
            });
        }
    }
    out
}

/// The title of a text that has none: the name of its file.
fn title_of(path: &str) -> String {
    Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
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
