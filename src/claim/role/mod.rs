//! Roles: what a text says that a person is. "Dave Roth, the city's fire chief", "her brother Leo", "Ann Webb is captain of the club".

mod noun;
mod phrase;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashSet;

pub use noun::{NounRelation, is_loose, relation};

use super::{Mention, MentionKind, NameClass};
use crate::{
    prose::{Prose, TokenKind},
    text::Span,
};
use phrase::{Phrase, Word};

/// How a role stands to the name of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum RoleForm {
    /// "actor Leo Roth", "her brother, Leo,".
    Before,
    /// "Leo Roth, an actor,".
    After,
    /// "Leo Roth was an actor".
    Verb,
    /// "The actor said", after a sentence about Leo Roth.
    Described,
}

/// What a text says that a person is.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Role {
    /// The index of the mention of the bearer.
    pub bearer: u32,
    /// The index of its sentence.
    pub sentence: u32,
    /// The phrase without article and owner, with what it is a role of, in bytes: "former captain of the club".
    pub span: Span,
    /// Its noun: "captain".
    pub head: Span,
    /// The words before the noun, in order.
    pub modifiers: Vec<Span>,
    /// Whose or of what: "Murray", "her", "the city"; in front of the phrase.
    pub owner: Option<Span>,
    /// Whom the owner may be, if it is a person or a pronoun: the indices of mentions.
    pub owners: Vec<u32>,
    /// How it stands to the name.
    pub form: RoleForm,
    /// Whether it may be the role of another in a list: "Roth, the mayor, and Hale".
    pub listed: bool,
}

/// The roles of a text, in the order of their bearers.
pub(super) fn read(prose: &Prose, mentions: &[Mention]) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut at = 0;
    while at < mentions.len() {
        let sentence = mentions[at].sentence;
        let to = at + mentions[at..].iter().take_while(|m| m.sentence == sentence).count();
        if (at..to).any(|i| is_person(&mentions[i])) {
            let words = phrase::words(prose, sentence as usize);
            let reader = Reader { words: &words, mentions, sentence };
            (at..to).filter(|i| is_person(&mentions[*i])).for_each(|i| reader.around(i, &mut roles));
        }
        at = to;
    }
    described(prose, mentions, &mut roles);
    roles
}

fn is_person(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Name(n) if n.class == NameClass::Person && !n.doubtful && !n.demonym)
}

struct Reader<'a> {
    words: &'a [Word<'a>],
    mentions: &'a [Mention],
    sentence: u32,
}

