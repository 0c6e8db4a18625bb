//! What a server says that it sends: the kind of file, and how its text is encoded.

use std::{borrow::Cow, path::Path};

use encoding_rs::{Encoding, UTF_8};

/// Types of content, with the ending of their files.
const TYPES: [(&str, &str); 16] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("text/x-markdown", "md"),
    ("message/rfc822", "eml"),
    ("text/vtt", "vtt"),
    ("application/x-subrip", "srt"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/msword", "doc"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/pdf", "pdf"),
    ("application/x-pdf", "pdf"),
    ("application/rtf", "rtf"),
    ("text/rtf", "rtf"),
    ("application/epub+zip", "epub"),
];

/// Types that say little: the ending of the address says more.
const VAGUE: [&str; 4] = ["", "text/plain", "application/octet-stream", "binary/octet-stream"];

/// The ending of a file with this content, by the header `Content-Type` and the path of its address. Whether such files are read is
/// another matter.
///
/// # Errors
/// If it is none of which text can be taken out: the type.
pub(super) fn ending(content_type: &str, path: &str) -> Result<String, String> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let named = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let known = |ending: &str| TYPES.iter().any(|(_, e)| *e == ending) || matches!(ending, "htm" | "markdown");
    // What is served as text is shown as it stands, be it a page.
    if VAGUE.contains(&essence.as_str()) && known(&named) && !(essence == "text/plain" && named.starts_with("htm")) {
        return Ok(named);
    }
    match TYPES.iter().find(|(t, _)| *t == essence) {
        Some((_, ending)) => Ok((*ending).to_owned()),
        None if essence.is_empty() => Err("the server does not say what it is".into()),
        None => Err(format!("this is {essence}, which is not read")),
    }
}

/// The bytes of a file as UTF-8, if the header `Content-Type` says that they are something else.
pub(super) fn decoded<'a>(content_type: &str, bytes: &'a [u8]) -> Cow<'a, [u8]> {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let Some(encoding) = charset.and_then(|label| Encoding::for_label(label.as_bytes())) else { return Cow::Borrowed(bytes) };
    // What is UTF-8 beyond ASCII is that and nothing else, whatever the server says of all its files.
    let sure = std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii());
    if encoding == UTF_8 || sure || Encoding::for_bom(bytes).is_some() {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content_type: &str, path: &str, expect: Result<&str, &str>) {
        assert_eq!(ending(content_type, path), expect.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn types_and_endings() {
        check("text/html; charset=utf-8", "/news/flood", Ok("html"));
        check("TEXT/HTML", "/report.pdf", Ok("html"));
        check("application/pdf", "/get.php", Ok("pdf"));
        check("application/octet-stream", "/a/Report.PDF", Ok("pdf"));
        check("", "/a.html", Ok("html"));
        check("text/plain", "/a.md", Ok("md"));
        check("text/plain", "/a.html", Ok("txt"));
        check("image/png", "/a.html", Err("this is image/png, which is not read"));
        check("application/octet-stream", "/a.exe", Err("this is application/octet-stream, which is not read"));
        check("", "/a", Err("the server does not say what it is"));
    }

    #[test]
    fn encodings() {
        let read = |content_type: &str, bytes: &[u8]| String::from_utf8_lossy(&decoded(content_type, bytes)).into_owned();
        assert_eq!(read("text/html; charset=windows-1252", b"caf\xe9 \x93"), "café “");
        assert_eq!(read("text/html;Charset=\"ISO-8859-2\"", b"\xb1"), "ą");
        assert_eq!(read("text/html; charset=iso-8859-1", "é".as_bytes()), "é");
        assert_eq!(read("text/plain; charset=utf-16le", b"a\0b\0"), "ab");
        assert_eq!(read("text/html; charset=nonsense", b"a"), "a");
        assert_eq!(read("text/html", b"a"), "a");
    }
}
