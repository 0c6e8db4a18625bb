//! The noun phrase that says what somebody is: its head, what stands before it, what it is a role of.

use super::noun;
use crate::{
    claim::offices,
    prose::{Prose, Tag, Token, TokenKind, fold},
    text::Span,
};

/// Words in the longest phrase before its head, and after it.
const LONGEST: usize = 10;

/// A word of a sentence.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Folded, without the stop of an abbreviation.
    pub(super) low: String,
    pub(super) tag: Tag,
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// The words of a sentence.
pub(super) fn words(prose: &Prose, sentence: usize) -> Vec<Word<'_>> {
    let word = |t: &Token| {
        let text = prose.str(t.span);
        let mut low = fold(text);
        if low.len() > 1 && low.ends_with('.') {
            low.truncate(low.trim_end_matches('.').len());
        }
        Word { text, low, tag: t.tag, kind: t.kind, span: t.span }
    };
    prose.tokens_of(sentence).iter().map(word).collect()
}

impl Word<'_> {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.low.as_str())
    }

    pub(super) fn capital(&self) -> bool {
        self.kind == TokenKind::Word && self.text.starts_with(char::is_uppercase)
    }

    pub(super) fn is_possessive(&self) -> bool {
        matches!(self.text, "'s" | "’s" | "'" | "’")
    }

    pub(super) fn is_determiner(&self) -> bool {
        self.is(&["the", "a", "an", "this", "that", "another"])
    }

    pub(super) fn is_pronoun(&self) -> bool {
        self.is(&["his", "her", "their", "its", "my", "our", "your"])
    }

    pub(super) fn is_adposition(&self) -> bool {
        self.is(&["of", "for", "at", "in", "with", "from", "to", "on"])
    }

    /// Whether it can be the head: a noun for a person.
    pub(super) fn is_person(&self) -> bool {
        self.kind == TokenKind::Word && self.low.len() > 1 && (noun::is_person(&self.low) || !offices(&self.low).is_empty())
    }

    /// Whether it can stand in such a phrase, head or not.
    fn is_part(&self) -> bool {
        if self.kind == TokenKind::Number {
            return true;
        }
        let participle = self.tag == Tag::Verb && (self.low.ends_with("ed") || self.low.ends_with("ing"));
        self.kind == TokenKind::Word
            && !self.is_determiner()
            && !self.is_pronoun()
            && !self.is(&["said", "says", "who", "and", "when", "as", "while", "after", "not", "aged"])
            && (matches!(self.tag, Tag::Noun | Tag::Adjective | Tag::ProperNoun | Tag::Numeral)
                || participle
                || self.capital()
                || self.is(&["then", "vice", "ex", "co", "lead", "head"])
                || noun::is_person(&self.low) && !matches!(self.tag, Tag::Adposition | Tag::Conjunction | Tag::Auxiliary))
    }
}

/// A phrase, in indices of the words of its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// The first word after what determines it.
    pub(super) start: usize,
    pub(super) head: usize,
    /// One past the last word, with what it is a role of.
    pub(super) end: usize,
    /// Whose it is: "Murray's", "the city's", "her".
    pub(super) owner: Option<(usize, usize)>,
    /// Whether an article or an owner stands before it.
    pub(super) determined: bool,
}

/// The phrase that ends before the word `end`.
#[expect(clippy::if_same_then_else, reason = "each has its own reason to go on")]
pub(super) fn ending(words: &[Word<'_>], end: usize) -> Option<Phrase> {
    let lowest = end.saturating_sub(LONGEST);
    let mut start = end;
    let mut head = end.checked_sub(1)?;
    let mut complement = false;
    while start > lowest {
        let word = &words[start - 1];
        if word.is_adposition() && !complement && start < end && start >= 2 && words[start - 2].is_person() {
            // "The daughter of the president, Ann Webb": who of the two it is does not show. Without a comma, she is the president.
            if words[end - 1].is_person() {
                if words.get(end).is_some_and(|w| w.text == ",") {
                    return None;
                }
                break;
            }
            head = start - 2;
            complement = true;
            start -= 2;
        } else if complement && start > head && (word.is_determiner() || word.is_part() || word.is_possessive()) {
            start -= 1;
        } else if word.is(&["the"])
            && (!words[end - 1].is_person() || words.get(end).is_some_and(|w| w.text == ","))
            && !complement
            && start >= 3
            && words[start - 2].is_adposition()
            && words[start - 3].is_person()
        {
            start -= 1;
        } else if word.is_possessive() && start >= 2 && is_group(&words[start - 2]) || word.is_part() {
            start -= 1;
        } else {
            break;
        }
    }
    let before = start.checked_sub(1).map(|i| &words[i]);
    let owner = match before {
        Some(w) if w.is_possessive() => owner(words, start),
        Some(w) if w.is_pronoun() => Some((start - 1, start)),
        _ => None,
    };
    let determined = owner.is_some() || before.is_some_and(Word::is_determiner);
    words[head].is_person().then_some(Phrase { start, head, end, owner, determined })
}

/// The words of the owner whose possessive ends before `end`.
fn owner(words: &[Word<'_>], end: usize) -> Option<(usize, usize)> {
    let mark = end.checked_sub(1)?;
    let mut from = mark;
    while from > 0 && mark - from < 5 && words[from - 1].is_part() {
        from -= 1;
    }
    (from < mark).then_some((from, mark))
}

/// Whose plural is no owner but says which: "women's tennis", "the men's coach".
fn is_group(word: &Word<'_>) -> bool {
    word.is(&["women", "men", "girls", "boys", "children", "people", "ladies", "veterans", "workers"])
}

/// The phrase that begins with the word `start`, its article or owner among it.
pub(super) fn beginning(words: &[Word<'_>], start: usize) -> Option<Phrase> {
    let mut from = start;
    let mut owner = None;
    let mut determined = false;
    if words.get(from)?.is_pronoun() {
        owner = Some((from, from + 1));
        from += 1;
        determined = true;
    } else if words[from].is_determiner() {
        from += 1;
        determined = true;
    }
    let mut head = None;
    let mut at = from;
    while at < words.len() && at < start + LONGEST {
        let word = &words[at];
        if word.is_possessive() && at > from {
            if !is_group(&words[at - 1]) {
                owner = Some((from, at));
                from = at + 1;
                head = None;
                determined = true;
            }
        } else if !word.is_part() {
            break;
        } else if word.is_person() {
            head = Some(at);
        } else if head.is_some() && !matches!(word.tag, Tag::Noun | Tag::ProperNoun) && !word.capital() {
            // "a photographer aged 41": the phrase is over.
            break;
        } else if head.is_some_and(|h| !words[h].capital()) && word.capital() {
            // "the actor Tom Hale": what follows is a name.
            return None;
        } else {
            // "a police dog": what it was took is not the head.
            head = None;
        }
        at += 1;
    }
    let head = head?;
    let mut end = head + 1;
    if words.get(end).is_some_and(Word::is_adposition) {
        let mut to = end + 1;
        while to < words.len()
            && to < end + LONGEST
            && (words[to].is_part()
                || words[to].is_determiner()
                || words[to].is_pronoun()
                || words[to].is_adposition()
                || words[to].is_possessive())
        {
            to += 1;
        }
        while to > end && (words[to - 1].is_adposition() || words[to - 1].is_determiner()) {
            to -= 1;
        }
        end = to.max(end);
    }
    Some(Phrase { start: from, head, end, owner, determined })
}
