//! Clients that send what they should not, or go away.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

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
    // Always the same numbers, by Marsaglia's shifts.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for round in 0..60 {
        let mut bytes = whole.clone();
        match round % 4 {
            0 => bytes.truncate(random(bytes.len())),
            1 => {
                for _ in 0..=random(8) {
                    let at = random(bytes.len());
                    bytes[at] = random(256) as u8;
                }
            }
            2 => {
                let at = random(bytes.len());
                bytes.splice(at..at, b"Content-Length: 18446744073709551616\r\n\r\n".iter().copied());
            }
            _ => {
                let at = random(bytes.len());
                let end = (at + random(200)).min(bytes.len());
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
