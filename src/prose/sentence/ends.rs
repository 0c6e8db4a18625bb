//! Whether a sentence ends at a place where it may.

use super::{
    places::is_glued,
    words::{first_word, has_quote, is_camel, is_closer, is_leader, is_terminator, last_piece, last_word},
};
use crate::prose::abbreviation::{Abbreviation, is_after_clock, is_credit, is_opener, is_speech_verb, kind};

/// How far, in bytes, brackets and attributions are looked for.
const REACH: usize = 400;

/// Whether the sentence `before` ends where `after` begins.
pub(super) fn ends(before: &str, after: &str) -> bool {
    let spaced = before.ends_with(char::is_whitespace);
    let before = before.trim_end();
    let inner = before.trim_end_matches(is_closer);
    let stops = inner.len() - inner.trim_end_matches(|c: char| is_terminator(c) || c == ' ').len();
    // The space before an ellipsis is the stem's.
    let stops = inner[inner.len() - stops..].trim_start();
    let stem = &inner[..inner.len() - stops.len()];
    let closers = &before[inner.len()..];
    if !stops.contains(is_terminator) || stem.trim_start_matches(is_leader).is_empty() {
        return false;
    }
    let next = after.trim_start_matches(is_leader);
    let leaders = &after[..after.len() - next.len()];
    let Some(first) = next.chars().next() else { return !leaders.is_empty() || after.is_empty() };
    let word = first_word(next);
    if is_credit(word) && next[word.len()..].starts_with(':') {
        return true;
    }
    if !spaced && closers.is_empty() && !stops.ends_with(['．', '。', '！', '？']) && !is_glued(last_piece(stem), next) {
        return false;
    }
    if first.is_lowercase() && !is_camel(word) {
        // UAX #29 asks for more than white space here; so does "and — he".
        return false;
    }
    if in_brackets(before, after) || is_omission(stem, stops) && (has_quote(closers) || leaders.contains('(')) {
        return false;
    }
    if is_signature(after, has_quote(closers)) {
        return false;
    }
    let stops = stops.trim();
    if stops.contains(['!', '?']) {
        return !(has_quote(closers) && is_attribution(next));
    }
    if stops != "." {
        // An ellipsis. A capital begins anew after it, unless it is one that has to be.
        let paused = !stops.contains("....") && !stops.contains(". . . .");
        return !(paused && matches!(word.split(['\'', '’']).next(), Some("I")));
    }
    after_stop(stem, closers, next, word, first)
}

/// Whether a single full stop after `stem` ends the sentence before `next`, whose first word and character are given.
fn after_stop(stem: &str, closers: &str, next: &str, word: &str, first: char) -> bool {
    let last = last_word(stem);
    let so_far = stem.trim_start_matches(is_leader);
    if so_far.len() <= 4 && (so_far.bytes().all(|b| b.is_ascii_digit()) || so_far.chars().count() == 1) {
        // "1. The first", "A. His name".
        return false;
    }
    let opener = first.is_uppercase() && is_opener(word);
    match kind(last) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Numbering) => !first.is_numeric(),
        Some(Abbreviation::Clock) => {
            let introduces =
                so_far.split_whitespace().take(7).count() <= 6 && !so_far.contains(',') && begins_with_preposition(so_far);
            !is_after_clock(word) && (opener || !introduces) && !first.is_numeric()
        }
        Some(Abbreviation::Latin) => false,
        Some(Abbreviation::Initial) => {
            let previous = so_far[..so_far.len() - last.len()].trim_end();
            let named = last_word(previous).starts_with(char::is_uppercase) && !previous.ends_with(is_terminator)
                || previous.ends_with('.');
            match last {
                "I" => !named || opener,
                _ => opener && !matches!(word, "Will" | "May" | "Do" | "So" | "An"),
            }
        }
        Some(Abbreviation::Other) if has_quote(closers) => true,
        Some(Abbreviation::Other) => {
            let starts = opener || next.len() > word.len() && leads(next, word);
            starts && !first.is_numeric()
        }
        None => true,
    }
}

/// Whether what follows an abbreviation begins a sentence by its look: a word in brackets or quotation marks does not decide.
fn leads(next: &str, word: &str) -> bool {
    word == "I" || word.ends_with("’s") && next.len() > word.len() && is_opener(word.trim_end_matches("’s"))
}

/// Whether the place is inside brackets that a sentence holds: "(He left. She stayed.)" in the middle of one.
fn in_brackets(before: &str, after: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..];
    let Some(open) = near.rfind('(') else { return false };
    // One that begins the sentence holds whole sentences.
    let begins = near.len() == before.len() && near[..open].trim_start_matches(is_leader).is_empty();
    !begins
        && !near[open..].contains(')')
        && after[..after.floor_char_boundary(REACH)].find(')').is_some_and(|close| !after[..close].contains('('))
}

/// "[…]" and "(...)": words were left out, which ends no sentence unless one had ended before.
fn is_omission(stem: &str, stops: &str) -> bool {
    let dots = stops.trim();
    (dots == "…" || dots == "..." || dots == ". . .")
        && stem.ends_with(['[', '('])
        && !stem[..stem.len() - 1].trim_end().ends_with(is_terminator)
}

/// Whether what was said is signed, with a name and nothing more: "— Jane Roe", or two words and up without the dash.
fn is_signature(after: &str, quoted: bool) -> bool {
    if after.len() > REACH {
        return false;
    }
    let after = after.trim();
    let dashed = after.strip_prefix(['-', '–', '—']);
    let name = if quoted { dashed.unwrap_or(after) } else { after };
    let count = name.split_whitespace().take(7).count();
    let enough = if dashed.is_some() { 1..=6 } else { 2..=4 };
    if dashed.is_none() && name.contains(',') {
        return false;
    }
    enough.contains(&count)
        && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        && name.ends_with(char::is_alphabetic)
}

/// Whether a quotation goes on with who said it: "Mayor Jane Roe asked", "Roe, who …" does not count.
fn is_attribution(next: &str) -> bool {
    let near = &next[..next.floor_char_boundary(REACH)];
    for (names, word) in near.split_whitespace().take(7).enumerate() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if is_speech_verb(bare) {
            // "Roe asked." but not "He asked": a pronoun with a capital begins a sentence.
            return names > 0;
        }
        let particle = matches!(bare, "of" | "the" | "de" | "van" | "von" | "bin" | "al" | "for");
        if is_opener(bare) || !(bare.starts_with(char::is_uppercase) || names > 0 && particle) {
            return false;
        }
    }
    false
}

/// "At 5 a.m. Mr. Roe": the time introduces what follows.
fn begins_with_preposition(sentence: &str) -> bool {
    let word = first_word(sentence);
    ["At", "By", "Around", "About", "On", "From", "Until", "Since", "Before", "After", "Shortly", "Just", "Between"]
        .contains(&word)
}
