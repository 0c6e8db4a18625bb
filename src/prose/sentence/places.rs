//! Places where a sentence may end that the library does not give.

use super::words::{LONGEST_WORD, first_word, is_camel, is_closer, is_leader, is_terminator, last_piece};
use crate::prose::abbreviation::is_credit;

/// Places where a sentence may end that the Unicode rules do not see: before a figure ("left. 20 people"), after "…", where the
/// space is missing ("left.Then"), before an ellipsis that stands for what was left out ("ends. . . . Then"). Tells for each whether
/// one ends there for certain: a caption goes over into its credit ("The port Image: Jane Roe.") without a stop.
pub(super) fn missed(body: &str, mut found: impl FnMut(usize, bool)) {
    let bytes = body.as_bytes();
    for at in 1..bytes.len() {
        if bytes[at] == b':' {
            let word = last_piece(&body[..at]);
            let (before, after) = (body[..at - word.len()].trim_end(), &body[at + 1..]);
            if is_credit(word)
                && !before.is_empty()
                && after.trim_start().starts_with(char::is_uppercase)
                && after.starts_with(' ')
            {
                found(at - word.len(), true);
            }
        }
        if at > 1 && bytes[at - 2..=at] == *"…".as_bytes() {
            let after = body[at + 1..].trim_start_matches(is_closer);
            let next = after.trim_start();
            if next.len() < after.len() && next.trim_start_matches(is_leader).starts_with(char::is_uppercase) {
                found(body.len() - next.len(), false);
            }
        }
        if !matches!(bytes[at], b'.' | b'!' | b'?') {
            continue;
        }
        let rest = &body[at + 1..];
        let after = rest.trim_start_matches(is_closer);
        let spaced = after.trim_start();
        if spaced.len() < after.len() {
            let next = spaced.trim_start_matches(is_leader);
            let figure = next.starts_with(|c: char| c.is_numeric() || "$€£¥#".contains(c)) || is_camel(first_word(next));
            let omitted =
                bytes[at - 1].is_ascii_alphanumeric() && rest.starts_with(" . . .") && rest.contains(char::is_alphanumeric);
            if figure || omitted {
                found(body.len() - spaced.len(), false);
            }
        } else if let Some(notes) = after_notes(after) {
            found(body.len() - notes.len(), true);
        } else if !(bytes[at] == b'.' && after.starts_with('.')) && is_glued(last_piece(&body[..at]), after) {
            found(body.len() - after.len(), false);
        }
    }
}

/// What follows the marks of notes after a stop, "[1][2] The", if a sentence begins there.
fn after_notes(after: &str) -> Option<&str> {
    let mut rest = after;
    while let Some((note, more)) =
        rest.strip_prefix('[').and_then(|r| r.split_at_checked(r.bytes().take(4).position(|b| b == b']')?))
    {
        if note.is_empty() || !note.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        rest = &more[1..];
    }
    let next = rest.trim_start();
    (rest.len() < after.len() && next.len() < rest.len() && next.trim_start_matches(is_leader).starts_with(char::is_uppercase))
        .then_some(next)
}

/// Whether a sentence ends between `word`, a stop, and `after`, though no space parts them.
pub(super) fn is_glued(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    let capital = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    let lower = word.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let figure = word.ends_with(|c: char| c.is_ascii_digit());
    let address = word.contains(['@', '/', '\\']) || word.starts_with("www.") || word.contains('.') && !figure;
    // "Booking.Com" goes on like an address: no space after the next word, or a stop inside it.
    let after = &after[..after.floor_char_boundary(LONGEST_WORD)];
    let next_word = after.split(char::is_whitespace).next().unwrap_or("");
    let goes_on = next_word.len() < after.len() || next_word.ends_with(is_terminator);
    capital && (lower || figure) && !address && goes_on && !next_word.contains(['@', '/'])
}
