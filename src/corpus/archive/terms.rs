//! Which texts speak of something: the search engine's index, one document a text, with nothing in it but the terms of its sentences and
//! its number in the store.

use std::{
    collections::hash_map::Entry,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    collector::TopDocs,
    directory::{MmapDirectory, RamDirectory},
    query::{Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur, TermQuery},
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TokenizerManager, WhitespaceTokenizer},
};

/// What the writer may hold in memory before it writes a segment.
const BUDGET: usize = 96 << 20;

/// So many more hits than wanted are looked at, for others may score the same as the last.
const TIES: usize = 16;

/// Of how many terms texts are asked for. What many texts have takes longest to look through and tells least.
const RAREST: usize = 8;

/// In how many steps a point of a score is told apart.
const STEPS: f32 = 32.0;

/// The index of terms.
pub(super) struct Terms {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    folder: Option<PathBuf>,
    /// How many terms all texts have, in a generation of the reader.
    tokens: Mutex<Option<(u64, u64)>>,
}

#[derive(Clone, Copy)]
struct Fields {
    terms: Field,
    id: Field,
    order: Field,
}

/// A text: a number that goes by its terms alone, by which equal ones are in the same order after every history, and its number in the store.
pub(super) type Text = (u64, i64);

/// Writes texts into the index. Nothing is there before [`commit`](Self::commit).
pub(super) struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

impl Terms {
    /// Opens the index in `folder`, or one in memory.
    pub(super) fn open(folder: Option<&Path>) -> tantivy::Result<Self> {
        // Terms come stemmed and without spaces, so that index and query are cut by the same code: ours.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("terms")
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(true);
        let mut schema = Schema::builder();
        let fields = Fields {
            terms: schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing)),
            id: schema.add_u64_field("id", INDEXED | FAST),
            order: schema.add_u64_field("order", FAST),
        };
        let tokenizers = TokenizerManager::default();
        tokenizers.register("terms", WhitespaceTokenizer::default());
        let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        let builder = Index::builder().schema(schema.build()).settings(settings).tokenizers(tokenizers);
        let index = match folder {
            Some(folder) => {
                fs::create_dir_all(folder)?;
                builder.open_or_create(MmapDirectory::open(folder)?)?
            }
            None => builder.open_or_create(RamDirectory::create())?,
        };
        // Whoever writes says when to look again.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields, folder: folder.map(Path::to_owned), tokens: Mutex::default() })
    }

    /// Takes in what was committed, here or by another process.
    pub(super) fn reload(&self) -> tantivy::Result<()> {
        self.reader.reload()
    }

    /// What the last commit said of itself.
    pub(super) fn mark(&self) -> tantivy::Result<Option<String>> {
        Ok(self.index.load_metas()?.payload)
    }

    /// A writer. There is one at a time; the store's lock sees to that.
    pub(super) fn writer(&self) -> tantivy::Result<Writer> {
        let mut index = self.index.clone();
        if let Some(folder) = &self.folder {
            // An index that has been open for long keeps a stale list of its files.
            index = Index::open(MmapDirectory::open(folder)?)?;
            index.set_tokenizers(self.index.tokenizers().clone());
        }
        let writer = index.writer_with_num_threads(1, BUDGET)?;
        Ok(Writer { writer, fields: self.fields })
    }

    /// The numbers of all texts in the index, as it was last loaded.
    pub(super) fn ids(&self) -> tantivy::Result<FxHashSet<i64>> {
        let mut out = FxHashSet::default();
        for segment in self.reader.searcher().segment_readers() {
            let ids = segment.fast_fields().u64("id")?;
            out.extend(segment.doc_ids_alive().filter_map(|doc| ids.first(doc)).map(|id| id as i64));
        }
        Ok(out)
    }

    /// How many terms the texts have in all, as the index keeps their lengths.
    fn tokens(&self, searcher: &Searcher) -> tantivy::Result<u64> {
        let generation = searcher.generation().generation_id();
        let mut known = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, tokens)) = known.filter(|(of, _)| *of == generation) {
            return Ok(tokens);
        }
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(self.fields.terms)?;
            tokens += segment.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
        }
        *known = Some((generation, tokens));
        Ok(tokens)
    }

    /// Of these terms those that are in the index and that the fewest texts have.
    fn rarest<'t>(&self, terms: &'t [(String, f32)], alive: &Alive<'_>) -> tantivy::Result<Vec<&'t (String, f32)>> {
        let mut counted = Vec::with_capacity(terms.len());
        for term in terms {
            counted.push((alive.doc_freq(&Term::from_field_text(self.fields.terms, &term.0))?, term));
        }
        counted.retain(|(count, _)| *count > 0);
        counted.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.0.cmp(&y.0)));
        counted.truncate(RAREST);
        Ok(counted.into_iter().map(|(_, term)| term).collect())
    }

    /// The best `limit` texts for these terms and their weights, best first.
    pub(super) fn search(&self, terms: &[(String, f32)], limit: usize) -> tantivy::Result<Vec<(Text, f32)>> {
        if terms.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let clause = |(term, weight): &(String, f32)| {
            let term = Term::from_field_text(self.fields.terms, term);
            let query = BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), *weight);
            (Occur::Should, Box::new(query) as Box<dyn tantivy::query::Query>)
        };
        let searcher = self.reader.searcher();
        let alive = Alive { searcher: &searcher, tokens: self.tokens(&searcher)? };
        let query = BooleanQuery::new(self.rarest(terms, &alive)?.into_iter().map(clause).collect());
        let best = TopDocs::with_limit(limit + TIES).order_by_score();
        let hits = searcher.search_with_statistics_provider(&query, &best, &alive)?;
        let mut out = Vec::with_capacity(hits.len());
        // To open a column takes longer than to look into it.
        let mut columns = FxHashMap::default();
        for (score, at) in hits {
            let (orders, ids) = match columns.entry(at.segment_ord) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let fields = searcher.segment_reader(at.segment_ord).fast_fields();
                    new.insert((fields.u64("order")?, fields.u64("id")?))
                }
            };
            // Equal texts differ in the last digits, for the engine adds up what each term counts in the order of its segment.
            let score = (score * STEPS).round() / STEPS;
            out.extend(orders.first(at.doc_id).zip(ids.first(at.doc_id)).map(|(order, id)| ((order, id as i64), score)));
        }
        // Whatever the engine's segments are: these depend on when it was interrupted, and on what was changed.
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out.truncate(limit);
        Ok(out)
    }
}

