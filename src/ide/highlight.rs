//! What else in a draft is of the same person, figure or date.

use super::{Checked, Mention, MentionKind, Span};
use crate::claim::{DateLikeness, Quantity, same_date, same_name};

/// The mention at `offset`, a byte of the draft, and those of the same: names of one bearer, figures of one value and unit, dates of
/// one day. In order; empty where there is no mention.
#[must_use]
pub fn highlights(checked: &Checked, offset: u32) -> Vec<Span> {
    let mentions = &checked.draft.mentions;
    let touched = mentions.iter().filter(|m| m.span.start <= offset && offset <= m.span.end);
    // Inside one mention the end of another does not count; the shortest is what is pointed at.
    let Some(here) = touched.min_by_key(|m| (offset == m.span.end, m.span.len())) else { return Vec::new() };
    mentions.iter().filter(|m| m.span == here.span || is_same(here, m)).map(|m| m.span).collect()
}

fn is_same(a: &Mention, b: &Mention) -> bool {
    match (&a.kind, &b.kind) {
        (MentionKind::Name(a), MentionKind::Name(b)) => {
            a.class == b.class && a.canonical == b.canonical || same_name(a, b).agrees()
        }
        (MentionKind::Quantity(a), MentionKind::Quantity(b)) => is_same_figure(a, b),
        (MentionKind::Date(a), MentionKind::Date(b)) => same_date(a, b) == DateLikeness::Same,
        _ => false,
    }
}

fn is_same_figure(a: &Quantity, b: &Quantity) -> bool {
    let value = |q: &Quantity| (q.low, q.high, q.low_open, q.high_open);
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| (u.dimension, u.name.clone(), u.per.clone()));
    a.form == b.form && value(a) == value(b) && unit(a) == unit(b) && (a.low.is_some() || a.high.is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ide::{Format, read};

    /// Marks what is highlighted for the mention under the caret.
    #[track_caller]
    fn check(text: &str, carets: &str) {
        let draft = Arc::new(read(text, Format::Plain, Some(jiff::civil::date(2025, 5, 5))));
        let checked = Checked { draft, verdicts: Vec::new(), problems: Vec::new(), signed: Default::default() };
        let at = carets.find('^').expect("a caret") as u32;
        let mut found = " ".repeat(text.len());
        for span in highlights(&checked, at) {
            found.replace_range(span.range(), &"^".repeat(span.len()));
        }
        assert_eq!(found.trim_end(), carets.trim_end(), "\n{text}");
    }

    #[test]
    fn of_one_bearer() {
        check(
            "Lena Voss left Oro. Mr Roe stayed. Voss came back to Oro.",
            "^^^^^^^^^                          ^^^^                  ",
        );
    }

    #[test]
    fn of_one_value() {
        check(
            "It cost $1.2 million, not $12 million. The $1.2 million was paid.",
            "        ^^^^^^^^^^^^                       ^^^^^^^^^^^^          ",
        );
    }

    #[test]
    fn of_one_day() {
        check(
            "They met on 3 May. On May 3, 2025, it rained, and on 4 May.",
            "            ^^^^^     ^^^^^^^^^^^                          ",
        );
    }

    #[test]
    fn of_nothing() {
        let draft = Arc::new(read("It rained.", Format::Plain, None));
        assert!(
            highlights(&Checked { draft, verdicts: Vec::new(), problems: Vec::new(), signed: Default::default() }, 2).is_empty()
        );
    }
}
