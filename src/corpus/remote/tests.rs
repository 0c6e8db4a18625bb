//! The client against a server that does what it is told, and the suite of all corpora against an engine.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::*;

#[path = "../../../tests/remote/emulator.rs"]
mod emulator;
#[path = "../../../tests/remote/stub.rs"]
mod stub;

use stub::{Act, Server, found};

use crate::corpus::{
    Word,
    engine::{Node, Sends},
    extract::Fields,
};

fn engine(nodes: &[&str]) -> Engine {
    let nodes = nodes.iter().map(|url| Node { url: (*url).to_owned(), auth: None, certificates: None }).collect();
    let (fields, id) = (Fields::default(), Vec::new());
    Engine { nodes, index: "wire".into(), fields, id, timeout: 3, sends: Sends::Words, refused: None }
}

fn query(words: &str) -> Query {
    let word = |text: &str| Word { text: text.to_owned(), weight: 1.0, is_named: false };
    let terms = words.split(' ').map(|word| (crate::prose::stem(word), 1.0)).collect();
    Query { terms, words: words.split(' ').map(word).collect(), limit: 9 }
}

fn ok() -> Act {
    Act::Say(200, "", found(1))
}

/// What is known after a server did this, of two machines if there are two.
#[track_caller]
fn ask(machines: &[Vec<Act>]) -> (Known, Vec<Server>) {
    let servers: Vec<Server> = machines.iter().map(|acts| Server::new(acts.clone())).collect();
    let urls: Vec<&str> = servers.iter().map(|server| server.url.as_str()).collect();
    let remote = Remote::new(engine(&urls));
    let queries = [query("ferry")];
    assert_eq!(remote.known(&queries, None).missing, 1);
    remote.ask(&queries, None);
    let known = remote.known(&queries, None);
    assert_eq!(known.heard.has(&queries[0]), known.problem.is_none(), "{:?}", known.problem);
    (known, servers)
}

#[test]
fn what_was_asked_is_known() {
    let server = Server::new(vec![Act::Say(200, "", found(2)), Act::Say(200, "", found(1))]);
    let remote = Remote::new(engine(&[&server.url]));
    let (ferry, storm, rain) = (query("ferry sank"), query("storm"), query("rain"));
    let queries = [ferry.clone(), storm, ferry];
    remote.ask(&queries, None);
    let known = remote.known(&queries, None);
    assert_eq!((known.missing, &known.problem), (0, &None));
    assert_eq!(server.searches(), 1, "all questions go in one request");
    let [article] = known.articles.as_slice() else { panic!("{:?}", known.articles) };
    assert_eq!(article.path, "archive: 1");
    let meta = &article.reading.prose.document.meta;
    assert_eq!((meta.title.as_deref(), meta.outlet.as_deref()), (Some("Ferry sinks"), Some("The Courier")));
    assert_eq!(fs::read_to_string(&article.location).unwrap(), *article.reading.prose.document.text, "an editor can go there");

    assert_eq!(article.name(), "The Courier");

    // Nothing is asked again, and for one that is new only that.
    remote.ask(&queries, None);
    assert_eq!(server.searches(), 1);
    let more = [queries[0].clone(), rain];
    assert_eq!(remote.known(&more, None).missing, 1);
    assert!(!remote.known(&more, None).heard.has(&more[1]));
    remote.ask(&more, None);
    assert_eq!((server.searches(), remote.known(&more, None).missing), (2, 0));
    let asked = server.asked();
    let last = &asked.last().unwrap()[3];
    assert!(last.contains("rain") && !last.contains("ferry"), "{last}");
    assert!(Arc::ptr_eq(&remote.known(&more, None).articles[0], article), "read once");
}

#[test]
fn the_next_machine_answers() {
    for act in [
        Act::Nothing,
        Act::Half,
        Act::Say(500, "", String::new()),
        Act::Say(200, "", "<html>".into()),
        Act::Say(503, "", String::new()),
    ] {
        let (known, servers) = ask(&[vec![act], vec![ok()]]);
        assert_eq!((known.articles.len(), known.problem), (1, None));
        assert_eq!(servers[1].searches(), 1);
    }
    // One that hangs leaves half of the time.
    let (known, _) = ask(&[vec![Act::Late(Duration::from_secs(9), found(1))], vec![ok()]]);
    assert_eq!((known.articles.len(), known.problem), (1, None));
}

