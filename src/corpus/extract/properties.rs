//! What a document says of itself in its properties. Programs fill them in, so not all of it was said by anybody.

use std::sync::LazyLock;

use super::said;

/// Words that programs put where a title or a name should be.
static PLACEHOLDERS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../data/placeholders.txt").lines().collect());

/// A title, if it may be one.
pub(super) fn title(text: &str) -> Option<String> {
    let title = said(text)?;
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit() || " .-_()".contains(c)).to_lowercase();
    let is_file = title.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=6).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.starts_with(|c: char| c.is_ascii_lowercase())
    });
    // "Microsoft Word - draft3"
    let is_made = ["microsoft ", "untitled", "http://", "https://", "file:"].iter().any(|p| bare.starts_with(p));
    (!(is_file || is_made || PLACEHOLDERS.contains(&bare.as_str())) && plausible(&title) && title.chars().count() >= 4)
        .then_some(title)
}

/// The name of an author, if it may be one.
pub(super) fn author(text: &str) -> Option<String> {
    let name = said(text)?;
    (!PLACEHOLDERS.contains(&name.to_lowercase().as_str()) && plausible(&name)).then_some(name)
}

/// Whether it is short and of letters in the main.
fn plausible(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    letters * 2 > all && all <= 300 && !text.contains('\u{fffd}')
}
