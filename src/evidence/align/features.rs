//! What speaks for a pair of mentions, and what against it.

use super::{Alignment, nearness};
use crate::{
    claim::{Dimension, Extent, Mention, MentionKind, Quantity},
    evidence::{Feature, Relation, outline::Sentence},
    prose,
    text::Span,
};

/// What a head counts that is like a modifier.
const CROSSED: f32 = 0.9;
/// What the same unit counts where the things measured have other names.
const SAME_UNIT: f32 = 0.7;
/// How like two roles must be, by their likest words, to be one.
const SAME_ROLE: f32 = 0.9;
/// How like two noun phrases are of which one is missing.
const UNSAID: f32 = 0.5;

impl Alignment<'_, '_> {
    /// The features of two mentions, given by their elements.
    pub(super) fn features(&self, (d, a): (usize, &Mention), (s, b): (usize, &Mention), relation: Relation) -> Vec<Feature> {
        let feature = |name, value| Feature { name, value };
        let mut features = Vec::with_capacity(14);
        features.extend([
            feature("topic", self.coverage(Some(d))),
            feature("local", self.local(d, s)),
            feature("mutual", self.mutual(d, s)),
            Feature::flag("slot", self.same_slot(d, s)),
            feature("before", self.before(d, s)),
            feature("after", self.after(d, s)),
            feature("alone", 1.0 / (1.0 + self.others(d, s) as f32)),
            feature("verb", self.verbs(d, s)),
            Feature::flag("one reports", self.one_reports(d, s)),
            feature("company", self.company(d, s)),
        ]);
        match (&a.kind, &b.kind) {
            (MentionKind::Quantity(x), MentionKind::Quantity(y)) => {
                features.push(feature("noun", self.counted(x, y)));
                features.push(Feature::flag("unit", x.unit.is_some()));
                features.push(feature("specific", specific(x)));
                let extent = |q: &Quantity| q.change.map(|c| c.extent);
                features.push(Feature::flag("extent", extent(x).is_some() && extent(x) == extent(y)));
                features.push(feature("magnitude", nearness::magnitude(x, y)));
                features.push(feature("digits", nearness::digits(x, y)));
                features.push(Feature::flag("transposed", nearness::transposed(x, y)));
                features.push(Feature::flag("same digits", nearness::same_digits(x, y)));
                features.push(Feature::flag("same amount", nearness::same_amount(x, y)));
                features.push(Feature::flag("one difference", is_difference(x) != is_difference(y)));
            }
            (MentionKind::Name(x), MentionKind::Name(y)) => {
                let same_role = self.same_role(a, b);
                features.push(Feature::flag("misspelled", relation == Relation::Misspelled));
                features.push(Feature::flag("role", same_role == Some(true)));
                features.push(Feature::flag("other role", same_role == Some(false)));
                features.push(Feature::flag("class", x.class == y.class));
                let (ours, theirs) = (self.draft(), self.source());
                let ours = ours.outline.words_in(&ours.elements()[d]);
                let theirs = theirs.outline.words_in(&theirs.elements()[s]);
                features.push(Feature::flag("shared word", nearness::shared_word(ours, theirs)));
                features.push(feature("letters", nearness::letters(ours, theirs)));
            }
            (MentionKind::Date(x), MentionKind::Date(y)) => {
                features.push(Feature::flag("form", x.form == y.form));
                features.push(feature("make", nearness::make(x, y)));
                features.push(feature("closeness", nearness::closeness(x, y)));
                features.push(feature("year", nearness::year(x, y)));
            }
            _ => {}
        }
        features
    }

    /// How much of what else the draft's sentence names and counts the source's has too, 0 to 1.
    fn company(&self, d: usize, s: usize) -> f32 {
        let others = self.draft().mentions().filter(|(at, _, _)| *at != d);
        let shared = |at: usize| self.here.relations.row(at).iter().enumerate().any(|(t, r)| t != s && *r == Relation::Same);
        let (count, same) = others.fold((0, 0), |(count, same), (at, _, _)| (count + 1, same + usize::from(shared(at))));
        if count > 0 { same as f32 / count as f32 } else { 0.0 }
    }

    /// How many mentions of this sort the source's sentence has that the draft's lacks, besides `s`: none leaves no doubt which is meant.
    fn others(&self, d: usize, s: usize) -> usize {
        let relations = self.here.relations.row(d).iter().enumerate();
        relations.filter(|(t, r)| *t != s && **r == Relation::Differs && !self.matched(*t)).count()
    }

    /// Whether two names have the same role; `None` if one has none.
    pub(super) fn same_role(&self, a: &Mention, b: &Mention) -> Option<bool> {
        let (MentionKind::Name(x), MentionKind::Name(y)) = (&a.kind, &b.kind) else { return None };
        Some(self.nouns(Some(x.role?), Some(y.role?)) >= SAME_ROLE)
    }

    /// How like what two figures count is, 0 to 1. The head of one phrase may be a modifier in the other: "28 points", "a 28-point plan".
    fn counted(&self, x: &Quantity, y: &Quantity) -> f32 {
        // "Tarvik, 63": the bearers decide.
        if let (Some(a), Some(b)) = (bearer(self.draft(), x.entity), bearer(self.source(), y.entity)) {
            return f32::from(u8::from(self.here.relations.at(a, b) == Relation::Same));
        }
        let heads = if self.opposites(x.entity, y.entity) { 1.0 } else { self.nouns(x.entity, y.entity) };
        let crossed = if x.unit.is_none() && y.unit.is_none() {
            let cross = |a: Option<Span>, b: Option<Span>| a.and(b).map_or(0.0, |_| self.nouns(a, b));
            cross(x.entity, y.modifiers).max(cross(x.modifiers, y.entity)) * CROSSED
        } else {
            0.0
        };
        // Hours are hours, whatever they are hours of.
        let measured = match (&x.unit, &y.unit) {
            (Some(a), Some(b)) if a.name == b.name && !matches!(a.dimension, Dimension::Percent | Dimension::Money) => SAME_UNIT,
            _ => 0.0,
        };
        heads.max(crossed).max(measured)
    }

    /// How like two noun phrases are by their words, 0 to 1.
    fn nouns(&self, a: Option<Span>, b: Option<Span>) -> f32 {
        let (Some(a), Some(b)) = (a, b) else { return UNSAID };
        let (ours, theirs) = (self.draft().words_of(a), self.source().words_of(b));
        let ours = ours.iter().filter(|w| !prose::is_stopword(&w.folded));
        ours.flat_map(|x| theirs.iter().map(|y| x.related(y))).fold(0.0, f32::max)
    }
}

/// The name under a noun phrase, as an element.
fn bearer(sentence: &Sentence<'_>, entity: Option<Span>) -> Option<usize> {
    let entity = entity?;
    let mut mentions = sentence.mentions();
    let named = mentions.find(|(_, _, m)| matches!(m.kind, MentionKind::Name(_)) && m.span.overlaps(entity));
    named.map(|(at, _, _)| at)
}

/// Whether a figure is a difference of two: "rose by 5%", "50 minutes later".
fn is_difference(quantity: &Quantity) -> bool {
    quantity.change.is_some_and(|change| change.extent == Extent::By)
}

/// How little chance there is that another figure has the same value: 0 for "six", 1 for "6.86".
fn specific(quantity: &Quantity) -> f32 {
    // Digits beyond the first, of the longer end.
    let beyond = |v: Option<rust_decimal::Decimal>| v.and_then(|v| nearness::significant(v).checked_ilog10()).unwrap_or(0);
    (beyond(quantity.low).max(beyond(quantity.high)).min(2) as f32) / 2.0
}
