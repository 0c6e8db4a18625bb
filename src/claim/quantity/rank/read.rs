//! Finds the superlatives of a sentence, once its figures are known.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    Rank,
    lead::Lead,
    scope,
    words::{self, Core},
};
use crate::{
    claim::{
        Mention, MentionKind,
        atom::{AtomKind, Line},
        quantity::{Form, Quantity, figure::Figure, guard, noun},
    },
    prose::Tag,
};

/// Adds the superlatives of a sentence to its figures, which are those of `out` from `first` on and lie in `atoms`; an ordinal that is
/// part of a superlative gives way to it.
pub(in crate::claim::quantity) fn add(line: &Line<'_>, atoms: &[Range<usize>], first: usize, out: &mut Vec<Mention>) {
    let mut found: Vec<Mention> = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    let mut free = 0;
    for i in 0..line.len() {
        let word = line.word(i);
        if i < free || !words::may_rank(word) {
            continue;
        }
        let Some(core) = words::core(line, i, word) else { continue };
        let near = atoms.partition_point(|r| r.end <= core.from.saturating_sub(2));
        let beside = || (near..atoms.len()).take_while(|&k| atoms[k].start < core.to);
        let quantity = |k: usize| match &out[first + k].kind {
            MentionKind::Quantity(q) => Some(&**q),
            _ => None,
        };
        let mut from = core.from;
        let mut rank = Decimal::ONE;
        // "second-largest", "third highest".
        let ordinal = beside().find(|&k| {
            let tied = atoms[k].end == core.from || atoms[k].end + 1 == core.from && line.ties(atoms[k].end);
            tied && quantity(k).is_some_and(|q| q.form == Form::Ordinal)
        });
        if let Some(k) = ordinal
            && core.word != "only"
        {
            from = atoms[k].start;
            rank = quantity(k).and_then(|q| q.low).unwrap_or(rank);
        }
        // "the two largest", "joint-highest".
        let mut before = from;
        while before > 0
            && (line.ties(before - 1) || matches!(line.word(before - 1), "joint" | "equal" | "single" | "very" | "next"))
        {
            before -= 1;
        }
        let count =
            (near..atoms.len()).find(|&k| atoms[k].end == before && quantity(k).is_some_and(|q| q.form == Form::Cardinal));
        before = count.map_or(before, |k| atoms[k].start);
        let lead = Lead::before(line, before, count.is_some());
        // "the only one".
        let one = |k: usize| {
            core.word == "only" && atoms[k].contains(&core.from) && quantity(k).is_some_and(|q| q.low == Some(Decimal::ONE))
        };
        let swallowed = beside().find(|&k| one(k)).or(ordinal);
        let clash = (near..atoms.len())
            .take_while(|&k| atoms[k].start < core.to)
            .any(|k| atoms[k].end > from && Some(k) != swallowed && Some(k) != count);
        if clash || lead.denied || !accepts(line, &core, &lead, from) || from < free {
            continue;
        }
        let among = lead.among.filter(|&a| a >= free && core.word != "only" && !clashes(atoms, a, from));
        let mention = mention(line, &core, from, rank, &lead, among);
        gone.extend(swallowed);
        free = core.to;
        found.push(mention);
    }
    if found.is_empty() {
        return;
    }
    let mut k = 0;
    let old = out.split_off(first);
    out.extend(old.into_iter().filter(|_| {
        k += 1;
        !gone.contains(&(k - 1))
    }));
    out.extend(found);
    out[first..].sort_by_key(|m| m.span);
}

fn clashes(atoms: &[Range<usize>], from: usize, to: usize) -> bool {
    atoms.iter().any(|r| r.start < to && r.end > from && r.end <= to)
}

