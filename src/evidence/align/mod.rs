//! Alignment: which mention of a passage stands in the place of which mention of the claim. A scored one-to-one assignment over
//! features that `copydesk stages evidence` prints.

mod assign;
mod comparison;
mod features;
mod nearness;
mod place;

use std::{collections::HashSet, sync::LazyLock};

use assign::{Candidate, assign};
pub(super) use comparison::Comparison;

use super::{
    Pair, Relation, contrast,
    outline::{Sentence, mentions_of},
    outlines::offices_in,
    weights,
};
use crate::{
    claim::{Mention, MentionKind, NameClass, Quantity, lies_in},
    text::Span,
};

/// Nouns that exclude each other.
static OPPOSITES: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("../data/opposites.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' ')).collect()
});

/// What a word counts that stands in the sentences around the source's, not in it.
const CONTEXT: f32 = 0.5;
/// How like what follows two measures must be for the words between to turn one into the opposite of the other.
const SAME_ARGUMENT: f32 = 0.6;
/// How like an element of the draft's sentence a source's must be to be its like.
const MATCHED: f32 = 0.7;

/// The draft's sentence, with what all of its alignments need.
#[derive(Debug)]
pub(super) struct Claimed<'a> {
    pub(super) sentence: Sentence<'a>,
    /// How much each element says.
    weights: Vec<f32>,
    /// Who holds which office in the draft, and the place that it is named by.
    offices: Vec<(&'a str, &'a str)>,
    /// What names the speakers of what is quoted in the sentence: "Lena Voss", "she".
    speakers: Vec<Span>,
}

impl<'a> Claimed<'a> {
    pub(super) fn new(sentence: Sentence<'a>, weights: Vec<f32>) -> Self {
        Self { weights, offices: offices_in(sentence.reading).collect(), speakers: speakers(&sentence).collect(), sentence }
    }
}

/// What names the speakers of what is quoted in a sentence.
fn speakers(sentence: &Sentence<'_>) -> impl Iterator<Item = Span> {
    let mentions = &sentence.reading.mentions[mentions_of(sentence.reading, sentence.index)];
    mentions.iter().filter_map(|m| match &m.kind {
        MentionKind::Quotation(quotation) => quotation.speaker.as_ref().map(|speaker| speaker.span),
        _ => None,
    })
}

/// Two sentences with what they share.
pub(super) struct Alignment<'o, 'a> {
    claimed: &'o Claimed<'a>,
    here: &'o Comparison<'a>,
    /// How much each element of the source's sentence says.
    weights: Vec<f32>,
    /// For each element of the draft, its best match in the source's sentence or, discounted, around it.
    best: Vec<f32>,
}

impl<'o, 'a> Alignment<'o, 'a> {
    /// Aligns the draft's sentence with a source's, whose elements have these weights; `around` holds the sentences beside the source's.
    pub(super) fn new(claimed: &'o Claimed<'a>, here: &'o Comparison<'a>, weights: Vec<f32>, around: &[&Comparison<'_>]) -> Self {
        let best = (0..claimed.weights.len()).map(|d| {
            let there = around.iter().map(|c| c.best(d)).fold(0.0, f32::max);
            here.best(d).max(CONTEXT * there)
        });
        Self { claimed, here, weights, best: best.collect() }
    }

    /// How much of the draft's sentence the source's covers, 0 to 1, without the element `without`.
    pub(super) fn coverage(&self, without: Option<usize>) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for (i, weight) in self.claimed.weights.iter().enumerate() {
            if Some(i) != without {
                sum += weight * self.best[i];
                all += weight;
            }
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// The pairs of comparable mentions of the two sentences, assigned one to one; then what else could stand in a mention's place.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut candidates = Vec::new();
        for (d, draft, a) in self.draft().mentions() {
            for (s, source, b) in self.source().mentions() {
                let Some(relation) = self.relation((d, a), (s, b)) else { continue };
                if relation == Relation::Differs && (self.is_elsewhere((d, a), (s, b)) || self.other_office(a, b)) {
                    continue;
                }
                let features = self.features((d, a), (s, b), relation);
                let score = weights::score(a, relation, &features);
                let holds = relation == Relation::Compatible && holds(a, b);
                candidates.push(Candidate { d, s, pair: Pair { draft, source, relation, score, features }, holds });
            }
        }
        assign(candidates)
    }

    fn draft(&self) -> &'o Sentence<'a> {
        &self.claimed.sentence
    }

    fn source(&self) -> &'o Sentence<'a> {
        &self.here.sentence
    }

    /// How two mentions stand to each other where they stand; `None` if they cannot stand in one place.
    fn relation(&self, (d, a): (usize, &Mention), (s, b): (usize, &Mention)) -> Option<Relation> {
        let relation = self.here.relations.at(d, s);
        if relation == Relation::Incomparable {
            return None;
        }
        let differs = relation == Relation::Same
            // Two women are not two men, nor is a woman of 68 a man of 68.
            && (self.opposite(a, b)
                // "5% a year for three years" is not "5% over three years".
                || is_total(self.draft(), d, a, b)
                || is_total(self.source(), s, b, a)
                // "Two days after the strike" is not "two days before the strike".
                || self.turned((d, a), (s, b)));
        let relation = if differs { Relation::Differs } else { relation };
        // The killed are not the injured; so many of the one say nothing against so many of the other.
        if matches!(a.kind, MentionKind::Quantity(_)) && self.contrast(d, s) {
            return match relation {
                Relation::Same if !self.has_another(d) => Some(Relation::Differs),
                Relation::Same | Relation::Differs => None,
                other => Some(other),
            };
        }
        Some(relation)
    }

    /// Whether the draft's sentence names the bearer of a source's name in another place, so that the name is not missing in this one: unless
    /// the draft gives somebody else its role.
    fn is_elsewhere(&self, (d, a): (usize, &Mention), (s, b): (usize, &Mention)) -> bool {
        matches!(b.kind, MentionKind::Name(_))
            && self.same_role(a, b) != Some(true)
            && (self.is_speaker_alone(a, b)
                || self.here.likeness.column(s).enumerate().any(|(i, likeness)| i != d && likeness >= 1.0))
    }

    /// Whether the source's name is that of who speaks there, and in the draft's sentence somebody else than the draft's name does.
    fn is_speaker_alone(&self, a: &Mention, b: &Mention) -> bool {
        let ours = &self.claimed.speakers;
        !ours.is_empty() && !ours.iter().any(|s| s.overlaps(a.span)) && speakers(self.source()).any(|s| s.overlaps(b.span))
    }

    /// Whether the two names hold their roles in different places: the president of one country does not stand in the place of another's.
    fn other_office(&self, a: &Mention, b: &Mention) -> bool {
        let (MentionKind::Name(x), MentionKind::Name(y)) = (&a.kind, &b.kind) else { return false };
        if x.class != NameClass::Person || y.class != NameClass::Person {
            return false;
        }
        let theirs = self.offices_there(&y.canonical);
        let ours = self.claimed.offices.iter().filter(|(bearer, _)| *bearer == x.canonical).map(|(_, place)| *place);
        let mut ours = ours.chain(self.offices_there(&x.canonical).iter().map(|p| &**p)).peekable();
        !theirs.is_empty() && ours.peek().is_some() && !ours.any(|p| theirs.iter().any(|q| **q == *p))
    }

    /// The places named in the roles that the source gives a person.
    fn offices_there(&self, bearer: &str) -> &'o [Box<str>] {
        self.here.known.offices(self.source().reading, bearer)
    }

