//! The work of a worker: one check of one snapshot of a draft.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::civil::Date;
use tokio::time::Instant;
use tower_lsp::ls_types::{MessageType, Uri};

use super::{
    capabilities::Abilities,
    fault,
    library::{Library, Place},
    reading::Reader,
    shown::Item,
    to_proto::{self, Places},
};
use crate::{
    config::{self, EditorOptions, Settings},
    corpus::{
        archive::{self, Desk},
        load,
        remote::{self, Known, Remote},
    },
    ide::{self, Accepted, Checked, Corpus, CorpusError, Diagnostic, Format, Memo},
    text::LineIndex,
};

/// A snapshot of a draft, with all that a check of it needs.
pub(super) struct Job {
    /// The draft.
    pub(super) key: String,
    pub(super) uri: Uri,
    /// What the result is for.
    pub(super) revision: u64,
    pub(super) text: Arc<str>,
    pub(super) format: Format,
    pub(super) scope: Scope,
    pub(super) library: Arc<Library>,
    pub(super) reader: Reader,
    pub(super) client: Abilities,
    /// Whether the draft was not checked before.
    pub(super) is_first: bool,
    /// What checks of this draft have found before.
    pub(super) memo: Arc<Memo>,
    /// Set when nobody wants the result any more.
    pub(super) cancelled: Arc<AtomicBool>,
}

/// Where a draft's sources and settings are looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The draft's file, if it has one.
    pub(super) path: Option<PathBuf>,
    /// The workspace folder it lies in.
    pub(super) root: Option<PathBuf>,
    /// The sources that the editor's settings name.
    pub(super) given: Vec<PathBuf>,
    /// What else they say.
    pub(super) options: EditorOptions,
}

/// What decides which sources and settings hold. When it changes, a draft is checked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    /// The sources that the draft itself names.
    front_matter: Vec<String>,
    pub(super) sources: Result<Option<Place>, String>,
    pub(super) settings: Result<Settings, String>,
    /// What was accepted in the draft.
    pub(super) ledger: Result<Vec<Accepted>, String>,
}

/// What came of a job.
pub(super) struct Outcome {
    pub(super) key: String,
    pub(super) revision: u64,
    pub(super) text: Arc<str>,
    pub(super) lines: LineIndex,
    /// When the check was done.
    pub(super) begun: Instant,
    /// The diagnostics as the client takes them, until they are shown.
    pub(super) items: Vec<Item>,
    /// `None` if the check did not come so far.
    pub(super) basis: Option<Basis>,
    /// What to tell the user, once.
    pub(super) notes: Vec<Note>,
    pub(super) found: Found,
}

/// The result of a check.
pub(super) enum Found {
    /// The draft was checked, against a corpus of this generation.
    Checked {
        checked: Box<Checked>,
        diagnostics: Vec<Diagnostic>,
        generation: u64,
        /// The sources it was held against; `None` in tests.
        desk: Option<Arc<Desk>>,
        /// What a remote archive is still to be asked.
        wanted: Option<Wanted>,
    },
    /// There is nothing to check it against; a note says so.
    Nothing,
    /// The check failed; a note says why.
    Failed,
    /// The check was cut short, for it had been overtaken.
    Cancelled,
}

/// Questions that a remote archive has not answered.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) remote: Arc<Remote>,
    /// What the claims of the draft ask for.
    queries: Vec<ide::Query>,
    since: Option<Date>,
}

impl Wanted {
    /// Asks, and waits for the answers.
    pub(super) fn ask(&self) {
        self.remote.ask(&self.queries, self.since);
    }
}

/// Something to tell the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// How grave it is.
    pub(super) kind: MessageType,
    /// Whether it is shown, or only written into the log.
    pub(super) show: bool,
    /// What is said.
    pub(super) message: String,
}

/// Whatever checks a job.
pub(super) type Checker = dyn Fn(&Job) -> Outcome + Send + Sync;

/// Does a job. A panic gives an outcome like any other, with a note.
pub(super) fn run(checker: &Checker, job: &Job) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| checker(job))).unwrap_or_else(|panic| {
        let log = format!("The check of {} failed inside copydesk. {}", job.scope.name(), fault::report(&*panic));
        let show = "copydesk could not check a draft because of a fault of its own. It goes on; the log says more.".to_owned();
        let notes = vec![
            Note { kind: MessageType::ERROR, show: false, message: log },
            Note { kind: MessageType::ERROR, show: true, message: show },
        ];
        job.outcome(None, notes, Found::Failed)
    })
}

