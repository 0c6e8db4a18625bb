//! What is known of words before any text is read: places, given names, words that head the names of organisations.
//!
//! Keys are folded: lower case, without diacritics, with plain apostrophes. Everything is built at the first look-up.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::prose::fold;

/// What is known of one folded word; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Flags { $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)* }
    };
}

flags! {
    /// An English word that is no name: noun.
    NOUN = 0;
    /// Adjective.
    ADJECTIVE = 1;
    /// Verb.
    VERB = 2;
    /// Adverb.
    ADVERB = 3;
    /// Preposition, pronoun, conjunction, determiner, auxiliary.
    FUNCTION = 4;
    /// A given name: "Emmanuel".
    GIVEN = 5;
    /// A common surname: "Anderson".
    SURNAME = 6;
    /// What somebody is: "spokesman", "minister".
    ROLE = 7;
    /// What comes before such a word: "deputy", "prime".
    MODIFIER = 8;
    /// A role that is written with a capital before a name: "President".
    TITLE = 9;
    /// "Mr.", "Gov.".
    HONORIFIC = 10;
    /// The last word of an organisation's name: "University".
    ORGANIZATION = 11;
    /// The last word of a place's name: "River".
    PLACE = 12;
    /// The last word of the name of a work, an event, a law: "Treaty".
    OTHER = 13;
    /// "van", "bin".
    PARTICLE = 14;
    /// "Inc.", "AG".
    LEGAL = 15;
    /// A country, a region or a city.
    KNOWN_PLACE = 16;
    /// "French", "Ukrainians".
    DEMONYM = 17;
    /// An organisation by itself: "Reuters".
    KNOWN_ORGANIZATION = 18;
    /// A month, a weekday, a time zone: what the date reader has.
    CALENDAR = 19;
    /// Begins a phrase of several words that is known.
    PHRASE = 20;
    /// "five", "third".
    NUMBER = 21;
    /// A rarer English word.
    RARE = 22;
    /// A word that is a surname too: "Hill", "Young".
    SURNAME_TOO = 23;
    /// Religions and peoples without a country: "Muslims".
    PEOPLE = 25;
    /// What makes a place's name longer without naming another: "Oblast".
    AREA = 24;
}

impl Flags {
    /// Whether any flag of `other` is set.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without those of `other`.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The numbers of the flags that are set.
    pub(super) fn bits(self) -> impl Iterator<Item = u32> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < 32).then_some(bit)
        })
    }

    /// Both sets.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// An English word that may be no name.
    pub(super) const ORDINARY: Self =
        Self::NOUN.or(Self::ADJECTIVE).or(Self::VERB).or(Self::ADVERB).or(Self::FUNCTION).or(Self::NUMBER);

    /// The same, rarer words too.
    pub(super) const ENGLISH: Self = Self::ORDINARY.or(Self::RARE);

    /// What is known to be a name.
    pub(super) const NAME: Self =
        Self::GIVEN.or(Self::SURNAME).or(Self::KNOWN_PLACE).or(Self::DEMONYM).or(Self::KNOWN_ORGANIZATION);
}

/// What a known phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A place.
    Place,
    /// A word for a place's people or an adjective.
    Demonym,
    /// An organisation.
    Organization,
}

/// The lists, built once.
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Flags>,
    phrases: FxHashMap<String, Known>,
    /// Most words of a phrase.
    pub(super) longest: usize,
    demonyms: FxHashMap<String, &'static str>,
    places: FxHashMap<&'static str, &'static str>,
    /// Country codes with the codes of their continent and of the groups that they belong to.
    continents: FxHashMap<&'static str, Vec<&'static str>>,
    /// Each form of a place that has several, folded, with the first of its line.
    same_place: FxHashMap<String, &'static str>,
    same_organization: FxHashMap<String, &'static str>,
    metonyms: FxHashMap<String, Vec<&'static str>>,
    /// Acronyms, folded, and what they stand for, with the acronym.
    acronyms: FxHashMap<String, &'static str>,
    nicknames: FxHashMap<&'static str, Vec<&'static str>>,
}

/// The lists.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

fn map<K, V>(capacity: usize) -> FxHashMap<K, V> {
    FxHashMap::with_capacity_and_hasher(capacity, Default::default())
}

macro_rules! data {
    ($name:literal) => {
        include_str!(concat!("../data/names/", $name, ".txt")).lines()
    };
}

