//! initialize, initialized

use std::path::PathBuf;

use tower_lsp::ls_types::{InitializeParams, InitializeResult};

use super::super::{
    capabilities::Abilities,
    from_proto,
    outbox::Outgoing,
    state::{Reply, State},
};
use super::configuration;

pub(in super::super) fn initialize(state: &mut State, params: InitializeParams, reply: Reply<InitializeResult>) {
    state.client = Abilities::of(&params.capabilities);
    state.roots = roots(&params);
    if let Some(options) = &params.initialization_options {
        configuration::settings(state, options);
    }
    if state.options.pull_diagnostics {
        state.client.pull(&params.capabilities);
    }
    let _ = reply.send(state.client.answer());
}

/// The workspace folders; of a client that names none, the one folder that older ones name.
#[allow(deprecated, reason = "old clients say nothing else")]
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().filter_map(|folder| from_proto::path(&folder.uri));
    let folders: Vec<PathBuf> = folders.collect();
    if !folders.is_empty() {
        return folders;
    }
    let path = || params.root_path.as_ref().filter(|path| !path.is_empty()).map(PathBuf::from);
    params.root_uri.as_ref().and_then(from_proto::path).or_else(path).into_iter().collect()
}

/// The client is ready for requests.
pub(in super::super) fn initialized(state: &State) {
    if state.client.registers_configuration {
        state.send(Outgoing::RegisterSettings);
    }
    if state.client.configuration {
        state.send(Outgoing::AskSettings);
    }
}
