//! A session from the first word to the last.

use serde_json::{Value, json};

use crate::{
    ARTICLE, DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

/// Applies one edit of one line to a text without line breaks before it.
fn apply(text: &str, edit: &Value) -> String {
    let at = |end: &str| edit["range"][end]["character"].as_u64().unwrap() as usize;
    assert_eq!(edit["range"]["start"]["line"], 0);
    format!("{}{}{}", &text[..at("start")], edit["newText"].as_str().unwrap(), &text[at("end")..])
}

#[test]
fn from_a_warning_to_its_end() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);

    let diagnostics = client.diagnostics(&uri, 1);
    let warnings: Vec<Value> = diagnostics.into_iter().filter(|d| d["severity"] == 2).collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    let warning = &warnings[0];
    assert_eq!((&warning["source"], &warning["code"]), (&json!("copydesk"), &json!("quantity-mismatch")));
    let related = &warning["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], file_uri(&top.join("sources/harbour.txt")));
    assert_eq!(related["location"]["range"]["start"], json!({"line": 2, "character": 0}));
    assert!(related["message"].as_str().unwrap().contains(ARTICLE.lines().nth(2).unwrap()));

    let at = DRAFT.find("104").unwrap() as u32;
    let hover = client.hover(&uri, 0, at + 1);
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(shown.contains("Contradicted") && shown.replace("**", "").contains(ARTICLE.lines().nth(2).unwrap()), "{shown}");
    assert!(shown.contains("harbour.txt, line 3"), "{shown}");
    assert_eq!(client.hover(&uri, 0, 0), Value::Null);

    let actions = client.actions(&uri, &warning["range"], &warnings);
    let titles: Vec<&str> = actions.iter().map(|a| a["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Replace with “140”", "Accept “104”", "Accept “104” in a comment"]);
    assert_eq!(actions[0]["diagnostics"], json!(warnings));
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
    assert_eq!(warning["data"]["fix"]["edit"], change["edits"][0]);

    let edit = &change["edits"][0];
    assert_eq!(apply(DRAFT, edit), DRAFT.replace("104", "140"));
    client.change(&uri, 2, json!([{"range": edit["range"], "text": edit["newText"]}]));
    let left = client.diagnostics(&uri, 2);
    assert!(left.iter().all(|d| d["severity"] == 4), "{left:#?}");
    assert!(client.hover(&uri, 0, at)["contents"]["value"].as_str().unwrap().contains("Supported"));
    let actions = client.actions(&uri, &warning["range"], &[]);
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "Name the source in a footnote");

    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    let gone = client.wait("the diagnostics to go", |m| {
        m["method"] == "textDocument/publishDiagnostics" && m["params"].get("version").is_none()
    });
    assert_eq!(gone["params"], json!({"uri": uri, "diagnostics": []}));
    assert!(client.finish().success());
}

#[test]
fn what_changes_several_places_is_worked_out_when_it_is_chosen() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut capabilities = modern();
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    let mut client = Client::start(Some(&top), &capabilities, Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let warning = client.diagnostics(&uri, 1).into_iter().find(|d| d["severity"] == 2).unwrap();
    let actions = client.actions(&uri, &warning["range"], &[]);
    assert!(actions.iter().any(|a| a["title"] == "Replace with “140”" && a["edit"].is_object()), "{actions:?}");
    let oro = DRAFT.find("Oro").unwrap() as u32;
    let at = json!({"line": 0, "character": oro});
    let footnote = client.actions(&uri, &json!({"start": at, "end": at}), &[]).remove(0);
    assert!(footnote["edit"].is_null() && footnote["data"].is_object(), "{footnote}");
    let resolved = client.request("codeAction/resolve", footnote.clone());
    assert_eq!(resolved["edit"]["documentChanges"][0]["edits"].as_array().map(Vec::len), Some(2), "{resolved}");
    // What it would change has moved.
    let start = json!({"line": 0, "character": 0});
    client.change(&uri, 2, json!([{"range": {"start": start, "end": start}, "text": "Rain. "}]));
    assert!(client.request("codeAction/resolve", footnote)["edit"].is_null());
    assert!(client.finish().success());
}

