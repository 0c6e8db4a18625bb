//! textDocument/hover

use tower_lsp::ls_types::{Hover, HoverParams};

use super::super::{
    check::Found,
    from_proto,
    state::{Draft, State},
    to_proto,
};
use crate::ide;

pub(in super::super) fn hover(state: &State, draft: &Draft, params: &HoverParams) -> Option<Hover> {
    let outcome = draft.outcome()?;
    let Found::Checked { checked, .. } = &outcome.found else { return None };
    let places = to_proto::Places { text: &outcome.text, lines: &outcome.lines, encoding: state.client.columns() };
    let offset = places.offset(from_proto::position(params.text_document_position_params.position));
    Some(to_proto::hover(&places, &ide::hover(checked, offset)?, &state.client))
}