    /// Whether the source's mention has its like in the draft's sentence.
    fn matched(&self, s: usize) -> bool {
        self.here.likeness.column(s).any(|likeness| likeness >= MATCHED)
    }

    /// Whether the source's sentence has another figure that may stand in the place of the draft's, and differs.
    fn has_another(&self, d: usize) -> bool {
        let relations = self.here.relations.row(d).iter().enumerate();
        relations.filter(|(_, r)| **r == Relation::Differs).any(|(s, _)| !self.contrast(d, s))
    }

    /// Whether the words beside two figures exclude each other.
    fn contrast(&self, d: usize, s: usize) -> bool {
        let (draft, source) = (&self.draft().outline, &self.source().outline);
        contrast::excludes((draft, &draft.elements[d]), (source, &source.elements[s]))
    }

    /// Whether the words after two measures exclude each other, and lead to the same.
    fn turned(&self, (d, a): (usize, &Mention), (s, b): (usize, &Mention)) -> bool {
        let (draft, source) = (&self.draft().outline, &self.source().outline);
        contrast::turned((draft, &draft.elements[d], a), (source, &source.elements[s], b)) && self.after(d, s) >= SAME_ARGUMENT
    }

    /// Whether two quantities count what excludes each other.
    fn opposite(&self, a: &Mention, b: &Mention) -> bool {
        match (&a.kind, &b.kind) {
            (MentionKind::Quantity(x), MentionKind::Quantity(y)) => self.opposites(x.entity, y.entity),
            _ => false,
        }
    }

    /// Whether two noun phrases have heads that exclude each other: "men", "women".
    fn opposites(&self, a: Option<Span>, b: Option<Span>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let (Some(a), Some(b)) = (self.draft().words_of(a).last(), self.source().words_of(b).last()) else { return false };
        OPPOSITES.contains(&(&*a.folded, &*b.folded)) || OPPOSITES.contains(&(&*b.folded, &*a.folded))
    }
}

/// Whether a figure is what came of several years, say, where the other is a rate per year.
fn is_total(sentence: &Sentence<'_>, at: usize, total: &Mention, rate: &Mention) -> bool {
    let (MentionKind::Quantity(x), MentionKind::Quantity(y)) = (&total.kind, &rate.kind) else { return false };
    fn per(q: &Quantity) -> Option<&str> {
        q.unit.as_ref()?.per.as_deref()
    }
    let (None, Some(period)) = (per(x), per(y)) else { return false };
    let mut after = sentence.outline.after(sentence.elements()[at].last);
    let over = after.next().is_some_and(|w| matches!(w, "over" | "within" | "across"));
    over && after.take(4).any(|w| w.strip_suffix('s') == Some(period))
}

/// Whether the second is a place that lies in the first.
fn holds(outer: &Mention, inner: &Mention) -> bool {
    matches!((&outer.kind, &inner.kind), (MentionKind::Name(outer), MentionKind::Name(inner)) if lies_in(inner, outer))
}
