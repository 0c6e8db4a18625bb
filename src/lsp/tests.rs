//! The main loop with checks made up for the purpose.

use std::{
    sync::{Arc, atomic::Ordering},
    thread,
    time::Duration,
};

use proptest::prelude::*;
use serde_json::{Value, from_value, json};
use tokio::sync::{
    mpsc::{self, UnboundedReceiver, UnboundedSender},
    oneshot,
};
use tower_lsp::ls_types::{Hover, HoverParams, MessageType};

use super::{
    check::{Checker, Found, Job, Outcome},
    handlers,
    library::Library,
    main_loop::{self, Event},
    outbox::Outgoing,
    state::{Ask, Draft, State},
};
use crate::{
    ide::{self, sample},
    text::{LineCol, LineIndex, PositionEncoding},
};

const ENCODINGS: [(&str, PositionEncoding); 3] =
    [("utf-8", PositionEncoding::Utf8), ("utf-16", PositionEncoding::Utf16), ("utf-32", PositionEncoding::Utf32)];

const URI: &str = "file:///desk/draft.md";

/// A main loop and both its ends.
struct Desk {
    events: UnboundedSender<Event>,
    outbox: UnboundedReceiver<Outgoing>,
}

impl Desk {
    fn new(checker: impl Fn(&Job) -> Outcome + Send + Sync + 'static) -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let (sender, outbox) = mpsc::unbounded_channel();
        let checker: Arc<Checker> = Arc::new(checker);
        let state = State::new(sender, events.clone(), Arc::new(Library::new(|_| {})), checker);
        tokio::spawn(main_loop::run(state, receiver));
        Self { events, outbox }
    }

    fn send(&self, event: Event) {
        assert!(self.events.send(event).is_ok());
    }

    fn open(&self, text: &str) {
        let document = json!({"uri": URI, "languageId": "markdown", "version": 1, "text": text});
        self.send(Event::DidOpen(from_value(json!({ "textDocument": document })).unwrap()));
    }

    fn change(&self, version: i32, text: &str) {
        let document = json!({"uri": URI, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.send(Event::DidChange(from_value(params).unwrap()));
    }

    fn hover(&self, character: u32) -> oneshot::Receiver<Option<Hover>> {
        let (reply, answer) = oneshot::channel();
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": character}});
        let params: HoverParams = from_value(params).unwrap();
        let uri = params.text_document_position_params.text_document.uri.clone();
        let handler = move |state: &State, draft: &Draft| handlers::hover::hover(state, draft, &params);
        self.send(Event::Ask(uri, Box::new(Ask { reply, handler })));
        answer
    }

    async fn next(&mut self) -> Outgoing {
        tokio::time::timeout(Duration::from_secs(30), self.outbox.recv()).await.expect("in time").expect("alive")
    }

    /// The version of the next diagnostics, and how many they are; what else is said before is given too.
    async fn published(&mut self) -> (i32, usize, Vec<(MessageType, String)>) {
        let mut said = Vec::new();
        loop {
            match self.next().await {
                Outgoing::Publish { body, .. } => {
                    let params = serde_json::from_str::<Value>(&body).unwrap()["params"].take();
                    let count = params["diagnostics"].as_array().unwrap().len();
                    return (params["version"].as_i64().unwrap() as i32, count, said);
                }
                Outgoing::Log(kind, message) | Outgoing::Show(kind, message) => said.push((kind, message)),
                other => panic!("{other:?}"),
            }
        }
    }
}

impl Desk {
    /// Waits for these diagnostics; those before may be of edits that were not checked yet.
    async fn publishes(&mut self, version: i32, count: usize) {
        loop {
            let published = self.published().await;
            assert!(published.0 <= version && published.2.is_empty(), "{published:?}");
            if (published.0, published.1) == (version, count) {
                return;
            }
        }
    }
}

/// Finds what there is to find in [`sample::DRAFT`], and nothing in other texts.
fn find(job: &Job) -> Outcome {
    if *job.text != *sample::DRAFT {
        return job.outcome(None, Vec::new(), Found::Nothing);
    }
    let checked = Box::new(sample::checked());
    let diagnostics = ide::diagnostics(&checked, &|code| Some(code.severity()));
    job.outcome(None, Vec::new(), Found::Checked { checked, diagnostics, generation: 1, desk: None, wanted: None })
}

#[tokio::test]
async fn a_panic_in_a_check_is_told_once_and_the_server_lives() {
    let mut desk = Desk::new(|job| if job.text.contains("bad") { panic!("a bad word") } else { find(job) });
    desk.open("bad");
    let (version, count, said) = desk.published().await;
    assert_eq!((version, count, said.len()), (1, 0, 3), "{said:?}");
    assert!(said.iter().all(|(kind, _)| *kind == MessageType::ERROR));
    assert!(said[0].1.contains("a bad word") && said[0].1.contains("draft.md"));
    assert!(desk.hover(16).await.unwrap().is_none());
    desk.change(2, "bad again");
    desk.publishes(2, 0).await;
    desk.change(3, sample::DRAFT);
    desk.publishes(3, 2).await;
    assert!(desk.hover(16).await.unwrap().is_some());
}

#[tokio::test]
async fn an_overtaken_check_is_cut_short_and_never_published() {
    let mut desk = Desk::new(|job| {
        // Ends only when it is told to.
        while job.text.contains("slow") && !job.cancelled.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(1));
        }
        find(job)
    });
    desk.open("slow");
    let waiting = desk.hover(16);
    // So much that what is found in the old text is of no use.
    for version in 2..50 {
        desk.change(version, &"slow too ".repeat(3_000));
    }
    desk.change(50, sample::DRAFT);
    desk.publishes(50, 2).await;
    // Asked before the edits, answered from the text after them.
    assert!(waiting.await.unwrap().is_some());
}

