//! Somebody types while an archive is slow, and while it is down.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    Desk,
    client::{Client, Manners, file_uri, modern},
    stub::{Act, Server},
};

const OWN: &str = "The council of Oro approved a budget of 40 million on Monday.\n";

const DRAFT: &str = "The council of Oro approved a budget of 41 million.\n\nThe ferry sank with 9 people aboard.\n";

/// An answer to any number of questions.
fn ferry(questions: usize) -> String {
    let hit = json!({"_id": "1", "_score": 1.0, "_source": {"id": "f1", "title": "Ferry sinks", "outlet": "The Courier", "date": "2026-03-02",
        "text": "The ferry sank with 12 people aboard, the coast guard said."}});
    let one = json!({"status": 200, "timed_out": false, "_shards": {"total": 1, "failed": 0}, "hits": {"hits": [hit]}});
    json!({"responses": vec![one; questions]}).to_string()
}

struct Session {
    desk: Desk,
    client: Client,
    uri: String,
    version: i64,
}

impl Session {
    /// Opens the draft; the archive is at this address.
    fn new(url: &str) -> Self {
        let desk = Desk::new(&[url]);
        desk.write("sources/own.txt", OWN).archive("", &[url], "wire", "");
        let mut capabilities = modern();
        capabilities["experimental"] = json!({"copydeskStatus": true});
        let params = json!({"processId": null, "rootUri": file_uri(&desk.path("")), "capabilities": capabilities});
        let (config, cache) = (desk.config(), desk.cache());
        let variables = [("COPYDESK_CONFIG", config.as_path()), ("COPYDESK_CACHE", cache.as_path())];
        let (mut client, _) = Client::start_where(params, Manners::Prompt, &variables);
        let uri = file_uri(&desk.path("draft.md"));
        client.open(&uri, "markdown", DRAFT);
        Self { desk, client, uri, version: 1 }
    }

    /// Writes `text` into a line, and gives how long its diagnostics take.
    fn insert(&mut self, line: u32, character: u32, text: &str) -> Duration {
        self.version += 1;
        let at = json!({"line": line, "character": character});
        let begun = Instant::now();
        self.client.change(&self.uri, self.version, json!([{"range": {"start": at, "end": at}, "text": text}]));
        self.client.diagnostics(&self.uri, self.version);
        begun.elapsed()
    }

    /// Waits for diagnostics with these codes.
    #[track_caller]
    fn wait_for(&mut self, codes: &[&str]) -> Value {
        let uri = self.uri.clone();
        self.client.wait(&format!("{codes:?}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["diagnostics"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|d| d["code"].as_str().unwrap())
                    .eq(codes.iter().copied())
        })
    }
}

#[test]
fn nobody_waits_for_a_slow_archive() {
    let slow = |questions| Act::Late(Duration::from_millis(1_500), ferry(questions));
    let server = Server::new(vec![slow(2), slow(1)]);
    let begun = Instant::now();
    let mut session = Session::new(&server.url);
    session.wait_for(&["quantity-mismatch"]);
    println!("first findings after {:.0?}, with the archive 1.5 s away", begun.elapsed());
    let told = session.client.hover(&session.uri.clone(), 2, 20).to_string();
    assert!(told.contains("the archive has not answered") || told.contains("Ferry sinks"), "{told}");
    session.wait_for(&["quantity-mismatch", "quantity-mismatch"]);
    assert_eq!(server.searches(), 1, "all questions in one request");
    let hover = session.client.hover(&session.uri.clone(), 2, 20).to_string();
    assert!(hover.contains("Ferry sinks") && hover.contains("The Courier") && hover.contains("archive: f1"), "{hover}");

    // Who goes to the article is not told that it has no sources.
    let copy = fs::read_dir(session.desk.cache().join("articles")).unwrap().next().unwrap().unwrap().path();
    session.client.open(&file_uri(&copy), "plaintext", &fs::read_to_string(&copy).unwrap());
    session.client.idle(Duration::from_millis(500));
    assert!(!session.client.seen.iter().any(|message| message["method"] == "window/showMessage"));

    // A sentence that says something else is asked about, once, and nobody waits for that.
    let mut slowest = Duration::ZERO;
    for (i, letter) in " with all its lights on".chars().enumerate() {
        slowest = slowest.max(session.insert(2, 14 + i as u32, &letter.to_string()));
    }
    println!("slowest of 23 keystrokes: {slowest:.0?}");
    assert!(slowest < Duration::from_millis(1_200), "{slowest:?}");
    session.client.idle(Duration::from_secs(4));
    assert_eq!(server.searches(), 2, "one more for the sentence that changed");
    let last = server.asked().last().unwrap()[3].clone();
    assert!(last.contains("lights") && !last.contains("council"), "{last}");

    // A comma asks nothing, nor does a new order of the same words, nor another sentence moved.
    session.insert(2, 9, ",");
    session.insert(0, 0, "\n\n");
    session.client.idle(Duration::from_secs(2));
    assert_eq!(server.searches(), 2);
    session.client.finish();
}

#[test]
fn an_archive_that_is_down_is_told_once_and_holds_nobody_up() {
    let server = Server::new(vec![Act::Nothing]);
    let mut session = Session::new(&server.url);
    session.wait_for(&["quantity-mismatch"]);
    let shown = session.client.wait("a message", |message| message["method"] == "window/showMessage");
    let message = shown["params"]["message"].as_str().unwrap();
    assert!(message.contains("archive wire: it could not be asked: ") && message.contains("broke off"), "{message}");
    let status = session.client.wait("a status", |message| {
        message["method"] == "copydesk/status"
            && message["params"]["problems"].as_array().is_some_and(|problems| !problems.is_empty())
    });
    assert!(status["params"]["problems"][0].as_str().unwrap().contains("could not be asked"));
    let searches = server.searches();
    let slowest = (0..20).map(|i| session.insert(2, 14 + i, "x")).max().unwrap();
    println!("slowest of 20 keystrokes with the archive down: {slowest:.0?}");
    session.client.idle(Duration::from_secs(2));
    assert_eq!(server.searches(), searches, "it is left in peace");
    assert!(!session.client.seen.iter().any(|message| message["method"] == "window/showMessage"), "told once");
    let codes: Vec<String> = session
        .client
        .seen
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .flat_map(|message| message["params"]["diagnostics"].as_array().unwrap().clone())
        .map(|diagnostic| diagnostic["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(!codes.iter().any(|code| code == "no-evidence"), "{codes:?}");
    session.client.finish();
}
