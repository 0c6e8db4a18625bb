//! Sessions with what real editors declare, checked against the protocol's own types by a program that is not ours. Without that
//! program beside the crate these tests pass, and say so.

#![allow(clippy::print_stdout, reason = "what was skipped and what was found is to be seen")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{
    DRAFT,
    client::{Client, Manners, file_uri},
    desk,
};

fn checker() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    let has_types = || Command::new("python3").args(["-c", "import lsprotocol"]).status().is_ok_and(|s| s.success());
    (folder.join("lsp_validate.py").is_file() && has_types()).then_some(folder)
}

/// A session in which everything happens that the server knows.
fn session(mut params: Value) -> Vec<Value> {
    let (_dir, top) = desk();
    fs::write(top.join("sources/empty.txt"), "").unwrap();
    let lone = tempfile::tempdir().unwrap();
    let uri = file_uri(&top.join("draft.md"));
    params["processId"] = Value::Null;
    params["rootUri"] = json!(file_uri(&top));
    params["rootPath"] = json!(top.display().to_string());
    if params.get("workspaceFolders").is_some_and(Value::is_array) {
        params["workspaceFolders"] = json!([{"uri": file_uri(&top), "name": "desk"}]);
    }
    params["initializationOptions"] = json!({"inlayHints": true, "semanticTokens": true});
    let has_actions = !params["capabilities"]["textDocument"]["codeAction"]["codeActionLiteralSupport"].is_null();
    let (mut client, answer) = Client::start_with(params, Manners::Prompt);
    let text =
        format!("# 👩‍🚀 Ž\r\n\r\n{DRAFT}\r\rThe storm sank 104 fishing boats in the harbour of Oro. 👩 Zed Novak was there.");
    client.open(&uri, "markdown", &text);
    let diagnostics = client.diagnostics(&uri, 1);
    assert!(diagnostics.len() > 1);
    for diagnostic in &diagnostics {
        let start = &diagnostic["range"]["start"];
        let (line, character) = (start["line"].as_u64().unwrap() as u32, start["character"].as_u64().unwrap() as u32);
        assert_ne!(client.hover(&uri, line, character), Value::Null);
        let actions = client.actions(&uri, &diagnostic["range"], std::slice::from_ref(diagnostic));
        assert_eq!(!actions.is_empty(), has_actions);
    }
    client.hover(&uri, 99, 99);
    everywhere(&mut client, &answer["capabilities"], &uri, &diagnostics);
    client.change(&uri, 2, json!([{"range": diagnostics[0]["range"], "text": "👩"}]));
    client.diagnostics(&uri, 2);
    for version in 3..203 {
        let at = json!({"line": 2, "character": (version * 7) % 60});
        let range = if version % 5 == 0 {
            json!({"start": {"line": 2, "character": 0}, "end": at})
        } else {
            json!({"start": at, "end": at})
        };
        let text = ["x", "👩", "\n", " 104 boats.", ""][version as usize % 5];
        client.change(&uri, version, json!([{"range": range, "text": text}]));
        match version % 10 {
            0 => drop(client.hover(&uri, 2, 5)),
            5 => {
                let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
                for action in client.actions(&uri, &whole, &[]).into_iter().filter(|action| action.get("data").is_some()) {
                    client.request("codeAction/resolve", action);
                }
            }
            _ => {}
        }
    }
    client.diagnostics(&uri, 202);
    // What was published for a version is published once.
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    let other = file_uri(&lone.path().join("draft.txt"));
    client.open(&other, "plaintext", DRAFT);
    client.diagnostics(&other, 1);
    client.wait("a message", |m| m["method"] == "window/showMessage");
    for uri in [&uri, &other] {
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }
    client.request("shutdown", Value::Null);
    client.log()
}

/// Asks for all that the server offers this client.
fn everywhere(client: &mut Client, offered: &Value, uri: &str, diagnostics: &[Value]) {
    let has = |provider: &str| offered.get(provider).is_some();
    for diagnostic in diagnostics {
        let start = &diagnostic["range"]["start"];
        let (line, character) = (start["line"].as_u64().unwrap() as u32, start["character"].as_u64().unwrap() as u32);
        for (provider, method) in [
            ("definitionProvider", "textDocument/definition"),
            ("referencesProvider", "textDocument/references"),
            ("documentHighlightProvider", "textDocument/documentHighlight"),
            ("completionProvider", "textDocument/completion"),
        ] {
            if has(provider) {
                client.at(method, uri, line, character);
            }
        }
    }
    if has("documentSymbolProvider") {
        assert_ne!(client.of("textDocument/documentSymbol", uri), Value::Null);
    }
    if has("codeLensProvider") {
        assert_ne!(client.of("textDocument/codeLens", uri), Value::Null);
    }
    if has("inlayHintProvider") {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        assert_ne!(client.request("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range})), Value::Null);
    }
    if has("semanticTokensProvider") {
        assert_ne!(client.of("textDocument/semanticTokens/full", uri), Value::Null);
    }
    if has("executeCommandProvider") {
        let last = diagnostics.last().unwrap();
        let argument = json!({"uri": uri, "range": last["range"], "code": last["code"]});
        client.request("workspace/executeCommand", json!({"command": "copydesk.accept", "arguments": [argument]}));
        client.diagnostics(uri, 1);
    }
    if has("workspaceSymbolProvider") {
        assert_ne!(client.request("workspace/symbol", json!({"query": ""})), Value::Null);
    }
}

/// A short session in which diagnostics are asked for, by a client that can.
fn asking(mut params: Value) -> Option<Vec<Value>> {
    params["capabilities"]["textDocument"].get("diagnostic")?;
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    params["processId"] = Value::Null;
    params["rootUri"] = json!(file_uri(&top));
    params["rootPath"] = json!(top.display().to_string());
    params["workspaceFolders"] = json!([{"uri": file_uri(&top), "name": "desk"}]);
    params["initializationOptions"] = json!({"pullDiagnostics": true});
    let (mut client, _) = Client::start_with(params, Manners::Prompt);
    client.open(&uri, "markdown", &format!("👩‍🚀 {DRAFT}"));
    let id = client.of("textDocument/diagnostic", &uri)["resultId"].clone();
    client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}, "previousResultId": id}));
    for known in [json!([]), json!([{"uri": uri, "value": id}])] {
        client.request("workspace/diagnostic", json!({"previousResultIds": known}));
    }
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    client.of("textDocument/diagnostic", &uri);
    client.request("shutdown", Value::Null);
    Some(client.log())
}

#[track_caller]
fn check(editor: &str) {
    let Some(folder) = checker() else {
        println!("skipped: there is no ../shared/conformance/lsp_validate.py, or no lsprotocol for it");
        return;
    };
    let params = fs::read_to_string(folder.join(format!("capabilities/{editor}.json"))).unwrap();
    let params: Value = serde_json::from_str(&params).unwrap();
    for log in [Some(session(params.clone())), asking(params)].into_iter().flatten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(format!("{editor}.jsonl"));
        fs::write(&path, log.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let result = Command::new("python3").arg(folder.join("lsp_validate.py")).arg("-v").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&result.stdout).into_owned() + &String::from_utf8_lossy(&result.stderr);
        println!("{said}");
        assert!(result.status.success(), "{said}");
    }
}

#[test]
fn vscode() {
    check("vscode");
}

#[test]
fn neovim() {
    check("nvim");
}

#[test]
fn old_neovim() {
    check("nvim07");
}

#[test]
fn emacs() {
    check("emacs");
}

#[test]
fn vim_ale() {
    check("ale");
}
