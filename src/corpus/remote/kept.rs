//! What an archive has answered, as far as there is room for it: answers as the numbers of articles, articles as they came, and the newest
//! of these as sources. A source has a copy on the disk, so that an editor can go to it.

use std::{
    env, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    FRESH, PEACE,
    answer::{Answer, digest},
    question::Question,
};
use crate::corpus::{Source, archive::CACHE, extract::Extracted, load};

/// How much text of articles is kept, in bytes.
const ROOM: usize = 128 << 20;

/// How many answers are kept.
const ANSWERS: usize = 20_000;

/// How many articles are kept as sources.
const SOURCES: usize = 1_000;

/// After how long a copy on the disk is deleted that nobody has needed.
const UNUSED: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The number of an article, and what tells its text from a later one.
pub(super) type Key = (Arc<str>, Arc<str>);

#[derive(Default)]
pub(super) struct Kept {
    answers: FxHashMap<Question, Answered>,
    articles: FxHashMap<Key, Arc<Extracted>>,
    sources: FxHashMap<Key, Arc<Source>>,
    /// The bytes of all articles.
    bytes: usize,
    /// Counts the checks.
    now: u64,
}

/// An answer.
pub(super) struct Answered {
    /// The articles, best first, with how well they fit.
    pub(super) hits: Arc<[(Key, f32)]>,
    /// What was not looked at.
    pub(super) missing: Option<String>,
    at: Instant,
    /// The check that used it last.
    used: u64,
}

impl Answered {
    /// Whether it is time to ask again.
    pub(super) fn is_due(&self) -> bool {
        self.at.elapsed() > if self.missing.is_some() { PEACE } else { FRESH }
    }
}

impl Kept {
    /// A check begins.
    pub(super) fn tick(&mut self) {
        self.now += 1;
    }

    /// The answer to a question, which this check uses.
    pub(super) fn answer(&mut self, question: &Question) -> Option<&Answered> {
        let answer = self.answers.get_mut(question)?;
        answer.used = self.now;
        Some(answer)
    }

    /// The answer to a question, just to look at it.
    pub(super) fn peek(&self, question: &Question) -> Option<&Answered> {
        self.answers.get(question)
    }

    /// Takes an answer in.
    pub(super) fn put(&mut self, question: Question, answer: Answer) {
        if answer.unread > 0 {
            tracing::debug!(articles = answer.unread, "articles of the archive have no text, or too much");
        }
        let mut hits = Vec::with_capacity(answer.hits.len());
        for hit in answer.hits {
            let key: Key = (hit.id.into(), digest(hit.article.text.as_bytes()).into());
            if !self.articles.contains_key(&key) {
                self.bytes += hit.article.text.len();
                self.articles.insert(key.clone(), Arc::new(hit.article));
            }
            hits.push((key, hit.score));
        }
        let answered = Answered { hits: hits.into(), missing: answer.missing, at: Instant::now(), used: self.now };
        self.answers.insert(question, answered);
    }

    /// Forgets what was used longest ago, if there is too much; but nothing of the newest check, which would ask for it again at once.
    pub(super) fn make_room(&mut self) {
        if self.bytes <= ROOM && self.answers.len() <= ANSWERS {
            return;
        }
        let mut used: Vec<u64> = self.answers.values().map(|answer| answer.used).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied().unwrap_or(0);
        let now = self.now;
        self.answers.retain(|_, answer| answer.used > middle || answer.used == now);
        let needed: FxHashSet<&Key> = self.answers.values().flat_map(|answer| answer.hits.iter().map(|(key, _)| key)).collect();
        self.articles.retain(|key, _| needed.contains(key));
        self.sources.retain(|key, _| needed.contains(key));
        self.bytes = self.articles.values().map(|article| article.text.len()).sum();
    }

    pub(super) fn source(&self, key: &Key) -> Option<Arc<Source>> {
        self.sources.get(key).cloned()
    }

    /// An article as it came.
    pub(super) fn raw(&self, key: &Key) -> Option<Raw> {
        Some(Raw { key: key.clone(), article: self.articles.get(key)?.clone() })
    }

    /// Keeps an article that was read.
    pub(super) fn keep(&mut self, raw: &Raw, source: Arc<Source>) {
        if self.sources.len() >= SOURCES {
            self.sources.clear();
        }
        self.sources.insert(raw.key.clone(), source);
    }
}

/// An article as it came, with its number.
pub(super) struct Raw {
    key: Key,
    article: Arc<Extracted>,
}

impl Raw {
    /// Reads it as a source. Its path says that it is from an archive; where it lies is a copy on this machine.
    pub(super) fn read(&self) -> Source {
        let (id, digest) = &self.key;
        let path = format!("archive: {id}");
        let location = copied(&self.article.text, digest).unwrap_or_else(|error| {
            tracing::warn!("an article of the archive cannot be kept on the disk: {error}");
            PathBuf::from(format!("{digest}.txt"))
        });
        load::article(path, location.to_string_lossy().into_owned(), Extracted::clone(&self.article))
    }
}

/// Writes the text of an article into a file of its own, if it is not there.
fn copied(text: &str, digest: &str) -> io::Result<PathBuf> {
    let folder = folder()?;
    let path = folder.join(format!("{digest}.txt"));
    if fs::metadata(&path).is_ok_and(|meta| meta.len() == text.len() as u64) {
        // So that it counts as used.
        let _ = fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        return Ok(path);
    }
    fs::create_dir_all(&folder)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(path)
}

/// The folder of the copies.
pub(super) fn folder() -> io::Result<PathBuf> {
    Ok(cache()?.join("articles"))
}

/// The folder for all that can be got again.
pub(super) fn cache() -> io::Result<PathBuf> {
    let cache = env::var_os(CACHE).filter(|c| !c.is_empty()).map(PathBuf::from);
    let cache = cache.or_else(|| dirs::cache_dir().map(|dir| dir.join("copydesk")));
    cache.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no folder for caches"))
}

/// Deletes the copies that nobody has needed for long.
pub(super) fn tidy() {
    let Ok(entries) = folder().and_then(fs::read_dir) else { return };
    let is_unused =
        |path: &Path| fs::metadata(path).and_then(|m| m.modified()).is_ok_and(|m| m.elapsed().is_ok_and(|age| age > UNUSED));
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_unused(path)) {
        let _ = fs::remove_file(path);
    }
}
