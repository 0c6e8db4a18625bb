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

/// Every format: cut off at many places, with bytes changed, and bytes that are nothing at all.
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
        for garbage in [&b""[..], b" \n", b"\0\0\0\xff\xfe\x01", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
            assert!(extract(kind, garbage).is_err(), "{} {garbage:?}", path.display());
        }
    }
}
