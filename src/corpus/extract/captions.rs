//! Transcripts with times, WebVTT and SubRip: what is said, in paragraphs.

use super::Extracted;
use crate::text::{self, single_spaced};

/// A paragraph ends with the first sentence after so many bytes.
const PARAGRAPH: usize = 500;

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let (text, problems) = text::decode(bytes);
    let mut out = String::new();
    let mut paragraph = String::new();
    let mut speaker = String::new();
    let mut last = String::new();
    let mut cues = 0;
    // A cue: lines up to a blank one, of which one gives its time; what stands above that is its name.
    for block in text.replace("\r\n", "\n").replace('\r', "\n").split("\n\n") {
        let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
        if lines.next().is_none() {
            continue;
        }
        cues += 1;
        for line in lines {
            let (voice, words) = spoken(line);
            let (label, words) = match voice {
                Some(voice) => (Some(voice), words.as_str()),
                None => labelled(&words),
            };
            let words = words.trim_start_matches(">>").trim_start_matches("- ").trim();
            let turn = label.as_ref().is_some_and(|label| *label != speaker);
            // Captions that scroll repeat the line before.
            if words.is_empty() || (words == last && !turn) {
                continue;
            }
            let full = paragraph.len() > PARAGRAPH && paragraph.ends_with(['.', '!', '?', '"', '”']);
            if turn || full {
                flush(&mut out, &mut paragraph);
            }
            if let Some(label) = label.filter(|_| turn) {
                paragraph = format!("{label}:");
                speaker = label;
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(words);
            last = words.to_owned();
        }
    }
    flush(&mut out, &mut paragraph);
    if cues == 0 {
        return Err(problems
            .into_iter()
            .next()
            .map_or_else(|| "damaged: there are no captions with times in it".into(), |p| p.message));
    }
    Ok(Extracted { text: out, problems, ..Extracted::default() })
}

fn flush(out: &mut String, paragraph: &mut String) {
    if !paragraph.is_empty() {
        out.push_str(paragraph);
        out.push_str("\n\n");
        paragraph.clear();
    }
}

/// The words of a line without its tags, and the speaker that a tag names: `<v Roger Bingham>`.
fn spoken(line: &str) -> (Option<String>, String) {
    let mut voice = None;
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            words.push('<');
            rest = after;
            break;
        };
        if tag == "v" || tag.starts_with("v ") || tag.starts_with("v.") {
            voice = tag.split_once(' ').map(|(_, name)| single_spaced(name)).filter(|name| !name.is_empty());
        }
        rest = after;
    }
    words.push_str(rest);
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    (voice, single_spaced(&words))
}

/// The speaker that a line begins with: "MARA LIND: We knew.", ">> Mara Lind: We knew."
fn labelled(words: &str) -> (Option<String>, &str) {
    let marked = words.trim_start_matches(">>").trim_start_matches("- ").trim_start();
    let Some((label, rest)) = marked.split_once(": ") else { return (None, words) };
    let shouted = !label.contains(char::is_lowercase);
    let named = label.split_whitespace().all(|w| w.starts_with(char::is_uppercase)) && (shouted || marked.len() < words.len());
    let short = (1..=40).contains(&label.len()) && label.split_whitespace().count() <= 5;
    if named && short { (Some(label.to_owned()), rest) } else { (None, words) }
}
