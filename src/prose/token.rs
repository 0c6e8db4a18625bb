//! Tokens: words, numbers and marks.

use super::{
    Tag, Token, TokenKind,
    abbreviation::{Abbreviation, kind},
    address,
};
use crate::text::Span;

/// Characters that stand for a quotation mark wherever they occur.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Currencies and signs of measure and relation.
fn is_sign(c: char) -> bool {
    "$€£¥₹₽₴₩₺₪₫₦₱¢%‰°+=<>~±×÷−&#@§№".contains(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Splits `span` of `text` into tokens and appends them, untagged.
pub(super) fn split(text: &str, span: Span, out: &mut Vec<Token>) {
    let (mut at, end) = (span.start as usize, span.end as usize);
    let push = |out: &mut Vec<Token>, from: usize, to: usize, kind| {
        out.push(Token { span: Span::new(from, to), kind, tag: Tag::Other });
    };
    let addresses = address::may_hold(&text[at..end]);
    while at < end {
        let rest = &text[at..end];
        let c = rest.chars().next().expect("at < end");
        let len = c.len_utf8();
        if c.is_whitespace() || c == '\u{feff}' {
            at += len;
        } else if addresses && c.is_ascii_alphanumeric() && address::len(rest) > 0 {
            let to = at + address::len(rest);
            push(out, at, to, TokenKind::Punct);
            at = to;
        } else if c.is_alphanumeric() {
            let number = c.is_numeric();
            let to = at + word_len(rest, number);
            // A possessive is a token of its own: "Putin’s" is "Putin" and "’s".
            let word = &text[at..to];
            let cut = possessive(word).unwrap_or(word.len());
            push(out, at, at + cut, if number { TokenKind::Number } else { TokenKind::Word });
            if cut < word.len() {
                push(out, at + cut, to, TokenKind::Word);
            }
            at = to;
        } else if is_quote(c) {
            push(out, at, at + len, TokenKind::Quote);
            at += len;
        } else if is_apostrophe(c) {
            let to = at + len;
            let double = rest[len..].starts_with(c);
            let next = rest[len..].chars().next();
            let before = text[..at].chars().next_back();
            let possessive = rest[len..].starts_with(['s', 'S'])
                && rest[len + 1..].chars().next().is_none_or(|n| !n.is_alphanumeric() && !is_apostrophe(n));
            if double {
                push(out, at, to + len, TokenKind::Quote);
                at = to + len;
            } else if possessive
                && out.last().is_some_and(|t| t.span.start >= span.start && matches!(t.kind, TokenKind::Word | TokenKind::Number))
            {
                // "*The Times*’s": marks stood between.
                push(out, at, to + 1, TokenKind::Word);
                at = to + 1;
            } else if next.is_some_and(|n| n.is_numeric()) && c != '‘' {
                // The ’90s.
                let more = word_len(&rest[len..], true);
                push(out, at, to + more, TokenKind::Number);
                at = to + more;
            } else if before.is_some_and(|b| b == 's' || b == 'S')
                && next.is_none_or(|n| !n.is_alphanumeric())
                && !opened(text, span.start as usize, at)
            {
                // A plural possessive: "the residents’".
                push(out, at, to, TokenKind::Word);
                at = to;
            } else {
                push(out, at, to, TokenKind::Quote);
                at = to;
            }
        } else if c == '`' && rest[len..].starts_with('`') {
            push(out, at, at + 2, TokenKind::Quote);
            at += 2;
        } else {
            let kind = if is_sign(c) { TokenKind::Symbol } else { TokenKind::Punct };
            // Three full stops are one mark.
            let to = if rest.starts_with("...") { at + 3 } else { at + len };
            push(out, at, to, kind);
            at = to;
        }
    }
}

/// Whether a single quotation mark was opened in `text[from..at]` and not closed.
fn opened(text: &str, from: usize, at: usize) -> bool {
    // Nobody quotes in single marks for longer than this, and a text of apostrophes alone stays linear.
    let from = text.ceil_char_boundary(from.max(at.saturating_sub(600)));
    let mut open = false;
    let mut before = ' ';
    for c in text[from..at].chars() {
        if matches!(c, '\'' | '‘') && !before.is_alphanumeric() {
            open = true;
        } else if is_apostrophe(c) && open && !before.is_whitespace() && before != 's' {
            open = false;
        }
        before = c;
    }
    open
}

/// Bytes of the word at the start of `rest`, with inner apostrophes, hyphens and stops.
fn word_len(rest: &str, number: bool) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut before = ' ';
    while let Some(&(i, c)) = chars.peek() {
        let next = rest[i + c.len_utf8()..].chars().next();
        let inner = next.is_some_and(char::is_alphanumeric);
        let keep = c.is_alphanumeric()
            || is_combining(c)
            || inner && (is_hyphen(c) || is_apostrophe(c))
            || inner && number && matches!(c, ',' | '.' | ':' | '/' | '⁄') && before.is_numeric() && next.is_some_and(char::is_numeric)
            || inner && !number && c == '.' && (is_lettered(&rest[..i]) || i == 2 && one_more_letter(&rest[3..]))
            || inner && c == '&' && !number
            // The stop that ends an abbreviation written with stops: U.S., a.m., J.
            || !inner && c == '.' && !number && takes_stop(&rest[..i], &rest[i + 1..]);
        if !keep {
            break;
        }
        end = i + c.len_utf8();
        before = c;
        chars.next();
        if !inner && c == '.' {
            break;
        }
    }
    end
}

fn is_combining(c: char) -> bool {
    !c.is_ascii() && (unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}' || c == '\u{ad}')
}

/// Whether `word` is written like "U", "U.S" or "Ph.D": one or two letters between stops, one before the first.
fn is_lettered(word: &str) -> bool {
    // The length bound keeps "a.b.c.d…" linear.
    word.len() <= 24
        && word.split('.').enumerate().all(|(i, part)| {
            part.chars().all(char::is_alphabetic)
                && (1..=2).contains(&part.chars().count())
                && (i > 0 || word.contains('.') || part.chars().count() == 1)
        })
}

/// Whether `after` goes on like the "D." of "Ph.D.".
fn one_more_letter(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// Whether the stop between `word` and `after` belongs to the word: U.S., a.m., Gov., the J. of a name. `after` ends with the sentence.
fn takes_stop(word: &str, after: &str) -> bool {
    let mut following = after.trim_start().chars();
    match kind(word) {
        None => false,
        // A number follows, or else "No." is the answer.
        Some(Abbreviation::Numbering) => following.next().is_some_and(char::is_numeric),
        // An initial has a name after it; "vitamin C." has not. "I." is seldom an initial and often a pronoun.
        Some(Abbreviation::Initial) => word != "I" && following.any(char::is_alphanumeric),
        Some(_) if word.contains('.') => true,
        // "the 20-mile max." ends in a word, "Acme Inc." in an abbreviation.
        Some(_) => word.starts_with(char::is_uppercase) || following.any(char::is_alphanumeric),
    }
}

/// Where the possessive of `word` begins, if it has one.
fn possessive(word: &str) -> Option<usize> {
    let (i, c) = word.char_indices().rev().nth(1)?;
    (is_apostrophe(c) && word.ends_with(['s', 'S']) && i > 0).then_some(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of `text` as one sentence, a space between each: numbers in <>, quotation marks in [], signs in {}.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut out = Vec::new();
        split(text, Span::new(0, text.len()), &mut out);
        let shown: Vec<String> = out
            .iter()
            .map(|t| match (t.kind, t.span.of(text)) {
                (TokenKind::Number, s) => format!("<{s}>"),
                (TokenKind::Quote, s) => format!("[{s}]"),
                (TokenKind::Symbol, s) => format!("{{{s}}}"),
                (_, s) => s.to_owned(),
            })
            .collect();
        assert_eq!(shown.join(" "), expect);
    }

    #[test]
    fn stops_belong_to_abbreviations() {
        check(
            "Gov. Lee met J. P. Roe in the U.S. at 5 a.m. on Dec. 4.",
            "Gov. Lee met J. P. Roe in the U.S. at <5> a.m. on Dec. <4> .",
        );
        check("The U.S.-led force", "The U.S. - led force");
        check("Rule No. 5 of the A. B. Hall", "Rule No. <5> of the A. B. Hall");
        check("She holds a Ph.D. in law.", "She holds a Ph.D. in law .");
    }

    #[test]
    fn stops_end_sentences() {
        check("So do I.", "So do I .");
        check("They chose plan C.", "They chose plan C .");
        check("The answer: No.", "The answer : No .");
        check("Wait... what?", "Wait ... what ?");
    }

    #[test]
    fn numbers_keep_their_marks() {
        check("40,000 at 1.2% or $3.5bn, 24/7", "<40,000> at <1.2> {%} or {$} <3.5bn> , <24/7>");
        check("a 3-year-old in the ’90s and '80s", "a <3-year-old> in the <’90s> and <'80s>");
        check("1990. In 1991, 3–5 of 10", "<1990> . In <1991> , <3> – <5> of <10>");
        check("the 5th at 9:30", "the <5th> at <9:30>");
    }

    #[test]
    fn apostrophes_and_quotation_marks() {
        check("“It’s Lee’s,” she said", "[“] It ’s Lee ’s , [”] she said");
        check("The Times ’s page", "The Times ’s page");
        check("the residents' homes", "the residents ' homes");
        check("'Two words,' she said", "['] Two words , ['] she said");
        check("``one'' and O’Brien can't", "[``] one [''] and O’Brien can't");
    }

    #[test]
    fn addresses_are_whole() {
        check("See https://x.org/a?b=40#c, (www.x.com).", "See https://x.org/a?b=40#c , ( www.x.com ) .");
        check("Ask press.desk@x.org. Or @x at 5 @ 3", "Ask press.desk@x.org . Or {@} x at <5> {@} <3>");
    }

    #[test]
    fn odd_characters_are_survived() {
        check("\u{feff}é e\u{301}\u{0} 👩‍👩‍👧 .", "é e\u{301} \u{0} 👩 \u{200d} 👩 \u{200d} 👧 .");
        check("", "");
        check("'", "[']");
    }
}
