//! Articles in exports: which of a record's fields holds what.

use std::{borrow::Borrow, collections::BTreeSet, sync::LazyLock};

use jiff::{ToSpan as _, civil::Date};
use serde_json::Value;

use super::{Extracted, Fields, fragment, headed, linked, said, with_problems};
use crate::{
    document::{self, Meta},
    text::Problem,
};

/// How deep values are looked into.
const DEEPEST: usize = 6;

/// The names of `data/fields.txt`.
struct Known {
    text: Vec<&'static str>,
    summary: Vec<&'static str>,
    title: Vec<&'static str>,
    date: Vec<&'static str>,
    author: Vec<&'static str>,
    outlet: Vec<&'static str>,
    url: Vec<&'static str>,
    inner: Vec<&'static str>,
    id: Vec<&'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known {
    text: names_of("text"),
    summary: names_of("summary"),
    title: names_of("title"),
    date: names_of("date"),
    author: names_of("author"),
    outlet: names_of("outlet"),
    url: names_of("url"),
    inner: names_of("inner"),
    id: names_of("id"),
});

fn names_of(what: &str) -> Vec<&'static str> {
    let line = include_str!("../data/fields.txt").lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(": "));
    line.map_or_else(Vec::new, |names| names.split(' ').collect())
}

/// The usual names of fields that hold this: small letters and digits alone, the most usual first.
pub(in crate::corpus) fn usual(what: &str) -> &'static [&'static str] {
    match what {
        "text" => &KNOWN.text,
        "title" => &KNOWN.title,
        "date" => &KNOWN.date,
        "author" => &KNOWN.author,
        "outlet" => &KNOWN.outlet,
        "url" => &KNOWN.url,
        "id" => &KNOWN.id,
        _ => &[],
    }
}

/// Reads records, each with its number; `unit` is what they are called. One that is no article is a problem, and the others are read.
///
/// # Errors
/// If none has a text.
pub(super) fn read<V: Borrow<Value>>(
    records: impl Iterator<Item = (usize, Result<V, String>)>,
    unit: &str,
    problems: Vec<Problem>,
    fields: &Fields,
) -> Result<Vec<Extracted>, String> {
    let mut texts = Vec::new();
    let mut failed = Vec::new();
    let mut names = BTreeSet::new();
    let mut damaged = true;
    for (number, record) in records {
        let read = record.and_then(|record| {
            let record = record.borrow();
            damaged = false;
            if !record.is_object() {
                return Err("this is no object".into());
            }
            if texts.is_empty() && names.len() < 20 {
                spell(record, "", &mut names);
            }
            extracted(record, fields)
        });
        match read {
            Ok(text) => texts.push(Extracted { part: Some(number.to_string()), ..text }),
            Err(why) => failed.push((format!("{unit} {number}"), why)),
        }
    }
    let none = match names.is_empty() {
        true if failed.is_empty() => "there are no records in it".to_owned(),
        true if damaged => format!("{}: {}", failed[0].0, failed[0].1),
        true => "its records have no fields with names".to_owned(),
        false => unnamed(&names, fields),
    };
    with_problems(texts, problems, failed, &none)
}

/// What to do if no field is known to hold the text.
fn unnamed(names: &BTreeSet<String>, fields: &Fields) -> String {
    let listed: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
    let listed = listed.join(", ");
    match fields.text.is_empty() {
        true => format!(
            "no field is known to hold the text; there are: {listed}. Say which in copydesk.toml, under [fields]: text = \"NAME\""
        ),
        false => {
            format!("no record has a text in {}, as [fields] in copydesk.toml says; there are: {listed}", fields.text.join(", "))
        }
    }
}

/// The names of an object's fields, those of the objects in it after a dot.
fn spell(record: &Value, before: &str, names: &mut BTreeSet<String>) {
    let Value::Object(fields) = record else { return };
    for (name, value) in fields {
        let short: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
        let path = format!("{before}{short}");
        match value {
            Value::Object(_) if before.is_empty() => spell(value, &format!("{path}."), names),
            _ => drop(names.insert(path)),
        }
    }
}

/// Whether an object holds the text of an article itself, not in a list of articles.
pub(super) fn is_article(json: &Value, fields: &Fields) -> bool {
    let own = |value: &Value| match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(Value::is_string),
        Value::Object(_) => KNOWN.inner.iter().any(|name| field(value, name).is_some_and(Value::is_string)),
        _ => false,
    };
    let named = fields.text.iter().flat_map(|path| at(json, path)).any(own);
    // The title of an answer stands above a list whose items have titles, that of an article above its parts.
    let titled = |value: &Value| KNOWN.title.iter().any(|name| field(value, name).is_some());
    let parts = |value: &Value| {
        titled(json)
            && value.as_array().is_some_and(|items| !items.iter().any(titled))
            && text(value, 0).is_ok_and(|t| t.is_some())
    };
    named || KNOWN.text.iter().filter_map(|name| field(json, name)).any(|value| own(value) || parts(value))
}

/// Whether a record holds a text.
pub(super) fn has_text(record: &Value, fields: &Fields) -> bool {
    matches!(find_text(record, fields), Ok(Some(_)))
}

