//! From our words to the protocol's.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::ls_types::*;

use super::{capabilities::Abilities, shown::Item};
use crate::{
    ide::{self, Edit, Fix, Severity, Source, Span},
    text::{LineCol, LineIndex, PositionEncoding},
};

/// Where the manual explains the codes; a code's page is this and its name. `None` as long as there is no such page.
const MANUAL: Option<&str> = None;

/// A text with its lines, and what columns count for the client.
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a LineIndex,
    pub(super) encoding: PositionEncoding,
}

impl Places<'_> {
    /// The range of a span, in bytes of the text.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The offset of a position, in bytes of the text: of the nearest place there is.
    pub(super) fn offset(&self, at: LineCol) -> u32 {
        self.lines.offset(self.text, at, self.encoding)
    }

    fn position(&self, offset: u32) -> Position {
        let at = self.lines.line_col(self.text, offset, self.encoding);
        Position::new(at.line, at.col)
    }
}

/// The diagnostics of a draft, as this client can take them.
pub(super) fn items(places: &Places, found: &[ide::Diagnostic], client: &Abilities) -> Vec<Item> {
    let mut sources = Sources { encoding: places.encoding, lines: Vec::new() };
    found.iter().map(|d| Item::new(d.span, diagnostic(places, d, client, &mut sources))).collect()
}

fn diagnostic(places: &Places, found: &ide::Diagnostic, client: &Abilities, sources: &mut Sources) -> Diagnostic {
    let mut message = found.message.clone();
    let related: Vec<DiagnosticRelatedInformation> = if client.related {
        found.related.iter().filter_map(|r| sources.related(r)).collect()
    } else {
        // Never without the source's own sentence.
        for related in &found.related {
            message.push_str(&format!("\n{}: {}", related.name, related.sentence));
        }
        Vec::new()
    };
    Diagnostic {
        range: places.range(found.span),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(found.code.name().to_owned())),
        code_description: MANUAL.filter(|_| client.code_description).and_then(|manual| {
            let href = format!("{manual}{}", found.code.name()).parse().ok()?;
            Some(CodeDescription { href })
        }),
        source: Some("copydesk".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: None,
        data: found
            .fix
            .as_ref()
            .filter(|_| client.data)
            .map(|fix| json!({ "fix": { "title": fix.title, "edit": text_edit(places, &fix.edit) } })),
    }
}

/// The lines of the sources that were asked for, each made once.
struct Sources {
    encoding: PositionEncoding,
    lines: Vec<(Arc<Source>, LineIndex, Uri)>,
}

impl Sources {
    fn related(&mut self, related: &ide::Related) -> Option<DiagnosticRelatedInformation> {
        let source = &related.source;
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
            true => Places { text, lines, encoding: self.encoding }.range(related.quote),
            false => Range::default(),
        };
        Some(DiagnosticRelatedInformation { location: Location::new(uri.clone(), range), message: related.sentence.clone() })
    }
}

/// An edit of the draft.
pub(super) fn text_edit(places: &Places, edit: &Edit) -> TextEdit {
    TextEdit::new(places.range(edit.delete), edit.insert.clone())
}

/// A fix as a code action, as this client can take it.
pub(super) fn code_action(
    places: &Places,
    uri: &Uri,
    version: i32,
    fix: &Fix,
    diagnostics: Vec<Diagnostic>,
    client: &Abilities,
) -> CodeAction {
    let edit = text_edit(places, &fix.edit);
    let edit = if client.document_changes {
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) },
                edits: vec![OneOf::Left(edit)],
            }])),
            ..WorkspaceEdit::default()
        }
    } else {
        WorkspaceEdit { changes: Some([(uri.clone(), vec![edit])].into()), ..WorkspaceEdit::default() }
    };
    CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
        edit: Some(edit),
        is_preferred: client.preferred.then_some(true),
        ..CodeAction::default()
    }
}

/// A hover, as this client can take it.
pub(super) fn hover(places: &Places, hover: &ide::Hover, client: &Abilities) -> Hover {
    let contents = if client.markdown {
        let link = |location: &str, line: u32| Some(format!("{}#L{line}", Uri::from_file_path(location)?.as_str()));
        MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(&link) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.plain() }
    };
    Hover { contents: HoverContents::Markup(contents), range: Some(places.range(hover.span)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn a_place_in_a_page_is_its_beginning() {
        let text = "Boats\n\nThe storm sank 140 boats.\n";
        for (path, expected) in [("a.txt", Range::new(Position::new(2, 0), Position::new(2, 25))), ("a.html", Range::default())] {
            let sentence = "The storm sank 140 boats.";
            let source = sample::source(path, text, "Boats");
            let quote = sample::span(text, sentence);
            let related = ide::Related { source, quote, name: path.to_owned(), sentence: sentence.to_owned() };
            let mut sources = Sources { encoding: PositionEncoding::Utf16, lines: Vec::new() };
            let place = sources.related(&related).unwrap().location;
            assert_eq!(place.range, expected, "{path}");
            assert!(place.uri.as_str().ends_with(path));
        }
    }
}
