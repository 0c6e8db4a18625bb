//! AsciiDoc: what it shows as words, line by line, then the marks inside.

use std::ops::Range;

use super::{
    Block, BlockKind, Canvas, Meta, html, inline,
    inline::{Found, Inline, Mark},
    list::marker_len,
    meta,
    painter::Painter,
    plain::lines,
};

const MARKS: [Mark; 10] = [
    Mark::words("**").loose(),
    Mark::words("__").loose(),
    Mark::code("``").loose(),
    Mark::words("##").loose(),
    Mark::words("++").loose(),
    Mark::words("*"),
    Mark::words("_"),
    Mark::code("`"),
    Mark::words("#"),
    Mark::words("+"),
];

/// What a block attribute such as `[quote]` makes of what follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Prose,
    Quote,
    Hidden,
}

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its header says to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let mut reader = Reader {
        text,
        painter: Painter::new(text, canvas),
        open: None,
        next: Next::Prose,
        quote: None,
        hidden: None,
        literal: false,
        table: false,
        list: false,
    };
    let lines = lines(text, start..text.len());
    let body = reader.header(&lines, meta);
    for line in &lines[body..] {
        reader.line(line.clone(), meta);
    }
    reader.close();
    reader.painter.finish()
}

struct Reader<'a, 'b> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    /// The paragraph that is being read.
    open: Option<(BlockKind, Range<usize>)>,
    next: Next,
    /// The line that ends the quotation around this place.
    quote: Option<&'a str>,
    /// The line that ends what is hidden around this place.
    hidden: Option<&'a str>,
    /// Whether the paragraph around this place is not prose.
    literal: bool,
    table: bool,
    /// Whether the last block was an item: what is indented below it is its.
    list: bool,
}

