//! Digits, words and fractions at one place of a sentence.

use rust_decimal::Decimal;

use super::{
    lexicon::{Role, is_race, number_word, suffix},
    part::{and_a_part, fraction, vulgar},
    spoken, words,
};
use crate::claim::{
    atom::{AtomKind, Line},
    unit::{self, Dimension},
};

/// What a numeral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claim) enum Shape {
    /// "40", "forty".
    Cardinal,
    /// "third", "21st".
    Ordinal,
    /// "a third", "1/2".
    Fraction,
    /// "dozens", "tens of thousands": from `value` to below `high`.
    Vague {
        /// The first value that is too large.
        high: Decimal,
    },
}

/// A numeral at a place of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::claim) struct Spelled {
    /// Its first atom.
    pub(in crate::claim) from: usize,
    /// One past its last atom.
    pub(in crate::claim) to: usize,
    /// The value, or the lowest of a vague amount.
    pub(in crate::claim) value: Decimal,
    /// The value of one step of the last digit written.
    pub(in crate::claim) step: Decimal,
    pub(in crate::claim) shape: Shape,
    /// Whether it begins with digits.
    pub(in crate::claim) digits: bool,
    /// The scale word or suffix after the digits: a million for "4.7 million".
    pub(in crate::claim) scale: Option<Decimal>,
    /// Whether "a" or "an" is its first word.
    pub(in crate::claim) article: bool,
}

impl Spelled {
    /// An empty numeral in words that begins at atom `from`.
    pub(super) fn words(from: usize) -> Self {
        Self {
            from,
            to: from,
            value: Decimal::ZERO,
            step: Decimal::ONE,
            shape: Shape::Cardinal,
            digits: false,
            scale: None,
            article: false,
        }
    }
}

/// The numeral that begins at atom `i`.
pub(in crate::claim) fn parse(line: &Line<'_>, i: usize) -> Option<Spelled> {
    match line.kind(i)? {
        AtomKind::Digits => in_digits(line, i),
        AtomKind::Word => spoken::vague(line, i).or_else(|| spoken::in_words(line, i)),
        AtomKind::Mark(c) => vulgar(c).and_then(|(n, d)| fraction(i, i + 1, Decimal::from(n), Decimal::from(d), true)),
        AtomKind::Code => None,
    }
}

/// The value of an atom of digits.
fn digits_value(text: &str) -> Option<Decimal> {
    let mut plain = String::with_capacity(text.len());
    let stops = text.matches('.').count();
    // "5,50" has a decimal comma.
    let comma = text.rfind(',').filter(|&c| text.len() - c <= 3);
    for (i, c) in text.char_indices() {
        if c.is_ascii_digit() || c == '.' && stops == 1 && comma.is_none() {
            plain.push(c);
        } else if Some(i) == comma {
            plain.push('.');
        }
    }
    if plain.starts_with('.') {
        plain.insert(0, '0');
    }
    if plain.len() > 25 {
        return None;
    }
    plain.parse().ok()
}

/// The last place written: 0.1 for "3.5".
fn digits_step(value: Decimal) -> Decimal {
    Decimal::new(1, value.scale())
}

