//! Numerals that begin with a word.

use rust_decimal::Decimal;

use super::{
    lexicon::{Role, number_word},
    parse::{Shape, Spelled},
    part::{and_a_part, denominator, fraction, half, is_hedge, is_share, joint, part_of_scale},
    words::{self, Run},
};
use crate::{claim::atom::Line, prose::Tag};

/// The numeral in words that begins at atom `i`.
pub(super) fn in_words(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let first = line.word(i);
    if matches!(first, "a" | "an") {
        return after_article(line, i);
    }
    if first == "half" {
        return half(line, i);
    }
    let word = number_word(first)?;
    // "quarter-point", "quarter percentage point".
    let next = line.word(joint(line, i + 1));
    if word.role == Role::Part && !word.plural && matches!(next, "point" | "percentage" | "percent") {
        return fraction(i, i + 1, Decimal::ONE, word.value, false);
    }
    if word.role == Role::Part {
        return part_of_scale(line, i, i, Decimal::ONE);
    }
    if word.role == Role::Group && (word.value != Decimal::from(12) || word.plural) {
        return None;
    }
    let run = words::run(line, i, None)?;
    finish(line, i, run)
}

/// What follows a run of number words that began at atom `i`: a part, a denominator, a decimal point.
fn finish(line: &Line<'_>, i: usize, run: Run) -> Option<Spelled> {
    let out = Spelled { to: run.to, value: run.value, step: run.step, scale: run.scale, ..Spelled::words(i) };
    if run.ordinal {
        // "one hundredth of a second"; "the one hundredth visitor" is an ordinal.
        let last = number_word(line.word(run.to - 1))
            .filter(|w| w.role == Role::OrdinalScale && run.words == 2 && line.word(i) == "one");
        let share = line.word(run.to) == "of" && matches!(line.word(run.to + 1), "a" | "an" | "the");
        return match last {
            Some(last) if share => fraction(i, run.to, Decimal::ONE, last.value, false),
            _ => Some(Spelled { shape: Shape::Ordinal, step: Decimal::ONE, ..out }),
        };
    }
    // "two fifty", "nineteen eighteen": hundreds without their name, where nothing is counted.
    if (Decimal::ONE..=Decimal::from(21)).contains(&run.value)
        && run.scale.is_none()
        && let Some(rest) = words::run(line, run.to, None)
        && !rest.ordinal
        && (Decimal::TEN..Decimal::ONE_HUNDRED).contains(&rest.value)
        && line.word(rest.to).is_empty()
        && !line.ties(rest.to)
        && line.mark(rest.to) != Some('%')
        && number_word(line.word(run.to)).is_some_and(|w| matches!(w.role, Role::Unit | Role::Tens))
    {
        let value = run.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_add(rest.value)?;
        return Some(Spelled { to: rest.to, value, ..out });
    }
    // "one hundred and three and two thirds", "two and a half million", "one million and a half".
    if let Some((part, end)) = and_a_part(line, run.to) {
        let at = if line.ties(end) { end + 1 } else { end };
        let scale = number_word(line.word(at)).filter(|w| w.role == Role::Scale).map(|w| w.value);
        let (value, step, to) = match (scale, run.scale) {
            (Some(scale), None) => (run.value.checked_add(part)?.checked_mul(scale)?, part.checked_mul(scale)?, at + 1),
            (Some(scale), Some(_)) => (run.value.checked_add(part.checked_mul(scale)?)?, part.checked_mul(scale)?, at + 1),
            (None, Some(scale)) => (run.value.checked_add(part.checked_mul(scale)?)?, part.checked_mul(scale)?, end),
            (None, None) => (run.value.checked_add(part)?, part, end),
        };
        return Some(Spelled { to, value, step, scale: scale.or(run.scale), ..out });
    }
    // "two-thirds", "one quarter", "three quarters of a million".
    let at = joint(line, run.to);
    // "one hundred thirty-fifths" are a hundred of them.
    let tens = number_word(line.word(run.to - 1)).filter(|w| w.role == Role::Tens && run.value > w.value && run.whole.is_none());
    if let Some(tens) = tens
        && let Some(unit) = number_word(line.word(at)).filter(|w| w.role == Role::Part && w.plural && w.value < Decimal::TEN)
    {
        return fraction(i, at + 1, run.value.checked_sub(tens.value)?, tens.value.checked_add(unit.value)?, false);
    }
    if let Some((d, to)) = denominator(line, at, run.value == Decimal::ONE) {
        // "two hundred and fifty-four hundredths": what stands after "and" is the numerator, if it is one.
        if let Some((whole, scale)) = run.whole
            && run.value.checked_sub(whole)? < d
        {
            let part = run.value.checked_sub(whole)?.checked_div(d)?;
            let next = number_word(line.word(to)).filter(|w| w.role == Role::Scale);
            let (scale, to) = next.map_or((scale, to), |w| (Some(w.value), to + 1));
            let part = part.checked_mul(scale.unwrap_or(Decimal::ONE))?;
            return Some(Spelled { to, value: whole.checked_add(part)?, step: part, ..out });
        }
        if let Some(out) = part_of_scale(line, i, at, run.value) {
            return Some(out);
        }
        if is_share(line, i, at, d) {
            return fraction(i, to, run.value, d, false);
        }
    }
    if line.word(run.to) == "point"
        && let Some(out) = point(line, i, run.to + 1, run.value)
    {
        return Some(out);
    }
    Some(out)
}

