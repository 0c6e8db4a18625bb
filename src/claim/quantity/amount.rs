//! One amount: sign, currency, numeral, unit, and amounts in two units.

use rust_decimal::Decimal;

use super::{
    guard,
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        numeral::{self, Shape, Spelled, parse},
        unit::{self, Dimension, Unit},
    },
    prose::Tag,
};

/// One amount: sign, currency, numeral, unit.
pub(super) struct Amount {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) spelled: Spelled,
    pub(super) unit: Option<Unit>,
    /// Whether the unit stands before the numeral, as a currency.
    pub(super) leading: bool,
    pub(super) tied: bool,
    /// Whether a later unit makes it an age: "17- and 12-year-olds".
    pub(super) age: bool,
}

/// Sign, currency, numeral and unit at atom `i`.
pub(super) fn read(line: &Line<'_>, i: usize, free: usize) -> Option<Amount> {
    let mut at = i;
    let mut negative = false;
    // A minus touches its digits and nothing before, but for a bracket.
    let open = !line.glued(at) || at == 0 || matches!(line.mark(at - 1), Some('(' | '<' | '>'));
    let minus = matches!(line.mark(at), Some('-' | '−' | '–')) && line.glued(at + 1) && open;
    if minus || matches!(line.word(at), "minus" | "negative") {
        negative = true;
        at += 1;
    }
    let mut unit = None;
    if let Some((currency, next)) = unit::before(line, at) {
        unit = Some(currency);
        at = next;
    }
    // $-99.99.
    if unit.is_some() && !negative && matches!(line.mark(at), Some('-' | '−')) && line.glued(at) && line.glued(at + 1) {
        negative = true;
        at += 1;
    }
    let mut spelled = parse(line, at)?;
    if negative && !spelled.digits && line.mark(i).is_some() {
        return None;
    }
    if unit.is_none() && guard::is_name(line, &spelled, free) {
        return None;
    }
    if negative {
        spelled.value = -spelled.value;
    }
    let leading = unit.is_some();
    let mut out = Amount { from: i, to: spelled.to, spelled, unit, leading, tied: false, age: false };
    if spelled.shape != Shape::Ordinal {
        millions(&mut out);
        if !feet_and_inches(line, &mut out) {
            add_unit(line, &mut out);
        }
    }
    Some(out)
}

/// 6'2".
fn feet_and_inches(line: &Line<'_>, amount: &mut Amount) -> bool {
    let at = amount.to;
    let marked = matches!(line.mark(at), Some('\'' | '’' | '′')) && line.glued(at) && line.glued(at + 1);
    if !marked || amount.unit.is_some() || !amount.spelled.digits || !is_inches(line, at + 1) {
        return false;
    }
    let value = amount.spelled.value.checked_mul(Decimal::from(12)).and_then(|v| v.checked_add(line.value_of(at + 1).into()));
    let (Some(value), Some(inch)) = (value, unit::named("inch")) else { return false };
    (amount.spelled.value, amount.spelled.to, amount.to, amount.unit) = (value, at + 2, at + 2, Some(inch));
    if matches!(line.mark(at + 2), Some('"' | '”' | '″')) && line.glued(at + 2) {
        amount.to += 1;
    }
    true
}

/// Whether the digits at atom `i` can be the inches after feet.
fn is_inches(line: &Line<'_>, i: usize) -> bool {
    line.kind(i) == Some(AtomKind::Digits) && line.str(i).len() <= 2 && line.value_of(i) < 12
}

/// Takes the unit after the numeral. After a leading currency only a word that repeats it is taken: "$5 million dollars", "$5 Canadian".
fn add_unit(line: &Line<'_>, amount: &mut Amount) {
    let (tied, at) = if line.ties(amount.to) { (true, amount.to + 1) } else { (false, amount.to) };
    let Some((found, to)) = unit_at(line, at, amount).or_else(|| in_brackets(line, at, amount)) else { return };
    let money = found.dimension == Dimension::Money;
    if amount.leading && !money {
        return;
    }
    // "50-cent", "five-hour": the word is tied to what follows.
    amount.tied = tied;
    amount.to = to;
    if !amount.leading || amount.unit.as_ref().is_some_and(|u| u.name == "USD") {
        // "−273° on the Celsius scale".
        let scale = line.word(to) == "on" && line.word(to + 1) == "the" && line.word(to + 3) == "scale";
        let named = (found.name == "degree" && scale).then(|| unit::after(line, to + 2, false)).flatten();
        amount.unit = Some(named.map_or(found, |n| n.0));
    }
    millions(amount);
    below_zero(line, amount);
    // "75 USD million".
    if money
        && amount.spelled.scale.is_none()
        && let Some(scale) = numeral::scale(line.word(to))
        && let Some(value) = amount.spelled.value.checked_mul(scale)
        && let Some(step) = amount.spelled.step.checked_mul(scale)
    {
        (amount.spelled.value, amount.spelled.step, amount.spelled.scale) = (value, step, Some(scale));
        amount.to = to + 1;
    }
}

