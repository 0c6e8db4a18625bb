//! What an RTF file is made of.

/// A piece of an RTF file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its figure: `\par`, `\u8217`.
    Word(&'b str, Option<i32>),
    /// A control symbol: `\~`.
    Symbol(u8),
    /// A byte of text, as it stands or as `\'hh`.
    Byte(u8),
}

/// Reads the pieces one after another.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// No control word is longer.
const LONGEST: usize = 32;

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over bytes that are no text: pictures.
    pub(super) fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let rest = &self.bytes[self.at..];
        let first = *rest.first()?;
        if first == b'\'' {
            let digit = |i: usize| rest.get(i).and_then(|b| char::from(*b).to_digit(16));
            let value = digit(1).zip(digit(2)).map(|(high, low)| (high * 16 + low) as u8);
            self.pass(if value.is_some() { 3 } else { 1 });
            return Some(value.map_or(Token::Symbol(b'\''), Token::Byte));
        }
        if !first.is_ascii_alphabetic() {
            self.pass(1);
            return Some(Token::Symbol(first));
        }
        let length = rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let minus = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + minus..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let mut end = length;
        let mut figure = None;
        if digits > 0 {
            end = length + minus + digits;
            let text = std::str::from_utf8(&rest[length..end]).unwrap_or_default();
            figure = text.parse::<i64>().ok().map(|n| n.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
        }
        // One space ends a control word and is no text.
        end += usize::from(rest.get(end) == Some(&b' '));
        self.pass(end);
        Some(Token::Word(word, figure))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                // Lines of the file are none of the text.
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}
