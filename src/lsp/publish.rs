//! Telling the client what was found.

use tower_lsp::ls_types::Uri;

use super::{
    check::Found,
    outbox::{Outgoing, Refresh},
    state::{Draft, State},
    to_proto::{self, Places},
};

impl State {
    /// Publishes what was found in a draft, for the version it was found in. Every version that was checked is published, even if
    /// nothing changed, for that is how the client knows that it was. Of the same version only what is new is published: when sources
    /// change, most drafts are not touched by it.
    pub(super) fn publish(&mut self, key: &str) {
        let Some(draft) = self.drafts.get(key) else { return };
        let Some(outcome) = draft.outcome() else { return };
        let places = Places { text: &outcome.text, lines: &outcome.lines, encoding: self.client.columns() };
        let diagnostics = match &outcome.found {
            Found::Checked { diagnostics, .. } => to_proto::diagnostics(&places, &draft.uri, diagnostics, &self.client),
            Found::Nothing | Found::Cancelled => Vec::new(),
        };
        let published = (draft.version, diagnostics);
        if draft.published.as_ref() == Some(&published) {
            return;
        }
        let (version, diagnostics) = published.clone();
        // What was asked for with this text may have been answered from other sources, or not at all.
        let is_late = draft.published.as_ref().is_none_or(|(last, _)| *last == version);
        if !self.client.pulls {
            self.send(Outgoing::Publish { uri: draft.uri.clone(), version: Some(version), diagnostics });
        }
        if is_late {
            self.refresh();
        }
        if let Some(draft) = self.drafts.get_mut(key) {
            draft.published = Some(published);
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
        self.send(Outgoing::Publish { uri, version: None, diagnostics: Vec::new() });
    }

    /// Tells the user what there is to tell of a draft, each thing once in a session.
    pub(super) fn tell(&mut self, key: &str) {
        let Some(outcome) = self.drafts.get(key).and_then(Draft::outcome) else { return };
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
