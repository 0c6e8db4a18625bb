//! What the sources' own figures and dates give, where none of them says it: sums and differences, shares, movements, conversions,
//! durations, ages, counts of what is listed.

mod count;
mod figures;
mod time;

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use rust_decimal::Decimal;

use super::{Finding, Label, Reason, Stance, Verdict};
use crate::{
    claim::{Approximation, DateMention, Form, Mention, MentionKind, Quantity, Reading, likeness},
    evidence::{Evidence, is_left_out, meaning, mentions_of, sources_of},
    prose,
    text::Span,
};

/// Passages, best first, whose mentions are taken together.
const PASSAGES: usize = 12;
/// The least share of the claim that a passage must speak of before what it gives bears the claim out.
const SURE: f32 = 0.3;

/// Words for people of any sort, and for what is left of them.
static COLLECTIVES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../data/collectives.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Mentions of the sources that together give one of the draft's.
pub(super) struct Derivation {
    /// The passage and the index of each mention.
    parts: Vec<(usize, u32)>,
    /// Whether they bear the draft out. Otherwise it may be right, and that is all.
    pub(super) is_certain: bool,
}

impl Derivation {
    fn of(parts: &[&Fact<'_>], is_certain: bool) -> Self {
        let is_certain = is_certain && parts.iter().all(|f| f.score >= SURE);
        Self { parts: parts.iter().map(|f| (f.passage, f.index)).collect(), is_certain }
    }

    /// The sentences that it rests on, each with the stretch that holds its mentions.
    pub(super) fn findings(&self, evidence: &[Evidence]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for &(passage, index) in &self.parts {
            let Evidence { passage, score, .. } = &evidence[passage];
            let reading = &passage.source.reading;
            let mention = &reading.mentions[index as usize];
            let quote = reading.prose.words(mention.sentence as usize).cover(mention.span);
            match findings.iter_mut().find(|f| Arc::ptr_eq(&f.source, &passage.source) && f.quote.overlaps(quote)) {
                Some(f) => {
                    f.quote = f.quote.cover(quote);
                    f.counterpart = f.counterpart.cover(mention.span);
                }
                None => findings.push(Finding {
                    source: passage.source.clone(),
                    quote,
                    counterpart: mention.span,
                    stance: Stance::Supports,
                    confidence: *score,
                }),
            }
        }
        findings
    }
}

/// The verdict on a mention that the sources give without saying it.
pub(super) fn verdict(mention: u32, findings: Vec<Finding>) -> Verdict {
    let confidence = findings.iter().map(|f| f.confidence).fold(1.0, f32::min);
    Verdict { findings, ..Verdict::new(mention, Label::Supported, confidence, Reason::Derived) }
}

/// A mention of the draft.
struct Ours<'a> {
    reading: &'a Reading,
    mention: &'a Mention,
    /// The passages, best first.
    evidence: &'a [Evidence],
}

impl Ours<'_> {
    /// The mentions of the sources that stand in no passage: what is true of everything, like a rate, need not speak of the claim.
    fn elsewhere(&self) -> impl Iterator<Item = Fact<'_>> {
        sources_of(self.evidence).flat_map(|(passage, source)| {
            let reading = &source.reading;
            let of = move |(i, mention)| Fact { passage, reading, index: i as u32, mention, score: SURE };
            reading.mentions.iter().enumerate().map(of)
        })
    }

    fn quantity(&self) -> Option<&Quantity> {
        match &self.mention.kind {
            MentionKind::Quantity(q) => Some(q),
            _ => None,
        }
    }

    fn date(&self) -> Option<&DateMention> {
        match &self.mention.kind {
            MentionKind::Date(d) => Some(d),
            _ => None,
        }
    }

    /// What it counts, folded.
    fn noun(&self) -> Option<String> {
        noun(self.reading, self.quantity()?)
    }
}

/// A mention of a source.
#[derive(Clone, Copy)]
struct Fact<'e> {
    /// The passage, among the evidence.
    passage: usize,
    reading: &'e Reading,
    index: u32,
    mention: &'e Mention,
    /// How much of the claim its sentence speaks of.
    score: f32,
}

impl<'e> Fact<'e> {
    fn quantity(&self) -> Option<&'e Quantity> {
        match &self.mention.kind {
            MentionKind::Quantity(q) => Some(q),
            _ => None,
        }
    }

    fn date(&self) -> Option<&'e DateMention> {
        match &self.mention.kind {
            MentionKind::Date(d) => Some(d),
            _ => None,
        }
    }

    /// What it counts, folded.
    fn noun(&self) -> Option<String> {
        noun(self.reading, self.quantity()?)
    }

    /// Whether it is of what the draft's sentence leaves out: of the wounded, where that speaks of the killed.
    fn is_left_out(&self, ours: &Ours<'_>) -> bool {
        is_left_out((ours.reading, ours.mention.sentence as usize), (self.reading, self.mention))
    }
}

