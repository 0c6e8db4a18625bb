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
    /// Its words.
    words: Span,
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
    let ours: Vec<(Office, Span)> = named(text, role).into_iter().filter(|(o, _)| !o.past).collect();
    if ours.is_empty() {
        return None;
    }
    let held = held(name, evidence)?;
    let (wrong, words) = ours.iter().find(|(o, _)| !held.iter().any(|h| h.office.name == o.name && h.office.below == o.below))?;
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
        fix: (ours.len() == 1).then(|| fix(text, *words, said)).flatten(),
        findings: vec![finding],
        nearest: None,
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
            let named = named(&source.reading.prose.document.text, role);
            held.extend(named.into_iter().map(|(office, words)| Held { source, mention, role, office, words }));
        }
    }
    Some(held)
}

/// The offices of a role, each with its words in bytes of the text. The word before the role is looked at too: "Former" at the start of a
/// sentence.
fn named(text: &str, role: Span) -> Vec<(Office, Span)> {
    let before = text[..role.start as usize].trim_end_matches([' ', '-']);
    let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| text.ceil_char_boundary(i + 1));
    let from = if before.len() + 1 < role.start as usize { role.start as usize } else { start };
    let place = |o: &Office| Span::new(from + o.span.start as usize, from + o.span.end as usize);
    offices(&text[from..role.end as usize]).into_iter().map(|o| (place(&o), o)).map(|(span, o)| (o, span)).collect()
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

/// Overwrites the words of the office, in the capitals of the draft, where both are plain phrases.
fn fix(text: &str, words: Span, held: &Held<'_>) -> Option<(Span, String)> {
    /// Letters of the longest abbreviation of an office.
    const SHORT_FORM: usize = 4;
    let is_short = |s: &str| s.len() <= SHORT_FORM && s != "king" && s != "pope";
    let old = words.of(text);
    let said = message::one_line(held.words.of(&held.source.reading.prose.document.text));
    let theirs = if is_short(&said) && !held.office.below { held.office.name } else { said.as_str() };
    let plain = |s: &str| !s.contains(['.', '\'', '’']) && !s.to_lowercase().contains(" of ");
    if !plain(old) || !plain(theirs) {
        return None;
    }
    let shouted = old.len() > 1 && !old.contains(char::is_lowercase);
    let capitals = old.split_whitespace().last()?.starts_with(char::is_uppercase) && !shouted;
    let word = |w: &str| {
        let mut letters = w.chars();
        match letters.next() {
            Some(first) if capitals => first.to_uppercase().chain(letters).collect::<String>(),
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => String::new(),
        }
    };
    // "Gov." has its stop.
    let stop = usize::from(is_short(old) && text[words.end as usize..].starts_with('.'));
    let span = Span::new(words.start as usize, words.end as usize + stop);
    Some((span, theirs.split_whitespace().map(word).collect::<Vec<_>>().join(" ")))
}
