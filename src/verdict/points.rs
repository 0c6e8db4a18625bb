//! Percent and percentage points: what goes from 40 percent to 50 has grown by ten points, and by 25 percent.

use rust_decimal::Decimal;

use super::{Finding, Label, Mismatch, Reason, Stance, Verdict, message};
use crate::{
    claim::{Dimension, Extent, Form, Mention, MentionKind, Quantity, Reading, likeness},
    evidence::{Evidence, mentions_of},
    prose,
    text::Span,
};

/// The least share of the claim that a passage must speak of.
const SAME_TOPIC: f32 = 0.3;
/// How sure it is that the one is meant where the other is written.
const CONFIDENCE: f32 = 0.85;

/// Judges a movement in percent that is one in points by the sources, or the other way round, where no source has it as the draft does.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Option<Verdict> {
    let mention = &draft.mentions[index as usize];
    let MentionKind::Quantity(ours) = &mention.kind else { return None };
    let moved = ours.change.is_some_and(|change| change.extent == Extent::By);
    let (dimension, size) = (ours.unit.as_ref()?.dimension, points(ours)?);
    if !moved || ours.base.is_some() || !matches!(dimension, Dimension::Percent | Dimension::PercentagePoint) {
        return None;
    }
    for e in evidence.iter().filter(|e| e.score >= SAME_TOPIC) {
        let reading = &e.passage.source.reading;
        let here: Vec<(&Mention, &Quantity)> = mentions_of(reading, e.passage.sentences.start as usize)
            .filter_map(|i| match &reading.mentions[i].kind {
                MentionKind::Quantity(q) => Some((&reading.mentions[i], &**q)),
                _ => None,
            })
            .collect();
        // In so many words.
        if let Some((theirs, _)) = here.iter().find(|(_, q)| is_other(q, dimension) && points(q) == Some(size)) {
            return Some(verdict(index, mention, ours, e, theirs.span, message::says(theirs, reading)));
        }
        if dimension != Dimension::Percent {
            continue;
        }
        for (i, (first, a)) in here.iter().enumerate() {
            for (second, b) in &here[i + 1..] {
                let (Some(x), Some(y)) = (level(a), level(b)) else { continue };
                let between = Span { start: first.span.end, end: second.span.start };
                if x == y || (x - y).abs() != size || !compares(reading, first, between) {
                    continue;
                }
                let grown = |from: Decimal| (x - y).abs().checked_mul(Decimal::ONE_HUNDRED)?.checked_div(from);
                if [x, y].into_iter().filter_map(grown).any(|percent| likeness::renders(ours, percent)) {
                    continue;
                }
                let said = message::points((first, second), reading);
                return Some(verdict(index, mention, ours, e, first.span.cover(second.span), said));
            }
        }
    }
    None
}

/// A size in percent or in points.
fn points(q: &Quantity) -> Option<Decimal> {
    let value = q.low.filter(|low| q.high == Some(*low) && !q.vague)?;
    value.checked_mul(q.unit.as_ref()?.factor)
}

/// Whether a movement is in points where the draft's is in percent, or the other way round.
fn is_other(q: &Quantity, ours: Dimension) -> bool {
    let dimension = q.unit.as_ref().map(|unit| unit.dimension);
    match ours {
        Dimension::Percent => dimension == Some(Dimension::PercentagePoint),
        _ => {
            dimension == Some(Dimension::Percent)
                && q.change.is_some_and(|change| change.extent == Extent::By)
                && q.base.is_none()
        }
    }
}

/// What something stands at, in percent.
fn level(q: &Quantity) -> Option<Decimal> {
    let moved = q.change.is_some_and(|change| change.extent == Extent::By);
    if q.form == Form::Cardinal && q.is_percentage() && !moved { points(q) } else { None }
}

/// Whether a sentence sets two figures beside each other as before and after.
fn compares(reading: &Reading, first: &Mention, between: Span) -> bool {
    let tokens = &reading.prose.tokens;
    let words = |span: Span| {
        let from = tokens.partition_point(|t| t.span.end <= span.start);
        tokens[from..].iter().take_while(move |t| t.span.start < span.end).map(|t| prose::fold(reading.prose.str(t.span)))
    };
    let before = Span { start: reading.prose.sentences[first.sentence as usize].span.start, end: first.span.start };
    words(between).any(|w| matches!(&*w, "from" | "to" | "compared" | "against" | "versus" | "after"))
        || words(before).last().is_some_and(|w| w == "from")
}

fn verdict(index: u32, mention: &Mention, ours: &Quantity, e: &Evidence, counterpart: Span, said: String) -> Verdict {
    let source = &e.passage.source;
    let unit = Span { start: ours.numeral.end.max(mention.span.start), end: mention.span.end };
    let percent = ours.is_percentage();
    let quote = source.reading.prose.words(e.passage.sentences.start as usize).cover(counterpart);
    let stance = Stance::Refutes(Mismatch::Quantity);
    Verdict {
        mismatch: Some(Mismatch::Quantity),
        message: Some(said),
        fix: (!unit.is_empty()).then(|| (unit, if percent { " percentage points" } else { " percent" }.to_owned())),
        findings: vec![Finding { source: source.clone(), quote, counterpart, stance, confidence: e.score }],
        ..Verdict::new(index, Label::Refuted, CONFIDENCE, Reason::Points)
    }
}
