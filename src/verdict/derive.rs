//! Simple sums that the sources' own figures give: "twelve wounded" of "six in one town" and "six in the other".

use rust_decimal::Decimal;

use crate::{
    claim::{Form, Mention, MentionKind, Quantity, Reading},
    evidence::{Evidence, mentions_of},
    prose,
};

/// Passages, best first, whose figures are added up.
const PASSAGES: usize = 6;

/// Whether two figures of the sources that count the same thing as the draft's add up to it.
pub(super) fn is_sum(draft: &Reading, mention: &Mention, evidence: &[Evidence]) -> bool {
    let MentionKind::Quantity(ours) = &mention.kind else { return false };
    let Some(total) = amount(ours) else { return false };
    let counted = noun(draft, ours);
    let mut parts: Vec<(Decimal, usize, u32)> = Vec::new();
    for (i, evidence) in evidence.iter().take(PASSAGES).enumerate() {
        let reading = &evidence.passage.source.reading;
        for index in mentions_of(reading, evidence.passage.sentences.start as usize) {
            let MentionKind::Quantity(theirs) = &reading.mentions[index].kind else { continue };
            if alike(ours, theirs)
                && (counted.is_none() || noun(reading, theirs) == counted)
                && let Some(part) = amount(theirs)
            {
                parts.push((part, i, reading.mentions[index].span.start));
            }
        }
    }
    parts
        .iter()
        .enumerate()
        .any(|(i, a)| parts[i + 1..].iter().any(|b| (a.1, a.2) != (b.1, b.2) && a.0.checked_add(b.0) == Some(total)))
}

/// The amount of a plain count or measure.
fn amount(quantity: &Quantity) -> Option<Decimal> {
    (quantity.form == Form::Cardinal && quantity.low == quantity.high)
        .then_some(quantity.low)
        .flatten()
        .filter(|v| *v > Decimal::ONE)
}

fn alike(a: &Quantity, b: &Quantity) -> bool {
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| u.name.clone());
    unit(a) == unit(b)
}

/// The stem of what is counted.
fn noun(reading: &Reading, quantity: &Quantity) -> Option<String> {
    quantity.entity.map(|e| prose::stem(&prose::fold(reading.prose.str(e))))
}
