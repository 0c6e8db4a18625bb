//! Figures that figures give.

use rust_decimal::Decimal;

use super::{Derivation, Fact, Ours, amount, bound, is_near, kin, renders};
use crate::{
    claim::{Approximation, Dimension, Direction, Extent, Form, Quantity},
    prose,
};

/// "Seven casualties" of "three killed and four wounded": two figures of the sources as a sum, if both count the same thing; as a sum or a
/// difference, if they stand in one sentence and one of them does; or all figures of a sentence.
pub(super) fn sum(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let bounded = amount(q).is_none();
    let total = amount(q).or_else(|| bound(q))?;
    let counted = ours.noun();
    let change = q.change.is_some_and(|c| c.extent == Extent::By);
    let parts: Vec<Part<'_, '_>> = facts.iter().flat_map(|f| parts(f, q, counted.as_deref())).collect();
    // A part that is lost in rounding says nothing.
    let gives = |exact: Option<Decimal>, a: &Part<'_, '_>, b: &Part<'_, '_>| {
        let counts = a.amount.min(b.amount).abs() * Decimal::from(20) >= total.abs() && a.amount.min(b.amount) >= q.step;
        let hedged = counts && (bounded || q.approximation != Approximation::None || q.step > a.step.min(b.step));
        let near = |exact: Decimal| !bounded || is_near(total, exact);
        exact.is_some_and(|exact| exact == total && !bounded || hedged && near(exact) && renders(q, exact))
    };
    let mut found: Option<Derivation> = None;
    let mut propose = |derivation: Derivation| {
        if found.as_ref().is_none_or(|f| !f.is_certain && derivation.is_certain) {
            found = Some(derivation);
        }
    };
    for (i, a) in parts.iter().enumerate() {
        for b in &parts[i + 1..] {
            if a.at() == b.at() && a.amount == b.amount {
                continue;
            }
            let one_sentence = a.fact.passage == b.fact.passage;
            let nouns = [a.same_noun, b.same_noun];
            // "Of four", where five of nine are told of.
            let is_rest = counted.is_none() && a.is_share() != b.is_share();
            let counts_it =
                if one_sentence { nouns.contains(&Some(true)) || change || is_rest } else { nouns == [Some(true); 2] };
            if !counts_it {
                continue;
            }
            // "Two of the men" are among the three.
            let apart = a.is_share() == b.is_share();
            let both = one_sentence && a.at() != b.at() && a.amount != Decimal::ZERO && b.amount != Decimal::ZERO;
            if apart && gives(a.amount.checked_add(b.amount), a, b) {
                let left_out = a.fact.is_left_out(ours) || b.fact.is_left_out(ours);
                let certain = both && !change && !nouns.contains(&Some(false)) && !left_out && of_one_sort(a, b);
                propose(Derivation::of(&[a.fact, b.fact], certain));
            } else if one_sentence && gives(a.amount.checked_sub(b.amount).map(|d| d.abs()), a, b) {
                propose(Derivation::of(&[a.fact, b.fact], both && (change || compares(ours)) && !wrong_way(q, a, b)));
            }
        }
    }
    // "18 went to one, 14 to another and eight to the rest": all of one sentence.
    for passage in 0..=facts.last()?.passage {
        let here = || parts.iter().filter(move |p| p.fact.passage == passage && !p.is_share());
        let sum = here().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.amount));
        if here().count() > 2 && here().any(|p| p.same_noun == Some(true)) && sum == Some(total) && !bounded {
            let all: Vec<&Fact<'_>> = here().map(|p| p.fact).collect();
            let certain = here().all(|p| p.same_noun != Some(false) && !p.fact.is_left_out(ours));
            propose(Derivation::of(&all, certain));
        }
    }
    found
}

/// A figure of a source.
struct Part<'f, 'e> {
    fact: &'f Fact<'e>,
    amount: Decimal,
    step: Decimal,
    /// Whether it is said to count what the draft's figure counts; `None` if it is not said.
    same_noun: Option<bool>,
}

