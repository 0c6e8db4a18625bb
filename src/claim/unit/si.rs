//! Units with the prefixes of the SI.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Unit, table::dimension};

/// A way to write a unit with a prefix or a bare symbol.
pub(super) struct Spelling {
    /// The word or symbol.
    pub(super) form: &'static str,
    /// Whether it is a symbol, whose case counts.
    pub(super) symbol: bool,
    /// Whether it means the unit by itself, and not only beside another symbol.
    pub(super) alone: bool,
    /// Index into the units.
    pub(super) unit: usize,
}

/// The prefixes: word, symbols, factor.
fn prefixes() -> Vec<(&'static str, Vec<&'static str>, Decimal)> {
    let lines = include_str!("../data/prefixes.txt").lines().filter(|l| !l.starts_with('#'));
    let prefix = |line: &'static str| {
        let mut fields = line.split_whitespace();
        Some((fields.next()?, fields.next()?.split(',').collect(), fields.next()?.parse().ok()?))
    };
    lines.filter_map(prefix).collect()
}

/// Adds the units that are not in the table yet, and gives every way to write one. The strings made here live as long as the table.
pub(super) fn spellings(units: &mut Vec<Unit>) -> Vec<Spelling> {
    let mut known: FxHashMap<String, usize> = units.iter().enumerate().map(|(i, u)| (u.name.clone(), i)).collect();
    let mut out = Vec::new();
    let prefixes = prefixes();
    for line in include_str!("../data/si_units.txt").lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('|').collect();
        let &[kind, name, factor, symbols, marks, words] = fields.as_slice() else { continue };
        let (Some(dimension), Ok(factor)) = (dimension(Some(kind)), factor.parse::<Decimal>()) else { continue };
        let list = |field: &'static str| field.split(',').filter(|f| !f.is_empty());
        let mut index = |name: String, factor: Decimal| {
            *known.entry(name).or_insert_with_key(|name| {
                units.push(Unit { dimension, name: name.clone(), factor, offset: Decimal::ZERO, per: None });
                units.len() - 1
            })
        };
        let unit = index(name.to_owned(), factor);
        for symbol in list(symbols) {
            let bare = symbol.trim_start_matches('!');
            out.push(Spelling { form: bare, symbol: true, alone: bare == symbol, unit });
        }
        out.extend(list(words).filter(|w| !w.starts_with('!')).map(|form| Spelling { form, symbol: false, alone: true, unit }));
        for (prefix, signs, times) in &prefixes {
            let Some(factor) = factor.checked_mul(*times).filter(|f| !f.is_zero()) else { continue };
            let unit = index(format!("{}{name}", prefix.replace("deka", "deca")), factor);
            let mut long: Vec<String> = list(words).map(|word| format!("{prefix}{}", word.trim_start_matches('!'))).collect();
            if words.is_empty() {
                long.extend([format!("{prefix}{name}"), format!("{prefix}{name}s")]);
            }
            out.extend(long.into_iter().map(|word| Spelling { form: word.leak(), symbol: false, alone: true, unit }));
            for sign in signs.iter().filter(|s| list(marks).any(|m| m == **s)) {
                for symbol in list(symbols) {
                    let form = format!("{sign}{}", symbol.trim_start_matches('!')).leak();
                    out.push(Spelling { form, symbol: true, alone: true, unit });
                }
            }
        }
    }
    out
}
