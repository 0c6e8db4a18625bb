//! The reports of one run that was put together by hand, so that they do not depend on what copydesk can read.

use std::sync::Arc;

use super::{text::Terminal, *};
use crate::ide::{self, Finding, Format, Mismatch, Problem as TextProblem, Reason, Source, Span, Stance, Verdict};

const DRAFT: &str = "# Ferry sinks\n\nThe 🚢 ferry *Aurora* sank on Monday, 9 March. Rescuers pulled 31 passengers from the water, and the \
                     harbour master, who had warned of the storm in the morning, closed the port to all ships until Thursday.\n";
const FIRST: &str = "---\ntitle: Ferry sinks off the coast\ndate: 2026-03-10\n---\nThe ferry Aurora sank on Tuesday, 10 March. Rescuers \
                     pulled 13 passengers\nfrom the water.\n";
const SECOND: &str = "Rescuers pulled 31 passengers \u{202e}from the water\u{9b}2J\u{1b}[2J.\n";

fn source(path: &str, text: &str) -> Arc<Source> {
    let reading = ide::read(text, Format::Markdown, None);
    Arc::new(Source {
        path: path.into(),
        location: format!("/news/{path}"),
        reading,
        terms: Vec::new(),
        copies: Vec::new(),
        echoes: Vec::new(),
        is_remote: false,
    })
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words are there");
    Span::new(start, start + words.len())
}

fn entry() -> Entry {
    let mut draft = ide::read(DRAFT, Format::Markdown, None);
    let mention = |words| ide::Mention {
        span: span(DRAFT, words),
        sentence: 0,
        quoted: false,
        kind: ide::MentionKind::Quotation(Box::new(crate::claim::Quotation {
            pieces: Vec::new(),
            form: crate::claim::QuotationForm::Scare,
            cue: None,
            speaker: None,
        })),
    };
    draft.mentions = ["Aurora", "Monday, 9 March", "31 passengers", "until Thursday"].map(mention).into();
    let (first, second) = (source("first.md", FIRST), source("wire/second.txt", SECOND));
    let finding = |source: &Arc<Source>, quote: &str, counterpart: &str, stance| {
        let text = &source.reading.prose.document.text;
        Finding {
            source: source.clone(),
            quote: span(text, quote),
            counterpart: span(text, counterpart),
            stance,
            confidence: 0.9,
        }
    };
    let verdict = |mention, label, mismatch, confidence, message: &str, findings| Verdict {
        mismatch,
        message: Some(message.to_owned()).filter(|m| !m.is_empty()),
        findings,
        ..Verdict::new(mention, label, confidence, Reason::Differs)
    };
    let sank = "The ferry Aurora sank on Tuesday, 10 March.";
    let refutes = Stance::Refutes;
    let mut verdicts = vec![
        verdict(0, Label::Supported, None, 0.95, "", vec![finding(&first, sank, "Aurora", Stance::Supports)]),
        verdict(
            1,
            Label::Refuted,
            Some(Mismatch::Date),
            0.912_345,
            "The sources say Tuesday, 10 March.",
            vec![finding(&first, sank, "Tuesday, 10 March", refutes(Mismatch::Date))],
        ),
        verdict(
            2,
            Label::Conflicting,
            Some(Mismatch::Quantity),
            0.5,
            "The sources disagree.",
            vec![
                finding(&second, SECOND.trim_end(), "31 passengers", Stance::Supports),
                finding(
                    &first,
                    "Rescuers pulled 13 passengers\nfrom the water.",
                    "13 passengers\nfrom",
                    refutes(Mismatch::Quantity),
                ),
            ],
        ),
        verdict(3, Label::NotEnoughInfo, None, 0.0, "The sources do not say.", Vec::new()),
    ];
    verdicts[1].fix = Some((span(DRAFT, "Monday, 9 March"), "Tuesday, 10 March".into()));
    let problems = vec![TextProblem { message: "This file is not UTF-8.".into() }];
    Entry {
        path: "draft.md".into(),
        checked: Checked { draft: Arc::new(draft), verdicts, problems, signed: Default::default() },
        severity: Box::new(|code| Some(code.severity())),
    }
}

