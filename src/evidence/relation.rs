//! How two mentions stand to each other by themselves, whatever stands around them.

use crate::claim::{
    DateLikeness, DateMention, Edge, Mention, MentionKind, Name, NameClass, NameLikeness, holds_undated, likeness, same_date,
    same_name,
};
use crate::prose::fold;

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
        (MentionKind::Quantity(a), MentionKind::Quantity(b)) => of_quantities(likeness::quantity(a, b)),
        (MentionKind::Date(a), MentionKind::Date(b)) => match same_date(a, b) {
            DateLikeness::Same => Relation::Same,
            // The month of a day is no finer than the day.
            DateLikeness::Compatible if covers(a, b) => Relation::Same,
            DateLikeness::Compatible => Relation::Compatible,
            DateLikeness::Different => Relation::Differs,
            DateLikeness::Incomparable => Relation::Incomparable,
        },
        (MentionKind::Name(a), MentionKind::Name(b)) => names(a, b),
        _ => Relation::Incomparable,
    }
}

/// Whether the days of `a` are those of `b` and more: "in August", of "on August 7", "last year", of "the second quarter of last year".
fn covers(a: &DateMention, b: &DateMention) -> bool {
    let open = |d: &DateMention| matches!(d.edge, Some(Edge::Before | Edge::After)) || d.floating || d.vague || d.period;
    let days = |d: &DateMention| d.earliest.zip(d.latest);
    if holds_undated(a, b) {
        return true;
    }
    !open(a) && !open(b) && matches!((days(a), days(b)), (Some(a), Some(b)) if a != b && a.0 <= b.0 && a.1 >= b.1)
}

/// What a likeness of two quantities makes them to each other.
pub(super) fn of_quantities(likeness: likeness::QuantityLikeness) -> Relation {
    use likeness::QuantityLikeness as L;
    match likeness {
        L::Same | L::Rounded | L::Entailed => Relation::Same,
        L::Finer => Relation::Compatible,
        L::Bounded | L::Reversed | L::Differs => Relation::Differs,
        L::Incomparable => Relation::Incomparable,
    }
}

/// Fewest letters that two names must begin with alike to be formed from one.
const ROOT: usize = 5;
/// Most letters of an ending.
const ENDING: usize = 3;

fn names(a: &Name, b: &Name) -> Relation {
    let known = |class| class != NameClass::Other;
    match same_name(a, b) {
        NameLikeness::Same | NameLikeness::Variant | NameLikeness::Short => Relation::Same,
        // "Gaza" and "Gaza Strip", "Ann" and "Ann Lee": the fuller form of one name. "Miami" and "Florida" are two.
        NameLikeness::Contains if is_within(a, b) => Relation::Same,
        NameLikeness::Contains => Relation::Compatible,
        NameLikeness::Misspelled if a.class != NameClass::Person && b.class != NameClass::Person && is_suffixed(a, b) => {
            Relation::Compatible
        }
        NameLikeness::Misspelled => Relation::Misspelled,
        // Nearly the same words outweigh a guess at what bears them.
        NameLikeness::Different if a.class != b.class && a.canonical.contains(' ') && nearly(a, b) => Relation::Misspelled,
        // A person does not stand in a city's place, nor "Ukrainian" in that of "Ukraine".
        NameLikeness::Different if a.class != b.class && known(a.class) && known(b.class) || a.demonym != b.demonym => {
            Relation::Incomparable
        }
        // One name inside the other, or formed from it: "the Weather Office", "Vestrians".
        NameLikeness::Different if is_part(a, b) || is_formed(a, b) => Relation::Compatible,
        NameLikeness::Different => Relation::Differs,
    }
}

/// Whether two names are one letter or two apart, whatever bears them.
fn nearly(a: &Name, b: &Name) -> bool {
    let as_person = |name: &Name| Name { class: NameClass::Person, ..name.clone() };
    same_name(&as_person(a), &as_person(b)) == NameLikeness::Misspelled
}

/// Whether every word of one name stands in the other. Of two persons this says nothing: they may be kin.
fn is_part(a: &Name, b: &Name) -> bool {
    a.class != NameClass::Person && b.class != NameClass::Person && is_within(a, b)
}

/// Whether every word of one name stands in the other.
fn is_within(a: &Name, b: &Name) -> bool {
    let (x, y) = (fold(&a.canonical), fold(&b.canonical));
    let within = |x: &str, y: &str| x.split_whitespace().all(|word| y.split_whitespace().any(|other| other == word));
    within(&x, &y) || within(&y, &x)
}

/// Whether one name is the other with an ending: "Vestria", "Vestrians".
fn is_suffixed(a: &Name, b: &Name) -> bool {
    let (x, y) = (fold(&a.canonical), fold(&b.canonical));
    x.starts_with(&y) || y.starts_with(&x)
}

/// Whether the first words of two names differ, and in their endings alone, as those of a place and its people do.
fn is_formed(a: &Name, b: &Name) -> bool {
    let (x, y) = (fold(&a.canonical), fold(&b.canonical));
    let (Some(x), Some(y)) = (x.split_whitespace().next(), y.split_whitespace().next()) else { return false };
    let common = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    let longer = x.chars().count().max(y.chars().count());
    common >= ROOT && (1..=ENDING).contains(&(longer - common))
}
