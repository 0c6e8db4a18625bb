//! What the server knows. The main loop alone owns it.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{mpsc::UnboundedSender, oneshot},
    time::Instant,
};
use tower_lsp::ls_types::Uri;

use super::{
    capabilities::Abilities,
    check::{self, Basis, Checker, Found, Job, Outcome, Scope, Wanted},
    library::{Library, Place},
    main_loop::Event,
    outbox::Outgoing,
    outlet::Backlog,
    reread::Changed,
    shown::Shown,
    status::Status,
};
use crate::{
    config::{EditorOptions, Settings},
    ide::{Accepted, Format, Memo},
    text::{Buffer, Edited},
};

/// How long after the last edit a draft is checked as a whole.
const QUIET: Duration = Duration::from_millis(200);

/// A draft that is edited all the time is checked as a whole this often.
const OLD: Duration = Duration::from_secs(10);

/// How long after a keystroke nothing is said of the word being typed, unless the client's settings say otherwise.
const DEBOUNCE: Duration = Duration::from_millis(500);

/// How long after a check of the whole a remote archive is asked for what it lacks: who types goes on, and then something else is wanted.
const CALM: Duration = Duration::from_secs(1);

/// Edits that come faster are not read again one by one, but when they end: nobody types so fast.
const BURST: Duration = Duration::from_millis(8);

/// How long a version waits for what was edited to be read again.
const WAIT: Duration = Duration::from_millis(250);

/// How long one waits for a check of the whole, if there has to be one.
const LONG: Duration = Duration::from_secs(2);

/// Where the answer to a request goes.
pub(super) type Reply<T> = oneshot::Sender<T>;

/// Everything the server knows.
pub(super) struct State {
    /// What the client can take.
    pub(super) client: Abilities,
    /// The workspace folders.
    pub(super) roots: Vec<PathBuf>,
    /// What the editor's settings say.
    pub(super) options: EditorOptions,
    /// The open drafts, by their URI.
    pub(super) drafts: BTreeMap<String, Draft>,
    /// What the user was told.
    pub(super) told: BTreeSet<String>,
    /// The readings of sources that are under way.
    pub(super) reading: BTreeSet<u64>,
    /// The corpora.
    pub(super) library: Arc<Library>,
    /// The last revision that was given away: no two drafts share one.
    revision: u64,
    outbox: UnboundedSender<Outgoing>,
    /// How far behind the client is with its reading.
    pub(super) backlog: Backlog,
    /// Where workers put their results.
    pub(super) events: UnboundedSender<Event>,
    checker: Arc<Checker>,
}

/// An open draft.
pub(super) struct Draft {
    /// As the client wrote it.
    pub(super) uri: Uri,
    /// The client's number for the text.
    pub(super) version: i32,
    pub(super) format: Format,
    pub(super) text: Buffer,
    /// Ours for all that a check depends on: the text, the sources, the settings.
    revision: u64,
    /// The check that is under way.
    running: Option<Running>,
    /// What came of the last one that was finished.
    pub(super) outcome: Option<Outcome>,
    /// What has been edited since the text that it is of.
    pub(super) changed: Changed,
    /// What is shown of it, where it is by now.
    pub(super) shown: Shown,
    /// What was published last, and for which version.
    pub(super) published: Option<(i32, Arc<String>)>,
    /// What the client was told last of how it stands.
    pub(super) status: Option<Status>,
    /// When the newest version is published even if what was edited has not been read again; `None` if it was published.
    pub(super) unpublished: Option<Instant>,
    /// When the draft is to be checked as a whole.
    pub(super) due: Option<Instant>,
    /// The revision of which what was edited is being read again.
    pub(super) rereading: Option<u64>,
    /// When it was edited last.
    edited: Option<Instant>,
    /// When what was edited in quick succession is read again.
    pub(super) reread_at: Option<Instant>,
    /// The end of what was typed last, in bytes, and until when nothing is said of the word there.
    pub(super) typed: Option<(u32, Instant)>,
    /// When a remote archive is to be asked for what the last check lacked.
    ask_at: Option<Instant>,
    /// Whether it is being asked.
    is_asking: bool,
    /// What checks have found, for the next one.
    pub(super) memo: Arc<Memo>,
    /// Requests that wait for the check of the newest revision.
    waiting: Vec<Box<dyn Question>>,
}

