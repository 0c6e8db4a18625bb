//! Letters and signs that are written as commands, each in as many bytes as its command has.

use crate::document::painter::joiner;

/// A letter in so many bytes, with what keeps the word around it one.
pub(super) fn letter(len: usize, letter: &str) -> String {
    format!("{letter}{}", joiner(len.saturating_sub(letter.len())))
}

/// A letter with its accent at the start of a text, "\'e" or "\c{c}": its length, and the letter with a mark that combines, which has as
/// many bytes as the shortest way to write the two.
pub(super) fn accent(text: &str) -> Option<(usize, String)> {
    let command = text.as_bytes().get(1)?;
    let mark = match command {
        b'`' => '\u{300}',
        b'\'' => '\u{301}',
        b'^' => '\u{302}',
        b'~' => '\u{303}',
        b'=' => '\u{304}',
        b'u' => '\u{306}',
        b'.' => '\u{307}',
        b'"' => '\u{308}',
        b'r' => '\u{30a}',
        b'H' => '\u{30b}',
        b'v' => '\u{30c}',
        b'd' => '\u{323}',
        b'c' => '\u{327}',
        b'k' => '\u{328}',
        b'b' => '\u{331}',
        _ => return None,
    };
    let rest = &text[2..];
    let (open, braced) = match rest.strip_prefix('{') {
        Some(rest) => (rest, true),
        // Of a command that is a letter the base stands apart.
        None if command.is_ascii_alphabetic() => (rest.strip_prefix(' ')?, false),
        None => (rest, false),
    };
    let letter = open.strip_prefix('\\').unwrap_or(open);
    let base =
        letter.chars().next().filter(|c| c.is_ascii_alphabetic() && (letter.len() == open.len() || matches!(c, 'i' | 'j')))?;
    let after = &letter[1..];
    if braced && !after.starts_with('}') || letter.len() < open.len() && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some((text.len() - after.len() + usize::from(braced), format!("{base}{mark}")))
}

/// What a command such as `\o` or `\euro` stands for, in so many bytes: a letter, or a word at the start or the end of them.
pub(super) fn sign(name: &str, text: &str, len: usize, letter: bool, at_end: bool) -> String {
    let room = len.saturating_sub(text.len());
    match (name, letter) {
        // One byte joins nothing: the bare letter, with what joins.
        ("o" | "O" | "l" | "L", _) if room == 1 => format!("{name}\u{34f}"),
        ("aa" | "AA", _) if room == 1 => format!("{}\u{30a}", &name[1..]),
        ("ss", _) if room == 1 => "ẞ".into(),
        (_, true) => format!("{text}{}", joiner(room)),
        _ if at_end => format!("{}{text}", " ".repeat(room)),
        _ => text.to_owned(),
    }
}
