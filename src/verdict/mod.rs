//! Comparison: what the evidence says of each mention.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;

mod age;
mod calendar;
mod decide;
mod derive;
mod fix;
mod message;
mod once;
mod period;
mod quotation;
mod rank;
mod reason;
mod role;
mod sources;
pub(crate) mod statement;
mod sum;
mod unclaimed;
mod verbatim;
mod weigh;

pub use once::settle;
pub use reason::{PassedOver, Reason, Veto};
pub use role::{LEAST as LEAST_ROLE, Weighed as WeighedRole, weigh as weigh_roles};
pub use sum::{Sum, Term};
pub use weigh::{Candidate, Weighing, weigh};

use sources::{Dispute, Ruling};

use crate::{
    claim::{Claim, Form, Mention, MentionKind, Reading, lies_in},
    corpus::Source,
    evidence::{Evidence, Pair, Relation},
    prose,
    text::Span,
};

/// Findings kept for one stance.
const SHOWN: usize = 3;

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
    /// In which way the draft departs, if refuted or conflicting; [`Mismatch::Weekday`] with any label but refuted.
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
    /// The words of the draft that it is about: the mention, or a role beside it. In bytes; empty if the draft has no such mention.
    #[must_use]
    pub fn span(&self, draft: &Reading) -> Span {
        match self.mismatch {
            Some(Mismatch::Role(words)) => words,
            _ => draft.mentions.get(self.mention as usize).map_or(Span { start: 0, end: 0 }, |m| m.span),
        }
    }
}

/// The least alignment at which a source's mention that agrees makes a mention supported.
const SUPPORTS: f32 = 0.3;
/// The same for a name, which two texts seldom share by chance.
const SUPPORTS_NAME: f32 = 0.15;
/// How much less is enough where nothing stands in its place that differs: then it is known to the sources, in other words.
const UNOPPOSED: f32 = 1.0 / 3.0;
/// The probability of being wrong below which nothing does.
const OPPOSED: f32 = 0.25;
/// The least alignment at which what differs is shown beside a better witness, or as another source's word.
const CLEAR: f32 = 0.7;
/// Most that a conflict's confidence can be: which of two sources is right is never sure.
const CONFLICT: f32 = 0.95;
/// How much worse aligned a newer source may be than an older one with which it disagrees.
const NEWER: f32 = 0.1;
/// The least probability at which a mention is called refuted. A false alarm costs more than a miss, but what the sources' sentences make
/// likely and a reader can check at a glance is worth showing. Chosen by cross-validation, where six of seven findings are right;
/// a figure needs more, since two figures meet by chance more often than two dates.
fn least(kind: &MentionKind) -> f32 {
    match kind {
        MentionKind::Quantity(_) => 0.65,
        MentionKind::Date(_) => 0.48,
        _ => 0.6,
    }
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
                let found = pairwise(draft, mention, evidence);
                let open = matches!(found.label, Label::Supported | Label::NotEnoughInfo);
                let unsaid = found.label == Label::NotEnoughInfo;
                let other = || if unsaid { period::judge(draft, mention, evidence) } else { None };
                Some(open.then(|| age::judge(draft, mention, evidence).or_else(other)).flatten().unwrap_or(found))
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
    verdicts
}

/// One source's mention beside the draft's, with how well it is aligned.
struct Witness<'e> {
    evidence: &'e Evidence,
    pair: &'e Pair,
}

impl<'e> Witness<'e> {
    fn mention(&self) -> &'e Mention {
        &self.evidence.passage.source.reading.mentions[self.pair.source as usize]
    }

    /// The words of the source's mention, folded.
    fn words(&self) -> String {
        prose::fold(self.mention().span.of(&self.evidence.passage.source.reading.prose.document.text))
    }

    fn source(&self) -> &'e Arc<Source> {
        &self.evidence.passage.source
    }

    /// The words of its sentence.
    fn sentence(&self) -> &'e str {
        let prose = &self.source().reading.prose;
        prose.str(prose.words(self.mention().sentence as usize))
    }

    /// When its source was published.
    fn published(&self) -> Option<Date> {
        self.evidence.passage.source.reading.prose.document.meta.published
    }

    fn finding(&self, stance: Stance) -> Finding {
        let source = &self.evidence.passage.source;
        let mention = self.mention();
        Finding {
            source: source.clone(),
            quote: source.reading.prose.words(mention.sentence as usize).cover(mention.span),
            counterpart: mention.span,
            stance,
            confidence: self.pair.score,
        }
    }
}

/// Words after a figure that counts what is left of another.
static REMAINDERS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("data/remainders.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Whether a figure counts what is left of another: "five others", "two more".
fn is_remainder(reading: &Reading, mention: &Mention) -> bool {
    let MentionKind::Quantity(quantity) = &mention.kind else { return false };
    let tokens = &reading.prose.tokens;
    let next = tokens.get(tokens.partition_point(|t| t.span.start < quantity.numeral.end));
    next.is_some_and(|t| REMAINDERS.contains(prose::fold(reading.prose.str(t.span)).as_str()))
}

/// Whether the draft's place is a part of the source's.
fn lies_in_another(mention: &Mention, source: &Mention) -> bool {
    matches!((&mention.kind, &source.kind), (MentionKind::Name(a), MentionKind::Name(b)) if lies_in(a, b))
}

/// What stands in a mention's place, best aligned first.
struct Witnesses<'e> {
    /// What says the same.
    agree: Vec<Witness<'e>>,
    /// What says otherwise.
    differ: Vec<Witness<'e>>,
    /// What says less, or more.
    finer: Vec<Witness<'e>>,
}