#[test]
fn a_client_that_asks_for_all_the_draft_gets_the_fix_of_what_it_names() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let warning = client.diagnostics(&uri, 1).into_iter().find(|d| d["severity"] == 2).unwrap();
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": DRAFT.lines().count(), "character": 0}});
    let titles = |actions: Vec<Value>| actions.iter().map(|a| a["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    // It may carry out all that it is given.
    assert_eq!(titles(client.actions(&uri, &whole, std::slice::from_ref(&warning))), ["Replace with “140”"]);
    // One that shows a menu names nothing, or asks about a place.
    assert!(client.actions(&uri, &whole, &[]).len() > 1);
    assert!(client.actions(&uri, &warning["range"], std::slice::from_ref(&warning)).len() > 1);
    assert!(client.finish().success());
}

#[test]
fn what_is_accepted_stays_quiet_until_it_changes() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    let warnings = |client: &mut Client, version| -> Vec<Value> {
        client.diagnostics(&uri, version).into_iter().filter(|d| d["severity"] == 2).collect()
    };
    let warning = warnings(&mut client, 1).remove(0);
    let accept = client.actions(&uri, &warning["range"], &[]).remove(1);
    let command = &accept["command"];
    let mut arguments = command["arguments"].clone();
    arguments[0]["reason"] = json!("by phone");
    client.request("workspace/executeCommand", json!({"command": command["command"], "arguments": arguments}));
    assert!(warnings(&mut client, 1).is_empty());
    let ledger = std::fs::read_to_string(top.join("draft.stet.toml")).unwrap();
    assert!(ledger.contains("by phone") && ledger.contains("text = \"104\""), "{ledger}");
    let at = DRAFT.find("104").unwrap() as u32;
    let hover = client.hover(&uri, 0, at + 1);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("by phone"), "{hover}");

    // Elsewhere.
    let place = |character: usize| json!({"line": 0, "character": character});
    let end = DRAFT.trim_end().encode_utf16().count();
    client.change(&uri, 2, json!([{"range": {"start": place(end), "end": place(end)}, "text": " Rain fell."}]));
    assert!(warnings(&mut client, 2).is_empty());
    // Another figure.
    client.change(&uri, 3, json!([{"range": {"start": place(at as usize), "end": place(at as usize + 3)}, "text": "106"}]));
    assert_eq!(warnings(&mut client, 3).len(), 1);
    // A comment.
    let sentence_end = DRAFT.find(". ").map_or(end, |i| i + 1);
    client.change(
        &uri,
        4,
        json!([{"range": {"start": place(sentence_end), "end": place(sentence_end)}, "text": " <!-- stet: so -->"}]),
    );
    assert!(warnings(&mut client, 4).is_empty());
    assert!(client.finish().success());
}

#[test]
fn a_draft_against_itself() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    let text = "Six people were wounded in the attack, officials said.\n\nThe attack wounded seven people, officials said.\n";
    client.open(&uri, "markdown", text);
    let diagnostics = client.diagnostics(&uri, 1);
    let warning = diagnostics.iter().find(|d| d["code"] == "self-contradiction").unwrap();
    assert_eq!((&warning["severity"], &warning["range"]["start"]["line"]), (&json!(2), &json!(2)));
    let other = &warning["relatedInformation"][0];
    assert_eq!(
        (&other["location"]["uri"], &other["location"]["range"]["start"]),
        (&json!(uri), &json!({"line": 0, "character": 0}))
    );
    assert!(client.finish().success());
}

#[test]
fn a_client_that_takes_little_gets_no_more() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.txt"));
    let capabilities = json!({"textDocument": {"hover": {"contentFormat": ["plaintext"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}});
    let mut client = Client::start(Some(&top), &capabilities, Manners::Prompt);
    client.open(&uri, "text", DRAFT);
    let diagnostics = client.diagnostics(&uri, 1);
    let warning = diagnostics.iter().find(|d| d["severity"] == 2).unwrap();
    assert!(warning.get("data").is_none() && warning.get("relatedInformation").is_none());
    // So the source's sentence stands in the message.
    assert!(warning["message"].as_str().unwrap().contains(ARTICLE.lines().nth(2).unwrap()));
    let at = DRAFT.find("104").unwrap() as u32;
    let hover = client.hover(&uri, 0, at);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(hover["contents"]["value"].as_str().unwrap().contains(ARTICLE.lines().nth(2).unwrap()));
    let actions = client.actions(&uri, &warning["range"], &[]);
    assert!(actions[0]["edit"].get("documentChanges").is_none());
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "140");
    assert!(actions[0].get("isPreferred").is_none());
    assert!(client.finish().success());
}

