//! `copydesk index`

use std::{path::PathBuf, time::SystemTime};

use clap::ValueEnum;
use serde::Serialize;

use super::{Error, archive, complain_of, draft::problems, print, sources_here};
use crate::{
    config::{self, Settings},
    corpus::{
        archive::{self as kept, Archive, Status},
        remote::{self, fill::Filled},
    },
    report,
};

/// Build or update the index of the sources, or say how it stands
#[derive(clap::Args)]
pub(super) struct Args {
    /// A source, a folder of sources, or a glob; may be given more than once [default: those of a draft in this folder]
    #[arg(long, value_name = "DIR_OR_FILE")]
    sources: Vec<PathBuf>,
    /// Say how the index stands, without looking at the sources
    #[arg(long)]
    status: bool,
    /// Delete the index; the sources stay as they are
    #[arg(long, conflicts_with = "status")]
    forget: bool,
    /// Load the articles into an index of Elasticsearch, OpenSearch or Quickwit instead, at an address like http://localhost:9200/wire
    #[arg(long, value_name = "URL", conflicts_with_all = ["status", "forget", "format"])]
    to: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Serialize)]
struct Json {
    sources: usize,
    sentences: usize,
    problems: usize,
    text_bytes: usize,
    index_bytes: u64,
    age_seconds: Option<u64>,
    path: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Error> {
    let paths = sources_here(&args.sources)?;
    let settings = config::find(None, None)?;
    if let Some(address) = &args.to {
        return fill(address, &paths, &settings);
    }
    if args.forget {
        return Ok(kept::forget(&paths, settings.fields())?);
    }
    let archive = if args.status {
        Archive::open(paths, settings.fields().clone())?
    } else {
        archive::ready(paths, settings.fields().clone())?
    };
    let status = archive.status()?;
    if !args.status {
        complain_of(&problems(&archive)?);
    }
    Ok(print(&match args.format {
        Format::Json => json(&status)? + "\n",
        Format::Text => text(&status),
    })?)
}

/// Loads the articles into the index at an address.
fn fill(address: &str, paths: &[PathBuf], settings: &Settings) -> Result<(), Error> {
    let mut engine = config::index_at(address).map_err(|why| format!("{address}: {why}"))?;
    // Who names an address here allows it; what it is signed with still stands where it belongs.
    config::sign(&mut engine)?;
    let done =
        archive::with_bar_of("loading articles", |progress| remote::fill::fill(&engine, paths, settings.fields(), progress));
    let Filled { loaded, known, problems } = done.map_err(|why| format!("{address}: {why}"))?;
    let problems: Vec<_> = problems.into_iter().map(|p| report::Problem { path: p.path, message: p.message }).collect();
    complain_of(&problems);
    Ok(print(&format!("loaded     {loaded}\nknown      {known}\nproblems   {}\nindex      {address}\n", problems.len()))?)
}

/// Seconds since the files were last looked at.
fn age(status: &Status) -> Option<u64> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    status.looked.map(|looked| now.saturating_sub(looked))
}

fn json(status: &Status) -> Result<String, String> {
    let json = Json {
        sources: status.totals.sources,
        sentences: status.totals.sentences,
        problems: status.problems,
        text_bytes: status.totals.text_bytes,
        index_bytes: status.index_bytes,
        age_seconds: age(status),
        path: status.folder.clone(),
    };
    serde_json::to_string(&json).map_err(|e| e.to_string())
}

fn text(status: &Status) -> String {
    let age = match age(status) {
        None => "the sources have not been read to the end".to_owned(),
        Some(0..60) => "read just now".to_owned(),
        Some(seconds @ 60..7_200) => format!("read {} minutes ago", seconds / 60),
        Some(seconds @ 7_200..172_800) => format!("read {} hours ago", seconds / 3_600),
        Some(seconds) => format!("read {} days ago", seconds / 86_400),
    };
    let folder = status.folder.as_ref().map_or_else(|| "in memory".to_owned(), |folder| folder.display().to_string());
    let totals = &status.totals;
    format!(
        "sources    {}\nsentences  {}\nproblems   {}\nbytes      {} of text, {} of index\nage        {age}\nindex      {folder}\n",
        totals.sources, totals.sentences, status.problems, totals.text_bytes, status.index_bytes
    )
}
