//! The draft as a reader of the finished text sees it, every claim a link to its note.

use std::ops::Range;

use maud::{Markup, html};

use super::{Proof, class, shown};
use crate::ide::{Block, BlockKind, Document, Span, one_line, sections};

/// Words of the draft, with the claim they are marked for: of claims that lie in each other the inner one.
struct Piece {
    span: Span,
    verdict: Option<usize>,
}

/// The text of a draft.
pub(super) fn text(proof: &Proof) -> Markup {
    let draft = &proof.entry.checked.draft;
    let document = &draft.prose.document;
    let marks = Marks::new(proof);
    let levels: Vec<(u32, u8)> = sections(draft).into_iter().map(|s| (s.heading.start, s.level)).collect();
    let level = |block: &Block| levels.iter().find(|(start, _)| *start == block.span.start).map_or(1, |(_, level)| *level);
    let is_item = |block: &Block| block.kind == BlockKind::ListItem;
    let words = |block: &Block| marks.words(block.span);
    html! {
        @for run in document.blocks.chunk_by(|a, b| is_item(a) && is_item(b)) {
            @match (&run[0], run[0].kind) {
                (_, BlockKind::ListItem) => ul { @for item in run { li { (words(item)) } } },
                (block, BlockKind::Heading) => @match level(block) {
                    0 | 1 => h3.first { (words(block)) },
                    2 => h3 { (words(block)) },
                    _ => h4 { (words(block)) },
                },
                (block, BlockKind::BlockQuote) => blockquote { (words(block)) },
                (block, BlockKind::Boilerplate) => p.aside { (words(block)) },
                (block, BlockKind::Paragraph) => p { (words(block)) },
            }
        }
    }
}

/// Where the claims of a draft are.
struct Marks<'a, 'b> {
    proof: &'a Proof<'b>,
    document: &'a Document,
    /// The places of the verdicts, in their order.
    spans: Vec<Span>,
}

impl<'a, 'b> Marks<'a, 'b> {
    fn new(proof: &'a Proof<'b>) -> Self {
        let checked = &proof.entry.checked;
        let spans = checked.verdicts.iter().map(|v| v.span(&checked.draft)).collect();
        Self { proof, document: &checked.draft.prose.document, spans }
    }

    /// The words of a block, marked.
    fn words(&self, block: Span) -> Markup {
        let pieces = self.pieces(block);
        let of = |i: usize| pieces.iter().enumerate().filter(move |(_, p)| p.verdict == Some(i)).map(|(at, _)| at);
        let piece = |(at, piece): (usize, &Piece)| {
            let words = printed(self.document, piece.span);
            let first = |i: usize| of(i).next() == Some(at) && self.spans[i].start >= block.start;
            // A claim that others cover wholly is marked behind the last of them.
            let covered = |i: &usize| {
                let end = self.spans[*i].end.min(block.end);
                of(*i).next().is_none() && piece.span.start < end && end <= piece.span.end
            };
            html! {
                @match piece.verdict {
                    None => (shown(&words)),
                    Some(i) => (self.link(i, &words, first(i), of(i).next_back() == Some(at))),
                }
                @for i in self.within(block).filter(covered) { (self.link(i, "", true, true)) }
            }
        };
        html! { @for part in pieces.iter().enumerate() { (piece(part)) } }
    }

    /// Words that lead to the note on a claim, the first of them with its name, the last with its number; without words the number does.
    fn link(&self, i: usize, words: &str, is_first: bool, is_last: bool) -> Markup {
        let (number, state) = (self.proof.first + i, self.proof.states[i]);
        let id = is_first.then(|| format!("m{number}"));
        let said = format!("{}, note {number}", state.name());
        let sign = html! { sup class=(class(state)) aria-hidden="true" { (number) } };
        html! {
            @if words.is_empty() {
                a id=[id] href={ "#n" (number) } aria-label=(said) { (sign) }
            } @else {
                @let spoken = is_last.then(|| format!("{}: {said}", one_line(words)));
                a id=[id] href={ "#n" (number) } class=(class(state)) aria-label=[spoken] { (shown(words)) }
                @if is_last { (sign) }
            }
        }
    }

    /// The claims that lie in a block, at least in part.
    fn within(&self, block: Span) -> impl Iterator<Item = usize> {
        self.spans.iter().enumerate().filter(move |(_, span)| span.overlaps(block)).map(|(i, _)| i)
    }

    /// A block cut where claims begin and end.
    fn pieces(&self, block: Span) -> Vec<Piece> {
        let here: Vec<usize> = self.within(block).collect();
        let edges = here.iter().flat_map(|i| [self.spans[*i].start, self.spans[*i].end]);
        let mut cuts: Vec<u32> =
            edges.filter(|at| block.start < *at && *at < block.end).chain([block.start, block.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces: Vec<Piece> = Vec::new();
        for cut in cuts.windows(2) {
            let span = Span { start: cut[0], end: cut[1] };
            let around = here.iter().copied().filter(|i| self.spans[*i].contains(span));
            let inner = around.min_by_key(|i| self.spans[*i].len());
            // Blanks between two claims lead nowhere.
            let verdict = inner.filter(|_| !printed(self.document, span).trim().is_empty());
            match pieces.last_mut() {
                Some(last) if last.verdict == verdict => last.span.end = span.end,
                _ => pieces.push(Piece { span, verdict }),
            }
        }
        pieces
    }
}

/// Words of the draft as they are printed: without markup, which is blank in the prose.
fn printed(document: &Document, span: Span) -> String {
    let Range { start, .. } = span.range();
    let mut out = String::with_capacity(span.range().len());
    let text = document.text.as_bytes();
    for (at, c) in span.of(&document.prose).char_indices() {
        let from = &text[start + at..];
        let is_markup = c == ' ' && !from[0].is_ascii_whitespace();
        // A line break in markup parts words all the same.
        if !is_markup || from.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<br")) {
            out.push(c);
        }
    }
    out
}
