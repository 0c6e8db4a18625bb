//! Filling an index, and checking against it while machines die.

use std::fs;

use serde_json::json;

use crate::{
    Desk, codes, emulator,
    stub::{Act, Server},
};

const STORM: &str = "---\ntitle: Storm closes harbour\noutlet: The Courier\ndate: 2026-03-02\n---\nThe storm sank **140 fishing boats** in the \
    harbour of Oro on Monday, the coast guard said.\n";

const DRAFT: &str = "The storm sank 104 fishing boats in the harbour of Oro, the coast guard said. The mayor is Zed Novak.\n";

#[test]
fn an_archive_is_filled_and_asked() {
    let Some([mut one, mut two]) = emulator::start_two() else { return };
    let machines = [one.url.clone(), two.url.clone()];
    let [first, second] = machines.each_ref().map(String::as_str);
    let desk = Desk::new(&[first, second]);
    desk.write("draft.md", DRAFT).archive("", &[first, second], "wire", "");
    desk.write("stock/storm.md", STORM).write("stock/empty.txt", "");
    let lines: String = (0..40)
        .map(|i| format!("{}\n", json!({"title": format!("Council {i}"), "text": format!("The council met {i} times.")})))
        .collect();
    desk.write("stock/council.jsonl", &lines);

    for machine in [first, second] {
        let loaded = desk.run(&["index", "--sources", "stock", "--to", &format!("{machine}/wire")]);
        assert!(loaded.out.contains("loaded     41\nknown      0\nproblems   1"), "{}{}", loaded.out, loaded.err);
        assert!(loaded.err.contains("empty.txt"), "{}", loaded.err);
        let again = desk.run(&["index", "--sources", "stock", "--to", &format!("{machine}/wire")]);
        assert!(again.out.contains("loaded     0\nknown      41"), "{}", again.out);
    }
    // Without its notes it asks, and is told.
    fs::remove_dir_all(desk.cache()).unwrap();
    desk.write("stock/rain.txt", "Rain on the way\n\nRain fell on Oro for 9 days.\n");
    for machine in [first, second] {
        let more = desk.run(&["index", "--sources", "stock", "--to", &format!("{machine}/wire")]);
        assert!(more.out.contains("loaded     1\nknown      41"), "{}", more.out);
    }

    let whole = desk.json(&["check", "draft.md"]);
    assert_eq!(codes(&whole)[0], "quantity-mismatch");
    assert!(codes(&whole).contains(&"no-evidence"), "what was heard and is not there");
    let evidence = &whole["drafts"][0]["mentions"][0]["evidence"][0];
    let source = evidence["source"].as_str().unwrap();
    assert!(source.starts_with("archive: 2026-03-02-storm-closes-harbour-"), "{source}");
    assert_eq!((&evidence["title"], &evidence["published"]), (&json!("Storm closes harbour"), &json!("2026-03-02")));
    let text = desk.run(&["check", "draft.md"]);
    assert!(
        text.out.contains("source: Storm closes harbour (2026-03-02)") && text.out.contains("archive: 2026-03-02"),
        "{}",
        text.out
    );
    assert_eq!(text.code, 1);

    let facts = desk.run(&["facts", "draft.md", "--all"]);
    assert!(facts.out.contains("140 fishing boats"), "{}{}", facts.out, facts.err);

    one.kill();
    assert_eq!(desk.json(&["check", "draft.md"]), whole, "the other machine answers");

    // None is left.
    two.kill();
    let out = desk.json(&["check", "draft.md"]);
    assert!(codes(&out).is_empty(), "no verdict where nothing was heard: {out}");
    assert_eq!(out["drafts"][0]["mentions"][0]["label"], "not-enough-info");
    let problem = &out["sources"]["problems"][0];
    assert_eq!(problem["path"], "archive wire");
    assert!(problem["message"].as_str().unwrap().contains("it could not be asked: "), "{problem}");
    let text = desk.run(&["check", "draft.md"]);
    assert!(text.out.contains("could not be asked") || text.err.contains("could not be asked"), "{}{}", text.out, text.err);

    // What lies here still counts.
    desk.write("sources/storm.md", STORM);
    assert_eq!(codes(&desk.json(&["check", "draft.md"])), ["quantity-mismatch"]);
}

#[test]
fn what_lies_here_goes_first() {
    let Some([one, _two]) = emulator::start_two() else { return };
    let desk = Desk::new(&[&one.url]);
    desk.write("draft.md", &DRAFT.replace("104", "140")).archive("", &[&one.url], "wire", "").write("stock/storm.md", STORM);
    desk.run(&["index", "--sources", "stock", "--to", &format!("{}/wire", one.url)]);
    desk.write("sources/own.txt", "The storm sank 140 fishing boats in the harbour of Oro, the mayor said.\n");
    let report = desk.json(&["check", "draft.md"]);
    let evidence = report["drafts"][0]["mentions"][0]["evidence"].as_array().unwrap();
    let sources: Vec<&str> = evidence.iter().map(|e| e["source"].as_str().unwrap()).collect();
    assert!(sources.len() == 2 && sources[0] == "own.txt" && sources[1].starts_with("archive: "), "{sources:?}");
}

