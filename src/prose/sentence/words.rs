//! The characters and words around a place.

/// Longer runs of characters, in bytes, are no words. The bounds keep every text linear.
pub(super) const LONGEST_WORD: usize = 100;

pub(super) fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '．' | '。' | '！' | '？')
}

/// Marks that close what a sentence holds, after its stop.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '`' | '»' | '›' | ')' | ']' | '}' | '*' | '_')
}

/// Marks that stand before the first word of a sentence.
pub(super) fn is_leader(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '“'
                | '”'
                | '‘'
                | '\''
                | '’'
                | '«'
                | '‹'
                | '('
                | '['
                | '{'
                | '*'
                | '_'
                | '—'
                | '–'
                | '-'
                | '¿'
                | '¡'
                | '`'
        )
}

/// The word before the stop: "Inc", "U.S", "D-Calif" gives "Calif".
pub(super) fn last_word(stem: &str) -> &str {
    let word = last_piece(stem).trim_start_matches(is_leader);
    word.rsplit(['-', '–', '—', '/', '(']).next().unwrap_or(word)
}

/// What stands after the last space, or the end of it where it is longer than a word can be.
pub(super) fn last_piece(stem: &str) -> &str {
    let near = &stem[stem.ceil_char_boundary(stem.len().saturating_sub(LONGEST_WORD))..];
    near.rsplit(char::is_whitespace).next().unwrap_or("")
}

pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))).unwrap_or(text.len());
    &text[..end]
}

/// "iPhone", "eBay": small first letters that begin a sentence all the same.
pub(super) fn is_camel(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase)
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
}

pub(super) fn has_quote(closers: &str) -> bool {
    closers.contains(['"', '”', '’', '\'', '»'])
}
