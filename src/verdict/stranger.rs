//! A source that tells of something else: what differs in it does not contradict a mention if it has a word on next to nothing
//! around it. Somebody else is sentenced in May there, in much the same words.

use std::sync::Arc;

use super::{Label, Mismatch, Reason, Stance, Verdict};
use crate::{claim::Reading, text::Span};

/// How far on either side a source is heard on what the draft says, in bytes: three or four sentences.
const AROUND: u32 = 500;
/// Fewest mentions there from which anything follows.
const FEWEST: usize = 4;
/// The least share of them on which a source has a word that tells of the same, whether it agrees or not,
const LEAST: f32 = 0.15;
/// and the share of the whole draft with which it does wherever it is cited. In labelled drafts over their own sources that of 1 error of 692
/// that were told fell short of both and was silent on the rest of the sentence; in 243 articles over others' sources those of 61 findings of
/// 63 did, none of which was right.
const OF_ALL: f32 = 0.25;

/// Which sources have a word on what a draft says, from place to place.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// For each mention where it begins, in bytes of the draft, and the addresses of the sources that have a word on it; in order.
    mentions: Vec<(u32, Arc<[usize]>)>,
}

impl Heard {
    /// Of some verdicts, each with where its mention begins.
    pub(super) fn of<'v>(verdicts: impl Iterator<Item = (u32, &'v Verdict)>) -> Self {
        let mut mentions: Vec<_> = verdicts.map(|(at, verdict)| (at, verdict.heard.clone())).collect();
        mentions.sort_by_key(|(at, _)| *at);
        Self { mentions }
    }

    /// On how much of the draft one of these sources has a word.
    fn everywhere(&self, sources: &[usize]) -> Share {
        Share::of(&self.mentions, sources)
    }

    /// The same around a place.
    fn around(&self, at: u32, sources: &[usize]) -> Share {
        self.within(Span { start: at.saturating_sub(AROUND), end: at.saturating_add(AROUND + 1) }, sources)
    }

    /// The same in a stretch of it.
    fn within(&self, stretch: Span, sources: &[usize]) -> Share {
        let from = self.mentions.partition_point(|(at, _)| *at < stretch.start);
        let to = self.mentions.partition_point(|(at, _)| *at < stretch.end);
        Share::of(&self.mentions[from..to], sources)
    }
}

/// So many mentions, and on how many of them a source has a word.
struct Share {
    all: usize,
    told: usize,
}

impl Share {
    fn of(mentions: &[(u32, Arc<[usize]>)], sources: &[usize]) -> Self {
        Self { all: mentions.len(), told: mentions.iter().filter(|(_, by)| meet(by, sources)).count() }
    }

    /// Of these and others, without the mention itself.
    fn beside_it(self, other: Self) -> Self {
        let of = |a: usize, b: usize| (a + b).saturating_sub(1);
        Self { all: of(self.all, other.all), told: of(self.told, other.told) }
    }

    fn is_less(&self, least: f32) -> bool {
        (self.told as f32) < least * self.all as f32
    }
}

/// Whether two lists of addresses have one in common.
fn meet(some: &[usize], others: &[usize]) -> bool {
    some.iter().any(|source| others.contains(source))
}

/// Takes back what is held against a mention by sources that have no word on the rest of its sentence, and hardly one on what stands around
/// it and in the draft as a whole. What is judged `beside` these is heard too.
pub(super) fn release(draft: &Reading, verdicts: &mut [Verdict], beside: &Heard) {
    if !verdicts.iter().any(|v| v.label == Label::Refuted) {
        return;
    }
    let mention = |v: &Verdict| draft.mentions.get(v.mention as usize);
    let own = Heard::of(verdicts.iter().filter_map(|v| Some((mention(v)?.span.start, v))));
    for verdict in verdicts.iter_mut().filter(|v| v.label == Label::Refuted) {
        // Who has the quotation word for word tells of the same.
        let quoted = verdict.mismatch == Some(Mismatch::Speaker);
        if quoted || verdict.findings.is_empty() || verdict.findings.iter().any(|f| f.stance == Stance::Supports) {
            continue;
        }
        let Some(mention) = mention(verdict) else { continue };
        let against: Vec<usize> = verdict.findings.iter().map(|f| Arc::as_ptr(&f.source).addr()).collect();
        let sentence = draft.prose.sentences[mention.sentence as usize].span;
        let alone = own.within(sentence, &against).told < 2;
        let at = mention.span.start;
        let near = own.around(at, &against).beside_it(beside.around(at, &against));
        let whole = || own.everywhere(&against).beside_it(beside.everywhere(&against));
        if alone && near.all >= FEWEST && near.is_less(LEAST) && whole().is_less(OF_ALL) {
            verdict.take_back(Reason::Stranger);
        }
    }
}
