//! A figure at one place: sign, currency, numeral or range of two, unit.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Approximation, Change, Direction, Extent, Form, age, amount, count, guard, range,
    words::{self, Class},
};
use crate::claim::{
    atom::{AtomKind, Line},
    numeral::{self, Shape, Spelled},
    unit::{self, Dimension, Unit},
};
use crate::prose::Tag;

/// Words that multiply, and which way.
/// Whether a word multiplies: "double", "halved".
pub(super) fn is_multiple(word: &str) -> bool {
    MULTIPLES.contains_key(word)
}

static MULTIPLES: LazyLock<FxHashMap<&'static str, (Decimal, Option<Direction>)>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for line in include_str!("../data/multiples.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let Some(value) = fields.next().and_then(|v| v.parse().ok()) else { continue };
        let direction = match fields.next() {
            Some("up") => Some(Direction::Up),
            Some("down") => Some(Direction::Down),
            _ => None,
        };
        words.extend(fields.map(|word| (word, (value, direction))));
    }
    words
});

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
    /// The movement, when its own word says so: "doubled".
    pub(super) change: Option<Change>,
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
            change: None,
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

/// The words that a figure can begin with.
static OPENERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let special = ["a", "an", "no", "none", "not", "half", "pair", "tens", "several", "few", "minus", "negative"];
    numeral::number_words().chain(unit::leading()).chain(MULTIPLES.keys().copied()).chain(special).collect()
});

/// Whether a figure can begin at atom `i`, by one look at it.
pub(super) fn may_begin(line: &Line<'_>, i: usize) -> bool {
    match line.kind(i) {
        Some(AtomKind::Digits) => true,
        Some(AtomKind::Word) => {
            let word = line.word(i);
            OPENERS.contains(word) || word.ends_with("ies") || word.ends_with("fold")
        }
        Some(AtomKind::Mark(c)) => {
            !matches!(c, ',' | '.' | ';' | ':' | '\'' | '’' | '‘' | '"' | '“' | '”' | '(' | ')' | '?' | '!')
        }
        Some(AtomKind::Code) | None => false,
    }
}

