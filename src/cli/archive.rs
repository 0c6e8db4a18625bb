//! Opens the index of the sources, and shows how far that is.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal as _},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    corpus::{
        archive::{Archive, Look, Progress},
        engine::Engine,
        extract::Fields,
        remote::Remote,
    },
    ide::CorpusError,
    report,
};

/// Opens the index of these paths with what the files hold now. Long work shows a progress bar, if somebody is there to see it.
pub(super) fn ready(paths: Vec<PathBuf>, fields: Fields) -> Result<Archive, CorpusError> {
    let archive = Archive::open(paths, fields)?;
    with_bar(|progress| archive.ready(progress))
}

/// Does what may take long with a progress bar.
fn with_bar<T>(work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> T) -> T {
    with_bar_of("reading sources", work)
}

/// The same, for this work.
pub(super) fn with_bar_of<T>(what: &str, work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> T) -> T {
    let bar = ProgressBar::hidden();
    let done = work(&|progress| show(&bar, what, progress));
    bar.finish_and_clear();
    done
}

/// The index of some sources. A large one serves as it was last seen while its files are looked at.
pub(super) struct Opened {
    archive: Arc<Archive>,
    looking: Option<JoinHandle<Result<bool, CorpusError>>>,
}

impl Opened {
    pub(super) fn new(paths: Vec<PathBuf>, fields: Fields) -> Result<Self, CorpusError> {
        let archive = Archive::open(paths, fields)?;
        if !archive.can_wait()? {
            let archive = with_bar(|progress| archive.ready(progress))?;
            return Ok(Self { archive: Arc::new(archive), looking: None });
        }
        let archive = Arc::new(archive);
        let looking = thread::spawn({
            let archive = archive.clone();
            move || with_bar(|progress| archive.update(Look::All, progress))
        });
        Ok(Self { archive, looking: Some(looking) })
    }

    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Waits until its files have been looked at. Says whether that changed anything since it was opened: then whatever it was asked has to be
    /// asked again.
    pub(super) fn settle(&mut self) -> Result<bool, CorpusError> {
        let Some(looking) = self.looking.take() else { return Ok(false) };
        let changed = looking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // What cannot be brought up to date is of no use: there is one in memory instead.
        changed.or_else(|_| {
            let (paths, fields) = (self.archive.paths().to_vec(), self.archive.fields().clone());
            self.archive = Arc::new(ready(paths, fields)?);
            Ok(true)
        })
    }
}

/// The remote archives that drafts are held against, each once, with what keeps them from answering.
#[derive(Default)]
pub(super) struct Remotes {
    open: Mutex<Vec<Arc<Remote>>>,
    problems: Mutex<BTreeSet<report::Problem>>,
}

impl Remotes {
    /// The archive on this engine.
    pub(super) fn of(&self, engine: &Engine) -> Arc<Remote> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open.iter().find(|remote| remote.engine() == engine).cloned();
        known.unwrap_or_else(|| {
            open.push(Arc::new(Remote::new(engine.clone())));
            open[open.len() - 1].clone()
        })
    }

    /// Notes what keeps one from answering.
    pub(super) fn complain(&self, problem: report::Problem) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(problem);
    }

    /// What was noted.
    pub(super) fn problems(&self) -> BTreeSet<report::Problem> {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Waits until the files of all of these have been looked at, and says whether that changed anything.
pub(super) fn settle(open: &mut [Opened]) -> Result<bool, CorpusError> {
    open.iter_mut().try_fold(false, |changed, opened| Ok(opened.settle()? || changed))
}

fn show(bar: &ProgressBar, what: &str, progress: Progress) {
    if !progress.is_long() || !io::stderr().is_terminal() {
        return;
    }
    let Progress { done, total } = progress;
    if bar.is_hidden() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        bar.set_message(what.to_owned());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} · {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar.set_length(total as u64);
    bar.set_position(done as u64);
}
