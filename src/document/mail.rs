//! E-mails that are being written: the head says what it is about, what is quoted is set off, and the signature is nobody's claim.

use std::ops::Range;

use super::{Block, BlockKind, Canvas, Meta, inline::Found, meta, painter::Painter, plain, plain::lines};

/// How the body of a part is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Plain,
    /// With "=E2=80=99" for what is not ASCII.
    Quoted,
    /// Pages, pictures, attachments.
    Other,
}

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its head says to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let lines = lines(text, start..text.len());
    let mut reader = Reader { text, painter: Painter::new(text, canvas), boundaries: Vec::new(), body: Body::Plain };
    let mut at = lines.iter().take_while(|l| text[(*l).clone()].trim().is_empty()).count();
    if lines.get(at).is_some_and(|l| is_head(&text[l.clone()])) {
        at = reader.head(&lines, at, Some(meta));
    }
    let mut signed = false;
    // The lines of one writer that follow one another.
    let mut run: Option<(usize, Range<usize>)> = None;
    while let Some(line) = lines.get(at) {
        let words = &text[line.clone()];
        let bound =
            reader.boundaries.iter().position(|b| words.strip_prefix("--").is_some_and(|rest| rest.starts_with(b.as_str())));
        if let Some(i) = bound {
            let last = words[2 + reader.boundaries[i].len()..].starts_with("--");
            reader.flush(run.take());
            signed = false;
            reader.body = Body::Other;
            at = if last { at + 1 } else { reader.head(&lines, at + 1, None) };
            continue;
        }
        at += 1;
        signed |= words == "-- " || words == "--";
        if signed || reader.body == Body::Other {
            continue;
        }
        let depth = quote_len(words).1;
        match &mut run {
            Some((d, range)) if *d == depth => range.end = line.end,
            _ => {
                reader.flush(run.take());
                run = Some((depth, line.clone()));
            }
        }
        if signed {
            reader.flush(run.take());
        }
    }
    reader.flush(run);
    reader.painter.finish()
}

struct Reader<'a, 'b> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    /// What parts the parts.
    boundaries: Vec<String>,
    body: Body,
}

impl Reader<'_, '_> {
    /// Reads the head that begins at line `from`, of the whole or of a part; gives the line after it.
    fn head(&mut self, lines: &[Range<usize>], from: usize, mut meta: Option<&mut Meta>) -> usize {
        let end = lines[from..].iter().position(|l| self.text[l.clone()].trim().is_empty()).map_or(lines.len(), |n| from + n);
        let (mut kind, mut coding, mut attached) = ("text/plain".to_owned(), String::new(), false);
        let mut at = from;
        while at < end {
            let first = lines[at].clone();
            let more = lines[at + 1..end].iter().take_while(|l| self.text[(*l).clone()].starts_with([' ', '\t'])).count();
            let whole = first.start..lines[at + more].end;
            at += 1 + more;
            let Some((name, value)) = self.text[whole.clone()].split_once(':') else { continue };
            let start = whole.end - value.len();
            let small = value.trim().to_ascii_lowercase();
            match (name.trim().to_ascii_lowercase().as_str(), &mut meta) {
                ("content-type", _) => {
                    if let Some(boundary) = parameter(value, "boundary").filter(|b| self.boundaries.len() < 8 && !b.is_empty()) {
                        self.boundaries.push(boundary);
                    }
                    kind = small;
                }
                ("content-transfer-encoding", _) => coding = small,
                ("content-disposition", _) => attached = small.starts_with("attachment"),
                ("subject", Some(meta)) if !value.contains("=?") => {
                    let marks = ["re:", "fwd:", "fw:", "aw:", "wg:"];
                    let mut words = value.trim_start();
                    while let Some(mark) = marks.iter().find(|m| words.get(..m.len()).is_some_and(|w| w.eq_ignore_ascii_case(m)))
                    {
                        words = words[mark.len()..].trim_start();
                    }
                    meta::suggest(meta, "title", words);
                    self.painter.block(BlockKind::Heading, start + value.len() - words.len()..whole.end, &NOTHING);
                }
                ("date", Some(meta)) => meta::suggest(meta, "date", value),
                ("x-sources", Some(meta)) => meta::suggest(meta, "sources", value),
                ("from", Some(meta)) => {
                    let name = value.split('<').next().unwrap_or(value);
                    meta::suggest(meta, "author", name);
                }
                _ => {}
            }
        }
        self.body = match coding.as_str() {
            _ if attached || !kind.starts_with("text/plain") => Body::Other,
            "base64" => Body::Other,
            "quoted-printable" => Body::Quoted,
            _ => Body::Plain,
        };
        (end + 1).min(lines.len())
    }

