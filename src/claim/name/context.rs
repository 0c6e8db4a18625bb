//! What the words around a name say of its bearer.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    lexicon::{Flags, LEXICON},
    word::{Case, Word},
};
use crate::prose::{Tag, TokenKind};

/// Reasons for each class, in the order of [`super::class::CLASSES`].
pub(super) type Scores = [i32; 4];

/// Person, place, organisation, other.
pub(super) const PERSON: usize = 0;
pub(super) const PLACE: usize = 1;
pub(super) const ORGANIZATION: usize = 2;
pub(super) const OTHER: usize = 3;

/// Where a word stands beside a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    /// Before an "of" before the name.
    Of,
    After,
}

/// Where a word counts, for which class, how much.
type Clue = (Side, usize, i32);

static CLUES: LazyLock<FxHashMap<&'static str, Vec<Clue>>> = LazyLock::new(|| {
    let mut clues: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for line in include_str!("../data/names/context.txt").lines() {
        let mut fields = line.split('\t');
        let (Some(side), Some(class), Some(weight), Some(words)) = (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let side = match side {
            "before" => Side::Before,
            "of" => Side::Of,
            _ => Side::After,
        };
        let class = match class {
            "person" => PERSON,
            "place" => PLACE,
            "organization" => ORGANIZATION,
            _ => OTHER,
        };
        for word in words.split(' ') {
            clues.entry(word).or_default().push((side, class, weight.parse().unwrap_or(1)));
        }
    }
    clues
});

fn clue(side: Side, word: &Word, scores: &mut Scores) {
    let key = if word.case == Case::Lower { word.text } else { word.folded };
    for (class, weight) in CLUES.get(key).into_iter().flatten().filter(|c| c.0 == side).map(|c| (c.1, c.2)) {
        scores[class] += weight;
    }
}

/// Adds what stands around the name `words[from..to]`.
pub(super) fn add(words: &[Word], from: usize, to: usize, scores: &mut Scores) {
    let single = to - from == 1;
    let at = |i: usize| words.get(i);
    let mut before = from.checked_sub(1);
    if let Some(i) =
        before.filter(|&i| matches!(words[i].text, "the" | "The" | "a" | "an" | "this" | "its" | "their" | "his" | "her"))
    {
        let article = matches!(words[i].text, "the" | "The");
        scores[PERSON] -= if article { 5 } else { 2 };
        if article {
            scores[PLACE] -= i32::from(single) * 2;
            scores[ORGANIZATION] += 2;
            scores[OTHER] += 2;
        }
        before = i.checked_sub(1).filter(|_| article);
    }
    if let Some(i) = before {
        let word = &words[i];
        if word.kind == TokenKind::Word && words[i + 1].spaced {
            clue(Side::Before, word, scores);
            if word.case == Case::Lower && word.tag == Tag::Noun && word.known.any(Flags::ROLE) && i + 1 == from {
                scores[PERSON] += 5;
            }
            if word.text == "of" && i > 0 {
                clue(Side::Of, &words[i - 1], scores);
            }
        }
    }
    let quoted = from > 0 && words[from - 1].kind == TokenKind::Quote && at(to).is_some_and(|w| w.kind == TokenKind::Quote);
    if quoted {
        scores[OTHER] += 6;
    }
    let Some(next) = at(to) else { return };
    if next.spaced && next.kind == TokenKind::Word && next.case == Case::Lower {
        clue(Side::After, next, scores);
    }
    let second = at(to + 1);
    match next.text {
        "," => {
            if second.is_some_and(|w| matches!(w.text, "who" | "whose")) {
                scores[PERSON] += 6;
            }
            let held = second
                .is_some_and(|w| w.is(Flags::KNOWN_PLACE) && LEXICON.codes(w.folded).is_some_and(|c| c.starts_with(['c', 'r'])));
            if held
                && at(to + 2).is_none_or(|w| w.kind == TokenKind::Punct || w.kind == TokenKind::Number || w.case == Case::Lower)
            {
                scores[PLACE] += 5;
            }
            // "Smith, 42,"
            if second.is_some_and(|w| w.kind == TokenKind::Number && w.text.len() < 3)
                && at(to + 2).is_some_and(|w| matches!(w.text, "," | "."))
            {
                scores[PERSON] += 5;
            }
        }
        "(" => {
            if second.is_some_and(|w| w.text == "born" || w.text == "b.") {
                scores[PERSON] += 6;
            }
            if second.is_some_and(|w| w.case == Case::Upper) && !single {
                scores[ORGANIZATION] += 3;
            }
        }
        _ => {}
    }
}
