//! LaTeX: one pass over the source. Commands are blank, the words in their arguments stay where the table of commands says so; of a command
//! that is not in it the arguments are words, for a writer's own commands mostly set words in type.

mod letter;
mod table;

use std::{collections::HashMap, ops::Range};

use super::{Block, BlockKind, Canvas, Meta, meta, painter::Painter};
use letter::{accent, letter, sign};
use table::{Action, COMMANDS, ENVIRONMENTS, Inside};

/// Environments and arguments that are open at once; deeper ones have no effect.
const DEEPEST: usize = 64;

/// The longest formula, in bytes.
const FORMULA: usize = 4000;

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its preamble says to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let end = text[start..].find("\\end{document}").map_or(text.len(), |i| start + i);
    let body = text[start..end].find("\\begin{document}").map(|i| start + i);
    let painter = Painter::new(text, canvas);
    let mut reader = Reader {
        text,
        end,
        braces: braces(&text[..end], start),
        painter,
        meta,
        stack: Vec::new(),
        preamble: body.is_some(),
        from: start,
        figure: None,
    };
    let mut at = start;
    while at < end {
        if body == Some(at) {
            reader.preamble = false;
        }
        at = reader.step(at).max(at + 1);
    }
    reader.flush(end);
    reader.painter.finish()
}

/// What surrounds a place.
enum Around<'a> {
    /// An environment, and the kind of its blocks.
    Environment(&'a str, Option<BlockKind>),
    /// An argument that is a block, up to its brace.
    Argument(usize, BlockKind),
    /// An argument that is quoted, up to its brace.
    Quoted(usize),
}

struct Reader<'a, 'b, 'm> {
    text: &'a str,
    end: usize,
    braces: HashMap<usize, usize>,
    painter: Painter<'a, 'b>,
    meta: &'m mut Meta,
    stack: Vec<Around<'a>>,
    /// Whether this place is above the body.
    preamble: bool,
    /// Where the words begin that are not painted yet.
    from: usize,
    /// The mark that ends the figure in math around this place.
    figure: Option<usize>,
}

impl<'a> Reader<'a, '_, '_> {
    /// Reads what stands at `at`; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        // The brace that ends an argument may lie in what was passed over.
        while let Some(Around::Argument(end, _) | Around::Quoted(end)) = self.stack.last()
            && *end < at
        {
            self.close(at);
            self.stack.pop();
        }
        let rest = &self.text[at..self.end];
        match rest.as_bytes()[0] {
            b'\\' => self.command(at),
            b'%' => {
                let len = rest.find(['\n', '\r']).unwrap_or(rest.len());
                if self.painter.is_empty() {
                    meta::remark(self.meta, rest[..len].trim_start_matches('%'));
                }
                self.hide(at, at + len)
            }
            b'\n' | b'\r' => {
                let blank = rest.len() - rest.trim_start().len();
                let breaks = rest[..blank].matches('\n').count().max(rest[..blank].matches('\r').count());
                if breaks > 1 {
                    self.close(at);
                }
                at + blank
            }
            b'{' if rest.starts_with("{,}") => self.put(at..at + 3, if self.in_figure(at, at + 3) { "\u{202f}" } else { "," }),
            b'{' => {
                // "{\'e}" is one letter.
                let accent = rest[1..].starts_with('\\').then(|| accent(&rest[1..])).flatten();
                match accent.filter(|(len, _)| rest[1 + len..].starts_with('}')) {
                    Some((len, c)) => self.put(at..at + len + 2, &letter(len + 2, &c)),
                    None => self.hide(at, at + 1),
                }
            }
            b'}' => self.closing(at),
            b'~' => self.hide(at, at + 1),
            b'&' => {
                self.close(at);
                self.hide(at, at + 1)
            }
            b'$' => self.dollar(at),
            b'`' if !rest.starts_with("``") && !self.text[..at].ends_with('`') => self.put(at..at + 1, "'"),
            b'-' if rest.starts_with("---") => self.put(at..at + 3, "—"),
            _ => at + rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    /// Paints the words before `at`.
    fn flush(&mut self, at: usize) {
        if self.from < at && !self.preamble || self.in_argument() {
            let kind = self.kind();
            self.painter.words(kind, self.from..at.max(self.from));
        }
        self.from = self.from.max(at);
    }

    /// Paints the words before `at`, and none of those before `to`.
    fn hide(&mut self, at: usize, to: usize) -> usize {
        self.flush(at);
        self.from = self.from.max(to);
        to
    }

    fn put(&mut self, range: Range<usize>, new: &str) -> usize {
        self.flush(range.start);
        if !self.preamble || self.in_argument() {
            let kind = self.kind();
            self.painter.put(kind, range.clone(), new);
        }
        self.hide(range.start, range.end)
    }

    fn close(&mut self, at: usize) {
        self.flush(at);
        self.painter.close();
    }

    fn in_argument(&self) -> bool {
        self.stack.iter().any(|around| matches!(around, Around::Argument(..)))
    }

    /// Whether a figure goes on from `before` to `after`.
    fn in_figure(&self, before: usize, after: usize) -> bool {
        self.text[..before].ends_with(|c: char| c.is_ascii_digit())
            && self.text[after..].starts_with(|c: char| c.is_ascii_digit())
    }

    fn kind(&self) -> BlockKind {
        let kind = |around: &Around<'_>| match around {
            Around::Environment(_, kind) => *kind,
            Around::Argument(_, kind) => Some(*kind),
            Around::Quoted(_) => None,
        };
        self.stack.iter().rev().find_map(kind).unwrap_or(BlockKind::Paragraph)
    }

