//! The table of units, and which of its forms stand beside a numeral.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Dimension, Unit, si, symbol as symbols};
use crate::{
    claim::atom::{AtomKind, Line},
    prose::Tag,
};

/// A way to write a unit.
struct Form {
    /// Its words and signs.
    pieces: Vec<&'static str>,
    /// Whether its case counts.
    cased: bool,
    /// Index into the units.
    unit: usize,
}

struct Table {
    units: Vec<Unit>,
    /// The first unit of each name.
    names: FxHashMap<String, usize>,
    /// Forms by their first piece in lower case, longest first: before a figure (signs and codes of currencies), and after it.
    before: FxHashMap<String, Vec<Form>>,
    after: FxHashMap<String, Vec<Form>>,
    /// Symbols as written, to multiply and divide: "kg", "m", "s".
    symbols: FxHashMap<&'static str, usize>,
    /// Symbols that take a second look: more than one letter is needed for certainty.
    doubtful: FxHashSet<&'static str>,
    /// What a rate can be per.
    per: FxHashMap<&'static str, &'static str>,
}

/// Words before a number that names something: "Row 5 A".
static LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/labels.txt").lines().collect());

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        units: Vec::new(),
        names: FxHashMap::default(),
        before: FxHashMap::default(),
        after: FxHashMap::default(),
        symbols: FxHashMap::default(),
        doubtful: FxHashSet::default(),
        per: FxHashMap::default(),
    };
    for line in include_str!("../data/units.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('|');
        let Some((dimension, name, factor, offset)) =
            (|| Some((dimension(fields.next())?, fields.next()?, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?)))()
        else {
            continue;
        };
        let unit = table.units.len();
        table.units.push(Unit { dimension, name: name.to_owned(), factor, offset, per: None });
        for form in fields {
            add(&mut table.after, form, unit);
            let cased = form.strip_prefix('=');
            let symbol = cased.unwrap_or(form);
            if symbol.len() < 4 && symbol.chars().all(char::is_alphabetic) && symbol != "in" {
                table.symbols.entry(symbol).or_insert(unit);
            }
        }
    }
    for spelling in si::spellings(&mut table.units) {
        if spelling.alone {
            if spelling.symbol && !table.symbols.contains_key(spelling.form) {
                table.doubtful.insert(spelling.form);
            }
            add_cased(&mut table.after, spelling.form, spelling.unit, spelling.symbol);
        }
        if spelling.symbol {
            table.symbols.entry(spelling.form).or_insert(spelling.unit);
        }
    }
    for line in include_str!("../data/rate_units.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('|');
        let (Some(name), Some(per)) = (fields.next(), fields.next()) else { continue };
        let Some(unit) = table.units.iter().find(|u| u.name == name).cloned() else { continue };
        table.units.push(Unit { per: Some(per.to_owned()), ..unit });
        for form in fields {
            add_cased(&mut table.after, form, table.units.len() - 1, true);
        }
    }
    for line in include_str!("../data/currencies.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('|');
        let (Some(code), Some(factor)) = (fields.next(), fields.next().and_then(|f| f.parse().ok())) else { continue };
        let unit = table.units.len();
        table.units.push(Unit { dimension: Dimension::Money, name: code.to_owned(), factor, offset: Decimal::ZERO, per: None });
        if code.len() == 3 && factor == Decimal::ONE {
            millions(&mut table, code);
        }
        for form in fields.next().into_iter().flat_map(|f| f.split(',')).filter(|f| !f.is_empty()) {
            // "USD" and "US$" have their case; signs have none.
            add_cased(&mut table.before, form, unit, true);
            add_cased(&mut table.after, form, unit, true);
        }
        for form in fields.next().into_iter().flat_map(|f| f.split(',')).filter(|f| !f.is_empty()) {
            add(&mut table.after, form, unit);
        }
    }
    for forms in table.before.values_mut().chain(table.after.values_mut()) {
        forms.sort_by_key(|f| std::cmp::Reverse(f.pieces.len()));
    }
    for line in include_str!("../data/rates.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(name) = words.next() {
            table.per.insert(name, name);
            table.per.extend(words.map(|w| (w, name)));
        }
    }
    for (i, unit) in table.units.iter().enumerate().rev().filter(|(_, u)| u.per.is_none()) {
        table.names.insert(unit.name.clone(), i);
    }
    table
});

