//! What is asked for a claim: the very words that are sent, and the search that they are sent in.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::fields::Resolved;
use crate::{
    corpus::{Query, Word, engine::Sends},
    prose,
};

/// How many articles each question asks for.
pub(super) const SIZE: usize = 12;

/// How much a word counts in the headline, beside what it counts in the text.
const TITLE: f32 = 0.5;

/// The most words of one question.
const MOST: usize = 64;

/// The words that are sent for a claim. They say what makes two questions the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Question {
    /// What the sentence has, in the order of the alphabet.
    words: String,
    /// What a source may have instead, and counts half.
    others: String,
    /// The day before which articles are too old.
    since: Option<Date>,
}

impl Question {
    /// What is asked for a claim; `None` if nothing of it may be sent.
    pub(super) fn new(query: &Query, sends: Sends, since: Option<Date>) -> Option<Self> {
        let mut sent: Vec<&Word> = query.words.iter().filter(|word| sends == Sends::Words || word.is_named).collect();
        sent.truncate(MOST);
        // Sentences cannot be put together from it, and an edit that only moves words asks nothing new.
        let words = |wanted: &dyn Fn(f32) -> bool| {
            let mut words: Vec<String> =
                sent.iter().filter(|word| wanted(word.weight)).map(|word| prose::fold(&word.text)).collect();
            words.sort_unstable();
            words.dedup();
            words.join(" ")
        };
        let (words, others) = (words(&|weight| weight >= 1.0), words(&|weight| weight < 1.0));
        (!(words.is_empty() && others.is_empty())).then_some(Self { words, others, since })
    }

    /// The search, as an engine takes it: no more than what all of them understand.
    fn search(&self, fields: &Resolved) -> Value {
        let matches = |names: &[String], words: &str| -> Vec<Value> {
            names.iter().map(|name| json!({"match": {name: {"query": words, "operator": "or"}}})).collect()
        };
        let mut should = Vec::new();
        for (words, boost) in [(&self.words, 1.0), (&self.others, 0.5)] {
            if words.is_empty() {
                continue;
            }
            should.extend(boosted(matches(&fields.names.text, words), boost));
            if !fields.names.title.is_empty() {
                should.extend(boosted(matches(&fields.names.title, words), TITLE * boost));
            }
        }
        let mut bool = json!({"should": should});
        if let (Some(since), Some(date)) = (self.since, &fields.since) {
            bool["filter"] = json!([{"range": {date: {"gte": format!("{since}T00:00:00Z")}}}]);
        }
        json!({
            "query": {"bool": bool},
            "size": SIZE,
            "sort": [{"_score": {"order": "desc"}}],
            "_source": fields.wanted(),
        })
    }
}

/// Clauses with a boost, which not all engines take anywhere but on a `bool`.
fn boosted(clauses: Vec<Value>, boost: f32) -> Vec<Value> {
    if boost >= 1.0 { clauses } else { vec![json!({"bool": {"should": clauses, "boost": boost}})] }
}

/// The body of a request with these questions, in JSON lines.
pub(super) fn batch(questions: &[Question], index: &str, fields: &Resolved) -> String {
    let mut out = String::new();
    for question in questions {
        // Writing into a string cannot fail.
        let _ = write!(out, "{}\n{}\n", json!({"index": index}), question.search(fields));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, weight: f32, is_named: bool) -> Word {
        Word { text: text.into(), weight, is_named }
    }

    #[test]
    fn what_is_sent() {
        let words =
            vec![word("Voss", 1.0, true), word("promised", 1.0, false), word("Ferries", 1.0, true), word("Lena", 0.5, true)];
        let query = Query { words, ..Query::default() };
        let all = Question::new(&query, Sends::Words, None).unwrap();
        assert_eq!((all.words.as_str(), all.others.as_str()), ("ferries promised voss", "lena"));
        let names = Question::new(&query, Sends::Names, None).unwrap();
        assert_eq!((names.words.as_str(), names.others.as_str()), ("ferries voss", "lena"));
        let nothing = Query { words: vec![word("promised", 1.0, false)], ..Query::default() };
        assert_eq!(Question::new(&nothing, Sends::Names, None), None);
    }

    #[test]
    fn only_what_all_engines_understand() {
        let question =
            Question { words: "ferries voss".into(), others: "lena".into(), since: Some(jiff::civil::date(2026, 3, 1)) };
        let fields = Resolved::of_ours();
        let body = batch(&[question], "wire", &fields);
        let lines: Vec<&str> = body.split('\n').collect();
        assert_eq!((lines.len(), lines[0], lines[2]), (3, r#"{"index":"wire"}"#, ""));
        for never in ["multi_match", "min_score", "explain", "timeout", "minimum_should_match"] {
            assert!(!body.contains(never));
        }
        let search: Value = serde_json::from_str(lines[1]).unwrap();
        let bool = &search["query"]["bool"];
        assert_eq!(bool["should"][0], json!({"match": {"text": {"query": "ferries voss", "operator": "or"}}}));
        assert_eq!(bool["should"][1]["bool"]["boost"], 0.5);
        assert_eq!(bool["filter"][0]["range"]["date"]["gte"], "2026-03-01T00:00:00Z");
        assert_eq!(search["sort"][0]["_score"]["order"], "desc");
    }
}