#[test]
fn too_busy_is_asked_again() {
    let busy = Act::Say(429, "Retry-After: 1\r\n", "{}".into());
    let begun = Instant::now();
    let (known, servers) = ask(&[vec![busy.clone(), ok()]]);
    assert_eq!((known.articles.len(), servers[0].searches()), (1, 2));
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let (known, _) = ask(&[vec![Act::Say(503, "", String::new()), Act::Nothing, ok()]]);
    assert_eq!(known.articles.len(), 1);
    let (known, servers) = ask(&[vec![Act::Say(429, "", String::new())]]);
    assert!(known.problem.unwrap().message.contains("too busy (429)"));
    assert!(servers[0].searches() > 1);
}

#[test]
fn single_questions_are_asked_again() {
    let one = serde_json::from_str::<Value>(&found(1)).unwrap()["responses"][0].take();
    let busy = json!({"status": 429, "error": {"reason": "rejected execution"}});
    let server = Server::new(vec![Act::Say(200, "", json!({"responses": [busy, one]}).to_string()), ok()]);
    let remote = Remote::new(engine(&[&server.url]));
    let queries = [query("ferry"), query("storm")];
    remote.ask(&queries, None);
    let known = remote.known(&queries, None);
    assert_eq!((known.missing, known.problem, server.searches()), (0, None, 2));
    assert!(!server.asked().last().unwrap()[3].contains("storm"));
    let (known, _) = ask(&[vec![Act::Say(200, "", json!({"responses": [busy]}).to_string())]]);
    assert!(known.problem.unwrap().message.contains("too busy for 1 of 1 questions"));
}

#[test]
fn what_keeps_answers_away_is_told() {
    let told = |act: Act| ask(&[vec![act]]).0.problem.unwrap().message;
    for (act, expect) in [
        (Act::Late(Duration::from_secs(9), found(1)), "no answer within 3s"),
        (Act::Nothing, "the connection broke off"),
        (Act::Half, "the connection broke off"),
        (Act::Say(500, "", json!({"error": {"reason": "out of memory"}}).to_string()), "it answers 500: out of memory"),
        (Act::Say(200, "", "ok".into()), "something else than JSON"),
        (Act::Say(200, "", "[]".into()), "does not answer as a search engine does"),
        (Act::Say(200, "", found(2)), "2 answers to 1 questions"),
        (Act::Say(302, "Location: http://127.0.0.1:9/\r\n", String::new()), "it answers 302"),
        (Act::Say(403, "", json!({"error": {"reason": "no permissions"}}).to_string()), "403: no permissions"),
    ] {
        let problem = told(act);
        assert!(problem.starts_with("it could not be asked: ") && problem.contains(expect), "{problem}");
    }
    let remote = Remote::new(engine(&["http://127.0.0.1:9"]));
    remote.ask(&[query("ferry")], None);
    assert!(remote.known(&[query("ferry")], None).problem.unwrap().message.contains("the connection was refused"));
    assert!(remote.rest() > Duration::from_secs(20), "it is left in peace");
    assert!(remote.search(&query("ferry")).unwrap_err().message.contains("refused"));
}

#[test]
fn a_part_is_not_the_whole() {
    let shards = found(1).replace("\"failed\":0", "\"failed\":1");
    let late = found(1).replace("\"timed_out\":false", "\"timed_out\":true");
    for (body, expect) in [(shards, "partly unavailable: 1 of 2 shards failed"), (late, "partly unavailable: it ran out of time")]
    {
        let (known, _) = ask(&[vec![Act::Say(200, "", body)]]);
        assert!(known.problem.unwrap().message.contains(expect));
        assert_eq!(known.articles.len(), 1, "what there is counts");
    }
    // Of two questions one fails.
    let one = serde_json::from_str::<Value>(&found(1)).unwrap()["responses"][0].take();
    let wrong = json!({"status": 400, "error": {"reason": "field is no text"}});
    let server = Server::new(vec![Act::Say(200, "", json!({"responses": [one, wrong]}).to_string())]);
    let remote = Remote::new(engine(&[&server.url]));
    let queries = [query("ferry"), query("storm")];
    remote.ask(&queries, None);
    let known = remote.known(&queries, None);
    assert!(known.heard.has(&queries[0]) && !known.heard.has(&queries[1]));
    assert!(known.problem.unwrap().message.contains("field is no text"));
}

