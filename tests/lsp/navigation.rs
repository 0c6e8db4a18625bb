//! From a draft to its sources and back, and what there is at a glance.

use serde_json::{Value, json};

use crate::{
    ARTICLE, DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

/// A range of one line.
fn range(line: u32, start: usize, end: usize) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

/// The range of some words of the article's one sentence.
fn of_article(words: &str) -> Value {
    let sentence = ARTICLE.lines().nth(2).unwrap();
    let at = sentence.find(words).unwrap();
    range(2, at, at + words.len())
}

#[test]
fn to_the_sources_and_back() {
    let (_dir, top) = desk();
    let (uri, article) = (file_uri(&top.join("draft.md")), file_uri(&top.join("sources/harbour.txt")));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let at = DRAFT.find("104").unwrap();
    let links = client.at("textDocument/definition", &uri, 0, at as u32);
    let link = &links[0];
    assert_eq!((links.as_array().unwrap().len(), &link["targetUri"]), (1, &json!(article)));
    assert_eq!(link["targetRange"], of_article(ARTICLE.lines().nth(2).unwrap()));
    assert_eq!(link["targetSelectionRange"], of_article("140"));
    assert_eq!(link["originSelectionRange"]["start"], json!({"line": 0, "character": at}));
    assert_eq!(client.at("textDocument/definition", &uri, 0, 0), Value::Null);

    let evidence = client.at("textDocument/references", &uri, 0, at as u32);
    assert_eq!(evidence, json!([{"uri": article, "range": link["targetRange"]}]));
    // In the source: who relies on this sentence.
    client.open(&article, "plaintext", ARTICLE);
    let relying = client.at("textDocument/references", &article, 2, 5);
    let starts: Vec<u64> =
        relying.as_array().unwrap().iter().map(|l| l["range"]["start"]["character"].as_u64().unwrap()).collect();
    assert!(relying.as_array().unwrap().iter().all(|l| l["uri"] == uri.as_str()) && starts.contains(&(at as u64)), "{relying}");
    assert_eq!(client.at("textDocument/references", &article, 0, 2), Value::Null);
    assert!(client.finish().success());
}

#[test]
fn at_a_glance() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &format!("# Storm\n\n{DRAFT}\nThe harbour of Oro is closed.\n"));
    let outline = client.of("textDocument/documentSymbol", &uri);
    let section = &outline[0];
    assert_eq!((&section["name"], &section["selectionRange"]), (&json!("Storm"), &range(0, 2, 7)));
    let mentions = section["children"][0]["children"].as_array().unwrap();
    let figure = mentions.iter().find(|m| m["name"].as_str().unwrap().starts_with("104")).unwrap();
    assert_eq!(figure["detail"], "contradicted by harbour.txt");

    let same = client.at("textDocument/documentHighlight", &uri, 2, DRAFT.find("Oro").unwrap() as u32);
    let lines: Vec<&Value> = same.as_array().unwrap().iter().map(|h| &h["range"]["start"]["line"]).collect();
    assert_eq!(lines, [2, 4], "{same}");

    let names = client.request("workspace/symbol", json!({"query": "oro"}));
    let oro = &names[0];
    assert_eq!((&oro["name"], &oro["containerName"]), (&json!("Oro"), &json!("harbour.txt")), "{names}");
    assert_eq!(oro["location"], json!({"uri": file_uri(&top.join("sources/harbour.txt")), "range": of_article("Oro")}));
    assert_eq!(client.request("workspace/symbol", json!({"query": "nowhere"})), Value::Null);
    assert!(client.finish().success());
}

#[test]
fn a_client_that_takes_little_gets_no_more() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let capabilities = json!({"textDocument": {"documentSymbol": {}}});
    let params = json!({"processId": null, "rootUri": file_uri(&top), "capabilities": capabilities});
    let (mut client, answer) = Client::start_with(params, Manners::Prompt);
    for provider in ["codeLensProvider", "inlayHintProvider", "semanticTokensProvider", "completionProvider"] {
        assert!(answer["capabilities"].get(provider).is_none(), "{provider}");
    }
    // Kate can go to definitions and says nothing of it.
    client.open(&uri, "markdown", DRAFT);
    let places = client.at("textDocument/definition", &uri, 0, DRAFT.find("104").unwrap() as u32);
    assert_eq!(places[0]["range"], of_article("140"));
    let outline = client.of("textDocument/documentSymbol", &uri);
    assert!(outline[0]["name"].as_str().unwrap().ends_with(": contradicted by harbour.txt"), "{outline}");
    assert!(client.finish().success());
}
