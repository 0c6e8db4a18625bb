//! Evidence: the passages that speak of the same thing as a claim, and which of their mentions stands in the place of which mention of
//! the claim.

mod align;
mod contrast;
pub mod meaning;
mod outline;
mod outlines;
mod query;
mod rank;
mod rarity;
mod relation;
mod weights;
mod word;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub(crate) use contrast::is_left_out;
pub(crate) use outline::mentions_of;
pub use outlines::Outlines;
pub(crate) use query::query;
pub use relation::Relation;
pub(crate) use word::Word;

use crate::{
    claim::{Claim, Reading},
    corpus::{Corpus, CorpusError, Passage, Source},
    prose,
};
use align::{Alignment, Claimed, Comparison};
use outline::{Outline, Sentence};
use outlines::Known;
use rarity::Rarity;

/// One reason for or against an alignment, by name, as `copydesk stages evidence` prints it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// Its value, mostly between 0 and 1.
    pub value: f32,
}

impl Feature {
    fn flag(name: &'static str, value: bool) -> Self {
        Self { name, value: f32::from(u8::from(value)) }
    }

    /// The value of the feature with this name, 0 if it is not among `features`.
    pub(crate) fn value_of(features: &[Self], name: &str) -> f32 {
        features.iter().find(|f| f.name == name).map_or(0.0, |f| f.value)
    }
}

/// A mention of the draft and the mention of a source that stands in its place.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The index of the draft's mention.
    pub draft: u32,
    /// The index of the source's mention.
    pub source: u32,
    /// How the two stand to each other by themselves.
    pub relation: Relation,
    /// How sure the alignment is, 0 to 1.
    pub score: f32,
    /// Why.
    pub features: Vec<Feature>,
}

/// A passage aligned with a claim.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The passage.
    pub passage: Passage,
    /// How much of the claim the passage speaks of, 0 to 1.
    pub score: f32,
    /// One to one, and then the rivals of that assignment, as `align.rs` says.
    pub pairs: Vec<Pair>,
}

/// The sources of some passages, each once, with the index of its first passage.
pub(crate) fn sources_of(evidence: &[Evidence]) -> impl Iterator<Item = (usize, &Arc<Source>)> {
    let sources = evidence.iter().map(|e| &e.passage.source);
    sources.enumerate().filter(|(i, source)| !evidence[..*i].iter().any(|e| Arc::ptr_eq(&e.passage.source, source)))
}

/// Finds the evidence for one claim, best first.
///
/// # Errors
/// If the corpus cannot answer.
pub fn gather(corpus: &dyn Corpus, outlines: &Outlines, draft: &Reading, claim: &Claim) -> Result<Vec<Evidence>, CorpusError> {
    let passages = corpus.search(&query(draft, claim))?;
    let sources = Sources::of(&passages, outlines);
    let rarity = Rarity::among(&sources.known);
    let index = claim.sentence as usize;
    let sentence =
        Sentence { reading: draft, index, outline: Arc::new(Outline::new(draft, index, &prose::terms(&draft.prose, index))) };
    let weights = rarity.weights(&sentence);
    let claimed = Claimed::new(sentence, weights);
    let compared = sources.compare(&claimed.sentence);
    let mut evidence: Vec<Evidence> = passages
        .iter()
        .zip(&sources.places)
        .map(|(passage, place)| {
            let here = &compared[place];
            let around: Vec<&Comparison<'_>> = sources.around(*place).filter_map(|place| compared.get(&place)).collect();
            let alignment = Alignment::new(&claimed, here, rarity.weights(&here.sentence), &around);
            let score = alignment.coverage(None);
            let mut pairs = alignment.pairs();
            pairs.extend(rank::pairs(&claimed.sentence, &here.sentence, score));
            Evidence { passage: passage.clone(), score, pairs }
        })
        .collect();
    evidence.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(evidence)
}

/// A source by its index in [`Sources`], and the index of a sentence of it.
type Place = (usize, usize);

/// The sources of some passages.
struct Sources<'p> {
    /// Each once, in the order of the passages.
    sources: Vec<&'p Arc<Source>>,
    /// What is known of each.
    known: Vec<Arc<Known>>,
    /// The place of each passage.
    places: Vec<Place>,
}

impl<'p> Sources<'p> {
    fn of(passages: &'p [Passage], outlines: &Outlines) -> Self {
        let mut sources: Vec<&Arc<Source>> = Vec::new();
        let mut places = Vec::with_capacity(passages.len());
        for passage in passages {
            let at = sources.iter().position(|s| Arc::ptr_eq(s, &passage.source)).unwrap_or_else(|| {
                sources.push(&passage.source);
                sources.len() - 1
            });
            places.push((at, passage.sentences.start as usize));
        }
        let known = sources.iter().map(|source| outlines.of(source)).collect();
        Self { sources, known, places }
    }

    /// The sentences beside one that are no boilerplate.
    fn around(&self, (source, sentence): Place) -> impl Iterator<Item = Place> {
        let terms = &self.sources[source].terms;
        let beside = [sentence.checked_sub(1), sentence.checked_add(1)].into_iter().flatten();
        beside.filter(|i| terms.get(*i).is_some_and(|terms| !terms.is_empty())).map(move |i| (source, i))
    }

    /// Compares the draft's sentence with the passages' and those beside them, with each once.
    fn compare(&self, draft: &Sentence<'_>) -> FxHashMap<Place, Comparison<'p>> {
        let mut compared = FxHashMap::default();
        for place in self.places.iter().flat_map(|place| self.around(*place).chain([*place])) {
            compared.entry(place).or_insert_with(|| {
                let (source, known) = (self.sources[place.0], &self.known[place.0]);
                let outline = known.outline(source, place.1);
                Comparison::new(draft, Sentence { reading: &source.reading, index: place.1, outline }, known.clone())
            });
        }
        compared
    }
}
