//! Sources against each other: which disagreements are two versions of one story or a figure that grew, and which are real.

use std::{
    cmp::Reverse,
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    pairwise::{CLEAR, least},
    witness::Witness,
};
use crate::{
    claim::{
        DateLikeness, DateMention, Edge, Extent, Form, Mention, MentionKind, NameLikeness, Quantity, Reading, likeness,
        same_date, same_name,
    },
    corpus::Source,
    evidence::Feature,
};

/// How well a source's mention that agrees must be aligned to stand against another source's that is called a contradiction.
const SPEAKS: f32 = 0.5;
/// How much of the words of the claim, and of those near the mention, one source must share that is to weigh as much as another.
const NEARLY: f32 = 0.7;
/// How sure a source must be, heard alone, to stand against one that bears the draft out.
const CONTRADICTS: f32 = 0.9;
/// The same, if it stands in the draft's place far more surely than what agrees.
const OUTDOES: f32 = 0.7;
/// Content words in a row by which the texts of two articles are compared.
const RUN: usize = 3;
/// Fewest such runs: a shorter text may share most of its words with another by chance.
const LEAST_RUNS: usize = 12;
/// The names that two articles on one event share at least.
const LEAST_NAMES: usize = 2;
/// The share of the shorter article's runs that a copy or a later version of it has too. Of independent articles on one event they share
/// less than a tenth.
const SAME_STORY: f32 = 0.35;
/// Sentences of the draft on either side in which it may give the newer figure itself.
const NEARBY: u32 = 3;

/// How two sources that differ stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dispute {
    /// What agrees with the draft is newer, or the two do not speak of one thing: nothing to tell.
    None,
    /// What differs is a later figure of a tally that grew.
    Grown,
    /// What differs stands in a later version of the same story.
    Revised,
    /// They disagree, and nothing says which is right.
    Open,
}

/// What the sources' disagreement on one mention comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// There is none: what was decided without regard to it stands.
    Stands,
    /// The draft has what is newest, or the sources speak of two things.
    Right,
    /// Sources differ.
    Disputed {
        /// In which way; never [`Dispute::None`].
        dispute: Dispute,
        /// The index of the witness that agrees.
        agrees: usize,
        /// The index of the witness that differs.
        differs: usize,
    },
}

/// One voice for each story: of witnesses whose sentences have the same words and that stand at the same place in them, only the newest is
/// kept, in the place of the first.
pub(super) fn voices(witnesses: &mut Vec<Witness<'_>>) {
    if witnesses.len() < 2 {
        return;
    }
    let mut kept: Vec<Witness<'_>> = Vec::with_capacity(witnesses.len());
    for witness in witnesses.drain(..) {
        let same = |w: &&mut Witness<'_>| {
            let words = w.sentence().split_whitespace();
            w.words() == witness.words() && words.eq(witness.sentence().split_whitespace())
        };
        match kept.iter_mut().find(same) {
            Some(known) if witness.published() > known.published() => *known = witness,
            Some(_) => {}
            None => kept.push(witness),
        }
    }
    *witnesses = kept;
}

