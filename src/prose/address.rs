//! Web and mail addresses: one token each, for their dots end no sentence and their figures count nothing.

/// Longer runs of characters are no address that an article prints.
const LONGEST: usize = 500;

/// Whether there may be an address in a text at all.
pub(super) fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains('@') || text.contains("www.")
}

/// Bytes of the address at the start of `rest`; 0 if there is none.
pub(super) fn len(rest: &str) -> usize {
    let far = &rest[..rest.floor_char_boundary(LONGEST)];
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|');
    let chunk = far.find(is_end).map_or(far, |end| &far[..end]);
    let chunk = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '*', '_']);
    let letters = chunk.len() - chunk.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    if letters > 0 && chunk[letters..].starts_with("://") && chunk.len() > letters + 3
        || chunk.starts_with("www.") && chunk.len() > 4
    {
        return chunk.len();
    }
    let Some((name, host)) = chunk.split_once('@') else { return 0 };
    let host =
        host.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).next().unwrap_or("").trim_end_matches('.');
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+%".contains(&b));
    if named && host.contains('.') { name.len() + 1 + host.len() } else { 0 }
}
