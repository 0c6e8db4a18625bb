//! Which drafts are meant: files, folders of drafts, globs, and of these perhaps only what has changed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use walkdir::WalkDir;

use super::Error;
use crate::{config, ide::Format};

/// A draft that is to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: PathBuf,
    /// Whether it was named itself, not found in a folder: then it is a fault if it cannot be checked.
    pub(super) itself: bool,
}

/// The drafts at these paths, each once: files in the order in which they were named, those of a folder or a glob in the order of their names.
///
/// # Errors
/// If a folder cannot be read, or there is no draft where there should be.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Named>, Error> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        if path.is_dir() {
            below(path, &mut found)?;
        } else if config::is_pattern(path) && !path.exists() {
            let pattern = path.to_string_lossy();
            let matches = glob::glob(&pattern).map_err(|why| format!("{pattern}: {why}"))?;
            let files = matches.filter_map(Result::ok).filter(|path| path.is_file() && is_draft(path));
            found.extend(files.map(|path| Named { path, itself: false }));
        } else {
            found.push(Named { path: path.clone(), itself: true });
        }
        if found.len() == before {
            return Err(format!("{}: there is no draft in a format that copydesk reads", path.display()).into());
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|draft| seen.insert(draft.path.clone()));
    Ok(found)
}

/// Takes in the drafts below a folder, but for those in hidden folders and in folders of sources.
fn below(folder: &Path, found: &mut Vec<Named>) -> Result<(), Error> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
        let is_sources = entry.file_type().is_dir() && entry.file_name() == config::FOLDER;
        entry.depth() == 0 || !is_hidden(entry.file_name()) && !is_sources
    });
    for entry in walk {
        let entry = entry.map_err(|why| format!("{}: {why}", folder.display()))?;
        if entry.file_type().is_file() && is_draft(entry.path()) {
            let path = entry.path().strip_prefix(".").unwrap_or(entry.path()).to_owned();
            found.push(Named { path, itself: false });
        }
    }
    Ok(())
}

/// Whether a file in a folder is one that people write drafts in, and have begun.
fn is_draft(path: &Path) -> bool {
    let is_written = || path.metadata().is_ok_and(|file| file.len() > 0);
    path.extension().is_some() && Format::of_path(&path.to_string_lossy()).is_some() && is_written()
}

/// What has changed in a repository.
pub(super) struct Changes(BTreeSet<PathBuf>);

impl Changes {
    /// The files that differ from a revision in the repository that a folder lies in, with those that Git does not know yet.
    ///
    /// # Errors
    /// If there is no Git, no repository or no such revision: in Git's words.
    pub(super) fn since(revision: &str, folder: &Path) -> Result<Self, Error> {
        let top = git(folder, &["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        // What was deleted, too: a source that is gone changes what is said of a draft.
        let changed = git(&top, &["diff", "--name-only", "-z", "--end-of-options", revision, "--"])?;
        let unknown = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        let files = changed.split('\0').chain(unknown.split('\0')).filter(|file| !file.is_empty());
        Ok(Self(files.map(|file| whole(&top.join(file))).collect()))
    }

    /// Whether a draft has changed, or anything that its findings depend on: its ledger, the settings, its sources.
    pub(super) fn concern(&self, draft: &Path, sources: &[PathBuf]) -> bool {
        let (draft, ledger) = (whole(draft), whole(&config::ledger_of(draft)));
        let Sources(sources) = Sources::at(sources.iter().cloned());
        self.0.iter().any(|file| {
            let is_settings = file.file_name().is_some_and(|name| name == config::FILE);
            let is_above = || file.parent().is_some_and(|folder| draft.starts_with(folder));
            *file == draft || *file == ledger || is_settings && is_above() || is_among(file, &sources)
        })
    }
}

/// Whether a file is one of these or lies in one of these folders; `whole` on both sides.
fn is_among(file: &Path, paths: &[PathBuf]) -> bool {
    let means = |pattern: &Path| glob::Pattern::new(&pattern.to_string_lossy()).is_ok_and(|pattern| pattern.matches_path(file));
    paths.iter().any(|path| file.starts_with(path) || config::is_pattern(path) && means(path))
}

/// Tells which drafts are sources of others.
pub(super) struct Sources(Vec<PathBuf>);

impl Sources {
    /// All that lie at these paths.
    pub(super) fn at(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(paths.into_iter().map(|path| whole(&path)).collect())
    }

    /// Whether a draft is one of them.
    pub(super) fn have(&self, draft: &Path) -> bool {
        is_among(&whole(draft), &self.0)
    }
}

/// A path by which a file is known however it is named; one that is gone by its folder.
fn whole(path: &Path) -> PathBuf {
    let known = fs::canonicalize(path).ok().or_else(|| Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?)));
    known.or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_owned())
}

fn git(folder: &Path, args: &[&str]) -> Result<String, Error> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output();
    let output = output.map_err(|why| format!("Git cannot be run, which --changed-since needs: {why}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("Git does not tell what has changed: {}", said.lines().next().unwrap_or("it says nothing")).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Text.\n").unwrap();
        }
        dir
    }

    fn names(top: &Path, paths: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| top.join(path)).collect();
        let name = |draft: Named| draft.path.strip_prefix(top).unwrap().to_string_lossy().replace('\\', "/");
        find(&paths).unwrap().into_iter().map(name).collect()
    }

    #[test]
    fn below_a_folder() {
        let files = [
            "b.md",
            "a.txt",
            "city/flood.tex",
            "city/photo.png",
            "city/sources/wire.md",
            ".git/notes.md",
            "a.stet.toml",
            "NOTES",
        ];
        let dir = desk(&files);
        assert_eq!(names(dir.path(), &[""]), ["a.txt", "b.md", "city/flood.tex"]);
        assert_eq!(names(dir.path(), &["b.md", "*.md", "city"]), ["b.md", "city/flood.tex"]);
        assert_eq!(names(dir.path(), &["**/*.t*"]), ["a.txt", "city/flood.tex"]);
        // Who names a file means it.
        assert_eq!(names(dir.path(), &["city/sources/wire.md", "NOTES"]), ["city/sources/wire.md", "NOTES"]);
        assert!(find(&[dir.path().join("city/sources/*.tex")]).is_err());
    }

    #[test]
    fn what_a_change_concerns() {
        let dir = desk(&["city/draft.md", "city/sources/wire.txt", "land/draft.md"]);
        let top = dir.path();
        let draft = top.join("city/draft.md");
        let concerns = |file: &str, sources: &[&str]| {
            let sources: Vec<PathBuf> = sources.iter().map(|path| top.join(path)).collect();
            Changes([whole(&top.join(file))].into()).concern(&draft, &sources)
        };
        assert!(concerns("city/draft.md", &[]) && concerns("city/draft.stet.toml", &[]));
        assert!(concerns("copydesk.toml", &[]) && !concerns("land/copydesk.toml", &[]));
        assert!(
            concerns("city/sources/gone.txt", &["city/sources"]) && concerns("city/sources/gone.txt", &["city/sources/*.txt"])
        );
        assert!(!concerns("land/draft.md", &["city/sources"]));
    }
}
