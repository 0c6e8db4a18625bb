//! A figure at one place: sign, currency, numeral or range of two, unit.

use rust_decimal::Decimal;

use super::{Approximation, Form, age, amount, guard, range};
use crate::claim::{
    atom::Line,
    numeral::{self, Shape, Spelled},
    unit::{self, Unit},
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

    pub(super) fn plain(spelled: &Spelled) -> Self {
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

/// Reads the figure that begins at atom `i`; atoms before `free` belong to another.
pub(super) fn read(line: &Line<'_>, i: usize, free: usize) -> Option<Figure> {
    if let Some(figure) = special(line, i).or_else(|| age::decade(line, i)) {
        return Some(figure);
    }
    let first = amount::read(line, i, free)?;
    if first.spelled.shape == Shape::Ordinal {
        return guard::is_ordinal(line, &first.spelled).then(|| Figure::plain(&first.spelled));
    }
    if let Some(figure) = range::of_total(line, &first) {
        return Some(figure);
    }
    if let Some(figure) = range::range(line, &first, free) {
        return Some(age::apply(line, figure));
    }
    let first = amount::shared(line, amount::compound(line, first));
    let mut figure = Figure::plain(&first.spelled);
    (figure.from, figure.to, figure.unit, figure.tied) = (first.from, first.to, first.unit, first.tied);
    match figure.unit {
        None => multiple(line, &mut figure),
        // "half a mile" is a length.
        Some(_) if figure.form == Form::Fraction => figure.form = Form::Cardinal,
        Some(_) => {}
    }
    if first.age {
        figure.form = Form::Age;
        return Some(figure);
    }
    let figure = age::apply(line, rate(line, figure));
    (figure.form != Form::Cardinal || figure.unit.is_some() || guard::is_amount(line, &first.spelled)).then_some(figure)
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
pub(super) fn rate(line: &Line<'_>, mut figure: Figure) -> Figure {
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
            // "an hour and a half".
            if let Some((part, end)) = numeral::and_a_part(line, to) {
                let value = Decimal::ONE + part;
                (figure.low, figure.high, figure.step, figure.to) = (Some(value), Some(value), part, end);
            }
            Some(age::apply(line, figure))
        }
        _ => {
            let times = word.strip_suffix("fold").filter(|t| !t.is_empty())?;
            let value = crate::claim::numeral::small(times)?;
            Some(make(i + 1, value, Form::Multiple))
        }
    }
}
