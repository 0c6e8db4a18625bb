//! E-mails: the text as it was written, else the page beside it.

use jiff::civil::Date;
use mail_parser::{MessageParser, PartType};

use super::{Extracted, headed, html, said};
use crate::document::Meta;

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let damaged = || "damaged: this is not an e-mail".to_owned();
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let sender = message.from().and_then(|from| from.first());
    if sender.is_none() && message.date().is_none() && message.subject().is_none() {
        return Err(damaged());
    }
    let meta = Meta {
        title: message.subject().map(bare_subject).and_then(said),
        byline: sender.and_then(|sender| sender.name().or(sender.address())).and_then(said),
        published: message
            .date()
            .and_then(|d| Date::new(d.year.try_into().ok()?, d.month.try_into().ok()?, d.day.try_into().ok()?).ok()),
        ..Meta::default()
    };
    let parts = || message.text_body.iter().chain(&message.html_body).filter_map(|id| message.parts.get(*id as usize));
    let plain = parts().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    });
    let page = || {
        parts().find_map(|part| match &part.body {
            PartType::Html(page) => Some(html::page(page)),
            _ => None,
        })
    };
    let text = match plain {
        Some(text) => written(text),
        None => page().ok_or_else(|| "the e-mail holds no text".to_owned())??.text,
    };
    Ok(Extracted { text: headed(meta.title.as_deref(), &text), meta, ..Extracted::default() })
}

/// The subject without "Re:" and "Fwd:".
fn bare_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !["re", "fw", "fwd", "aw", "wg"].contains(&mark.trim().to_ascii_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The text without the marks of what is quoted, up to the signature.
fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().take_while(|line| *line != "-- ") {
        out.push_str(line.trim_start_matches(['>', ' ']));
        out.push('\n');
    }
    out
}
