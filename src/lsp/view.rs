//! What requests on a draft are answered from.

use std::collections::BTreeSet;

use tower_lsp::ls_types::Position;

use super::{
    check::Found,
    from_proto,
    state::{Draft, State},
    to_proto::Places,
};
use crate::ide::{Checked, Diagnostic, Lexicon};

/// A draft that has been checked, with its lines and columns as the client counts them.
pub(super) struct View<'a> {
    pub(super) checked: &'a Checked,
    pub(super) diagnostics: &'a [Diagnostic],
    pub(super) places: Places<'a>,
}

impl State {
    /// What was found in the newest text of a draft; `None` if it has no sources, or the check has failed or not come to its end.
    pub(super) fn view<'a>(&self, draft: &'a Draft) -> Option<View<'a>> {
        let outcome = draft.outcome()?;
        let Found::Checked { checked, diagnostics, .. } = &outcome.found else { return None };
        let places = Places { text: &outcome.text, lines: &outcome.lines, encoding: self.client.columns() };
        Some(View { checked, diagnostics, places })
    }

    /// The lexicons of the sources that a draft was last held against, at once: those of a text before the last edit serve as well.
    pub(super) fn lexicons_of(&self, draft: &Draft) -> Vec<Lexicon> {
        match draft.last_outcome().map(|outcome| &outcome.found) {
            Some(Found::Checked { desk: Some(desk), .. }) => desk.sources().map(|s| self.library.lexicons().of(s)).collect(),
            _ => Vec::new(),
        }
    }

    /// The lexicons of the sources that any open draft was last held against, each once.
    pub(super) fn lexicons(&self) -> Vec<Lexicon> {
        let mut all: Vec<Lexicon> = self.drafts.values().flat_map(|draft| self.lexicons_of(draft)).collect();
        let mut seen = BTreeSet::new();
        all.retain(|lexicon| seen.insert(lexicon.source()));
        all
    }
}

impl View<'_> {
    /// The byte of the draft at a position.
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.places.offset(from_proto::position(position))
    }
}
