//! What is shown above and beside what is being written.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    ARTICLE, DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

#[test]
fn in_the_words_of_the_sources() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    client.diagnostics(&uri, 1);
    let end = json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}});
    client.change(&uri, 2, json!([{"range": end, "text": "👩 In all 14"}]));
    let list = client.at("textDocument/completion", &uri, 1, 11);
    assert_eq!(list["isIncomplete"], false);
    let item = &list["items"][0];
    let edit = json!({"range": {"start": {"line": 1, "character": 10}, "end": {"line": 1, "character": 12}},
        "newText": "140 fishing boats"});
    // A place past the last character is the last one.
    assert_eq!(client.at("textDocument/completion", &uri, 1, 99)["items"][0]["textEdit"], edit);
    assert_ne!(item["textEdit"], edit);
    assert_eq!((&item["filterText"], &item["label"]), (&json!("140 fishing boats"), &json!("140 fishing boats")));
    assert_eq!(item["detail"], "Storm closes harbour");
    assert_eq!(item["documentation"], json!({"kind": "plaintext", "value": ARTICLE.lines().nth(2).unwrap()}));
    assert!(client.finish().success());
}

#[test]
fn while_a_check_is_under_way() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    let long = DRAFT.repeat(200);
    client.open(&uri, "markdown", &format!("Or\n{long}"));
    client.diagnostics(&uri, 1);
    client.at("textDocument/completion", &uri, 0, 2);
    let end = json!({"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 2}});
    client.change(&uri, 2, json!([{"range": end, "text": "o"}]));
    let start = Instant::now();
    let list = client.at("textDocument/completion", &uri, 0, 2);
    assert_eq!(list["items"][0]["textEdit"]["newText"], "Oro");
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    assert!(client.finish().success());
}

#[test]
fn above_the_sections() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &format!("{DRAFT}\n# Oro\n\n{}", DRAFT.replace("104", "140")));
    let lenses = client.of("textDocument/codeLens", &uri);
    let lines: Vec<&Value> = lenses.as_array().unwrap().iter().map(|l| &l["range"]["start"]["line"]).collect();
    assert_eq!(lines, [0, 2]);
    let titles: Vec<&str> = lenses.as_array().unwrap().iter().map(|l| l["command"]["title"].as_str().unwrap()).collect();
    assert!(titles[0].contains("1 contradicted") && !titles[1].contains("contradicted"), "{titles:?}");
    assert!(client.finish().success());
}

#[test]
fn within_the_lines_where_that_is_switched_on() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let whole = json!({"textDocument": {"uri": uri},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}});
    assert_eq!(client.request("textDocument/inlayHint", whole.clone()), Value::Null);
    assert_eq!(client.of("textDocument/semanticTokens/full", &uri), Value::Null);
    client.idle(Duration::from_millis(200));
    client.seen.clear();

    // In the editor's settings, of which it is asked again.
    client.settings = json!({"inlayHints": true});
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    client.wait("to be told", |m| m["method"] == "workspace/inlayHint/refresh");
    let hints = client.request("textDocument/inlayHint", whole.clone());
    let oro = DRAFT.find("Oro").unwrap() + 3;
    let hint = hints.as_array().unwrap().iter().find(|h| h["position"] == json!({"line": 0, "character": oro}));
    assert_eq!(hint.unwrap()["label"], "✓ harbour.txt", "{hints}");
    assert_eq!(client.of("textDocument/semanticTokens/full", &uri), Value::Null);

    // In the settings that lie with the draft.
    std::fs::write(top.join("copydesk.toml"), "semanticTokens = true").unwrap();
    client.change(&uri, 2, json!([{"text": DRAFT}]));
    let data = client.of("textDocument/semanticTokens/full", &uri);
    assert!(data["data"].as_array().unwrap().len() >= 5, "{data}");
    assert!(client.finish().success());
}

#[test]
fn asked_for_and_not_sent() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let params = json!({"processId": null, "rootUri": file_uri(&top), "capabilities": modern(),
        "initializationOptions": {"pullDiagnostics": true}});
    let (mut client, answer) = Client::start_with(params, Manners::Prompt);
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    client.open(&uri, "markdown", DRAFT);
    let full = client.of("textDocument/diagnostic", &uri);
    assert_eq!((&full["kind"], &full["items"][0]["code"]), (&json!("full"), &json!("quantity-mismatch")), "{full}");
    let id = &full["resultId"];
    let again = |client: &mut Client, id: &Value| {
        client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}, "previousResultId": id}))
    };
    assert_eq!(again(&mut client, id), json!({"kind": "unchanged", "resultId": id}));
    let known = |id: &Value| json!({"previousResultIds": [{"uri": uri, "value": id}]});
    let all = client.request("workspace/diagnostic", known(id));
    assert_eq!(all, json!({"items": [{"kind": "unchanged", "uri": uri, "version": 1, "resultId": id}]}));
    // Another source, another answer.
    client.idle(Duration::from_millis(200));
    client.seen.clear();
    std::fs::write(top.join("sources/harbour.txt"), ARTICLE.replace("140", "104")).unwrap();
    client.wait("to be told", |m| m["method"] == "workspace/diagnostic/refresh");
    let new = again(&mut client, id);
    assert!(new["items"].as_array().unwrap().iter().all(|d| d["severity"] != 2), "{new}");
    assert_eq!(client.request("workspace/diagnostic", known(id))["items"][0]["kind"], "full");
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(again(&mut client, id), json!({"kind": "full", "items": []}));
    assert!(client.seen.iter().all(|m| m["method"] != "textDocument/publishDiagnostics"), "{:#?}", client.seen);
    assert!(client.finish().success());
}
