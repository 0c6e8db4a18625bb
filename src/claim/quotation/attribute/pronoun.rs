//! Whom "he" and "she" stand for.

use rustc_hash::FxHashMap;

use super::{Named, Scene, is_cue};
use crate::{
    claim::quotation::Speaker,
    prose::{Prose, Tag},
    text::Span,
};

/// How many sentences back a pronoun reaches.
const SENTENCES: usize = 3;

/// What titles and pronouns tell of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

impl Scene<'_> {
    /// Gives a pronoun the canonical form of the person that it stands for, if only one can be meant. `reported` says whether the words
    /// stand in a clause of the writer's that the pronoun speaks: whom it names is somebody else, as in "Ruiz had "lost the city", she
    /// said" (principle C of binding, Chomsky 1981). `last` is the quotation before with its speaker.
    pub(super) fn stand_for(&self, speaker: &mut Speaker, reported: bool, last: Option<&(Span, Speaker)>) {
        if let Some((canonical, sure)) = self.antecedent(speaker.span, reported, last) {
            (speaker.canonical, speaker.sure) = (Some(canonical), sure);
        }
    }

    fn gender(&self, span: Span) -> Option<Gender> {
        match self.prose.str(span) {
            "he" | "He" => Some(Gender::He),
            "she" | "She" => Some(Gender::She),
            _ => None,
        }
    }

    fn antecedent(&self, span: Span, reported: bool, last: Option<&(Span, Speaker)>) -> Option<(String, bool)> {
        let gender = self.gender(span)?;
        let here = self.prose.sentence_at(span.start);
        let block = self.prose.sentences.get(here)?.block;
        let mut skipped = 0;
        for back in 0..=SENTENCES + 1 {
            if back > SENTENCES + skipped {
                break;
            }
            let Some(sentence) = here.checked_sub(back) else { break };
            let s = &self.prose.sentences[sentence];
            // Into the paragraph before, but not further.
            if s.block + 1 < block {
                break;
            }
            let near = back <= 2 + skipped;
            let until = match back {
                0 if reported => s.span.start,
                0 => span.start,
                _ => s.span.end,
            };
            if let Some((at, speaker)) = last
                && at.start >= s.span.start
                && at.end <= until
                && let Some(canonical) = &speaker.canonical
                && self.fits(canonical, gender)
            {
                let named = speaker.sure || self.gender(speaker.span).is_none();
                return Some((canonical.clone(), near && named));
            }
            // "He was angry with Brady.": Brady is not "he".
            if back > 0 && self.prose.tokens_of(sentence).first().is_some_and(|t| self.gender(t.span) == Some(gender)) {
                skipped += 1;
                continue;
            }
            let mut people: Vec<&Named> = Vec::new();
            for name in &self.names[self.names.partition_point(|n| n.span.start < s.span.start)..] {
                if name.span.start >= until {
                    break;
                }
                let known = people.iter().any(|p| p.canonical == name.canonical);
                if name.person && !name.quoted && !known && self.fits(&name.canonical, gender) {
                    people.push(name);
                }
            }
            // "Anna Berg, the mayor of Pine Ferry": a name behind "of" is hardly the one who speaks.
            if people.len() > 1 {
                people.retain(|name| !self.belongs(name));
            }
            match people[..] {
                [] => {}
                [only] => return Some((only.canonical.clone(), near && self.is_subject(only))),
                _ => return None,
            }
        }
        None
    }

    /// Whether a name only says where or of what.
    fn belongs(&self, name: &Named) -> bool {
        let i = self.prose.tokens.partition_point(|t| t.span.start < name.span.start);
        i.checked_sub(1).is_some_and(|i| matches!(self.prose.str(self.prose.tokens[i].span), "of" | "in" | "at" | "from"))
    }

    /// Whether a name stands as a subject can: behind no preposition and no verb but one of saying.
    fn is_subject(&self, name: &Named) -> bool {
        let i = self.prose.tokens.partition_point(|t| t.span.start < name.span.start);
        let before = i.checked_sub(1).and_then(|i| self.prose.tokens.get(i));
        before.is_none_or(|t| !matches!(t.tag, Tag::Adposition | Tag::Verb) || is_cue(self.prose, t))
    }

    /// Whether nothing in the text speaks against calling this person so: "Mr Smith" is no "she".
    fn fits(&self, canonical: &str, gender: Gender) -> bool {
        self.genders.get(canonical).is_none_or(|g| *g == gender)
    }
}

/// The people whom the text gives a title that tells.
pub(super) fn genders(prose: &Prose, names: &[Named]) -> FxHashMap<String, Gender> {
    let mut out = FxHashMap::default();
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
