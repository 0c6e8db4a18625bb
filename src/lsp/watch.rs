//! Watches the places where sources lie.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Watches folders, and says that something in them may have changed. Where that fails, it says so, and one has to look oneself.
pub(super) struct Watch {
    inner: Mutex<Inner>,
    blind: AtomicBool,
}

struct Inner {
    watcher: Option<RecommendedWatcher>,
    /// How many want each folder watched, alone or with the folders in it.
    wanted: BTreeMap<(PathBuf, bool), usize>,
}

impl Watch {
    /// A watch on nothing. `touched` is called, on a thread of its own and perhaps often, with the paths of
    /// what may have changed, or with none if anything may have.
    pub(super) fn new(touched: impl Fn(Vec<PathBuf>) + Send + 'static) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| match event {
            // Our own reading is no change.
            Ok(notify::Event { kind: EventKind::Access(_), .. }) => {}
            Ok(event) if !event.need_rescan() => touched(event.paths),
            // Something was missed.
            _ => touched(Vec::new()),
        });
        if let Err(error) = &watcher {
            tracing::warn!("files cannot be watched, so they are looked at every few seconds: {error}");
        }
        let blind = AtomicBool::new(watcher.is_err());
        Self { inner: Mutex::new(Inner { watcher: watcher.ok(), wanted: BTreeMap::new() }), blind }
    }

    /// Whether something could not be watched.
    pub(super) fn is_blind(&self) -> bool {
        self.blind.load(Ordering::Relaxed)
    }

    /// Watches where these files, folders and globs lie.
    pub(super) fn add(&self, paths: &[PathBuf]) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { watcher, wanted } = &mut *inner;
        for path in paths {
            let (folder, deep) = folder(path);
            let count = wanted.entry((folder.clone(), deep)).or_default();
            *count += 1;
            if *count > 1 {
                continue;
            }
            let mode = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if let Some(Err(error)) = watcher.as_mut().map(|w| w.watch(&folder, mode)) {
                tracing::warn!("{} cannot be watched, so it is looked at every few seconds: {error}", folder.display());
                self.blind.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Takes back an [`add`](Self::add) of the same paths.
    pub(super) fn remove(&self, paths: &[PathBuf]) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { watcher, wanted } = &mut *inner;
        for path in paths {
            // What the path is may have changed since; then it is the other kind that was counted.
            let (place, deep) = folder(path);
            let keys = [(place, deep), (path.clone(), true), (path.parent().unwrap_or(path).to_owned(), false)];
            let Some(key) = keys.into_iter().find(|k| wanted.contains_key(k)) else { continue };
            if let Some(count) = wanted.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    wanted.remove(&key);
                    // A folder that is gone is no longer watched anyway.
                    let _ = watcher.as_mut().map(|w| w.unwatch(&key.0));
                }
            }
        }
    }
}

/// The folder to watch for a file, a folder or a glob, and whether what lies in its folders counts. A file is watched through its
/// folder, for many programs replace a file when they save it.
fn folder(path: &Path) -> (PathBuf, bool) {
    if path.is_dir() {
        return (path.to_owned(), true);
    }
    let parent = path.parent().unwrap_or(path);
    if path.exists() {
        return (parent.to_owned(), false);
    }
    // A glob, or nothing yet: the nearest folder that is there.
    let base = parent.ancestors().find(|a| a.is_dir()).unwrap_or(parent);
    (base.to_owned(), base != parent)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn of_files_folders_and_globs() {
        let dir = tempfile::tempdir().unwrap();
        let top = dir.path();
        fs::create_dir_all(top.join("a/b")).unwrap();
        fs::write(top.join("a/x.txt"), "x").unwrap();
        assert_eq!(folder(&top.join("a")), (top.join("a"), true));
        assert_eq!(folder(&top.join("a/x.txt")), (top.join("a"), false));
        assert_eq!(folder(&top.join("a/*.txt")), (top.join("a"), false));
        assert_eq!(folder(&top.join("a/*/*.txt")), (top.join("a"), true));
        assert_eq!(folder(&top.join("gone/sources")), (top.to_owned(), true));
    }
}