struct Running {
    revision: u64,
    cancelled: Arc<AtomicBool>,
    /// What has been edited since it began.
    changed: Changed,
}

/// A request on a draft, with where its answer goes.
pub(super) trait Question: Send {
    /// Whether nobody waits for the answer any more.
    fn is_closed(&self) -> bool;
    /// Works the answer out, and sends it.
    fn answer(self: Box<Self>, state: &State, draft: &Draft);
}

/// A request with what works its answer out.
pub(super) struct Ask<T, F> {
    pub(super) reply: Reply<T>,
    pub(super) handler: F,
}

impl<T: Send, F: FnOnce(&State, &Draft) -> T + Send> Question for Ask<T, F> {
    fn is_closed(&self) -> bool {
        self.reply.is_closed()
    }

    fn answer(self: Box<Self>, state: &State, draft: &Draft) {
        // A reply fails if the client has cancelled the request.
        drop(self.reply.send((self.handler)(state, draft)));
    }
}

impl State {
    pub(super) fn new(
        outbox: UnboundedSender<Outgoing>,
        events: UnboundedSender<Event>,
        library: Arc<Library>,
        checker: Arc<Checker>,
    ) -> Self {
        Self {
            client: Abilities::default(),
            roots: Vec::new(),
            options: EditorOptions::default(),
            drafts: BTreeMap::new(),
            told: BTreeSet::new(),
            reading: BTreeSet::new(),
            library,
            revision: 0,
            outbox,
            backlog: Backlog::default(),
            events,
            checker,
        }
    }

    /// Sends something to the client, without waiting.
    pub(super) fn send(&self, outgoing: Outgoing) {
        // The outbox ends with the server.
        let _ = self.outbox.send(outgoing);
    }

    /// Takes a draft in, and checks it.
    pub(super) fn open(&mut self, uri: Uri, version: i32, format: Format, text: &str) {
        let draft = Draft {
            uri: uri.clone(),
            version,
            format,
            text: Buffer::new(text),
            revision: 0,
            running: None,
            outcome: None,
            changed: Changed::default(),
            shown: Shown::default(),
            published: None,
            status: None,
            unpublished: None,
            due: None,
            rereading: None,
            edited: None,
            reread_at: None,
            typed: None,
            ask_at: None,
            is_asking: false,
            memo: Arc::default(),
            waiting: Vec::new(),
        };
        let key = uri.as_str().to_owned();
        if let Some(old) = self.drafts.insert(key.clone(), draft) {
            old.retire();
        }
        self.recheck(&key);
        self.tell_status(&key);
    }

    /// Forgets a draft.
    pub(super) fn close(&mut self, uri: Uri) {
        if let Some(draft) = self.drafts.remove(uri.as_str()) {
            draft.retire();
            self.unpublish(uri);
        }
    }

    /// Has a draft checked, for something has changed: at once, or as soon as the check that is under way has stopped.
    pub(super) fn recheck(&mut self, key: &str) {
        let Some(draft) = self.drafts.get_mut(key) else { return };
        self.revision += 1;
        draft.revision = self.revision;
        match &draft.running {
            Some(running) => running.cancelled.store(true, Ordering::Relaxed),
            None => self.start(key),
        }
    }

