//! Files that are made to hurt their reader, each with its name. What they stand for is said by it.

use std::{fmt::Write as _, fs::File, io::Cursor, path::Path};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::make::{pdf, stream, zipped};

/// How deep things are nested.
const DEEP: usize = 10_000;
/// Writes them all, with single lines of so many bytes; gives their names.
pub(crate) fn write(folder: &Path, long: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut keep = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).unwrap();
        names.push(name.to_owned());
    };
    deep(&mut keep);
    laughs(&mut keep);
    packed(&mut keep);
    recursive(&mut keep);
    wrong_endings(&mut keep);
    long_lines(&mut keep, long);
    // A thousand megabytes in one line, which take no room on the disk.
    File::create(folder.join("gigabyte.txt")).and_then(|file| file.set_len(1 << 30)).unwrap();
    names.push("gigabyte.txt".into());
    names
}

fn deep(keep: &mut impl FnMut(&str, &[u8])) {
    let nested = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(DEEP), close.repeat(DEEP));
    keep("deep-lists.json", nested("[", "\"Rain fell.\"", "]").as_bytes());
    keep("deep-objects.json", nested("{\"text\":", "\"Rain fell.\"", "}").as_bytes());
    keep("deep.jsonl", format!("{}\n", nested("[", "", "]")).as_bytes());
    for tag in ["div", "b", "a", "table", "ul", "blockquote", "svg", "template", "select", "font"] {
        keep(&format!("deep-{tag}.html"), nested(&format!("<{tag}>"), "Rain fell.", &format!("</{tag}>")).as_bytes());
    }
    let rss =
        |inner: &str| format!("<rss version='2.0'><channel><item><description>{inner}</description></item></channel></rss>");
    keep("deep.xml", rss(&nested("<b>", "Rain fell.", "</b>")).as_bytes());
    keep("deep-escaped.rss", rss(&nested("&lt;div&gt;", "Rain fell.", "&lt;/div&gt;")).as_bytes());
    keep("deep.rtf", format!("{{\\rtf1 {}}}", nested("{", "Rain fell.", "}")).as_bytes());
    keep("deep-tables.rtf", format!("{{\\rtf1 {}", "\\trowd\\intbl\\itap9 Rain\\nestcell".repeat(DEEP)).as_bytes());
    keep("deep.md", nested("> ", "Rain fell.", "").as_bytes());
    let mut items = String::new();
    (0..2_000).for_each(|i| writeln!(items, "{}- Rain fell.", "  ".repeat(i)).unwrap());
    keep("deep-items.md", items.as_bytes());
    keep("deep-marks.md", nested("*", "Rain fell.", "_").as_bytes());
    keep("deep-links.md", nested("[", "Rain fell.", "](").as_bytes());
    keep("deep.txt", nested("(", "Rain fell.", ")").as_bytes());
    keep("deep-quotations.txt", nested("“", "Rain fell,” he said", "”").as_bytes());
    let mut mail = String::from("From: a@b.example\nSubject: Rain\nMIME-Version: 1.0\n");
    (0..DEEP).for_each(|i| write!(mail, "Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n").unwrap());
    keep("deep.eml", format!("{mail}Content-Type: text/plain\n\nRain fell.\n").as_bytes());
    let letters = "Content-Type: message/rfc822\n\n".repeat(DEEP);
    keep("deep-letters.eml", format!("From: a@b.example\n{letters}Rain fell.\n").as_bytes());
    keep("deep.vtt", format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}", nested("<i>", "Rain fell.", "</i>")).as_bytes());
    keep("deep.csv", format!("text\n{}", nested("\"", "Rain fell.", "\"")).as_bytes());
    keep(
        "deep.pdf",
        &pdf(&[&format!("<</Type/Catalog/Pages 2 0 R/X {}>>", nested("[", "", "]")), PAGES, PAGE, &text("Rain fell.")]),
    );
    let body = nested("<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>", "</w:tc></w:tr></w:tbl>");
    keep("deep.docx", &docx("", &body));
    keep("deep.odt", &odt("", &nested("<text:section>", "<text:p>Rain fell.</text:p>", "</text:section>")));
    keep("deep.epub", &epub("", &nested("<div>", "Rain fell.", "</div>")));
}

