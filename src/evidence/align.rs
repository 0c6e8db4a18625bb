//! Alignment: which mention of a passage stands in the place of which mention of the claim. A scored one-to-one assignment over
//! features that `copydesk stages evidence` prints.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    Feature, Pair, Relation, contrast,
    outline::{Element, ElementKind, Outline, Word},
    relation::relation,
    weights,
};
use crate::{
    claim::{Dimension, Mention, MentionKind, NameClass, Quantity, Reading},
    text::Span,
};

/// Nouns that exclude each other.
static OPPOSITES: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("data/opposites.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' ')).collect()
});

/// Tokens over which the pull of a neighbouring word falls to 1/e: about half a clause of news copy.
const REACH: f32 = 6.0;
/// The least score of a pair that is kept though the assignment did not choose it.
const RIVAL: f32 = 0.1;
/// What a head counts that is like a modifier.
const CROSSED: f32 = 0.9;
/// What the same unit counts where the things measured have other names.
const SAME_UNIT: f32 = 0.7;
/// How like two roles must be, by their likest words, to be one.
const SAME_ROLE: f32 = 0.9;
/// Words less near in meaning than this are unrelated.
const RELATED: f32 = 0.3;
/// How much better a shared agreement counts than a difference that is left for it.
const SHARED: f32 = 2.0;
/// What a word counts that stands in the sentences around the source's, not in it.
const CONTEXT: f32 = 0.5;

/// The likeness of each element of the draft's sentence (rows) to each of the source's, 0 to 1, and what the two sentences share.
pub(super) struct Alignment<'a, 'o> {
    draft: &'o Outline<'a>,
    source: &'o Outline<'a>,
    likeness: Vec<Vec<f32>>,
    /// For each element of the draft, its best match in the source's sentence or, discounted, around it.
    best: Vec<f32>,
}

