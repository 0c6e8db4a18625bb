//! What the sources say, without a draft: each figure and date once, with every source's wording, and who people are. Which mentions are of
//! one fact is not decided here: each source is held against the others as a draft is, and what is found to support or to contradict each
//! other belongs together.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Checked, Finding, Label, Mention, MentionKind, Source, Span, Stance, Verdict, show};
use crate::{
    claim::{NameClass, Role, same_name},
    document::BlockKind,
    prose::Tag,
};

/// Facts that two sources share for them to be of one event.
const SHARED: usize = 2;

/// How sure a contradiction has to be.
const SURE: f32 = 0.8;

/// What some sources say.
#[derive(Clone, Debug, Default)]
pub struct FactSheet {
    /// The events, first those of which most is said.
    pub events: Vec<Event>,
}

/// What sources say of one event: those that share facts.
#[derive(Clone, Debug)]
pub struct Event {
    /// The headline of the source that shares most facts with the others.
    pub title: String,
    /// What they say, by whom or what it is about; where the sources disagree stands first.
    pub groups: Vec<Group>,
}

/// Facts about one person, place or organization.
#[derive(Clone, Debug)]
pub struct Group {
    /// Their name; empty for what names nobody.
    pub entity: String,
    /// Where the sources disagree first, then what most say.
    pub facts: Vec<Fact>,
}

/// One fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What sort of fact it is.
    pub kind: FactKind,
    /// What is counted or measured, or whose role it is; empty if the text does not say.
    pub what: String,
    /// Whether a source contradicts another.
    pub disagree: bool,
    /// Who says it, in the order of publication, each source once.
    pub sayings: Vec<Saying>,
}

/// What sort of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// A figure.
    Figure,
    /// A date.
    Date,
    /// What somebody is.
    Role,
}

/// What one source says.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The source.
    pub source: Arc<Source>,
    /// The figure, date or role, in bytes of the source's text.
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// The value of a figure; of "at least 12" its bound, of a range none.
    pub value: Option<Decimal>,
    /// The days that a date means, first and last.
    pub days: Option<(Date, Date)>,
}

impl Saying {
    /// The figure, date or role in the source's words.
    #[must_use]
    pub fn words(&self) -> &str {
        self.span.of(&self.source.reading.prose.document.text)
    }

    /// The sentence in the source's words.
    #[must_use]
    pub fn quote(&self) -> &str {
        self.sentence.of(&self.source.reading.prose.document.text)
    }
}

impl Fact {
    /// How a tally went: the value at each day of publication, the last of a day, if there are two such days at least and they differ.
    #[must_use]
    pub fn series(&self) -> Vec<(Date, Decimal)> {
        let dated = |s: &Saying| Some((s.source.reading.prose.document.meta.published?, s.value?));
        let days: BTreeMap<Date, Decimal> = self.sayings.iter().filter_map(dated).collect();
        let values: BTreeSet<Decimal> = days.values().copied().collect();
        if values.len() >= 2 { days.into_iter().collect() } else { Vec::new() }
    }

    /// Whether the sources differ only as a tally that grew from day to day does.
    #[must_use]
    pub fn grew(&self) -> bool {
        let series = self.series();
        let is_dated = |s: &Saying| s.value.is_some() && s.source.reading.prose.document.meta.published.is_some();
        self.disagree
            && series.len() == self.sayings.len()
            && self.sayings.iter().all(is_dated)
            && series.is_sorted_by_key(|(_, v)| *v)
    }
}

/// A mention of a source, by both their indices.
type Place = (usize, usize);

/// Puts together what some sources say: each has been held against the others, in their order.
#[must_use]
pub fn fact_sheet(sources: &[Arc<Source>], checked: &[Checked]) -> FactSheet {
    let mut links = Links::default();
    for (i, checked) in checked.iter().enumerate() {
        for verdict in checked.verdicts.iter().filter(|v| v.label != Label::NotEnoughInfo) {
            for finding in verdict.findings.iter().filter(|f| holds(verdict, f)) {
                let Some(j) = sources.iter().position(|s| Arc::ptr_eq(s, &finding.source) || s.path == finding.source.path)
                else {
                    continue;
                };
                let theirs = &sources[j].reading.mentions;
                let Some(m) = theirs.iter().position(|m| m.span == finding.counterpart) else { continue };
                let (a, b) = ((i, verdict.mention as usize), (j, m));
                if kind(&sources[i], a.1) == kind(&sources[j], m) {
                    links.join(a, b, matches!(finding.stance, Stance::Refutes(_)));
                }
            }
        }
    }
    let mut facts = figures_and_dates(sources, &mut links);
    facts.extend(roles(sources));
    by_event(sources, facts)
}

