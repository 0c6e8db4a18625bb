//! Bytes to text. Any bytes give a text; what had to be assumed is told beside it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Problem;

/// Spans are 32 bits wide.
const LONGEST: usize = u32::MAX as usize;

/// Decodes a file: by its byte order mark, which is not part of the text; as UTF-8; or else in the encoding that its bytes look like,
/// which a problem names. Bytes that are no text at all give an empty text and a problem.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut tell = |message: String| problems.push(Problem { message });
    // Two thirds: other encodings may grow when they become UTF-8.
    let bytes = if bytes.len() > LONGEST {
        tell("This file is longer than 4 GB. Only its beginning was read.".into());
        &bytes[..LONGEST / 3 * 2]
    } else {
        bytes
    };
    if let Some(name) = binary_format(bytes) {
        tell(format!("This file is {name}, not text. Nothing was read from it."));
        return (String::new(), problems);
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let (text, damaged) = encoding.decode_without_bom_handling(&bytes[length..]);
            if damaged {
                tell(format!(
                    "This file says it is {} but has bytes that are not. They were replaced by “\u{fffd}”.",
                    encoding.name()
                ));
            }
            text.into_owned()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                let (encoding, reason) = guess(bytes);
                let (text, damaged) = encoding.decode_without_bom_handling(bytes);
                tell(if reason == Reason::Damaged {
                    "This file is UTF-8 but has bytes that are not. They were replaced by “\u{fffd}”.".into()
                } else {
                    let rest = if damaged { " Some bytes fit neither and were replaced by “\u{fffd}”." } else { "" };
                    format!("This file is not UTF-8. It was read as {}.{rest}", encoding.name())
                });
                text.into_owned()
            }
        },
    };
    // UTF-16 in plain ASCII letters, without its mark, is valid UTF-8 full of NULs.
    if let Some(encoding) = unmarked_utf16(bytes) {
        tell(format!("This file does not say how it is encoded. It was read as {}.", encoding.name()));
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), problems);
    }
    let controls = text.chars().filter(|c| is_stray_control(*c)).count();
    if controls > 0 && controls * 20 > text.chars().count() {
        problems.clear();
        problems.push(Problem { message: "This file does not look like text. Nothing was read from it.".into() });
        return (String::new(), problems);
    }
    if text.contains('\0') {
        problems.push(Problem { message: "This text has NUL characters in it. It may be damaged.".into() });
    }
    (text, problems)
}

#[derive(PartialEq, Eq)]
enum Reason {
    Damaged,
    Detected,
}

/// The encoding of bytes that are not valid UTF-8.
fn guess(bytes: &[u8]) -> (&'static Encoding, Reason) {
    // A UTF-8 text with a few broken bytes, or cut off inside a character, is still UTF-8: any other reading garbles all of its
    // quotation marks.
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= 4 * bad {
        return (UTF_8, Reason::Damaged);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), Reason::Detected)
}

/// UTF-16 without a byte order mark: nearly every other byte of a Western text is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= half * 7 && even * 20 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 20 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What a file is that begins like a well-known binary format.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"{\\rtf", "an RTF document"),
    ];
    FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

fn is_stray_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expect: &str, problem: Option<&str>) {
        let (text, problems) = decode(bytes);
        assert_eq!(text, expect);
        match problem {
            Some(part) => assert!(problems.len() == 1 && problems[0].message.contains(part), "{problems:?}"),
            None => assert!(problems.is_empty(), "{problems:?}"),
        }
    }

    #[test]
    fn utf_8_is_silent() {
        check("“Kyiv” – 40,000 £".as_bytes(), "“Kyiv” – 40,000 £", None);
        check("\u{feff}Kyiv".as_bytes(), "Kyiv", None);
        check(b"", "", None);
    }

    #[test]
    fn marks_decide() {
        check(b"\xff\xfeK\0y\0", "Ky", None);
        check(b"\xfe\xff\0K\0y", "Ky", None);
        check(b"\xef\xbb\xbfK\xffy", "K\u{fffd}y", Some("UTF-8"));
    }

    #[test]
    fn assumptions_are_told() {
        check(b"It\x92s a caf\xe9 in \x93Paris\x94, she said.", "It’s a café in “Paris”, she said.", Some("windows-1252"));
        check(b"T\0h\0e\0 \0e\0n\0d\0", "The end", Some("UTF-16LE"));
        check(&["“One” – “two”".as_bytes(), b"\xff"].concat(), "“One” – “two”\u{fffd}", Some("replaced"));
        check(b"One\0 two three four five six seven", "One\0 two three four five six seven", Some("NUL"));
    }

    #[test]
    fn what_is_no_text_gives_none() {
        check(b"%PDF-1.7 and so on", "", Some("a PDF"));
        check(&[1, 2, 0, 0, 5, 6, 7, 200, 3, 4], "", Some("not look like text"));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn utf_8_is_kept(text in "[a-zé“”👩\n ]{0,40}") {
            prop_assert_eq!(decode(text.as_bytes()), (text, Vec::new()));
        }
    }
}
