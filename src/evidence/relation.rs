//! How two mentions stand to each other by themselves, whatever stands around them.

use crate::claim::{DateLikeness, Mention, MentionKind, Name, NameClass, NameLikeness, likeness, same_date, same_name};

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
    let known = |class| class != NameClass::Other;
    match same_name(a, b) {
        NameLikeness::Same | NameLikeness::Variant | NameLikeness::Short => Relation::Same,
        NameLikeness::Contains => Relation::Compatible,
        NameLikeness::Misspelled => Relation::Misspelled,
        // A person does not stand in a city's place, nor "Ukrainian" in that of "Ukraine".
        NameLikeness::Different if a.class != b.class && known(a.class) && known(b.class) || a.demonym != b.demonym => {
            Relation::Incomparable
        }
        NameLikeness::Different => Relation::Differs,
    }
}