/// "20 (kg)".
fn in_brackets(line: &Line<'_>, at: usize, amount: &Amount) -> Option<(Unit, usize)> {
    let closing = match line.mark(at)? {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => return None,
    };
    // "(m)" and "(h)" say other things beside a figure.
    if !amount.spelled.digits || amount.leading || line.str(at + 1).len() < 2 && line.mark(at + 1).is_none() {
        return None;
    }
    let (unit, to) = unit::after(line, at + 1, true).filter(|(_, to)| line.mark(*to) == Some(closing))?;
    Some((unit, to + 1))
}

/// "10 degrees below zero".
fn below_zero(line: &Line<'_>, amount: &mut Amount) {
    let degrees = amount.unit.as_ref().is_some_and(|u| u.name.starts_with("degree"));
    if degrees && line.word(amount.to) == "below" && line.word(amount.to + 1) == "zero" && amount.spelled.value > Decimal::ZERO {
        amount.spelled.value = -amount.spelled.value;
        amount.to += 2;
    }
}

/// "30 MUSD" is thirty million.
fn millions(amount: &mut Amount) {
    let Some(unit) = amount.unit.as_mut().filter(|u| u.dimension == Dimension::Money && u.factor > Decimal::ONE) else { return };
    let (value, step) = (amount.spelled.value.checked_mul(unit.factor), amount.spelled.step.checked_mul(unit.factor));
    if let (Some(value), Some(step)) = (value, step) {
        (amount.spelled.value, amount.spelled.step, amount.spelled.scale) = (value, step, Some(unit.factor));
        unit.factor = Decimal::ONE;
    }
}

fn unit_at(line: &Line<'_>, at: usize, amount: &Amount) -> Option<(Unit, usize)> {
    // "two more years".
    if matches!(line.word(at), "more" | "additional" | "extra" | "further") && matches!(amount.spelled.shape, Shape::Cardinal) {
        let (unit, to) = unit::after(line, at + 1, false)?;
        return matches!(unit.dimension, Dimension::Time | Dimension::Length | Dimension::Volume | Dimension::Mass)
            .then_some((unit, to));
    }
    // "half an hour", "a quarter of a mile".
    let skip = match line.word(at) {
        "a" | "an" if amount.spelled.shape == Shape::Fraction => 1,
        "of" if matches!(amount.spelled.shape, Shape::Vague { .. }) => 1,
        "of" if matches!(line.word(at + 1), "a" | "an") && amount.spelled.shape == Shape::Fraction => 2,
        _ => 0,
    };
    // "a quarter point", "half-point".
    if amount.spelled.shape == Shape::Fraction && matches!(line.word(at), "point" | "points") {
        return Some((unit::named("percentage point")?, at + 1));
    }
    // "five million USD" has its code in capitals as after digits.
    let symbols = amount.spelled.digits || amount.spelled.scale.is_some();
    let (mut unit, to) = unit::after(line, at + skip, symbols)?;
    if skip > 0 && unit.dimension == Dimension::Percent {
        return None;
    }
    // "237 year 11 students".
    if line.word(to - 1) == "year" && line.kind(to) == Some(AtomKind::Digits) && amount.spelled.value > Decimal::ONE {
        return None;
    }
    // "3 won medals", "two cup finals".
    let small = amount.spelled.value < Decimal::ONE_THOUSAND;
    if unit.name == "KRW" && small && line.word(to - 1) == "won"
        || unit.name == "cup" && line.word(to - 1) == "cup" && amount.spelled.value > Decimal::ONE
    {
        return None;
    }
    // "three stone houses", a screen of 1080p.
    let pence = line.word(to - 1) == "p" && amount.spelled.value > Decimal::from(200);
    if pence || line.word(to - 1) == "stone" && matches!(line.tag(to), Tag::Noun | Tag::Adjective) {
        return None;
    }
    // Pounds of weight and of money: millions of them are money, and what is paid.
    let millions = || amount.spelled.scale.is_some_and(|s| s >= Decimal::from(1_000_000));
    if unit.name == "pound"
        && unit.dimension == Dimension::Mass
        && (millions() || line.word(to) != "of" && is_price(line, amount.spelled.from))
    {
        unit = unit::currency("GBP")?;
    }
    Some((unit, to))
}

