//! The right name with the wrong role: "Dave Roth, the police chief", whom every source calls the fire chief.

mod held;
mod weigh;

use super::{Finding, Label, Mismatch, Reason, Stance, Sum, Verdict};
use crate::{
    claim::{self, Claim, MentionKind, Reading, RoleForm},
    evidence::{Evidence, Feature},
    text::{Span, single_spaced},
};
use held::{Held, Told};

/// The least probability at which a role is called refuted.
pub const LEAST: f32 = 0.4;
/// The longest role that is told in a message, in bytes.
const SHORT: usize = 80;

/// A role of the draft beside one that the sources give the same bearer and that excludes it.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The words of the draft's role, in bytes.
    pub words: Span,
    /// The words of the source's, in bytes of the source.
    pub counterpart: Span,
    /// Why.
    pub sum: Sum,
    /// How sure it is that the draft is wrong, 0 to 1.
    pub probability: f32,
    /// What is said if it is.
    pub verdict: Verdict,
}

/// Adds the verdicts on the roles of a claim that the sources contradict, beside those on the names. Whatever the sources do not contradict
/// is passed over in silence, and so is the role of a name that is wrong itself.
pub(super) fn add(draft: &Reading, claim: &Claim, evidence: &[Evidence], verdicts: &mut Vec<Verdict>) {
    for found in weigh(draft, claim, evidence).into_iter().filter(|w| w.probability >= LEAST).map(|w| w.verdict) {
        let place = verdicts.iter().position(|v| v.mention == found.mention);
        if let Some(place) = place.filter(|&i| matches!(verdicts[i].label, Label::Supported | Label::NotEnoughInfo)) {
            let before = found.span(draft).start < draft.mentions[found.mention as usize].span.start;
            verdicts.insert(place + usize::from(!before), found);
        }
    }
}

/// Weighs each role of a claim against the loudest of those that the sources give its bearer; silent where a source gives the bearer the
/// draft's role at any time, or has a word for it near the name, where the draft has the source's word too, and where two people may be meant.
#[must_use]
pub fn weigh(draft: &Reading, claim: &Claim, evidence: &[Evidence]) -> Vec<Weighed> {
    let mut weighed: Vec<Weighed> = Vec::new();
    for role in draft.roles.iter().filter(|r| r.sentence == claim.sentence && !r.listed) {
        let bearer = &draft.mentions[role.bearer as usize];
        let MentionKind::Name(name) = &bearer.kind else { continue };
        if bearer.quoted
            || draft.mentions.iter().any(|m| matches!(m.kind, MentionKind::Quotation(_)) && m.span.overlaps(role.head))
        {
            continue;
        }
        let ours = Told::new(draft, role);
        // In another year somebody may have been something else.
        if ours.is_post() && tells_a_year(draft.prose.sentences[role.sentence as usize].span.of(&draft.prose.document.text)) {
            continue;
        }
        let Some(held) = Held::of(name, evidence) else { continue };
        let mine: Vec<Told<'_>> = draft
            .roles
            .iter()
            .filter(|r| name_of(draft, r.bearer).is_some_and(|n| n.canonical == name.canonical))
            .map(|r| Told::new(draft, r))
            .collect();
        let loudest = held
            .roles
            .iter()
            .filter_map(|(source, theirs)| {
                let features = weigh::features(&ours, theirs, &held, &mine, evidence)?;
                Some((source, theirs, weigh::sum(&features), features))
            })
            .max_by(|a, b| a.2.probability().total_cmp(&b.2.probability()));
        let Some((source, theirs, sum, features)) = loudest else { continue };
        if ours.has_beside(&theirs.head) {
            continue;
        }
        let probability = sum.probability();
        let modifier = Feature::value_of(&features, "modifier") > 0.0;
        let supported = held.roles.iter().any(|(_, t)| if modifier { same_words(&ours, t) } else { ours.goes_with(t) });
        let one_word = ours.office.as_ref().is_none_or(|o| o.name.split(' ').count() == 1 && !o.below);
        if supported || !modifier && one_word && (held.is_near(&ours.head) || held.is_near(ours.key())) {
            continue;
        }
        // The words in which the two differ stand behind the noun, too: "a secretary at the foreign ministry".
        let (words, counterpart) = match ours.differing(theirs).filter(|_| modifier) {
            Some((a, b)) if a.span.start > role.head.end || b.span.start > theirs.role.head.end => (a.span, b.span),
            _ => (ours.words(), theirs.words()),
        };
        // Where another has this role, the name may be wrong as well: both are shown.
        let elsewhere = Feature::value_of(&features, "elsewhere") > 0.0;
        let both = words.cover(name.bare);
        let whole = if elsewhere && both.len() <= SHORT && role.sentence == bearer.sentence { both } else { words };
        let quote = theirs.reading.prose.words(theirs.role.sentence as usize).cover(theirs.role.head);
        let finding = Finding {
            source: (*source).clone(),
            quote,
            counterpart,
            stance: Stance::Refutes(Mismatch::Role(whole)),
            confidence: probability,
        };
        let certain = !elsewhere
            && theirs.role.form != RoleForm::Described
            && held.roles.iter().all(|(_, t)| t.goes_with(theirs) || t.is_loose() || t.is_kin() != theirs.is_kin());
        let fix = certain.then(|| fix(&ours, theirs, words, counterpart)).flatten();
        let verdict = Verdict {
            mismatch: Some(Mismatch::Role(whole)),
            message: Some(told(&ours, theirs)),
            fix,
            findings: vec![finding],
            ..Verdict::new(role.bearer, Label::Refuted, probability, Reason::Role)
        };
        if weighed.iter().any(|w| w.words.overlaps(whole)) {
            continue;
        }
        weighed.push(Weighed { words: whole, counterpart, sum, probability, verdict });
    }
    weighed
}

