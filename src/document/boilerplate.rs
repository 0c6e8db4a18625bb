//! The words of the page around an article: headlines of other stories, forms, share buttons. Only what is clearly that.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::Regex;

use super::{Block, BlockKind, Meta};
use crate::text::{Folded, Span};

/// Lines of furniture.txt: "=" the whole block, ">" the same with headlines of other stories below, "~" a heading with a list of the
/// literature below, "^" the block's beginning, else anywhere in it.
struct Furniture {
    whole: HashSet<&'static str>,
    labels: HashSet<&'static str>,
    lists: HashSet<&'static str>,
    beginnings: Vec<&'static str>,
    anywhere: AhoCorasick,
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let lines = || include_str!("data/furniture.txt").lines().filter(|line| !line.is_empty());
    let anywhere = lines().filter(|line| !line.starts_with(['=', '>', '~', '^']));
    Furniture {
        whole: lines().filter_map(|line| line.strip_prefix(['=', '>'])).collect(),
        labels: lines().filter_map(|line| line.strip_prefix('>')).collect(),
        lists: lines().filter_map(|line| line.strip_prefix('~')).collect(),
        beginnings: lines().filter_map(|line| line.strip_prefix('^')).collect(),
        anywhere: AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostFirst)
            .build(anywhere)
            .expect("a short list of plain strings"),
    }
});

/// Words that the names of news organisations are made of.
static PRESS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("data/press.txt").lines().collect());

static FUNCTION_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("data/function-words.txt").lines().collect());

/// Longer blocks, in bytes, are text: furniture has no more than forty words.
const LONGEST: usize = 500;

/// Marks the blocks that are words of the page. An outlet's name that stands above the headline goes to `meta`.
pub(super) fn mark(prose: &str, blocks: &mut [Block], meta: &mut Meta) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut below_label = false;
    let mut in_references = false;
    // The end of a line such as "RELATED: Minister quits", under which another headline may stand at once.
    let mut lead: Option<u32> = None;
    for block in blocks.iter_mut() {
        if block.span.len() > LONGEST {
            below_label = false;
            lead = None;
            continue;
        }
        let words = &fold(prose, block.span);
        // A list of the literature ends with the next heading.
        in_references = if block.kind == BlockKind::Heading { FURNITURE.lists.contains(title(words)) } else { in_references };
        let repeated = block.kind == BlockKind::Heading && !seen.insert(words.clone());
        let headline = block.kind == BlockKind::Heading;
        let next_line = |end: u32| prose[end as usize..block.span.start as usize].matches('\n').count() == 1;
        let below_lead = headline && lead.is_some_and(next_line);
        lead = (below_lead || FURNITURE.labels.iter().any(|l| words.strip_prefix(l).is_some_and(|rest| rest.starts_with(':'))))
            .then_some(block.span.end);
        below_label = FURNITURE.labels.contains(bare(words)) || below_label && headline;
        if below_lead
            || is_plea(block.span.of(prose))
            || repeated
            || in_references
            || below_label
            || is_furniture(words)
            || is_trail(block.span.of(prose))
            || is_byline(block.span.of(prose))
            || is_credit(block.span.of(prose))
        {
            block.kind = BlockKind::Boilerplate;
        }
    }
    outlet_line(prose, blocks, meta);
    tail(prose, blocks);
    other_stories(prose, blocks);
}

fn fold(prose: &str, span: Span) -> String {
    Folded::new(span.of(prose)).text().to_owned()
}

/// A heading without its number.
fn title(folded: &str) -> &str {
    bare(folded).trim_start_matches(|c: char| !c.is_alphabetic())
}

fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_furniture(folded: &str) -> bool {
    let words = folded.split(' ').count();
    let bare = bare(folded);
    FURNITURE.whole.contains(bare)
        || words <= 14 && FURNITURE.beginnings.iter().any(|start| starts_with_words(bare, start))
        || words <= 4 && (bare.ends_with("min read") || bare.ends_with("minute read"))
        // What somebody is quoted with is the article's.
        || words <= 40 && !folded.starts_with('"') && FURNITURE.anywhere.is_match(folded)
}

fn starts_with_words(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| start.ends_with(':') || !rest.starts_with(char::is_alphanumeric))
}

/// "By Jane Doe, Staff Writer": a line of names and nothing else.
fn is_byline(line: &str) -> bool {
    super::meta::byline(line).is_some()
}

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?i:(?:additional |other )?(?:reporting|writing|editing|text|words|photography|photographs?|photos?|pictures?|illustrations?|graphics?)(?: and (?:writing|editing|photography|photos|pictures))?)(?: by \p{Lu}|: ?\p{Lu})|(?i:published|posted|updated|last updated|first published):? (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:\d{1,2} \p{Lu}|\p{Lu}\p{Ll}{2,8}\.? \d|\d{4}-\d\d-))",
    )
    .expect("a constant pattern")
});

/// "Additional reporting by Jane Doe; editing by John Roe", "Photo: Jane Doe / Agency", "Updated May 13, 2026, 9:15 a.m.".
fn is_credit(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(char::is_alphabetic) && line.split_whitespace().nth(CREDIT_WORDS).is_none() && CREDIT.is_match(line)
}

