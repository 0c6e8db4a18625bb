//! The words that say what somebody is, before or after the name.

use super::{
    lexicon::Flags,
    word::{Case, Word},
};
use crate::{
    prose::{Tag, TokenKind},
    text::Span,
};

const TITLE: Flags = Flags::TITLE.or(Flags::HONORIFIC);

/// Titles written with capitals inside the run `from..to`: where they begin and end. What is before is the office's country or
/// company, what is after is the name.
pub(super) fn titled(words: &[Word], from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = from;
    while start < to {
        let mut end = start;
        let mut title = false;
        while end < to {
            let word = &words[end];
            let is_title = word.is(TITLE) || word.is(Flags::ROLE) && !word.is(Flags::GIVEN.or(Flags::SURNAME));
            if is_title {
                title = true;
            } else if !word.is(Flags::MODIFIER) {
                // "Secretary of State Marco Rubio"
                let goes_on = of(&words[start..end]) && word.is(Flags::ENGLISH) && !word.is(Flags::GIVEN);
                if title && (matches!(word.text, "of" | "for" | "the" | "and") || goes_on) {
                    end += 1;
                    continue;
                }
                break;
            }
            end += 1;
        }
        if title {
            while end > start && words[end - 1].case == Case::Lower {
                end -= 1;
            }
            if end == to {
                // Nothing after the title. "Apple CEO", "French President": the name is what is before; "Billie Jean King" is a name.
                let name = start > from && words[from].is(Flags::GIVEN) && end - start == 1;
                let known = start > from && words[start - 1].is(Flags::KNOWN_PLACE.or(Flags::DEMONYM));
                let office = words[start..end].iter().any(|w| w.is(Flags::TITLE) && !w.is(Flags::SURNAME.or(Flags::GIVEN)));
                return ((start == from || known || office) && !name).then_some((start, end));
            }
            let next = &words[end];
            // "Indian Premier League", "Major League Baseball".
            if next.is(Flags::ORGANIZATION.or(Flags::PLACE).or(Flags::OTHER)) && !next.is(Flags::GIVEN.or(Flags::SURNAME)) {
                start = end;
                continue;
            }
            let honorific = words[end - 1].is(Flags::HONORIFIC);
            let name =
                !next.is(Flags::ORDINARY) || next.is(Flags::GIVEN.or(Flags::SURNAME)) || honorific && !next.is(Flags::FUNCTION);
            let given = start > from && words[from].is(Flags::GIVEN) && !words[from].is(Flags::KNOWN_PLACE) && start - from == 1;
            if name && next.capital() && !given {
                return Some((start, end));
            }
            start = end;
            continue;
        }
        start += 1;
    }
    None
}

/// Whether a title goes on: "Director of Public".
fn of(words: &[Word]) -> bool {
    words.iter().any(|w| matches!(w.text, "of" | "for"))
}

/// The span of the titles `from..to`, with the small words before them that belong to the role: "former", "acting".
pub(super) fn before(words: &[Word], from: usize, to: usize) -> Option<Span> {
    if from >= to {
        return None;
    }
    let modifies = |i: usize| {
        let word = &words[i - 1];
        words[i].spaced && word.case == Case::Lower && word.kind == TokenKind::Word && word.known.any(Flags::MODIFIER)
    };
    let mut start = from;
    while start > 0 && modifies(start) {
        start -= 1;
    }
    Some(words[start].span.cover(words[to - 1].span))
}

/// The role before or after the name `from..to`, in lower case.
pub(super) fn around(words: &[Word], from: usize, to: usize) -> Option<Span> {
    preceding(words, from).or_else(|| following(words, to)).or_else(|| apposed(words, from, to))
}

/// "Trump's special envoy Steve Witkoff": "special envoy".
fn preceding(words: &[Word], from: usize) -> Option<Span> {
    let last = from.checked_sub(1)?;
    if !words[from].spaced || words[last].kind != TokenKind::Word || !words[last].known.any(Flags::ROLE) {
        return None;
    }
    let mut start = last;
    while start > 0 && words[start].spaced {
        let word = &words[start - 1];
        let part = word.kind == TokenKind::Word
            && (word.case != Case::Lower && word.is(Flags::DEMONYM)
                || matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::ProperNoun)
                || word.case == Case::Lower && word.known.any(Flags::MODIFIER.or(Flags::ROLE)));
        if !part || word.text.starts_with(['\'', '’']) {
            break;
        }
        start -= 1;
        // "Moscow-based analyst": the whole of a hyphenated word.
        while start > 0 && words[start].kind == TokenKind::Word && words[start].glued && words[start - 1].kind == TokenKind::Word
        {
            start -= 1;
        }
    }
    Some(words[start].span.cover(words[last].span))
}

/// "Rustem Umerov, Ukraine's chief negotiator, said": "Ukraine's chief negotiator".
fn following(words: &[Word], to: usize) -> Option<Span> {
    if words.get(to)?.text != "," {
        return None;
    }
    let mut role = false;
    for (i, word) in words.iter().enumerate().skip(to + 1).take(14) {
        let closes = matches!(word.text, "," | "." | ";" | ")" | "—" | "–" | "?" | "!") || word.kind == TokenKind::Quote;
        if closes {
            return (role && i > to + 1).then(|| words[to + 1].span.cover(words[i - 1].span));
        }
        if i == to + 1
            && matches!(word.tag, Tag::Verb | Tag::Auxiliary | Tag::Conjunction | Tag::Pronoun | Tag::Adverb | Tag::Adposition)
            && !word.known.any(Flags::ROLE.or(Flags::MODIFIER))
        {
            return None;
        }
        if matches!(word.text, "who" | "which" | "that" | "whose" | "said" | "says" | "and") && !role {
            return None;
        }
        if matches!(word.text, "who" | "said" | "says" | "told") {
            return (role && i > to + 1).then(|| words[to + 1].span.cover(words[i - 1].span));
        }
        role |= word.kind == TokenKind::Word && word.known.any(Flags::ROLE);
    }
    None
}

/// Words that the noun phrase before a name may have.
const PHRASE: usize = 9;

/// "The president of France, Emmanuel Macron, said": "The president of France". Not the first two of a list.
fn apposed(words: &[Word], from: usize, to: usize) -> Option<Span> {
    let comma = from.checked_sub(1).filter(|&i| words[i].text == "," && i > 1)?;
    let after = words.get(to)?;
    let listed = words.get(to + 1).is_some_and(|w| matches!(w.text, "and" | "or") || w.capital());
    if !(after.text == "," && !listed || matches!(after.tag, Tag::Verb | Tag::Auxiliary)) {
        return None;
    }
    let mut start = comma;
    loop {
        start = start.checked_sub(1).filter(|s| s + PHRASE >= comma)?;
        let word = &words[start];
        if word.kind != TokenKind::Word {
            return None;
        }
        if matches!(word.text, "the" | "The") {
            // "the minister of the interior"
            let inner = start > 0 && matches!(words[start - 1].text, "of" | "for");
            if !inner {
                break;
            }
        } else if !matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::ProperNoun) && !matches!(word.text, "of" | "for") {
            return None;
        }
    }
    let head = (start + 1..comma).take_while(|&i| !matches!(words[i].text, "of" | "for")).last()?;
    words[head].known.any(Flags::ROLE).then(|| words[start].span.cover(words[comma - 1].span))
}