fn with_run(check: impl FnOnce(&Run)) {
    let problems = [Problem { path: "x.pdf".into(), message: "files of this kind are not read".into() }];
    check(&Run { drafts: &[entry()], sources: 2, problems: &problems });
}

#[test]
fn text() {
    with_run(|run| {
        insta::assert_snapshot!("text", text::report(run, false, Terminal::NONE));
        insta::assert_snapshot!("text_all", text::report(run, true, Terminal::NONE));
    });
}

#[test]
fn many_problems_of_one_kind() {
    let problem = |path: &str, message: &str| Problem { path: path.into(), message: message.into() };
    let mut problems: Vec<Problem> = ["a", "b", "c", "d", "e"].map(|p| problem(p, "not read")).into();
    problems.insert(1, problem("x\n", "empty"));
    assert_eq!(text::notes(&problems), ["a, b, c and 2 more: not read", "x : empty"]);
    assert!(text::notes(&[]).is_empty());
}

#[test]
fn text_in_colour() {
    with_run(|run| {
        let styled = text::report(run, true, Terminal { colours: true, ..Terminal::NONE });
        assert!(styled.contains("\u{1b}["));
        let written: String = anstream::adapter::strip_str(&styled).to_string();
        assert_eq!(written, text::report(run, true, Terminal::NONE));
    });
}

#[test]
fn places_are_links_where_a_terminal_has_them() {
    with_run(|run| {
        let plain = text::report(run, true, Terminal::NONE);
        for colours in [false, true] {
            let linked = text::report(run, true, Terminal { colours, links: true, ..Terminal::NONE });
            assert!(linked.contains("\u{1b}]8;;file:///news/"), "{linked}");
            assert_eq!(linked.matches("\u{1b}]8;;file://").count(), linked.matches("\u{1b}]8;;\u{1b}\\").count());
            // The words are the same. `strip_str` leaves what it takes for text of a link alone.
            assert_eq!(anstream::adapter::strip_str(&linked).to_string(), plain);
        }
    });
}