impl Part<'_, '_> {
    fn at(&self) -> (usize, u32) {
        (self.fact.passage, self.fact.index)
    }

    /// Whether it is said to be a part of a whole: "two of the men".
    fn is_share(&self) -> bool {
        self.fact.quantity().is_some_and(|q| q.base.is_some())
    }
}

/// The amounts of a figure: two if it is a range.
fn parts<'f, 'e>(fact: &'f Fact<'e>, ours: &Quantity, counted: Option<&str>) -> Vec<Part<'f, 'e>> {
    let Some(theirs) = fact.quantity().filter(|q| q.form == Form::Cardinal) else { return Vec::new() };
    let unit = if ours.unit.is_some() && theirs.unit.is_none() { None } else { Some(alike(ours, theirs)) };
    if unit == Some(false) {
        return Vec::new();
    }
    let same_noun = match (counted, fact.noun()) {
        (Some(a), Some(b)) => Some(a == b || kin(a, &b)),
        _ => unit.filter(|_| ours.unit.is_some()),
    };
    let ends = [theirs.low, theirs.high.filter(|_| theirs.high != theirs.low)];
    ends.into_iter().flatten().map(|amount| Part { fact, amount, step: theirs.step, same_noun }).collect()
}

/// Whether two parts of a whole are written alike: both counts, or both amounts in one unit.
fn of_one_sort(a: &Part<'_, '_>, b: &Part<'_, '_>) -> bool {
    let unit = |p: &Part<'_, '_>| p.fact.quantity().and_then(|q| q.unit.as_ref()).map(|u| u.name.clone());
    let plain = |p: &Part<'_, '_>| p.fact.quantity().is_some_and(|q| q.low == q.high && q.base.is_none() && q.change.is_none());
    unit(a) == unit(b) && plain(a) && plain(b)
}

/// Whether the draft compares two amounts: "500 more than", "two years older than".
fn compares(ours: &Ours<'_>) -> bool {
    let end = ours.reading.prose.sentences[ours.mention.sentence as usize].span.end;
    let after = super::words(ours.reading, crate::text::Span { start: ours.mention.span.end, end });
    after.iter().take(5).any(|w| w == "than")
}

/// Whether the draft's figure rose and the source's fell, or the other way.
fn wrong_way(ours: &Quantity, a: &Part<'_, '_>, b: &Part<'_, '_>) -> bool {
    let Some(direction) = ours.change.and_then(|c| c.direction) else { return false };
    let of = |p: &Part<'_, '_>| p.fact.quantity().and_then(|q| q.change).and_then(|c| c.direction);
    [of(a), of(b)].into_iter().flatten().any(|d| d != direction)
}

/// Whether both are in one unit, or one is the difference of two percentages.
fn alike(a: &Quantity, b: &Quantity) -> bool {
    match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.name == b.name || a.dimension == Dimension::PercentagePoint && b.dimension == Dimension::Percent,
        (None, None) => true,
        _ => false,
    }
}

fn is_percent(q: &Quantity) -> bool {
    q.form == Form::Cardinal && q.is_percentage()
}

