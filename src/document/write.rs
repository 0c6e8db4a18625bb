//! An article as Markdown, to be kept: what [`parse`](super::parse) reads back as the same prose and the same [`Meta`].

use std::borrow::Cow;

use super::{Block, BlockKind, Canvas, Meta, markdown, meta, plain};
use crate::text::single_spaced;

/// The longest value in front matter, in characters. A headline is a tenth of it.
const LONGEST: usize = 1000;

/// Front matter for an article that was kept, at the time `retrieved`, which is for people and read by nobody.
#[must_use]
pub fn front_matter(meta: &Meta, retrieved: &str) -> String {
    let date = meta.published.map(|date| date.to_string());
    let fields = [
        ("title", meta.title.as_deref()),
        ("author", meta.byline.as_deref()),
        ("outlet", meta.outlet.as_deref()),
        ("date", date.as_deref()),
        ("url", meta.url.as_deref()),
        ("retrieved", Some(retrieved)),
    ];
    let write = |all: bool| {
        let mut out = "---\n".to_owned();
        for (key, value) in fields {
            let Some(value) = value.map(one_line).filter(|v| !v.is_empty()) else { continue };
            // These two are ours, and read better bare.
            let value = if matches!(key, "date" | "retrieved") { value } else { quoted(&value, all) };
            out.push_str(&format!("{key}: {value}\n"));
        }
        out + "---\n"
    };
    // A headline full of brackets would look to the reader like deeply nested YAML.
    let plain = write(false);
    if meta::is_tame(&plain) { plain } else { write(true) }
}

/// `text` on one line, without control characters, and not longer than a headline may be.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    let line = single_spaced(&text);
    line.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A value in double quotation marks. What cannot be seen, or turns the writing around it, stands as its number; with `all` also what
