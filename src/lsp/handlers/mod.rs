//! One request or notification a file.

pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod completion;
pub(super) mod configuration;
pub(super) mod definition;
pub(super) mod diagnostic;
pub(super) mod did_change;
pub(super) mod did_close;
pub(super) mod did_open;
pub(super) mod did_save;
pub(super) mod document_highlight;
pub(super) mod document_symbol;
pub(super) mod execute_command;
pub(super) mod hover;
pub(super) mod initialize;
pub(super) mod inlay_hint;
pub(super) mod references;
pub(super) mod semantic_tokens;
pub(super) mod workspace_folders;
pub(super) mod workspace_symbol;
