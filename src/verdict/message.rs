//! What the writer is told: one short line. The source's sentence stands beside it wherever it is shown.

use crate::{
    claim::{Mention, MentionKind, Reading},
    corpus::Source,
};

/// "The sources say 138 drones."
pub(super) fn says(mention: &Mention, reading: &Reading) -> String {
    format!("The sources say {}.", stop(&phrase(mention, reading)))
}

/// "The sources say one of two survivors.", where the draft has one alone.
pub(super) fn says_one_of(mention: &Mention, reading: &Reading) -> String {
    format!("The sources say one of {}.", stop(&phrase(mention, reading)))
}

/// "The sources only say more than 40 buildings."
pub(super) fn only(mention: &Mention, reading: &Reading) -> String {
    format!("The sources only say {}.", stop(&phrase(mention, reading)))
}

/// "The sources disagree: flood.txt says 138 drones."
pub(super) fn conflict(mention: &Mention, source: &Source) -> String {
    format!("The sources disagree: {} says {}.", source.path, stop(&phrase(mention, &source.reading)))
}

/// The mention as it stands in the source, with what it counts if that follows closely.
fn phrase(mention: &Mention, reading: &Reading) -> String {
    let mut span = mention.span;
    let text = &reading.prose.document.text;
    let near = |from: u32, to: u32| from >= to || text[to as usize..from as usize].split_whitespace().count() <= 3;
    if let MentionKind::Quantity(quantity) = &mention.kind
        && let Some(entity) = quantity.entity
        && entity.start >= span.end
        && near(entity.start, span.end)
    {
        span = span.cover(entity);
    }
    // "Highest since 2014": what it is compared with may be the difference.
    if let MentionKind::Quantity(quantity) = &mention.kind
        && let Some(scope) = quantity.rank.as_ref().and_then(|r| r.scope)
        && near(scope.start, span.end)
    {
        span = span.cover(scope);
    }
    one_line(span.of(text))
}

/// On one line, each run of white space one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the stop that the sentence around it brings.
fn stop(phrase: &str) -> &str {
    phrase.strip_suffix('.').unwrap_or(phrase)
}
