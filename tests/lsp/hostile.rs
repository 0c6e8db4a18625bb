//! Clients that send what they should not, or go away.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

#[allow(dead_code, reason = "the generator of articles uses the rest of it")]
#[path = "../scale/random.rs"]
mod random;

use random::Random;

use crate::{
    DRAFT,
    client::{Client, Manners, file_uri, modern},
    desk,
};

#[test]
fn a_draft_of_a_hundred_megabytes() {
    let (_dir, top) = desk();
    let (uri, other) = (file_uri(&top.join("draft.md")), file_uri(&top.join("other.md")));
    let mut client = Client::start(Some(&top), &modern(), Manners::Prompt);
    client.open(&uri, "markdown", &DRAFT.repeat((100 << 20) / DRAFT.len()));
    client.wait("a message", |m| {
        m["method"] == "window/showMessage" && m["params"]["message"].as_str().is_some_and(|m| m.contains("longer than 4 MB"))
    });
    assert!(client.diagnostics(&uri, 1).is_empty());
    let place = json!({"line": 3, "character": 0});
    client.change(&uri, 2, json!([{"range": {"start": place, "end": place}, "text": "x"}]));
    assert!(client.diagnostics(&uri, 2).is_empty());
    assert_eq!(client.hover(&uri, 0, 15), Value::Null);
    // The other drafts are served.
    client.open(&other, "markdown", DRAFT);
    assert_eq!(client.diagnostics(&other, 1).len(), 1);
    // Cut down, it is checked like any other.
    client.change(&uri, 3, json!([{"text": DRAFT}]));
    assert_eq!(client.diagnostics(&uri, 3).len(), 1);
    assert!(client.finish().success());
}

#[test]
fn streams_that_are_cut_garbled_or_never_end() {
    let (_dir, top) = desk();
    let uri = file_uri(&top.join("draft.md"));
    let message = |body: &Value| format!("Content-Length: {}\r\n\r\n{body}", body.to_string().len());
    let initialize = message(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"processId": null, "rootUri": file_uri(&top), "capabilities": {}}}));
    let initialized = message(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
    let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": DRAFT});
    let open = message(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}));
    let whole = [initialize, initialized, open].concat().into_bytes();
    let mut random = Random::new(&[]);
    for round in 0..60 {
        let mut bytes = whole.clone();
        match round % 4 {
            0 => bytes.truncate(random.below(bytes.len())),
            1 => {
                for _ in 0..=random.below(8) {
                    let at = random.below(bytes.len());
                    bytes[at] = random.below(256) as u8;
                }
            }
            2 => {
                let at = random.below(bytes.len());
                bytes.splice(at..at, b"Content-Length: 18446744073709551616\r\n\r\n".iter().copied());
            }
            _ => {
                let at = random.below(bytes.len());
                let end = (at + random.below(200)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        server.args(["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut server = server.spawn().unwrap();
        server.stdin.take().unwrap().write_all(&bytes).unwrap();
        let started = Instant::now();
        while server.try_wait().unwrap().is_none() {
            assert!(started.elapsed() < Duration::from_secs(20), "round {round} hangs");
            thread::sleep(Duration::from_millis(5));
        }
        let out = server.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code().is_some() && !errors.contains("panicked"), "round {round}: {:?} {errors}", out.status);
    }
}

/// Nobody reads what the server says; then nobody writes to it any more either. It leaves, with the processes that it started.
#[test]
fn a_client_that_dies() {
    let (_dir, top) = desk();
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/report.pdf"), top.join("sources/report.pdf")).unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    server.args(["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    server.env("COPYDESK_CACHE", top.join("cache"));
    let mut server = server.spawn().unwrap();
    drop(server.stdout.take());
    let mut stdin = server.stdin.take().unwrap();
    let mut send = |body: Value| write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.to_string().len());
    send(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": file_uri(&top), "capabilities": {}}}))
        .unwrap();
    for version in 1..50 {
        let document = json!({"uri": uri, "languageId": "markdown", "version": version, "text": DRAFT});
        // It may be gone by now.
        if send(json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})).is_err() {
            break;
        }
    }
    let children = format!("/proc/{0}/task/{0}/children", server.id());
    thread::sleep(Duration::from_millis(300));
    let children = std::fs::read_to_string(children).unwrap_or_default();
    drop(stdin);
    let started = Instant::now();
    while server.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server stays");
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_millis(500));
    for child in children.split_whitespace() {
        let state = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        assert!(!state.contains("copydesk") || state.contains(") Z "), "{state}");
    }
}