impl<'a, 'o> Alignment<'a, 'o> {
    /// Compares two sentences; `around` holds the outlines of the sentences beside the source's.
    pub(super) fn new(draft: &'o Outline<'a>, source: &'o Outline<'a>, around: &[Outline<'_>]) -> Self {
        let likeness: Vec<Vec<f32>> =
            draft.elements.iter().map(|d| source.elements.iter().map(|s| alike(draft, d, source, s)).collect()).collect();
        let best = draft.elements.iter().zip(&likeness).map(|(d, row)| {
            let here = row.iter().copied().fold(0.0, f32::max);
            let there = around.iter().flat_map(|o| o.elements.iter().map(move |s| alike(draft, d, o, s))).fold(0.0, f32::max);
            here.max(CONTEXT * there)
        });
        Self { draft, source, best: best.collect(), likeness }
    }

    /// How much of the draft's sentence the source's covers, 0 to 1, without the element `without`.
    pub(super) fn coverage(&self, without: Option<usize>) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for (i, element) in self.draft.elements.iter().enumerate() {
            if Some(i) != without {
                sum += element.weight * self.best[i];
                all += element.weight;
            }
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// How much of what stands near `d` in the draft stands near `s` in the source, 0 to 1.
    fn local(&self, d: usize, s: usize) -> f32 {
        surroundings((&self.draft.elements, d), (&self.source.elements, s), |i, j| self.likeness[i][j])
    }

    /// The same the other way round: how much of what stands near `s` in the source stands near `d` in the draft.
    fn mutual(&self, d: usize, s: usize) -> f32 {
        surroundings((&self.source.elements, s), (&self.draft.elements, d), |j, i| self.likeness[i][j])
    }

    /// The pairs of comparable mentions of the two sentences, assigned one to one; then what else could stand in a mention's place, marked
    /// by the features "bound" (the draft's mention has its like here) and "taken" (the source's is the like of another).
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut all = Vec::new();
        for (d, element) in self.draft.elements.iter().enumerate() {
            let (ElementKind::Mention(draft), Some(a)) = (&element.kind, self.draft.mention(element)) else { continue };
            for (s, element) in self.source.elements.iter().enumerate() {
                let (ElementKind::Mention(source), Some(b)) = (&element.kind, self.source.mention(element)) else { continue };
                let mut relation = relation(a, b);
                if relation == Relation::Incomparable {
                    continue;
                }
                // Two women are not two men, nor is a woman of 68 a man of 68.
                if relation == Relation::Same && self.opposite(a, b) {
                    relation = Relation::Differs;
                }
                // "5% a year for three years" is not "5% over three years".
                if relation == Relation::Same && (is_total(self.draft, d, a, b) || is_total(self.source, s, b, a)) {
                    relation = Relation::Differs;
                }
                // The killed are not the injured; so many of the one say nothing against so many of the other.
                if matches!(a.kind, MentionKind::Quantity(_)) && self.contrast(d, s) {
                    match relation {
                        Relation::Same if !self.has_another(d, a) => relation = Relation::Differs,
                        Relation::Same | Relation::Differs => continue,
                        _ => {}
                    }
                }
                let features = self.features(d, a, s, b, relation);
                if relation == Relation::Differs && (self.is_elsewhere(d, s, &features) || self.other_office(a, b)) {
                    continue;
                }
                let score = weights::score(a, relation, &features);
                all.push((d, s, Pair { draft: *draft, source: *source, relation, score, features }));
            }
        }
        // Best first; what agrees goes before what does not, for a value that stands in both sentences is seldom in another's place.
        let rank =
            |p: &Pair| p.score + if matches!(p.relation, Relation::Same | Relation::Compatible) { weights::AGREES } else { 0.0 };
        all.sort_by(|(d, s, a), (e, t, b)| rank(b).total_cmp(&rank(a)).then((d, s).cmp(&(e, t))));
        let (mut taken_d, mut taken_s) = (Vec::new(), Vec::new());
        let (mut out, mut rest, mut rivals) = (Vec::new(), Vec::new(), Vec::new());
        let mut agreed: Vec<(usize, usize)> = Vec::new();
        for (d, s, pair) in all {
            if !taken_d.contains(&d) && !taken_s.contains(&s) {
                taken_d.push(d);
                taken_s.push(s);
                if matches!(pair.relation, Relation::Same | Relation::Compatible) {
                    agreed.push((d, s));
                }
                out.push(pair);
            } else {
                if matches!(pair.relation, Relation::Differs | Relation::Misspelled) {
                    rivals.push((d, s, pair.clone()));
                }
                rest.push((d, pair));
            }
        }
        // A draft may say a thing twice ("six in one town and six in the other") that this sentence says once: agreement may be shared,
        // and whoever has it is not refuted by what was left over.
        for (d, pair) in rest {
            if let Some(i) = out.iter().position(|p| p.draft == pair.draft && p.relation == Relation::Differs)
                && pair.relation == Relation::Same
                && pair.score * SHARED > out[i].score
            {
                out[i] = pair;
            } else if !taken_d.contains(&d) && pair.relation == Relation::Same {
                taken_d.push(d);
                out.push(pair);
            }
        }
        // What else could stand there: the value may stand in this sentence too, attached to something else, or with another name's role.
        for (d, s, mut pair) in rivals {
            if pair.score >= RIVAL && !out.iter().any(|p| (p.draft, p.source) == (pair.draft, pair.source)) {
                pair.features.push(Feature { name: "bound", value: f32::from(u8::from(agreed.iter().any(|(e, _)| *e == d))) });
                pair.features.push(Feature { name: "taken", value: f32::from(u8::from(agreed.iter().any(|(_, t)| *t == s))) });
                out.push(pair);
            }
        }
        out.sort_by_key(|p| p.draft);
        out
    }

    fn features(&self, d: usize, a: &Mention, s: usize, b: &Mention, relation: Relation) -> Vec<Feature> {
        let feature = |name, value| Feature { name, value };
        let mut features = vec![
            feature("topic", self.coverage(Some(d))),
            feature("local", self.local(d, s)),
            feature("mutual", self.mutual(d, s)),
            feature("slot", f32::from(u8::from(slot(self.draft, d) == slot(self.source, s)))),
            feature("before", self.beside(d, s, Side::Before)),
            feature("after", self.beside(d, s, Side::After)),
        ];
        // How many mentions of this sort the source's sentence has that the draft's lacks: one leaves no doubt which is meant.
        let rivals = self.source.elements.iter().enumerate().filter(|(t, e)| {
            *t != s && self.source.mention(e).is_some_and(|c| self::relation(a, c) == Relation::Differs) && !self.matched(*t)
        });
        features.push(feature("alone", 1.0 / (1.0 + rivals.count() as f32)));
        match (&a.kind, &b.kind) {
            (MentionKind::Quantity(x), MentionKind::Quantity(y)) => {
                features.push(feature("noun", self.counted(x, y)));
                features.push(feature("unit", f32::from(u8::from(x.unit.is_some()))));
                features.push(feature("specific", specific(x)));
            }
            (MentionKind::Name(x), MentionKind::Name(y)) => {
                features.push(feature("misspelled", f32::from(u8::from(relation == Relation::Misspelled))));
                let role = self.nouns(x.role, y.role);
                let both = x.role.is_some() && y.role.is_some();
                features.push(feature("role", if both && role >= SAME_ROLE { 1.0 } else { 0.0 }));
                features.push(feature("other role", if both && role < SAME_ROLE { 1.0 } else { 0.0 }));
                features.push(feature("class", f32::from(u8::from(x.class == y.class))));
            }
            _ => {}
        }
        features
    }

    /// Whether the draft's sentence names the bearer of a source's name in another place, so that the name is not missing in this one: unless
    /// the draft gives somebody else its role.
    fn is_elsewhere(&self, d: usize, s: usize, features: &[Feature]) -> bool {
        let is_name = self.source.mention(&self.source.elements[s]).is_some_and(|m| matches!(m.kind, MentionKind::Name(_)));
        let role = features.iter().any(|f| f.name == "role" && f.value > 0.0);
        is_name && !role && self.likeness.iter().enumerate().any(|(i, row)| i != d && row[s] >= 1.0)
    }

    /// Whether the two names hold their roles in different places: the president of one country does not stand in the place of another's.
    fn other_office(&self, a: &Mention, b: &Mention) -> bool {
        let (MentionKind::Name(x), MentionKind::Name(y)) = (&a.kind, &b.kind) else { return false };
        if x.class != NameClass::Person || y.class != NameClass::Person {
            return false;
        }
        let mut ours = offices(self.draft.reading, &x.canonical);
        ours.extend(offices(self.source.reading, &x.canonical));
        let theirs = offices(self.source.reading, &y.canonical);
        !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|p| theirs.contains(p))
    }