/// Checks a draft: finds its sources, opens them, reads it, holds it against them.
pub(super) fn check(job: &Job) -> Outcome {
    let begun = Instant::now();
    if job.text.len() > ide::LONGEST {
        let message = format!("copydesk: {} is longer than {} MB and is not checked", job.scope.name(), ide::LONGEST >> 20);
        let notes = vec![Note { kind: MessageType::WARNING, show: true, message }];
        return job.outcome(None, notes, Found::Failed);
    }
    let reading = ide::read(&job.text, job.format, None);
    let basis = job.scope.basis(reading.prose.document.meta.sources.clone());
    let mut notes = Vec::new();
    let settings = basis.settings.clone().unwrap_or_else(|message| {
        notes.push(Note { kind: MessageType::WARNING, show: true, message: format!("copydesk: {message}") });
        Settings::default()
    });
    let found = match &basis.sources {
        // An article that an archive has given is no draft.
        _ if job.scope.path.as_deref().is_some_and(remote::is_copy) => Found::Nothing,
        Err(message) => {
            notes.push(Note { kind: MessageType::WARNING, show: true, message: format!("copydesk: {message}") });
            Found::Failed
        }
        Ok(None) => {
            // Nobody needs sources for nothing.
            if !job.text.trim().is_empty() {
                notes.push(Note { kind: MessageType::INFO, show: true, message: job.scope.no_sources() });
            }
            Found::Nothing
        }
        // Nor is one among the sources that somebody looks at.
        Ok(Some(place)) if job.scope.is_source(place, &basis.front_matter) => Found::Nothing,
        Ok(Some(place)) => match job.lay_out(place, &reading, &settings, &mut notes) {
            Err(error) => {
                notes.push(Note { kind: MessageType::ERROR, show: true, message: format!("copydesk: {error}") });
                Found::Failed
            }
            Ok((desk, wanted)) => {
                if desk.count() == 0 && settings.archive().is_none() {
                    let places: Vec<String> = place.0.iter().map(|p| p.display().to_string()).collect();
                    let message = format!("copydesk: {}: no source could be read from {}", job.scope.name(), places.join(", "));
                    notes.push(Note { kind: MessageType::INFO, show: true, message });
                    Found::Nothing
                } else {
                    let laid_out = begun.elapsed();
                    let generation = desk.generation();
                    let outlines = job.library.outlines();
                    let desk = Arc::new(desk);
                    let corpus = Cancellable { corpus: &*desk, cancelled: &job.cancelled };
                    job.memo.begin();
                    let check = |claim: &ide::Claim| job.memo.check_claim(&reading, claim, (&corpus, desk.number()), outlines);
                    // While somebody types, half of the machine is theirs; most is known then anyway.
                    let parts: Vec<_> = match job.is_first {
                        true => load::parallel(&reading.claims, check),
                        false => reading.claims.iter().map(check).collect(),
                    };
                    if !job.cancelled.load(Ordering::Relaxed) {
                        job.memo.end();
                    }
                    let mut checked = Checked::assemble(Arc::new(reading), parts);
                    if !desk.is_all() {
                        checked.hold_back(|query| desk.has_heard(query));
                    }
                    match &basis.ledger {
                        Ok(ledger) => checked.sign(ledger),
                        Err(message) => {
                            notes.push(Note { kind: MessageType::WARNING, show: true, message: format!("copydesk: {message}") });
                            checked.sign(&[]);
                        }
                    }
                    for problem in &checked.problems {
                        let message = format!("{}: {}", job.scope.name(), problem.message);
                        notes.push(Note { kind: MessageType::WARNING, show: false, message });
                    }
                    let diagnostics = ide::diagnostics(&checked, &|code| settings.severity(code));
                    tracing::debug!(claims = checked.draft.claims.len(), ?laid_out, all = ?begun.elapsed(), "checked a draft");
                    Found::Checked { checked: Box::new(checked), diagnostics, generation, desk: Some(desk), wanted }
                }
            }
        },
    };
    if job.cancelled.load(Ordering::Relaxed) {
        return job.outcome(None, Vec::new(), Found::Cancelled);
    }
    job.outcome(Some(basis), notes, found)
}

