//! Reads files into sources: walks folders, follows globs, decodes, reads. All the I/O of the sources is here.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, SystemTime},
};

use jiff::civil::Date;

use super::{
    Source,
    extract::{self, Extracted, Fields},
};
use crate::{
    claim,
    document::{self, BlockKind, Document, Format},
    prose::{self, Prose},
    text,
};

/// The largest file that is read, in bytes. An article is a thousandth of it; offsets are 32 bits wide.
const LARGEST: u64 = 256 << 20;

/// The most files and folders that are looked at below one path: enough for an archive, and an end to a mistaken `/`.
const MOST: usize = 200_000;

/// A file that was named or found among the sources and could not be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    /// The path as it is shown.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// A file of the corpus as it was when it was last read.
#[derive(Clone, Debug)]
pub(super) struct File {
    found: Found,
    stamp: Stamp,
    hash: blake3::Hash,
    /// The sources in it, or why there is none.
    pub(super) sources: Result<Vec<Arc<Source>>, String>,
    /// What stood in the way of reading it.
    notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    shown: String,
    location: PathBuf,
}

/// What tells an unchanged file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    /// Whether the file was so young when it was read that a later change may carry the same time.
    young: bool,
}

impl Stamp {
    fn of(meta: &fs::Metadata) -> Self {
        let modified = meta.modified().ok();
        let young = modified.is_none_or(|m| m.elapsed().is_ok_and(|age| age < Duration::from_secs(2)));
        Self { modified, size: meta.len(), young }
    }
}

/// What a text is marked up as, by the extension of its file: Markdown or plain.
#[must_use]
pub fn format_of(path: &Path) -> Format {
    match extension(path).as_str() {
        "md" | "markdown" => Format::Markdown,
        _ => Format::Plain,
    }
}

/// The texts of a file, decoded or taken out of it, with what it says of itself outside of them and what stood in the way. After the name of
/// a file that holds many, "#" and the name of a part mean that alone, as sources are shown: "feed.xml#2".
///
/// # Errors
/// If the file cannot be read or is damaged; the message says why, without the path.
pub fn read_texts(path: &Path, fields: &Fields) -> Result<Vec<Extracted>, String> {
    if let Some((file, part)) = part_of(path) {
        let mut texts = texts_of(&file, &read_bytes(&file)?, fields)?;
        texts.retain(|text| text.part.as_deref() == Some(part));
        return if texts.is_empty() { Err(format!("there is no text {part} in it")) } else { Ok(texts) };
    }
    texts_of(path, &read_bytes(path)?, fields)
}

/// The file and the part that a path means which is no file itself.
fn part_of(path: &Path) -> Option<(PathBuf, &str)> {
    let (file, part) = path.file_name()?.to_str()?.rsplit_once('#')?;
    let file = path.with_file_name(file);
    (!path.exists() && file.is_file()).then_some((file, part))
}

