//! Damage to the bytes of a file, always the same for the same number.

use std::io::{Cursor, Read as _, Write as _};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

#[allow(dead_code, reason = "the generator of articles uses the rest of it")]
#[path = "../scale/random.rs"]
mod random;

pub(crate) use random::Random;

/// What readers stumble over, in any format.
const TOKENS: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\r",
    "-1",
    "0",
    "4294967296",
    "99999999999999999999",
    "1e999",
    "%s",
    "\"",
    "'",
    "\\",
    "\\'",
    "\\u0",
    "{",
    "}",
    "[[",
    "]]",
    "<",
    "</",
    ">",
    "<!--",
    "<![CDATA[",
    "<!DOCTYPE x [<!ENTITY a '&a;'>]>",
    "&a;",
    "&#x110000;",
    "&#0;",
    "<svg>",
    "<table>",
    "<template>",
    "\\bin99999999 ",
    "\\u-1 ",
    "\\par",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "<<",
    ">>",
    "1 0 R",
    "/Kids [1 0 R]",
    "/Length 99999999",
    "/Prev 0",
    "--=_part\r\n",
    "Content-Type: multipart/mixed; boundary=x\r\n",
    "=?utf-8?B?////?=",
    "00:00:00.000 --> 99:99:99.999\n",
    ",,,,",
    "\n\n\n",
];

/// The bytes with some damage. What is packed is damaged inside in two of three cases: else its check sums find nearly all there is.
pub(crate) fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    if random.below(3) > 0
        && let Some(repacked) = inside(bytes, random)
    {
        return repacked;
    }
    damage(bytes, random)
}

/// One to six changes.
fn damage(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.below(6) {
        if out.is_empty() {
            break;
        }
        let at = random.below(out.len());
        let most = 1 << random.below(12);
        let length = 1 + random.below((out.len() - at).min(most));
        match random.below(9) {
            0 => out.truncate(at),
            1 => out[at] ^= 1 << random.below(8),
            2 => out[at..at + length].iter_mut().for_each(|byte| *byte = random.below(256) as u8),
            3 => drop(out.drain(at..at + length)),
            4 => {
                let part = out[at..at + length].to_vec();
                let to = random.below(out.len());
                out.splice(to..to, part.iter().copied().cycle().take(length * (1 + random.below(40))));
            }
            5 => {
                let part = out[at..at + length].to_vec();
                let to = random.below(out.len() - length + 1);
                out[to..to + length].copy_from_slice(&part);
            }
            6 => {
                // A number becomes another.
                let digits = out.iter().enumerate().skip(at).find(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at);
                if let Some(digit) = digits {
                    out[digit] = b'0' + random.below(10) as u8;
                }
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())].as_bytes();
                out.splice(at..at, token.iter().copied());
            }
        }
    }
    out
}

/// A packed file with damage in one of its parts; `None` if it is none.
fn inside(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(packed.len().max(1));
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..packed.len() {
        let mut part = packed.by_index(i).ok()?;
        let (name, mut content) = (part.name().ok()?.into_owned(), Vec::new());
        part.read_to_end(&mut content).ok()?;
        if i == chosen {
            content = damage(&content, random);
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        out.start_file(name, options).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
