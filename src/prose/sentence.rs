//! Sentences. A library gives the places where one may end by the rules of Unicode (UAX #29); what news copy needs is decided here:
//! which of them follow an abbreviation, an initial, a clock time, a question that somebody asks, and which ones it missed.

use unicode_segmentation::UnicodeSegmentation as _;

use super::abbreviation::{Abbreviation, is_after_clock, is_credit, is_opener, is_speech_verb, kind};
use crate::text::Span;

/// How far, in bytes, brackets and attributions are looked for.
const REACH: usize = 400;
/// Longer runs of characters, in bytes, are no words. The bounds keep every text linear.
const LONGEST_WORD: usize = 100;

/// The sentences of one block, in order, without the space around them.
pub(super) fn split(text: &str, block: Span) -> Vec<Span> {
    let body = block.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut end_at = |at: usize, always: bool| {
        if always || ends(&body[start..at], &body[at..]) {
            let sentence = &body[start..at];
            let from = start + (sentence.len() - sentence.trim_start().len());
            let to = start + sentence.trim_end().len();
            if from < to {
                out.push(Span::new(block.start as usize + from, block.start as usize + to));
            }
            start = at;
        }
    };
    let mut places = Vec::new();
    missed(body, |at, always| places.push((at, always)));
    places.extend(body.split_sentence_bound_indices().skip(1).map(|(at, _)| (at, false)));
    places.push((body.len(), true));
    places.sort_unstable();
    for (at, always) in places {
        end_at(at, always);
    }
    out
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '．' | '。' | '！' | '？')
}

/// Marks that close what a sentence holds, after its stop.
fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '`' | '»' | '›' | ')' | ']' | '}' | '*' | '_')
}

/// Marks that stand before the first word of a sentence.
fn is_leader(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '“'
                | '”'
                | '‘'
                | '\''
                | '’'
                | '«'
                | '‹'
                | '('
                | '['
                | '{'
                | '*'
                | '_'
                | '—'
                | '–'
                | '-'
                | '¿'
                | '¡'
                | '`'
        )
}

/// Places where a sentence may end that the Unicode rules do not see: before a figure ("left. 20 people"), after "…", where the
/// space is missing ("left.Then"), before an ellipsis that stands for what was left out ("ends. . . . Then"). Tells for each whether
/// one ends there for certain: a caption goes over into its credit ("The port Image: Jane Roe.") without a stop.
fn missed(body: &str, mut found: impl FnMut(usize, bool)) {
    let bytes = body.as_bytes();
    for at in 1..bytes.len() {
        if bytes[at] == b':' {
            let word = last_piece(&body[..at]);
            let (before, after) = (body[..at - word.len()].trim_end(), &body[at + 1..]);
            if is_credit(word)
                && !before.is_empty()
                && after.trim_start().starts_with(char::is_uppercase)
                && after.starts_with(' ')
            {
                found(at - word.len(), true);
            }
        }
        if at > 1 && bytes[at - 2..=at] == *"…".as_bytes() {
            let after = body[at + 1..].trim_start_matches(is_closer);
            let next = after.trim_start();
            if next.len() < after.len() && next.trim_start_matches(is_leader).starts_with(char::is_uppercase) {
                found(body.len() - next.len(), false);
            }
        }
        if !matches!(bytes[at], b'.' | b'!' | b'?') {
            continue;
        }
        let rest = &body[at + 1..];
        let after = rest.trim_start_matches(is_closer);
        let spaced = after.trim_start();
        if spaced.len() < after.len() {
            let next = spaced.trim_start_matches(is_leader);
            let figure = next.starts_with(|c: char| c.is_numeric() || "$€£¥#".contains(c)) || is_camel(first_word(next));
            let omitted =
                bytes[at - 1].is_ascii_alphanumeric() && rest.starts_with(" . . .") && rest.contains(char::is_alphanumeric);
            if figure || omitted {
                found(body.len() - spaced.len(), false);
            }
        } else if let Some(notes) = after_notes(after) {
            found(body.len() - notes.len(), true);
        } else if !(bytes[at] == b'.' && after.starts_with('.')) && is_glued(last_piece(&body[..at]), after) {
            found(body.len() - after.len(), false);
        }
    }
}

