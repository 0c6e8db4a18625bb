//! An archive on a search engine that many share: Elasticsearch, OpenSearch or Quickwit, by what all three understand. It is asked for the
//! articles that speak of what a draft speaks of; they are read, aligned and judged here.
//!
//! What was asked once is known, and nobody waits for the rest: [`known`](Remote::known) gives what is there and never asks,
//! [`ask`](Remote::ask) asks for what is missing, all of it at once. Whatever keeps an answer away is a problem to be shown. A claim that was
//! not heard on is no claim that the archive does not speak of: [`Heard`] tells the two apart.

mod answer;
mod client;
mod fields;
pub mod fill;
mod kept;
mod question;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, Once, PoisonError},
    thread,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use ureq::http::Method;

use super::{Corpus, CorpusError, Passage, Query, Source, embedded::Embedded, engine::Engine, files::FileProblem, mixture};
use client::{Ask, Client, Fault};
use fields::Resolved;
use kept::Kept;
use question::Question;

/// How many questions go in one request.
const BATCH: usize = 200;

/// How often single questions are asked again that the engine was too busy for.
const TRIES: u32 = 4;

/// The pause before that; it doubles.
const PAUSE: Duration = Duration::from_millis(250);

/// How long after a failure the archive is left in peace.
const PEACE: Duration = Duration::from_secs(30);

/// How long an answer holds: articles are added all the time.
const FRESH: Duration = Duration::from_secs(30 * 60);

/// An archive, with what it has answered.
pub struct Remote {
    engine: Engine,
    client: Client,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    fields: Option<Arc<Resolved>>,
    kept: Kept,
    /// What went wrong last, and when; nothing if all went well since.
    trouble: Option<(Instant, String)>,
    /// Counts the changes of what is known.
    generation: u64,
}

/// What is known of an archive for some claims.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The articles, in the order of their paths.
    pub articles: Vec<Arc<Source>>,
    /// Which claims have been heard on.
    pub heard: Heard,
    /// How many questions there is no answer to.
    pub missing: usize,
    /// What keeps answers away, for the writer.
    pub problem: Option<FileProblem>,
}

/// Which claims an archive has been heard on.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    questions: FxHashSet<Question>,
    engine: Option<(super::engine::Sends, Option<Date>)>,
}

impl Heard {
    /// Whether there is no archive that could be heard.
    pub(super) fn is_all(&self) -> bool {
        self.engine.is_none()
    }

    /// Whether all that an archive has to say on a claim is known, given what the claim asks for.
    #[must_use]
    pub fn has(&self, query: &Query) -> bool {
        let Some((sends, since)) = self.engine else { return true };
        Question::new(query, sends, since).is_none_or(|question| self.questions.contains(&question))
    }
}

