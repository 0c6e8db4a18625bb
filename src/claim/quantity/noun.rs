//! What a figure counts: the head of the noun phrase after it, or the noun that governs it.

use super::{Form, figure::Figure};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        unit::Dimension,
    },
    prose::Tag,
    text::Span,
};

/// The nouns around a figure, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Noun {
    pub(super) entity: Option<Span>,
    pub(super) modifiers: Option<Span>,
    pub(super) base: Option<Span>,
}

/// How many atoms a noun phrase may have before its head.
const REACH: usize = 8;

/// Finds what a figure counts.
pub(super) fn find(line: &Line<'_>, figure: &Figure) -> Noun {
    let mut noun = Noun::default();
    if let Some(owner) = figure.owner {
        noun.entity = Some(line.atoms[owner].span);
        return noun;
    }
    if figure.form == Form::Score {
        return noun;
    }
    let mut at = figure.to;
    if line.ties(at) {
        at += 1;
    }
    // "12 of the 40 drones", "5% of voters", "dozens of people".
    if matches!(line.word(at), "of") {
        let inner = at + 1;
        let mut from = inner;
        while matches!(line.tag(from), Tag::Determiner | Tag::Pronoun) && from < inner + 3 {
            from += 1;
        }
        let number = line.kind(from) == Some(AtomKind::Digits) || line.tag(from) == Tag::Numeral;
        let start = if number { from + 1 } else { from };
        if let Some((head, _)) = head(line, start) {
            noun.entity = Some(line.atoms[head].span);
            noun.modifiers = (head > start).then(|| line.span(start, head));
            if number || figure.unit.is_some() || figure.form == Form::Fraction || from > inner {
                noun.base = Some(line.span(inner, head + 1));
            }
        } else if number || !line.word(inner).is_empty() && line.tag(inner) == Tag::Pronoun {
            noun.base = Some(line.span(inner, if number { from + 1 } else { inner + 1 }));
        }
        return noun;
    }
    let measured = figure.unit.is_some() && !figure.tied && figure.form != Form::Age;
    let direct = !measured || figure.unit.as_ref().is_some_and(|u| matches!(u.dimension, Dimension::Percent | Dimension::Money));
    if direct && let Some((head, start)) = head(line, at) {
        noun.entity = Some(line.atoms[head].span);
        noun.modifiers = (head > start).then(|| line.span(start, head));
        return noun;
    }
    if let Some(left) = governor(line, figure.from) {
        noun.entity = Some(line.atoms[left].span);
    }
    noun
}

/// The head of the noun phrase that begins at atom `at`, and the phrase's first atom after "more", "other" and the like.
fn head(line: &Line<'_>, at: usize) -> Option<(usize, usize)> {
    let mut start = at;
    while matches!(line.word(start), "more" | "other" | "additional" | "further" | "fewer" | "less" | "extra" | "such")
        && start < at + 2
    {
        start += 1;
    }
    let mut head = None;
    let mut k = start;
    while k < start + REACH && k < line.len() {
        if line.ties(k) {
            k += 1;
            continue;
        }
        if line.kind(k) != Some(AtomKind::Word) {
            // "six hungry, tired people".
            let comma = line.mark(k) == Some(',')
                && head.is_none()
                && k > start
                && line.tag(k - 1) == Tag::Adjective
                && line.tag(k + 1) == Tag::Adjective;
            if !comma {
                break;
            }
            k += 1;
            continue;
        }
        // The second half of a compound, "28-point", stands before the noun.
        let tag = if k > 0 && line.ties(k - 1) { Tag::Noun } else { line.tag(k) };
        match tag {
            Tag::Noun => head = Some(k),
            Tag::ProperNoun if !is_day(line.word(k)) => head = Some(k),
            Tag::ProperNoun => break,
            Tag::Adjective if head.is_none() => {}
            Tag::Adjective if matches!(line.tag(k + 1), Tag::Noun) => {}
            // Participles before a noun: "40 injured people".
            Tag::Verb
                if head.is_none()
                    && matches!(line.tag(k + 1), Tag::Noun | Tag::Adjective)
                    && (line.word(k).ends_with("ed") || line.word(k).ends_with("ing")) => {}
            // A plural noun that the tagger takes for a verb: "two attacks", "three moves".
            Tag::Verb
                if head.is_none()
                    && k == start
                    && line.word(k).ends_with('s')
                    && !matches!(line.word(k), "is" | "was" | "has" | "does") =>
            {
                head = Some(k)
            }
            Tag::Conjunction if head.is_none() && k > start => {}
            Tag::Adverb if head.is_none() && line.tag(k + 1) == Tag::Adjective => {}
            _ => break,
        }
        k += 1;
    }
    head.map(|h| (h, start))
}

fn is_day(word: &str) -> bool {
    word.len() > 5 && word.ends_with("day")
        || matches!(
            word,
            "january"
                | "february"
                | "march"
                | "april"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
        )
}

/// The nearest noun on the left that governs a figure: "profit of $3 million", "the toll rose to 12".
fn governor(line: &Line<'_>, from: usize) -> Option<usize> {
    for k in (from.saturating_sub(REACH)..from).rev() {
        match line.kind(k) {
            Some(AtomKind::Word) => {}
            Some(AtomKind::Mark('-' | '\'' | '’')) => continue,
            _ => return None,
        }
        match line.tag(k) {
            Tag::Noun => return Some(k),
            Tag::Verb | Tag::Auxiliary | Tag::Adverb | Tag::Adposition | Tag::Particle | Tag::Adjective | Tag::Determiner => {}
            _ => return None,
        }
    }
    None
}
