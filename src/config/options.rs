//! The settings file as it is written. The comments on the fields are its manual.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `copydesk.toml`, in the folder of the drafts or above it.
///
/// ```toml
/// sources = ["sources", "../agency/*.txt"]
///
/// [severity]
/// no-evidence = "off"
/// name-mismatch = "error"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The sources: files, folders or globs, relative to this file. A draft that names sources in its front matter has those instead.
    pub sources: Option<Vec<String>>,
    /// How loudly a finding is shown, by its code (`quantity-mismatch`, …) or by its label (`refuted`, `conflicting`,
    /// `not-enough-info`). A code goes before its label.
    #[serde(default)]
    pub severity: BTreeMap<String, Level>,
}

/// How loudly a finding is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As an error.
    Error,
    /// As a warning.
    Warning,
    /// As information.
    Information,
    /// Faintly.
    Hint,
    /// Not at all in an editor.
    Off,
}
