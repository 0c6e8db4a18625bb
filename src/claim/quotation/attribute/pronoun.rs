//! Whom "he" and "she" stand for.

use std::collections::HashMap;

use super::{Named, Scene};
use crate::{claim::quotation::Speaker, prose::Prose, text::Span};

/// How many sentences back a pronoun reaches.
const SENTENCES: usize = 3;

/// What titles and pronouns tell of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

impl Scene<'_> {
    /// The canonical form of the person that the pronoun at `span` stands for, if only one can be meant. `last` is the quotation
    /// before with its speaker.
    pub(super) fn antecedent(&self, span: Span, last: Option<&(Span, Speaker)>) -> Option<String> {
        let gender = match self.prose.str(span) {
            "he" | "He" => Gender::He,
            "she" | "She" => Gender::She,
            _ => return None,
        };
        let here = self.prose.sentence_at(span.start);
        let block = self.prose.sentences.get(here)?.block;
        for back in 0..=SENTENCES {
            let Some(sentence) = here.checked_sub(back) else { break };
            let s = &self.prose.sentences[sentence];
            // Into the paragraph before, but not further.
            if s.block + 1 < block {
                break;
            }
            let until = if back == 0 { span.start } else { s.span.end };
            if let Some((at, speaker)) = last
                && at.start >= s.span.start
                && at.end <= until
                && let Some(canonical) = &speaker.canonical
                && self.fits(canonical, gender)
            {
                return Some(canonical.clone());
            }
            let mut people: Vec<&Named> = Vec::new();
            for name in &self.names[self.names.partition_point(|n| n.span.start < s.span.start)..] {
                if name.span.start >= until {
                    break;
                }
                if name.person
                    && !name.quoted
                    && self.fits(&name.canonical, gender)
                    && people.iter().all(|p| p.canonical != name.canonical)
                {
                    people.push(name);
                }
            }
            match people[..] {
                [] => {}
                [only] => return Some(only.canonical.clone()),
                _ => return None,
            }
        }
        None
    }

    /// Whether nothing in the text speaks against calling this person so: "Mr Smith" is no "she".
    fn fits(&self, canonical: &str, gender: Gender) -> bool {
        self.genders.get(canonical).is_none_or(|g| *g == gender)
    }
}

/// The people whom the text gives a title that tells.
pub(super) fn genders(prose: &Prose, names: &[Named]) -> HashMap<String, Gender> {
    let mut out = HashMap::new();
    for name in names.iter().filter(|n| n.person) {
        let before = prose.document.prose[..name.bare.start as usize].trim_end().trim_end_matches('.');
        let title = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let gender = match title {
            "Mr" | "Sir" | "Lord" | "King" | "Prince" => Gender::He,
            "Mrs" | "Ms" | "Miss" | "Dame" | "Lady" | "Queen" | "Princess" => Gender::She,
            _ => continue,
        };
        out.entry(name.canonical.clone()).or_insert(gender);
    }
    out
}
