//! textDocument/diagnostic and workspace/diagnostic: for clients that have said that they ask for diagnostics, and are not sent any.

use std::collections::HashMap;

use tower_lsp::ls_types::*;

use super::super::{
    state::{Draft, State},
    to_proto,
};

/// The diagnostics of a draft; `known` is what the client was last given.
pub(in super::super) fn document(state: &State, draft: &Draft, known: Option<&str>) -> Option<DocumentDiagnosticReport> {
    let report = report(state, draft)?;
    Some(match report.result_id.clone().filter(|id| Some(id.as_str()) == known) {
        Some(result_id) => RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into(),
        None => RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report }.into(),
    })
}

/// The diagnostics of all open drafts whose newest text has been checked.
pub(in super::super) fn workspace(state: &State, params: WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReport {
    let known: HashMap<String, String> =
        params.previous_result_ids.into_iter().map(|known| (known.uri.as_str().to_owned(), known.value)).collect();
    let item = |(key, draft): (&String, &Draft)| {
        let report = report(state, draft)?;
        let (uri, version) = (draft.uri.clone(), Some(i64::from(draft.version)));
        Some(match report.result_id.clone().filter(|id| known.get(key) == Some(id)) {
            Some(result_id) => WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            }
            .into(),
            None => WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: report }.into(),
        })
    };
    WorkspaceDiagnosticReport { items: state.drafts.iter().filter_map(item).collect() }
}

/// The diagnostics of a draft under a name that is the same for the same ones.
fn report(state: &State, draft: &Draft) -> Option<FullDocumentDiagnosticReport> {
    draft.outcome()?;
    let items = match state.view(draft) {
        Some(view) => to_proto::diagnostics(&view.places, &draft.uri, view.diagnostics, &state.client),
        None => Vec::new(),
    };
    let name = serde_json::to_vec(&items).map(|bytes| blake3::hash(&bytes).to_hex()[..16].to_owned());
    Some(FullDocumentDiagnosticReport { result_id: name.ok(), items })
}
