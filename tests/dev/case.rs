//! A labelled draft, as `tests/gold/README.md` describes its form.

use std::{fs, ops::Range, path::Path};

use copydesk::ide::Format;
use serde_json::Value;

/// A draft with its sources and with what is known of it.
pub(crate) struct Case {
    /// Its name.
    pub(crate) id: String,
    /// The text.
    pub(crate) draft: String,
    /// When it was published, ISO 8601.
    pub(crate) date: Option<String>,
    /// How it is marked up.
    pub(crate) format: Format,
    /// What it is held against.
    pub(crate) sources: Vec<Article>,
    /// The spans of which something is known.
    pub(crate) labels: Vec<Label>,
    /// Whether it has an error.
    pub(crate) unfaithful: bool,
}

/// A source.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Article {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) date: Option<String>,
    /// How it is marked up, as editors call it.
    pub(crate) language: Option<String>,
}

/// What is known of a span of a draft.
pub(crate) struct Label {
    /// Where, in bytes of the draft.
    pub(crate) span: Range<usize>,
    /// What the sources say of it.
    pub(crate) truth: Truth,
    /// Whether it is this span that is wrong: of several edits it may be another.
    pub(crate) certain: bool,
    /// What it holds: number, date, name, quote, other.
    pub(crate) kinds: Vec<String>,
    /// What the draft should say.
    pub(crate) was: Option<String>,
}

/// What the sources say of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    /// They agree.
    Supported,
    /// They say otherwise.
    Contradicted,
    /// They do not say so.
    Unsupported,
}

/// The cases of a file, or of all in a folder, in the order of their names.
pub(crate) fn load(path: &Path) -> Vec<Case> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
        files.sort();
    }
    let text: String = files.iter().map(|f| fs::read_to_string(f).unwrap()).collect();
    text.lines().map(|line| Case::new(&serde_json::from_str(line).expect("cases are JSON lines"))).collect()
}

impl Case {
    fn new(json: &Value) -> Self {
        let draft = text(&json["draft"]);
        // From scalars to bytes.
        let at: Vec<usize> = draft.char_indices().map(|(i, _)| i).chain([draft.len()]).collect();
        let labels = list(&json["labels"]).iter().map(|l| {
            let offset = |key: &str| at[usize::try_from(l[key].as_u64().unwrap()).unwrap()];
            let span = offset("start")..offset("end");
            assert_eq!(draft[span.clone()], l["text"], "{}", json["id"]);
            let truth = match l["verdict"].as_str() {
                Some("supported") => Truth::Supported,
                Some("contradicted") => Truth::Contradicted,
                Some("unsupported") => Truth::Unsupported,
                other => panic!("{}: the verdict {other:?}", json["id"]),
            };
            let certain = l["certain"].as_bool().unwrap_or(true);
            let was = l["was"].as_str().filter(|w| !w.is_empty()).map(str::to_owned);
            Label { span, truth, certain, kinds: list(&l["kinds"]).iter().map(text).collect(), was }
        });
        let labels = labels.collect();
        let article = |s: &Value| Article {
            title: text(&s["title"]),
            text: text(&s["text"]),
            date: date(s),
            language: s["language"].as_str().map(str::to_owned),
        };
        Self {
            id: text(&json["id"]),
            labels,
            date: date(json),
            format: format(json),
            sources: list(&json["sources"]).iter().map(article).collect(),
            unfaithful: json["doc_label"] == "unfaithful",
            draft,
        }
    }
}

fn text(json: &Value) -> String {
    json.as_str().unwrap().to_owned()
}

fn list(json: &Value) -> &[Value] {
    json.as_array().unwrap()
}

fn date(json: &Value) -> Option<String> {
    json["date"].as_str().map(str::to_owned)
}

fn format(json: &Value) -> Format {
    named(json["language"].as_str())
}

/// A format by the name that editors have for it; plain text without one.
pub(crate) fn named(language: Option<&str>) -> Format {
    language.map_or(Format::Plain, |name| Format::of_language(name).expect("a language that editors know"))
}
