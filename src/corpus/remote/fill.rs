//! Fills an index of an engine with articles: a folder of them, or exports. What is there already stays as it is; a run that was stopped
//! goes on where it was.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::{Value, json};
use ureq::http::Method;

use super::{
    answer::digest,
    client::{self, Ask, Client},
    kept,
};
use crate::{
    corpus::{
        archive::Progress,
        engine::Engine,
        extract::{Extracted, Fields},
        files::{self, FileProblem, Found},
        load, slug,
    },
    document::{self, Document, Format},
    text::single_spaced,
};

/// The most bytes of a request: engines take ten million, with what stands around it.
const LARGEST: usize = 9_000_000;

/// The most articles of a request.
const MOST: usize = 1_000;

/// How many files are read at a time.
const CHUNK: usize = 64;

/// How often articles are sent again that the engine was too busy for.
const TRIES: u32 = 8;

/// The pause before that; it doubles.
const PAUSE: Duration = Duration::from_millis(250);

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Articles that are there now and were not before.
    pub loaded: usize,
    /// Articles that were there.
    pub known: usize,
    /// What could not be read, or not be loaded.
    pub problems: Vec<FileProblem>,
}

/// An article as it is stored.
#[derive(Serialize)]
struct Stored<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// What an index is made with that is not there yet.
#[must_use]
pub fn mapping() -> Value {
    json!({
        "mappings": {
            "properties": {
                "id": {"type": "keyword"},
                "title": {"type": "text", "analyzer": "english"},
                "text": {"type": "text", "analyzer": "english"},
                "date": {"type": "date"},
                "author": {"type": "keyword"},
                "outlet": {"type": "keyword"},
                "url": {"type": "keyword"}
            }
        }
    })
}

/// Fills the index with the articles at these paths; `fields` say which fields of exports hold what.
///
/// # Errors
/// If the engine does not take them; what it took by then is there, and another run goes on.
pub fn fill(engine: &Engine, paths: &[PathBuf], fields: &Fields, progress: &(dyn Fn(Progress) + Sync)) -> Result<Filled, String> {
    let client = Client::new(engine);
    let is_fresh = make(&client, &engine.index)?;
    let mut filled = Filled::default();
    let found = files::find(paths, &mut filled.problems);
    let journal = Journal::open(engine, is_fresh).map_err(|error| format!("what was loaded cannot be noted: {error}"))?;
    let mut filling = Filling { client: &client, index: &engine.index, journal, batch: Batch::default(), filled };
    // Of files that were not read yet one article each is expected.
    let (mut done, mut unread) = (0, found.len());
    for chunk in found.chunks(CHUNK) {
        let articles = load::parallel(chunk, |found| read(found, fields));
        unread -= chunk.len();
        let total = done + articles.iter().map(|articles| articles.as_ref().map_or(1, Vec::len)).sum::<usize>() + unread;
        for (file, articles) in chunk.iter().zip(articles) {
            match articles {
                Ok(articles) => {
                    for (id, line) in articles {
                        filling.add(&file.shown, id, &line)?;
                        done += 1;
                        progress(Progress { done, total });
                    }
                }
                Err(message) => {
                    filling.filled.problems.push(FileProblem { path: file.shown.clone(), message });
                    done += 1;
                }
            }
        }
    }
    filling.send(true)?;
    Ok(filling.filled)
}

/// Makes the index, if there is none. Says whether there is nothing in it.
fn make(client: &Client, index: &str) -> Result<bool, String> {
    let path = format!("/{index}");
    let is_there = client.ask(&Ask { method: Method::GET, path: &format!("{path}/_mapping"), body: &[] });
    match is_there {
        Ok(_) => {
            let count = client.ask(&Ask { method: Method::GET, path: &format!("{path}/_count"), body: &[] });
            return Ok(count.is_ok_and(|count| count["count"] == 0));
        }
        Err(fault) if fault.status == Some(404) => {}
        Err(fault) => return Err(fault.message),
    }
    let body = mapping().to_string();
    client.ask(&Ask { method: Method::PUT, path: &path, body: body.as_bytes() }).map(|_| true).map_err(|fault| {
        match fault.status {
            Some(404 | 405) => {
                format!("there is no index `{index}`, and this engine lets nobody make one in this way: make it first")
            }
            _ => fault.message,
        }
    })
}

/// The articles of a file, each with its number and the lines that store it.
fn read(found: &Found, fields: &Fields) -> Result<Vec<(String, String)>, String> {
    let texts = load::read_texts(&found.location, fields)?;
    let read: Vec<_> =
        texts.into_iter().map(|text| lines(found, text)).filter_map(Result::transpose).collect::<Result<_, _>>()?;
    if read.is_empty() { Err("there is no text in it".into()) } else { Ok(read) }
}

/// `None` if there is nothing in it.
fn lines(found: &Found, text: Extracted) -> Result<Option<(String, String)>, String> {
    let format = load::format_of(Path::new(&found.location));
    let place = format!("{}#{}", found.shown, text.part.as_deref().unwrap_or_default());
    let document = load::document_of(format, text);
    let text = readable(&document);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let meta = &document.meta;
    let name = slug::slug(meta.published, meta.title.as_deref().unwrap_or_default());
    let id = format!("{name}-{}", &digest(format!("{place}\n{text}").as_bytes())[..8]);
    let meta = document.meta;
    let stored = Stored {
        id: &id,
        title: meta.title,
        text,
        date: meta.published.map(|day| day.to_string()),
        author: meta.byline,
        outlet: meta.outlet,
        url: meta.url,
    };
    let stored = serde_json::to_string(&stored).map_err(|error| error.to_string())?;
    Ok(Some((id, stored)))
}

