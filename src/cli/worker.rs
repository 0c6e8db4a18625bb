//! The hidden subcommand by which this program reads files that it does not trust itself with.

use super::Error;
use crate::corpus::worker;

/// Reads files that are not to be trusted, for another copydesk.
#[derive(clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<(), Error> {
    Ok(worker::serve()?)
}
