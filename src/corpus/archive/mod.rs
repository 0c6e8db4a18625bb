//! The sources on this machine, read once and kept: what was read lies in an index in the user's cache folder, from which a draft's desk
//! is laid out: the sources that it is held against.
//!
//! Several processes may have one index open. One writes at a time, under a lock; the others read what was last written, and notice when
//! there is something new. Where no index can be kept, there is one in memory, made anew at each start.

mod codec;
mod pack;
mod place;
mod select;
mod store;
mod terms;
#[cfg(test)]
mod tests;
mod update;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

pub use place::CACHE;
pub use select::{Desk, Scope};
pub use store::Totals;
pub use update::{Look, Progress};

use super::{CorpusError, extract::Fields, files::FileProblem};
use codec::Codec;
use place::Place;
use select::Shelf;
use store::Store;
use terms::Terms;

/// The database within the folder of an index.
const DATABASE: &str = "sources.db";

/// The files of no more sources are looked at faster than anybody can tell.
const FEW: usize = 2_000;

/// The search engine's folder within it.
const TERMS: &str = "terms";

/// The sources that some paths name, as they were when they were last looked at: [`update`](Self::update) looks at them.
pub struct Archive {
    paths: Vec<PathBuf>,
    fields: Fields,
    /// Where the index lies; `None` for one in memory.
    place: Option<Place>,
    /// Why it is in memory.
    homeless: Option<String>,
    inner: Mutex<Inner>,
    terms: Terms,
    generation: AtomicU64,
    shelf: Shelf,
}

/// What is used by one at a time.
struct Inner {
    store: Store,
    codec: Codec,
    /// The version of the store that was seen last.
    version: i64,
}

/// How an index stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// How much there is.
    pub totals: Totals,
    /// How many problems.
    pub problems: usize,
    /// The bytes of the index; 0 in memory.
    pub index_bytes: u64,
    /// When the files were last looked at, in seconds since 1970; `None` if they never were, or not to the end.
    pub looked: Option<u64>,
    /// Where the index lies.
    pub folder: Option<PathBuf>,
}

impl Archive {
    /// Opens the index of these files, folders and globs, without looking at them; `fields` say which fields of exports hold what. If it cannot be kept on disk, it is in memory, and
    /// [`problems`](Self::problems) says why.
    ///
    /// # Errors
    /// If there cannot even be one in memory.
    pub fn open(paths: Vec<PathBuf>, fields: Fields) -> Result<Self, CorpusError> {
        let place = Place::of(&paths, &fields).map_err(Fault::from);
        match place.and_then(|place| Self::on_disk(paths.clone(), fields.clone(), place)) {
            Ok(archive) => Ok(archive),
            Err(fault) => Self::in_memory(paths, fields, Some(fault.to_string())),
        }
    }

