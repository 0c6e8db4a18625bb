//! What to ask the corpus for a claim.

use crate::{
    claim::{Claim, Mention, MentionKind, Reading},
    corpus::{Query, Word},
    prose::{self, TokenKind},
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
    // Where two digits have changed places, only a figure that has them in their places leads to the source.
    let figures = tokens.iter().filter(|token| token.kind == TokenKind::Number).map(|token| draft.prose.str(token.span));
    for slip in figures.flat_map(transposed) {
        let term = prose::stem(&prose::fold(&slip));
        if !query.terms.iter().any(|(known, _)| *known == term) {
            query.terms.push((term, SLIP));
        }
    }
    query
}

/// How much a figure counts that is the draft's but for two digits.
const SLIP: f32 = 0.5;

/// A figure of three digits and more with two unlike neighbours in each other's place, once for each such two: 1,684 and 1,846 for 1,864.
fn transposed(figure: &str) -> Vec<String> {
    let digits: Vec<usize> = figure.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
    if digits.len() < 3 || digits.len() > MOST_DIGITS || !figure.is_ascii() {
        return Vec::new();
    }
    let swap = |pair: &[usize]| {
        let mut bytes = figure.as_bytes().to_vec();
        bytes.swap(pair[0], pair[1]);
        let starts_with_zero = bytes[digits[0]] == b'0';
        String::from_utf8(bytes).ok().filter(|slip| slip != figure && !starts_with_zero)
    };
    digits.windows(2).filter_map(swap).collect()
}

/// Longer figures are codes.
const MOST_DIGITS: usize = 9;

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
        assert!(query.terms.len() >= query.words.len());
    }

    #[test]
    fn figures_with_two_digits_in_each_others_place() {
        assert_eq!(transposed("1,864"), ["8,164", "1,684", "1,846"]);
        assert_eq!(transposed("100"), Vec::<String>::new());
        assert_eq!(transposed("86"), Vec::<String>::new());
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
