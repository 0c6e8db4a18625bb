//! What to ask the corpus for a claim.

use crate::{
    claim::{Claim, Mention, MentionKind, Reading},
    corpus::{Query, Word},
    prose,
    text::Span,
};

/// Sentences asked for. Enough for the sources' several accounts of one thing; each costs an alignment.
const LIMIT: usize = 24;

/// The query for a claim: its content words, and the fuller forms of its names, which a source may use instead.
pub(crate) fn query(draft: &Reading, claim: &Claim) -> Query {
    let mut query = Query { limit: LIMIT, ..Query::default() };
    let mut add =
        |stem: String, word: &str, weight: f32, is_named: bool| match query.terms.iter().position(|(known, _)| *known == stem) {
            Some(at) => {
                query.terms[at].1 = query.terms[at].1.max(weight);
                query.words[at].weight = query.terms[at].1;
                query.words[at].is_named |= is_named;
            }
            None => {
                query.terms.push((stem, weight));
                query.words.push(Word { text: word.to_owned(), weight, is_named });
            }
        };
    let named: Vec<Span> = claim.mentions.iter().filter_map(|&m| named(&draft.mentions[m as usize])).collect();
    let tokens = draft.prose.tokens_of(claim.sentence as usize);
    for (i, stem) in prose::terms(&draft.prose, claim.sentence as usize) {
        let span = tokens[i].span;
        add(stem, draft.prose.str(span), 1.0, named.iter().any(|named| named.contains(span)));
    }
    for &mention in &claim.mentions {
        let MentionKind::Name(name) = &draft.mentions[mention as usize].kind else { continue };
        for word in name.canonical.split_whitespace() {
            let folded = prose::fold(word);
            if !prose::is_stopword(&folded) {
                add(prose::stem(&folded), word, 0.5, true);
            }
        }
    }
    query
}

/// The words of a mention that name something: a name, or what a figure counts.
fn named(mention: &Mention) -> Option<Span> {
    match &mention.kind {
        MentionKind::Name(_) => Some(mention.span),
        MentionKind::Quantity(quantity) => quantity.entity,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        claim,
        document::{self, Format},
        prose::Prose,
    };

    #[track_caller]
    fn check(text: &str, expect: &str, named: &str) {
        let document = document::parse(text.into(), Format::Plain);
        let draft = claim::read(Arc::new(Prose::read(Arc::new(document))));
        let query = query(&draft, draft.claims.last().unwrap());
        let words = |of: &dyn Fn(&&Word) -> bool| -> String {
            query.words.iter().filter(of).map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words(&|_| true), expect);
        assert_eq!(words(&|word| word.is_named), named);
        assert_eq!(query.terms.len(), query.words.len());
    }

    #[test]
    fn words_with_what_they_are() {
        check("Mayor Lena Voss said 140 boats had sunk.", "Mayor Lena Voss said 140 boats sunk", "Lena Voss boats");
        check(
            "Lena Voss spoke. On Monday, Voss promised 12 new ferries.",
            "Monday Voss promised 12 new ferries Lena",
            "Voss ferries Lena",
        );
    }
}