/// Entities of entities, ten of each in the next: with all of them, a text as long as there are atoms in a grain of sand.
fn laughs(keep: &mut impl FnMut(&str, &[u8])) {
    let mut entities = String::from("<!DOCTYPE x [<!ENTITY a0 'ha'>");
    (0..20).for_each(|i| write!(entities, "<!ENTITY a{} '{}'>", i + 1, format!("&a{i};").repeat(10)).unwrap());
    entities.push_str("]>");
    keep(
        "laughs.xml",
        format!("{entities}<rss><channel><item><description>&a20;</description></item></channel></rss>").as_bytes(),
    );
    keep("laughs.html", format!("{entities}<html><body><p>&a20;</p></body></html>").as_bytes());
    keep("laughs.docx", &docx(&entities, "<w:p><w:r><w:t>&a20;</w:t></w:r></w:p>"));
    keep("laughs.odt", &odt(&entities, "<text:p>&a20;</text:p>"));
    keep("laughs.epub", &epub(&entities, "<p>&a20;</p>"));
    let outside = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'><!ENTITY n SYSTEM 'http://127.0.0.1:9/x'>]>";
    keep(
        "outside.xml",
        format!("{outside}<rss><channel><item><description>&f;&n;</description></item></channel></rss>").as_bytes(),
    );
    keep("outside.docx", &docx(outside, "<w:p><w:r><w:t>&f;&n;</w:t></w:r></w:p>"));
    keep("outside.odt", &odt(outside, "<text:p>&f;&n;</text:p>"));
}

