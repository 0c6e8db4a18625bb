//! Units: percentages, currencies, measures.

mod si;
mod symbol;
mod table;

pub(super) use table::{after, before, currency, is_code, leading, named, per};

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

/// What a unit measures. Values of one dimension convert into each other; money of two currencies does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Dimension {
    /// Per cent of something.
    Percent,
    /// A difference of percentages: percentage points, basis points.
    PercentagePoint,
    /// An amount of a currency.
    Money,
    /// A span of time.
    Time,
    /// A distance.
    Length,
    /// A surface.
    Area,
    /// A volume.
    Volume,
    /// A weight.
    Mass,
    /// A speed.
    Speed,
    /// A temperature.
    Temperature,
    /// Energy.
    Energy,
    /// Power.
    Power,
    /// Bytes and bits.
    Data,
    /// Any other measure; compared by name alone.
    Other,
}

/// A unit and how to convert it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// Its name in the singular ("kilometre", "percent"), or the ISO 4217 code of a currency ("USD").
    pub name: String,
    /// How many of the dimension's base unit one of these is (base units: percent, percentage point, the currency itself, second,
    /// metre, square metre, litre, gram, metre per second, kelvin step, joule, watt, byte).
    pub factor: Decimal,
    /// What is added after multiplying, for temperatures; zero otherwise.
    pub offset: Decimal,
    /// What the rate is per: "day", "barrel", "share".
    pub per: Option<String>,
}

/// The unit for each of something, "metre" per "second". A length in a short time is a speed; every other rate keeps what it is per, and
/// one more of them is added to it.
pub(super) fn rated(unit: Unit, per: &str) -> Unit {
    if unit.dimension == Dimension::Length
        && unit.per.is_none()
        && let Some(time) = named(per).filter(|u| u.dimension == Dimension::Time && u.factor <= Decimal::from(3600))
        && let Some(factor) = unit.factor.checked_div(time.factor)
    {
        let name = format!("{} per {per}", unit.name);
        return named(&name).unwrap_or(Unit { dimension: Dimension::Speed, name, factor, ..unit });
    }
    let mut all: Vec<&str> = unit.per.as_deref().into_iter().flat_map(|p| p.split(" per ")).chain(per.split(" per ")).collect();
    // "per person per night" is the same as "per night per person".
    all.sort_unstable();
    let per = Some(all.join(" per "));
    Unit { per, ..unit }
}