/// A share as a number between 0 and 1, or more: of a fraction or a percentage.
fn ratio(q: &Quantity) -> Option<Decimal> {
    match q.form {
        Form::Fraction => q.low.filter(|_| q.low == q.high),
        _ if is_percent(q) => amount(q)?.checked_div(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

/// Whether a share of the draft renders an exact one. A fraction is rounder than a percentage.
fn renders_share(ours: &Quantity, exact: Decimal) -> bool {
    match ours.form {
        Form::Fraction if ours.approximation == Approximation::None && ours.low == ours.high => {
            ours.low.is_some_and(|v| (v - exact).abs() * Decimal::from(25) <= v)
        }
        Form::Fraction => renders(ours, exact),
        _ => exact.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|exact| renders(ours, exact)),
    }
}

/// Whether a count of a source is the whole of which the draft gives a share: it counts the same noun.
fn is_whole(ours: &Ours<'_>, fact: &Fact<'_>) -> bool {
    let (Some(a), Some(b)) = (ours.noun(), fact.noun()) else { return false };
    prose::stem(&a) == prose::stem(&b)
}

/// A plain count.
fn count(fact: &Fact<'_>) -> Option<Decimal> {
    let q = fact.quantity().filter(|q| q.unit.is_none() && q.change.is_none())?;
    amount(q).filter(|v| *v > Decimal::ZERO)
}

/// "A quarter of the schools" of "48 schools" and "12 of them": a share of what one sentence counts.
pub(super) fn share(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity().filter(|q| q.change.is_none())?;
    ratio(q)?;
    let mut found = None;
    for whole in facts.iter().filter(|f| is_whole(ours, f)) {
        let Some(all) = count(whole) else { continue };
        for part in facts.iter().filter(|f| f.passage == whole.passage && f.index != whole.index) {
            let Some(some) = count(part).filter(|some| *some < all) else { continue };
            if part.noun().is_some_and(|noun| whole.noun().is_none_or(|all| !kin(&noun, &all))) {
                continue;
            }
            let Some(exact) = some.checked_div(all) else { continue };
            if renders_share(q, exact) && !part.is_left_out(ours) {
                return Some(Derivation::of(&[whole, part], true));
            }
            // What is left of it.
            if renders_share(q, Decimal::ONE - exact) {
                found = found.or(Some(Derivation::of(&[whole, part], false)));
            }
        }
    }
    found
}

/// "Twelve schools" of "25 percent of the 48 schools".
pub(super) fn whole(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity().filter(|q| q.unit.is_none())?;
    amount(q)?;
    for all in facts.iter().filter(|f| is_whole(ours, f)) {
        let Some(total) = count(all) else { continue };
        for part in facts.iter().filter(|f| f.passage == all.passage) {
            let share = part.quantity().filter(|s| s.change.is_none()).and_then(ratio).filter(|r| *r < Decimal::ONE);
            let Some(exact) = share.and_then(|r| total.checked_mul(r)) else { continue };
            if renders(q, exact) {
                return Some(Derivation::of(&[all, part], !part.is_left_out(ours)));
            }
        }
    }
    None
}

/// "Rose by a quarter" of "from 40 to 50", "to 50" of "from 40" and "by 10": an end of a movement or how far it went, of the two others.
pub(super) fn movement(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let extent = match (q.change, q.form) {
        (Some(change), _) => change.extent,
        (None, Form::Multiple) => Extent::By,
        _ => return None,
    };
    let of = |f: &Fact<'_>, extent: Extent| f.quantity().filter(|q| q.change.is_some_and(|c| c.extent == extent)).is_some();
    let pairs = facts.iter().enumerate().flat_map(|(i, a)| facts[i + 1..].iter().map(move |b| (a, b)));
    let pairs = pairs.filter(|(a, b)| a.passage == b.passage).flat_map(|(a, b)| [(a, b), (b, a)]);
    for (a, b) in pairs {
        if [a, b].iter().any(|f| f.quantity().is_some_and(|s| turns(q, s))) {
            continue;
        }
        let fits = match extent {
            Extent::By if of(a, Extent::From) && of(b, Extent::To) => went(q, a.quantity()?, b.quantity()?),
            Extent::From if of(a, Extent::To) && of(b, Extent::By) => other_end(q, a.quantity()?, b.quantity()?, false),
            Extent::To if of(a, Extent::From) && of(b, Extent::By) => other_end(q, a.quantity()?, b.quantity()?, true),
            _ => continue,
        };
        if fits {
            return Some(Derivation::of(&[a, b], true));
        }
    }
    None
}

/// Whether one rose and the other fell.
fn turns(ours: &Quantity, theirs: &Quantity) -> bool {
    let direction = |q: &Quantity| q.change.and_then(|c| c.direction);
    matches!((direction(ours), direction(theirs)), (Some(a), Some(b)) if a != b)
}

/// Whether the draft's figure is how far it is from one end to the other. "From 40 to 50 cents" has its unit once.
fn went(ours: &Quantity, from: &Quantity, to: &Quantity) -> bool {
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| u.name.clone());
    let (Some(a), Some(b)) = (amount(from), amount(to)) else { return false };
    if unit(from) != unit(to) && from.unit.is_some() || a.is_zero() {
        return false;
    }
    let Some(gap) = b.checked_sub(a) else { return false };
    let direction = if gap.is_sign_negative() { Direction::Down } else { Direction::Up };
    if ours.change.and_then(|c| c.direction).is_some_and(|d| d != direction) {
        return false;
    }
    let relative = gap.abs().checked_div(a);
    match ours.form {
        Form::Multiple => b.checked_div(a).is_some_and(|times| renders(ours, times)),
        Form::Fraction => relative.is_some_and(|r| renders_share(ours, r)),
        _ if is_percent(ours) => relative.is_some_and(|r| renders_share(ours, r)),
        _ => (alike(ours, to) || unit(ours) == unit(to)) && renders(ours, gap.abs()),
    }
}

/// Whether the draft's figure is one end of a movement of which a source gives the other, and how far it went.
fn other_end(ours: &Quantity, end: &Quantity, by: &Quantity, forward: bool) -> bool {
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| u.name.clone());
    let Some(known) = amount(end).filter(|_| unit(ours) == unit(end) || ours.unit.is_none()) else { return false };
    let down = by.change.and_then(|c| c.direction) == Some(Direction::Down);
    let factor = match by.form {
        Form::Multiple => by.low.filter(|_| by.low == by.high),
        _ => ratio(by).map(|r| if down { Decimal::ONE - r } else { Decimal::ONE + r }),
    };
    let exact = match factor {
        Some(factor) if forward => known.checked_mul(factor),
        Some(factor) => known.checked_div(factor),
        None if alike(by, end) => {
            amount(by).and_then(|by| if down == forward { known.checked_sub(by) } else { known.checked_add(by) })
        }
        None => None,
    };
    exact.is_some_and(|exact| renders(ours, exact))
}