/// Small files of much text.
fn packed(keep: &mut impl FnMut(&str, &[u8])) {
    let much = " ".repeat(300 << 20);
    keep("much.docx", &docx("", &much));
    keep("much.odt", &odt("", &much));
    keep("much.epub", &epub("", &much));
    drop(much);
    let spaces = "<text:p>Rain<text:s text:c=\"999999999\"/>fell.</text:p>";
    keep("repeated.odt", &odt("", spaces));
    let rows = "<table:table><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>Rain</text:p></table:table-cell></table:table-row></table:table>";
    keep("repeated-rows.odt", &odt("", rows));
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..60_000 {
        out.start_file(format!("word/{i}.xml"), SimpleFileOptions::default()).unwrap();
    }
    keep("parts.docx", &out.finish().unwrap().into_inner());
    // A picture of ten thousand million pixels, and a stream packed again and again.
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>";
    let picture = "<</Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 3>>\nstream\nabc\nendstream";
    keep("picture.pdf", &pdf(&[CATALOG, PAGES, page, &stream("/I Do"), picture]));
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>";

/// Parts that contain themselves.
fn recursive(keep: &mut impl FnMut(&str, &[u8])) {
    let text = text("Rain fell.");
    keep("its-own-page.pdf", &pdf(&[CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>", PAGE, &text]));
    let pages: Vec<String> = (2..40).map(|i| format!("<</Type/Pages/Kids[{0} 0 R {0} 0 R]/Count 2>>", i + 1)).collect();
    let doubled: Vec<&str> = [CATALOG].into_iter().chain(pages.iter().map(String::as_str)).chain([PAGE]).collect();
    keep("doubled-pages.pdf", &pdf(&doubled));
    keep("its-own-length.pdf", &pdf(&[CATALOG, PAGES, PAGE, "<</Length 4 0 R>>\nstream\nBT (Rain) Tj ET\nendstream"]));
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let form = |next: usize| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>/Length 11>>\nstream\n/X Do /X Do\nendstream"
        )
    };
    keep("its-own-form.pdf", &pdf(&[CATALOG, PAGES, page, &stream("/X Do"), &form(5)]));
    let forms: Vec<String> = (6..60).map(form).collect();
    let call = stream("/X Do");
    let doubled: Vec<&str> = [CATALOG, PAGES, page, call.as_str()].into_iter().chain(forms.iter().map(String::as_str)).collect();
    keep("doubled-forms.pdf", &pdf(&doubled));
    keep("its-own-object.pdf", &pdf(&["1 0 R", "2 0 R", "4 0 R", "3 0 R"]));
    let table = pdf(&[CATALOG, PAGES, PAGE, &text]);
    let table = String::from_utf8_lossy(&table).replace("/Root 1 0 R", "/Root 1 0 R /Prev 9");
    let at = table.find("xref\n").unwrap().to_string();
    keep("its-own-table.pdf", table.replace("/Prev 9", &format!("/Prev {at}")).as_bytes());
    let outlines = "<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R/Names 5 0 R/StructTreeRoot 5 0 R/AcroForm<</Fields[5 0 R]>>>>";
    let loops = "<</First 5 0 R/Last 5 0 R/Next 5 0 R/Prev 5 0 R/Parent 5 0 R/Kids[5 0 R]/K[5 0 R]/S/P/Title(x)>>";
    keep("its-own-outline.pdf", &pdf(&[outlines, PAGES, PAGE, &text, loops]));
}

/// Files that are not what their names say.
fn wrong_endings(keep: &mut impl FnMut(&str, &[u8])) {
    let pdf = pdf(&[CATALOG, PAGES, PAGE, &text("Rain fell.")]);
    let docx = docx("", "<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>");
    let page = b"<html><body><p>Rain fell.</p></body></html>";
    let endings = ["docx", "odt", "epub", "pdf", "rtf", "html", "xml", "json", "jsonl", "csv", "eml", "vtt", "txt", "md"];
    for ending in endings {
        for (what, bytes) in [("pdf", &pdf[..]), ("docx", &docx), ("html", page), ("program", b"\x7fELF\x02\x01\x01\0\0\0")] {
            if what != ending {
                keep(&format!("really-{what}.{ending}"), bytes);
            }
        }
    }
}

fn long_lines(keep: &mut impl FnMut(&str, &[u8]), long: usize) {
    let mut line = |name: &str, before: &str, part: &str, after: &str| {
        keep(name, format!("{before}{}{after}", part.repeat(long / part.len())).as_bytes());
    };
    line("line.txt", "", "Rain fell on 12 of 40 roofs. ", "");
    line("word.txt", "", "x", "");
    line("digits.md", "", "9", "");
    line("marks.md", "", "*a_", "");
    line("line.json", "{\"text\":\"", "Rain fell. ", "\"}");
    line("cells.csv", "text\n", "Rain fell.,", "");
    line("line.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n", "Rain fell. ", "");
    line("line.eml", "From: a@b.example\n\n", "Rain fell. ", "");
    line("header.eml", "Subject: ", "Rain ", "\n\nRain fell.");
    line("line.rtf", "{\\rtf1 ", "Rain fell. ", "}");
    line("line.rss", "<rss><channel><item><description>", "Rain fell. ", "</description></item></channel></rss>");
    line("line.html", "<p>", "Rain fell. ", "");
}

fn text(words: &str) -> String {
    stream(&format!("BT /F 12 Tf 72 720 Td ({words}) Tj ET"))
}

/// A Word document with this in front of its root and this as its body.
fn docx(before: &str, body: &str) -> Vec<u8> {
    const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    const LINKS: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
    let document = format!(
        "{before}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    );
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", LINKS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn odt(before: &str, body: &str) -> Vec<u8> {
    const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "{before}<office:document-content xmlns:office='{OFFICE}:office:1.0' xmlns:text='{OFFICE}:text:1.0' xmlns:table='{OFFICE}:table:1.0'><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn epub(before: &str, body: &str) -> Vec<u8> {
    const CONTAINER: &str = "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='b.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
    const BOOK: &str = "<package version='3.0' unique-identifier='i' xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='i'>x</dc:identifier><dc:title>Rain</dc:title><dc:language>en</dc:language></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let page =
        format!("{before}<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Rain</title></head><body>{body}</body></html>");
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("b.opf", BOOK.as_bytes()),
        ("a.xhtml", page.as_bytes()),
    ])
}
