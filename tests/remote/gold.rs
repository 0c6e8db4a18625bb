//! The same findings from an archive as from the index on this machine, where both hold the same sources.

use std::{fs, time::Instant};

use serde_json::{Value, json};

use crate::{Desk, emulator, root};

#[test]
fn findings_are_those_of_the_index_on_this_machine() {
    let Some([one, _two]) = emulator::start_two() else { return };
    let (local, remote) = (Desk::new(&[]), Desk::new(&[&one.url]));
    let mut names = Vec::new();
    for file in ["club", "court", "earnings", "election", "flood", "study", "summit", "wildfire"] {
        let lines = fs::read_to_string(root().join(format!("tests/gold/{file}.jsonl"))).unwrap();
        for row in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            let name = row["id"].as_str().unwrap();
            let draft = match row["date"].as_str() {
                Some(date) => format!("---\ndate: {date}\n---\n{}", row["draft"].as_str().unwrap()),
                None => row["draft"].as_str().unwrap().to_owned(),
            };
            for (i, source) in row["sources"].as_array().unwrap().iter().enumerate() {
                let article = json!({"title": source["title"], "date": source["date"], "text": source["text"]}).to_string();
                local.write(&format!("{name}/sources/{i}.json"), &article);
            }
            local.write(&format!("{name}/draft.md"), &draft);
            remote.write(&format!("{name}/draft.md"), &draft);
            remote.archive(&format!("{name}/"), &[&one.url], &format!("gold-{name}"), "");
            names.push(name.to_owned());
        }
    }
    let begun = Instant::now();
    for name in &names {
        let loaded = local.run(&["index", "--sources", &format!("{name}/sources"), "--to", &format!("{}/gold-{name}", one.url)]);
        assert!(loaded.out.contains("problems   0"), "{}{}", loaded.out, loaded.err);
    }
    println!("loaded {} indices in {:.1?}", names.len(), begun.elapsed());
    let drafts: Vec<String> = names.iter().map(|name| format!("{name}/draft.md")).collect();
    let args: Vec<&str> = ["check", "--fail-on", "never"].into_iter().chain(drafts.iter().map(String::as_str)).collect();
    let [here, there] = [&local, &remote].map(|desk| {
        let begun = Instant::now();
        let report = desk.json(&args);
        println!("{} drafts in {:.1?}", names.len(), begun.elapsed());
        report
    });
    assert_eq!(there["sources"]["problems"], json!([]));
    let (mut mentions, mut different) = (0, 0);
    for (here, there) in here["drafts"].as_array().unwrap().iter().zip(there["drafts"].as_array().unwrap()) {
        let (here_mentions, there_mentions) = (here["mentions"].as_array().unwrap(), there["mentions"].as_array().unwrap());
        assert_eq!(here_mentions.len(), there_mentions.len());
        for (a, b) in here_mentions.iter().zip(there_mentions) {
            mentions += 1;
            let (a, b) = (finding(a), finding(b));
            if a != b {
                different += 1;
                println!("{}:\n  here  {a}\n  there {b}", here["path"]);
            }
        }
    }
    println!("{different} of {mentions} mentions differ");
    assert!(mentions > 1_000 && different == 0, "{different} differ");
}

/// What is found on a mention, but for the names of the files.
fn finding(mention: &Value) -> Value {
    let evidence: Vec<Value> = mention["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| json!({"title": e["title"], "published": e["published"], "quote": e["quote"], "stance": e["stance"]}))
        .collect();
    // Where sources disagree they are named.
    let message = mention["evidence"].as_array().unwrap().iter().fold(mention["message"].to_string(), |message, e| {
        message.replace(e["source"].as_str().unwrap(), e["title"].as_str().unwrap_or_default())
    });
    json!({
        "text": mention["text"], "label": mention["label"], "code": mention["code"], "message": message,
        "replacement": mention["replacement"], "evidence": evidence,
    })
}
