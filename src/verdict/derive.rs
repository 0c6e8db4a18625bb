//! Simple sums and differences that the sources' own figures give: "twelve wounded" of "six in one town" and "six in the other".

use rust_decimal::Decimal;

use crate::{
    claim::{Form, Mention, MentionKind, Quantity, Reading},
    evidence::{Evidence, mentions_of},
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
/// one sentence and one of them does.
pub(super) fn is_derived(draft: &Reading, mention: &Mention, evidence: &[Evidence]) -> bool {
    let MentionKind::Quantity(ours) = &mention.kind else { return false };
    let Some(total) = amount(ours) else { return false };
    let counted = noun(draft, ours);
    let mut parts: Vec<Part> = Vec::new();
    for (i, evidence) in evidence.iter().take(PASSAGES).enumerate() {
        let reading = &evidence.passage.source.reading;
        for index in mentions_of(reading, evidence.passage.sentences.start as usize) {
            let MentionKind::Quantity(theirs) = &reading.mentions[index].kind else { continue };
            if let (true, Some(amount)) = (alike(ours, theirs), amount(theirs)) {
                let same_noun = match (&counted, noun(reading, theirs)) {
                    (Some(a), Some(b)) => Some(*a == b),
                    _ => None,
                };
                parts.push(Part { amount, at: (i, reading.mentions[index].span.start), same_noun });
            }
        }
    }
    let gives = |a: &Part, b: &Part| {
        let one_sentence = a.at.0 == b.at.0;
        let nouns = [a.same_noun, b.same_noun];
        let counts_it = if one_sentence { nouns.contains(&Some(true)) || ours.unit.is_some() } else { nouns == [Some(true); 2] };
        let sum = a.amount.checked_add(b.amount) == Some(total);
        let difference = a.amount.checked_sub(b.amount).map(|d| d.abs()) == Some(total);
        counts_it && (sum || one_sentence && difference)
    };
    parts.iter().enumerate().any(|(i, a)| parts[i + 1..].iter().any(|b| a.at != b.at && gives(a, b)))
}

/// The amount of a plain count or measure.
fn amount(quantity: &Quantity) -> Option<Decimal> {
    (quantity.form == Form::Cardinal && quantity.low == quantity.high).then_some(quantity.low).flatten()
}

fn alike(a: &Quantity, b: &Quantity) -> bool {
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| u.name.clone());
    unit(a) == unit(b)
}

/// The stem of what is counted.
fn noun(reading: &Reading, quantity: &Quantity) -> Option<String> {
    quantity.entity.map(|e| prose::stem(&prose::fold(reading.prose.str(e))))
}
