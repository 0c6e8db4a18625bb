//! The index on this machine, in memory: one document of the search engine for each sentence of each source.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tantivy::{
    Index, IndexReader, IndexSettings, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    directory::RamDirectory,
    query::{BooleanQuery, BoostQuery, Occur, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TokenizerManager, WhitespaceTokenizer},
};

use super::{
    Corpus, CorpusError, Passage, Query, Source,
    extract::Fields,
    load::{self, File, FileProblem},
};
use crate::prose;

/// How much a term counts that stands in the sentence before or after, or in the title.
const CONTEXT: f32 = 0.25;

/// What the writer of the index may hold before it is done; it sets no limit, only the first size of its tables.
const BUDGET: usize = 1 << 18;

/// The sources on this machine. It never changes: [`Embedded::refreshed`] gives a new one when files have changed, so share it as
/// `Arc<Embedded>` and put the new one in its place.
pub struct Embedded {
    paths: Vec<PathBuf>,
    fields: Fields,
    files: Vec<File>,
    problems: Vec<FileProblem>,
    sources: Vec<Arc<Source>>,
    index: SentenceIndex,
    generation: u64,
}

impl Embedded {
    /// Reads everything that `paths` name: files, folders with what lies in them, and globs. What cannot be read is among the
    /// [`problems`](Self::problems); a corpus without any source is possible.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn open(paths: Vec<PathBuf>) -> Result<Self, CorpusError> {
        Self::open_with(paths, Fields::default())
    }

    /// The same, where `fields` say which fields of exports hold what.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn open_with(paths: Vec<PathBuf>, fields: Fields) -> Result<Self, CorpusError> {
        let (files, problems) = load::load(&paths, &fields, &[]);
        let sources = sources_of(&files);
        Self::build(paths, fields, files, problems, sources)
    }

    /// A corpus of texts that are no files.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn from_sources(sources: Vec<Source>) -> Result<Self, CorpusError> {
        let sources = sources.into_iter().map(Arc::new).collect();
        Self::build(Vec::new(), Fields::default(), Vec::new(), Vec::new(), sources)
    }

    /// Looks at the files again. Gives the corpus as it is now if anything changed, with another generation, and `None` if nothing
    /// did. Only files that changed are read. Blocks while it reads: call it on a worker.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn refreshed(&self) -> Result<Option<Self>, CorpusError> {
        let (files, problems) = load::load(&self.paths, &self.fields, &self.files);
        let sources = sources_of(&files);
        let same = sources.len() == self.sources.len() && sources.iter().zip(&self.sources).all(|(a, b)| Arc::ptr_eq(a, b));
        if same && problems == self.problems {
            return Ok(None);
        }
        Self::build(self.paths.clone(), self.fields.clone(), files, problems, sources).map(Some)
    }

    fn build(
        paths: Vec<PathBuf>,
        fields: Fields,
        files: Vec<File>,
        problems: Vec<FileProblem>,
        sources: Vec<Arc<Source>>,
    ) -> Result<Self, CorpusError> {
        // One counter for all, so that two corpora never share a generation.
        static GENERATION: AtomicU64 = AtomicU64::new(1);
        let index = SentenceIndex::new(&sources).map_err(|e| failed(&e))?;
        tracing::debug!(sources = sources.len(), sentences = index.places.len(), "indexed");
        Ok(Self { paths, fields, files, problems, sources, index, generation: GENERATION.fetch_add(1, Ordering::Relaxed) })
    }

    /// The files, folders and globs it was opened with.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The fields of exports it was opened with.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What could not be read, in the order of paths.
    #[must_use]
    pub fn problems(&self) -> &[FileProblem] {
        &self.problems
    }

    /// How many sources there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sources.len()
    }

    /// The sources, in the order of their paths.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.sources.iter()
    }

    /// This corpus without the file at `draft`: a draft that lies among the sources is no source of its own. Check every draft
    /// against this.
    #[must_use]
    pub fn beside(&self, draft: Option<&Path>) -> Beside<'_> {
        let location = draft.and_then(|d| std::fs::canonicalize(d).ok());
        let location = location.as_deref().map(Path::to_string_lossy);
        let draft = location.and_then(|l| self.sources.iter().position(|s| s.location == l));
        Beside { corpus: self, draft }
    }

    fn find(&self, query: &Query, without: Option<usize>) -> Result<Vec<Passage>, CorpusError> {
        let extra = without.map_or(0, |source| self.sources[source].terms.len());
        let hits = self.index.find(&query.terms, query.limit + extra).map_err(|e| failed(&e))?;
        let passages = hits.into_iter().filter(|hit| Some(hit.source as usize) != without).take(query.limit);
        Ok(passages
            .map(|Hit { source, sentence, score }| Passage {
                source: self.sources[source as usize].clone(),
                sentences: sentence..sentence + 1,
                score,
            })
            .collect())
    }
}