    /// [Updates](Self::update) it. If it cannot be written, there is one in memory instead.
    ///
    /// # Errors
    /// If there cannot even be one in memory.
    pub fn ready(self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self, CorpusError> {
        match self.look(Look::All, progress) {
            Ok(_) => Ok(self),
            Err(fault) if self.place.is_some() => {
                let archive = Self::in_memory(self.paths, self.fields, Some(fault.to_string()))?;
                archive.update(Look::All, progress)?;
                Ok(archive)
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Opens an index in memory; `why` it is not on disk, if that was wanted.
    ///
    /// # Errors
    /// If the search engine or the database fails.
    pub fn in_memory(paths: Vec<PathBuf>, fields: Fields, why: Option<String>) -> Result<Self, CorpusError> {
        let store = Store::open(None).map_err(Fault::from)?;
        let terms = Terms::open(None).map_err(Fault::from)?;
        Ok(Self::new(paths, fields, None, why, store, terms)?)
    }

    fn on_disk(paths: Vec<PathBuf>, fields: Fields, place: Place) -> Result<Self, Fault> {
        let open = || -> Result<(Store, Terms), Fault> {
            Ok((Store::open(Some(&place.folder.join(DATABASE)))?, Terms::open(Some(&place.folder.join(TERMS)))?))
        };
        let (store, terms) = match open() {
            Ok(opened) => opened,
            // What is damaged is made anew: nothing is in it that is not in the files.
            Err(fault) => {
                tracing::warn!("the index in {} is made anew: {fault}", place.folder.display());
                let _lock = place.lock()?;
                Place::clear(&place.folder)?;
                open()?
            }
        };
        Self::new(paths, fields, Some(place), None, store, terms)
    }

    fn new(
        paths: Vec<PathBuf>,
        fields: Fields,
        place: Option<Place>,
        homeless: Option<String>,
        store: Store,
        terms: Terms,
    ) -> Result<Self, Fault> {
        let codec = Codec::new(store.meta("dictionary")?);
        let generation = AtomicU64::new(generation_of(&store)?);
        let version = store.version()?;
        let inner = Mutex::new(Inner { store, codec, version });
        Ok(Self { paths, fields, place, homeless, inner, terms, generation, shelf: Shelf::default() })
    }

    /// The files, folders and globs it was opened with.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Which fields of exports hold what, as it was opened with.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether it is worth serving from as it is while its files are looked at: that takes long, and has been done before.
    ///
    /// # Errors
    /// If the index fails.
    pub fn can_wait(&self) -> Result<bool, CorpusError> {
        Ok(self.is_complete() && self.totals()?.sources > FEW)
    }

    /// Whether its files have been looked at to the end before, here or by another process.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.lock().store.meta::<i64>("looked").is_ok_and(|looked| looked.is_some())
    }

    /// What could not be read, in the order of paths.
    ///
    /// # Errors
    /// If the index fails.
    pub fn problems(&self) -> Result<Vec<FileProblem>, CorpusError> {
        let inner = self.lock();
        let mut problems = inner.store.problems().map_err(Fault::from)?;
        if let Some(why) = &self.homeless {
            let message = format!("the index cannot be kept, so the sources are read at each start: {why}");
            problems.push(FileProblem { path: "index".into(), message });
        }
        Ok(problems)
    }

    /// How much there is.
    ///
    /// # Errors
    /// If the index fails.
    pub fn totals(&self) -> Result<Totals, CorpusError> {
        Ok(self.lock().store.totals().map_err(Fault::from)?)
    }

    /// How the index stands.
    ///
    /// # Errors
    /// If the index fails.
    pub fn status(&self) -> Result<Status, CorpusError> {
        let problems = self.problems()?.len();
        let looked = self.lock().store.meta::<i64>("looked").map_err(Fault::from)?;
        Ok(Status {
            totals: self.totals()?,
            problems,
            index_bytes: self.place.as_ref().map_or(0, Place::bytes),
            looked: looked.map(|seconds| seconds as u64),
            folder: self.place.as_ref().map(|place| place.folder.clone()),
        })
    }

    /// Changes whenever what a draft is held against may have changed. Does not wait.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Takes in what another process has written.
    fn catch_up(&self) -> Result<(), Fault> {
        let mut inner = self.lock();
        let version = inner.store.version()?;
        if version == inner.version {
            return Ok(());
        }
        inner.version = version;
        self.take_in(&mut inner)
    }

    /// Takes in what was written, here or elsewhere.
    fn take_in(&self, inner: &mut Inner) -> Result<(), Fault> {
        inner.codec = Codec::new(inner.store.meta("dictionary")?);
        self.terms.reload()?;
        self.generation.store(generation_of(&inner.store)?, Ordering::Release);
        Ok(())
    }

    /// What a panic left behind is as good as before: transactions are whole or not at all.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn generation_of(store: &Store) -> Result<u64, Fault> {
    Ok(store.meta::<i64>("generation")?.unwrap_or_default() as u64)
}

/// The time in nanoseconds since 1970: no two states of an index share one.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// What can go wrong with an index.
#[derive(Debug)]
enum Fault {
    Store(rusqlite::Error),
    Terms(tantivy::TantivyError),
    Files(io::Error),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Terms(error) => error.fmt(f),
            Self::Files(error) => error.fmt(f),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl From<tantivy::TantivyError> for Fault {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Terms(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Files(error)
    }
}

impl From<Fault> for CorpusError {
    fn from(fault: Fault) -> Self {
        Self { message: format!("The index of the sources failed: {fault}.") }
    }
}

/// Deletes the index of these paths, if there is one.
///
/// # Errors
/// If it cannot be deleted.
pub fn forget(paths: &[PathBuf], fields: &Fields) -> Result<(), CorpusError> {
    let forget = || -> io::Result<()> {
        let place = Place::of(paths, fields)?;
        let _lock = place.lock()?;
        fs::remove_dir_all(&place.folder)
    };
    Ok(forget().map_err(Fault::from)?)
}

/// Where a file really is, as a source is stored.
fn location_of(path: &Path) -> Option<String> {
    fs::canonicalize(path).ok().map(|real| real.to_string_lossy().into_owned())
}
