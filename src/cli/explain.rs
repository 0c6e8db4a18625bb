//! `copydesk explain`

use super::{Error, print};
use crate::ide::Code;

/// Say what a code means, with examples
#[derive(clap::Args)]
pub(super) struct Args {
    /// A code, as in "quantity-mismatch"; without one, all are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<(), Error> {
    let names = || Code::ALL.map(Code::name).join(", ");
    let Some(wanted) = &args.code else {
        return Ok(print(&Code::ALL.map(|c| format!("{:<24}{}\n", c.name(), c.summary())).concat())?);
    };
    match Code::ALL.into_iter().find(|c| c.name() == wanted.trim()) {
        Some(code) => Ok(print(code.page())?),
        None => Err(Error::Message(format!("there is no code {wanted:?}; there are {}", names()))),
    }
}
