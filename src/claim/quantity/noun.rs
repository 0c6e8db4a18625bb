//! What a figure counts: the head of the noun phrase after it, or the noun that governs it.

use rust_decimal::Decimal;

use super::{
    Form, amount, change,
    figure::Figure,
    governor, guard,
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        numeral::{Shape, parse},
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
pub(super) const REACH: usize = 12;

/// Finds what a figure counts.
pub(super) fn find(line: &Line<'_>, figure: &Figure, free: usize) -> Noun {
    let mut noun = Noun::default();
    if let Some(owner) = figure.owner {
        noun.entity = Some(line.atoms[owner].span);
        return noun;
    }
    if figure.form == Form::Score {
        return noun;
    }
    let many = !figure.tied
        && figure.unit.is_none()
        && figure.form != Form::Ordinal
        && figure.high.is_none_or(|h| h != Decimal::ONE)
        && !line.ties(figure.to);
    let mut at = figure.to;
    if line.ties(at) {
        at += 1;
    }
    // "a three-day, 200-mile march".
    if figure.tied
        && line.mark(at) == Some(',')
        && let Some(next) = amount::read(line, at + 1, at + 1).filter(|a| a.tied || a.leading)
    {
        at = next.to;
    }
    // "a 1 million dollar ($704,000) reward".
    if line.mark(at) == Some('(')
        && figure.unit.is_some()
        && line.tag(figure.from.wrapping_sub(1)) == Tag::Determiner
        && let Some(other) = amount::read(line, at + 1, at + 1).filter(|a| a.unit.is_some() && line.mark(a.to) == Some(')'))
    {
        at = other.to + 1;
    }
    // "12 of the 40 drones", "5% of voters", "dozens of people".
    let half = figure.form == Form::Fraction
        && matches!(line.word(at), "the" | "its" | "their" | "his" | "her" | "our" | "all" | "those" | "these");
    if line.word(at) == "of" || half {
        let inner = if half { at } else { at + 1 };
        let mut from = inner;
        while matches!(line.tag(from), Tag::Determiner | Tag::Pronoun) && from < inner + 3 {
            from += 1;
        }
        // "12 of their last 14 matches".
        let skip = (from..from + 2).take_while(|&k| {
            line.tag(k) == Tag::Adjective || matches!(line.word(k), "last" | "next" | "past" | "first" | "top" | "final")
        });
        let skipped = from + skip.count();
        let cardinal = |at| parse(line, at).filter(|n| n.shape == Shape::Cardinal && !n.article);
        let number = cardinal(from).or_else(|| cardinal(skipped));
        let start = number.map_or(from, |n| n.to);
        let number = number.is_some();
        if let Some((head, _)) = head(line, start, true) {
            noun.entity = Some(whole(line, head, start));
            noun.modifiers = (head > start).then(|| line.span(start, head));
            if number || figure.unit.is_some() || figure.form == Form::Fraction || from > inner {
                noun.base = Some(line.span(inner, head + 1));
            }
        } else if number || !line.word(inner).is_empty() && line.tag(inner) == Tag::Pronoun {
            noun.base = Some(line.span(inner, if number { start } else { inner + 1 }));
        } else if from > inner
            && figure.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Percent)
            && !line.word(from).is_empty()
        {
            // "23% of the total".
            noun.base = Some(line.span(inner, from + 1));
        }
        return noun;
    }
    // "He walked five miles north" counts nothing; "a five-mile walk", "5% growth" and "$5 million bail" do.
    let direct = match &figure.unit {
        // "The 12-year-olds left."
        Some(_) if line.word(figure.to - 1) == "olds" => false,
        None => true,
        Some(unit) => figure.tied || matches!(unit.dimension, Dimension::Percent | Dimension::Money),
    };
    // After an adjective a noun must stand, whatever the tagger says: "a 20-minute walk".
    let forced = || {
        if !figure.tied || line.ties(figure.to) {
            return None;
        }
        // "The 37-year-old royal left", "the 100-metre final was run".
        let last = (at..at + 3).take_while(|&k| line.tag(k) == Tag::Adjective && !line.word(k).is_empty()).last();
        if let Some(last) = last.filter(|&k| !words::is(line.word(k), Class::Dimension)) {
            let ends = matches!(line.tag(last + 1), Tag::Verb | Tag::Auxiliary) || words::is_auxiliary(line.word(last + 1));
            return ends.then_some((last, at));
        }
        let verb = line.tag(at) == Tag::Verb && !words::is_auxiliary(line.word(at));
        let left = figure.form != Form::Age || matches!(line.tag(at + 1), Tag::Verb | Tag::Auxiliary);
        (verb && left).then_some((at, at))
    };
    // So after "the" and an ordinal: "the third round".
    let ranked = || {
        let before = figure.from.wrapping_sub(1);
        let owner = line.word(before) == "s" && matches!(line.mark(before.wrapping_sub(1)), Some('\'' | '’'));
        let article = owner || figure.from > 0 && matches!(line.tag(before), Tag::Determiner | Tag::Pronoun);
        let noun = match line.tag(at) {
            Tag::Verb => line.word(at).len() > 2 && !words::is_auxiliary(line.word(at)),
            Tag::Adposition | Tag::Adverb => line.word(at).len() > 4,
            _ => false,
        };
        let noun = noun && !is_participle(line.word(at));
        (figure.form == Form::Ordinal && article && noun && line.word(at + 1) != "the" && !is_link(line.word(at)))
            .then_some((at, at))
    };
    // "a 6-year-old boy's mother": the boy is six.
    let owners = if figure.form == Form::Age { 0 } else { 3 };
    if direct && let Some((head, start)) = head_within(line, at, many, owners).or_else(forced).or_else(ranked) {
        if let Some(of) = moved(line, figure, head) {
            noun.entity = Some(line.atoms[of].span);
            return noun;
        }
        // "passed the $10 billion mark".
        if head == at
            && words::is(line.word(head), Class::Level)
            && let Some(left) = governor::find(line, figure, free)
        {
            noun.entity = Some(line.atoms[left].span);
            return noun;
        }
        noun.entity = Some(whole(line, head, start));
        noun.modifiers = (head > start).then(|| line.span(start, head));
        return noun;
    }
    if matches!(figure.form, Form::Ordinal | Form::Superlative)
        || figure.form == Form::Age && (figure.tied || line.tag(figure.from.wrapping_sub(1)) != Tag::Auxiliary)
    {
        return noun;
    }
    if let Some(left) = governor::find(line, figure, free) {
        noun.entity = Some(line.atoms[left].span);
    }
    noun
}