/// The text without what only marks it up.
fn readable(document: &Document) -> String {
    if document.format != Format::Markdown {
        return document::body(&document.text).to_owned();
    }
    let blocks = document.blocks.iter().map(|block| single_spaced(block.span.of(&document.prose)));
    blocks.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Articles that go in one request.
#[derive(Default)]
struct Batch {
    /// The number of each, the file it is from, and its lines.
    articles: Vec<(String, String, String)>,
    bytes: usize,
}

struct Filling<'a> {
    client: &'a Client,
    index: &'a str,
    journal: Journal,
    batch: Batch,
    filled: Filled,
}

impl Filling<'_> {
    fn add(&mut self, path: &str, id: String, stored: &str) -> Result<(), String> {
        if self.journal.done.contains(&id) {
            self.filled.known += 1;
            return Ok(());
        }
        let lines = format!("{}\n{stored}\n", json!({"create": {"_index": self.index, "_id": id}}));
        if lines.len() > LARGEST {
            let message = format!("one of its articles is larger than {} MB", LARGEST / 1_000_000);
            self.filled.problems.push(FileProblem { path: path.to_owned(), message });
            return Ok(());
        }
        if self.batch.bytes + lines.len() > LARGEST || self.batch.articles.len() == MOST {
            self.send(false)?;
        }
        self.batch.bytes += lines.len();
        self.batch.articles.push((id, path.to_owned(), lines));
        Ok(())
    }

    /// Sends what there is; after the last of it waits until it can be found.
    fn send(&mut self, is_last: bool) -> Result<(), String> {
        let mut left = std::mem::take(&mut self.batch).articles;
        for attempt in 0.. {
            if left.is_empty() {
                break;
            }
            let body: String = left.iter().map(|(.., lines)| lines.as_str()).collect();
            let path = if is_last { "/_bulk?refresh=wait_for" } else { "/_bulk" };
            let ask = Ask { method: Method::POST, path, body: body.as_bytes() };
            let answer = self.client.ask(&ask).map_err(|fault| self.stopped(&fault.message))?;
            left = self.take(left, &answer)?;
            if !left.is_empty() {
                if attempt == TRIES {
                    return Err(self.stopped("it is too busy"));
                }
                thread::sleep(PAUSE * (1 << attempt));
            }
        }
        Ok(())
    }

    /// Notes what was taken, and gives what was not for want of time.
    fn take(&mut self, sent: Vec<(String, String, String)>, answer: &Value) -> Result<Vec<(String, String, String)>, String> {
        let items = answer["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        // Some say only that all went well.
        let is_silent = items.is_empty() && answer["errors"] == false;
        if !is_silent && items.len() != sent.len() {
            return Err(self.stopped(&format!("it gives {} answers to {} articles", items.len(), sent.len())));
        }
        let (mut again, mut done) = (Vec::new(), Vec::new());
        for (i, article) in sent.into_iter().enumerate() {
            let item = items.get(i).map_or(&Value::Null, |item| item.get("create").unwrap_or(item));
            match item["status"].as_u64() {
                None if is_silent => {
                    self.filled.loaded += 1;
                    done.push(article.0);
                }
                Some(200..300) => {
                    self.filled.loaded += 1;
                    done.push(article.0);
                }
                Some(409) => {
                    self.filled.known += 1;
                    done.push(article.0);
                }
                Some(429 | 503) => again.push(article),
                status => {
                    let why = client::said(item).unwrap_or_else(|| format!("status {}", status.unwrap_or(0)));
                    self.filled
                        .problems
                        .push(FileProblem { path: article.1, message: format!("the engine does not take it: {why}") });
                }
            }
        }
        self.journal.note(done).map_err(|error| format!("what was loaded cannot be noted: {error}"))?;
        Ok(again)
    }

    fn stopped(&self, why: &str) -> String {
        format!("{why}. {} articles are loaded; the same command goes on from there.", self.filled.loaded + self.filled.known)
    }
}

/// Which articles are in an index, so that another run does not send them again: not all engines notice that an article is there.
struct Journal {
    done: FxHashSet<String>,
    file: File,
}

impl Journal {
    fn open(engine: &Engine, is_fresh: bool) -> io::Result<Self> {
        let url = engine.nodes.first().map_or("", |node| node.url.as_str());
        let folder = kept::cache()?.join("loaded");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}.txt", digest(format!("{url}/{}", engine.index).as_bytes())));
        if is_fresh && path.exists() {
            fs::remove_file(&path)?;
        }
        let file = File::options().create(true).append(true).read(true).open(&path)?;
        let done = BufReader::new(File::open(&path)?).lines().collect::<io::Result<_>>()?;
        Ok(Self { done, file })
    }

    fn note(&mut self, done: Vec<String>) -> io::Result<()> {
        let lines: String = done.iter().map(|id| format!("{id}\n")).collect();
        self.file.write_all(lines.as_bytes())?;
        self.done.extend(done);
        Ok(())
    }
}
