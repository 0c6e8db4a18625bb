//! What a quantity, a date or a name was decided by, spread out for a reader: the same witnesses and sums by which [`super::judge`] decides.

use std::sync::Arc;

use super::{
    PassedOver, Sum, Veto, decide,
    pairwise::{enough, least},
    witness::{Witness, Witnesses, is_ranked, veto},
};
use crate::{
    claim::{Mention, MentionKind, Reading},
    corpus::Source,
    evidence::{Evidence, Pair},
};

/// A mention with what the sources have in its place.
#[derive(Clone, Debug)]
pub struct Weighing<'e> {
    /// Why nothing is held against it at all, if so.
    pub veto: Option<Veto>,
    /// What differs, best aligned first.
    pub differs: Vec<Candidate<'e>>,
    /// The index of what speaks loudest against it, and the probability that it is wrong.
    pub loudest: Option<(usize, f32)>,
    /// The least probability at which it is called refuted.
    pub least: f32,
    /// What agrees best, or at least says no other thing.
    pub agrees: Option<Candidate<'e>>,
    /// The least alignment at which what agrees makes it supported.
    pub enough: f32,
}

/// A source's mention in the place of the draft's.
#[derive(Clone, Debug)]
pub struct Candidate<'e> {
    /// Where it stands.
    pub evidence: &'e Evidence,
    /// How it is aligned.
    pub pair: &'e Pair,
    /// What speaks against the draft's mention from here, added up; `None` for what agrees, and for superlatives, which go by a rule.
    pub sum: Option<Sum>,
    /// Why it is not heard, if it is not.
    pub passed_over: Option<PassedOver>,
}

impl<'e> Candidate<'e> {
    fn agreeing(witness: &Witness<'e>) -> Self {
        Self { evidence: witness.evidence, pair: witness.pair, sum: None, passed_over: None }
    }

    /// The source.
    #[must_use]
    pub fn source(&self) -> &'e Arc<Source> {
        &self.evidence.passage.source
    }

    /// The source's mention.
    #[must_use]
    pub fn mention(&self) -> &'e Mention {
        &self.source().reading.mentions[self.pair.source as usize]
    }
}

/// Weighs a mention, if it is of a kind that is decided by what stands in its place.
#[must_use]
pub fn weigh<'e>(draft: &Reading, index: u32, evidence: &'e [Evidence]) -> Option<Weighing<'e>> {
    let mention = &draft.mentions[index as usize];
    if !matches!(mention.kind, MentionKind::Quantity(_) | MentionKind::Date(_) | MentionKind::Name(_)) {
        return None;
    }
    let mut witnesses = Witnesses::of(draft, index, evidence);
    let veto = veto(draft, mention, &witnesses, evidence);
    let loudest = if veto.is_none() { witnesses.decide(draft, mention) } else { None };
    let (case, ranked) = (witnesses.case(draft, mention), is_ranked(mention));
    let candidate = |(i, witness): (usize, &Witness<'e>)| Candidate {
        sum: (!ranked).then(|| case.sum(i)),
        passed_over: if ranked { None } else { case.passed_over(i) },
        ..Candidate::agreeing(witness)
    };
    let differs = witnesses.differ.iter().take(decide::CANDIDATES).enumerate().map(candidate).collect();
    witnesses.take_finer(mention);
    Some(Weighing {
        veto,
        differs,
        loudest,
        least: least(&mention.kind),
        agrees: witnesses.agree.first().or(witnesses.finer.first()).map(Candidate::agreeing),
        enough: enough(&mention.kind, loudest.map_or(0.0, |(_, probability)| probability)),
    })
}
