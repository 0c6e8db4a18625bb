//! The program over files in other formats than plain text: what it reads of them in a process of its own, and what it says of files that
//! are made to do harm.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use serde_json::Value;
#[path = "hostile/make.rs"]
mod make;

use make::{pdf, stream, zipped};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

fn run(args: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(args).current_dir(folder).env_remove("COPYDESK_LOG").output().unwrap()
}

/// The text of a file, or why there is none.
fn text(path: &Path) -> Result<String, String> {
    let run = run(&["stages", "text", path.to_str().unwrap()], Path::new("."));
    let err = String::from_utf8(run.stderr).unwrap();
    assert!(!err.contains("panicked"), "{err}");
    if run.status.success() { Ok(String::from_utf8(run.stdout).unwrap()) } else { Err(err) }
}

#[test]
fn every_format() {
    for (name, part) in [
        ("report.pdf", "The harbour authority of Sundholm handled 4.1 million tonnes of cargo in 2025, 6 percent less than"),
        ("restricted.pdf", "The council met behind closed doors on 9 March 2026."),
        ("minutes.docx", "The council spent $14 million in 2025"),
        ("survey.odt", "Of the 2,480 households on the islands, 1,116 answered"),
        ("statement.rtf", "The fire at the sawmill in Hjortelund broke out at 02:40"),
        ("islands.epub", "The pier was begun in 1904 & finished in 1907"),
    ] {
        let text = text(&fixture(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(text.contains(part), "{name}: {text}");
    }
    for (name, why) in [("scan.pdf", "this PDF holds pictures of text only"), ("locked.pdf", "protected by a password")] {
        assert!(text(&fixture(name)).unwrap_err().contains(why), "{name}");
    }
}

#[test]
fn a_draft_over_them() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("sources")).unwrap();
    for name in ["report.pdf", "locked.pdf", "survey.odt", "statement.rtf", "islands.epub"] {
        fs::copy(fixture(name), dir.path().join("sources").join(name)).unwrap();
    }
    let draft =
        "The harbour authority of Sundholm handled 4.7 million tonnes of cargo in 2025.\n\nThe pier cost 61,000 crowns.\n";
    fs::write(dir.path().join("draft.md"), draft).unwrap();
    let run = run(&["check", "draft.md"], dir.path());
    let out = String::from_utf8(run.stdout).unwrap();
    assert_eq!(run.status.code(), Some(1), "{out}");
    assert!(out.contains("The sources say 4.1 million tonnes of cargo."), "{out}");
    assert!(out.contains("--> report.pdf:"), "{out}");
    assert!(out.contains("note: islands.epub: The chapter text/gone.xhtml is missing or damaged."), "{out}");
    assert!(out.contains("note: locked.pdf: protected by a password"), "{out}");
    assert!(out.contains("against 4 sources"), "{out}");
}

#[test]
fn files_that_are_made_to_do_harm() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>";
    let of_page = |page: &str, content: &str| {
        let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned();
        pdf(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), pages, page.to_owned(), stream(content)])
    };
    let content = format!("<office:body>{}</office:body>", nested("<text:p>", "</text:p>"));
    let files: [(&str, Vec<u8>); 9] = [
        ("arrays.pdf", of_page(&format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /X {} >>", nested("[", "]")), "")),
        (
            "dictionaries.pdf",
            of_page(&format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /X {} >>", nested("<</A ", ">>")), ""),
        ),
        ("operands.pdf", of_page(page, &nested("[", "]"))),
        ("states.pdf", of_page(page, &"q ".repeat(3_000_000))),
        ("own-child.pdf", pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"])),
        ("counts.pdf", pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 2000000000 >>"])),
        ("bomb.odt", zipped(&[("content.xml", &vec![b' '; 100 << 20])])),
        ("bomb.docx", zipped(&[("word/document.xml", &vec![b' '; 100 << 20])])),
        ("deep.odt", zipped(&[("content.xml", content.as_bytes())])),
    ];
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("sources")).unwrap();
    for (name, bytes) in &files {
        fs::write(dir.path().join("sources").join(name), bytes).unwrap();
    }
    fs::write(dir.path().join("sources/good.txt"), "The council has 21 members.").unwrap();
    fs::write(dir.path().join("draft.md"), "The council has 12 members.").unwrap();
    let start = Instant::now();
    let run = run(&["check", "draft.md", "--format", "json"], dir.path());
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let out: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(out["summary"]["refuted"], 1, "{out}");
    for (name, _) in &files {
        let problem = out["sources"]["problems"].as_array().unwrap().iter().find(|problem| problem["path"] == *name);
        let problem = problem.unwrap_or_else(|| panic!("{name} was read: {out}"));
        assert!(!name.starts_with("bomb") || problem["message"] == "its text is larger than 64 MB", "{problem}");
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