    fn push(&mut self, around: Around<'a>) {
        if self.stack.len() < DEEPEST {
            self.stack.push(around);
        }
    }

    /// A brace that closes.
    fn closing(&mut self, at: usize) -> usize {
        match self.stack.last() {
            Some(Around::Argument(end, _)) if *end == at => {
                self.close(at);
                self.stack.pop();
            }
            Some(Around::Quoted(end)) if *end == at => {
                self.stack.pop();
                return self.put(at..at + 1, "\"");
            }
            _ => {}
        }
        self.hide(at, at + 1)
    }

    /// Math, of which a figure alone is read.
    fn dollar(&mut self, at: usize) -> usize {
        if self.figure == Some(at) {
            return self.hide(at, at + 1);
        }
        let rest = &self.text[at..self.end];
        if let Some(display) = rest.strip_prefix("$$") {
            let len = display.find("$$").map_or(2, |i| i + 4);
            self.close(at);
            return self.hide(at, at + len);
        }
        let mut end = None;
        let mut before = b' ';
        for (i, b) in rest.bytes().enumerate().skip(1) {
            match b {
                b'$' if before != b'\\' => {
                    end = Some(i);
                    break;
                }
                // Math has no paragraphs.
                b'\n' if before == b'\n' => break,
                b'\r' => continue,
                _ => before = b,
            }
        }
        let Some(end) = end else { return at + 1 };
        if is_figure(&rest[1..end]) {
            self.figure = Some(at + end);
            return self.hide(at, at + 1);
        }
        self.hide(at, at + end + 1)
    }

