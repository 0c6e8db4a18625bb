//! Periods that something is compared with: "from the previous quarter", "than a year ago". They name no days of their own, so what can be
//! held against the sources is the kind of the period: whether these compare with a quarter before or with a year before.

use std::{collections::HashSet, sync::LazyLock};

use super::{Finding, Label, Mismatch, Reason, Stance, Verdict, message};
use crate::{
    claim::{DateMention, Mention, MentionKind, Reading, ShiftUnit, period_before},
    evidence::{Evidence, Pair, Relation, mentions_of},
    prose::{self, Tag},
    text::Span,
};

static COMPARING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lines(include_str!("data/comparing.txt")).collect());
static PERIODS: LazyLock<Vec<(&'static str, ShiftUnit)>> = LazyLock::new(|| {
    let unit = |name: &str| match name {
        "week" => ShiftUnit::Week,
        "month" => ShiftUnit::Month,
        "quarter" => ShiftUnit::Quarter,
        _ => ShiftUnit::Year,
    };
    lines(include_str!("data/periods.txt")).filter_map(|l| l.split_once(' ')).map(|(word, name)| (word, unit(name))).collect()
});

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

/// The least share of the claim that a passage must speak of for its comparisons to count.
const SAME_TOPIC: f32 = 0.3;
/// How surely the figure that is compared must be the source's.
const SAME_FIGURE: f32 = 0.5;
/// How sure it is that a period is wrong where every source compares the same figure with one of another kind.
const CONFIDENCE: f32 = 0.7;
/// Tokens between a word that compares and the period: "than Q2 and the year-ago quarter".
const REACH: usize = 7;

/// A period that a source compares with.
struct Compared {
    /// Its unit, or what it may be: a quarter with its year may be the one before or that of the year before.
    units: Vec<ShiftUnit>,
    span: Span,
    /// The source's mention, if it is one.
    mention: Option<usize>,
}

/// Judges a period of comparison that no mention of the sources supports or contradicts by itself.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Option<Verdict> {
    let mention = &draft.mentions[index as usize];
    let MentionKind::Date(date) = &mention.kind else { return None };
    let (unit, _) = period_before(date)?;
    if !compares(draft, mention) {
        return None;
    }
    let near: Vec<(&Evidence, Vec<Compared>)> = evidence
        .iter()
        .filter(|e| e.score >= SAME_TOPIC)
        .map(|e| (e, compared(&e.passage.source.reading, e.passage.sentences.start as usize)))
        .collect();
    let verdict = |label, findings| Verdict { findings, ..Verdict::new(index, label, CONFIDENCE, Reason::Period) };
    if let Some((e, found)) = otherwise(draft, mention, unit, &near) {
        let reading = &e.passage.source.reading;
        let message = found.mention.map(|m| message::says(&reading.mentions[m], reading));
        let refuted = verdict(Label::Refuted, vec![finding(e, found, Stance::Refutes(Mismatch::Date))]);
        return Some(Verdict { mismatch: Some(Mismatch::Date), message, ..refuted });
    }
    let like = near.iter().find_map(|(e, all)| all.iter().find(|c| c.units.contains(&unit)).map(|c| (*e, c)));
    if let Some((e, found)) = like {
        return Some(verdict(Label::Supported, vec![finding(e, found, Stance::Supports)]));
    }
    // Where no source compares with anything, such a period says nothing that could be looked up; with its days known it does.
    let undated = date.floating || date.earliest.is_none();
    let silent = near.iter().all(|(_, all)| all.is_empty());
    (undated && silent).then(|| verdict(Label::Supported, Vec::new()))
}

fn finding(evidence: &Evidence, compared: &Compared, stance: Stance) -> Finding {
    let source = &evidence.passage.source;
    Finding {
        source: source.clone(),
        quote: source.reading.prose.words(evidence.passage.sentences.start as usize).cover(compared.span),
        counterpart: compared.span,
        stance,
        confidence: CONFIDENCE,
    }
}