impl Lexicon {
    fn new() -> Self {
        let mut lexicon = Self {
            words: map(56_000),
            phrases: map(8_000),
            longest: 1,
            demonyms: FxHashMap::default(),
            places: map(16_000),
            continents: FxHashMap::default(),
            same_place: FxHashMap::default(),
            same_organization: FxHashMap::default(),
            metonyms: FxHashMap::default(),
            acronyms: FxHashMap::default(),
            nicknames: map(2_000),
        };
        for line in data!("ordinary") {
            if let Some((word, class)) = line.split_once('\t') {
                let flag = match class {
                    "n" => Flags::NOUN,
                    "a" => Flags::ADJECTIVE,
                    "v" => Flags::VERB,
                    "r" => Flags::ADVERB,
                    "d" => Flags::NUMBER,
                    _ => Flags::FUNCTION,
                };
                lexicon.add(word, flag);
            }
        }
        for (lines, flag) in [
            (data!("given"), Flags::GIVEN),
            (data!("given_more"), Flags::GIVEN),
            (data!("surnames"), Flags::SURNAME),
            (data!("surname_words"), Flags::SURNAME_TOO),
            (data!("roles"), Flags::ROLE),
            (data!("role_modifiers"), Flags::MODIFIER),
            (data!("titles"), Flags::TITLE),
            (data!("honorifics"), Flags::HONORIFIC),
            (data!("organization_words"), Flags::ORGANIZATION),
            (data!("place_words"), Flags::PLACE),
            (data!("area_words"), Flags::AREA),
            (data!("peoples"), Flags::PEOPLE),
            (data!("other_words"), Flags::OTHER),
            (data!("particles"), Flags::PARTICLE),
            (data!("legal_forms"), Flags::LEGAL),
            (data!("calendar_words"), Flags::CALENDAR),
        ] {
            for word in lines {
                lexicon.add(word, flag);
            }
        }
        for line in data!("places") {
            if let Some((key, codes)) = line.split_once('\t') {
                lexicon.places.insert(key, codes);
                lexicon.name(key, Known::Place);
            }
        }
        for line in data!("places_more") {
            if let Some((key, code)) = line.split_once('\t') {
                lexicon.places.insert(key, code);
                lexicon.name(key, Known::Place);
            }
        }
        for line in data!("continents").chain(data!("groups")) {
            let mut fields = line.split('\t');
            let continent = fields.next().unwrap_or(line);
            for country in fields {
                lexicon.continents.entry(country).or_default().push(continent);
            }
        }
        for line in data!("organizations") {
            lexicon.name(line, Known::Organization);
        }
        for line in data!("same_place") {
            let first = line.split('\t').next().unwrap_or(line);
            for form in line.split('\t') {
                let key = fold(form);
                lexicon.name_folded(&key, Known::Place);
                lexicon.same_place.entry(key).or_insert(first);
            }
        }
        for line in data!("same_organization") {
            let first = line.split('\t').next().unwrap_or(line);
            for form in line.split('\t') {
                let key = fold(form);
                lexicon.name_folded(&key, Known::Organization);
                lexicon.same_organization.entry(key).or_insert(first);
            }
        }
        for line in data!("demonyms") {
            let mut fields = line.split('\t');
            let place = fields.next().unwrap_or(line);
            lexicon.name_folded(&fold(place), Known::Place);
            for form in fields {
                let key = fold(form);
                lexicon.name_folded(&key, Known::Demonym);
                lexicon.demonyms.entry(key).or_insert(place);
            }
        }
        for line in data!("acronyms") {
            let mut fields = line.split('\t');
            let acronym = fields.next().unwrap_or(line);
            let key = fold(acronym);
            lexicon.name_folded(&key, Known::Organization);
            for full in fields {
                let full = fold(full);
                lexicon.name_folded(&full, Known::Organization);
                lexicon.acronyms.entry(full).or_insert(acronym);
            }
            lexicon.acronyms.entry(key).or_insert(acronym);
        }
        for line in data!("organizations_more") {
            lexicon.name(line, Known::Organization);
        }
        for line in data!("institutions") {
            lexicon.name(line, Known::Organization);
        }
        for line in data!("metonyms") {
            let mut fields = line.split('\t');
            let key = fold(fields.next().unwrap_or(line));
            if !lexicon.places.contains_key(key.as_str()) {
                lexicon.name_folded(&key, Known::Organization);
            }
            lexicon.metonyms.insert(key, fields.collect());
        }
        for line in data!("nicknames").chain(data!("nicknames_more")) {
            let mut fields = line.split('\t');
            if let Some(key) = fields.next() {
                lexicon.nicknames.entry(key).or_default().extend(fields);
            }
        }
        lexicon
    }

    fn add(&mut self, word: &'static str, flag: Flags) {
        let flags = self.words.entry(word).or_default();
        *flags = flags.or(flag);
    }

    fn add_folded(&mut self, word: &str, flag: Flags) {
        match self.words.get_mut(word) {
            Some(flags) => *flags = flags.or(flag),
            // The lists are built once and stay.
            None => drop(self.words.insert(word.to_owned().leak(), flag)),
        }
    }

