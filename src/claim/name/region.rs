//! Stretches of words in which names may stand, and the names that are possible in them.

use super::{
    lexicon::Flags,
    run,
    sort::Sort,
    word::{Case, Word},
};
use crate::prose::TokenKind;

/// The most words of a name.
pub(super) const LONGEST: usize = 10;

/// A stretch of words `from..to` of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What the rules make of some words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruled {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The index of the class.
    pub(super) class: usize,
    /// By how much it leads.
    pub(super) lead: i32,
    /// Whether a title stands before it.
    pub(super) titled: bool,
}

/// Those that touch the words `from..to`, of some that are in order and do not overlap.
pub(super) fn beside(ruled: &[Ruled], from: usize, to: usize) -> &[Ruled] {
    let first = ruled.partition_point(|r| r.to < from);
    let last = first + ruled[first..].partition_point(|r| r.from <= to);
    &ruled[first..last]
}

/// The regions of a sentence, in order.
pub(super) fn regions(words: &[Word], sorts: &[Sort], out: &mut Vec<Region>) {
    out.clear();
    let mut at = 0;
    while at < words.len() {
        if !begins(words, sorts, at) {
            at += 1;
            continue;
        }
        let to = end(words, sorts, at);
        out.push(Region { from: at, to });
        at = to;
    }
}

/// Whether a name may begin with the word at `i`.
pub(super) fn begins(words: &[Word], sorts: &[Sort], i: usize) -> bool {
    let word = &words[i];
    if word.kind == TokenKind::Number {
        let next = || words.get(i + 1).is_some_and(|w| w.spaced && w.capital() && !w.is(Flags::CALENDAR));
        return match sorts[i] {
            Sort::Mixed => word.text.contains(char::is_uppercase) && !word.text.contains('$') || word.is(Flags::PHRASE) && next(),
            Sort::Ordinal => next(),
            _ => word.is(Flags::PHRASE) && run::phrase(words, i).is_some(),
        };
    }
    word.capital() && !run::is_pronoun(word.text) && !run::marked(words, i)
}

/// Whether a name may end before `to`.
pub(super) fn ends(words: &[Word], sorts: &[Sort], to: usize) -> bool {
    let word = &words[to - 1];
    word.capital() || matches!(sorts[to - 1], Sort::Number | Sort::Mixed | Sort::Ordinal | Sort::Possessive)
}

fn end(words: &[Word], sorts: &[Sort], from: usize) -> usize {
    let mut end = from + 1;
    let mut at = end;
    let mut links = 0;
    while at < words.len() && at < from + 3 * LONGEST {
        let word = &words[at];
        if words[at - 1].closed {
            break;
        }
        if sorts[at] == Sort::Possessive {
            links += 1;
            at += 1;
            if links > 1 {
                break;
            }
            end = at;
            continue;
        }
        let comma = word.text == ",";
        if !(word.spaced || comma) {
            break;
        }
        if word.capital() && !run::is_pronoun(word.text) && !run::marked(words, at) {
            at += 1;
            end = at;
            links = 0;
            continue;
        }
        if matches!(sorts[at], Sort::Number | Sort::Mixed | Sort::Ordinal) && word.text.len() < 8 && links == 0 {
            at += 1;
            end = at;
            continue;
        }
        let link = match sorts[at] {
            Sort::Of | Sort::And | Sort::Article | Sort::For | Sort::Particle | Sort::Ampersand => true,
            Sort::Comma => {
                comma && words.get(at + 1).is_some_and(|w| w.capital() && (w.is(Flags::LEGAL) || generation(w.folded)))
            }
            _ => word.case == Case::Lower && matches!(word.text, "to" | "in" | "on" | "at" | "de" | "am"),
        };
        if !link || links > 1 {
            break;
        }
        links += 1;
        at += 1;
    }
    end
}

fn generation(folded: &str) -> bool {
    matches!(folded, "jr" | "jr." | "sr" | "sr.")
}

/// The names that are possible in a region: first word, the word after the last.
pub(super) fn candidates(words: &[Word], sorts: &[Sort], region: &Region, mut each: impl FnMut(usize, usize)) {
    for from in region.from..region.to {
        if !begins(words, sorts, from) {
            continue;
        }
        for to in from + 1..=region.to.min(from + LONGEST) {
            if ends(words, sorts, to) {
                each(from, to);
            }
        }
    }
}