fn in_digits(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let mut value = digits_value(line.str(i))?;
    let mut step = digits_step(value);
    if is_grouped(line, i) {
        (value, step) = (value.checked_mul(Decimal::ONE_THOUSAND)?.normalize(), Decimal::ONE);
    }
    let mut to = i + 1;
    let mut out = Spelled { from: i, to, value, step, shape: Shape::Cardinal, digits: true, scale: None, article: false };
    // 21st.
    let tail = if line.glued(to) { line.word(to) } else { "" };
    if is_ordinal_suffix(line.str(i), tail) {
        // "1000th of a second".
        let part = matches!(tail, "th") && value >= Decimal::TEN && line.word(to + 1) == "of" && line.word(to + 2) == "a";
        if part && unit::after(line, to + 3, false).is_some() {
            return fraction(i, to + 1, Decimal::ONE, value, true);
        }
        return Some(Spelled { to: to + 1, shape: Shape::Ordinal, ..out });
    }
    if let Some((value, end)) = power(line, i, value) {
        return Some(Spelled { to: end, value, ..out });
    }
    if let Some((factor, end)) = power_of_ten(line, i) {
        let (value, step) = (value.checked_mul(factor)?, step.checked_mul(factor)?);
        return (!step.is_zero()).then_some(Spelled { to: end, value, step, ..out });
    }
    // 3½, 2 1/2, 1/2.
    if let Some((n, d)) = line.mark(to).and_then(vulgar) {
        value = value.checked_add(Decimal::from(n) / Decimal::from(d))?;
        step = Decimal::new(25, 2);
        to += 1;
    } else if let Some((n, d, end)) = slash(line, i) {
        // Odds, "2/1", and dates, "9/11", are no shares.
        let usual = d <= Decimal::TEN || [12, 16, 20, 32, 40, 50, 64, 100, 1000].iter().any(|&u| d == Decimal::from(u));
        return (n < d && (usual || line.word(end) == "of")).then(|| fraction(i, end, n, d, true)).flatten();
    } else if !line.glued(to)
        && let Some((n, d, end)) = slash(line, to)
        && n < d
    {
        value = value.checked_add(n.checked_div(d)?)?;
        step = Decimal::ONE.checked_div(d)?;
        to = end;
    }
    // "2 and a half million".
    if let Some((part, end)) = and_a_part(line, to) {
        value = value.checked_add(part)?;
        step = part;
        to = end;
    }
    (out.value, out.step, out.to) = (value, step, to);
    // 130M, 20K, 5bn; "5 bn" too.
    if let Some(scale) = suffix(line.word(to)).filter(|_| {
        let word = line.word(to);
        if line.glued(to) {
            is_scale_suffix(line, to)
        } else {
            matches!(word, "bn" | "mn" | "mln" | "bln" | "tn" | "tln" | "trn")
                || (word == "k" || line.str(to) == "M") && line.word(to + 1).is_empty()
        }
    }) {
        out.value = value.checked_mul(scale)?;
        out.step = step.checked_mul(scale)?;
        out.scale = Some(scale);
        out.to = to + 1;
        return Some(out);
    }
    // 4.7 billion, 3 hundred thousand, 2 dozen, 4-billion.
    let large = number_word(line.word(to)).is_some_and(|w| w.role == Role::Scale);
    if (!line.glued(to) || line.ties(to) || large)
        && let Some(first) = number_word(line.word(if line.ties(to) { to + 1 } else { to }))
        && matches!(first.role, Role::Scale | Role::Hundred | Role::Group)
        && let Some(run) = words::run(line, to, Some((value, step)))
        && !run.ordinal
    {
        out.value = run.value;
        out.step = run.step;
        out.scale = Some(first.value);
        out.to = run.to;
        // "3 million and a half", "3 hundred and 21".
        if let Some((part, end)) = and_a_part(line, out.to) {
            out.value = out.value.checked_add(part.checked_mul(first.value)?)?;
            out.step = part.checked_mul(first.value)?;
            out.to = end;
        } else if first.role == Role::Scale
            && line.kind(out.to) == Some(AtomKind::Digits)
            && let Some(rest) = in_digits(line, out.to)
            && rest.shape == Shape::Cardinal
            && rest.scale.is_some_and(|s| s < first.value && s >= Decimal::ONE_HUNDRED)
            && rest.value < first.value
            && !line.glued(out.to)
        {
            // "2 million 300 thousand".
            out.value = out.value.checked_add(rest.value)?;
            (out.step, out.to) = (rest.step, rest.to);
        } else if first.role == Role::Hundred && line.word(out.to) == "and" && line.kind(out.to + 1) == Some(AtomKind::Digits) {
            let rest = digits_value(line.str(out.to + 1)).filter(|r| *r < Decimal::ONE_HUNDRED && !r.is_zero() && r.scale() == 0);
            let hundred = number_word(line.word(out.to + 2)).is_some_and(|w| w.role == Role::Hundred);
            if let Some(rest) = rest.filter(|_| !hundred) {
                out.value = out.value.checked_add(rest)?;
                out.step = Decimal::ONE;
                out.to += 2;
            }
        }
    }
    Some(out)
}