/// Whether a finding puts two mentions together: where a source bears a mention out, what speaks against it is of another fact.
fn holds(verdict: &Verdict, finding: &Finding) -> bool {
    match (verdict.label, finding.stance) {
        (Label::Supported, stance) => stance == Stance::Supports,
        (_, Stance::Supports) => true,
        (_, Stance::Refutes(_)) => verdict.confidence >= SURE,
    }
}

/// Which mentions are of one fact: a forest of disjoint sets (Galler and Fischer 1964).
#[derive(Default)]
struct Links {
    parents: FxHashMap<Place, Place>,
    disputed: BTreeSet<Place>,
}

impl Links {
    fn root(&mut self, place: Place) -> Place {
        let mut at = place;
        while let Some(&above) = self.parents.get(&at).filter(|above| **above != at) {
            at = above;
        }
        self.parents.insert(place, at);
        at
    }

    fn join(&mut self, a: Place, b: Place, disputed: bool) {
        let (a, b) = (self.root(a), self.root(b));
        let (first, second) = (a.min(b), a.max(b));
        self.parents.insert(second, first);
        self.parents.insert(first, first);
        if disputed || self.disputed.remove(&second) {
            self.disputed.insert(first);
        }
    }
}

/// What sort of fact a mention may be; `None` if it is none of its own: a rank, "dozens", "last year".
fn kind(source: &Source, mention: usize) -> Option<FactKind> {
    match &source.reading.mentions[mention].kind {
        MentionKind::Quantity(q) if !q.vague && (q.low.is_some() || q.high.is_some()) => Some(FactKind::Figure),
        MentionKind::Date(d) if d.earliest.is_some() && (d.day.is_some() || d.weekday.is_some()) => Some(FactKind::Date),
        _ => None,
    }
}

fn figures_and_dates(sources: &[Arc<Source>], links: &mut Links) -> Vec<Fact> {
    let mut found: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (i, source) in sources.iter().enumerate() {
        for m in (0..source.reading.mentions.len()).filter(|m| kind(source, *m).is_some()) {
            if is_told(source, &source.reading.mentions[m]) {
                found.entry(links.root((i, m))).or_default().push((i, m));
            }
        }
    }
    let fact = |(root, places): (Place, Vec<Place>)| {
        let mut sayings: Vec<(usize, Saying)> = Vec::new();
        for (i, m) in &places {
            if sayings.last().is_none_or(|(last, _)| last != i) {
                sayings.push((*i, saying(&sources[*i], &sources[*i].reading.mentions[*m])));
            }
        }
        let what = places.iter().find_map(|(i, m)| what(&sources[*i], &sources[*i].reading.mentions[*m])).unwrap_or_default();
        let kind = kind(&sources[root.0], root.1).unwrap_or(FactKind::Figure);
        let mut sayings: Vec<Saying> = sayings.into_iter().map(|(_, saying)| saying).collect();
        sayings.sort_by_key(|s| s.source.reading.prose.document.meta.published);
        Fact { kind, what, disagree: links.disputed.contains(&root), sayings }
    };
    found.into_iter().map(fact).collect()
}

/// Whether a mention stands in the article itself, and not in the line with its date.
fn is_told(source: &Source, mention: &Mention) -> bool {
    let prose = &source.reading.prose;
    let Some(sentence) = prose.sentences.get(mention.sentence as usize) else { return false };
    let words = prose.words(mention.sentence as usize);
    let is_all = words.len() <= mention.span.len() + 1;
    !is_all && prose.document.blocks.get(sentence.block as usize).is_none_or(|block| block.kind != BlockKind::Boilerplate)
}

