//! Quantities: numeral, unit, bounds, change, and what is counted.

mod age;
mod amount;
mod change;
mod count;
mod figure;
mod governor;
mod guard;
mod noun;
mod qualifier;
mod range;
mod rank;
mod respectively;
#[cfg(test)]
mod tests;
mod words;

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use self::figure::Figure;
pub use self::rank::{End, Rank, Scales, compare as compare_ranks};
use super::{Dimension, Mention, MentionKind, Unit, atom::Line};
use crate::{
    prose::{Prose, Tag},
    text::Span,
};

/// How a value is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Approximation {
    /// As it stands, or "exactly".
    None,
    /// "about", "around", "some", "roughly", "an estimated".
    About,
    /// "nearly", "almost", "close to": just below.
    Nearly,
    /// "just over", "slightly more than": just above.
    JustOver,
}

/// What sort of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Form {
    /// Counts or measures.
    Cardinal,
    /// A place in an order: "third".
    Ordinal,
    /// A share without a unit: "two-thirds", "one in five".
    Fraction,
    /// "twice", "threefold", "10 times".
    Multiple,
    /// How old somebody or something is; the unit is of time.
    Age,
    /// A score or a tally of two numbers: "3-2". `low` is the first, `high` the second.
    Score,
    /// A place at the end of an order: "the largest", "second-largest", "the only", "a record". What it ranks by is in `rank`.
    Superlative,
}

/// Which way a figure moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Direction {
    /// Rose, gained, more.
    Up,
    /// Fell, lost, fewer.
    Down,
}

/// What a figure is to a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Extent {
    /// How much it moved: "rose (by) 5%".
    By,
    /// Where it arrived: "rose to 5%".
    To,
    /// Where it began: "rose from 3%".
    From,
}

/// The movement that a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Change {
    /// Which way, where the text says so.
    pub direction: Option<Direction>,
    /// What this figure is to it.
    pub extent: Extent,
}

/// A figure with everything that comparison needs. The value lies between `low` and `high`; both are the same for a plain figure.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Quantity {
    /// The characters that spell the value (or both values of a range), in bytes: what a replacement overwrites.
    pub numeral: Span,
    /// Lower end; `None` if there is none ("up to 40").
    pub low: Option<Decimal>,
    /// Upper end; `None` if there is none ("more than 40").
    pub high: Option<Decimal>,
    /// Whether `low` itself is left out ("more than 40").
    pub low_open: bool,
    /// Whether `high` itself is left out ("fewer than 40").
    pub high_open: bool,
    /// The value of one step of the last digit written: 100,000 for "1.2 million".
    pub step: Decimal,
    /// How it is hedged.
    pub approximation: Approximation,
    /// A vague amount: "dozens", "tens of thousands".
    pub vague: bool,
    /// What sort of figure it is.
    pub form: Form,
    /// Percent, a currency, a measure.
    pub unit: Option<Unit>,
    /// The words that bound or hedge it, in bytes: "more than", "nearly", "at least".
    pub qualifier: Option<Span>,
    /// The movement it belongs to.
    pub change: Option<Change>,
    /// The head of the noun phrase it counts or measures, in bytes: "people" in "six injured people", "talks" in "five-hour talks",
    /// "girl" in "a 3-year-old girl".
    pub entity: Option<Span>,
    /// The words between the figure and that head, in bytes: "residential" in "40 residential buildings".
    pub modifiers: Option<Span>,
    /// What it is a part of, in bytes: "the 40" in "12 of the 40".
    pub base: Option<Span>,
    /// What a superlative ranks by, and among what; `None` for every other form.
    pub rank: Option<Box<Rank>>,
}

impl Quantity {
    /// Whether its unit is percent.
    #[must_use]
    pub fn is_percentage(&self) -> bool {
        self.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Percent)
    }
}

