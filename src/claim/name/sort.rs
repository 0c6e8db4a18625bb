//! What sort of word a word is: one coarse class each, for the features of the model.

use super::{
    lexicon::{Flags, LEXICON},
    word::{Case, Word},
};
use crate::prose::{Tag, TokenKind};

macro_rules! sorts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What sort of word a word is. The names stand in the file of weights.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Sort { $($(#[$doc])* $name,)* }

        impl Sort {
            /// All of them, by their number.
            pub(super) const NAMES: &[&str] = &[$(stringify!($name),)*];
        }
    };
}

sorts! {
    /// Before the first and after the last word of a sentence.
    Edge,
    /// "of".
    Of,
    /// "and".
    And,
    /// "the", in lower case.
    Article,
    /// "for".
    For,
    /// "van", "bin", in lower case.
    Particle,
    /// "'s".
    Possessive,
    /// "&", "+".
    Ampersand,
    /// A comma.
    Comma,
    /// A full stop, a question mark.
    Stop,
    /// "(", "[".
    Opening,
    /// ")", "]".
    Closing,
    /// A quotation mark.
    Quote,
    /// A hyphen, a dash, a slash.
    Dash,
    /// Any other mark.
    Mark,
    /// Digits.
    Number,
    /// "5th".
    Ordinal,
    /// Digits with letters: "6PR".
    Mixed,
    /// A verb in lower case.
    LowerVerb,
    /// A noun for what somebody is.
    LowerRole,
    /// Another noun.
    LowerNoun,
    /// An adjective.
    LowerAdjective,
    /// Another word in lower case.
    LowerOther,
    /// "Monday".
    Calendar,
    /// "J."
    Initial,
    /// "Inc."
    Legal,
    /// "Mr."
    Honorific,
    /// "President", "Spokesman".
    Title,
    /// "Deputy".
    Modifier,
    /// "French".
    Demonym,
    /// "Muslims".
    People,
    /// A country.
    Country,
    /// A region.
    Region,
    /// A city.
    City,
    /// Another place.
    Place,
    /// A place and a given name: "Paris".
    PlaceGiven,
    /// A place and a surname: "Lincoln".
    PlaceSurname,
    /// A place and an English word: "Reading".
    PlaceWord,
    /// A known body in capitals: "NATO".
    KnownAcronym,
    /// A known body that is an English word: "Apple".
    KnownWord,
    /// Another known body: "Reuters".
    KnownBody,
    /// The head of a body's name: "University".
    BodyHead,
    /// The head of a place's name: "River".
    PlaceHead,
    /// Both: "Hospital".
    BothHead,
    /// The head of another name: "Treaty".
    OtherHead,
    /// Short and in capitals: "WTO".
    Acronym,
    /// An English word in capitals.
    Shout,
    /// Another word in capitals.
    Upper,
    /// "iPhone".
    Inner,
    /// A given name.
    Given,
    /// A given name and a surname: "Thomas".
    GivenSurname,
    /// A given name and an English word: "Mark".
    GivenWord,
    /// A surname.
    Surname,
    /// A surname and an English word: "Hill".
    SurnameWord,
    /// "The", "Of".
    Function,
    /// "Five".
    NumberWord,
    /// "Runs".
    Verb,
    /// "Only".
    Adverb,
    /// "Big".
    Adjective,
    /// A noun in the plural.
    Plural,
    /// "House".
    Noun,
    /// A rarer English word.
    Rare,
    /// A word with a hyphen of which nothing is known.
    Hyphen,
    /// A word of which nothing is known.
    Unknown,
}

impl Sort {
    /// Of a word.
    pub(super) fn of(word: &Word) -> Self {
        match word.kind {
            TokenKind::Number => Self::number(word.text),
            TokenKind::Quote => Self::Quote,
            TokenKind::Symbol | TokenKind::Punct => Self::mark(word.text),
            TokenKind::Word if word.case == Case::Lower => Self::lower(word),
            TokenKind::Word => Self::capital(word),
        }
    }

    fn number(text: &str) -> Self {
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
            Self::Number
        } else if text.ends_with(['t', 'd', 'h'])
            && text.trim_end_matches(|c: char| c.is_ascii_lowercase()).bytes().all(|b| b.is_ascii_digit())
        {
            Self::Ordinal
        } else {
            Self::Mixed
        }
    }

    fn mark(text: &str) -> Self {
        match text {
            "," | ";" => Self::Comma,
            "." | "!" | "?" => Self::Stop,
            "(" | "[" => Self::Opening,
            ")" | "]" => Self::Closing,
            "&" | "+" => Self::Ampersand,
            "-" | "–" | "—" | "/" | "--" => Self::Dash,
            _ => Self::Mark,
        }
    }

    fn lower(word: &Word) -> Self {
        match word.text {
            "of" => return Self::Of,
            "and" => return Self::And,
            "the" => return Self::Article,
            "for" => return Self::For,
            "'s" | "’s" | "'S" | "’S" => return Self::Possessive,
            _ => {}
        }
        match word.tag {
            Tag::Verb | Tag::Auxiliary => return Self::LowerVerb,
            Tag::Adjective => return Self::LowerAdjective,
            _ => {}
        }
        let flags = word.known;
        if flags.any(Flags::PARTICLE) {
            Self::Particle
        } else if flags.any(Flags::ROLE) {
            Self::LowerRole
        } else if word.tag == Tag::Noun {
            Self::LowerNoun
        } else {
            Self::LowerOther
        }
    }

    fn capital(word: &Word) -> Self {
        let is = |flags: Flags| word.is(flags);
        let body = Flags::ORGANIZATION;
        let ordinary = is(Flags::ORDINARY);
        if is(Flags::CALENDAR) && !is(Flags::GIVEN) {
            Self::Calendar
        } else if word.case == Case::Initial {
            Self::Initial
        } else if is(Flags::LEGAL) && !ordinary {
            Self::Legal
        } else if is(Flags::HONORIFIC) {
            Self::Honorific
        } else if is(Flags::TITLE.or(Flags::ROLE)) && !is(Flags::GIVEN.or(Flags::SURNAME)) {
            Self::Title
        } else if is(Flags::DEMONYM) {
            Self::Demonym
        } else if is(Flags::PEOPLE) {
            Self::People
        } else if is(Flags::KNOWN_ORGANIZATION) && word.case == Case::Upper {
            Self::KnownAcronym
        } else if is(Flags::KNOWN_PLACE) {
            Self::place(word)
        } else if is(Flags::KNOWN_ORGANIZATION) {
            if is(Flags::ENGLISH) { Self::KnownWord } else { Self::KnownBody }
        } else if is(body) && is(Flags::PLACE) {
            Self::BothHead
        } else if is(body) {
            Self::BodyHead
        } else if is(Flags::PLACE) {
            Self::PlaceHead
        } else if is(Flags::OTHER) {
            Self::OtherHead
        } else if is(Flags::MODIFIER) {
            Self::Modifier
        } else if word.case == Case::Upper {
            if is(Flags::ENGLISH) {
                Self::Shout
            } else if word.text.len() < 6 {
                Self::Acronym
            } else {
                Self::Upper
            }
        } else if word.case == Case::Inner {
            Self::Inner
        } else if is(Flags::GIVEN) {
            match (ordinary, is(Flags::SURNAME)) {
                (true, _) => Self::GivenWord,
                (_, true) => Self::GivenSurname,
                _ => Self::Given,
            }
        } else if is(Flags::SURNAME) {
            Self::Surname
        } else if is(Flags::SURNAME_TOO) {
            Self::SurnameWord
        } else {
            Self::english(word)
        }
    }

    fn place(word: &Word) -> Self {
        let codes = LEXICON.codes(word.folded).unwrap_or("");
        if codes.starts_with('c') && !word.is(Flags::GIVEN) {
            Self::Country
        } else if word.is(Flags::GIVEN) {
            Self::PlaceGiven
        } else if word.is(Flags::SURNAME) {
            Self::PlaceSurname
        } else if word.is(Flags::ORDINARY) {
            Self::PlaceWord
        } else if codes.starts_with('r') {
            Self::Region
        } else if codes.starts_with(['t', 'k']) {
            Self::City
        } else {
            Self::Place
        }
    }

    fn english(word: &Word) -> Self {
        let is = |flags: Flags| word.is(flags);
        if is(Flags::FUNCTION) {
            Self::Function
        } else if is(Flags::NUMBER) {
            Self::NumberWord
        } else if is(Flags::VERB) {
            Self::Verb
        } else if is(Flags::ADVERB) {
            Self::Adverb
        } else if is(Flags::ADJECTIVE) {
            Self::Adjective
        } else if is(Flags::NOUN) {
            if word.folded.ends_with('s') { Self::Plural } else { Self::Noun }
        } else if is(Flags::RARE) {
            Self::Rare
        } else if word.folded.contains('-') {
            Self::Hyphen
        } else {
            Self::Unknown
        }
    }
}
