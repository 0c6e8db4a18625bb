//! What a text says of itself: front matter, headline, byline, dateline.

use saphyr::{LoadableYamlNode as _, Scalar, Yaml};

use super::{Block, BlockKind, Meta, dateline};
use crate::text::{Problem, single_spaced};

/// Longer front matter is text that begins with a rule.
const LONGEST: usize = 64 * 1024;

/// Reads the front matter at the start of a text. Returns where the text after it begins, in bytes: 0 if there is none.
pub(super) fn front_matter(text: &str) -> (usize, Meta, Vec<Problem>) {
    let mut meta = Meta::default();
    let Some((yaml, end)) = delimited(text) else { return (0, meta, Vec::new()) };
    let loaded = if is_tame(yaml) {
        Yaml::load_from_str(yaml).map_err(|error| error.to_string())
    } else {
        Err("it is nested too deeply".into())
    };
    match loaded.as_deref() {
        Ok([Yaml::Mapping(fields), ..]) => {
            for (key, value) in fields {
                set(&mut meta, &scalar(key).unwrap_or_default(), &strings(value));
            }
            (end, meta, Vec::new())
        }
        Ok([]) if yaml.trim().is_empty() => (end, meta, Vec::new()),
        // A rule, some text, another rule.
        Ok(_) => (0, meta, Vec::new()),
        Err(error) => {
            // A headline with a colon in it is the commonest fault. Lines of "key: value" can be read all the same.
            let fields: Vec<(&str, &str)> = yaml.lines().filter_map(|line| line.split_once(": ")).collect();
            if !fields.iter().any(|(key, _)| is_known(&key.trim().to_lowercase())) {
                return (0, meta, Vec::new());
            }
            for (key, value) in fields {
                set(&mut meta, key, &[value.trim().trim_matches(['"', '\'']).to_owned()]);
            }
            let problem = Problem::new(format!("The front matter is not valid YAML: {error}. It was read line by line."));
            (end, meta, vec![problem])
        }
    }
}

/// Nested brackets and aliases can make a small text very large or very deep; no front matter needs many.
pub(super) fn is_tame(yaml: &str) -> bool {
    yaml.matches(['[', '{', '?', '*']).count() + yaml.matches("- -").count() <= 64
}

