//! `copydesk lsp`

use super::Error;

/// Run the language server on standard input and output
#[derive(clap::Args)]
pub(super) struct Args {
    /// Use standard input and output; this is always so
    #[arg(long)]
    #[allow(dead_code, reason = "editors pass it by habit")]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> Result<(), Error> {
    Ok(crate::lsp::serve()?)
}
