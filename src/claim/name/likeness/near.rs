//! Whether two names are so near that one is the other with a slip: as many words, and a letter or two between them.

use super::spelling;
use crate::claim::name::lexicon::{Flags, LEXICON};

/// Most letters between two names that are nearly one.
const LETTERS: usize = 2;
/// The largest share of a word's letters that may differ where another word of the name is the same.
const SHARE: f32 = 0.5;
/// The same where no other word is: a name of one word, or of several that all differ.
const SHARE_ALONE: f32 = 0.23;
/// The same for two ordinary words: "Health", "Wealth".
const SHARE_ORDINARY: f32 = 0.3;

/// What tells a slip from another name. `tests/fit/near.py` chooses the shares by cross-validation over them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// Letters that differ, in all words.
    pub letters: usize,
    /// The largest share of a word's letters that differ.
    pub share: f32,
    /// Whether another word of the name, longer than an initial, is the same.
    pub anchored: bool,
    /// Whether both words of a pair that differs are known, so that neither need be a slip.
    pub known: bool,
    /// Whether both are ordinary words that are no given names.
    pub ordinary: bool,
    /// Whether what differs is never a slip: a figure, one known place for another, a man's name and a woman's.
    pub barred: bool,
    /// Whether a word that differs is too short, or begins otherwise, to be told by itself.
    pub weak: bool,
}

impl Gap {
    /// Adds a pair of words that differ: as written in small letters, and folded.
    pub(super) fn add(&mut self, (raw_a, raw_b): (&str, &str), (a, b): (&str, &str)) {
        let letters = strsim::osa_distance(raw_a, raw_b);
        let longest = raw_a.chars().count().max(raw_b.chars().count());
        let shortest = raw_a.chars().count().min(raw_b.chars().count());
        self.letters += letters;
        self.share = self.share.max(letters as f32 / longest.max(1) as f32);
        self.known |= spelling::is_known(a) && spelling::is_known(b);
        let plain = |w: &str| LEXICON.word(w).any(Flags::ORDINARY) && !LEXICON.word(w).any(Flags::GIVEN.or(Flags::SURNAME));
        self.ordinary |= plain(a) && plain(b);
        let place = |w: &str| LEXICON.word(w).any(Flags::KNOWN_PLACE.or(Flags::DEMONYM)) && !LEXICON.word(w).any(Flags::GIVEN);
        let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
        self.barred |= a.chars().chain(b.chars()).any(|c| c.is_numeric() || is_whole_word(c))
            || is_roman(a) && is_roman(b)
            || place(a) && place(b)
            || spelling::is_initial(a)
            || spelling::is_initial(b)
            // "Ivanov" and "Ivanova" are a man and a woman.
            || long.strip_suffix('a') == Some(short);
        let first = raw_a.chars().next() == raw_b.chars().next();
        self.weak |= shortest < 4 || !first && (letters > 1 || shortest < 6);
    }

    /// Whether one of the two names is the other with a slip.
    #[must_use]
    pub fn is_slip(self) -> bool {
        if self.barred || self.letters == 0 || self.letters > LETTERS {
            return false;
        }
        if self.ordinary && self.share > SHARE_ORDINARY {
            return false;
        }
        if self.anchored {
            self.share <= SHARE
        } else {
            !self.known && !self.weak && (self.share < SHARE_ALONE || self.letters == 1)
        }
    }
}

/// Characters of which one is a whole word or syllable.
fn is_whole_word(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'))
}