    /// Whether the source's mention has its like in the draft's sentence.
    fn matched(&self, s: usize) -> bool {
        self.likeness.iter().any(|row| row[s] >= 0.7)
    }

    /// How like the nearest two elements on one side of the draft's mention are to the nearest two on that side of the source's.
    fn beside(&self, d: usize, s: usize, side: Side) -> f32 {
        let neighbours = |at: usize, count: usize| -> std::ops::Range<usize> {
            match side {
                Side::Before => at.saturating_sub(2)..at,
                Side::After => at + 1..(at + 3).min(count),
            }
        };
        let (mut sum, mut all) = (0.0, 0.0);
        for i in neighbours(d, self.draft.elements.len()) {
            let weight = self.draft.elements[i].weight;
            let best = neighbours(s, self.source.elements.len()).map(|j| self.likeness[i][j]).fold(0.0, f32::max);
            sum += weight * best;
            all += weight;
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// How like what two figures count is, 0 to 1. The head of one phrase may be a modifier in the other: "28 points", "a 28-point plan".
    fn counted(&self, x: &Quantity, y: &Quantity) -> f32 {
        // "Tarvik, 63": the bearers decide.
        if let (Some(a), Some(b)) = (bearer(self.draft, x.entity), bearer(self.source, y.entity)) {
            return f32::from(u8::from(relation(a, b) == Relation::Same));
        }
        let heads = if self.opposites(x.entity, y.entity) { 1.0 } else { self.nouns(x.entity, y.entity) };
        let crossed = if x.unit.is_none() && y.unit.is_none() {
            let cross = |a: Option<Span>, b: Option<Span>| a.and(b).map_or(0.0, |_| self.nouns(a, b));
            cross(x.entity, y.modifiers).max(cross(x.modifiers, y.entity)) * CROSSED
        } else {
            0.0
        };
        // Hours are hours, whatever they are hours of.
        let measured = match (&x.unit, &y.unit) {
            (Some(a), Some(b)) if a.name == b.name && !matches!(a.dimension, Dimension::Percent | Dimension::Money) => SAME_UNIT,
            _ => 0.0,
        };
        heads.max(crossed).max(measured)
    }

    /// Whether the source's sentence has another figure that may stand in the place of the draft's, and differs.
    fn has_another(&self, d: usize, a: &Mention) -> bool {
        (0..self.source.elements.len()).any(|s| {
            let b = self.source.mention(&self.source.elements[s]);
            b.is_some_and(|b| relation(a, b) == Relation::Differs) && !self.contrast(d, s)
        })
    }

    /// Whether the words beside two figures exclude each other.
    fn contrast(&self, d: usize, s: usize) -> bool {
        contrast::excludes((self.draft, &self.draft.elements[d]), (self.source, &self.source.elements[s]))
    }

    /// Whether two quantities count what excludes each other.
    fn opposite(&self, a: &Mention, b: &Mention) -> bool {
        match (&a.kind, &b.kind) {
            (MentionKind::Quantity(x), MentionKind::Quantity(y)) => self.opposites(x.entity, y.entity),
            _ => false,
        }
    }

    /// Whether two noun phrases have heads that exclude each other: "men", "women".
    fn opposites(&self, a: Option<Span>, b: Option<Span>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let (a, b) = (self.draft.words_of(a), self.source.words_of(b));
        let (Some(a), Some(b)) = (a.last(), b.last()) else { return false };
        OPPOSITES.contains(&(a.as_str(), b.as_str())) || OPPOSITES.contains(&(b.as_str(), a.as_str()))
    }

    /// How like two noun phrases are by their words, 0 to 1; one half where one is missing.
    fn nouns(&self, a: Option<Span>, b: Option<Span>) -> f32 {
        let (Some(a), Some(b)) = (a, b) else { return 0.5 };
        let (a, b) = (self.draft.words_of(a), self.source.words_of(b));
        let mut best: f32 = 0.0;
        for x in a.iter().filter(|w| !crate::prose::is_stopword(w)) {
            for y in b {
                best = best.max(words(&Word::new(x), &Word::new(y)));
            }
        }
        best
    }
}

/// How much of what stands near one element of a sentence stands near one of another sentence, 0 to 1.
fn surroundings(
    (ours, at): (&[Element], usize),
    (theirs, place): (&[Element], usize),
    likeness: impl Fn(usize, usize) -> f32,
) -> f32 {
    let (mut sum, mut all) = (0.0, 0.0);
    for (i, element) in ours.iter().enumerate().filter(|(i, _)| *i != at) {
        let pull = element.weight * (-(gap(element, &ours[at]) as f32) / REACH).exp();
        let match_ = theirs.iter().enumerate().filter(|(j, _)| *j != place).map(|(j, other)| {
            let near = (-(gap(other, &theirs[place]) as f32) / (2.0 * REACH)).exp();
            likeness(i, j) * near
        });
        sum += pull * match_.fold(0.0, f32::max);
        all += pull;
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

/// Whether a figure is what came of several years, say, where the other is a rate per year.
fn is_total(outline: &Outline<'_>, at: usize, total: &Mention, rate: &Mention) -> bool {
    let (MentionKind::Quantity(x), MentionKind::Quantity(y)) = (&total.kind, &rate.kind) else { return false };
    let per = |q: &Quantity| q.unit.as_ref().and_then(|u| u.per.clone());
    let (None, Some(period)) = (per(x), per(y)) else { return false };
    let mut after = outline.folded[outline.elements[at].last + 1..].iter();
    let over = after.next().is_some_and(|w| matches!(w.as_str(), "over" | "within" | "across"));
    over && after.take(4).any(|w| w.strip_suffix('s') == Some(&period))
}

/// The name under a noun phrase.
fn bearer<'a>(outline: &Outline<'a>, entity: Option<Span>) -> Option<&'a Mention> {
    let entity = entity?;
    let named = |m: &&Mention| matches!(m.kind, MentionKind::Name(_)) && m.span.overlaps(entity);
    outline.elements.iter().filter_map(|e| outline.mention(e)).find(named)
}

/// The places named in the roles that a text gives a person: France for "the French president".
fn offices<'a>(reading: &'a Reading, bearer: &str) -> Vec<&'a str> {
    let mut places = Vec::new();
    for mention in &reading.mentions {
        let MentionKind::Name(name) = &mention.kind else { continue };
        let Some(role) = name.role else { continue };
        if name.canonical != bearer {
            continue;
        }
        let from = reading.mentions.partition_point(|m| m.span.start < role.start);
        for inner in reading.mentions[from..].iter().take_while(|m| m.span.start < role.end) {
            match &inner.kind {
                MentionKind::Name(n) if n.class == NameClass::Place => places.push(n.canonical.as_str()),
                _ => {}
            }
        }
    }
    places
}