/// What follows the marks of notes after a stop, "[1][2] The", if a sentence begins there.
fn after_notes(after: &str) -> Option<&str> {
    let mut rest = after;
    while let Some((note, more)) =
        rest.strip_prefix('[').and_then(|r| r.split_at_checked(r.bytes().take(4).position(|b| b == b']')?))
    {
        if note.is_empty() || !note.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        rest = &more[1..];
    }
    let next = rest.trim_start();
    (rest.len() < after.len() && next.len() < rest.len() && next.trim_start_matches(is_leader).starts_with(char::is_uppercase))
        .then_some(next)
}

/// Whether a sentence ends between `word`, a stop, and `after`, though no space parts them.
fn is_glued(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    let capital = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    let lower = word.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let figure = word.ends_with(|c: char| c.is_ascii_digit());
    let address = word.contains(['@', '/', '\\']) || word.starts_with("www.") || word.contains('.') && !figure;
    // "Booking.Com" goes on like an address: no space after the next word, or a stop inside it.
    let after = &after[..after.floor_char_boundary(LONGEST_WORD)];
    let next_word = after.split(char::is_whitespace).next().unwrap_or("");
    let goes_on = next_word.len() < after.len() || next_word.ends_with(is_terminator);
    capital && (lower || figure) && !address && goes_on && !next_word.contains(['@', '/'])
}

/// Whether the sentence `before` ends where `after` begins.
fn ends(before: &str, after: &str) -> bool {
    let spaced = before.ends_with(char::is_whitespace);
    let before = before.trim_end();
    let inner = before.trim_end_matches(is_closer);
    let stops = inner.len() - inner.trim_end_matches(|c: char| is_terminator(c) || c == ' ').len();
    // The space before an ellipsis is the stem's.
    let stops = inner[inner.len() - stops..].trim_start();
    let stem = &inner[..inner.len() - stops.len()];
    let closers = &before[inner.len()..];
    if !stops.contains(is_terminator) || stem.trim_start_matches(is_leader).is_empty() {
        return false;
    }
    let next = after.trim_start_matches(is_leader);
    let leaders = &after[..after.len() - next.len()];
    let Some(first) = next.chars().next() else { return !leaders.is_empty() || after.is_empty() };
    let word = first_word(next);
    if is_credit(word) && next[word.len()..].starts_with(':') {
        return true;
    }
    if !spaced && closers.is_empty() && !stops.ends_with(['．', '。', '！', '？']) && !is_glued(last_piece(stem), next) {
        return false;
    }
    if first.is_lowercase() && !is_camel(word) {
        // UAX #29 asks for more than white space here; so does "and — he".
        return false;
    }
    if in_brackets(before, after) || is_omission(stem, stops) && (has_quote(closers) || leaders.contains('(')) {
        return false;
    }
    if is_signature(after, has_quote(closers)) {
        return false;
    }
    let stops = stops.trim();
    if stops.contains(['!', '?']) {
        return !(has_quote(closers) && is_attribution(next));
    }
    if stops != "." {
        // An ellipsis. A capital begins anew after it, unless it is one that has to be.
        let paused = !stops.contains("....") && !stops.contains(". . . .");
        return !(paused && matches!(word.split(['\'', '’']).next(), Some("I")));
    }
    after_stop(stem, closers, next, word, first)
}

