//! What to write instead.

use super::message::lowered;
use crate::{
    claim::{Mention, MentionKind, NameClass, Quantity, Reading},
    text::{Span, single_spaced},
};

/// Where and with what to overwrite the draft's mention so that it says what the source's says.
pub(super) fn fix(draft: &Reading, mention: &Mention, source: &Reading, counterpart: &Mention) -> Option<(Span, String)> {
    let ours = &draft.prose.document.text;
    let (span, new) = rewrite(draft, mention, source, counterpart)?;
    let first = draft.prose.words(mention.sentence as usize).start == span.start;
    let new = capital(&new, first, source, counterpart);
    (span.of(ours) != new).then_some((span, new))
}

/// With the capital that the words have where they go: "Fifteen people" began the source's sentence, "twelve" stands inside the draft's.
fn capital(new: &str, first: bool, source: &Reading, counterpart: &Mention) -> String {
    if matches!(counterpart.kind, MentionKind::Name(_)) {
        return new.to_owned();
    }
    let small = lowered(counterpart, source, new.to_owned());
    let mut letters = small.chars();
    match letters.next() {
        Some(letter) if first && letter.is_lowercase() => letter.to_uppercase().chain(letters).collect(),
        _ => small,
    }
}

fn rewrite(draft: &Reading, mention: &Mention, source: &Reading, counterpart: &Mention) -> Option<(Span, String)> {
    let text = &source.prose.document.text;
    match (&mention.kind, &counterpart.kind) {
        (MentionKind::Quantity(d), MentionKind::Quantity(s)) if d.rank.is_some() || s.rank.is_some() => {
            rank(mention, source, counterpart, (d, s))
        }
        (MentionKind::Quantity(d), MentionKind::Quantity(s)) => {
            let same_bounds = (d.low.is_some(), d.high.is_some(), d.approximation)
                == (s.low.is_some(), s.high.is_some(), s.approximation)
                && (d.low_open, d.high_open) == (s.low_open, s.high_open);
            let same_unit = match (&d.unit, &s.unit) {
                (Some(a), Some(b)) => a.name == b.name && a.per == b.per,
                (None, None) => true,
                _ => false,
            };
            if same_bounds && same_unit && d.low != s.low {
                Some((d.numeral, single_spaced(s.numeral.of(text))))
            } else if let (true, true, Some(ours), Some(theirs)) = (same_bounds, same_unit, d.entity, s.entity) {
                // The same number of another thing; where that stands before, something else differs.
                let counted = ours.start >= mention.span.end && theirs.start >= counterpart.span.end && d.unit.is_none();
                counted.then(|| (ours, single_spaced(theirs.of(text))))
            } else {
                Some((mention.span, single_spaced(counterpart.span.of(text))))
            }
        }
        (MentionKind::Name(d), MentionKind::Name(s)) => {
            let words = |span: Span, text: &str| span.of(text).split_whitespace().count();
            let bare = single_spaced(s.bare.of(text));
            // A second reference stays one, the surname alone; a first one stays whole.
            let person = d.class == NameClass::Person;
            let replacement = match (words(d.bare, &draft.prose.document.text), words(s.bare, text)) {
                (1, _) if person => bare.split_whitespace().last()?.to_owned(),
                (_, 1) if person => single_spaced(&s.canonical),
                _ => bare,
            };
            Some((d.bare, replacement))
        }
        (MentionKind::Date(_), MentionKind::Date(_)) => Some((mention.span, single_spaced(counterpart.span.of(text)))),
        _ => None,
    }
}

/// Another superlative, where it fits the words around the draft's: "largest" for "smallest", "one of the largest" for "the largest" but
/// not before a noun in the singular.
fn rank(mention: &Mention, source: &Reading, counterpart: &Mention, (d, s): (&Quantity, &Quantity)) -> Option<(Span, String)> {
    let (d_rank, s_rank) = (d.rank.as_ref()?, s.rank.as_ref()?);
    let text = &source.prose.document.text;
    let whole = mention.span == d.numeral && counterpart.span == s.numeral;
    // The same word again: what it is compared with differs.
    let fits = whole && d_rank.plural == s_rank.plural && (d.low != s.low || d_rank.word != s_rank.word);
    fits.then(|| (d.numeral, single_spaced(s.numeral.of(text))))
}
