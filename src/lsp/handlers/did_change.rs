//! textDocument/didChange

use tower_lsp::ls_types::DidChangeTextDocumentParams;

use super::super::{from_proto, state::State};
use crate::text::Edited;

/// Applies the changes, each to the text that the one before it left, and has the draft checked.
pub(in super::super) fn did_change(state: &mut State, params: DidChangeTextDocumentParams) {
    let key = params.text_document.uri.as_str();
    let encoding = state.client.columns();
    let Some(draft) = state.drafts.get_mut(key) else {
        tracing::warn!("{key} was changed and is not open");
        return;
    };
    let edits: Vec<Edited> = params
        .content_changes
        .into_iter()
        .map(|change| draft.text.edit(change.range.map(from_proto::range), encoding, &change.text))
        .collect();
    let (key, version) = (key.to_owned(), params.text_document.version);
    state.edited(&key, version, &edits);
}
