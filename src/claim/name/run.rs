//! Runs of capitalised words, with the small words inside them: the raw material of names.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashSet;

use super::{
    lexicon::{Flags, Known, LEXICON, Lexicon},
    word::{Case, Word},
};
use crate::prose::TokenKind;

/// Whether a word may begin a name.
pub(super) fn begins(words: &[Word], i: usize) -> bool {
    let word = &words[i];
    if word.kind == TokenKind::Number {
        return word.is(Flags::PHRASE) && phrase(words, i).is_some();
    }
    word.capital() && !is_pronoun(word.text) && (!word.is(Flags::CALENDAR) || word.is(Flags::GIVEN)) && !marked(words, i)
}

/// "I", "I'm", "We've", "Don't".
pub(super) fn is_pronoun(text: &str) -> bool {
    let Some((before, after)) = text.rsplit_once(['\'', '’']) else { return text == "I" };
    matches!(after, "m" | "M" | "ve" | "re" | "ll" | "d" | "t" | "VE" | "RE" | "LL" | "T") && !before.is_empty()
}

/// Whether a sign before the word makes it something else: "$A", "@Someone", "#Topic".
pub(super) fn marked(words: &[Word], i: usize) -> bool {
    let before = i > 0 && words[i].glued && matches!(words[i - 1].text, "@" | "#" | "/" | "_" | "\\");
    before || words[i].case == Case::Upper && words.get(i + 1).is_some_and(|w| matches!(w.text, "$" | "£" | "€"))
}

/// The end of the run of words that begins at `i`.
pub(super) fn end(words: &[Word], i: usize, telling: bool) -> usize {
    let mut end = phrase(words, i).map_or(i + 1, |(end, _)| end);
    loop {
        let next = step(words, i, end, telling);
        if next <= end {
            return end;
        }
        end = next;
    }
}

/// How far a run that stands at `from..end` goes on; `end` if it does not.
fn step(words: &[Word], from: usize, end: usize, telling: bool) -> usize {
    let Some(next) = words.get(end) else { return end };
    let last = &words[end - 1];
    if last.closed {
        return end;
    }
    if next.glued && is_possessive(next.text) {
        return possessive(words, end).unwrap_or(end);
    }
    if next.text == "," {
        return suffix(words, end).unwrap_or(end);
    }
    if next.text == "&" || next.text == "+" {
        return if words.get(end + 1).is_some_and(Word::capital) { end + 2 } else { end };
    }
    // "Secunia.com"
    if next.text == "."
        && next.glued
        && words.get(end + 1).is_some_and(|w| w.glued && w.kind == TokenKind::Word && w.case == Case::Lower && w.text.len() < 5)
    {
        return end + 2;
    }
    if !next.spaced {
        return end;
    }
    if next.kind == TokenKind::Number {
        return if number(words, from, end) { end + 1 } else { end };
    }
    if next.capital() {
        if is_pronoun(next.text) || next.is(Flags::CALENDAR) && !calendar_surname(words, end) {
            return end;
        }
        if next.is(Flags::DEMONYM)
            && words[end - 1].is(Flags::KNOWN_PLACE)
            && !words[end - 1].is(Flags::GIVEN)
            && phrase(words, end).is_none()
        {
            return end;
        }
        if next.is(Flags::FUNCTION) && telling && !next.is(Flags::PARTICLE) && next.case == Case::Capital {
            // "Lord Of The Rings", but not "Obama And".
            return if words.get(end + 1).is_some_and(|w| w.spaced && w.capital()) { end + 1 } else { end };
        }
        return phrase(words, end).map_or(end + 1, |(end, _)| end);
    }
    if next.kind != TokenKind::Word {
        return end;
    }
    connector(words, from, end, last).unwrap_or(end)
}

fn is_possessive(text: &str) -> bool {
    matches!(text, "'s" | "’s" | "'S" | "’S")
}

/// "Theresa May", "June April".
fn calendar_surname(words: &[Word], i: usize) -> bool {
    matches!(words[i].folded, "may" | "march" | "april" | "june" | "august")
        && words[i - 1].is(Flags::GIVEN)
        && !words.get(i + 1).is_some_and(|w| w.kind == TokenKind::Number)
}

