//! Number words.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a word adds to a numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 0 to 19.
    Unit,
    /// 20 to 90.
    Tens,
    /// "hundred".
    Hundred,
    /// "thousand", "million", "lakh".
    Scale,
    /// "dozen", "score", "pair".
    Group,
    /// "first" to "nineteenth".
    Ordinal,
    /// "twentieth".
    OrdinalTens,
    /// "hundredth", "millionth".
    OrdinalScale,
    /// "half", "quarters", "thirds": one divided by the value.
    Part,
}

/// A number word.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberWord {
    pub(super) role: Role,
    pub(super) value: Decimal,
    /// Whether it is written in the plural: "millions", "dozens".
    pub(super) plural: bool,
}

struct Lexicon {
    words: FxHashMap<&'static str, NumberWord>,
    suffixes: FxHashMap<&'static str, Decimal>,
    /// What is run over a distance: "hurdles".
    races: FxHashSet<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { words: FxHashMap::default(), suffixes: FxHashMap::default(), races: FxHashSet::default() };
    for line in include_str!("../data/numbers.txt").lines() {
        let mut fields = line.split_whitespace();
        let (Some(role), Some(value)) = (fields.next(), fields.next().and_then(|v| v.parse().ok())) else { continue };
        let role = match role {
            "unit" => Role::Unit,
            "tens" => Role::Tens,
            "hundred" => Role::Hundred,
            "scale" => Role::Scale,
            "group" => Role::Group,
            "ordinal" => Role::Ordinal,
            "ordinal-tens" => Role::OrdinalTens,
            "ordinal-scale" => Role::OrdinalScale,
            "part" => Role::Part,
            "race" => {
                lexicon.races.extend(fields);
                continue;
            }
            _ => {
                lexicon.suffixes.extend(fields.map(|word| (word, value)));
                continue;
            }
        };
        for word in fields {
            let plural = word.ends_with('s') && !matches!(role, Role::Unit) || word == "halves";
            lexicon.words.insert(word, NumberWord { role, value, plural });
        }
    }
    fuse(&mut lexicon.words);
    lexicon
});

/// Adds words whose hyphen was forgotten: "twentyone", "thirtyfifth".
fn fuse(words: &mut FxHashMap<&'static str, NumberWord>) {
    let of = |role: Role| words.iter().filter(move |(_, w)| w.role == role && !w.plural).map(|(s, w)| (*s, *w));
    let small = || of(Role::Unit).chain(of(Role::Ordinal)).filter(|(_, w)| w.value < Decimal::TEN && !w.value.is_zero());
    let tens: Vec<_> = of(Role::Tens).collect();
    let fused: Vec<_> = tens
        .iter()
        .flat_map(|(ten, t)| small().map(move |(one, w)| (format!("{ten}{one}"), NumberWord { value: t.value + w.value, ..w })))
        .collect();
    words.extend(fused.into_iter().map(|(word, value)| (&*word.leak(), value)));
}

/// The number word with these letters, in lower case.
pub(super) fn number_word(lower: &str) -> Option<NumberWord> {
    LEXICON.words.get(lower).copied()
}

/// What a suffix like "bn" multiplies by.
pub(super) fn suffix(lower: &str) -> Option<Decimal> {
    LEXICON.suffixes.get(lower).copied()
}

/// Whether the word is a race, whose distance stands before it: "the 400m hurdles".
pub(super) fn is_race(lower: &str) -> bool {
    LEXICON.races.contains(lower)
}

/// Every number word.
pub(in crate::claim) fn number_words() -> impl Iterator<Item = &'static str> {
    LEXICON.words.keys().copied()
}
