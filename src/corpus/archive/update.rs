//! Looks at the files, and takes in what changed.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::mpsc::{Receiver, sync_channel},
    thread,
    time::Instant,
};

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::{
    Archive, DATABASE, Fault, Inner,
    codec::{Codec, Compressor},
    now,
    pack::pack,
    store::{self, Hash, Row, Store, Text},
    terms::Writer,
};
use crate::{
    claim::Reading,
    corpus::{
        CorpusError,
        extract::{self, Fields},
        files::{self, FileProblem, Found, Stamp},
        load::{self, parallel},
        terms_of_text,
    },
};

/// Files that are read before any of them is stored.
const CHUNK: usize = 512;

/// After how many texts what was read can be searched, and survives the end of the process: each time costs some hundred milliseconds.
const COMMIT: usize = 16_384;

/// And after how long at most.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// The digest of the files as they were when all were as the manifest has them.
const SEEN: &str = "seen";

/// Which files to look at.
#[derive(Clone, Copy, Debug)]
pub enum Look<'a> {
    /// All.
    All,
    /// Those at these paths, or what lay there or below.
    At(&'a BTreeSet<PathBuf>),
}

/// How far an update has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files that were read.
    pub done: usize,
    /// Files that have to be read.
    pub total: usize,
}

impl Progress {
    /// Whether there is so much to read that somebody may wonder how far it is.
    #[must_use]
    pub fn is_long(self) -> bool {
        const MANY: usize = 200;
        self.total >= MANY
    }

    /// In per cent.
    #[must_use]
    pub fn percent(self) -> usize {
        self.done * 100 / self.total.max(1)
    }
}

/// What is to be done.
#[derive(Default)]
struct Plan {
    read: Vec<(Found, Stamp)>,
    /// Files whose content is as it was, but not the name that they are shown with.
    rename: Vec<(Found, Row)>,
    /// Files that may have changed, but have not.
    same: Vec<(Found, Row)>,
    /// Files whose stamp has changed, or tells nothing.
    suspect: Vec<(Found, Stamp, Row)>,
    /// Locations of files that are gone.
    gone: Vec<String>,
    /// Hashes that some file may have had last.
    doubtful: FxHashSet<Hash>,
    /// What is wrong with the paths themselves; `None` if they were not looked at.
    problems: Option<Vec<FileProblem>>,
    /// The digest of all files, if their stamps tell that none has changed since it was last made.
    seen: Option<Hash>,
    /// Whether the content of all files is known.
    is_sure: bool,
}

/// A file that was read.
struct Fresh {
    found: Found,
    stamp: Stamp,
    /// Its hash and what came of reading it, `None` if that is known already; or why it could not be read.
    content: Result<(Hash, Option<Content>), String>,
}

struct Content {
    /// Each text packed, with its terms.
    texts: Result<Vec<Packed>, String>,
    notes: Vec<String>,
}

struct Packed {
    text: Text,
    terms: String,
}

