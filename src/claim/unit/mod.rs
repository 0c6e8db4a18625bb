//! Units: percentages, currencies, measures.

mod table;

pub(super) use table::{after, before, currency, is_code, leading, named, per};

use rust_decimal::Decimal;

/// What a unit measures. Values of one dimension convert into each other; money of two currencies does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