    /// Reads lines of one writer.
    fn flush(&mut self, run: Option<(usize, Range<usize>)>) {
        let Some((depth, range)) = run else { return };
        let text = self.text;
        if depth == 0 && self.body == Body::Plain {
            let blocks = plain::read(text, range, self.painter.canvas());
            self.painter.add(blocks);
            return;
        }
        let kind = if depth > 0 { BlockKind::BlockQuote } else { BlockKind::Paragraph };
        self.painter.close();
        for line in lines(text, range) {
            let words = &text[line.clone()];
            let (mark, _) = quote_len(words);
            if words[mark..].trim().is_empty() {
                self.painter.close();
            } else if self.body == Body::Quoted {
                self.quoted_printable(kind, line.start + mark..line.end);
            } else {
                self.painter.words(kind, line.start + mark..line.end);
            }
        }
        self.painter.close();
    }

    /// A line with "=E2=80=99" for what is not ASCII; at its end a "=" says that the next goes on with it.
    fn quoted_printable(&mut self, kind: BlockKind, range: Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        while let Some(i) = text[at..range.end].find('=') {
            self.painter.words(kind, at..at + i);
            at += i;
            // The bytes of one character.
            let bytes: Vec<u8> = text.as_bytes()[at..range.end]
                .chunks_exact(3)
                .take(4)
                .map_while(|c| {
                    (c[0] == b'=').then(|| std::str::from_utf8(&c[1..]).ok().and_then(|h| u8::from_str_radix(h, 16).ok()))?
                })
                .collect();
            let c =
                (1..=bytes.len()).find_map(|n| std::str::from_utf8(&bytes[..n]).ok().and_then(|s| Some((n, s.chars().next()?))));
            match c {
                Some((n, c)) => {
                    self.painter.put_char(kind, at..at + 3 * n, c);
                    at += 3 * n;
                }
                None => at += 1,
            }
        }
        self.painter.words(kind, at..range.end);
    }
}

const NOTHING: Found = Found { hidden: Vec::new(), replaced: Vec::new() };

/// Whether a line is the first of a head.
fn is_head(line: &str) -> bool {
    let name = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let known =
        ["from", "to", "cc", "bcc", "subject", "date", "reply-to", "message-id", "mime-version", "received", "return-path"];
    let small = line[..name].to_ascii_lowercase();
    line[name..].starts_with(':') && (known.contains(&small.as_str()) || small.starts_with("x-") || small.starts_with("content-"))
}

/// Bytes of the marks of a quoted line, and how many there are.
fn quote_len(line: &str) -> (usize, usize) {
    let len = line.bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t')).count();
    let depth = line[..len].matches('>').count();
    (if line.starts_with('>') { len } else { 0 }, if line.starts_with('>') { depth } else { 0 })
}

/// A parameter of a header: `boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let at = value.to_ascii_lowercase().find(&format!("{name}="))?;
    let rest = &value[at + name.len() + 1..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_owned(),
        None => rest.split([';', ' ', '\r', '\n']).next().unwrap_or("").to_owned(),
    })
}
