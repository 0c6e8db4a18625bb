//! workspace/didChangeConfiguration, and the answer to workspace/configuration

use serde_json::Value;
use tower_lsp::ls_types::DidChangeConfigurationParams;

use super::super::{from_proto, outbox::Outgoing, state::State};

/// The settings have changed: some clients say how, of others one has to ask.
pub(in super::super) fn did_change(state: &mut State, params: &DidChangeConfigurationParams) {
    if state.client.configuration {
        state.send(Outgoing::AskSettings);
    } else {
        settings(state, &params.settings);
    }
}

/// Takes the settings, and has the drafts checked or shown anew if that makes a difference.
pub(in super::super) fn settings(state: &mut State, settings: &Value) {
    state.debounce = from_proto::debounce(settings).unwrap_or(state.debounce);
    let switches = state.switches.after(settings);
    if std::mem::replace(&mut state.switches, switches) != switches {
        state.refresh();
    }
    if let Some(sources) = from_proto::sources(settings).filter(|sources| *sources != state.given) {
        state.given = sources;
        state.recheck_all();
    }
}
