//! Settings: `copydesk.toml` as it is written ([`Options`]) and as it is used ([`Settings`]), where the sources of a draft lie, and which
//! archives the writer allows to be asked.

mod allowed;
mod editor;
mod ledger;
mod load;
mod options;
mod settings;

pub use allowed::{ALLOWED, access, sign};
pub use editor::EditorOptions;
pub use ledger::{accept, ledger_of, read_ledger};
pub use load::{FILE, FOLDER, find, find_sources, is_pattern};
pub use options::{ArchiveFields, ArchiveOptions, FieldNames, Level, Names, Options, Sends};
pub use settings::{Settings, index_at};
