//! From runs of capitalised words to names: what belongs to the sentence, to a role, to another name.

use super::{
    Name, NameClass,
    class::{Around, class},
    lexicon::{Flags, Known},
    role, run,
    seen::{Seen, starts},
    word::{Case, Word, words},
};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, TokenKind},
    text::Span,
};

/// A name within a sentence: words `from..to`.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: usize,
    to: usize,
    around: Around,
    role: Option<Span>,
}

/// The names of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let seen = Seen::new(prose);
    let mut out = Vec::new();
    let mut sentence = Vec::new();
    let mut pieces = Vec::new();
    for i in 0..prose.sentences.len() {
        words(prose, i, &mut sentence);
        let telling = seen.telling[i];
        pieces.clear();
        let mut at = 0;
        while at < sentence.len() {
            if !run::begins(&sentence, at) {
                at += 1;
                continue;
            }
            let end = run::end(&sentence, at, telling);
            segment(&sentence, at, end, &seen, telling, &mut pieces);
            at = end;
        }
        for piece in &pieces {
            out.extend(mention(prose, i, &sentence, *piece, &seen, telling));
        }
    }
    out
}

/// Cuts a run into names.
fn segment(words: &[Word], mut from: usize, to: usize, seen: &Seen, telling: bool, out: &mut Vec<Piece>) {
    while from < to && skip_first(words, from, to, seen, telling) {
        from += 1;
    }
    if from >= to {
        return;
    }
    if !telling {
        return headline(words, from, to, seen, out);
    }
    if let Some((title, rest)) = role::titled(words, from, to) {
        if title > from {
            plain(words, from, title, Around::default(), None, out);
        }
        let start = if title > from { from } else { title };
        let role = role::before(words, start, rest);
        if rest < to {
            plain(words, rest, to, Around { titled: true }, role, out);
        }
        return;
    }
    plain(words, from, to, Around::default(), None, out);
}

/// A name without a title, cut after an adjective of nationality: "Russian Gazprom".
fn plain(words: &[Word], from: usize, to: usize, around: Around, role: Option<Span>, out: &mut Vec<Piece>) {
    if around.titled {
        out.push(Piece { from, to, around, role });
        return;
    }
    let demonym = match run::phrase(words, from) {
        Some((end, Known::Demonym)) if end < to => Some(end),
        _ if words[from].is(Flags::DEMONYM) && from + 1 < to => Some(from + 1),
        _ => None,
    };
    if let Some(end) = demonym {
        let next = &words[end];
        let own = next.capital() && (!next.is(Flags::ORDINARY) || next.is(Flags::GIVEN)) && !next.is(Flags::PARTICLE);
        if own || next.is(Flags::ROLE.or(Flags::TITLE)) && end + 1 == to {
            out.push(Piece { from, to: end, around: Around::default(), role: None });
            if own {
                out.push(Piece { from: end, to, around, role });
            }
            return;
        }
    }
    out.push(Piece { from, to, around, role });
}

/// Whether the first word of a run belongs to the sentence and not to a name.
fn skip_first(words: &[Word], from: usize, to: usize, seen: &Seen, telling: bool) -> bool {
    let word = &words[from];
    if word.is(Flags::CALENDAR) && !(word.is(Flags::GIVEN) && to > from + 1)
        || word.case == Case::Lower && word.kind == TokenKind::Word
    {
        return true;
    }
    if run::phrase(words, from).is_some_and(|(end, _)| end <= to) && !word.is(Flags::FUNCTION) {
        return false;
    }
    let named = Flags::KNOWN_PLACE.or(Flags::DEMONYM).or(Flags::KNOWN_ORGANIZATION);
    if word.is(Flags::FUNCTION) && !word.is(Flags::PARTICLE) && word.case != Case::Upper {
        return true;
    }
    if !starts(words, from) || !telling || !word.is(Flags::ORDINARY) {
        return false;
    }
    let count = seen.count(&word.folded);
    if count.inside > 0 && count.lower == 0 {
        return false;
    }
    if word.is(Flags::VERB.or(Flags::ADVERB)) && !word.is(Flags::GIVEN) {
        return true;
    }
    if to == from + 1 {
        return !(word.is(named) && count.lower == 0 || word.case == Case::Upper);
    }
    // "Supreme Court", "Health Ministry"; but "Prosecutor Smith", "Talks Putin".
    let next = &words[from + 1];
    let title = word.is(Flags::TITLE.or(Flags::ROLE).or(Flags::MODIFIER).or(Flags::HONORIFIC).or(Flags::GIVEN));
    !title && next.capital() && !next.is(Flags::ORDINARY) && count.inside == 0 && !word.is(named)
}

