//! What the sources have in a mention's place.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;

use super::{Finding, Stance, Veto, decide, rank, sources, unclaimed, verbatim};
use crate::{
    claim::{Mention, MentionKind, Reading, lies_in},
    corpus::Source,
    evidence::{Evidence, Pair, Relation},
    prose,
};

/// One source's mention beside the draft's, with how well it is aligned.
pub(super) struct Witness<'e> {
    pub(super) evidence: &'e Evidence,
    pub(super) pair: &'e Pair,
}

impl<'e> Witness<'e> {
    pub(super) fn mention(&self) -> &'e Mention {
        &self.evidence.passage.source.reading.mentions[self.pair.source as usize]
    }

    /// The words of the source's mention, folded.
    pub(super) fn words(&self) -> String {
        prose::fold(self.mention().span.of(&self.evidence.passage.source.reading.prose.document.text))
    }

    pub(super) fn source(&self) -> &'e Arc<Source> {
        &self.evidence.passage.source
    }

    /// The words of its sentence.
    pub(super) fn sentence(&self) -> &'e str {
        let prose = &self.source().reading.prose;
        prose.str(prose.words(self.mention().sentence as usize))
    }

    /// When its source was published.
    pub(super) fn published(&self) -> Option<Date> {
        self.evidence.passage.source.reading.prose.document.meta.published
    }

    pub(super) fn finding(&self, stance: Stance) -> Finding {
        let source = &self.evidence.passage.source;
        let mention = self.mention();
        Finding {
            source: source.clone(),
            quote: source.reading.prose.words(mention.sentence as usize).cover(mention.span),
            counterpart: mention.span,
            stance,
            confidence: self.pair.score,
        }
    }
}

/// Words after a figure that counts what is left of another.
pub(super) static REMAINDERS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("data/remainders.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Whether a figure counts what is left of another: "five others", "two more".
pub(super) fn is_remainder(reading: &Reading, mention: &Mention) -> bool {
    let MentionKind::Quantity(quantity) = &mention.kind else { return false };
    let tokens = &reading.prose.tokens;
    let next = tokens.get(tokens.partition_point(|t| t.span.start < quantity.numeral.end));
    next.is_some_and(|t| REMAINDERS.contains(prose::fold(reading.prose.str(t.span)).as_str()))
}

/// Whether the draft's place is a part of the source's.
pub(super) fn lies_in_another(mention: &Mention, source: &Mention) -> bool {
    matches!((&mention.kind, &source.kind), (MentionKind::Name(a), MentionKind::Name(b)) if lies_in(a, b))
}

/// What stands in a mention's place, best aligned first.
pub(super) struct Witnesses<'e> {
    /// What says the same.
    pub(super) agree: Vec<Witness<'e>>,
    /// What says otherwise.
    pub(super) differ: Vec<Witness<'e>>,
    /// What says less, or more.
    pub(super) finer: Vec<Witness<'e>>,
}

impl<'e> Witnesses<'e> {
    pub(super) fn of(draft: &Reading, index: u32, evidence: &'e [Evidence]) -> Self {
        let remainder = is_remainder(draft, &draft.mentions[index as usize]);
        let mut all = Self { agree: Vec::new(), differ: Vec::new(), finer: Vec::new() };
        for evidence in evidence {
            for pair in evidence.pairs.iter().filter(|p| p.draft == index) {
                let witness = Witness { evidence, pair };
                match pair.relation {
                    Relation::Same => all.agree.push(witness),
                    Relation::Compatible => all.finer.push(witness),
                    // The whole is more than what is left of it, here or there.
                    Relation::Differs if is_remainder(&witness.source().reading, witness.mention()) != remainder => {}
                    Relation::Differs if names_speaker(&witness) => {}
                    Relation::Differs if happened_since(&draft.mentions[index as usize], &witness) => {}
                    Relation::Differs | Relation::Misspelled => all.differ.push(witness),
                    Relation::Incomparable => {}
                }
            }
        }
        for witnesses in [&mut all.agree, &mut all.differ, &mut all.finer] {
            witnesses.sort_by(|a, b| b.pair.score.total_cmp(&a.pair.score));
            sources::voices(witnesses);
        }
        all
    }

