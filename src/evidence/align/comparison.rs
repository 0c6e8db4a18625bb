//! What two sentences have in common, element by element, whatever stands around them.

use std::sync::Arc;

use crate::{
    claim::MentionKind,
    evidence::{
        Relation,
        outline::{Element, ElementKind, Sentence},
        outlines::Known,
        relation::relation,
        word::Word,
    },
};

/// How like elements are of which one may be a form of the other, or a part.
const PARTLY: f32 = 0.8;

/// A value for each element of the draft's sentence (rows) and each of the source's.
#[derive(Debug)]
pub(super) struct Grid<T> {
    width: usize,
    cells: Vec<T>,
}

impl<T: Copy> Grid<T> {
    fn new(width: usize, cells: Vec<T>) -> Self {
        Self { width, cells }
    }

    /// The value of an element of the draft's sentence and one of the source's.
    pub(super) fn at(&self, d: usize, s: usize) -> T {
        self.cells[d * self.width + s]
    }

    /// The values of an element of the draft's sentence.
    pub(super) fn row(&self, d: usize) -> &[T] {
        &self.cells[d * self.width..][..self.width]
    }

    /// The values of an element of the source's sentence.
    pub(super) fn column(&self, s: usize) -> impl Iterator<Item = T> {
        self.cells[s..].iter().step_by(self.width.max(1)).copied()
    }
}

/// A sentence of a source beside the draft's.
#[derive(Debug)]
pub(in crate::evidence) struct Comparison<'a> {
    /// The source's sentence.
    pub(in crate::evidence) sentence: Sentence<'a>,
    /// What is known of the source.
    pub(super) known: Arc<Known>,
    /// How each two mentions stand to each other by themselves; incomparable if one is a word.
    pub(super) relations: Grid<Relation>,
    /// How like each two elements are, 0 to 1.
    pub(super) likeness: Grid<f32>,
}

impl<'a> Comparison<'a> {
    /// Compares the draft's sentence with a source's.
    pub(in crate::evidence) fn new(draft: &Sentence<'_>, sentence: Sentence<'a>, known: Arc<Known>) -> Self {
        let (ours, theirs) = (draft.elements(), sentence.elements());
        let mut relations = Vec::with_capacity(ours.len() * theirs.len());
        let mut likeness = Vec::with_capacity(ours.len() * theirs.len());
        for d in ours {
            for s in theirs {
                let relation = match (draft.mention(d), sentence.mention(s)) {
                    (Some(a), Some(b)) => relation(a, b),
                    _ => Relation::Incomparable,
                };
                relations.push(relation);
                likeness.push(alike(draft, d, &sentence, s, relation));
            }
        }
        let width = theirs.len();
        Self { relations: Grid::new(width, relations), likeness: Grid::new(width, likeness), sentence, known }
    }

    /// How like the likest element of the source's sentence is to one of the draft's.
    pub(super) fn best(&self, d: usize) -> f32 {
        self.likeness.row(d).iter().copied().fold(0.0, f32::max)
    }
}

/// How like an element of the draft's sentence is to one of a source's, 0 to 1.
fn alike(draft: &Sentence<'_>, d: &Element, source: &Sentence<'_>, s: &Element, relation: Relation) -> f32 {
    let (ours, theirs) = (&draft.outline.words[d.first], &source.outline.words[s.first]);
    match (d.kind, s.kind) {
        (ElementKind::Word, ElementKind::Word) => ours.related(theirs),
        (ElementKind::Mention(_), ElementKind::Mention(_)) => match relation {
            Relation::Same => 1.0,
            Relation::Compatible | Relation::Misspelled => PARTLY,
            Relation::Differs | Relation::Incomparable => 0.0,
        },
        (ElementKind::Mention(_), ElementKind::Word) => in_name(draft, d, theirs),
        (ElementKind::Word, ElementKind::Mention(_)) => in_name(source, s, ours),
    }
}

/// Whether a word stands in a name: one text's reading of names may miss what the other's found.
fn in_name(sentence: &Sentence<'_>, element: &Element, word: &Word) -> f32 {
    let is_name = sentence.mention(element).is_some_and(|m| matches!(m.kind, MentionKind::Name(_)));
    if is_name && sentence.outline.words_in(element).iter().any(|w| w.folded == word.folded) { PARTLY } else { 0.0 }
}
