//! Where the sources are, and what happens when they change.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    ARTICLE, DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

fn shown(client: &mut Client) -> String {
    client.wait("a message", |m| m["method"] == "window/showMessage")["params"]["message"].as_str().unwrap().to_owned()
}

fn warnings(diagnostics: &[Value]) -> usize {
    diagnostics.iter().filter(|d| d["severity"] == 2).count()
}

#[test]
fn that_change_on_disk() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    fs::write(top.join("sources/harbour.txt"), ARTICLE.replace("140", "104")).unwrap();
    while warnings(&client.diagnostics(&uri, 1)) > 0 {}
    fs::write(top.join("sources/harbour.txt"), ARTICLE).unwrap();
    while warnings(&client.diagnostics(&uri, 1)) == 0 {}
    assert!(client.finish().success());
}

#[test]
fn that_change_touch_only_what_they_are_of() {
    let (_dir, top) = desk();
    fs::write(top.join("sources/bridge.txt"), "The bridge at Oro was closed to traffic for 12 days, the city said.").unwrap();
    let (storm, bridge) = (file_uri(&top.join("draft.md")), file_uri(&top.join("bridge.md")));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&storm, "markdown", DRAFT);
    client.open(&bridge, "markdown", "The bridge at Oro was closed to traffic for 21 days, the city said.\n");
    assert_eq!(warnings(&client.diagnostics(&storm, 1)), 1);
    assert_eq!(warnings(&client.diagnostics(&bridge, 1)), 1);
    client.idle(Duration::from_millis(300));
    client.seen.clear();
    let start = Instant::now();
    fs::write(top.join("sources/bridge.txt"), "The bridge at Oro was closed to traffic for 21 days, the city said.").unwrap();
    while warnings(&client.diagnostics(&bridge, 1)) > 0 {}
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    client.idle(Duration::from_millis(700));
    let again =
        client.seen.iter().any(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == storm.as_str());
    assert!(!again, "the other draft was published again");
    // A moved source is the same source, a deleted one is none.
    fs::rename(top.join("sources/harbour.txt"), top.join("sources/port.txt")).unwrap();
    while !client.diagnostics(&storm, 1)[0]["message"].to_string().contains("140") {}
    fs::remove_file(top.join("sources/port.txt")).unwrap();
    while warnings(&client.diagnostics(&storm, 1)) > 0 {}
    assert!(client.finish().success());
}

#[test]
fn many_are_read_with_progress() {
    let (_dir, top) = desk();
    for i in 0..1_200 {
        fs::write(top.join(format!("sources/{i}.txt")), format!("In town number {i} it rained for {} hours on Monday.", i % 23))
            .unwrap();
    }
    let uri = file_uri(&top.join("draft.md"));
    let mut capabilities = modern();
    capabilities["window"] = json!({"workDoneProgress": true});
    let mut client = Client::start(Some(&top), &capabilities, Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    let mut step = |kind: &str| {
        let found = client.wait(kind, |m| m["method"] == "$/progress" && m["params"]["value"]["kind"] == kind);
        found["params"].clone()
    };
    let begin = step("begin");
    assert_eq!(begin["value"]["title"], "copydesk: reading sources");
    assert_eq!(step("report")["token"], begin["token"]);
    assert_eq!(step("end")["token"], begin["token"]);
    assert!(client.finish().success());
}

#[test]
fn that_are_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let top = fs::canonicalize(dir.path()).unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert!(client.diagnostics(&uri, 1).is_empty());
    assert!(shown(&mut client).contains("draft.md has no sources"));
    assert_eq!(client.hover(&uri, 0, 16), Value::Null);
    // Once is enough.
    client.change(&uri, 2, json!([{"text": DRAFT}]));
    assert!(client.diagnostics(&uri, 2).is_empty());
    client.change(&uri, 3, json!([{"text": DRAFT}]));
    assert!(client.diagnostics(&uri, 3).is_empty());
    assert!(!client.seen.iter().any(|m| m["method"] == "window/showMessage"), "{:#?}", client.seen);
    // And when they come, they are found.
    fs::create_dir(top.join("sources")).unwrap();
    fs::write(top.join("sources/harbour.txt"), ARTICLE).unwrap();
    while warnings(&client.diagnostics(&uri, 3)) == 0 {}
    assert!(client.finish().success());
}

#[test]
fn that_the_draft_names() {
    let (_dir, top) = desk();
    fs::rename(top.join("sources"), top.join("wires")).unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &format!("---\nsources: wires\n---\n\n{DRAFT}"));
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    assert!(client.finish().success());
}

#[test]
fn that_the_settings_name() {
    let (_dir, top) = desk();
    fs::rename(top.join("sources"), top.join("wires")).unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut capabilities = modern();
    capabilities["workspace"]["configuration"] = json!(false);
    let params = json!({"processId": null, "rootUri": file_uri(&top), "capabilities": capabilities,
        "initializationOptions": {"sources": ["wires"]}});
    let (mut client, _) = Client::start_with(params, Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"sources": ["nowhere"]}}}));
    assert!(client.diagnostics(&uri, 1).is_empty());
    assert!(shown(&mut client).contains("nowhere"));
    assert!(client.finish().success());
}

#[test]
fn a_draft_is_no_source_of_its_own() {
    let (_dir, top) = desk();
    let path = top.join("sources/draft.md");
    // It lies among them, and says so.
    let draft = format!("---\nsources: .\n---\n\n{DRAFT}");
    fs::write(&path, &draft).unwrap();
    let uri = file_uri(&path);
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &draft);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    assert!(client.finish().success());
}

#[test]
fn a_draft_without_a_file() {
    let (_dir, top) = desk();
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open("untitled:Untitled-1", "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics("untitled:Untitled-1", 1)), 1);
    assert!(client.finish().success());
}

#[test]
fn that_cannot_be_read() {
    let (_dir, top) = desk();
    fs::write(top.join("sources/page.rtf"), "x").unwrap();
    fs::write(top.join("sources/empty.txt"), "").unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    let log = client.wait("a line in the log", |m| m["method"] == "window/logMessage");
    assert_eq!(log["params"]["type"], 2);
    assert!(log["params"]["message"].as_str().unwrap().contains("empty.txt"), "{log}");
    assert!(client.finish().success());
}

#[test]
fn settings_that_are_wrong() {
    let (_dir, top) = desk();
    fs::write(top.join("copydesk.toml"), "[severity]\nnumbers = 'error'\n").unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(warnings(&client.diagnostics(&uri, 1)), 1);
    assert!(shown(&mut client).contains("`numbers`"));
    // Once they are right they hold.
    fs::write(top.join("copydesk.toml"), "[severity]\nrefuted = 'error'\n").unwrap();
    while client.diagnostics(&uri, 1).iter().all(|d| d["severity"] != 1) {}
    assert!(client.finish().success());
}
