//! Reversed statements: the draft affirms what a source denies, or has the word that excludes the source's.
//!
//! A statement is held against those of the sentences that speak of the same thing. The words around the two predicates are matched, both
//! ways; what agrees anywhere in these sources speaks for the draft.

mod place;

use std::sync::Arc;

use super::{Finding, Label, Mismatch, Reason, Stance, Sum, Verdict};
use crate::{
    claim::{Claim, Kinship, MentionKind, Mode, Predicate, Reading, Statement, kinship},
    corpus::Source,
    evidence::{Evidence, Feature, mentions_of, sources_of},
    prose,
    text::{Span, single_spaced},
};
use place::Place;

/// The least sum of the weighted features at which a statement is called contradicted.
pub(crate) const LEAST: f32 = -0.4;
/// How much better what differs must be placed than what agrees.
pub(crate) const MARGIN: f32 = 1.0;

/// What each feature counts.
const WEIGHTS: [(&str, f32); 9] = [
    ("topic", 4.0),
    ("local", 4.0),
    ("mutual", 4.0),
    ("left", 1.5),
    ("right", 1.5),
    ("beside", 1.0),
    ("quoted", -2.0),
    ("mode", -3.0),
    ("other sort", -1.0),
];
/// What is counted from the start.
const BIAS: f32 = -9.0;

/// Words between two mentions that one mistake makes wrong.
const CLOSE: usize = 3;
/// How much of what stands on either side of a preposition must stand there in the source.
const RELATA: f32 = 0.6;

/// A statement of the draft with the one of a source that speaks loudest against it, and for it.
pub(crate) struct Weighed<'e> {
    /// The index of the draft's mention.
    pub(crate) mention: u32,
    /// What speaks against it.
    pub(crate) against: Counterpart<'e>,
    /// The score of what speaks for it, in any sentence of these sources.
    pub(crate) agrees: Option<f32>,
}

/// A statement of a source, in the place of the draft's.
pub(crate) struct Counterpart<'e> {
    pub(crate) source: &'e Arc<Source>,
    /// The index of its mention in the source.
    pub(crate) mention: usize,
    /// The sum of its weighted features.
    pub(crate) score: f32,
    /// Why.
    pub(crate) sum: Sum,
}

impl Counterpart<'_> {
    /// Its words.
    pub(crate) fn words(&self) -> &str {
        let reading = &self.source.reading;
        reading.mentions[self.mention].span.of(&reading.prose.document.text)
    }
}

impl Weighed<'_> {
    /// Whether the sources contradict the statement.
    pub(crate) fn is_refuted(&self) -> bool {
        self.against.score >= LEAST && self.agrees.is_none_or(|a| a < self.against.score - MARGIN)
    }

    /// How sure that is, 0 to 1.
    fn confidence(&self) -> f32 {
        (1.0 / (1.0 + (-1.0 - self.against.score).exp())).clamp(0.5, 0.98)
    }
}

/// Adds the verdicts on those statements of a claim that the sources contradict. One mistake is told once: "rose 8 percent" for "fell 8
/// percent" by the figure, "made arrests" for "made no arrests" by the verb.
pub(super) fn add(draft: &Reading, claim: &Claim, evidence: &[Evidence], verdicts: &mut Vec<Verdict>) {
    let mut last: Option<Verdict> = None;
    for weighed in weigh(draft, claim, evidence).iter().filter(|w| w.is_refuted()) {
        let next = verdict(draft, weighed);
        let same = |v: &Verdict| {
            let quotes = |v: &Verdict| v.findings.first().map(|f| (Arc::as_ptr(&f.source), f.quote));
            v.label == Label::Refuted && quotes(v) == quotes(&next) && are_close(draft, v.mention, next.mention)
        };
        if !verdicts.iter().any(|v| v.mismatch == Some(Mismatch::Quantity) && same(v)) && !last.as_ref().is_some_and(same) {
            verdicts.extend(last.replace(next));
        }
    }
    verdicts.extend(last);
    verdicts.sort_by_key(|v| v.mention);
}