/// "500 dollars" of "400 pounds", where one sentence says that a pound is 1.25 dollars.
pub(super) fn converted(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let (code, _) = (money(q)?, amount(q)?);
    if !facts.iter().any(|f| priced(f).is_some()) {
        return None;
    }
    let amounts: Vec<Fact<'_>> = ours.elsewhere().filter(|f| priced(f).is_some()).collect();
    for paid in facts {
        let Some((theirs, sum)) = priced(paid).filter(|(theirs, _)| *theirs != code) else { continue };
        for a in amounts.iter().filter(|f| priced(f).is_some_and(|(c, _)| c == code)) {
            let is_paid = |f: &Fact<'_>| std::ptr::eq(f.mention, paid.mention);
            let beside =
                |f: &&Fact<'_>| std::ptr::eq(f.reading, a.reading) && f.mention.sentence == a.mention.sentence && !is_paid(f);
            let Some(b) = amounts.iter().filter(beside).find(|f| priced(f).is_some_and(|(c, _)| c == theirs)) else { continue };
            let rate = priced(a).zip(priced(b)).and_then(|(a, b)| a.1.checked_div(b.1));
            let exact = rate.and_then(|rate| sum.checked_mul(rate));
            let near = |exact: Decimal| (exact - q.low.unwrap_or_default()).abs() * Decimal::from(50) <= exact;
            if exact.is_some_and(|exact| renders(q, exact) || near(exact)) {
                return Some(Derivation::of(&[paid, a, b], true));
            }
        }
    }
    None
}

/// The code of a currency. "One pound" by itself may be a weight.
fn money(q: &Quantity) -> Option<&str> {
    let unit = q.unit.as_ref().filter(|u| u.per.is_none())?;
    match unit.dimension {
        Dimension::Money => Some(&unit.name),
        Dimension::Mass if unit.name == "pound" => Some("GBP"),
        _ => None,
    }
}

fn priced<'e>(fact: &Fact<'e>) -> Option<(&'e str, Decimal)> {
    let q = fact.quantity()?;
    Some((money(q)?, amount(q).filter(|v| !v.is_zero())?))
}
