//! Markdown: CommonMark with tables, footnotes and strike-through, as writing tools have it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Block, BlockKind, Canvas};
use crate::text::Span;

/// Paints the prose of `text[start..]` and returns its blocks.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>) -> Vec<Block> {
    let body = text.get(start..).unwrap_or("");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut reader = Reader { text, canvas, blocks: Vec::new(), open: None, nesting: Vec::new(), skipping: 0 };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, range.start + start..range.end + start);
    }
    reader.close();
    reader.blocks
}

struct Reader<'a, 'b> {
    text: &'a str,
    canvas: &'b mut Canvas<'a>,
    blocks: Vec<Block>,
    /// The block that is being read: its kind, and its prose so far.
    open: Option<(BlockKind, Range<usize>)>,
    /// The containers and headings around this place, as the kinds of block that they make.
    nesting: Vec<BlockKind>,
    /// How many elements around this place are not prose.
    skipping: usize,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.skipping == 0 => {
                if self.text.get(range.clone()) == Some(&*words) {
                    self.canvas.keep(range.clone());
                } else {
                    self.canvas.put(range.clone(), &words);
                }
                self.extend(range);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript | Tag::Image { .. } => {}
            Tag::Strikethrough => {
                // A single tilde means "about" more often than it strikes out.
                let struck = self.text.get(range.clone()).is_some_and(|s| s.starts_with("~~"));
                self.skipping += usize::from(struck || self.skipping > 0);
            }
            Tag::Link { link_type, .. } => {
                self.skipping += usize::from(matches!(link_type, LinkType::Autolink | LinkType::Email) || self.skipping > 0);
            }
            // Everything else begins a block.
            _ => {
                self.close();
                match tag {
                    Tag::Heading { .. } => self.nesting.push(BlockKind::Heading),
                    Tag::BlockQuote(_) => self.nesting.push(BlockKind::BlockQuote),
                    Tag::Item => self.nesting.push(BlockKind::ListItem),
                    Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.skipping += 1,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Image => {}
            TagEnd::Strikethrough | TagEnd::Link => self.skipping = self.skipping.saturating_sub(1),
            _ => {
                self.close();
                match tag {
                    TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item => {
                        self.nesting.pop();
                    }
                    TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                        self.skipping = self.skipping.saturating_sub(1)
                    }
                    _ => {}
                }
            }
        }
    }

    fn extend(&mut self, range: Range<usize>) {
        let kind = self.nesting.last().copied().unwrap_or(BlockKind::Paragraph);
        let (_, prose) = self.open.get_or_insert((kind, range.clone()));
        prose.end = prose.end.max(range.end);
    }

    fn close(&mut self) {
        if let Some((kind, range)) = self.open.take()
            && let Some(span) = super::trimmed(self.text, range)
        {
            self.blocks.push(Block { kind, span: Span::new(span.start, span.end) });
        }
    }
}