impl<'a> Reader<'a, '_> {
    /// The title with the lines below it; gives the number of lines that were read.
    fn header(&mut self, lines: &[Range<usize>], meta: &mut Meta) -> usize {
        let words = |line: &Range<usize>| self.text[line.clone()].trim_end();
        let is_comment = |line: &str| line.starts_with("//") && !line.starts_with("///");
        let before =
            lines.iter().take_while(|l| words(l).is_empty() || is_comment(words(l)) || attribute(words(l)).is_some()).count();
        let Some(title) = lines.get(before).filter(|l| words(l).starts_with("= ")).cloned() else { return 0 };
        let below = lines[before + 1..].iter().take_while(|l| !words(l).trim().is_empty()).count();
        let mut named = false;
        for line in lines[..before].iter().chain(&lines[before + 1..before + 1 + below]) {
            let line = self.text[line.clone()].trim();
            if let Some((key, value)) = attribute(line) {
                said(meta, key, value);
            } else if is_comment(line) {
                meta::remark(meta, line.trim_start_matches('/'));
            } else if line.starts_with(|c: char| c.is_ascii_digit()) || line.starts_with('v') && line.contains(',') {
                meta::suggest(meta, "date", line);
            } else if !line.is_empty() && !std::mem::replace(&mut named, true) {
                // "Jane Roe <jane@roe.test>; John Doe"
                let names = line.split(';').map(|name| name.split('<').next().unwrap_or(name).trim()).collect::<Vec<_>>();
                meta::suggest(meta, "author", &names.join(", "));
            }
        }
        self.paragraph(BlockKind::Heading, title.start + 2..title.end);
        self.close();
        before + 1 + below
    }

    fn line(&mut self, line: Range<usize>, meta: &mut Meta) {
        let words = self.text[line.clone()].trim_end();
        let bare = words.trim_start();
        if let Some(end) = self.hidden {
            if words == end {
                self.hidden = None;
            }
            return;
        }
        if bare.is_empty() {
            self.close();
            self.literal = false;
            return;
        }
        if words == "|===" || words == "!===" || words == ",===" {
            self.close();
            self.table = !self.table;
        } else if is_delimiter(words, b"-.+/`") {
            self.close();
            self.hidden = Some(if words.starts_with("```") { "```" } else { words });
            self.next = Next::Prose;
        } else if is_delimiter(words, b"_") || self.quote == Some(words) {
            self.close();
            self.quote = if self.quote.is_some() { None } else { Some(words) };
            self.next = Next::Prose;
        } else if is_delimiter(words, b"=*") || words == "--" {
            self.close();
            self.quote = (self.next == Next::Quote && self.quote.is_none()).then_some(words);
            self.next = Next::Prose;
        } else if words.starts_with("//") && !words.starts_with("///") {
            if self.painter.is_empty() {
                meta::remark(meta, words.trim_start_matches('/'));
            }
        } else if let Some((key, value)) = attribute(words) {
            self.close();
            if self.painter.is_empty() {
                said(meta, key, value);
            }
        } else if words.starts_with('[') && words.ends_with(']') && self.open.is_none() {
            self.attributes(words);
        } else if matches!(words, "+" | "'''" | "<<<" | "***" | "---") || is_macro(words) {
            self.close();
        } else if self.literal {
        } else if self.table {
            self.row(line);
        } else {
            self.prose(line, words.len() - bare.len());
        }
    }

    /// A line of words, indented by so many bytes.
    fn prose(&mut self, line: Range<usize>, indent: usize) {
        let words = &self.text[line.start + indent..line.end];
        let level = words.bytes().take_while(|b| *b == b'=').count();
        let at = line.start + indent;
        if self.open.is_none() && (self.next == Next::Hidden || indent > 0 && !self.list && item(words) == 0) {
            self.literal = true;
            self.next = Next::Prose;
        } else if indent == 0 && (1..=6).contains(&level) && words[level..].starts_with(' ') {
            self.close();
            self.list = false;
            self.paragraph(BlockKind::Heading, at + level..line.end);
            self.close();
        } else if indent == 0 && words.starts_with('.') && words[1..].starts_with(|c: char| !c.is_whitespace() && c != '.') {
            // The title of what follows.
            self.close();
            self.paragraph(BlockKind::Paragraph, at + 1..line.end);
            self.close();
        } else if item(words) > 0 {
            self.close();
            self.list = true;
            self.paragraph(BlockKind::ListItem, at + item(words)..line.end);
        } else if self.open.is_some() {
            self.paragraph(BlockKind::Paragraph, at..line.end);
        } else {
            let label = ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "].iter().find(|l| words.starts_with(**l));
            let kind = match self.quote.is_some() || self.next == Next::Quote {
                true => BlockKind::BlockQuote,
                false => BlockKind::Paragraph,
            };
            self.list &= indent > 0;
            self.next = Next::Prose;
            self.paragraph(kind, at + label.map_or(0, |l| l.len())..line.end);
        }
    }

    /// A line of a table: its cells begin with a bar.
    fn row(&mut self, line: Range<usize>) {
        let words = &self.text[line.clone()];
        let mut at = line.start;
        for part in words.split_inclusive('|') {
            let end = at + part.trim_end_matches('|').len();
            self.paragraph(BlockKind::Paragraph, at..end);
            at += part.len();
            if part.ends_with('|') {
                self.close();
            }
        }
        self.close();
    }

    /// A line such as `[quote, Jane Roe]`.
    fn attributes(&mut self, words: &str) {
        let name = words.trim_matches(['[', ']']).split([',', '#', '.', '%']).next().unwrap_or("").trim();
        self.next = match name {
            "quote" | "verse" => Next::Quote,
            "source" | "listing" | "literal" | "stem" | "latexmath" | "asciimath" | "pass" | "comment" | "plantuml"
            | "mermaid" => Next::Hidden,
            _ => self.next,
        };
    }

    fn paragraph(&mut self, kind: BlockKind, range: Range<usize>) {
        match &mut self.open {
            Some((_, open)) => open.end = range.end,
            None => self.open = Some((kind, range)),
        }
    }

    fn close(&mut self) {
        if let Some((kind, range)) = self.open.take() {
            let found = marks(self.text, range.clone());
            self.painter.block(kind, range, &found);
        }
    }
}

/// Whether a line is four times or more one of these characters.
fn is_delimiter(line: &str, of: &[u8]) -> bool {
    let first = line.as_bytes().first().copied().unwrap_or(b' ');
    of.contains(&first)
        && (line.len() >= 4 && line.bytes().all(|b| b == first)
            || first == b'`' && line.starts_with("```") && !line[3..].contains('`'))
}

/// The name and value of a line such as ":author: Jane Roe".
fn attribute(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!'));
    (named && (value.is_empty() || value.starts_with(' '))).then_some((key, value.trim()))
}

fn said(meta: &mut Meta, key: &str, value: &str) {
    match key {
        "revdate" | "docdate" => meta::suggest(meta, "date", value),
        "title" | "doctitle" => meta::suggest(meta, "title", value),
        "author" | "date" | "sources" | "window" | "publisher" => meta::suggest(meta, key, value),
        _ => {}
    }
}

/// Whether a line is a macro that stands for a block: "image::boat.jpg[A boat]".
fn is_macro(line: &str) -> bool {
    let name = line.bytes().take_while(u8::is_ascii_alphanumeric).count();
    name > 0 && line[name..].starts_with("::") && line.ends_with(']') && !line[name + 2..].starts_with(' ')
}

