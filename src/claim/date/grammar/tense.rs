//! Whether the clause around a date lies in the past or in the future.

use std::{collections::HashSet, sync::LazyLock};

use super::{Words, lines};
use crate::{
    claim::date::{Tense, lex},
    prose::{Prose, Tag},
};

static PAST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lines(include_str!("../../data/past_verbs.txt")).collect());

impl Words<'_> {
    pub(super) fn is_verb(&self, i: usize) -> bool {
        matches!(self.items[i].tag, Tag::Verb | Tag::Auxiliary)
    }

    /// Where the verb that governs the pieces `from..to` lies: the nearest before them, otherwise the first after; `None` if there is no verb.
    pub(super) fn tense(&self, from: usize, to: usize) -> Option<Tense> {
        // "is due in May", "expected on Friday"
        let at = from.wrapping_sub(1);
        let at = if self.is(at, &["in", "on", "by", "at", "around", "before"]) { at.wrapping_sub(1) } else { at };
        if self.is(at, &["due", "scheduled", "expected", "slated", "tentatively"])
            && !self.is(at.wrapping_sub(1), &["was", "were"])
        {
            return Some(Tense::Future);
        }
        if let Some(v) = (0..from).rev().take(14).find(|&i| self.is_verb(i)) {
            return Some(self.tense_of(v));
        }
        let end = self.items.len();
        // Through the group of auxiliaries: "will be held".
        let v = (to..end).take(14).find(|&i| self.is_verb(i))?;
        Some(self.tense_of((v..end).take_while(|&i| self.is_verb(i)).last().unwrap_or(v)))
    }

    /// Where what has no verb lies: a caption or a fragment of a report.
    pub(super) fn untold(&self) -> Tense {
        if self.in_report { Tense::Past } else { Tense::Unknown }
    }

    /// The tense of the verb group that ends at `v`.
    pub(super) fn tense_of(&self, v: usize) -> Tense {
        // "after opening Friday" in a report is of the past.
        let gerund = self.in_report && self.text(v).ends_with("ing");
        let mut tense = if gerund { Tense::Past } else { Tense::Unknown };
        let mut infinitive = false;
        for i in (v.saturating_sub(5)..=v).rev() {
            let group = i == v || infinitive || self.is_verb(i) || matches!(self.items[i].tag, Tag::Adverb | Tag::Particle);
            if !group {
                break;
            }
            let mut buffer = [0; 16];
            match self.lower(i, &mut buffer).unwrap_or("") {
                "will" | "shall" | "'ll" | "won't" => return Tense::Future,
                "would" | "should" | "could" | "can" | "may" | "might" | "must" => return Tense::Unknown,
                "to" => infinitive = true,
                "is" | "are" | "am" | "'s" | "'re" if gerund => return Tense::Unknown,
                // "is to be held", "have to finish", "are set to meet"
                "is" | "are" | "am" | "has" | "have" | "need" | "needs" | "plans" | "plan" | "wants" | "want" if infinitive => {
                    return Tense::Future;
                }
                "was" | "were" | "had" if infinitive => return Tense::Unknown,
                word if !infinitive && is_past(word) => tense = Tense::Past,
                _ => {}
            }
        }
        tense
    }
}

fn is_past(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed") || PAST.contains(word)
}

/// Whether some verb of the text is in the past.
pub(super) fn in_report(prose: &Prose) -> bool {
    let mut buffer = [0; 16];
    prose.tokens.iter().any(|t| {
        matches!(t.tag, Tag::Verb | Tag::Auxiliary)
            && lex::lower(prose.str(t.span), &mut buffer).is_some_and(|w| PAST.contains(w))
    })
}
