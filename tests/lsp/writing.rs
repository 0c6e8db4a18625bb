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
