//! One bearer, one canonical form: second reference by surname, longer and shorter full names, acronyms.

use std::collections::HashMap;

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
    /// The index of the first mention.
    first: usize,
}

/// Gives each name the fullest form that the text has for its bearer.
pub(super) fn resolve(prose: &Prose, mentions: &mut [Mention]) {
    let _ = prose;
    let mut bearers: Vec<Bearer> = Vec::new();
    // Full names, folded, to their bearer; then everything short that may stand for one.
    let mut full: HashMap<String, usize> = HashMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        let MentionKind::Name(name) = &mention.kind else { continue };
        if name.demonym || !name.canonical.contains(' ') || !matches!(name.class, NameClass::Person | NameClass::Organization) {
            continue;
        }
        let key = fold(&name.canonical);
        if full.contains_key(&key) {
            continue;
        }
        let known =
            (name.class == NameClass::Person).then(|| bearers.iter().position(|b| one_person(b, &name.canonical))).flatten();
        let at = known.unwrap_or(bearers.len());
        match bearers.get_mut(at) {
            Some(bearer) if words(&name.canonical) > words(&bearer.canonical) => bearer.canonical = name.canonical.clone(),
            Some(_) => {}
            None => bearers.push(Bearer { canonical: name.canonical.clone(), class: name.class, first: i }),
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
            match candidates.iter().filter(fits).collect::<Vec<_>>()[..] {
                [one] => Some(*one),
                _ => None,
            }
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
fn short_forms(bearers: &[Bearer]) -> HashMap<String, Vec<usize>> {
    let mut short: HashMap<String, Vec<usize>> = HashMap::new();
    let mut add = |key: String, bearer: usize| {
        let bearers = short.entry(key).or_default();
        if !bearers.contains(&bearer) {
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

/// Whether a full name is that of a bearer known by another: "Donald J. Trump" and "Donald Trump", but not his son.
fn one_person(bearer: &Bearer, name: &str) -> bool {
    let generation = |name: &str| fold(name).rsplit(' ').next().filter(|w| likeness::is_generation(w)).map(str::to_owned);
    bearer.class == NameClass::Person
        && generation(&bearer.canonical) == generation(name)
        && likeness::compare_people(&bearer.canonical, name).agrees()
}

fn words(name: &str) -> usize {
    name.split(' ').count()
}

/// The initials of the words with a capital, folded.
fn initials(name: &str) -> Option<String> {
    let initials: String = name.split(' ').filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
    (initials.chars().count() > 1).then(|| fold(&initials))
}
