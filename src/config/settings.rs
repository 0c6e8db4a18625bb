//! The settings as they are used.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};

use super::{EditorOptions, FieldNames, Level, Names, Options};
use crate::{
    corpus::extract::Fields,
    ide::{Code, Label, Meta, Severity},
};

/// What the settings file says, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    severity: BTreeMap<&'static str, Option<Severity>>,
    fields: Fields,
    window: Option<u32>,
    inlay_hints: bool,
    semantic_tokens: bool,
}

impl Settings {
    /// Checks what was written.
    ///
    /// # Errors
    /// If a key of `severity` is neither a code nor a label, or if the name of a field is empty.
    pub fn new(options: &Options) -> Result<Self, String> {
        let labels = [Label::Refuted, Label::Conflicting, Label::NotEnoughInfo].map(label_name);
        let names: Vec<&'static str> = Code::ALL.iter().map(|c| c.name()).chain(labels).collect();
        let mut severity = BTreeMap::new();
        for (key, level) in &options.severity {
            let Some(name) = names.iter().copied().find(|n| n == key) else {
                return Err(format!("severity: there is no code or label `{key}`; there are {}", names.join(", ")));
            };
            severity.insert(name, severity_of(*level));
        }
        Ok(Self {
            severity,
            fields: fields(&options.fields)?,
            window: options.window,
            inlay_hints: options.inlay_hints,
            semantic_tokens: options.semantic_tokens,
        })
    }

    /// These settings, with the severities of an editor where they say nothing.
    #[must_use]
    pub fn over(mut self, editor: &EditorOptions) -> Self {
        let options = Options { severity: editor.severity.clone(), ..Options::default() };
        // What an editor says was checked when it was taken.
        for (name, severity) in Self::new(&options).unwrap_or_default().severity {
            self.severity.entry(name).or_insert(severity);
        }
        self
    }

    /// Which fields of exports hold what.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether an editor shows behind each supported mention which source supports it.
    #[must_use]
    pub fn inlay_hints(&self) -> bool {
        self.inlay_hints
    }

    /// Whether an editor marks what is supported and what is open.
    #[must_use]
    pub fn semantic_tokens(&self) -> bool {
        self.semantic_tokens
    }

    /// The day before which sources of a draft are too old, given when it was published and what it says itself.
    #[must_use]
    pub fn since(&self, draft: &Meta) -> Option<Date> {
        let days = draft.window.or(self.window)?;
        draft.published?.checked_sub(Span::new().try_days(days).ok()?).ok()
    }

    /// How loudly a finding of this code is shown; `None` if not at all.
    #[must_use]
    pub fn severity(&self, code: Code) -> Option<Severity> {
        let label = match code {
            Code::SourcesConflict => Label::Conflicting,
            Code::NoEvidence => Label::NotEnoughInfo,
            _ => Label::Refuted,
        };
        let set = self.severity.get(code.name()).or_else(|| self.severity.get(label_name(label)));
        set.copied().unwrap_or_else(|| Some(code.severity()))
    }
}

fn fields(written: &FieldNames) -> Result<Fields, String> {
    let names = |key: &str, names: &Names| {
        let names = match names {
            Names::One(name) => vec![name.clone()],
            Names::Several(names) => names.clone(),
        };
        if names.iter().any(|name| name.trim().is_empty()) { Err(format!("fields: {key}: a name is empty")) } else { Ok(names) }
    };
    Ok(Fields {
        title: names("title", &written.title)?,
        text: names("text", &written.text)?,
        date: names("date", &written.date)?,
        author: names("author", &written.author)?,
        outlet: names("outlet", &written.outlet)?,
        url: names("url", &written.url)?,
    })
}

fn label_name(label: Label) -> &'static str {
    match label {
        Label::Supported => "supported",
        Label::Refuted => "refuted",
        Label::Conflicting => "conflicting",
        Label::NotEnoughInfo => "not-enough-info",
    }
}

fn severity_of(level: Level) -> Option<Severity> {
    match level {
        Level::Error => Some(Severity::Error),
        Level::Warning => Some(Severity::Warning),
        Level::Information => Some(Severity::Information),
        Level::Hint => Some(Severity::Hint),
        Level::Off => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, String> {
        Settings::new(&toml::from_str(text).map_err(|e: toml::de::Error| e.message().to_owned())?)
    }

    #[test]
    fn severities() {
        let s = settings("[severity]\nrefuted = 'error'\ndate-mismatch = 'off'").unwrap();
        assert_eq!(s.severity(Code::NameMismatch), Some(Severity::Error));
        assert_eq!(s.severity(Code::DateMismatch), None);
        assert_eq!(s.severity(Code::NoEvidence), Some(Severity::Hint));
        assert_eq!(Settings::default().severity(Code::AlteredQuotation), Some(Severity::Error));
    }

    #[test]
    fn fields_of_exports() {
        let s = settings("[fields]\ntitle = 'headline'\ntext = ['lead', 'content.body']").unwrap();
        assert_eq!(s.fields().title, ["headline"]);
        assert_eq!(s.fields().text, ["lead", "content.body"]);
        assert_eq!(Settings::default().fields(), &Fields::default());
    }

    #[test]
    fn what_is_shown_within_the_lines() {
        assert!(!Settings::default().inlay_hints() && !Settings::default().semantic_tokens());
        let s = settings("inlayHints = true\nsemanticTokens = true").unwrap();
        assert!(s.inlay_hints() && s.semantic_tokens());
    }

    #[test]
    fn mistakes() {
        assert!(settings("[fields]\nbody = 'x'").unwrap_err().contains("`body`"));
        assert!(settings("[fields]\ntext = 3").unwrap_err().contains("the name of a field, or a list of names"));
        assert!(settings("[fields]\ntext = ['']").unwrap_err().contains("text: a name is empty"));
        assert!(settings("[severity]\nnumbers = 'error'").unwrap_err().contains("`numbers`"));
        assert!(settings("[severity]\nrefuted = 'loud'").unwrap_err().contains("loud"));
        assert!(settings("source = ['x']").unwrap_err().contains("source"));
    }
}
