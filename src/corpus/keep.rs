//! Keeps an article in a folder of sources: a readable copy that is a source, and the original in a hidden folder, which is none.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tempfile::{Builder, NamedTempFile};

use super::{
    extract::{Extracted, Kind},
    files, slug,
};
use crate::document::{self, BlockKind, Document, Format, Meta};

/// The folder of the originals. Hidden, so that they are not read as sources.
const ORIGINALS: &str = ".originals";

/// Where front matter has ended, in bytes.
const HEAD: u64 = 64 * 1024;

/// The shortest paragraph that makes a page an article, in words.
const SHORTEST: usize = 6;

/// The most articles of one name in a folder.
const MOST: usize = 1000;

/// An article to be kept.
#[derive(Debug)]
pub struct Article<'a> {
    /// What was taken out of the original.
    pub text: Extracted,
    /// The original.
    pub original: &'a [u8],
    /// The ending of its name.
    pub ending: &'a str,
    /// Where it was fetched from; none for a file. A copy from the same address is replaced.
    pub address: Option<&'a str>,
    /// What it is called if it has no title.
    pub name: &'a str,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There was no copy before.
    Kept,
    /// There was another of the same address; it was replaced.
    Updated,
    /// There was the very same; nothing was written.
    Unchanged,
}

/// A copy that was kept.
#[derive(Debug)]
pub struct Kept {
    /// What was done.
    pub state: State,
    /// The readable copy.
    pub path: PathBuf,
    /// What the article says of itself.
    pub meta: Meta,
}

/// Whether files with this ending can be read, and so be kept.
#[must_use]
pub fn is_read(ending: &str) -> bool {
    matches!(ending, "txt" | "md" | "markdown") || Kind::of_path(Path::new(&format!("a.{ending}"))).is_some()
}

/// Keeps an article in `folder`, which is made if need be.
///
/// # Errors
/// If something cannot be written: what, and why. Then nothing of it stays behind.
pub fn keep(folder: &Path, article: &Article<'_>, retrieved: Timestamp) -> Result<Kept, String> {
    let (meta, body) = readable(article)?;
    let time = retrieved.round(jiff::Unit::Second).unwrap_or(retrieved).to_string();
    let text = format!("{}\n{body}", document::front_matter(&meta, &time));
    let done = |state, path| Ok(Kept { state, path, meta: meta.clone() });
    let failed = |error: io::Error| format!("{}: {}", folder.display(), reason(&error));

    if let Some(path) = article.address.and_then(|address| own_copy(folder, address)) {
        if is_same(&path, &text) {
            return done(State::Unchanged, path);
        }
        write(folder, &path, article, &text, true).map_err(failed)?;
        return done(State::Updated, path);
    }
    let stem = slug::slug(meta.published, meta.title.as_deref().unwrap_or_default());
    for i in 1..=MOST {
        let name = if i == 1 { format!("{stem}.md") } else { format!("{stem}-{i}.md") };
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            if article.address.is_none() && is_same(&path, &text) {
                return done(State::Unchanged, path);
            }
            continue;
        }
        match write(folder, &path, article, &text, false) {
            // Somebody else was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::symlink_metadata(&path).is_ok() => {}
            written => return written.map_err(failed).and_then(|()| done(State::Kept, path)),
        }
    }
    Err(format!("{}: there are {MOST} articles of this name", folder.display()))
}

/// What an article says of itself, and its text as Markdown.
fn readable(article: &Article<'_>) -> Result<(Meta, String), String> {
    let text = &article.text.text;
    if text.trim().is_empty() {
        return Err(article.text.problems.first().map_or_else(|| "there is no text in it".into(), |p| p.message.clone()));
    }
    let marked_up = matches!(article.ending, "md" | "markdown");
    let format = if marked_up { Format::Markdown } else { Format::Plain };
    let document = document::parse(text.as_str().into(), format);
    if matches!(article.ending, "html" | "htm") && !is_article(&document) {
        return Err("the page holds no article".into());
    }
    let (given, own) = (&article.text.meta, document.meta);
    let first = |a: &Option<String>, b: Option<String>| a.clone().or(b).map(|t| document::one_line(&t)).filter(|t| !t.is_empty());
    let meta = Meta {
        title: first(&given.title, own.title).or_else(|| first(&Some(article.name.to_owned()), None)),
        byline: first(&given.byline, own.byline),
        outlet: first(&given.outlet, own.outlet),
        published: given.published.or(own.published),
        url: article.address.map(str::to_owned).or_else(|| first(&given.url, own.url)),
        ..Meta::default()
    };
    let body =
        if marked_up { document::body(text).trim_start_matches(['\r', '\n']).to_owned() } else { document::to_markdown(text) };
    Ok((meta, body))
}

/// Whether there is a paragraph in it: a page of links and headlines has none.
fn is_article(document: &Document) -> bool {
    document.blocks.iter().any(|block| {
        let is_text = !matches!(block.kind, BlockKind::Heading | BlockKind::Boilerplate);
        is_text && block.span.of(&document.prose).split_whitespace().count() >= SHORTEST
    })
}

/// The copy in `folder` that was kept of an address. A note that somebody wrote on that address is none: it has no original.
fn own_copy(folder: &Path, address: &str) -> Option<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let originals: Vec<PathBuf> =
        fs::read_dir(folder.join(ORIGINALS)).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.into_iter().find(|path| {
        path.extension().is_some_and(|e| e == "md")
            && originals.iter().any(|original| original.file_stem() == path.file_stem())
            && head(path).is_some_and(|head| {
                head.contains("\nretrieved: ")
                    && document::parse(head.as_str().into(), Format::Markdown).meta.url.as_deref() == Some(address)
            })
    })
}