/// Whether what stands before a figure says that it is paid: "cost", "sold for".
fn is_price(line: &Line<'_>, from: usize) -> bool {
    let before = |n: usize| from.checked_sub(n).map_or("", |k| line.word(k));
    match before(1) {
        "for" => words::is(before(2), Class::Sale),
        word => words::is(word, Class::Price),
    }
}

/// One of a unit, "an hour", whose article stands at atom `i` and whose unit ends before atom `to`, with what follows: "an hour and 45
/// minutes".
pub(super) fn one_of(line: &Line<'_>, i: usize, to: usize, unit: Unit) -> Amount {
    let spelled = Spelled {
        from: i,
        to,
        value: Decimal::ONE,
        step: Decimal::ONE,
        shape: Shape::Cardinal,
        digits: false,
        scale: None,
        article: true,
    };
    compound(line, Amount { from: i, to, spelled, unit: Some(unit), leading: false, tied: false, age: false })
}

/// "5 feet 6 inches", "2 hours and 10 minutes": both in the smaller unit.
pub(super) fn compound(line: &Line<'_>, mut first: Amount) -> Amount {
    loop {
        let Some(unit) = first
            .unit
            .clone()
            .filter(|u| matches!(u.dimension, Dimension::Length | Dimension::Time | Dimension::Mass | Dimension::Money))
        else {
            return first;
        };
        let mut at = first.to;
        if line.word(at) == "and" || line.mark(at) == Some(',') {
            at += 1;
        }
        // "a 6-foot-2 guard".
        // "5 feet 6".
        let (tied, inches) = if line.ties(at) { (true, at + 1) } else { (false, at) };
        let full = line.word(inches + 1) == "in" && matches!(line.word(first.to - 1), "ft" | "foot" | "feet");
        let alone = full
            || line.word(inches + 1).is_empty() && !matches!(line.mark(inches + 1), Some('%' | '-' | '–'))
            || matches!(line.word(inches + 1), "tall" | "high" | "long" | "wide" | "deep" | "and");
        if unit.name == "foot" && is_inches(line, inches) && (tied || at == first.to && alone) {
            let inches = line.value_of(inches).into();
            let value = first.spelled.value.checked_mul(Decimal::from(12)).and_then(|v| v.checked_add(inches));
            let (Some(value), Some(inch)) = (value, unit::named("inch")) else { return first };
            (first.spelled.value, first.spelled.step, first.unit) = (value, Decimal::ONE, Some(inch));
            let to = if tied || full { at + 2 } else { at + 1 };
            (first.spelled.to, first.to, first.tied) = (to, to, tied);
            if line.ties(first.to) && matches!(line.word(first.to + 1), "inch" | "inches") {
                first.to += 2;
            }
            return first;
        }
        if let Some((cents, to)) = bare_cents(line, &first, &unit) {
            let Some(value) = first.spelled.value.checked_add(cents) else { return first };
            (first.spelled.value, first.spelled.step) = (value, Decimal::new(1, 2));
            (first.spelled.to, first.to) = (to, to);
            return first;
        }
        let Some(second) = read(line, at, at) else { return first };
        let Some(smaller) = second.unit.as_ref().filter(|u| {
            u.dimension == unit.dimension
                && u.factor < unit.factor
                && (follows(&unit.name, &u.name) || u.dimension == Dimension::Money && is_part(&u.name, &unit.name))
        }) else {
            return first;
        };
        // "3 dollars 50 cents" are dollars.
        if unit.dimension == Dimension::Money {
            let cents = second.spelled.value.checked_mul(smaller.factor);
            let Some(value) = cents.and_then(|c| first.spelled.value.checked_add(c)) else { return first };
            (first.spelled.value, first.spelled.step) = (value, smaller.factor);
            (first.spelled.to, first.to) = (second.spelled.to, second.to);
            return first;
        }
        let larger = |v: Decimal| v.checked_mul(unit.factor)?.checked_div(smaller.factor);
        let Some(value) = larger(first.spelled.value).and_then(|v| v.checked_add(second.spelled.value)) else { return first };
        first.spelled.value = value.normalize();
        first.spelled.step = second.spelled.step;
        first.spelled.to = second.spelled.to;
        first.to = second.to;
        first.unit = second.unit;
    }
}

