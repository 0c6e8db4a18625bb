//! workspace/symbol

use tower_lsp::ls_types::{WorkspaceSymbolParams, WorkspaceSymbolResponse};

use super::super::{
    state::State,
    to_proto::{self, Sources},
};
use crate::ide;

/// No more names are given for a query.
const MOST: usize = 200;

/// Names in the sources that the open drafts are held against.
pub(in super::super) fn workspace_symbol(state: &State, params: &WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let found = ide::find_names(&state.lexicons(), &params.query, MOST);
    let mut sources = Sources::new(state.client.columns());
    (!found.is_empty()).then(|| to_proto::names(&mut sources, &found).into())
}
