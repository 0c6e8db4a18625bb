//! textDocument/hover

use tower_lsp::ls_types::{Hover, HoverParams};

use super::super::{
    state::{Draft, State},
    to_proto,
};
use crate::ide;

pub(in super::super) fn hover(state: &State, draft: &Draft, params: &HoverParams) -> Option<Hover> {
    let view = state.view(draft)?;
    let offset = view.offset(params.text_document_position_params.position);
    Some(to_proto::hover(&view.places, &ide::hover(view.checked, offset)?, &state.client))
}
