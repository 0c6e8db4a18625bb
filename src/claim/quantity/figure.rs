//! A figure at one place: sign, currency, numeral or range of two, unit.

use rust_decimal::Decimal;

use super::{Approximation, Form, age, guard};
use crate::claim::{
    atom::{AtomKind, Line},
    numeral::{Shape, Spelled, parse},
    unit::{self, Dimension, Unit},
};

/// A figure, in atoms of a line.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its first atom, with sign, currency and, once applied, qualifier.
    pub(super) from: usize,
    /// One past its last atom, with its unit.
    pub(super) to: usize,
    /// The atoms that spell the value: first, and one past the last.
    pub(super) numeral: (usize, usize),
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) low_open: bool,
    pub(super) high_open: bool,
    pub(super) step: Decimal,
    pub(super) approximation: Approximation,
    pub(super) vague: bool,
    pub(super) form: Form,
    pub(super) unit: Option<Unit>,
    /// Whether its unit is tied to it as an adjective: "five-hour", "40-foot".
    pub(super) tied: bool,
    /// An atom of the noun it belongs to, when its form says so: "girl" in "the girl, 6,".
    pub(super) owner: Option<usize>,
}

impl Figure {
    /// A plain figure of the atoms from `from` to before `to`.
    pub(super) fn exactly(from: usize, to: usize, value: Decimal, form: Form) -> Self {
        Self {
            from,
            to,
            numeral: (from, to),
            low: Some(value),
            high: Some(value),
            low_open: false,
            high_open: false,
            step: Decimal::ONE,
            approximation: Approximation::None,
            vague: false,
            form,
            unit: None,
            tied: false,
            owner: None,
        }
    }

    fn plain(spelled: &Spelled) -> Self {
        let high = match spelled.shape {
            Shape::Vague { high } => high,
            _ => spelled.value,
        };
        let vague = matches!(spelled.shape, Shape::Vague { .. });
        let form = match spelled.shape {
            Shape::Ordinal => Form::Ordinal,
            Shape::Fraction => Form::Fraction,
            _ => Form::Cardinal,
        };
        let mut figure = Self::exactly(spelled.from, spelled.to, spelled.value, form);
        (figure.high, figure.high_open, figure.vague, figure.step) = (Some(high), vague, vague, spelled.step);
        figure
    }
}

/// One amount: sign, currency, numeral, unit.
struct Amount {
    from: usize,
    to: usize,
    spelled: Spelled,
    unit: Option<Unit>,
    /// Whether the unit stands before the numeral, as a currency.
    leading: bool,
    tied: bool,
    /// Whether a later unit makes it an age: "17- and 12-year-olds".
    age: bool,
}

/// Reads the figure that begins at atom `i`; atoms before `free` belong to another.
pub(super) fn read(line: &Line<'_>, i: usize, free: usize) -> Option<Figure> {
    if let Some(figure) = special(line, i).or_else(|| age::decade(line, i)) {
        return Some(figure);
    }
    let first = amount(line, i, free)?;
    if first.spelled.shape == Shape::Ordinal {
        return guard::is_ordinal(line, &first.spelled).then(|| Figure::plain(&first.spelled));
    }
    if let Some(figure) = of_total(line, &first) {
        return Some(figure);
    }
    if let Some(figure) = range(line, &first, free) {
        return Some(age::apply(line, figure));
    }
    let first = shared(line, compound(line, first));
    let mut figure = Figure::plain(&first.spelled);
    (figure.from, figure.to, figure.unit, figure.tied) = (first.from, first.to, first.unit, first.tied);
    if figure.unit.is_none() {
        multiple(line, &mut figure);
    }
    if first.age {
        figure.form = Form::Age;
        return Some(figure);
    }
    let figure = age::apply(line, rate(line, figure));
    (figure.form != Form::Cardinal || figure.unit.is_some() || guard::is_amount(line, &first.spelled)).then_some(figure)
}

/// Sign, currency, numeral and unit at atom `i`.
fn amount(line: &Line<'_>, i: usize, free: usize) -> Option<Amount> {
    let mut at = i;
    let mut negative = false;
    // A minus touches its digits and nothing before, but for a bracket.
    let open = !line.glued(at) || at <= free || line.mark(at - 1) == Some('(');
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
        add_unit(line, &mut out);
    }
    Some(out)
}

/// Takes the unit after the numeral. After a leading currency only a word that repeats it is taken: "$5 million dollars", "$5 Canadian".
fn add_unit(line: &Line<'_>, amount: &mut Amount) {
    let (tied, at) = if line.ties(amount.to) { (true, amount.to + 1) } else { (false, amount.to) };
    let Some((found, to)) = unit_at(line, at, amount) else { return };
    let money = found.dimension == Dimension::Money;
    if amount.leading && !money {
        return;
    }
    // "50-cent", "five-hour": the word is tied to what follows.
    amount.tied = tied;
    amount.to = to;
    if !amount.leading || amount.unit.as_ref().is_some_and(|u| u.name == "USD") {
        amount.unit = Some(found);
    }
}

