//! What a page says of itself for machines: JSON-LD.

use serde_json::Value;

use super::said;
use crate::document::{self, Meta};

/// What a type of a thing that is read ends with: NewsArticle, BlogPosting, Report.
const ARTICLES: [&str; 4] = ["Article", "Posting", "Report", "Review"];

/// Reads one block of JSON-LD: the first article in it, also in a list or in a graph.
pub(super) fn read(json: &str) -> Option<Meta> {
    let json: Value = serde_json::from_str(json.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>")).ok()?;
    let article = article(&json, 0)?;
    let text = |key: &str| article.get(key).and_then(Value::as_str).and_then(plain);
    let meta = Meta {
        title: text("headline").or_else(|| text("name")),
        byline: article.get("author").and_then(names),
        outlet: article.get("publisher").and_then(names),
        published: ["datePublished", "dateCreated"].iter().find_map(|key| document::date(article.get(key)?.as_str()?)),
        url: text("url").or_else(|| match article.get("mainEntityOfPage")? {
            Value::String(url) => plain(url),
            page => page.get("@id").and_then(Value::as_str).and_then(plain),
        }),
        ..Meta::default()
    };
    (meta != Meta::default()).then_some(meta)
}

fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article(item, depth + 1)),
        Value::Object(_) if is_article(value) => Some(value),
        Value::Object(fields) => ["@graph", "mainEntity"].iter().find_map(|key| article(fields.get(*key)?, depth + 1)),
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let named = |t: &Value| t.as_str().is_some_and(|t| ARTICLES.iter().any(|a| t.ends_with(a)));
    match value.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}

/// The names of people or organisations: strings, objects with a name, or lists of those.
pub(super) fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => plain(name),
        Value::Array(items) => {
            let all: Vec<String> = items.iter().filter(|i| !i.is_array()).filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(fields) => match fields.get("name")? {
            Value::String(name) => plain(name),
            _ => None,
        },
        _ => None,
    }
}

/// Headlines in JSON-LD are often escaped twice.
fn plain(text: &str) -> Option<String> {
    let text = [("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#8217;", "’"), ("&nbsp;", " "), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escaped, plain)| if text.contains('&') { text.replace(escaped, plain) } else { text });
    said(&text)
}
