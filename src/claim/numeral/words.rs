//! Values in words: "twenty-one thousand", "forty-five hundred", "a hundred and two", "twenty-first".

use rust_decimal::Decimal;

use super::lexicon::{NumberWord, Role, number_word};
use crate::claim::atom::Line;

/// A run of number words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// One past its last atom.
    pub(super) to: usize,
    pub(super) value: Decimal,
    /// The value of the last place named: 1 for "twenty-one", 1,000 for "forty thousand".
    pub(super) step: Decimal,
    /// Whether it ends in an ordinal.
    pub(super) ordinal: bool,
    /// How many number words it has.
    pub(super) words: usize,
    /// The scale it ends in, if it ends in one: a million for "five million".
    pub(super) scale: Option<Decimal>,
    /// The value before its last "and", and the scale that ended there: 100 for "one hundred and three".
    pub(super) whole: Option<(Decimal, Option<Decimal>)>,
}

/// Sums up words as they come.
struct Sum {
    /// What earlier scales have settled.
    total: Decimal,
    /// The value below the next scale.
    current: Option<Decimal>,
    /// The last scale applied.
    scale: Option<Decimal>,
    step: Decimal,
    last: Role,
}

impl Sum {
    /// Adds a word, unless it cannot follow what came before.
    fn add(&mut self, word: NumberWord) -> Option<()> {
        let hundred = Decimal::ONE_HUNDRED;
        let value = word.value;
        match word.role {
            Role::Unit | Role::Ordinal => {
                let current = match self.current {
                    None if self.last == Role::Part => value,
                    None if self.scale.is_some() => value,
                    Some(c) if self.last == Role::Tens && value < Decimal::TEN && !value.is_zero() => c.checked_add(value)?,
                    Some(c) if self.last == Role::Hundred && !value.is_zero() => c.checked_add(value)?,
                    _ => return None,
                };
                self.current = Some(current);
                self.step = Decimal::ONE;
            }
            Role::Tens | Role::OrdinalTens => {
                let current = match self.current {
                    None => value,
                    Some(c) if self.last == Role::Hundred => c.checked_add(value)?,
                    _ => return None,
                };
                self.current = Some(current);
                self.step = Decimal::ONE;
            }
            Role::Hundred => {
                let current = match self.current {
                    None => hundred,
                    // "12 hundred", "2.12 hundred"; in words only below a hundred.
                    Some(c) if !c.is_zero() && (self.last == Role::Part || c < hundred) => c.checked_mul(hundred)?,
                    _ => return None,
                };
                self.current = Some(current);
                self.step = hundred;
            }
            Role::Scale | Role::OrdinalScale => {
                match self.current.take() {
                    Some(c) if self.scale.is_none_or(|s| value < s) => {
                        if c.is_zero() {
                            return None;
                        }
                        self.total = self.total.checked_add(c.checked_mul(value)?)?;
                        self.step = self.step.checked_mul(value)?;
                    }
                    // "two hundred thousand million".
                    Some(c) => {
                        self.total = self.total.checked_add(c)?.checked_mul(value)?;
                        self.step = value;
                    }
                    None if self.scale.is_some() => {
                        self.total = self.total.checked_mul(value)?;
                        self.step = self.step.checked_mul(value)?;
                    }
                    None => {
                        self.total = value;
                        self.step = value;
                    }
                }
                self.scale = Some(value);
            }
            Role::Group => {
                let current = self.current.unwrap_or(Decimal::ONE);
                if self.last == Role::Group {
                    return None;
                }
                // "three hundred and two dozen" has two of them.
                let few = current % Decimal::ONE_HUNDRED;
                let few = if few.is_zero() { current } else { few };
                self.current = Some(current.checked_sub(few)?.checked_add(few.checked_mul(value)?)?);
                // "Two dozen" is two dozen give or take a few.
                self.step = Decimal::from(if current < Decimal::ONE { 2 } else { 4 });
            }
            Role::Part => return None,
        }
        self.last = word.role;
        Some(())
    }

    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.current.unwrap_or_default())
    }
}

