//! One bearer, one canonical form: second reference by surname, acronyms, demonyms.

use std::collections::HashMap;

use super::NameClass;
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, fold},
};

/// Gives each name the fullest form that the text has for its bearer.
pub(super) fn resolve(prose: &Prose, mentions: &mut [Mention]) {
    let mut full: HashMap<String, Vec<(usize, String, NameClass)>> = HashMap::new();
    let mut short: HashMap<String, String> = HashMap::new();
    let mut last_word = String::new();
    for (i, mention) in mentions.iter().enumerate() {
        let MentionKind::Name(name) = &mention.kind else { continue };
        if name.demonym {
            continue;
        }
        let words: Vec<&str> = name.canonical.split(' ').collect();
        if words.len() < 2 {
            continue;
        }
        last_word.clear();
        if name.class == NameClass::Person {
            let last = words.iter().rfind(|w| !matches!(**w, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III")).unwrap_or(&words[0]);
            for key in [fold(last), fold(words[0])] {
                full.entry(key).or_default().push((i, name.canonical.clone(), name.class));
            }
        } else if let Some(acronym) = acronym(&words) {
            short.entry(acronym).or_insert_with(|| name.canonical.clone());
        }
    }
    for (i, mention) in mentions.iter_mut().enumerate() {
        let MentionKind::Name(name) = &mut mention.kind else { continue };
        if name.demonym || name.canonical.contains(' ') {
            continue;
        }
        let key = fold(&name.canonical);
        let found = match full.get(&key) {
            Some(found)
                if matches!(name.class, NameClass::Person | NameClass::Other)
                    || is_surname(found, &key) && name.class != NameClass::Place =>
            {
                let before = found.iter().rfind(|(at, ..)| *at < i).or_else(|| found.first());
                before.map(|(_, canonical, class)| (canonical.clone(), *class))
            }
            _ => short.get(&key).map(|canonical| (canonical.clone(), NameClass::Organization)),
        };
        if let Some((canonical, class)) = found {
            name.canonical = canonical;
            if class == NameClass::Person || name.class == NameClass::Other {
                name.class = class;
            }
            name.doubtful = false;
        }
    }
    let _ = prose;
}

fn is_surname(found: &[(usize, String, NameClass)], key: &str) -> bool {
    found.iter().any(|(_, canonical, _)| canonical.rsplit(' ').next().is_some_and(|w| fold(w) == key))
}

/// The initials of the capitalised words.
fn acronym(words: &[&str]) -> Option<String> {
    let initials: String = words.iter().filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
    (initials.chars().count() > 1).then(|| fold(&initials))
}
