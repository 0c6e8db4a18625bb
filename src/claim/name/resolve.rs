//! One bearer, one canonical form: second reference by surname, longer and shorter full names, acronyms.

use rustc_hash::FxHashMap;

use super::{
    NameClass,
    lexicon::{Flags, LEXICON},
    likeness,
};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, fold},
};

/// A bearer with all its full names.
struct Bearer {
    /// The fullest form.
    canonical: String,
    class: NameClass,
    /// The fullest form taken apart, if it is a person's.
    person: Option<Form>,
    /// The index of the first mention.
    first: usize,
}

/// Gives each name the fullest form that the text has for its bearer.
pub(super) fn resolve(prose: &Prose, mentions: &mut [Mention]) {
    let _ = prose;
    let mut bearers: Vec<Bearer> = Vec::new();
    // Full names, folded, to their bearer; then everything short that may stand for one.
    let mut full: FxHashMap<String, usize> = FxHashMap::default();
    let mut alike = Alike::default();
    for (i, mention) in mentions.iter().enumerate() {
        let MentionKind::Name(name) = &mention.kind else { continue };
        if name.demonym || !name.canonical.contains(' ') || !matches!(name.class, NameClass::Person | NameClass::Organization) {
            continue;
        }
        let key = fold(&name.canonical);
        if full.contains_key(&key) {
            continue;
        }
        let person = (name.class == NameClass::Person).then(|| Form::of(&key, &name.canonical));
        let same = |form: &Form| alike.of(&key).into_iter().find(|&b| bearers[b].person.as_ref().is_some_and(|p| p.same(form)));
        let at = person.as_ref().and_then(same).unwrap_or(bearers.len());
        if person.is_some() {
            alike.add(&key, at);
        }
        match bearers.get_mut(at) {
            Some(bearer) if words(&name.canonical) > words(&bearer.canonical) => {
                bearer.canonical.clone_from(&name.canonical);
                bearer.person = person;
            }
            Some(_) => {}
            None => bearers.push(Bearer { canonical: name.canonical.clone(), class: name.class, person, first: i }),
        }
        full.insert(key, at);
    }
    let short = short_forms(&bearers);
    for (i, mention) in mentions.iter_mut().enumerate() {
        let MentionKind::Name(name) = &mut mention.kind else { continue };
        if name.demonym {
            continue;
        }
        let key = fold(&name.canonical);
        let found = full.get(&key).copied().or_else(|| {
            let open = matches!(name.class, NameClass::Person | NameClass::Other | NameClass::Organization);
            let candidates = short.get(&key).filter(|_| open)?;
            // A short form of two bearers stands for neither: both remain possible.
            let fits = |b: &&usize| bearers[**b].class == name.class || name.class == NameClass::Other || bearers[**b].first < i;
            let mut candidates = candidates.iter().filter(fits);
            candidates.next().filter(|_| candidates.next().is_none()).copied()
        });
        if let Some(bearer) = found.map(|b| &bearers[b]) {
            if name.canonical != bearer.canonical {
                name.canonical.clone_from(&bearer.canonical);
                name.doubtful = false;
            }
            if bearer.class == NameClass::Person || name.class == NameClass::Other {
                name.class = bearer.class;
            }
        }
    }
}

/// What may stand for a bearer after the full name: a surname, a given name, initials, the first word of a company's name.
fn short_forms(bearers: &[Bearer]) -> FxHashMap<String, Vec<usize>> {
    let mut short: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut add = |key: String, bearer: usize| {
        let bearers = short.entry(key).or_default();
        // They come in order.
        if bearers.last() != Some(&bearer) {
            bearers.push(bearer);
        }
    };
    for (i, bearer) in bearers.iter().enumerate() {
        let folded = fold(&bearer.canonical);
        let words: Vec<&str> = folded.split(' ').collect();
        if bearer.class == NameClass::Person {
            let end = words.iter().rposition(|w| !likeness::is_generation(w)).map_or(words.len(), |i| i + 1);
            for from in 1..end {
                add(words[from..end].join(" "), i);
            }
            add(words[0].to_owned(), i);
        } else {
            if let Some(initials) = initials(&bearer.canonical) {
                add(initials, i);
            }
            let first = LEXICON.word_or_rare(words[0]);
            if !first.any(Flags::ENGLISH.or(Flags::KNOWN_PLACE).or(Flags::DEMONYM).or(Flags::GIVEN)) && words[0].len() > 2 {
                add(words[0].to_owned(), i);
            }
        }
    }
    short
}

/// The people whose names may be another form of a given one, so that a text of many names is read in linear time: those with the
/// consonants of its surname, or with those of the whole.
#[derive(Default)]
struct Alike {
    by_surname: FxHashMap<String, Vec<usize>>,
    by_whole: FxHashMap<String, Vec<usize>>,
}

impl Alike {
    /// More bearers of one surname than this are a list of people, and nobody in it goes by two names.
    const MOST: usize = 32;

    fn add(&mut self, folded: &str, bearer: usize) {
        let (_, surname, whole) = Self::keys(folded);
        for bearers in [self.by_surname.entry(surname).or_default(), self.by_whole.entry(whole).or_default()] {
            if bearers.len() < Self::MOST && bearers.last() != Some(&bearer) {
                bearers.push(bearer);
            }
        }
    }

    /// In the order of the text.
    fn of(&self, folded: &str) -> Vec<usize> {
        let (first, surname, whole) = Self::keys(folded);
        // The first word too: in some languages the surname is that.
        let found = [self.by_surname.get(&surname), self.by_surname.get(&first), self.by_whole.get(&whole)];
        let mut found: Vec<usize> = found.into_iter().flatten().flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What stays of the first word, of the surname and of all words in other spellings.
    fn keys(folded: &str) -> (String, String, String) {
        let surname = folded.rsplit([' ', '-']).find(|w| !likeness::is_generation(w)).unwrap_or(folded);
        let whole = folded.split(' ').filter(|w| !likeness::is_generation(w)).map(consonants).collect();
        (consonants(folded.split(' ').next().unwrap_or(folded)), consonants(surname), whole)
    }
}

/// The consonants of a word, those that romanisations exchange made one; the word itself if it has none.
fn consonants(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            'c' | 'q' => 'k',
            'z' | 'x' => 's',
            'f' => 'v',
            'g' => 'j',
            'd' => 't',
            'b' => 'p',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.is_empty() { word.to_owned() } else { out }
}

/// A full name of a person.
struct Form {
    /// "jr.", folded.
    generation: Option<String>,
    person: likeness::Person,
}

impl Form {
    fn of(folded: &str, name: &str) -> Self {
        let generation = folded.rsplit(' ').next().filter(|w| likeness::is_generation(w)).map(str::to_owned);
        Self { generation, person: likeness::Person::of(name) }
    }

    /// Whether both are one person's: "Donald J. Trump" and "Donald Trump", but not his son.
    fn same(&self, other: &Self) -> bool {
        self.generation == other.generation && self.person.compare(&other.person).agrees()
    }
}

fn words(name: &str) -> usize {
    name.split(' ').count()
}

/// The initials of the words with a capital, folded.
fn initials(name: &str) -> Option<String> {
    let initials: String = name.split(' ').filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
    (initials.chars().count() > 1).then(|| fold(&initials))
}