/// Bytes of the marker of an item at the start of a line, with the space after it; of a described term nothing is a marker.
fn item(line: &str) -> usize {
    let run = |mark: u8| line.bytes().take_while(|b| *b == mark).count();
    let stars = run(b'*').max(run(b'.'));
    let after = |len: usize| if (1..=5).contains(&len) && line[len..].starts_with(' ') { len + 1 } else { 0 };
    let len = after(stars).max(marker_len(line));
    match line[len..]
        .strip_prefix("[ ] ")
        .or_else(|| line[len..].strip_prefix("[x] "))
        .or_else(|| line[len..].strip_prefix("[*] "))
    {
        Some(rest) if len > 0 => line.len() - rest.len(),
        _ => len,
    }
}

fn marks(text: &str, range: Range<usize>) -> Found {
    inline::read(text, range, &MARKS, special)
}

/// Macros, links, references, escapes.
fn special(inline: &mut Inline<'_>, at: usize) -> Option<usize> {
    let rest = inline.rest(at);
    match rest.as_bytes().first()? {
        b'\\' if rest[1..].starts_with(['*', '_', '`', '#', '+', '{', '<', '[', '&', '\\']) => {
            inline.hide(at..at + 1);
            Some(at + 2)
        }
        // "`Curly quotation marks`": the mark goes beside the word.
        b'"' | b'\'' if rest[1..].starts_with('`') && !inline.before(at).is_alphanumeric() => {
            inline.hide(at..at + 1);
            inline.replace(at + 1..at + 2, char::from(rest.as_bytes()[0]))
        }
        b'`' if rest[1..].starts_with(['"', '\'']) && !inline.before(at).is_whitespace() => {
            inline.replace(at..at + 1, char::from(rest.as_bytes()[1]));
            inline.hide(at + 1..at + 2)
        }
        b'{' => {
            let len = inline.until(at, "}").filter(|len| !rest[..*len].contains(char::is_whitespace))?;
            inline.hide(at..at + len + 1)
        }
        b'<' if rest.starts_with("<<") => {
            let len = inline.until(at, ">>")?;
            inline.hide_end(at + len..at + len + 2);
            let words = rest[..len].find(',').map_or(len, |comma| comma + 1);
            inline.hide(at..at + words)
        }
        b'[' if rest.starts_with("[[") => {
            let len = inline.until(at, "]]")?;
            inline.hide(at..at + len + 2)
        }
        b'[' => {
            // The role of marked words.
            let len = inline.until(at, "]")?;
            rest[len + 1..].starts_with(['#', '*', '_', '`']).then(|| inline.hide(at..at + len + 1))?
        }
        b'(' if rest.starts_with("(((") => {
            let len = inline.until(at, ")))")?;
            inline.hide(at..at + len + 3)
        }
        b'(' if rest.starts_with("((") => inline.hide(at..at + 2),
        b')' if rest.starts_with("))") => inline.hide(at..at + 2),
        b'+' if inline.before(at) == ' ' && rest[1..].starts_with(['\n', '\r']) => inline.hide(at..at + 1),
        b'&' => {
            let (len, c) = html::entity(rest)?;
            match c {
                Some(c) => inline.replace(at..at + len, c),
                None => inline.hide(at..at + len),
            }
        }
        b if b.is_ascii_alphabetic() && !inline.before(at).is_alphanumeric() => call(inline, at),
        _ => None,
    }
}

/// A macro inside a sentence: "link:a.html[words]", "https://x.test[words]", "footnote:[Note.]".
fn call(inline: &mut Inline<'_>, at: usize) -> Option<usize> {
    let rest = inline.rest(at);
    let name = rest.bytes().take(14).take_while(u8::is_ascii_alphanumeric).count();
    if !rest[name..].starts_with(':') {
        return None;
    }
    let near = &rest[..rest.floor_char_boundary(600)];
    let target = near.find(|c: char| c.is_whitespace() || c == '[').filter(|i| near[*i..].starts_with('['))?;
    let len = inline.until(at + target, "]")?;
    let close = at + target + len;
    if matches!(&rest[..name], "http" | "https" | "link" | "xref" | "mailto" | "ftp") {
        // After a caret the page opens elsewhere.
        let caret = usize::from(rest[..close - at].ends_with('^'));
        inline.hide_end(close - caret..close + 1);
        return inline.hide(at..at + target + 1);
    }
    inline.hide(at..close + 1)
}
