//! textDocument/didClose

use tower_lsp::ls_types::DidCloseTextDocumentParams;

use super::super::state::State;

pub(in super::super) fn did_close(state: &mut State, params: DidCloseTextDocumentParams) {
    state.close(params.text_document.uri);
}