/// "three point five", "two hundred point seventy-one", with the digits after the point from atom `i` on.
fn point(line: &Line<'_>, from: usize, i: usize, whole: Decimal) -> Option<Spelled> {
    let (mut to, mut value, mut place) = (i, whole, Decimal::ONE);
    loop {
        let digit = match line.word(to) {
            "o" | "oh" => Some(Decimal::ZERO),
            word => number_word(word).filter(|w| w.role == Role::Unit && w.value < Decimal::TEN).map(|w| w.value),
        };
        let Some(digit) = digit else { break };
        place = place.checked_div(Decimal::TEN)?;
        value = value.checked_add(digit.checked_mul(place)?)?;
        to += 1;
    }
    if to == i {
        let run = words::run(line, i, None).filter(|r| !r.ordinal && r.value < Decimal::ONE_HUNDRED)?;
        place = Decimal::new(1, 2);
        (value, to) = (whole.checked_add(run.value.checked_mul(place)?)?, run.to);
    }
    let mut out = Spelled { to, value, step: place, ..Spelled::words(from) };
    if number_word(line.word(to)).is_some_and(|w| w.role == Role::Scale)
        && let Some(run) = words::run(line, to, Some((value, place)))
    {
        (out.to, out.value, out.step, out.scale) = (run.to, run.value, run.step, run.scale);
    }
    Some(out)
}

/// "a million", "a dozen", "a third of", "a hundred and two", "an eighth".
fn after_article(line: &Line<'_>, i: usize) -> Option<Spelled> {
    let out = Spelled { article: true, ..Spelled::words(i) };
    let from_here = |inner: Spelled| Spelled { from: i, article: true, ..inner };
    if line.word(i + 1) == "half" {
        return half(line, i + 1).map(from_here);
    }
    if line.word(i + 1) == "couple" {
        let to = if line.word(i + 2) == "of" && number_word(line.word(i + 3)).is_some() { i + 3 } else { i + 2 };
        if let Some(run) = words::run(line, to, Some((Decimal::TWO, Decimal::ONE))) {
            return Some(Spelled { to: run.to, value: run.value, step: run.step, ..out });
        }
        return (line.word(i + 2) == "of").then_some(Spelled { to: i + 2, value: Decimal::TWO, step: Decimal::TWO, ..out });
    }
    let word = number_word(line.word(i + 1))?;
    if word.role == Role::Part
        && let Some(inner) = part_of_scale(line, i + 1, i + 1, Decimal::ONE)
    {
        return Some(from_here(inner));
    }
    match word.role {
        Role::Hundred | Role::Scale | Role::Group if !word.plural && word.value > Decimal::TWO => {
            // "a score" is one of music or of a match.
            if word.value == Decimal::from(20) {
                return None;
            }
            let run = words::run(line, i + 1, None)?;
            (!run.ordinal || run.words > 1).then(|| finish(line, i + 1, run).map(from_here)).flatten()
        }
        _ => {
            let (d, to) = denominator(line, i + 1, true)?;
            // "a third of the votes", "more than a third"; "a third man" is an ordinal.
            let next = line.word(to);
            let ends = next.is_empty() && !line.ties(to) && line.kind(to) != Some(crate::claim::atom::AtomKind::Digits);
            // "rose by a quarter in May"
            let by = |i: usize| line.word(i) == "by" && (ends || matches!(line.tag(to), Tag::Adposition | Tag::Conjunction));
            let hedged = i > 0 && (ends && is_hedge(line.word(i - 1)) || by(i - 1));
            let owned = matches!(next, "of" | "point" | "percentage") || hedged;
            // "Half voted for it, a third abstained."
            let share = owned
                || ends
                || (matches!(line.tag(to), Tag::Verb | Tag::Auxiliary) || line.word(to).ends_with("ed"))
                    && (0..i).any(|k| is_part_before(line, k))
                || matches!(next, "to" | "less" | "more" | "fewer");
            if !share || word.role == Role::Part && !owned || word.plural {
                return None;
            }
            fraction(i + 1, to, Decimal::ONE, d, false).map(from_here)
        }
    }
}

/// Whether the atom says that shares of something are told: "half", "%".
fn is_part_before(line: &Line<'_>, i: usize) -> bool {
    let word = line.word(i);
    line.mark(i) == Some('%')
        || matches!(word, "percent" | "half")
        || number_word(word).is_some_and(|w| w.role == Role::Part && w.plural)
}

/// "dozens", "hundreds of thousands", "several hundred", "a few thousand", "a handful".
pub(super) fn vague(line: &Line<'_>, i: usize) -> Option<Spelled> {
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
            out(run.to, run.value.checked_mul(Decimal::TWO)?, run.value.checked_mul(Decimal::TEN)?, false)
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
                Role::Hundred => out(i + 1, value, value.checked_mul(Decimal::TEN)?, false),
                _ => out(i + 1, value, value.checked_mul(thousand)?, false),
            }
        }
    }
}