#[test]
fn a_narrow_terminal_breaks_lines_earlier() {
    with_run(|run| {
        let narrow = text::report(run, true, Terminal { columns: Some(50), ..Terminal::NONE });
        let sentences = || narrow.lines().filter(|line| line.trim_start().starts_with('|'));
        assert!(sentences().all(|line| line.chars().count() <= 50), "{narrow}");
        // Labels stand where the lines end.
        let words = |text: &str| {
            let mut words: Vec<String> =
                text.split_whitespace().filter(|w| !w.starts_with(['|', '^', '-'])).map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(words(&narrow), words(&text::report(run, true, Terminal::NONE)));
    });
}

#[test]
fn sources_cannot_write_to_the_terminal() {
    with_run(|run| {
        let written = text::report(run, true, Terminal::NONE);
        assert!(!written.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{written:?}");
    });
}

#[test]
fn json() {
    with_run(|run| {
        let written = json::report(run).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        // What stands in the place named is what is quoted.
        let report: serde_json::Value = serde_json::from_str(&written).unwrap();
        for mention in report["drafts"][0]["mentions"].as_array().unwrap() {
            for evidence in mention["evidence"].as_array().unwrap() {
                let text = if evidence["source"] == "first.md" { FIRST } else { SECOND };
                let range = |r: &serde_json::Value| r["start"].as_u64().unwrap() as usize..r["end"].as_u64().unwrap() as usize;
                assert_eq!(&text[range(&evidence["range"])], evidence["quote"]);
                assert!(text.is_char_boundary(range(&evidence["mention"]).start));
            }
        }
        insta::assert_snapshot!("json", written);
    });
}

#[test]
fn html() {
    with_run(|run| {
        let page = html::report(run).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        let (_, body) = page.split_once("</style>").unwrap();
        // A tag a line, for whoever reads the difference.
        insta::assert_snapshot!("html", body.replace("><", ">\n<"));
    });
}

#[test]
fn every_claim_leads_to_its_note_and_back() {
    with_run(|run| {
        let page = html::report(run);
        for number in 1..=4 {
            for wanted in ["id=\"m", "href=\"#n", "id=\"n", "href=\"#m"] {
                assert_eq!(page.matches(&format!("{wanted}{number}\"")).count(), 1, "{wanted}{number}");
            }
        }
    });
}

#[test]
fn nothing_in_a_page_acts() {
    const EVIL: &str =
        "</style></title><script>alert(1)</script><img src=//e.test/x onerror=x>\u{202e}\" onclick=\"x\u{1b}[2J &amp;";
    let mut entry = entry();
    let source = source(EVIL, EVIL);
    for verdict in &mut entry.checked.verdicts {
        verdict.message = Some(EVIL.into());
        for finding in &mut verdict.findings {
            (finding.source, finding.quote) = (source.clone(), Span::new(0, EVIL.len()));
        }
    }
    entry.path = EVIL.into();
    let problems = [Problem { path: EVIL.into(), message: EVIL.into() }];
    let page = html::report(&Run { drafts: &[entry], sources: 1, problems: &problems });
    for tag in ["<script", "<img", "</style><", "onclick=\"x", "\u{202e}", "\u{1b}"] {
        assert!(!page.contains(tag) || tag == "</style><" && page.matches(tag).count() == 1, "{tag}");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains("U+202E") && page.contains("&amp;amp;"));
}

#[test]
fn claims_in_claims_are_marked_from_the_inside() {
    let mut entry = entry();
    let mention = |words: &str| ide::Mention { span: span(DRAFT, words), ..entry.checked.draft.mentions[0].clone() };
    // One around another, one covered by two, two of one place.
    let mentions = ["ferry *Aurora* sank", "Aurora", "Rescuers pulled", "Rescuers", " pulled", "31", "31"].map(mention).to_vec();
    entry.checked.draft = Arc::new(ide::Reading { mentions, ..Arc::unwrap_or_clone(entry.checked.draft.clone()) });
    let first = entry.checked.verdicts[0].clone();
    entry.checked.verdicts = (0..7).map(|mention| Verdict { mention, ..first.clone() }).collect();
    let page = html::report(&Run { drafts: &[entry], sources: 2, problems: &[] });
    let (_, draft) = page.split_once("<h2 class=\"v\">The draft</h2>").unwrap();
    let (draft, _) = draft.split_once("passengers").unwrap();
    for number in 1..=7 {
        assert_eq!(draft.matches(&format!(" id=\"m{number}\"")).count(), 1, "{number} in {draft}");
        assert_eq!(draft.matches(&format!(">{number}</sup>")).count(), 1, "{number} in {draft}");
    }
    assert!(draft.contains(">ferry </a>") && draft.contains("> sank</a>"), "{draft}");
}

#[test]
fn coverage() {
    let mut entry = entry();
    let of = |entry: &Entry| Coverage::of(&entry.checked);
    let counts = Counts { claims: 4, supported: 1, contradicted: 1, conflicting: 1, open: 1, signed_off: 0 };
    assert_eq!(of(&entry).all, counts);
    assert_eq!(of(&entry).sections.iter().map(|s| (s.title.as_str(), s.counts)).collect::<Vec<_>>(), [("Ferry sinks", counts)]);
    let relied = |entry: &Entry| -> Vec<(String, usize, usize, usize)> {
        of(entry).sources.iter().map(|r| (r.source.path.clone(), r.supports, r.alone, r.contradicts)).collect()
    };
    // Quotations, as all of these are, count as supported, but not as resting on one source.
    assert_eq!(relied(&entry), [("first.md".into(), 1, 0, 2)]);
    let mut draft = Arc::unwrap_or_clone(entry.checked.draft.clone());
    let name = ide::read("The Aurora sank near Paris.", Format::Plain, None).mentions.swap_remove(0);
    draft.mentions[0].kind = name.kind;
    entry.checked.draft = draft.into();
    assert_eq!(relied(&entry), [("first.md".into(), 1, 1, 2)]);
    assert_eq!((of(&entry).single, of(&entry).all.percent()), (vec![0], Some(25)));
    entry.checked.signed.insert(1, ide::SignOff::default());
    assert_eq!((of(&entry).all.contradicted, of(&entry).all.signed_off), (0, 1));
    assert_eq!(Counts::default().percent(), None);
}

#[test]
fn sarif() {
    with_run(|run| {
        let written = sarif::report(run, true).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        let mut log: serde_json::Value = serde_json::from_str(&written).unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(rule["help"]["markdown"].as_str().unwrap().contains(rule["id"].as_str().unwrap()));
        }
        insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&log).unwrap());
    });
}