/// Rules on what agrees against what differs, both sorted by score, the one that was found to refute the draft (with `refuted`, its
/// probability) first. `contradicts` says whether a source contradicts the draft if it is heard alone.
pub(super) fn rule(
    draft: &Reading,
    mention: &Mention,
    agree: &[Witness<'_>],
    differ: &[Witness<'_>],
    refuted: Option<f32>,
    contradicts: &dyn Fn(&Arc<Source>) -> f32,
) -> Ruling {
    if agree.is_empty() || differ.is_empty() {
        return Ruling::Stands;
    }
    let of_one = |a: &Witness<'_>, b: &Witness<'_>| Arc::ptr_eq(a.source(), b.source());
    // What contradicts: the refuting one, and what is aligned well, in sources that do not agree.
    let is_clear = |w: &Witness<'_>| {
        let least = match () {
            () if agree.iter().any(|a| of_one(a, w)) => return false,
            () if stands_there(w) => CONTRADICTS,
            () if outdoes(w, &agree[0]) => OUTDOES,
            () => return false,
        };
        contradicts(w.source()) >= least
    };
    let against: Vec<usize> = (0..differ.len()).filter(|&i| i == 0 && refuted.is_some() || is_clear(&differ[i])).collect();
    if against.is_empty() {
        return Ruling::Stands;
    }
    // What agrees: in sources that do not contradict the draft themselves.
    let mut speaking: Vec<usize> = (0..agree.len())
        .filter(|&i| agree[i].pair.score >= SPEAKS && !against.iter().any(|d| of_one(&agree[i], &differ[*d])))
        .collect();
    speaking.retain(|&i| contradicts(agree[i].source()) < least(&mention.kind));
    // The newest that agrees is what an older one stands against.
    speaking.sort_by_key(|i| Reverse(agree[*i].published()));
    let Some(&agrees) = speaking.first() else { return Ruling::Stands };
    let disputes = against.iter().map(|&i| (dispute(draft, mention, &agree[agrees], &differ[i]), i));
    // What was not found to refute the draft speaks against it only from the same place.
    let real = disputes
        .filter(|(d, i)| *d != Dispute::None && (*i == 0 && refuted.is_some() || stands_as_well(&differ[*i], &agree[agrees])));
    // A later figure says more than another one; the latest most.
    let worst = real.max_by_key(|(d, i)| (*d != Dispute::Open, differ[*i].published(), Reverse(*i)));
    match worst {
        None => Ruling::Right,
        // The value may stand elsewhere in another source, attached to something else.
        Some((Dispute::Open, i)) if refuted.is_some() && !stands_as_well(&agree[agrees], &differ[i]) => Ruling::Stands,
        Some((dispute, differs)) => Ruling::Disputed { dispute, agrees, differs },
    }
}

/// A witness of another source that says neither what the draft nor what the first says, and may be as right.
pub(super) fn another<'w, 'e>(differ: &'w [Witness<'e>], contradicts: &dyn Fn(&Arc<Source>) -> f32) -> Option<&'w Witness<'e>> {
    let first = differ.first()?;
    let other = |w: &&Witness<'_>| {
        let apart = !Arc::ptr_eq(w.source(), first.source()) && !agree(first.mention(), w.mention());
        let outdated = w.published() < first.published() && w.published().is_some();
        let later = grew(w.mention(), first.mention()) || is_same_story(w.source(), first.source());
        apart && stands_there(w) && !(outdated && later) && contradicts(w.source()) >= CONTRADICTS
    };
    differ[1..].iter().find(other)
}

/// Whether two mentions say the same, whichever is held against the other.
fn agree(a: &Mention, b: &Mention) -> bool {
    match (&a.kind, &b.kind) {
        (MentionKind::Quantity(a), MentionKind::Quantity(b)) => {
            likeness::quantity(a, b).agrees() || likeness::quantity(b, a).agrees()
        }
        (MentionKind::Date(a), MentionKind::Date(b)) => same_date(a, b) != DateLikeness::Different,
        (MentionKind::Name(a), MentionKind::Name(b)) => same_name(a, b) != NameLikeness::Different,
        _ => true,
    }
}

/// Whether a witness beyond doubt stands in the draft's place: what two sources say of different things is no conflict.
fn stands_there(witness: &Witness<'_>) -> bool {
    let at_least = |name: &str, least: f32| Feature::value_of(&witness.pair.features, name) >= least;
    witness.pair.score >= CLEAR && at_least("topic", 0.6) && at_least("local", 0.5) && at_least("mutual", 0.25)
}

/// Whether a witness stands in the draft's place far more surely than the best that agrees, which may stand for something else.
fn outdoes(witness: &Witness<'_>, agrees: &Witness<'_>) -> bool {
    let value = |w: &Witness<'_>, name: &str| Feature::value_of(&w.pair.features, name);
    let better = witness.pair.score >= agrees.pair.score.max(CLEAR) && value(witness, "local") >= 2.0 * value(agrees, "local");
    better && value(witness, "topic") >= 0.6 && value(witness, "local") >= 0.4
}

/// Whether a witness stands in the draft's place about as surely as another that does.
fn stands_as_well(witness: &Witness<'_>, other: &Witness<'_>) -> bool {
    let value = |w: &Witness<'_>, name: &str| Feature::value_of(&w.pair.features, name);
    let nearly = |name: &str| value(witness, name) >= NEARLY * value(other, name);
    witness.pair.score >= CLEAR && nearly("topic") && nearly("local")
}

