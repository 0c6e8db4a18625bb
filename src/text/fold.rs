//! A text as it is compared: without the differences that typography, case and diacritics make.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::Span;

/// A folded copy of a text that knows where each of its bytes came from.
///
/// Quotation marks, apostrophes and dashes are plain, runs of white space are one space and none beside a dash, an ellipsis is three stops, letters are
/// small and bare, and nothing is invisible. Punctuation stays. Folding the folded text changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original at which the character that made it begins; then the original's end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            // Runs of plain letters and digits are most of any text, and nothing merges with them.
            let run = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if run > 0 {
                folded.text.extend(text.as_bytes()[at..at + run].iter().map(|b| char::from(b.to_ascii_lowercase())));
                folded.origin.extend(at as u32..(at + run) as u32);
                at += run;
            } else {
                fold_char(c, |c| folded.push(c, at as u32));
                at += c.len_utf8();
            }
        }
        if folded.text.ends_with(' ') {
            folded.pop();
        }
        folded.origin.push(text.len() as u32);
        folded
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the original that a range of bytes of the folded text stands for; the characters at its ends are whole.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let last = self.origin.len() - 1;
        let (start, mut end) = (range.start.min(last), range.end.min(last));
        // Up to the next character of the original: "ß" has made two bytes.
        while end > start && end < last && self.origin[end] == self.origin[end - 1] {
            end += 1;
        }
        Span { start: self.origin[start], end: self.origin[end].max(self.origin[start]) }
    }

    /// Appends a character, merging spaces, dashes, pairs of single marks and spaced stops with what stands before.
    fn push(&mut self, c: char, at: u32) {
        let mut at = at;
        let mut c = c;
        match c {
            ' ' if self.text.is_empty() || self.text.ends_with([' ', '-']) => return,
            '-' => {
                if self.text.ends_with(' ') {
                    at = self.pop();
                }
                if self.text.ends_with('-') {
                    return;
                }
            }
            // TeX and wire services double the single marks.
            '\'' if self.text.ends_with('\'') => {
                at = self.pop();
                c = '"';
            }
            // ". . ." is an ellipsis.
            '.' if self.text.ends_with(". ") => {
                at = self.pop();
            }
            _ => {}
        }
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    /// Takes the last character back and returns its origin.
    fn pop(&mut self) -> u32 {
        self.text.pop();
        let at = self.origin.get(self.text.len()).copied().unwrap_or(0);
        self.origin.truncate(self.text.len());
        at
    }
}

/// Folds one character: gives `out` the characters that it is compared as, none for a mark or an invisible character.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    fold_into(c, &mut out);
}

fn fold_into(c: char, out: &mut dyn FnMut(char)) {
    match c {
        '`' | '\'' => out('\''),
        _ if c.is_ascii_control() => out(' '),
        _ if c.is_ascii() => out(c.to_ascii_lowercase()),
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '´' | '′' | '‹' | '›' => out('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '〟' => out('"'),
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' | '⁃' => out('-'),
        // Line and paragraph separators, and the spaces of every width.
        _ if c.is_whitespace() => out(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
        'ø' | 'Ø' => out('o'),
        'ł' | 'Ł' => out('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out('d'),
        'ı' => out('i'),
        'æ' | 'Æ' => "ae".chars().for_each(out),
        'œ' | 'Œ' => "oe".chars().for_each(out),
        'ß' | 'ẞ' => "ss".chars().for_each(out),
        'þ' | 'Þ' => "th".chars().for_each(out),
        _ => {
            for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                match part {
                    _ if is_combining_mark(part) => {}
                    '⁄' => out('/'),
                    _ if part == c => out(c),
                    // Its parts may be marks that fold further: "ŉ" is an apostrophe and "n".
                    _ => fold_into(part, out),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(Folded::new(text).text(), expect);
    }

    #[test]
    fn typography_makes_no_difference() {
        check("“We can’t — won’t –\u{a0}agree…”", "\"we can't-won't-agree...\"");
        check("``One'' and ''two''", "\"one\" and \"two\"");
        check("  wide\r\n\tspace ", "wide space");
        check("one -- two", "one-two");
        check("Wait . . . what", "wait ... what");
    }

    #[test]
    fn letters_are_bare() {
        check("Zelenský, Øre, Straße, ﬁne", "zelensky, ore, strasse, fine");
        check("ŉ İ ½ № ５", "'n i 1/2 no 5");
        check("e\u{301}cole co\u{ad}operate", "ecole cooperate");
    }

    #[test]
    fn words_and_marks_stay() {
        check("No, not 1.2!", "no, not 1.2!");
    }

    #[test]
    fn spans_lead_back() {
        let text = "He said:  “Straße” — now.";
        let folded = Folded::new(text);
        let find = |part: &str| folded.text().find(part).map(|at| folded.span(at..at + part.len()).of(text));
        assert_eq!(find("strasse"), Some("Straße"));
        assert_eq!(find("stras"), Some("Straß"));
        assert_eq!(find("\"strasse\""), Some("“Straße”"));
        assert_eq!(find(": \""), Some(":  “"));
        assert_eq!(find("now."), Some("now."));
        assert_eq!(folded.span(0..999).of(text), text);
        assert_eq!(Folded::new("").span(0..0), Span::new(0, 0));
    }

    proptest! {
        #[test]
        fn folding_is_stable_and_mapped(text in crate::text::tests::text()) {
            let folded = Folded::new(&text);
            let again = Folded::new(folded.text());
            prop_assert_eq!(again.text(), folded.text());
            let mut before = 0;
            for (i, c) in folded.text().char_indices() {
                let span = folded.span(i..i + c.len_utf8());
                prop_assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
                prop_assert!(!span.is_empty() && span.start >= before);
                before = span.start;
            }
        }
    }
}
