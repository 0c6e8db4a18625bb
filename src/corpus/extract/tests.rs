use std::path::Path;

use jiff::civil::date;

use super::*;

/// What is read from a file of tests/formats.
fn file(name: &str) -> Extracted {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    let read = extract(Kind::of_path(&path).unwrap(), &std::fs::read(&path).unwrap());
    read.unwrap_or_else(|why| panic!("{name}: {why}"))
}

#[test]
fn page() {
    let page = file("ferry.html");
    insta::assert_snapshot!(page.text);
    let meta = &page.meta;
    assert_eq!(meta.title.as_deref(), Some("Ferry line to Sundholm closes after 41 years"));
    assert_eq!(meta.byline.as_deref(), Some("Maren Holt, Idris Vance"));
    assert_eq!(meta.outlet.as_deref(), Some("The Harbour Gazette"));
    assert_eq!(meta.published, Some(date(2026, 3, 12)));
    assert_eq!(meta.url.as_deref(), Some("https://gazette.example/news/ferry-closes"));
}

#[test]
fn mail() {
    let mail = file("letter.eml");
    insta::assert_snapshot!(mail.text);
    assert_eq!(mail.meta.title.as_deref(), Some("Ferry: figures for the last year"));
    assert_eq!(mail.meta.byline.as_deref(), Some("Tilda Börne"));
    assert_eq!(mail.meta.published, Some(date(2026, 3, 11)));
    let page = "From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>The line lost 3.4 million euros in the \
                year before it was closed, the company said.</p><p>It will pay 18 people until June.</p></body></html>";
    let page = extract(Kind::Mail, page.as_bytes()).unwrap();
    assert!(page.text.contains("euros in the year before it was closed, the company said.\n\nIt will pay"), "{}", page.text);
    assert_eq!(page.meta.byline.as_deref(), Some("a@b.example"));
}

#[test]
fn captions() {
    insta::assert_snapshot!(file("hearing.vtt").text);
    let srt = "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>The bridge opened</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\nin 2021 & cost less.\r\n";
    assert_eq!(extract(Kind::Captions, srt.as_bytes()).unwrap().text, "The bridge opened in 2021 & cost less.\n");
}

#[test]
fn word() {
    let word = file("minutes.docx");
    insta::assert_snapshot!(word.text);
    assert_eq!(word.meta.byline.as_deref(), Some("Ilse Maur"));
    assert_eq!(word.meta.published, Some(date(2026, 3, 10)));
}

#[test]
fn open_document() {
    let text = file("survey.odt");
    insta::assert_snapshot!(text.text);
    assert_eq!(text.meta.title.as_deref(), Some("What the islands' survey found"));
    assert_eq!(text.meta.byline.as_deref(), Some("Tove & Aksel Lund"));
    assert_eq!(text.meta.published, Some(date(2026, 2, 17)));
}

#[test]
fn rtf() {
    let text = file("statement.rtf");
    insta::assert_snapshot!(text.text);
    assert_eq!(text.meta.title.as_deref(), Some("Statement on the fire at Hjortelund"));
    assert_eq!(text.meta.byline.as_deref(), Some("Jürgen Sandvik"));
    assert_eq!(text.meta.published, Some(date(2026, 1, 22)));
}

#[test]
fn book() {
    let book = file("islands.epub");
    insta::assert_snapshot!(book.text);
    assert_eq!(book.meta.title.as_deref(), Some("The Skerry Islands: A Short History"));
    assert_eq!(book.meta.byline.as_deref(), Some("Runa Fjeld, Per Odd"));
    assert_eq!(book.meta.outlet.as_deref(), Some("Lantern Press"));
    assert_eq!(book.meta.published, Some(date(2024, 5, 6)));
}

/// Two columns, running heads, words broken at the ends of lines.
#[test]
fn pdf() {
    let report = file("report.pdf");
    insta::assert_snapshot!(report.text);
    assert_eq!(report.meta.title.as_deref(), Some("Sundholm harbour: the year 2025"));
    assert_eq!(report.meta.byline.as_deref(), Some("Liv Aasen"));
    assert_eq!(file("restricted.pdf").text, "The council met behind closed doors on 9 March 2026.\n");
}

#[test]
fn files_without_text() {
    let why = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
        extract(Kind::of_path(&path).unwrap(), &std::fs::read(&path).unwrap()).unwrap_err()
    };
    assert_eq!(why("scan.pdf"), "this PDF holds pictures of text only");
    assert_eq!(why("locked.pdf"), "protected by a password");
    let deep = format!("{{\\rtf1 {}", "{".repeat(200_000));
    assert_eq!(extract(Kind::Rtf, deep.as_bytes()).unwrap_err(), "damaged: its groups lie too deep in each other");
    assert_eq!(extract(Kind::Rtf, b"text").unwrap_err(), "damaged: this is not a text in RTF");
    assert_eq!(
        extract(Kind::Word, b"\xd0\xcf\x11\xe0..").unwrap_err(),
        "protected by a password, or in the format of an older Word"
    );
}

#[test]
fn titles_of_programs() {
    for title in ["Microsoft Word - draft3.doc", "report_final.docx", "Untitled document", "Document1", "12345-2", ""] {
        assert_eq!(properties::title(title), None, "{title}");
    }
    assert_eq!(properties::title("Annual  report 2025").as_deref(), Some("Annual report 2025"));
    assert_eq!(properties::author("Administrator"), None);
    assert_eq!(properties::author("A. Lund").as_deref(), Some("A. Lund"));
}

#[test]
fn pages_that_would_take_too_long() {
    for (name, part) in [
        ("deep", "<div>"),
        ("short form", "<div/>"),
        ("formatting", "<p><b id=x></p>"),
        ("wrong ends", "<i></q>"),
        ("in a drawing", "<svg><p><path/>"),
        ("out of a drawing", "<svg></svg><rect/>"),
        ("cells", "<table><td>"),
    ] {
        let start = std::time::Instant::now();
        let read = extract(Kind::Html, part.repeat(200_000).as_bytes());
        assert!(read.is_err(), "{name}: {read:?}");
        assert!(start.elapsed().as_secs() < 20, "{name}: {:?}", start.elapsed());
    }
}

/// Every format: cut off at many places, with bytes and bits changed, and bytes that are nothing at all.
#[test]
fn damaged() {
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")).unwrap() {
        let path = entry.unwrap().path();
        let Some(kind) = Kind::of_path(&path) else { continue };
        let bytes = std::fs::read(&path).unwrap();
        for part in 0..=20 {
            let _ = extract(kind, &bytes[..bytes.len() * part / 20]);
            let mut changed = bytes.clone();
            for i in (part..changed.len()).step_by(97) {
                changed[i] ^= 0x15;
            }
            let _ = extract(kind, &changed);
        }
        // Always the same numbers, by Marsaglia's shifts.
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        for round in 0..60 {
            let mut changed = bytes.clone();
            changed.truncate(if round % 2 == 0 { bytes.len() } else { random(bytes.len()) + 1 });
            for _ in 0..=random(6) {
                let at = random(changed.len());
                changed[at] ^= 1 << random(8);
            }
            let start = std::time::Instant::now();
            let _ = extract(kind, &changed);
            assert!(start.elapsed().as_secs() < 10, "{} round {round}: {:?}", path.display(), start.elapsed());
        }
        for garbage in [&b""[..], b" \n", b"\0\0\0\xff\xfe\x01", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
            assert!(extract(kind, garbage).is_err(), "{} {garbage:?}", path.display());
        }
    }
}