/// What moved, where the head is a movement: "earnings" in "a 40% increase in earnings".
fn moved(line: &Line<'_>, figure: &Figure, noun: usize) -> Option<usize> {
    if figure.unit.is_none() || !change::is_change(line.word(noun)) || !matches!(line.word(noun + 1), "in" | "of") {
        return None;
    }
    let from = (noun + 2..noun + 5).find(|&k| !matches!(line.tag(k), Tag::Determiner | Tag::Pronoun))?;
    head(line, from, true).map(|(inner, _)| inner).filter(|&k| line.tag(k) == Tag::Noun)
}

/// The head of the noun phrase that begins at atom `at`, and the phrase's first atom after "more", "other" and the like. `many` says
/// that the head is in the plural: "two soldiers guard the door" counts soldiers.
fn head(line: &Line<'_>, at: usize, many: bool) -> Option<(usize, usize)> {
    head_within(line, at, many, 3)
}

/// [`head`] through at most `owners` possessives.
fn head_within(line: &Line<'_>, at: usize, many: bool, owners: usize) -> Option<(usize, usize)> {
    let mut start = at;
    while matches!(line.word(start), "more" | "other" | "additional" | "further" | "fewer" | "less" | "extra" | "such")
        && start < at + 2
    {
        start += 1;
    }
    let (mut head, mut plural, mut half) = (None, None, None);
    let joint = |k: usize| if line.ties(k + 1) { k + 2 } else { k + 1 };
    let mut k = start;
    while k < start + REACH && k < line.len() {
        if line.ties(k) {
            k += 1;
            continue;
        }
        // "the first six years".
        if k == start && !many && matches!(line.tag(k), Tag::Numeral) {
            k += 1;
            continue;
        }
        // "5% of the company's sales", "a third of the city's 8 million residents".
        if let Some(owned) = possessive(line, k).filter(|_| head.is_some() && owners > 0) {
            let number = parse(line, owned).filter(|n| n.shape == Shape::Cardinal && !n.article);
            if let Some((inner, _)) = head_within(line, number.map_or(owned, |n| n.to), many, owners - 1) {
                return Some((inner, start));
            }
            break;
        }
        // The digits of "COVID-19".
        if line.kind(k) == Some(AtomKind::Digits) && k > start && line.ties(k - 1) {
            k += 1;
            continue;
        }
        if line.kind(k) != Some(AtomKind::Word) {
            // "six hungry, tired people".
            let comma = line.mark(k) == Some(',') && head.is_none() && k > start && line.tag(k - 1) == Tag::Adjective;
            if !(comma && line.tag(k + 1) == Tag::Adjective) {
                break;
            }
            k += 1;
            continue;
        }
        // What is left of a compound with the figure, "28-point", stands before the noun; other compounds are taken whole.
        let tied = k > 0 && line.ties(k - 1);
        if tied && line.atoms[k].token == line.atoms[k - 2].token && line.token(k).span.start >= line.atoms[start].span.start {
            k += 1;
            continue;
        }
        match line.tag(k) {
            // "12 percent year on year".
            _ if matches!(line.word(joint(k)), "on" | "over") && line.word(joint(joint(k))) == line.word(k) => break,
            _ if words::is_auxiliary(line.word(k)) || line.glued(k + 2) && line.word(k + 2) == "t" => break,
            _ if tied => half = half.or(Some(k)),
            // "$5 million last year" counts no years; "the report lists 12" has a verb.
            _ if k == start
                && matches!(line.word(k), "last" | "next" | "this" | "past" | "earlier" | "later")
                && !many_ahead(line, k) =>
            {
                break;
            }
            Tag::Noun
                if head.is_some()
                    && (plural.is_some() || !many)
                    && line.word(k).ends_with('s')
                    && (matches!(line.tag(k + 1), Tag::Determiner | Tag::Numeral | Tag::Pronoun)
                        || matches!(line.mark(k + 1), Some('$' | '£' | '€'))) =>
            {
                break;
            }
            Tag::Noun => head = Some(k),
            // A name stands beside its noun: "two senators Smith and Jones".
            Tag::ProperNoun if line.capital(k) && words::is_day(line.word(k)) || matches!(line.word(k), "i") => break,
            Tag::ProperNoun if head.is_some_and(|h| line.tag(h) == Tag::Noun && !line.capital(h)) && line.capital(k) => break,
            Tag::ProperNoun => head = Some(k),
            Tag::Adjective if head.is_none() => {}
            // Participles before a noun: "40 injured people".
            Tag::Verb
                if head.is_none()
                    && is_participle(line.word(k))
                    && matches!(line.tag(k + 1), Tag::Noun | Tag::ProperNoun | Tag::Adjective) => {}
            // A plural noun that the tagger takes for a verb: "two attacks", "31 Premier League wins against".
            Tag::Verb if many && line.word(k).ends_with('s') && (head.is_none() || plural.is_none()) => {
                head = Some(k);
            }
            // After a noun in the singular a verb would end in s: "a $20 million lottery win (picture)".
            Tag::Verb
                if !many
                    && k > start
                    && head == Some(k - 1)
                    && !line.word(k).ends_with('s')
                    && !is_participle(line.word(k))
                    && !words::is(line.word(k), Class::Past)
                    && (matches!(line.mark(k + 1), Some(',' | '.' | '(' | ';'))
                        || matches!(line.tag(k + 1), Tag::Verb | Tag::Auxiliary)) =>
            {
                head = Some(k);
            }
            // Or for anything else: "ten occasions".
            Tag::Adverb | Tag::Conjunction | Tag::Other if many && k == start && looks_plural(line.word(k)) => head = Some(k),
            Tag::Conjunction if head.is_none() && k > start && line.tag(k - 1) == Tag::Adjective => {}
            Tag::Adverb if head.is_none() && line.tag(k + 1) == Tag::Adjective => {}
            _ => break,
        }
        if head == Some(k) && guard::is_plural(line, k) && !tied {
            plural = Some(k);
        }
        k += 1;
    }
    head.or(half).map(|h| (if many { plural.unwrap_or(h) } else { h }, start))
}

