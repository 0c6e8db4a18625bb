//! Typst: one pass over the source, with a stack of what surrounds a place. Code is blank, the content in it is read.
//!
//! Typst's own parser gives exact places too, but brings eighteen crates with it, more than all else that reads a draft.

mod scan;

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use scan::{name_len, settings, statement, string};

use super::{Block, BlockKind, Canvas, Meta, list::marker_len, meta, painter::Painter};

/// What a function does to its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// It is part of the sentence.
    Inline,
    /// It is a block of its own.
    Block(BlockKind),
    /// It is not prose.
    Hidden,
    /// It is quoted: part of the sentence, in marks.
    Quoted,
    /// It is a note, which is read if it interrupts no sentence.
    Note,
}

static FUNCTIONS: LazyLock<HashMap<&str, Content>> = LazyLock::new(|| {
    let lines = include_str!("../data/typst.txt").lines().filter_map(|line| line.split_once(' '));
    let content = |word: &str| {
        Some(match word {
            "block" => Content::Block(BlockKind::Paragraph),
            "heading" => Content::Block(BlockKind::Heading),
            "item" => Content::Block(BlockKind::ListItem),
            "hidden" => Content::Hidden,
            "quoted" => Content::Quoted,
            "note" => Content::Note,
            _ => return None,
        })
    };
    lines
        .filter_map(|(word, names)| Some((content(word)?, names)))
        .flat_map(|(c, names)| names.split(' ').map(move |n| (n, c)))
        .collect()
});

/// What surrounds a place.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// Content in brackets, and what kind of block a line of it begins.
    Content(Content),
    /// The arguments of a function, or code in braces: how it ends, and what the function does to content after it.
    Code(u8, Content),
    /// `if` and its like, up to the end of the line.
    Flow,
}

/// How deep all this may be; what is deeper has no effect.
const DEEPEST: usize = 128;

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its settings say to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let mut reader =
        Reader { text, painter: Painter::new(text, canvas), meta, stack: Vec::new(), line: None, from: start, spent: [false; 3] };
    let mut at = reader.line_start(start);
    while at < text.len() {
        let depth = reader.stack.len();
        let next = match reader.stack.last() {
            Some(Mode::Code(close, after)) => reader.code(at, *close, *after),
            Some(Mode::Flow) => reader.flow(at),
            Some(Mode::Content(_)) | None => reader.markup(at),
        };
        // What ends with nothing of its own leaves the place to what surrounds it.
        let stays = next == at && reader.stack.len() < depth;
        at = if stays { at } else { next.max(text.ceil_char_boundary(at + 1)) };
    }
    reader.flush(text.len());
    reader.painter.finish()
}

struct Reader<'a, 'b, 'm> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    meta: &'m mut Meta,
    stack: Vec<Mode>,
    /// What the mark at the start of the line makes of it.
    line: Option<BlockKind>,
    /// Where the words begin that are not painted yet.
    from: usize,
    /// What is known not to end any more: raw text, math, a statement.
    spent: [bool; 3],
}

