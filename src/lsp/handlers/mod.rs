//! One request or notification a file.

pub(super) mod code_action;
pub(super) mod configuration;
pub(super) mod did_change;
pub(super) mod did_close;
pub(super) mod did_open;
pub(super) mod did_save;
pub(super) mod hover;
pub(super) mod initialize;
pub(super) mod workspace_folders;
