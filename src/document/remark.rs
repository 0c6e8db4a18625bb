//! What a writer tells copydesk in a comment: "stet", let it stand.
//!
//! ```text
//! <!-- stet: phone call with the ministry, 3 Dec -->
//! <!-- stet quantity-mismatch: rounded by the desk -->
//! <!-- stet file: a satire -->
//! ```

use crate::text::{Span, single_spaced};

/// A comment that lets something stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The comment, in bytes of the text.
    pub span: Span,
    /// What it is restricted to, in the order of the comment: "file", "block", codes. Empty for whatever there is.
    pub to: Vec<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The word.
const WORD: &str = "stet";

/// What opens a comment, and what closes it; nothing for one that ends with its line, before which only blanks may stand.
const MARKS: [(&str, Option<&str>); 6] =
    [("<!--", Some("-->")), ("/*", Some("*/")), ("%", None), ("//", None), ("#", None), ("..", None)];

/// The remarks of a text, in order; `known` are the words that one may be restricted to. Comments are told by their marks alone, whatever
/// the format, so that one may be written as the editor writes comments.
#[must_use]
pub fn remarks(text: &str, known: &[&str]) -> Vec<Remark> {
    let mut found: Vec<Remark> = Vec::new();
    for (at, _) in text.match_indices(WORD) {
        let (before, after) = (&text[..at], &text[at + WORD.len()..]);
        let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let lead = before.trim_end_matches([' ', '\t']);
        let Some((open, close)) = MARKS.iter().find(|(open, _)| lead.ends_with(open)) else { continue };
        let start = lead.len() - open.len();
        let end = match close {
            Some(close) => after.find(close),
            None if text[line.min(start)..start].trim().is_empty() => Some(after.find(['\n', '\r']).unwrap_or(after.len())),
            None => None,
        };
        let Some(end) = end.filter(|_| !after.starts_with(|c: char| c.is_alphanumeric())) else { continue };
        let (to, reason) = read(&after[..end], known);
        let span = Span::new(start, at + WORD.len() + end + close.map_or(0, str::len));
        if found.last().is_none_or(|last| last.span.end <= span.start) {
            found.push(Remark { span, to, reason });
        }
    }
    found
}

/// What stands after the word: "file, quantity-mismatch: why", or only why.
fn read(text: &str, known: &[&str]) -> (Vec<String>, Option<String>) {
    let reason = |text: &str| Some(single_spaced(text)).filter(|t| !t.is_empty());
    let words = |text: &str| -> Vec<String> {
        text.split([' ', ',', '\t', '\n', '\r']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (head, rest) = text.split_once(':').unwrap_or((text, ""));
    let to = words(head);
    if to.iter().all(|word| known.contains(&word.as_str())) { (to, reason(rest)) } else { (Vec::new(), reason(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, &[&str], Option<&str>)]) {
        let found = remarks(text, &["file", "block", "name-mismatch"]);
        let found: Vec<(&str, Vec<&str>, Option<&str>)> =
            found.iter().map(|r| (r.span.of(text), r.to.iter().map(String::as_str).collect(), r.reason.as_deref())).collect();
        let expect: Vec<(&str, Vec<&str>, Option<&str>)> = expect.iter().map(|(s, to, why)| (*s, to.to_vec(), *why)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn in_comments() {
        check("a <!-- stet: by phone,\n3 Dec --> b", &[("<!-- stet: by phone,\n3 Dec -->", &[], Some("by phone, 3 Dec"))]);
        check("<!--stet-->", &[("<!--stet-->", &[], None)]);
        check(
            "<!-- stet file, name-mismatch: satire -->",
            &[("<!-- stet file, name-mismatch: satire -->", &["file", "name-mismatch"], Some("satire"))],
        );
        check("<!-- stet block -->", &[("<!-- stet block -->", &["block"], None)]);
        check(
            "<!-- stet the mayor: he said so -->",
            &[("<!-- stet the mayor: he said so -->", &[], Some("the mayor: he said so"))],
        );
    }

    #[test]
    fn on_lines() {
        check("% stet: so\nText", &[("% stet: so", &[], Some("so"))]);
        check("  // stet", &[("// stet", &[], None)]);
        check("text // stet", &[]);
        check(".. stet: so", &[(".. stet: so", &[], Some("so"))]);
    }

    #[test]
    fn nowhere_else() {
        for text in
            ["stet", "The word stet is Latin.", "<!-- stet: unclosed", "<!-- stetson -->", "<!-- a stet -->", "12 %stetson"]
        {
            check(text, &[]);
        }
    }
}