/// The longest run of number words that begins at atom `i`, after `start`, a value in digits that they multiply ("4.7" of
/// "4.7 billion") with its step.
pub(super) fn run(line: &Line<'_>, i: usize, start: Option<(Decimal, Decimal)>) -> Option<Run> {
    let mut sum = Sum {
        total: Decimal::ZERO,
        current: start.map(|s| s.0),
        scale: None,
        step: start.map_or(Decimal::ONE, |s| s.1),
        last: Role::Part,
    };
    let mut out: Option<Run> = None;
    let mut words = 0;
    let mut at = i;
    let mut whole = None;
    loop {
        // A hyphen or an "and" stands between two words, never first, unless digits came before.
        let mut next = at;
        let joined = words > 0 || start.is_some();
        let and = words > 0
            && (line.word(next) == "and" || line.mark(next) == Some('&'))
            && matches!(sum.last, Role::Hundred | Role::Scale);
        // Tokenised text has "fifty - two".
        let spaced = sum.last == Role::Tens && words > 0 && line.is_hyphen(next) && !line.glued(next) && !line.glued(next + 1);
        let spaced = spaced && number_word(line.word(next + 1)).is_some_and(|w| w.role == Role::Unit && w.value < Decimal::TEN);
        if joined && line.ties(next) || and || spaced {
            next += 1;
        } else if joined && line.mark(next) == Some(',') && sum.last == Role::Scale && continues(line, next + 1, sum.scale) {
            next += 1;
            if line.word(next) == "and" {
                next += 1;
            }
        }
        let Some(word) = number_word(line.word(next)) else { break };
        // "a couple" and "a pair" are read as such elsewhere; "second" after a number is a unit of time.
        if word.role == Role::Part || word.role == Role::Group && word.value < Decimal::TEN {
            break;
        }
        if matches!(word.role, Role::Ordinal) && word.value == Decimal::TWO && words == 1 && sum.last == Role::Unit {
            break;
        }
        // "£1.8 million two years ago": after digits only an "and" leads on to more words.
        let before = (sum.value(), sum.scale.filter(|_| sum.last == Role::Scale));
        let counts = !matches!(word.role, Role::Hundred | Role::Scale | Role::Group | Role::OrdinalScale);
        if start.is_some() && counts && !and || sum.add(word).is_none() {
            break;
        }
        words += 1;
        at = next + 1;
        if and {
            whole = before.0.map(|v| (v, before.1));
        }
        let ordinal = matches!(word.role, Role::Ordinal | Role::OrdinalTens | Role::OrdinalScale);
        let Some(value) = sum.value() else { break };
        let scale = sum.scale.filter(|_| sum.last == Role::Scale);
        out = Some(Run { to: at, value, step: sum.step, ordinal, words, scale, whole });
        if ordinal {
            break;
        }
    }
    out
}

/// Whether the words at atom `i` go on with a numeral below `scale`: "two million, three hundred thousand".
fn continues(line: &Line<'_>, i: usize, scale: Option<Decimal>) -> bool {
    let i = if line.word(i) == "and" { i + 1 } else { i };
    let Some(first) = number_word(line.word(i)) else { return false };
    if !matches!(first.role, Role::Unit | Role::Tens) {
        return false;
    }
    // A list, "two thousand, three thousand", is not one value.
    let mut at = i + 1;
    while let Some(word) = number_word(line.word(if line.ties(at) { at + 1 } else { at })) {
        at = if line.ties(at) { at + 2 } else { at + 1 };
        match word.role {
            Role::Scale => return scale.is_some_and(|s| word.value < s),
            Role::Hundred => return scale.is_some_and(|s| s > Decimal::ONE_HUNDRED),
            _ => {}
        }
    }
    false
}
