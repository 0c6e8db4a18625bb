//! Org mode: what it exports as words, line by line, then the marks inside.

use std::ops::Range;

use super::{
    Block, BlockKind, Canvas, Meta, inline,
    inline::{Found, Inline, Mark},
    list::marker_len,
    meta,
    painter::Painter,
    plain::lines,
};

const MARKS: [Mark; 6] =
    [Mark::words("*"), Mark::words("/"), Mark::words("_"), Mark::code("="), Mark::code("~"), Mark::code("+")];

/// Blocks whose content is not prose.
const HIDDEN: [&str; 5] = ["src", "example", "comment", "export", "latex"];

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its keywords say to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let mut reader = Reader { text, painter: Painter::new(text, canvas), open: None, quoted: false, hidden: None, comment: None };
    for line in lines(text, start..text.len()) {
        reader.line(line, meta);
    }
    reader.close();
    reader.painter.finish()
}

struct Reader<'a, 'b> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    /// The paragraph that is being read.
    open: Option<(BlockKind, Range<usize>)>,
    /// Whether this place is inside a quotation.
    quoted: bool,
    /// What a line begins with that ends what is hidden around this place, in small letters.
    hidden: Option<String>,
    /// The level of the headline under which nothing is exported.
    comment: Option<usize>,
}

impl Reader<'_, '_> {
    fn line(&mut self, line: Range<usize>, meta: &mut Meta) {
        let words = self.text[line.clone()].trim_end();
        let stars = words.bytes().take_while(|b| *b == b'*').count();
        if stars > 0 && words[stars..].starts_with(' ') {
            self.headline(line.start..line.start + words.len(), stars);
            return;
        }
        let bare = words.trim_start();
        let at = line.start + words.len() - bare.len();
        let small = || bare.to_ascii_lowercase();
        if let Some(end) = &self.hidden {
            if small().starts_with(end.as_str()) {
                self.hidden = None;
            }
        } else if bare.is_empty() || self.comment.is_some() {
            self.close();
        } else if bare.starts_with("#+") {
            self.close();
            self.keyword(at, bare, meta);
        } else if bare == "#" || bare.starts_with("# ") {
            self.close();
            if self.painter.is_empty() {
                meta::remark(meta, &bare[1..]);
            }
        } else if bare == ":" || bare.starts_with(": ") || bare.len() >= 5 && bare.bytes().all(|b| b == b'-') {
            self.close();
        } else if is_drawer(bare) {
            self.close();
            self.hidden = Some(":end:".into());
        } else if let Some(name) = bare.strip_prefix("\\begin{").and_then(|rest| rest.split('}').next()) {
            self.close();
            self.hidden = Some(format!("\\end{{{}}}", name.to_ascii_lowercase()));
        } else if ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|p| bare.starts_with(p)) {
            self.close();
        } else if bare.starts_with('|') {
            self.close();
            if !bare.starts_with("|-") {
                self.row(at..line.end);
            }
        } else {
            self.prose(at..line.start + words.len(), at > line.start);
        }
    }

    fn headline(&mut self, line: Range<usize>, level: usize) {
        self.close();
        self.hidden = None;
        self.quoted = false;
        if self.comment.is_some_and(|above| level > above) {
            return;
        }
        let mut at = line.start + level;
        let mut skip = |word: &str| {
            let rest = &self.text[at..line.end];
            let bare = rest.trim_start();
            let found = bare.strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(' '));
            if found {
                at += rest.len() - bare.len() + word.len();
            }
            found
        };
        for state in ["TODO", "DONE", "NEXT", "WAITING", "CANCELLED"] {
            skip(state);
        }
        for priority in ["[#A]", "[#B]", "[#C]"] {
            skip(priority);
        }
        let comment = skip("COMMENT");
        // Tags stand at the end between colons.
        let rest = self.text[at..line.end].trim_end();
        let tags = rest.rfind([' ', '\t']).map_or(rest, |space| &rest[space + 1..]);
        let tagged = tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':');
        let end = at + if tagged { rest.len() - tags.len() } else { rest.len() };
        self.comment = (comment || tagged && tags.contains(":noexport:")).then_some(level);
        if self.comment.is_none() {
            self.open = Some((BlockKind::Heading, at..end));
            self.close();
        }
    }

    /// A line such as "#+TITLE: Boats".
    fn keyword(&mut self, at: usize, line: &str, meta: &mut Meta) {
        let small = line.to_ascii_lowercase();
        if let Some(name) = small.strip_prefix("#+begin_").and_then(|rest| rest.split_whitespace().next()) {
            if HIDDEN.contains(&name) {
                self.hidden = Some(format!("#+end_{name}"));
            }
            self.quoted |= matches!(name, "quote" | "verse");
            return;
        }
        if small.starts_with("#+end_") {
            self.quoted = false;
            return;
        }
        let Some((key, value)) = line[2..].split_once(':') else { return };
        let start = at + line.len() - value.len();
        match &*key.to_ascii_lowercase() {
            key @ ("title" | "author" | "date" | "sources" | "window") => {
                meta::suggest(meta, key, value);
                if key == "title" {
                    self.open = Some((BlockKind::Heading, start..at + line.len()));
                }
            }
            "subtitle" => self.open = Some((BlockKind::Heading, start..at + line.len())),
            "caption" => self.open = Some((BlockKind::Paragraph, start..at + line.len())),
            _ => {}
        }
        self.close();
    }

    fn row(&mut self, line: Range<usize>) {
        let mut at = line.start;
        for cell in self.text[line].split_inclusive('|') {
            self.open = Some((BlockKind::Paragraph, at..at + cell.trim_end_matches('|').len()));
            self.close();
            at += cell.len();
        }
    }

    /// A line of words.
    fn prose(&mut self, line: Range<usize>, indented: bool) {
        let words = &self.text[line.clone()];
        let marker = marker_len(words);
        // A star at the start of a line is a headline.
        if marker > 0 && (indented || !words.starts_with('*')) {
            self.close();
            let rest = &words[marker..];
            let checked = ["[ ] ", "[X] ", "[-] "].iter().any(|mark| rest.starts_with(mark));
            self.open = Some((BlockKind::ListItem, line.start + marker + if checked { 4 } else { 0 }..line.end));
            return;
        }
        if words.starts_with("[fn:")
            && let Some(label) = words.find(']')
        {
            self.close();
            self.open = Some((BlockKind::Paragraph, line.start + label + 1..line.end));
            return;
        }
        match &mut self.open {
            Some((_, open)) => open.end = line.end,
            None => self.open = Some((if self.quoted { BlockKind::BlockQuote } else { BlockKind::Paragraph }, line)),
        }
    }

    fn close(&mut self) {
        if let Some((kind, range)) = self.open.take() {
            let found = marks(self.text, range.clone());
            self.painter.block(kind, range, &found);
        }
    }
}

