//! How like the places are in which two mentions stand.

use std::{ops::Range, sync::LazyLock};

use super::Alignment;
use crate::{
    claim,
    evidence::{
        outline::{Element, Sentence},
        word::Word,
    },
};

/// Tokens over which the pull of a neighbouring word falls to 1/e: about half a clause of news copy.
const REACH: f32 = 6.0;
/// How like the verbs of two mentions are of which one has none.
const NO_VERB: f32 = 0.3;
/// Elements on one side of a mention that are its neighbours.
const BESIDE: usize = 2;

/// The pull of a neighbour by the tokens between, in the mention's own sentence and in the other's.
static PULLS: LazyLock<(Vec<f32>, Vec<f32>)> = LazyLock::new(|| {
    let pulls = |reach: f32| (0_u8..=u8::MAX).map(|gap| pull(f32::from(gap), reach)).collect();
    (pulls(REACH), pulls(2.0 * REACH))
});

fn pull(gap: f32, reach: f32) -> f32 {
    (-gap / reach).exp()
}

impl Alignment<'_, '_> {
    /// How much of what stands near `d` in the draft stands near `s` in the source, 0 to 1.
    pub(super) fn local(&self, d: usize, s: usize) -> f32 {
        let (ours, theirs) = (self.draft().elements(), self.source().elements());
        surroundings((ours, &self.claimed.weights, d), (theirs, s), |i, j| self.here.likeness.at(i, j))
    }

    /// The same the other way round: how much of what stands near `s` in the source stands near `d` in the draft.
    pub(super) fn mutual(&self, d: usize, s: usize) -> f32 {
        let (ours, theirs) = (self.source().elements(), self.draft().elements());
        surroundings((ours, &self.weights, s), (theirs, d), |j, i| self.here.likeness.at(i, j))
    }

    /// How like the nearest elements before the draft's mention are to the nearest before the source's, 0 to 1.
    pub(super) fn before(&self, d: usize, s: usize) -> f32 {
        let neighbours = |at: usize| at.saturating_sub(BESIDE)..at;
        self.beside(neighbours(d), neighbours(s))
    }

    /// The same for the nearest after them.
    pub(super) fn after(&self, d: usize, s: usize) -> f32 {
        let neighbours = |at: usize, count: usize| at + 1..(at + 1 + BESIDE).min(count);
        self.beside(neighbours(d, self.draft().elements().len()), neighbours(s, self.source().elements().len()))
    }

    fn beside(&self, ours: Range<usize>, theirs: Range<usize>) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for i in ours {
            let weight = self.claimed.weights[i];
            sum += weight * theirs.clone().map(|j| self.here.likeness.at(i, j)).fold(0.0, f32::max);
            all += weight;
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// Whether the same word stands just before both mentions.
    pub(super) fn same_slot(&self, d: usize, s: usize) -> bool {
        slot(self.draft(), d) == slot(self.source(), s)
    }
}

impl Alignment<'_, '_> {
    /// How like the verbs are to which two mentions belong, 0 to 1.
    pub(super) fn verbs(&self, d: usize, s: usize) -> f32 {
        let (Some(ours), Some(theirs)) = self.two_verbs(d, s) else { return NO_VERB };
        ours.likeness(theirs).max(0.0)
    }

    /// Whether one of the mentions says when, what or who somebody reports, and the other is of what is reported: "died on Thursday, the university said on
    /// Monday".
    pub(super) fn one_reports(&self, d: usize, s: usize) -> bool {
        let (ours, theirs) = self.two_verbs(d, s);
        let reports = |word: Option<&Word>| word.is_some_and(|word| claim::is_reporting(&word.folded));
        reports(ours) != reports(theirs)
    }

    fn two_verbs(&self, d: usize, s: usize) -> (Option<&Word>, Option<&Word>) {
        fn verb<'s>(sentence: &'s Sentence<'_>, at: usize) -> Option<&'s Word> {
            sentence.elements()[at].verb.map(|verb| &*sentence.outline.words[verb])
        }
        (verb(self.draft(), d), verb(self.source(), s))
    }
}

/// How much of what stands near one element of a sentence stands near one of another sentence, 0 to 1.
fn surroundings(
    (ours, weights, at): (&[Element], &[f32], usize),
    (theirs, place): (&[Element], usize),
    likeness: impl Fn(usize, usize) -> f32,
) -> f32 {
    let (here, there) = &*PULLS;
    let near: Vec<f32> = theirs.iter().map(|other| of_gap(there, 2.0 * REACH, gap(other, &theirs[place]))).collect();
    let (mut sum, mut all) = (0.0, 0.0);
    for (i, element) in ours.iter().enumerate().filter(|(i, _)| *i != at) {
        let pull = weights[i] * of_gap(here, REACH, gap(element, &ours[at]));
        let best = near.iter().enumerate().filter(|(j, _)| *j != place).map(|(j, near)| likeness(i, j) * near);
        sum += pull * best.fold(0.0, f32::max);
        all += pull;
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

fn of_gap(pulls: &[f32], reach: f32, gap: usize) -> f32 {
    pulls.get(gap).copied().unwrap_or_else(|| pull(gap as f32, reach))
}

/// Tokens between two elements.
fn gap(a: &Element, b: &Element) -> usize {
    if a.first > b.last { a.first - b.last } else { b.first.saturating_sub(a.last) }
}

/// The word just before a mention, articles aside: a preposition, mostly, or the verb.
fn slot<'s>(sentence: &'s Sentence<'_>, element: usize) -> Option<&'s str> {
    let mut before = sentence.outline.before(sentence.elements()[element].first);
    before.find(|w| !matches!(*w, "the" | "a" | "an" | "'s"))
}
