//! Words put so that a reader of the finished text sees them as they are.

use std::borrow::Cow;

use super::Format;

impl Format {
    /// What has to be written in a text of this format for `words` to be read. What is escaped already stays so: words may come from the
    /// draft itself. In Markdown, AsciiDoc and Org marks are marks only around words, and words of a source may well carry them.
    #[must_use]
    pub fn written(self, words: &str) -> Cow<'_, str> {
        let escape: fn(char, &str) -> Option<Cow<'static, str>> = match self {
            Self::Latex => latex,
            Self::Html => html,
            Self::Typst => |c, _| behind_backslash(c, "\\#$*_@<`~[]"),
            Self::Rst => |c, _| behind_backslash(c, "\\*`|_"),
            Self::Markdown | Self::Plain | Self::AsciiDoc | Self::Org | Self::Mail | Self::Commit => return Cow::Borrowed(words),
        };
        let mut out = String::new();
        let mut is_escaped = false;
        for (at, c) in words.char_indices() {
            let after = &words[at + c.len_utf8()..];
            let is_escape =
                !is_escaped && self != Self::Html && c == '\\' && after.starts_with(|next| escape(next, "").is_some());
            match escape(c, after).filter(|_| !is_escaped && !is_escape) {
                Some(written) => out.push_str(&written),
                None => out.push(c),
            }
            is_escaped = is_escape;
        }
        if out == words { Cow::Borrowed(words) } else { Cow::Owned(out) }
    }
}

/// The characters of LaTeX's own: LaTeX Project, "LaTeX for authors", special characters.
fn latex(c: char, _: &str) -> Option<Cow<'static, str>> {
    match c {
        '\\' => Some("\\textbackslash{}".into()),
        '~' => Some("\\textasciitilde{}".into()),
        '^' => Some("\\textasciicircum{}".into()),
        _ => behind_backslash(c, "%$&#_{}"),
    }
}

/// What begins a tag or a character reference; one that is there already is left.
fn html(c: char, after: &str) -> Option<Cow<'static, str>> {
    let is_reference = || {
        let name = after.split(';').next().filter(|name| name.len() < after.len())?;
        (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')).then_some(())
    };
    match c {
        '&' if is_reference().is_none() => Some("&amp;".into()),
        '<' => Some("&lt;".into()),
        '>' => Some("&gt;".into()),
        _ => None,
    }
}

fn behind_backslash(c: char, special: &str) -> Option<Cow<'static, str>> {
    special.contains(c).then(|| format!("\\{c}").into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::parse;

    #[track_caller]
    fn check(format: Format, words: &str, expected: &str) {
        assert_eq!(format.written(words), expected);
        assert_eq!(format.written(expected), expected, "a second time");
    }

    #[test]
    fn what_would_be_read_otherwise() {
        check(Format::Latex, "5% of $40 million at AT&T", "5\\% of \\$40 million at AT\\&T");
        check(Format::Latex, "a 5\\% share", "a 5\\% share");
        check(Format::Html, "AT&T, under <5", "AT&amp;T, under &lt;5");
        check(Format::Html, "AT&amp;T", "AT&amp;T");
        check(Format::Typst, "$40 million", "\\$40 million");
        check(Format::Rst, "M*A*S*H", "M\\*A\\*S\\*H");
        for format in [Format::Markdown, Format::Plain, Format::AsciiDoc, Format::Org, Format::Mail, Format::Commit] {
            check(format, "5% of $40 million & M*A*S*H", "5% of $40 million & M*A*S*H");
        }
    }

    proptest! {
        #[test]
        fn is_read_as_it_was_meant(words in "[a-z0-9$%&#_<>.,*~|-]{1,12}", latex in any::<bool>()) {
            let format = if latex { Format::Latex } else { Format::Html };
            let text = format!("It was {} there.\n", format.written(&words));
            let document = parse(text.as_str().into(), format);
            // Signs that are made by a command stand in no place of the text.
            let seen: String = document.prose.chars().filter(|c| !c.is_whitespace()).collect();
            let plain: String = words.chars().filter(|c| !"~&<>".contains(*c)).collect();
            let seen: String = seen.chars().filter(|c| !"~&<>\u{34f}".contains(*c)).collect();
            prop_assert_eq!(seen, format!("Itwas{plain}there."));
        }
    }
}