    /// Takes edits of a draft in. What is shown moves with them, what they touch is read again at once, and the whole when there is time.
    pub(super) fn edited(&mut self, key: &str, version: i32, edits: &[Edited], is_typed: bool) {
        let now = Instant::now();
        let debounce = self.options.debounce.map_or(DEBOUNCE, Duration::from_millis);
        let is_overtaken = self.drafts.get(key).is_some_and(|draft| draft.unpublished.is_some());
        if is_overtaken && !self.backlog.is_long() {
            // Every version is published, as long as somebody reads it.
            self.publish(key);
        }
        let Some(draft) = self.drafts.get_mut(key) else { return };
        self.revision += 1;
        draft.revision = self.revision;
        draft.version = version;
        draft.unpublished = Some(now + WAIT);
        for edit in edits {
            draft.shown.edit(edit);
            draft.changed.add(*edit);
            if let Some(running) = &mut draft.running {
                running.changed.add(*edit);
                if !running.changed.is_small() {
                    running.cancelled.store(true, Ordering::Relaxed);
                }
            }
        }
        draft.typed = edits.last().filter(|_| is_typed).map(|edit| (edit.new.end, now + debounce));
        draft.due = Some(now + QUIET);
        draft.ask_at = None;
        let is_burst = draft.edited.replace(now).is_some_and(|last| now.duration_since(last) < BURST) && is_overtaken;
        if is_burst && draft.outcome.is_some() && draft.changed.is_small() {
            draft.reread_at = Some(now + BURST);
        } else {
            self.follow(key);
        }
    }

    /// Has what was edited read again, or the whole if it has to be.
    fn follow(&mut self, key: &str) {
        if self.reread(key) {
            self.proceed(key);
        } else {
            self.hurry(key);
        }
    }

    /// Has a draft checked as a whole as soon as can be.
    pub(super) fn hurry(&mut self, key: &str) {
        if let Some(draft) = self.drafts.get_mut(key) {
            let now = Instant::now();
            draft.due = Some(now);
            draft.unpublished = draft.unpublished.map(|_| now + LONG);
        }
        self.proceed(key);
    }

    /// Starts what is due for a draft.
    fn proceed(&mut self, key: &str) {
        let now = Instant::now();
        let Some(draft) = self.drafts.get_mut(key) else { return };
        let is_old = draft.outcome.as_ref().is_none_or(|outcome| now.duration_since(outcome.begun) > OLD);
        let is_wanted = !draft.waiting.is_empty() || is_old || !draft.changed.is_small();
        if draft.running.is_none() && draft.due.is_some_and(|due| due <= now || is_wanted) {
            self.start(key);
        }
    }

    /// Does what is due.
    pub(super) fn tick(&mut self) {
        let now = Instant::now();
        let keys: Vec<String> = self.drafts.keys().cloned().collect();
        for key in keys {
            self.proceed(&key);
            self.ask_archive(&key);
            let Some(draft) = self.drafts.get_mut(&key) else { continue };
            let is_over = |until: Instant| until <= now;
            if draft.reread_at.take_if(|at| is_over(*at)).is_some() {
                self.follow(&key);
            }
            let Some(draft) = self.drafts.get_mut(&key) else { continue };
            let is_told = draft.typed.take_if(|(_, until)| is_over(*until)).is_some();
            if is_told || draft.unpublished.is_some_and(is_over) {
                self.publish(&key);
            }
        }
    }

    /// When something is due next.
    pub(super) fn next_tick(&self) -> Option<Instant> {
        let due = |draft: &Draft| draft.due.filter(|_| draft.running.is_none());
        let told = |draft: &Draft| draft.typed.filter(|(at, _)| draft.shown.touches(*at)).map(|(_, until)| until);
        let asked = |draft: &Draft| draft.ask_at.filter(|_| !draft.is_asking);
        let dues = |draft: &Draft| [due(draft), told(draft), asked(draft), draft.unpublished, draft.reread_at];
        self.drafts.values().flat_map(dues).flatten().min()
    }

    /// Has all drafts checked.
    pub(super) fn recheck_all(&mut self) {
        let keys: Vec<String> = self.drafts.keys().cloned().collect();
        keys.iter().for_each(|key| self.recheck(key));
    }

    /// Starts a check on a worker.
    fn start(&mut self, key: &str) {
        let Some(draft) = self.drafts.get(key) else { return };
        let job = Job {
            key: key.to_owned(),
            uri: draft.uri.clone(),
            revision: draft.revision,
            text: draft.text.text(),
            format: draft.format,
            scope: self.scope(draft),
            library: self.library.clone(),
            reader: self.reader(),
            client: self.client.clone(),
            is_first: draft.outcome.is_none(),
            memo: draft.memo.clone(),
            cancelled: Arc::default(),
        };
        let running = Running { revision: job.revision, cancelled: job.cancelled.clone(), changed: Changed::default() };
        let checker = self.checker.clone();
        self.work(move || Event::Checked(Box::new(check::run(&*checker, &job))));
        if let Some(draft) = self.drafts.get_mut(key) {
            draft.running = Some(running);
            draft.due = None;
        }
    }

