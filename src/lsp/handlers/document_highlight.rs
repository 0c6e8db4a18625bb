//! textDocument/documentHighlight

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use super::super::state::{Draft, State};
use crate::ide;

/// The same person, figure or date elsewhere in the draft.
pub(in super::super) fn document_highlight(
    state: &State,
    draft: &Draft,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let view = state.view(draft)?;
    let spans = ide::highlights(view.checked, view.offset(params.text_document_position_params.position));
    let highlight = |span| DocumentHighlight { range: view.places.range(span), kind: Some(DocumentHighlightKind::TEXT) };
    (!spans.is_empty()).then(|| spans.into_iter().map(highlight).collect())
}
