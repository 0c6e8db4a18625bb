//! textDocument/codeLens

use tower_lsp::ls_types::CodeLens;

use super::super::{
    state::{Draft, State},
    to_proto,
};
use crate::ide;

/// Above each section, how much of it the sources bear out.
pub(in super::super) fn code_lens(state: &State, draft: &Draft) -> Option<Vec<CodeLens>> {
    let view = state.view(draft)?;
    Some(ide::lenses(view.checked).into_iter().map(|lens| to_proto::lens(&view.places, lens)).collect())
}
