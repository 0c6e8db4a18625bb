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
    let is_key = matches!(params.content_changes.as_slice(), [change] if change.text.chars().count() <= 1);
    let edits: Vec<Edited> = params
        .content_changes
        .into_iter()
        .map(|change| draft.text.edit(change.range.map(from_proto::range), encoding, &change.text))
        .collect();
    // One character more or one less is typed; all else is put there, and complete.
    let is_typed = is_key && edits.iter().all(|e| e.old.len() <= char::MAX.len_utf8() && (e.old.is_empty() || e.new.is_empty()));
    let (key, version) = (key.to_owned(), params.text_document.version);
    state.edited(&key, version, &edits, is_typed);
}
