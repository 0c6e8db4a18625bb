//! Simple sums and differences that the sources' own figures give: "twelve wounded" of "six in one town" and "six in the other".

use rust_decimal::Decimal;

use crate::{
    claim::{Dimension, Extent, Form, Mention, MentionKind, Quantity, Reading},
    evidence::{Evidence, meaning, mentions_of},
    prose,
};

/// Passages, best first, whose figures are taken together.
const PASSAGES: usize = 12;

/// A figure of a source.
struct Part {
    amount: Decimal,
    /// The passage, and the place in it.
    at: (usize, u32),
    /// Whether it is said to count what the draft's figure counts; `None` if it is not said.
    same_noun: Option<bool>,
}

/// Whether two figures of the sources give the draft's: as a sum, if both count the same thing; as a sum or a difference, if they stand in
/// one sentence and one of them does; or whether all figures of a sentence do.
pub(super) fn is_derived(draft: &Reading, mention: &Mention, evidence: &[Evidence]) -> bool {
    let MentionKind::Quantity(ours) = &mention.kind else { return false };
    let Some(total) = amount(ours) else { return false };
    let counted = noun(draft, ours);
    let change = ours.change.is_some_and(|c| c.extent == Extent::By);
    let mut parts: Vec<Part> = Vec::new();
    for (i, evidence) in evidence.iter().take(PASSAGES).enumerate() {
        let reading = &evidence.passage.source.reading;
        for index in mentions_of(reading, evidence.passage.sentences.start as usize) {
            let MentionKind::Quantity(theirs) = &reading.mentions[index].kind else { continue };
            let unit = if ours.unit.is_some() && theirs.unit.is_none() { None } else { Some(alike(ours, theirs)) };
            for amount in amounts(theirs).filter(|_| unit != Some(false)) {
                let same_noun = match (&counted, noun(reading, theirs)) {
                    (Some(a), Some(b)) => Some(*a == b || kin(a, &b)),
                    _ => unit.filter(|_| ours.unit.is_some()),
                };
                parts.push(Part { amount, at: (i, reading.mentions[index].span.start), same_noun });
            }
        }
    }
    let gives = |a: &Part, b: &Part| {
        let one_sentence = a.at.0 == b.at.0;
        let nouns = [a.same_noun, b.same_noun];
        let counts_it = if one_sentence { nouns.contains(&Some(true)) || change } else { nouns == [Some(true); 2] };
        let sum = a.amount.checked_add(b.amount) == Some(total);
        let difference = a.amount.checked_sub(b.amount).map(|d| d.abs()) == Some(total);
        counts_it && (sum || one_sentence && difference)
    };
    // "18 went to one, 14 to another and eight to the rest": all of one sentence.
    let all = |passage: usize| {
        let here = || parts.iter().filter(move |p| p.at.0 == passage);
        let sum = here().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.amount));
        here().count() > 2 && here().any(|p| p.same_noun == Some(true)) && sum == Some(total)
    };
    (0..evidence.len().min(PASSAGES)).any(all)
        || parts
            .iter()
            .enumerate()
            .any(|(i, a)| parts[i + 1..].iter().any(|b| (a.at != b.at || a.amount != b.amount) && gives(a, b)))
}

/// The amount of a plain count or measure.
fn amount(quantity: &Quantity) -> Option<Decimal> {
    (quantity.form == Form::Cardinal && quantity.low == quantity.high).then_some(quantity.low).flatten()
}

/// The amounts of a count, a measure or a range.
fn amounts(quantity: &Quantity) -> impl Iterator<Item = Decimal> {
    let ends = [quantity.low, quantity.high.filter(|_| quantity.high != quantity.low)];
    ends.into_iter().flatten().filter(|_| quantity.form == Form::Cardinal)
}

/// Whether both are in one unit, or one is the difference of two percentages.
fn alike(a: &Quantity, b: &Quantity) -> bool {
    match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.name == b.name || a.dimension == Dimension::PercentagePoint && b.dimension == Dimension::Percent,
        (None, None) => true,
        _ => false,
    }
}

/// The least likeness in meaning of two nouns that may be counted together: "villagers" and "people".
const KIN: f32 = 0.3;

/// Whether two nouns are forms of one word, or nearly of one meaning.
fn kin(a: &str, b: &str) -> bool {
    prose::stem(a) == prose::stem(b) || meaning::similarity(a, b).is_some_and(|s| s >= KIN)
}

/// What is counted, folded.
fn noun(reading: &Reading, quantity: &Quantity) -> Option<String> {
    quantity.entity.map(|e| prose::fold(reading.prose.str(e)))
}