impl Remote {
    /// The archive on this engine. It is not asked anything yet.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self { client: Client::new(&engine), engine, inner: Mutex::default() }
    }

    /// Where it is and how it is asked.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// How many requests it was sent, failed ones too.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.client.sent()
    }

    /// What is known for these claims, given what each asks for; of articles from before the day `since` nothing. Does not ask, and so does
    /// not wait.
    #[must_use]
    pub fn known(&self, queries: &[Query], since: Option<Date>) -> Known {
        self.known_of(queries, since, |found| mixture::articles(found.iter().map(|hits| &**hits)))
    }

    /// The same, of those articles that `choose` chooses of what each claim finds.
    fn known_of(
        &self,
        queries: &[Query],
        since: Option<Date>,
        choose: impl Fn(&[Arc<[(kept::Key, f32)]>]) -> Vec<kept::Key>,
    ) -> Known {
        let questions = self.questions(queries, since);
        let mut inner = self.lock();
        inner.kept.tick();
        let (mut heard, mut found, mut missing, mut partial) = (FxHashSet::default(), Vec::new(), 0, None);
        for question in questions {
            let Some(answer) = inner.kept.answer(&question) else {
                missing += 1;
                continue;
            };
            // What is there of it counts meanwhile.
            missing += usize::from(answer.is_due() || answer.missing.is_some());
            found.push(answer.hits.clone());
            match &answer.missing {
                None => drop(heard.insert(question)),
                Some(why) => partial = Some(why.clone()),
            }
        }
        let chosen = choose(&found);
        let trouble = inner.trouble.as_ref().filter(|_| missing > 0).map(|(_, why)| why.clone());
        let problem = match (&self.engine.refused, trouble, partial) {
            (Some(why), ..) => Some(why.clone()),
            (_, Some(why), _) => Some(why),
            (.., Some(why)) => Some(partly(&why)),
            _ => None,
        };
        let problem = problem.map(|message| FileProblem { path: format!("archive {}", self.engine.index), message });
        if self.engine.refused.is_some() {
            missing = 0;
        }
        drop(inner);
        let mut articles = self.expanded(&chosen);
        articles.retain(|source| match (since, source.reading.prose.document.meta.published) {
            (Some(since), Some(published)) => published >= since,
            _ => true,
        });
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        Known { articles, heard: Heard { questions: heard, engine: Some((self.engine.sends, since)) }, missing, problem }
    }

    /// How long it is to be left in peace; nothing if it may be asked at once.
    #[must_use]
    pub fn rest(&self) -> Duration {
        self.lock().trouble.as_ref().map_or(Duration::ZERO, |(at, _)| PEACE.saturating_sub(at.elapsed()))
    }

    /// Asks for what is not known for these claims. Blocks until it has answered, or has not in the time it has.
    pub fn ask(&self, queries: &[Query], since: Option<Date>) {
        if self.engine.refused.is_some() {
            return;
        }
        let missing: Vec<Question> = {
            let mut inner = self.lock();
            inner.kept.make_room();
            let is_missing = |question: &Question| inner.kept.peek(question).is_none_or(kept::Answered::is_due);
            self.questions(queries, since).into_iter().filter(is_missing).collect()
        };
        if missing.is_empty() {
            return;
        }
        static TIDIED: Once = Once::new();
        TIDIED.call_once(kept::tidy);
        let begun = Instant::now();
        let done = self.ask_all(&missing);
        let done = done.map_err(|why| format!("it could not be asked: {why}"));
        tracing::debug!(questions = missing.len(), took = ?begun.elapsed(), "asked the archive");
        let mut inner = self.lock();
        inner.generation += 1;
        let partial = || missing.iter().find_map(|question| inner.kept.peek(question)?.missing.as_deref().map(partly));
        inner.trouble = done.err().or_else(partial).map(|why| (Instant::now(), why));
    }

    /// Forgets what was answered, so that it is asked for anew.
    pub fn forget(&self) {
        let mut inner = self.lock();
        (inner.kept, inner.fields, inner.trouble) = (Kept::default(), None, None);
        inner.generation += 1;
    }

    /// What would be sent for these claims: for each request its address, without what it is signed with, and its body. Asks the engine
    /// which fields there are, which says nothing of any draft; one that must not be asked is taken to have those that are named, else ours.
    ///
    /// # Errors
    /// If it cannot be asked.
    pub fn shown(&self, queries: &[Query], since: Option<Date>) -> Result<Vec<(String, String)>, String> {
        let fields = match self.engine.refused {
            None => self.fields()?,
            Some(_) => Arc::new(Resolved::unseen(&self.engine).unwrap_or_else(Resolved::of_ours)),
        };
        let url = format!("{}/_msearch", self.engine.nodes.first().map_or("", |node| node.url.as_str()));
        let questions = self.questions(queries, since);
        Ok(questions.chunks(BATCH).map(|batch| (url.clone(), question::batch(batch, &self.engine.index, &fields))).collect())
    }

    /// The questions of these claims, each once, in the claims' order.
    fn questions(&self, queries: &[Query], since: Option<Date>) -> Vec<Question> {
        let mut known = BTreeSet::new();
        let questions = queries.iter().filter_map(|query| Question::new(query, self.engine.sends, since));
        questions.filter(|question| known.insert(question.clone())).collect()
    }

    /// Asks until there is an answer to each, or an end to that.
    fn ask_all(&self, questions: &[Question]) -> Result<(), String> {
        let mut left = questions.to_vec();
        for attempt in 0..TRIES {
            let mut busy = Vec::new();
            for batch in left.chunks(BATCH) {
                busy.extend(self.ask_batch(batch)?);
            }
            if busy.is_empty() {
                return Ok(());
            }
            left = busy;
            thread::sleep(PAUSE * (1 << attempt));
        }
        Err(format!("{}: it is too busy for {} of {} questions", self.url(), left.len(), questions.len()))
    }

    /// Asks once, and gives what the engine was too busy for.
    fn ask_batch(&self, batch: &[Question]) -> Result<Vec<Question>, String> {
        let fields = self.fields()?;
        let body = question::batch(batch, &self.engine.index, &fields);
        let ask = Ask { method: Method::POST, path: "/_msearch", body: body.as_bytes() };
        let json = self.client.ask(&ask).map_err(|fault| fault.message)?;
        let answers = answer::answers(&json, batch.len(), &fields).map_err(|why| format!("{}: {why}", self.url()))?;
        let (mut wrong, mut busy) = (None, Vec::new());
        let mut inner = self.lock();
        for (question, answer) in batch.iter().zip(answers) {
            match answer {
                Ok(answer) => inner.kept.put(question.clone(), answer),
                Err(Fault { status: Some(429 | 503), .. }) => busy.push(question.clone()),
                Err(fault) => wrong = Some(fault.message),
            }
        }
        // Perhaps its fields have changed.
        wrong.map_or(Ok(busy), |why| {
            inner.fields = None;
            Err(format!("{}: {why}", self.url()))
        })
    }

    /// The fields of its index, as the engine tells them once.
    fn fields(&self) -> Result<Arc<Resolved>, String> {
        if let Some(fields) = &self.lock().fields {
            return Ok(fields.clone());
        }
        let path = format!("/{}/_mapping", self.engine.index);
        let found = match self.client.ask(&Ask { method: Method::GET, path: &path, body: &[] }) {
            Ok(mapping) => Resolved::new(&self.engine, &mapping)?,
            // Who may search may not always ask for the mapping.
            Err(fault) => self.unseen(fault)?,
        };
        let fields = Arc::new(found);
        self.lock().fields = Some(fields.clone());
        Ok(fields)
    }

    fn unseen(&self, fault: Fault) -> Result<Resolved, String> {
        match fault.status {
            Some(404) => Err(format!("{}: there is no index `{}`", self.url(), self.engine.index)),
            Some(403 | 405) => Resolved::unseen(&self.engine).ok_or_else(|| {
                format!("{}. Say in copydesk.toml which fields there are, under [archive.fields]: text = \"NAME\"", fault.message)
            }),
            _ => Err(fault.message),
        }
    }

    fn url(&self) -> &str {
        self.engine.nodes.first().map_or("", |node| node.url.as_str())
    }

    /// These articles as sources.
    fn expanded(&self, wanted: &[kept::Key]) -> Vec<Arc<Source>> {
        let (mut out, fresh): (Vec<Arc<Source>>, Vec<kept::Raw>) = {
            let inner = self.lock();
            let mut fresh = Vec::new();
            let known = wanted.iter().filter_map(|key| match inner.kept.source(key) {
                Some(source) => Some(source),
                None => {
                    fresh.extend(inner.kept.raw(key));
                    None
                }
            });
            (known.collect(), fresh)
        };
        let read = super::load::parallel(&fresh, kept::Raw::read);
        let mut inner = self.lock();
        for (raw, source) in fresh.iter().zip(read) {
            let source = Arc::new(source);
            inner.kept.keep(raw, source.clone());
            out.push(source);
        }
        out
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn partly(why: &str) -> String {
    format!("it is partly unavailable: {why}")
}

/// Whether a file is the copy of an article of an archive.
#[must_use]
pub fn is_copy(file: &Path) -> bool {
    kept::folder().is_ok_and(|folder| file.starts_with(folder))
}

/// By itself it asks and waits, one claim at a time.
impl Corpus for Remote {
    fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
        let queries = std::slice::from_ref(query);
        if query.limit > 0 {
            self.ask(queries, None);
        }
        let Known { articles, problem, .. } =
            self.known_of(queries, None, |found| found.iter().flat_map(|hits| hits.iter()).map(|(key, _)| key.clone()).collect());
        match problem {
            Some(FileProblem { path, message }) => Err(CorpusError { message: format!("{path}: {message}") }),
            None => Embedded::new(articles).map_err(|error| CorpusError { message: error.to_string() })?.search(query),
        }
    }

    fn generation(&self) -> u64 {
        self.lock().generation
    }
}
