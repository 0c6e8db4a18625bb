//! Offices, and other roles of a class: which of the words that say what somebody is exclude each other. "Prime minister" is not "president", but "leader" may be
//! either, and who is "chairman" may be "founder" too.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{prose::fold, text::Span};

/// An office that a role names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The offices that exclude each other have one class.
    pub class: &'static str,
    /// The office in its plainest form: "prime minister" for "premier".
    pub name: &'static str,
    /// What ranks it below the office: "deputy", "vice".
    pub below: bool,
    /// Whether it is held no longer, not yet, or for a while: "former", "-elect", "acting".
    pub past: bool,
    /// The words of the office, in bytes of the role, what ranks it below among them.
    pub span: Span,
}

impl Office {
    /// Whether nobody is called by both at a time.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        let highest = |a: &Self, b: &Self| OFFICES.highest.contains(&a.name) && !a.below && b.class == MINISTER;
        self.class == other.class && (self.name != other.name || self.below != other.below)
            || highest(self, other)
            || highest(other, self)
    }
}

struct Offices {
    /// Each form's class and office.
    forms: FxHashMap<&'static str, (&'static str, &'static str)>,
    below: Vec<&'static str>,
    past: Vec<&'static str>,
    /// Whoever is called by these is not called a minister of something.
    highest: Vec<&'static str>,
}

/// The class of the offices below the highest.
const MINISTER: &str = "minister";

/// Words in the longest form.
const LONGEST: usize = 4;

static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let mut offices = Offices { forms: FxHashMap::default(), below: Vec::new(), past: Vec::new(), highest: Vec::new() };
    for line in include_str!("../data/names/offices.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(class), Some(first)) = (fields.next(), fields.next()) else { continue };
        match class {
            "below" => offices.below.extend(std::iter::once(first).chain(fields)),
            "highest" => offices.highest.extend(std::iter::once(first).chain(fields)),
            "past" => offices.past.extend(std::iter::once(first).chain(fields)),
            _ => offices.forms.extend(std::iter::once(first).chain(fields).map(|form| (form, (class, first)))),
        }
    }
    offices
});

/// The offices that a role names: "French President", "the deputy prime minister of Vestria", "chief executive and founder". What is no
/// office of the list is passed over; a role that only speaks of an office ("adviser to the president") names none.
#[must_use]
pub fn offices(role: &str) -> Vec<Office> {
    let words: Vec<(Span, String)> = cut(role);
    let mut found = Vec::new();
    let mut from = 0;
    // "president and chief executive": each part has its head.
    while from < words.len() {
        let to = words[from..].iter().position(|w| matches!(w.1.as_str(), "and" | "," | "&")).map_or(words.len(), |i| from + i);
        found.extend(head(&words[from..to]));
        from = to + 1;
    }
    found
}

/// The words of a role, folded, without stops; commas by themselves.
fn cut(role: &str) -> Vec<(Span, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in role.char_indices().chain([(role.len(), ' ')]) {
        let letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (start, letter) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((Span::new(from, at), fold(&role[from..at])));
                start = None;
            }
            _ => {}
        }
        if matches!(c, ',' | '&') {
            words.push((Span::new(at, at + 1), c.to_string()));
        }
    }
    words
}

/// The office at the head of one noun phrase.
fn head(words: &[(Span, String)]) -> Option<Office> {
    let offices = &*OFFICES;
    let text = |from: usize, to: usize| words[from..to].iter().map(|w| w.1.as_str()).collect::<Vec<_>>().join(" ");
    let is_past = |word: &str| offices.past.contains(&word);
    let mut end = words
        .iter()
        .position(|w| matches!(w.1.as_str(), "of" | "for" | "in" | "at" | "to" | "from" | "since" | "under" | "on" | "with"));
    let past_after = |end: usize| end > 0 && is_past(&words[end - 1].1);
    // "minister of finance" is one form, and longer than "minister".
    let whole = end.and_then(|of| {
        (of + 2..=words.len().min(of + LONGEST))
            .rev()
            .flat_map(|to| (0..of).map(move |from| (from, to)))
            .find(|&(from, to)| to - from <= LONGEST && offices.forms.contains_key(text(from, to).as_str()))
    });
    let mut past = false;
    let (from, to) = match whole {
        Some(range) => range,
        None => {
            let mut to = end.take().unwrap_or(words.len());
            while past_after(to) {
                past = true;
                to -= 1;
            }
            let from = (to.saturating_sub(LONGEST)..to).find(|&from| offices.forms.contains_key(text(from, to).as_str()))?;
            (from, to)
        }
    };
    let &(class, name) = offices.forms.get(text(from, to).as_str())?;
    if class == "none" {
        return None;
    }
    let below = from > 0 && offices.below.contains(&words[from - 1].1.as_str());
    let first = from - usize::from(below);
    past |= words[..first].iter().any(|w| is_past(&w.1));
    // The ranks of officers are told in full or by their last word: "Lt. Gen.", then "Gen.".
    let below = below && class != "rank";
    Some(Office { class, name, below, past, span: words[if below { first } else { from }].0.cover(words[to - 1].0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_roles() {
        for (role, expected) in [
            ("French President", "president"),
            ("the deputy prime minister of Vestria", "-prime minister"),
            ("Vice President", "-president"),
            ("Vestria's foreign minister", "foreign minister"),
            ("minister of finance", "finance minister"),
            ("the premier", "prime minister"),
            ("former President", "~president"),
            ("president-elect", "~president"),
            ("chief executive and founder", "chief executive"),
            ("the bank's president and chief executive", "president chief executive"),
            ("Lt. Gen.", "general"),
            ("Gov.", "governor"),
            ("the president's son", "child"),
            ("adviser to the president", ""),
            ("presidential candidate", ""),
            ("attorney general", ""),
            ("opposition leader", ""),
            ("", ""),
        ] {
            let found: Vec<String> = offices(role)
                .iter()
                .map(|o| format!("{}{}{}", if o.past { "~" } else { "" }, if o.below { "-" } else { "" }, o.name))
                .collect();
            assert_eq!(found.join(" "), expected, "{role}");
        }
    }
}
