//! The language server, as an editor meets it.

mod beside;
mod client;
mod conformance;
mod edits;
mod hostile;
mod navigation;
mod session;
mod sources;
mod writing;

use std::{fs, path::PathBuf};

use tempfile::TempDir;

/// A folder with one article in `sources`; gives the folder and its path without links.
fn desk() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let top = fs::canonicalize(dir.path()).unwrap();
    fs::create_dir(top.join("sources")).unwrap();
    fs::write(top.join("sources/harbour.txt"), ARTICLE).unwrap();
    (dir, top)
}

const ARTICLE: &str =
    "Storm closes harbour\n\nThe storm sank 140 fishing boats in the harbour of Oro on Monday, the coast guard said.\n";

const DRAFT: &str = "The storm sank 104 fishing boats in the harbour of Oro, the coast guard said.\n";
