//! Statements: predicates with their polarity. "The founder was not arrested" denies, "sales rose" affirms. A predicate is a verb, a
//! predicative adjective, or a word of which the list of oppositions knows the opposite: an event noun ("decline"), a preposition
//! ("before").

mod lexicon;
mod polarity;

pub use lexicon::{Kinship, kinship};

use super::{Mention, MentionKind};
use crate::{
    prose::{Prose, Tag, TokenKind},
    text::Span,
};
use borsh::{BorshDeserialize, BorshSerialize};
use polarity::Clause;

/// A predicate with its polarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Statement {
    /// The predicate: one word.
    pub head: Span,
    /// What sort of word it is.
    pub sort: Predicate,
    /// Whether it is denied: "did not rise", "no increase", "failed to rise". Two negations make none.
    pub denied: bool,
    /// How it is stated.
    pub mode: Mode,
}

/// What sort of word a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Predicate {
    /// "rose"
    Verb,
    /// "guilty", behind a verb
    Adjective,
    /// "struggling", before a noun
    Attribute,
    /// "decline"
    Noun,
    /// "before", "up"
    Relation,
}

/// How something is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Mode {
    /// As a fact: "rose", "has risen".
    Fact,
    /// As to come: "will rise".
    Future,
    /// As possible: "could rise".
    Possible,
    /// As due: "should rise".
    Due,
    /// As an aim or the like, without a subject of its own: "to rise".
    Infinitive,
    /// Not at all: in a question or a condition, as denied or claimed by somebody, or in part ("not only").
    Open,
}

/// Reads the statements of a text.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut clause = Clause::default();
    for (index, sentence) in prose.sentences.iter().enumerate() {
        let first = sentence.tokens.start as usize;
        let tokens = prose.tokens_of(index);
        clause.load(prose, tokens);
        for (i, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Word || clause.is_grammar(i) {
                continue;
            }
            let sort = match token.tag {
                Tag::Verb if clause.is_attributive(i, prose.str(token.span)) => Predicate::Attribute,
                Tag::Verb => Predicate::Verb,
                Tag::Noun if clause.is_verb(i) => Predicate::Verb,
                Tag::Adjective if clause.is_predicative(i) => Predicate::Adjective,
                Tag::Adjective | Tag::Noun | Tag::Adverb | Tag::Adposition | Tag::Conjunction if clause.is_opposed(i) => {
                    match token.tag {
                        Tag::Adjective if clause.heads_noun(i) => Predicate::Attribute,
                        Tag::Adjective => Predicate::Adjective,
                        Tag::Noun => Predicate::Noun,
                        _ => Predicate::Relation,
                    }
                }
                _ => continue,
            };
            let (from, denied, mode) = clause.polarity(i, sort);
            let head = token.span;
            found.push(Mention {
                span: prose.tokens[first + from].span.cover(head),
                sentence: index as u32,
                quoted: false,
                kind: MentionKind::Statement(Statement { head, sort, denied, mode }),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests;
