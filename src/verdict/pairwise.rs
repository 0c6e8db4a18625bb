//! Judges a quantity, a date or a name by the mentions that stand in its place.

use std::sync::Arc;

use super::{
    Finding, Label, Mismatch, Reason, Stance, Verdict, Veto, decide, derive, fix, message, sources,
    sources::{Dispute, Ruling},
    unclaimed, verbatim,
    witness::{Witness, Witnesses, is_ranked, veto},
};
use crate::{
    claim::{Form, Mention, MentionKind, Reading},
    corpus::Source,
    evidence::{Evidence, Pair, Relation},
    prose,
};

/// Findings kept for one stance.
const SHOWN: usize = 3;
/// The least alignment at which a source's mention that agrees makes a mention supported.
const SUPPORTS: f32 = 0.3;
/// The same for a name, which two texts seldom share by chance.
const SUPPORTS_NAME: f32 = 0.15;
/// How much less is enough where nothing stands in its place that differs: then it is known to the sources, in other words.
const UNOPPOSED: f32 = 1.0 / 3.0;
/// The probability of being wrong below which nothing does.
const OPPOSED: f32 = 0.25;
/// The least alignment at which what differs is shown beside a better witness, or as another source's word.
pub(super) const CLEAR: f32 = 0.7;
/// Most that a conflict's confidence can be: which of two sources is right is never sure.
const CONFLICT: f32 = 0.95;
/// How much worse aligned a newer source may be than an older one with which it disagrees.
const NEWER: f32 = 0.1;
/// The least probability at which a mention is called refuted. A false alarm costs more than a miss, but what the sources' sentences make
/// likely and a reader can check at a glance is worth showing. Chosen on drafts of which each was left out of the fitting in turn, where below
/// these about every second finding is right; what another mention of the draft agrees with is taken back later (`spoken_for`).
pub(super) fn least(kind: &MentionKind) -> f32 {
    match kind {
        MentionKind::Quantity(_) => 0.5,
        MentionKind::Date(_) => 0.4,
        _ => 0.5,
    }
}

/// The least alignment at which what agrees makes a mention supported that is wrong with this probability.
pub(super) fn enough(kind: &MentionKind, wrong: f32) -> f32 {
    let clearly = if matches!(kind, MentionKind::Name(_)) { SUPPORTS_NAME } else { SUPPORTS };
    if wrong < OPPOSED { clearly * UNOPPOSED } else { clearly }
}

