//! Whether a predicate is affirmed or denied: by what stands before it in its clause, and by what it governs ("made no arrests").

use super::{
    Mode, Predicate,
    lexicon::{self, Mark},
};
use crate::prose::{Prose, Tag, Token, TokenKind};

/// Tokens that a predicate is looked back from: the verb group, the subject, and what governs both.
const REACH: usize = 24;
/// Tokens ahead in which "until" narrows a denial.
const AHEAD: usize = 16;

/// A sentence, as far as polarity goes.
#[derive(Default)]
pub(super) struct Clause {
    marks: Vec<Mark>,
    tags: Vec<Tag>,
    opposed: Vec<bool>,
    question: bool,
    /// Whether anything in it denies.
    denies: bool,
    /// Whether anything in it leaves open what it governs.
    opens: bool,
}

impl Clause {
    /// Takes in a sentence.
    pub(super) fn load(&mut self, prose: &Prose, tokens: &[Token]) {
        self.marks.clear();
        self.tags.clear();
        self.tags.extend(tokens.iter().map(|t| t.tag));
        self.opposed.clear();
        for token in tokens {
            let (mark, opposed) = mark(token, prose.str(token.span));
            self.marks.push(mark);
            self.opposed.push(opposed);
        }
        for (i, token) in tokens.iter().enumerate().skip(1) {
            if self.marks[i] == Mark::Longer && self.marks[i - 1] != Mark::No {
                self.marks[i] = Mark::Other;
            }
            if self.marks[i - 1] == Mark::No && lexicon::is_no_phrase(prose.str(token.span)) {
                self.marks[i - 1] = Mark::Other;
            }
        }
        let denies = |m: &Mark| matches!(m, Mark::Not | Mark::No | Mark::Neither | Mark::Without | Mark::Denying);
        self.denies = self.marks.iter().any(denies);
        self.opens = self.marks.iter().any(|m| matches!(m, Mark::If | Mark::Open));
        self.question = tokens.iter().rev().take(2).any(|t| prose.str(t.span) == "?");
    }

    fn mark(&self, i: usize) -> Mark {
        self.marks.get(i).copied().unwrap_or(Mark::Pause)
    }

    fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::Other)
    }

    /// Whether a token is a word of grammar here, and no predicate: an auxiliary, a negation.
    pub(super) fn is_grammar(&self, i: usize) -> bool {
        !matches!(self.mark(i), Mark::Other | Mark::Denying | Mark::Open | Mark::Except)
    }

    /// Whether the word of a token has an opposite on the list.
    pub(super) fn is_opposed(&self, i: usize) -> bool {
        self.opposed.get(i).copied().unwrap_or(false)
    }

    /// Whether an adjective has a form of "be" before it, with adverbs and negations between, or is what somebody pleads: "guilty".
    pub(super) fn is_predicative(&self, i: usize) -> bool {
        let mut k = i;
        while k > 0 && (self.tag(k - 1) == Tag::Adverb || matches!(self.mark(k - 1), Mark::Not | Mark::Limit)) {
            k -= 1;
        }
        k > 0
            && (self.mark(k - 1) == Mark::Auxiliary || self.tag(k - 1) == Tag::Verb)
            && !matches!(self.tag(i + 1), Tag::Noun | Tag::ProperNoun | Tag::Adjective)
    }

    /// Whether a participle stands before its noun: "with raised blood sugar", "the struggling company".
    pub(super) fn is_attributive(&self, i: usize, word: &str) -> bool {
        let before = match i.checked_sub(1) {
            // "With" may be taken for a conjunction.
            Some(k) if self.tag(k) == Tag::Conjunction && self.mark(k) == Mark::Other => Tag::Adposition,
            Some(k) => self.tag(k),
            None => Tag::Other,
        };
        let placed = match word.as_bytes() {
            [.., b'i', b'n', b'g'] => matches!(before, Tag::Determiner | Tag::Adverb | Tag::Adjective),
            [.., b'e', b'd' | b'n'] => matches!(before, Tag::Determiner | Tag::Adjective | Tag::Adposition),
            _ => false,
        };
        placed && self.heads_noun(i)
    }

    /// Whether what looks like a noun must be a verb: "no longer sells", "will profit".
    pub(super) fn is_verb(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or(Mark::Pause, |k| self.mark(k));
        matches!(before, Mark::Longer | Mark::Will | Mark::May | Mark::Must)
    }

    /// Whether a noun follows, perhaps behind adjectives.
    pub(super) fn heads_noun(&self, i: usize) -> bool {
        let next = (i + 1..i + 4).find(|&k| self.tag(k) != Tag::Adjective).unwrap_or(i);
        matches!(self.tag(next), Tag::Noun | Tag::ProperNoun)
    }

    /// The first token of the predicate with its negation, whether it is denied, and its mode.
    pub(super) fn polarity(&self, i: usize, sort: Predicate) -> (usize, bool, Mode) {
        if self.question {
            return (i, false, Mode::Open);
        }
        let (from, mut denied, mut mode) = self.before(i, sort);
        if self.denies && sort == Predicate::Verb && self.governs_none(i) {
            denied = !denied;
        }
        if denied && self.is_limited(from, i) || self.is_excepted(i) || !denied && self.denies && self.may_be_denied(from, sort) {
            mode = Mode::Open;
        }
        (from, denied, mode)
    }

    /// Whether a negation ahead of a predicate that is not its own may reach it all the same: "neither found a significant effect", "not
    /// one that she would call safe".
    fn may_be_denied(&self, from: usize, sort: Predicate) -> bool {
        let clause = (from.saturating_sub(REACH)..from).rev().take_while(|&k| !matches!(self.mark(k), Mark::Pause | Mark::But));
        clause.into_iter().any(|k| match self.mark(k) {
            Mark::Neither => true,
            Mark::Not => {
                sort == Predicate::Attribute
                    || matches!(self.tag(k + 1), Tag::Determiner | Tag::Pronoun | Tag::Noun | Tag::Numeral | Tag::ProperNoun)
            }
            _ => false,
        })
    }

    /// What stands before a predicate.
    fn before(&self, i: usize, sort: Predicate) -> (usize, bool, Mode) {
        let (mut from, mut denied, mut mode) = (i, false, Mode::Fact);
        // Whether the words still belong to the predicate itself, not to its subject.
        let mut group = true;
        let mut noun = matches!(sort, Predicate::Noun);
        for k in (i.saturating_sub(REACH)..i).rev() {
            match self.mark(k) {
                Mark::Not if group => {
                    denied = !denied;
                    from = k;
                }
                Mark::Longer => {}
                // What a verb or a preposition has for its object is not the subject of the next: "with no licence put on".
                Mark::No if sort == Predicate::Verb && self.mark(k + 1) != Mark::Longer && !self.begins_subject(k, i) => break,
                Mark::No => {
                    // "no increase", "no longer", "no charges were filed"; not "the no vote is seen".
                    denied = !denied;
                    if group {
                        from = k;
                    }
                    if self.mark(k + 1) != Mark::Longer {
                        group = false;
                    }
                }
                Mark::Neither => {
                    denied = !denied;
                    group = false;
                }
                Mark::Without if group => {
                    denied = !denied;
                    from = k;
                    break;
                }
                Mark::Auxiliary if group => noun = false,
                Mark::Will if group => mode = Mode::Future,
                Mark::May if group => mode = Mode::Possible,
                Mark::Must if group => mode = Mode::Due,
                Mark::To if group && mode == Mode::Fact => mode = Mode::Infinitive,
                Mark::Denying if group && (mode == Mode::Infinitive || k + 1 == i) => {
                    denied = !denied;
                    mode = Mode::Fact;
                    from = k;
                }
                Mark::Open => return (from, denied, Mode::Open),
                Mark::If => return (from, denied, Mode::Open),
                // A claim goes on behind "that": "denied that he", "alleged the firm".
                Mark::Conjunction | Mark::Since if self.opens => group = false,
                Mark::Conjunction | Mark::Since | Mark::But | Mark::Pause => break,
                Mark::Not | Mark::Without | Mark::Auxiliary | Mark::Will | Mark::May | Mark::Must => {
                    if !self.opens {
                        break;
                    }
                    group = false;
                }
                _ => match self.tag(k) {
                    Tag::Adverb => {}
                    Tag::Verb if !self.opens => break,
                    Tag::Adjective | Tag::Determiner | Tag::Noun | Tag::Numeral | Tag::ProperNoun | Tag::Pronoun if noun => {}
                    _ => group = false,
                },
            }
        }
        (from, denied, mode)
    }

    /// Whether what begins at `k` is the subject of the verb at `i`, by what stands between and before: "said no ballots were lost", "there
    /// were no charges filed".
    fn begins_subject(&self, k: usize, i: usize) -> bool {
        let finite = (k + 1..i).any(|k| matches!(self.mark(k), Mark::Auxiliary | Mark::Will | Mark::May | Mark::Must));
        finite
            || k.checked_sub(1).is_none_or(|k| {
                let word = self.mark(k) == Mark::Other || self.mark(k) == Mark::Denying;
                let governs = matches!(self.tag(k), Tag::Verb | Tag::Auxiliary | Tag::Adposition | Tag::Conjunction);
                !(word && governs || self.mark(k) == Mark::Auxiliary && self.tag(k) == Tag::Verb)
            })
    }

    /// Whether what a verb governs is denied: "made no arrests", "found nothing".
    fn governs_none(&self, i: usize) -> bool {
        let next = if self.mark(i + 1) == Mark::Other && matches!(self.tag(i + 1), Tag::Adverb | Tag::Adposition) {
            i + 2
        } else {
            i + 1
        };
        // "Said no ballots were lost": a clause of its own.
        let clause = (next + 1..next + 6)
            .take_while(|&k| !matches!(self.mark(k), Mark::Pause | Mark::But | Mark::Conjunction))
            .any(|k| matches!(self.mark(k), Mark::Auxiliary | Mark::Will | Mark::May | Mark::Must));
        self.mark(next) == Mark::No && !clause && !matches!(self.mark(next + 1), Mark::Limit | Mark::Longer)
    }

    /// Whether something is excepted behind a predicate: "attended every game apart from three".
    fn is_excepted(&self, i: usize) -> bool {
        (i + 1..i + AHEAD).take_while(|&k| self.mark(k) != Mark::But).any(|k| self.mark(k) == Mark::Except)
    }

    /// Whether a denial is narrowed: "not only", "did not immediately", "not … until".
    fn is_limited(&self, from: usize, i: usize) -> bool {
        (from..=i + 2).any(|k| self.mark(k) == Mark::Limit)
            || (i + 1..i + AHEAD)
                .take_while(|&k| self.mark(k) != Mark::But)
                .any(|k| matches!(self.mark(k), Mark::Limit | Mark::Since))
    }
}

/// What a token is, and whether its word has an opposite.
fn mark(token: &Token, word: &str) -> (Mark, bool) {
    match token.kind {
        TokenKind::Word => {}
        TokenKind::Number | TokenKind::Symbol => return (Mark::Other, false),
        _ => return (Mark::Pause, false),
    }
    // No name bears on a statement.
    if token.tag == Tag::ProperNoun {
        return (Mark::Other, false);
    }
    let entry = lexicon::entry(word);
    let opposed = if token.tag == Tag::Noun { entry.opposed_noun } else { entry.opposed };
    let mark = match entry.mark {
        Mark::Limit if matches!(token.tag, Tag::Verb | Tag::Noun) => Mark::Other,
        Mark::Denying | Mark::Open if !matches!(token.tag, Tag::Verb | Tag::Adjective | Tag::Noun | Tag::Adverb) => Mark::Other,
        mark => mark,
    };
    (mark, opposed)
}
