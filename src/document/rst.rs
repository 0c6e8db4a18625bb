//! reStructuredText: what it shows as words, line by line, then the marks inside.

use std::ops::Range;

use super::{
    Block, BlockKind, Canvas, Meta, inline,
    inline::{Inline, Mark},
    list::marker_len,
    meta,
    painter::Painter,
    plain::lines,
};

const MARKS: [Mark; 3] = [Mark::code("``"), Mark::words("**"), Mark::words("*")];

/// Directives whose content is prose, and whether what stands behind their name is too.
const PROSE: [(&str, bool); 20] = [
    ("note", true),
    ("warning", true),
    ("important", true),
    ("tip", true),
    ("hint", true),
    ("attention", true),
    ("caution", true),
    ("danger", true),
    ("error", true),
    ("epigraph", false),
    ("highlights", false),
    ("pull-quote", false),
    ("container", false),
    ("figure", false),
    ("compound", false),
    ("admonition", true),
    ("topic", true),
    ("sidebar", true),
    ("rubric", true),
    ("centered", true),
];

/// Roles that are words of the sentence.
const WORDS: [&str; 8] = ["emphasis", "strong", "sub", "sup", "subscript", "superscript", "title-reference", "abbr"];

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its fields say to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let mut reader = Reader {
        text,
        painter: Painter::new(text, canvas),
        open: None,
        indent: 0,
        hidden: None,
        shown: None,
        item: None,
        fields: true,
    };
    let lines = lines(text, start..text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = |n: usize| lines.get(at + n).map_or("", |l| text[l.clone()].trim_end());
        let words = text[line.clone()].trim_end();
        let rule = rule(words);
        if reader.hidden.is_none()
            && rule.is_some()
            && !next(1).trim().is_empty()
            && rule == self::rule(next(2))
            && !is_table(words)
        {
            // A title between two lines.
            reader.title(lines[at + 1].clone());
            at += 3;
        } else if reader.hidden.is_none() && reader.open.is_none() && is_title(words, next(1)) {
            reader.title(line.clone());
            at += 2;
        } else {
            reader.line(line.clone(), meta);
            at += 1;
        }
    }
    reader.close();
    reader.painter.finish()
}

struct Reader<'a, 'b> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    /// The paragraph that is being read.
    open: Option<(BlockKind, Range<usize>)>,
    /// How far its first line is indented.
    indent: usize,
    /// Lines that are indented further than this are not prose.
    hidden: Option<usize>,
    /// The same of lines that are, as content of a directive.
    shown: Option<usize>,
    /// Where the words of the last item begin in their line.
    item: Option<usize>,
    /// Whether fields may stand here that say something of the draft: above the first paragraph.
    fields: bool,
}

impl Reader<'_, '_> {
    fn title(&mut self, line: Range<usize>) {
        self.close();
        (self.shown, self.item) = (None, None);
        self.open = Some((BlockKind::Heading, line));
        self.close();
    }

    fn line(&mut self, line: Range<usize>, meta: &mut Meta) {
        let words = self.text[line.clone()].trim_end();
        let bare = words.trim_start();
        let indent = words.len() - bare.len();
        let at = line.start + indent;
        if bare.is_empty() {
            self.close();
            return;
        }
        if let Some(hidden) = self.hidden {
            if indent > hidden {
                return;
            }
            self.hidden = None;
        }
        if self.shown.is_some_and(|shown| indent <= shown) {
            self.shown = None;
        }
        if bare == ".." || bare.starts_with(".. ") {
            self.close();
            self.explicit(line, indent, meta);
        } else if let Some((key, value)) = field(bare).filter(|_| self.open.is_none()) {
            // Also the options of a directive.
            if self.shown.is_none() && self.fields {
                let key = key.to_ascii_lowercase();
                if matches!(key.as_str(), "author" | "authors" | "date" | "sources" | "window" | "organization") {
                    meta::suggest(meta, if key == "organization" { "outlet" } else { &key }, value);
                }
            } else if self.shown.is_none() {
                self.fields = false;
                self.open = Some((BlockKind::ListItem, at + bare.len() - value.len()..line.start + words.len()));
                self.close();
            }
        } else if rule(bare).is_some()
            || is_table(bare)
            || bare.starts_with(">>>")
            || bare.starts_with("__ ")
            || bare.starts_with("+-")
        {
            self.close();
            self.hidden = bare.starts_with(">>>").then_some(indent);
        } else if bare.starts_with("| ") {
            // A line of a verse, or a row of a table.
            self.close();
            if bare.ends_with('|') {
                self.row(at..line.start + words.len())
            } else {
                self.open = Some((self.kind(indent), at + 2..line.end))
            }
            self.close();
        } else {
            self.prose(at..line.start + words.len(), indent);
        }
    }

    /// A line of words.
    fn prose(&mut self, line: Range<usize>, indent: usize) {
        self.fields = false;
        let words = &self.text[line.clone()];
        let marker = if words.starts_with("#. ") { 3 } else { marker_len(words) };
        match &mut self.open {
            // What is indented below a term says what it means.
            Some((BlockKind::Paragraph | BlockKind::BlockQuote, _)) if indent > self.indent => {
                self.close();
                self.item = Some(indent);
                self.open = Some((BlockKind::ListItem, line.clone()));
                self.indent = indent;
            }
            Some((kind, open)) if marker == 0 || *kind == BlockKind::Paragraph => open.end = line.end,
            _ if marker > 0 => {
                self.close();
                self.item = Some(indent + marker);
                self.open = Some((BlockKind::ListItem, line.start + marker..line.end));
                self.indent = indent;
            }
            _ => {
                self.item = self.item.filter(|item| indent >= *item);
                self.open = Some((self.kind(indent), line.clone()));
                self.indent = indent;
            }
        }
        // Two colons say that what follows is written as it stands.
        if words.ends_with("::") {
            self.hidden = Some(self.indent.min(indent));
            if let Some((_, open)) = &mut self.open {
                open.end = line.end - 1;
            }
            self.close();
        }
    }

