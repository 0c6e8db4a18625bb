//! How a draft stands, for an editor that wants to be told: a notification of our own.

use serde::Serialize;
use serde_json::Value;
use tower_lsp::ls_types::{Uri, notification::Notification};

use super::{
    check::{Found, Note},
    outbox::Outgoing,
    state::{Draft, State},
};
use crate::report::Summary;

/// `copydesk/status`; only a client that declares `experimental.copydeskStatus` gets it.
pub(super) enum StatusChanged {}

impl Notification for StatusChanged {
    type Params = Value;
    const METHOD: &'static str = "copydesk/status";
}

/// How a draft stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Status {
    uri: Uri,
    /// The version of the newest text when this is said.
    version: i32,
    state: Standing,
    /// How many sources it is held against.
    sources: usize,
    /// What could not be read of these and the like, each a sentence.
    problems: Vec<String>,
    /// What the sources say of its mentions.
    summary: Option<Summary>,
    /// Why there is nothing to show.
    message: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// Its sources are being read for the first time.
    Reading,
    /// It is being checked for the first time.
    Checking,
    /// It has been checked.
    Ready,
    /// There is nothing to check it against.
    NoSources,
    /// It could not be checked.
    Failed,
}

impl State {
    /// Tells the client how a draft stands, if that is new to it.
    pub(super) fn tell_status(&mut self, key: &str) {
        if !self.client.status {
            return;
        }
        let is_reading = !self.reading.is_empty();
        let Some(draft) = self.drafts.get_mut(key) else { return };
        let status = Status::of(draft, is_reading);
        if draft.status.as_ref() == Some(&status) {
            return;
        }
        let told = serde_json::to_value(&status);
        draft.status = Some(status);
        match told {
            Ok(told) => self.send(Outgoing::Status(told)),
            Err(error) => tracing::warn!("how a draft stands cannot be told: {error}"),
        }
    }
}

impl Status {
    fn of(draft: &Draft, is_reading: bool) -> Self {
        let outcome = draft.outcome.as_ref();
        let found = outcome.map(|outcome| &outcome.found);
        let state = match found {
            None | Some(Found::Cancelled) if is_reading => Standing::Reading,
            None | Some(Found::Cancelled) => Standing::Checking,
            Some(Found::Checked { .. }) => Standing::Ready,
            Some(Found::Nothing) => Standing::NoSources,
            Some(Found::Failed) => Standing::Failed,
        };
        let (summary, sources) = match found {
            Some(Found::Checked { checked, desk, .. }) => {
                (Some(Summary::unsigned(checked)), desk.as_ref().map_or(0, |desk| desk.count()))
            }
            _ => (None, 0),
        };
        let notes = outcome.map(|outcome| outcome.notes.as_slice()).unwrap_or_default();
        let message = |note: &Note| note.message.trim_start_matches("copydesk: ").to_owned();
        Self {
            uri: draft.uri.clone(),
            version: draft.version,
            state,
            sources,
            problems: notes.iter().filter(|note| !note.show || summary.is_some()).map(message).collect(),
            message: notes.iter().find(|note| note.show).filter(|_| summary.is_none()).map(message),
            summary,
        }
    }
}
