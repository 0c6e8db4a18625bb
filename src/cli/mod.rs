//! The command line: one subcommand a file. What is offered works.

mod accept;
mod add;
mod archive;
mod check;
mod draft;
mod drafts;
mod explain;
mod facts;
mod index;
mod jsonl;
mod lsp;
mod shell;
mod stages;
mod worker;

use std::{
    ffi::OsString,
    fmt, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::{Parser, Subcommand};

use crate::{config, report};

/// Holds a draft against its sources: figures, names, dates, quotations.
#[derive(Parser)]
#[command(name = "copydesk", version, about, disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Accept(accept::Args),
    Index(index::Args),
    Add(add::Args),
    Facts(facts::Args),
    Stages(stages::Args),
    Explain(explain::Args),
    Lsp(lsp::Args),
    Completions(shell::Completions),
    Man(shell::Man),
    #[command(name = crate::corpus::worker::SUBCOMMAND, hide = true)]
    Worker(worker::Args),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain of: exit code 0.
    Clean,
    /// Something was found that the writer wanted to hear of: exit code 1.
    Found,
    /// Something went wrong, and was said on standard error: exit code 2.
    Failed,
}

/// Why a run could not go on.
#[derive(Debug)]
enum Error {
    /// What to tell the user.
    Message(String),
    /// Standard input or output failed.
    Stream(io::Error),
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<crate::ide::CorpusError> for Error {
    fn from(error: crate::ide::CorpusError) -> Self {
        Self::Message(error.message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => f.write_str(message),
            Self::Stream(error) => write!(f, "standard input or output: {error}"),
        }
    }
}

/// Runs the program with its arguments, the first of which is its name. Says what went wrong on standard error.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failure; they go to standard output.
            let outcome = if error.use_stderr() { Outcome::Failed } else { Outcome::Clean };
            let _ = error.print();
            return outcome;
        }
    };
    let result = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Accept(args) => accept::run(&args).map(|()| Outcome::Clean),
        Command::Index(args) => index::run(&args).map(|()| Outcome::Clean),
        Command::Add(args) => add::run(&args),
        Command::Facts(args) => facts::run(&args).map(|()| Outcome::Clean),
        Command::Stages(args) => stages::run(&args).map(|()| Outcome::Clean),
        Command::Explain(args) => explain::run(&args).map(|()| Outcome::Clean),
        Command::Lsp(args) => lsp::run(&args).map(|()| Outcome::Clean),
        Command::Completions(args) => shell::complete(&args).map(|()| Outcome::Clean),
        Command::Man(args) => shell::man(&args).map(|()| Outcome::Clean),
        Command::Worker(args) => worker::run(&args).map(|()| Outcome::Clean),
    };
    match result {
        Ok(outcome) => outcome,
        // Whoever reads us has seen enough.
        Err(Error::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(error) => {
            complain(&error);
            Outcome::Failed
        }
    }
}

/// Says on standard error what went wrong.
fn complain(error: &Error) {
    let _ = writeln!(io::stderr(), "copydesk: {error}");
}

/// Says on standard error what stood in the way of sources.
fn complain_of(problems: &[report::Problem]) {
    report::text::notes(problems).into_iter().for_each(|note| complain(&Error::Message(note)));
}

/// Writes a result into the file that was named, else to standard output.
fn deliver(result: &[u8], output: Option<&Path>) -> Result<(), Error> {
    match output {
        Some(path) => fs::write(path, result).map_err(|why| Error::Message(format!("{}: {why}", path.display()))),
        None => Ok(print_bytes(result)?),
    }
}

/// Where the sources of a draft in this folder lie, or those that were named.
fn sources_here(given: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let found = config::find_sources(None, &[], given, None)?;
    Ok(found.ok_or_else(|| {
        let (file, folder) = (config::FILE, config::FOLDER);
        format!("there are no sources here. Name them with --sources or in {file}, or put them into a folder named \"{folder}\".")
    })?)
}

/// Writes text to standard output.
fn print(text: &str) -> io::Result<()> {
    print_bytes(text.as_bytes())
}

/// Writes to standard output.
fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
