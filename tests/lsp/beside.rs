//! What is shown beside the text: how the draft stands, and a list of its claims.

use serde_json::{Value, json};

use crate::{
    DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

/// Waits until the server says that a draft stands so, and gives all that it says.
#[track_caller]
fn status(client: &mut Client, uri: &str, state: &str) -> Value {
    let is_it = |m: &Value| m["method"] == "copydesk/status" && m["params"]["uri"] == uri && m["params"]["state"] == state;
    client.wait(&format!("the status {state}"), is_it)["params"].clone()
}

fn claims(client: &mut Client, uri: &str) -> Value {
    client.request("workspace/executeCommand", json!({"command": "copydesk.claims", "arguments": [{"uri": uri}]}))
}

#[test]
fn how_a_draft_stands() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut capabilities = modern();
    capabilities["experimental"] = json!({"copydeskStatus": true});
    let mut client = Client::start(Some(&top), &capabilities, Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    assert_eq!(status(&mut client, &uri, "checking")["summary"], Value::Null);
    let ready = status(&mut client, &uri, "ready");
    assert_eq!((&ready["version"], &ready["sources"], &ready["message"]), (&json!(1), &json!(1), &Value::Null));
    assert_eq!((&ready["summary"]["refuted"], &ready["problems"]), (&json!(1), &json!([])));
    std::fs::remove_dir_all(top.join("sources")).unwrap();
    let without = status(&mut client, &uri, "no-sources");
    assert!(without["message"].as_str().unwrap().contains("has no sources"), "{without}");
    std::fs::write(top.join("copydesk.toml"), "severity = 3\n").unwrap();
    std::fs::create_dir(top.join("sources")).unwrap();
    std::fs::write(top.join("sources/a.txt"), "The storm sank 140 boats.\n").unwrap();
    let failed = status(&mut client, &uri, "failed");
    assert!(failed["message"].as_str().unwrap().contains("copydesk.toml"), "{failed}");
    std::fs::write(top.join("copydesk.toml"), "").unwrap();
    status(&mut client, &uri, "ready");
    assert!(client.finish().success());
}

#[test]
fn an_article_that_is_looked_at_is_no_draft() {
    let (_dir, top) = desk();
    std::fs::write(top.join("sources/other.txt"), DRAFT).unwrap();
    let uri = file_uri(&top.join("sources/other.txt"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "plaintext", DRAFT);
    assert!(client.diagnostics(&uri, 1).is_empty());
    assert!(client.seen.iter().all(|m| m["method"] != "window/showMessage"), "{:#?}", client.seen);
    assert!(client.finish().success());
}

#[test]
fn who_does_not_ask_is_not_told() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    client.diagnostics(&uri, 1);
    assert!(client.seen.iter().all(|m| m["method"] != "copydesk/status"));
    assert!(client.finish().success());
}

#[test]
fn the_claims_by_section() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &format!("{DRAFT}\n# Oro 👩\n\n👩 {}", DRAFT.replace("104", "140")));
    let found = claims(&mut client, &uri);
    assert_eq!((&found["version"], found["sections"].as_array().unwrap().len()), (&json!(1), 2));
    let (first, second) = (&found["sections"][0], &found["sections"][1]);
    assert_eq!((&first["title"], &second["title"]), (&json!(""), &json!("Oro 👩")));
    let of = |section: &Value, text: &str| {
        let mentions = section["mentions"].as_array().unwrap().iter();
        mentions.clone().find(|m| m["text"].as_str().unwrap().starts_with(text)).unwrap().clone()
    };
    let (wrong, right) = (of(first, "104"), of(second, "140"));
    assert_eq!(
        (&wrong["label"], &wrong["code"], &wrong["severity"]),
        (&json!("refuted"), &json!("quantity-mismatch"), &json!("warning"))
    );
    assert_eq!((&right["label"], &right["code"], &right["severity"]), (&json!("supported"), &Value::Null, &Value::Null));
    assert!(wrong["evidence"][0]["quote"].as_str().unwrap().contains("140"));
    assert_eq!(
        (&wrong["evidence"][0]["stance"], &wrong["evidence"][0]["range"]["start"]["line"]),
        (&json!("refutes"), &json!(2))
    );
    // The sign before it counts two.
    let columns = |m: &Value| m["range"]["start"]["character"].as_u64().unwrap();
    assert_eq!(columns(&right), columns(&wrong) + 3);
    let elsewhere = file_uri(&top.join("other.md"));
    assert_eq!(claims(&mut client, &elsewhere), Value::Null);
    assert!(client.finish().success());
}

#[test]
fn pages_on_the_draft_and_its_sources() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let page = |client: &mut Client, command: &str| {
        client.request("workspace/executeCommand", json!({"command": command, "arguments": [{"uri": uri}]}))
    };
    let report = page(&mut client, "copydesk.report");
    let report = report.as_str().unwrap();
    assert!(report.starts_with("<!DOCTYPE html>") && report.contains("140") && report.contains("draft.md"), "{report}");
    let facts = page(&mut client, "copydesk.facts");
    assert!(facts.as_str().unwrap().contains("<mark>140"), "{facts}");
    assert!(client.finish().success());
}
