//! Drafts over the articles: faithful in other words, with errors planted and listed.

use std::collections::BTreeSet;

use crate::{
    article::{BLOCK, Item, Plan},
    calendar,
    event::{Event, Mark, Page, Value, World, organization},
    random::Random,
    story::Piece,
};

/// Drafts are over the first so many articles alone, so that they are the same for every size of the corpus.
const FIRST: u64 = 996;

/// A draft, and the list of its errors as JSON.
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) errors: String,
}

/// How large the parts are.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) articles: u64,
    pub(crate) words: usize,
    pub(crate) draft_words: usize,
    pub(crate) errors: usize,
}

/// A mark of the draft, with the event it belongs to and its sentence.
struct Place {
    mark: Mark,
    event: usize,
    sentence: usize,
}

struct Planted {
    start: usize,
    end: usize,
    kind: &'static str,
    wrong: String,
}

/// The draft with this number; none if there are too few articles.
pub(crate) fn draft(world: &World, number: u64, sizes: Sizes) -> Option<Draft> {
    let blocks = sizes.articles.min(FIRST) / BLOCK;
    if blocks == 0 {
        return None;
    }
    let mut random = Random::new(&[world.seed, 8, number]);
    let mut chosen: BTreeSet<(u64, u64)> = BTreeSet::new();
    let wanted = 1 + usize::from(sizes.draft_words > 500);
    while chosen.len() < wanted {
        let block = random.below(blocks as usize) as u64;
        let events: BTreeSet<u64> = world.block(block).iter().map(|p| p.event).collect();
        chosen.insert((block, random.below(events.len()) as u64));
    }
    let mut page = Page::default();
    let mut places = Vec::new();
    let mut events = Vec::new();
    let mut sources = Vec::new();
    let mut sentence = 0;
    let mut date = 0;
    let mut title = String::new();
    for (nth, (block, event_number)) in chosen.into_iter().enumerate() {
        let plans = world.block(block);
        let event = world.event(block, event_number);
        let of_event = |p: &&Plan| p.event == event_number && p.copy == 0;
        let versions = plans.iter().filter(of_event).count() as u64;
        let numbers = plans.iter().enumerate().filter(|(_, p)| p.event == event_number).map(|(i, _)| block * BLOCK + i as u64);
        sources.extend(numbers.map(|n| world.path(n, sizes.words)));
        date = date.max(event.day + 3);
        if nth == 0 {
            title = world.headline(&event, versions - 1, 99);
        }
        let budget = page.text.len() + sizes.draft_words * 6 / wanted;
        let mut part = sentences(world, &event, versions, sizes.words, &mut random);
        let mut left = 0;
        while let Some(next) = part.pop().filter(|_| page.text.len() < budget) {
            if !page.text.is_empty() {
                page.text.push_str(if left == 0 { "\n\n" } else { " " });
            }
            left = if left == 0 { 1 + random.below(3) } else { left - 1 };
            match next {
                Sentence::Fact { fact, wording } => {
                    let known = page.marks.len();
                    page.fact(&event, fact, wording, versions - 1, world);
                    places.extend(page.marks[known..].iter().map(|mark| Place { mark: mark.clone(), event: nth, sentence }));
                }
                Sentence::Copied(text) => page.text.push_str(&text),
            }
            sentence += 1;
        }
        page.forget();
        events.push(event);
    }
    let head = format!("---\ntitle: {title}\ndate: {}\n---\n\n", calendar::iso(date));
    let mut text = page.text;
    let mut planted = plant(world, &events, &text, &places, sizes.errors, &mut random);
    planted.sort_by_key(|p| p.start);
    let mut rows = Vec::new();
    let mut shift = head.len() as isize;
    for error in &planted {
        let start = (error.start as isize + shift) as usize;
        rows.push(format!(
            "    {{\"kind\": \"{}\", \"start\": {start}, \"end\": {}, \"text\": {}, \"right\": {}}}",
            error.kind,
            start + error.wrong.len(),
            json(&error.wrong),
            json(&text[error.start..error.end]),
        ));
        shift += error.wrong.len() as isize - (error.end - error.start) as isize;
    }
    for error in planted.iter().rev() {
        text.replace_range(error.start..error.end, &error.wrong);
    }
    let sources: Vec<String> = sources.iter().map(|s| json(s)).collect();
    let errors = format!(
        "{{\n  \"draft\": \"{number:03}.md\",\n  \"errors\": [\n{}\n  ],\n  \"sources\": [{}]\n}}\n",
        rows.join(",\n"),
        sources.join(", ")
    );
    Some(Draft { text: format!("{head}{text}\n"), errors })
}

enum Sentence {
    Fact { fact: usize, wording: usize },
    Copied(String),
}

