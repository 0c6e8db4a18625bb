//! What requests on a draft are answered from.

use std::collections::BTreeSet;

use tower_lsp::ls_types::Position;

use super::{
    check::Found,
    from_proto,
    state::{Draft, State},
    to_proto::Places,
};
use crate::{
    config::Settings,
    ide::{Checked, Diagnostic, Lexicon},
};

/// What the editor's settings switch on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Switches {
    /// Which source supports a mention, behind it.
    pub(super) inlay_hints: bool,
    /// Marks on what is supported and what is open.
    pub(super) semantic_tokens: bool,
}

/// A draft that has been checked, with its lines and columns as the client counts them.
pub(super) struct View<'a> {
    pub(super) checked: &'a Checked,
    pub(super) diagnostics: &'a [Diagnostic],
    pub(super) places: Places<'a>,
    /// What is switched on for it, by the editor's settings or by those that lie with it.
    pub(super) switches: Switches,
}

impl State {
    /// What was found in the newest text of a draft; `None` if it has no sources, or the check has failed or not come to its end.
    pub(super) fn view<'a>(&self, draft: &'a Draft) -> Option<View<'a>> {
        let outcome = draft.outcome()?;
        let Found::Checked { checked, diagnostics, .. } = &outcome.found else { return None };
        let places = Places { text: &outcome.text, lines: &outcome.lines, encoding: self.client.columns() };
        let settings = outcome.basis.as_ref().and_then(|basis| basis.settings.as_ref().ok());
        let switches = Switches {
            inlay_hints: self.options.inlay_hints || settings.is_some_and(Settings::inlay_hints),
            semantic_tokens: self.options.semantic_tokens || settings.is_some_and(Settings::semantic_tokens),
        };
        Some(View { checked, diagnostics, places, switches })
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