/// "30 MUSD", as Nordic companies write it.
fn millions(table: &mut Table, code: &'static str) {
    let unit = Unit {
        dimension: Dimension::Money,
        name: code.to_owned(),
        factor: Decimal::from(1_000_000),
        offset: Decimal::ZERO,
        per: None,
    };
    let pieces: Vec<&'static str> = vec![Box::leak(format!("M{code}").into_boxed_str())];
    let index = table.units.len();
    table.units.push(unit);
    let key = pieces[0].to_ascii_lowercase();
    table.before.entry(key.clone()).or_default().push(Form { pieces: pieces.clone(), cased: true, unit: index });
    table.after.entry(key).or_default().push(Form { pieces, cased: true, unit: index });
}

pub(super) fn dimension(name: Option<&str>) -> Option<Dimension> {
    Some(match name? {
        "percent" => Dimension::Percent,
        "percentage-point" => Dimension::PercentagePoint,
        "time" => Dimension::Time,
        "length" => Dimension::Length,
        "area" => Dimension::Area,
        "volume" => Dimension::Volume,
        "mass" => Dimension::Mass,
        "speed" => Dimension::Speed,
        "temperature" => Dimension::Temperature,
        "energy" => Dimension::Energy,
        "power" => Dimension::Power,
        "data" => Dimension::Data,
        "other" => Dimension::Other,
        _ => return None,
    })
}

fn add(map: &mut FxHashMap<String, Vec<Form>>, form: &'static str, unit: usize) {
    match form.strip_prefix('=') {
        Some(form) => add_cased(map, form, unit, true),
        None => add_cased(map, form, unit, false),
    }
}

fn add_cased(map: &mut FxHashMap<String, Vec<Form>>, form: &'static str, unit: usize, cased: bool) {
    let pieces = pieces(form);
    if let Some(first) = pieces.first() {
        map.entry(first.to_ascii_lowercase()).or_default().push(Form { pieces, cased, unit });
    }
}

/// Cuts a form as sentences are cut into atoms.
fn pieces(form: &'static str) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut rest = form;
    while let Some(c) = rest.chars().next() {
        let len =
            if c.is_alphanumeric() { rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()) } else { c.len_utf8() };
        if c != ' ' {
            out.push(&rest[..len]);
        }
        rest = &rest[len..];
    }
    out
}

