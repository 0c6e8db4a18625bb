//! `copydesk check`

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::{
    Error, Outcome,
    archive::{Opened, Remotes, settle, with_bar_of},
    complain, deliver,
    draft::{Draft, problems},
    drafts::{self, Changes, Named, Sources},
    jsonl,
};
use crate::{
    config::{self, Settings},
    corpus::{archive::Progress, load},
    ide::{self, Checked, Claim, Label, Reading, Reason, Verdict},
    report::{self, Entry, Run, text::Terminal},
};

/// Drafts without sources that are named; of more the rest is counted.
const SHOWN: usize = 5;

/// Check drafts against their sources
#[derive(clap::Args)]
pub(super) struct Args {
    /// The drafts: Markdown, plain text, LaTeX, HTML, AsciiDoc, reStructuredText, Org, Typst, e-mail; a folder or a glob stands for the
    /// drafts there, but for those in folders named "sources"; "-" reads standard input
    #[arg(value_name = "DRAFT", required_unless_present_any = ["jsonl", "changed_since"])]
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
    /// Only drafts that differ from this revision in Git, or whose sources, ledger or settings do; without DRAFT those below this folder
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Show also what the sources do not speak of
    #[arg(long)]
    all: bool,
    /// Say at the end of the text how much of each draft is supported, by section and by source
    #[arg(long)]
    coverage: bool,
    /// Read {"id", "sources": [{"title", "text", "date"?}], "draft", "date"?} a line, write {"id", "mentions"} a line
    #[arg(long, conflicts_with_all = ["drafts", "sources", "format", "output", "fail_on", "all", "coverage", "changed_since"])]
    jsonl: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the draft's line with the source's sentence below
    Text,
    /// For programs: every mention
    Json,
    /// For the desk: one page with the draft, every claim marked, beside it what the sources say
    Html,
    /// For code scanning and its viewers: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations
    Github,
    /// For checkers: every claim with a box to tick, as a table for spreadsheets; `copydesk accept --from` reads it back
    Csv,
    /// The same as a workbook for Excel or LibreOffice, which can be read back too
    Xlsx,
    /// The same as a table in Markdown
    Markdown,
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
    let here = [PathBuf::from(".")];
    let named = drafts::find(if args.drafts.is_empty() { &here } else { &args.drafts })?;
    let changes = args.changed_since.as_deref().map(|revision| Changes::since(revision, Path::new("."))).transpose()?;
    let mut desks = Desks::default();
    let mut failed = false;
    let mut complain_of = |error: &Error| {
        complain(error);
        failed = true;
    };
    let mut jobs = Vec::new();
    let mut without = Vec::new();
    for draft in &named {
        match desks.job(draft, named.len() == 1, &args.sources, changes.as_ref()) {
            Ok(Wanted::Yes(job)) => jobs.push(*job),
            Ok(Wanted::Unchanged) => {}
            Ok(Wanted::WithoutSources(name)) => without.push(name),
            Err(error) => complain_of(&error),
        }
    }
    // What was found in a folder and is a source of another draft is none itself.
    let sources = Sources::at(desks.open.iter().flat_map(|open| open.archive().paths().to_vec()));
    jobs.retain(|job: &Job| job.itself || !sources.have(Path::new(&job.draft.name)));
    without.retain(|name: &String| !sources.have(Path::new(name)));
    tell_without(&without);
    let mut results = desks.check(&jobs);
    // The files were looked at meanwhile; seldom something had changed.
    if settle(&mut desks.open)? {
        desks.outlines = ide::Outlines::default();
        results = desks.check(&jobs);
    }
    let mut drafts = Vec::new();
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for (result, job) in results.into_iter().zip(&jobs) {
        match result {
            Ok((entry, count)) => {
                let most = used.entry(job.archive).or_default();
                *most = count.max(*most);
                drafts.push(entry);
            }
            Err(error) => complain_of(&error),
        }
    }
    if drafts.is_empty() {
        if failed {
            return Ok(Outcome::Failed);
        }
        if changes.is_none() {
            return Err("there is no draft to check".to_owned().into());
        }
        let revision = args.changed_since.as_deref().unwrap_or_default();
        let _ = writeln!(io::stderr(), "copydesk: no draft has changed since {revision}, nor anything it depends on");
    }
    let mut all = BTreeSet::new();
    for opened in &desks.open {
        all.extend(problems(opened.archive())?);
    }
    all.extend(desks.remotes.problems());
    let problems: Vec<_> = all.into_iter().collect();
    let run = Run { drafts: &drafts, sources: used.values().sum(), problems: &problems };
    write(args, &run)?;
    let fails = |label| match args.fail_on {
        FailOn::Refuted => label == Label::Refuted,
        FailOn::Unsupported => label != Label::Supported,
        FailOn::Never => false,
    };
    let any = |wanted: &dyn Fn(&Verdict) -> bool| drafts.iter().any(|d| d.checked.unsigned().any(|(_, verdict)| wanted(verdict)));
    let found = any(&|verdict| fails(verdict.label));
    // That nothing was found shall not let a draft pass of which not all was asked.
    if args.fail_on != FailOn::Never && any(&|verdict| verdict.reason == Reason::Unheard) {
        complain(&Error::Message("an archive has not answered, so not every claim was checked".into()));
        failed = true;
    }
    Ok(match (failed, found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

/// Checks one draft.
pub(super) fn one(path: &Path, sources: &[PathBuf]) -> Result<Entry, Error> {
    let mut desks = Desks::default();
    let named = Named { path: path.to_owned(), itself: true };
    let Wanted::Yes(job) = desks.job(&named, true, sources, None)? else {
        return Err(format!("{}: there are no sources", path.display()).into());
    };
    let jobs = [*job];
    let mut results = desks.check(&jobs);
    if settle(&mut desks.open)? {
        desks.outlines = ide::Outlines::default();
        results = desks.check(&jobs);
    }
    results.remove(0).map(|(entry, _)| entry)
}

/// Says which drafts of a folder have nothing to be checked against: nothing is left out in silence.
fn tell_without(names: &[String]) {
    let count = match names.len() {
        0 => return,
        1 => "1 draft has".to_owned(),
        n => format!("{n} drafts have"),
    };
    let more = if names.len() > SHOWN { ", …" } else { "" };
    let shown = names[..names.len().min(SHOWN)].join(", ");
    let _ = writeln!(io::stderr(), "copydesk: {count} no sources to be checked against: {shown}{more}");
}

/// A draft with all that its check needs.
struct Job {
    draft: Draft,
    /// Whether it was named itself.
    itself: bool,
    settings: Settings,
    /// The index of its archive.
    archive: usize,
}

/// Whether a draft is to be checked.
enum Wanted {
    Yes(Box<Job>),
    /// Nothing has changed that matters.
    Unchanged,
    /// It was found in a folder, and has nothing to be checked against.
    WithoutSources(String),
}

/// What drafts are held against.
#[derive(Default)]
struct Desks {
    open: Vec<Opened>,
    remotes: Remotes,
    outlines: ide::Outlines,
}

impl Desks {
    /// Reads a draft and opens the archive of its sources.
    fn job(&mut self, named: &Named, is_only: bool, given: &[PathBuf], changes: Option<&Changes>) -> Result<Wanted, Error> {
        let draft = Draft::read(&named.path, is_only)?;
        let settings = config::find(draft.path.as_deref(), None)?;
        let Some(paths) = draft.sources(given, &settings)? else {
            return if named.itself { Err(draft.no_sources()) } else { Ok(Wanted::WithoutSources(draft.name)) };
        };
        if changes.is_some_and(|changes| !changes.concern(&named.path, &paths)) {
            return Ok(Wanted::Unchanged);
        }
        let archive = Draft::archive(paths, &settings, &mut self.open)?;
        Ok(Wanted::Yes(Box::new(Job { draft, itself: named.itself, settings, archive })))
    }

    /// Checks drafts, in their order, on all cores: each with how many sources it was held against.
    fn check(&self, jobs: &[Job]) -> Vec<Result<(Entry, usize), Error>> {
        if let [job] = jobs {
            return vec![self.check_one(job, true)];
        }
        let done = AtomicUsize::new(0);
        with_bar_of("checking drafts", |progress| {
            load::parallel(jobs, |job| {
                let result = self.check_one(job, false);
                progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total: jobs.len() });
                result
            })
        })
    }

    fn check_one(&self, Job { draft, settings, archive, .. }: &Job, is_only: bool) -> Result<(Entry, usize), Error> {
        let corpus = draft.desk(self.open[*archive].archive(), settings, &self.remotes)?;
        let reading: &Arc<Reading> = &draft.reading;
        let check = |claim: &Claim| ide::check_claim(reading, claim, &corpus, &self.outlines);
        let parts = match is_only {
            true => load::parallel(&reading.claims, check),
            false => reading.claims.iter().map(check).collect(),
        };
        let mut checked = Checked::assemble(reading.clone(), parts);
        if !corpus.is_all() {
            checked.hold_back(|query| corpus.has_heard(query));
        }
        checked.problems.extend(draft.problems.iter().cloned());
        let ledger = draft.path.as_deref().map(config::read_ledger).transpose();
        checked.sign(&ledger?.unwrap_or_default());
        let settings = settings.clone();
        let entry = Entry { path: draft.name.clone(), checked, severity: Box::new(move |code| settings.severity(code)) };
        Ok((entry, corpus.count()))
    }
}

/// What standard output is.
fn terminal() -> Terminal {
    let out = io::stdout();
    Terminal {
        colours: AutoStream::choice(&out) != ColorChoice::Never,
        links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        columns: terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0)),
    }
}

fn write(args: &Args, run: &Run) -> Result<(), Error> {
    let all = args.all || args.fail_on == FailOn::Unsupported;
    let text = match args.format {
        Format::Json => report::json::report(run),
        Format::Html => report::html::report(run),
        Format::Sarif => report::sarif::report(run, all),
        Format::Github => report::github::report(run, all),
        Format::Csv => report::list::csv(run),
        Format::Markdown => report::list::markdown(run),
        Format::Xlsx if args.output.is_none() && io::stdout().is_terminal() => {
            return Err("a workbook is nothing for a terminal: name a file with --output".to_owned().into());
        }
        Format::Xlsx => return deliver(&report::list::workbook(run)?, args.output.as_deref()),
        Format::Text => {
            let terminal = if args.output.is_none() { terminal() } else { Terminal::NONE };
            let coverage = if args.coverage { report::text::coverage(run) } else { String::new() };
            report::text::report(run, all, terminal) + &coverage
        }
    };
    deliver(text.as_bytes(), args.output.as_deref())
}