#[test]
fn the_server_ends_with_its_client() {
    let start = || Client::start(None, &json!({}), Manners::Prompt);
    assert!(start().finish().success());
    assert!(start().vanish().success());
    // Ended without a request to shut down: an error, says the protocol.
    let mut client = start();
    client.send_raw(b"Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assert!(!client.ended().success());
}

#[test]
fn columns_in_every_encoding() {
    let (_dir, top) = desk();
    let text = format!("👩‍👧 Žal! {DRAFT}");
    let byte = text.find("104").unwrap();
    let before = &text[..byte];
    for (encoding, column) in
        [("utf-8", before.len()), ("utf-16", before.encode_utf16().count()), ("utf-32", before.chars().count())]
    {
        let uri = file_uri(&top.join("draft.md"));
        let mut capabilities = modern();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let params = json!({"processId": null, "rootUri": file_uri(&top), "capabilities": capabilities});
        let (mut client, answer) = Client::start_with(params, Manners::Prompt);
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        client.open(&uri, "markdown", &text);
        let diagnostics = client.diagnostics(&uri, 1);
        let warning = diagnostics.iter().find(|d| d["severity"] == 2).unwrap();
        assert_eq!(warning["range"]["start"], json!({"line": 0, "character": column}), "{encoding}");
        let column = column as u32;
        assert_ne!(client.hover(&uri, 0, column), Value::Null);
        // The figure, by an edit in the same columns.
        let range = json!({"start": {"line": 0, "character": column}, "end": {"line": 0, "character": column + 3}});
        client.change(&uri, 2, json!([{"range": range, "text": "140"}]));
        let left = client.diagnostics(&uri, 2);
        assert!(left.iter().all(|d| d["severity"] == 4), "{encoding}: {left:#?}");
        assert!(client.finish().success());
    }
}

#[test]
fn positions_that_do_not_exist() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", DRAFT);
    client.diagnostics(&uri, 1);
    for (line, character) in [(0, u32::MAX), (u32::MAX, 0), (u32::MAX, u32::MAX), (1, 9)] {
        client.hover(&uri, line, character);
        let at = json!({"line": line, "character": character});
        client.actions(&uri, &json!({"start": at, "end": {"line": 0, "character": 0}}), &[]);
    }
    // Of drafts that are not open, nothing is known.
    assert_eq!(client.hover("file:///nowhere.md", 0, 0), Value::Null);
    client.change("file:///nowhere.md", 2, json!([{"text": "x"}]));
    // Past the end is the end; what is the wrong way round is put right.
    let (far, start) = (json!({"line": 99, "character": 99}), json!({"line": 0, "character": 0}));
    client.change(
        &uri,
        2,
        json!([{"range": {"start": far, "end": far}, "text": "x"}, {"range": {"start": far, "end": start}, "text": DRAFT}]),
    );
    assert!(client.diagnostics(&uri, 2).iter().any(|d| d["severity"] == 2));
    assert!(client.finish().success());
}

#[test]
fn nonsense_is_survived() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.send_raw(b"Content-Length: 5\r\n\r\n{bad}");
    client.send_raw(b"Content-Length: 2\r\n\r\n\xff\xfe");
    client.send_raw(
        b"hello\r\nContent-Length: none\r\n\r\nContent-Type: application/vscode-jsonrpc\r\nX: y\r\nContent-Length: 2\r\n\r\n[]",
    );
    client.notify("textDocument/didOpen", json!({"textDocument": 7}));
    client.notify("textDocument/didChange", json!({"textDocument": {"uri": uri, "version": -1}, "contentChanges": [{"range": {"start": {"line": -1, "character": 0}}}]}));
    client.notify("$/whatever", json!({}));
    client.notify("no/such/thing", json!(null));
    let id = client.ask("textDocument/hover", json!({"position": 1}));
    let answer = client.wait("an error", |m| m["id"] == id);
    assert!(answer.get("error").is_some(), "{answer}");
    let id = client.ask("textDocument/rename", json!({}));
    let answer = client.wait("an error", |m| m["id"] == id);
    assert!(answer.get("error").is_some(), "{answer}");
    client.open(&uri, "markdown", DRAFT);
    assert!(client.diagnostics(&uri, 1).iter().any(|d| d["severity"] == 2));
    // Half a surrogate pair, which JSON can write and UTF-8 cannot.
    let text = format!(r#"\ud83d {}"#, DRAFT.trim());
    let change = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"text":"{text}"}}]}}}}"#
    );
    client.send_raw(format!("Content-Length: {}\r\n\r\n{change}", change.len()).as_bytes());
    let at = DRAFT.find("104").unwrap() + 2;
    assert!(client.diagnostics(&uri, 2).iter().any(|d| d["severity"] == 2 && d["range"]["start"]["character"] == at));
    // A second opening of the same draft counts.
    client.open(&uri, "markdown", "Nothing.");
    assert!(client.diagnostics(&uri, 1).is_empty());
    client.notify("$/cancelRequest", json!({"id": 999}));
    assert!(client.finish().success());
}
