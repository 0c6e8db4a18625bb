//! The right name with the wrong office: "Prime Minister Hale" where every source has President Hale.

use std::sync::Arc;

use super::{Finding, Label, Mismatch, Stance, Verdict, message};
use crate::{
    claim::{Mention, MentionKind, Name, NameClass, Office, Reading, offices, same_name},
    corpus::Source,
    evidence::Evidence,
    text::Span,
};

/// How sure it is that an office that no source gives somebody is wrong, where a source gives one that excludes it.
const CONFIDENCE: f32 = 0.8;
/// The longest role that is quoted in a message, in bytes.
const SHORT: usize = 80;

/// An office that a source gives the bearer.
struct Held<'e> {
    source: &'e Arc<Source>,
    mention: &'e Mention,
    role: Span,
    office: Office,
}

/// The verdict on a name whose office the sources contradict, if they do. Silent where a source gives the bearer the draft's office at any
/// time, where the office is told as one of the past, and where two people may be meant.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Option<Verdict> {
    let mention = &draft.mentions[index as usize];
    let MentionKind::Name(name) = &mention.kind else { return None };
    let role = name.role.filter(|_| name.class == NameClass::Person && !name.doubtful && !mention.quoted)?;
    let text = &draft.prose.document.text;
    if tells_a_year(draft.prose.sentences[mention.sentence as usize].span.of(text)) {
        return None;
    }
    let ours: Vec<Office> = offices(role.of(text)).into_iter().filter(|o| !o.past).collect();
    if ours.is_empty() {
        return None;
    }
    let held = held(name, evidence)?;
    let wrong = ours.iter().find(|o| !held.iter().any(|h| h.office.name == o.name && h.office.below == o.below))?;
    let said = held.iter().find(|h| !h.office.past && wrong.excludes(&h.office))?;
    let theirs = &said.source.reading;
    let quote = theirs.prose.words(said.mention.sentence as usize).cover(said.mention.span).cover(said.role);
    let finding = Finding {
        source: said.source.clone(),
        quote,
        counterpart: said.role,
        stance: Stance::Refutes(Mismatch::Name),
        confidence: CONFIDENCE,
    };
    Some(Verdict {
        mention: index,
        label: Label::Refuted,
        mismatch: Some(Mismatch::Name),
        confidence: CONFIDENCE,
        message: Some(told(said)),
        fix: fix(text, role, wrong, said, ours.len()),
        findings: vec![finding],
    })
}

/// The offices that the sources give the bearer of a name; nothing if the name may be that of two people.
fn held<'e>(name: &Name, evidence: &'e [Evidence]) -> Option<Vec<Held<'e>>> {
    let mut held = Vec::new();
    let mut seen: Vec<&Arc<Source>> = Vec::new();
    let mut bearers: Vec<&Name> = Vec::new();
    for source in evidence.iter().map(|e| &e.passage.source) {
        if seen.iter().any(|s| Arc::ptr_eq(s, source)) {
            continue;
        }
        seen.push(source);
        for mention in &source.reading.mentions {
            let MentionKind::Name(other) = &mention.kind else { continue };
            if other.class != NameClass::Person || !same_name(name, other).agrees() {
                continue;
            }
            if !bearers.iter().any(|b| b.canonical == other.canonical) {
                if bearers.iter().any(|b| !same_name(b, other).agrees()) {
                    return None;
                }
                bearers.push(other);
            }
            let Some(role) = other.role.filter(|role| !is_listed(source, mention, *role)) else { continue };
            let named = offices(role.of(&source.reading.prose.document.text));
            held.extend(named.into_iter().map(|office| Held { source, mention, role, office }));
        }
    }
    Some(held)
}

/// Whether what follows a name may be the next of a list, not its role: "Hale, the mayor, and Roth".
fn is_listed(source: &Source, mention: &Mention, role: Span) -> bool {
    let text = &source.reading.prose.document.text;
    let rest = text.get(role.end as usize..).unwrap_or_default().trim_start_matches([',', ' ', '\n']);
    role.start >= mention.span.end && rest.starts_with("and ")
}

/// Whether a sentence speaks of a year, in which somebody may have held another office.
fn tells_a_year(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit()))
}

fn told(held: &Held<'_>) -> String {
    let text = &held.source.reading.prose.document.text;
    let (name, role) = (message::one_line(held.mention.span.of(text)), message::one_line(held.role.of(text)));
    let words = if role.len() > SHORT || held.mention.span.overlaps(held.role) {
        name
    } else if held.role.start < held.mention.span.start {
        message::one_line(held.role.cover(held.mention.span).of(text))
    } else {
        format!("{name}, {role}")
    };
    format!("The sources say {}.", words.trim_end_matches('.'))
}

/// Overwrites the words of the office, in the capitals of the draft, where both are one phrase without stops.
fn fix(text: &str, role: Span, wrong: &Office, held: &Held<'_>, ours: usize) -> Option<(Span, String)> {
    let start = role.start as usize;
    let span = Span::new(start + wrong.span.start as usize, start + wrong.span.end as usize);
    let said = held.role.of(&held.source.reading.prose.document.text);
    let theirs = message::one_line(held.office.span.of(said));
    let plain = |s: &str| !s.contains(['.', '\'', '’']) && !s.to_lowercase().contains(" of ");
    let old = text.get(span.range())?;
    if ours != 1 || !plain(old) || !plain(&theirs) {
        return None;
    }
    let capitals = old.split_whitespace().last()?.starts_with(char::is_uppercase);
    let word = |w: &str| {
        let mut letters = w.chars();
        match letters.next() {
            Some(first) if capitals => first.to_uppercase().chain(letters).collect::<String>(),
            Some(first) if w.chars().skip(1).all(char::is_lowercase) => first.to_lowercase().chain(letters).collect(),
            _ => w.to_owned(),
        }
    };
    Some((span, theirs.split(' ').map(word).collect::<Vec<_>>().join(" ")))
}
