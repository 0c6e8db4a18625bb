//! Atoms: the pieces of a sentence that figures are spelled with. Finer than tokens: "five-hour" is three, "130M" is two.

use crate::{
    claim::unit,
    prose::{Prose, Sentence, Tag, Token},
    text::Span,
};

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtomKind {
    /// Digits, with thousands separators and a decimal point: "40,000", "1.2".
    Digits,
    /// Letters, and letters with digits after them: "five", "G7".
    Word,
    /// Digits that spell no amount: "4:30", "192.168.1.2".
    Code,
    /// Any other character.
    Mark(char),
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub(super) span: Span,
    pub(super) kind: AtomKind,
    /// Whether no space stands before it.
    pub(super) glued: bool,
    /// The index of the token it begins in, among all tokens of the text.
    pub(super) token: u32,
}

/// A sentence in atoms.
pub(super) struct Line<'a> {
    pub(super) prose: &'a Prose,
    /// The text in lower case, byte for byte as long as the text.
    lower: &'a str,
    pub(super) atoms: Vec<Atom>,
    pub(super) sentence: usize,
    /// The atoms of web and mail addresses, first and one past the last, in order.
    addresses: Vec<(usize, usize)>,
}

impl<'a> Line<'a> {
    /// A line to be filled by [`Line::load`]; `lower` is the prose with its ASCII letters in lower case.
    pub(super) fn new(prose: &'a Prose, lower: &'a str) -> Self {
        Self { prose, lower, atoms: Vec::new(), sentence: 0, addresses: Vec::new() }
    }

    /// Cuts a sentence into atoms.
    pub(super) fn load(&mut self, index: usize, sentence: &Sentence) {
        self.atoms.clear();
        self.sentence = index;
        let text = self.lower;
        let (mut at, end) = (sentence.span.start as usize, (sentence.span.end as usize).min(text.len()));
        let mut token = sentence.tokens.start;
        let last = sentence.tokens.end;
        let mut space = at;
        while at < end {
            let c = char_at(text, at);
            let len = c.len_utf8();
            if c.is_whitespace() || c == '\u{feff}' {
                at += len;
                space = at;
                continue;
            }
            let (to, kind) = if c.is_ascii_digit() || c == '.' && starts_decimal(text, at, end) {
                let named = self.atoms.last().is_some_and(|a| {
                    a.kind != AtomKind::Word && !matches!(a.kind, AtomKind::Mark(_))
                        || self.prose.str(a.span).starts_with(char::is_uppercase)
                });
                digits(text, at, end, !named || self.atoms.len() == 1)
            } else if c.is_alphabetic() {
                let to = word(text, at, end);
                (currency(&self.prose.document.prose[at..end], to - at).map_or(to, |len| at + len), AtomKind::Word)
            } else {
                (at + len, AtomKind::Mark(c))
            };
            while token + 1 < last && self.prose.tokens[token as usize + 1].span.start as usize <= at {
                token += 1;
            }
            let glued = at != space || at > 0 && self.atoms.last().is_some_and(|a| a.span.end as usize == at);
            self.atoms.push(Atom { span: Span::new(at, to), kind, glued, token });
            at = to;
        }
        self.find_addresses(sentence.span);
    }

    /// Finds the addresses among the runs of atoms without a space.
    fn find_addresses(&mut self, sentence: Span) {
        self.addresses.clear();
        let is_address = |text: &str| text.contains("://") || text.contains("www.") || text.contains('@') && text.contains('.');
        if !is_address(sentence.of(self.lower)) {
            return;
        }
        let mut from = 0;
        for to in 1..=self.atoms.len() {
            if !self.glued(to) {
                if is_address(self.span(from, to).of(self.lower)) {
                    self.addresses.push((from, to));
                }
                from = to;
            }
        }
    }

    /// Whether the atom stands in a web or mail address.
    pub(super) fn in_address(&self, i: usize) -> bool {
        let next = self.addresses.partition_point(|a| a.1 <= i);
        self.addresses.get(next).is_some_and(|a| a.0 <= i)
    }

    /// How many atoms there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The letters of a word in lower case; nothing for other atoms and beyond the end.
    pub(super) fn word(&self, i: usize) -> &'a str {
        match self.atoms.get(i) {
            Some(a) if a.kind == AtomKind::Word => &self.lower[a.span.range()],
            _ => "",
        }
    }

    /// As written; nothing beyond the end.
    pub(super) fn str(&self, i: usize) -> &'a str {
        self.atoms.get(i).map_or("", |a| self.prose.str(a.span))
    }

    /// In lower case; nothing beyond the end.
    pub(super) fn lower(&self, i: usize) -> &'a str {
        self.atoms.get(i).map_or("", |a| &self.lower[a.span.range()])
    }

    /// The mark, if it is one.
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        match self.atoms.get(i)?.kind {
            AtomKind::Mark(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn kind(&self, i: usize) -> Option<AtomKind> {
        self.atoms.get(i).map(|a| a.kind)
    }

    /// Whether the atom follows the one before it without a space.
    pub(super) fn glued(&self, i: usize) -> bool {
        i > 0 && self.atoms.get(i).is_some_and(|a| a.glued)
    }

    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.mark(i).is_some_and(|c| matches!(c, '-' | '‐' | '‑'))
    }

    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.mark(i).is_some_and(|c| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '~'))
    }

    /// Whether a hyphen ties the atoms on either side of it together.
    pub(super) fn ties(&self, i: usize) -> bool {
        self.is_hyphen(i) && self.glued(i) && self.glued(i + 1)
    }

    /// The token that the atom begins in.
    pub(super) fn token(&self, i: usize) -> &'a Token {
        &self.prose.tokens[self.atoms[i].token as usize]
    }

    pub(super) fn tag(&self, i: usize) -> Tag {
        self.atoms.get(i).map_or(Tag::Other, |a| self.prose.tokens[a.token as usize].tag)
    }

    /// Whether the atom begins with a capital.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.str(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// The digits of an atom as a small number; 0 if it has none or too many.
    pub(super) fn value_of(&self, i: usize) -> u32 {
        self.str(i).parse().unwrap_or(0)
    }

    /// Whether an amount ends right before atom `i`, so that "an hour" there is a rate.
    pub(super) fn number_before(&self, i: usize) -> bool {
        (i.saturating_sub(3)..i).any(|k| self.kind(k) == Some(AtomKind::Digits))
            || i > 0 && matches!(self.word(i - 1), "twice" | "once" | "times")
    }

    /// The bytes from atom `from` to before atom `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.atoms[from].span.cover(self.atoms[to - 1].span)
    }
}

