//! The weights of the features: a logistic score for each kind of mention. Set by hand, not fitted: they order the candidates for a place
//! and are shown as how sure the alignment is. What is made of a pair is decided by weights that are fitted (`verdict/decide.rs`), and this
//! score is one of the features there: whoever changes a number here has to fit those anew.

use super::{Feature, Relation};
use crate::claim::{Mention, MentionKind};

/// What a pair that agrees gains in the order of assignment.
pub(super) const AGREES: f32 = 0.5;

/// The probability that the source's mention stands in the place of the draft's.
pub(super) fn score(draft: &Mention, relation: Relation, features: &[Feature]) -> f32 {
    let (bias, weights): (f32, &[(&str, f32)]) = match draft.kind {
        MentionKind::Quantity(_) => (-6.0, &[("topic", 4.0), ("local", 4.0), ("slot", 0.5), ("alone", 1.0), ("noun", 3.0)]),
        MentionKind::Date(_) => (-4.5, &[("topic", 4.0), ("local", 4.0), ("slot", 0.7), ("alone", 1.0)]),
        _ => (
            -6.0,
            &[
                ("topic", 4.0),
                ("local", 5.0),
                ("slot", 1.0),
                ("alone", 1.0),
                ("role", 1.5),
                ("other role", -0.5),
                ("misspelled", 3.0),
                ("class", 0.5),
            ],
        ),
    };
    let mut z = bias + if matches!(relation, Relation::Same | Relation::Compatible) { 1.0 } else { 0.0 };
    if relation == Relation::Same {
        z += 2.5 * Feature::value_of(features, "specific");
    }
    for (name, weight) in weights {
        z += Feature::value_of(features, name) * weight;
    }
    1.0 / (1.0 + (-z).exp())
}
