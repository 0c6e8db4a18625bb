//! What the calendar says of a draft's own dates, without any source: a weekday that the date does not fall on.

use jiff::civil::Weekday;

use super::{Label, Mismatch, Verdict};
use crate::{
    claim::{MentionKind, Reading, wrong_weekday},
    text::Span,
};

/// Marks the dates whose weekday is wrong. What the sources say comes first: a refuted date is left as it is. Which of the two is wrong,
/// the weekday or the day, is certain only where a source has the day.
pub(super) fn mark(draft: &Reading, verdicts: &mut [Verdict]) {
    for verdict in verdicts.iter_mut().filter(|v| v.label != Label::Refuted) {
        let mention = &draft.mentions[verdict.mention as usize];
        let MentionKind::Date(date) = &mention.kind else { continue };
        let Some((day, written)) = wrong_weekday(date, draft.prose.document.meta.published) else { continue };
        let right = day.weekday();
        let (calendar, year) = if date.year.is_some() { ("%-d %B %Y", "") } else { ("%-d %B", " in %Y") };
        verdict.message = Some(format!(
            "{} falls on a {}{}, not on a {}.",
            day.strftime(calendar),
            name(right),
            day.strftime(year),
            name(written)
        ));
        verdict.mismatch = Some(Mismatch::Weekday);
        verdict.fix = word(draft, mention.span, written)
            .filter(|_| verdict.label == Label::Supported)
            .map(|(place, short)| (place, if short { name(right)[..3].to_owned() } else { name(right).to_owned() }));
    }
}

/// Where the weekday stands in a date, without the stop of an abbreviation, and whether it is abbreviated.
fn word(draft: &Reading, date: Span, weekday: Weekday) -> Option<(Span, bool)> {
    let tokens = &draft.prose.tokens;
    let from = tokens.partition_point(|t| t.span.start < date.start);
    tokens[from..].iter().take_while(|t| t.span.end <= date.end).find_map(|token| {
        let text = draft.prose.str(token.span);
        let bare = text.trim_end_matches('.');
        let full = name(weekday);
        let is = bare.len() >= 3 && full.get(..bare.len()).is_some_and(|start| start.eq_ignore_ascii_case(bare));
        is.then(|| (Span::new(token.span.start as usize, token.span.start as usize + bare.len()), bare.len() < full.len()))
    })
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        claim,
        document::{self, Format},
        prose::Prose,
        verdict::judge,
    };

    /// What is said of the dates of a draft, published on 20 March 2024, with no source.
    fn said(text: &str) -> Vec<String> {
        let mut document = document::parse(Arc::from(text), Format::Plain);
        document.meta.published = Some(jiff::civil::date(2024, 3, 20));
        let draft = claim::read(Arc::new(Prose::read(Arc::new(document))));
        let verdicts = draft.claims.iter().flat_map(|claim| judge(&draft, claim, &[]));
        verdicts.filter(|v| v.mismatch == Some(Mismatch::Weekday)).filter_map(|v| v.message).collect()
    }

    #[test]
    fn a_weekday_that_is_another() {
        let wrong = ["5 March 2024 falls on a Tuesday, not on a Monday."];
        assert_eq!(said("They met on Monday, March 5, 2024, in Oslo."), wrong);
        assert_eq!(said("They met on Mon. 5 March 2024 in Oslo."), wrong);
        // In 2023 it was a Sunday, in 2025 it is a Wednesday.
        assert_eq!(said("They met on Friday, March 5, in Oslo."), ["5 March falls on a Tuesday in 2024, not on a Friday."]);
    }

    #[test]
    fn a_weekday_that_may_be_right() {
        let silent: [&str; 0] = [];
        assert_eq!(said("They met on Tuesday, March 5, 2024, in Oslo."), silent);
        assert_eq!(said("They met on Tuesday, March 5, in Oslo."), silent);
        // Last year's, and next year's.
        assert_eq!(said("They met on Sunday, March 5, in Oslo, and will on Wednesday, March 5."), silent);
        assert_eq!(said("They met on Monday and on March 5, 2024."), silent);
    }
}