/// How two witnesses of different sources stand to each other.
fn dispute(draft: &Reading, mention: &Mention, agrees: &Witness<'_>, differs: &Witness<'_>) -> Dispute {
    if are_of_the_day(agrees, differs) {
        return Dispute::None;
    }
    let (Some(ours), Some(theirs)) = (agrees.published(), differs.published()) else { return Dispute::Open };
    let (older, newer) = if ours < theirs { (agrees, differs) } else { (differs, agrees) };
    let grown = grew(older.mention(), newer.mention());
    if ours == theirs || !grown && !is_same_story(older.source(), newer.source()) {
        return Dispute::Open;
    }
    // A tally is of one event: the figures of two are not one that grew.
    if grown && !share_names(older.source(), newer.source()) && !is_same_story(older.source(), newer.source()) {
        return Dispute::None;
    }
    // A draft of an earlier day had what was known then; one that gives the newer figure too, or the day of the older, knows it.
    let told = ours > theirs
        || draft.prose.document.meta.published.is_some_and(|day| day < theirs)
        || says_too(draft, mention, theirs, differs.mention());
    match (told, grown) {
        (true, _) => Dispute::None,
        (false, true) => Dispute::Grown,
        (false, false) => Dispute::Revised,
    }
}

/// Whether a count is greater in the newer of two sources: of the dead, of arrests, of homes without power.
fn grew(older: &Mention, newer: &Mention) -> bool {
    let count = |m: &Mention| match &m.kind {
        MentionKind::Quantity(q) if q.form == Form::Cardinal && q.unit.is_none() => q.low.or(q.high),
        _ => None,
    };
    matches!((count(older), count(newer)), (Some(old), Some(new)) if old < new)
}

/// Whether both are dates of their own source's day: when somebody said it, or the paper heard of it.
fn are_of_the_day(a: &Witness<'_>, b: &Witness<'_>) -> bool {
    let gap = |w: &Witness<'_>| match &w.mention().kind {
        MentionKind::Date(d) => days(d).zip(w.published()).and_then(|((first, last), day)| {
            (first == last && first <= day).then(|| (day - first).get_days()).filter(|days| *days <= 1)
        }),
        _ => None,
    };
    a.published() != b.published() && gap(a).is_some() && gap(b).is_some()
}

fn days(date: &DateMention) -> Option<(Date, Date)> {
    date.earliest.zip(date.latest)
}

/// Whether the draft says of which day its figure is, or gives the newer one nearby.
fn says_too(draft: &Reading, mention: &Mention, newer: Date, other: &Mention) -> bool {
    let near = |m: &&Mention| m.sentence.abs_diff(mention.sentence) <= NEARBY && m.span != mention.span;
    draft.mentions.iter().filter(near).any(|m| match (&m.kind, &other.kind) {
        (MentionKind::Date(d), MentionKind::Quantity(_)) if m.sentence == mention.sentence => {
            d.edge == Some(Edge::Before) && days(d).is_some_and(|(_, last)| last < newer)
        }
        (MentionKind::Quantity(a), MentionKind::Quantity(b)) => {
            let from = mention_change(mention) == Some(Extent::From);
            likeness::quantity(a, b).agrees() && (from || amount(a).is_some())
        }
        _ => false,
    })
}

fn mention_change(mention: &Mention) -> Option<Extent> {
    match &mention.kind {
        MentionKind::Quantity(q) => q.change.map(|c| c.extent),
        _ => None,
    }
}

fn amount(quantity: &Quantity) -> Option<rust_decimal::Decimal> {
    (quantity.form == Form::Cardinal).then_some(quantity.low.or(quantity.high)).flatten()
}

/// Whether two articles name some of the same people, places or organisations: two on one event do.
fn share_names(a: &Source, b: &Source) -> bool {
    let names = |source: &Source| -> HashSet<String> {
        let name = |m: &Mention| match &m.kind {
            MentionKind::Name(name) => Some(crate::prose::fold(&name.canonical)),
            _ => None,
        };
        source.reading.mentions.iter().filter_map(name).collect()
    };
    let (a, b) = (names(a), names(b));
    // Of two short notices it may be the place alone.
    a.intersection(&b).count() >= LEAST_NAMES.min(a.len()).min(b.len()).max(1)
}

/// Whether one article is a copy or another version of the other.
pub(super) fn is_same_story(a: &Arc<Source>, b: &Arc<Source>) -> bool {
    let (a, b) = (runs(a), runs(b));
    let shorter = a.len().min(b.len());
    shorter >= LEAST_RUNS && a.intersection(&b).count() as f32 >= SAME_STORY * shorter as f32
}

/// Every few content words in a row that an article has, hashed.
fn runs(source: &Source) -> HashSet<u64> {
    let stems: Vec<&str> = source.terms.iter().flatten().map(|(_, stem)| stem.as_str()).collect();
    let hash = |run: &[&str]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    stems.windows(RUN).map(hash).collect()
}
