//! The one owner of all state. It takes events in the order in which they came, and never waits for anything else.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::Duration,
};

use serde_json::Value;
use tokio::{
    sync::mpsc::UnboundedReceiver,
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};
use tower_lsp::ls_types::*;

use super::{
    check::{Basis, Outcome, Scope},
    fault,
    handlers::{
        self,
        execute_command::{self, Acceptance},
    },
    outbox::Outgoing,
    reread::Reread,
    state::{Ask, Draft, Question, Reply, State},
};
use crate::corpus::archive::{Look, Progress};

/// How often it is looked whether sources and settings are where they were.
const LOOK: Duration = Duration::from_secs(2);

/// How many looks after each other do without reading the folders of sources again, where these are watched. Some file systems
/// never tell of a change.
const TRUST: u32 = 15;

/// Of more files that changed at once, all are looked at.
const MANY: usize = 100;

/// How long after a change files are read: programs write in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// What happens to the server.
pub(super) enum Event {
    Initialize(Box<InitializeParams>, Reply<InitializeResult>),
    Initialized,
    DidOpen(DidOpenTextDocumentParams),
    DidChange(DidChangeTextDocumentParams),
    DidSave(DidSaveTextDocumentParams),
    DidClose(DidCloseTextDocumentParams),
    DidChangeConfiguration(DidChangeConfigurationParams),
    DidChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams),
    /// A request on a draft.
    Ask(Uri, Box<dyn Question>),
    /// A request that is answered at once from what is known.
    Now(Box<dyn FnOnce(&State) + Send>),
    /// The client has told its settings.
    Settings(Value),
    /// A worker has finished a check.
    Checked(Box<Outcome>),
    /// Let a finding stand.
    Accept(Acceptance, Reply<()>),
    /// A draft's ledger was written, or could not be.
    Accepted(String, Result<(), String>),
    /// Check everything again.
    CheckAll,
    /// A remote archive has answered, or has not, what was wanted for a draft.
    Asked(String),
    /// A worker has read again what was edited.
    Reread(Box<Reread>),
    /// The files of sources at these paths may have changed; none: any may have.
    Touched(Vec<PathBuf>),
    /// Sources are being read, under this number; `None`: they have been.
    Reading(u64, Option<Progress>),
    /// The files of sources have been looked at again.
    Refreshed(Result<(), String>),
    /// It has been looked whether sources and settings are where they were; these drafts need a check.
    Looked(Vec<String>),
}

/// What the loop has begun and what is due.
#[derive(Default)]
struct Clockwork {
    /// When files are to be read.
    refresh_at: Option<Instant>,
    /// Which; all of them if `all`.
    touched: BTreeSet<PathBuf>,
    all: bool,
    refreshing: bool,
    looking: bool,
    looks: u32,
}

/// Runs until the other end of the channel is gone.
pub(super) async fn run(mut state: State, mut events: UnboundedReceiver<Event>) {
    let mut clockwork = Clockwork::default();
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        let refresh_at = clockwork.refresh_at.filter(|_| !clockwork.refreshing);
        let tick_at = state.next_tick();
        tokio::select! {
            event = events.recv() => match event {
                Some(event) => guarded(&mut state, |state| handle(state, &mut clockwork, event)),
                None => return,
            },
            () = sleep_until(refresh_at.unwrap_or_else(Instant::now)), if refresh_at.is_some() => clockwork.refresh(&state),
            () = sleep_until(tick_at.unwrap_or_else(Instant::now)), if tick_at.is_some() => guarded(&mut state, State::tick),
            _ = look.tick() => guarded(&mut state, |state| clockwork.look(state)),
        }
    }
}

/// Does something with the state; if that panics, says so and goes on.
fn guarded(state: &mut State, act: impl FnOnce(&mut State)) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| act(state))) {
        let message =
            format!("copydesk met a fault of its own while it dealt with a message, and goes on. {}", fault::report(&*panic));
        state.send(Outgoing::Log(MessageType::ERROR, message));
    }
}

