//! Plain text: articles saved as they stand, with a paragraph a line, a blank line between paragraphs, or lines broken by hand.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use super::{
    Block, BlockKind, Canvas, dateline,
    list::{items, marker_len},
    trimmed,
};
use crate::text::{LineIndex, Span};

/// Longer lines were not broken by hand.
const WIDEST_WRAP: usize = 110;
/// Shorter ones make no wrapped paragraph: verses, addresses, lists.
const NARROWEST_WRAP: usize = 40;

/// Paints the prose of a part of a text and returns its blocks.
pub(super) fn read(text: &str, part: Range<usize>, canvas: &mut Canvas<'_>) -> Vec<Block> {
    let lines = lines(text, part);
    let wrap = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    // The block that is being read, with its last line.
    let mut open: Option<(BlockKind, Range<usize>, Range<usize>)> = None;
    for line in &lines {
        let Some(content) = trimmed(text, line.clone()).filter(|c| !is_rule(&text[c.clone()])) else {
            close(&mut blocks, open.take(), text);
            continue;
        };
        let mut content = content;
        if blocks.len() < 6
            && let Some(date) = dateline::leading_date(&text[content.clone()])
        {
            // The line break after the date was lost.
            close(&mut blocks, open.take(), text);
            let date = content.start..content.start + date;
            canvas.keep(date.clone());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(date.start, date.end) });
            content.start = date.end + (text[date.end..].len() - text[date.end..].trim_start().len());
        }
        for item in items(&text[content.clone()]) {
            let part = content.start + item.start..content.start + item.end;
            canvas.keep(part.start + item.marker..part.end);
            match &mut open {
                Some((_, range, last)) if item.marker == 0 && item.start == 0 && continues(text, last, &part, wrap) => {
                    range.end = part.end;
                    *last = part;
                }
                _ => {
                    close(&mut blocks, open.take(), text);
                    let kind = if item.marker > 0 { BlockKind::ListItem } else { BlockKind::Paragraph };
                    open = Some((kind, part.clone(), part));
                }
            }
        }
    }
    close(&mut blocks, open, text);
    blocks
}

/// Ends a block: a short line that stands alone and does not end like a sentence is a heading.
fn close(blocks: &mut Vec<Block>, open: Option<(BlockKind, Range<usize>, Range<usize>)>, text: &str) {
    let Some((kind, range, last)) = open else { return };
    let words = &text[range.clone()];
    let one_line = last.end == range.end && last.start <= range.start;
    let kind = if kind == BlockKind::Paragraph && one_line && is_heading(words) { BlockKind::Heading } else { kind };
    blocks.push(Block { kind, span: Span::new(range.start, range.end) });
}

/// Whether a line looks like a headline: short, begun like one, and not ended like a sentence.
fn is_heading(line: &str) -> bool {
    let begins = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let bare = line.trim_end_matches(['"', '”', '\'', '’', ')']);
    let abbreviated = bare.ends_with("U.S.") || bare.ends_with("U.N.") || bare.ends_with("U.K.");
    let ends = bare.ends_with(['.', '!', '…', ':', ';', ',']) && !abbreviated;
    // "Who pays for the bridge?" is a headline; a longer question is a paragraph.
    let asks = bare.ends_with('?') && line.len() > 80;
    begins && !ends && !asks && dateline::date_line(line).is_none() && line.len() <= 160 && line.split_whitespace().count() <= 22
}

/// The ranges of the lines of a part of a text, without their breaks.
pub(super) fn lines(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let Some(words) = text.get(part.clone()) else { return Vec::new() };
    let index = LineIndex::new(words);
    (0..index.lines()).map(|line| index.line(words, line)).map(|line| line.start + part.start..line.end + part.start).collect()
}

/// A line of dashes, stars or underscores: it parts blocks and says nothing.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '*' | '_' | '=' | '~' | '#' | '•' | ' '))
}

/// The width at which the lines of a text were broken by hand, in characters, if they were: then most lines that follow another
/// begin inside a sentence.
fn wrap_width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let (mut pairs, mut inside, mut width) = (0, 0, 0);
    for pair in lines.windows(2) {
        let (before, after) = (text[pair[0].clone()].trim(), text[pair[1].clone()].trim());
        if before.is_empty() || after.is_empty() || marker_len(after) > 0 {
            continue;
        }
        let length = before.chars().count();
        if length > WIDEST_WRAP {
            // Paragraphs on a line of their own.
            pairs += 1;
            continue;
        }
        pairs += 1;
        inside += usize::from(begins_inside(before, after));
        width = width.max(length);
    }
    (inside * 3 >= pairs && inside > 0 && width >= NARROWEST_WRAP).then_some(width)
}

/// Whether `after` begins inside the sentence that `before` has left open.
fn begins_inside(before: &str, after: &str) -> bool {
    let open = !before.ends_with(['.', '!', '?', ':', '”', '"', '…']);
    after.starts_with(char::is_lowercase) && open || before.ends_with([',', ';'])
}

static HANGING: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("data/hanging-words.txt").lines().collect());

/// Whether a line goes on with the paragraph of the line before it.
fn continues(text: &str, before: &Range<usize>, line: &Range<usize>, wrap: Option<usize>) -> bool {
    let (before, line) = (&text[before.clone()], &text[line.clone()]);
    if line.starts_with(char::is_lowercase) && begins_inside(before, line) {
        // A list of short lines has small letters too.
        return before.len() >= NARROWEST_WRAP * 2 / 3 || before.ends_with(',');
    }
    // "… the storm that hit the coast on": no headline and no paragraph ends so.
    let last = before.rsplit(' ').next().unwrap_or(before);
    if HANGING.contains(last) && before.len() >= NARROWEST_WRAP && before.len() <= WIDEST_WRAP {
        return true;
    }
    let Some(wrap) = wrap else { return false };
    // The first word of this line had no place on the line before.
    let word = line.split_whitespace().next().map_or(0, |word| word.chars().count());
    let length = before.chars().count();
    length <= WIDEST_WRAP && length + 1 + word + wrap / 10 > wrap
}
