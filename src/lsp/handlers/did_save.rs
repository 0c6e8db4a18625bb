//! textDocument/didSave

use tower_lsp::ls_types::DidSaveTextDocumentParams;

use super::super::{main_loop::Event, state::State};

/// Looks at the sources again: some file systems never tell of a change, and saving is what a writer does who wants it looked at.
pub(in super::super) fn did_save(state: &mut State, params: &DidSaveTextDocumentParams) {
    let _ = state.events.send(Event::Touched(Vec::new()));
    state.recheck(params.text_document.uri.as_str());
}
