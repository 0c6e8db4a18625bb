//! What the writer is told: one short line. The source's sentence stands beside it wherever it is shown.

use jiff::civil::Date;

use super::sources::Dispute;
use crate::{
    claim::{Mention, MentionKind, Reading},
    corpus::Source,
    prose::{self, Token, TokenKind},
};

/// "The sources say 138 drones."
pub(super) fn says(mention: &Mention, reading: &Reading) -> String {
    format!("The sources say {}.", stop(&phrase(mention, reading)))
}

/// "The sources say two days before the strike.", where the draft has the same two days.
pub(super) fn says_around(mention: &Mention, reading: &Reading) -> String {
    /// Words shown on either side.
    const AROUND: usize = 3;
    let tokens = reading.prose.tokens_of(mention.sentence as usize);
    let from = tokens.partition_point(|t| t.span.end <= mention.span.start);
    let to = tokens.partition_point(|t| t.span.start < mention.span.end);
    let word = |t: &&Token| !matches!(t.kind, TokenKind::Punct | TokenKind::Quote);
    let before = tokens[..from].iter().rev().take(AROUND).take_while(word).last().map_or(mention.span, |t| t.span);
    let after = tokens[to..].iter().take(AROUND).take_while(word).last().map_or(mention.span, |t| t.span);
    let text = &reading.prose.document.text;
    format!("The sources say {}.", stop(&one_line(before.cover(mention.span).cover(after).of(text))))
}

/// Whether two mentions read alike, so that the words around them must tell the difference.
pub(super) fn reads_alike((draft, ours): (&Reading, &Mention), (source, theirs): (&Reading, &Mention)) -> bool {
    prose::fold(&phrase(ours, draft)) == prose::fold(&phrase(theirs, source))
}

/// "The sources say one of two survivors.", where the draft has one alone.
pub(super) fn says_one_of(mention: &Mention, reading: &Reading) -> String {
    format!("The sources say one of {}.", stop(&phrase(mention, reading)))
}

/// "The sources only say more than 40 buildings."
pub(super) fn only(mention: &Mention, reading: &Reading) -> String {
    format!("The sources only say {}.", stop(&phrase(mention, reading)))
}

/// "The sources disagree: flood.txt says 12 people, harbour.txt 15 people." Of a later figure: "The sources say 15 people by March 12; 12 was
/// the figure of March 9."
pub(super) fn dispute(dispute: Dispute, ours: (&Mention, &Source), theirs: (&Mention, &Source)) -> String {
    let say = |(mention, source): (&Mention, &Source)| stop(&phrase(mention, &source.reading)).to_owned();
    let bare = |(mention, source): (&Mention, &Source)| match &mention.kind {
        MentionKind::Quantity(q) => {
            lowered(mention, &source.reading, one_line(q.numeral.of(&source.reading.prose.document.text)))
        }
        _ => say((mention, source)),
    };
    let published = |(_, source): (&Mention, &Source)| source.reading.prose.document.meta.published;
    match (dispute, published(ours), published(theirs)) {
        (Dispute::Grown, Some(old), Some(new)) => {
            format!("The sources say {} by {}; {} was the figure of {}.", say(theirs), day(new, old), bare(ours), day(old, new))
        }
        (Dispute::Revised, Some(old), Some(new)) => {
            format!(
                "The newer version, of {}, says {}; that of {} said {}.",
                day(new, old),
                say(theirs),
                day(old, new),
                bare(ours)
            )
        }
        _ => format!("The sources disagree: {} says {}, {} {}.", ours.1.path, say(ours), theirs.1.path, say(theirs)),
    }
}

/// "March 12", with the year where the other day is of another.
fn day(date: Date, other: Date) -> String {
    date.strftime(if date.year() == other.year() { "%B %-d" } else { "%B %-d, %Y" }).to_string()
}

/// "The sources say born on 4 May 1961."
pub(super) fn says_born(date: &Mention, reading: &Reading) -> String {
    let text = &reading.prose.document.text;
    let start = reading.prose.sentences[date.sentence as usize].span.start as usize;
    let from =
        text[start..date.span.start as usize].to_ascii_lowercase().rfind("born").map_or(date.span.start as usize, |i| start + i);
    format!("The sources say {}.", stop(&one_line(&text[from..date.span.end as usize])))
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
    lowered(mention, reading, one_line(span.of(text)))
}

/// Without the capital that a figure or a date in words has at the start of a sentence: "Twelve people", but not "Monday".
fn lowered(mention: &Mention, reading: &Reading, words: String) -> String {
    let first = words.split([' ', '-']).next().unwrap_or_default();
    let begins = reading.prose.words(mention.sentence as usize).start == mention.span.start;
    let capital = first.chars().next().is_some_and(char::is_uppercase) && first.chars().skip(1).all(char::is_lowercase);
    let small = match mention.kind {
        MentionKind::Quantity(_) => true,
        MentionKind::Date(_) => prose::is_stopword(&prose::fold(first)),
        _ => false,
    };
    if begins && capital && small { first.to_lowercase() + &words[first.len()..] } else { words }
}

/// On one line, each run of white space one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the stop that the sentence around it brings.
fn stop(phrase: &str) -> &str {
    phrase.strip_suffix('.').unwrap_or(phrase)
}
