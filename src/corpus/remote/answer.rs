//! What an engine answers: articles, best first, and whether it has looked everywhere.

use serde_json::Value;

use super::{
    client::{self, Fault},
    fields::Resolved,
};
use crate::corpus::extract::{Extracted, article};

/// The longest number of an article that is kept.
const LONGEST: usize = 120;

/// The largest text that is read, in bytes: a book would hold a draft up.
const LARGEST: usize = 1 << 20;

/// What came of one question.
#[derive(Debug)]
pub(super) struct Answer {
    /// The articles, best first, each once, with how well it fits.
    pub(super) hits: Vec<Hit>,
    /// What was not looked at, if something was not: then there may be more.
    pub(super) missing: Option<String>,
    /// Articles that could not be read.
    pub(super) unread: usize,
}

/// An article that was found.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) id: String,
    pub(super) score: f32,
    pub(super) article: Extracted,
}

/// The answers to a batch of `count` questions, each on its own: one may fail.
///
/// # Errors
/// If this is no answer to a batch.
pub(super) fn answers(json: &Value, count: usize, fields: &Resolved) -> Result<Vec<Result<Answer, Fault>>, String> {
    match json["responses"].as_array() {
        Some(responses) if responses.len() == count => Ok(responses.iter().map(|one| answer(one, fields)).collect()),
        Some(responses) => Err(format!("it gives {} answers to {count} questions", responses.len())),
        None => Err("it does not answer as a search engine does: is its address the right one?".into()),
    }
}

fn answer(json: &Value, fields: &Resolved) -> Result<Answer, Fault> {
    let status = json["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    if status.is_some_and(|status| status >= 300) || json.get("error").is_some_and(|error| !error.is_null()) {
        let message = client::said(json).unwrap_or_else(|| format!("it answers {}", status.unwrap_or(500)));
        return Err(Fault { status, message });
    }
    let no_hits = || Fault { status: None, message: "its answer has no hits".into() };
    let found = json["hits"]["hits"].as_array().ok_or_else(no_hits)?;
    let shards = &json["_shards"];
    let failed = shards["failed"].as_u64().unwrap_or(0);
    let missing = match (failed, json["timed_out"].as_bool()) {
        (1.., _) => Some(format!("{failed} of {} shards failed", shards["total"].as_u64().unwrap_or(failed).max(failed))),
        (0, Some(true)) => Some("it ran out of time".to_owned()),
        (0, _) => None,
    };
    let (mut hits, mut unread): (Vec<Hit>, usize) = (Vec::with_capacity(found.len()), 0);
    for hit in found {
        match read(hit, fields) {
            // What was written twice is one article.
            Some(hit) if hits.iter().any(|known| known.id == hit.id) => {}
            Some(hit) => hits.push(hit),
            None => unread += 1,
        }
    }
    Ok(Answer { hits, missing, unread })
}

fn read(hit: &Value, fields: &Resolved) -> Option<Hit> {
    let source = &hit["_source"];
    let article = article(source, &fields.names).ok()?;
    if article.text.trim().is_empty() || article.text.len() > LARGEST {
        return None;
    }
    let named = |value: &Value| match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let own = fields.id.iter().find_map(|path| named(field(source, path)?));
    let id = own.or_else(|| named(&hit["_id"])).unwrap_or_else(|| digest(article.text.as_bytes()));
    let score = hit["_score"].as_f64().or_else(|| hit["sort"][0].as_f64()).unwrap_or(0.0);
    Some(Hit { id: tame(&id), score: score as f32, article })
}

/// The value at a path with dots.
fn field<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    record.get(path).or_else(|| path.split('.').try_fold(record, |at, name| at.get(name)))
}

/// The number of an article as it can be shown: on one line, without anything that acts.
fn tame(id: &str) -> String {
    let tame: String = id.chars().map(|c| if c.is_control() || c.is_whitespace() { '_' } else { c }).collect();
    if tame.chars().count() > LONGEST { digest(id.as_bytes()) } else { tame }
}

/// What tells bytes from others, in a name of sixteen letters.
pub(super) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_all_engines() {
        let hit = |id: Value, score: Value, sort: Value| json!({"_id": id, "_score": score, "sort": sort, "_source": {"id": "n\n1", "text": "Rain fell.", "title": "Rain", "date": "2026-03-02"}});
        let fields = Resolved::of_ours();
        let whole = json!({"status": 200, "timed_out": false, "_shards": {"total": 5, "failed": 0}, "hits": {"hits": [
            hit(json!("x"), json!(2.5), json!([2.5])), hit(json!("x2"), json!(1.5), json!([1.5])),
            {"_id": "y", "_score": 1.0, "_source": {"text": "Snow fell."}}, {"_id": "z", "_source": {}},
            {"_id": "b", "_source": {"text": "It rained. ".repeat(LARGEST / 10)}},
        ]}});
        // Of Quickwit.
        let bare = json!({"hits": {"hits": [hit(json!(""), Value::Null, json!([3.5]))]}});
        let partial = json!({"timed_out": false, "_shards": {"total": 5, "failed": 2}, "hits": {"hits": []}});
        let late = json!({"timed_out": true, "hits": {"hits": []}});
        let wrong = json!({"status": 404, "error": {"type": "index_not_found_exception", "reason": "no such index [wire]"}});
        let json = json!({"responses": [whole, bare, partial, late, wrong, {}]});
        let answers = answers(&json, 6, &fields).unwrap();
        let first = answers[0].as_ref().unwrap();
        assert_eq!(first.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["n_1", "y"]);
        assert_eq!((first.unread, &first.missing), (2, &None));
        let article = &first.hits[0].article;
        assert_eq!((article.text.as_str(), article.meta.published), ("Rain\n\nRain fell.", Some(jiff::civil::date(2026, 3, 2))));
        assert_eq!(answers[1].as_ref().unwrap().hits[0].score, 3.5);
        assert_eq!(answers[2].as_ref().unwrap().missing.as_deref(), Some("2 of 5 shards failed"));
        assert!(answers[3].as_ref().unwrap().missing.is_some());
        let wrong = answers[4].as_ref().unwrap_err();
        assert_eq!((wrong.status, wrong.message.as_str()), (Some(404), "no such index [wire]"));
        assert!(answers[5].is_err());
    }

    #[test]
    fn no_answers() {
        assert!(answers(&json!({"responses": []}), 1, &Resolved::of_ours()).is_err());
        assert!(answers(&json!([1]), 1, &Resolved::of_ours()).unwrap_err().contains("address"));
    }
}