#[cfg(unix)]
#[test]
fn secrets_are_sent_and_got_anew() {
    use crate::corpus::engine::Auth;

    let server = Server::new(vec![Act::Say(401, "", "{}".into()), ok()]);
    let folder = tempfile::tempdir().unwrap();
    let counter = folder.path().join("n");
    let script = format!("echo x >> {0}; printf 'ApiKey %s' $(wc -l < {0})", counter.display());
    let mut engine = engine(&[&server.url]);
    engine.nodes[0].auth = Some(Auth::Command(vec!["sh".into(), "-c".into(), script]));
    let remote = Remote::new(engine.clone());
    remote.ask(&[query("ferry")], None);
    assert_eq!(remote.known(&[query("ferry")], None).problem, None);
    let sent: Vec<String> = server.asked().iter().map(|request| request[2].clone()).collect();
    assert_eq!(sent, ["ApiKey 1", "ApiKey 1", "ApiKey 2"]);

    for (auth, expect) in [
        (Auth::Variable("COPYDESK_NO_SUCH_VARIABLE".into()), "COPYDESK_NO_SUCH_VARIABLE, which holds its secret, is not set"),
        (Auth::Command(vec!["false".into()]), "false, which gives its secret, failed"),
        (Auth::Command(vec!["true".into()]), "true gives no value"),
        (Auth::Command(vec!["/no/such/program".into()]), "failed"),
    ] {
        engine.nodes[0].auth = Some(auth);
        let remote = Remote::new(engine.clone());
        remote.ask(&[query("ferry")], None);
        let problem = remote.known(&[query("ferry")], None).problem.unwrap().message;
        assert!(problem.contains(expect), "{problem}");
    }
}

#[test]
fn who_vouches_for_a_machine() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("none.pem"), "no certificate").unwrap();
    for (file, expect) in [("nowhere.pem", "nowhere.pem: No such file"), ("none.pem", "none.pem: there is none in it")] {
        let mut engine = engine(&["https://127.0.0.1:9"]);
        engine.nodes[0].certificates = Some(folder.path().join(file));
        let remote = Remote::new(engine);
        remote.ask(&[query("ferry")], None);
        let problem = remote.known(&[query("ferry")], None).problem.unwrap().message;
        assert!(problem.contains("the certificates for https://127.0.0.1:9: ") && problem.contains(expect), "{problem}");
    }
}

#[test]
fn one_that_is_not_allowed_is_not_asked() {
    let server = Server::new(vec![ok()]);
    let remote = Remote::new(Engine { refused: Some("not allowed".into()), ..engine(&[&server.url]) });
    remote.ask(&[query("ferry")], None);
    let known = remote.known(&[query("ferry")], None);
    assert_eq!((known.missing, known.problem.map(|problem| problem.message)), (0, Some("not allowed".to_owned())));
    assert!(!known.heard.has(&query("ferry")));
    assert!(server.asked().is_empty());
}

#[test]
fn a_wrong_field_is_named() {
    let server = Server::new(vec![ok()]);
    let fields = Fields { text: vec!["body".into()], ..Fields::default() };
    let remote = Remote::new(Engine { fields, ..engine(&[&server.url]) });
    remote.ask(&[query("ferry")], None);
    let problem = remote.known(&[query("ferry")], None).problem.unwrap().message;
    assert!(problem.contains("field `body` is not in index `wire`; there are: author, date,"), "{problem}");
    assert_eq!(server.searches(), 0);
}

#[test]
fn old_articles_are_left_out() {
    let server = Server::new(vec![ok()]);
    let remote = Remote::new(engine(&[&server.url]));
    let since = Some(jiff::civil::date(2026, 3, 3));
    remote.ask(&[query("ferry")], since);
    assert!(server.asked().last().unwrap()[3].contains(r#"{"range":{"date":{"gte":"2026-03-03T00:00:00Z"}}}"#));
    assert!(remote.known(&[query("ferry")], since).articles.is_empty(), "whatever the engine says");
}

#[test]
fn the_suite_over_two_machines_of_which_one_dies() {
    use crate::corpus::tests::{COUNCIL, HARBOUR, suite};

    let Some([mut one, two]) = emulator::start_two() else { return };
    let lines =
        [("harbour.txt", HARBOUR), ("council.txt", COUNCIL)].map(|(id, text)| format!("{}\n", json!({"id": id, "text": text})));
    // The emulator is slow, on a busy machine very.
    let engine = |nodes: &[&str]| Engine { timeout: 60, ..engine(nodes) };
    // Under its own numbers, as an archive has them.
    for machine in [&one, &two] {
        let client = Client::new(&engine(&[&machine.url]));
        let body = fill::mapping().to_string();
        client.ask(&Ask { method: Method::PUT, path: "/wire", body: body.as_bytes() }).unwrap();
        let body: String = lines.iter().map(|line| format!("{{\"create\":{{\"_index\":\"wire\"}}}}\n{line}")).collect();
        client.ask(&Ask { method: Method::POST, path: "/_bulk?refresh=true", body: body.as_bytes() }).unwrap();
    }
    let remote = Remote::new(engine(&[&one.url, &two.url]));
    suite(&remote);
    one.kill();
    suite(&remote);
    remote.forget();
    suite(&remote);
    let both = Remote::new(engine(&[&one.url]));
    assert!(both.search(&query("ferry")).unwrap_err().message.contains("refused"), "an outage is no answer");
}
