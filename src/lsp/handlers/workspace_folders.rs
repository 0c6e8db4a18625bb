//! workspace/didChangeWorkspaceFolders

use tower_lsp::ls_types::DidChangeWorkspaceFoldersParams;

use super::super::{from_proto, state::State};

pub(in super::super) fn did_change(state: &mut State, params: &DidChangeWorkspaceFoldersParams) {
    let removed: Vec<_> = params.event.removed.iter().filter_map(|folder| from_proto::path(&folder.uri)).collect();
    state.roots.retain(|root| !removed.contains(root));
    state.roots.extend(params.event.added.iter().filter_map(|folder| from_proto::path(&folder.uri)));
    state.recheck_all();
}
