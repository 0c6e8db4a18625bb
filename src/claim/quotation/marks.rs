//! Which quotation marks belong together.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{document::Document, text::Span};

/// Words between two marks, possibly going on in the next paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// From the first mark to the last.
    pub(super) span: Span,
    /// The words between, one piece a paragraph.
    pub(super) pieces: Vec<Span>,
    /// The index of the block in which it ends.
    pub(super) block: usize,
}

/// What opens and closes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `"`
    Straight,
    /// `'` and its curly forms.
    Single,
    /// `` and ''.
    Tex,
    /// A pair of the table, by its opening mark.
    Pair(char),
}

static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("../data/quotation_marks.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once(' ')).filter_map(|(a, b)| Some((a.chars().next()?, b.chars().next()?))).collect()
});
static CLIPPED: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/clipped_words.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Marks that may be open within each other.
const DEEPEST: usize = 16;

struct Open {
    kind: Kind,
    /// Where the mark begins.
    mark: usize,
    /// Where the words begin.
    content: usize,
    /// Pieces from earlier paragraphs.
    pieces: Vec<Span>,
    start: usize,
    /// Whether the mark stood again within this block: then what follows it may be anything until it is closed.
    again: bool,
}

/// The outermost pairs of marks, in order.
pub(super) fn pairs(document: &Document) -> Vec<Marked> {
    let text = &*document.prose;
    let mut found: Vec<Marked> = Vec::new();
    let mut carried: Option<Open> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let span = block.span;
        let mut open: Vec<Open> = Vec::new();
        let mut at = span.start as usize;
        if let Some(mut carry) = carried.take() {
            let (kind, len) = opening(text, at, span).unwrap_or((carry.kind, 0));
            if kind == carry.kind {
                at += len;
                carry.content = at;
                carry.mark = at - len;
                open.push(carry);
            }
        }
        scan(text, span, at, index, &mut open, &mut found);
        // An unclosed mark reaches into the next paragraph only if that opens with the same mark again.
        let next = document.blocks.get(index + 1);
        if let Some(first) = open.into_iter().next()
            && first.pieces.len() < 20
        {
            let goes_on =
                next.is_some_and(|n| opening(text, n.span.start as usize, n.span).is_some_and(|(kind, _)| kind == first.kind));
            let piece = Span::new(first.content, span.end as usize);
            let mut pieces = first.pieces;
            if first.again && !goes_on {
                if let Some(last) = pieces.last() {
                    found.push(Marked { span: Span::new(first.start, last.end as usize), pieces, block: index });
                }
                continue;
            }
            pieces.push(piece);
            if goes_on && matches!(first.kind, Kind::Straight | Kind::Pair(_) | Kind::Tex) {
                carried = Some(Open { pieces, again: false, ..first });
            } else if pieces.len() > 1 {
                found.push(Marked { span: Span::new(first.start, span.end as usize), pieces, block: index });
            }
        }
    }
    outermost(found)
}

fn outermost(mut found: Vec<Marked>) -> Vec<Marked> {
    found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut out: Vec<Marked> = Vec::new();
    for m in found {
        if out.last().is_none_or(|last| m.span.start >= last.span.end) {
            out.push(m);
        }
    }
    out
}