/// One way in which mentions of the sources may give one of the draft's.
type Way = fn(&Ours<'_>, &[Fact<'_>]) -> Option<Derivation>;

/// The mentions of the sources that give a figure or a date of the draft; those that bear it out before those that only may. Where
/// another figure stands in its place (`refuted`), a list of as many names answers it only in a sentence that says much the same.
pub(super) fn derive(draft: &Reading, mention: &Mention, evidence: &[Evidence], refuted: bool) -> Option<Derivation> {
    let mut facts: Vec<Fact<'_>> = Vec::new();
    for (passage, e) in evidence.iter().take(PASSAGES).enumerate() {
        let reading = &e.passage.source.reading;
        let of = |i: usize| Fact { passage, reading, index: i as u32, mention: &reading.mentions[i], score: e.score };
        facts.extend(mentions_of(reading, e.passage.sentences.start as usize).map(of));
    }
    let ours = Ours { reading: draft, mention, evidence };
    let ways: &[Way] = match mention.kind {
        MentionKind::Quantity(_) => &[
            time::age,
            figures::movement,
            figures::share,
            figures::whole,
            figures::converted,
            time::duration,
            time::until_now,
            count::listed,
            count::ordinal,
            figures::sum,
        ],
        MentionKind::Date(_) => &[time::began],
        _ => &[],
    };
    let mut found = None;
    for way in ways {
        let near = |d: &Derivation| d.parts.iter().all(|(passage, _)| evidence[*passage].score >= count::PAIR);
        let listed = refuted && std::ptr::fn_addr_eq(*way, count::listed as Way);
        match way(&ours, &facts).filter(|d| !listed || near(d)) {
            Some(derivation) if derivation.is_certain => return Some(derivation),
            derivation => found = found.or(derivation),
        }
    }
    found
}

/// The amount of a plain count or measure.
fn amount(quantity: &Quantity) -> Option<Decimal> {
    (quantity.form == Form::Cardinal && quantity.low == quantity.high && !quantity.vague).then_some(quantity.low).flatten()
}

/// The end of a count or measure that has one: "more than 8,000".
fn bound(quantity: &Quantity) -> Option<Decimal> {
    let plain = quantity.form == Form::Cardinal && !quantity.vague && quantity.change.is_none();
    plain.then_some(quantity.low.xor(quantity.high)).flatten()
}

/// Whether a figure is off from an amount by no more than a seventh of it.
fn is_near(figure: Decimal, exact: Decimal) -> bool {
    (figure - exact).abs().checked_mul(Decimal::from(7)).is_some_and(|off| off <= exact.abs())
}

/// Whether an amount that was worked out bears out a figure, hedged, bounded or rounded as it is written. What is rounded to few digits may
/// be off by no more than a seventh of it.
fn renders(ours: &Quantity, exact: Decimal) -> bool {
    let plain = ours.approximation == Approximation::None && ours.low == ours.high;
    let near = ours.low.is_some_and(|v| is_near(v, exact));
    (near || !plain) && likeness::renders(ours, exact)
}

/// The least likeness in meaning of two nouns that may be counted together: "villagers" and "people".
const KIN: f32 = 0.3;

/// Whether two nouns are forms of one word, or nearly of one meaning.
fn kin(a: &str, b: &str) -> bool {
    prose::stem(a) == prose::stem(b)
        || COLLECTIVES.contains(a) && COLLECTIVES.contains(b)
        || meaning::similarity(a, b).is_some_and(|s| s >= KIN)
}

/// What is counted, folded.
fn noun(reading: &Reading, quantity: &Quantity) -> Option<String> {
    quantity.entity.map(|e| prose::fold(reading.prose.str(e)))
}

/// The words of a stretch of text, folded.
fn words(reading: &Reading, span: Span) -> Vec<String> {
    let tokens = &reading.prose.tokens;
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let inside = tokens[from..].iter().take_while(|t| t.span.end <= span.end);
    inside.map(|t| prose::fold(reading.prose.str(t.span))).collect()
}

/// The words between two mentions, the first of which comes first.
fn between(reading: &Reading, a: &Mention, b: &Mention) -> Vec<String> {
    if a.span.end >= b.span.start { Vec::new() } else { words(reading, Span { start: a.span.end, end: b.span.start }) }
}

/// The words of the sentence before a mention.
fn before(reading: &Reading, mention: &Mention) -> Vec<String> {
    let start = reading.prose.sentences[mention.sentence as usize].span.start;
    words(reading, Span { start, end: mention.span.start })
}
