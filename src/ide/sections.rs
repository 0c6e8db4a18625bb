//! The sections of a draft: what stands below a heading.

use super::{Reading, Span, show};
use crate::document::BlockKind;

/// A part of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading in one line; empty for what stands before the first one.
    pub title: String,
    /// The heading, in bytes of the draft; of what stands before the first one the beginning of the prose.
    pub heading: Span,
    /// How deep it lies: 1 for a heading of the first order, 0 for what stands before the first heading.
    pub level: u8,
    /// From the heading to the next one, in bytes of the draft.
    pub own: Span,
    /// From the heading to the next one of the same order or a higher one.
    pub span: Span,
}

/// The sections of a draft, in order. What stands before the first heading is one too.
#[must_use]
pub fn sections(draft: &Reading) -> Vec<Section> {
    let document = &draft.prose.document;
    let mut sections: Vec<Section> = Vec::new();
    for block in document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate) {
        if block.kind == BlockKind::Heading {
            let title = show::one_line(block.span.of(&document.text));
            let level = level(&document.text, block.span);
            sections.push(Section { title, heading: block.span, level, own: block.span, span: block.span });
        } else if sections.is_empty() {
            let heading = Span { start: block.span.start, end: block.span.start };
            sections.push(Section { title: String::new(), heading, level: 0, own: block.span, span: block.span });
        }
        if let Some(section) = sections.last_mut() {
            section.own = section.own.cover(block.span);
        }
    }
    for i in 0..sections.len() {
        let level = sections[i].level;
        // Nothing lies below what has no heading.
        let below = sections[i + 1..].iter().take_while(|below| level > 0 && below.level > level).last();
        sections[i].span = sections[i].own.cover(below.unwrap_or(&sections[i]).own);
    }
    sections
}

/// The order of a heading: the number signs before it, or what it is underlined with. One without a mark is of the first.
fn level(text: &str, heading: Span) -> u8 {
    let before = text.get(..heading.start as usize).unwrap_or_default();
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let signs = before.bytes().filter(|b| *b == b'#').count();
    if signs > 0 {
        return u8::try_from(signs).unwrap_or(u8::MAX);
    }
    let mut after = text.get(heading.end as usize..).unwrap_or_default().lines();
    let underline = after.nth(1).unwrap_or_default().trim();
    1 + u8::from(!underline.is_empty() && underline.bytes().all(|b| b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::{Format, read};

    /// Each section as its level, its title, and where its own text and all of it end.
    #[track_caller]
    fn check(text: &str, format: Format, expected: &[(u8, &str, &str, &str)]) {
        let draft = read(text, format, None);
        let found = sections(&draft);
        let end = |span: Span| text[..span.end as usize].split_whitespace().next_back().unwrap_or_default();
        let found: Vec<(u8, &str, &str, &str)> =
            found.iter().map(|s| (s.level, s.title.as_str(), end(s.own), end(s.span))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn below_their_headings() {
        let text = "Before.\n\n# One\n\nFirst.\n\n## One *and* a half\n\nSecond.\n\n# Two\n\nLast.\n";
        let expected = [
            (0, "", "Before.", "Before."),
            (1, "One", "First.", "Second."),
            (2, "One *and* a half", "Second.", "Second."),
            (1, "Two", "Last.", "Last."),
        ];
        check(text, Format::Markdown, &expected);
        check("One\n===\n\nA.\n\nTwo\n---\n\nB.", Format::Markdown, &[(1, "One", "A.", "B."), (2, "Two", "B.", "B.")]);
    }

    #[test]
    fn a_draft_without_a_heading_is_one_section() {
        check("It rained.\n\nIt rained again.", Format::Markdown, &[(0, "", "again.", "again.")]);
        check("", Format::Markdown, &[]);
    }
}
