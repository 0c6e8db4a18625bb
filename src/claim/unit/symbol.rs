//! Units made of several: "kg/m3", "N·m", "m s^-2", "square metres".

use rust_decimal::Decimal;

use super::{
    Dimension, Unit,
    table::{named, symbol},
};
use crate::claim::atom::{AtomKind, Line};

/// A symbol with its exponent.
#[derive(Clone, Copy)]
struct Term {
    unit: &'static Unit,
    power: i32,
}

/// The most symbols in one unit.
const MOST: usize = 5;

/// The unit of several symbols, or of one with an exponent, that begins at atom `i`, and one past its last atom.
pub(super) fn product(line: &Line<'_>, i: usize) -> Option<(Unit, usize)> {
    let (first, mut at) = term(line, i)?;
    let mut terms = vec![first];
    while terms.len() < MOST {
        let Some((term, to)) = next(line, i, at) else { break };
        terms.push(term);
        at = to;
    }
    if terms.len() == 1 && first.power == 1 {
        return None;
    }
    Some((unit(&terms)?, at))
}

/// What a rate is per, in symbols after a stroke at atom `i`: "/m2", "/kg/day" gives the first of the two. Its name, and one past its
/// last atom.
pub(super) fn denominator(line: &Line<'_>, i: usize) -> Option<(String, usize)> {
    if line.mark(i) != Some('/') || !line.glued(i) || !line.glued(i + 1) {
        return None;
    }
    let (term, to) = term(line, i + 1).filter(|(t, _)| t.power > 0)?;
    Some((power_name(term.unit, term.power)?, to))
}

/// The symbol that goes on at atom `at` with the unit that began at atom `i`.
fn next(line: &Line<'_>, i: usize, at: usize) -> Option<(Term, usize)> {
    let tied = line.glued(at) && line.glued(at + 1);
    match line.mark(at) {
        Some('/' | '⁄') if tied => {
            let (over, to) = term(line, at + 1).filter(|(t, _)| t.power > 0)?;
            Some((Term { power: -over.power, ..over }, to))
        }
        Some('·' | '⋅' | '∙' | '•' | '*' | '×') if line.glued(at) == line.glued(at + 1) => term(line, at + 1),
        Some('.') if tied => term(line, at + 1),
        // "ft-lb".
        Some('-') if tied && !line.ties(at + 2) => {
            let (term, to) = term(line, at + 1)?;
            (term.power == 1 && line.str(at + 1).len() < 3).then_some((term, to))
        }
        Some(_) => None,
        // "N m", "kg m^2": the second has an exponent, or the first is named after somebody.
        None if !line.glued(at) => {
            let (term, to) = term(line, at)?;
            let capital = line.str(i).contains(char::is_uppercase) && !matches!(line.str(i), "C" | "F" | "L");
            let short = matches!(line.str(at), "m" | "s" | "h") && line.kind(at + 1) != Some(AtomKind::Digits);
            (term.power != 1 || capital && short).then_some((term, to))
        }
        None => None,
    }
}

/// The symbol at atom `i` with its exponent: "m", "m2", "m²", "m^2", "s-1", "s⁻¹".
fn term(line: &Line<'_>, i: usize) -> Option<(Term, usize)> {
    let text = line.str(i);
    if line.kind(i) != Some(AtomKind::Word) {
        return None;
    }
    let bare = text.trim_end_matches(|c: char| matches!(c, '2'..='6' | '²' | '³' | '⁴'));
    if bare.len() < text.len() {
        return Some((Term { unit: symbol(bare)?, power: small(&text[bare.len()..])? }, i + 1));
    }
    let unit = symbol(text)?;
    let raised = line.mark(i + 1) == Some('^') && line.glued(i + 1);
    let at = if raised { i + 2 } else { i + 1 };
    let negative = matches!(line.mark(at), Some('-' | '−' | '–' | '⁻')) && line.glued(at) && line.glued(at + 1);
    let digits = if negative { at + 1 } else { at };
    let ends = !line.glued(digits + 1) || line.mark(digits + 1).is_some();
    match small(line.str(digits)).filter(|_| ends && line.glued(digits) && (raised || negative)) {
        Some(power) => Some((Term { unit, power: if negative { -power } else { power } }, digits + 1)),
        None => Some((Term { unit, power: 1 }, i + 1)),
    }
}

/// An exponent.
fn small(digits: &str) -> Option<i32> {
    Some(match digits {
        "1" | "¹" => 1,
        "2" | "²" => 2,
        "3" | "³" => 3,
        "4" | "⁴" => 4,
        _ => return None,
    })
}

/// The name of a unit to a power: "square metre".
fn power_name(unit: &Unit, power: i32) -> Option<String> {
    Some(match power {
        1 => unit.name.clone(),
        2 => format!("square {}", unit.name),
        3 => format!("cubic {}", unit.name),
        4 => format!("{} to the fourth", unit.name),
        _ => return None,
    })
}

/// The product of the terms.
fn unit(terms: &[Term]) -> Option<Unit> {
    let (over, under): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|t| t.power > 0);
    let names = |list: &[&Term], join: &str| {
        let names: Option<Vec<String>> = list.iter().map(|t| power_name(t.unit, t.power.abs())).collect();
        Some(names?.join(join))
    };
    let per = (!under.is_empty()).then(|| names(&under, " per ")).flatten();
    let Some(first) = over.first() else {
        let name = format!("inverse {}", names(&under, " ")?);
        return Some(Unit { dimension: Dimension::Other, name, factor: Decimal::ONE, offset: Decimal::ZERO, per: None });
    };
    let name = names(&over, " ")?;
    let mut unit = match named(&name) {
        Some(unit) => unit,
        None => {
            let mut factor = Decimal::ONE;
            for term in &over {
                for _ in 0..term.power {
                    factor = factor.checked_mul(term.unit.factor)?;
                }
            }
            let (dimension, factor) = match (first.unit.dimension, first.power, over.len()) {
                (Dimension::Length, 2, 1) => (Dimension::Area, factor),
                (Dimension::Length, 3, 1) => (Dimension::Volume, factor.checked_mul(Decimal::ONE_THOUSAND)?),
                _ => (Dimension::Other, factor),
            };
            Unit { dimension, name, factor, offset: Decimal::ZERO, per: None }
        }
    };
    match per {
        Some(per) => unit = super::rated(unit, &per),
        None if unit.factor.is_zero() => return None,
        None => {}
    }
    Some(unit)
}