#[test]
fn what_is_sent_is_shown() {
    let server = Server::new(vec![Act::Nothing]);
    let desk = Desk::new(&[&server.url]);
    desk.write("draft.md", "Mayor Lena Voss secretly promised the widows of Oro 12 new ferries.\n");
    desk.archive("", &[&server.url], "wire", "");
    let words = |run: &crate::Run| run.out.split("\"query\":\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let all = desk.run(&["stages", "query", "draft.md"]);
    assert!(
        all.out.starts_with(&format!(
            "POST {}/_msearch\nContent-Type: application/x-ndjson\n\n{{\"index\":\"wire\"}}\n",
            server.url
        )),
        "{}",
        all.out
    );
    assert_eq!(words(&all).unwrap(), "12 ferries lena mayor new oro promised secretly voss widows");
    desk.archive("", &[&server.url], "wire", "sends = 'names'");
    let names = desk.run(&["stages", "query", "draft.md"]);
    assert_eq!(words(&names).unwrap(), "ferries lena oro voss", "{}", names.out);
    assert_eq!(server.searches(), 0, "nothing was sent");

    // What is shown is what is sent.
    desk.run(&["check", "draft.md"]);
    let asked = server.asked();
    let body = asked.iter().find(|request| request[1] == "/_msearch").unwrap()[3].clone();
    assert!(names.out.ends_with(&format!("\n\n{body}")), "{body}");

    // A folder from a stranger.
    fs::remove_file(desk.config().join("archives.toml")).unwrap();
    let before = server.asked().len();
    let shown = desk.run(&["stages", "query", "draft.md"]);
    assert!(shown.err.contains("nothing of this is sent") && shown.err.contains("archives.toml"), "{}", shown.err);
    let refused = desk.json(&["check", "draft.md"]);
    assert!(codes(&refused).is_empty());
    assert!(
        refused["sources"]["problems"][0]["message"].as_str().unwrap().contains(&format!("[\"{}\"]", server.url)),
        "{refused}"
    );
    assert_eq!(server.asked().len(), before, "nobody was asked");
}

#[test]
fn an_index_may_be_busy_while_it_is_filled() {
    let item = |status: u32| json!({"create": {"status": status, "error": {"reason": "queue is full"}}});
    let server = Server::new(vec![
        Act::Say(200, "", json!({"count": 5}).to_string()),
        Act::Say(429, "", String::new()),
        Act::Say(200, "", json!({"errors": true, "items": [item(201), item(429), item(409)]}).to_string()),
        Act::Say(200, "", json!({"errors": true, "items": [item(400)]}).to_string()),
    ]);
    let desk = Desk::new(&[]);
    for name in ["a", "b", "c"] {
        desk.write(&format!("stock/{name}.txt"), &format!("Rain fell on {name}.\n"));
    }
    let run = desk.run(&["index", "--sources", "stock", "--to", &format!("{}/wire", server.url)]);
    assert!(run.out.contains("loaded     1\nknown      1\nproblems   1"), "{}{}", run.out, run.err);
    assert!(run.err.contains("b.txt: the engine does not take it: queue is full"), "{}", run.err);
    let bodies: Vec<usize> = server
        .asked()
        .iter()
        .filter(|request| request[1].starts_with("/_bulk"))
        .map(|request| request[3].lines().count())
        .collect();
    assert_eq!(bodies, [6, 6, 2]);
    let wrong = desk.run(&["index", "--sources", "stock", "--to", "http://127.0.0.1:9"]);
    assert!(wrong.code == 2 && wrong.err.contains("as in http://localhost:9200/wire"), "{}", wrong.err);
}

#[test]
fn a_run_that_was_stopped_goes_on() {
    let done = |count: usize| {
        let items = vec![json!({"create": {"status": 201}}); count];
        Act::Say(200, "", json!({"errors": false, "items": items}).to_string())
    };
    let count = || Act::Say(200, "", json!({"count": 5}).to_string());
    let down = || Act::Nothing;
    let server = Server::new(vec![count(), done(1_000), down(), down(), down(), down(), count(), done(500)]);
    let desk = Desk::new(&[]);
    let lines: String = (0..1_500).map(|i| format!("{}\n", json!({"text": format!("The council met {i} times.")}))).collect();
    desk.write("stock/council.jsonl", &lines);
    let load = || desk.run(&["index", "--sources", "stock", "--to", &format!("{}/wire", server.url)]);
    let stopped = load();
    assert_eq!(stopped.code, 2);
    assert!(stopped.err.contains("broke off. 1000 articles are loaded; the same command goes on from there."), "{}", stopped.err);
    let whole = load();
    assert!(whole.out.contains("loaded     500\nknown      1000"), "{}{}", whole.out, whole.err);
    let asked = server.asked();
    let last = asked.last().unwrap();
    assert_eq!((last[1].as_str(), last[3].lines().count()), ("/_bulk?refresh=wait_for", 1_000));
    assert!(last[3].contains("met 1000 times") && !last[3].contains("met 999 times"));
}