/// The lines between a first line of three dashes and the next, and where the text after them begins.
fn delimited(text: &str) -> Option<(&str, usize)> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let open = text.len() - body.len();
    let first = body.split_inclusive('\n').next()?;
    if first.trim_end() != "---" || !first.ends_with('\n') {
        return None;
    }
    let start = open + first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if at - start > LONGEST {
            return None;
        }
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[start..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn scalar(value: &Yaml<'_>) -> Option<String> {
    match value {
        Yaml::Value(Scalar::String(s)) => Some(s.trim().to_owned()),
        Yaml::Value(Scalar::Integer(n)) => Some(n.to_string()),
        Yaml::Representation(s, ..) => Some(s.trim().to_owned()),
        _ => None,
    }
    .filter(|s| !s.is_empty())
}

/// The strings of a field: one, or those of a list; of a map its name.
fn strings(value: &Yaml<'_>) -> Vec<String> {
    match value {
        Yaml::Sequence(items) => items.iter().filter_map(|item| scalar(item).or_else(|| named(item))).collect(),
        value => scalar(value).or_else(|| named(value)).into_iter().collect(),
    }
}

fn named(value: &Yaml<'_>) -> Option<String> {
    let Yaml::Mapping(fields) = value else { return None };
    let wanted = |key: &Yaml<'_>| matches!(scalar(key).as_deref(), Some("name" | "path" | "file"));
    fields.iter().find(|(key, _)| wanted(key)).and_then(|(_, value)| scalar(value))
}

fn is_known(key: &str) -> bool {
    set(&mut Meta::default(), key, &[])
}

/// Sets a field by what markup says, unless it is set already: front matter and what stands first count. Values with commas are lists.
pub(super) fn suggest(meta: &mut Meta, key: &str, value: &str) {
    let key = key.trim().to_lowercase();
    let value = single_spaced(value);
    let value = value.trim_matches(['"', '\'', ' ']);
    if value.is_empty() {
        return;
    }
    let mut said = Meta::default();
    let values: Vec<String> = match key.as_str() {
        "sources" => {
            let list = value.trim_start_matches('[').trim_end_matches(']');
            list.split(',').map(|v| v.trim().trim_matches(['"', '\'']).to_owned()).filter(|v| !v.is_empty()).collect()
        }
        _ => vec![value.to_owned()],
    };
    set(&mut said, &key, &values);
    meta.title = meta.title.take().or(said.title);
    meta.byline = meta.byline.take().or(said.byline);
    meta.outlet = meta.outlet.take().or(said.outlet);
    meta.published = meta.published.or(said.published);
    meta.url = meta.url.take().or(said.url);
    meta.window = meta.window.or(said.window);
    meta.sources.extend(said.sources);
}

/// Reads a line of a comment that says something of the draft, such as "sources: a.txt, b.pdf", in a format that has no better place.
pub(super) fn remark(meta: &mut Meta, comment: &str) {
    if let Some((key, value)) = comment.split_once(':')
        && matches!(key.trim().to_ascii_lowercase().as_str(), "sources" | "window" | "date")
    {
        suggest(meta, key, value);
    }
}

/// Sets a field; says whether there is one of this name.
fn set(meta: &mut Meta, key: &str, values: &[String]) -> bool {
    let joined = || (!values.is_empty()).then(|| values.join(", "));
    match key.trim().to_lowercase().as_str() {
        "title" | "headline" => meta.title = joined().or(meta.title.take()),
        "author" | "authors" | "byline" | "by" => meta.byline = joined().or(meta.byline.take()),
        "outlet" | "publisher" | "publication" | "source" | "site" => meta.outlet = joined().or(meta.outlet.take()),
        "date" | "published" | "publish_date" | "pubdate" | "date_published" | "datepublished" | "publication_date" => {
            meta.published = values.first().and_then(|v| dateline::date(v)).or(meta.published);
        }
        "url" | "link" | "canonical" => meta.url = joined().or(meta.url.take()),
        "window" => {
            // "30" and "30 days" are the same.
            let days = values.first().and_then(|v| v.split_whitespace().next()?.parse().ok());
            meta.window = days.or(meta.window);
        }
        "sources" => meta.sources.extend_from_slice(values),
        _ => return false,
    }
    true
}

/// Fills in from the text itself what the front matter did not say.
pub(super) fn complete(prose: &str, blocks: &[Block], meta: &mut Meta) {
    let words = |block: &Block| super::trimmed(prose, block.span.range()).map_or("", |r| &prose[r]);
    if meta.title.is_none() {
        // After two paragraphs a heading is a subheading.
        let mut paragraphs = 0;
        let mut top = blocks.iter().take_while(|b| {
            paragraphs += usize::from(b.kind == BlockKind::Paragraph);
            paragraphs < 2
        });
        meta.title = top.find(|b| b.kind == BlockKind::Heading).map(|b| single_spaced(words(b)));
    }
    let mut paragraphs = 0;
    for block in blocks.iter().take(12) {
        let line = words(block);
        if meta.byline.is_none() {
            meta.byline = byline(line);
        }
        if meta.published.is_none() {
            meta.published = dateline::date_line(line);
        }
        if block.kind == BlockKind::Paragraph {
            if let Some(found) = dateline::dateline(line) {
                meta.published = meta.published.or(found.date);
                meta.outlet = meta.outlet.take().or(found.outlet);
            }
            // A date line is short; after two real paragraphs the top of the article is over.
            paragraphs += usize::from(line.split_whitespace().count() > 14);
            if paragraphs == 2 {
                break;
            }
        }
    }
    // What nothing else dates, its headline may: "Minutes of the works committee, 4 February 2026".
    if meta.published.is_none() {
        let top = blocks.iter().take(2).filter(|b| b.kind == BlockKind::Heading || words(b).split_whitespace().count() <= 8);
        meta.published = top.map(words).find_map(dateline::ending_date);
    }
}

/// Who wrote it, from a line that says only that: "By Jane Roe", "By JANE ROE and John Doe, Associated Press".
pub(super) fn byline(line: &str) -> Option<String> {
    let rest = line.trim().strip_prefix("By ").or_else(|| line.trim().strip_prefix("BY "))?;
    // What follows a bar is the date or the outlet.
    let rest = rest.split(['|', '•', '·']).next().unwrap_or(rest).trim();
    let count = rest.split_whitespace().count();
    let particle = |w: &str| {
        matches!(
            w,
            "and" | "of" | "for" | "the" | "in" | "with" | "de" | "van" | "von" | "der" | "bin" | "al" | "da" | "di" | "la" | "&"
        )
    };
    let names = rest.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || particle(w));
    // "By Friday Everything Had Changed": titles are seldom so short as names are.
    ((2..=12).contains(&count) && names && !rest.ends_with(['.', '!', '?', ':']) && !rest.contains(|c: char| c.is_ascii_digit()))
        .then(|| rest.to_owned())
}