/// Whether the letters glued to digits at `i` are a scale and not a unit: "130M", "20K", "5bn"; "5m" only before people and money.
fn is_scale_suffix(line: &Line<'_>, i: usize) -> bool {
    match line.str(i) {
        "m" => {
            let sign = (0..i).rev().take(3).any(|k| line.mark(k).is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥' | '₹')));
            // "R5m", "Rs20m", "SEK 5m".
            let apart = || line.str(i - 2).len() == 3 && !line.glued(i - 2);
            let before = sign || i > 1 && unit::is_code(line.str(i - 2)) && (line.glued(i - 1) || apart());
            let next = line.word(i + 1);
            // "5m kroner".
            let money = || unit::after(line, i + 1, true).is_some_and(|(unit, _)| unit.dimension == Dimension::Money);
            before
                || money()
                || !is_race(next) && (next == "people" || next.len() > 3 && next.ends_with('s') && !next.ends_with("ss"))
        }
        "mm" | "t" => (0..i).rev().take(3).any(|k| line.mark(k).is_some_and(|c| matches!(c, '$' | '£' | '€'))),
        // "573.15K" is a temperature.
        "K" if line.str(i - 1).find('.').is_some_and(|p| p > 2) => {
            (0..i).rev().take(3).any(|k| line.mark(k).is_some_and(|c| matches!(c, '$' | '£' | '€')))
        }
        "b" | "B" | "K" | "k" | "M" | "bn" | "Bn" | "BN" | "mn" | "mil" | "mln" | "bln" | "tn" | "tln" | "trn" | "T" | "MM" => {
            true
        }
        _ => false,
    }
}

/// Whether the stop in the digits at atom `i` stands between thousands, as in much of Europe: "40.000", "12.500 residents". Three
/// decimals that end in zeros are none, and people are not counted in fractions.
fn is_grouped(line: &Line<'_>, i: usize) -> bool {
    let Some((whole, rest)) = line.str(i).split_once('.') else { return false };
    if rest.len() != 3 || !(1..=3).contains(&whole.len()) || whole.starts_with('0') || !whole.bytes().all(|b| b.is_ascii_digit())
    {
        return false;
    }
    let next = line.word(i + 1);
    let measured = line.glued(i + 1) && line.mark(i + 1).is_none_or(|c| matches!(c, '%' | '°'))
        || unit::after(line, i + 1, true).is_some_and(|(u, _)| u.dimension != Dimension::Money);
    let people = next == "people" || next.len() > 5 && next.ends_with("ents") || next.ends_with("ers") || next.ends_with("ants");
    !measured && (rest == "000" || people)
}

/// "1.1^23" at atom `i`, whose digits are worth `base`: the value, one past the last atom.
fn power(line: &Line<'_>, i: usize, base: Decimal) -> Option<(Decimal, usize)> {
    if line.str(i) == "10"
        && let Some((power, to)) = raised(line, i + 1).filter(|(p, _)| *p > 0)
    {
        let value = (0..power).try_fold(Decimal::ONE, |v, _| v.checked_mul(Decimal::TEN))?;
        return Some((value, to));
    }
    if line.mark(i + 1) != Some('^') || !line.glued(i + 1) {
        return None;
    }
    let sign = matches!(line.mark(i + 2), Some('-' | '−' | '+')) && line.glued(i + 2);
    let at = if sign { i + 3 } else { i + 2 };
    if line.kind(at) != Some(AtomKind::Digits) || !line.glued(at) {
        return None;
    }
    let exponent: u32 = line.str(at).parse().ok().filter(|e| *e <= 60)?;
    let mut value = Decimal::ONE;
    for _ in 0..exponent {
        value = value.checked_mul(base)?;
    }
    if sign && line.mark(i + 2) != Some('+') {
        value = Decimal::ONE.checked_div(value)?;
    }
    Some((value, at + 1))
}

/// "e10", "×10−5", "x10^6", " x 10³" after the digits at atom `i`: the factor, one past the last atom.
fn power_of_ten(line: &Line<'_>, i: usize) -> Option<(Decimal, usize)> {
    let tied = line.glued(i + 1);
    let (mut negative, mut at) = (false, i + 1);
    let word = line.lower(at);
    let letter = word.starts_with('e') && tied;
    let exponent: u32;
    if let Some(power) = word.strip_prefix('e').filter(|p| letter && !p.is_empty()) {
        (exponent, at) = (power.parse().ok()?, at + 1);
    } else {
        if letter {
            at += 1;
        } else if word == "x10" || matches!(word, "×" | "x" | "·" | "⋅" | "*") && line.str(at + 1) == "10" {
            at += if word == "x10" { 1 } else { 2 };
        } else {
            return None;
        }
        if let Some((power, to)) = raised(line, at) {
            // A small figure may call a note: "10²" is a power, "× 10" with a space none.
            (negative, exponent, at) = (power < 0, power.unsigned_abs(), to);
        } else {
            let marked = line.mark(at) == Some('^');
            at += usize::from(marked);
            let sign = line.mark(at).filter(|c| matches!(c, '-' | '−' | '+'));
            if let Some(sign) = sign {
                negative = sign != '+';
                at += 1;
            } else if letter {
                return None;
            }
            let digits = line.kind(at) == Some(AtomKind::Digits) && line.glued(at);
            if !digits || !tied && !marked {
                return None;
            }
            (exponent, at) = (line.str(at).parse().ok()?, at + 1);
        }
    }
    let mut factor = Decimal::ONE;
    for _ in 0..exponent.min(30) {
        factor = if negative { factor.checked_div(Decimal::TEN)? } else { factor.checked_mul(Decimal::TEN)? };
    }
    (exponent <= 28).then_some((factor, at))
}

/// Small raised figures at atom `i`, glued to what stands before: "⁶", "⁻³". The value, one past the last atom.
fn raised(line: &Line<'_>, i: usize) -> Option<(i32, usize)> {
    let negative = line.mark(i) == Some('⁻') && line.glued(i);
    let from = if negative { i + 1 } else { i };
    let mut at = from;
    let mut value = 0;
    while at < from + 2
        && line.glued(at)
        && let Some(digit) = line.mark(at).and_then(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c))
    {
        (value, at) = (value * 10 + digit as i32, at + 1);
    }
    (at > from).then_some((if negative { -value } else { value }, at))
}