/// The quantities of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let lower = prose.document.prose.to_ascii_lowercase();
    let mut line = Line::new(prose, &lower);
    let mut out = Vec::new();
    let mut atoms = Vec::new();
    for (index, sentence) in prose.sentences.iter().enumerate() {
        line.load(index, sentence);
        let first = out.len();
        atoms.clear();
        // The first atom that no figure has taken.
        let mut free = 0;
        let mut at = 0;
        let mut last: Option<(Quantity, usize)> = None;
        while at < line.len() {
            let Some(figure) = figure::may_begin(&line, at).then(|| figure::read(&line, at, free)).flatten() else {
                at += 1;
                continue;
            };
            // The noun that the figure before counts governs no other.
            // A measure only describes it: "the 2-year bond yield rose three basis points".
            let counts = |q: &Quantity| {
                let dimension = q.unit.as_ref().map(|u| u.dimension);
                q.form != Form::Ordinal && matches!(dimension, None | Some(Dimension::Percent | Dimension::Money))
            };
            let taken = last.as_ref().filter(|(q, _)| counts(q));
            let taken = taken.and_then(|(q, _)| q.entity.filter(|e| e.start >= q.numeral.start));
            let bound = taken.map_or(free, |e| free.max(line.atoms.partition_point(|a| a.span.end <= e.end)));
            let (mut quantity, from, to) = finish(&line, figure, free, bound);
            if let Some((before, end)) = &last {
                inherit(&line, &mut quantity, before, *end..from);
                let joined =
                    from > *end && (*end..from).all(|k| matches!(line.word(k), "and" | "but") || line.mark(k) == Some(','));
                if let Some(Mention { span, kind: MentionKind::Quantity(other), .. }) = out.last_mut()
                    && joined
                    && both_ends(other, &quantity)
                {
                    *span = span.cover(line.span(from, to));
                    last = Some(((**other).clone(), to));
                    at = to.max(at + 1);
                    free = at;
                    continue;
                }
            }
            out.push(Mention {
                span: line.span(from, to),
                sentence: line.sentence as u32,
                quoted: false,
                kind: MentionKind::Quantity(Box::new(quantity.clone())),
            });
            atoms.push(from..to);
            last = Some((quantity, to));
            at = to.max(at + 1);
            free = at;
        }
        respectively::distribute(&line, &mut out[first..]);
        rank::add(&line, &atoms, first, &mut out);
    }
    out
}

/// Adds what stands around a figure: bounds, change, the counted noun. Gives the atoms of the whole, first and one past the last. Atoms
/// before `free` belong to another figure, and the nouns before `bound` too.
fn finish(line: &Line<'_>, mut figure: Figure, free: usize, bound: usize) -> (Quantity, usize, usize) {
    let qualifier = qualifier::apply(line, &mut figure, free);
    let change = change::find(line, &figure);
    let noun = noun::find(line, &figure, bound);
    let quantity = Quantity {
        numeral: line.span(figure.numeral.0, figure.numeral.1),
        low: figure.low,
        high: figure.high,
        low_open: figure.low_open,
        high_open: figure.high_open,
        step: figure.step,
        approximation: figure.approximation,
        vague: figure.vague,
        form: figure.form,
        unit: figure.unit,
        qualifier,
        change: figure.change.or(change),
        entity: noun.entity,
        modifiers: noun.modifiers,
        base: noun.base,
        rank: None,
    };
    (quantity, figure.from, figure.to)
}

/// Joins "more than 10 and less than 40" into the first of the two; gives whether it did.
fn both_ends(first: &mut Quantity, second: &Quantity) -> bool {
    let unit = |q: &Quantity| q.unit.as_ref().map(|u| (u.name.clone(), u.factor, u.per.clone()));
    let alike = first.form == second.form && (unit(first) == unit(second) || first.unit.is_none()) && first.base == second.base;
    let ends = match (first.low, first.high, second.low, second.high) {
        (Some(low), None, None, Some(high)) => Some((low, first.low_open, high, second.high_open)),
        (None, Some(high), Some(low), None) => Some((low, second.low_open, high, first.high_open)),
        _ => None,
    };
    let Some((low, low_open, high, high_open)) = ends.filter(|e| alike && e.0 < e.2) else { return false };
    (first.low, first.low_open, first.high, first.high_open) = (Some(low), low_open, Some(high), high_open);
    first.numeral = first.numeral.cover(second.numeral);
    first.step = first.step.min(second.step);
    first.unit = second.unit.clone();
    first.entity = first.entity.or(second.entity);
    first.change = first.change.or(second.change);
    true
}

