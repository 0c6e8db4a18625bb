//! textDocument/completion

use tower_lsp::ls_types::{CompletionParams, CompletionResponse};

use super::super::{
    from_proto,
    state::State,
    to_proto::{self, Places},
};
use crate::{ide, text::LineIndex};

/// What may be meant, in the words of the draft's sources; at once, as it is being typed. The sources are those of the last check.
pub(in super::super) fn completion(state: &State, params: &CompletionParams) -> Option<CompletionResponse> {
    let at = &params.text_document_position;
    let draft = state.drafts.get(at.text_document.uri.as_str())?;
    let text = draft.text.text();
    let places = Places { text: &text, lines: &LineIndex::new(&text), encoding: state.client.columns() };
    let offset = places.offset(from_proto::position(at.position));
    let found = ide::complete(&text, draft.format, offset, &state.lexicons_of(draft));
    Some(to_proto::completions(&places, found, &state.client).into())
}