/// Judges a quantity, a date or a name by the mentions that stand in its place.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Verdict {
    let mention = &draft.mentions[index as usize];
    let mut witnesses = Witnesses::of(draft, index, evidence);
    let best = |w: &[Witness<'_>]| w.first().map_or(0.0, |w| w.pair.score);
    let ranked = is_ranked(mention);
    let veto = veto(draft, mention, &witnesses, evidence);
    let decided = if veto.is_none() { witnesses.decide(draft, mention) } else { None };
    let wrong = decided.map_or(0.0, |(_, probability)| probability);
    witnesses.take_finer(mention);
    let Witnesses { agree, mut differ, mut finer } = witnesses;
    if let Some((loudest, _)) = decided {
        // Of two versions of a story the newer one is shown.
        let (score, day) = (differ[loudest].pair.score, differ[loudest].published());
        let newer =
            |w: &Witness<'_>| w.published() > day && day.is_some() && w.pair.score >= score - NEWER && w.pair.score >= CLEAR;
        let loudest = differ.iter().position(newer).unwrap_or(loudest);
        differ[..=loudest].rotate_right(1);
    }
    let yes = best(&agree);
    let mismatch = match mention.kind {
        MentionKind::Quantity(_) => Mismatch::Quantity,
        MentionKind::Date(_) => Mismatch::Date,
        _ => Mismatch::Name,
    };
    let (clearly, supported) = (enough(&mention.kind, 1.0), enough(&mention.kind, wrong));
    let supports = |w: &[Witness<'_>]| -> Vec<Finding> {
        w.iter().filter(|w| w.pair.score >= supported).take(SHOWN).map(|w| w.finding(Stance::Supports)).collect()
    };
    let refutes = |w: &[Witness<'_>]| -> Vec<Finding> {
        // The loudest, and whoever says clearly the same as it.
        let said = w.first().map(Witness::words);
        let others = w.iter().skip(1).filter(|w| w.pair.score >= CLEAR && Some(w.words()) == said);
        w.iter().take(1).chain(others).take(SHOWN).map(|w| w.finding(Stance::Refutes(mismatch))).collect()
    };
    let refuted = wrong >= least(&mention.kind);
    let derived = (refuted || best(&agree) < supported).then(|| derive::derive(draft, mention, evidence, refuted)).flatten();
    if let Some(derived) = derived.as_ref().filter(|d| d.is_certain) {
        return derive::verdict(index, derived.findings(evidence));
    }
    // What keeps it from being refuted, though what differs would do.
    let mut saved = derived.is_some().then_some(Reason::MayFollow).filter(|_| refuted);
    let refuted = refuted && derived.is_none();
    // How sure a source, heard alone, is that the draft is wrong.
    let contradicts = |source: &Arc<Source>| {
        let own = |w: &&Witness<'_>| Arc::ptr_eq(w.source(), source);
        let differs: Vec<(&Pair, String)> = differ.iter().filter(own).map(|w| (w.pair, w.words())).collect();
        let of = |relation: Relation| agree.iter().chain(&finer).filter(own).map(|w| w.pair).find(|p| p.relation == relation);
        let words = prose::fold(mention.span.of(&draft.prose.document.text));
        let (agrees, finer) = (of(Relation::Same), of(Relation::Compatible));
        if verbatim::is(draft, mention, agrees, &[]) {
            return 0.0;
        }
        let case = decide::Case { words, kind: &mention.kind, differs, agrees, finer };
        case.decide().map_or(0.0, |(_, probability)| probability)
    };
    let ruling = if matches!(veto, Some(Veto::Doubtful | Veto::Apparatus)) || ranked {
        Ruling::Stands
    } else {
        sources::rule(draft, mention, &agree, &differ, refuted.then_some(wrong), &contradicts)
    };
    if let Ruling::Disputed { dispute, agrees, differs } = ruling {
        let (ours, theirs) = (&agree[agrees], &differ[differs]);
        let outdated = dispute != Dispute::Open;
        let sides = [theirs.finding(Stance::Refutes(mismatch)), ours.finding(Stance::Supports)];
        let mut findings = Vec::from(sides);
        if !outdated {
            findings.reverse();
        }
        let source = &theirs.source().reading;
        let label = if outdated { Label::Refuted } else { Label::Conflicting };
        let confidence = if refuted { wrong } else { theirs.pair.score.min(CONFLICT) };
        let reason = match dispute {
            Dispute::Grown => Reason::Grown,
            Dispute::Revised => Reason::Revised,
            Dispute::None | Dispute::Open => Reason::Disputed,
        };
        return Verdict {
            mismatch: Some(mismatch),
            message: Some(message::dispute(dispute, (ours.mention(), ours.source()), (theirs.mention(), theirs.source()))),
            fix: outdated.then(|| fix::fix(draft, mention, source, theirs.mention())).flatten(),
            findings,
            ..Verdict::new(index, label, confidence, reason)
        };
    }
    if refuted && matches!(ruling, Ruling::Right) {
        saved = Some(Reason::Newer);
    } else if refuted {
        let first = &differ[0];
        // "The only survivor" is held against "one of two survivors".
        let count = |m: &Mention| matches!(&m.kind, MentionKind::Quantity(q) if q.form == Form::Cardinal);
        let source = &first.source().reading;
        let says = if ranked && count(first.mention()) {
            message::says_one_of
        } else if !ranked && message::reads_alike((draft, mention), (source, first.mention())) {
            message::says_around
        } else {
            message::says
        };
        let other = sources::another(&differ, &contradicts).filter(|_| !ranked);
        let message = match other {
            Some(other) => message::neither((first.mention(), first.source()), (other.mention(), other.source())),
            None => says(first.mention(), source),
        };
        let mut findings = refutes(&differ);
        findings.extend(other.map(|w| w.finding(Stance::Refutes(mismatch))));
        return Verdict {
            mismatch: Some(mismatch),
            message: Some(message),
            fix: other.is_none().then(|| fix::fix(draft, mention, source, first.mention())).flatten(),
            findings,
            ..Verdict::new(index, Label::Refuted, wrong, Reason::Differs)
        };
    }
    if best(&agree) >= supported {
        return Verdict {
            findings: supports(&agree),
            ..Verdict::new(index, Label::Supported, yes, saved.unwrap_or(Reason::Agrees))
        };
    }
    finer.retain(|w| w.pair.score >= clearly);
    if finer.is_empty() && wrong < OPPOSED && unclaimed::points(draft, mention) || veto == Some(Veto::Apparatus) {
        return Verdict::new(index, Label::Supported, 1.0 - wrong, Reason::Unclaimed);
    }
    let reason = saved.unwrap_or(if finer.is_empty() { Reason::Unsure } else { Reason::Coarser });
    let message = match finer.first() {
        Some(w) => message::only(w.mention(), &w.evidence.passage.source.reading),
        None => "The sources do not say.".to_owned(),
    };
    Verdict {
        message: Some(message),
        findings: supports(&finer),
        ..Verdict::new(index, Label::NotEnoughInfo, 1.0 - yes.max(wrong), reason)
    }
}
