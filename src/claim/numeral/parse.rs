//! Digits, words and fractions at one place of a sentence.

use rust_decimal::Decimal;

use super::{
    lexicon::{Role, number_word, suffix},
    words,
};
use crate::claim::atom::{AtomKind, Line};

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

/// The numeral that begins at atom `i`.
pub(in crate::claim) fn parse(line: &Line<'_>, i: usize) -> Option<Spelled> {
    match line.kind(i)? {
        AtomKind::Digits => in_digits(line, i),
        AtomKind::Word => vague(line, i).or_else(|| in_words(line, i)),
        AtomKind::Mark(c) => vulgar(c).and_then(|(n, d)| fraction(i, i + 1, Decimal::from(n), Decimal::from(d), true)),
        AtomKind::Code => None,
    }
}

/// ½ and its kin.
fn vulgar(c: char) -> Option<(u32, u32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

fn fraction(from: usize, to: usize, numerator: Decimal, denominator: Decimal, digits: bool) -> Option<Spelled> {
    let value = numerator.checked_div(denominator)?;
    Some(Spelled { from, to, value, step: fraction_step(value), shape: Shape::Fraction, digits, scale: None, article: false })
}

/// A fraction covers a tenth of itself and at most five points: "a third" is 31.7 to 35 per cent.
fn fraction_step(value: Decimal) -> Decimal {
    (value.abs() / Decimal::TEN).min(Decimal::new(5, 2))
}

/// The value of an atom of digits.
fn digits_value(text: &str) -> Option<Decimal> {
    let mut plain = String::with_capacity(text.len());
    let stops = text.matches('.').count();
    for c in text.chars() {
        if c.is_ascii_digit() || c == '.' && stops == 1 {
            plain.push(c);
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
    let mut to = i + 1;
    let mut out = Spelled { from: i, to, value, step, shape: Shape::Cardinal, digits: true, scale: None, article: false };
    // 21st.
    let tail = if line.glued(to) { line.word(to) } else { "" };
    if matches!(tail, "st" | "nd" | "rd" | "th") && value.fract().is_zero() {
        return Some(Spelled { to: to + 1, shape: Shape::Ordinal, ..out });
    }
    // 3½, 2 1/2, 1/2.
    if let Some((n, d)) = line.mark(to).and_then(vulgar) {
        value = value.checked_add(Decimal::from(n) / Decimal::from(d))?;
        step = Decimal::new(25, 2);
        to += 1;
    } else if let Some((n, d, end)) = slash(line, i) {
        // Odds, "2/1", and dates are no shares.
        return (n < d).then(|| fraction(i, end, n, d, true)).flatten();
    } else if !line.glued(to)
        && let Some((n, d, end)) = slash(line, to)
        && n < d
    {
        value = value.checked_add(n.checked_div(d)?)?;
        step = Decimal::ONE.checked_div(d)?;
        to = end;
    }
    // "two and a half million" in digits: "2 and a half million".
    if let Some((part, end)) = and_a_part(line, to) {
        value = value.checked_add(part)?;
        step = part;
        to = end;
    }
    (out.value, out.step, out.to) = (value, step, to);
    // 130M, 20K, 5bn; "5 bn" too.
    if let Some(scale) = suffix(line.word(to)).filter(|_| {
        let word = line.word(to);
        if line.glued(to) { is_scale_suffix(line, to) } else { matches!(word, "bn" | "mn" | "mln" | "bln" | "tn" | "trn") }
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
    }
    Some(out)
}

/// Whether the letters glued to digits at `i` are a scale and not a unit: "130M", "20K", "5bn"; "5m" only before people and money.
fn is_scale_suffix(line: &Line<'_>, i: usize) -> bool {
    match line.str(i) {
        "m" => {
            let before = (0..i).rev().take(3).any(|k| line.mark(k).is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥' | '₹')));
            let next = line.word(i + 1);
            before || next == "people" || next.len() > 3 && next.ends_with('s') && !next.ends_with("ss")
        }
        "mm" | "t" => (0..i).rev().take(3).any(|k| line.mark(k).is_some_and(|c| matches!(c, '$' | '£' | '€'))),
        "b" | "B" | "K" | "k" | "M" | "bn" | "Bn" | "BN" | "mn" | "mln" | "bln" | "tn" | "trn" | "T" | "MM" => true,
        _ => false,
    }
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

/// "and a half", "and three quarters" at atom `i`: the value, one past the last atom.
fn and_a_part(line: &Line<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (hyphen, i) = if line.ties(i) { (true, i + 1) } else { (false, i) };
    if line.word(i) != "and" {
        return None;
    }
    let i = if hyphen && line.ties(i + 1) { i + 2 } else { i + 1 };
    let (n, i) = match (line.word(i), number_word(line.word(i))) {
        ("a", _) => (Decimal::ONE, i + 1),
        (_, Some(w)) if w.role == Role::Unit => (w.value, i + 1),
        (_, Some(w)) if w.role == Role::Part && w.value == Decimal::TWO => (Decimal::ONE, i),
        _ => return None,
    };
    let i = if line.ties(i) { i + 1 } else { i };
    let d = denominator(line, i, n == Decimal::ONE)?;
    Some((n.checked_div(d)?, i + 1))
}

/// The denominator that a word names after a numerator: "thirds", and "third" after one.
fn denominator(line: &Line<'_>, i: usize, one: bool) -> Option<Decimal> {
    let word = number_word(line.word(i))?;
    match word.role {
        Role::Part => Some(word.value),
        Role::Ordinal | Role::OrdinalTens if one && word.value > Decimal::TWO => Some(word.value),
        Role::OrdinalScale if one => Some(word.value),
        _ => None,
    }
}

fn in_words(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let first = line.word(i);
    let blank = Spelled {
        from: i,
        to: i,
        value: Decimal::ZERO,
        step: Decimal::ONE,
        shape: Shape::Cardinal,
        digits: false,
        scale: None,
        article: false,
    };
    if matches!(first, "a" | "an") {
        return after_article(line, i, blank);
    }
    if first == "half" {
        return half(line, i, blank);
    }
    let word = number_word(first)?;
    if word.role == Role::Part {
        return None;
    }
    if word.role == Role::Group && (word.value != Decimal::from(12) || word.plural) {
        return None;
    }
    let run = words::run(line, i, None)?;
    let out = Spelled { to: run.to, value: run.value, step: run.step, scale: run.scale, ..blank };
    if run.ordinal {
        return Some(Spelled { shape: Shape::Ordinal, step: Decimal::ONE, ..out });
    }
    // "one hundred and three and two thirds", "two and a half million".
    if let Some((part, end)) = and_a_part(line, run.to) {
        let (value, step) = (run.value.checked_add(part)?, part);
        if let Some(more) = words::run(line, end, Some((value, step)))
            && !more.ordinal
            && number_word(line.word(if line.ties(end) { end + 1 } else { end })).is_some_and(|w| w.role == Role::Scale)
        {
            return Some(Spelled { to: more.to, value: more.value, step: more.step, scale: Some(Decimal::ONE), ..out });
        }
        return Some(Spelled { to: end, value, step, ..out });
    }
    // "two-thirds", "one quarter"; "three point five".
    let at = if line.ties(run.to) { run.to + 1 } else { run.to };
    if let Some(d) = denominator(line, at, run.value == Decimal::ONE)
        && is_fraction(line, at, d)
    {
        return fraction(i, at + 1, run.value, d, false);
    }
    if line.word(run.to) == "point"
        && let Some(out) = point(line, i, run.to + 1, run.value)
    {
        return Some(out);
    }
    Some(out)
}

/// Whether "quarter" and the like at `i` is a share and not three months or a part of a game.
fn is_fraction(line: &Line<'_>, i: usize, d: Decimal) -> bool {
    d != Decimal::from(4) || line.ties(i - 1) || line.word(i + 1) == "of" || line.word(i) == "fourths"
}

/// "three point five" with the digits after the point from atom `i` on.
fn point(line: &Line<'_>, from: usize, i: usize, whole: Decimal) -> Option<Spelled> {
    let (mut to, mut value, mut place) = (i, whole, Decimal::ONE);
    while let Some(word) = number_word(line.word(to)).filter(|w| w.role == Role::Unit && w.value < Decimal::TEN) {
        place = place.checked_div(Decimal::TEN)?;
        value = value.checked_add(word.value.checked_mul(place)?)?;
        to += 1;
    }
    if to == i {
        return None;
    }
    let mut out = Spelled { from, to, value, step: place, shape: Shape::Cardinal, digits: false, scale: None, article: false };
    if number_word(line.word(to)).is_some_and(|w| w.role == Role::Scale)
        && let Some(run) = words::run(line, to, Some((value, place)))
    {
        (out.to, out.value, out.step, out.scale) = (run.to, run.value, run.step, Some(Decimal::ONE));
    }
    Some(out)
}

/// "a million", "a dozen", "a third of", "a hundred and two", "an eighth".
fn after_article(line: &Line<'_>, i: usize, blank: Spelled) -> Option<Spelled> {
    let out = Spelled { article: true, ..blank };
    if line.word(i + 1) == "half" {
        let inner = half(line, i + 1, blank)?;
        return Some(Spelled { from: i, article: true, ..inner });
    }
    if line.word(i + 1) == "couple" {
        let to = if line.word(i + 2) == "of" && number_word(line.word(i + 3)).is_some() { i + 3 } else { i + 2 };
        if to == i + 3
            && let Some(run) = words::run(line, to, Some((Decimal::TWO, Decimal::ONE)))
        {
            return Some(Spelled { to: run.to, value: run.value, step: run.step, ..out });
        }
        return (line.word(i + 2) == "of").then_some(Spelled { to: i + 2, value: Decimal::TWO, step: Decimal::TWO, ..out });
    }
    let word = number_word(line.word(i + 1))?;
    match word.role {
        Role::Hundred | Role::Scale | Role::Group if !word.plural && word.value > Decimal::TWO => {
            if word.value == Decimal::from(20) {
                return None;
            }
            let run = words::run(line, i + 1, None)?;
            (!run.ordinal || run.words > 1).then_some(Spelled { to: run.to, value: run.value, step: run.step, ..out })
        }
        Role::Part | Role::Ordinal | Role::OrdinalTens | Role::OrdinalScale if word.value > Decimal::TWO && !word.plural => {
            // "a third of the votes", "more than a third"; "a third man" is an ordinal.
            let next = line.word(i + 2);
            let ends = next.is_empty() && !line.ties(i + 2);
            let share = next == "of" || ends && word.value < Decimal::TEN || matches!(next, "to" | "less" | "more" | "fewer");
            if !share || word.role == Role::Part && next != "of" {
                return None;
            }
            fraction(i, i + 2, Decimal::ONE, word.value, false).map(|f| Spelled { article: true, ..f })
        }
        _ => None,
    }
}

/// "half a million", "half a dozen", "half-dozen", "half of", "half the", "half an hour".
fn half(line: &Line<'_>, i: usize, blank: Spelled) -> Option<Spelled> {
    let half = Decimal::new(5, 1);
    let article = matches!(line.word(i + 1), "a" | "an") || line.ties(i + 1);
    if article
        && let Some(word) = number_word(line.word(i + 2))
        && matches!(word.role, Role::Scale | Role::Group | Role::Hundred)
        && !word.plural
    {
        let run = words::run(line, i + 2, Some((half, half)))?;
        return Some(Spelled { to: run.to, value: run.value, step: run.step, scale: Some(word.value), ..blank });
    }
    let before = i.checked_sub(1).map_or("", |k| line.word(k));
    if matches!(before, "first" | "second" | "other" | "better" | "latter") {
        return None;
    }
    let next = line.word(i + 1);
    let ok = article
        || matches!(next, "of" | "the" | "its" | "their" | "his" | "her" | "our" | "that")
        || matches!(before, "than" | "nearly" | "almost" | "about");
    ok.then_some(Spelled { to: i + 1, value: half, step: fraction_step(half), shape: Shape::Fraction, ..blank })
}

/// "dozens", "hundreds of thousands", "several hundred", "a few thousand", "a handful".
fn vague(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let out = |to, low: Decimal, high: Decimal, article| {
        Some(Spelled {
            from: i,
            to,
            value: low,
            step: Decimal::ONE,
            shape: Shape::Vague { high },
            digits: false,
            scale: None,
            article,
        })
    };
    let first = line.word(i);
    let thousand = Decimal::ONE_THOUSAND;
    match first {
        "tens" => {
            let scale = number_word(line.word(i + 2)).filter(|w| line.word(i + 1) == "of" && w.role == Role::Scale)?;
            let low = scale.value.checked_mul(Decimal::TEN)?;
            out(i + 3, low, low.checked_mul(Decimal::TEN)?, false)
        }
        "several" | "few" => {
            let run = number_word(line.word(i + 1))
                .filter(|w| matches!(w.role, Role::Hundred | Role::Scale | Role::Group) && !w.plural)?;
            let run = words::run(line, i + 1, None).filter(|r| !r.ordinal && r.value >= run.value)?;
            out(run.to, run.value * Decimal::TWO, run.value.checked_mul(Decimal::TEN)?, false)
        }
        "a" => match line.word(i + 1) {
            "few" => {
                let inner = vague(line, i + 1)?;
                Some(Spelled { from: i, article: true, ..inner })
            }
            "handful" => out(i + 2, Decimal::TWO, Decimal::TEN, true),
            _ => None,
        },
        _ => {
            let word = number_word(first)?;
            if !word.plural || !matches!(word.role, Role::Hundred | Role::Scale | Role::Group) {
                return None;
            }
            let value = word.value;
            if line.word(i + 1) == "of"
                && let Some(scale) = number_word(line.word(i + 2)).filter(|w| w.plural && w.role == Role::Scale)
            {
                let low = value.checked_mul(scale.value)?;
                let factor = if word.role == Role::Hundred { Decimal::TEN } else { thousand };
                return out(i + 3, low, low.checked_mul(factor)?, false);
            }
            match word.role {
                Role::Group if value == Decimal::from(20) && line.word(i + 1) != "of" || value == Decimal::TWO => None,
                Role::Group => out(i + 1, Decimal::from(20), Decimal::from(200), false),
                Role::Hundred => out(i + 1, value, value * Decimal::TEN, false),
                _ => out(i + 1, value, value.checked_mul(thousand)?, false),
            }
        }
    }
}

/// The value of one number word below a hundred: "three", "twenty".
pub(in crate::claim) fn small(lower: &str) -> Option<Decimal> {
    number_word(lower).filter(|w| matches!(w.role, Role::Unit | Role::Tens | Role::Hundred)).map(|w| w.value)
}