#[test]
fn fingerprints_survive_edits_elsewhere() {
    let prints = |before: &str, twice: bool| -> Vec<String> {
        let mut entry = entry();
        let text = format!("{before}{DRAFT}{}", if twice { DRAFT } else { "" });
        let mut draft = ide::read(&text, Format::Markdown, None);
        let old = &entry.checked.draft.mentions;
        draft.mentions = old.iter().map(|m| ide::Mention { span: span(&text, m.span.of(DRAFT)), ..m.clone() }).collect();
        if twice {
            let behind = (before.len() + DRAFT.len()) as u32;
            let shift = |m: &ide::Mention| ide::Mention {
                span: Span { start: m.span.start + behind, end: m.span.end + behind },
                ..m.clone()
            };
            draft.mentions.extend(old.iter().map(shift));
            let again: Vec<Verdict> =
                entry.checked.verdicts.iter().map(|v| Verdict { mention: v.mention + 4, ..v.clone() }).collect();
            entry.checked.verdicts.extend(again);
        }
        entry.checked.draft = draft.into();
        let log = sarif::report(&Run { drafts: &[entry], sources: 2, problems: &[] }, true);
        let log: serde_json::Value = serde_json::from_str(&log).unwrap();
        let of = |r: &serde_json::Value| r["partialFingerprints"]["copydeskClaim/v1"].as_str().unwrap().to_owned();
        log["runs"][0]["results"].as_array().unwrap().iter().map(of).collect()
    };
    let first = prints("", false);
    assert_eq!(first.len(), 3);
    assert_eq!(prints("Something new stands above.\n\n", false), first);
    // Of two that say the same each has its own.
    let twice = prints("", true);
    assert_eq!(twice[..3], first);
    assert!(twice[3..].iter().all(|print| !first.contains(print)));
}

#[test]
fn what_is_accepted_is_suppressed() {
    let mut entry = entry();
    let signed = ide::SignOff { by: Some("AB".into()), ..ide::SignOff::default() };
    entry.checked.signed.insert(1, signed);
    let drafts = [entry];
    let run = Run { drafts: &drafts, sources: 2, problems: &[] };
    let log: serde_json::Value = serde_json::from_str(&sarif::report(&run, false)).unwrap();
    let suppressions = |i: usize| &log["runs"][0]["results"][i]["suppressions"];
    assert_eq!(suppressions(0)[0]["justification"], "Accepted by AB");
    assert_eq!(suppressions(1), &serde_json::json!([]));
    assert!(!github::report(&run, false).contains("date-mismatch"));
}

#[test]
fn annotations() {
    with_run(|run| insta::assert_snapshot!("github", github::report(run, true)));
    let mut entry = entry();
    entry.path = "a:b,c%\n::error::d.md".into();
    entry.checked.verdicts[1].message = Some("50 %\n::error::x".into());
    let written = github::report(&Run { drafts: &[entry], sources: 2, problems: &[] }, false);
    let first = written.lines().next().unwrap();
    assert!(first.starts_with("::warning file=a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3Ad.md,line=3,"), "{first}");
    assert!(first.contains("::50 %25 ::error::x%0Afirst.md:5: The ferry"), "{first}");
    assert!(written.lines().all(|line| !line.starts_with("::error::")), "{written}");
}

