//! What is read: the stories of `tests/gold`, over and over with other figures and names, shapes that tempt a reader into quadratic
//! time, and real articles where they are at hand.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

/// Names and texts of about so many bytes.
pub(crate) fn corpora(bytes: usize) -> Vec<(&'static str, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut corpora = vec![("invented stories", stories(&articles(&root.join("tests/gold")), bytes))];
    let real = articles(&root.join("../shared/dev"));
    if real.is_empty() {
        println!("no real articles: ../shared/dev is not there");
    } else {
        corpora.push(("real articles", repeated(&real.join("\n\n"), bytes)));
    }
    corpora
}

/// The stories, as many as `bytes` hold.
pub(crate) fn invented(bytes: usize) -> String {
    stories(&articles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold")), bytes)
}

/// Every text once of the sources in a folder's JSON lines.
fn articles(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
        for line in fs::read_to_string(path).unwrap_or_default().lines() {
            let row: Value = serde_json::from_str(line).unwrap_or_default();
            for source in row["sources"].as_array().into_iter().flatten() {
                let text = source["text"].as_str().unwrap_or_default();
                if seen.insert(text.to_owned()) {
                    out.push(text.to_owned());
                }
            }
        }
    }
    out
}

fn repeated(text: &str, bytes: usize) -> String {
    let mut out = String::new();
    while out.len() < bytes && !text.is_empty() {
        out.push_str(text);
        out.push_str("\n\n");
    }
    out.truncate(out.floor_char_boundary(bytes));
    out
}

/// The stories in turn, each time with other figures and every other time with other names.
fn stories(stories: &[String], bytes: usize) -> String {
    let mut out = String::new();
    for turn in 0.. {
        for story in stories {
            vary(story, turn, &mut out);
            out.push_str("\n\n");
            if out.len() >= bytes {
                out.truncate(out.floor_char_boundary(bytes));
                return out;
            }
        }
        if stories.is_empty() {
            break;
        }
    }
    out
}

/// A story with its digits moved on and, in odd turns, other vowels in the long words with a capital inside sentences.
fn vary(story: &str, turn: u32, out: &mut String) {
    const VOWELS: &[u8] = b"aeiou";
    let mut inside = false;
    for word in story.split_inclusive(' ') {
        let renamed = inside && turn % 2 == 1 && word.len() > 7 && word.starts_with(char::is_uppercase) && !word.contains("day");
        for c in word.chars() {
            out.push(match c {
                '1'..='9' => char::from(b'1' + (c as u8 - b'1' + (turn % 9) as u8) % 9),
                _ if renamed && let Some(i) = VOWELS.iter().position(|v| char::from(*v) == c) => {
                    char::from(VOWELS[(i + turn as usize / 2) % 5])
                }
                c => c,
            });
        }
        inside = !word.trim_end().ends_with(['.', '!', '?', '"', '”', ':']);
    }
}

/// Texts that no article is, of about so many bytes: what grows faster than they do is a fault.
pub(crate) fn shapes(bytes: usize) -> Vec<(&'static str, String)> {
    let prose: String = invented(bytes).chars().filter(|c| !".!?…:;\n".contains(*c)).collect();
    let people = |mut i: usize| {
        let mut word = || {
            let mut out = String::from(["Ba", "Do", "Ki", "Lu", "Me", "Na", "Re", "To"][i % 8]);
            i /= 8;
            out.push_str(["lan", "rov", "min", "ster", "dek", "vin", "gor"][i % 7]);
            i /= 7;
            out
        };
        format!("{} {} left. ", word(), word())
    };
    vec![
        ("one sentence without a stop", prose),
        ("digits", "7".repeat(bytes)),
        ("figures", "40 ".repeat(bytes / 3)),
        ("quotation marks", "\"".repeat(bytes)),
        ("quoted words", "\"word\" ".repeat(bytes / 7)),
        ("open quotations", "“word ".repeat(bytes / 8)),
        ("capitals", "A".repeat(bytes)),
        ("words with capitals", "Abcd ".repeat(bytes / 5)),
        ("nested brackets", format!("{}{}", "(".repeat(bytes / 2), ")".repeat(bytes / 2))),
        ("bracketed sentences", "(Word. ".repeat(bytes / 7)),
        ("full stops", ".".repeat(bytes)),
        ("initials", "A. ".repeat(bytes / 3)),
        ("hyphens", "A-".repeat(bytes / 2)),
        ("short lines", "ab\n".repeat(bytes / 3)),
        ("blanks", " ".repeat(bytes)),
        ("people", (0..bytes / 16).map(people).collect()),
    ]
}