/// Whether two mentions of a sentence are so close that one mistake makes both wrong.
fn are_close(draft: &Reading, a: u32, b: u32) -> bool {
    let (a, b) = (draft.mentions[a as usize].span, draft.mentions[b as usize].span);
    let (from, to) = (a.end.min(b.end), a.start.max(b.start));
    from >= to || draft.prose.document.text[from as usize..to as usize].split_whitespace().count() <= CLOSE
}

/// Weighs each statement of a claim that something speaks against.
pub(crate) fn weigh<'e>(draft: &Reading, claim: &Claim, evidence: &'e [Evidence]) -> Vec<Weighed<'e>> {
    let ours = |m: u32| match draft.mentions[m as usize].kind {
        MentionKind::Statement(s) if !draft.mentions[m as usize].quoted && s.mode != Mode::Open => Some((m, s)),
        _ => None,
    };
    let ours: Vec<(u32, Statement)> = claim.mentions.iter().filter_map(|&m| ours(m)).collect();
    if ours.is_empty() {
        return Vec::new();
    }
    let here = Place::new(draft, claim.sentence as usize);
    let there: Vec<(&Evidence, Place<'_>)> = evidence
        .iter()
        .map(|e| (e, &e.passage.source.reading, e.passage.sentences.start as usize))
        .filter(|(_, reading, sentence)| ours.iter().any(|(_, s)| has_kin(&here, *s, reading, *sentence)))
        .map(|(e, reading, sentence)| (e, Place::new(reading, sentence)))
        .collect();
    let mut out = Vec::new();
    for (mention, statement) in ours {
        let mut against: Option<Counterpart<'e>> = None;
        for (e, place) in &there {
            for s in mentions_of(place.reading, place.sentence) {
                let Some(features) = compare(&here, statement, place, s, Relation::Differs) else { continue };
                let sum = sum(&features);
                let score = sum.total();
                if against.as_ref().is_none_or(|a| score > a.score) {
                    against = Some(Counterpart { source: &e.passage.source, mention: s, score, sum });
                }
            }
        }
        let Some(against) = against else { continue };
        let agrees = there.iter().filter_map(|(_, place)| agreement(&here, statement, place)).reduce(f32::max);
        let mut weighed = Weighed { mention, against, agrees };
        if weighed.is_refuted() {
            weighed.agrees = elsewhere(&here, statement, evidence).into_iter().chain(weighed.agrees).reduce(f32::max);
        }
        out.push(weighed);
    }
    out
}

/// The best score of what agrees in any sentence of these sources.
fn elsewhere(here: &Place<'_>, statement: Statement, evidence: &[Evidence]) -> Option<f32> {
    let all = sources_of(evidence).flat_map(|(_, source)| {
        let reading = &source.reading;
        (0..reading.prose.sentences.len()).map(move |sentence| (reading, sentence))
    });
    all.filter(|(reading, sentence)| has_kin(here, statement, reading, *sentence))
        .filter_map(|(reading, sentence)| agreement(here, statement, &Place::new(reading, sentence)))
        .reduce(f32::max)
}

/// The best score of what agrees in a sentence of a source.
fn agreement(here: &Place<'_>, statement: Statement, there: &Place<'_>) -> Option<f32> {
    let agreeing =
        mentions_of(there.reading, there.sentence).filter_map(|s| compare(here, statement, there, s, Relation::Agrees));
    agreeing.map(|features| sum(&features).total()).reduce(f32::max)
}

/// Whether a sentence has a statement that may agree with the draft's or differ: most have none, and need not be taken apart.
fn has_kin(here: &Place<'_>, ours: Statement, reading: &Reading, sentence: usize) -> bool {
    let Some(word) = here.word(ours.head) else { return false };
    mentions_of(reading, sentence).any(|s| {
        let MentionKind::Statement(theirs) = reading.mentions[s].kind else { return false };
        let other = prose::fold(reading.prose.str(theirs.head));
        kinship((word, ours.sort), (&other, theirs.sort)) != Kinship::Unrelated
    })
}

