use std::{fmt::Write as _, path::Path};

use jiff::civil::date;

use super::*;

/// What is read from a file of tests/formats.
fn files(name: &str, fields: &Fields) -> Vec<Extracted> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    let read = super::extract(Kind::of_path(&path).unwrap(), &std::fs::read(&path).unwrap(), fields);
    read.unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn file(name: &str) -> Extracted {
    let mut read = files(name, &Fields::default());
    assert_eq!(read.len(), 1);
    read.remove(0)
}

fn extract(kind: Kind, bytes: &[u8]) -> Result<Extracted, String> {
    let mut read = super::extract(kind, bytes, &Fields::default())?;
    assert_eq!(read.len(), 1);
    Ok(read.remove(0))
}

/// Texts as a snapshot shows them.
fn shown(texts: &[Extracted]) -> String {
    let mut out = String::new();
    for text in texts {
        let meta = &text.meta;
        let parts = [&text.part, &meta.title, &meta.byline, &meta.outlet, &meta.published.map(|d| d.to_string()), &meta.url];
        let parts: Vec<&str> = parts.into_iter().map(|part| part.as_deref().unwrap_or("-")).collect();
        writeln!(out, "== {}\n{}", parts.join(" | "), text.text).unwrap();
        for problem in &text.problems {
            writeln!(out, "!! {}", problem.message).unwrap();
        }
    }
    out
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
fn words_that_cannot_be_seen() {
    let page = "<p>The ferry \u{1}\u{200b} \u{ad} sank in ear\u{ad}ly March.</p>\u{2}<p>\u{200b}</p>";
    assert_eq!(extract(Kind::Html, page.as_bytes()).unwrap().text, "The ferry sank in early March.\n");
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
fn feeds() {
    insta::assert_snapshot!(shown(&files("wire.rss", &Fields::default())));
    insta::assert_snapshot!(shown(&files("council.atom", &Fields::default())));
    let none = |xml: &str| super::extract(Kind::Feed, xml.as_bytes(), &Fields::default()).unwrap_err();
    assert_eq!(
        none("<?xml version='1.0'?><!-- <rss> --><!DOCTYPE note [<!ENTITY a 'b'>]><note>Hello</note>"),
        "this is not a feed"
    );
    assert_eq!(none("<rss version='2.0'><channel><title>A</title></channel></rss>"), "there are no entries with a text in it");
    assert!(none("<rss version='2.0'><channel><item><title>A</title></chan").starts_with("damaged feed"));
}

#[test]
fn json() {
    insta::assert_snapshot!(shown(&files("archive.json", &Fields::default())));
    let one = |json: &str| shown(&super::extract(Kind::Json, json.as_bytes(), &Fields::default()).unwrap());
    assert_eq!(one(r#"{"title": "A", "text": "Rain fell."}"#), "== - | A | - | - | - | -\nA\n\nRain fell.\n\n");
    assert_eq!(one(r#"[{"text": "Rain fell."}]"#), "== 1 | - | - | - | - | -\nRain fell.\n\n");
    // An article in parts, and articles in a list of the same name.
    let parts = r#"{"title": "A", "content": [{"type": "p", "text": "Rain fell."}, {"type": "p", "text": "It froze."}]}"#;
    assert_eq!(one(parts), "== - | A | - | - | - | -\nA\n\nRain fell.\n\nIt froze.\n\n");
    assert_eq!(
        one(r#"{"title": "All", "content": [{"title": "A", "text": "Rain fell."}]}"#),
        "== 1 | A | - | - | - | -\nA\n\nRain fell.\n\n"
    );
    // Without a list around them.
    assert!(one("{\"text\": \"Rain fell.\"}\n{\"text\": \"It froze.\"}").contains("== 2 |"));
}

#[test]
fn lines_and_fields() {
    let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let fields = Fields { text: list(&["lead", "content.body"]), ..Fields::default() };
    insta::assert_snapshot!(shown(&files("lines.jsonl", &fields)));
    insta::assert_snapshot!(shown(&files("table.csv", &Fields::default())));
    let why = |kind, bytes: &str, fields: &Fields| super::extract(kind, bytes.as_bytes(), fields).unwrap_err();
    assert_eq!(
        why(Kind::Table, "id,main,kopf\n1,Rain fell.,A\n", &Fields::default()),
        "no field is known to hold the text; there are: id, kopf, main. Say which in copydesk.toml, under [fields]: text = \"NAME\""
    );
    let wrong = Fields { text: list(&["man"]), ..Fields::default() };
    assert_eq!(
        why(Kind::JsonLines, r#"{"main": {"de": "Rain fell."}}"#, &wrong),
        "no record has a text in man, as [fields] in copydesk.toml says; there are: main.de"
    );
    let right = Fields { text: list(&["main.de"]), title: list(&["kopf"]), ..Fields::default() };
    let read = super::extract(Kind::JsonLines, r#"{"main": {"de": "Rain fell."}, "KOPF": "A"}"#.as_bytes(), &right).unwrap();
    assert_eq!(read[0].text, "A\n\nRain fell.\n");
    // The name of a column may have a dot in it.
    assert_eq!(super::extract(Kind::Table, b"main.de\tid\nRain fell.\t7\n", &right).unwrap()[0].text, "Rain fell.\n");
}

#[test]
fn dates_of_records() {
    for (date, expect) in [
        (r#""2026-03-12T23:40:00-05:00""#, "2026-03-12"),
        (r#""Thu, 12 Mar 2026 23:40:00 -0500""#, "2026-03-12"),
        (r#""March 12, 2026""#, "2026-03-12"),
        (r#""20260312T234000Z""#, "2026-03-12"),
        ("1773273600", "2026-03-12"),
        ("1773273600.5", "2026-03-12"),
        ("1773273600000", "2026-03-12"),
        (r#""1773273600""#, "2026-03-12"),
        (r#"{"$date": "2026-03-12T10:00:00Z"}"#, "2026-03-12"),
        (r#""03/04/2026""#, "none"),
        ("-1e300", "none"),
        ("12", "none"),
    ] {
        let json = format!(r#"{{"text": "Rain fell.", "date": {date}}}"#);
        let published = extract(Kind::Json, json.as_bytes()).unwrap().meta.published;
        assert_eq!(published.map_or("none".into(), |d| d.to_string()), expect, "{date}");
    }
}

#[test]
fn exports_meant_to_harm() {
    let start = std::time::Instant::now();
    let read = |kind, bytes: &[u8]| super::extract(kind, bytes, &Fields::default());
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(read(Kind::Json, deep.as_bytes()).unwrap_err().starts_with("damaged JSON: recursion limit"));
    assert!(read(Kind::Json, "{\"a\":".repeat(10_000).as_bytes()).is_err());
    assert!(read(Kind::JsonLines, deep.as_bytes()).unwrap_err().starts_with("line 1: not JSON"));
    let nested = format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{}", "<b>".repeat(200_000));
    assert!(read(Kind::Feed, nested.as_bytes()).is_err());
    let nested =
        format!("<rss version='2.0'><channel><item>{}{}</item></channel></rss>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert!(read(Kind::Feed, nested.as_bytes()).is_err());
    // Entities of entities of entities.
    let mut laughs = String::from("<!DOCTYPE rss [<!ENTITY a0 'ha'>");
    for i in 0..40 {
        write!(laughs, "<!ENTITY a{} '{}'>", i + 1, format!("&a{i};").repeat(10)).unwrap();
    }
    laughs.push_str(
        "]><rss version='2.0'><channel><item><title>A</title><description>Rain fell &a40;.</description></item></channel></rss>",
    );
    assert!(read(Kind::Feed, laughs.as_bytes()).is_ok_and(|texts| texts[0].text.len() < 100));
    // Bytes that are not UTF-8.
    assert_eq!(read(Kind::Table, b"text\nCaf\xe9 burnt.\n").unwrap()[0].text, "Café burnt.\n");
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><rss version='2.0'><channel><item><description>Caf\xe9 burnt.</description></item></channel></rss>";
    assert_eq!(read(Kind::Feed, latin).unwrap()[0].text, "Café burnt.\n");
    // A quotation mark that is never closed.
    assert!(read(Kind::Table, b"title,text\nA,\"Rain fell.\nB,It froze.\n").is_ok_and(|texts| texts.len() == 1));
    let many = "Rain fell on day 1.,A\n".repeat(100_000);
    assert_eq!(read(Kind::Table, format!("text,title\n{many}").as_bytes()).unwrap().len(), 100_000);
    let many = "{\"text\": \"<p>Rain fell &amp; froze.</p>\"}\n".repeat(10_000);
    assert_eq!(read(Kind::JsonLines, many.as_bytes()).unwrap().len(), 10_000);
    let many = "<item><description>Rain fell.</description></item>".repeat(10_000);
    let many = read(Kind::Feed, format!("<rss version='2.0'><channel>{many}</channel></rss>").as_bytes()).unwrap();
    assert_eq!(many.len(), 10_000);
    // Many that cannot be read are told in a few lines.
    let some = read(Kind::JsonLines, format!("{}{{\"text\": \"Rain fell.\"}}", "x\n".repeat(1000)).as_bytes()).unwrap();
    assert_eq!(some[0].problems.last().unwrap().message, "and 990 more like these, up to line 1000");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
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
            let _ = super::extract(kind, &bytes[..bytes.len() * part / 20], &Fields::default());
            let mut changed = bytes.clone();
            for i in (part..changed.len()).step_by(97) {
                changed[i] ^= 0x15;
            }
            let _ = super::extract(kind, &changed, &Fields::default());
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
            let _ = super::extract(kind, &changed, &Fields::default());
            assert!(start.elapsed().as_secs() < 10, "{} round {round}: {:?}", path.display(), start.elapsed());
        }
        for garbage in [&b""[..], b" \n", b"\0\0\0\xff\xfe\x01", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
            assert!(super::extract(kind, garbage, &Fields::default()).is_err(), "{} {garbage:?}", path.display());
        }
    }
}

/// Reads the pages of tests/formats/html_benchmark.py and writes down what is found in them.
#[test]
#[ignore = "needs pages of others"]
fn pages_of_a_benchmark() {
    let Ok(list) = std::env::var("COPYDESK_PAGES") else { return };
    let mut out = String::new();
    for path in std::fs::read_to_string(&list).unwrap().lines() {
        let bytes = std::fs::read(path).unwrap();
        let read = extract(Kind::Html, &bytes).unwrap_or_default();
        let alone = || {
            let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
            let mut reader = dom_smoothie::Readability::new(html::decode(&bytes).0, None, Some(config)).ok()?;
            reader.parse().ok()
        };
        let alone = alone();
        let line = serde_json::json!({
            "file": path,
            "copydesk": read.text,
            "copydesk title": read.meta.title,
            "copydesk date": read.meta.published.map(|d| d.to_string()),
            "dom_smoothie": alone.as_ref().map(|a| a.text_content.to_string()),
            "dom_smoothie title": alone.as_ref().map(|a| a.title.clone()),
            "dom_smoothie date": alone.as_ref().and_then(|a| document_date(a.published_time.as_deref()?)),
        });
        writeln!(out, "{line}").unwrap();
    }
    std::fs::write(format!("{list}.jsonl"), out).unwrap();
}

fn document_date(written: &str) -> Option<String> {
    crate::document::date(written).map(|d| d.to_string())
}