/// The sentences of a part of a draft on one event, the last first.
fn sentences(world: &World, event: &Event, versions: u64, words: usize, random: &mut Random) -> Vec<Sentence> {
    let told = world.told(event, versions, words);
    let mut facts: Vec<usize> = told.iter().map(|(fact, _)| *fact).collect();
    facts.dedup();
    let lede = facts.remove(0);
    random.shuffle(&mut facts);
    facts.insert(0, lede);
    let mut out: Vec<Sentence> = facts
        .into_iter()
        .map(|fact| {
            // In words that no article has, if there are any.
            let wording = (0..2).find(|w| !told.contains(&(fact, *w))).unwrap_or_else(|| random.below(2));
            Sentence::Fact { fact, wording }
        })
        .collect();
    let items = world.items(event, versions - 1, words);
    let written = world.sentences(event, versions - 1, &items);
    for (item, text) in items.iter().zip(written) {
        if *item == Item::Background {
            let at = 1 + random.below(out.len());
            out.insert(at, Sentence::Copied(text));
        }
    }
    out.reverse();
    out
}

/// Chooses what to get wrong, and how.
fn plant(world: &World, events: &[Event], text: &str, places: &[Place], wanted: usize, random: &mut Random) -> Vec<Planted> {
    const TURNS: [&str; 8] = ["figure", "name", "figure", "date", "figure", "quotation", "figure", "name"];
    let mut order: Vec<&Place> = places.iter().collect();
    random.shuffle(&mut order);
    let mut out: Vec<Planted> = Vec::new();
    let mut used = BTreeSet::new();
    let mut misses = 0;
    for turn in (0..).map(|i| TURNS[i % TURNS.len()]) {
        if out.len() >= wanted || misses > TURNS.len() {
            break;
        }
        let next = order.iter().filter(|p| !used.contains(&p.sentence)).find_map(|place| {
            let event = &events[place.event];
            let right = &text[place.mark.start..place.mark.end];
            let (kind, wrong) = wrong(world, event, &place.mark, right, random)?;
            (kind == turn && wrong != right).then_some((*place, kind, wrong))
        });
        let Some((place, kind, wrong)) = next else {
            misses += 1;
            continue;
        };
        misses = 0;
        used.insert(place.sentence);
        out.push(Planted { start: place.mark.start, end: place.mark.end, kind, wrong });
    }
    out
}

/// What kind of thing stands there, and something else in its place. None where articles differ, or nothing can be wrong.
fn wrong(world: &World, event: &Event, mark: &Mark, right: &str, random: &mut Random) -> Option<(&'static str, String)> {
    let slot = match mark.piece {
        Piece::Weekday => {
            let other = calendar::weekday(event.day + random.between(1, 6));
            return Some(("date", other.to_owned()));
        }
        Piece::Quote(n) => return Some(("quotation", requote(world, event.quote(n), random)?)),
        Piece::Slot(slot) if mark.full => slot,
        _ => return None,
    };
    // Twice as much, or half; or with two digits turned round.
    let factor = *random.pick(&[0.4, 0.5, 0.7, 1.4, 1.5, 2.0, 3.0]);
    let off = |n: u64| {
        let turned: String = n.to_string().chars().rev().collect();
        let turned = turned.parse().unwrap_or(n);
        let swap = (11..100).contains(&n) && !n.is_multiple_of(10) && (turned as f64 / n as f64 - 1.0).abs() > 0.15;
        if swap { turned } else { ((n as f64 * factor).round() as u64).max(2) }
    };
    let other = match &event.values[slot] {
        Value::Count { later: true, .. } | Value::Pick(_) => return None,
        Value::Count { n, .. } => ("figure", Value::Count { n: if *n < 4 { n + 3 } else { off(*n) }, later: false }),
        Value::Money(n) => ("figure", Value::Money(off(*n).max(20))),
        Value::Percent(n) => ("figure", Value::Percent(off(*n).clamp(10, 990))),
        Value::Decimal(n) => ("figure", Value::Decimal(off(*n).min(99))),
        Value::Year(year) => ("date", Value::Year(year - random.between(2, 9))),
        Value::Clock(minutes) => ("date", Value::Clock((minutes + 60 * random.between(1, 5) as u64) % 1_440)),
        Value::Date(day) => ("date", Value::Date(day + random.between(2, 9))),
        Value::Person { role, given, .. } => {
            let others = event.others(slot);
            if random.chance(0.5) && !others.is_empty() {
                return Some(("name", random.pick(&others).clone()));
            }
            ("name", Value::Person { role, given: given.clone(), surname: world.words.surname(random) })
        }
        Value::Org(name) => {
            let kind = event.kind.slots[slot].rest;
            if kind == "bank" {
                return None;
            }
            let (_, end) = name.split_once(' ')?;
            let other = organization(kind, &world.words, event.country, random);
            ("name", Value::Org(format!("{} {end}", other.split(' ').next()?)))
        }
    };
    let shown = other.1.show(0);
    (shown != right).then_some((other.0, shown))
}

/// A quotation with one word changed.
fn requote(world: &World, quote: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = quote.split(' ').collect();
    let long: Vec<usize> = (1..words.len()).filter(|i| words[*i].len() > 4 && !words[*i].ends_with(',')).collect();
    let at = *long.get(random.below(long.len().max(1)))?;
    let list = if words[at].ends_with('s') { &world.words.plurals } else { &world.words.nouns };
    let other = *random.zipf(list, 25.0);
    Some(words.iter().enumerate().map(|(i, w)| if i == at { other } else { w }).collect::<Vec<_>>().join(" "))
}

fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
