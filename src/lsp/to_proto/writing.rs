//! What is shown in a draft and beside what is being written.

use tower_lsp::ls_types::*;

use super::{super::capabilities::Abilities, Places, text_edit};
use crate::ide::{self, Completions, Hint, Lens, Mark, Span, one_line};

/// What words may be marked as. The names are ours: to a theme that does not know them they are nothing.
const MARKS: [(Mark, SemanticTokenType); 2] =
    [(Mark::Supported, SemanticTokenType::new("supported")), (Mark::Open, SemanticTokenType::new("open"))];

/// A line above a section. There is nothing to be done about it, so its command has no name.
pub(in super::super) fn lens(places: &Places, lens: Lens) -> CodeLens {
    let range = places.range(lens.span);
    let end = if range.end.line == range.start.line { range.end } else { range.start };
    let command = Command { title: lens.title, command: String::new(), arguments: None };
    CodeLens { range: Range::new(range.start, end), command: Some(command), data: None }
}

/// What may be meant at the place of writing.
pub(in super::super) fn completions(places: &Places, found: Completions, client: &Abilities) -> CompletionList {
    let item = |(i, found): (usize, ide::Completion)| {
        let title = found.source.reading.prose.document.meta.title.as_deref().filter(|title| !title.trim().is_empty());
        CompletionItem {
            label: found.label,
            kind: Some(match found.kind {
                ide::SymbolKind::Figure => CompletionItemKind::VALUE,
                ide::SymbolKind::Quotation => CompletionItemKind::TEXT,
                _ => CompletionItemKind::REFERENCE,
            }),
            detail: Some(one_line(title.unwrap_or(&found.source.path))),
            documentation: Some(match client.plain_documentation {
                // A plain string is Markdown to some.
                true => Documentation::MarkupContent(MarkupContent { kind: MarkupKind::PlainText, value: found.sentence }),
                false => Documentation::String(found.sentence),
            }),
            sort_text: Some(format!("{i:02}")),
            filter_text: Some(found.filter),
            insert_text_format: Some(InsertTextFormat::PLAIN_TEXT),
            text_edit: Some(text_edit(places, &found.edit).into()),
            ..CompletionItem::default()
        }
    };
    CompletionList { is_incomplete: found.is_cut, items: found.items.into_iter().enumerate().map(item).collect() }
}

/// A few words behind a mention.
pub(in super::super) fn hint(places: &Places, hint: Hint) -> InlayHint {
    InlayHint {
        position: places.position(hint.offset),
        label: hint.label.into(),
        kind: None,
        text_edits: None,
        tooltip: Some(hint.sentence.into()),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// What the numbers of tokens stand for.
pub(in super::super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: MARKS.into_iter().map(|(_, name)| name).collect(), token_modifiers: Vec::new() }
}

/// Marked words; each counts its place from the one before it. None crosses a line, which not every client could show.
pub(in super::super) fn tokens(places: &Places, marks: &[(Span, Mark)]) -> SemanticTokens {
    let mut data = Vec::new();
    let mut last = Position::default();
    for (span, mark) in marks {
        let token_type = MARKS.iter().position(|(known, _)| known == mark).unwrap_or_default() as u32;
        let range = places.range(*span);
        for line in range.start.line..=range.end.line {
            let of_line = places.lines.line(places.text, line);
            let (start, end) = (of_line.start.max(span.start as usize), of_line.end.min(span.end as usize));
            if start >= end {
                continue;
            }
            let at = places.range(Span::new(start, end));
            let delta_line = line - last.line;
            let delta_start = if delta_line == 0 { at.start.character - last.character } else { at.start.character };
            let length = at.end.character - at.start.character;
            data.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset: 0 });
            last = at.start;
        }
    }
    SemanticTokens { result_id: None, data }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LineIndex, PositionEncoding};

    #[test]
    fn a_token_ends_with_its_line() {
        let text = "é Oro, “one\r\ntwo” x";
        let places = Places { text, lines: &LineIndex::new(text), encoding: PositionEncoding::Utf16 };
        let at = |words: &str| ide::sample::span(text, words);
        let tokens = tokens(&places, &[(at("Oro"), Mark::Supported), (at("“one\r\ntwo”"), Mark::Open)]);
        let numbers: Vec<[u32; 4]> = tokens.data.iter().map(|t| [t.delta_line, t.delta_start, t.length, t.token_type]).collect();
        assert_eq!(numbers, [[0, 2, 3, 0], [0, 5, 4, 1], [1, 0, 4, 1]]);
    }
}