/// Whether a single full stop after `stem` ends the sentence before `next`, whose first word and character are given.
fn after_stop(stem: &str, closers: &str, next: &str, word: &str, first: char) -> bool {
    let last = last_word(stem);
    let so_far = stem.trim_start_matches(is_leader);
    if so_far.len() <= 4 && (so_far.bytes().all(|b| b.is_ascii_digit()) || so_far.chars().count() == 1) {
        // "1. The first", "A. His name".
        return false;
    }
    let opener = first.is_uppercase() && is_opener(word);
    match kind(last) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Numbering) => !first.is_numeric(),
        Some(Abbreviation::Clock) => {
            let introduces =
                so_far.split_whitespace().take(7).count() <= 6 && !so_far.contains(',') && begins_with_preposition(so_far);
            !is_after_clock(word) && (opener || !introduces) && !first.is_numeric()
        }
        Some(Abbreviation::Latin) => false,
        Some(Abbreviation::Initial) => {
            let previous = so_far[..so_far.len() - last.len()].trim_end();
            let named = last_word(previous).starts_with(char::is_uppercase) && !previous.ends_with(is_terminator)
                || previous.ends_with('.');
            match last {
                "I" => !named || opener,
                _ => opener && !matches!(word, "Will" | "May" | "Do" | "So" | "An"),
            }
        }
        Some(Abbreviation::Other) if has_quote(closers) => true,
        Some(Abbreviation::Other) => {
            let starts = opener || next.len() > word.len() && leads(next, word);
            starts && !first.is_numeric()
        }
        None => true,
    }
}

/// Whether what follows an abbreviation begins a sentence by its look: a word in brackets or quotation marks does not decide.
fn leads(next: &str, word: &str) -> bool {
    word == "I" || word.ends_with("’s") && next.len() > word.len() && is_opener(word.trim_end_matches("’s"))
}

/// The word before the stop: "Inc", "U.S", "D-Calif" gives "Calif".
fn last_word(stem: &str) -> &str {
    let word = last_piece(stem).trim_start_matches(is_leader);
    word.rsplit(['-', '–', '—', '/', '(']).next().unwrap_or(word)
}

/// What stands after the last space, or the end of it where it is longer than a word can be.
fn last_piece(stem: &str) -> &str {
    let near = &stem[stem.ceil_char_boundary(stem.len().saturating_sub(LONGEST_WORD))..];
    near.rsplit(char::is_whitespace).next().unwrap_or("")
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))).unwrap_or(text.len());
    &text[..end]
}

/// "iPhone", "eBay": small first letters that begin a sentence all the same.
fn is_camel(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase)
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
}

fn has_quote(closers: &str) -> bool {
    closers.contains(['"', '”', '’', '\'', '»'])
}

/// Whether the place is inside brackets that a sentence holds: "(He left. She stayed.)" in the middle of one.
fn in_brackets(before: &str, after: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..];
    let Some(open) = near.rfind('(') else { return false };
    // One that begins the sentence holds whole sentences.
    let begins = near.len() == before.len() && near[..open].trim_start_matches(is_leader).is_empty();
    !begins
        && !near[open..].contains(')')
        && after[..after.floor_char_boundary(REACH)].find(')').is_some_and(|close| !after[..close].contains('('))
}

/// "[…]" and "(...)": words were left out, which ends no sentence unless one had ended before.
fn is_omission(stem: &str, stops: &str) -> bool {
    let dots = stops.trim();
    (dots == "…" || dots == "..." || dots == ". . .")
        && stem.ends_with(['[', '('])
        && !stem[..stem.len() - 1].trim_end().ends_with(is_terminator)
}

/// Whether what was said is signed, with a name and nothing more: "— Jane Roe", or two words and up without the dash.
fn is_signature(after: &str, quoted: bool) -> bool {
    if after.len() > REACH {
        return false;
    }
    let after = after.trim();
    let dashed = after.strip_prefix(['-', '–', '—']);
    let name = if quoted { dashed.unwrap_or(after) } else { after };
    let count = name.split_whitespace().take(7).count();
    let enough = if dashed.is_some() { 1..=6 } else { 2..=4 };
    if dashed.is_none() && name.contains(',') {
        return false;
    }
    enough.contains(&count)
        && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        && name.ends_with(char::is_alphabetic)
}