/// The front matter of a file, with what stands directly below it.
fn head(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let end = text.len() - document::body(&text).len();
    (end > 0).then(|| text[..end].to_owned())
}

/// Whether a file holds this copy, at whatever time it was retrieved.
fn is_same(path: &Path, text: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|before| timeless(&before) == timeless(text))
}

fn timeless(text: &str) -> (&str, &str) {
    let Some((before, after)) = text.split_once("\nretrieved: ") else { return (text, "") };
    (before, after.split_once('\n').map_or("", |(_, rest)| rest))
}

/// Writes original and copy. Both are written beside their place before either takes it.
fn write(folder: &Path, path: &Path, article: &Article<'_>, text: &str, replace: bool) -> io::Result<()> {
    let originals = folder.join(ORIGINALS);
    let made = [folder, &originals].map(|f| (f, !f.exists()));
    let write = || -> io::Result<()> {
        fs::create_dir_all(&originals)?;
        let original = written(&originals, article.original)?;
        let copy = written(folder, text.as_bytes())?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let place = originals.join(format!("{stem}.{}", article.ending));
        let fresh = !place.exists();
        original.persist(&place).map_err(|e| e.error)?;
        let placed = if replace { copy.persist(path) } else { copy.persist_noclobber(path) };
        placed.map(drop).map_err(|error| {
            if fresh {
                let _ = fs::remove_file(&place);
            }
            error.error
        })
    };
    write().inspect_err(|_| {
        // Only if they are empty.
        made.iter().rev().filter(|(_, made)| *made).for_each(|(f, _)| drop(fs::remove_dir(f)));
    })
}

/// A file in `folder` with these bytes; it is gone if it is given no name.
fn written(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".copydesk-");
    // Else nobody but the owner could read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system cannot be written to".into(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "this is a file, not a folder".into(),
        _ => files::reason(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Levee Breach Floods Orlen Falls\n\nMarch 9, 2026\n\nThe river rose, but nobody was hurt, the mayor said.\n";

    fn article<'a>(text: &str, address: Option<&'a str>) -> Article<'a> {
        let text = Extracted { text: text.to_owned(), ..Extracted::default() };
        Article { text, original: b"<p>original", ending: "html", address, name: "page" }
    }

    #[track_caller]
    fn check(folder: &Path, text: &str, address: Option<&str>, expect: (State, &str)) -> String {
        let kept = keep(folder, &article(text, address), Timestamp::now()).unwrap();
        assert_eq!((kept.state, kept.path.file_name().unwrap().to_str().unwrap()), expect);
        fs::read_to_string(kept.path).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = walkdir::WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|e| e.unwrap().path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_same_address_has_one_copy() {
        let dir = tempfile::tempdir().unwrap();
        let folder = &dir.path().join("new/sources");
        let name = "2026-03-09-levee-breach-floods-orlen-falls.md";
        let a = Some("https://courier.test/a?id=1");
        let text = check(folder, TEXT, a, (State::Kept, name));
        assert!(text.starts_with(
            "---\ntitle: \"Levee Breach Floods Orlen Falls\"\ndate: 2026-03-09\nurl: \"https://courier.test/a?id=1\"\nret"
        ));
        assert!(text.ends_with(
            "\n---\n\n# Levee Breach Floods Orlen Falls\n\nMarch 9, 2026\n\nThe river rose, but nobody was hurt, the mayor said.\n"
        ));
        check(folder, TEXT, a, (State::Unchanged, name));
        // The headline has changed; the name of the file has not.
        check(folder, &TEXT.replace("Breach", "Break"), a, (State::Updated, name));
        check(
            folder,
            TEXT,
            Some("https://courier.test/a?id=2"),
            (State::Kept, "2026-03-09-levee-breach-floods-orlen-falls-2.md"),
        );
        assert_eq!(
            names(folder),
            [
                ".originals",
                ".originals/2026-03-09-levee-breach-floods-orlen-falls-2.html",
                ".originals/2026-03-09-levee-breach-floods-orlen-falls.html",
                "2026-03-09-levee-breach-floods-orlen-falls-2.md",
                name
            ]
        );
    }

    #[test]
    fn other_files_are_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let note = "---\nurl: https://courier.test/a\nretrieved: today\n---\nMy notes.\n";
        let path = dir.path().join("2026-03-09-levee-breach-floods-orlen-falls.md");
        fs::write(&path, note).unwrap();
        check(dir.path(), TEXT, Some("https://courier.test/a"), (State::Kept, "2026-03-09-levee-breach-floods-orlen-falls-2.md"));
        check(dir.path(), TEXT, None, (State::Kept, "2026-03-09-levee-breach-floods-orlen-falls-3.md"));
        check(dir.path(), TEXT, None, (State::Unchanged, "2026-03-09-levee-breach-floods-orlen-falls-3.md"));
        assert_eq!(fs::read_to_string(path).unwrap(), note);
    }

    #[test]
    fn failure_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let why = |folder: &Path, text| keep(folder, &article(text, None), Timestamp::now()).unwrap_err();
        assert_eq!(why(&dir.path().join("a"), " \n"), "there is no text in it");
        fs::write(dir.path().join("file"), "").unwrap();
        assert!(why(&dir.path().join("file"), TEXT).ends_with("file: this is a file, not a folder"));
        fs::create_dir(dir.path().join("full")).unwrap();
        fs::write(dir.path().join("full/.originals"), "").unwrap();
        assert!(why(&dir.path().join("full"), TEXT).ends_with("full: this is a file, not a folder"));
        assert_eq!(names(dir.path()), ["file", "full", "full/.originals"]);
    }
}