/// Longest credit, in words.
const CREDIT_WORDS: usize = 24;

/// Short lines above the headline: the outlet's name, the section.
fn outlet_line(prose: &str, blocks: &mut [Block], meta: &mut Meta) {
    let count = |b: &Block| b.span.of(prose).split_whitespace().count();
    let top: Vec<usize> = (0..blocks.len())
        .filter(|i| blocks[*i].kind != BlockKind::Boilerplate)
        .take_while(|i| blocks[*i].kind == BlockKind::Heading)
        .take(4)
        .collect();
    // The headline is the first line of five words; a page without one keeps what it has.
    let Some(headline) = top.iter().position(|i| count(&blocks[*i]) >= 5) else { return };
    for i in &top[..headline] {
        let line = blocks[*i].span.of(prose);
        let words: Vec<String> =
            line.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
        let press = words.iter().any(|w| PRESS.contains(w.as_str()));
        if press && words.len() > 1 {
            meta.outlet.get_or_insert_with(|| line.to_owned());
        }
        if press || words.len() <= 2 {
            blocks[*i].kind = BlockKind::Boilerplate;
        }
    }
}

/// Words that ask something of the reader, as the first of a sentence, and words for what a paper offers.
struct Pleas {
    asks: HashSet<&'static str>,
    offers: HashSet<&'static str>,
}

static PLEAS: LazyLock<Pleas> = LazyLock::new(|| {
    let lines = || include_str!("data/pleas.txt").lines();
    Pleas {
        asks: lines().filter_map(|l| l.strip_prefix('!')).collect(),
        offers: lines().filter_map(|l| l.strip_prefix('#')).collect(),
    }
});

/// Longest plea, in words.
const PLEA: usize = 40;

/// "Get our morning briefing, delivered free": what the paper asks of its readers. What somebody is quoted with is none.
fn is_plea(text: &str) -> bool {
    if text.contains(['"', '“', '”', '«', '‘']) || text.split_whitespace().count() > PLEA {
        return false;
    }
    let (mut first, mut asks, mut offers, mut ours) = (true, false, false, false);
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        asks |= first && PLEAS.asks.contains(bare.as_str());
        offers |= PLEAS.offers.contains(bare.as_str());
        ours |= matches!(bare.as_str(), "our" | "us" | "your" | "you" | "free" | "this");
        first = word.ends_with(['.', '!', '?', ':']);
    }
    asks && offers && ours
}

/// "Home > World > Europe": where the page stands on its site.
fn is_trail(line: &str) -> bool {
    let parts: Vec<&str> = line.split(['>', '›', '»', '|']).collect();
    parts.len() >= 3 && parts.iter().all(|part| part.split_whitespace().count() <= 3)
}

/// What follows the article's last sentence, after a line that is clearly of the page: names of topics, headlines of other stories.
fn tail(prose: &str, blocks: &mut [Block]) {
    let ends = |b: &Block| {
        b.kind != BlockKind::Boilerplate
            && b.span.of(prose).trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '!', '?'])
    };
    let after = blocks.iter().rposition(ends).map_or(0, |last| last + 1);
    let Some(first) = blocks[after..].iter().position(|b| b.kind == BlockKind::Boilerplate) else { return };
    if after > 0 {
        blocks[after + first..].iter_mut().for_each(|b| b.kind = BlockKind::Boilerplate);
    }
}

/// A headline alone between paragraphs that shares no words with the rest of the article is another story's.
fn other_stories(prose: &str, blocks: &mut [Block]) {
    let is_text = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuote);
    let Some(first) = blocks.iter().position(is_text) else { return };
    if blocks.iter().filter(|b| is_text(b)).count() < 3 {
        return;
    }
    let may_be = |b: &Block| b.kind == BlockKind::Heading && b.span.of(prose).split_whitespace().count() >= 6;
    if !blocks[first..].iter().any(may_be) {
        return;
    }
    let folded: Vec<String> = blocks.iter().map(|b| fold(prose, b.span)).collect();
    // In how many blocks each word occurs, counting no headline twice.
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (block, words) in blocks.iter().zip(&folded) {
        if block.kind != BlockKind::Boilerplate {
            content_words(words).collect::<HashSet<_>>().into_iter().for_each(|w| *counts.entry(w).or_default() += 1);
        }
    }
    for (block, words) in blocks.iter_mut().zip(&folded).skip(first + 1) {
        if !may_be(block) {
            continue;
        }
        let content: HashSet<&str> = content_words(words).collect();
        let shared = content.iter().filter(|w| counts.get(**w).is_some_and(|n| *n > 1)).count();
        if content.len() >= 4 && shared * 5 <= content.len() {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

/// The longer words of a folded text, cut to their first letters so that "continues" meets "continued".
fn content_words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4 && !FUNCTION_WORDS.contains(w))
        .map(|w| &w[..w.char_indices().nth(5).map_or(w.len(), |(at, _)| at)])
}
