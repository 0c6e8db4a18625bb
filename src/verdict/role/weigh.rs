//! What speaks for a draft's role and a source's excluding each other: features with names, and their weights.

use super::{
    super::sum::Sum,
    held::{Held, Told},
};
use crate::{
    claim::{self, NounRelation, RoleForm},
    evidence::{Evidence, Feature, meaning},
};

const BIAS: f32 = -1.4;
const WEIGHTS: [(&str, f32); 15] = [
    ("class", 2.6),
    ("kin", 1.2),
    ("modifier", 2.6),
    ("owner", 1.4),
    ("context", 1.6),
    ("akin", 0.0),
    ("beside", 0.9),
    ("elsewhere", 0.9),
    ("absent", 0.6),
    ("told", -1.2),
    ("crowd", -0.8),
    ("passage", 1.4),
    ("described", -0.8),
    ("tense", -1.0),
    ("verb", -0.3),
];

/// What speaks against a role with these features, added up.
pub(super) fn sum(features: &[Feature]) -> Sum {
    Sum::of(BIAS, &WEIGHTS, features)
}

/// The features of a draft's role beside a source's; nothing where the two do not exclude each other.
pub(super) fn features(
    ours: &Told<'_>,
    theirs: &Told<'_>,
    held: &Held<'_>,
    mine: &[Told<'_>],
    evidence: &[Evidence],
) -> Option<Vec<Feature>> {
    if ours.is_kin() != theirs.is_kin() || theirs.role.listed {
        return None;
    }
    let owner = ours.same_owner(theirs);
    if ours.is_kin() && owner == Some(false) {
        return None;
    }
    let excludes = matches!((&ours.office, &theirs.office), (Some(a), Some(b)) if a.excludes(b));
    let other_word = other_modifier(ours, theirs, held);
    if !excludes && !other_word && (ours.goes_with(theirs) || theirs.is_loose() || ours.is_loose() || ours.is_title()) {
        return None;
    }
    let one_tense = ours.past() == theirs.past();
    // Who was one thing may be another now.
    if excludes && ours.is_post() && !one_tense {
        return None;
    }
    let is = |name, yes: bool| Feature { name, value: f32::from(u8::from(yes)) };
    let shared = ours.context.intersection(&theirs.context).count();
    let reading = theirs.reading;
    let passage = evidence.iter().filter(|e| {
        std::ptr::eq(&raw const *e.passage.source.reading.prose, &raw const *reading.prose)
            && e.passage.sentences.contains(&theirs.role.sentence)
    });
    let passage = passage.map(|e| e.score).fold(0.0, f32::max);
    let mut heads: Vec<&str> = held.roles.iter().map(|(_, r)| r.head.as_str()).filter(|h| !claim::is_loose_role(h)).collect();
    heads.sort_unstable();
    heads.dedup();
    let described = |t: &Told<'_>| t.role.form == RoleForm::Described;
    Some(vec![
        is("class", excludes),
        is("kin", ours.is_kin()),
        is("modifier", other_word),
        is("owner", owner == Some(true)),
        is("context", shared > 0),
        Feature { name: "akin", value: meaning::similarity(&ours.head, &theirs.head).unwrap_or(0.0) },
        is("beside", claim::compare_roles(&ours.head, &theirs.head) == NounRelation::Near),
        is("elsewhere", held.others.contains(ours.key())),
        is("absent", !held.has(&ours.head)),
        is("told", mine.iter().any(|m| m.role.head != ours.role.head && m.goes_with(theirs))),
        Feature { name: "crowd", value: heads.len().saturating_sub(1).min(4) as f32 / 2.0 },
        Feature { name: "passage", value: passage },
        is("described", described(ours) || described(theirs)),
        is("tense", !one_tense && (ours.is_post() || theirs.is_post())),
        is("verb", ours.role.form == RoleForm::Verb || theirs.role.form == RoleForm::Verb),
    ])
}

/// How near two words may be in meaning that say which role it is and still exclude each other.
const AKIN: f32 = 0.5;

/// Whether one noun has another word before it in the draft that the sources do not have near the name: "fire chief", "police chief".
fn other_modifier(ours: &Told<'_>, theirs: &Told<'_>, held: &Held<'_>) -> bool {
    if ours.is_kin() || !ours.goes_with(theirs) {
        return false;
    }
    let Some((a, b)) = ours.differing(theirs) else { return false };
    let groups = ["men", "women", "boys", "girls"];
    if groups.contains(&a.low.as_str()) && groups.contains(&b.low.as_str()) {
        return true;
    }
    let known = meaning::vector(&a.low).is_some() && meaning::vector(&b.low).is_some();
    known && meaning::similarity(&a.low, &b.low).unwrap_or(0.0) < AKIN && !held.says(&a.stem)
}
