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
///
/// [fields]
/// title = "headline"
/// text = ["lead", "content.body"]
///
/// [archive]
/// url = "https://wire.example:9200"
/// index = "wire"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The sources: files, folders or globs, relative to this file. A draft that names sources in its front matter has those instead.
    pub sources: Option<Vec<String>>,
    /// How many days before a draft's own date its sources may have been published; older ones are left out. A draft that has a `window`
    /// in its front matter has that instead. If neither says, all count.
    pub window: Option<u32>,
    /// Whether an editor shows behind each supported mention which source supports it.
    #[serde(default, rename = "inlayHints")]
    pub inlay_hints: bool,
    /// Whether an editor marks what is supported and what is open as it marks the words of a program.
    #[serde(default, rename = "semanticTokens")]
    pub semantic_tokens: bool,
    /// How loudly a finding is shown, by its code (`quantity-mismatch`, …) or by its label (`refuted`, `conflicting`,
    /// `not-enough-info`). A code goes before its label.
    #[serde(default)]
    pub severity: BTreeMap<String, Level>,
    /// Which fields of exports (JSON, CSV) hold what.
    #[serde(default)]
    pub fields: FieldNames,
    /// An archive on a search engine, which is asked beside the sources. It is asked only if the writer has allowed its address, in
    /// `archives.toml` in the folder of their own settings.
    pub archive: Option<ArchiveOptions>,
}

/// An archive on Elasticsearch, OpenSearch or Quickwit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArchiveOptions {
    /// Its address, with a prefix if there is one: `https://wire.example:9200`, `http://quickwit.example:7280/api/v1/_elastic`.
    pub url: String,
    /// Further machines of the same cluster, asked when that one does not answer.
    #[serde(default)]
    pub nodes: Vec<String>,
    /// The index: its name, an alias, or a pattern.
    pub index: String,
    /// How many days before a draft's own date the archive's articles may have been published; else what holds for all sources.
    pub window: Option<u32>,
    /// How many seconds an answer may take, with all attempts. 10 if it is not said.
    pub timeout: Option<u32>,
    /// What of a draft is sent. `words` if it is not said.
    #[serde(default)]
    pub sends: Sends,
    /// Which fields of an article hold what, where the mapping does not make it plain.
    #[serde(default)]
    pub fields: ArchiveFields,
}

/// What of a draft is sent to an archive; never a sentence as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sends {
    /// The content words of each sentence, in the order of the alphabet.
    #[default]
    Words,
    /// Of these only names and the nouns that are counted.
    Names,
}

/// Which fields of an archive's articles hold what: the name of a field, or names of several. A field within another is named with a dot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ArchiveFields {
    /// What tells an article from any other.
    pub id: Names,
    /// The headline.
    pub title: Names,
    /// The text; several are put together as paragraphs.
    pub text: Names,
    /// When it was published.
    pub date: Names,
    /// Who wrote it.
    pub author: Names,
    /// Who published it.
    pub outlet: Names,
    /// Its address.
    pub url: Names,
}

/// Which fields of exports hold what, where they cannot be guessed: the name of a field, or names of several. A field within another is
/// named with a dot: `content.body`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct FieldNames {
    /// The headline.
    pub title: Names,
    /// The text; several are put together as paragraphs.
    pub text: Names,
    /// When it was published.
    pub date: Names,
    /// Who wrote it.
    pub author: Names,
    /// Who published it.
    pub outlet: Names,
    /// Its address.
    pub url: Names,
}

/// A name, or a list of names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "the name of a field, or a list of names")]
pub enum Names {
    /// One.
    One(String),
    /// Several, or none.
    Several(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

/// How loudly a finding is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use super::*;

    /// Editors that know JSON schemas complete and check `copydesk.toml` by it.
    #[test]
    fn the_schema_is_that_of_the_options() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/copydesk.schema.json");
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Options)).unwrap() + "\n";
        if env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(&path, &schema).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), schema, "UPDATE_SCHEMA=1 cargo test writes it anew");
    }
}
