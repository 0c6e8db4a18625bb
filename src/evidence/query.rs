//! What to ask the corpus for a claim.

use crate::{
    claim::{Claim, MentionKind, Reading},
    corpus::Query,
    prose,
};

/// Sentences asked for. Enough for the sources' several accounts of one thing; each costs an alignment.
const LIMIT: usize = 24;

/// The query for a claim: its content words, and the fuller forms of its names, which a source may use instead.
pub(crate) fn query(draft: &Reading, claim: &Claim) -> Query {
    let mut terms: Vec<(String, f32)> = Vec::new();
    let mut add = |stem: String, weight: f32| match terms.iter_mut().find(|(known, _)| *known == stem) {
        Some((_, known)) => *known = known.max(weight),
        None => terms.push((stem, weight)),
    };
    for (_, stem) in prose::terms(&draft.prose, claim.sentence as usize) {
        add(stem, 1.0);
    }
    for &mention in &claim.mentions {
        let MentionKind::Name(name) = &draft.mentions[mention as usize].kind else { continue };
        for word in name.canonical.split_whitespace() {
            let folded = prose::fold(word);
            if !prose::is_stopword(&folded) {
                add(prose::stem(&folded), 0.5);
            }
        }
    }
    Query { terms, limit: LIMIT }
}
