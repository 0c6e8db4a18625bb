//! The settings of an editor, as it sends them: in `initializationOptions`, in answer to `workspace/configuration`, or when they change.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Level, Options, Settings};

/// What an editor's settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditorOptions {
    /// The sources of every draft: files, folders or globs, relative to the workspace folder. If there are none, each draft has its own.
    pub sources: Vec<String>,
    /// How long after a keystroke nothing is said of the word being typed, in milliseconds; `None` for what is usual.
    pub debounce: Option<u64>,
    /// Show behind each supported mention which source supports it.
    pub inlay_hints: bool,
    /// Colour what is supported and what is open.
    pub semantic_tokens: bool,
    /// Answer questions for diagnostics instead of sending them. Only at the start.
    pub pull_diagnostics: bool,
    /// How loudly a finding is shown, by code or label. What `copydesk.toml` says goes before it.
    pub severity: BTreeMap<String, Level>,
}

/// Settings that are the editor's own business.
const OTHERS: [&str; 4] = ["trace", "server", "path", "markSupported"];

/// The sources may be one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Sources {
    One(String),
    Several(Vec<String>),
}

impl EditorOptions {
    /// Takes settings as they were sent, alone or inside `{"copydesk": ...}`. What they say nothing of stays as it was; null is what is usual.
    /// Gives a line on each that is unknown or wrong.
    pub fn take(&mut self, written: &Value) -> Vec<String> {
        let Some(settings) = written.get("copydesk").unwrap_or(written).as_object() else { return Vec::new() };
        let mut wrong = Vec::new();
        for (key, value) in settings {
            let taken = match key.as_str() {
                "sources" => read(value).map(|sources| {
                    self.sources = match sources {
                        Some(Sources::One(one)) => vec![one],
                        Some(Sources::Several(several)) => several,
                        None => Vec::new(),
                    };
                }),
                "debounce" => read(value).map(|ms| self.debounce = ms),
                "inlayHints" => read(value).map(|on| self.inlay_hints = on.unwrap_or_default()),
                "semanticTokens" => read(value).map(|on| self.semantic_tokens = on.unwrap_or_default()),
                "pullDiagnostics" => read(value).map(|on| self.pull_diagnostics = on.unwrap_or_default()),
                "severity" => read(value).and_then(|severity: Option<BTreeMap<String, Level>>| {
                    let severity = severity.unwrap_or_default();
                    Settings::new(&Options { severity: severity.clone(), ..Options::default() })?;
                    self.severity = severity;
                    Ok(())
                }),
                other if OTHERS.contains(&other) => Ok(()),
                _ => Err("there is no such setting".to_owned()),
            };
            wrong.extend(taken.err().map(|why| format!("the setting copydesk.{key}: {why}")));
        }
        wrong
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<Option<T>, String> {
    serde_json::from_value(value.clone()).map_err(|_| format!("{value} is no value for it"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_known_is_taken_and_the_rest_named() {
        let mut options = EditorOptions::default();
        let wrong = options.take(&json!({"copydesk": {
            "sources": "a", "debounce": 0, "inlayHints": true, "severity": {"no-evidence": "off"}, "trace": {"server": "off"},
            "semanticTokens": "yes", "surces": [],
        }}));
        assert_eq!(
            wrong,
            [
                "the setting copydesk.semanticTokens: \"yes\" is no value for it",
                "the setting copydesk.surces: there is no such setting"
            ]
        );
        let severity = BTreeMap::from([("no-evidence".to_owned(), Level::Off)]);
        let expect = EditorOptions {
            sources: vec!["a".into()],
            debounce: Some(0),
            inlay_hints: true,
            severity,
            ..EditorOptions::default()
        };
        assert_eq!(options, expect);
        assert!(options.take(&json!({"sources": ["b", "c"], "debounce": null})).is_empty());
        assert_eq!((options.sources.len(), options.debounce, options.inlay_hints), (2, None, true));
        assert!(options.take(&json!(null)).is_empty());
        assert!(options.take(&json!({"severity": {"nonsense": "off"}}))[0].contains("nonsense"));
    }
}
