//! What stands before a superlative: "the", an owner, "one of", "not".

use std::ops::Range;

use crate::{
    claim::{
        atom::Line,
        quantity::words::{self, Class},
    },
    prose::Tag,
};

/// What stands before a superlative.
#[derive(Default)]
pub(super) struct Lead {
    /// "the", or an owner.
    pub(super) definite: bool,
    /// "a", "an".
    pub(super) article: bool,
    /// "the state's": its atoms, the possessive left out.
    pub(super) owner: Option<Range<usize>>,
    /// The first atom of "one of the".
    pub(super) among: Option<usize>,
    /// "not the largest".
    pub(super) denied: bool,
    /// The word before all this.
    pub(super) before: &'static str,
}

impl Lead {
    /// Reads backwards from before atom `i`.
    pub(super) fn before(line: &Line<'_>, i: usize, counted: bool) -> Self {
        let mut lead = Self::default();
        let Some(last) = i.checked_sub(1) else { return lead };
        // "the “most severe” storm".
        if last > 0 && matches!(line.mark(last), Some('"' | '“' | '‘' | '\'')) && !line.glued(last) {
            return Self::before(line, last, counted);
        }
        let word = line.word(last);
        let mut from = last;
        let mark = |k: usize| line.mark(k).is_some_and(|c| matches!(c, '\'' | '’'));
        // "the state's", "the states'".
        let owner = if word == "s" && last > 1 && mark(last - 1) && line.glued(last) {
            Some(last - 1)
        } else {
            (last > 0 && mark(last) && line.glued(last) && line.word(last - 1).ends_with('s')).then_some(last)
        };
        if let Some(end) = owner {
            from = end;
            while from > 0
                && end - from < 5
                && matches!(line.tag(from - 1), Tag::Noun | Tag::ProperNoun | Tag::Adjective)
                && !line.word(from - 1).is_empty()
            {
                from -= 1;
            }
            lead.definite = true;
            lead.owner = (from < end).then_some(from..end);
            if from > 0 && matches!(line.tag(from - 1), Tag::Determiner | Tag::Pronoun) {
                from -= 1;
            }
        } else {
            match word {
                "the" | "top" => lead.definite = true,
                owner if words::is(owner, Class::Possessive) => lead.definite = true,
                "a" | "an" => lead.article = true,
                // "the first and only".
                "and" if matches!(line.word(i.wrapping_sub(2)), "first" | "largest" | "oldest") => {
                    lead.definite = true;
                    from = i - 2;
                }
                _ if counted => {}
                _ => from = i,
            }
        }
        let word = |back: usize| from.checked_sub(back).map_or("", |k| line.word(k));
        if lead.definite && word(1) == "of" && from >= 2 {
            let several = matches!(word(2), "one" | "some" | "many" | "several" | "two" | "three" | "four" | "five" | "six");
            lead.among = several.then(|| from - 2);
        } else if lead.definite && word(1) == "among" {
            lead.among = Some(from - 1);
        }
        let edge = lead.among.unwrap_or(from);
        let word = |back: usize| edge.checked_sub(back).map_or("", |k| line.word(k));
        lead.denied = matches!(word(1), "not" | "nor" | "never" | "hardly") || word(1) == "t" && edge > 1 && mark(edge - 2);
        lead.before = match word(1) {
            "at" => "at",
            "to" => "to",
            "in" => "in",
            _ => "",
        };
        lead
    }
}