/// Whether a quotation goes on with who said it: "Mayor Jane Roe asked", "Roe, who …" does not count.
fn is_attribution(next: &str) -> bool {
    let near = &next[..next.floor_char_boundary(REACH)];
    for (names, word) in near.split_whitespace().take(7).enumerate() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if is_speech_verb(bare) {
            // "Roe asked." but not "He asked": a pronoun with a capital begins a sentence.
            return names > 0;
        }
        let particle = matches!(bare, "of" | "the" | "de" | "van" | "von" | "bin" | "al" | "for");
        if is_opener(bare) || !(bare.starts_with(char::is_uppercase) || names > 0 && particle) {
            return false;
        }
    }
    false
}

/// "At 5 a.m. Mr. Roe": the time introduces what follows.
fn begins_with_preposition(sentence: &str) -> bool {
    let word = first_word(sentence);
    ["At", "By", "Around", "About", "On", "From", "Until", "Since", "Before", "After", "Shortly", "Just", "Between"]
        .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with "|" where a sentence ends and another begins.
    #[track_caller]
    fn check(expect: &str) {
        let text = expect.replace('|', "");
        let sentences = split(&text, Span::new(0, text.len()));
        let shown: Vec<&str> = sentences.iter().map(|s| s.of(&text)).collect();
        let expect: Vec<&str> = expect.split('|').map(str::trim).collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn titles_and_initials_go_on() {
        check("Gov. Roe and Sen. J. P. Doe met Lt. Col. Ann B. Lee.| She had called.");
        check("GOV. ROE met St. Mary’s choir vs. the band.| All sang.");
        check("It was Roe and I.| Doe left.");
        check("They chose plan C.| The mayor did not.");
    }

    #[test]
    fn abbreviations_may_end_a_sentence() {
        check("A U.S. envoy left the U.S.| He flew on.");
        check("The U.S. Senate met.| Millions had left the U.S.| Officials agreed.");
        check("She runs Acme Inc. President Roe runs Acme Corp.| The two met in Dec. 2024.");
        check("Rule No. 5 stands.| He said no.| She said No.| Then they left.");
        check("Turn to p. 55.| Then rest, e.g. Mondays.");
    }

    #[test]
    fn clock_times() {
        check("It starts at 5 p.m. EST on Monday.| It ends at 9 a.m. Friday.");
        check("The train left at 5 a.m.| Travelers waited.");
        check("At 5 a.m. Mr. Roe rose.| He slept at 9 p.m.| Mr. Doe did not.");
    }

    #[test]
    fn figures() {
        check("It cost $1.50.| 20 people paid 2.5 million.| $3 was left.");
        check("He paid 1,000.|That was a lot.| He said so.|Then he left.");
    }

    #[test]
    fn quotations() {
        check("“We won’t go,” she said.| “Never.”| Then she left.");
        check("“Who did this?” Mayor Jane Roe asked.| “Who knows?” he said.| “Nobody?”| She did.");
        check("He said “no.”| She said “yes.”| Both left.");
        check("“One thing.| Another thing.” — Jane Roe");
        check("“It stood here.| [...] The port was open,” she wrote.| “It stood [...]| The port was open.”");
    }

    #[test]
    fn pauses_and_brackets() {
        check("I meant ... well, nothing… I think.| Good.");
        check("“I… I don’t know,” she said.| He waited…| Nobody came.");
        check("He wavered....| She left.");
        check("The bridge (it was built in 1920. It fell in 1990.) is gone.| (Nobody knew why.)| It was old.");
        check("Sen. Jane Roe (D-Calif.) spoke.| iPhones rang.");
    }

    #[test]
    fn captions() {
        check("The port on Monday| Photo: Jane Roe.| The ferry sank.");
        check("The image: a ferry.");
        check("It sank in 1920.[1][12]| The port closed.[3]");
        check("It sank [in 1920].| [Later] it rose.");
    }

    #[test]
    fn odd_texts_are_survived() {
        for text in ["", ".", "...", "?! ?!", "”.”", "(", "a. ", "\u{301}.\u{301} A", "。。", "A:B: Photo:", "1. 2. 3."] {
            for span in split(text, Span::new(0, text.len())) {
                assert!(!span.of(text).trim().is_empty());
            }
        }
    }
}
