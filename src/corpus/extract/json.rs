//! Exports in JSON: one article, a list of them, or one on each line.

use serde_json::{Deserializer, Value};

use super::{Extracted, Fields, record};
use crate::text;

/// How deep a list of articles may lie in what an interface answered.
const DEEPEST: usize = 4;

pub(super) fn read(bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    let (json, problems) = text::decode(bytes);
    let json = json.trim_start_matches('\u{feff}');
    let mut values = Vec::new();
    for value in Deserializer::from_str(json).into_iter::<Value>() {
        values.push(value.map_err(|error| format!("damaged JSON: {error}"))?);
    }
    let one = match values.len() {
        0 => return Err("there is nothing in it".into()),
        1 => values.remove(0),
        // One after another, without a list around them.
        _ => Value::Array(values),
    };
    let found = records(&one, fields);
    let single = found.is_none();
    let found: Vec<&Value> = found.unwrap_or_else(|| vec![&one]);
    let numbered = found.into_iter().enumerate().map(|(i, value)| (i + 1, Ok(value)));
    let mut texts = record::read(numbered, "record", problems, fields)?;
    if single {
        texts.iter_mut().for_each(|text| text.part = None);
    }
    Ok(texts)
}

pub(super) fn read_lines(bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    let (json, problems) = text::decode(bytes);
    let lines = json.split('\n').map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')).enumerate();
    let values = lines.filter(|(_, line)| !line.is_empty()).map(|(i, line)| {
        let value = serde_json::from_str::<Value>(line).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => "not JSON: it breaks off".to_owned(),
            _ => format!("not JSON: {}", error.to_string().replace(" at line 1 column ", " at its character ")),
        });
        (i + 1, value)
    });
    record::read(values, "line", problems, fields)
}

/// The list of articles in `json`; `None` if it is an article itself.
fn records<'a>(json: &'a Value, fields: &Fields) -> Option<Vec<&'a Value>> {
    if let Value::Array(items) = json {
        return Some(items.iter().collect());
    }
    if record::is_article(json, fields) {
        return None;
    }
    let mut lists = Vec::new();
    gather(json, DEEPEST, &mut lists);
    // Beside the articles there may be a list of other things: those of which one has a text, else the longest.
    let texts = |list: &&[Value]| list.iter().take(8).any(|item| record::has_text(item, fields));
    let best = lists.iter().copied().find(texts).or_else(|| lists.iter().copied().max_by_key(|list| list.len()));
    best.filter(|list| texts(list) || !record::has_text(json, fields)).map(|list| list.iter().collect())
}

/// The lists of objects in an object.
fn gather<'a>(json: &'a Value, depth: usize, lists: &mut Vec<&'a [Value]>) {
    let Value::Object(fields) = json else { return };
    for value in fields.values() {
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => lists.push(items),
            Value::Object(_) if depth > 0 => gather(value, depth - 1, lists),
            _ => {}
        }
    }
}
