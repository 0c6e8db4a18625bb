//! Text of others on its way to a screen. It stays data: it never becomes a link, an image, HTML or a command, and nothing in it turns
//! the writing around it.

/// `text` without what acts on a screen instead of being shown there: control characters and marks that turn the direction of writing
/// become U+FFFD, line and paragraph separators line breaks. LF stays, CRLF and CR become LF, a tab a space.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\n' | '\u{2028}' | '\u{2029}' => '\n',
            '\r' => {
                chars.next_if_eq(&'\n');
                '\n'
            }
            '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        });
    }
    out
}

/// [`plain`], on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` as Markdown that shows exactly this text, on one line. It may stand at the start of a block.
///
/// Only what could act is escaped, for some editors show Markdown as it is written.
#[must_use]
pub fn markdown(text: &str) -> String {
    escape(&[&one_line(text)]).concat()
}

/// A sentence as Markdown, its middle part in bold type where CommonMark allows that. White space stays but for line breaks, which
/// become spaces.
pub(super) fn markdown_marked(parts: &[String; 3]) -> String {
    let [before, inner, after] = parts.each_ref().map(|part| plain(part).replace('\n', " "));
    let before = if before.trim().is_empty() { String::new() } else { before };
    let bold = may_be_bold(&before, &inner, &after);
    let [before, inner, after] = escape(&[before.trim_start(), &inner, &after]).try_into().unwrap_or_default();
    if bold { format!("{before}**{inner}**{after}") } else { before + &inner + &after }
}

/// Whether `**` opens and closes bold type around `inner`: CommonMark's rule of left- and right-flanking delimiter runs, on the safe
/// side where a character may or may not be punctuation.
fn may_be_bold(before: &str, inner: &str, after: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || "“”‘’«»–—…".contains(c));
    let flanks = |inner: Option<char>, outer: Option<char>| match inner {
        None => false,
        Some(c) if c.is_whitespace() => false,
        Some(c) => c.is_alphanumeric() || is_edge(outer),
    };
    flanks(inner.chars().next(), before.chars().next_back()) && flanks(inner.chars().next_back(), after.chars().next())
}

/// Escapes parts of one line, as one text, so that nothing joins at their seams.
fn escape(parts: &[&str]) -> Vec<String> {
    let text = parts.concat();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    // What would begin a heading, an item or a quotation; of a numbered item the mark behind the digits.
    let block = match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => Some(digits),
        Some('#' | '+' | '-' | '=' | '>') if digits == 0 => Some(0),
        _ => None,
    };
    let (mut at, mut before) = (0, ' ');
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let mut escaped = String::with_capacity(part.len() + 8);
        for c in part.chars() {
            let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let acts = match c {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' => true,
                // An entity.
                '&' => is_entity(&text[at + 1..]),
                // Bare addresses, which many renderers make links of.
                ':' => after == '/' || is_scheme(&text[..at]),
                '.' => ends_with_www(&text[..at]),
                '@' => !before.is_whitespace() && after.is_alphanumeric(),
                // An icon, in some editors.
                '$' => after == '(',
                _ => false,
            };
            if acts || block == Some(at) {
                escaped.push('\\');
            }
            escaped.push(c);
            before = c;
            at += c.len_utf8();
        }
        out.push(escaped);
    }
    out
}

/// Whether an ampersand before this would begin a character reference.
fn is_entity(after: &str) -> bool {
    let name = after.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    name.starts_with(';') && name.len() < after.len()
}

/// Whether a colon here would end the scheme of an address that needs no slashes.
fn is_scheme(before: &str) -> bool {
    const SCHEMES: [&str; 4] = ["mailto", "xmpp", "command", "javascript"];
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    SCHEMES.iter().any(|s| word.eq_ignore_ascii_case(s))
}

fn ends_with_www(before: &str) -> bool {
    before.len().checked_sub(3).and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What a renderer makes of the escaped text: nothing but this text in one paragraph.
    #[track_caller]
    fn check(text: &str) {
        let written = markdown(text);
        let mut shown = String::new();
        for event in Parser::new_ext(&written, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => shown.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => panic!("{text:?} became {other:?} in {written:?}"),
            }
        }
        assert_eq!(shown, one_line(text), "{written:?}");
    }

    #[test]
    fn acts_as_nothing() {
        for text in [
            "[click](command:workbench.action.quit) ![x](http://e.test/x.png)",
            "<img src=x onerror=alert(1)> <!-- x --> <b>bold</b> &lt; &amp &#60;",
            "**bold** _it_ __x__ ~~gone~~ `code` ``",
            "# Heading",
            "- item",
            "+ item",
            "> quoted",
            "1. first",
            "2024) said",
            "=====",
            "---",
            "| a | b |",
            "back\\slash \\* \\",
            "[^1]: note",
            "a line\n# not a heading\n\n- nor an item",
        ] {
            check(text);
        }
    }

    #[test]
    fn marks_the_middle() {
        let marked = |a: &str, b: &str, c: &str| markdown_marked(&[a, b, c].map(str::to_owned));
        assert_eq!(marked("It took ", "$5", " of it."), "It took **$5** of it.");
        assert_eq!(marked("“", "Yes.", "” he said"), "“**Yes.**” he said");
        assert_eq!(marked("", "1.", " May"), r"**1\.** May");
        assert_eq!(marked("see *", "x*y\nz", ""), r"see \***x\*y z**");
        // Where bold type would not open or close, none is tried.
        assert_eq!(marked("a", "$5", " b"), "a$5 b");
        assert_eq!(marked("at 5 ", "p.m.", "sharp"), "at 5 p.m.sharp");
        assert_eq!(marked("none", "", " here"), "none here");
        assert_eq!(marked("https:", "//e.test", ""), r"https\:**//e.test**");
    }

    #[test]
    fn bold_type_is_what_a_renderer_sees() {
        for (a, b, c) in [("It took ", "$5", " of it."), ("“", "Yes.", "” he said"), ("(", "“No”", ")"), ("x ", "é", "y")]
        {
            let written = markdown_marked(&[a, b, c].map(str::to_owned));
            let strong = Parser::new(&written).any(|e| matches!(e, Event::Start(Tag::Strong)));
            assert!(strong, "{written:?}");
        }
    }

    #[test]
    fn no_bare_address_stays_whole() {
        assert_eq!(markdown("see https://e.test/x or www.e.test"), r"see https\://e.test/x or www\.e.test");
        assert_eq!(markdown("write to mailto:a@e.test"), r"write to mailto\:a\@e.test");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in
            ["He paid $1,200.50 (about €1,100) – 5% more.", "“Yes,” she said: it’s 5:30 p.m.", "Q&A at Smith & Co. #3 @desk 3-1"]
        {
            assert_eq!(markdown(text), text);
        }
    }

    #[test]
    fn marks_that_turn_the_writing_are_shown() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{1b}[31m\0"), "a\u{fffd}b\u{fffd}c\u{fffd}[31m\u{fffd}");
        assert_eq!(plain("a\r\nb\rc\td\u{2028}e"), "a\nb\nc d\ne");
        assert_eq!(plain("👩\u{200d}👧 né"), "👩\u{200d}👧 né");
    }
}