/// Reads the figure that begins at atom `i`; atoms before `free` belong to another.
pub(super) fn read(line: &Line<'_>, i: usize, free: usize) -> Option<Figure> {
    if let Some(figure) = special(line, i).or_else(|| age::decade(line, i)) {
        return Some(figure);
    }
    let first = amount::read(line, i, free)?;
    if first.spelled.shape == Shape::Ordinal {
        return count::is_ordinal(line, &first.spelled).then(|| Figure::plain(&first.spelled));
    }
    if let Some(figure) = range::of_total(line, &first) {
        return Some(figure);
    }
    if let Some(figure) = range::tolerance(line, &first) {
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
    // "a 20 minute walk", "a 6 foot wall": the unit in the singular is an adjective.
    if let Some(unit) = &figure.unit {
        let measure = matches!(unit.dimension, Dimension::Time | Dimension::Length | Dimension::Mass | Dimension::Area);
        let word = line.word(figure.to - 1);
        let singular = word.len() > 3 && !word.ends_with('s') || word == "day";
        figure.tied |=
            measure && singular && word != "feet" && figure.low != Some(Decimal::ONE) && first.spelled.shape == Shape::Cardinal;
    }
    // "one day" is some day.
    if line.word(first.spelled.from) == "one" && line.word(first.spelled.to) == "day" && i == first.spelled.from {
        let before = i.checked_sub(1).map_or("", |k| line.word(k));
        if !matches!(before, "only" | "just" | "in" | "for" | "within" | "after" | "least" | "than" | "about" | "nearly")
            && line.word(first.to) != "before"
        {
            return None;
        }
    }
    if first.age {
        figure.form = Form::Age;
        return Some(figure);
    }
    let figure = age::apply(line, rate(line, figure));
    (figure.form != Form::Cardinal || figure.unit.is_some() || count::is_amount(line, &first.spelled)).then_some(figure)
}

/// "10 times more", "three times the", "tenfold", "5x".
fn multiple(line: &Line<'_>, figure: &mut Figure) {
    let at = if line.ties(figure.to) { figure.to + 1 } else { figure.to };
    let word = line.word(at);
    let next = line.word(at + 1);
    let comparative = next.ends_with("er") && matches!(line.tag(at + 1), Tag::Adjective | Tag::Adverb);
    let times = word == "times"
        && (comparative
            || words::is(next, Class::Possessive)
            || matches!(next, "more" | "as" | "the" | "less" | "that" | "worse" | "what"));
    if times || word == "fold" || word == "x" && line.glued(at) {
        figure.form = Form::Multiple;
        figure.to = at + 1;
    }
}

/// "per day", "a barrel".
pub(super) fn rate(line: &Line<'_>, mut figure: Figure) -> Figure {
    // "20,000 barrels of oil a day".
    let of = line.word(figure.to) == "of" && line.tag(figure.to + 1) == Tag::Noun;
    if let Some(unit) = figure.unit.as_mut().filter(|u| of && u.per.is_none() && u.dimension != Dimension::Money)
        && let Some((name, to)) = unit::per(line, figure.to + 2)
        && !matches!(line.word(to), "ago" | "earlier" | "later" | "before" | "after")
    {
        *unit = unit::rated(unit.clone(), &name);
    } else if let Some(unit) = &mut figure.unit
        && !figure.tied
        && let Some((name, to)) = unit::per(line, figure.to)
    {
        // "$5 million a year ago" is a date.
        if !matches!(line.word(to), "ago" | "earlier" | "later" | "before" | "after") {
            *unit = unit::rated(unit.clone(), &name);
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
        "no" | "none" => count::is_zero(line, i).then(|| make(i + 1, Decimal::ZERO, Form::Cardinal)),
        // "Not one ballot was lost", "not a single ballot".
        "not" => {
            let single = matches!(line.word(i + 1), "a" | "one") && line.word(i + 2) == "single";
            let to = if single { i + 3 } else { i + 2 };
            let noun = matches!(line.tag(to), Tag::Noun | Tag::Adjective) && line.word(to) != "of"
                || line.word(to) == "of" && line.word(to + 1) == "the" && numeral::parse(line, to + 2).is_some_and(|n| n.digits);
            ((single || line.word(i + 1) == "one") && noun).then(|| make(to, Decimal::ZERO, Form::Cardinal))
        }
        "a" | "an" => {
            let (unit, to) = unit::after(line, i + 1, false)?;
            let more = amount::one_of(line, i, to, unit.clone());
            if more.to > to {
                let mut figure = Figure::plain(&more.spelled);
                (figure.to, figure.unit) = (more.to, more.unit);
                return Some(figure);
            }
            let and = numeral::and_a_part(line, to);
            if and.is_none() && !count::is_one(line, i, to, &unit) {
                return None;
            }
            let mut figure = make(to, Decimal::ONE, Form::Cardinal);
            figure.numeral = (i, i + 1);
            figure.tied = line.ties(i + 1) || line.ties(to);
            figure.unit = Some(unit);
            // "an hour and a half".
            if let Some((part, end)) = and {
                let value = Decimal::ONE + part;
                (figure.low, figure.high, figure.step, figure.to) = (Some(value), Some(value), part, end);
                figure.numeral.1 = end;
            }
            Some(age::apply(line, figure))
        }
        // "a pair of brothers".
        "pair" if line.word(i + 1) == "of" && guard::is_plural(line, i + 2) => Some(make(i + 1, Decimal::TWO, Form::Cardinal)),
        _ if MULTIPLES.contains_key(word) => {
            let (value, direction) = MULTIPLES[word];
            // "double-digit growth", "a double murder".
            let owned = matches!(
                line.word(i + 1),
                "the" | "that" | "those" | "its" | "their" | "his" | "her" | "what" | "from" | "to" | "in" | "last"
            );
            let hedged = i > 0
                && matches!(
                    line.word(i - 1),
                    "than" | "nearly" | "almost" | "about" | "to" | "will" | "could" | "would" | "roughly"
                );
            if !word.ends_with("ed") && direction.is_some() && !owned && !hedged || line.ties(i + 1) {
                return None;
            }
            let mut figure = make(i + 1, value, Form::Multiple);
            figure.change = direction.map(|d| Change { direction: Some(d), extent: Extent::By });
            Some(figure)
        }
        _ => {
            let times = word.strip_suffix("fold").filter(|t| !t.is_empty())?;
            let value = crate::claim::numeral::small(times)?;
            Some(make(i + 1, value, Form::Multiple))
        }
    }
}