/// Whether a word that can rank does so here.
fn accepts(line: &Line<'_>, core: &Core, lead: &Lead, from: usize) -> bool {
    let next = core.to;
    let nominal = matches!(line.tag(next), Tag::Noun | Tag::Adjective | Tag::ProperNoun | Tag::Numeral)
        && !line.word(next).is_empty()
        || line.kind(next) == Some(AtomKind::Digits)
        || line.tag(next) == Tag::Verb && !line.word(next).is_empty() && matches!(line.tag(next + 1), Tag::Noun | Tag::Adjective);
    match core.word.as_str() {
        "unprecedented" | "record" => true,
        "only" => {
            lead.definite && line.word(next) != "too" && (nominal || matches!(line.word(next), "one" | "ones" | "other" | "of"))
        }
        "last" => lead.definite,
        _ => {
            // "at its best", "to the fullest", "did his best to".
            let scoped = matches!(line.word(next), "of" | "in" | "since" | "ever" | "on" | "for" | "yet" | "by" | "among" | "at");
            if matches!(lead.before, "at" | "to") && !nominal && !matches!(line.word(next), "of" | "since" | "ever" | "yet") {
                return false;
            }
            // "the best of luck".
            if line.word(next) == "of" && !is_group(line, next + 1) {
                return false;
            }
            let owned =
                lead.definite && (!core.entry.owned || nominal || scoped || line.tag(from.wrapping_sub(1)) != Tag::Pronoun);
            // "most" and "least" alone, with what they count: not "most people".
            let bare = nominal && !core.entry.owned && !lead.article && line.tag(core.from) != Tag::Verb && from == core.from
                || (from < core.from || matches!(line.word(next), "since" | "ever")) && !lead.article;
            owned && (lead.owner.is_none() || nominal || scoped || line.kind(next) != Some(AtomKind::Word)) || bare
        }
    }
}

/// Whether a group begins there, out of which one can be the first: "the three banks", "its kind".
fn is_group(line: &Line<'_>, i: usize) -> bool {
    matches!(line.tag(i), Tag::Determiner | Tag::Pronoun | Tag::Numeral)
        || line.kind(i) == Some(AtomKind::Digits)
        || line.word(i) == "all"
}

fn mention(line: &Line<'_>, core: &Core, from: usize, rank: Decimal, lead: &Lead, among: Option<usize>) -> Mention {
    let mut figure = Figure::exactly(from, core.to, rank, Form::Superlative);
    // "the only one".
    let one = core.word == "only" && matches!(line.word(core.to), "one" | "ones") && !matches!(line.word(core.to + 1), "of");
    // "the “most severe” storm".
    let quoted = line.mark(core.to).is_some_and(|c| matches!(c, '"' | '”' | '’' | '\'')) && line.glued(core.to);
    let ranks = Figure { to: core.to + usize::from(quoted), ..figure.clone() };
    let mut noun = match core.word.as_str() {
        "unprecedented" => noun::Noun::default(),
        _ => noun::find(line, &ranks, figure.from),
    };
    noun.entity = noun.entity.filter(|_| !one);
    let head = noun.entity.filter(|e| e.start >= line.atoms[core.to - 1].span.end);
    let after = head.map_or(core.to + usize::from(one), |e| line.atoms.partition_point(|a| a.span.start < e.end));
    let scope = scope::after(line, after);
    let plural = head.is_some_and(|e| {
        let k = line.atoms.partition_point(|a| a.span.end <= e.start);
        guard::is_plural(line, k)
    });
    if among.is_some() {
        figure.high = None;
    }
    let start = among.unwrap_or(from);
    let ranked = Rank {
        word: core.word.clone(),
        end: core.entry.end,
        scales: core.entry.scales,
        plural: plural && among.is_none(),
        ever: core.ever || scope.ever,
        since: scope.since,
        scope: scope.span,
        owner: lead.owner.clone().map(|r| line.span(r.start, r.end)),
    };
    let quantity = Quantity {
        numeral: line.span(from, core.to),
        low: figure.low,
        high: figure.high,
        low_open: false,
        high_open: false,
        step: Decimal::ONE,
        approximation: figure.approximation,
        vague: false,
        form: Form::Superlative,
        unit: None,
        qualifier: among.map(|a| line.span(a, from)),
        change: None,
        entity: noun.entity,
        modifiers: noun.modifiers,
        base: noun.base,
        rank: Some(Box::new(ranked)),
    };
    Mention {
        span: line.span(start, core.to),
        sentence: line.sentence as u32,
        quoted: false,
        kind: MentionKind::Quantity(Box::new(quantity)),
    }
}
