//! SARIF 2.1.0, the OASIS standard for results of static analysis: one run over all drafts.
//!
//! What stands in a message may be taken for a link or a placeholder (3.11.5, 3.11.6), so text from outside is disarmed there; the sources'
//! own words are in snippets, where nothing is taken for anything, verbatim.

use serde::Serialize;

use super::{
    Entry, Run, Told,
    text::{notes, plain},
};
use crate::{
    ide::{self, Accepted, Code, Severity, SignOff, Span, Stance, elsewhere, quote},
    text::{LineIndex, PositionEncoding},
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Analysis; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Analysis {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

/// A result; `Result` is another thing in Rust.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    rank: f32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    /// Empty says that nobody lets it stand.
    suppressions: Vec<Suppression>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
    physical_location: Place,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "copydeskClaim/v1")]
    claim: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

/// A whole run as one log, indented. What is accepted is among the results, as suppressed; with `all` also what the sources do not speak of.
#[must_use]
pub fn report(run: &Run, all: bool) -> String {
    let results = run.drafts.iter().flat_map(|entry| {
        let lines = LineIndex::new(&entry.checked.draft.prose.document.text);
        let mut seen: Vec<String> = Vec::new();
        let result = |told: Told| result(entry, &lines, &told, &mut seen);
        entry.told(all).map(result).collect::<Vec<_>>()
    });
    let problems = run.drafts.iter().flat_map(|e| e.checked.problems.iter().map(move |p| format!("{}: {}", e.path, p.message)));
    let notification = |note: String| Notification { level: "warning", message: message(&note) };
    let version = env!("CARGO_PKG_VERSION");
    let driver =
        Driver { name: "copydesk", version, semantic_version: version, rules: Code::ALL.into_iter().map(rule).collect() };
    let analysis = Analysis {
        tool: Tool { driver },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: problems.chain(notes(run.problems)).map(notification).collect(),
        }],
        column_kind: "utf16CodeUnits",
        results: results.collect(),
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [analysis] };
    serde_json::to_string_pretty(&log).expect("strings and numbers alone") + "\n"
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.name(),
        short_description: message(code.summary()),
        help: Help { text: code.page(), markdown: code.page() },
        default_configuration: Configuration { level: level(code.severity()) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

fn result(entry: &Entry, lines: &LineIndex, told: &Told, seen: &mut Vec<String>) -> Outcome {
    let Told { index, verdict, code, severity, signed } = *told;
    let text = &*entry.checked.draft.prose.document.text;
    let draft = Artifact { uri: uri(&entry.path) };
    let span = verdict.span(&entry.checked.draft);
    let location = |id, words: Option<Message>, span| Location {
        id,
        message: words,
        physical_location: Place { artifact_location: draft.clone(), region: Some(region(text, lines, span, true)) },
    };
    let mut related: Vec<Location> = Vec::new();
    related.extend(elsewhere(&entry.checked, verdict).map(|other| location(Some(1), Some(message("this draft")), other.span)));
    for finding in &verdict.findings {
        let id = related.len() + 1;
        related.push(source(id, finding));
    }
    let fix = |(span, new): &(Span, String)| Fix {
        description: message(&format!("Replace “{}” with “{new}”", span.of(text))),
        artifact_changes: [Change {
            artifact_location: draft.clone(),
            replacements: [Replacement {
                deleted_region: region(text, lines, *span, false),
                inserted_content: Message { text: new.clone() },
            }],
        }],
    };
    let suppression = |by: &SignOff| Suppression { kind: "external", status: "accepted", justification: ide::accepted(by) };
    Outcome {
        rule_id: code.name(),
        rule_index: Code::ALL.iter().position(|c| *c == code).unwrap_or(0),
        level: level(severity),
        message: message(verdict.message.as_deref().unwrap_or(code.summary())),
        locations: [location(None, None, span)],
        related_locations: related,
        partial_fingerprints: Fingerprints { claim: fingerprint(entry, index, seen) },
        rank: (verdict.confidence * 1000.0).round() / 10.0,
        fixes: verdict.fix.iter().map(fix).collect(),
        suppressions: signed.into_iter().map(suppression).collect(),
    }
}

/// The sentence of a source; of a text that was taken out of a file of another format only the file is named.
fn source(id: usize, finding: &ide::Finding) -> Location {
    let supports = finding.stance == Stance::Supports;
    let quote = quote(&finding.source, finding.quote, finding.counterpart, supports);
    let text = &finding.source.reading.prose.document.text;
    let mut words = String::from(if supports { "agrees" } else { "differs" });
    for part in [&quote.title, &quote.outlet, &quote.published].into_iter().flatten() {
        words = format!("{words}, {part}");
    }
    let region = quote.line.map(|_| region(text, &LineIndex::new(text), finding.quote, true));
    if region.is_none() {
        words = format!("{words}: {}", quote.parts.concat());
    }
    Location {
        id: Some(id),
        message: Some(message(&words)),
        physical_location: Place { artifact_location: Artifact { uri: uri(&finding.source.location) }, region },
    }
}

/// A place, counted from one.
fn region(text: &str, lines: &LineIndex, span: Span, shown: bool) -> Region {
    let [start, end] = [span.start, span.end].map(|at| lines.line_col(text, at, PositionEncoding::Utf16));
    Region {
        start_line: start.line + 1,
        start_column: start.col + 1,
        end_line: end.line + 1,
        end_column: end.col + 1,
        snippet: shown.then(|| Message { text: span.of(text).to_owned() }),
    }
}

/// Stays the same whatever is edited elsewhere: made of the code, the words and their sentence; of two alike the second is told apart.
fn fingerprint(entry: &Entry, verdict: usize, seen: &mut Vec<String>) -> String {
    let Accepted { text, sentence, code, .. } = Accepted::of(&entry.checked, verdict, SignOff::default()).unwrap_or_default();
    let claim = [code.unwrap_or_default(), text, sentence].join("\0");
    let before = seen.iter().filter(|other| **other == claim).count();
    let hash = blake3::hash(format!("{claim}\0{before}").as_bytes());
    seen.push(claim);
    hash.to_hex()[..32].to_owned()
}

/// Text as a message in which nothing is a link or a placeholder.
fn message(text: &str) -> Message {
    Message { text: plain(text).replace('{', "{{").replace('}', "}}").replace("](", "] (") }
}

/// A path as a reference to a file: relative as it is, else with its scheme.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    let mut out = String::from(match path.as_bytes() {
        [b'/', b'/', ..] => "file:",
        [b'/', ..] => "file://",
        _ if has_drive => "file:///",
        _ => "",
    });
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b':' if has_drive && at == 1 => out.push(':'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/ü:1.md"), "a%20b/%C3%BC%3A1.md");
        assert_eq!(uri("/news/feed.xml#2"), "file:///news/feed.xml%232");
        assert_eq!(uri(r"C:\news\a.md"), "file:///C:/news/a.md");
    }

    #[test]
    fn a_message_is_no_link_and_no_placeholder() {
        assert_eq!(message("[x](https://e.test) {0}\u{1b}").text, "[x] (https://e.test) {{0}}?");
    }
}