/// Words of a source that would act if they could. In all that an editor shows they are words.
#[test]
fn words_that_would_act() {
    const HURT: &str = "![p](http://leak.example/p.png) [go](command:evil.run) <img src=x onerror=alert(1)> \u{1b}[31mred \u{202e}desrever $(zap)";
    let (_dir, top) = desk();
    let article = format!(
        "---\ntitle: \"Flood {HURT}\"\noutlet: \"Post {HURT}\"\n---\n\nThe flood in Orlen killed 240 people {HURT} on Monday, said Ana Ruiz.\n\n“We lost \
         the bridge {HURT} in one night,” said Ana Ruiz, the mayor of Orlen.\n"
    );
    std::fs::write(top.join("sources/[go](command:x) <b>x.txt"), article).unwrap();
    let uri = file_uri(&top.join("draft.md"));
    let mut capabilities = modern();
    capabilities["textDocument"]["completion"]["completionItem"]["documentationFormat"] = json!(["markdown", "plaintext"]);
    let (mut client, _) = Client::start_with(
        json!({"processId": null, "rootUri": file_uri(&top), "capabilities": capabilities,
            "initializationOptions": {"inlayHints": true, "semanticTokens": true}}),
        Manners::Prompt,
    );
    let text = "The flood in Orlen killed 250 people on Monday.\n\n“We lost the road in one night,” said Ana Ruiz.\n\nThe bridge\n\nThe flood killed 2";
    client.open(&uri, "markdown", text);
    let diagnostics = client.diagnostics(&uri, 1);
    assert!(!diagnostics.is_empty());
    let mut said = vec![json!(diagnostics)];
    for character in 0..47 {
        said.push(client.hover(&uri, 0, character));
    }
    for character in 0..50 {
        said.push(client.hover(&uri, 2, character));
    }
    for diagnostic in &diagnostics {
        for action in client.actions(&uri, &diagnostic["range"], &diagnostics) {
            let resolved = client.request("codeAction/resolve", action.clone());
            // What is written into the draft is the writer's to read; what it is called is not.
            said.extend([action["title"].clone(), resolved["title"].clone()]);
        }
    }
    for (line, character) in [(4, 10), (6, 18), (0, 12), (0, 6)] {
        let list = client.at("textDocument/completion", &uri, line, character);
        let items = list["items"].as_array().or(list.as_array()).cloned().unwrap_or_default();
        said.extend(items.iter().flat_map(|item| [item["label"].clone(), item["detail"].clone(), item["documentation"].clone()]));
    }
    said.push(client.of("textDocument/documentSymbol", &uri));
    said.push(client.of("textDocument/codeLens", &uri));
    said.push(client.request("workspace/symbol", json!({"query": "Ana"})));
    said.push(client.request("workspace/symbol", json!({"query": "go"})));
    let mut strings = Vec::new();
    said.iter().for_each(|value| collect(value, &mut strings));
    assert!(strings.iter().any(|s| s.contains("leak")), "nothing of it is shown: {strings:#?}");
    for string in &strings {
        let acts = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!string.contains(acts), "{string:?}");
    }
    // In Markdown, what would be a link or an image is none.
    for value in &said {
        let Some(markdown) = value["contents"]["value"].as_str().filter(|_| value["contents"]["kind"] == "markdown") else {
            continue;
        };
        use pulldown_cmark::{Event, Options, Parser, Tag};
        for event in Parser::new_ext(markdown, Options::all()) {
            match event {
                Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => panic!("{event:?} in {markdown}"),
                Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with("file://"), "{dest_url} in {markdown}"),
                _ => {}
            }
        }
        // Icons, as VS Code has them.
        assert!(!markdown.contains(" $(zap)"), "{markdown}");
    }
    assert!(client.finish().success());
}

/// All strings that are shown, without addresses and edits.
fn collect(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Object(members) => {
            members
                .iter()
                .filter(|(key, _)| !["uri", "targetUri", "href", "data", "newText"].contains(&key.as_str()))
                .for_each(|(_, v)| collect(v, out));
        }
        _ => {}
    }
}