/// The numbers that BM25 goes by, of the texts that are there. The engine counts those that are gone until it happens to merge, so the
/// same texts would score otherwise after another history.
struct Alive<'a> {
    searcher: &'a Searcher,
    tokens: u64,
}

impl Bm25StatisticsProvider for Alive<'_> {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(term.field())?;
            count += match segment.alive_bitset() {
                None => index.doc_freq(term)?,
                Some(alive) => {
                    let postings = index.read_postings(term, IndexRecordOption::Basic)?;
                    postings.map_or(0, |postings| postings.doc_freq_given_deletes(alive))
                }
            };
        }
        Ok(u64::from(count))
    }
}

impl Writer {
    /// Adds a text: its number and its terms, with spaces between.
    pub(super) fn add(&mut self, id: i64, terms: &str) -> tantivy::Result<()> {
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.id, id as u64);
        document.add_text(self.fields.terms, terms);
        let hash = blake3::hash(terms.as_bytes());
        document.add_u64(self.fields.order, u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default()));
        self.writer.add_document(document).map(drop)
    }

    /// Removes a text.
    pub(super) fn remove(&mut self, id: i64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.id, id as u64));
    }

    /// Makes what was added and removed last, all at once, and marks the state.
    pub(super) fn commit(&mut self, mark: &str) -> tantivy::Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(mark);
        commit.commit().map(drop)
    }

    /// Lets what goes on in the background come to its end.
    pub(super) fn finish(self) -> tantivy::Result<()> {
        self.writer.wait_merging_threads()
    }
}