    fn command(&mut self, at: usize) -> usize {
        let rest = &self.text[at..self.end];
        let Some(next) = rest[1..].chars().next() else { return self.hide(at, at + 1) };
        if let Some((len, c)) = accent(rest) {
            return self.put(at..at + len, &letter(len, &c));
        }
        if !next.is_ascii_alphabetic() {
            return match next {
                '%' | '$' | '#' | '_' | '{' | '}' => {
                    self.hide(at, at + 1);
                    at + 2
                }
                '&' => self.put(at..at + 2, "&"),
                '-' | '/' => self.put(at..at + 2, "\u{34f}"),
                ',' | ' ' if self.in_figure(at, at + 2) => self.put(at..at + 2, "\u{a0}"),
                '\\' => {
                    let to = self.options(at + 2 + usize::from(rest[2..].starts_with('*')), 0);
                    self.hide(at, to)
                }
                '[' | '(' => {
                    let close = if next == '[' { "\\]" } else { "\\)" };
                    let near = &rest[..rest.floor_char_boundary(FORMULA)];
                    let near = &near[..near.find("\n\n").unwrap_or(near.len())];
                    match near.find(close) {
                        Some(len) if next == '(' && len > 2 && is_figure(&near[2..len]) => self.hide(at, at + 2),
                        Some(len) => self.hide(at, at + len + 2),
                        None => self.hide(at, at + near.len()),
                    }
                }
                _ => self.hide(at, at + 1 + next.len_utf8()),
            };
        }
        let len = 1 + rest[1..].bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'@').count();
        let name = &rest[1..len];
        let len = len + usize::from(rest[len..].starts_with('*'));
        match name {
            "begin" | "end" => self.environment(at, len, name == "begin"),
            "verb" | "lstinline" | "mintinline" if !rest[len..].starts_with(['{', '[']) => {
                let mark = rest[len..].chars().next().unwrap_or(' ');
                let line = rest.find('\n').unwrap_or(rest.len());
                let code = rest.get(len + mark.len_utf8()..line).and_then(|code| code.find(mark));
                self.hide(at, at + code.map_or(len, |code| len + code + 2 * mark.len_utf8()))
            }
            _ => self.named(at, at + len, name),
        }
    }

    fn named(&mut self, at: usize, to: usize, name: &str) -> usize {
        let action = COMMANDS.get(name).copied();
        // Keys and measures, whatever the command is called.
        let keyed = || ["cite", "ref", "space", "skip", "color", "width", "label"].iter().any(|part| name.contains(part));
        match action {
            Some(Action::Text(text, at_end)) => {
                // A command eats the blank after it, or has braces so that it does not.
                let rest = &self.text[to..self.end];
                let letter = text.chars().all(char::is_alphabetic) && text.chars().count() <= 2;
                let more = if rest.starts_with("{}") { 2 } else { usize::from(letter && rest.starts_with(' ')) };
                let len = to + more - at;
                let new = sign(name, text, len, letter, at_end);
                self.put(at..to + more, &new)
            }
            Some(Action::Break) => {
                self.close(at);
                self.hide(at, to)
            }
            Some(Action::Item) => {
                self.close(at);
                // The label of a described item is words.
                let label = self.options(to, 0);
                if label > to && !self.text[to..label].contains('\\') {
                    self.hide(at, to + 1);
                    self.flush(label - 1);
                    return self.hide(label - 1, label);
                }
                self.hide(at, to)
            }
            Some(Action::Block(kind)) => {
                let open = self.options(to, 0);
                let Some(&end) = self.braces.get(&open) else { return self.hide(at, to) };
                self.close(at);
                self.push(Around::Argument(end, kind));
                self.hide(at, open + 1)
            }
            Some(Action::Quote) => {
                let open = self.options(to, 0);
                let Some(&end) = self.braces.get(&open) else { return self.hide(at, to) };
                self.hide(at, open);
                self.push(Around::Quoted(end));
                self.put(open..open + 1, "\"")
            }
            Some(Action::Note) => {
                let open = self.options(to, 0);
                let Some(&end) = self.braces.get(&open) else { return self.hide(at, to) };
                let before = self.text[..at].trim_end().trim_end_matches(['"', '\'', '”', ')']);
                if !before.ends_with(['.', '!', '?']) || self.in_argument() {
                    return self.hide(at, end + 1);
                }
                self.close(at);
                self.push(Around::Argument(end, BlockKind::Paragraph));
                self.hide(at, open + 1)
            }
            Some(Action::Define) => {
                let line = self.text[to..self.end].find(['\n', '\r', '{']).map_or(self.end, |i| to + i);
                let end = self.braces.get(&line).map_or(line, |end| end + 1);
                self.hide(at, end)
            }
            Some(Action::After(count)) => {
                let to = self.options(to, count);
                self.hide(at, to)
            }
            Some(Action::Skip) => {
                if matches!(name, "author" | "date") {
                    self.said(name, to);
                }
                let to = self.options(to, usize::MAX);
                self.hide(at, to)
            }
            None => {
                let to = self.options(to, if keyed() { usize::MAX } else { 0 });
                self.hide(at, to)
            }
        }
    }

    /// Where the arguments end that begin at `at`: those in brackets, and so many in braces.
    fn options(&self, at: usize, mut braces: usize) -> usize {
        // Options are short, and a text of open brackets stays linear.
        const FAR: usize = 400;
        let mut to = at;
        loop {
            let rest = &self.text[to..self.end];
            let near = &rest[..rest.floor_char_boundary(FAR)];
            if let Some(&end) = self.braces.get(&to).filter(|_| braces > 0 && rest.starts_with('{')) {
                to = end + 1;
                braces -= 1;
            } else if let Some(len) =
                near.starts_with('[').then(|| near.find(']')).flatten().filter(|len| !near[..*len].contains("\n\n"))
            {
                to += len + 1;
            } else {
                return to;
            }
        }
    }

    /// What `\author` and `\date` say.
    fn said(&mut self, name: &str, at: usize) {
        let open = self.options(at, 0);
        let Some(value) = self.braces.get(&open).and_then(|end| self.text.get(open + 1..*end)) else { return };
        // What follows a line break is an office or an address.
        let part =
            |part: &str| part.split("\\\\").next().unwrap_or(part).split("\\thanks").next().unwrap_or(part).trim().to_owned();
        let parts: Vec<String> = value.split("\\and").map(part).filter(|p| !p.contains(['\\', '{'])).collect();
        meta::suggest(self.meta, name, &parts.join(", "));
    }

    fn environment(&mut self, at: usize, len: usize, begins: bool) -> usize {
        let open = at + len;
        let Some(&close) = self.braces.get(&open).filter(|close| **close - open < 60) else { return self.hide(at, open) };
        let whole = &self.text[open + 1..close];
        let name = whole.trim_end_matches('*');
        self.close(at);
        if !begins {
            let found = self.stack.iter().rposition(|around| matches!(around, Around::Environment(n, _) if *n == name));
            self.stack.truncate(found.unwrap_or(self.stack.len()));
            return self.hide(at, close + 1);
        }
        let inside = ENVIRONMENTS.get(name);
        if inside == Some(&Inside::Verbatim) {
            let end = format!("\\end{{{whole}}}");
            let to = self.text[close..self.end].find(&end).map_or(self.end, |i| close + i + end.len());
            return self.hide(at, to);
        }
        let kind = match inside {
            Some(Inside::Quote) => Some(BlockKind::BlockQuote),
            _ => matches!(name, "itemize" | "enumerate" | "description").then_some(BlockKind::ListItem),
        };
        self.push(Around::Environment(name, kind));
        if matches!(name, "frame" | "block" | "alertblock" | "exampleblock") {
            let open = self.options(close + 1, 0);
            if let Some(&end) = self.braces.get(&open) {
                self.push(Around::Argument(end, BlockKind::Heading));
            }
            return self.hide(at, open);
        }
        let to = self.options(close + 1, if inside == Some(&Inside::Bare) { 2 } else { 0 });
        self.hide(at, to)
    }
}

/// The braces that belong together, in the order of those that open. A brace that is not closed yet belongs to none.
fn braces(text: &str, start: usize) -> HashMap<usize, usize> {
    let (mut out, mut open) = (HashMap::new(), Vec::new());
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'%' => at += bytes[at..].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count(),
            b'{' => open.push(at),
            b'}' => {
                if let Some(open) = open.pop() {
                    out.insert(open, at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// Whether math is a figure and nothing else: "12{,}000", "-5", "40\%".
fn is_figure(math: &str) -> bool {
    let bare = math.replace("{,}", ",").replace("\\%", "%").replace("\\$", "$").replace("\\,", "");
    bare.contains(|c: char| c.is_ascii_digit())
        && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%' | b'$' | b'-' | b' '))
}
