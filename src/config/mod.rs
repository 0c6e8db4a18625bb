//! Settings: `copydesk.toml` as it is written ([`Options`]) and as it is used ([`Settings`]), and where the sources of a draft lie.

mod editor;
mod ledger;
mod load;
mod options;
mod settings;

pub use editor::EditorOptions;
pub use ledger::{accept, ledger_of, read_ledger};
pub use load::{FILE, FOLDER, find, find_sources, is_pattern};
pub use options::{FieldNames, Level, Names, Options};
pub use settings::Settings;