fn name_of(draft: &Reading, mention: u32) -> Option<&claim::Name> {
    if let MentionKind::Name(name) = &draft.mentions[mention as usize].kind { Some(name) } else { None }
}

/// Whether a source has the draft's noun with all the words that say which.
fn same_words(ours: &Told<'_>, theirs: &Told<'_>) -> bool {
    ours.head == theirs.head && ours.context.is_subset(&theirs.context)
}

/// Whether a sentence speaks of a year, in which somebody may have held another office.
fn tells_a_year(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit()))
}

/// "The sources call Dave Roth the fire chief."
fn told(ours: &Told<'_>, theirs: &Told<'_>) -> String {
    let text = &theirs.reading.prose.document.text;
    let name = name_of(ours.reading, ours.role.bearer).map_or(ours.bearer().span, |n| n.bare);
    let name = single_spaced(name.of(&ours.reading.prose.document.text));
    let mut span = theirs.words();
    let whole = span.cover(theirs.role.span);
    if whole.len() <= SHORT {
        span = whole;
    }
    let words = single_spaced(span.of(text));
    let owner = theirs.role.owner.filter(|o| o.len() <= SHORT && o.end <= span.start).map(|o| single_spaced(o.of(text)));
    let determined = match owner {
        Some(owner) if ["his", "her", "their", "its"].contains(&owner.to_lowercase().as_str()) => {
            format!("{} {words}", owner.to_lowercase())
        }
        Some(owner) => format!("{owner}’s {words}"),
        None if theirs.office.is_some() && !theirs.is_kin() || theirs.role.span.end > theirs.role.head.end => {
            format!("the {words}")
        }
        None => format!("{} {words}", article(&words)),
    };
    format!("The sources call {name} {}.", determined.trim_end_matches('.'))
}

fn article(words: &str) -> &'static str {
    if words.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']) { "an" } else { "a" }
}

/// Overwrites the words of the role with the source's, in the capitals of the draft, the article before them too where it changes.
fn fix(ours: &Told<'_>, theirs: &Told<'_>, words: Span, counterpart: Span) -> Option<(Span, String)> {
    let text = &ours.reading.prose.document.text;
    let mut span = words;
    let old = span.of(text);
    let said = single_spaced(counterpart.of(&theirs.reading.prose.document.text));
    let shouted = |s: &str| s.len() > 1 && !s.contains(char::is_lowercase);
    let plain = |s: &str| !s.contains(['.', '\'', '’']) && !s.is_empty();
    if !plain(old) || !plain(&said) {
        return None;
    }
    let capitals = old.split_whitespace().last()?.starts_with(char::is_uppercase) && !shouted(old);
    let word = |w: &str| {
        let mut letters = w.chars();
        match letters.next() {
            _ if shouted(w) => w.to_owned(),
            Some(first) if capitals => first.to_uppercase().chain(letters).collect(),
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => String::new(),
        }
    };
    let mut new = said.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    let before = text.get(..span.start as usize)?;
    for given in ["a ", "an "] {
        let Some(rest) = before.strip_suffix(given).filter(|r| r.is_empty() || r.ends_with(char::is_whitespace)) else {
            continue;
        };
        if given.trim() != article(&new) {
            span = Span { start: rest.len() as u32, ..span };
            new = format!("{} {new}", article(&new));
        }
    }
    Some((span, new))
}
