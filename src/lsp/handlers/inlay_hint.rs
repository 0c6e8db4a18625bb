//! textDocument/inlayHint

use tower_lsp::ls_types::{InlayHint, InlayHintParams};

use super::super::{
    state::{Draft, State},
    to_proto,
};
use crate::ide::{self, Span};

/// Behind what the sources support, which one does; if that is switched on.
pub(in super::super) fn inlay_hint(state: &State, draft: &Draft, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let view = state.view(draft).filter(|view| view.switches.inlay_hints)?;
    let (start, end) = (view.offset(params.range.start), view.offset(params.range.end));
    let hints = ide::hints(view.checked, Span { start: start.min(end), end });
    Some(hints.into_iter().map(|hint| to_proto::hint(&view.places, hint)).collect())
}
