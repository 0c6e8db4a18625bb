//! Articles: which event each is about, what it tells of that, and how it is laid out.

use std::collections::BTreeSet;

use crate::{
    calendar,
    event::{Event, Page, World},
    random::Random,
};

/// Articles on one event lie close together: so many are planned at a time.
pub(crate) const BLOCK: u64 = 12;
/// Files in a folder.
pub(crate) const FOLDER: u64 = 1_000;
/// January 2, 2023
const FIRST_DAY: i64 = 19_359;

/// What an article is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) event: u64,
    /// The how many-th article on the event; a copy has that of its original.
    pub(crate) version: u64,
    /// From 1 on: the how many-th copy.
    pub(crate) copy: u64,
}

/// A sentence of an article before it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Fact { fact: usize, wording: usize },
    Background,
}

/// An article.
pub(crate) struct Article {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl World {
    /// The plans of a block.
    pub(crate) fn block(&self, block: u64) -> Vec<Plan> {
        let mut random = Random::new(&[self.seed, 1, block]);
        let mut plans = Vec::new();
        for event in 0.. {
            let versions = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4][random.below(10)];
            for version in 0..versions {
                plans.push(Plan { event, version, copy: 0 });
            }
            // One wire story in several papers.
            if random.chance(0.25) {
                let version = random.below(versions as usize) as u64;
                plans.extend((1..=[1, 1, 2, 3][random.below(4)]).map(|copy| Plan { event, version, copy }));
            }
            if plans.len() >= BLOCK as usize {
                break;
            }
        }
        plans.truncate(BLOCK as usize);
        plans
    }

