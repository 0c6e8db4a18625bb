//! textDocument/codeAction

use tower_lsp::ls_types::{CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic};

use super::super::{
    state::{Draft, State},
    to_proto::{self, Places},
};
use crate::ide;

/// The fixes of the mentions that the range touches, in the text as it is now.
pub(in super::super) fn code_action(state: &State, draft: &Draft, params: CodeActionParams) -> Option<CodeActionResponse> {
    if !state.client.actions || !wants_quick_fixes(params.context.only.as_deref()) {
        return None;
    }
    let view = state.view(draft)?;
    let (start, end) = (view.offset(params.range.start), view.offset(params.range.end));
    let touched = view.diagnostics.iter().filter(|d| d.span.start <= end && start <= d.span.end);
    let actions: Vec<CodeActionOrCommand> = touched
        .filter_map(|found| {
            let known = resolved(&view.places, found, &params.context.diagnostics);
            let fix = found.fix.as_ref()?;
            Some(to_proto::code_action(&view.places, &draft.uri, draft.version, fix, known, &state.client).into())
        })
        .collect();
    (!actions.is_empty()).then_some(actions)
}

/// Of the diagnostics that the client shows there, those that are this one.
fn resolved(places: &Places, found: &ide::Diagnostic, shown: &[Diagnostic]) -> Vec<Diagnostic> {
    use tower_lsp::ls_types::NumberOrString;
    let range = places.range(found.span);
    let is_this =
        |d: &&Diagnostic| d.range == range && matches!(&d.code, Some(NumberOrString::String(code)) if code == found.code.name());
    shown.iter().filter(is_this).cloned().collect()
}

/// Whether quick fixes are among the kinds of actions that were asked for: kinds are trees, written "quickfix.some.thing".
fn wants_quick_fixes(only: Option<&[CodeActionKind]>) -> bool {
    only.is_none_or(|kinds| {
        kinds.is_empty() || kinds.iter().any(|kind| kind.as_str().is_empty() || *kind == CodeActionKind::QUICKFIX)
    })
}
