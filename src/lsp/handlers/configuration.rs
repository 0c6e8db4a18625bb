//! workspace/didChangeConfiguration, and the answer to workspace/configuration

use serde_json::Value;
use tower_lsp::ls_types::{DidChangeConfigurationParams, MessageType};

use super::super::{outbox::Outgoing, state::State};

/// The settings have changed: some clients say how, of others one has to ask.
pub(in super::super) fn did_change(state: &mut State, params: &DidChangeConfigurationParams) {
    if state.client.configuration {
        state.send(Outgoing::AskSettings);
    } else {
        settings(state, &params.settings);
    }
}

/// Takes the settings, says which are unknown or wrong, and has the drafts checked or shown anew if that makes a difference.
pub(in super::super) fn settings(state: &mut State, settings: &Value) {
    let before = state.options.clone();
    for wrong in state.options.take(settings) {
        if state.told.insert(wrong.clone()) {
            state.send(Outgoing::Show(MessageType::WARNING, format!("copydesk: {wrong}")));
        }
    }
    let now = &state.options;
    if (before.inlay_hints, before.semantic_tokens) != (now.inlay_hints, now.semantic_tokens) {
        state.refresh();
    }
    if (before.sources, before.severity) != (now.sources.clone(), now.severity.clone()) {
        state.recheck_all();
    }
}
