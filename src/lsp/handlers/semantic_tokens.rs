//! textDocument/semanticTokens/full

use tower_lsp::ls_types::SemanticTokensResult;

use super::super::{
    state::{Draft, State},
    to_proto,
};
use crate::ide;

/// Which words the sources bear out and of which they do not speak; if that is switched on.
pub(in super::super) fn semantic_tokens(state: &State, draft: &Draft) -> Option<SemanticTokensResult> {
    let view = state.view(draft).filter(|view| view.switches.semantic_tokens)?;
    Some(to_proto::tokens(&view.places, &ide::marks(view.checked)).into())
}
