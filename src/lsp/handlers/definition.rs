//! textDocument/definition

use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse};

use super::super::{
    state::{Draft, State},
    to_proto::{self, Sources},
};
use crate::ide;

/// From a mention to what the sources say of it.
pub(in super::super) fn definition(
    state: &State,
    draft: &Draft,
    params: &GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let view = state.view(draft)?;
    let (span, places) = ide::evidence_at(view.checked, view.offset(params.text_document_position_params.position))?;
    let mut sources = Sources::new(view.places.encoding);
    Some(to_proto::definition(&mut sources, view.places.range(span), &places, &state.client))
}