/// A possessive inside a name: "McDonald's", "People's Bank", "Lloyd's of London".
fn possessive(words: &[Word], at: usize) -> Option<usize> {
    let before = &words[at - 1];
    if LEXICON.word(&format!("{}'s", before.folded)).any(Flags::KNOWN_ORGANIZATION) {
        return Some(at + 1);
    }
    let next = words.get(at + 1).filter(|w| w.spaced && w.capital())?;
    let group = before.is(Flags::NOUN)
        && !before.is(Flags::ROLE.or(Flags::TITLE).or(Flags::DEMONYM).or(Flags::KNOWN_PLACE).or(Flags::GIVEN));
    let saint = at >= 2 && matches!(words[at - 2].folded, "st." | "st" | "saint");
    let royal = at >= 2 && words[at - 2].is(Flags::HONORIFIC) && next.is(Flags::ORGANIZATION.or(Flags::PLACE));
    (saint || royal || group && !before.is(Flags::ORGANIZATION) && next.is(Flags::NOUN.or(Flags::ADJECTIVE))).then_some(at + 1)
}

/// What may follow a comma: "Tesla, Inc.", "King, Jr."
fn suffix(words: &[Word], comma: usize) -> Option<usize> {
    let next = words.get(comma + 1).filter(|w| w.spaced && w.capital())?;
    let generation = matches!(next.folded, "jr" | "jr." | "sr" | "sr.");
    (generation || next.is(Flags::LEGAL) && !next.is(Flags::ORDINARY)).then_some(comma + 2)
}

/// What has numbers of models in its name: "Boeing 737 jets".
static MODEL_THINGS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/names/model_things.txt").lines().collect());

/// Whether the number at `end` belongs to the name before it: "Boeing 737", "Channel 4", "Section 427", "iPhone 4S".
fn number(words: &[Word], from: usize, end: usize) -> bool {
    let number = &words[end];
    let text = number.text;
    let last = &words[end - 1];
    let digits = text.chars().all(|c| c.is_ascii_digit());
    let model =
        text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && text.len() <= 7 && (!text.contains('-') || text.len() > 5);
    let year = digits && text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let person =
        words[from..end].iter().any(|w| w.is(Flags::GIVEN.or(Flags::HONORIFIC).or(Flags::DEMONYM).or(Flags::KNOWN_PLACE)));
    let ordinal = text.len() > 2 && ["st", "nd", "rd", "th"].iter().any(|s| text.ends_with(s));
    if !model || year || person || ordinal || last.is(Flags::CALENDAR) {
        return false;
    }
    // Minutes and goals stand after players' names.
    if digits && text.len() < 3 && !last.is(Flags::ORDINARY) && !matches!(last.case, Case::Upper | Case::Inner) {
        return false;
    }
    let next = words.get(end + 1);
    // "Apple sold 40 phones" has a verb between; "Boeing 737 jets" has a noun after, and a number that is no round count.
    let counts = next.is_some_and(|w| {
        w.spaced && w.kind == TokenKind::Word && w.case == Case::Lower && counted(w)
            || w.kind == TokenKind::Symbol
            || w.kind == TokenKind::Number
            || w.text == "-"
    });
    // "took the Dow 112 points lower" counts points.
    let model = text.len() == 3 && !text.ends_with("00") && next.is_some_and(|w| MODEL_THINGS.contains(w.text));
    !counts || !digits || last.case == Case::Inner || model
}

/// Whether a word after a number is what is counted, or goes on with the number.
fn counted(word: &Word) -> bool {
    let known = word.known;
    known.any(Flags::NUMBER)
        || known.any(Flags::NOUN) && word.text.ends_with('s')
        || matches!(
            word.text,
            "people"
                | "men"
                | "women"
                | "children"
                | "percent"
                | "per"
                | "million"
                | "billion"
                | "trillion"
                | "thousand"
                | "hundred"
        )
}

