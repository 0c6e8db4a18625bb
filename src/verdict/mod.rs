//! Comparison: what the evidence says of each mention.

use std::sync::Arc;

mod age;
mod beside;
mod calendar;
mod decide;
mod derive;
mod fix;
mod message;
mod once;
mod pairwise;
mod period;
mod points;
mod quotation;
mod rank;
mod reason;
mod role;
mod sources;
mod spoken_for;
pub(crate) mod statement;
mod stranger;
mod sum;
mod unclaimed;
mod verbatim;
mod weigh;
mod witness;

pub use beside::{Beside, release};
pub use once::settle;
pub use reason::{PassedOver, Reason, Veto};
pub use role::{LEAST as LEAST_ROLE, Weighed as WeighedRole, weigh as weigh_roles};
pub use sum::{Sum, Term};
pub use weigh::{Candidate, Weighing, weigh};

use crate::{
    claim::{Claim, MentionKind, Reading},
    corpus::Source,
    evidence::{Evidence, Pair, Relation},
    text::Span,
};

/// What the sources say of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// They agree; without findings, there is nothing in it that could be looked up.
    Supported,
    /// They say otherwise.
    Refuted,
    /// Some agree, some do not.
    Conflicting,
    /// They do not say.
    NotEnoughInfo,
}

/// How the draft departs from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mismatch {
    /// Another figure, unit or bound.
    Quantity,
    /// Another date or time.
    Date,
    /// Another name.
    Name,
    /// Another role than the bearer of the name has: the draft's words for it, in bytes.
    Role(Span),
    /// Other words in the quotation.
    Words,
    /// Another speaker.
    Speaker,
    /// The opposite: another polarity, or a predicate that excludes the draft's.
    Statement,
    /// A weekday that the date did not fall on, whatever the sources say.
    Weekday,
    /// Another figure than the draft has elsewhere, whatever the sources say: the other place, in bytes of the draft.
    Itself(Span),
}

/// Whether a source agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It says the same.
    Supports,
    /// It says otherwise.
    Refutes(Mismatch),
}

/// One source's word on one mention.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The source.
    pub source: Arc<Source>,
    /// The sentence (or sentences, for a quotation) to show, in bytes of the source's text: what is shown is exactly this.
    pub quote: Span,
    /// The counterpart, in the same coordinates.
    pub counterpart: Span,
    /// What it says.
    pub stance: Stance,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// What the sources say of one mention of the draft.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The index of the mention.
    pub mention: u32,
    /// What they say.
    pub label: Label,
    /// In which way the draft departs, if refuted or conflicting; [`Mismatch::Weekday`] and
    /// [`Mismatch::Itself`] with any label but refuted.
    pub mismatch: Option<Mismatch>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// One or two short lines for the writer, unless supported: what the sources say.
    pub message: Option<String>,
    /// What to write instead and where, in bytes of the draft, when one answer is certain.
    pub fix: Option<(Span, String)>,
    /// The sources' words, best first.
    pub findings: Vec<Finding>,
    /// Where the sources do not say: the passage that comes nearest to the draft's sentence, if one is near.
    pub nearest: Option<Nearest>,
    /// The addresses of the sources that have a word on it, those too of which no finding is kept; in order.
    pub(crate) heard: Arc<[usize]>,
    /// What decided.
    pub reason: Reason,
}

/// A passage that speaks of what the draft speaks of, and does not say it.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The source.
    pub source: Arc<Source>,
    /// The sentence, in bytes of the source's text.
    pub quote: Span,
    /// How much of the draft's sentence it speaks of, 0 to 1.
    pub score: f32,
}

impl Verdict {
    /// A verdict that rests on nothing and tells nothing yet.
    pub(crate) fn new(mention: u32, label: Label, confidence: f32, reason: Reason) -> Self {
        Self {
            mention,
            label,
            mismatch: None,
            confidence,
            message: None,
            fix: None,
            findings: Vec::new(),
            nearest: None,
            heard: Arc::default(),
            reason,
        }
    }

    /// The words of the draft that it is about: the mention, or a role beside it. In bytes; empty if the draft has no such mention.
    #[must_use]
    pub fn span(&self, draft: &Reading) -> Span {
        match self.mismatch {
            Some(Mismatch::Role(words)) => words,
            _ => draft.mentions.get(self.mention as usize).map_or(Span { start: 0, end: 0 }, |m| m.span),
        }
    }

