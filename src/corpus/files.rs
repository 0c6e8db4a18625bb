//! Finds the files of the sources, and reads their bytes: folders, globs, what tells a changed file from an unchanged one.

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use super::extract;

/// The largest file that is read, in bytes. An article is a thousandth of it; offsets are 32 bits wide.
const LARGEST: u64 = 256 << 20;

/// The most files and folders that are looked at below one path: enough for an archive, and an end to a mistaken `/`.
const MOST: usize = 2_000_000;

/// A file that was named or found among the sources and could not be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    /// The path as it is shown.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// A file among the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The path as it is shown.
    pub(super) shown: String,
    /// Where it is; absolute, without links.
    pub(super) location: PathBuf,
}

/// What tells an unchanged file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// When it was last written, in nanoseconds since 1970; 0 if nobody knows.
    pub(super) modified: i64,
    /// Its length in bytes.
    pub(super) size: i64,
    /// Whether the file was so young when it was looked at that a later change may carry the same time.
    pub(super) young: bool,
}

impl Stamp {
    /// The stamp of the file at `path` as it is now; of none that is not there.
    pub(super) fn of(path: &Path) -> Self {
        let Ok(meta) = fs::metadata(path) else { return Self { modified: 0, size: 0, young: true } };
        let modified = meta.modified().ok();
        let young = modified.is_none_or(|m| m.elapsed().map_or(true, |age| age < Duration::from_secs(2)));
        let since = modified.and_then(|m| m.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = since.and_then(|s| i64::try_from(s.as_nanos()).ok()).unwrap_or(0);
        Self { modified, size: i64::try_from(meta.len()).unwrap_or(i64::MAX), young: young || modified == 0 }
    }
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read or is too large; the message says why, without the path.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let meta = fs::metadata(path).map_err(|error| reason(&error))?;
    if meta.is_dir() {
        return Err("this is a folder, not a file".into());
    }
    if meta.len() > LARGEST {
        return Err(format!("the file is larger than {} MB", LARGEST >> 20));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|f| f.take(LARGEST).read_to_end(&mut bytes)).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// What an error of the file system means, in a few words.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// The files that `paths` name (files, folders with what lies in them, globs), each once, in the order of their shown paths.
pub(super) fn find(paths: &[PathBuf], problems: &mut Vec<FileProblem>) -> Vec<Found> {
    // Of a hundred thousand: compared by their bytes, for paths are compared part by part.
    let mut found: Vec<(OsString, String)> = Vec::new();
    let roots: Vec<PathBuf> = paths.iter().flat_map(|path| expand(path, problems)).collect();
    roots.iter().for_each(|root| walk(root, &mut found, problems));
    if roots.len() > 1 {
        // What is named twice counts as it was named first.
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.dedup_by(|later, first| later.0 == first.0);
    }
    found.sort_unstable_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    // Two folders may hold files of one name: those are shown by their whole path.
    let is_same = |i: usize, j: Option<usize>| j.and_then(|j| found.get(j)).is_some_and(|other| other.1 == found[i].1);
    let ambiguous: Vec<usize> = (0..found.len()).filter(|&i| is_same(i, i.checked_sub(1)) || is_same(i, Some(i + 1))).collect();
    for &i in &ambiguous {
        found[i].1 = found[i].0.to_string_lossy().into_owned();
    }
    if !ambiguous.is_empty() {
        found.sort_unstable_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    }
    found.into_iter().map(|(location, shown)| Found { shown, location: location.into() }).collect()
}

/// The file at `path`, if it is one of those that `paths` name. `None` if that cannot be told without looking at all of them.
pub(super) fn find_at(paths: &[PathBuf], path: &Path) -> Option<Option<Found>> {
    let (name, ending) = (path.file_name().unwrap_or_default(), extension(path));
    if is_hidden(name) || is_foreign(&ending) {
        return Some(None);
    }
    if path.is_dir() || !is_read(path) {
        return None;
    }
    let [root] = paths else { return None };
    let real = fs::canonicalize(root).ok()?;
    let parent = fs::canonicalize(path.parent()?).ok()?;
    let below = parent.strip_prefix(&real).ok()?.join(name);
    if !root.is_dir() || below.parent()?.iter().any(|part| is_hidden(part) || part.to_string_lossy().ends_with("_files")) {
        return None;
    }
    let location = real.join(&below);
    // A link is not followed, and what is gone is not found.
    let there = fs::symlink_metadata(&location).is_ok_and(|meta| meta.is_file());
    Some(there.then(|| Found { shown: shown(&below), location }))
}

/// Whether files of this kind are read.
fn is_read(path: &Path) -> bool {
    matches!(extension(path).as_str(), "txt" | "md" | "markdown") || extract::Kind::of_path(path).is_some()
}

/// A path below a folder of sources, as it is shown.
fn shown(below: &Path) -> String {
    below.to_string_lossy().replace('\\', "/")
}

/// The files and folders that a path means: itself, or what matches it if it is a glob.
fn expand(path: &Path, problems: &mut Vec<FileProblem>) -> Vec<PathBuf> {
    let shown = path.to_string_lossy();
    let mut complain = |message: String| problems.push(FileProblem { path: shown.clone().into_owned(), message });
    if path.exists() {
        return vec![path.to_owned()];
    }
    if !is_glob(path) {
        complain("there is no such file or folder".into());
        return Vec::new();
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, require_literal_separator: true, ..Default::default() };
    match glob::glob_with(&shown, options) {
        Ok(matches) => {
            let matches: Vec<PathBuf> = matches.filter_map(Result::ok).take(MOST).collect();
            if matches.is_empty() {
                complain("no file matches this pattern".into());
            }
            matches
        }
        Err(error) => {
            complain(format!("this is not a valid pattern: {}", error.msg));
            Vec::new()
        }
    }
}

/// Whether a path is a pattern: it has one of the characters `*?[`.
fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// Adds the file at `root`, or the files below it.
fn walk(root: &Path, found: &mut Vec<(OsString, String)>, problems: &mut Vec<FileProblem>) {
    let named = root.is_file();
    // Links are not followed below the root, so what lies there really lies below where the root really is.
    let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let read = |e: &walkdir::DirEntry| e.depth() == 0 || !(is_hidden(e.file_name()) || is_of_page(e.path()));
    let walker = walkdir::WalkDir::new(root).into_iter().filter_entry(read);
    for (i, entry) in walker.enumerate() {
        if i == MOST {
            let message = format!("there are more than {MOST} files and folders below; the rest is not read");
            problems.push(FileProblem { path: root.to_string_lossy().into_owned(), message });
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_string_lossy().into_owned();
                let message = error.io_error().map_or_else(|| error.to_string(), reason);
                problems.push(FileProblem { path, message });
                continue;
            }
        };
        let path = entry.path();
        // A link inside a folder is not followed: it may lead anywhere, or round in a circle.
        if !(entry.file_type().is_file() || named) {
            continue;
        }
        let shown = match path.strip_prefix(root) {
            Ok(below) if !named => shown(below),
            _ => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        };
        if is_read(path) {
            let location = path.strip_prefix(root).ok().filter(|_| !named).map_or_else(|| real.clone(), |below| real.join(below));
            found.push((location.into_os_string(), shown));
        } else if named || !is_foreign(&extension(path)) {
            problems.push(FileProblem { path: shown, message: "files of this kind are not read".into() });
        }
    }
}

/// The ending of a file's name, in lower case.
pub(super) fn extension(path: &Path) -> String {
    path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase()
}

/// Whether this is the folder that a browser writes beside a saved page, with its pictures and the advertisements in their frames.
fn is_of_page(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let page = name.strip_suffix("_files").filter(|_| path.is_dir());
    page.is_some_and(|page| ["html", "htm"].iter().any(|ending| path.with_file_name(format!("{page}.{ending}")).is_file()))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether files with this extension lie beside articles without being any: nobody expects them to be read.
fn is_foreign(extension: &str) -> bool {
    static FOREIGN: OnceLock<Vec<&str>> = OnceLock::new();
    FOREIGN.get_or_init(|| include_str!("data/foreign.txt").lines().collect()).contains(&extension)
}