    /// An event of a block.
    pub(crate) fn event(&self, block: u64, event: u64) -> Event<'_> {
        let day = FIRST_DAY + (block * BLOCK / FOLDER) as i64;
        Event::new(self, Random::new(&[self.seed, 2, block, event]).next(), day)
    }

    /// What an article tells, in order.
    pub(crate) fn items(&self, event: &Event, version: u64, words: usize) -> Vec<Item> {
        let mut random = Random::new(&[event.seed, 3, version]);
        let target = (words as f64 * random.size(0.6, 1.55)) as usize;
        let mut facts = event.facts.clone();
        random.shuffle(&mut facts);
        // Sentences have 18 words.
        let sentences = (target / 18).max(2);
        facts.truncate((sentences / 2).max(1));
        let background = sentences - 1 - facts.len();
        let mut items = vec![Item::Background; background];
        for fact in facts {
            // What has happened comes early in the news.
            let at = (items.len() as f64 * random.unit() * random.unit().sqrt()) as usize;
            items.insert(at, Item::Fact { fact, wording: random.below(2) });
        }
        items.insert(0, Item::Fact { fact: 0, wording: random.below(2) });
        items
    }

    /// Its sentences, written.
    pub(crate) fn sentences(&self, event: &Event, version: u64, items: &[Item]) -> Vec<String> {
        let mut random = Random::new(&[event.seed, 4, version]);
        let mut page = Page::default();
        let mut out = Vec::new();
        for item in items {
            page.text.clear();
            match *item {
                Item::Fact { fact, wording } => page.fact(event, fact, wording, version, self),
                Item::Background => {
                    let template = random.pick(&self.stories.background).clone();
                    page.write(event, &template, 0, version, &self.words, &mut random);
                    if random.chance(0.6) {
                        page.text.pop();
                        let tail = random.pick(&self.stories.tails).clone();
                        page.go_on(event, &tail, &self.words, &mut random);
                    }
                }
            }
            out.push(page.text.clone());
        }
        out
    }

    /// The article with this number; it does not depend on how many there are.
    pub(crate) fn article(&self, number: u64, words: usize) -> Article {
        let block = number / BLOCK;
        let plan = self.block(block)[(number % BLOCK) as usize];
        let event = self.event(block, plan.event);
        let mut random = Random::new(&[self.seed, 5, number]);
        let mut items = self.items(&event, plan.version, words);
        if plan.copy > 0 {
            if let (Item::Fact { wording, .. }, true) = (&mut items[0], random.chance(0.4)) {
                *wording = 1 - *wording;
            }
            let tail = if random.chance(0.5) { random.below(items.len() / 3 + 1) } else { 0 };
            items.truncate(items.len() - tail);
        }
        let mut sentences = self.sentences(&event, plan.version, &items);
        if plan.copy > 0 && random.chance(0.3) {
            let inner: Vec<usize> = (2..items.len()).filter(|i| items[*i] == Item::Background).collect();
            if !inner.is_empty() {
                sentences.remove(*random.pick(&inner));
            }
        }
        let headline = self.headline(&event, plan.version, plan.copy);
        self.lay_out(number, &event, plan, &headline, &sentences, &mut random)
    }

    pub(crate) fn headline(&self, event: &Event, version: u64, copy: u64) -> String {
        let mut random = Random::new(&[event.seed, 6, version, copy]);
        let mut page = Page::default();
        page.introduce_all(event);
        let template = random.pick(&event.kind.headlines).clone();
        page.write(event, &template, 0, version, &self.words, &mut random);
        page.text
    }

    fn lay_out(
        &self,
        number: u64,
        event: &Event,
        plan: Plan,
        headline: &str,
        sentences: &[String],
        random: &mut Random,
    ) -> Article {
        let words = &self.words;
        let published = event.day + [0, 1, 1, 2][plan.version as usize % 4] + i64::from(plan.copy > 0 && random.chance(0.2));
        let author = format!("{} {}", words.given(random), words.surname(random));
        let outlet = outlet(self, random);
        let markdown = random.chance(0.15);
        let (city, country, date) = (event.city.to_uppercase(), event.country, calendar::long(published));
        let mut text = String::with_capacity(4_096);
        let dateline = if markdown {
            text = format!(
                "---\ntitle: {headline}\nauthor: {author}\noutlet: {outlet}\ndate: {}\n---\n\n# {headline}\n\n",
                calendar::iso(published)
            );
            String::new()
        } else if random.chance(0.5) {
            text.push_str(&format!("{headline}\n\nBy {author}, {outlet}\n\n"));
            format!("{city}, {country}, {date} — ")
        } else {
            text.push_str(&format!("{headline}\n\nBy {author}\n\n{date}\n\n"));
            format!("{city}, {country} ({outlet}) — ")
        };
        text.push_str(&dateline);
        let mut left = 1;
        for (i, sentence) in sentences.iter().enumerate() {
            if left == 0 {
                text.push_str("\n\n");
                left = 1 + random.below(3);
            } else if i > 0 {
                text.push(' ');
            }
            text.push_str(sentence);
            left -= 1;
        }
        text.push('\n');
        if random.chance(0.15) {
            text.push_str(&format!("\nSign up for the morning newsletter of {outlet}\n"));
        }
        let folder = calendar::iso(FIRST_DAY + (number / FOLDER) as i64);
        let end = if markdown { "md" } else { "txt" };
        Article { path: format!("{folder}/{number:07}-{}.{end}", slug(headline)), text }
    }

    /// Where the article with this number is.
    pub(crate) fn path(&self, number: u64, words: usize) -> String {
        self.article(number, words).path
    }

    /// The facts of an event that its articles tell, with the wordings they use.
    pub(crate) fn told(&self, event: &Event, versions: u64, words: usize) -> BTreeSet<(usize, usize)> {
        let items = (0..versions).flat_map(|version| self.items(event, version, words));
        items.filter_map(|i| if let Item::Fact { fact, wording } = i { Some((fact, wording)) } else { None }).collect()
    }
}

fn outlet(world: &World, random: &mut Random) -> String {
    const ENDS: &[&str] = &["Courier", "Times", "Herald", "Gazette", "Post", "Tribune", "Observer", "Chronicle", "Echo", "Mail"];
    const WIRES: &[&str] = &["Northern Wire", "Meridian Press", "Coast News Agency"];
    if random.chance(0.3) {
        return (*random.pick(WIRES)).to_owned();
    }
    // A few papers of each region print most of what there is.
    let mut names = Random::new(&[world.seed, 7, random.size(1.0, 400.0) as u64]);
    format!("The {} {}", world.words.surname(&mut names), names.pick(ENDS))
}

fn slug(headline: &str) -> String {
    let mut out = String::new();
    for word in headline.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if out.len() + word.len() > 40 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}
