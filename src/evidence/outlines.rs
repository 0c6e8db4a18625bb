//! What is kept of the sources from one claim to the next, and from one check to the next.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use rustc_hash::FxHashMap;

use super::outline::Outline;
use crate::{
    claim::{MentionKind, NameClass, Reading},
    corpus::Source,
};

/// The most text, in bytes, of the sources that are kept in mind at a time: some thousand articles. What is kept of a source takes about
/// ten times its text once all of its sentences have been looked at.
const MOST: usize = 4 << 20;

/// What has been worked out of the sources. It saves time and changes no result: share one among all checks, for as long as you like.
/// Sources that nobody holds any more are forgotten, and so is everything once it outgrows the memory that it may use.
#[derive(Debug)]
pub struct Outlines {
    shelf: Mutex<Shelf>,
    /// The most text, in bytes.
    most: usize,
}

#[derive(Debug, Default)]
struct Shelf {
    /// By the address of the source, which is no other's as long as there is a [`Weak`] to it.
    sources: FxHashMap<usize, Arc<Known>>,
    /// The length of their texts.
    bytes: usize,
}

impl Default for Outlines {
    fn default() -> Self {
        Self { shelf: Mutex::default(), most: MOST }
    }
}

impl Outlines {
    /// What is known of a source.
    pub(super) fn of(&self, source: &Arc<Source>) -> Arc<Known> {
        let address = Arc::as_ptr(source).addr();
        if let Some(known) = self.lock().sources.get(&address) {
            return known.clone();
        }
        let known = Arc::new(Known::new(source));
        let mut shelf = self.lock();
        if shelf.bytes + known.bytes > self.most {
            shelf.sources.retain(|_, known| known.source.strong_count() > 0);
            shelf.bytes = shelf.sources.values().map(|known| known.bytes).sum();
        }
        if shelf.bytes + known.bytes > self.most {
            *shelf = Shelf::default();
        }
        if shelf.sources.insert(address, known.clone()).is_none() {
            shelf.bytes += known.bytes;
        }
        known
    }

    /// What a panic left behind is as good as before: nothing that is kept depends on the rest.
    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of a source.
#[derive(Debug)]
pub(super) struct Known {
    source: Weak<Source>,
    /// The length of its text.
    bytes: usize,
    /// In how many sentences each stem stands.
    frequency: FxHashMap<Box<str>, u32>,
    /// How many sentences have content words.
    sentences: u32,
    /// By sentence, once it has been asked for.
    outlines: Box<[OnceLock<Arc<Outline>>]>,
    /// Once they have been asked for: the places of a name's offices.
    offices: OnceLock<FxHashMap<Box<str>, Vec<Box<str>>>>,
}

impl Known {
    fn new(source: &Arc<Source>) -> Self {
        let mut frequency: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut sentences = 0;
        for terms in &source.terms {
            sentences += u32::from(!terms.is_empty());
            for (i, (_, stem)) in terms.iter().enumerate() {
                if terms[..i].iter().any(|(_, earlier)| earlier == stem) {
                    continue;
                }
                match frequency.get_mut(stem.as_str()) {
                    Some(count) => *count += 1,
                    None => drop(frequency.insert(stem.as_str().into(), 1)),
                }
            }
        }
        Self {
            source: Arc::downgrade(source),
            bytes: source.reading.prose.document.text.len(),
            frequency,
            sentences,
            outlines: (0..source.reading.prose.sentences.len()).map(|_| OnceLock::new()).collect(),
            offices: OnceLock::new(),
        }
    }

    /// The outline of a sentence of its source, which is no boilerplate.
    pub(super) fn outline(&self, source: &Source, sentence: usize) -> Arc<Outline> {
        let new = || Arc::new(Outline::new(&source.reading, sentence, &source.terms[sentence]));
        self.outlines[sentence].get_or_init(new).clone()
    }

