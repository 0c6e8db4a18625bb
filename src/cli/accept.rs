//! `copydesk accept`

use std::{fs, path::PathBuf};

use super::{Error, check, print};
use crate::{config, report::list};

/// Accept what was ticked on a list of facts, which `check --format xlsx` or `csv` makes
#[derive(clap::Args)]
pub(super) struct Args {
    /// The draft
    draft: PathBuf,
    /// The list, as the spreadsheet saved it
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// A source, a folder of sources, or a glob; may be given more than once
    #[arg(long, value_name = "DIR_OR_FILE")]
    sources: Vec<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Error> {
    let bytes = fs::read(&args.from).map_err(|error| format!("{}: {error}", args.from.display()))?;
    let list = list::read(&bytes).map_err(|why| format!("{}: {why}", args.from.display()))?;
    let entry = check::one(&args.draft, &args.sources)?;
    let ticked = list::ticked(&entry, &list);
    for accepted in &ticked.accepted {
        config::accept(&args.draft, accepted)?;
    }
    let settled = if ticked.settled > 0 { format!(", {} needed none", ticked.settled) } else { String::new() };
    let ledger = config::ledger_of(&args.draft);
    print(&format!("accepted {} of the ticked claims in {}{settled}\n", ticked.accepted.len(), ledger.display()))?;
    if ticked.stale.is_empty() {
        return Ok(());
    }
    let numbers: Vec<String> = ticked.stale.iter().map(usize::to_string).collect();
    let why = "ticked, but the draft or its sources now say something else than the list";
    Err(format!("no. {}: {why}", numbers.join(", ")).into())
}
