//! The language server: the only module that knows LSP.
//!
//! ```text
//! client ─▶ inbox ─▶ tower-lsp ─▶ backend ─ Event ─▶ main_loop (owns State) ─ Job ─▶ check, on a worker ─ Event ─▶ main_loop
//!    ▲                   ▲                               │
//!    └───────────────────┴──────── outbox ◀── Outgoing ──┘
//! ```
//!
//! - The main loop alone owns what is known of drafts. Events reach it over an unbounded channel in the order in which the client sent
//!   them, and each is dealt with before the next is looked at. It never waits: what takes time is done by workers on snapshots.
//! - Nothing awaits a request to the client but a task of its own, with a time limit.
//! - Every result names the revision of the draft that it was computed from; one that is not the newest is dropped, and a check that has
//!   been overtaken is cut short.
//! - A panic in a check is caught and reported; the server lives.
//! - Positions are converted in [`from_proto`] and [`to_proto`] and nowhere else.

mod backend;
mod capabilities;
mod check;
mod fault;
mod from_proto;
mod handlers;
mod inbox;
mod library;
mod main_loop;
mod outbox;
mod outlet;
mod publish;
mod reading;
mod reread;
mod shown;
mod state;
mod status;
#[cfg(test)]
mod tests;
mod to_proto;
mod view;
mod watch;

use std::{
    fs::File,
    io,
    sync::atomic::Ordering,
    thread,
    time::{Duration, Instant},
};

use tower_lsp::{LspService, Server};

use backend::Backend;
use outlet::Outlet;

/// How many requests may be under way at once. The default of 4 holds a burst of requests up behind those that wait for a check.
const CONCURRENCY: usize = 256;

/// How long work that is under way may go on after the client has left.
const GRACE: Duration = Duration::from_millis(200);

/// How long it may take to write what was said last: a busy machine is slow, and a client that has died takes nothing any more.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Serves on standard input and output until the client ends it or goes away.
///
/// # Errors
/// If the runtime cannot start, or the client ends the server without having asked it to shut down; that is what the protocol wants.
pub fn serve() -> Result<(), String> {
    fault::watch();
    let output = output().map_err(|e| format!("the language server cannot write to standard output: {e}"))?;
    serve_on(io::stdin, io::BufWriter::new(output))
}

/// Standard output as a file: by itself it sends off whole lines first, which here are headers without their messages.
fn output() -> io::Result<File> {
    #[cfg(unix)]
    let owned = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let owned = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned();
    owned.map(File::from)
}

/// Serves on a stream that `input` opens, on the thread that reads it, and on `output`; else as [`serve`].
///
/// # Errors
/// As those of [`serve`].
pub fn serve_on<R: io::Read>(
    input: impl FnOnce() -> R + Send + 'static,
    output: impl io::Write + Send + 'static,
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .map_err(|e| format!("the language server cannot start: {e}"))?;
    let inbox = inbox::start(runtime.handle().clone(), input);
    let (outlet, writer) = Outlet::new(output);
    runtime.block_on(async {
        let (service, socket) = LspService::new(|client| Backend::new(client, outlet.clone()));
        Server::new(inbox.messages, outlet, socket).concurrency_level(CONCURRENCY).serve(service).await;
    });
    runtime.shutdown_timeout(GRACE);
    // What was said last is written to its end, unless nobody reads it.
    let end = Instant::now() + LAST_WORDS;
    while !writer.is_finished() && Instant::now() < end {
        thread::sleep(Duration::from_millis(1));
    }
    if inbox.is_rude.load(Ordering::Relaxed) {
        return Err("the client ended the language server without asking it to shut down first".into());
    }
    Ok(())
}
