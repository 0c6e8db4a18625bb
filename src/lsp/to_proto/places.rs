//! From bytes to lines and columns, in drafts and in sources.

use std::sync::Arc;

use tower_lsp::ls_types::{Location, Position, Range, Uri};

use crate::{
    ide::{Source, Span},
    text::{LineCol, LineIndex, PositionEncoding},
};

/// A text with its lines, and what columns count for the client.
pub(in super::super) struct Places<'a> {
    pub(in super::super) text: &'a str,
    pub(in super::super) lines: &'a LineIndex,
    pub(in super::super) encoding: PositionEncoding,
}

impl Places<'_> {
    /// The range of a span, in bytes of the text.
    pub(in super::super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The offset of a position, in bytes of the text: of the nearest place there is.
    pub(in super::super) fn offset(&self, at: LineCol) -> u32 {
        self.lines.offset(self.text, at, self.encoding)
    }

    /// The position of an offset, in bytes of the text.
    pub(in super::super) fn position(&self, offset: u32) -> Position {
        let at = self.lines.line_col(self.text, offset, self.encoding);
        Position::new(at.line, at.col)
    }
}

/// The lines of the sources that were asked for, each made once.
pub(in super::super) struct Sources {
    encoding: PositionEncoding,
    lines: Vec<(Arc<Source>, LineIndex, Uri)>,
}

impl Sources {
    /// None yet; `encoding` is what columns count.
    pub(in super::super) fn new(encoding: PositionEncoding) -> Self {
        Self { encoding, lines: Vec::new() }
    }

    /// Where a span of a source's text is; `None` if its file has no address.
    pub(in super::super) fn location(&mut self, source: &Arc<Source>, span: Span) -> Option<Location> {
        let text = &*source.reading.prose.document.text;
        let known = self.lines.iter().position(|(s, ..)| Arc::ptr_eq(s, source));
        let i = match known {
            Some(i) => i,
            None => {
                self.lines.push((source.clone(), LineIndex::new(text), Uri::from_file_path(&source.location)?));
                self.lines.len() - 1
            }
        };
        let (_, lines, uri) = &self.lines[i];
        // In a page or a document the sentence stands somewhere else than in the text that was taken out of it: the file must do.
        let range = match source.is_verbatim() {
            true => Places { text, lines, encoding: self.encoding }.range(span),
            false => Range::default(),
        };
        Some(Location::new(uri.clone(), range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn a_place_in_a_page_is_its_beginning() {
        let text = "Boats\n\nThe storm sank 140 boats.\n";
        for (path, expected) in [("a.txt", Range::new(Position::new(2, 0), Position::new(2, 25))), ("a.html", Range::default())] {
            let source = sample::source(path, text, "Boats");
            let mut sources = Sources::new(PositionEncoding::Utf16);
            let place = sources.location(&source, sample::span(text, "The storm sank 140 boats.")).unwrap();
            assert_eq!(place.range, expected, "{path}");
            assert!(place.uri.as_str().ends_with(path));
        }
    }
}