fn unit_at(line: &Line<'_>, at: usize, amount: &Amount) -> Option<(Unit, usize)> {
    // "half an hour", "a quarter of a mile".
    let skip = match line.word(at) {
        "a" | "an" if amount.spelled.shape == Shape::Fraction => 1,
        "of" if matches!(amount.spelled.shape, Shape::Vague { .. }) => 1,
        "of" if matches!(line.word(at + 1), "a" | "an") && amount.spelled.shape == Shape::Fraction => 2,
        _ => 0,
    };
    let (mut unit, to) = unit::after(line, at + skip, amount.spelled.digits)?;
    if skip > 0 && unit.dimension == Dimension::Percent {
        return None;
    }
    // Pounds of weight and of money: millions of them are money.
    if unit.name == "pound"
        && unit.dimension == Dimension::Mass
        && amount.spelled.scale.is_some_and(|s| s >= Decimal::from(1_000_000))
    {
        unit = unit::currency("GBP")?;
    }
    Some((unit, to))
}

/// "5 feet 6 inches", "2 hours and 10 minutes": both in the smaller unit.
fn compound(line: &Line<'_>, mut first: Amount) -> Amount {
    loop {
        let Some(unit) =
            first.unit.clone().filter(|u| matches!(u.dimension, Dimension::Length | Dimension::Time | Dimension::Mass))
        else {
            return first;
        };
        let mut at = first.to;
        if line.word(at) == "and" || line.mark(at) == Some(',') {
            at += 1;
        }
        let Some(second) = amount(line, at, at) else { return first };
        let Some(smaller) = second
            .unit
            .as_ref()
            .filter(|u| u.dimension == unit.dimension && u.factor < unit.factor && follows(&unit.name, &u.name))
        else {
            return first;
        };
        let larger = |v: Decimal| v.checked_mul(unit.factor)?.checked_div(smaller.factor);
        let Some(value) = larger(first.spelled.value).and_then(|v| v.checked_add(second.spelled.value)) else { return first };
        first.spelled.value = value.normalize();
        first.spelled.step = second.spelled.step;
        first.spelled.to = second.spelled.to;
        first.to = second.to;
        first.unit = second.unit;
    }
}

/// "17- and 12-year-olds": the first has the unit of the second.
fn shared(line: &Line<'_>, mut first: Amount) -> Amount {
    if first.unit.is_none()
        && line.is_hyphen(first.to)
        && line.glued(first.to)
        && !line.glued(first.to + 1)
        && matches!(line.word(first.to + 1), "and" | "or")
        && let Some(second) = amount(line, first.to + 2, first.to + 2)
        && second.tied
    {
        first.unit = second.unit;
        first.age = matches!(line.word(second.to + 1), "old" | "olds") && line.ties(second.to);
    }
    first
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
    )
}

/// Two amounts with "to", "and", "or" or a dash between them, or a score.
fn range(line: &Line<'_>, a: &Amount, free: usize) -> Option<Figure> {
    if matches!(a.spelled.shape, Shape::Ordinal | Shape::Vague { .. }) {
        return None;
    }
    let before = a.from.checked_sub(1).map_or("", |k| line.word(k));
    let mut at = a.to;
    let mut separator = "";
    if line.is_dash(at) && line.word(at + 1) == "to" {
        (separator, at) = ("to", at + 2);
    } else if line.is_dash(at) {
        let both = line.glued(at) == line.glued(at + 1);
        let spaced = !line.glued(at);
        if !both || spaced && !(a.spelled.digits && line.kind(at + 1) == Some(AtomKind::Digits)) {
            return None;
        }
        (separator, at) = ("-", at + 1);
    } else if matches!(line.word(at), "to" | "and" | "or" | "through") {
        (separator, at) = (line.word(at), at + 1);
    }
    if separator.is_empty() || separator == "and" && before != "between" {
        return None;
    }
    let b = amount(line, at, at)?;
    if b.spelled.digits != a.spelled.digits && separator == "-" || b.spelled.article && separator != "and" {
        return None;
    }
    if matches!(b.spelled.shape, Shape::Ordinal | Shape::Vague { .. }) {
        return None;
    }
    let (mut low, high) = (a.spelled.value, b.spelled.value);
    let mut step = a.spelled.step;
    if a.spelled.scale.is_none()
        && let Some(scale) = b.spelled.scale
        && low < Decimal::ONE_THOUSAND
        && let Some(scaled) = low.checked_mul(scale)
        && scaled < high
    {
        low = scaled;
        step = step.checked_mul(scale)?;
    }
    let same_unit = match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.name == b.name || a.dimension == Dimension::Money && b.dimension == Dimension::Money,
        (Some(_), None) => a.leading,
        (None, _) => true,
    };
    if !same_unit {
        return None;
    }
    let unit = if b.leading || b.unit.is_none() { a.unit.clone().or(b.unit.clone()) } else { b.unit.clone() };
    let mut figure = Figure::plain(&a.spelled);
    figure.from = a.from;
    figure.to = b.to;
    figure.numeral = (a.spelled.from, b.spelled.to);
    figure.tied = b.tied;
    figure.step = step.min(b.spelled.step);
    let whole = low.fract().is_zero() && high.fract().is_zero();
    match separator {
        "-" if unit.is_none() && whole && a.spelled.digits && guard::is_score(line, a.from, b.to, low, high) => {
            (figure.low, figure.high, figure.form) = (Some(low), Some(high), Form::Score);
            return Some(figure);
        }
        "to" if unit.is_none() && whole && low > high && before != "from" => {
            (figure.low, figure.high, figure.form) = (Some(low), Some(high), Form::Score);
            return Some(figure);
        }
        "to" if before == "from" && super::change::verb_before(line, a.from - 1).is_some() => return None,
        "or" if high > low + low => return None,
        _ => {}
    }
    if low >= high || unit.is_none() && guard::is_year_range(line, a.from, &a.spelled, &b.spelled) {
        return None;
    }
    (figure.low, figure.high, figure.unit) = (Some(low), Some(high), unit);
    if (separator == "and" && before == "between" || separator == "to" && before == "from") && a.from > free {
        figure.from -= 1;
    }
    Some(rate(line, figure))
}