    /// Has something done by a worker; what it gives comes back as an event.
    pub(super) fn work(&self, work: impl FnOnce() -> Event + Send + 'static) {
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || drop(events.send(work())));
    }

    /// Takes the outcome of a check: publishes it, and answers who waited for it if it is of the newest text.
    pub(super) fn checked(&mut self, mut outcome: Outcome) {
        let key = outcome.key.clone();
        let is_of_newest_sources = self.library_is_at(&outcome);
        let Some(draft) = self.drafts.get_mut(&key) else { return };
        let Some(running) = draft.running.take_if(|running| running.revision == outcome.revision) else {
            // Of a draft that was closed and opened again.
            return;
        };
        let is_newest = outcome.revision == draft.revision;
        let is_of_use = is_newest || running.changed.is_small() && !running.cancelled.load(Ordering::Relaxed);
        if !is_of_use || matches!(outcome.found, Found::Cancelled) || !is_of_newest_sources {
            return self.start(&key);
        }
        draft.shown.replace(std::mem::take(&mut outcome.items));
        running.changed.edits().for_each(|edit| draft.shown.edit(edit));
        draft.changed = running.changed;
        let is_first = draft.outcome.is_none();
        draft.outcome = Some(outcome);
        draft.want(is_first);
        if !is_newest {
            draft.due.get_or_insert_with(|| Instant::now() + QUIET);
            self.tell(&key);
            self.tell_status(&key);
            return self.follow(&key);
        }
        let waiting = std::mem::take(&mut draft.waiting);
        self.tell(&key);
        self.tell_status(&key);
        self.publish(&key);
        let draft = &self.drafts[&key];
        waiting.into_iter().for_each(|question| question.answer(self, draft));
    }

    /// Has a remote archive asked for what the last check lacked, if it is time: on a worker, and once at a time.
    fn ask_archive(&mut self, key: &str) {
        let Some(draft) = self.drafts.get_mut(key).filter(|draft| !draft.is_asking) else { return };
        if draft.ask_at.take_if(|at| *at <= Instant::now()).is_none() {
            return;
        }
        let Some(wanted) = draft.outcome.as_ref().and_then(Outcome::wanted).cloned() else { return };
        draft.is_asking = true;
        let key = key.to_owned();
        self.work(move || {
            // Whatever went wrong, the next check tells.
            let _ = catch_unwind(AssertUnwindSafe(|| wanted.ask()));
            Event::Asked(key)
        });
    }

    /// A remote archive has answered: what is known by now is taken in.
    pub(super) fn asked(&mut self, key: &str) {
        if let Some(draft) = self.drafts.get_mut(key) {
            draft.is_asking = false;
            self.recheck(key);
        }
    }

    /// Whether the corpus that an outcome comes from is still the newest.
    fn library_is_at(&self, outcome: &Outcome) -> bool {
        match (&outcome.found, outcome.sources()) {
            (Found::Checked { generation, .. }, Some(place)) => {
                // Where it cannot be told, somebody is just opening it anew, and an event will follow.
                self.library.generation(place).is_none_or(|newest| newest == *generation)
            }
            _ => true,
        }
    }

    /// Checks the drafts whose corpora have changed since they were checked.
    pub(super) fn catch_up(&mut self) {
        let stale: Vec<String> = self
            .drafts
            .iter()
            .filter(|(_, draft)| match &draft.outcome {
                // Nothing may have become something.
                Some(Outcome { found: Found::Nothing | Found::Failed, .. }) => true,
                Some(outcome) => !self.library_is_at(outcome),
                None => false,
            })
            .map(|(key, _)| key.clone())
            .collect();
        stale.iter().for_each(|key| self.recheck(key));
    }

    /// Closes the corpora that no draft uses.
    pub(super) fn tidy(&self) {
        // What a check that is under way uses is not known yet.
        if self.drafts.values().any(|draft| draft.running.is_some()) {
            return;
        }
        let used: BTreeSet<&Place> = self.drafts.values().filter_map(Draft::sources).collect();
        let engines = self.drafts.values().filter_map(|draft| draft.outcome.as_ref()?.settings().archive().cloned());
        self.library.keep(&used, &engines.collect::<Vec<_>>());
    }

    /// Answers a request on a draft: at once if its newest text has been checked, else when it has.
    pub(super) fn ask(&mut self, uri: &Uri, question: Box<dyn Question>) {
        let Some(draft) = self.drafts.get_mut(uri.as_str()) else { return };
        // Who has given up needs no answer.
        draft.waiting.retain(|question| !question.is_closed());
        if draft.is_current() {
            question.answer(self, &self.drafts[uri.as_str()]);
        } else {
            draft.waiting.push(question);
            self.proceed(uri.as_str());
        }
    }

    /// Where the sources of a draft are looked for.
    fn scope(&self, draft: &Draft) -> Scope {
        let path = super::from_proto::path(&draft.uri);
        let root = match &path {
            Some(path) => self.roots.iter().filter(|root| path.starts_with(root)).max_by_key(|root| root.as_os_str().len()),
            None => self.roots.first(),
        };
        let base = root.or(self.roots.first());
        let given = self.options.sources.iter().map(|s| base.map_or_else(|| PathBuf::from(s), |base| base.join(Path::new(s))));
        Scope { given: given.collect(), root: root.cloned(), path, options: self.options.clone() }
    }

    /// The drafts with what decides on their sources, to look whether it still holds.
    pub(super) fn bases(&self) -> Vec<(String, Scope, Basis)> {
        let basis = |draft: &Draft| draft.outcome.as_ref().and_then(|o| o.basis.clone());
        self.drafts.iter().filter_map(|(key, draft)| Some((key.clone(), self.scope(draft), basis(draft)?))).collect()
    }
}