/// Gives a figure what it shares with the one before it: "rose 5% and 8%", "fell to 4.1%, down from 4.3%", "aged nine and 11". The
/// atoms in `between` stand between the two.
fn inherit(line: &Line<'_>, quantity: &mut Quantity, before: &Quantity, between: std::ops::Range<usize>) {
    // Whether no word of substance stands between.
    let near = between.len() <= 6
        && between.clone().all(|k| match line.tag(k) {
            // "46 points higher than in March and 67 points higher".
            Tag::Noun | Tag::ProperNoun if matches!(line.word(k.wrapping_sub(1)), "than" | "in") => true,
            // "year on year".
            Tag::Noun if matches!(line.word(k), "year" | "quarter" | "month" | "week") => true,
            Tag::Noun | Tag::Verb | Tag::ProperNoun | Tag::Pronoun => change::is_change(line.word(k)) || line.word(k).is_empty(),
            _ => line.mark(k).is_none_or(|c| matches!(c, ',' | '(' | ')')),
        });
    // "by 312 votes to 298".
    if let [noun, to] = between.clone().collect::<Vec<_>>()[..]
        && line.word(to) == "to"
        && words::is(line.word(noun), words::Class::Tally)
        && quantity.entity.is_none()
        && quantity.unit.is_none()
        && quantity.form == Form::Cardinal
    {
        quantity.entity = before.entity;
    }
    // "Kent may take 310 million litres a year and Surrey 270 million": the second leaves out the measure.
    let after = line.atoms.partition_point(|a| a.span.end <= quantity.numeral.end);
    let bare = quantity.unit.is_none() && quantity.entity.is_none() && quantity.form == Form::Cardinal && !quantity.vague;
    if let (Some(name), Some(unit)) = (between.end.checked_sub(1), &before.unit)
        && bare
        && between.len() > 1
        && line.capital(name)
        && (between.start..name).any(|k| line.word(k) == "and")
        && line.word(after).is_empty()
        && !line.is_dash(after)
        && before.form == Form::Cardinal
        && !matches!(unit.dimension, Dimension::Time | Dimension::Other)
        && quantity.step >= before.step
        && before.step >= Decimal::ONE_THOUSAND
    {
        quantity.unit = before.unit.clone();
        return;
    }
    let joined = |words: &[&str]| between.clone().all(|k| line.mark(k) == Some(',') || words.contains(&line.word(k)));
    let listed = !between.is_empty() && joined(&["and", "or"]);
    if listed
        && before.form == Form::Age
        && quantity.form == Form::Cardinal
        && quantity.unit.is_none()
        && quantity.entity.is_none()
    {
        (quantity.form, quantity.unit, quantity.entity) = (Form::Age, before.unit.clone(), before.entity);
        return;
    }
    let dimension = |q: &Quantity| q.unit.as_ref().map(|u| u.dimension);
    let share =
        |q: &Quantity| matches!(dimension(q), Some(Dimension::Percent | Dimension::PercentagePoint)) || q.form == Form::Fraction;
    let same = dimension(quantity) == dimension(before) || share(quantity) && share(before);
    let counts = |q: &Quantity| matches!(q.form, Form::Cardinal | Form::Fraction | Form::Multiple);
    // "more than half of the members (54 per cent)".
    let bracket = between.end.checked_sub(1).filter(|&k| !between.is_empty() && line.mark(k) == Some('('));
    let bracketed = quantity.unit.is_some()
        && bracket
            .is_some_and(|k| before.entity.is_none_or(|e| (k.saturating_sub(2)..k).any(|n| line.atoms[n].span.end == e.end)));
    if bracketed && quantity.entity.is_none() && same {
        (quantity.entity, quantity.modifiers) = (before.entity, before.modifiers);
    }
    if !near || !counts(quantity) || !counts(before) || quantity.base.is_some() {
        return;
    }
    // "by $2.3 million, or 12%, to $21 million".
    let restated = dimension(quantity).is_some() && joined(&["or"]) && !between.is_empty();
    let onward = between.end.checked_sub(1).map(|k| line.word(k)).filter(|w| matches!(*w, "to" | "from") && !between.is_empty());
    if quantity.change.is_none()
        && let Some(change) = before.change
    {
        match onward {
            Some("to") if joined(&["to"]) => quantity.change = Some(Change { extent: Extent::To, ..change }),
            Some(_) if joined(&["from"]) => quantity.change = Some(Change { extent: Extent::From, ..change }),
            _ if listed && same || restated => quantity.change = before.change,
            _ => {}
        }
    }
    // "dropped 7 points to 38%" is no 38% of points.
    let subject = same || before.entity.is_some_and(|e| e.start < before.numeral.start);
    if quantity.entity.is_none()
        && subject
        && (quantity.change.is_some() || listed && same && quantity.unit.is_some() || restated)
    {
        quantity.entity = before.entity;
        quantity.modifiers = before.modifiers;
    }
}
