//! Words of sources, and of the draft, that would act if they could: markup, addresses, commands, signs of terminals, formulas. Wherever
//! they are shown, they are words.

use std::{collections::BTreeSet, fs, io::Read as _, path::Path, process::Command};

use dom_query::Document;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

/// What is put into everything: headline, outlet, sentence, name of the file, draft.
const HURT: &str = "![p](http://leak.example/p.png) [go](command:evil.run) <img src=http://leak.example/i onerror=alert(1)> \
                    <script>alert(2)</script> javascript:alert(3) \u{1b}[31mred\u{1b}]8;;http://leak.example\u{7} \u{202e}desrever\u{2066} \
                    ::error::own {0} %0A";

fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let top = dir.path();
    fs::create_dir_all(top.join("sources")).unwrap();
    fs::create_dir(top.join(".git")).unwrap();
    let hurt = HURT.replace('"', "'");
    let article = format!(
        "---\ntitle: \"=1+1 Flood {hurt}\"\noutlet: \"@Post {hurt}\"\n---\n\nThe flood in Orlen killed 240 people {HURT} on Monday, said the mayor.\n\n\
         “We lost the bridge {HURT} in one night,” said Ana Ruiz, the mayor of Orlen.\n"
    );
    fs::write(top.join("sources/=cmd [go](command:x) <b>x.txt"), &article).unwrap();
    fs::write(top.join("sources/+formula.md"), article.replace("240", "260").replace("one night", "a night")).unwrap();
    let draft = format!(
        "=1+1 {HURT}\n\nThe flood in Orlen killed 250 people {HURT} on Tuesday.\n\n“We lost the road {HURT} in one night,” said Ana Ruiz.\n"
    );
    fs::write(top.join("draft.txt"), draft).unwrap();
    dir
}

fn run(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(args).current_dir(folder).env("COPYDESK_CACHE", folder.join("cache")).env_remove("COPYDESK_LOG");
    let out = command.output().unwrap();
    assert!(out.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    quiet(&format!("{args:?} (errors)"), &String::from_utf8(out.stderr).unwrap());
    String::from_utf8(out.stdout).unwrap()
}

/// Nothing in it acts on a terminal or turns the writing around it.
#[track_caller]
fn quiet(what: &str, text: &str) {
    let acts =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if let Some(at) = text.find(acts) {
        panic!("{what}: {:?}", text[at..].chars().take(60).collect::<String>());
    }
}

/// Nothing in this Markdown is a link to elsewhere, an image or HTML.
#[track_caller]
fn words_only(what: &str, markdown: &str) {
    for event in Parser::new_ext(markdown, Options::all()) {
        match &event {
            // Between the lines of a cell, by us.
            Event::InlineHtml(tag) if &**tag == "<br>" => {}
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => panic!("{what}: {event:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("file://") || dest_url.starts_with('#'), "{what}: {dest_url}");
            }
            _ => {}
        }
    }
}

#[test]
fn on_a_terminal_and_in_annotations() {
    let desk = desk();
    for args in [
        &["check", "draft.txt"][..],
        &["check", "draft.txt", "--all", "--coverage"],
        &["check", "draft.txt", "--format", "github"],
        &["check", "draft.txt", "--format", "csv"],
        &["check", "draft.txt", "--format", "markdown"],
        &["facts"],
        &["facts", "--format", "csv"],
        &["facts", "--format", "markdown"],
        &["index", "--status"],
        &["stages", "evidence", "draft.txt"],
    ] {
        let said = run(desk.path(), args);
        quiet(&format!("{args:?}"), &said);
        assert!(!said.is_empty());
        if args.contains(&"github") {
            // Each line is a command of ours or the line with the counts.
            assert!(said.contains("250"), "{said}");
            let ours = |line: &str| {
                ["::warning file=draft.txt,", "::notice", "::error file=draft.txt,"].iter().any(|start| line.starts_with(start))
            };
            assert!(said.lines().rev().skip(1).all(ours), "{said}");
        }
        if args.contains(&"markdown") {
            words_only(&format!("{args:?}"), &said);
        }
        if args.contains(&"csv") {
            let mut table =
                csv::ReaderBuilder::new().has_headers(false).from_reader(said.trim_start_matches('\u{feff}').as_bytes());
            for cell in table.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{args:?}: {cell:?}");
            }
        }
    }
}

#[test]
fn on_a_page() {
    let desk = desk();
    for args in [&["check", "draft.txt", "--format", "html"][..], &["facts", "--format", "html"]] {
        let hurt = run(desk.path(), args);
        quiet(&format!("{args:?}"), &hurt);
        let page = Document::from(hurt.as_str());
        assert_eq!(page.select("img, iframe, object, embed, form, base, link[href]").length(), 0, "{args:?}");
        // All the script there is is ours, and stands in the policy of the page.
        assert!(page.select("script").iter().all(|script| !script.text().contains("alert")), "{args:?}");
        for element in page.select("*").iter() {
            for attribute in element.attrs() {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                assert!(!name.starts_with("on"), "{args:?}: {name}={value}");
                if matches!(name, "href" | "src" | "action" | "xlink:href") {
                    assert!(value.starts_with('#') || value.starts_with("data:"), "{args:?}: {name}={value}");
                }
            }
        }
        // It is all there, as words.
        assert!(page.select("body").text().contains("[go](command:evil.run) <img src=http://leak.example/i"), "{args:?}");
    }
}

#[test]
fn in_a_workbook() {
    let desk = desk();
    run(desk.path(), &["check", "draft.txt", "--format", "xlsx", "--output", "list.xlsx"]);
    let mut book = zip::ZipArchive::new(fs::File::open(desk.path().join("list.xlsx")).unwrap()).unwrap();
    let mut words = String::new();
    for i in 0..book.len() {
        let mut part = String::new();
        let mut file = book.by_index(i).unwrap();
        file.read_to_string(&mut part).unwrap();
        let name = file.name().unwrap();
        // No formula, no link, nothing from elsewhere.
        assert!(
            !["<f>", "<f ", "<hyperlink", "TargetMode", "externalLink"].iter().any(|sign| part.contains(sign)),
            "{name}: {part}"
        );
        words.push_str(&part);
    }
    quiet("xlsx", &words);
    assert!(words.contains("leak.example"), "it is all there, as words");
}

#[test]
fn in_a_list_for_code_scanning() {
    let desk = desk();
    let sarif: Value = serde_json::from_str(&run(desk.path(), &["check", "draft.txt", "--format", "sarif"])).unwrap();
    let mut messages = BTreeSet::new();
    collect(&sarif, "message", &mut messages);
    assert!(messages.iter().any(|m| m.contains("leak.example")), "{messages:#?}");
    for message in messages {
        quiet("sarif", &message);
        assert!(!message.contains("](") && !message.contains("{0}") || message.contains("{{0}}"), "{message}");
    }
}

/// The texts of all members of this name.
fn collect(value: &Value, name: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, name, out)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            if let Some(text) = value["text"].as_str().filter(|_| key == name) {
                out.insert(text.to_owned());
            }
            collect(value, name, out);
        }),
        _ => {}
    }
}