/// "one in five", "seven out of 10".
fn of_total(line: &Line<'_>, a: &Amount) -> Option<Figure> {
    if a.unit.is_some() || a.spelled.shape != Shape::Cardinal {
        return None;
    }
    let (word, at) = match (line.word(a.to), line.word(a.to + 1)) {
        ("out", "of") => ("out", a.to + 2),
        ("in", "every") => ("in", a.to + 2),
        ("in", _) => ("in", a.to + 1),
        _ => return None,
    };
    let total = parse(line, at).filter(|t| t.shape == Shape::Cardinal)?;
    let (n, d) = (a.spelled.value, total.value);
    let whole = n.fract().is_zero() && d.fract().is_zero();
    if !whole
        || n >= d
        || n <= Decimal::ZERO
        || word == "in" && (guard::is_year(line, &total) || unit::after(line, total.to, total.digits).is_some())
    {
        return None;
    }
    if word == "in" && n > Decimal::TEN || total.value > Decimal::from(1_000_000_000) {
        return None;
    }
    let mut figure = Figure::plain(&a.spelled);
    let value = n.checked_div(d)?;
    (figure.low, figure.high) = (Some(value), Some(value));
    figure.step = (value / Decimal::TEN).min(Decimal::new(5, 2));
    figure.form = Form::Fraction;
    figure.to = total.to;
    figure.numeral = (a.spelled.from, total.to);
    Some(figure)
}

/// "10 times more", "three times the", "tenfold", "5x".
fn multiple(line: &Line<'_>, figure: &mut Figure) {
    let at = if line.ties(figure.to) { figure.to + 1 } else { figure.to };
    let word = line.word(at);
    let times = word == "times"
        && matches!(
            line.word(at + 1),
            "more"
                | "as"
                | "higher"
                | "larger"
                | "bigger"
                | "greater"
                | "the"
                | "its"
                | "their"
                | "faster"
                | "less"
                | "that"
                | "worse"
                | "stronger"
        );
    if times || word == "fold" || word == "x" && line.glued(at) {
        figure.form = Form::Multiple;
        figure.to = at + 1;
    }
}

/// "per day", "a barrel".
fn rate(line: &Line<'_>, mut figure: Figure) -> Figure {
    if let Some(unit) = &mut figure.unit
        && !figure.tied
        && let Some((name, to)) = unit::per(line, figure.to)
    {
        // "$5 million a year ago" is a date.
        if !matches!(line.word(to), "ago" | "earlier" | "later" | "before" | "after") {
            unit.per = Some(name.to_owned());
            figure.tied = line.ties(figure.to);
            figure.to = to;
        }
    }
    figure
}

/// Figures without a numeral of their own: "twice", "no deaths", "an hour".
fn special(line: &Line<'_>, i: usize) -> Option<Figure> {
    let word = line.word(i);
    let make = |to, value, form| Figure::exactly(i, to, value, form);
    match word {
        "twice" => Some(make(i + 1, Decimal::TWO, Form::Multiple)),
        "thrice" => Some(make(i + 1, Decimal::from(3), Form::Multiple)),
        "no" | "none" => guard::is_zero(line, i).then(|| make(i + 1, Decimal::ZERO, Form::Cardinal)),
        "a" | "an" => {
            let (unit, to) = unit::after(line, i + 1, false)?;
            if !guard::is_one(line, i, to, &unit) {
                return None;
            }
            let mut figure = make(to, Decimal::ONE, Form::Cardinal);
            figure.numeral = (i, i + 1);
            figure.tied = line.ties(i + 1);
            figure.unit = Some(unit);
            Some(age::apply(line, figure))
        }
        _ => {
            let times = word.strip_suffix("fold").filter(|t| !t.is_empty())?;
            let value = crate::claim::numeral::small(times)?;
            Some(make(i + 1, value, Form::Multiple))
        }
    }
}