/// The period of another kind that the sources compare the draft's own figure with, where none of them compares it with one of its kind.
fn otherwise<'n>(
    draft: &Reading,
    mention: &Mention,
    unit: ShiftUnit,
    near: &'n [(&Evidence, Vec<Compared>)],
) -> Option<(&'n Evidence, &'n Compared)> {
    let figure = figure_before(draft, mention.span, mention.sentence as usize)?;
    let mut other = None;
    for (evidence, all) in near {
        let agrees = |p: &&Pair| p.draft as usize == figure && p.relation == Relation::Same && p.score >= SAME_FIGURE;
        let Some(same) = evidence.pairs.iter().find(agrees) else { continue };
        let sentence = evidence.passage.sentences.start as usize;
        let of_it =
            |c: &&Compared| figure_before(&evidence.passage.source.reading, c.span, sentence) == Some(same.source as usize);
        if all.iter().any(|c| c.units.contains(&unit)) {
            return None;
        }
        other = other
            .or_else(|| all.iter().filter(of_it).find(|c| c.mention.is_some() && c.units.len() == 1).map(|c| (*evidence, c)));
    }
    other
}

/// The figure of the sentence that stands nearest before a period.
fn figure_before(reading: &Reading, period: Span, sentence: usize) -> Option<usize> {
    let mut before: Vec<usize> = mentions_of(reading, sentence)
        .filter(|&i| reading.mentions[i].span.end <= period.start && matches!(reading.mentions[i].kind, MentionKind::Quantity(_)))
        .collect();
    before.sort_by_key(|&i| reading.mentions[i].span.end);
    before.last().copied()
}

/// The periods that a sentence of a source compares with.
fn compared(reading: &Reading, sentence: usize) -> Vec<Compared> {
    let mut all = Vec::new();
    for i in mentions_of(reading, sentence) {
        let mention = &reading.mentions[i];
        let MentionKind::Date(date) = &mention.kind else { continue };
        let units = units(date);
        // "last year's $2.40" compares as well as "from last year".
        let owns =
            period_before(date).is_some() && reading.prose.document.text[mention.span.end as usize..].starts_with(['\'', '’']);
        if !units.is_empty() && (owns || compares(reading, mention)) {
            all.push(Compared { units, span: mention.span, mention: Some(i) });
        }
    }
    for token in reading.prose.tokens_of(sentence) {
        let word = reading.prose.str(token.span);
        if let Some((_, unit)) = PERIODS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)) {
            all.push(Compared { units: vec![*unit], span: token.span, mention: None });
        }
    }
    all
}

/// What a period of the sources may be, seen from the one that is compared with it.
fn units(date: &DateMention) -> Vec<ShiftUnit> {
    use ShiftUnit::{Month, Quarter, Year};
    if let Some((unit, _)) = period_before(date) {
        return vec![unit];
    }
    let whole = date.day.is_none() && date.weekday.is_none() && date.clock.is_none() && date.name.is_none();
    let last_year = date.shift_unit == Some(Year) && date.shift == Some(-1);
    match (date.quarter.is_some(), date.month.is_some(), date.year.is_some() || last_year) {
        _ if !whole => Vec::new(),
        (true, _, false) => vec![Quarter],
        (true, _, true) if last_year => vec![Year],
        (true, _, true) => vec![Quarter, Year],
        (_, true, false) => vec![Month, Year],
        (_, true, true) => vec![Month, Year],
        (_, _, true) => vec![Year],
        _ => Vec::new(),
    }
}

/// Whether something is compared with a period: "from", "higher than", "compared to", with a few words between.
fn compares(reading: &Reading, mention: &Mention) -> bool {
    let tokens = reading.prose.tokens_of(mention.sentence as usize);
    let before = tokens.partition_point(|t| t.span.start < mention.span.start);
    for token in tokens[..before].iter().rev().take(REACH) {
        let word = prose::fold(reading.prose.str(token.span));
        if COMPARING.contains(word.as_str()) {
            return true;
        }
        if token.tag == Tag::Verb || matches!(word.as_str(), "," | ";" | ":" | "during" | "since") {
            return false;
        }
    }
    false
}