    fn name(&mut self, key: &'static str, known: Known) {
        if key.contains(' ') { self.phrase(key, known) } else { self.add(key, known.flag()) }
    }

    fn name_folded(&mut self, key: &str, known: Known) {
        if key.contains(' ') {
            self.phrase(key, known);
        } else {
            self.add_folded(key, known.flag());
        }
    }

    fn phrase(&mut self, key: &str, known: Known) {
        self.longest = self.longest.max(key.split(' ').count());
        let first = key.split(' ').next().unwrap_or(key);
        self.add_folded(first, Flags::PHRASE);
        self.phrases.insert(key.to_owned(), known);
    }

    /// What is known of a folded word.
    pub(super) fn word(&self, folded: &str) -> Flags {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// What is known of a folded word, with the question whether it is a rarer English word if it is no name.
    pub(super) fn word_or_rare(&self, folded: &str) -> Flags {
        let flags = self.word(folded);
        if flags.any(Flags::ENGLISH.or(Flags::NAME.without(Flags::KNOWN_ORGANIZATION))) || !is_rare(folded) {
            flags
        } else {
            flags.or(Flags::RARE)
        }
    }

    /// The one form that stands for a folded organisation with several: "Republicans" for "gop".
    pub(super) fn one_organization(&self, folded: &str) -> Option<&'static str> {
        self.same_organization.get(folded).copied()
    }

    /// The known acronym of a folded name, or of itself.
    pub(super) fn acronym(&self, folded: &str) -> Option<&'static str> {
        self.acronyms.get(folded).copied()
    }

    /// What a folded phrase of several words names.
    pub(super) fn phrase_named(&self, folded: &str) -> Option<Known> {
        self.phrases.get(folded).copied()
    }

    /// The place of a folded demonym: "France" for "french".
    pub(super) fn place_of(&self, demonym: &str) -> Option<&'static str> {
        self.demonyms.get(demonym).copied()
    }

    /// The one form that stands for a folded place with several: "United States" for "u.s.".
    pub(super) fn one_place(&self, folded: &str) -> Option<&'static str> {
        self.same_place.get(folded).copied()
    }

    /// Where the folded place is: tab-separated, each a letter (c country, k capital, r region, t city) and a code ("US.FL").
    pub(super) fn codes(&self, folded: &str) -> Option<&'static str> {
        self.places.get(folded).copied()
    }

    /// The continent of a country and its groups, all as codes.
    pub(super) fn continents(&self, country: &str) -> &[&'static str] {
        self.continents.get(country).map_or(&[], Vec::as_slice)
    }

    /// What a folded seat of power also stands for.
    pub(super) fn metonym(&self, folded: &str) -> &[&'static str] {
        self.metonyms.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether one folded given name is the short form of the other: "bill" and "william".
    pub(super) fn nickname(&self, a: &str, b: &str) -> bool {
        let of = |a: &str, b: &str| self.nicknames.get(a).is_some_and(|n| n.contains(&b));
        of(a, b) || of(b, a)
    }
}

impl Known {
    fn flag(self) -> Flags {
        match self {
            Self::Place => Flags::KNOWN_PLACE,
            Self::Demonym => Flags::DEMONYM,
            Self::Organization => Flags::KNOWN_ORGANIZATION,
        }
    }
}

/// Whether a folded word is written in capitals and is no name: "CEO", "GDP".
pub(super) fn is_common(folded: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| data!("common_capitals").collect());
    WORDS.contains(folded)
}

/// The rarer English words, sorted, a line each.
const ENGLISH: &str = include_str!("../data/names/english.txt");

/// Where the words that begin with the same two bytes stand in the list.
static INITIALS: LazyLock<FxHashMap<&'static [u8], Range<usize>>> = LazyLock::new(|| {
    let mut initials: FxHashMap<&[u8], Range<usize>> = FxHashMap::default();
    let mut at = 0;
    for line in ENGLISH.split_inclusive('\n') {
        let end = at + line.len();
        if let Some(two) = line.as_bytes().get(..2) {
            initials.entry(two).or_insert(at..end).end = end;
        }
        at = end;
    }
    initials
});

/// Whether a folded word is among the rarer English words: a search by halves in the list itself.
fn is_rare(folded: &str) -> bool {
    let Some(range) = folded.as_bytes().get(..2).and_then(|two| INITIALS.get(two)) else { return false };
    let list = &ENGLISH.as_bytes()[range.clone()];
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let end = list[middle..].iter().position(|b| *b == b'\n').map_or(list.len(), |i| middle + i);
        match list[start..end].cmp(folded.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}
