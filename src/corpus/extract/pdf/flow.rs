//! Paragraphs out of lines: what stands at the edge of every page is dropped, words broken at the end of a line are one again.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::lines::Line;

/// How much of a page counts as its edge.
const EDGE: f32 = 0.12;
/// Sizes that differ by more are those of different texts.
const SAME_SIZE: f32 = 1.08;
/// A gap between two lines that is wider than usual by this begins a paragraph.
const WIDE: f32 = 1.25;

/// The text of the pages, paragraphs with blank lines between them.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    drop_heads(&mut pages);
    let lines: Vec<Line> = pages.into_iter().flatten().collect();
    let words = words(&lines);
    let edges = edges(&lines);
    let pitch = pitch(&lines);
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        match i.checked_sub(1).map(|before| &lines[before]) {
            None => {}
            Some(before) if begins(before, line, edges[&column(before)], pitch) => out.push_str("\n\n"),
            Some(_) => join(&mut out, &line.text, &words),
        }
        out.push_str(&line.text);
    }
    out
}

/// Drops running heads, feet and numbers of pages: lines at the edge of a page that stand at the same place of another one, figures aside.
fn drop_heads(pages: &mut [Vec<Line>]) {
    let at_edge = |line: &Line| line.height < EDGE || line.height > 1.0 - EDGE;
    let key = |line: &Line| (FxBuildHasher.hash_one(shape(&line.text)), (line.base / 4.0).round() as i32);
    let mut count: FxHashMap<_, (usize, usize)> = FxHashMap::default();
    for line in pages.iter().flatten().filter(|line| at_edge(line)) {
        let seen = count.entry(key(line)).or_insert((0, usize::MAX));
        if seen.1 != line.page {
            *seen = (seen.0 + 1, line.page);
        }
    }
    for page in pages {
        page.retain(|line| !at_edge(line) || !(is_number(&line.text) || count[&key(line)].0 > 1));
    }
}

/// The words of a line, with one sign for every figure.
fn shape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_ascii_digit() {
            true if out.ends_with('#') => {}
            true => out.push('#'),
            false => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether a line is the number of a page and no more.
fn is_number(text: &str) -> bool {
    let shape = shape(text);
    let bare = shape.trim_matches(|c: char| "-–—|·.()[]".contains(c));
    let roman = !bare.is_empty() && bare.len() <= 6 && bare.bytes().all(|b| b"ivxlc".contains(&b));
    roman || matches!(bare, "#" | "#/#" | "#of#" | "page#" | "page#of#" | "page#/#" | "p#" | "p.#")
}

/// A column of a page, near enough.
fn column(line: &Line) -> (usize, i32) {
    (line.page, (line.left / 48.0).round() as i32)
}

/// Where each column ends.
fn edges(lines: &[Line]) -> FxHashMap<(usize, i32), f32> {
    let mut edges: FxHashMap<_, f32> = FxHashMap::default();
    for line in lines {
        let edge = edges.entry(column(line)).or_insert(line.right);
        *edge = edge.max(line.right);
    }
    edges
}

/// How far apart lines usually stand, in their size.
fn pitch(lines: &[Line]) -> f32 {
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .filter(|pair| pair[0].page == pair[1].page && alike(&pair[0], &pair[1]))
        .map(|pair| (pair[0].base - pair[1].base) / pair[0].size)
        .filter(|gap| (0.8..3.0).contains(gap))
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(1.2)
}

fn alike(a: &Line, b: &Line) -> bool {
    a.size.max(b.size) / a.size.min(b.size) < SAME_SIZE && a.bold == b.bold
}

/// Whether a paragraph begins with `line`, whose column ends at `edge`.
fn begins(before: &Line, line: &Line, edge: f32, pitch: f32) -> bool {
    let ended = ends(&before.text);
    if is_item(&line.text) {
        return true;
    }
    let larger = before.size.max(line.size);
    if larger / before.size.min(line.size) >= SAME_SIZE {
        return true;
    }
    // One word in bold at the end of a line is no heading.
    if before.bold != line.bold && (ended || !before.text.contains(' ') || before.bold) {
        return true;
    }
    let down = before.base - line.base;
    let same_column = before.page == line.page && down > larger * 0.4 && line.left < edge;
    if !same_column {
        // Beside it, as cells stand, or on top of the next column or page: a sentence goes on there.
        let beside = before.page == line.page && down.abs() <= larger * 0.4;
        return beside || ended || !goes_on(&before.text, &line.text);
    }
    if down > pitch * WIDE * larger {
        return true;
    }
    let short = before.right < edge - (edge - before.left) * 0.15;
    let indented = line.left - before.left > larger * 0.7;
    ended && (indented || before.right < edge - (edge - before.left) * 0.25) || short && indented && !is_item(&before.text)
}

/// Whether a sentence may end here.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', '»', ']']);
    text.ends_with(['.', '!', '?', ':', '…'])
}

/// Whether what was not ended may go on with this line.
fn goes_on(before: &str, line: &str) -> bool {
    let small = line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || "\"“‘(".contains(c));
    small || before.ends_with(['-', ',', ';', '\u{ad}', '‐']) || before.split_whitespace().count() > 3
}

/// Whether a line is the first of a list's item.
fn is_item(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(first, "•" | "▪" | "◦" | "‣" | "■" | "●" | "–" | "—" | "*" | "-" | "►" | "➢" | "✓") && text.len() > first.len()
}

/// Whether a hyphen at the end of a line breaks a word there or is part of it is told by the other words of the document.
fn words(lines: &[Line]) -> FxHashSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let words = lines.iter().flat_map(|line| {
        // The first and the last may be parts of words.
        let mut words = line.text.split(|c| !is_part(c)).filter(|w| !w.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
        words.pop();
        words.into_iter().skip(1)
    });
    words.filter(|word| word.len() > 3).collect()
}

/// Joins the text so far with a line that goes on with it.
fn join(out: &mut String, line: &str, words: &FxHashSet<String>) {
    if out.ends_with('\u{ad}') {
        out.pop();
        return;
    }
    let Some(before) = out.strip_suffix(['-', '‐']) else {
        let range = out.ends_with(['–', '—']) && !out.ends_with(" –") && !out.ends_with(" —");
        if !range {
            out.push(' ');
        }
        return;
    };
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let head = &before[before.rfind(|c| !is_part(c)).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8))..];
    let tail: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
    if head.is_empty() {
        out.push(' ');
        return;
    }
    let small = tail.starts_with(char::is_lowercase);
    // "61-year-" and "old", "deep-water" where it is written so elsewhere, "Anglo-" and "Saxon".
    let is_word = |joint: &str| words.contains(&format!("{head}{joint}{tail}").to_lowercase());
    let compound = !small || head.contains('-') || head.ends_with(|c: char| c.is_ascii_digit()) || is_word("-") && !is_word("");
    if !compound {
        out.pop();
    }
}
