//! The prose of a text, painted over blanks.

use std::ops::Range;

/// As many bytes as the text has: spaces and the text's line breaks, until prose is copied onto them.
pub(super) struct Canvas<'a> {
    text: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b } else { b' ' }).collect();
        Self { text, bytes }
    }

    /// Copies a range of the text, in bytes on character boundaries.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        if let Some(text) = self.text.get(range.clone()) {
            self.bytes[range].copy_from_slice(text.as_bytes());
        }
    }

    /// Writes `new` at the start of a blank range, as far as it fits: what an entity such as `&amp;` stands for.
    pub(super) fn put(&mut self, range: Range<usize>, new: &str) {
        if new.len() <= range.len() && self.text.get(range.clone()).is_some() {
            self.bytes[range.start..range.start + new.len()].copy_from_slice(new.as_bytes());
        }
    }

    /// The prose. Web and mail addresses are blank in it: they hold no words and their figures count nothing.
    pub(super) fn finish(self) -> String {
        // Only whole characters were written, at boundaries of the text or over blanks.
        let mut prose = String::from_utf8(self.bytes).unwrap_or_else(|_| " ".repeat(self.text.len()));
        let addresses = addresses(&prose);
        for range in addresses {
            let blank = " ".repeat(range.len());
            prose.replace_range(range, &blank);
        }
        prose
    }
}

/// Web and mail addresses in a text, in order.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    let mut add = |start: usize, end: usize| {
        if start >= done && end > start {
            out.push(start..end);
            done = end;
        }
    };
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|');
    let mut found: Vec<usize> = ["://", "www.", "@"].iter().flat_map(|mark| text.match_indices(mark).map(|(at, _)| at)).collect();
    found.sort_unstable();
    for at in found {
        let (before, after) = text.split_at(at);
        // The bounds keep a text of marks alone linear. No address that an article prints is longer.
        let near = before.len() - before.floor_char_boundary(before.len().saturating_sub(64));
        let back =
            |ok: fn(char) -> bool| before[before.len() - near..].len() - before[before.len() - near..].trim_end_matches(ok).len();
        let far = &after[..after.floor_char_boundary(2048)];
        let rest = far.find(is_end).map_or(far, |end| &far[..end]);
        let rest = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '*', '_']);
        if after.starts_with('@') {
            let name = back(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'));
            let host = rest[1..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .map_or(&rest[1..], |end| &rest[1..=end]);
            if name > 0 && host.contains('.') {
                add(at - name, at + 1 + host.len());
            }
        } else if after.starts_with(':') {
            let scheme = back(|c| c.is_ascii_alphabetic());
            if scheme > 0 && rest.len() > 3 {
                add(at - scheme, at + rest.len());
            }
        } else if rest.len() > 4 && !before.ends_with(char::is_alphanumeric) {
            add(at, at + rest.len());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = addresses(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn addresses_are_found_whole() {
        check("See https://example.org/a?b=40#c, or (www.example.com).", &["https://example.org/a?b=40#c", "www.example.com"]);
        check("Write to press.desk@example.org.", &["press.desk@example.org"]);
    }

    #[test]
    fn words_are_none() {
        check("She wrote @example at 5 @ $3 each: a ratio of 3://", &[]);
        check(&"@".repeat(10_000), &[]);
    }
}