fn handle(state: &mut State, clockwork: &mut Clockwork, event: Event) {
    match event {
        Event::Initialize(params, reply) => handlers::initialize::initialize(state, *params, reply),
        Event::Initialized => handlers::initialize::initialized(state),
        Event::DidOpen(params) => handlers::did_open::did_open(state, params),
        Event::DidChange(params) => handlers::did_change::did_change(state, params),
        Event::DidSave(params) => handlers::did_save::did_save(state, &params),
        Event::DidClose(params) => handlers::did_close::did_close(state, params),
        Event::DidChangeConfiguration(params) => handlers::configuration::did_change(state, &params),
        Event::Settings(settings) => handlers::configuration::settings(state, &settings),
        Event::DidChangeWorkspaceFolders(params) => handlers::workspace_folders::did_change(state, &params),
        Event::Ask(uri, question) => state.ask(&uri, question),
        Event::Now(answer) => answer(state),
        Event::Accept(asked, reply) => {
            let uri = asked.uri.clone();
            let key = uri.as_str().to_owned();
            let handler = move |state: &State, draft: &Draft| {
                let entry = execute_command::entry(state, draft, asked);
                execute_command::accept(state, key, entry);
            };
            state.ask(&uri, Box::new(Ask { reply, handler }));
        }
        Event::Accepted(key, result) => {
            if let Err(message) = result {
                let message = format!("copydesk could not write down what was accepted: {message}");
                state.send(Outgoing::Show(MessageType::ERROR, message));
            }
            state.recheck(&key);
        }
        Event::CheckAll => {
            state.library.forget_answers();
            clockwork.all = true;
            clockwork.refresh_at = Some(Instant::now());
            state.recheck_all();
        }
        Event::Checked(outcome) => state.checked(*outcome),
        Event::Asked(key) => state.asked(&key),
        Event::Reread(reread) => state.reread_done(*reread),
        // From the first touch on: what is written to all the time is read from time to time.
        Event::Touched(paths) => {
            clockwork.all |= paths.is_empty() || clockwork.touched.len() > MANY;
            clockwork.touched.extend(paths);
            clockwork.refresh_at.get_or_insert_with(|| Instant::now() + QUIET);
        }
        Event::Reading(number, progress) => state.report(number, progress),
        Event::Refreshed(result) => {
            clockwork.refreshing = false;
            if let Err(message) = result {
                state.send(Outgoing::Log(MessageType::ERROR, message));
            }
            state.catch_up();
        }
        Event::Looked(moved) => {
            clockwork.looking = false;
            if !moved.is_empty() {
                // A folder that went and came again has to be read anew.
                clockwork.all = true;
                clockwork.refresh_at = Some(Instant::now());
            }
            moved.iter().for_each(|key| state.recheck(key));
        }
    }
}

impl Clockwork {
    /// Has the files of sources read again, on a worker.
    fn refresh(&mut self, state: &State) {
        self.refresh_at = None;
        self.refreshing = true;
        let (library, reader) = (state.library.clone(), state.reader());
        let (touched, all) = (std::mem::take(&mut self.touched), std::mem::take(&mut self.all));
        state.work(move || {
            let look = if all { Look::All } else { Look::At(&touched) };
            let result = catch_unwind(AssertUnwindSafe(|| reader.run(|report| library.refresh(look, report))));
            let result = result.map_err(|panic| {
                format!("copydesk could not read the sources again because of a fault of its own. {}", fault::report(&*panic))
            });
            Event::Refreshed(result.and_then(|result| result.map_err(|error| error.message)))
        });
    }

    /// Has it looked, on a worker, whether sources and settings are where they were.
    fn look(&mut self, state: &State) {
        self.looks += 1;
        if state.library.is_blind() || self.looks >= TRUST {
            self.looks = 0;
            self.all = true;
            self.refresh_at.get_or_insert_with(Instant::now);
        }
        state.tidy();
        let bases = state.bases();
        if self.looking || bases.is_empty() {
            return;
        }
        self.looking = true;
        state.work(move || {
            let moved = |(key, scope, basis): (String, Scope, Basis)| scope.has_moved(&basis).then_some(key);
            Event::Looked(catch_unwind(AssertUnwindSafe(|| bases.into_iter().filter_map(moved).collect())).unwrap_or_default())
        });
    }
}