impl Reader<'_, '_, '_> {
    fn flush(&mut self, at: usize) {
        let hidden = |mode: &Mode| !matches!(mode, Mode::Content(content) if *content != Content::Hidden);
        if self.from < at && !self.stack.last().is_some_and(hidden) && !self.is_hidden() {
            let kind = self.kind();
            self.painter.words(kind, self.from..at);
        }
        self.from = self.from.max(at);
    }

    fn is_hidden(&self) -> bool {
        self.stack.iter().any(|mode| matches!(mode, Mode::Content(Content::Hidden) | Mode::Code(_, Content::Hidden)))
    }

    fn hide(&mut self, at: usize, to: usize) -> usize {
        self.flush(at);
        self.from = self.from.max(to);
        to
    }

    fn put(&mut self, range: Range<usize>, new: &str) -> usize {
        self.flush(range.start);
        if !self.is_hidden() {
            let kind = self.kind();
            self.painter.put(kind, range.clone(), new);
        }
        self.hide(range.start, range.end)
    }

    fn close(&mut self, at: usize) {
        self.flush(at);
        self.painter.close();
    }

    fn kind(&self) -> BlockKind {
        let kind = |mode: &Mode| if let Mode::Content(Content::Block(kind)) = mode { Some(*kind) } else { None };
        self.line.or_else(|| self.stack.iter().rev().find_map(kind)).unwrap_or(BlockKind::Paragraph)
    }

    fn push(&mut self, mode: Mode) {
        if self.stack.len() < DEEPEST {
            self.stack.push(mode);
        }
    }

    /// Reads the mark at the start of a line of content: a heading, an item.
    fn line_start(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let bare = rest.trim_start_matches([' ', '\t']);
        let (indent, line) = (rest.len() - bare.len(), bare.split(['\n', '\r']).next().unwrap_or(bare));
        let level = line.bytes().take_while(|b| *b == b'=').count();
        let (kind, mark) = match line.as_bytes().first() {
            Some(b'=') if line[level..].starts_with(' ') => (BlockKind::Heading, level),
            Some(b'/') if line.starts_with("/ ") => (BlockKind::ListItem, 1),
            Some(b'-' | b'+' | b'0'..=b'9') if marker_len(line) > 0 && !line.starts_with('(') => {
                (BlockKind::ListItem, marker_len(line))
            }
            // What is not indented ends a list.
            _ => {
                if self.line == Some(BlockKind::Heading) || indent == 0 && self.line.is_some() {
                    self.close(at);
                    self.line = None;
                }
                return at;
            }
        };
        self.close(at);
        self.line = Some(kind);
        self.hide(at, at + indent + mark)
    }

    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let next = rest.chars().nth(1);
        match rest.as_bytes()[0] {
            b'\n' | b'\r' => {
                let blank = rest.len() - rest.trim_start().len();
                let breaks = rest[..blank].matches('\n').count().max(rest[..blank].matches('\r').count());
                if breaks > 1 {
                    self.close(at);
                    // An item may have paragraphs.
                    self.line = self.line.filter(|kind| *kind == BlockKind::ListItem);
                }
                let last = rest[..blank].rfind(['\n', '\r']).map_or(0, |i| i + 1);
                self.line_start(at + last)
            }
            b'/' if rest.starts_with("//") && !self.text[..at].ends_with(':') => self.comment(at),
            b'/' if rest.starts_with("/*") => self.comment(at),
            b'`' => self.raw(at),
            b'$' => self.math(at),
            b'#' => self.expression(at),
            b'\\' if rest.starts_with("\\u{") => {
                let len = rest.bytes().take(12).position(|b| b == b'}').map_or(3, |i| i + 1);
                self.hide(at, at + len)
            }
            b'\\' => {
                self.hide(at, at + 1);
                at + 1 + next.filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8)
            }
            b'<' => match name_len(&rest[1..]) {
                len if len > 0 && rest[1 + len..].starts_with('>') => self.hide(at, at + len + 2),
                _ => at + 1,
            },
            b'@' if !self.text[..at].ends_with(char::is_alphanumeric) && name_len(&rest[1..]) > 0 => {
                let len = 1 + rest[1..1 + name_len(&rest[1..])].trim_end_matches(['.', ':']).len();
                self.hide(at, at + len)
            }
            b'*' | b'_' => {
                let inside = self.text[..at].ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
                if inside { at + 1 } else { self.hide(at, at + 1) }
            }
            b'~' => self.hide(at, at + 1),
            b'-' if rest.starts_with("---") => self.put(at..at + 3, "—"),
            b'-' if rest.starts_with("-?") => self.put(at..at + 2, "\u{34f}"),
            b']' if !self.stack.is_empty() => self.content_end(at),
            _ => at + rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    fn content_end(&mut self, at: usize) -> usize {
        match self.stack.last() {
            Some(Mode::Content(Content::Quoted)) => {
                self.put(at..at + 1, "\"");
            }
            Some(Mode::Content(Content::Block(_) | Content::Note)) => self.close(at),
            _ => {}
        }
        self.hide(at, at + 1);
        let content = match self.stack.pop() {
            Some(Mode::Content(content)) => content,
            _ => Content::Inline,
        };
        if matches!(content, Content::Block(_)) {
            self.line = None;
        }
        // The rest of an `if`, more arguments.
        if matches!(self.stack.last(), None | Some(Mode::Content(_))) { self.tail(at + 1, content) } else { at + 1 }
    }

    /// A comment, up to the end of its line or its end.
    fn comment(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("//") {
            let len = rest.find(['\n', '\r']).unwrap_or(rest.len());
            if self.painter.is_empty() {
                meta::remark(self.meta, rest[..len].trim_start_matches('/'));
            }
            return self.hide(at, at + len);
        }
        let (mut depth, mut len) = (0, 0);
        while len < rest.len() {
            let two = rest.as_bytes().get(len..len + 2);
            depth += usize::from(two == Some(b"/*"));
            if two == Some(b"*/") {
                depth -= 1;
                if depth == 0 {
                    return self.hide(at, at + len + 2);
                }
            }
            len += if matches!(two, Some(b"/*" | b"*/")) { 2 } else { 1 };
        }
        self.hide(at, self.text.len())
    }

    fn raw(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let ticks = rest.bytes().take_while(|b| *b == b'`').count();
        if ticks == 2 || ticks == 1 && self.spent[0] {
            return self.hide(at, at + ticks);
        }
        match rest[ticks..].find(&rest[..ticks]) {
            Some(len) => self.hide(at, at + len + 2 * ticks),
            None if ticks == 1 => {
                self.spent[0] = true;
                at + 1
            }
            None => self.hide(at, self.text.len()),
        }
    }

    /// Math, of which a figure alone is read.
    fn math(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let close = if self.spent[1] {
            None
        } else {
            rest.match_indices('$').skip(1).map(|(i, _)| i).find(|i| !rest[..*i].ends_with('\\'))
        };
        let Some(close) = close else {
            self.spent[1] = true;
            return at + 1;
        };
        let math = &rest[1..close];
        let figure = math.bytes().any(|b| b.is_ascii_digit())
            && math.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%' | b'-' | b' ' | b'\\'));
        // The mark that closes is found again: it must not open.
        if figure {
            self.hide(at, at + 1);
            self.flush(at + close);
            return self.hide(at + close, at + close + 1);
        }
        self.hide(at, at + close + 1)
    }

    /// What stands after a number sign.
    fn expression(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
        match &rest[..name] {
            "let" | "set" | "show" | "import" | "include" | "return" => {
                let (end, open) = statement(self.text, at + 1 + name, !self.spent[2]);
                // A bracket was never closed: the statement is being written.
                self.spent[2] |= open;
                let code = &self.text[at..end];
                if code.contains("document(") || code.contains(".with(") {
                    settings(self.meta, code);
                }
                self.hide(at, end)
            }
            "if" | "for" | "while" | "context" => {
                self.hide(at, at + 1 + name);
                self.push(Mode::Flow);
                at + 1 + name
            }
            _ if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') => {
                let content = FUNCTIONS.get(&rest[..name]).copied().unwrap_or(Content::Inline);
                self.hide(at, at + 1 + name);
                self.tail(at + 1 + name, content)
            }
            _ if rest.starts_with(['(', '{', '[']) => {
                self.hide(at, at + 1);
                self.tail(at + 1, Content::Inline)
            }
            _ if rest.starts_with('"') => {
                let end = string(self.text, at + 1);
                self.hide(at, end)
            }
            _ => at + 1,
        }
    }

    /// What follows a function: its arguments, its content, a field of what it gives.
    fn tail(&mut self, at: usize, content: Content) -> usize {
        let rest = &self.text[at..];
        match rest.as_bytes().first() {
            Some(b'(') => {
                self.hide(at, at + 1);
                self.push(Mode::Code(b')', content));
                at + 1
            }
            Some(b'{') => {
                self.hide(at, at + 1);
                self.push(Mode::Code(b'}', content));
                at + 1
            }
            Some(b'[') => self.content(at, content),
            Some(b'.') if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                let field = 1 + rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
                // "#name. Then" ends a sentence, "#name.at(0)" does not.
                if !rest[field..].starts_with(['(', '.']) {
                    return at;
                }
                self.hide(at, at + field);
                self.tail(at + field, content)
            }
            Some(b';') => self.hide(at, at + 1),
            _ => at,
        }
    }

    /// Content in brackets.
    fn content(&mut self, at: usize, content: Content) -> usize {
        let mut content = content;
        if content == Content::Note {
            let before = self.text[..at].rsplit('#').nth(1).unwrap_or("").trim_end();
            let ends = before.trim_end_matches(['"', '\'', '”', ')']).ends_with(['.', '!', '?']);
            content = if ends { Content::Block(BlockKind::Paragraph) } else { Content::Hidden };
        }
        match content {
            Content::Quoted => {
                self.put(at..at + 1, "\"");
            }
            Content::Block(_) => {
                self.close(at);
                self.line = None;
            }
            _ => {}
        }
        self.hide(at, at + 1);
        self.push(Mode::Content(content));
        if matches!(content, Content::Block(_)) { self.line_start(at + 1) } else { at + 1 }
    }

    /// Code in parentheses or braces: only the content in it is read.
    fn code(&mut self, at: usize, close: u8, after: Content) -> usize {
        let rest = &self.text[at..];
        let inner = if after == Content::Hidden { Content::Hidden } else { Content::Block(BlockKind::Paragraph) };
        match rest.as_bytes()[0] {
            b if b == close => {
                self.stack.pop();
                self.hide(at, at + 1);
                let near = &self.text[self.text.floor_char_boundary(at.saturating_sub(200))..at];
                let set_off =
                    after == Content::Quoted && near.rsplit('(').next().is_some_and(|args| args.contains("block: true"));
                let after = if set_off { Content::Block(BlockKind::BlockQuote) } else { after };
                if matches!(self.stack.last(), Some(Mode::Code(..))) { at + 1 } else { self.tail(at + 1, after) }
            }
            b'(' => self.nested(at, b')', after),
            b'{' => self.nested(at, b'}', after),
            b'[' => self.content(at, inner),
            b'"' => {
                let end = string(self.text, at);
                self.hide(at, end)
            }
            b'`' => self.raw(at),
            b'/' if rest.starts_with("//") || rest.starts_with("/*") => self.comment(at),
            _ => self.hide(at, at + rest.chars().next().map_or(1, char::len_utf8)),
        }
    }

    fn nested(&mut self, at: usize, close: u8, after: Content) -> usize {
        self.push(Mode::Code(close, after));
        self.hide(at, at + 1)
    }

    /// The condition of an `if` or the like, and what may follow its content.
    fn flow(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let content_before = self.text[..at].ends_with([']', '}']);
        if content_before && !rest.trim_start_matches(' ').starts_with("else") && !rest.starts_with(['[', '{']) {
            self.stack.pop();
            return self.hide(at, at);
        }
        match rest.as_bytes()[0] {
            b'[' => self.content(at, Content::Block(BlockKind::Paragraph)),
            b'(' => self.nested(at, b')', Content::Inline),
            b'{' => self.nested(at, b'}', Content::Inline),
            b'"' => {
                let end = string(self.text, at);
                self.hide(at, end)
            }
            b'\n' | b'\r' | b';' => {
                self.stack.pop();
                self.hide(at, at);
                at
            }
            _ => self.hide(at, at + rest.chars().next().map_or(1, char::len_utf8)),
        }
    }
}
