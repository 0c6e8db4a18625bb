//! Reads the bytes of files into sources: decodes, takes the text out, reads.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use jiff::civil::Date;

use super::{
    Source,
    extract::{self, Extracted, Fields},
    files, worker,
};
use crate::{
    claim::{self, Reading},
    document::{self, Document, Format},
    prose::Prose,
    text,
};

/// What a text is marked up as, by the extension of its file: Markdown or plain.
#[must_use]
pub fn format_of(path: &Path) -> Format {
    match files::extension(path).as_str() {
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
        let mut texts = texts_of(&file, &files::read_bytes(&file)?, fields)?;
        texts.retain(|text| text.part.as_deref() == Some(part));
        return if texts.is_empty() { Err(format!("there is no text {part} in it")) } else { Ok(texts) };
    }
    texts_of(path, &files::read_bytes(path)?, fields)
}

/// The text of a file, decoded, and what stood in the way of that: nothing is taken out of it, whatever it is.
///
/// # Errors
/// If the file cannot be read; the message says why, without the path.
pub fn read_as_it_stands(path: &Path) -> Result<(String, Vec<text::Problem>), String> {
    Ok(text::decode(&files::read_bytes(path)?))
}

/// The file and the part that a path means which is no file itself.
fn part_of(path: &Path) -> Option<(PathBuf, &str)> {
    let (file, part) = path.file_name()?.to_str()?.rsplit_once('#')?;
    let file = path.with_file_name(file);
    (!path.exists() && file.is_file()).then_some((file, part))
}

fn texts_of(path: &Path, bytes: &[u8], fields: &Fields) -> Result<Vec<Extracted>, String> {
    let mut texts = match extract::Kind::of_path(path) {
        Some(kind) if kind.is_risky() => worker::extract(kind, bytes).map(|text| vec![text])?,
        Some(kind) => extract::extract(kind, bytes, fields)?,
        None => {
            let (text, problems) = text::decode(bytes);
            vec![Extracted { text, problems, ..Extracted::default() }]
        }
    };
    texts.iter_mut().for_each(shorten);
    Ok(texts)
}

/// Cuts off what is not read of a text that is too long.
fn shorten(text: &mut Extracted) {
    if text.text.len() > document::LONGEST {
        let end = text.text.floor_char_boundary(document::LONGEST);
        text.text.truncate(end);
        text.text.shrink_to_fit();
        let message = format!("only the first {} MB of its text are read", document::LONGEST >> 20);
        text.problems.push(text::Problem::new(message));
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
    meta.title.get_or_insert_with(|| super::title_of(&path));
    Source::new(path, location, read_document(document))
}

/// Reads an article of an archive on the network, which came as plain text, with what is said of it.
pub(super) fn article(path: String, location: String, text: Extracted) -> Source {
    let mut document = document_of(Format::Plain, text);
    document.meta.title.get_or_insert_with(|| super::title_of(&path));
    Source { is_remote: true, ..Source::new(path, location, read_document(document)) }
}

/// What came of reading a file.
pub(super) struct Read {
    /// Its texts, each with the name of its part if it holds several; or why there is none.
    pub(super) texts: Result<Vec<(Option<String>, Reading)>, String>,
    /// What stood in the way.
    pub(super) notes: Vec<String>,
}

/// Reads the bytes of the file at `path`.
pub(super) fn read(path: &Path, bytes: &[u8], fields: &Fields) -> Read {
    let mut notes = Vec::new();
    let texts = texts_of(path, bytes, fields).and_then(|texts| {
        let mut readings = Vec::with_capacity(texts.len());
        for mut text in texts {
            notes.extend(text.problems.drain(..).map(|p| p.message));
            if !text.text.trim().is_empty() {
                // A fault of ours costs this text alone.
                match catch_unwind(AssertUnwindSafe(|| (text.part.take(), reading_of(path, text)))) {
                    Ok(reading) => readings.push(reading),
                    Err(_) => notes.push("copydesk could not read it because of a fault of its own".into()),
                }
            }
        }
        if readings.is_empty() { Err(notes.first().cloned().unwrap_or_else(|| "the file is empty".into())) } else { Ok(readings) }
    });
    Read { texts, notes }
}

/// Reads a text of a file. What the file says of itself outside of its text counts before what the text says.
fn reading_of(path: &Path, text: Extracted) -> Reading {
    read_document(document_of(format_of(path), text))
}

/// A text as a document, with what the file says of it.
pub(super) fn document_of(format: Format, text: Extracted) -> Document {
    let mut document = document::parse(text.text.into(), format);
    let (given, meta) = (text.meta, &mut document.meta);
    meta.title = given.title.or(meta.title.take());
    meta.byline = given.byline.or(meta.byline.take());
    meta.outlet = given.outlet.or(meta.outlet.take());
    meta.published = given.published.or(meta.published);
    meta.url = given.url.or(meta.url.take());
    document
}

fn read_document(document: Document) -> Reading {
    claim::read(Arc::new(Prose::read(Arc::new(document))))
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