/// Reads a record that is an article.
///
/// # Errors
/// If it has no text: why, in a few words.
pub(in crate::corpus) fn extracted(record: &Value, fields: &Fields) -> Result<Extracted, String> {
    let (text, home) = find_text(record, fields)?.ok_or("there is no text in it")?;
    let homes = [home, record];
    let find = |named: &[String], known: &[&str], read: &dyn Fn(&Value) -> Option<String>| {
        let named = named.iter().flat_map(|path| at(record, path)).find_map(read);
        named.or_else(|| homes.iter().find_map(|home| known.iter().find_map(|name| read(field(home, name)?))))
    };
    let line = |value: &Value| names(value).and_then(|written| said(&fragment::text(&written).ok()?));
    let meta = Meta {
        title: find(&fields.title, &KNOWN.title, &line),
        byline: find(&fields.author, &KNOWN.author, &line),
        outlet: find(&fields.outlet, &KNOWN.outlet, &line),
        published: find(&fields.date, &KNOWN.date, &|value| date(value).map(|date| date.to_string()))
            .and_then(|d| document::date(&d)),
        url: find(&fields.url, &KNOWN.url, &|value| value.as_str().or_else(|| value.get("@id")?.as_str()).and_then(said)),
        ..Meta::default()
    };
    Ok(Extracted { text: headed(meta.title.as_deref(), &text), meta, ..Extracted::default() })
}

/// The text of a record and the object in which it stands.
fn find_text<'a>(record: &'a Value, fields: &Fields) -> Result<Option<(String, &'a Value)>, String> {
    let mut named = Vec::new();
    for value in fields.text.iter().flat_map(|path| at(record, path)) {
        named.extend(text(value, 0)?);
    }
    if !named.is_empty() {
        return Ok(Some((named.join("\n\n"), record)));
    }
    let inner = || record.as_object().into_iter().flat_map(|fields| fields.values()).filter(|value| value.is_object());
    for names in [&KNOWN.text, &KNOWN.summary] {
        for home in std::iter::once(record).chain(inner()) {
            for value in names.iter().filter_map(|name| field(home, name)) {
                if let Some(text) = text(value, 0)? {
                    return Ok(Some((text, if value.is_object() { value } else { home })));
                }
            }
        }
    }
    Ok(None)
}

/// The text of a value: a string, paragraphs in a list, or the text in an object.
fn text(value: &Value, depth: usize) -> Result<Option<String>, String> {
    let found = match value {
        Value::String(written) => fragment::text(written)?,
        Value::Array(items) if depth < DEEPEST => {
            let mut parts = Vec::new();
            for item in items {
                parts.extend(text(item, depth + 1)?);
            }
            parts.join("\n\n")
        }
        Value::Object(_) if depth < DEEPEST => {
            for value in
                KNOWN.inner.iter().chain(&KNOWN.text).filter(|name| **name != "name").filter_map(|name| field(value, name))
            {
                if let Some(text) = text(value, depth + 1)? {
                    return Ok(Some(text));
                }
            }
            String::new()
        }
        _ => String::new(),
    };
    Ok(Some(found).filter(|text| !text.trim().is_empty()))
}

/// A title or names: a string, a number, an object with a name, or a list of those.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Object(_) => KNOWN.inner.iter().find_map(|name| said(field(value, name)?.as_str()?)),
        _ => linked::names(value),
    }
}

/// The field of an object with this name, whatever its capitals, dashes and underscores.
fn field<'a>(record: &'a Value, name: &str) -> Option<&'a Value> {
    let same = |key: &str| {
        let letters = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.eq(name.chars())
    };
    record.as_object()?.iter().find(|(key, value)| !value.is_null() && same(key)).map(|(_, value)| value)
}

/// The values at a path with dots: a field of that very name, else step by step, through all items of a list.
fn at<'a>(record: &'a Value, path: &str) -> Vec<&'a Value> {
    match record {
        Value::Array(items) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            match first.parse::<usize>() {
                Ok(i) => {
                    items.get(i).into_iter().flat_map(|item| if rest.is_empty() { vec![item] } else { at(item, rest) }).collect()
                }
                Err(_) => items.iter().filter(|item| item.is_object()).flat_map(|item| at(item, path)).collect(),
            }
        }
        Value::Object(fields) => {
            let same = || fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(path)).map(|(_, value)| value);
            if let Some(value) = fields.get(path).or_else(same) {
                return vec![value];
            }
            let step = path.split_once('.').and_then(|(first, rest)| Some(at(fields.get(first)?, rest)));
            step.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// A day: written, or as seconds or milliseconds since 1970.
fn date(value: &Value) -> Option<Date> {
    match value {
        Value::String(written) => {
            let written = written.trim();
            let figures = written.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &written[figures..];
            match figures {
                // "20260312", "20260312T101500Z"
                8 | 14 if rest.is_empty() || rest.starts_with('T') => {
                    document::date(&format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..8]))
                }
                9..=13 if rest.is_empty() || rest.starts_with('.') => since_1970(written.parse().ok()?),
                _ => document::date(written),
            }
        }
        Value::Number(number) => match number.as_u64() {
            Some(day @ 19_000_101..=21_001_231) => date(&Value::String(day.to_string())),
            _ => since_1970(number.as_f64()?),
        },
        Value::Object(_) => ["date", "iso", "value", "rendered"].iter().find_map(|name| date(field(value, name)?)),
        _ => None,
    }
}

fn since_1970(figure: f64) -> Option<Date> {
    let seconds = match figure {
        1e8..1e11 => figure,
        1e11..1e14 => figure / 1e3,
        _ => return None,
    };
    Date::new(1970, 1, 1).ok()?.checked_add(((seconds / 86_400.0) as i64).days()).ok()
}