fn saying(source: &Arc<Source>, mention: &Mention) -> Saying {
    let sentence = source.reading.prose.words(mention.sentence as usize);
    let (value, days) = match &mention.kind {
        MentionKind::Quantity(q) => (q.low.or(q.high).filter(|_| q.low.is_none() || q.high.is_none() || q.low == q.high), None),
        MentionKind::Date(d) => (None, d.earliest.zip(d.latest)),
        _ => (None, None),
    };
    Saying { source: source.clone(), span: mention.span, sentence, value, days }
}

/// What a figure counts or measures, in the source's words.
fn what(source: &Source, mention: &Mention) -> Option<String> {
    let MentionKind::Quantity(q) = &mention.kind else { return None };
    let text = &*source.reading.prose.document.text;
    let entity = q.entity?;
    Some(show::one_line(q.modifiers.map_or(entity, |m| m.cover(entity)).of(text)))
}

/// Who people are, each once.
fn roles(sources: &[Arc<Source>]) -> Vec<Fact> {
    let mut people: Vec<(Place, Fact)> = Vec::new();
    for (i, source) in sources.iter().enumerate() {
        for role in &source.reading.roles {
            let Some(mention) = source.reading.mentions.get(role.bearer as usize) else { continue };
            let MentionKind::Name(name) = &mention.kind else { continue };
            // A surname alone is nobody's in particular.
            if !is_told(source, mention) || !name.canonical.contains(' ') {
                continue;
            }
            let said = Saying {
                source: source.clone(),
                span: phrase(source, role),
                sentence: source.reading.prose.words(role.sentence as usize),
                value: None,
                days: None,
            };
            let known = people.iter_mut().find(|((j, m), _)| match &sources[*j].reading.mentions[*m].kind {
                MentionKind::Name(other) => same_name(name, other).agrees(),
                _ => false,
            });
            match known {
                Some((_, fact)) if fact.sayings.iter().any(|s| s.words() == said.words() || Arc::ptr_eq(&s.source, source)) => {}
                Some((_, fact)) => fact.sayings.push(said),
                None => {
                    let fact = Fact { kind: FactKind::Role, what: name.canonical.clone(), disagree: false, sayings: vec![said] };
                    people.push(((i, role.bearer as usize), fact));
                }
            }
        }
    }
    people.into_iter().map(|(_, fact)| fact).collect()
}

/// The words of a role from behind the last verb or person before its noun: a title may be read with what stands before it, as in "Harbor
/// police urged city mayor Roth".
fn phrase(source: &Source, role: &Role) -> Span {
    let reading = &source.reading;
    let before = Span { start: role.span.start, end: role.head.start.max(role.span.start) };
    let is_verb = |tag| matches!(tag, Tag::Verb | Tag::Auxiliary);
    let verbs = reading.prose.tokens.iter().filter(|token| is_verb(token.tag)).map(|token| token.span);
    let is_person = |m: &&Mention| matches!(&m.kind, MentionKind::Name(name) if name.class == NameClass::Person);
    let names = reading.mentions.iter().filter(is_person).map(|m| m.span);
    let text = &*reading.prose.document.text;
    let after = |span: &Span| text.get(span.end as usize..).unwrap_or_default();
    // "Oro-born" is one word.
    let cuts = verbs.chain(names).filter(|span| before.contains(*span) && !after(span).starts_with('-'));
    let Some(end) = cuts.map(|span| span.end).max() else { return role.span };
    let rest = Span { start: end, end: role.span.end }.of(text);
    let blank = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    Span { start: end + blank as u32, end: role.span.end }
}