    /// The kind of a paragraph that is so far indented.
    fn kind(&self, indent: usize) -> BlockKind {
        match self.item {
            Some(item) if indent >= item => BlockKind::ListItem,
            _ if indent > 0 && self.shown.is_none() => BlockKind::BlockQuote,
            _ => BlockKind::Paragraph,
        }
    }

    /// A line that begins with two full stops: a note, a directive, a comment.
    fn explicit(&mut self, line: Range<usize>, indent: usize, meta: &mut Meta) {
        let words = &self.text[line.clone()];
        let rest = words[indent + 2..].trim_start();
        let start = line.end - rest.len();
        let note = rest.strip_prefix('[').and_then(|r| r.find("] "));
        let directive = rest.split_once("::").filter(|(name, _)| !name.contains(char::is_whitespace));
        let prose = directive.and_then(|(name, value)| Some((PROSE.iter().find(|(known, _)| *known == name)?.1, value)));
        if let Some(label) = note {
            self.item = Some(indent + 1);
            self.indent = usize::MAX;
            self.open = Some((BlockKind::Paragraph, start + label + 3..line.end));
        } else if let Some((is_titled, value)) = prose {
            self.shown = Some(indent);
            self.item = None;
            if is_titled && !value.trim().is_empty() {
                self.open = Some((BlockKind::Paragraph, line.end - value.len()..line.end));
                self.indent = usize::MAX;
            }
        } else {
            self.hidden = Some(indent);
            if directive.is_none() && self.fields {
                meta::remark(meta, rest);
            }
        }
    }

    fn row(&mut self, line: Range<usize>) {
        let mut at = line.start;
        for cell in self.text[line].split_inclusive('|') {
            self.open = Some((BlockKind::Paragraph, at..at + cell.trim_end_matches('|').len()));
            self.close();
            at += cell.len();
        }
    }

    fn close(&mut self) {
        if let Some((kind, range)) = self.open.take() {
            let found = inline::read(self.text, range.clone(), &MARKS, special);
            self.painter.block(kind, range, &found);
        }
    }
}

/// The mark of which a line has nothing else, four times or more.
fn rule(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    (first.is_ascii_punctuation() && line.len() >= 4 && line.bytes().all(|b| b == first)).then_some(first)
}

/// Whether the line below makes a title of a line.
fn is_title(line: &str, below: &str) -> bool {
    let first = below.as_bytes().first().copied().unwrap_or(b' ');
    let underlined = first.is_ascii_punctuation() && below.len() >= 3 && below.bytes().all(|b| b == first);
    underlined
        && below != "..."
        && !line.starts_with([' ', '.'])
        && !line.is_empty()
        && rule(line).is_none()
        && below.len() + 2 >= line.chars().count()
}

/// A line of two or more rules: the edge of a table.
fn is_table(line: &str) -> bool {
    line.starts_with("==") && line.contains(' ') && line.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// The name and value of a line such as ":Date: 2026-03-09".
fn field(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    (!key.is_empty() && !key.contains('`') && (value.is_empty() || value.starts_with(' '))).then_some((key, value.trim()))
}

/// Roles, links, references, escapes.
fn special(inline: &mut Inline<'_>, at: usize) -> Option<usize> {
    let rest = inline.rest(at);
    match rest.as_bytes().first()? {
        // An escaped blank joins what stands around it.
        b'\\' => {
            let next = rest[1..].chars().next()?;
            inline.hide(at..at + 1);
            Some(at + 1 + next.len_utf8())
        }
        b':' if !inline.before(at).is_alphanumeric() => {
            let name = rest[1..]
                .bytes()
                .take(40)
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'+' | b'.'));
            let name = name.count();
            let role = rest[1..=name].strip_suffix(':')?;
            let words = at + name + 1;
            let len = rest[name + 1..].starts_with('`').then(|| inline.until(words + 1, "`"))??;
            if !WORDS.contains(&role) {
                return inline.hide(at..words + len + 2);
            }
            inline.hide_end(words + len + 1..words + len + 2);
            inline.hide(at..words + 1)
        }
        b'`' if !rest.starts_with("``") => {
            let len = inline.until(at + 1, "`")?;
            let close = at + 1 + len;
            let target =
                inline.rest(at)[..len + 1].rfind('<').filter(|i| *i > 1 && inline.rest(at)[..len + 1].ends_with('>') && *i < len);
            let after = inline.rest(close + 1);
            let marks = after.bytes().take(2).take_while(|b| *b == b'_').count();
            inline.hide_end(target.map_or(close, |i| at + i)..close + 1 + marks);
            inline.hide(at..at + 1)
        }
        b'[' => {
            let len = inline.until(at, "]_")?;
            let label = rest[1..len].chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '*' | '-' | '_' | '.'));
            label.then(|| inline.hide(at..at + len + 2))?
        }
        b'|' if !inline.before(at).is_alphanumeric() && !rest[1..].starts_with(char::is_whitespace) => {
            let len = inline.until(at + 1, "|")?;
            (len > 0).then(|| inline.hide(at..at + len + 2))?
        }
        b'_' if inline.before(at).is_alphanumeric() && !inline.after(at + 1).is_alphanumeric() => inline.hide(at..at + 1),
        _ => None,
    }
}
