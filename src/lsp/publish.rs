//! Telling the client what was found.

use std::sync::Arc;

use tokio::time::Instant;
use tower_lsp::ls_types::Uri;

use super::{
    outbox::{Outgoing, Refresh},
    shown::Shown,
    state::State,
};

impl State {
    /// Publishes what is shown of a draft, for the version that it is of. Every version is published, even if nothing changed, for that is
    /// how the client knows that it was looked at. Of the same version only what is new is published: when sources change, most
    /// drafts are not touched by it.
    pub(super) fn publish(&mut self, key: &str) {
        let Some(draft) = self.drafts.get_mut(key) else { return };
        draft.unpublished = None;
        let typed = draft.typed.filter(|(_, until)| *until > Instant::now()).map(|(at, _)| at);
        let body = Arc::new(draft.shown.message(&draft.uri, Some(draft.version), typed));
        let published = (draft.version, body.clone());
        if draft.published.as_ref() == Some(&published) {
            return;
        }
        // What was asked for with this text may have been answered from other sources, or not at all.
        let is_late = draft.published.as_ref().is_none_or(|(last, _)| *last == draft.version);
        draft.published = Some(published);
        if !self.client.pulls {
            self.send(Outgoing::Publish { uri: key.into(), body });
        }
        if is_late {
            self.refresh();
        }
    }

    /// Has the client ask again for all that depends on the sources and the settings.
    pub(super) fn refresh(&self) {
        let client = &self.client;
        for (can, what) in [
            (client.pulls && client.refreshes_diagnostics, Refresh::Diagnostics),
            (client.hints && client.refreshes_hints, Refresh::Hints),
            (client.lenses && client.refreshes_lenses, Refresh::Lenses),
            (client.tokens && client.refreshes_tokens, Refresh::Tokens),
        ] {
            if can {
                self.send(Outgoing::Refresh(what));
            }
        }
    }

    /// Takes back what was published of a draft that is closed.
    pub(super) fn unpublish(&self, uri: Uri) {
        if self.client.pulls {
            return;
        }
        let body = Arc::new(Shown::default().message(&uri, None, None));
        self.send(Outgoing::Publish { uri: uri.as_str().into(), body });
    }

    /// Tells the user what there is to tell of a draft, each thing once in a session.
    pub(super) fn tell(&mut self, key: &str) {
        let Some(outcome) = self.drafts.get(key).and_then(|draft| draft.outcome.as_ref()) else { return };
        for note in &outcome.notes {
            if !self.told.insert(note.message.clone()) {
                continue;
            }
            self.send(Outgoing::Log(note.kind, note.message.clone()));
            if note.show {
                self.send(Outgoing::Show(note.kind, note.message.clone()));
            }
        }
    }
}
