//! What is shown in a draft and beside what is being written.

use tower_lsp::ls_types::*;

use super::{super::capabilities::Abilities, Places, text_edit};
use crate::ide::{self, Completions, Lens, one_line};

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