/// Whether a source's statement says what the draft's says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Agrees,
    Differs,
}

/// The reasons that a source's mention stands in the place of a statement of the draft, if it stands to it as `wanted`.
fn compare(here: &Place<'_>, ours: Statement, there: &Place<'_>, s: usize, wanted: Relation) -> Option<Vec<Feature>> {
    let mention = &there.reading.mentions[s];
    let MentionKind::Statement(theirs) = mention.kind else { return None };
    let kin = kinship((here.word(ours.head)?, ours.sort), (there.word(theirs.head)?, theirs.sort));
    let relation = match (kin, ours.denied == theirs.denied) {
        (Kinship::Same | Kinship::Alike, true) | (Kinship::Opposed, false) => Relation::Agrees,
        (Kinship::Same, false) | (Kinship::Opposed, true) => Relation::Differs,
        (Kinship::Alike, false) | (Kinship::Unrelated, _) => return None,
    };
    if relation != wanted {
        return None;
    }
    // "Did not rise" and "did not fall" may both be true.
    if relation == Relation::Differs && (theirs.mode == Mode::Open || kin == Kinship::Opposed && ours.denied) {
        return None;
    }
    // What is so does not face what happens: "raised levels", "raised the levels".
    let attributes = [ours.sort, theirs.sort].iter().filter(|s| **s == Predicate::Attribute).count();
    if relation == Relation::Differs && attributes == 1 {
        return None;
    }
    // Of 48 schools 12 may fail and 36 pass.
    if kin == Kinship::Opposed && relation == Relation::Differs && here.count(ours.head) != there.count(theirs.head) {
        return None;
    }
    let both = ours.sort == Predicate::Relation && theirs.sort == Predicate::Relation;
    let mut features = here.beside(ours.head, there, theirs.head, both)?;
    let side = |name| Feature::value_of(&features, name);
    if relation == Relation::Differs && both && (side("left") < RELATA || side("right") < RELATA) {
        return None;
    }
    let flag = |name, is: bool| Feature { name, value: f32::from(u8::from(is)) };
    features.push(flag("quoted", mention.quoted));
    features.push(flag("mode", ours.mode != theirs.mode));
    features.push(flag("other sort", (ours.sort == Predicate::Noun) != (theirs.sort == Predicate::Noun)));
    Some(features)
}

fn sum(features: &[Feature]) -> Sum {
    Sum::of(BIAS, &WEIGHTS, features)
}

fn verdict(draft: &Reading, weighed: &Weighed<'_>) -> Verdict {
    let against = &weighed.against;
    let reading = &against.source.reading;
    let mention = &reading.mentions[against.mention];
    let confidence = weighed.confidence();
    Verdict {
        mismatch: Some(Mismatch::Statement),
        message: Some(format!("The sources say the opposite: “{}”.", single_spaced(against.words()))),
        fix: fix(draft, weighed),
        findings: vec![Finding {
            source: against.source.clone(),
            quote: reading.prose.words(mention.sentence as usize).cover(mention.span),
            counterpart: mention.span,
            stance: Stance::Refutes(Mismatch::Statement),
            confidence,
        }],
        ..Verdict::new(weighed.mention, Label::Refuted, confidence, Reason::Statement)
    }
}

/// The source's word for the draft's, where neither is inflected: "after" for "before".
fn fix(draft: &Reading, weighed: &Weighed<'_>) -> Option<(Span, String)> {
    let MentionKind::Statement(ours) = draft.mentions[weighed.mention as usize].kind else { return None };
    let reading = &weighed.against.source.reading;
    let MentionKind::Statement(theirs) = reading.mentions[weighed.against.mention].kind else { return None };
    let plain = |s: &Statement| s.sort == Predicate::Relation && !s.denied;
    let word = theirs.head.of(&reading.prose.document.text);
    let lower = word.chars().all(char::is_lowercase);
    (plain(&ours) && plain(&theirs) && lower).then(|| (ours.head, word.to_owned()))
}
