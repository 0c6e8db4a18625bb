//! How two mentions stand to each other by themselves, whatever stands around them.

use crate::{
    claim::{DateLikeness, Mention, MentionKind, Name, NameClass, likeness, same_date},
    prose,
};

/// How a draft's mention stands to a source's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The same, or a fair rendering of it.
    Same,
    /// Both can be true: one is finer or coarser than the other.
    Compatible,
    /// The same name, spelt wrong.
    Misspelled,
    /// They cannot both stand in one place.
    Differs,
    /// They are of different sorts.
    Incomparable,
}

/// How `draft` stands to `source`.
pub(super) fn relation(draft: &Mention, source: &Mention) -> Relation {
    match (&draft.kind, &source.kind) {
        (MentionKind::Quantity(a), MentionKind::Quantity(b)) => {
            use likeness::QuantityLikeness as L;
            match likeness::quantity(a, b) {
                L::Same | L::Rounded | L::Entailed => Relation::Same,
                L::Finer => Relation::Compatible,
                L::Bounded | L::Reversed | L::Differs => Relation::Differs,
                L::Incomparable => Relation::Incomparable,
            }
        }
        (MentionKind::Date(a), MentionKind::Date(b)) => match same_date(a, b) {
            DateLikeness::Same => Relation::Same,
            DateLikeness::Compatible => Relation::Compatible,
            DateLikeness::Different => Relation::Differs,
            DateLikeness::Incomparable => Relation::Incomparable,
        },
        (MentionKind::Name(a), MentionKind::Name(b)) => names(a, b),
        _ => Relation::Incomparable,
    }
}

fn names(a: &Name, b: &Name) -> Relation {
    let (x, y) = (prose::fold(&a.canonical), prose::fold(&b.canonical));
    if x == y {
        return Relation::Same;
    }
    if a.class != b.class && a.class != NameClass::Other && b.class != NameClass::Other || a.demonym != b.demonym {
        return Relation::Incomparable;
    }
    let (xs, ys): (Vec<&str>, Vec<&str>) = (x.split_whitespace().collect(), y.split_whitespace().collect());
    let short = xs.len() == 1 || ys.len() == 1;
    if short && (xs.last() == ys.last() || xs.first() == ys.first()) {
        Relation::Same
    } else if x.len() >= 5 && strsim::normalized_damerau_levenshtein(&x, &y) >= 0.8 {
        Relation::Misspelled
    } else {
        Relation::Differs
    }
}
