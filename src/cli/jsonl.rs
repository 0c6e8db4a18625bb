//! JSON lines: one object a line in, one a line out, in order. A line that cannot be read gives an error in its place.

use std::{
    collections::BTreeMap,
    io::{self, BufRead as _, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::Error;
use crate::{
    corpus::{Source, embedded::Embedded, load},
    ide::{self, Code, Format, Reading},
    report::json,
};

/// A draft with its sources.
#[derive(Deserialize)]
pub(super) struct Case {
    #[serde(default)]
    id: Value,
    sources: Vec<Article>,
    draft: String,
    date: Option<String>,
    language: Option<String>,
}

#[derive(Deserialize)]
struct Article {
    title: Option<String>,
    text: String,
    date: Option<String>,
    language: Option<String>,
}

/// A text to read, for `stages --jsonl`.
#[derive(Deserialize)]
pub(super) struct Text {
    #[serde(default)]
    pub(super) id: Value,
    pub(super) text: String,
    pub(super) date: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    mentions: Vec<json::Mention<'a>>,
}

#[derive(Serialize)]
struct Failure {
    id: Value,
    error: String,
}

impl Case {
    /// The case's name, its draft as read, and its sources.
    pub(super) fn open(self) -> Result<(Value, Arc<Reading>, Embedded), String> {
        let published = date(self.date.as_deref())?;
        let corpus = Embedded::from_sources(sources(self.sources)?).map_err(|e| e.message)?;
        let format = format(self.language.as_deref())?;
        Ok((self.id, Arc::new(ide::read(&self.draft, format, published)), corpus))
    }
}

/// `check --jsonl`
pub(super) fn check() -> Result<(), Error> {
    each(|case: Case| {
        let (id, draft, corpus) = case.open()?;
        let checked = ide::check(draft, &corpus);
        if let Some(problem) = checked.problems.first() {
            tracing::warn!(id = %id, "{}", problem.message);
        }
        let severity = |code: Code| Some(code.severity());
        to_json(&Answer { id: &id, mentions: json::mentions(&checked, &severity) })
    })
}

fn sources(articles: Vec<Article>) -> Result<Vec<Source>, String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut sources = Vec::with_capacity(articles.len());
    for (i, article) in articles.into_iter().enumerate() {
        let title = article.title.filter(|t| !t.trim().is_empty());
        let mut path = title.clone().unwrap_or_else(|| format!("source {}", i + 1));
        let times = seen.entry(path.clone()).or_default();
        *times += 1;
        if *times > 1 {
            path = format!("{path} ({times})");
        }
        let published = date(article.date.as_deref())?;
        let format = format(article.language.as_deref())?;
        sources.push(load::source(path.clone(), path, article.text.into(), format, title.as_deref(), published));
    }
    Ok(sources)
}

/// A format by the name that editors have for it; plain text without one.
fn format(language: Option<&str>) -> Result<Format, String> {
    language
        .map_or(Ok(Format::Plain), |name| Format::of_language(name).ok_or_else(|| format!("{name:?} is not a format of drafts")))
}

/// A date as JSON has it: ISO 8601; what follows the day is ignored.
pub(super) fn date(text: Option<&str>) -> Result<Option<Date>, String> {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
    let day = text.get(..10).unwrap_or(text);
    day.parse().map(Some).map_err(|_| format!("{text:?} is not a date like 2025-12-04"))
}

/// Answers every line of standard input. Blank lines are passed over.
pub(super) fn each<T: DeserializeOwned>(mut answer: impl FnMut(T) -> Result<String, String>) -> Result<(), Error> {
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        // A fault of ours in one case must not cost the others.
        let attempt = AssertUnwindSafe(|| serde_json::from_slice(&line).map_err(|e| e.to_string()).and_then(&mut answer));
        let result =
            catch_unwind(attempt).unwrap_or_else(|_| Err("copydesk failed on this text; standard error says where".into()));
        let text = match result {
            Ok(text) => text,
            Err(error) => {
                let id = serde_json::from_slice(&line).map_or(Value::Null, |mut v: Value| v["id"].take());
                to_json(&Failure { id, error })?
            }
        };
        output.write_all(text.as_bytes())?;
        output.write_all(b"\n")?;
        // Whoever sends one line and waits for its answer must get it.
        output.flush()?;
    }
    Ok(())
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|e| e.to_string())
}
