//! What the verdicts on all of a draft say to each one.

use super::{Verdict, spoken_for, spoken_for::SpokenFor, stranger, stranger::Heard};
use crate::{claim::Reading, text::Span};

/// What is known of a draft beside the part that is judged.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    spoken_for: SpokenFor,
    heard: Heard,
}

impl Beside {
    /// What the verdicts on a draft say to those on a part of it that is read again. `now` says where a sentence of the draft, in bytes, begins
    /// now; `None` passes it over.
    #[must_use]
    pub fn of(draft: &Reading, verdicts: &[Verdict], now: impl Fn(Span) -> Option<u32>) -> Self {
        let at = |v: &Verdict| {
            let mention = draft.mentions.get(v.mention as usize)?;
            let sentence = draft.prose.sentences[mention.sentence as usize].span;
            Some(now(sentence)? + mention.span.start.saturating_sub(sentence.start))
        };
        let known = || verdicts.iter().filter_map(|v| Some((at(v)?, v)));
        Self { spoken_for: SpokenFor::of(known().map(|(_, v)| v)), heard: Heard::of(known()) }
    }
}

/// Takes back what is held against a mention where the other verdicts, and those `beside` them, say that it is not meant.
pub fn release(draft: &Reading, verdicts: &mut [Verdict], beside: &Beside) {
    spoken_for::release(draft, verdicts, &beside.spoken_for);
    stranger::release(draft, verdicts, &beside.heard);
}