impl Job {
    /// The sources that the draft is held against, out of all of this place and what is known of a remote archive, with what that is still to
    /// be asked: nobody waits for it here. Notes what could not be read of those.
    fn lay_out(
        &self,
        place: &Place,
        draft: &ide::Reading,
        settings: &Settings,
        notes: &mut Vec<Note>,
    ) -> Result<(Desk, Option<Wanted>), CorpusError> {
        let archive = self.reader.run(|report| self.library.get(place, report))?;
        for problem in archive.problems()? {
            let message = format!("{}: {}", problem.path, problem.message);
            notes.push(Note { kind: MessageType::WARNING, show: false, message });
        }
        let (meta, queries) = (&draft.prose.document.meta, ide::queries(draft));
        let (mut known, mut wanted) = (Known::default(), None);
        let scope = archive::Scope { draft: self.scope.path.as_deref(), since: settings.since(meta) };
        if let Some(engine) = settings.archive() {
            let (remote, since) = (self.library.remote(engine), settings.archive_since(meta));
            known = remote.known(&queries, since);
            if let Some(problem) = known.problem.take() {
                let message = format!("copydesk: {}: {}", problem.path, problem.message);
                notes.push(Note { kind: MessageType::WARNING, show: true, message });
            }
            wanted = (known.missing > 0).then(|| Wanted { remote, queries: queries.clone(), since });
        }
        Ok((archive.desk_with(&queries, scope, known)?, wanted))
    }

    pub(super) fn outcome(&self, basis: Option<Basis>, notes: Vec<Note>, found: Found) -> Outcome {
        let lines = LineIndex::new(&self.text);
        let items = match &found {
            Found::Checked { diagnostics, .. } => {
                let places = Places { text: &self.text, lines: &lines, encoding: self.client.columns() };
                to_proto::items(&places, &self.uri, diagnostics, &self.client)
            }
            Found::Nothing | Found::Failed | Found::Cancelled => Vec::new(),
        };
        let (key, revision, text) = (self.key.clone(), self.revision, self.text.clone());
        Outcome { key, revision, text, lines, begun: Instant::now(), items, basis, notes, found }
    }
}

impl Scope {
    /// What the draft is called: its path, from the workspace folder on.
    fn name(&self) -> String {
        let Some(path) = &self.path else { return "this draft".to_owned() };
        let below = self.root.as_ref().and_then(|root| path.strip_prefix(root).ok());
        below.unwrap_or(path).display().to_string()
    }

    /// Whether the text lies itself in the folder named `sources` that was found for it, and says nothing of other sources.
    fn is_source(&self, (paths, _): &Place, front_matter: &[String]) -> bool {
        let [folder] = paths.as_slice() else { return false };
        let is_found =
            front_matter.is_empty() && self.given.is_empty() && folder.file_name().is_some_and(|name| name == config::FOLDER);
        is_found && self.path.as_ref().is_some_and(|path| path.starts_with(folder))
    }

    fn no_sources(&self) -> String {
        format!(
            "copydesk: {} has no sources to be checked against. Put articles into a folder named \"sources\" beside it, or name them in \
             its front matter (sources: …) or in {}.",
            self.name(),
            config::FILE
        )
    }

    /// Looks where the sources and the settings are, given the sources that the draft itself names.
    fn basis(&self, front_matter: Vec<String>) -> Basis {
        // A draft without a file counts as one in the workspace folder.
        let place = self.path.clone().or_else(|| self.root.as_ref().map(|root| root.join("untitled")));
        let (place, root) = (place.as_deref(), self.root.as_deref());
        let settings = config::find(place, root).map(|settings| settings.over(&self.options));
        let fields = settings.as_ref().map(|settings| settings.fields().clone()).unwrap_or_default();
        let sources = config::find_sources(place, &front_matter, &self.given, root);
        // An archive alone is something to be held against.
        let has_archive = settings.as_ref().is_ok_and(|settings| settings.archive().is_some());
        let sources = sources.map(|found| found.or_else(|| has_archive.then(Vec::new)));
        let ledger = self.path.as_deref().map_or_else(|| Ok(Vec::new()), config::read_ledger);
        Basis { sources: sources.map(|found| Some((found?, fields))), settings, ledger, front_matter }
    }

    /// Whether another basis holds by now.
    pub(super) fn has_moved(&self, basis: &Basis) -> bool {
        self.basis(basis.front_matter.clone()) != *basis
    }
}

/// A corpus that has no more answers once nobody wants them.
struct Cancellable<'a> {
    corpus: &'a dyn Corpus,
    cancelled: &'a AtomicBool,
}

impl Corpus for Cancellable<'_> {
    fn search(&self, query: &ide::Query) -> Result<Vec<ide::Passage>, CorpusError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(CorpusError { message: "The check was overtaken by an edit.".into() });
        }
        self.corpus.search(query)
    }

    fn generation(&self) -> u64 {
        self.corpus.generation()
    }
}
