//! Edits in quick succession.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

/// Sends 400 edits without waiting for anything, hovers between them, to a client with these manners. They build a text letter by
/// letter, from its middle outwards, so that one edit out of order spoils it.
fn burst(manners: Manners) {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), manners);
    let text = format!("{DRAFT}{}{DRAFT}", "👩 Nothing. ".repeat(23));
    let text: Vec<char> = text.chars().collect();
    let middle = text.len() / 2;
    assert!(text.len() >= 400);
    client.open(&uri, "markdown", "");
    let (mut left, mut right, mut version) = (middle, middle, 1);
    let mut hovers = Vec::new();
    let mut built = String::new();
    while left > 0 || right < text.len() {
        let (at, c) = if version % 2 == 0 && left > 0 || right == text.len() {
            left -= 1;
            (0, text[left])
        } else {
            right += 1;
            (built.len(), text[right - 1])
        };
        let before = &built[..at];
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let place = json!({"line": line, "character": column});
        version += 1;
        client.change(&uri, version, json!([{"range": {"start": place, "end": place}, "text": c.to_string()}]));
        built.insert(at, c);
        if version % 7 == 0 {
            hovers.push(
                client.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 15}})),
            );
        }
    }
    assert_eq!(built, text.iter().collect::<String>());

    let diagnostics = client.diagnostics(&uri, version);
    let places: Vec<&Value> = diagnostics.iter().filter(|d| d["severity"] == 2).map(|d| &d["range"]["start"]).collect();
    let last = built.rfind("104").unwrap();
    let line_start = built[..last].rfind('\n').unwrap() + 1;
    let column = built[line_start..last].encode_utf16().count();
    assert_eq!(places, [&json!({"line": 0, "character": 15}), &json!({"line": 1, "character": column})], "{diagnostics:#?}");
    for id in hovers {
        client.answer(id);
    }
    assert_ne!(client.hover(&uri, 1, column as u32), Value::Null);
    if manners == Manners::Late {
        assert!(client.answer_late() > 0);
    }
    // No set of an older version comes after.
    client.idle(Duration::from_millis(200));
    let versions: Vec<i64> = client.seen.iter().filter_map(|m| m["params"]["version"].as_i64()).collect();
    assert!(versions.is_sorted() && versions.iter().all(|v| *v <= version), "{versions:?}");
    assert!(client.finish().success());
}

#[test]
fn a_client_that_answers() {
    burst(Manners::Prompt);
}

#[test]
fn a_client_that_answers_late() {
    burst(Manners::Late);
}

#[test]
fn a_client_that_never_answers() {
    burst(Manners::Never);
}

#[test]
fn several_changes_in_one_message() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", "Nothing.\n");
    assert!(client.diagnostics(&uri, 1).is_empty());
    let place = |character: usize| json!({"line": 0, "character": character});
    let at = DRAFT.find("104").unwrap();
    client.change(
        &uri,
        2,
        json!([
            {"text": DRAFT.replace("104", "")},
            {"range": {"start": place(at), "end": place(at)}, "text": "14"},
            {"range": {"start": place(at + 1), "end": place(at + 2)}, "text": "04"},
        ]),
    );
    let diagnostics = client.diagnostics(&uri, 2);
    assert!(diagnostics.iter().any(|d| d["severity"] == 2 && d["range"]["start"] == place(at)), "{diagnostics:#?}");
    assert!(client.finish().success());
}

#[test]
fn every_version_is_published_even_if_nothing_changed() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let first = client.diagnostics(&uri, 1);
    client.change(&uri, 2, json!([]));
    assert_eq!(client.diagnostics(&uri, 2), first);
    assert!(client.finish().success());
}