/// Small words inside a name: "Bank of England", "Ursula von der Leyen", "Centers for Disease Control and Prevention".
fn connector(words: &[Word], from: usize, end: usize, last: &Word) -> Option<usize> {
    let lower =
        |i: usize| words.get(i).filter(|w| w.spaced && w.case == Case::Lower && w.kind == TokenKind::Word).map(|w| w.text);
    let capital =
        |i: usize| words.get(i).is_some_and(|w| w.spaced && w.capital() && !is_pronoun(w.text) && !w.is(Flags::CALENDAR));
    let word = lower(end)?;
    let flags = words[end].known;
    if flags.any(Flags::PARTICLE) && word.len() > 1 {
        let to =
            if lower(end + 1).is_some_and(|w| LEXICON.word(w).any(Flags::PARTICLE) || w == "the") { end + 2 } else { end + 1 };
        return capital(to).then_some(to + 1);
    }
    let head = !last.is(Flags::DEMONYM)
        && (last.is(Flags::NOUN
            .or(Flags::RARE)
            .or(Flags::ORGANIZATION)
            .or(Flags::PLACE)
            .or(Flags::OTHER)
            .or(Flags::ROLE)
            .or(Flags::TITLE))
            || last.is(Flags::VERB.or(Flags::ADJECTIVE)) && end - from > 1)
        && !(last.is(Flags::GIVEN.or(Flags::SURNAME)) && end - from > 1)
        && (!words[from].is(Flags::GIVEN) || words[from].is(Flags::ORDINARY));
    match word {
        "of" | "for" if head => {
            let role = last.is(Flags::ROLE.or(Flags::TITLE));
            if last.is_noble() && word == "of" && capital(end + 1) {
                return Some(end + 2);
            }
            let kind = last.is(Flags::ORGANIZATION.or(Flags::PLACE).or(Flags::OTHER));
            // "Secretary of State" is a role; "president of France" is a role and a name; "Parts of Britain" begins a sentence.
            if word == "for" && (role || !kind && end - from < 2)
                || !kind && !role && end - from < 2 && super::seen::starts(words, from)
            {
                return None;
            }
            let to = if lower(end + 1) == Some("the") { end + 2 } else { end + 1 };
            if !capital(to) || role && !words[to].is(Flags::ENGLISH) {
                return None;
            }
            (word == "of" || words[to].is(Flags::ORDINARY)).then_some(to + 1)
        }
        "and" => {
            if !capital(end + 1) {
                return None;
            }
            let plain = |w: &Word| {
                w.is(Flags::ENGLISH.or(Flags::ORGANIZATION))
                    && !w.is(Flags::ROLE
                        .or(Flags::TITLE)
                        .or(Flags::GIVEN)
                        .or(Flags::KNOWN_PLACE)
                        .or(Flags::DEMONYM)
                        .or(Flags::FUNCTION))
            };
            let next = &words[end + 1];
            if !plain(last) || !plain(next) || last.is(Flags::ORGANIZATION) && end - from > 1 && !inside(words, from, end) {
                return None;
            }
            let to = (end + 1..words.len()).take_while(|&i| capital(i)).last()? + 1;
            let headed = inside(words, from, end) || words[to - 1].is(Flags::ORGANIZATION.or(Flags::OTHER)) && to > end + 2;
            headed.then_some(end + 2)
        }
        _ => None,
    }
}

/// Whether the run already has an "of" or "for" after its head.
fn inside(words: &[Word], from: usize, end: usize) -> bool {
    words[from..end].iter().any(|w| matches!(w.text, "of" | "for" | "on"))
}

/// The longest known phrase of several words that begins at `i`: its end and what it names.
pub(super) fn phrase(words: &[Word], i: usize) -> Option<(usize, Known)> {
    words[i].phrase
}

/// Looks for the longest known phrase of several words that begins at `i`.
pub(super) fn find_phrase(words: &[Word], i: usize) -> Option<(usize, Known)> {
    if !words[i].is(Flags::PHRASE) {
        return None;
    }
    let lexicon: &Lexicon = &LEXICON;
    let mut key = words[i].folded.to_owned();
    let mut best = None;
    for (j, word) in words.iter().enumerate().skip(i + 1).take(lexicon.longest) {
        if !(word.spaced || word.glued) || !matches!(word.kind, TokenKind::Word | TokenKind::Symbol) {
            break;
        }
        if word.spaced {
            key.push(' ');
        }
        if word.folded.is_empty() {
            key.push_str(&crate::prose::fold(word.text))
        } else {
            key.push_str(word.folded)
        }
        if let Some(known) = lexicon.phrase_named(&key)
            && word.capital()
        {
            best = Some((j + 1, known));
        }
    }
    best
}

/// What the words of a range name, if it is known as a whole.
pub(super) fn known(words: &[Word], range: Range<usize>) -> Option<Known> {
    if range.len() == 1 {
        let flags = words[range.start].flags;
        // "UN" is a body, whatever else.
        let body = flags.any(Flags::KNOWN_ORGANIZATION) && words[range.start].case == Case::Upper;
        return if flags.any(Flags::DEMONYM) {
            Some(Known::Demonym)
        } else if body {
            Some(Known::Organization)
        } else if flags.any(Flags::KNOWN_PLACE) {
            Some(Known::Place)
        } else if flags.any(Flags::KNOWN_ORGANIZATION) {
            Some(Known::Organization)
        } else {
            None
        };
    }
    phrase(words, range.start).filter(|(end, _)| *end == range.end).map(|(_, known)| known)
}
