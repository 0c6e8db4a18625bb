//! The settings as they are used.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use url::Url;

use super::{ArchiveFields, ArchiveOptions, EditorOptions, FieldNames, Level, Names, Options, Sends};
use crate::{
    corpus::{
        engine::{self, Engine, Node},
        extract::Fields,
    },
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
    archive: Option<Engine>,
    archive_window: Option<u32>,
}

/// How many seconds an archive's answer may take, unless the settings say.
const TIMEOUT: u32 = 10;

/// How many seconds it may take while it is filled.
const LOADING: u32 = 60;

impl Settings {
    /// Checks what was written.
    ///
    /// # Errors
    /// If a key of `severity` is neither a code nor a label, if the name of a field is empty, or if an address is none.
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
            archive: options.archive.as_ref().map(archive).transpose().map_err(|why| format!("archive: {why}"))?,
            archive_window: options.archive.as_ref().and_then(|archive| archive.window),
        })
    }

    /// The archive that is asked beside the sources.
    #[must_use]
    pub fn archive(&self) -> Option<&Engine> {
        self.archive.as_ref()
    }

    /// The same, for what its user has allowed it.
    pub(super) fn archive_mut(&mut self) -> Option<&mut Engine> {
        self.archive.as_mut()
    }

    /// The day before which articles of the archive are too old, as [`since`](Self::since) has it for sources.
    #[must_use]
    pub fn archive_since(&self, draft: &Meta) -> Option<Date> {
        Self { window: self.archive_window.or(self.window), ..Self::default() }.since(draft)
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
    Ok(Fields {
        title: names("title", &written.title)?,
        text: names("text", &written.text)?,
        date: names("date", &written.date)?,
        author: names("author", &written.author)?,
        outlet: names("outlet", &written.outlet)?,
        url: names("url", &written.url)?,
    })
}

/// The index at an address that ends with its name, as a writer gives it who wants to fill it.
///
/// # Errors
/// If it is no such address.
pub fn index_at(written: &str) -> Result<Engine, String> {
    let told = |why: &str| format!("{why}; what is wanted is the address of an index, as in http://localhost:9200/wire");
    let mut url = Url::parse(written.trim()).map_err(|error| told(&error.to_string()))?;
    let path = url.path().trim_end_matches('/').to_owned();
    let (before, index) = path.rsplit_once('/').ok_or_else(|| told("it names no index"))?;
    url.set_path(before);
    let (nodes, fields) = (Vec::new(), ArchiveFields::default());
    let options = ArchiveOptions {
        url: url.into(),
        nodes,
        index: index.to_owned(),
        window: None,
        timeout: Some(LOADING),
        sends: Sends::default(),
        fields,
    };
    archive(&options).map_err(|why| told(&why))
}

fn archive(written: &ArchiveOptions) -> Result<Engine, String> {
    let mut nodes = Vec::new();
    for (key, url) in [("url", &written.url)].into_iter().chain(written.nodes.iter().map(|node| ("nodes", node))) {
        nodes.push(Node { url: address(url).map_err(|why| format!("{key}: `{url}`: {why}"))?, auth: None, certificates: None });
    }
    let index = written.index.trim().to_owned();
    // Nothing that would lead to another path of the engine.
    let is_plain = |c: char| c.is_alphanumeric() || "-_.*,:".contains(c);
    if index.is_empty() || index.starts_with(['_', '-', '.']) || !index.chars().all(is_plain) {
        return Err(format!("index: `{}` is no name of an index", written.index));
    }
    let timeout = written.timeout.unwrap_or(TIMEOUT);
    if !(1..=120).contains(&timeout) {
        return Err("timeout: 1 to 120 seconds".into());
    }
    let ArchiveFields { id, title, text, date, author, outlet, url } = written.fields.clone();
    let id = names("id", &id)?;
    let fields = fields(&FieldNames { title, text, date, author, outlet, url })?;
    let sends = match written.sends {
        Sends::Words => engine::Sends::Words,
        Sends::Names => engine::Sends::Names,
    };
    Ok(Engine { nodes, index, fields, id, timeout, sends, refused: None })
}

/// The address of a node, without a slash at its end.
fn address(written: &str) -> Result<String, String> {
    let url = Url::parse(written.trim()).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http and https are spoken".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user or a password has no place in it".into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it ends before `?` and `#`".into());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The names of fields of the setting `key`.
fn names(key: &str, names: &Names) -> Result<Vec<String>, String> {
    let names = match names {
        Names::One(name) => vec![name.clone()],
        Names::Several(names) => names.clone(),
    };
    if names.iter().any(|name| name.trim().is_empty()) { Err(format!("fields: {key}: a name is empty")) } else { Ok(names) }
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
    fn an_index_by_its_address() {
        let engine = index_at("http://localhost:9200/wire/").unwrap();
        assert_eq!((engine.nodes[0].url.as_str(), engine.index.as_str()), ("http://localhost:9200", "wire"));
        assert_eq!(index_at("http://q:7280/api/v1/_elastic/wire").unwrap().nodes[0].url, "http://q:7280/api/v1/_elastic");
        for wrong in ["wire", "http://localhost:9200", "localhost:9200/wire", "ftp://a/wire", "http://a/wire?x", ""] {
            assert!(index_at(wrong).unwrap_err().contains("as in http://localhost:9200/wire"), "{wrong}");
        }
    }

    #[test]
    fn an_archive() {
        let s =
            settings("[archive]\nurl = 'http://a:7280/api/v1/_elastic/'\nnodes = ['https://b']\nindex = 'wire-*'\nwindow = 9")
                .unwrap();
        let archive = s.archive().unwrap();
        let nodes: Vec<&str> = archive.nodes.iter().map(|node| node.url.as_str()).collect();
        assert_eq!(nodes, ["http://a:7280/api/v1/_elastic", "https://b"]);
        assert_eq!((archive.timeout, archive.sends), (TIMEOUT, engine::Sends::Words));
        let draft = Meta { published: Some(jiff::civil::date(2026, 3, 10)), ..Meta::default() };
        assert_eq!((s.since(&draft), s.archive_since(&draft)), (None, Some(jiff::civil::date(2026, 3, 1))));
        let wrong = |text: &str| settings(&format!("[archive]\nurl = 'http://a'\nindex = 'wire'\n{text}")).unwrap_err();
        assert!(wrong("auth = 'secret'").contains("`auth`"));
        assert!(wrong("timeout = 0").contains("timeout"));
        assert!(wrong("sends = 'all'").contains("`all`"));
        assert!(wrong("nodes = ['ftp://b']").contains("nodes: `ftp://b`: only http"));
        assert!(wrong("nodes = ['http://me:pw@b']").contains("password"));
        assert!(wrong("fields = {body = 'x'}").contains("`body`"));
        let index = |index: &str| settings(&format!("[archive]\nurl = 'http://a'\nindex = '{index}'")).unwrap_err();
        assert!(["", "_all", "a/_doc", "a?b", "a b"].iter().all(|name| index(name).contains("is no name of an index")));
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
