//! Where an index lies: in the user's cache folder, in a folder of its own for each set of paths and each version of the readers.

use std::{
    env,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::corpus::extract::Fields;

/// Names the folder that holds all indexes, instead of one in the user's cache folder.
pub const CACHE: &str = "COPYDESK_CACHE";

/// The version of what is stored: raise it when the tables, the terms or the packing change without the readers.
const VERSION: &str = "2";

/// After how long without an update an index is deleted; it is made again when it is wanted.
const UNUSED: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The same, if another version made it of the same paths. An editor may bring one version and the command line have another: if each deleted
/// the other's index, both would read all sources at every turn.
const OUTDATED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The file that is locked by whoever writes.
const LOCK: &str = "lock";

/// The folder of one index.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    /// The part of the folder's name that all versions of this index share.
    key: String,
}

/// Whether a folder of this name is the folder of an index: others may lie beside it, if the user names the folder of all indexes.
fn is_index(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    parts.len() == 3 && parts[0].len() == 16 && parts[0].bytes().all(|b| b.is_ascii_hexdigit())
}

/// The right to write, as long as it is held. It ends with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock(#[allow(dead_code, reason = "held, not used")] File);

impl Place {
    /// The place of the index of these paths, as they are read with these fields.
    pub(super) fn of(paths: &[PathBuf], fields: &Fields) -> io::Result<Self> {
        let cache = env::var_os(CACHE).filter(|c| !c.is_empty()).map(PathBuf::from);
        let cache = cache.or_else(|| dirs::cache_dir().map(|dir| dir.join("copydesk")));
        let cache = cache.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no folder for caches"))?;
        let mut hasher = blake3::Hasher::new();
        for path in paths {
            hasher.update(std::path::absolute(path)?.as_os_str().as_encoded_bytes());
            hasher.update(&[0]);
        }
        hasher.update(format!("{fields:?}").as_bytes());
        let key = hasher.finalize().to_hex()[..16].to_owned();
        let folder = cache.join(format!("{key}-{VERSION}-{}", env!("COPYDESK_READER")));
        let mut builder = fs::DirBuilder::new();
        // What sources say is nobody else's business.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&folder)?;
        Ok(Self { folder, key })
    }

    #[cfg(test)]
    pub(super) fn new(folder: PathBuf, key: String) -> Self {
        Self { folder, key }
    }

    /// Waits until nobody else writes.
    pub(super) fn lock(&self) -> io::Result<Lock> {
        let file = File::create(self.folder.join(LOCK))?;
        file.lock()?;
        Ok(Lock(file))
    }

    /// Removes the indexes that nobody has used for long, those of the same paths that other versions made earlier, unless somebody writes
    /// one just now.
    pub(super) fn tidy(&self) {
        let start = format!("{}-", self.key);
        let Ok(entries) = fs::read_dir(self.folder.parent().unwrap_or(&self.folder)) else { return };
        for other in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let lock = other.join(LOCK);
            // What has no lock is no index of ours.
            let Ok(used) = fs::metadata(&lock).and_then(|meta| meta.modified()) else { continue };
            let name = other.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let allowed = if name.starts_with(&start) { OUTDATED } else { UNUSED };
            let is_old = used.elapsed().is_ok_and(|age| age > allowed);
            if other == self.folder || !is_index(&name) || !is_old {
                continue;
            }
            let free = File::open(&lock).is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
            if free && let Err(error) = fs::remove_dir_all(&other) {
                tracing::debug!("{}: {error}", other.display());
            }
        }
    }

    /// The bytes of all files in it.
    pub(super) fn bytes(&self) -> u64 {
        walkdir::WalkDir::new(&self.folder)
            .into_iter()
            .filter_map(|e| e.ok()?.metadata().ok())
            .filter(|m| m.is_file())
            .map(|m| m.len())
            .sum()
    }

    /// Deletes everything in it but the lock.
    pub(super) fn clear(folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(path)?;
            } else if path.file_name().is_some_and(|n| n != LOCK) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
