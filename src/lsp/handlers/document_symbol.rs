//! textDocument/documentSymbol

use tower_lsp::ls_types::DocumentSymbolResponse;

use super::super::{
    state::{Draft, State},
    to_proto,
};
use crate::ide;

/// The outline of a draft: its sections, and what the sources say of their claims.
pub(in super::super) fn document_symbol(state: &State, draft: &Draft) -> Option<DocumentSymbolResponse> {
    let view = state.view(draft)?;
    Some(to_proto::outline(&view.places, &draft.uri, &ide::outline(view.checked), &state.client))
}
