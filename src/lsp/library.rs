//! The corpora of the open drafts, one for each set of paths.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use super::watch::Watch;
use crate::{
    corpus::{
        archive::{Archive, Look, Progress},
        engine::Engine,
        extract::Fields,
        remote::Remote,
    },
    ide::{CorpusError, Lexicons, Outlines},
};

/// How long a large archive serves as it was last seen before its files are looked at.
const LATER: Duration = Duration::from_secs(1);

/// What a corpus is opened with: its paths, and the fields of exports.
pub(super) type Place = (Vec<PathBuf>, Fields);

/// The corpora, opened once and shared. The one thing that workers share: opening takes long, and only they can wait for it.
pub(super) struct Library {
    shelves: Mutex<BTreeMap<Place, Arc<Shelf>>>,
    /// The archives that are asked over the network.
    remotes: Mutex<Vec<Arc<Remote>>>,
    outlines: Outlines,
    lexicons: Lexicons,
    watch: Arc<Watch>,
    touched: Arc<Touched>,
}

/// Is told the paths of files of sources that may have changed; none: any may have.
type Touched = dyn Fn(Vec<PathBuf>) + Send + Sync;

/// Is told how far the reading of sources has come.
pub(super) type Report<'a> = dyn Fn(Progress) + Sync + 'a;

/// A corpus, or the place of one that nobody has opened yet. Locked while it is opened, so that this happens once.
#[derive(Default)]
struct Shelf(Mutex<Option<Arc<Archive>>>);

impl Library {
    /// An empty library. `touched` is called when files of its corpora may have changed.
    pub(super) fn new(touched: impl Fn(Vec<PathBuf>) + Send + Sync + 'static) -> Self {
        let touched: Arc<Touched> = Arc::new(touched);
        let watch = Arc::new(Watch::new({
            let touched = touched.clone();
            move |paths| touched(paths)
        }));
        let (shelves, remotes) = (Mutex::default(), Mutex::default());
        Self { shelves, remotes, outlines: Outlines::default(), lexicons: Lexicons::default(), watch, touched }
    }

    /// The corpus of this place. One that has been read before serves at once as it was, and is looked at again soon; else this blocks
    /// until it is read.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(super) fn get(&self, at: &Place, report: &Report<'_>) -> Result<Arc<Archive>, CorpusError> {
        let shelf = lock(&self.shelves).entry(at.clone()).or_default().clone();
        let (paths, fields) = at;
        let mut place = lock(&shelf.0);
        if let Some(corpus) = &*place {
            return Ok(corpus.clone());
        }
        let archive = Archive::open(paths.clone(), fields.clone())?;
        // Watched before it is looked at, so that no change falls in between.
        let corpus = if archive.can_wait()? {
            let corpus = Arc::new(archive);
            self.watch_later(&corpus);
            corpus
        } else {
            self.watch.add(paths);
            Arc::new(archive.ready(report).inspect_err(|_| self.watch.remove(paths))?)
        };
        *place = Some(corpus.clone());
        Ok(corpus)
    }

    /// Watches a large corpus, and has it looked at, once the first findings are there: both take longer the more files there are.
    fn watch_later(&self, corpus: &Arc<Archive>) {
        let (watch, touched, corpus) = (self.watch.clone(), self.touched.clone(), Arc::downgrade(corpus));
        thread::spawn(move || {
            thread::sleep(LATER);
            // It may have been closed meanwhile.
            if let Some(corpus) = corpus.upgrade() {
                watch.add(corpus.paths());
                touched(Vec::new());
            }
        });
    }

    /// The archive on this engine.
    pub(super) fn remote(&self, engine: &Engine) -> Arc<Remote> {
        let mut remotes = lock(&self.remotes);
        let known = remotes.iter().find(|remote| remote.engine() == engine).cloned();
        known.unwrap_or_else(|| {
            remotes.push(Arc::new(Remote::new(engine.clone())));
            remotes[remotes.len() - 1].clone()
        })
    }

    /// Has all archives on the network asked anew.
    pub(super) fn forget_answers(&self) {
        lock(&self.remotes).iter().for_each(|remote| remote.forget());
    }

    /// What checks have worked out of the sources of all corpora, for the checks to come.
    pub(super) fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    /// What the sources of all corpora say, by the words it begins with.
    pub(super) fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// The generation of the corpus of this place, if it is open. Does not wait.
    pub(super) fn generation(&self, at: &Place) -> Option<u64> {
        let shelf = lock(&self.shelves).get(at)?.clone();
        let place = shelf.0.try_lock().ok()?;
        place.as_ref().map(|corpus| corpus.generation())
    }

    /// Looks at files of all corpora again, and takes in what changed. Blocks while it reads.
    ///
    /// # Errors
    /// If an index cannot be written; what it held before, it still holds.
    pub(super) fn refresh(&self, look: Look<'_>, report: &Report<'_>) -> Result<(), CorpusError> {
        let shelves: Vec<Arc<Shelf>> = lock(&self.shelves).values().cloned().collect();
        for shelf in shelves {
            // Not locked while files are read: what is there serves until then.
            let Some(corpus) = lock(&shelf.0).clone() else { continue };
            corpus.update(look, report)?;
        }
        Ok(())
    }

    /// Closes all corpora but those of these places, and all archives but those on these engines.
    pub(super) fn keep(&self, used: &BTreeSet<&Place>, engines: &[Engine]) {
        lock(&self.remotes).retain(|remote| engines.contains(remote.engine()));
        lock(&self.shelves).retain(|at, shelf| {
            // One that a worker is just opening is in use.
            let Ok(place) = shelf.0.try_lock() else { return true };
            let keep = used.contains(at) || Arc::strong_count(shelf) > 1;
            if !keep && place.is_some() {
                self.watch.remove(&at.0);
            }
            keep
        });
    }

    /// Whether files have to be looked at from time to time, as not all can be watched.
    pub(super) fn is_blind(&self) -> bool {
        self.watch.is_blind()
    }
}

/// What a panic left behind is as good as before: nothing here is changed in two steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn one_corpus_for_the_same_paths_as_long_as_it_is_used() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "The storm sank 140 boats.").unwrap();
        let paths = (vec![dir.path().to_owned()], Fields::default());
        let library = Library::new(|_| {});
        let first = library.get(&paths, &|_| {}).unwrap();
        assert!(Arc::ptr_eq(&first, &library.get(&paths, &|_| {}).unwrap()));
        let generation = first.generation();
        assert_eq!(library.generation(&paths), Some(generation));

        library.refresh(Look::All, &|_| {}).unwrap();
        assert_eq!(library.generation(&paths), Some(generation));
        fs::write(dir.path().join("b.txt"), "The storm sank 150 boats.").unwrap();
        library.refresh(Look::All, &|_| {}).unwrap();
        assert_ne!(library.generation(&paths), Some(generation));
        assert_eq!(library.get(&paths, &|_| {}).unwrap().totals().unwrap().sources, 2);

        library.keep(&BTreeSet::from([&paths]), &[]);
        assert!(library.generation(&paths).is_some());
        library.keep(&BTreeSet::new(), &[]);
        assert!(library.generation(&paths).is_none());
    }
}
