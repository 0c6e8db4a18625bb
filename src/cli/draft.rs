//! Reads a draft and finds its sources.

use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    thread,
};

use super::{
    Error,
    archive::{Opened, Remotes},
};
use crate::{
    config::{self, Settings},
    corpus::{
        archive::{Archive, Desk, Scope},
        extract::{Extracted, Fields, Kind},
        load,
        remote::Known,
    },
    ide::{self, Format, Problem, Reading},
    report, text,
};

/// A draft as it was named and read.
pub(super) struct Draft {
    /// As it was named.
    pub(super) name: String,
    /// Its file; `None` for standard input.
    pub(super) path: Option<PathBuf>,
    /// What it says of itself.
    pub(super) meta: ide::Meta,
    /// It is read while the sources are looked at.
    pub(super) reading: LazyLock<Arc<Reading>, Box<dyn FnOnce() -> Arc<Reading> + Send>>,
    /// What stood in the way of decoding it.
    pub(super) problems: Vec<Problem>,
}

impl Draft {
    /// Reads the draft at `path`, or standard input for "-". If it is the only one, its prose is read on another thread meanwhile.
    pub(super) fn read(path: &Path, is_only: bool) -> Result<Self, Error> {
        let name = path.display().to_string();
        let Text { text, problems, format, published } = read_draft(path)?;
        if text.trim().is_empty() {
            let why = problems.first().map_or("the draft is empty", |p| p.message.as_str());
            return Err(Error::Message(format!("{name}: {why}")));
        }
        if text.len() > ide::LONGEST {
            let why = format!("the draft is longer than {} MB and is not checked", ide::LONGEST >> 20);
            return Err(Error::Message(format!("{name}: {why}")));
        }
        let meta = ide::meta(&text, format, published);
        let read = move || Arc::new(ide::read(&text, format, published));
        let reading: Box<dyn FnOnce() -> Arc<Reading> + Send> = match is_only {
            true => {
                let reading = thread::spawn(read);
                Box::new(|| reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            }
            false => Box::new(read),
        };
        let path = (path != Path::new("-")).then(|| path.to_owned());
        Ok(Self { name, path, meta, reading: LazyLock::new(reading), problems })
    }

    /// Where the sources of the draft lie; `None` if it has none, and no archive either.
    pub(super) fn sources(&self, given: &[PathBuf], settings: &Settings) -> Result<Option<Vec<PathBuf>>, Error> {
        let found = config::find_sources(self.path.as_deref(), &self.meta.sources, given, None)?;
        Ok(found.or_else(|| settings.archive().map(|_| Vec::new())))
    }

    /// What to say of a draft without any.
    pub(super) fn no_sources(&self) -> Error {
        let message = format!(
            "{}: there are no sources. Name them with --sources, in the draft's front matter or in {}, or put them into a folder named \
             \"{}\" beside the draft.",
            self.name,
            config::FILE,
            config::FOLDER
        );
        message.into()
    }

    /// The index of the archive among `open` that was opened for these paths; it is opened now if there is none.
    pub(super) fn archive(paths: Vec<PathBuf>, settings: &Settings, open: &mut Vec<Opened>) -> Result<usize, Error> {
        Ok(match open.iter().position(|o| o.archive().paths() == paths && o.archive().fields() == settings.fields()) {
            Some(i) => i,
            None => {
                open.push(Opened::new(paths, settings.fields().clone())?);
                open.len() - 1
            }
        })
    }

    /// The sources that the draft is held against: out of those of `archive`, and of the remote archive that its settings name.
    pub(super) fn desk(&self, archive: &Archive, settings: &Settings, remotes: &Remotes) -> Result<Desk, Error> {
        let since = settings.since(&self.meta);
        let scope = Scope { draft: self.path.as_deref(), since };
        let queries = ide::queries(&self.reading);
        let mut known = Known::default();
        if let Some(engine) = settings.archive() {
            let (remote, since) = (remotes.of(engine), settings.archive_since(&self.meta));
            remote.ask(&queries, since);
            known = remote.known(&queries, since);
            known.problem.take().into_iter().for_each(|p| remotes.complain(report::Problem { path: p.path, message: p.message }));
        }
        let desk = archive.desk_with(&queries, scope, known)?;
        if desk.count() == 0 && settings.archive().is_none() {
            let places: Vec<String> = archive.paths().iter().map(|p| p.display().to_string()).collect();
            let mut message = format!("{}: no source could be read from {}", self.name, places.join(", "));
            for note in report::text::notes(&problems(archive)?) {
                message.push_str("\n  ");
                message.push_str(&note);
            }
            return Err(Error::Message(message));
        }
        Ok(desk)
    }
}

/// What could not be read of the sources, as it is reported.
pub(super) fn problems(archive: &Archive) -> Result<Vec<report::Problem>, Error> {
    Ok(archive.problems()?.into_iter().map(|p| report::Problem { path: p.path, message: p.message }).collect())
}

/// A text that was named.
pub(super) struct Text {
    pub(super) text: Arc<str>,
    /// What stood in the way.
    pub(super) problems: Vec<Problem>,
    pub(super) format: Format,
    /// When it was published, if the file says so outside of its text.
    pub(super) published: Option<jiff::civil::Date>,
}

/// A draft: as it stands, if it is in a format that people write, so that places are places in its file; else what can be taken out of it.
fn read_draft(path: &Path) -> Result<Text, Error> {
    match Format::of_path(&path.to_string_lossy()) {
        Some(format) if path != Path::new("-") => {
            let (text, problems) = load::read_as_it_stands(path).map_err(|why| format!("{}: {why}", path.display()))?;
            Ok(Text { text: text.into(), problems, format, published: None })
        }
        _ => read_text(path),
    }
}

/// The texts of a file that may hold many.
pub(super) fn read_texts(path: &Path) -> Result<Vec<Extracted>, Error> {
    // A draft has no need of settings to be read.
    let fields = match Kind::of_path(path) {
        None if !path.to_string_lossy().contains('#') => Fields::default(),
        _ => config::find(Some(path), None)?.fields().clone(),
    };
    Ok(load::read_texts(path, &fields).map_err(|why| format!("{}: {why}", path.display()))?)
}

/// The text of a file, or of standard input for "-".
pub(super) fn read_text(path: &Path) -> Result<Text, Error> {
    if path != Path::new("-") {
        let mut texts = read_texts(path)?;
        if let [first, _, ..] = texts.as_slice() {
            let (shown, part) = (path.display(), first.part.as_deref().unwrap_or("1"));
            let message = format!("{shown}: there are {} texts in it; name one: {shown}#{part}", texts.len());
            return Err(Error::Message(message));
        }
        let read = texts.remove(0);
        let (text, published) = (read.text.into(), read.meta.published);
        // What was taken out of a file is plain.
        let format = match Kind::of_path(path) {
            None => Format::of_path(&path.to_string_lossy()).unwrap_or(Format::Plain),
            Some(_) => load::format_of(path),
        };
        return Ok(Text { text, problems: read.problems, format, published });
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let (text, problems) = text::decode(&bytes);
    // Standard input has no name to tell its format by; front matter does.
    let format = if text.starts_with("---\n") || text.starts_with("---\r\n") { Format::Markdown } else { Format::Plain };
    Ok(Text { text: text.into(), problems, format, published: None })
}