/// Whether coins of one currency, by its name, can be parts of another: "3 Canadian dollars 50 cents".
fn is_part(coin: &str, whole: &str) -> bool {
    coin == whole || coin == "USD" && !matches!(whole, "GBP" | "JPY" | "KRW" | "BTC")
}

/// "15 dollars 50", "15 dollars and 50": cents without their name, at the end of a phrase. Their part of the whole, and one past the
/// last atom.
fn bare_cents(line: &Line<'_>, first: &Amount, unit: &Unit) -> Option<(Decimal, usize)> {
    let plain = unit.dimension == Dimension::Money && unit.factor == Decimal::ONE && unit.per.is_none();
    let word = line.word(first.to - 1);
    if !plain || first.leading || word.len() < 3 || first.spelled.scale.is_some() || !first.spelled.value.fract().is_zero() {
        return None;
    }
    let at = if line.word(first.to) == "and" { first.to + 1 } else { first.to };
    let cents = parse(line, at).filter(|c| c.shape == Shape::Cardinal && c.scale.is_none())?;
    let two = cents.value.fract().is_zero() && (Decimal::TEN..Decimal::ONE_HUNDRED).contains(&cents.value);
    let ends = match line.kind(cents.to) {
        None => true,
        Some(AtomKind::Mark(c)) => matches!(c, '.' | ',' | ';' | ')' | '?' | '!'),
        Some(_) => false,
    };
    (two && ends && unit::after(line, cents.to, true).is_none()).then(|| (cents.value / Decimal::ONE_HUNDRED, cents.to))
}

/// "17- and 12-year-olds": the first has the unit of the second.
pub(super) fn shared(line: &Line<'_>, mut first: Amount) -> Amount {
    if first.unit.is_none()
        && line.is_hyphen(first.to)
        && line.glued(first.to)
        && !line.glued(first.to + 1)
        && matches!(line.word(first.to + 1), "and" | "or")
        && let Some(second) = read(line, first.to + 2, first.to + 2)
        && second.tied
    {
        first.unit = second.unit;
        first.age = matches!(line.word(second.to + 1), "old" | "olds") && line.ties(second.to);
    } else if first.unit.is_none()
        && first.spelled.digits
        && let Some(second) = last_of_list(line, &first)
        && second.spelled.digits
        && !second.leading
    {
        // "16 and 17-year-olds".
        if second.tied {
            let old = matches!(line.word(second.to + 1), "old" | "olds") && line.ties(second.to);
            if old {
                (first.unit, first.age) = (second.unit, true);
            }
            return first;
        }
        // "45 and 50 mg", "10 and 20 percent"; a currency or a time may belong to the second alone.
        first.unit = second.unit.filter(|u| !matches!(u.dimension, Dimension::Money | Dimension::Time | Dimension::Other));
    }
    first
}

/// The last amount of a list that goes on after `first`: "4 metres" in "2, 3 and 4 metres".
fn last_of_list(line: &Line<'_>, first: &Amount) -> Option<Amount> {
    let mut at = first.to;
    for _ in 0..6 {
        if matches!(line.word(at), "and" | "or") {
            return read(line, at + 1, at + 1);
        }
        let next = read(line, at + 1, at + 1).filter(|n| line.mark(at) == Some(',') && n.spelled.digits && n.unit.is_none())?;
        if guard::is_year(line, &first.spelled) {
            return None;
        }
        at = next.to;
    }
    None
}

/// Which smaller unit is written after a larger one.
fn follows(larger: &str, smaller: &str) -> bool {
    matches!(
        (larger, smaller),
        ("foot", "inch")
            | ("yard", "foot")
            | ("hour", "minute")
            | ("minute", "second")
            | ("hour", "second")
            | ("day", "hour")
            | ("pound", "ounce")
            | ("stone", "pound")
            | ("mile", "yard")
            | ("metre", "centimetre")
            | ("kilometre", "metre")
            | ("year", "month")
            | ("week", "day")
            | ("decade", "year")
    )
}