/// The schema of the JSON. What came after the first version is not required, so that the outputs of all versions keep to it.
fn schema() -> serde_json::Value {
    const LATER: [(&str, &str); 2] = [("Draft", "coverage"), ("Mention", "one_source")];
    let mut schema = serde_json::to_value(schemars::schema_for!(json::Report)).unwrap();
    for (of, field) in LATER {
        let required = schema["$defs"][of]["required"].as_array_mut().unwrap();
        let count = required.len();
        required.retain(|name| name != field);
        assert!(required.len() < count, "{of} has no {field}");
    }
    schema
}

#[test]
fn the_schema_of_the_json() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    let schema = schema();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(root.join("schema.json"), &text).unwrap();
    }
    let kept = std::fs::read_to_string(root.join("schema.json")).unwrap_or_default();
    assert_eq!(kept, text, "UPDATE_SCHEMA=1 cargo test writes it anew");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("https://copydesk.test/report.json", schema).unwrap();
    let index = compiler.compile("https://copydesk.test/report.json", &mut schemas).unwrap();
    let valid = |name: &str, report: &serde_json::Value| {
        schemas.validate(report, index).unwrap_or_else(|error| panic!("{name}: {error}"));
    };
    with_run(|run| {
        let mut entry = entry();
        entry.checked.signed.insert(1, ide::SignOff::default());
        let drafts = [entry];
        for run in [run, &Run { drafts: &drafts, ..*run }] {
            valid("today", &serde_json::from_str(&json::report(run)).unwrap());
        }
        let today: serde_json::Value = serde_json::from_str(&json::report(run)).unwrap();
        // What versions printed of the same run: it keeps to the schema, and all of it is still there.
        for file in std::fs::read_dir(root.join("kept")).unwrap().map(|file| file.unwrap().path()) {
            let name = file.display().to_string();
            let report = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            valid(&name, &report);
            assert!(has(&today, &report), "{name}: something is gone");
        }
    });
    let mut wrong: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("kept/0.1.0.json")).unwrap()).unwrap();
    wrong["drafts"][0]["mentions"][0]["label"] = "false".into();
    assert!(schemas.validate(&wrong, index).is_err());
}

/// Whether a value has the fields of another, of the same types.
fn has(new: &serde_json::Value, old: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Null, Object};
    match (new, old) {
        (Object(new), Object(old)) => old.iter().all(|(key, value)| new.get(key).is_some_and(|n| has(n, value))),
        (Array(new), Array(old)) => new.len() == old.len() && new.iter().zip(old).all(|(n, o)| has(n, o)),
        (_, Null) => true,
        (new, old) => std::mem::discriminant(new) == std::mem::discriminant(old),
    }
}

#[test]
fn coverage_for_people() {
    with_run(|run| {
        let expected = "\ndraft.md\n 25 %  1 of 4 claims supported, 0 of them by one source only\n       \
                        first.md supports 1, 0 of them alone, and contradicts 2\n";
        assert_eq!(text::coverage(run), expected);
    });
}

#[test]
fn the_list_of_facts() {
    with_run(|run| {
        insta::assert_snapshot!("csv", list::csv(run));
        insta::assert_snapshot!("markdown", list::markdown(run));
    });
}

