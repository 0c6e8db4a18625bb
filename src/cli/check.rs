//! `copydesk check`

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::{
    Error, Outcome, complain,
    draft::{Draft, problems},
    jsonl, print,
};
use crate::{
    config,
    corpus::{archive::Archive, load},
    ide::{self, Checked, Label, Reading},
    report::{self, Entry, Run},
};

/// Check drafts against their sources
#[derive(clap::Args)]
pub(super) struct Args {
    /// The drafts: Markdown (.md) or plain text; "-" reads standard input
    #[arg(value_name = "DRAFT", required_unless_present = "jsonl")]
    drafts: Vec<PathBuf>,
    /// A source, a folder of sources, or a glob; may be given more than once
    #[arg(long, value_name = "DIR_OR_FILE")]
    sources: Vec<PathBuf>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write there instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// From what on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Refuted)]
    fail_on: FailOn,
    /// Show also what the sources do not speak of
    #[arg(long)]
    all: bool,
    /// Read {"id", "sources": [{"title", "text", "date"?}], "draft", "date"?} a line, write {"id", "mentions"} a line
    #[arg(long, conflicts_with_all = ["drafts", "sources", "format", "output", "fail_on", "all"])]
    jsonl: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the draft's line with the source's sentence below
    Text,
    /// For programs: every mention
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something is contradicted by the sources
    Refuted,
    /// Something is contradicted, disputed among the sources, or not in them
    Unsupported,
    /// Never
    Never,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    if args.jsonl {
        return jsonl::check().map(|()| Outcome::Clean);
    }
    let mut open = Vec::new();
    let mut drafts = Vec::new();
    let mut sources = BTreeMap::new();
    let mut failed = false;
    for path in &args.drafts {
        match check(path, &args.sources, &mut open, &mut sources) {
            Ok(entry) => drafts.push(entry),
            Err(error) => {
                complain(&error);
                failed = true;
            }
        }
    }
    if drafts.is_empty() {
        return Ok(Outcome::Failed);
    }
    let mut all = BTreeSet::new();
    for archive in &open {
        all.extend(problems(archive)?);
    }
    let problems: Vec<_> = all.into_iter().collect();
    let run = Run { drafts: &drafts, sources: sources.values().sum(), problems: &problems };
    write(args, &run)?;
    let fails = |label| match args.fail_on {
        FailOn::Refuted => label == Label::Refuted,
        FailOn::Unsupported => label != Label::Supported,
        FailOn::Never => false,
    };
    let found = drafts.iter().flat_map(|d| &d.checked.verdicts).any(|v| fails(v.label));
    Ok(match (failed, found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

/// Checks one draft; `used` gathers how many sources of each archive drafts were held against.
fn check(path: &Path, sources: &[PathBuf], open: &mut Vec<Archive>, used: &mut BTreeMap<usize, usize>) -> Result<Entry, Error> {
    let draft = Draft::read(path)?;
    let settings = config::find(draft.path.as_deref(), None)?;
    let (archive, corpus) = draft.desk(sources, &settings, open)?;
    let count = used.entry(archive).or_default();
    *count = corpus.count().max(*count);
    let outlines = ide::Outlines::default();
    let reading: &Arc<Reading> = &draft.reading;
    let parts = load::parallel(&reading.claims, |claim| ide::check_claim(reading, claim, &corpus, &outlines));
    let mut checked = Checked::assemble(reading.clone(), parts);
    checked.problems.extend(draft.problems);
    Ok(Entry { path: draft.name, checked, severity: Box::new(move |code| settings.severity(code)) })
}

fn write(args: &Args, run: &Run) -> Result<(), Error> {
    let text = match args.format {
        Format::Json => report::json::report(run),
        Format::Text => {
            let colours = args.output.is_none() && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
            report::text::report(run, args.all || args.fail_on == FailOn::Unsupported, colours)
        }
    };
    match &args.output {
        Some(path) => fs::write(path, text).map_err(|e| Error::Message(format!("{}: {e}", path.display()))),
        None => Ok(print(&text)?),
    }
}
