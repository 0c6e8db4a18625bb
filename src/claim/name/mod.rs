//! Names: people, places, organisations, with their roles and short forms.

mod class;
mod context;
mod feature;
mod fitting;
mod lexicon;
mod likeness;
mod model;
mod office;
mod read;
mod region;
mod resolve;
mod role;
mod run;
mod seen;
mod sort;
#[cfg(test)]
mod tests;
mod word;

pub use fitting::{NameRegion, name_regions};
pub use likeness::{Gap, Likeness, compare_text, gap, lies_in, same};
pub use office::{Office, offices};

use super::Mention;
use crate::{
    prose::{Prose, fold},
    text::Span,
};
use borsh::{BorshDeserialize, BorshSerialize};

/// What bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum NameClass {
    /// A person.
    Person,
    /// A place, and words formed from its name: "Ukraine", "Ukrainian", "Ukrainians".
    Place,
    /// An organisation: a company, an agency, a party, a newspaper.
    Organization,
    /// A product, a work, an event, or unknown.
    Other,
}

/// A name as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Name {
    /// What bears it.
    pub class: NameClass,
    /// The name without honorifics, roles and possessive, in bytes: what a replacement overwrites.
    pub bare: Span,
    /// The fullest form that the same text gives it: "Vladimir Putin" for "Putin", "Ukraine" for "Ukrainian". Two mentions of one
    /// bearer in one text have the same canonical form.
    pub canonical: String,
    /// Whether it is written as an adjective or as the name of the inhabitants: "Ukrainian", "Russians".
    pub demonym: bool,
    /// The words that say what the bearer is, before or after the name, in bytes: "French President", "the bank's chief economist".
    pub role: Option<Span>,
    /// Whether it may be an ordinary word with a capital: at the start of a sentence or in a headline.
    pub doubtful: bool,
}

/// The names of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    read::read(prose)
}

/// Gives each name the fullest form that the text has for its bearer: second reference by surname, acronyms, demonyms.
pub(super) fn resolve(prose: &Prose, mentions: &mut [Mention]) {
    resolve::resolve(prose, mentions);
}

/// The canonical form of a name that stands alone: its words with single spaces, the place for a demonym, one form for a place
/// that has several.
fn canonical(prose: &Prose, bare: Span, demonym: bool) -> String {
    let text = prose.str(bare);
    let key = fold(text);
    let lexicon = &lexicon::LEXICON;
    if demonym && let Some(place) = lexicon.place_of(&key) {
        return lexicon.one_place(&fold(place)).unwrap_or(place).to_owned();
    }
    if let Some(place) = lexicon.one_place(&key) {
        return place.to_owned();
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    // A dateline: "NAIROBI".
    if text.len() > 3 && lexicon.codes(&key).is_some() && !text.contains(char::is_lowercase) { title_case(&text) } else { text }
}

/// A text in capitals as names are written: "PAUL DESROCHERS".
pub(super) fn title_case(text: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if start {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        start = !c.is_alphabetic() && c != '\'';
    }
    out
}
