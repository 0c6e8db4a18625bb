//! Reads the bytes of files into sources: decodes, takes the text out, reads.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use jiff::civil::Date;

use super::{
    Source,
    extract::{self, Extracted},
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

/// The text of a file, decoded or taken out of it, with what it says of itself outside of that text and what stood in the way.
///
/// # Errors
/// If the file cannot be read or is damaged; the message says why, without the path.
pub fn read_text(path: &Path) -> Result<Extracted, String> {
    text_of(path, &files::read_bytes(path)?)
}

fn text_of(path: &Path, bytes: &[u8]) -> Result<Extracted, String> {
    match extract::Kind::of_path(path) {
        Some(kind) => worker::extract(kind, bytes),
        None => {
            let (text, problems) = text::decode(bytes);
            Ok(Extracted { text, problems, ..Extracted::default() })
        }
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

/// What came of reading a file.
pub(super) struct Read {
    /// Its texts, or why there is none.
    pub(super) texts: Result<Vec<Reading>, String>,
    /// What stood in the way.
    pub(super) notes: Vec<String>,
}

/// Reads the bytes of the file at `path`. What the file says of itself outside of its text counts before what the text says.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Read {
    let mut notes = Vec::new();
    let texts = text_of(path, bytes).and_then(|mut text| {
        notes.extend(text.problems.drain(..).map(|p| p.message));
        if text.text.trim().is_empty() {
            return Err(notes.first().cloned().unwrap_or_else(|| "the file is empty".into()));
        }
        let mut document = document::parse(text.text.into(), format_of(path));
        let (given, meta) = (text.meta, &mut document.meta);
        meta.title = given.title.or(meta.title.take());
        meta.byline = given.byline.or(meta.byline.take());
        meta.outlet = given.outlet.or(meta.outlet.take());
        meta.published = given.published.or(meta.published);
        meta.url = given.url.or(meta.url.take());
        Ok(vec![read_document(document)])
    });
    Read { texts, notes }
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
