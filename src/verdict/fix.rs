//! What to write instead.

use super::message::one_line;
use crate::{
    claim::{Mention, MentionKind, NameClass, Reading},
    text::Span,
};

/// Where and with what to overwrite the draft's mention so that it says what the source's says.
pub(super) fn fix(draft: &Reading, mention: &Mention, source: &Reading, counterpart: &Mention) -> Option<(Span, String)> {
    let ours = &draft.prose.document.text;
    rewrite(draft, mention, source, counterpart).filter(|(span, new)| span.of(ours) != new)
}

fn rewrite(draft: &Reading, mention: &Mention, source: &Reading, counterpart: &Mention) -> Option<(Span, String)> {
    let text = &source.prose.document.text;
    match (&mention.kind, &counterpart.kind) {
        (MentionKind::Quantity(d), MentionKind::Quantity(s)) => {
            let same_bounds = (d.low.is_some(), d.high.is_some(), d.approximation)
                == (s.low.is_some(), s.high.is_some(), s.approximation)
                && (d.low_open, d.high_open) == (s.low_open, s.high_open);
            let same_unit = match (&d.unit, &s.unit) {
                (Some(a), Some(b)) => a.name == b.name,
                (None, None) => true,
                _ => false,
            };
            if same_bounds && same_unit && d.low != s.low {
                Some((d.numeral, one_line(s.numeral.of(text))))
            } else if let (true, true, Some(ours), Some(theirs)) = (same_bounds, same_unit, d.entity, s.entity) {
                // The same number of another thing.
                Some((ours, one_line(theirs.of(text))))
            } else {
                Some((mention.span, one_line(counterpart.span.of(text))))
            }
        }
        (MentionKind::Name(d), MentionKind::Name(s)) => {
            let words = |span: Span, text: &str| span.of(text).split_whitespace().count();
            let bare = one_line(s.bare.of(text));
            // A second reference stays one: the surname alone.
            let short = d.class == NameClass::Person && words(d.bare, &draft.prose.document.text) == 1;
            let replacement = if short { bare.split_whitespace().last()?.to_owned() } else { bare };
            Some((d.bare, replacement))
        }
        (MentionKind::Date(_), MentionKind::Date(_)) => Some((mention.span, one_line(counterpart.span.of(text)))),
        _ => None,
    }
}
