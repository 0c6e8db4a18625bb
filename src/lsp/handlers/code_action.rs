//! textDocument/codeAction

use tower_lsp::ls_types::{CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic};

use super::super::{
    from_proto,
    state::{Draft, State},
    to_proto::{self, Places},
};
use crate::ide::{self, Span};

/// What can be done about the findings that the range touches, in the text as it is now; and all at once what is certain, if the client asks
/// for that or for whatever there is.
pub(in super::super) fn code_action(state: &State, draft: &Draft, params: CodeActionParams) -> Option<CodeActionResponse> {
    if !state.client.actions {
        return None;
    }
    let view = state.view(draft)?;
    let only = params.context.only.as_deref();
    let range = Span { start: view.offset(params.range.start), end: view.offset(params.range.end) };
    let has_ledger = state.client.commands && from_proto::path(&draft.uri).is_some();
    let mut actions: Vec<ide::Action> = Vec::new();
    if is_wanted(only, &CodeActionKind::QUICKFIX) {
        actions = ide::actions(view.checked, view.diagnostics, range, draft.format, has_ledger);
    }
    if only.is_some() && is_wanted(only, &to_proto::fix_all()) {
        actions.extend(ide::fix_all(view.checked, view.diagnostics));
    }
    let response: Vec<CodeActionOrCommand> = actions
        .iter()
        .map(|action| {
            let found = action.diagnostic.and_then(|i| view.diagnostics.get(i));
            let known = found.map_or_else(Vec::new, |found| resolved(&view.places, found, &params.context.diagnostics));
            to_proto::code_action(&view.places, draft, action, found, known, &state.client).into()
        })
        .collect();
    (!response.is_empty()).then_some(response)
}

/// Of the diagnostics that the client shows there, those that are this one.
fn resolved(places: &Places, found: &ide::Diagnostic, shown: &[Diagnostic]) -> Vec<Diagnostic> {
    use tower_lsp::ls_types::NumberOrString;
    let range = places.range(found.span);
    let is_this =
        |d: &&Diagnostic| d.range == range && matches!(&d.code, Some(NumberOrString::String(code)) if code == found.code.name());
    shown.iter().filter(is_this).cloned().collect()
}

/// Whether a kind of actions is among those that were asked for: kinds are trees, written "quickfix.some.thing".
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let holds = |asked: &str| {
        asked.is_empty() || kind.as_str().strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|kinds| kinds.is_empty() || kinds.iter().any(|asked| holds(asked.as_str())))
}