impl Reader<'_> {
    /// The roles before, after and beside a verb of one name.
    fn around(&self, bearer: usize, roles: &mut Vec<Role>) {
        let MentionKind::Name(name) = &self.mentions[bearer].kind else { return };
        let words = self.words;
        let from = words.partition_point(|w| w.span.end <= name.bare.start);
        let to = words.partition_point(|w| w.span.start < name.bare.end);
        if from >= to || to > words.len() {
            return;
        }
        let listed_name =
            words.get(to).is_some_and(|w| w.is(&["and", "or", "&"])) && words.get(to + 1).is_some_and(Word::capital);
        let mut end = from;
        while let Some(phrase) = end.checked_sub(1).and_then(|_| phrase::ending(words, end)) {
            roles.push(self.role(bearer, phrase, RoleForm::Before, false));
            // "chairman and chief executive Ann Webb"
            let joined = phrase.start.checked_sub(2).is_some_and(|i| words[i + 1].is(&["and", "&"]) && words[i].is_person());
            if !joined || phrase.determined {
                break;
            }
            end = phrase.start - 1;
        }
        // "The club's chairman, Ann Webb, said"
        let titles =
            (0..from).rev().take_while(|&i| words[i].capital() && words[i].is_person() || is_honorific(&words[i])).count();
        let comma = from - titles;
        // "the obstetrician Dr Helen Marsh"
        if titles > 0
            && is_honorific(&words[comma])
            && comma > 0
            && let Some(phrase) = phrase::ending(words, comma)
            && !self.is_bearer(phrase)
        {
            roles.push(self.role(bearer, phrase, RoleForm::Before, false));
        }
        if comma > 1
            && words[comma - 1].text == ","
            && words.get(to).is_none_or(|w| w.kind != TokenKind::Word || !w.capital() && !w.is(&["and", "or"]))
            && let Some(phrase) = phrase::ending(words, comma - 1)
            && (phrase.determined || phrase.start == 0)
            && !self.is_bearer(phrase)
        {
            let before = phrase.start.checked_sub(1 + usize::from(phrase.determined)).map(|i| &words[i]);
            let listed = listed_name || before.is_some_and(|w| w.text == "," || w.is(&["and"]));
            roles.push(self.role(bearer, phrase, RoleForm::Before, listed));
        }
        self.after(bearer, from, to, roles);
    }

    fn after(&self, bearer: usize, from: usize, to: usize, roles: &mut Vec<Role>) {
        let words = self.words;
        let Some(next) = words.get(to) else { return };
        let mut at = to;
        let comma = matches!(next.text, "," | "(" | "–" | "—" | "-");
        if comma {
            at += 1;
            // "Ann Webb, 61, chairman of"
            let aged = words.get(at).is_some_and(|w| w.low == "aged");
            let age = words.get(at + usize::from(aged)).is_some_and(|w| w.kind == TokenKind::Number);
            if age {
                at += 1 + usize::from(aged);
                if words.get(at).is_some_and(|w| matches!(w.text, "," | ")")) {
                    at += 1;
                }
                if words.get(at).is_some_and(|w| w.text == ",") {
                    at += 1;
                }
            }
        }
        let mut form = RoleForm::After;
        // "Her father, Leo, was once a diver": the name itself is what is added.
        let added = comma && at == to + 1 && from > 0 && words[from - 1].text == "," && self.verb(at).is_some();
        let who = words.get(at).is_some_and(|w| w.low == "who") || added;
        if who || !comma {
            let Some(after) = self.verb(at + usize::from(who && !added)) else { return };
            at = after;
            form = RoleForm::Verb;
        }
        while let Some(phrase) = phrase::beginning(words, at) {
            let bare =
                form == RoleForm::Verb && !phrase.determined && !words.get(phrase.head + 1).is_some_and(Word::is_adposition);
            let close = words.get(phrase.end);
            let closed = close.is_none_or(|w| {
                w.kind != TokenKind::Word
                    || w.is(&["who", "whose", "aged", "and", "based", "born", "until", "since", "when", "as", "but"])
            });
            if bare || form == RoleForm::After && !closed || self.is_bearer(phrase) {
                return;
            }
            let after = words.get(phrase.end + 1);
            let listed = form == RoleForm::After
                && close.is_some_and(|w| w.text == "," || w.low == "and")
                && after.is_some_and(|w| w.is(&["and", "or"]) || w.capital());
            roles.push(self.role(bearer, phrase, form, listed));
            if phrase.end != phrase.head + 1 || close.is_none_or(|w| w.low != "and") {
                return;
            }
            at = phrase.end + 1;
        }
    }

    /// The word after the verb that says what somebody is: "is", "was once", "works as".
    fn verb(&self, at: usize) -> Option<usize> {
        let mut at = at;
        let verb = self.words.get(at)?;
        if verb.is(&["has", "had"]) && self.words.get(at + 1).is_some_and(|w| w.low == "been") {
            at += 2;
        } else if verb.is(&["is", "was", "became", "becomes", "remains"]) {
            at += 1;
        } else if verb.is(&["serves", "served", "works", "worked"]) && self.words.get(at + 1).is_some_and(|w| w.low == "as") {
            return Some(at + 2);
        } else {
            return None;
        }
        while self.words.get(at).is_some_and(|w| w.is(&["once", "also", "now", "formerly", "then", "still", "previously"])) {
            at += 1;
        }
        Some(at)
    }

    /// Whether the head belongs to a person's name.
    fn is_bearer(&self, phrase: Phrase) -> bool {
        let head = self.words[phrase.head].span;
        self.words[phrase.head].capital()
            && self
                .mentions
                .iter()
                .skip(self.first())
                .take_while(|m| m.sentence == self.sentence)
                .any(|m| is_person(m) && matches!(&m.kind, MentionKind::Name(n) if n.bare.overlaps(head)))
    }

    /// The index of the first mention of the sentence.
    fn first(&self) -> usize {
        self.mentions.partition_point(|m| m.sentence < self.sentence)
    }

    fn role(&self, bearer: usize, phrase: Phrase, form: RoleForm, listed: bool) -> Role {
        let words = self.words;
        let cover = |from: usize, to: usize| words[from].span.cover(words[to - 1].span);
        let owner = phrase.owner.map(|(from, to)| cover(from, to));
        let before = phrase.start.min(phrase.head)..phrase.head;
        Role {
            bearer: bearer as u32,
            sentence: self.sentence,
            span: cover(phrase.start.min(phrase.head), phrase.end.max(phrase.head + 1)),
            head: words[phrase.head].span,
            modifiers: before.filter(|&i| !words[i].is_possessive()).map(|i| words[i].span).collect(),
            owner,
            owners: phrase.owner.map_or_else(Vec::new, |o| self.owners(bearer, o)),
            form,
            listed,
        }
    }

    /// Whom an owner may be: the person named, or for a pronoun those named before it in this sentence and the one before.
    fn owners(&self, bearer: usize, (from, to): (usize, usize)) -> Vec<u32> {
        let span = self.words[from].span.cover(self.words[to - 1].span);
        let pronoun = self.words[from].is_pronoun();
        let first = self.mentions.partition_point(|m| m.sentence + 1 < self.sentence);
        let reach = self.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.sentence <= self.sentence);
        let meant = |m: &Mention| if pronoun { m.span.end <= span.start } else { m.span.overlaps(span) };
        reach.filter(|(i, m)| *i != bearer && is_person(m) && meant(m)).map(|(i, _)| i as u32).collect()
    }
}

