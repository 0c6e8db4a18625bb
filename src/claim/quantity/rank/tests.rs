//! Superlatives: each line is a text and, for each in it, `span = rank word <noun> {scope} [owner] ~flags`.

use std::{fmt::Write as _, sync::Arc};

use crate::{
    claim::{MentionKind, likeness::QuantityLikeness, quantity},
    document::{self, Format},
    prose::Prose,
};

fn prose(text: &str) -> Prose {
    Prose::read(Arc::new(document::parse(text.into(), Format::Plain)))
}

fn superlatives(prose: &Prose) -> Vec<(String, quantity::Quantity)> {
    let ranked = quantity::read(prose).into_iter().filter_map(|m| match m.kind {
        MentionKind::Quantity(q) if q.rank.is_some() => Some((prose.str(m.span).to_owned(), *q)),
        _ => None,
    });
    ranked.collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let prose = prose(text);
    let shown: Vec<String> = superlatives(&prose)
        .iter()
        .map(|(span, q)| {
            let rank = q.rank.as_ref().unwrap();
            let mut out = format!("{span} = {}{}", q.low.unwrap(), if q.high.is_none() { "+" } else { "" });
            let _ = write!(out, " {}", rank.word);
            q.entity.iter().for_each(|e| out.push_str(&format!(" <{}>", prose.str(*e))));
            rank.scope.iter().for_each(|s| out.push_str(&format!(" {{{}}}", prose.str(*s))));
            rank.owner.iter().for_each(|s| out.push_str(&format!(" [{}]", prose.str(*s))));
            for (flag, name) in [(rank.plural, "plural"), (rank.ever, "ever"), (rank.since, "since")] {
                if flag {
                    let _ = write!(out, " ~{name}");
                }
            }
            out
        })
        .collect();
    assert_eq!(shown, expect, "{text}");
}

#[test]
fn adjectives_rank() {
    check("It is the second-largest bank in the state.", &["second-largest = 2 largest <bank> {in the state}"]);
    check("The third highest peak was closed.", &["third highest = 3 highest <peak>"]);
    check("The state's largest bank closed.", &["largest = 1 largest <bank> [state]"]);
    check("The most expensive house was sold.", &["most expensive = 1 most expensive <house>"]);
    check("It is the least visited park in the country.", &["least visited = 1 least visited <park> {in the country}"]);
    check("The longest-serving senator left.", &["longest-serving = 1 longest-serving <senator>"]);
    check("Biggest drop since 2008", &["Biggest = 1 biggest <drop> {since 2008} ~since"]);
    check("Doran is the youngest-ever mayor.", &["youngest-ever = 1 youngest <mayor> ~ever"]);
    check("It is the largest.", &["largest = 1 largest"]);
    check("She scored the most goals of the season.", &["most = 1 most <goals> {of the season} ~plural"]);
    check("The “most severe” storm hit.", &["most severe = 1 most severe <storm>"]);
}

#[test]
fn one_of_several_says_less() {
    check("It is one of the largest banks.", &["one of the largest = 1+ largest <banks>"]);
    check("One of the state's oldest bridges fell.", &["One of the state's oldest = 1+ oldest <bridges> [state]"]);
    check("The trees are among the tallest in Vestria.", &["among the tallest = 1+ tallest {in Vestria}"]);
    check("The two largest parties met.", &["largest = 1 largest <parties> ~plural"]);
}

#[test]
fn the_time_is_part_of_the_claim() {
    check("The deadliest fire in state history ended.", &["deadliest = 1 deadliest <fire> {in state history} ~ever"]);
    check("It is the highest level in ten years.", &["highest = 1 highest <level> {in ten years} ~since"]);
    check("It was the wettest season on record.", &["wettest = 1 wettest <season> {on record} ~ever"]);
    check("Never before had the river risen so high.", &["Never before = 1 unprecedented ~ever"]);
    check("The move is unprecedented.", &["unprecedented = 1 unprecedented ~ever"]);
}