fn texts_of(path: &Path, bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    match extract::Kind::of_path(path) {
        Some(kind) => extract::extract(kind, bytes, fields),
        None => {
            let (text, problems) = text::decode(bytes);
            Ok(vec![Extracted { text, problems, ..Extracted::default() }])
        }
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
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

/// Reads an article. A `title` that is given is its title; else the headline, else the name of the file. `published` counts where
/// the text itself does not say.
#[must_use]
pub fn source(
    path: String,
    location: String,
    text: Arc<str>,
    format: Format,
    title: Option<&str>,
    published: Option<Date>,
) -> Source {
    let mut document = document::parse(text, format);
    let meta = &mut document.meta;
    meta.title = title.map(str::to_owned).or(meta.title.take());
    meta.published = meta.published.or(published);
    read_document(path, location, document)
}

/// Reads an article of a file. What the file says of itself outside of its text counts before what the text says.
fn source_of(found: &Found, text: Extracted) -> Source {
    let mut document = document::parse(text.text.into(), format_of(&found.location));
    let (given, meta) = (text.meta, &mut document.meta);
    meta.title = given.title.or(meta.title.take());
    meta.byline = given.byline.or(meta.byline.take());
    meta.outlet = given.outlet.or(meta.outlet.take());
    meta.published = given.published.or(meta.published);
    meta.url = given.url.or(meta.url.take());
    let shown = text.part.map_or_else(|| found.shown.clone(), |part| format!("{}#{part}", found.shown));
    read_document(shown, found.location.to_string_lossy().into_owned(), document)
}

fn read_document(path: String, location: String, mut document: Document) -> Source {
    let name = || Path::new(&path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    document.meta.title.get_or_insert_with(name);
    let reading = claim::read(Arc::new(Prose::read(Arc::new(document))));
    let prose = &reading.prose;
    let terms = (0..prose.sentences.len())
        .map(|i| match prose.document.blocks[prose.sentences[i].block as usize].kind {
            BlockKind::Boilerplate => Vec::new(),
            _ => prose::terms(prose, i),
        })
        .collect();
    Source { path, location, reading, terms }
}

/// Reads everything that `paths` name (files, folders with what lies in them, globs), taking from `before` what has not changed.
/// The files come in the order of their shown paths.
pub(super) fn load(paths: &[PathBuf], fields: &Fields, before: &[File]) -> (Vec<File>, Vec<FileProblem>) {
    let mut problems = Vec::new();
    let found = find(paths, &mut problems);
    let known: BTreeMap<&Path, &File> = before.iter().map(|f| (f.found.location.as_path(), f)).collect();
    let files = parallel(&found, |found| read(found, fields, known.get(found.location.as_path()).copied()));
    for file in &files {
        for message in file.sources.as_ref().err().into_iter().chain(&file.notes) {
            problems.push(FileProblem { path: file.found.shown.clone(), message: message.clone() });
        }
    }
    problems.sort();
    problems.dedup();
    (files, problems)
}

fn read(found: &Found, fields: &Fields, before: Option<&File>) -> File {
    let absent = Stamp { modified: None, size: 0, young: true };
    let stamp = fs::metadata(&found.location).map_or(absent, |meta| Stamp::of(&meta));
    let before = before.filter(|b| b.found == *found);
    if let Some(before) = before.filter(|b| b.stamp == stamp && !stamp.young) {
        return before.clone();
    }
    let bytes = match read_bytes(&found.location) {
        Ok(bytes) => bytes,
        Err(message) => {
            return File { found: found.clone(), stamp, hash: blake3::hash(&[]), sources: Err(message), notes: Vec::new() };
        }
    };
    let hash = blake3::hash(&bytes);
    if let Some(before) = before.filter(|b| b.hash == hash && b.sources.is_ok()) {
        return File { stamp, ..before.clone() };
    }
    let mut notes = Vec::new();
    let sources = texts_of(&found.location, &bytes, fields).and_then(|mut texts| {
        notes = texts.iter_mut().flat_map(|text| text.problems.drain(..)).map(|p| p.message).collect();
        texts.retain(|text| !text.text.trim().is_empty());
        if texts.is_empty() {
            return Err(notes.first().cloned().unwrap_or_else(|| "the file is empty".into()));
        }
        Ok(texts.into_iter().map(|text| Arc::new(source_of(found, text))).collect())
    });
    File { found: found.clone(), stamp, hash, sources, notes }
}

/// The files to read, each once, in the order of their shown paths.
fn find(paths: &[PathBuf], problems: &mut Vec<FileProblem>) -> Vec<Found> {
    let mut found: BTreeMap<PathBuf, String> = BTreeMap::new();
    for path in paths {
        for root in expand(path, problems) {
            walk(&root, &mut found, problems);
        }
    }
    // Two folders may hold files of one name: those are shown by their whole path.
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for shown in found.values() {
        *count.entry(shown).or_default() += 1;
    }
    let mut files: Vec<Found> = found
        .iter()
        .map(|(location, shown)| Found {
            shown: if count[shown.as_str()] > 1 { location.to_string_lossy().into_owned() } else { shown.clone() },
            location: location.clone(),
        })
        .collect();
    files.sort_by(|a, b| (&a.shown, &a.location).cmp(&(&b.shown, &b.location)));
    files
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

fn walk(root: &Path, found: &mut BTreeMap<PathBuf, String>, problems: &mut Vec<FileProblem>) {
    let named = root.is_file();
    let read = |e: &walkdir::DirEntry| e.depth() == 0 || !(is_hidden(e.file_name()) || is_of_page(e.path()));
    let walker = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(read);
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
            Ok(below) if !named => below.to_string_lossy().replace('\\', "/"),
            _ => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        };
        let ending = extension(path);
        if matches!(ending.as_str(), "txt" | "md" | "markdown") || extract::Kind::of_path(path).is_some() {
            let location = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            found.entry(location).or_insert(shown);
        } else if named || !is_foreign(&ending) {
            problems.push(FileProblem { path: shown, message: "files of this kind are not read".into() });
        }
    }
}

fn extension(path: &Path) -> String {
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

/// `f` of every item, in their order, on all cores. A panic of `f` goes on in the caller.
pub fn parallel<T: Sync, U: Send>(items: &[T], f: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    if workers < 2 {
        return items.iter().map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, U)> = thread::scope(|scope| {
        let work = || {
            let mut mine = Vec::new();
            while let Some((i, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, items.get(i)?))) {
                mine.push((i, f(item)));
            }
            mine
        };
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        handles.into_iter().flat_map(|h| h.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, u)| u).collect()
}