    /// How many sentences have content words.
    pub(super) fn sentences(&self) -> u32 {
        self.sentences
    }

    /// In how many of them a stem stands.
    pub(super) fn frequency(&self, stem: &str) -> u32 {
        self.frequency.get(stem).copied().unwrap_or(0)
    }

    /// The places named in the roles that its source gives a person.
    pub(super) fn offices(&self, reading: &Reading, bearer: &str) -> &[Box<str>] {
        let offices = self.offices.get_or_init(|| {
            let mut offices: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
            for (bearer, place) in offices_in(reading) {
                offices.entry(bearer.into()).or_default().push(place.into());
            }
            offices
        });
        offices.get(bearer).map_or(&[], Vec::as_slice)
    }
}

/// The names of a text that have roles in which a place is named, each with the place: France for "the French president".
pub(super) fn offices_in(reading: &Reading) -> impl Iterator<Item = (&str, &str)> {
    reading.mentions.iter().flat_map(|mention| {
        let name = match &mention.kind {
            MentionKind::Name(name) => name.role.map(|role| (name.canonical.as_str(), role)),
            _ => None,
        };
        name.into_iter().flat_map(|(bearer, role)| {
            let from = reading.mentions.partition_point(|m| m.span.start < role.start);
            let inner = reading.mentions[from..].iter().take_while(move |m| m.span.start < role.end);
            inner.filter_map(move |m| match &m.kind {
                MentionKind::Name(n) if n.class == NameClass::Place => Some((bearer, n.canonical.as_str())),
                _ => None,
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus::load, document::Format};

    fn source(text: &str) -> Arc<Source> {
        Arc::new(load::source("a.txt".into(), "a.txt".into(), text.into(), Format::Plain, None, None))
    }

    #[test]
    fn what_is_known_of_a_source_is_kept_while_somebody_holds_it() {
        let outlines = Outlines::default();
        let first = source("Flooding closed two roads. The flooding and the floods killed two.");
        let known = outlines.of(&first);
        assert!(Arc::ptr_eq(&known, &outlines.of(&first)));
        assert!(Arc::ptr_eq(&known.outline(&first, 1), &known.outline(&first, 1)));
        assert_eq!((known.sentences(), known.frequency("flood"), known.frequency("road"), known.frequency("mud")), (2, 2, 1, 0));
        // Another of the same text is another.
        assert!(!Arc::ptr_eq(&known, &outlines.of(&source("Flooding closed two roads."))));
    }

    #[test]
    fn what_outgrows_its_memory_is_forgotten() {
        let outlines = Outlines { most: 100, ..Outlines::default() };
        let held = source("Flooding closed two roads.");
        let known = outlines.of(&held);
        // Nobody holds these: each makes way for the next.
        let large = "Mud covered a road in the south of the town.";
        (0..5).for_each(|_| drop(outlines.of(&source(large))));
        assert!(Arc::ptr_eq(&known, &outlines.of(&held)));
        assert!(outlines.lock().bytes <= 100);
        // These are held, but all together are too much.
        let articles = [source(large), source(large)];
        articles.iter().for_each(|article| drop(outlines.of(article)));
        assert!(!Arc::ptr_eq(&known, &outlines.of(&held)));
        assert!(outlines.lock().bytes <= 100);
    }

    #[test]
    fn an_office_is_named_by_its_place() {
        let article = source("French President Paul Rolland met his neighbours. Ann Lee, a teacher, sang.");
        let outlines = Outlines::default();
        let known = outlines.of(&article);
        let places = |bearer| known.offices(&article.reading, bearer).iter().map(|p| &**p).collect::<Vec<_>>();
        assert_eq!(places("Paul Rolland"), offices_in(&article.reading).map(|(_, place)| place).collect::<Vec<_>>());
        assert_eq!(places("Paul Rolland").len(), 1);
        assert!(places("Ann Lee").is_empty());
    }
}
