//! Sources in memory: one document of the search engine for each sentence of each source.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tantivy::{
    Index, IndexReader, IndexSettings, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    directory::RamDirectory,
    query::{BooleanQuery, BoostQuery, Occur, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TokenizerManager, WhitespaceTokenizer},
};

use super::{Corpus, CorpusError, Passage, Query, Source, title_terms, voices};

/// How much a term counts that stands in the sentence before or after, or in the title.
const CONTEXT: f32 = 0.25;

/// What the writer of the index may hold before it is done; it sets no limit, only the first size of its tables.
const BUDGET: usize = 1 << 18;

/// Sources that lie in memory. They never change: make a new one, and share it as `Arc<Embedded>`.
pub struct Embedded {
    sources: Vec<Arc<Source>>,
    index: SentenceIndex,
    generation: u64,
}

impl Embedded {
    /// The sources in the order of their paths, indexed.
    ///
    /// # Errors
    /// If the search engine fails.
    pub(super) fn new(sources: Vec<Arc<Source>>) -> tantivy::Result<Self> {
        // One counter for all, so that two corpora never share a generation.
        static GENERATION: AtomicU64 = AtomicU64::new(1);
        let sources = voices::tell(sources);
        let index = SentenceIndex::new(&sources)?;
        Ok(Self { sources, index, generation: GENERATION.fetch_add(1, Ordering::Relaxed) })
    }

    /// A corpus of texts that are no files.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn from_sources(sources: Vec<Source>) -> Result<Self, CorpusError> {
        Self::new(sources.into_iter().map(Arc::new).collect()).map_err(|e| failed(&e))
    }

    /// The sources, in the order of their paths.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.sources.iter()
    }
}

impl Corpus for Embedded {
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
        let hits = self.index.find(&query.terms, query.limit).map_err(|e| failed(&e))?;
        Ok(hits
            .into_iter()
            .map(|Hit { source, sentence, score }| Passage {
                source: self.sources[source as usize].clone(),
                sentences: sentence..sentence + 1,
                score,
            })
            .collect())
    }

    fn generation(&self) -> u64 {
        self.generation
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
            let title = title_terms(&source.reading);
            for (i, own) in source.terms.iter().enumerate() {
                if own.is_empty() || source.echoes.get(i) == Some(&true) {
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
