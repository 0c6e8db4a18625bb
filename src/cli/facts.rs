//! `copydesk facts`

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use clap::ValueEnum;

use super::{
    Error,
    archive::{Remotes, ready, with_bar_of},
    complain_of, deliver,
    draft::{Draft, problems},
    sources_here,
};
use crate::{
    config,
    corpus::{
        archive::{Archive, Desk, Progress, Scope},
        load,
    },
    ide::{self, Checked, Source},
    report,
};

/// Print what the sources say: each figure and date once, with every source's wording; where they disagree stands first
#[derive(clap::Args)]
pub(super) struct Args {
    /// Of many sources those that this draft is held against
    draft: Option<PathBuf>,
    /// A source, a folder of sources, or a glob; may be given more than once [default: those of a draft in this folder]
    #[arg(long, value_name = "DIR_OR_FILE")]
    sources: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write there instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// In the text, also what only one source says; the other formats have it always
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// A line for each source's wording, for spreadsheets
    Csv,
    /// A document
    Markdown,
    /// A page, with a chart where a tally grew
    Html,
}

pub(super) fn run(args: &Args) -> Result<(), Error> {
    let settings = config::find(args.draft.as_deref(), None)?;
    let draft = args.draft.as_deref().map(|path| Draft::read(path, true)).transpose()?;
    let paths = match &draft {
        Some(draft) => draft.sources(&args.sources, &settings)?.ok_or_else(|| draft.no_sources())?,
        None => sources_here(&args.sources)?,
    };
    let archive = ready(paths, settings.fields().clone())?;
    let remotes = Remotes::default();
    let desk = match &draft {
        Some(draft) => draft.desk(&archive, &settings, &remotes)?,
        None => archive.desk(&[], Scope { draft: None, since: None })?,
    };
    let sources: Vec<Arc<Source>> = desk.sources().cloned().collect();
    if sources.is_empty() {
        let message = match (desk.count(), &draft) {
            (0, _) => "no source could be read".to_owned(),
            (count, Some(_)) => format!("none of the {count} sources speaks of what the draft is about"),
            (count, None) => {
                format!("there are {count} sources, too many for one fact sheet. Name a draft, or fewer sources.")
            }
        };
        return Err(message.into());
    }
    let problems: Vec<_> = problems(&archive)?.into_iter().chain(remotes.problems()).collect();
    complain_of(&problems);
    let checked = held_against_each_other(&archive, &desk, &sources)?;
    let sheet = ide::fact_sheet(&sources, &checked);
    let text = match args.format {
        Format::Text => report::facts::text(&sheet, args.all),
        Format::Json => report::facts::json(&sheet, sources.len()),
        Format::Csv => report::facts::csv(&sheet),
        Format::Markdown => report::facts::markdown(&sheet),
        Format::Html => report::facts::html(&sheet, sources.len()),
    };
    deliver(text.as_bytes(), args.output.as_deref())
}

/// Holds each source against the others, as a draft is.
fn held_against_each_other(archive: &Archive, desk: &Desk, sources: &[Arc<Source>]) -> Result<Vec<Checked>, Error> {
    let outlines = ide::Outlines::default();
    let done = AtomicUsize::new(0);
    let check = |source: &Arc<Source>| -> Result<Checked, Error> {
        let scope = Scope { draft: Some(Path::new(&source.location)), since: None };
        let desk = archive.desk_with(&ide::queries(&source.reading), scope, desk.known_beside(source))?;
        Ok(ide::check_with(Arc::new(source.reading.clone()), &desk, &outlines))
    };
    let checked = with_bar_of("comparing sources", |progress| {
        load::parallel(sources, |source| {
            let checked = check(source);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(Progress { done, total: sources.len() });
            checked
        })
    });
    checked.into_iter().collect()
}
