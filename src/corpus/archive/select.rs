//! Lays out a draft's desk: of all sources those that speak of what the draft speaks of. They are few, whatever the size of the archive,
//! and everything that follows searches in them alone.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Archive, Fault, location_of, terms::Text};
use crate::corpus::{
    Corpus, CorpusError, Passage, Query, Source,
    embedded::Embedded,
    load::parallel,
    mixture,
    remote::{Heard, Known},
};

/// How many texts each claim asks for. An archive with no more lies on every desk as a whole.
const PER_CLAIM: usize = 24;

/// An archive with no more texts than this is laid out as a whole if nothing is claimed yet.
const WHOLE: usize = 200;

/// Of how many files with the same content it is told.
const PLACES: usize = 9;

/// How many sources are kept in memory, expanded, beside those that lie on a desk. To expand one takes a fraction of a millisecond.
const KEPT: usize = 256;

/// How many desks are kept: more than drafts that are worked on at a time.
const DESKS: usize = 4;

/// How many answers are kept.
const ANSWERS: usize = 4_096;

/// Which sources a draft is held against at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// The file of the draft, which is no source of its own.
    pub draft: Option<&'a Path>,
    /// Sources that were published before this day are left out.
    pub since: Option<Date>,
}

/// The sources that a draft is held against.
pub struct Desk {
    index: Arc<Embedded>,
    count: usize,
    generation: u64,
    heard: Heard,
    /// Those of a remote archive.
    articles: Vec<Arc<Source>>,
}

impl Desk {
    /// How many sources there are in the archive, without the draft, were it one of them, and how many a remote archive has added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Tells this desk from any with other sources.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.index.generation()
    }

    /// Whether all sources have been heard on a claim, given what it asks for: a remote archive may not have answered.
    #[must_use]
    pub fn has_heard(&self, query: &Query) -> bool {
        self.heard.has(query)
    }

    /// Whether there is no remote archive that might have more to say.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.heard.is_all()
    }

    /// The articles of a remote archive that lie on the desk, but for this one: for laying out the desk of one of them.
    #[must_use]
    pub fn known_beside(&self, source: &Source) -> Known {
        let others = self.articles.iter().filter(|other| other.location != source.location);
        Known { articles: others.cloned().collect(), ..Known::default() }
    }

    /// The sources on the desk, in the order of their paths; those of a remote archive behind the others.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.index.sources()
    }
}

impl Corpus for Desk {
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
        self.index.search(query)
    }

    fn generation(&self) -> u64 {
        self.generation
    }
}

/// What is kept from one desk to the next.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Kept>);

/// The number of a text, and the path that it is shown with.
type Key = (i64, String);