/// ":PROPERTIES:" and the like.
fn is_drawer(line: &str) -> bool {
    let name = line.trim_matches(':');
    line.len() == name.len() + 2
        && line.starts_with(':')
        && !name.is_empty()
        && !name.eq_ignore_ascii_case("end")
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn marks(text: &str, range: Range<usize>) -> Found {
    inline::read(text, range, &MARKS, special)
}

/// Links, notes, macros, formulas.
fn special(inline: &mut Inline<'_>, at: usize) -> Option<usize> {
    let rest = inline.rest(at);
    let whole = |inline: &mut Inline<'_>, end: &str| {
        let len = inline.until(at, end)?;
        inline.hide(at..at + len + end.len())
    };
    match rest.as_bytes().first()? {
        b'[' if rest.starts_with("[[") => {
            let len = inline.until(at, "]]")?;
            match rest[..len].find("][") {
                Some(words) => {
                    inline.hide_end(at + len..at + len + 2);
                    inline.hide(at..at + words + 2)
                }
                None => inline.hide(at..at + len + 2),
            }
        }
        b'[' if rest.starts_with("[fn:") || rest.starts_with("[cite") => whole(inline, "]"),
        b'<' if rest.starts_with("<<") => whole(inline, ">>"),
        // A time stamp says a date; its brackets do not matter.
        b'<' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => inline.hide(at..at + 1),
        b'>' if inline.before(at).is_alphanumeric() => inline.hide(at..at + 1),
        b'{' if rest.starts_with("{{{") => whole(inline, "}}}"),
        b'@' if rest.starts_with("@@") => {
            let len = inline.until(at + 2, "@@")?;
            inline.hide(at..at + len + 4)
        }
        b'\\' if rest.starts_with("\\(") => whole(inline, "\\)"),
        b'\\' if rest.starts_with("\\[") => whole(inline, "\\]"),
        b'\\' if rest.starts_with("\\\\") => inline.hide(at..at + 2),
        b'\\' => {
            let name = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let braces = if rest[1 + name..].starts_with("{}") { 2 } else { 0 };
            let end = at + 1 + name + braces;
            let c = match &rest[1..=name] {
                "" => return None,
                "euro" | "EUR" => '€',
                "pound" => '£',
                "deg" => '°',
                "ndash" => '–',
                "mdash" => '—',
                name => super::html::entity(&format!("&{name};")).and_then(|(_, c)| c).unwrap_or(' '),
            };
            if c.is_whitespace() { inline.hide(at..end) } else { inline.replace(at..end, c) }
        }
        _ => None,
    }
}
