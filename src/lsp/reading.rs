//! Telling the client how far the reading of sources has come.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::ls_types::MessageType;

use super::{library::Report, main_loop::Event, outbox::Outgoing, state::State};
use crate::corpus::archive::Progress;

/// Tells the main loop how far one reading has come.
pub(super) struct Reader {
    number: u64,
    events: UnboundedSender<Event>,
    /// The last per cent that was told; `None` before the first.
    told: Mutex<Option<usize>>,
}

impl Reader {
    /// Does something that may read sources, and tells how far it is.
    pub(super) fn run<T>(&self, read: impl FnOnce(&Report<'_>) -> T) -> T {
        let done = read(&|progress| self.tell(progress));
        if self.told.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            let _ = self.events.send(Event::Reading(self.number, None));
        }
        done
    }

    fn tell(&self, progress: Progress) {
        if !progress.is_long() {
            return;
        }
        let percent = progress.percent();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if *told != Some(percent) {
            *told = Some(percent);
            let _ = self.events.send(Event::Reading(self.number, Some(progress)));
        }
    }
}

impl State {
    /// What a worker tells its progress with.
    pub(super) fn reader(&self) -> Reader {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        Reader { number: NUMBER.fetch_add(1, Ordering::Relaxed), events: self.events.clone(), told: Mutex::default() }
    }

    /// Passes on how far the reading of sources has come: as the client can show it, else as a line in the log at its beginning and end.
    pub(super) fn report(&mut self, number: u64, progress: Option<Progress>) {
        let (was_read, is_read) = (self.reading.contains(&number), progress.is_some());
        if is_read {
            self.reading.insert(number)
        } else {
            self.reading.remove(&number)
        };
        if was_read != is_read {
            let keys: Vec<String> = self.drafts.keys().cloned().collect();
            keys.iter().for_each(|key| self.tell_status(key));
        }
        if self.client.progress {
            return self.send(Outgoing::Progress(number, progress));
        }
        match progress {
            Some(progress) if !was_read => {
                self.send(Outgoing::Log(MessageType::INFO, format!("copydesk reads {} sources.", progress.total)));
            }
            None if was_read => {
                self.send(Outgoing::Log(MessageType::INFO, "copydesk has read the sources.".to_owned()));
            }
            _ => {}
        }
    }
}