#[derive(Default)]
struct Kept {
    /// By the number of the text and where it lies.
    sources: FxHashMap<Key, Arc<Source>>,
    /// By the numbers of their texts.
    desks: Vec<(Vec<Key>, Arc<Embedded>)>,
    /// The texts that a claim asks for, in one generation.
    answers: FxHashMap<String, Arc<[(Text, f32)]>>,
    generation: u64,
}

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Archive {
    /// Lays out the desk for a draft, given what its claims ask for.
    ///
    /// # Errors
    /// If the index fails.
    pub fn desk(&self, queries: &[Query], scope: Scope<'_>) -> Result<Desk, CorpusError> {
        self.desk_with(queries, scope, Known::default())
    }

    /// The same, with what is known of a remote archive.
    ///
    /// # Errors
    /// If the index fails.
    pub fn desk_with(&self, queries: &[Query], scope: Scope<'_>, known: Known) -> Result<Desk, CorpusError> {
        Ok(self.lay_out(queries, scope, known)?)
    }

    fn lay_out(&self, queries: &[Query], Scope { draft, since }: Scope<'_>, known: Known) -> Result<Desk, Fault> {
        let Known { articles, heard, .. } = known;
        self.catch_up()?;
        let generation = self.generation();
        let draft = draft.and_then(location_of);
        let (ids, own, count) = {
            let inner = self.lock();
            let own = draft.as_deref().map(|draft| inner.store.texts_at(draft)).transpose()?.unwrap_or_default();
            let count = inner.store.totals()?.sources - own.len() + articles.len();
            (inner.store.all(if queries.is_empty() { WHOLE } else { PER_CLAIM })?, own, count)
        };
        let ids = match ids {
            Some(ids) => ids
                .into_iter()
                .filter_map(|id| self.is_since(id, since).map(|is| is.then_some(id)).transpose())
                .collect::<Result<_, _>>()?,
            None => self.relevant(queries, &own, since, generation)?,
        };
        let mut wanted = Vec::with_capacity(ids.len());
        {
            let inner = self.lock();
            for id in ids {
                let places = inner.store.places(id)?.into_iter().filter(|place| Some(&place.location) != draft.as_ref());
                wanted.extend(places.take(PLACES).map(|place| (id, place)));
            }
        }
        wanted.sort_by(|(_, a), (_, b)| (&a.shown, &a.location, &a.part).cmp(&(&b.shown, &b.location, &b.part)));
        // Texts have numbers from one on; what an article lies at goes by what it says.
        let own = wanted.iter().map(|(id, place)| (*id, place.shown.clone()));
        let key: Vec<Key> = own.chain(articles.iter().map(|a| (0, format!("{} {}", a.path, a.location)))).collect();
        if let Some((_, index)) = self.shelf.lock().desks.iter().find(|(k, _)| *k == key) {
            return Ok(Desk { index: index.clone(), count, generation, heard, articles });
        }
        let mut sources = self.sources(&wanted)?;
        sources.extend(articles.iter().cloned());
        let index = Arc::new(Embedded::new(sources).map_err(Fault::Terms)?);
        let mut kept = self.shelf.lock();
        kept.desks.insert(0, (key, index.clone()));
        kept.desks.truncate(DESKS);
        Ok(Desk { index, count, generation, heard, articles })
    }

    /// The texts that a draft is about, but for its `own`: all of its claims would go back to them.
    fn relevant(&self, queries: &[Query], own: &[i64], since: Option<Date>, generation: u64) -> Result<Vec<i64>, Fault> {
        // Of the best many may be too old.
        let limit = own.len() + if since.is_some() { 8 * PER_CLAIM } else { PER_CLAIM };
        let answers = parallel(queries, |query| -> Result<Vec<(Text, f32)>, Fault> {
            let mut recent = Vec::with_capacity(PER_CLAIM);
            for (text, score) in &*self.ask(query, limit, generation)? {
                if recent.len() < PER_CLAIM && !own.contains(&text.1) && self.is_since(text.1, since)? {
                    recent.push((*text, *score));
                }
            }
            Ok(recent)
        });
        let answers: Vec<Vec<(Text, f32)>> = answers.into_iter().collect::<Result<_, _>>()?;
        Ok(mixture::articles(answers.iter().map(Vec::as_slice)).into_iter().map(|(_, id)| id).collect())
    }

    /// Whether a text was published on or after a day, or nobody knows when.
    fn is_since(&self, id: i64, day: Option<Date>) -> Result<bool, Fault> {
        let Some(day) = day else { return Ok(true) };
        let published = self.lock().store.published(id)?;
        Ok(published.and_then(|p| p.parse::<Date>().ok()).is_none_or(|published| published >= day))
    }

    /// The texts that one claim asks for, best first.
    fn ask(&self, query: &Query, limit: usize, generation: u64) -> Result<Arc<[(Text, f32)]>, Fault> {
        let key = query.own_terms().iter().fold(format!("{limit} "), |key, (term, weight)| format!("{key}{term} {weight} "));
        {
            let mut kept = self.shelf.lock();
            if kept.generation != generation || kept.answers.len() > ANSWERS {
                kept.answers.clear();
                kept.generation = generation;
            }
            if let Some(answer) = kept.answers.get(&key) {
                return Ok(answer.clone());
            }
        }
        let answer: Arc<[(Text, f32)]> = self.terms.search(query.own_terms(), limit)?.into();
        let mut kept = self.shelf.lock();
        if kept.generation == generation {
            kept.answers.insert(key, answer.clone());
        }
        Ok(answer)
    }

    /// These texts as sources; those that are gone by now are left out.
    fn sources(&self, wanted: &[(i64, super::store::Place)]) -> Result<Vec<Arc<Source>>, Fault> {
        let mut out: Vec<Option<Arc<Source>>> = Vec::with_capacity(wanted.len());
        let mut bodies = Vec::new();
        {
            let kept = self.shelf.lock();
            let inner = self.lock();
            for (i, (id, place)) in wanted.iter().enumerate() {
                let known = kept.sources.get(&(*id, place.shown.clone())).filter(|s| s.location == place.location).cloned();
                if known.is_none()
                    && let Some(body) = inner.store.body(*id)?
                {
                    bodies.push((i, body));
                }
                out.push(known);
            }
        }
        // In a few lots, for an expander costs more than a text.
        let lots: Vec<&[(usize, Vec<u8>)]> = bodies.chunks(bodies.len().div_ceil(4).max(1)).collect();
        let expanded = parallel(&lots, |lot| -> Result<Vec<(usize, Arc<Source>)>, Fault> {
            let mut expander = self.lock().codec.expander()?;
            lot.iter()
                .map(|(i, body)| {
                    let place = &wanted[*i].1;
                    let source = expander.source(body, place.name(), place.location.clone())?;
                    Ok((*i, Arc::new(source)))
                })
                .collect()
        });
        let mut kept = self.shelf.lock();
        if kept.sources.len() > KEPT {
            kept.sources.retain(|_, source| Arc::strong_count(source) > 1);
        }
        for lot in expanded {
            for (i, source) in lot? {
                kept.sources.insert((wanted[i].0, wanted[i].1.shown.clone()), source.clone());
                out[i] = Some(source);
            }
        }
        Ok(out.into_iter().flatten().collect())
    }
}
