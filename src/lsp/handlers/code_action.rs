//! textDocument/codeAction

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic, Range, Uri, WorkspaceEdit,
};

use super::super::{
    from_proto,
    state::{Draft, State},
    to_proto::{self, Places},
    view::View,
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
    let mut actions: Vec<ide::Action> = Vec::new();
    if is_wanted(only, &CodeActionKind::QUICKFIX) {
        actions = at(state, draft, &view, params.range);
        let named = &params.context.diagnostics;
        if !named.is_empty() && is_whole(&view, params.range) {
            actions.retain(|action| is_fix_of(&view, action, named));
        }
    }
    if only.is_some() && is_wanted(only, &to_proto::fix_all()) {
        actions.extend(ide::fix_all(view.checked, view.diagnostics));
    }
    let response: Vec<CodeActionOrCommand> = actions
        .iter()
        .map(|action| {
            let found = action.diagnostic.and_then(|i| view.diagnostics.get(i));
            let known = found.map_or_else(Vec::new, |found| resolved(&view.places, found, &params.context.diagnostics));
            let mut shown = to_proto::code_action(&view.places, draft, action, found, known, &state.client);
            if state.client.resolves && action.edits.len() > 1 {
                let deferred = Deferred { uri: draft.uri.clone(), version: draft.version, range: params.range };
                shown = CodeAction { edit: None, data: serde_json::to_value(deferred).ok(), ..shown };
            }
            shown.into()
        })
        .collect();
    (!response.is_empty()).then_some(response)
}

/// What can be done about the findings that a range touches.
fn at(state: &State, draft: &Draft, view: &View<'_>, range: Range) -> Vec<ide::Action> {
    let range = Span { start: view.offset(range.start), end: view.offset(range.end) };
    let has_ledger = state.client.commands && from_proto::path(&draft.uri).is_some();
    ide::actions(view.checked, view.diagnostics, range, has_ledger)
}

/// Whether a range is the whole draft. Kate 22.12 asks for the fix of one finding so, and carries out all that it is given.
fn is_whole(view: &View<'_>, range: Range) -> bool {
    let text = &view.checked.draft.prose.document.text;
    view.offset(range.start) == 0 && view.offset(range.end) as usize >= text.trim_end().len()
}

/// Whether an action writes what mends one of these.
fn is_fix_of(view: &View<'_>, action: &ide::Action, named: &[Diagnostic]) -> bool {
    let found = action.diagnostic.and_then(|i| view.diagnostics.get(i));
    action.kind == ide::ActionKind::Fix && found.is_some_and(|found| !resolved(&view.places, found, named).is_empty())
}

/// What an action is worked out from when it is chosen, if it changes several places.
#[derive(Serialize, Deserialize)]
struct Deferred {
    uri: Uri,
    version: i32,
    range: Range,
}

/// The draft that an action is about which is to be worked out; `None` if it has all that it needs.
pub(in super::super) fn deferred(action: &CodeAction) -> Option<Uri> {
    serde_json::from_value(action.data.clone()?).ok().map(|Deferred { uri, .. }| uri)
}

/// The action with its edit; as it is if the text is another one by now, for what it would change may have moved.
pub(in super::super) fn resolve(state: &State, draft: &Draft, action: CodeAction) -> CodeAction {
    edit(state, draft, &action).map_or(action.clone(), |edit| CodeAction { edit: Some(edit), ..action })
}

fn edit(state: &State, draft: &Draft, action: &CodeAction) -> Option<WorkspaceEdit> {
    let deferred: Deferred = serde_json::from_value(action.data.clone()?).ok()?;
    let view = state.view(draft).filter(|_| draft.version == deferred.version)?;
    let mut actions = at(state, draft, &view, deferred.range);
    actions.extend(ide::fix_all(view.checked, view.diagnostics));
    let chosen = actions.iter().find(|chosen| chosen.title == action.title)?;
    Some(to_proto::workspace_edit(&view.places, draft, &chosen.edits, &state.client))
}

/// Of the diagnostics that the client shows there, those that are this one.
fn resolved(places: &Places, found: &ide::Diagnostic, shown: &[Diagnostic]) -> Vec<Diagnostic> {
    use tower_lsp::ls_types::NumberOrString;
    let range = places.range(found.span);
    let same = |code: &NumberOrString| matches!(code, NumberOrString::String(code) if code == found.code.name());
    // Not every client gives the code back.
    let is_this = |d: &&Diagnostic| d.range == range && d.code.as_ref().is_none_or(same);
    shown.iter().filter(is_this).cloned().collect()
}

/// Whether a kind of actions is among those that were asked for: kinds are trees, written "quickfix.some.thing".
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let holds = |asked: &str| {
        asked.is_empty() || kind.as_str().strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|kinds| kinds.is_empty() || kinds.iter().any(|asked| holds(asked.as_str())))
}
