//! The noun phrase that names a speaker.

use std::cmp::Ordering;

use super::{Named, Scene};
use crate::{
    claim::quotation::Speaker,
    prose::{Tag, Token, TokenKind},
    text::Span,
};

fn word_ends(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|e| word.ends_with(e))
}

impl Scene<'_> {
    /// The names that lie in `span`.
    pub(super) fn names_in(&self, span: Span) -> &[Named] {
        let from = self.names.partition_point(|n| n.span.end <= span.start);
        let to = self.names.partition_point(|n| n.span.start < span.end);
        &self.names[from..to.max(from)]
    }

    pub(super) fn in_name(&self, token: &Token) -> bool {
        !self.names_in(token.span).is_empty()
    }

    /// Whether a token can stand in a noun phrase.
    pub(super) fn is_nominal(&self, token: &Token) -> bool {
        // "a source close to the minister"
        if self.str(token) == "close" {
            return true;
        }
        let possessive = || matches!(self.str(token), "'s" | "’s" | "'" | "’");
        match token.tag {
            Tag::Noun | Tag::ProperNoun | Tag::Adjective | Tag::Determiner | Tag::Numeral | Tag::Pronoun => {
                !matches!(self.str(token), "that" | "who" | "which")
            }
            Tag::Particle | Tag::Other if token.kind == TokenKind::Word => possessive() || self.in_name(token),
            _ => token.kind == TokenKind::Word && self.in_name(token),
        }
    }

    /// The speaker whose phrase ends where the verb begins: "the president, Vladimir Putin, repeatedly".
    pub(super) fn speaker_before(&self, tokens: &[Token]) -> Option<Speaker> {
        let mut end = tokens.len();
        while end > 0 && matches!(tokens[end - 1].tag, Tag::Adverb | Tag::Auxiliary) && !self.in_name(&tokens[end - 1])
            || end > 0 && matches!(self.str(&tokens[end - 1]), "not" | "n't" | "also" | "reportedly" | "later" | "then")
        {
            end -= 1;
        }
        let last = self.str(tokens[..end].last()?);
        if matches!(last, "who" | "which" | "that") {
            let before = &tokens[..end - 1];
            let before = if before.last().is_some_and(|t| self.str(t) == ",") { &before[..before.len() - 1] } else { before };
            return self.speaker_before(before);
        }
        let close = match last {
            "," => ",",
            ")" => "(",
            "–" | "—" | "-" => last,
            _ => return self.phrase_before(&tokens[..end]),
        };
        let opening = |to: usize| tokens[..to].iter().rposition(|t| self.str(t) == close);
        // Appositions: the name may stand in one ("the president, Vladimir Putin,") or before them ("Vladimir Putin, the president, 73,").
        let mut to = end - 1;
        let mut fallback = None;
        for _ in 0..4 {
            let Some(open) = opening(to) else { break };
            let inner = &tokens[open + 1..to];
            let person = |s: &Speaker| self.names_in(s.span).iter().any(|n| n.person && n.bare == s.span);
            if inner.iter().all(|t| self.is_nominal(t))
                && let Some(speaker) = self.phrase_before(inner)
                && person(&speaker)
            {
                return Some(speaker);
            }
            let outer = self.phrase_before(&tokens[..open]);
            if let Some(outer) = &outer
                && (person(outer) || self.is_pronoun(outer.span))
            {
                return Some(outer.clone());
            }
            fallback = fallback.or(outer);
            to = open;
        }
        fallback.or_else(|| self.phrase_before(&tokens[..end - 1]))
    }

    pub(super) fn is_pronoun(&self, span: Span) -> bool {
        matches!(self.prose.str(span).to_lowercase().as_str(), "he" | "she" | "they" | "it" | "we" | "i" | "you" | "one")
    }

    /// The noun phrase that ends with the last token.
    fn phrase_before(&self, tokens: &[Token]) -> Option<Speaker> {
        let last = tokens.last()?;
        if last.tag == Tag::Pronoun && !self.in_name(last) || self.is_pronoun(last.span) {
            return Some(Speaker { span: last.span, canonical: None, sure: false });
        }
        // "Secretary of the union Mark White": all of it is the role.
        if let Some(name) = self.names_in(last.span).last()
            && name.person
            && name.bare.end >= last.span.end
            && name.role.is_some_and(|role| role.start < name.bare.start)
        {
            return Some(Speaker { span: name.bare, canonical: Some(name.canonical.clone()), sure: false });
        }
        let mut from = tokens.len();
        let mut core_end = tokens.len();
        while from > 0 {
            let token = &tokens[from - 1];
            let word = self.str(token);
            let numeral = from < tokens.len() && word.eq_ignore_ascii_case("one");
            if self.is_nominal(token) && (!self.is_pronoun(token.span) || numeral) {
                from -= 1;
            } else if from < tokens.len()
                && from > 1
                && matches!(word, "of" | "for" | "at" | "in" | "from" | "on" | "with" | "to")
                && self.is_nominal(&tokens[from - 2])
            {
                from -= 1;
                core_end = from;
            } else if from < tokens.len()
                && from > 2
                && word == "by"
                && (word_ends(self.str(&tokens[from - 2]), &["ed", "en"]) || tokens[from - 2].tag == Tag::Verb)
                && self.is_nominal(&tokens[from - 3])
            {
                // "a letter seen by the paper says"
                from -= 2;
                core_end = from;
            } else {
                break;
            }
        }
        self.speaker_of(&tokens[from..core_end])
    }

    /// The noun phrase at the start, behind a cue.
    pub(super) fn speaker_after(&self, tokens: &[Token]) -> Option<Speaker> {
        let first = tokens.first()?;
        if self.is_pronoun(first.span) {
            return Some(Speaker { span: first.span, canonical: None, sure: false });
        }
        let end = tokens.iter().take_while(|t| self.is_nominal(t)).count();
        let speaker = self.speaker_of(&tokens[..end])?;
        // "said the port’s director, Maria Lopez"
        if speaker.canonical.is_none() && tokens.get(end).is_some_and(|t| self.str(t) == ",") {
            let rest = &tokens[end + 1..];
            let length = rest.iter().take_while(|t| self.is_nominal(t)).count();
            let inner = self.speaker_of(&rest[..length]);
            if let Some(inner) = inner.filter(|s| self.names_in(s.span).iter().any(|n| n.person && n.bare == s.span)) {
                return Some(inner);
            }
        }
        Some(speaker)
    }

    /// The speaker that the words of one noun phrase name: the name at its end, otherwise all of it without its article.
    fn speaker_of(&self, core: &[Token]) -> Option<Speaker> {
        let (first, last) = (core.first()?, core.last()?);
        let span = first.span.cover(last.span);
        let name = self.names_in(span).iter().rev().find(|n| n.bare.end >= last.span.end);
        if self
            .dates
            .binary_search_by(|d| {
                if d.end <= last.span.start {
                    Ordering::Less
                } else if d.start >= last.span.end {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                }
            })
            .is_ok()
        {
            return None;
        }
        if let Some(name) = name.filter(|n| n.bare.overlaps(span)) {
            return Some(Speaker { span: name.bare, canonical: Some(name.canonical.clone()), sure: false });
        }
        let article = core.iter().take_while(|t| matches!(self.str(t).to_lowercase().as_str(), "the" | "a" | "an")).count();
        let core = &core[article..];
        let noun =
            core.iter().any(|t| matches!(t.tag, Tag::Noun | Tag::ProperNoun | Tag::Pronoun | Tag::Numeral | Tag::Determiner));
        let (first, last) = (core.first()?, core.last()?);
        noun.then(|| Speaker { span: first.span.cover(last.span), canonical: None, sure: false })
    }

    /// The subject of a clause: its first noun phrase.
    pub(super) fn subject(&self, tokens: &[Token]) -> Option<Speaker> {
        // "During the session, …"
        let adverbial = tokens.first().is_some_and(|t| t.tag == Tag::Adposition);
        let comma = tokens.iter().take(14).position(|t| self.str(t) == ",").filter(|_| adverbial);
        let tokens = comma.map_or(tokens, |at| &tokens[at + 1..]);
        let start = tokens.iter().position(|t| self.is_nominal(t) || self.is_pronoun(t.span))?;
        // Only at the head of the clause, behind an adverb or a short phrase of time.
        if start > 2 {
            return None;
        }
        self.speaker_after(&tokens[start..])
    }
}
