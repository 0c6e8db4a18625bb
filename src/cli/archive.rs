//! Opens the index of the sources, and shows how far that is.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    corpus::{
        archive::{Archive, Progress},
        extract::Fields,
    },
    ide::CorpusError,
};

/// Fewer files are read before anybody wonders.
const FEW: usize = 200;

/// Opens the index of these paths with what the files hold now. Long work shows a progress bar, if somebody is there to see it.
pub(super) fn ready(paths: Vec<PathBuf>, fields: Fields) -> Result<Archive, CorpusError> {
    let bar = ProgressBar::hidden();
    let archive = Archive::ready(paths, fields, &|progress| show(&bar, progress));
    bar.finish_and_clear();
    archive
}

fn show(bar: &ProgressBar, Progress { done, total }: Progress) {
    if total < FEW || !io::stderr().is_terminal() {
        return;
    }
    if bar.is_hidden() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("reading sources {bar:30} {pos} of {len} · {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar.set_length(total as u64);
    bar.set_position(done as u64);
}
