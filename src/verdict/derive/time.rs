//! Durations and ages that dates give.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Derivation, Fact, Ours, amount, before, between, renders};
use crate::{
    claim::{DateForm, DateMention, Dimension, Edge, Form, Quantity, Reading},
    verdict::age,
};

const DAY: Decimal = Decimal::from_parts(86_400, 0, 0, false, 0);
/// The mean year of the calendar, as in the table of units.
const YEAR: Decimal = Decimal::from_parts(31_556_952, 0, 0, false, 0);
/// Words between two dates that belong together: "from 9 to 11", "began on 3 March and ended on 17 March".
const APART: usize = 5;

/// How many of its unit a span of time of so many seconds is.
fn spell(q: &Quantity) -> Option<impl Fn(Decimal) -> Option<Decimal>> {
    let unit = q.unit.as_ref().filter(|u| u.dimension == Dimension::Time && u.per.is_none())?;
    let factor = unit.factor;
    (q.form == Form::Cardinal && q.change.is_none()).then_some(move |seconds: Decimal| seconds.checked_div(factor))
}

/// "Two hours" of "from 9 to 11 a.m.", "four years" of "from 2019 to 2023".
pub(super) fn duration(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let spell = spell(q)?;
    let dates: Vec<&Fact<'_>> = facts.iter().filter(|f| f.date().is_some()).collect();
    let mut found = None;
    for pair in dates.windows(2) {
        let (&[a, b], true) = (pair, pair[0].passage == pair[1].passage) else { continue };
        let (Some(x), Some(y)) = (a.date(), b.date()) else { continue };
        let joined = between(a.reading, a.mention, b.mention).len() <= APART;
        for (seconds, exact) in apart(x, y).into_iter().flatten() {
            if spell(seconds).is_some_and(|n| renders(q, n)) {
                let derivation = Derivation::of(&[a, b], exact && joined);
                if derivation.is_certain {
                    return Some(derivation);
                }
                found = found.or(Some(derivation));
            }
        }
    }
    found
}

/// The seconds between two dates of one sort, and whether that is all that is between: both ends may count, or neither.
fn apart(a: &DateMention, b: &DateMention) -> Option<Vec<(Decimal, bool)>> {
    let whole = |n: i64, unit: Decimal| -> Vec<(Decimal, bool)> {
        let n = Decimal::from(n.abs());
        vec![(n * unit, true), ((n + Decimal::ONE) * unit, false), ((n - Decimal::ONE) * unit, false)]
    };
    if let (Some(x), Some(y)) = (&a.clock, &b.clock) {
        let day = if x.twelve || y.twelve { 12 * 60 } else { 24 * 60 };
        let minutes = (i64::from(y.minute) - i64::from(x.minute)).rem_euclid(day);
        return (x.zone == y.zone || x.zone.is_none()).then(|| vec![(Decimal::from(minutes * 60), true)]);
    }
    if a.set || b.set || a.floating || b.floating {
        return None;
    }
    match (a.form, b.form) {
        (DateForm::Year, DateForm::Year) => Some(whole(i64::from(b.year?) - i64::from(a.year?), YEAR)),
        (DateForm::Month, DateForm::Month) => {
            let months = |d: Date| i64::from(d.year()) * 12 + i64::from(d.month());
            Some(whole(months(b.earliest?) - months(a.earliest?), YEAR / Decimal::from(12)))
        }
        _ => {
            let day = |d: &DateMention| d.earliest.filter(|_| d.earliest == d.latest);
            Some(whole(days(day(a)?, day(b)?)?, DAY))
        }
    }
}

fn days(a: Date, b: Date) -> Option<i64> {
    Some(i64::from(a.until(b).ok()?.get_days()))
}

/// The days on which a claim and a source speak: those of their publication.
fn now<'a>(ours: &'a Ours<'_>, fact: &'a Fact<'_>) -> impl Iterator<Item = Date> + 'a {
    let day = |reading: &Reading| reading.prose.document.meta.published;
    let (a, b) = (day(ours.reading), day(fact.reading));
    a.into_iter().chain(b.filter(|_| a != b))
}

/// "For 35 years" of "since 1990".
pub(super) fn until_now(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let spell = spell(q)?;
    let mut found = None;
    for fact in facts {
        let Some(date) = fact.date().filter(|d| !d.set && !d.floating) else { continue };
        for today in now(ours, fact) {
            let spans = match (date.form, date.year, date.earliest) {
                (DateForm::Year, Some(year), _) => {
                    let n = Decimal::from(today.year() - year);
                    vec![n * YEAR, (n - Decimal::ONE) * YEAR]
                }
                (_, _, Some(day)) if day < today => vec![Decimal::from(days(day, today).unwrap_or(0)) * DAY],
                _ => continue,
            };
            let fits = spans.into_iter().filter(|s| *s > Decimal::ZERO).any(|s| spell(s).is_some_and(|n| renders(q, n)));
            if fits {
                let derivation = Derivation::of(&[fact], date.edge == Some(Edge::After) && lasts(ours));
                if derivation.is_certain {
                    return Some(derivation);
                }
                found = found.or(Some(derivation));
            }
        }
    }
    found
}

/// Whether the draft says that something lasted: "for 35 years".
fn lasts(ours: &Ours<'_>) -> bool {
    before(ours.reading, ours.mention).iter().rev().take(3).any(|w| w == "for")
}

/// "Since 1990" of "for 35 years".
pub(super) fn began(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let date = ours.date().filter(|d| d.form == DateForm::Year)?;
    let year = date.year?;
    let mut found = None;
    for fact in facts {
        let Some(q) = fact.quantity() else { continue };
        let unit = q.unit.as_ref().filter(|u| u.dimension == Dimension::Time && u.factor >= YEAR && u.per.is_none());
        let (Some(unit), Some(n)) = (unit, amount(q)) else { continue };
        for today in now(ours, fact) {
            let then =
                n.checked_mul(unit.factor).and_then(|s| s.checked_div(YEAR)).map(|years| Decimal::from(today.year()) - years);
            if then == Some(Decimal::from(year)) {
                let lasts = before(fact.reading, fact.mention).iter().rev().take(3).any(|w| w == "for");
                let derivation = Derivation::of(&[fact], date.edge == Some(Edge::After) && lasts);
                if derivation.is_certain {
                    return Some(derivation);
                }
                found = found.or(Some(derivation));
            }
        }
    }
    found
}

/// "Marta Klee, 64," of "Marta Klee, born in 1961".
pub(super) fn age(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let gives = |f: &&Fact<'_>| f.date().is_some() && age::is_given(ours.reading, ours.mention, (f.reading, f.mention));
    facts.iter().find(gives).map(|fact| Derivation::of(&[fact], true))
}