#[test]
fn singularities_and_records() {
    check("Tolven was the only survivor.", &["only = 1 only <survivor>"]);
    check("He was the only one.", &["only = 1 only"]);
    check("The sole owner sold it.", &["sole = 1 only <owner>"]);
    check("A record 40,000 people came.", &["record = 1 record <people> ~plural ~ever"]);
    check("The firm reported record profits.", &["record = 1 record <profits> ~plural ~ever"]);
    check("Shares hit an all-time low.", &["all-time low = 1 record ~ever"]);
    check("Tolven broke the course record.", &["record = 1 record ~ever"]);
    check("The record was broken in May.", &["record = 1 record ~ever"]);
    check("It sold 40,000, a record.", &["record = 1 record ~ever"]);
    check("The club's record crowd left.", &["record = 1 record <crowd> [club] ~ever"]);
    check("It is the last remaining bridge.", &["last remaining = 1 last <bridge>"]);
    check("Kast was the last president to resign.", &["last = 1 last <president>"]);
}

#[test]
fn what_only_looks_like_one_is_left_alone() {
    for text in [
        "Most people left.",
        "At least two died and most of the town fled.",
        "He did his best to help.",
        "At first, at best, at most.",
        "The forest has the honest guest.",
        "Only three came, and they only smiled.",
        "Her best friend has a criminal record and a record company.",
        "The clerk will record it for the record.",
        "It is not the largest and isn't the oldest.",
        "He came last week, most likely on the latest train.",
        "Like never before, she ran.",
        "The most recent figures are not the only ones.",
        "The storm was at its worst.",
        "The last thing to do was to wait for the last time.",
        "The first lady had the best of luck.",
        "The court keeps a record. She keeps a record of it.",
        "In the worst case, the highest court will decide.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn odd_texts_are_survived() {
    for text in [
        "most",
        "the most",
        "’s largest",
        "s' largest",
        "-est",
        "record",
        "all-time",
        "the é largest",
        "of the largest-",
        "never before",
    ] {
        superlatives(&prose(text));
        superlatives(&prose(&text.repeat(3)));
    }
}

#[test]
fn one_is_held_against_the_other() {
    use QuantityLikeness::{Differs, Entailed, Finer, Incomparable, Same};
    for (draft, source, expected) in [
        ("It is the largest bank.", "It is the largest bank.", Same),
        ("It is the biggest bank.", "It is the largest bank.", Same),
        ("It is the largest bank.", "It is the second-largest bank.", Differs),
        ("It is the largest bank.", "It is one of the largest banks.", Differs),
        ("It is one of the largest banks.", "It is the second-largest bank.", Entailed),
        ("It is the largest bank.", "It is the smallest bank.", Differs),
        ("It is the most visited park.", "It is the least visited park.", Differs),
        ("It is the largest bank.", "It is the oldest bank.", Incomparable),
        ("It is the largest bank.", "They are the largest banks.", Finer),
        ("It is the largest bank in Vestria.", "It is the second-largest bank in Europe.", Incomparable),
        ("It is the largest bank in Vestria.", "It is the largest bank in Europe.", Finer),
        ("It is the highest level ever.", "It is the highest level since 2014.", Differs),
        ("It is the highest level since 2014.", "It is the highest level ever.", Same),
        ("It is the highest level since 2014.", "It is the highest level since 2010.", Same),
        ("It is a record level.", "It is the highest level ever.", Entailed),
        ("It is the highest level on record.", "It is a record level.", Entailed),
        ("It is a record level.", "It is the highest level since 2014.", Finer),
        ("It is a record high.", "It is a record low.", Differs),
        ("She is the only survivor.", "She is the sole survivor.", Same),
        ("She is the only survivor.", "She is the largest survivor.", Incomparable),
    ] {
        let read = |text: &str| superlatives(&prose(text)).pop().unwrap_or_else(|| panic!("{text}")).1;
        assert_eq!(super::compare(&read(draft), draft, &read(source), source), expected, "{draft} / {source}");
    }
}