#[test]
fn no_cell_is_a_formula_and_all_come_back() {
    for text in ["=1+1", "+1", "-5 degrees", "@x", "'=1", "''-x", "'Tis", "x=1", "a,b;c\"d", "_x0041_", "<b>&amp;"] {
        let mut entry = entry();
        entry.checked.signed.insert(1, ide::SignOff { reason: Some(text.into()), ..ide::SignOff::default() });
        let drafts = [entry];
        let table = list::csv(&Run { drafts: &drafts, sources: 2, problems: &[] });
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records().map(Result::unwrap) {
            assert!(!record.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{table}");
        }
        // It is accepted with this reason already.
        let book = list::workbook(&Run { drafts: &drafts, sources: 2, problems: &[] }).unwrap();
        for list in [table.as_bytes(), &book] {
            let ticked = list::ticked(&drafts[0], &list::read(list).unwrap());
            assert_eq!((ticked.accepted.len(), ticked.settled, ticked.stale.len()), (0, 1, 0), "{text}");
        }
    }
}

#[test]
fn a_workbook_is_read_as_spreadsheets_save_it() {
    let drafts = [entry()];
    let run = Run { drafts: &drafts, sources: 2, problems: &[] };
    let made = list::workbook(&run).unwrap();
    assert_eq!(made, list::workbook(&run).unwrap(), "the same claims are the same bytes");
    let rows = list::read(&made).unwrap();
    assert_eq!(rows, list::read(list::csv(&run).as_bytes()).unwrap());
    // The checker's own: another sheet before it that is empty, a date that became one, a tick that is a truth value.
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (line, cells) in (0..).zip(table(&run)) {
        for (column, cell) in (0..).zip(&cells) {
            sheet.write_string(line, column, cell).unwrap();
        }
    }
    sheet.write_boolean(2, 0, true).unwrap();
    sheet.write_datetime_with_format(2, 11, rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 9).unwrap(), &day).unwrap();
    let ticked = list::ticked(&drafts[0], &list::read(&book.save_to_buffer().unwrap()).unwrap());
    assert_eq!((ticked.accepted.len(), ticked.settled, ticked.stale.len()), (1, 0, 0));
    assert_eq!(ticked.accepted[0].signed.date.as_deref(), Some("2026-03-09"));
    // What only begins like one, and one cut short.
    for broken in [&made[..made.len() / 2], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more"] {
        assert!(!list::read(broken).unwrap_err().is_empty());
    }
}

/// The cells of the list.
fn table(run: &Run) -> Vec<Vec<String>> {
    let csv = list::csv(run);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_list_is_read_as_spreadsheets_save_it() {
    let drafts = [entry()];
    let table = list::csv(&Run { drafts: &drafts, sources: 2, problems: &[] });
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    // Semicolons, CRLF, other columns, another order of lines; the second and the first are ticked.
    let mut out = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut lines: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    for line in &mut lines[..2] {
        line[0] = "X".into();
        line[9] = "by phone".into();
        line[12] = "the harbour master".into();
    }
    lines.reverse();
    let names = reader.headers().unwrap().iter().map(str::to_uppercase).collect();
    for mut line in std::iter::once(names).chain(lines) {
        line.insert(0, "mine".into());
        line.reverse();
        out.write_record(line).unwrap();
    }
    let saved = String::from_utf8(out.into_inner().unwrap()).unwrap();
    let rows = list::read(saved.as_bytes()).unwrap();
    let ticked = list::ticked(&drafts[0], &rows);
    assert_eq!((ticked.accepted.len(), ticked.settled, ticked.stale.len()), (1, 1, 0));
    let accepted = &ticked.accepted[0];
    assert_eq!((accepted.text.as_str(), accepted.code.as_deref()), ("Monday, 9 March", Some("date-mismatch")));
    assert_eq!(accepted.signed.reason.as_deref(), Some("by phone: the harbour master"));
    // The sources say something else meanwhile: what was ticked does not hold.
    let mut changed = entry();
    changed.checked.verdicts[1].findings.clear();
    assert_eq!(list::ticked(&changed, &rows).stale, [2]);
    // Another draft's lines are not this one's.
    changed.path = "other.md".into();
    assert_eq!(list::ticked(&changed, &rows), list::Ticked::default());
    assert!(list::read(b"a,b\n1,2\n").is_err());
    assert!(list::read(table.replacen('☐', "perhaps", 1).as_bytes()).unwrap_err().contains("line 2"));
}
