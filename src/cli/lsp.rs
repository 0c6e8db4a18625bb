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
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    thrift::begin_again();
    Ok(crate::lsp::serve()?)
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod thrift {
    //! glibc's allocator gives threads a heap each and keeps what they have freed. A server that works in short-lived threads for hours has
    //! a few of its megabytes on every one of them: 218 MB after 7,000 keys, with two heaps that are trimmed 98, as fast.

    use std::{env, os::unix::process::CommandExt as _, process::Command};

    /// They are read when a program begins, and there is no safe call for them.
    const SETTINGS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "2"), ("MALLOC_TRIM_THRESHOLD_", "1048576")];

    /// Begins the program again in the same process, with these settings, unless somebody has set any of them. If that cannot be, it goes on as
    /// it is.
    pub(super) fn begin_again() {
        if SETTINGS.iter().any(|(name, _)| env::var_os(name).is_some()) {
            return;
        }
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let name = arguments.next().unwrap_or_else(|| "copydesk".into());
        let failed = Command::new(program).arg0(name).args(arguments).envs(SETTINGS).exec();
        tracing::debug!("memory is used as the system has it: {failed}");
    }
}
