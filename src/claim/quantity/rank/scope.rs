//! What a superlative is compared with: "in the state", "since 1998", "of the year", "ever".

use crate::{
    claim::atom::{AtomKind, Line},
    prose::Tag,
    text::Span,
};

/// The words that follow a superlative and its noun and bound it.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) span: Option<Span>,
    /// Of all time.
    pub(super) ever: bool,
    /// Of a time that began, or lasted.
    pub(super) since: bool,
}

/// Longest scope, in atoms.
const REACH: usize = 9;

/// Reads the scope that begins at atom `i`.
pub(super) fn after(line: &Line<'_>, i: usize) -> Scope {
    let mut scope = Scope::default();
    let (mut at, mut to) = (i, i);
    // "ever recorded in the state", "known".
    while matches!(line.word(at), "ever" | "yet" | "recorded" | "known" | "measured" | "seen" | "on") && at < i + 4 {
        if line.word(at) == "on" && line.word(at + 1) != "record" {
            break;
        }
        scope.ever |= matches!(line.word(at), "ever" | "yet" | "recorded" | "on");
        at += if line.word(at) == "on" { 2 } else { 1 };
        to = at;
    }
    let begins = |k: usize| {
        matches!(line.word(k), "in" | "on" | "of" | "since" | "at" | "among" | "across" | "within" | "for" | "outside")
    };
    while begins(at) && to < i + REACH {
        let preposition = line.word(at);
        let mut k = at + 1;
        let mut time = false;
        while k < i + REACH && k < line.len() {
            let plain = match line.kind(k) {
                Some(AtomKind::Word) => {
                    !begins(k) && !matches!(line.tag(k), Tag::Verb | Tag::Auxiliary | Tag::Conjunction | Tag::Adposition)
                }
                Some(AtomKind::Digits) => true,
                _ => line.glued(k) && line.glued(k + 1),
            };
            if !plain {
                break;
            }
            let word = line.word(k);
            time |= ["year", "decade", "month", "week", "centur", "generation", "day"].iter().any(|t| word.starts_with(t));
            scope.ever |= word == "history"
                || word == "time" && line.word(k - 1) == "all" && preposition == "of"
                || word == "record" && preposition == "on";
            k += 1;
        }
        if k == at + 1 {
            break;
        }
        // "in ten years", "for a decade"; not "in the year".
        let lasting = matches!(preposition, "in" | "for") && time && !matches!(line.word(at + 1), "the" | "this" | "that");
        let lasting = lasting || matches!(preposition, "in" | "for") && time && matches!(line.word(at + 2), "past" | "last");
        scope.since |= preposition == "since" || lasting;
        (at, to) = (k, k);
    }
    scope.since &= !scope.ever;
    scope.span = (to > i).then(|| line.span(i, to));
    scope
}
