//! Feeds, RSS and Atom: each entry is a text of its own.

use feed_rs::{model::Entry, parser};

use super::{Extracted, fragment, headed, html, said};
use crate::{
    document::{self, Meta},
    text::single_spaced,
};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Extracted>, String> {
    let (xml, problems) = html::decode(bytes);
    let xml = undeclared(&xml);
    if !root(xml).is_some_and(|name| ["rss", "feed", "RDF", "entry"].contains(&name)) {
        return Err("this is not a feed".into());
    }
    // An address is no identity here, so none is made up; and a date is the day that is written, wherever that was.
    let reader = parser::Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| "none".to_owned())
        .timestamp_parser(|written| format!("{}T12:00:00Z", document::date(written)?).parse().ok())
        .build();
    let feed = reader.parse(xml.as_bytes()).map_err(|error| format!("damaged feed: {}", single_spaced(&error.to_string())))?;
    let outlet = feed.title.and_then(|title| line(&title.content));
    let mut texts = Vec::new();
    let mut failed = Vec::new();
    for (i, entry) in feed.entries.into_iter().enumerate() {
        let part = i + 1;
        match text(&entry) {
            Ok(None) => {}
            Ok(Some(text)) => {
                let meta = meta(&entry, outlet.clone());
                let text = headed(meta.title.as_deref(), &text);
                texts.push(Extracted { text, meta, part: Some(part.to_string()), problems: Vec::new() });
            }
            Err(why) => failed.push((format!("entry {part}"), why)),
        }
    }
    super::with_problems(texts, problems, failed, "there are no entries with a text in it")
}

/// Its content, else its summary, if that says more than the title.
fn text(entry: &Entry) -> Result<Option<String>, String> {
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let title = entry.title.as_ref().map(|title| letters(&title.content)).unwrap_or_default();
    for written in [content, entry.summary.as_ref().map(|summary| summary.content.as_str())].into_iter().flatten() {
        let text = fragment::text(written)?;
        let words = letters(&text);
        if !words.is_empty() && words != title {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

fn meta(entry: &Entry, outlet: Option<String>) -> Meta {
    let names: Vec<String> = entry.authors.iter().filter_map(|author| line(author.name.as_deref()?)).collect();
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate")).or(entry.links.first());
    Meta {
        title: entry.title.as_ref().and_then(|title| line(&title.content)),
        byline: said(&names.join(", ")),
        outlet,
        published: entry.published.or(entry.updated).and_then(|date| document::date(&date.to_string())),
        url: link.and_then(|link| said(&link.href)),
        ..Meta::default()
    }
}

fn line(written: &str) -> Option<String> {
    said(&fragment::text(written).ok()?)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The XML without its declaration: it is decoded already.
fn undeclared(xml: &str) -> &str {
    let xml = xml.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    xml.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(xml, |(_, rest)| rest)
}

/// The name of the outermost element, without its prefix.
fn root(xml: &str) -> Option<&str> {
    let mut rest = xml.trim_start();
    for (start, end) in std::iter::repeat_n([("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">")], 16).flatten() {
        if let Some(after) = rest.strip_prefix(start) {
            let inner = after.split_once('[').filter(|(before, _)| start == "<!DOCTYPE" && !before.contains('>'));
            let after = inner.and_then(|(_, inner)| inner.split_once(']')).map_or(after, |(_, rest)| rest);
            rest = after.split_once(end)?.1.trim_start();
        }
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    Some(name.rsplit(':').next().unwrap_or(name))
}
