//! The table of units, and which of its forms stand beside a numeral.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Dimension, Unit};
use crate::claim::atom::{AtomKind, Line};

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
    /// Forms by their first piece in lower case, longest first: before a figure (signs and codes of currencies), and after it.
    before: FxHashMap<String, Vec<Form>>,
    after: FxHashMap<String, Vec<Form>>,
    /// What a rate can be per.
    per: FxHashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table =
        Table { units: Vec::new(), before: FxHashMap::default(), after: FxHashMap::default(), per: FxHashMap::default() };
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

fn dimension(name: Option<&str>) -> Option<Dimension> {
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
    Some((table.units[form.unit].clone(), to))
}

/// The words that the sign or code of a currency can begin with.
pub(in crate::claim) fn leading() -> impl Iterator<Item = &'static str> {
    TABLE.before.keys().map(String::as_str)
}

/// The unit that begins at atom `i`, after a figure: the unit and one past its last atom. `digits` says whether the figure is
/// written in digits, which symbols of one or two letters need.
pub(in crate::claim) fn after(line: &Line<'_>, i: usize, digits: bool) -> Option<(Unit, usize)> {
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

/// What a rate is per, if one begins at atom `i`: "per day", "a barrel", "an hour", "/kg". Gives its name and one past its last atom.
pub(in crate::claim) fn per(line: &Line<'_>, i: usize) -> Option<(&'static str, usize)> {
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
    letters.len() == 3 && TABLE.before.get(&letters.to_ascii_lowercase()).is_some_and(|f| f.iter().any(|f| f.pieces == [letters]))
}

/// The unit with this name in the table.
pub(in crate::claim) fn named(name: &str) -> Option<Unit> {
    TABLE.units.iter().find(|u| u.name == name).cloned()
}

/// The currency with this code.
pub(in crate::claim) fn currency(code: &str) -> Option<Unit> {
    TABLE.units.iter().find(|u| u.dimension == Dimension::Money && u.name == code && u.factor == Decimal::ONE).cloned()
}