/// Sorts facts by event, and in these by whom they are about.
fn by_event(sources: &[Arc<Source>], facts: Vec<Fact>) -> FactSheet {
    let index = |saying: &Saying| sources.iter().position(|s| Arc::ptr_eq(s, &saying.source)).unwrap_or(0);
    // How many facts each two sources share.
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for fact in &facts {
        let among: BTreeSet<usize> = fact.sayings.iter().map(index).collect();
        for &a in &among {
            for &b in among.range(a + 1..) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut clusters = Links::default();
    for (&(a, b), _) in shared.iter().filter(|(_, count)| **count >= SHARED) {
        clusters.join((a, 0), (b, 0), false);
    }
    let frequency = names(sources);
    let mut events: BTreeMap<usize, Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        let root = fact.sayings.first().map_or(0, |s| clusters.root((index(s), 0)).0);
        events.entry(root).or_default().push(fact);
    }
    let weight = |i: usize| shared.iter().filter(|((a, b), _)| *a == i || *b == i).map(|(_, count)| *count).sum::<usize>();
    let mut sheet = FactSheet::default();
    for (root, facts) in events {
        let members = (0..sources.len()).filter(|i| clusters.root((*i, 0)).0 == root);
        let best = members.max_by_key(|i| (weight(*i), Reverse(*i))).unwrap_or(root);
        let meta = &sources[best].reading.prose.document.meta;
        let title = meta.title.as_deref().map_or_else(|| sources[best].path.clone(), show::one_line);
        sheet.events.push(Event { title, groups: by_entity(facts, &frequency) });
    }
    let size = |event: &Event| event.groups.iter().map(|group| group.facts.len()).sum::<usize>();
    sheet.events.sort_by_key(|event| Reverse(size(event)));
    sheet
}

/// In how many sentences of the sources each name stands, in its fullest form.
fn names(sources: &[Arc<Source>]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for source in sources {
        for mention in &source.reading.mentions {
            if let MentionKind::Name(name) = &mention.kind {
                *count.entry(name.canonical.clone()).or_default() += 1;
            }
        }
    }
    count
}

/// Facts by the name that most sentences with them have; of several the one that the sources have most often.
fn by_entity(facts: Vec<Fact>, frequency: &BTreeMap<String, usize>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        let entity = match fact.kind {
            FactKind::Role => fact.what.clone(),
            FactKind::Figure | FactKind::Date => entity(&fact, frequency),
        };
        groups.entry(entity).or_default().push(fact);
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(entity, facts)| Group { entity, facts }).collect();
    for group in &mut groups {
        group.facts.sort_by_key(|fact| (!fact.disagree, Reverse(fact.sayings.len()), fact.kind));
    }
    let disputed = |group: &Group| group.facts.iter().filter(|fact| fact.disagree).count();
    // What is about nobody comes last.
    groups.sort_by_key(|group| (Reverse(disputed(group)), group.entity.is_empty(), Reverse(group.facts.len())));
    groups
}

fn entity(fact: &Fact, frequency: &BTreeMap<String, usize>) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for saying in &fact.sayings {
        let here = saying.source.reading.mentions.iter().filter(|m| saying.sentence.contains(m.span));
        let named: BTreeSet<&str> = here
            .filter_map(|m| match &m.kind {
                MentionKind::Name(name) if name.class != NameClass::Other && !name.demonym => Some(name.canonical.as_str()),
                _ => None,
            })
            .collect();
        named.into_iter().for_each(|name| *count.entry(name).or_default() += 1);
    }
    let best = count.into_iter().max_by_key(|(name, count)| (*count, frequency.get(*name).copied(), Reverse(*name)));
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn what_says_when_it_was_written_is_no_fact() {
        let text = "Ferry\n\nORO, March 4, 2025 (Harbour Wire) — Twelve ferries sank on March 3 off Oro.\n";
        let source = sample::source("a.txt", text, "Ferry");
        let mentions = source.reading.mentions.iter().filter(|m| is_told(&source, m));
        let told: Vec<&str> = mentions.map(|m| m.span.of(text)).filter(|words| words.contains("March")).collect();
        assert_eq!(told, ["March 3"]);
    }

    #[test]
    fn roles_without_what_stands_before_them() {
        let text = "Ferry\n\nMayor Ana Ruiz urged harbor chief Lena Voss to wait.\n\nOro-installed leader Jan Roth left.\n";
        let source = sample::source("a.txt", text, "Ferry");
        let facts = roles(&[source]);
        let said: Vec<(&str, &str)> = facts.iter().map(|fact| (fact.what.as_str(), fact.sayings[0].words())).collect();
        let expected = [("Ana Ruiz", "Mayor"), ("Lena Voss", "harbor chief"), ("Jan Roth", "Oro-installed leader")];
        assert_eq!(said, expected);
    }
}
