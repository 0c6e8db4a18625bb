//! What the writer is told: one short line. The source's sentence stands beside it wherever it is shown.

use jiff::civil::Date;

use super::sources::Dispute;
use crate::{
    claim::{DateForm, Form, Mention, MentionKind, Reading},
    corpus::Source,
    prose::{self, Tag, Token, TokenKind},
    text::{Span, single_spaced},
};

/// "The sources say 138 drones."
pub(super) fn says(mention: &Mention, reading: &Reading) -> String {
    format!("The sources say {}.", stop(&phrase(mention, reading)))
}

/// "The sources say from 40 percent and 50 percent: that is in percentage points.", where the draft has them as percent.
pub(super) fn points((first, second): (&Mention, &Mention), reading: &Reading) -> String {
    format!("The sources say {} and {}: that is in percentage points.", phrase(first, reading), phrase(second, reading))
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
    format!("The sources say {}.", stop(&single_spaced(before.cover(mention.span).cover(after).of(text))))
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
            lowered(mention, &source.reading, single_spaced(q.numeral.of(&source.reading.prose.document.text)))
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
        _ => format!("The sources disagree: {} says {}, {} {}.", ours.1.name(), say(ours), theirs.1.name(), say(theirs)),
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
    format!("The sources say {}.", stop(&single_spaced(&text[from..date.span.end as usize])))
}

/// A message on a single source: "The source says 138 drones."
pub(super) fn of_one_source(message: &str) -> Option<String> {
    let said = [
        ("The sources say ", "The source says "),
        ("The sources only say ", "The source only says "),
        ("The sources call ", "The source calls "),
        ("The sources have ", "The source has "),
        ("The sources do not ", "The source does not "),
    ];
    said.iter().find_map(|(many, one)| message.strip_prefix(many).map(|rest| format!("{one}{rest}")))
}

/// "The sources say 1,500 jobs.", where the draft has neither that nor what another source says: "Of the sources, a.txt says 1,500 jobs, b.txt
/// 1,200 jobs."
pub(super) fn neither(one: (&Mention, &Source), other: (&Mention, &Source)) -> String {
    let say = |(mention, source): (&Mention, &Source)| stop(&phrase(mention, &source.reading)).to_owned();
    format!("Of the sources, {} says {}, {} {}.", one.1.name(), say(one), other.1.name(), say(other))
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
        && !is_clause(reading, Span { start: span.end, end: entity.start.max(span.end) })
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
    let words = lowered(mention, reading, single_spaced(span.of(text)));
    article(mention, &words).map_or_else(|| words.clone(), |article| format!("{article} {words}"))
}

/// Whether there is a verb in a stretch: what follows is no longer what is counted.
fn is_clause(reading: &Reading, span: Span) -> bool {
    let tokens = &reading.prose.tokens;
    let from = tokens.partition_point(|t| t.span.end <= span.start);
    tokens[from..].iter().take_while(|t| t.span.start < span.end).any(|t| t.tag == Tag::Verb)
}

/// The article that a phrase needs to stand alone: "the 22nd goal", "the largest in the state", "a 14-year-old girl".
fn article(mention: &Mention, words: &str) -> Option<&'static str> {
    let MentionKind::Quantity(quantity) = &mention.kind else { return None };
    let first = words.split(' ').next()?.to_lowercase();
    if matches!(first.as_str(), "the" | "a" | "an" | "one" | "its" | "their" | "his" | "her" | "record") {
        return None;
    }
    match quantity.form {
        Form::Superlative => Some("the"),
        Form::Ordinal if words.contains(' ') => Some("the"),
        Form::Age if first.contains("-year-old") && words.contains(' ') && !words.ends_with('s') => {
            let vowel = first.starts_with(['a', 'e', 'i', 'o', '8']) || first.starts_with("11-") || first.starts_with("18-");
            Some(if vowel { "an" } else { "a" })
        }
        _ => None,
    }
}

/// Without the capital that a figure or a date in words has at the start of a sentence: "Twelve people", but not "Monday".
pub(super) fn lowered(mention: &Mention, reading: &Reading, words: String) -> String {
    let first = words.split([' ', '-']).next().unwrap_or_default();
    let begins = reading.prose.words(mention.sentence as usize).start == mention.span.start;
    let capital = first.chars().next().is_some_and(char::is_uppercase) && first.chars().skip(1).all(char::is_lowercase);
    let small = match mention.kind {
        MentionKind::Quantity(_) => true,
        MentionKind::Date(ref date) => date.form == DateForm::Relative || prose::is_stopword(&prose::fold(first)),
        _ => false,
    };
    if begins && capital && small { first.to_lowercase() + &words[first.len()..] } else { words }
}

/// Without the stop that the sentence around it brings.
fn stop(phrase: &str) -> &str {
    phrase.strip_suffix('.').unwrap_or(phrase)
}
