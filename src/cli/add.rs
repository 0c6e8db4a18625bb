//! `copydesk add`

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;

use super::{Error, Outcome, complain, print};
use crate::{
    config,
    corpus::{
        extract::{Extracted, Fields},
        fetch::{self, Limits},
        files,
        keep::{self, Article, Kept, State},
        load,
    },
    ide,
};

/// The folder that is made where there are no sources yet.
const FOLDER: &str = "sources";

/// Keep a readable copy of an article, with its metadata, among the sources
#[derive(clap::Args)]
pub(super) struct Args {
    /// Addresses (http, https) or files
    #[arg(value_name = "URL_OR_FILE", required = true)]
    articles: Vec<PathBuf>,
    /// The folder to keep it in, instead of that of the sources
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Fetch also from this machine and from private networks
    #[arg(long)]
    allow_private: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let folder = match &args.to {
        Some(folder) => folder.clone(),
        None => sources()?,
    };
    let limits = Limits {
        connect: Duration::from_secs(10),
        whole: Duration::from_secs(30),
        redirects: 5,
        bytes: 20 << 20,
        private: args.allow_private,
    };
    let mut outcome = Outcome::Clean;
    for article in &args.articles {
        let kept = match article.to_str().filter(|text| fetch::is_address(text)) {
            Some(address) => fetched(&folder, address, &limits),
            None => copied(&folder, article),
        };
        match kept {
            Ok(kept) => print(&line(&kept))?,
            Err(why) => {
                complain(&Error::Message(ide::one_line(&format!("{}: {why}", article.display()))));
                outcome = Outcome::Failed;
            }
        }
    }
    Ok(outcome)
}

/// The folder of the sources of the current folder.
fn sources() -> Result<PathBuf, Error> {
    let found = config::find_sources(None, &[], &[], None)?;
    let named = found.is_some();
    if let Some(folder) = found.into_iter().flatten().find(|path| path.is_dir()) {
        // Shown as it would be typed.
        let here = std::env::current_dir().ok();
        let below = here.and_then(|here| folder.strip_prefix(here).ok().map(Path::to_owned));
        return Ok(below.filter(|below| !below.as_os_str().is_empty()).unwrap_or(folder));
    }
    if named {
        let note =
            format!("note: {} names no folder that is there; the copies go to ./{FOLDER}, which it does not name.", config::FILE);
        let _ = writeln!(io::stderr(), "{note}");
    }
    Ok(FOLDER.into())
}

fn fetched(folder: &Path, address: &str, limits: &Limits) -> Result<Kept, String> {
    let page = fetch::fetch(address, limits, keep::is_read)?;
    // What is read is read as a file, for the readers of some kinds run apart.
    let failed = |error: io::Error| format!("the folder for temporary files: {}", files::reason(&error));
    let mut file =
        tempfile::Builder::new().prefix("copydesk-").suffix(&format!(".{}", page.ending)).tempfile().map_err(failed)?;
    file.write_all(page.decoded.as_ref().unwrap_or(&page.bytes)).and_then(|()| file.flush()).map_err(failed)?;
    let name = page.address.split_once("://").map_or("", |(_, rest)| rest.split(['?', '#']).next().unwrap_or(rest));
    let article = Article {
        text: the_text(file.path())?,
        original: &page.bytes,
        ending: &page.ending,
        address: Some(&page.address),
        name: name.trim_end_matches('/'),
    };
    keep::keep(folder, &article, Timestamp::now())
}

fn copied(folder: &Path, path: &Path) -> Result<Kept, String> {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let there = fs::canonicalize(path).map_err(|error| files::reason(&error))?;
    if there.is_file() && !keep::is_read(&ending) {
        return Err("files of this kind are not read".into());
    }
    if fs::canonicalize(folder).is_ok_and(|folder| there.starts_with(folder)) {
        return Err("it lies among the sources already".into());
    }
    let text = the_text(path)?;
    let original = fs::read(path).map_err(|error| files::reason(&error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let article = Article { text, original: &original, ending: &ending, address: None, name: &name };
    keep::keep(folder, &article, Timestamp::now())
}

/// The text of a file that holds one.
fn the_text(path: &Path) -> Result<Extracted, String> {
    let mut texts = load::read_texts(path, &Fields::default())?;
    match texts.len() {
        1 => Ok(texts.remove(0)),
        count => Err(format!("it holds {count} texts: put the file itself among the sources")),
    }
}

/// What was done, on one line: path, title, date, outlet.
fn line(kept: &Kept) -> String {
    let done = match kept.state {
        State::Kept => "kept",
        State::Updated => "updated",
        State::Unchanged => "unchanged",
    };
    let meta = &kept.meta;
    let told: Vec<String> = [meta.published.map(|d| d.to_string()), meta.outlet.clone()].into_iter().flatten().collect();
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
    let title = meta.title.as_deref().unwrap_or_default();
    format!("{}\n", ide::one_line(&format!("{done} {}: {title}{told}", kept.path.display())))
}
