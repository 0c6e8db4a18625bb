//! From our words to the protocol's.

mod navigation;
mod places;
mod writing;

use serde_json::json;
use tower_lsp::ls_types::*;

pub(super) use self::{
    navigation::{definition, names, outline},
    places::{Places, Sources},
    writing::{completions, hint, legend, lens, tokens},
};
use super::capabilities::Abilities;
use crate::ide::{self, Edit, Fix, Severity};

/// Where the manual explains the codes; a code's page is this and its name. `None` as long as there is no such page.
const MANUAL: Option<&str> = None;

/// The diagnostics of a draft, as this client can take them.
pub(super) fn diagnostics(places: &Places, uri: &Uri, found: &[ide::Diagnostic], client: &Abilities) -> Vec<Diagnostic> {
    let mut sources = Sources::new(places.encoding);
    found.iter().map(|d| diagnostic(places, uri, d, client, &mut sources)).collect()
}

fn diagnostic(places: &Places, uri: &Uri, found: &ide::Diagnostic, client: &Abilities, sources: &mut Sources) -> Diagnostic {
    let mut message = found.message.clone();
    let related: Vec<DiagnosticRelatedInformation> = if client.related {
        let elsewhere = found.elsewhere.iter().map(|other| DiagnosticRelatedInformation {
            location: Location::new(uri.clone(), places.range(other.span)),
            message: other.sentence.clone(),
        });
        elsewhere.chain(found.related.iter().filter_map(|r| related(r, sources))).collect()
    } else {
        // Never without the source's own sentence.
        if let Some(other) = &found.elsewhere {
            message.push_str(&format!("\nthis draft: {}", other.sentence));
        }
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

fn related(found: &ide::Related, sources: &mut Sources) -> Option<DiagnosticRelatedInformation> {
    let location = sources.location(&found.source, found.quote)?;
    Some(DiagnosticRelatedInformation { location, message: found.sentence.clone() })
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