/// How long the code or letter of a currency is that begins a text and touches its digits: "USD115", "Rs20", "R12,000". `word` is the end
/// of the letters and digits.
fn currency(text: &str, word: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..word];
    let letters = bytes.iter().take(4).take_while(|b| b.is_ascii_alphabetic()).count();
    if !bytes.get(letters)?.is_ascii_digit() || !unit::is_code(&text[..letters]) {
        return None;
    }
    // One letter and a small number is a road or a model.
    let figure = text[letters..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let grouped = text[letters..text.len() - figure.len()].trim_end_matches(['.', ',']).contains(',');
    let scaled = ["bn", "m ", "m.", "m,", " million", " billion", " trillion"].iter().any(|s| figure.starts_with(s));
    (letters > 1 || grouped || scaled).then_some(letters)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// A decimal without its zero, ".08": a stop, then a digit, with no letter or digit before.
fn starts_decimal(text: &str, at: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    at + 1 < end && bytes[at + 1].is_ascii_digit() && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
}

fn word(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut to = at;
    while to < end && bytes[to].is_ascii_alphanumeric() {
        to += 1;
    }
    if to == end || bytes[to].is_ascii() {
        return to;
    }
    for (i, c) in text[at..end].char_indices() {
        let keep = c.is_alphanumeric() || !c.is_ascii() && unicode_normalization::char::is_combining_mark(c);
        if !keep {
            break;
        }
        to = at + i + c.len_utf8();
    }
    to
}

/// The end of the digits that begin at `at`; `spaces` says whether plain spaces may separate thousands.
fn digits(text: &str, at: usize, end: usize, spaces: bool) -> (usize, AtomKind) {
    let bytes = text.as_bytes();
    let run = |from: usize| (from..end).find(|&i| !bytes[i].is_ascii_digit()).unwrap_or(end);
    let group = |from: usize| run(from) == from + 3;
    let mut to = run(at);
    // Thousands: three digits after each separator, always the same one.
    if to - at <= 3 && to > at {
        // Where an entity stood for the separator, marks without a shape fill its place.
        let filled =
            |from: usize| from + text[from..end].len() - text[from..end].trim_start_matches(['\u{34f}', '\u{fe00}']).len();
        let separators = |c: &char| matches!(c, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        if let Some(separator) = text[filled(to)..end].chars().next().filter(separators) {
            let len = separator.len_utf8();
            while text[filled(to)..end].starts_with(separator) && group(filled(to) + len) {
                to = filled(to) + len + 3;
            }
        } else if spaces && bytes[at] != b'0' && to < end && bytes[to] == b' ' && group(to + 1) {
            while to < end && bytes[to] == b' ' && group(to + 1) {
                to += 4;
            }
        } else if bytes[at] != b'0' || to - at > 1 {
            // Full stops twice: 1.234.567.
            let mut far = to;
            let mut groups = 0;
            while far < end && bytes[far] == b'.' && group(far + 1) {
                far += 4;
                groups += 1;
            }
            if groups > 1 {
                to = far;
            }
        }
    }
    let decimal = |from: usize| from + 1 < end && bytes[from] == b'.' && bytes[from + 1].is_ascii_digit();
    if decimal(to) && !text[at..to].contains('.') {
        to = run(to + 1);
    }
    // Times, addresses, versions, Indian grouping.
    let mut far = to;
    while far + 1 < end && matches!(bytes[far], b'.' | b',' | b':') && bytes[far + 1].is_ascii_digit() {
        far = run(far + 1);
    }
    if far == to {
        return (to, AtomKind::Digits);
    }
    let all = &text[at..far];
    if indian(all) || decimal_comma(all) {
        return (far, AtomKind::Digits);
    }
    // A list without spaces: "1,2,3" is no amount.
    (far, AtomKind::Code)
}

/// "5,50", "1.111,11".
fn decimal_comma(text: &str) -> bool {
    let Some((whole, decimals)) = text.split_once(',') else { return false };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    (1..=2).contains(&decimals.len())
        && decimals.bytes().all(|b| b.is_ascii_digit())
        && first.bytes().all(|b| b.is_ascii_digit())
        && (first.len() <= 3 || first.len() == whole.len())
        && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
}

/// Lakhs and crores: 12,34,567.
fn indian(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = whole.split(',').collect();
    let last = parts.len() - 1;
    decimals.bytes().all(|b| b.is_ascii_digit())
        && parts.len() > 2
        && parts[last].len() == 3
        && parts[1..last].iter().all(|p| p.len() == 2)
        && (1..=2).contains(&parts[0].len())
}
