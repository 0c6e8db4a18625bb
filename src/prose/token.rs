//! Tokens: words, numbers and marks.

use super::{Tag, Token, TokenKind};
use crate::text::Span;

/// Characters that stand for a quotation mark wherever they occur.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
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
    while at < end {
        let rest = &text[at..end];
        let c = rest.chars().next().expect("at < end");
        let len = c.len_utf8();
        if c.is_whitespace() || c == '\u{feff}' {
            at += len;
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
            if double && c != '’' || double {
                push(out, at, to + len, TokenKind::Quote);
                at = to + len;
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
            let kind = if matches!(
                c,
                '$' | '€'
                    | '£'
                    | '¥'
                    | '₹'
                    | '₽'
                    | '₴'
                    | '₩'
                    | '₺'
                    | '₪'
                    | '%'
                    | '‰'
                    | '°'
                    | '+'
                    | '='
                    | '<'
                    | '>'
                    | '~'
                    | '±'
                    | '×'
                    | '&'
                    | '#'
                    | '@'
                    | '§'
                    | '½'
                    | '¼'
                    | '¾'
            ) {
                TokenKind::Symbol
            } else {
                TokenKind::Punct
            };
            // Three full stops are one mark.
            let to = if rest.starts_with("...") { at + 3 } else { at + len };
            push(out, at, to, kind);
            at = to;
        }
    }
}

/// Whether a single quotation mark was opened in `text[from..at]` and not closed.
fn opened(text: &str, from: usize, at: usize) -> bool {
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
            || inner && !number && c == '.' && is_dotted(&rest[..i])
            || inner && c == '&' && !number
            // The stop that ends an abbreviation written with stops: U.S., a.m., J.
            || !inner && c == '.' && (is_dotted(&rest[..i]) || super::sentence::is_abbreviation(&rest[..i]));
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
    unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}' || c == '\u{ad}'
}

/// Whether `word`, without its last stop, is written like "U.S", "a.m" or "J": single letters with stops between.
fn is_dotted(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
        && word != "I"
        && word != "a"
        && word != "A"
        || word.contains('.')
            && word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

/// Where the possessive of `word` begins, if it has one.
fn possessive(word: &str) -> Option<usize> {
    let (i, c) = word.char_indices().rev().nth(1)?;
    (is_apostrophe(c) && word.ends_with(['s', 'S']) && i > 0).then_some(i)
}
