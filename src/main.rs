//! The copydesk program.

use std::{env, io, process::ExitCode};

use copydesk::{
    cli::{self, Outcome},
    corpus::worker,
};
use tracing_subscriber::EnvFilter;

/// What is read and compared is made of many small things, for which this is faster than what most systems have. glibc's is as fast, and gives
/// back more (`cli/lsp.rs`).
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Half of the memory would be room in pages of two megabytes. Where it cannot be had otherwise, it is no fault.
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_thp_disable(true);
    // Standard output belongs to results and to the protocol: logs go to standard error.
    let filter = EnvFilter::try_from_env("COPYDESK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,tantivy=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).init();
    if let Ok(program) = env::current_exe() {
        worker::set_program(program);
    }
    match cli::run(env::args_os()) {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Found => ExitCode::from(1),
        Outcome::Failed => ExitCode::from(2),
    }
}