#[tokio::test]
async fn answers_wait_for_the_newest_text() {
    let mut desk = Desk::new(|job| {
        thread::sleep(Duration::from_millis(50));
        find(job)
    });
    desk.open(sample::DRAFT);
    let first = desk.hover(16);
    desk.change(2, "Nothing.");
    let second = desk.hover(16);
    desk.change(3, sample::DRAFT);
    let third = desk.hover(16);
    desk.publishes(3, 2).await;
    for answer in [first, second, third] {
        let hover = answer.await.unwrap().unwrap();
        assert_eq!(hover.range.unwrap().start.character, 15);
    }
}

#[tokio::test]
async fn who_has_given_up_is_forgotten_and_a_closed_draft_answers_nothing() {
    let mut desk = Desk::new(find);
    drop(desk.hover(16));
    desk.open(sample::DRAFT);
    assert_eq!(desk.published().await.0, 1);
    drop(desk.hover(16));
    desk.send(Event::DidClose(from_value(json!({"textDocument": {"uri": URI}})).unwrap()));
    assert!(matches!(desk.next().await, Outgoing::Publish { body, .. } if !body.contains("version")));
    assert!(desk.hover(16).await.is_err(), "the reply is dropped, which is an empty answer");
    desk.change(2, "late");
    desk.open(sample::DRAFT);
    assert_eq!(desk.published().await.0, 1);
}

/// A change of a message: a place to a place, or the whole text, and what comes there.
type Change = (Option<((u32, u32), (u32, u32))>, String);

fn changes() -> impl Strategy<Value = Vec<Vec<Change>>> {
    let place = || (0u32..5, 0u32..12);
    let range = prop::option::weighted(0.9, (place(), place()));
    prop::collection::vec(prop::collection::vec((range, crate::text::tests::text()), 0..4), 1..12)
}

/// So many cases, or as many as `PROPTEST_CASES` says.
fn some(cases: u32) -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default() } else { ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(some(64))]
    #[test]
    fn the_text_is_the_clients(text in crate::text::tests::text(), messages in changes(), encoding in 0usize..3) {
        let (name, encoding) = ENCODINGS[encoding];
        let mut model = text.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let checked = runtime.block_on(async {
            let (sender, texts) = std::sync::mpsc::channel();
            let sender = std::sync::Mutex::new(sender);
            let mut desk = Desk::new(move |job| {
                sender.lock().unwrap().send(job.text.to_string()).unwrap();
                job.outcome(None, Vec::new(), Found::Nothing)
            });
            let (reply, _) = oneshot::channel();
            let params = json!({"capabilities": {"general": {"positionEncodings": [name]}}});
            desk.send(Event::Initialize(from_value(params).unwrap(), reply));
            desk.open(&text);
            for (i, message) in messages.iter().enumerate() {
                let changes: Vec<Value> = message.iter().map(|(range, text)| match range {
                    Some(((l1, c1), (l2, c2))) => json!({"text": text, "range":
                        {"start": {"line": l1, "character": c1}, "end": {"line": l2, "character": c2}}}),
                    None => json!({ "text": text }),
                }).collect();
                let document = json!({"uri": URI, "version": i + 2});
                desk.send(Event::DidChange(from_value(json!({"textDocument": document, "contentChanges": changes})).unwrap()));
                for (range, text) in message {
                    let lines = LineIndex::new(&model);
                    let at = |(line, col)| lines.offset(&model, LineCol::new(line, col), encoding) as usize;
                    match range.map(|(a, b)| (at(a), at(b))) {
                        Some((a, b)) => model.replace_range(a.min(b)..a.max(b), text),
                        None => model.clone_from(text),
                    }
                }
            }
            while desk.published().await.0 != messages.len() as i32 + 1 {}
            // Who asks has the whole text checked.
            let _ = desk.hover(0).await;
            texts.try_iter().last().unwrap()
        });
        prop_assert_eq!(checked, model);
    }
}