impl<'e> Witnesses<'e> {
    fn of(draft: &Reading, index: u32, evidence: &'e [Evidence]) -> Self {
        let remainder = is_remainder(draft, &draft.mentions[index as usize]);
        let mut all = Self { agree: Vec::new(), differ: Vec::new(), finer: Vec::new() };
        for evidence in evidence {
            for pair in evidence.pairs.iter().filter(|p| p.draft == index) {
                let witness = Witness { evidence, pair };
                match pair.relation {
                    Relation::Same => all.agree.push(witness),
                    Relation::Compatible => all.finer.push(witness),
                    // The whole is more than what is left of it, here or there.
                    Relation::Differs if is_remainder(&witness.source().reading, witness.mention()) != remainder => {}
                    Relation::Differs | Relation::Misspelled => all.differ.push(witness),
                    Relation::Incomparable => {}
                }
            }
        }
        for witnesses in [&mut all.agree, &mut all.differ, &mut all.finer] {
            witnesses.sort_by(|a, b| b.pair.score.total_cmp(&a.pair.score));
            sources::voices(witnesses);
        }
        all
    }

    fn case<'c>(&self, draft: &Reading, mention: &'c Mention) -> decide::Case<'c>
    where
        'e: 'c,
    {
        let first = |witnesses: &[Witness<'e>]| witnesses.first().map(|w| w.pair);
        decide::Case {
            words: prose::fold(mention.span.of(&draft.prose.document.text)),
            kind: &mention.kind,
            differs: self.differ.iter().map(|w| (w.pair, w.words())).collect(),
            agrees: first(&self.agree),
            finer: first(&self.finer),
        }
    }

    /// The index of what speaks loudest against a mention, and the probability that it is wrong.
    fn decide(&self, draft: &Reading, mention: &Mention) -> Option<(usize, f32)> {
        if is_ranked(mention) { rank::decide(&self.agree, &self.finer, &self.differ) } else { self.case(draft, mention).decide() }
    }

    /// Takes what is finer than a name for what agrees. The country of a source's city is another name for the place; of the draft's city,
    /// which no source names, it says nothing.
    fn take_finer(&mut self, mention: &Mention) {
        if matches!(mention.kind, MentionKind::Name(_)) {
            self.finer.retain(|w| !lies_in_another(mention, w.mention()));
            self.agree.append(&mut self.finer);
            self.agree.sort_by(|a, b| b.pair.score.total_cmp(&a.pair.score));
        }
    }
}

fn is_ranked(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Quantity(q) if q.rank.is_some())
}

/// Why a mention is not held against anything.
fn veto(draft: &Reading, mention: &Mention, witnesses: &Witnesses<'_>, evidence: &[Evidence]) -> Option<Veto> {
    match () {
        () if matches!(&mention.kind, MentionKind::Name(n) if n.doubtful) => Some(Veto::Doubtful),
        () if verbatim::is(draft, mention, witnesses.agree.first().map(|w| w.pair), evidence) => Some(Veto::Copied),
        () => None,
    }
}

/// The least alignment at which what agrees makes a mention supported that is wrong with this probability.
fn enough(kind: &MentionKind, wrong: f32) -> f32 {
    let clearly = if matches!(kind, MentionKind::Name(_)) { SUPPORTS_NAME } else { SUPPORTS };
    if wrong < OPPOSED { clearly * UNOPPOSED } else { clearly }
}

/// Judges a quantity, a date or a name by the mentions that stand in its place.
fn pairwise(draft: &Reading, index: u32, evidence: &[Evidence]) -> Verdict {
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
    let ruling = if veto == Some(Veto::Doubtful) || ranked {
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
        return Verdict {
            mention: index,
            label: if outdated { Label::Refuted } else { Label::Conflicting },
            mismatch: Some(mismatch),
            confidence: if refuted { wrong } else { theirs.pair.score.min(CONFLICT) },
            message: Some(message::dispute(dispute, (ours.mention(), ours.source()), (theirs.mention(), theirs.source()))),
            fix: outdated.then(|| fix::fix(draft, mention, source, theirs.mention())).flatten(),
            findings,
            nearest: None,
            reason: match dispute {
                Dispute::Grown => Reason::Grown,
                Dispute::Revised => Reason::Revised,
                Dispute::None | Dispute::Open => Reason::Disputed,
            },
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
            mention: index,
            label: Label::Refuted,
            mismatch: Some(mismatch),
            confidence: wrong,
            message: Some(message),
            fix: other.is_none().then(|| fix::fix(draft, mention, source, first.mention())).flatten(),
            findings,
            nearest: None,
            reason: Reason::Differs,
        };
    }
    if best(&agree) >= supported {
        return Verdict {
            mention: index,
            label: Label::Supported,
            mismatch: None,
            confidence: yes,
            message: None,
            fix: None,
            findings: supports(&agree),
            nearest: None,
            reason: saved.unwrap_or(Reason::Agrees),
        };
    }
    finer.retain(|w| w.pair.score >= clearly);
    if finer.is_empty() && wrong < OPPOSED && unclaimed::is(draft, mention) {
        return Verdict {
            mention: index,
            label: Label::Supported,
            mismatch: None,
            confidence: 1.0 - wrong,
            message: None,
            fix: None,
            findings: Vec::new(),
            nearest: None,
            reason: Reason::Unclaimed,
        };
    }
    let message = match finer.first() {
        Some(w) => message::only(w.mention(), &w.evidence.passage.source.reading),
        None => "The sources do not say.".to_owned(),
    };
    Verdict {
        mention: index,
        label: Label::NotEnoughInfo,
        mismatch: None,
        confidence: 1.0 - yes.max(wrong),
        message: Some(message),
        fix: None,
        findings: supports(&finer),
        nearest: None,
        reason: saved.unwrap_or(if finer.is_empty() { Reason::Unsure } else { Reason::Coarser }),
    }
}
