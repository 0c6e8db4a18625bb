//! textDocument/references

use tower_lsp::ls_types::{Location, ReferenceParams};

use super::super::{
    from_proto,
    state::{Draft, State},
    to_proto::{Places, Sources},
};
use crate::ide;

/// All that speaks of the mention there; in a source, the mentions of the open drafts that the sentence there speaks of.
pub(in super::super) fn references(state: &State, draft: &Draft, params: &ReferenceParams) -> Option<Vec<Location>> {
    let position = params.text_document_position.position;
    let mut found = relying(state, draft, params).unwrap_or_default();
    if let Some(view) = state.view(draft)
        && let Some((_, places)) = ide::evidence_at(view.checked, view.offset(position))
    {
        let mut sources = Sources::new(view.places.encoding);
        found.extend(places.iter().filter_map(|place| sources.location(&place.source, place.quote)));
    }
    (!found.is_empty()).then_some(found)
}

/// Where the other drafts rely on the sentence at a place of this one, which is a source of theirs. Drafts whose newest text has not
/// been checked yet are left out.
fn relying(state: &State, source: &Draft, params: &ReferenceParams) -> Option<Vec<Location>> {
    let file = from_proto::path(&source.uri)?;
    let outcome = source.outcome()?;
    let places = Places { text: &outcome.text, lines: &outcome.lines, encoding: state.client.columns() };
    let offset = places.offset(from_proto::position(params.text_document_position.position));
    let mut found = Vec::new();
    for draft in state.drafts.values().filter(|draft| draft.uri != source.uri) {
        let Some(view) = state.view(draft) else { continue };
        let spans = ide::relying(view.checked, &file, &outcome.text, offset);
        found.extend(spans.into_iter().map(|span| Location::new(draft.uri.clone(), view.places.range(span))));
    }
    Some(found)
}
