//! The message of a commit in Git, as an editor is opened for it: comments and what stands below the scissors are not of it.

use std::ops::Range;

use super::{Block, BlockKind, Canvas, inline::Found, painter::Painter, plain, plain::lines};

/// What the line says below which nothing is kept, after the mark of comments.
const SCISSORS: &str = " ------------------------ >8 ------------------------";

/// Paints the prose of `text[start..]` and returns its blocks.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>) -> Vec<Block> {
    let mut painter = Painter::new(text, canvas);
    let lines = lines(text, start..text.len());
    let words = |line: &Range<usize>| &text[line.clone()];
    let cut = lines.iter().position(|l| words(l).ends_with(SCISSORS) && words(l).chars().count() == SCISSORS.len() + 1);
    // The mark may be set; the scissors show it.
    let mark = cut.and_then(|i| words(&lines[i]).chars().next()).unwrap_or('#');
    let lines = &lines[..cut.unwrap_or(lines.len())];
    let mut subject = true;
    let mut run: Option<Range<usize>> = None;
    for line in lines {
        let said = words(line);
        if said.starts_with(mark) || is_trailer(said) {
            flush(&mut painter, text, run.take());
        } else if subject && !said.trim().is_empty() {
            subject = false;
            let nothing = Found { hidden: Vec::new(), replaced: Vec::new() };
            painter.block(BlockKind::Heading, line.clone(), &nothing);
        } else if !subject {
            run.get_or_insert_with(|| line.clone()).end = line.end;
        }
    }
    flush(&mut painter, text, run);
    painter.finish()
}

fn flush<'a>(painter: &mut Painter<'a, '_>, text: &'a str, run: Option<Range<usize>>) {
    if let Some(run) = run {
        let blocks = plain::read(text, run, painter.canvas());
        painter.add(blocks);
    }
}

/// "Signed-off-by: Jane Roe <jane@roe.test>": several words joined, then a colon.
fn is_trailer(line: &str) -> bool {
    let key = line.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'-').count();
    line.starts_with(|c: char| c.is_ascii_uppercase()) && line[..key].contains('-') && line[key..].starts_with(": ")
}