fn sources_of(files: &[File]) -> Vec<Arc<Source>> {
    files.iter().flat_map(|file| file.sources.iter().flatten().cloned()).collect()
}

impl Corpus for Embedded {
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
        self.find(query, None)
    }

    fn generation(&self) -> u64 {
        self.generation
    }
}

/// A corpus without the draft that is being checked.
pub struct Beside<'a> {
    corpus: &'a Embedded,
    draft: Option<usize>,
}

impl Beside<'_> {
    /// How many sources there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.corpus.count() - usize::from(self.draft.is_some())
    }

    /// The sources, in the order of their paths.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.corpus.sources.iter().enumerate().filter(|(i, _)| Some(*i) != self.draft).map(|(_, source)| source)
    }
}

impl Corpus for Beside<'_> {
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
        self.corpus.find(query, self.draft)
    }

    fn generation(&self) -> u64 {
        self.corpus.generation
    }
}

fn failed(error: &TantivyError) -> CorpusError {
    CorpusError { message: format!("The index of the sources failed: {error}.") }
}

/// The search engine's side: sentences by their terms.
struct SentenceIndex {
    reader: IndexReader,
    /// The terms of the sentence.
    terms: Field,
    /// The terms of its neighbours and of the title.
    context: Field,
    /// Source and sentence of each document of the engine. They are numbered in the order in which they were added.
    places: Vec<(u32, u32)>,
}

struct Hit {
    source: u32,
    sentence: u32,
    score: f32,
}

impl SentenceIndex {
    fn new(sources: &[Arc<Source>]) -> tantivy::Result<Self> {
        // Terms come stemmed and without spaces, so that index and query are cut by the same code: ours.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("terms")
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(true);
        let options = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let terms = schema.add_text_field("terms", options.clone());
        let context = schema.add_text_field("context", options);
        let tokenizers = TokenizerManager::new();
        tokenizers.register("terms", WhitespaceTokenizer::default());
        // Nothing is stored, so nothing has to be compressed on a thread of its own.
        let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        let mut writer = Index::builder()
            .schema(schema.build())
            .settings(settings)
            .tokenizers(tokenizers)
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), BUDGET)?;
        let mut places = Vec::new();
        let (mut words, mut near) = (String::new(), String::new());
        for (s, source) in sources.iter().enumerate() {
            let title = title_terms(source);
            for (i, own) in source.terms.iter().enumerate() {
                if own.is_empty() {
                    continue;
                }
                near.clear();
                near.push_str(&title);
                let before = i.checked_sub(1).and_then(|i| source.terms.get(i));
                join(&mut near, before.into_iter().chain(source.terms.get(i + 1)).flatten());
                words.clear();
                join(&mut words, own);
                let mut document = TantivyDocument::new();
                document.add_text(terms, &words);
                document.add_text(context, &near);
                writer.add_document(document)?;
                places.push((s as u32, i as u32));
            }
        }
        let reader = writer.finalize()?.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, terms, context, places })
    }

    /// The best `limit` sentences, best first; equal ones in the order of the sources.
    fn find(&self, query: &[(String, f32)], limit: usize) -> tantivy::Result<Vec<Hit>> {
        if query.is_empty() || limit == 0 || self.places.is_empty() {
            return Ok(Vec::new());
        }
        let mut clauses = Vec::with_capacity(2 * query.len());
        for (term, weight) in query {
            for (field, boost) in [(self.terms, *weight), (self.context, *weight * CONTEXT)] {
                let term = Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs));
                clauses.push((Occur::Should, Box::new(BoostQuery::new(term, boost)) as Box<dyn tantivy::query::Query>));
            }
        }
        let collector = TopDocs::with_limit(limit.min(self.places.len())).order_by_score();
        let hits = self.reader.searcher().search(&BooleanQuery::new(clauses), &collector)?;
        Ok(hits
            .into_iter()
            .map(|(score, at)| {
                let (source, sentence) = self.places[at.doc_id as usize];
                Hit { source, sentence, score }
            })
            .collect())
    }
}

fn join<'a>(text: &mut String, terms: impl IntoIterator<Item = &'a (usize, String)>) {
    for (_, term) in terms {
        text.push_str(term);
        text.push(' ');
    }
}

/// The stems of the title, each with a space behind it.
fn title_terms(source: &Source) -> String {
    let title = source.reading.prose.document.meta.title.as_deref().unwrap_or_default();
    let words = title.split_whitespace().map(|w| prose::fold(w.trim_matches(|c: char| !c.is_alphanumeric())));
    words.filter(|w| !w.is_empty() && !prose::is_stopword(w)).map(|w| prose::stem(&w) + " ").collect()
}