impl Archive {
    /// Looks at the files, and takes in what changed: all of it, or none of a file. Says whether anything did. Waits for whoever else is
    /// writing. Only files that changed are read. Blocks while it reads: call it on a worker.
    ///
    /// # Errors
    /// If the index cannot be written; what it held before, it still holds.
    pub fn update(&self, look: Look<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<bool, CorpusError> {
        Ok(self.look(look, progress)?)
    }

    pub(super) fn look(&self, look: Look<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<bool, Fault> {
        let _lock = self.place.as_ref().map(|place| place.lock()).transpose()?;
        if matches!(look, Look::All)
            && let Some(place) = &self.place
        {
            place.tidy();
        }
        let before = self.generation();
        self.catch_up()?;
        self.reconcile()?;
        let plan = self.plan(look)?;
        let (changed, seen) = (!plan.is_empty(), plan.seen);
        for (found, row) in &plan.same {
            self.lock().store.put_file(&found.location.to_string_lossy(), row)?;
        }
        if changed {
            self.carry_out(plan, progress)?;
        }
        self.lock().store.settle()?;
        if let Some(seen) = seen {
            self.lock().store.set_meta(SEEN, seen)?;
        }
        if matches!(look, Look::All) {
            self.lock().store.set_meta("looked", now() / 1_000_000_000)?;
        }
        Ok(changed || self.generation() != before)
    }

    /// Compares the files with the manifest.
    fn plan(&self, look: Look<'_>) -> Result<Plan, Fault> {
        let mut plan = Plan { is_sure: true, ..Plan::default() };
        if let Look::At(paths) = look
            && let Some(found) = paths.iter().map(|path| files::find_at(&self.paths, path)).collect::<Option<Vec<_>>>()
        {
            for (path, found) in paths.iter().zip(found) {
                let location = found.as_ref().map_or_else(|| path.clone(), |f| f.location.clone());
                let known = self.lock().store.file(&location.to_string_lossy())?;
                match (found, known) {
                    (Some(found), known) => plan.compare(found, known),
                    (None, Some(known)) => plan.lose(location.to_string_lossy().into_owned(), &known),
                    // Nothing was there and nothing is, or it was a folder.
                    (None, None) if self.lock().store.holds_below(&location.to_string_lossy())? => return self.plan(Look::All),
                    (None, None) => {}
                }
            }
            return Ok(plan.resolve());
        }
        let mut problems = Vec::new();
        let found = files::find(&self.paths, &mut problems);
        let stamps = parallel(&found, |found| Stamp::of(&found.location));
        problems.sort();
        problems.dedup();
        let is_changed = problems != self.lock().store.path_problems()?;
        let seen = digest(&found, &stamps);
        if !is_changed && seen.is_some() && seen == self.lock().store.meta::<Option<Hash>>(SEEN)?.flatten() {
            return Ok(plan);
        }
        // There are many: who asks for something meanwhile does not wait for them.
        let known = match &self.place {
            Some(place) => Store::files_at(&place.folder.join(DATABASE)),
            None => self.lock().store.files(),
        };
        let mut known = known?;
        for (found, stamp) in found.into_iter().zip(stamps) {
            let row = known.remove(&*found.location.to_string_lossy());
            plan.compare_with(found, stamp, row);
        }
        let mut gone: Vec<(String, Row)> = known.into_iter().collect();
        gone.sort_by(|a, b| a.0.cmp(&b.0));
        gone.into_iter().for_each(|(location, row)| plan.lose(location, &row));
        plan.problems = is_changed.then_some(problems);
        let plan = plan.resolve();
        Ok(Plan { seen: seen.filter(|_| plan.is_empty() && plan.is_sure), ..plan })
    }

    /// Reads and stores.
    fn carry_out(&self, plan: Plan, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), Fault> {
        let total = plan.read.len();
        self.lock().store.set_meta(SEEN, None::<Hash>)?;
        self.lock().store.set_meta("mark", "writing")?;
        let mut writer = self.terms.writer()?;
        let (send, receive) = sync_channel::<Vec<Fresh>>(1);
        thread::scope(|scope| -> Result<(), Fault> {
            let stored = scope.spawn(|| self.store_all(receive, &mut writer, total, progress));
            for chunk in plan.read.chunks(CHUNK) {
                let known = |hash: &Hash| self.lock().store.is_known(hash).unwrap_or(false);
                let fresh = parallel(chunk, |(found, stamp)| read(found, *stamp, &self.fields, &known));
                if send.send(fresh).is_err() {
                    break;
                }
            }
            drop(send);
            stored.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        let gone = {
            let mut inner = self.lock();
            let transaction = inner.store.begin()?;
            for (found, row) in &plan.rename {
                store::put_file(&transaction, &found.location.to_string_lossy(), row, None)?;
            }
            for location in &plan.gone {
                store::remove_file(&transaction, location)?;
            }
            if let Some(problems) = &plan.problems {
                store::put_path_problems(&transaction, problems)?;
            }
            let gone = store::remove_orphans(&transaction, &plan.doubtful)?;
            transaction.commit()?;
            gone
        };
        gone.into_iter().for_each(|id| writer.remove(id));
        self.commit(&mut writer)?;
        writer.finish()?;
        Ok(())
    }

    /// Stores chunk after chunk as it was read.
    fn store_all(
        &self,
        chunks: Receiver<Vec<Fresh>>,
        writer: &mut Writer,
        total: usize,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Fault> {
        let (mut done, mut waiting, mut last) = (0, 0, Instant::now());
        for chunk in chunks {
            done += chunk.len();
            waiting += chunk.len();
            self.store_chunk(chunk, writer)?;
            progress(Progress { done, total });
            if waiting >= COMMIT || last.elapsed() > PATIENCE {
                self.commit(writer)?;
                (waiting, last) = (0, Instant::now());
            }
        }
        Ok(())
    }

    fn store_chunk(&self, chunk: Vec<Fresh>, writer: &mut Writer) -> Result<(), Fault> {
        let mut inner = self.lock();
        if !inner.codec.is_trained()
            && let Some(dictionary) = Codec::train(&samples(&chunk))
        {
            inner.store.set_meta("dictionary", &dictionary)?;
            inner.codec = Codec::new(Some(dictionary));
        }
        let Inner { store, codec, .. } = &mut *inner;
        let mut compressor = codec.compressor()?;
        let transaction = store.begin()?;
        for Fresh { found, stamp, content } in chunk {
            let (hash, problem) = match content {
                Err(problem) => (None, Some(problem)),
                Ok((hash, content)) => {
                    if let Some(content) = content
                        && !store::is_known(&transaction, &hash)?
                    {
                        put(&transaction, &mut compressor, &hash, content, writer)?;
                    }
                    (Some(hash), None)
                }
            };
            let row = Row { shown: found.shown, stamp, hash };
            store::put_file(&transaction, &found.location.to_string_lossy(), &row, problem.as_deref())?;
        }
        Ok(transaction.commit()?)
    }

    /// Lets what was written be found: in the search engine first, for the store is what others look at.
    fn commit(&self, writer: &mut Writer) -> Result<(), Fault> {
        let mark = now();
        writer.commit(&mark.to_string())?;
        let mut inner = self.lock();
        let transaction = inner.store.begin()?;
        store::set_meta(&transaction, "mark", mark.to_string())?;
        store::set_meta(&transaction, "generation", mark)?;
        transaction.commit()?;
        self.take_in(&mut inner)
    }

    /// Makes the index of terms hold what the store holds, after somebody was stopped between writing the one and the other.
    fn reconcile(&self) -> Result<(), Fault> {
        let inner = self.lock();
        let mark: Option<String> = inner.store.meta("mark")?;
        if mark == self.terms.mark()? {
            return Ok(());
        }
        self.terms.reload()?;
        let mut indexed = self.terms.ids()?;
        let missing: Vec<i64> = inner.store.ids()?.into_iter().filter(|id| !indexed.remove(id)).collect();
        tracing::info!(missing = missing.len(), extra = indexed.len(), "the index is completed");
        let mut writer = self.terms.writer()?;
        let mut extra: Vec<i64> = indexed.into_iter().collect();
        extra.sort_unstable();
        extra.into_iter().for_each(|id| writer.remove(id));
        let mut expander = inner.codec.expander()?;
        for id in missing {
            let Some(body) = inner.store.body(id)? else { continue };
            let source = expander.source(&body, String::new(), String::new())?;
            writer.add(id, &terms_of_text(&source.reading))?;
        }
        drop(inner);
        self.commit(&mut writer)?;
        Ok(writer.finish()?)
    }
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.read.is_empty() && self.rename.is_empty() && self.gone.is_empty() && self.problems.is_none()
    }

    /// Looks into the files that may have changed.
    fn resolve(mut self) -> Self {
        let suspect = std::mem::take(&mut self.suspect);
        let hashes = parallel(&suspect, |(found, ..)| files::read_bytes(&found.location).ok().map(|bytes| hash(found, &bytes)));
        for ((found, stamp, row), hash) in suspect.into_iter().zip(hashes) {
            if hash.is_none() || hash != row.hash {
                self.doubtful.extend(row.hash);
                self.read.push((found, stamp));
            } else if found.shown != row.shown {
                let row = Row { shown: found.shown.clone(), stamp, ..row };
                self.rename.push((found, row));
            } else if stamp != row.stamp {
                self.same.push((found, Row { stamp, ..row }));
            }
        }
        self
    }

    fn compare(&mut self, found: Found, known: Option<Row>) {
        let stamp = Stamp::of(&found.location);
        self.compare_with(found, stamp, known);
    }

    fn compare_with(&mut self, found: Found, stamp: Stamp, known: Option<Row>) {
        // What could not be read is tried again each time.
        self.is_sure &= known.as_ref().is_some_and(|row| row.hash.is_some());
        match known {
            Some(row) if row.stamp == stamp && !stamp.young && row.hash.is_some() => {
                if row.shown != found.shown {
                    let row = Row { shown: found.shown.clone(), ..row };
                    self.rename.push((found, row));
                }
            }
            Some(row) => self.suspect.push((found, stamp, row)),
            None => self.read.push((found, stamp)),
        }
    }

    fn lose(&mut self, location: String, row: &Row) {
        self.doubtful.extend(row.hash);
        self.gone.push(location);
    }
}

/// What tells whether any of the files is another: their paths and stamps. `None` if a stamp tells nothing.
fn digest(found: &[Found], stamps: &[Stamp]) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    for (found, stamp) in found.iter().zip(stamps) {
        if stamp.young {
            return None;
        }
        for part in [found.location.as_os_str().as_encoded_bytes(), found.shown.as_bytes()] {
            hasher.update(&part.len().to_le_bytes()).update(part);
        }
        hasher.update(&stamp.modified.to_le_bytes()).update(&stamp.size.to_le_bytes());
    }
    Some(hasher.finalize().into())
}

/// Reads a file, unless its content is known.
fn read(found: &Found, stamp: Stamp, fields: &Fields, known: &impl Fn(&Hash) -> bool) -> Fresh {
    let content = files::read_bytes(&found.location).map(|bytes| {
        let hash = hash(found, &bytes);
        let content = (!known(&hash)).then(|| {
            let load::Read { texts, notes } = load::read(&found.location, &bytes, fields);
            Content { texts: texts.map(|texts| texts.into_iter().map(|(part, reading)| packed(part, &reading)).collect()), notes }
        });
        (hash, content)
    });
    Fresh { found: found.clone(), stamp, content }
}

/// The hash of bytes and of what they are read as.
fn hash(found: &Found, bytes: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    match extract::Kind::of_path(&found.location) {
        Some(kind) => hasher.update(format!("{kind:?}").as_bytes()),
        None => hasher.update(format!("{:?}", load::format_of(&found.location)).as_bytes()),
    };
    hasher.update(&[0]);
    hasher.update(bytes);
    hasher.finalize().into()
}

fn packed(part: Option<String>, reading: &Reading) -> Packed {
    let document = &reading.prose.document;
    let text = Text {
        part,
        published: document.meta.published.map(|day| day.to_string()),
        sentences: reading.prose.sentences.len(),
        bytes: document.text.len(),
        body: pack(reading),
    };
    Packed { text, terms: terms_of_text(reading) }
}

/// Packed texts to train a dictionary on.
fn samples(chunk: &[Fresh]) -> Vec<&[u8]> {
    let contents = chunk.iter().filter_map(|fresh| fresh.content.as_ref().ok()?.1.as_ref());
    contents.filter_map(|content| content.texts.as_ref().ok()).flatten().map(|packed| packed.text.body.as_slice()).collect()
}

/// Enters what was read of a file.
fn put(store: &Connection, compressor: &mut Compressor, hash: &Hash, content: Content, writer: &mut Writer) -> Result<(), Fault> {
    let (texts, terms): (Result<Vec<Text>, String>, Vec<String>) = match content.texts {
        Err(why) => (Err(why), Vec::new()),
        Ok(packed) => {
            let mut texts = Vec::with_capacity(packed.len());
            let mut terms = Vec::with_capacity(packed.len());
            for Packed { mut text, terms: of } in packed {
                text.body = compressor.compress(&text.body)?;
                texts.push(text);
                terms.push(of);
            }
            (Ok(texts), terms)
        }
    };
    let ids = store::put_contents(store, hash, &texts, &content.notes)?;
    for (id, terms) in ids.into_iter().zip(terms) {
        writer.add(id, &terms)?;
    }
    Ok(())
}