    pub(super) fn case<'c>(&self, draft: &Reading, mention: &'c Mention) -> decide::Case<'c>
    where
        'e: 'c,
    {
        let first = |witnesses: &[Witness<'e>]| witnesses.first().map(|w| w.pair);
        decide::Case {
            words: prose::fold(mention.span.of(&draft.prose.document.text)),
            kind: &mention.kind,
            differs: self.differ.iter().map(|w| (w.pair, w.words())).collect(),
            agrees: first(&self.agree),
            finer: first(&self.finer),
        }
    }

    /// The index of what speaks loudest against a mention, and the probability that it is wrong.
    pub(super) fn decide(&self, draft: &Reading, mention: &Mention) -> Option<(usize, f32)> {
        if is_ranked(mention) { rank::decide(&self.agree, &self.finer, &self.differ) } else { self.case(draft, mention).decide() }
    }

    /// Takes what is finer than a name for what agrees. The country of a source's city is another name for the place; of the draft's city,
    /// which no source names, it says nothing.
    pub(super) fn take_finer(&mut self, mention: &Mention) {
        if matches!(mention.kind, MentionKind::Name(_)) {
            self.finer.retain(|w| !lies_in_another(mention, w.mention()));
            self.agree.append(&mut self.finer);
            self.agree.sort_by(|a, b| b.pair.score.total_cmp(&a.pair.score));
        }
    }
}

/// Whether a source's name stands ahead of what its bearer says, as in a transcript: "Lena Voss: We sold the ferry."
fn names_speaker(witness: &Witness<'_>) -> bool {
    let mention = witness.mention();
    let prose = &witness.source().reading.prose;
    if !matches!(mention.kind, MentionKind::Name(_)) || mention.span.start != prose.words(mention.sentence as usize).start {
        return false;
    }
    // "Lena Voss, Dellow Bank (analyst): …"
    let after = prose.document.prose[mention.span.end as usize..].trim_start();
    let near = &after[..after.floor_char_boundary(LABEL + 1)];
    near.split_once(':').is_some_and(|(between, _)| !between.contains(['.', '\n']))
}

/// The most that stands between a speaker's name and the colon, in bytes.
const LABEL: usize = 60;

/// Whether the draft's date lies after the day on which a source appeared that has an earlier one in its place: it cannot tell of what has
/// happened since.
fn happened_since(mention: &Mention, witness: &Witness<'_>) -> bool {
    let (MentionKind::Date(ours), MentionKind::Date(theirs)) = (&mention.kind, &witness.mention().kind) else { return false };
    // "May 11" may be that of the year to come.
    let guessed = theirs.year.is_none() && (theirs.month.is_some() || theirs.name.is_some());
    let (Some(day), Some(published)) = (ours.earliest, witness.published()) else { return false };
    let told = theirs.is_of_some_day() || theirs.latest.is_some_and(|last| last <= published);
    !ours.is_of_some_day() && !guessed && day > published && told
}

pub(super) fn is_ranked(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Quantity(q) if q.rank.is_some())
}

/// Why a mention is not held against anything.
pub(super) fn veto(draft: &Reading, mention: &Mention, witnesses: &Witnesses<'_>, evidence: &[Evidence]) -> Option<Veto> {
    match () {
        () if matches!(&mention.kind, MentionKind::Name(n) if n.doubtful) => Some(Veto::Doubtful),
        () if unclaimed::is_apparatus(draft, mention) => Some(Veto::Apparatus),
        () if verbatim::is(draft, mention, witnesses.agree.first().map(|w| w.pair), evidence) => Some(Veto::Copied),
        () => None,
    }
}