/// A side of a mention.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The word just before a mention, articles aside: a preposition, mostly, or the verb.
fn slot<'b>(outline: &'b Outline<'_>, element: usize) -> Option<&'b str> {
    let first = outline.elements[element].first;
    let mut before = outline.folded[..first].iter().rev().filter(|w| !matches!(w.as_str(), "the" | "a" | "an" | "'s"));
    before.next().map(String::as_str)
}

/// How little chance there is that another figure has the same value: 0 for "six", 1 for "6.86".
fn specific(quantity: &Quantity) -> f32 {
    let digits = |v: Option<rust_decimal::Decimal>| {
        v.map_or(0, |v| v.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len())
    };
    let digits = digits(quantity.low).max(digits(quantity.high)).saturating_sub(1);
    (digits.min(2) as f32) / 2.0
}

/// Tokens between two elements.
fn gap(a: &Element, b: &Element) -> usize {
    if a.first > b.last { a.first - b.last } else { b.first.saturating_sub(a.last) }
}

/// How like two words are, 0 to 1: the same, or near in meaning.
fn words(a: &Word, b: &Word) -> f32 {
    if a.stem == b.stem {
        return 1.0;
    }
    match (a.vector, b.vector) {
        (Some(a), Some(b)) => Some(a.similarity(b)).filter(|s| *s >= RELATED).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// How like an element of the draft's sentence is to one of a source's, 0 to 1.
fn alike(draft: &Outline<'_>, d: &Element, source: &Outline<'_>, s: &Element) -> f32 {
    match (&d.kind, &s.kind) {
        (ElementKind::Word(a), ElementKind::Word(b)) => words(a, b),
        (ElementKind::Mention(_), ElementKind::Mention(_)) => {
            let (Some(a), Some(b)) = (draft.mention(d), source.mention(s)) else { return 0.0 };
            match relation(a, b) {
                Relation::Same => 1.0,
                Relation::Compatible | Relation::Misspelled => 0.8,
                Relation::Differs | Relation::Incomparable => 0.0,
            }
        }
        (ElementKind::Mention(_), ElementKind::Word(word)) => in_mention(draft, d, word),
        (ElementKind::Word(word), ElementKind::Mention(_)) => in_mention(source, s, word),
    }
}

/// Whether a word stands in a name: one text's reading of names may miss what the other's found.
fn in_mention(outline: &Outline<'_>, element: &Element, word: &Word) -> f32 {
    let is_name = outline.mention(element).is_some_and(|m| matches!(m.kind, MentionKind::Name(_)));
    let tokens = &outline.folded[element.first..=element.last];
    if is_name && tokens.contains(&word.folded) { 0.8 } else { 0.0 }
}
