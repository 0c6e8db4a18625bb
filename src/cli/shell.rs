//! `copydesk completions` and `copydesk man`: made of the definitions of the arguments.

use clap::CommandFactory as _;

use super::{Cli, Error, print_bytes};

/// Print what a shell needs to complete the arguments
#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Print a page of the manual, for `man -l -`
#[derive(clap::Args)]
pub(super) struct Man {
    /// A command, as in "check"; without one, the page of the program
    command: Option<String>,
}

/// The program without what is not for people.
fn program() -> clap::Command {
    let whole = Cli::command();
    let shown: Vec<clap::Command> = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let about = whole.get_about().cloned().unwrap_or_default();
    let program = clap::Command::new("copydesk").version(env!("CARGO_PKG_VERSION")).about(about);
    program.disable_help_subcommand(true).subcommands(shown)
}

pub(super) fn complete(args: &Completions) -> Result<(), Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut program(), "copydesk", &mut out);
    Ok(print_bytes(&out)?)
}

pub(super) fn man(args: &Man) -> Result<(), Error> {
    let mut program = program();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name);
            found.ok_or_else(|| format!("there is no command {name:?}"))?.clone()
        }
    };
    let mut out = Vec::new();
    clap_mangen::Man::new(page).render(&mut out)?;
    Ok(print_bytes(&out)?)
}