fn is_honorific(word: &Word<'_>) -> bool {
    word.is(&["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "major", "prof", "rev"]) && word.capital()
}

/// Descriptions that open a sentence and can only mean the one person of the sentence before: "The striker has scored twice."
fn described(prose: &Prose, mentions: &[Mention], roles: &mut Vec<Role>) {
    let mut found = Vec::new();
    let mut at = 0;
    while at < mentions.len() {
        let sentence = mentions[at].sentence;
        let to = at + mentions[at..].iter().take_while(|m| m.sentence == sentence).count();
        let people: Vec<usize> = (at..to).filter(|i| is_person(&mentions[*i])).collect();
        at = to;
        let names: FxHashSet<&str> = people
            .iter()
            .filter_map(|&i| if let MentionKind::Name(n) = &mentions[i].kind { Some(n.canonical.as_str()) } else { None })
            .collect();
        let next = sentence as usize + 1;
        if names.len() != 1 || next >= prose.sentences.len() {
            continue;
        }
        let opens = prose.tokens_of(next).first().is_some_and(|t| prose.str(t.span) == "The");
        if !opens {
            continue;
        }
        let words = phrase::words(prose, next);
        let Some(phrase) = phrase::beginning(&words, 0) else { continue };
        let head = &words[phrase.head];
        let told = phrase::words(prose, sentence as usize).iter().any(|w| w.low == head.low);
        let named = words.get(phrase.head + 1).is_some_and(Word::capital);
        if told || named || phrase.end != phrase.head + 1 || phrase.owner.is_some() {
            continue;
        }
        let reader = Reader { words: &words, mentions, sentence: next as u32 };
        found.push(reader.role(people[0], phrase, RoleForm::Described, false));
    }
    roles.extend(found);
    roles.sort_by_key(|r| (r.bearer, r.span));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{
        claim,
        document::{self, Format},
        prose::Prose,
    };

    /// The roles of a text: the bearer and the words of each.
    fn read(text: &str) -> Vec<String> {
        let reading = claim::read(Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain)))));
        let role = |r: &super::Role| {
            let listed = if r.listed { "?" } else { "" };
            format!("{}: {}{listed}", reading.mentions[r.bearer as usize].span.of(text), r.span.of(text))
        };
        reading.roles.iter().map(role).collect()
    }

    #[test]
    fn on_both_sides_of_the_name() {
        for (text, expected) in [
            ("The club's chairman, Anna Webb, resigned.", "Anna Webb: chairman"),
            ("Anna Webb, 61, chairman of the club, resigned.", "Anna Webb: chairman of the club"),
            ("They praised Anna Webb, Tom Hale's aunt.", "Anna Webb: aunt"),
            ("He met his sister Anna Webb in town.", "Anna Webb: sister"),
            ("Anna Webb was once a nurse at the hospital.", "Anna Webb: nurse at the hospital"),
            ("The obstetrician Dr Helen Marsh spoke.", "Helen Marsh: obstetrician"),
            ("She is the niece of the banker Tom Hale.", "Tom Hale: banker"),
            ("Anna Webb, the mayor, and Tom Hale came.", "Anna Webb: mayor?"),
        ] {
            assert!(read(text).iter().any(|r| r == expected), "{text} {:?}", read(text));
        }
    }

    #[test]
    fn what_is_no_role() {
        for text in [
            "Anna Webb resigned on Monday.",
            "The son of the mayor, Tom Hale, left.",
            "When she met Anna Webb, the bridge was closed.",
            "The nurse said so.",
            "",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