/// has a meaning in YAML outside of quotation marks.
fn quoted(value: &str, all: bool) -> String {
    let mut out = "\"".to_owned();
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '[' | '{' | '?' | '*' | '-' if all => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            // Joiners stay: emoji and many scripts need them.
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            '\u{fff0}'..='\u{ffff}' => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What follows the front matter of a text.
#[must_use]
pub fn body(text: &str) -> &str {
    &text[meta::front_matter(text).0..]
}

/// A plain text as Markdown that is read as the same blocks of the same sentences: markup that it holds by chance is escaped. Front
/// matter is left out.
///
/// In the prose of Markdown a blank stands for an escape, so of a word with markup inside, such as `a*b*c`, the parts come apart.
#[must_use]
pub fn to_markdown(text: &str) -> String {
    let mut canvas = Canvas::new(text);
    let blocks = plain::read(text, meta::front_matter(text).0..text.len(), &mut canvas);
    let prose = canvas.finish();
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut end = None;
    for block in &blocks {
        let words = words(block.span.of(&prose));
        if words.is_empty() {
            continue;
        }
        if let Some(end) = end {
            // Which headings stand below one another without a gap tells headlines of other stories.
            let breaks = text[end as usize..block.span.start as usize].matches('\n').count();
            out.push_str(if block.kind == BlockKind::Heading && breaks == 1 { "\n" } else { "\n\n" });
        }
        let mark = match block.kind {
            BlockKind::Heading if end.is_none() => "# ".to_owned(),
            BlockKind::Heading => "## ".to_owned(),
            BlockKind::ListItem => item(block.span.of(text), &words),
            _ => String::new(),
        };
        out.push_str(&escaped(&mark, &words, block.kind));
        end = Some(block.span.end);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The words of a piece of prose, on one line, without what does not show.
fn words(prose: &str) -> String {
    let clean: String = prose.chars().filter(|c| (c.is_whitespace() || !c.is_control()) && *c != '\u{feff}').collect();
    single_spaced(&clean)
}

/// The marker of a list item in Markdown: its number, or else a dash.
fn item(line: &str, words: &str) -> String {
    let first = words.split(' ').next().unwrap_or(words);
    let marker = &line[..line.find(first).unwrap_or(0)];
    let number: String = marker.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if number.is_empty() { "- ".to_owned() } else { format!("{number}. ") }
}

/// The words behind their mark, with as few escapes as it takes to be read as what they are.
fn escaped(mark: &str, words: &str, kind: BlockKind) -> String {
    // Without a plain space after it, "2025." at the start of a paragraph counts no items.
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let counts = digits > 0 && words[digits..].starts_with(['.', ')']);
    let words = match words.get(digits + 1..) {
        Some(rest) if counts && (rest.is_empty() || rest.starts_with(' ')) => {
            Cow::Owned(format!("{}\u{a0}{}", &words[..=digits], rest.trim_start()))
        }
        _ => Cow::Borrowed(words),
    };
    let ways = [|_: char, _: char| false, |c, before| acts(c) && before == ' ', |c, _| acts(c)];
    let mut written = String::new();
    for way in ways {
        written = mark.to_owned();
        let mut before = ' ';
        for c in words.chars() {
            if way(c, before) {
                written.push('\\');
            }
            written.push(c);
            before = c;
        }
        if reads(&written, &words, kind) {
            break;
        }
    }
    written
}

/// Whether a character may be markup.
fn acts(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '#' | '+' | '-' | '=' | '!')
}

/// Whether a line of Markdown is read as one block of these words.
fn reads(line: &str, expect: &str, kind: BlockKind) -> bool {
    // Some markup needs the end of its line.
    let line = format!("{line}\n");
    let mut canvas = Canvas::new(&line);
    let blocks = markdown::read(&line, 0, &mut canvas);
    let prose = canvas.finish();
    matches!(blocks.as_slice(), [Block { kind: k, span }] if *k == kind && words(span.of(&prose)) == words(expect))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Format, parse};

    /// Front matter of these fields, which the reader must give back.
    #[track_caller]
    fn round(title: &str, url: &str) -> String {
        let meta = Meta {
            title: Some(title.to_owned()),
            byline: Some(format!("Jo {title}")),
            outlet: Some("The Orlen Courier".into()),
            published: Some(date(2026, 3, 9)),
            url: Some(url.to_owned()),
            ..Meta::default()
        };
        let written = front_matter(&meta, "2026-03-12T08:00:00Z");
        let (start, read, problems) = meta::front_matter(&written);
        assert_eq!((start, problems), (written.len(), Vec::new()), "{written}");
        let line = |text: &Option<String>| text.as_deref().map(one_line).filter(|t| !t.is_empty());
        assert_eq!(read, Meta { title: line(&meta.title), byline: line(&meta.byline), ..meta }, "{written}");
        written
    }

    #[test]
    fn front_matter_is_read_back() {
        let url = "https://courier.test/a?b=[1]&c=*#d";
        for title in [
            "Levee breach floods Orlen Falls",
            "“No”: the board's answer – 'no', \"no\" \\ no",
            "a: b # c",
            "---",
            "line\nurl: https://evil.test\n---\nbody",
            "line\r\n\u{85}two\u{2028}three\u{0}\u{1b}[31m",
            "🌊 Flood 👩\u{200d}👧",
            "\u{202e}desrever\u{2066}",
            "null",
            "2026",
            "[x](y) {a: b} * & ! % @ `",
            "\u{feff}\u{fffe}\u{ffff}",
            &"[?".repeat(200),
            &"- - ".repeat(90),
            &"\"\\".repeat(3000),
            "",
        ] {
            round(title, url);
        }
        assert!(round("a\u{202e}b", url).contains(r"a\u202Eb"));
        assert!(!round("a\n---\nb", url).contains("\n---\nb"));
    }

    /// The sentences of a text, their white space as one space.
    fn sentences(text: &str, format: Format) -> Vec<String> {
        // The layer above, which is what all this is for.
        let prose = crate::prose::Prose::read(Arc::new(parse(text.into(), format)));
        (0..prose.sentences.len()).map(|i| words(prose.str(prose.words(i)))).collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let written = to_markdown(text);
        assert_eq!(written, expect);
        assert_eq!(sentences(&written, Format::Markdown), sentences(text, Format::Plain));
    }

    #[test]
    fn plain_text_as_markdown() {
        check(
            "Levee Breach Floods Town\n\nThe river rose. Nobody was hurt.\n\nWhat we know\n• Forty boats sank.\n12) The crew lives.\n",
            "# Levee Breach Floods Town\n\nThe river rose. Nobody was hurt.\n## What we know\n\n- Forty boats sank.\n\n12. The crew lives.\n"
                .replace("hurt.\n##", "hurt.\n\n##")
                .as_str(),
        );
        check("2025. A year to forget, she said.", "2025.\u{a0}A year to forget, she said.\n");
        check("It was 5 * 6 and snake_case and AT&T’s <3.", "It was 5 * 6 and snake_case and AT&T’s <3.\n");
        check("He said *no* to [them](all), `x`.", "He said \\*no* to \\[them](all), \\`x`.\n");
        check("#metoo came. > more", "#metoo came. > more\n");
        check("-5 degrees was the low.", "-5 degrees was the low.\n");
        check("[1]: a note, it says.", "[1]: a note, it says.\n");
        check("[1]: harbour.", "\\[1]: harbour.\n");
        check("<!-- nothing, he said.", "\\<!-- nothing, he said.\n");
        check("RELATED: Mayor quits over gifts\nFerry hits pier\n", "# RELATED: Mayor quits over gifts\n## Ferry hits pier\n");
        check("", "");
    }

    const PIECES: [&str; 52] = [
        "The river rose",
        " and ",
        "Forty boats",
        " sank",
        ". ",
        ".",
        "\n",
        "\n\n",
        "\r\n\r\n",
        "• ",
        "1) ",
        "2. ",
        "(a) ",
        "- ",
        "* ",
        "+ ",
        "# ",
        "> ",
        "~~~ ",
        "``` ",
        " *bold* ",
        " _it_ ",
        " ~~out~~ ",
        " [x](y) ",
        " [x][y] ",
        "[x]: y",
        "[^1]: ",
        " [^1] ",
        "<div> ",
        " <b>in</b> ",
        "<!-- ",
        "<?php ",
        " &amp; ",
        " &#65; ",
        " \\ ",
        " <https://x.y> ",
        "| a | b |",
        "|---|---|",
        "---",
        "===",
        "    ",
        "\t",
        "\u{a0}",
        "\0",
        "\u{feff}",
        "[ ] ",
        "![x](y)",
        "$5 (about £4)",
        "2025. ",
        "By Jane Roe",
        "“No,” she said",
        "\\",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn the_same_sentences_are_read(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14)) {
            let text = pieces.concat();
            let written = to_markdown(&text);
            let bare = |sentences: Vec<String>| sentences.concat().replace(' ', "");
            prop_assert_eq!(
                bare(sentences(&written, Format::Markdown)),
                bare(sentences(&text, Format::Plain)),
                "{:?}", written
            );
        }

        #[test]
        fn any_text_can_be_kept(text in "\\PC{0,60}", title in any::<String>()) {
            let written = to_markdown(&text);
            let bare = |sentences: Vec<String>| sentences.concat().replace(' ', "");
            prop_assert_eq!(bare(sentences(&written, Format::Markdown)), bare(sentences(&text, Format::Plain)), "{:?}", written);
            round(&title, "https://x.test/");
        }
    }
}