/// The bytes of a head: the whole of a compound, unless the figure is in it.
fn whole(line: &Line<'_>, head: usize, start: usize) -> Span {
    let token = line.token(head).span;
    if token.start >= line.atoms[start].span.start { token } else { line.atoms[head].span }
}

/// One past the mark of a possessive at atom `k`: "’s", or the apostrophe of a plural.
fn possessive(line: &Line<'_>, k: usize) -> Option<usize> {
    if !matches!(line.mark(k), Some('\'' | '’')) || !line.glued(k) {
        return None;
    }
    if line.word(k + 1) == "s" && line.glued(k + 1) {
        return Some(k + 2);
    }
    (!line.glued(k + 1) && line.word(k - 1).ends_with('s')).then_some(k + 1)
}

/// Whether the word after an adjective of time is a plural, so that it is counted: "two past presidents".
fn many_ahead(line: &Line<'_>, k: usize) -> bool {
    guard::is_plural(line, k + 1)
}

/// Prepositions and adverbs that can follow an ordinal without a noun: "the third since May".
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "since"
            | "after"
            | "under"
            | "among"
            | "within"
            | "during"
            | "before"
            | "behind"
            | "overall"
            | "ahead"
            | "about"
            | "times"
            | "never"
            | "again"
    )
}

fn looks_plural(word: &str) -> bool {
    word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("ways")
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("ing") || word.ends_with("en")
}
