//! What claims nothing that could be looked up. Words of number that point at something rather than count it: "one of its keepers", "first
//! given in 1991", "the two women". What a text says of itself: who wrote it, whom it cites. Where nothing in the sources stands against
//! them there is nothing to say.

use rust_decimal::Decimal;

use crate::{
    claim::{self, Form, Mention, MentionKind, Quantity, Reading},
    document::BlockKind,
    prose,
};

/// Whether a mention stands in what is not the text itself: a byline, a dateline, a credit, a citation, the list of the literature.
pub(super) fn is_apparatus(draft: &Reading, mention: &Mention) -> bool {
    let sentence = &draft.prose.sentences[mention.sentence as usize];
    draft.prose.document.blocks[sentence.block as usize].kind == BlockKind::Boilerplate
        || claim::is_in_dateline(&draft.prose, mention)
        || claim::is_cited(&draft.prose, mention)
}

/// Whether a mention is a figure that points at something.
pub(super) fn points(draft: &Reading, mention: &Mention) -> bool {
    let MentionKind::Quantity(figure) = &mention.kind else { return false };
    let spelled = !draft.prose.str(mention.span).contains(|c: char| c.is_ascii_digit());
    let amount = figure.low.filter(|low| figure.high == Some(*low));
    let (Some(amount), true) = (amount, spelled && figure.unit.is_none()) else { return false };
    match figure.form {
        Form::Cardinal => {
            amount == Decimal::ONE && figure.qualifier.is_none() || amount <= Decimal::TEN && is_definite(draft, mention, figure)
        }
        Form::Ordinal => amount <= Decimal::TEN,
        _ => false,
    }
}

/// Whether a count stands behind "the" or its like: "the two women", "his four sons".
fn is_definite(draft: &Reading, mention: &Mention, figure: &Quantity) -> bool {
    let tokens = draft.prose.tokens_of(mention.sentence as usize);
    let before = tokens.partition_point(|t| t.span.start < mention.span.start).checked_sub(1).map(|i| tokens[i].span);
    let word = before.map(|span| prose::fold(draft.prose.str(span)));
    figure.base.is_none() && matches!(word.as_deref(), Some("the" | "these" | "those" | "both"))
}
