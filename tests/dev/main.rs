//! How well copydesk judges, on labelled drafts: those of `../shared/dev`, where they are at hand, of `tests/gold` and of `tests/rewrites`. Prints recall by
//! kind, false alarms, balanced accuracy, calibration and retrieval, and fails if one of them is worse than its floor in `floors.rs`.
//!
//!     cargo test --test dev -- --nocapture

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

mod case;
mod floors;
mod judged;
mod measure;
mod others;
mod quoted;
mod retrieval;
mod score;

use std::{collections::BTreeSet, fmt::Write as _, path::Path, thread};

use case::{Article, Case};
use copydesk::ide::Outlines;
use floors::{FLOORS, Floors};
use judged::Judged;
use measure::Calibration;
use score::Score;

/// What the faithful drafts of a file are worth as a test for false alarms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Whatever no label calls wrong agrees with the sources, in drafts with errors too.
    Everything,
    /// Faithful drafts agree with the sources.
    Faithful,
    /// Only the labelled spans of faithful drafts agree with the sources.
    Labels,
}

#[test]
fn the_judge_is_as_good_as_it_was() {
    let mut worse = String::new();
    let mut all = Calibration::default();
    let mut table = String::new();
    let mut quoted = 0;
    for floors in FLOORS {
        let Some(cases) = cases(floors) else { continue };
        let judged = judge(&cases);
        quoted += judged.iter().map(|j| j.quoted).sum::<usize>();
        let score = Score::of(&judged, floors.trust);
        println!("\n{}\n{score}", floors.files);
        all.add(&score.calibration);
        table += &format!("{}\n", score.summary(floors.files));
        for complaint in floors.complaints(&score) {
            let _ = writeln!(worse, "{}: {complaint}", floors.files);
        }
    }
    println!("\nall files\n{all}\n");
    println!("{quoted} quotations of sources, each as it stands there\n");
    println!("| measured on | refuted | refuted, or not in the sources | balanced accuracy by refuted, by any | false alarms |");
    println!("| --- | --- | --- | --- | --- |\n{table}");
    assert!(worse.is_empty(), "worse than the floors of tests/dev/floors.rs:\n{worse}");
}

/// The cases of a file, or of all in a folder; `None`, with a note, where it is not there.
fn cases(floors: &Floors) -> Option<Vec<Case>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(floors.files);
    if !path.exists() {
        println!("skipped: {} is not there", floors.files);
        return None;
    }
    Some(case::load(&path))
}

/// Judges the cases, in order.
fn judge(cases: &[Case]) -> Vec<Judged<'_>> {
    // Many drafts share an article.
    let articles: BTreeSet<&Article> = cases.iter().flat_map(|case| &case.sources).collect();
    let all = (&judged::corpus(articles), &Outlines::default());
    on_all_processors(cases, |case| Judged::new(case, all))
}

/// What becomes of each item, in order.
pub(crate) fn on_all_processors<'i, I: Sync, O: Send>(items: &'i [I], each: impl Fn(&'i I) -> O + Sync) -> Vec<O> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    // Interleaved, since the long articles stand together.
    let share = |first| items.iter().skip(first).step_by(workers).map(&each).collect::<Vec<_>>();
    let share = &share;
    let parts = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().map(|w| w.join().expect("no case makes it panic")).collect::<Vec<_>>()
    });
    let mut parts: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    (0..items.len()).map(|i| parts[i % workers].next().expect("every case was judged")).collect()
}
