//! textDocument/didOpen

use tower_lsp::ls_types::DidOpenTextDocumentParams;

use super::super::{from_proto, state::State};

pub(in super::super) fn did_open(state: &mut State, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let format = from_proto::format(&document.language_id, &document.uri);
    state.open(document.uri, document.version, format, &document.text);
}
