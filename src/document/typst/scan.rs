//! Parts of Typst's code: where they end, and what settings say.

use crate::document::{Meta, meta};

/// Where the string ends that begins at `at`; on its line, if it is not closed.
pub(super) fn string(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut to = at + 1;
    while let Some(b) = bytes.get(to) {
        match b {
            b'"' => return to + 1,
            b'\n' | b'\r' => return to,
            b'\\' if bytes.get(to + 1).is_some_and(u8::is_ascii) => to += 2,
            _ => to += 1,
        }
    }
    text.len()
}

/// Where a statement ends: with its line, if no bracket is open or if brackets do not matter; and whether one was never closed.
pub(super) fn statement(text: &str, at: usize, brackets: bool) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut to, mut depth, mut line) = (at, 0usize, None);
    while let Some(b) = bytes.get(to) {
        match b {
            b'\n' | b'\r' => {
                line.get_or_insert(to);
                if depth == 0 || !brackets {
                    return (to, false);
                }
            }
            b';' if depth == 0 => return (to + 1, false),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return (to, false),
            b')' | b']' | b'}' => depth -= 1,
            b'"' => {
                to = string(text, to);
                continue;
            }
            b'/' if bytes.get(to + 1) == Some(&b'/') && bytes[to - 1] != b':' => {
                to += bytes[to..].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
                continue;
            }
            _ => {}
        }
        to += 1;
    }
    (line.filter(|_| depth > 0).unwrap_or(text.len()), depth > 0)
}

/// Bytes of the name of a label.
pub(super) fn name_len(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':' | b'.')).count()
}

/// What `#set document(title: "…", author: "…", date: datetime(year: 2026, month: 3, day: 9))` says, or the settings of a template.
pub(super) fn settings(meta: &mut Meta, code: &str) {
    let value = |key: &str| {
        let at =
            code.match_indices(key).map(|(i, _)| i).find(|i| !code[..*i].ends_with(|c: char| c.is_alphanumeric() || c == '-'))?;
        Some(code[at + key.len()..].trim_start())
    };
    let strings = |value: &str| {
        let end = if value.starts_with('(') {
            value.find(')')
        } else {
            let opening = value.chars().next().map_or(0, char::len_utf8);
            value[opening..].find(['"', ']', '\n']).map(|i| opening + i + 1)
        };
        let value = value.get(..end.unwrap_or(0)).unwrap_or("");
        match value.strip_prefix('[') {
            Some(words) => words.trim_end_matches(']').to_owned(),
            None => value.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(", "),
        }
    };
    for (key, name) in [("title:", "title"), ("author:", "author"), ("authors:", "author"), ("date:", "date")] {
        let Some(value) = value(key) else { continue };
        match value.strip_prefix("datetime(") {
            Some(parts) => {
                let part = |key: &str| {
                    let digits = parts.split(')').next()?.split_once(key)?.1.trim_start();
                    digits[..digits.bytes().take_while(u8::is_ascii_digit).count()].parse::<u16>().ok()
                };
                if let (Some(year), Some(month), Some(day)) = (part("year:"), part("month:"), part("day:")) {
                    meta::suggest(meta, name, &format!("{year:04}-{month:02}-{day:02}"));
                }
            }
            None => meta::suggest(meta, name, &strings(value)),
        }
    }
}
