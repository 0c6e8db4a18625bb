//! The program as it is run: its output, its exit codes, bad input.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in `folder` with `input` on standard input.
#[track_caller]
fn run_in(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(args).env_remove("COPYDESK_LOG");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that ends before it has read everything is no fault of the test.
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let run = Run {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program beside the example.
#[track_caller]
fn example(args: &[&str]) -> Run {
    run_in(&root().join("tests/example"), args, b"")
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    // The search for sources ends here.
    fs::create_dir(dir.path().join(".git")).unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn range(value: &Value) -> std::ops::Range<usize> {
    value["start"].as_u64().unwrap() as usize..value["end"].as_u64().unwrap() as usize
}

/// The planted errors of the example: what the draft says, the code, what the source says in its place.
const PLANTED: &[(&str, &str, &str)] = &[
    ("Sunday, March 8", "date-mismatch", "Monday"),
    ("73", "quantity-mismatch", "37"),
    ("Eastbrook", "name-mismatch", "Westbrook High School"),
    ("I have never seen the river rise", "altered-quotation", "I have not seen the river move"),
    ("4.3 million", "quantity-mismatch", "$3.4 million"),
    ("The money was simply not there", "misattributed-quotation", "The money was simply not there"),
    ("Victor Oyelaran", "name-mismatch", "Walter Oyelaran"),
];

/// What may be refuted besides: the speaker of the misattributed quotation.
const CONSEQUENCES: &[&str] = &["Colin Frey"];

#[test]
fn example_json() {
    let run = example(&["check", "draft.md", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["sources"]["count"], 3);
    let draft = example(&["stages", "text", "draft.md"]).out;
    let mut refuted = Vec::new();
    for mention in report["drafts"][0]["mentions"].as_array().unwrap() {
        assert_eq!(&draft[range(&mention["range"])], mention["text"]);
        let place = &mention["position"]["start"];
        let line = draft.split('\n').nth(place["line"].as_u64().unwrap() as usize).unwrap();
        let before: Vec<u16> = line.encode_utf16().take(place["character"].as_u64().unwrap() as usize).collect();
        let rest = &line[String::from_utf16(&before).unwrap().len()..];
        assert!(rest.starts_with(mention["text"].as_str().unwrap().split('\n').next().unwrap()));
        for evidence in mention["evidence"].as_array().unwrap() {
            // What is shown as a quotation stands in the source, at the place named.
            let source = example(&["stages", "text", &format!("sources/{}", evidence["source"].as_str().unwrap())]).out;
            assert_eq!(&source[range(&evidence["range"])], evidence["quote"]);
            assert!(!source[range(&evidence["mention"])].is_empty());
        }
        if mention["label"] == "refuted" {
            let evidence = &mention["evidence"][0];
            let source = example(&["stages", "text", &format!("sources/{}", evidence["source"].as_str().unwrap())]).out;
            refuted.push((
                mention["text"].as_str().unwrap().to_owned(),
                mention["code"].as_str().unwrap().to_owned(),
                source[range(&evidence["mention"])].to_owned(),
            ));
        }
    }
    for (said, code, counterpart) in PLANTED {
        assert!(
            refuted.iter().any(|(s, c, p)| s.contains(said) && c == code && p.contains(counterpart)),
            "{said} is not refuted by {counterpart}: {refuted:#?}"
        );
    }
    refuted.retain(|(said, ..)| !PLANTED.iter().any(|p| said.contains(p.0)) && !CONSEQUENCES.contains(&said.as_str()));
    assert_eq!(refuted, [], "false alarms");
}

#[test]
fn example_text() {
    let run = example(&["check", "draft.md"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.contains("Firefighters in boats rescued 37 people"), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "colours are for terminals");
    assert!(run.out.trim_end().lines().last().unwrap().contains("in draft.md against 3 sources"), "{}", run.out);
}

#[test]
fn transcript_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once("$ copydesk check tests/example/draft.md\n").expect("there is a transcript");
    let (transcript, _) = after.split_once("\n```").expect("it ends");
    let out = run_in(&root(), &["check", "tests/example/draft.md"], b"").out;
    // The counts in the last line move with every step forward of the readers.
    let counts = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0").replace("00", "0");
    for part in transcript.split("\n\n").filter(|part| *part != "…") {
        let shown = out.contains(part) || part.contains(" claims in ") && counts(&out).contains(&counts(part));
        assert!(shown, "the README shows\n{part}\nbut the run\n{out}");
    }
}

#[test]
fn the_same_twice() {
    let args = ["check", "draft.md", "--format", "json"];
    assert_eq!(example(&args).out, example(&args).out);
}

#[test]
fn sources_as_drafts_are_silent() {
    for name in ["levee-breach.txt", "evacuees-return.md", "water-board.txt"] {
        let dir = tempfile::tempdir().unwrap();
        let draft = dir.path().join(name);
        fs::copy(root().join("tests/example/sources").join(name), &draft).unwrap();
        let run = example(&["check", draft.to_str().unwrap(), "--sources", "sources"]);
        assert_eq!(run.code, 0, "{}", run.out);
    }
}

#[test]
fn exit_codes() {
    assert_eq!(example(&["check", "draft.md", "--fail-on", "never"]).code, 0);
    assert_eq!(example(&["check", "draft.md", "--fail-on", "unsupported"]).code, 1);
    let dir = folder(&[("a.md", b"He has 14 dogs."), ("sources/s.txt", b"She has a cat.")]);
    assert_eq!(run_in(dir.path(), &["check", "a.md"], b"").code, 0);
    assert_eq!(run_in(dir.path(), &["check", "a.md", "--fail-on", "unsupported"], b"").code, 1);
    assert_eq!(run_in(dir.path(), &["check"], b"").code, 2);
    assert_eq!(run_in(dir.path(), &["check", "a.md", "--format", "braille"], b"").code, 2);
    assert_eq!(run_in(dir.path(), &["--version"], b"").code, 0);
    assert_eq!(run_in(dir.path(), &["check", "--help"], b"").code, 0);
}

/// A run that must end with code 2, nothing on standard output, and a message with these words.
#[track_caller]
fn fails(files: &[(&str, &[u8])], args: &[&str], words: &str) {
    let dir = folder(files);
    let run = run_in(dir.path(), args, b"");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains(words), "{}", run.err);
}

#[test]
fn bad_input() {
    const SOURCE: (&str, &[u8]) = ("sources/s.txt", b"Twelve people came.");
    fails(&[SOURCE], &["check", "draft.md"], "draft.md: there is no such file");
    fails(&[SOURCE], &["check", "sources"], "there is no draft to check");
    fails(&[("pictures/a.png", b"")], &["check", "pictures"], "there is no draft");
    fails(&[SOURCE, ("draft.md", b" \n")], &["check", "draft.md"], "the draft is empty");
    fails(&[SOURCE, ("draft.md", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0")], &["check", "draft.md"], "draft.md: ");
    fails(&[("draft.md", b"Ten came.")], &["check", "draft.md"], "there are no sources");
    fails(&[("draft.md", b"Ten came.")], &["check", "draft.md", "--sources", "nowhere"], "nowhere");
    fails(
        &[("draft.md", b"Ten came."), ("sources/x.doc", b"text")],
        &["check", "draft.md"],
        "x.doc: files of this kind are not read",
    );
    // The draft is no source of its own.
    fails(&[("sources/draft.md", b"Ten came.")], &["check", "sources/draft.md"], "no source could be read");
    fails(&[SOURCE, ("draft.md", b"Ten."), ("copydesk.toml", b"sauces = 1")], &["check", "draft.md"], "copydesk.toml");
    fails(&[], &["explain", "typo"], "quantity-mismatch");
}

#[test]
fn not_utf8() {
    // Windows-1252, with curly quotation marks.
    let draft = b"\x93Twelve people came to the caf\xe9,\x94 the mayor\x92s office said. It was cold that day, and it rained.";
    let dir = folder(&[("draft.txt", draft), ("sources/s.txt", b"Twelve people came.")]);
    let run = run_in(dir.path(), &["check", "draft.txt"], b"");
    assert!(run.code < 2, "{}", run.err);
    assert!(run.out.contains("not UTF-8"), "{}", run.out);
}

#[test]
fn drafts_from_elsewhere() {
    let dir = folder(&[
        ("sources/s.txt", b"Firefighters rescued 37 people from the flood."),
        ("b.md", b"Firefighters rescued 37 people."),
    ]);
    let draft = b"Firefighters rescued 73 people from the flood.";
    assert_eq!(run_in(dir.path(), &["check", "-"], draft).code, 1);
    // One draft that cannot be read does not hide what is wrong with another.
    let both = run_in(dir.path(), &["check", "-", "missing.md", "b.md", "--format", "json"], draft);
    assert_eq!(both.code, 2);
    let report: Value = serde_json::from_str(&both.out).unwrap();
    assert_eq!(report["drafts"].as_array().unwrap().len(), 2);
    assert_eq!(report["summary"]["refuted"], 1);
    let file = run_in(dir.path(), &["check", "-", "--output", "report.txt"], draft);
    assert_eq!((file.code, file.out.as_str()), (1, ""));
    assert!(fs::read_to_string(dir.path().join("report.txt")).unwrap().contains("37"));
}

/// The facts that these sources give, by what is said of them.
fn facts(folder: &Path) -> Vec<Value> {
    let run = run_in(folder, &["facts", "--format", "json"], b"");
    let sheet: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    assert_eq!(sheet["schema"], 1);
    sheet["facts"].as_array().unwrap().clone()
}

#[test]
fn what_the_sources_say() {
    let dir = folder(&[
        (
            "sources/a.txt",
            b"Ferry sinks off Port Malo\n\nMay 4, 2026\n\nA ferry sank off Port Malo on Monday, killing at least 12 people, the coast guard \
              said. The ferry carried 230 passengers.\n\n\"We are still searching,\" Coast Guard chief Lena Voss said.\n",
        ),
        (
            "sources/b.txt",
            b"=Toll of ferry rises\n\nMay 5, 2026\n\nThe ferry that sank off Port Malo on Monday killed 19 people, the coast guard said. The \
              ferry carried 210 passengers.\n\nLena Voss, the head of the coast guard, said divers would go on.\n",
        ),
    ]);
    let all = facts(dir.path());
    let said = |words: &str| {
        let has =
            |fact: &&Value| fact["sayings"].as_array().unwrap().iter().any(|s| s["words"].as_str().unwrap().starts_with(words));
        let fact = all.iter().find(has).unwrap_or_else(|| panic!("no {words} in {all:#?}"));
        let words =
            fact["sayings"].as_array().unwrap().iter().map(|s| s["words"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        (words, fact["disagree"] == true, fact["grew"] == true)
    };
    assert_eq!(said("230"), (vec!["230".to_owned(), "210".into()], true, false));
    assert_eq!(said("at least 12"), (vec!["at least 12".to_owned(), "19".into()], true, true));
    assert_eq!(said("Coast Guard chief").0.len(), 2);
    // Where they disagree stands first; the line with the date is no fact.
    assert!(all[0]["disagree"] == true && all.iter().all(|f| f["sayings"][0]["words"] != "May 4, 2026"));
    for (format, words) in [
        ("text", "the sources disagree"),
        ("csv", "'=Toll of ferry rises"),
        ("markdown", "**the sources disagree**"),
        ("html", "<mark>230"),
    ] {
        let run = run_in(dir.path(), &["facts", "--format", format], b"");
        assert!(run.code == 0 && run.out.contains(words), "{}", run.out);
    }
    let none = run_in(&dir.path().join("sources"), &["facts", "--sources", "nowhere"], b"");
    assert!(none.code == 2 && none.err.contains("nowhere"));
}

/// The paths of the drafts that a run in JSON has checked.
fn checked(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    report["drafts"].as_array().unwrap().iter().map(|d| d["path"].as_str().unwrap().replace('\\', "/")).collect()
}

#[test]
fn folders_of_drafts() {
    let source = ("sources/a.txt", &b"The storm sank 140 boats.\n"[..]);
    let wires = ("wires/b.md", &b"The fire took 12 houses.\n"[..]);
    let drafts = [
        ("one.md", &b"The storm sank 104 boats.\n"[..]),
        ("city/two.txt", b"The storm sank 140 boats.\n"),
        ("city/three.md", b"---\nsources: ../wires\n---\n\nThe fire took 12 houses.\n"),
        ("empty.md", b""),
        ("photo.png", b"no draft"),
    ];
    let dir = folder(&[&[source, wires], &drafts[..]].concat());
    let all = run_in(dir.path(), &["check", ".", "--format", "json"], b"");
    assert_eq!(
        (all.code, checked(&all)),
        (1, vec!["city/three.md".into(), "city/two.txt".into(), "one.md".into()]),
        "{}",
        all.err
    );
    let some = run_in(dir.path(), &["check", "city/*.md", "one.md", "--format", "json"], b"");
    assert_eq!(checked(&some), ["city/three.md", "one.md"]);
    let again = run_in(dir.path(), &["check", ".", "--format", "json"], b"");
    assert_eq!(again.out, all.out);

    // What has no sources is named.
    let bare =
        folder(&[("sources/a.txt", b"It rained."), ("a/b.md", b"It rained."), ("a/.git/HEAD", b""), ("c.md", b"It rained.")]);
    let run = run_in(bare.path(), &["check", ".", "--format", "json"], b"");
    assert_eq!((run.code, checked(&run)), (0, vec!["c.md".to_owned()]));
    assert!(run.err.contains("1 draft has no sources to be checked against: a/b.md"), "{}", run.err);
}

#[test]
fn what_has_changed_in_a_repository() {
    let dir = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
        let run = Command::new("git").current_dir(dir.path()).args(identity).args(args).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let changed = || {
        let run = run_in(dir.path(), &["check", "--changed-since", "HEAD", "--format", "json"], b"");
        (checked(&run), run.code, run.err)
    };
    for desk in ["city", "land"] {
        write(&format!("{desk}/draft.md"), "The storm sank 140 boats.\n");
        write(&format!("{desk}/sources/a.txt"), "The storm sank 140 boats.\n");
    }
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "Begin"]);
    let (none, code, said) = changed();
    assert_eq!((none.len(), code), (0, 0));
    assert!(said.contains("no draft has changed since HEAD"), "{said}");
    write("land/draft.md", "The storm sank 104 boats.\n");
    assert_eq!((changed().0, changed().1), (vec!["land/draft.md".to_owned()], 1));
    write("city/sources/b.txt", "Rain fell.\n");
    write("new.md", "It rained.\n");
    write("sources/c.txt", "It rained.\n");
    assert_eq!(changed().0, ["city/draft.md", "land/draft.md", "new.md"]);
    let wrong = run_in(dir.path(), &["check", "--changed-since", "no-such"], b"");
    assert!(wrong.code == 2 && wrong.err.contains("no-such"), "{}", wrong.err);
}

#[test]
fn closed_pipe() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(root().join("tests/example")).args(["check", "draft.md", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().code().is_some());
    assert_eq!(err, "");
}

#[test]
fn a_name_stays_whole_in_its_fix() {
    let source = "Steve Merrow and Ann Halloway opened the ferry in Port Oster. Merrow thanked the crew for the new engine.";
    for (draft, replacement) in [
        ("Steve Merow thanked the crew for the new engine.", "Steve Merrow"),
        ("Merow thanked the crew for the new engine.", "Merrow"),
    ] {
        let line = serde_json::json!({"id": 1, "sources": [{"title": "Ferry", "text": source}], "draft": draft});
        let run = run_in(&root(), &["check", "--jsonl"], format!("{line}\n").as_bytes());
        let answer: Value = serde_json::from_str(run.out.trim()).unwrap();
        assert_eq!(answer["mentions"][0]["replacement"], replacement, "{answer}");
    }
}

#[test]
fn lines_of_json() {
    let input = br#"{"id": "a", "sources": [{"title": "T", "text": "Firefighters rescued 37 people from the flood.", "date": "2026-03-09"}], "draft": "Firefighters rescued 73 people from the flood."}
not json
{"id": 7, "sources": [], "draft": "It rained.", "date": "today"}

{"id": 8, "sources": [], "draft": ""}"#;
    let run = run_in(&root(), &["check", "--jsonl"], input);
    assert_eq!(run.code, 0);
    let lines: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!((&lines[0]["id"], &lines[0]["mentions"][0]["label"]), (&"a".into(), &"refuted".into()));
    assert_eq!(lines[0]["mentions"][0]["evidence"][0]["published"], "2026-03-09");
    assert!(lines[1]["id"].is_null() && lines[1]["error"].is_string());
    assert!(lines[2]["id"] == 7 && lines[2]["error"].as_str().unwrap().contains("today"));
    assert_eq!(lines[3], serde_json::json!({"id": 8, "mentions": []}));
}

#[test]
fn stages() {
    let run = run_in(&root(), &["stages", "sentences", "--jsonl"], br#"{"id": 1, "text": "He came. She left."}"#);
    assert_eq!(run.out, "{\"id\":1,\"sentences\":[{\"range\":{\"start\":0,\"end\":8}},{\"range\":{\"start\":9,\"end\":18}}]}\n");
    let run = run_in(&root(), &["stages", "mentions", "--jsonl"], br#"{"id": 1, "text": "More than 40 people came."}"#);
    let line: Value = serde_json::from_str(&run.out).unwrap();
    let quantity = &line["mentions"][0]["quantity"];
    assert_eq!((&quantity["low"], &quantity["low_open"], &quantity["high"]), (&"40".into(), &true.into(), &Value::Null));
    assert_eq!(quantity["entity"]["text"], "people");
    for layer in ["text", "sentences", "mentions", "claims", "evidence"] {
        let run = example(&["stages", layer, "draft.md"]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("73"), "{layer}: {}", run.out);
    }
}

/// A number in a text, with its sign.
fn number(text: &str) -> f64 {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.')).unwrap_or(text.len());
    text[..end].trim_end_matches('.').parse().unwrap_or_else(|_| panic!("a number: {text}"))
}

#[test]
fn decisions_are_explained() {
    let folder = folder(&[
        ("draft.txt", b"Firefighters in boats rescued 73 people from roofs in Orlen Falls.\n"),
        ("sources/flood.txt", b"Firefighters in boats rescued 37 people from roofs in Orlen Falls, among them two girls.\n"),
    ]);
    let out = run_in(folder.path(), &["stages", "evidence", "draft.txt"], b"").out;
    assert!(out.lines().all(|line| line.chars().count() <= 130), "{out}");
    // The figures change whenever the weights are fitted; the shares must add up to the sum, and the greatest come first.
    let shown: Vec<&str> = out.lines().filter(|line| !line.starts_with("        ") || line.contains("Firefighters")).collect();
    let decimal = |word: &str| matches!(word.as_bytes(), [b'0'..=b'9', b'.', b'0'..=b'9', ..]);
    let mask = |line: &str| line.split(' ').map(|word| if decimal(word) { "#" } else { word }).collect::<Vec<_>>().join(" ");
    let masked = shown.into_iter().map(mask).collect::<Vec<_>>().join("\n");
    let expected = "claim 0..66  Firefighters in boats rescued 73 people from roofs in Orlen Falls.
  passage #  flood.txt:0..88  Firefighters in boats rescued 37 people from roofs in Orlen Falls, among them two girls.

  “73”  quantity 30..32  refuted #
    quantity-mismatch: The source says 37 people.
    fix 30..32: “73” to “37”
    differs #  “37”  flood.txt:30..32
        Firefighters in boats rescued 37 people from roofs in Orlen Falls, among them two girls.
    differs #  “two”  flood.txt:78..81";
    assert!(masked.contains(expected), "{masked}\n{out}");
    assert!(out.contains("    Wrong with probability ") && out.contains("; a quantity is called contradicted from 0."), "{out}");
    let block = out.split("differs").nth(1).unwrap();
    let shares: Vec<&str> = block.split("  ").map(str::trim).filter(|s| s.starts_with(['+', '-'])).collect();
    let total = number(block.split("= ").nth(1).unwrap());
    let sum: f64 = shares.iter().map(|s| number(s)).sum();
    assert!(shares.len() > 5 && (sum - total).abs() < 0.1, "{sum} {shares:?}");
    let sizes: Vec<f64> = shares.iter().filter(|s| s.contains('×')).map(|s| number(s).abs()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
}

#[test]
fn what_was_weighed_is_printed_for_fitting() {
    let case = r#"{"id": 1, "sources": [{"title": "a", "text": "Police chief Ann Lee said 37 people came on Monday."}], "draft": "Police chief Ann Lee said 73 people came on Monday."}"#;
    let run = run_in(&root(), &["stages", "evidence", "--jsonl"], case.as_bytes());
    let line: Value = serde_json::from_str(&run.out).unwrap();
    let mentions = line["mentions"].as_array().unwrap();
    let parts: Vec<&str> = mentions.iter().map(|m| m["by"].as_str().unwrap()).collect();
    assert_eq!(parts, ["name", "quantity", "date"]);
    let weighed = &mentions[1]["weighed"][0];
    assert_eq!((&weighed["text"], &weighed["relation"], &weighed["heard"]), (&"37".into(), &"differs".into(), &true.into()));
    assert!(weighed["probability"].as_f64().unwrap() > 0.5 && weighed["features"]["absent"] == 1.0, "{weighed}");
    assert!(mentions[2]["weighed"].as_array().unwrap().is_empty(), "{line}");
}

/// A folder of sources with one of each format, and damaged ones among them.
#[test]
fn formats() {
    let all = root().join("tests/formats");
    let read = |name: &str| fs::read(all.join(name)).unwrap();
    let (page, mail, hearing, minutes) = (read("ferry.html"), read("letter.eml"), read("hearing.vtt"), read("minutes.docx"));
    let draft = "The company lost 4.3 million euros on the line last year, according to its annual report.\n\n\
                 The ferry carried 142,000 passengers in 2025, Tilda Börne said.\n\n\
                 The bridge to Sundholm cost 88 million euros, according to Pavel Orsin.\n\n\
                 The council spent $41 million in 2025 on the roads and bridges of the island.\n";
    let dir = folder(&[
        ("draft.md", draft.as_bytes()),
        ("sources/ferry.html", &page),
        ("sources/ferry_files/frame.html", b"<p>The company lost 4.3 million euros on the line last year.</p>"),
        ("sources/letter.eml", &mail),
        ("sources/hearing.vtt", &hearing),
        ("sources/minutes.docx", &minutes),
        ("sources/half.docx", &minutes[..minutes.len() / 2]),
        ("sources/empty.html", b"<html><body><nav></nav></body></html>"),
        ("sources/deep.html", "<div>".repeat(9000).as_bytes()),
        ("sources/garbage.vtt", b"no captions at all"),
        ("sources/picture.eml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ]);
    let run = run_in(dir.path(), &["check", "draft.md", "--format", "json"], b"");
    assert_eq!(run.code, 1, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["sources"]["count"], 4);
    let problems = report["sources"]["problems"].as_array().unwrap();
    let problems: Vec<_> = problems.iter().map(|p| (p["path"].as_str().unwrap(), p["message"].as_str().unwrap())).collect();
    let damaged = [
        ("deep.html", "the page is too deep or has too many elements to be an article"),
        ("empty.html", "the page holds no article"),
        ("garbage.vtt", "damaged: there are no captions with times in it"),
        ("half.docx", "damaged: invalid Zip archive: Could not find EOCD"),
        ("picture.eml", "damaged: this is not an e-mail"),
    ];
    assert_eq!(problems, damaged);
    let mut found = Vec::new();
    for mention in report["drafts"][0]["mentions"].as_array().unwrap() {
        for evidence in mention["evidence"].as_array().unwrap() {
            let source = evidence["source"].as_str().unwrap();
            let text = run_in(&dir.path().join("sources"), &["stages", "text", source], b"").out;
            assert_eq!(&text[range(&evidence["range"])], evidence["quote"].as_str().unwrap());
            let words = mention["text"].as_str().unwrap().to_owned();
            found.push((words, mention["label"].as_str().unwrap().to_owned(), source.to_owned(), evidence["published"].clone()));
        }
    }
    for (words, label, source, published) in [
        ("4.3 million euros", "refuted", "ferry.html", Value::from("2026-03-12")),
        ("142,000", "supported", "letter.eml", Value::from("2026-03-11")),
        ("88 million euros", "supported", "hearing.vtt", Value::Null),
        ("$41 million", "refuted", "minutes.docx", Value::from("2026-03-10")),
    ] {
        let expected = (words.to_owned(), label.to_owned(), source.to_owned(), published);
        assert!(found.contains(&expected), "{expected:?} is not among {found:#?}");
    }
}

#[test]
fn a_draft_against_itself() {
    let draft = "Six people were wounded in the attack, officials said.\n\nThe attack wounded seven people, officials said.\n";
    let dir = folder(&[("draft.md", draft.as_bytes()), ("sources/a.txt", b"The library of Oro has new chairs.")]);
    let text = run_in(dir.path(), &["check", "draft.md"], b"");
    // Nothing is refuted by a source.
    assert_eq!(text.code, 0, "{}", text.out);
    assert!(text.out.contains("warning[self-contradiction]: Above, this draft says “Six people”."), "{}", text.out);
    assert!(text.out.contains("above: this draft") && text.out.contains("--> draft.md:1:1"), "{}", text.out);
    let json = run_in(dir.path(), &["check", "draft.md", "--format", "json"], b"");
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
    let seven = mentions.iter().find(|m| m["code"] == "self-contradiction").unwrap();
    assert_eq!((&seven["text"], &seven["label"]), (&"seven".into(), &"not-enough-info".into()));
    assert_eq!(range(&seven["elsewhere"]), 0..3);
}

#[test]
fn shells_and_man_know_the_arguments() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = example(&["completions", shell]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains("fail-on") && !run.out.contains("extract-worker"), "{shell}");
    }
    let page = example(&["man"]);
    assert!(page.out.contains(".TH copydesk 1") && page.out.contains("copydesk\\-check(1)"), "{}", page.out);
    let page = example(&["man", "check"]);
    assert!(page.out.contains(".TH copydesk-check 1") && page.out.contains("fail\\-on"), "{}", page.out);
    fails(&[], &["man", "typo"], "no command");
}

#[test]
fn what_is_ticked_on_a_list_is_accepted() {
    let draft = "The storm sank 104 boats in Oro, the ministry said.\n";
    let source = "The storm sank 140 boats in Oro, the ministry said.\n";
    let dir = folder(&[("draft.md", draft.as_bytes()), ("sources/a.txt", source.as_bytes())]);
    let run = run_in(dir.path(), &["check", "draft.md", "--format", "csv", "--output", "list.csv"], b"");
    assert_eq!(run.code, 1, "{}", run.err);
    let list = fs::read_to_string(dir.path().join("list.csv")).unwrap();
    let ticked: String = list
        .lines()
        .map(|line| if line.contains("quantity-mismatch") { line.replace('☐', "x") + "\n" } else { format!("{line}\n") })
        .collect();
    fs::write(dir.path().join("list.csv"), ticked).unwrap();
    let run = run_in(dir.path(), &["accept", "draft.md", "--from", "list.csv"], b"");
    assert_eq!((run.code, run.out.as_str()), (0, "accepted 1 of the ticked claims in draft.stet.toml\n"), "{}", run.err);
    assert_eq!(run_in(dir.path(), &["check", "draft.md"], b"").code, 0);
    // Once more changes nothing, nor does a workbook; against other sources it does not hold.
    let run = run_in(dir.path(), &["check", "draft.md", "--format", "xlsx", "--output", "list.xlsx"], b"");
    assert_eq!(run.code, 0, "{}", run.err);
    for list in ["list.csv", "list.xlsx"] {
        let run = run_in(dir.path(), &["accept", "draft.md", "--from", list], b"");
        assert_eq!(
            (run.code, run.out.as_str()),
            (0, "accepted 0 of the ticked claims in draft.stet.toml, 1 needed none\n"),
            "{}",
            run.err
        );
    }
    fs::write(dir.path().join("sources/a.txt"), source.replace("140", "150")).unwrap();
    let run = run_in(dir.path(), &["accept", "draft.md", "--from", "list.csv"], b"");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("now say something else"), "{}", run.err);
}