/// The mark that opens a quotation at `at`, with its length.
fn opening(text: &str, at: usize, block: Span) -> Option<(Kind, usize)> {
    let rest = text.get(at..block.end as usize)?;
    let c = rest.chars().next()?;
    match c {
        '"' => Some((Kind::Straight, 1)),
        '`' if rest.starts_with("``") => Some((Kind::Tex, 2)),
        '\'' | '‘' | '‚' => Some((Kind::Single, c.len_utf8())),
        c => PAIRS.iter().any(|p| p.0 == c).then_some((Kind::Pair(c), c.len_utf8())),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
        || c > '\u{7f}' && (matches!(c, '‘' | '’' | '‛' | '‚' | '´') || PAIRS.iter().any(|p| p.0 == c || p.1 == c))
}

fn scan(text: &str, block: Span, from: usize, index: usize, open: &mut Vec<Open>, found: &mut Vec<Marked>) {
    let end = block.end as usize;
    let mut at = from;
    let mut close = |open: &mut Vec<Open>, depth: usize, at: usize, len: usize| {
        open.truncate(depth + 1);
        if let Some(first) = open.pop() {
            let mut pieces = first.pieces;
            pieces.push(Span::new(first.content, at));
            if pieces.iter().any(|p| text[p.range()].chars().any(char::is_alphanumeric)) {
                found.push(Marked { span: Span::new(first.start, at + len), pieces, block: index });
            }
        }
    };
    while at < end {
        let Some(c) = text[at..end].chars().next() else { break };
        let len = c.len_utf8();
        if !is_mark(c) {
            at += len;
            continue;
        }
        let before = text[block.start as usize..at].chars().next_back();
        let after = text[at + len..end].chars().next();
        let opens_here =
            before.is_none_or(|b| b.is_whitespace() || is_opening_mark(b)) && after.is_some_and(|a| !a.is_whitespace());
        let closes_here = before.is_some_and(|b| !b.is_whitespace()) && after.is_none_or(|a| !a.is_alphanumeric());
        let depth = |open: &[Open], kind: Kind| open.iter().rposition(|o| o.kind == kind);
        let push = |open: &mut Vec<Open>, kind, len| {
            // Nobody nests so deep: the first marks were never closed.
            if open.len() >= DEEPEST {
                open.remove(0);
            }
            open.push(Open { kind, mark: at, content: at + len, pieces: Vec::new(), start: at, again: false });
        };
        // Paragraphs that were run together: each opens with the mark again, and only the last one closes it.
        let again = |open: &mut Vec<Open>, depth: usize| {
            let before = &text[open[depth].content..at];
            let ended = opens_here && before.ends_with(char::is_whitespace);
            let before = before.trim_end();
            if !ended || !before.ends_with(['.', '?', '!', '…', '”', '"']) || open[depth].pieces.len() >= 20 {
                return false;
            }
            let piece = Span::new(open[depth].content, open[depth].content + before.len());
            open.truncate(depth + 1);
            open[depth].pieces.push(piece);
            (open[depth].mark, open[depth].content, open[depth].again) = (at, at + len, true);
            true
        };
        match c {
            '"' => match depth(open, Kind::Straight) {
                Some(d) if !opens_here || closes_here && after.is_none_or(|a| !a.is_alphanumeric()) => close(open, d, at, 1),
                // It opens again: the first was never closed.
                Some(d) => {
                    open.truncate(d);
                    push(open, Kind::Straight, 1);
                }
                // Inches, and a closing mark without its opening one.
                None if before.is_some_and(|b| b.is_numeric()) || closes_here && !opens_here => {}
                None => push(open, Kind::Straight, 1),
            },
            '`' if text[at..end].starts_with("``") => {
                push(open, Kind::Tex, 2);
                at += 2;
                continue;
            }
            '\'' if text[at..end].starts_with("''") => {
                match depth(open, Kind::Tex) {
                    Some(d) => close(open, d, at, 2),
                    None if opens_here => push(open, Kind::Tex, 2),
                    None => {}
                }
                at += 2;
                continue;
            }
            '\'' | '‘' | '’' | '‛' | '‚' => match depth(open, Kind::Single) {
                Some(d)
                    if closes_here
                        && c != '‘'
                        && (is_nested_word(text, open, d, at) || closes_single(text, open[d].content, at, len, end)) =>
                {
                    close(open, d, at, len)
                }
                Some(d) if opens_here && c != '’' && !is_clipped(&text[at + len..end]) => {
                    let goes_on = again(open, d);
                    if !goes_on {
                        push(open, Kind::Single, len);
                    }
                }
                None if opens_here && !is_clipped(&text[at + len..end]) && (c != '’' || encloses(&text[at + len..end])) => {
                    push(open, Kind::Single, len);
                }
                _ => {}
            },
            c => {
                // The nearest open mark that this one closes; otherwise it may open.
                let closed = open.iter().rposition(|o| matches!(o.kind, Kind::Pair(a) if PAIRS.contains(&(a, c))));
                match closed {
                    Some(d) if !opens_here || c != '“' && (c != '＂' || closes_here) => close(open, d, at, len),
                    _ if c == '“' && depth(open, Kind::Pair(c)).is_some_and(|d| again(open, d)) => {}
                    _ if PAIRS.iter().any(|p| p.0 == c) => push(open, Kind::Pair(c), len),
                    _ => {}
                }
            }
        }
        at += len;
    }
}

fn is_opening_mark(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '"' | '“' | '‘' | '«' | '/' | '\'' | '`' | '…' | ',' | ':')
}

/// "’90s", "’em": an apostrophe in place of what was left out.
fn is_clipped(rest: &str) -> bool {
    let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..word_end];
    let closed = rest[word_end..].starts_with(['\'', '’']);
    let decade = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && (word.len() == 2 || &word[2..] == "s");
    // "rock 'n' roll"
    let and = matches!(word, "n" | "N");
    and || !closed && (decade || CLIPPED.contains(word.to_ascii_lowercase().as_str()))
}

/// Whether one word stands between single marks inside single marks: 'we believed nobody 'gets' us'.
fn is_nested_word(text: &str, open: &[Open], depth: usize, at: usize) -> bool {
    open[..depth].iter().any(|o| o.kind == Kind::Single) && !text[open[depth].content..at].contains(char::is_whitespace)
}

/// Whether a closing mark that stands where one opens, as ill-set texts have it, is followed by a few words and its like: "the ’winter’
/// plan". An apostrophe is not.
fn encloses(rest: &str) -> bool {
    let near = &rest[..rest.floor_char_boundary(40)];
    let close = near
        .char_indices()
        .find(|&(i, c)| matches!(c, '’' | '\'') && !near[i + c.len_utf8()..].starts_with(char::is_alphanumeric));
    close.is_some_and(|(i, _)| {
        let inner = &near[..i];
        !inner.is_empty()
            && !inner.ends_with(char::is_whitespace)
            && !inner.contains(['.', '!', '?', ',', ';', '“', '"', '‘'])
            && !inner.ends_with('s')
    })
}

/// Whether the single mark at `at` closes the quotation whose words begin at `content`. After an "s" it may be a plural possessive; then
/// a later mark that can close wins.
fn closes_single(text: &str, content: usize, at: usize, len: usize, end: usize) -> bool {
    let ends_in_s = text[content..at].ends_with(['s', 'S']);
    let rest = &text[at + len..end];
    if !ends_in_s || !rest.starts_with(|c: char| c.is_whitespace()) {
        return true;
    }
    // A possessive is followed by a word; is there another mark that closes, before another one opens?
    let mut before = ' ';
    for (i, c) in rest.char_indices() {
        let next = rest[i + c.len_utf8()..].chars().next();
        if matches!(c, '\'' | '’') && !before.is_whitespace() && next.is_none_or(|n| !n.is_alphanumeric()) {
            return false;
        }
        if matches!(c, '\'' | '‘') && before.is_whitespace() {
            return true;
        }
        before = c;
    }
    true
}