/// Whether letters after whole digits make an ordinal: 21st, 11th; 15st is a weight.
fn is_ordinal_suffix(digits: &str, suffix: &str) -> bool {
    let teen = digits.len() > 1 && digits.as_bytes()[digits.len() - 2] == b'1';
    let right = match digits.as_bytes().last() {
        Some(b'1') if !teen => "st",
        Some(b'2') if !teen => "nd",
        Some(b'3') if !teen => "rd",
        _ => "th",
    };
    suffix == right && !digits.contains('.')
}

/// "1/40" at atom `i`: numerator, denominator, one past the last atom.
fn slash(line: &Line<'_>, i: usize) -> Option<(Decimal, Decimal, usize)> {
    let both = line.kind(i) == Some(AtomKind::Digits) && line.kind(i + 2) == Some(AtomKind::Digits);
    let tied = matches!(line.mark(i + 1)?, '/' | '⁄') && line.glued(i + 1) && line.glued(i + 2);
    if !both || !tied || line.glued(i + 3) && matches!(line.mark(i + 3), Some('/' | '⁄')) {
        return None;
    }
    let (n, d) = (digits_value(line.str(i))?, digits_value(line.str(i + 2))?);
    (!d.is_zero()).then_some((n, d, i + 3))
}

/// The value of one number word below a hundred: "three", "twenty".
pub(in crate::claim) fn small(lower: &str) -> Option<Decimal> {
    number_word(lower).filter(|w| matches!(w.role, Role::Unit | Role::Tens | Role::Hundred)).map(|w| w.value)
}

/// The value of a scale word: "million".
pub(in crate::claim) fn scale(lower: &str) -> Option<Decimal> {
    number_word(lower).filter(|w| w.role == Role::Scale && !w.plural).map(|w| w.value)
}
