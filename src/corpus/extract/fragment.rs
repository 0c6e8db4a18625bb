//! Text that may be written in HTML, as feeds and exports hold it: all of it, for nothing else stands around it.

use std::sync::LazyLock;

use dom_query::Document;
use regex::Regex;

use super::html;

/// Tags that are markup wherever they stand: in running text "<b" is seldom anything else.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:p|br|div|span|a|b|i|u|em|strong|small|sup|sub|h[1-6]|[uod]l|li|d[td]|blockquote|q|cite|figure|figcaption|img|picture|table|tbody|tr|t[dh]|section|article|header|footer|main|aside|hr|pre|code|time|iframe|script|style|html|body|head|font|center)(?:\s[^<>]*)?/?>")
        .expect("a constant pattern")
});

/// Tags that begin a line. Without any of them the lines of the text are its own.
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(?:p|br|div|h[1-6]|[uod]l|li|blockquote|table|section|article|pre)\b").expect("a constant pattern")
});

static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});").expect("a constant pattern")
});

/// The text of `written`, which is text or HTML.
///
/// # Errors
/// If it is HTML that would take too long.
pub(super) fn text(written: &str) -> Result<String, String> {
    let tagged = written.contains('<') && TAG.is_match(written);
    if tagged && BLOCK.is_match(written) {
        return plain(written);
    }
    if tagged || written.contains('&') && ENTITY.is_match(written) {
        html::bounded(written)?;
        let lines: Result<Vec<String>, String> = written.lines().map(plain).collect();
        return Ok(lines?.join("\n"));
    }
    Ok(written.to_owned())
}

fn plain(html: &str) -> Result<String, String> {
    html::bounded(html)?;
    let document = Document::fragment(html);
    html::strip(&document);
    Ok(document.formatted_text().to_string())
}
