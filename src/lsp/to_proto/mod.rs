//! From our words to the protocol's.

mod claims;
mod navigation;
mod places;
mod writing;

use serde_json::json;
use tower_lsp::ls_types::*;

pub(super) use self::{
    claims::claims,
    navigation::{definition, names, outline},
    places::{Places, Sources},
    writing::{completions, hint, legend, lens, tokens},
};
use super::{capabilities::Abilities, handlers::execute_command::ACCEPT, shown::Item, state::Draft};
use crate::ide::{self, ActionKind, Edit, Severity};

/// Where the manual explains the codes; a code's page is this and its name. `None` as long as there is no such page.
const MANUAL: Option<&str> = None;

/// The diagnostics of a draft, as this client can take them.
pub(super) fn items(places: &Places, uri: &Uri, found: &[ide::Diagnostic], client: &Abilities) -> Vec<Item> {
    let mut sources = Sources::new(places.encoding);
    found.iter().map(|d| Item::new(d.span, uri, diagnostic(places, uri, d, client, &mut sources))).collect()
}

/// The same, for a client that asks.
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

/// The kind of the action that writes all that is certain.
pub(super) fn fix_all() -> CodeActionKind {
    CodeActionKind::new("source.fixAll.copydesk")
}

/// Something that can be done about `found`, as this client can take it.
pub(super) fn code_action(
    places: &Places,
    draft: &Draft,
    action: &ide::Action,
    found: Option<&ide::Diagnostic>,
    diagnostics: Vec<Diagnostic>,
    client: &Abilities,
) -> CodeAction {
    let command = found.filter(|_| action.kind == ActionKind::Accept).map(|found| Command {
        title: action.title.clone(),
        command: ACCEPT.to_owned(),
        arguments: Some(vec![json!({ "uri": draft.uri, "range": places.range(found.span), "code": found.code.name() })]),
    });
    let edit = (!action.edits.is_empty()).then(|| workspace_edit(places, draft, &action.edits, client));
    CodeAction {
        title: action.title.clone(),
        kind: Some(if action.kind == ActionKind::FixAll { fix_all() } else { CodeActionKind::QUICKFIX }),
        diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
        edit,
        command,
        is_preferred: (client.preferred && action.kind == ActionKind::Fix).then_some(true),
        ..CodeAction::default()
    }
}

/// An edit of a draft in several places, as this client can take it.
pub(super) fn workspace_edit(places: &Places, draft: &Draft, edits: &[Edit], client: &Abilities) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = edits.iter().map(|edit| text_edit(places, edit)).collect();
    if !client.document_changes {
        return WorkspaceEdit { changes: Some([(draft.uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: draft.uri.clone(), version: Some(draft.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
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