/// In a headline ordinary words have capitals: a name is what is known, or what the text elsewhere shows to be one.
fn headline(words: &[Word], from: usize, to: usize, seen: &Seen, out: &mut Vec<Piece>) {
    let named = |i: usize| {
        let word = &words[i];
        let count = seen.count(&word.folded);
        let strange = !word.is(Flags::ORDINARY.or(Flags::ROLE).or(Flags::CALENDAR).or(Flags::HONORIFIC)) && word.folded.len() > 1;
        count.inside > 0 && count.lower == 0 && !word.is(Flags::FUNCTION.or(Flags::TITLE)) || strange && count.lower == 0
    };
    let mut i = from;
    while i < to {
        if let Some((end, _)) = run::phrase(words, i).filter(|(end, _)| *end <= to) {
            out.push(Piece { from: i, to: end, around: Around::default(), role: None });
            i = end;
            continue;
        }
        if !named(i) || words[i].case == Case::Lower {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        // A place and what follows it are two names more often than one.
        let single = words[i].is(Flags::DEMONYM.or(Flags::KNOWN_PLACE)) && !words[i].is(Flags::GIVEN);
        while end < to && !single && named(end) && words[end].case != Case::Lower && !words[end].is(Flags::DEMONYM) {
            end += 1;
        }
        out.push(Piece { from: i, to: end, around: Around::default(), role: None });
        i = end;
    }
}

/// The mention of a piece, unless it is no name after all.
fn mention(prose: &Prose, sentence: usize, words: &[Word], piece: Piece, seen: &Seen, telling: bool) -> Option<Mention> {
    let Piece { from, mut to, around, role } = piece;
    while to > from
        && (words[to - 1].case == Case::Lower && words[to - 1].kind == TokenKind::Word && !is_possessive(words[to - 1].text))
    {
        to -= 1;
    }
    let name = words.get(from..to).filter(|n| !n.is_empty())?;
    let first = &name[0];
    let known = run::known(words, from..to);
    let count = seen.count(&first.folded);
    if name.len() == 1 && !around.titled {
        if matches!(first.case, Case::Initial | Case::Lower) || super::lexicon::is_common(&first.folded) {
            return None;
        }
        let role = Flags::ROLE.or(Flags::TITLE).or(Flags::HONORIFIC).or(Flags::MODIFIER).or(Flags::LEGAL).or(Flags::CALENDAR);
        if known.is_none()
            && (first.is(role)
                || first.is(Flags::FUNCTION.or(Flags::VERB).or(Flags::ADVERB))
                    && first.case != Case::Upper
                    && !first.is(Flags::GIVEN))
        {
            return None;
        }
        if known.is_none() && first.is(Flags::ORDINARY) && count.lower > 0 {
            return None;
        }
        // In a shouted line a word says nothing by its capitals.
        if !telling && known.is_none() && count.inside == 0 && first.is(Flags::ORDINARY) {
            return None;
        }
    } else if !around.titled && known.is_none() {
        let content = |w: &&Word| w.capital();
        if name.iter().filter(content).all(|w| {
            w.is(Flags::ROLE.or(Flags::TITLE).or(Flags::MODIFIER).or(Flags::HONORIFIC)) && !w.is(Flags::GIVEN.or(Flags::SURNAME))
        }) {
            return None;
        }
    }
    let (class, sure) = class(words, from, to, around);
    let first_word = starts(words, from) || !telling;
    let ordinary = name.iter().filter(|w| w.capital()).all(|w| w.is(Flags::ORDINARY));
    let doubtful = known.is_none()
        && !around.titled
        && (first_word && count.inside == 0 && (ordinary || name.len() == 1 && !sure) || name.len() == 1 && ordinary);
    let bare = first.span.cover(name[name.len() - 1].span);
    let demonym = known == Some(Known::Demonym);
    let role = if class == NameClass::Person { role.or_else(|| role::around(words, from, to)) } else { None };
    let canonical = super::canonical(prose, bare, demonym);
    Some(Mention {
        span: bare,
        sentence: sentence as u32,
        quoted: false,
        kind: MentionKind::Name(Box::new(Name { class, bare, canonical, demonym, role, doubtful })),
    })
}

fn is_possessive(text: &str) -> bool {
    matches!(text, "'s" | "’s" | "'S" | "’S")
}