    /// Says no longer that the sources say otherwise.
    fn take_back(&mut self, reason: Reason) {
        (self.label, self.reason) = (Label::NotEnoughInfo, reason);
        (self.mismatch, self.fix) = (None, None);
        self.message = Some("The sources do not say.".to_owned());
        self.findings.clear();
    }
}

/// The addresses of the sources that have a word on the mention of a verdict: those of its findings, and all that agree with the draft.
fn heard(draft: &Reading, verdict: &Verdict, evidence: &[Evidence]) -> Arc<[usize]> {
    let least = pairwise::enough(&draft.mentions[verdict.mention as usize].kind, 0.0);
    let agrees = |p: &Pair| p.draft == verdict.mention && p.relation == Relation::Same && p.score >= least;
    let agreeing = evidence.iter().filter(|e| e.pairs.iter().any(agrees)).map(|e| &e.passage.source);
    let found = verdict.findings.iter().map(|f| &f.source).filter(|_| verdict.label != Label::NotEnoughInfo);
    let mut sources: Vec<usize> = agreeing.chain(found).map(|source| Arc::as_ptr(source).addr()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.into()
}

/// The least share of a claim that a passage must speak of to be shown where the sources do not say.
const NEAR: f32 = 0.4;

/// The passage that comes nearest to a claim, if one is near.
fn nearest(evidence: &[Evidence]) -> Option<Nearest> {
    let best = evidence.iter().max_by(|a, b| a.score.total_cmp(&b.score)).filter(|e| e.score >= NEAR)?;
    let prose = &best.passage.source.reading.prose;
    let quote = prose.words(best.passage.sentences.start as usize);
    Some(Nearest { source: best.passage.source.clone(), quote, score: best.score })
}

/// Judges every mention of a claim, in order; of its statements those alone that the sources contradict.
#[must_use]
pub fn judge(draft: &Reading, claim: &Claim, evidence: &[Evidence]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = claim
        .mentions
        .iter()
        .filter_map(|&mention| match draft.mentions[mention as usize].kind {
            MentionKind::Statement(_) => None,
            MentionKind::Quotation(_) => Some(quotation::judge(draft, mention, evidence)),
            _ => {
                let found = pairwise::judge(draft, mention, evidence);
                let open = matches!(found.label, Label::Supported | Label::NotEnoughInfo);
                let unsaid = found.label == Label::NotEnoughInfo;
                let other = || if unsaid { period::judge(draft, mention, evidence) } else { None };
                // A source that has it as the draft does is right.
                let said = found.reason == Reason::Agrees && !found.findings.is_empty();
                let points = || if said { None } else { points::judge(draft, mention, evidence) };
                Some(open.then(|| age::judge(draft, mention, evidence).or_else(points).or_else(other)).flatten().unwrap_or(found))
            }
        })
        .collect();
    calendar::mark(draft, &mut verdicts);
    role::add(draft, claim, evidence, &mut verdicts);
    statement::add(draft, claim, evidence, &mut verdicts);
    // One mistake is told once: the quotation already says who else said it.
    let told: Vec<(Span, Option<String>)> = verdicts
        .iter()
        .filter(|v| v.mismatch == Some(Mismatch::Speaker))
        .filter_map(|v| v.fix.as_ref().map(|(span, _)| (*span, v.message.clone())))
        .collect();
    for verdict in verdicts.iter_mut().filter(|v| v.label == Label::Refuted && v.mismatch == Some(Mismatch::Name)) {
        let span = draft.mentions[verdict.mention as usize].span;
        if let Some((_, message)) = told.iter().find(|(speaker, _)| speaker.overlaps(span)) {
            *verdict = Verdict {
                label: Label::NotEnoughInfo,
                mismatch: None,
                message: message.clone(),
                fix: None,
                findings: Vec::new(),
                reason: Reason::ToldOnce,
                ..verdict.clone()
            };
        }
    }
    let one = evidence.first().filter(|e| evidence.iter().all(|o| Arc::ptr_eq(&o.passage.source, &e.passage.source)));
    if one.is_some() {
        for verdict in &mut verdicts {
            let message = verdict.message.as_deref().and_then(message::of_one_source);
            verdict.message = message.or(verdict.message.take());
        }
    }
    for verdict in verdicts.iter_mut().filter(|v| v.label == Label::NotEnoughInfo && v.findings.is_empty()) {
        verdict.nearest = nearest(evidence);
    }
    for verdict in &mut verdicts {
        verdict.heard = heard(draft, verdict, evidence);
    }
    for (_, words) in verdicts.iter_mut().filter_map(|v| v.fix.as_mut()) {
        *words = draft.prose.document.format.written(words).into_owned();
    }
    verdicts
}