impl Draft {
    /// What was found in the text as it is now; `None` if that is not known yet.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|_| self.is_current())
    }

    /// The number of all that a check depends on.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// What was found in the text as it was when it was last checked.
    pub(super) fn last_outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Whether the newest revision has been checked.
    pub(super) fn is_current(&self) -> bool {
        self.outcome.as_ref().is_some_and(|outcome| outcome.revision == self.revision)
    }

    /// Where the sources lay at the last check.
    fn sources(&self) -> Option<&Place> {
        self.outcome.as_ref()?.sources()
    }

    /// Notes when a remote archive is to be asked for what the last check lacked: at once if it was the first, else when nobody types.
    fn want(&mut self, is_first: bool) {
        let wanted = self.outcome.as_ref().and_then(Outcome::wanted);
        let calm = if is_first { Duration::ZERO } else { CALM };
        self.ask_at = wanted.map(|wanted| Instant::now() + calm.max(wanted.remote.rest()));
    }

    /// Stops its check. Who waits for one gets no answer, which is one.
    fn retire(self) {
        if let Some(running) = &self.running {
            running.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl Outcome {
    /// The settings that held at the check.
    pub(super) fn settings(&self) -> Settings {
        self.basis.as_ref().and_then(|basis| basis.settings.clone().ok()).unwrap_or_default()
    }

    /// What was accepted in the draft.
    pub(super) fn ledger(&self) -> Vec<Accepted> {
        self.basis.as_ref().and_then(|basis| basis.ledger.clone().ok()).unwrap_or_default()
    }

    /// What a remote archive is still to be asked.
    fn wanted(&self) -> Option<&Wanted> {
        match &self.found {
            Found::Checked { wanted, .. } => wanted.as_ref(),
            _ => None,
        }
    }

    /// Where its sources lay.
    pub(super) fn sources(&self) -> Option<&Place> {
        self.basis.as_ref()?.sources.as_ref().ok()?.as_ref()
    }
}
