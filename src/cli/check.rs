//! `copydesk check`

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::PathBuf,
    sync::Arc,
};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::{
    Error, Outcome,
    archive::{Opened, settle},
    complain,
    draft::{Draft, problems},
    jsonl, print,
};
use crate::{
    config,
    corpus::load,
    ide::{self, Checked, Label, Reading},
    report::{self, Entry, Run},
};

/// Check drafts against their sources
#[derive(clap::Args)]
pub(super) struct Args {
    /// The drafts: Markdown, plain text, LaTeX, HTML, AsciiDoc, reStructuredText, Org, Typst, e-mail; "-" reads standard input
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
    let mut desks = Desks { given: &args.sources, open: Vec::new(), used: BTreeMap::new() };
    let mut results = Vec::new();
    for path in &args.drafts {
        results.push(Draft::read(path).map(|draft| (desks.check(&draft), draft)));
    }
    // The files were looked at meanwhile; seldom something had changed.
    if settle(&mut desks.open)? {
        desks.used.clear();
        results.iter_mut().flatten().for_each(|(entry, draft)| *entry = desks.check(draft));
    }
    let mut drafts = Vec::new();
    let mut failed = false;
    for result in results {
        match result.and_then(|(entry, _)| entry) {
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
    for opened in &desks.open {
        all.extend(problems(opened.archive())?);
    }
    let problems: Vec<_> = all.into_iter().collect();
    let run = Run { drafts: &drafts, sources: desks.used.values().sum(), problems: &problems };
    write(args, &run)?;
    let fails = |label| match args.fail_on {
        FailOn::Refuted => label == Label::Refuted,
        FailOn::Unsupported => label != Label::Supported,
        FailOn::Never => false,
    };
    let found = drafts.iter().any(|draft| draft.checked.unsigned().any(|(_, verdict)| fails(verdict.label)));
    Ok(match (failed, found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

/// What drafts are held against.
struct Desks<'a> {
    /// The sources that were named.
    given: &'a [PathBuf],
    open: Vec<Opened>,
    /// How many sources of each archive drafts were held against.
    used: BTreeMap<usize, usize>,
}

impl Desks<'_> {
    fn check(&mut self, draft: &Draft) -> Result<Entry, Error> {
        let settings = config::find(draft.path.as_deref(), None)?;
        let (archive, corpus) = draft.desk(self.given, &settings, &mut self.open)?;
        let count = self.used.entry(archive).or_default();
        *count = corpus.count().max(*count);
        let outlines = ide::Outlines::default();
        let reading: &Arc<Reading> = &draft.reading;
        let parts = load::parallel(&reading.claims, |claim| ide::check_claim(reading, claim, &corpus, &outlines));
        let mut checked = Checked::assemble(reading.clone(), parts);
        checked.problems.extend(draft.problems.iter().cloned());
        let ledger = draft.path.as_deref().map(config::read_ledger).transpose();
        checked.sign(&ledger?.unwrap_or_default());
        Ok(Entry { path: draft.name.clone(), checked, severity: Box::new(move |code| settings.severity(code)) })
    }
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