/// One past the last atom of the form that begins at atom `i`, if it stands there. A hyphen may tie its words: "square-mile".
fn matches(line: &Line<'_>, i: usize, form: &Form) -> Option<usize> {
    let mut at = i;
    for (k, piece) in form.pieces.iter().enumerate() {
        if k > 0 && line.ties(at) && line.kind(at + 1) == Some(AtomKind::Word) && *piece != "-" {
            at += 1;
        }
        // Tokenised text has "US $ 5".
        let tied = k == 0 || line.kind(at) == Some(AtomKind::Word) || line.glued(at) || *piece == "$";
        let same = if form.cased { line.str(at) == *piece } else { line.lower(at) == *piece };
        if !tied || !same {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The sign or code of a currency that begins at atom `i`, before a figure: the unit and one past its last atom.
pub(in crate::claim) fn before(line: &Line<'_>, i: usize) -> Option<(Unit, usize)> {
    let table = &*TABLE;
    let (form, to) = table.before.get(line.lower(i))?.iter().find_map(|f| Some((f, matches(line, i, f)?)))?;
    // A single letter touches its figure: "R12,000".
    if line.str(i).len() == 1 && line.kind(i) == Some(AtomKind::Word) && to == i + 1 && !line.glued(to) {
        return None;
    }
    Some((table.units[form.unit].clone(), to))
}

/// The words that the sign or code of a currency can begin with.
pub(in crate::claim) fn leading() -> impl Iterator<Item = &'static str> {
    TABLE.before.keys().map(String::as_str)
}

/// The unit that begins at atom `i`, after a figure: the unit and one past its last atom. `digits` says whether the figure is
/// written in digits, which symbols of one or two letters need.
pub(in crate::claim) fn after(line: &Line<'_>, i: usize, digits: bool) -> Option<(Unit, usize)> {
    let plain = plain(line, i, digits);
    // "kg" may go on: "kg/m3".
    match symbols::product(line, i).filter(|_| digits) {
        Some(product) if plain.as_ref().is_none_or(|p| p.1 < product.1) => Some(product),
        _ => plain.map(|(unit, to)| match unit.name.split_once(" per ") {
            // "metres per second squared".
            Some((over, under)) if line.word(to) == "squared" => {
                let over = named(over).unwrap_or(unit.clone());
                (super::rated(over, &format!("square {under}")), to + 1)
            }
            _ => (unit, to),
        }),
    }
}

fn plain(line: &Line<'_>, i: usize, digits: bool) -> Option<(Unit, usize)> {
    let table = &*TABLE;
    let (form, to) = table.after.get(line.lower(i))?.iter().find_map(|f| {
        let symbol = f.cased && f.pieces[0].chars().all(char::is_alphanumeric) && f.pieces.len() == 1;
        // A sign stands before the next figure unless it touches this one.
        let sign = matches!(f.pieces[0], "$" | "€" | "£" | "¥" | "₹" | "₽" | "₴" | "₩" | "₺" | "₪");
        let digits_next = line.kind(i + 1) == Some(AtomKind::Digits);
        if sign && digits_next && (line.glued(i + 1) || !line.glued(i)) || sign && !digits {
            return None;
        }
        let to = matches(line, i, f)?;
        (!symbol || digits && is_symbol_here(line, i)).then_some((f, to))
    })?;
    Some((table.units[form.unit].clone(), to))
}

/// Whether the letters at `i` are a symbol and not a word or an initial: "5 m", "6ft"; not "5 in Paris".
fn is_symbol_here(line: &Line<'_>, i: usize) -> bool {
    let text = line.str(i);
    if text.len() == 1 && line.ties(i + 1) {
        return false;
    }
    if TABLE.doubtful.contains(text) {
        // "573.15K": what reads numerals has left it alone as no thousand.
        let letter = text.chars().count() == 1 && !matches!(text, "K" | "V" | "\u{3a9}" | "\u{2126}");
        return !(letter && line.glued(i)) && is_plain_symbol(line, i);
    }
    if line.glued(i) {
        return !line.is_hyphen(i - 1) || text.len() > 1;
    }
    match text {
        "in" => {
            matches!(line.word(i + 1), "thick" | "tall" | "long" | "wide" | "high" | "deep" | "")
                && line.kind(i + 1) != Some(AtomKind::Digits)
        }
        "s" | "st" | "h" | "p" | "c" => false,
        "C" | "F" => line.word(i + 1).is_empty() || line.word(i + 1) == "outside",
        _ => !matches!(line.mark(i + 1), Some('\'' | '’' | '.')) || text.len() > 1,
    }
}

/// Whether nothing around a symbol of one or two letters at atom `i` speaks for a name or a label: "5 N.", "230 V supply", not
/// "Row 5 A", "5 N Main Street".
fn is_plain_symbol(line: &Line<'_>, i: usize) -> bool {
    let before = i.checked_sub(2).map_or("", |k| line.word(k));
    let named = i > 2 && line.capital(i - 2) && !line.glued(i) || LABELS.contains(before);
    let next = i + 1;
    let ends = match line.kind(next) {
        None => true,
        Some(AtomKind::Mark('.')) => next + 1 == line.len(),
        Some(AtomKind::Mark(c)) => !matches!(c, '\'' | '’' | '&' | '+'),
        Some(AtomKind::Word) => {
            !line.glued(next)
                && !line.capital(next)
                && (line.str(i).chars().count() > 1
                    || matches!(line.str(i), "V" | "\u{3a9}" | "\u{2126}")
                    || !matches!(line.tag(next), Tag::Noun | Tag::ProperNoun | Tag::Adjective))
        }
        Some(_) => !line.glued(next) && line.str(i).chars().count() > 1,
    };
    ends && !named
}

/// What rates are per, if any begin at atom `i`: "per day", "a barrel", "per person per night". Gives their names, joined by " per ",
/// and one past their last atom.
pub(in crate::claim) fn per(line: &Line<'_>, i: usize) -> Option<(String, usize)> {
    let (mut name, mut to) = per_one(line, i)?;
    while (line.word(to) == "per" || line.mark(to) == Some('/'))
        && let Some((more, end)) = per_one(line, to)
    {
        (name, to) = (format!("{name} per {more}"), end);
    }
    Some((name, to))
}

fn per_one(line: &Line<'_>, i: usize) -> Option<(String, usize)> {
    if let Some((name, to)) = per_unit(line, i) {
        return Some((name, to));
    }
    per_word(line, i).map(|(name, to)| (name.to_owned(), to)).or_else(|| symbols::denominator(line, i))
}

/// "per square metre", "per 100 km", "a megawatt-hour", "per second squared".
fn per_unit(line: &Line<'_>, i: usize) -> Option<(String, usize)> {
    let digits = line.kind(i + 1) == Some(AtomKind::Digits);
    let article = matches!(line.word(i), "a" | "an") && !digits;
    if line.word(i) != "per" && !article && !(digits && line.mark(i) == Some('/') && line.glued(i)) {
        return None;
    }
    let at = if digits { i + 2 } else { i + 1 };
    let (unit, to) = after(line, at, digits || !article && line.str(at).len() > 1)?;
    if matches!(unit.dimension, Dimension::Percent | Dimension::PercentagePoint) || unit.per.is_some() {
        return None;
    }
    let power = match line.word(to) {
        "squared" => "square ",
        "cubed" => "cubic ",
        _ => "",
    };
    if digits {
        return Some((format!("{} {}", line.str(i + 1).replace(',', ""), unit.name), to));
    }
    if !power.is_empty() {
        return Some((format!("{power}{}", unit.name), to + 1));
    }
    // Words of one piece are in the list of what rates are per, or not meant: "per second division club".
    let known = to == at + 1 && (TABLE.per.contains_key(line.word(at)) || unit.dimension == Dimension::Money);
    (!known && (!article || unit.dimension == Dimension::Energy || to > at + 1)).then_some((unit.name, to))
}

/// One word of the list: "per day", "a barrel", "an hour", "/kg".
fn per_word(line: &Line<'_>, i: usize) -> Option<(&'static str, usize)> {
    let table = &*TABLE;
    // "a £26,000-a-year cap".
    if line.ties(i) && matches!(line.word(i + 1), "a" | "an" | "per") && line.ties(i + 2) {
        return Some((*table.per.get(line.word(i + 3))?, i + 4));
    }
    let at = match line.lower(i) {
        "per" | "a" | "an" | "each" | "every" => i + 1,
        "/" if line.glued(i) => i + 1,
        _ => return None,
    };
    // "5 km per 100 people" and "per capita income" are left to the reader of the rest.
    // "per diluted share".
    let reach = if line.word(i) == "per" { 3 } else { 1 };
    (at..at + reach)
        .take_while(|&k| line.kind(k) == Some(AtomKind::Word))
        .find_map(|k| Some((*table.per.get(line.word(k))?, k + 1)))
}

/// Whether the letters before digits are the code of a currency: "USD115".
pub(in crate::claim) fn is_code(letters: &str) -> bool {
    (1..=3).contains(&letters.len())
        && TABLE.before.get(&letters.to_ascii_lowercase()).is_some_and(|f| f.iter().any(|f| f.pieces == [letters]))
}

/// The unit of a symbol, in its case.
pub(super) fn symbol(text: &str) -> Option<&'static Unit> {
    TABLE.symbols.get(text).map(|&i| &TABLE.units[i])
}

/// The unit with this name in the table.
pub(in crate::claim) fn named(name: &str) -> Option<Unit> {
    TABLE.names.get(name).map(|&i| TABLE.units[i].clone())
}

/// The currency with this code.
pub(in crate::claim) fn currency(code: &str) -> Option<Unit> {
    TABLE.units.iter().find(|u| u.dimension == Dimension::Money && u.name == code && u.factor == Decimal::ONE).cloned()
}
