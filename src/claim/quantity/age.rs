//! Ages: "a 6-year-old girl", "aged 6", "the girl, 6,", "a girl of six", "in her 30s".

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::{
    Form,
    figure::Figure,
    guard,
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        numeral,
        unit::{self, Dimension},
    },
    prose::Tag,
};

static PERSONS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../data/persons.txt").lines().collect());

/// "68-year-old", "six years old", "aged 6", "the girl, 6,", "a girl of six".
pub(super) fn apply(line: &Line<'_>, mut figure: Figure) -> Figure {
    let time = figure.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Time && u.per.is_none());
    if time {
        if matches!(line.word(figure.from.wrapping_sub(1)), "aged" | "ages") {
            figure.form = Form::Age;
            return figure;
        }
        let at = if line.ties(figure.to) { figure.to + 1 } else { figure.to };
        if matches!(line.word(at), "old" | "olds") {
            figure.form = Form::Age;
            figure.tied |= line.ties(figure.to) || line.word(at) == "olds";
            figure.to = at + 1;
        } else if line.word(at) == "of" && line.word(at + 1) == "age" {
            figure.form = Form::Age;
            figure.to = at + 2;
        }
        return figure;
    }
    let years = figure.unit.is_none() && figure.form == Form::Cardinal && !figure.vague;
    if !years || figure.high.is_none_or(|h| h > Decimal::from(122) || h < Decimal::ONE || !h.fract().is_zero()) {
        return figure;
    }
    // "87 yo".
    if matches!(line.word(figure.to), "yo" | "yrold") {
        figure.form = Form::Age;
        figure.unit = unit::named("year");
        figure.to += 1;
        figure.tied = true;
        return figure;
    }
    if let Some(owner) = owner(line, &figure) {
        figure.form = Form::Age;
        figure.unit = unit::named("year");
        figure.owner = owner;
    }
    figure
}

/// "in her 30s", "his late twenties", "in their teens", at the numeral.
pub(super) fn decade(line: &Line<'_>, i: usize) -> Option<Figure> {
    let (from, to) = match line.kind(i)? {
        AtomKind::Digits if line.glued(i + 1) && line.word(i + 1) == "s" => (line.value_of(i), i + 2),
        AtomKind::Word => {
            let tens = line.word(i).strip_suffix("ies").filter(|t| t.ends_with('t'))?;
            let value = numeral::small(&format!("{tens}y"))?;
            (u32::try_from(value).ok()?, i + 1)
        }
        _ => return None,
    };
    let owned = (i.saturating_sub(3)..i).any(|k| matches!(line.word(k), "his" | "her" | "their" | "my" | "our" | "your"));
    if !owned || !(10..=110).contains(&from) || from % 10 != 0 {
        return None;
    }
    let mut figure = Figure::exactly(i, to, Decimal::from(from), Form::Age);
    figure.high = Some(Decimal::from(from + 9));
    figure.step = Decimal::TEN;
    figure.vague = true;
    figure.unit = unit::named("year");
    Some(figure)
}

/// Whose age a bare number is, if it is one: "aged 6", "the girl, 6,", "Jane Doe (34)", "a girl of six", "he turned 50".
fn owner(line: &Line<'_>, figure: &Figure) -> Option<Option<usize>> {
    let (i, to) = figure.numeral;
    let mut k = figure.from.checked_sub(1)?;
    // "aged just 13", "aged between 14 and 18", "aged over 65".
    while k > 0
        && (matches!(line.word(k), "just" | "only" | "about" | "around" | "between")
            || matches!(line.word(k), "over" | "under" | "above" | "below") && line.word(k - 1) == "aged")
    {
        k -= 1;
    }
    // "the peer, now 86,".
    if line.word(k) == "now" && k > 1 && line.mark(k - 1) == Some(',') && line.mark(to) == Some(',') && is_person(line, k - 2) {
        return Some(Some(k - 2));
    }
    // "He died at 79."
    let done = line.word(to).is_empty() || line.tag(to) == Tag::Adposition;
    if line.word(k) == "at"
        && matches!(line.word(k.wrapping_sub(1)), "died" | "dies" | "die")
        && done
        && line.kind(to) != Some(AtomKind::Digits)
    {
        return Some(None);
    }
    // "the couple, both 27,".
    if line.word(k) == "both" && k > 1 && line.mark(k - 1) == Some(',') && matches!(line.mark(to), Some(',' | '.')) {
        return Some(Some(k - 2));
    }
    let word = line.word(k);
    if matches!(word, "aged" | "age" | "ages") {
        return Some(
            (word == "aged" && k > 0)
                .then(|| if line.mark(k - 1) == Some(',') { k.wrapping_sub(2) } else { k - 1 })
                .filter(|&o| is_person(line, o)),
        );
    }
    let earlier = line.word(k.wrapping_sub(1));
    if word == "of" && earlier == "age" || word == "than" && matches!(earlier, "younger" | "older") {
        return Some(None);
    }
    // "people over 65", "children under five".
    let people = matches!(earlier, "people" | "those" | "anyone" | "everyone" | "adults" | "kids" | "seniors")
        || PERSONS.contains(earlier.trim_end_matches('s'))
        || guard::is_plural(line, k.wrapping_sub(1)) && (earlier.ends_with("men") || earlier.ends_with("children"));
    let ends = line.word(to).is_empty() && !line.ties(to) && line.kind(to) != Some(AtomKind::Digits)
        || matches!(line.word(to), "and" | "or" | "who")
        || line.tag(to) == Tag::Auxiliary
        || words::is_auxiliary(line.word(to));
    if people && ends && matches!(word, "over" | "under" | "above" | "below") && !matches!(line.mark(to), Some('%' | '$')) {
        return Some(Some(k - 1));
    }
    // "a girl of six"; "a mother of three children" counts children.
    let alone = !matches!(line.tag(to), Tag::Noun | Tag::Adjective | Tag::ProperNoun) || line.word(to).is_empty();
    let parent = words::is(earlier, Class::Parent);
    if word == "of"
        && alone
        && !parent
        && k > 0
        && PERSONS.contains(line.word(k - 1))
        && matches!(line.word(k.wrapping_sub(2)), "a" | "the")
    {
        return Some(Some(k - 1));
    }
    if line.glued(to) && line.ties(to) || figure.from != i {
        return None;
    }
    let ends = matches!(line.mark(to), Some(',' | '.' | ';' | ')'))
        || line.mark(to).is_some_and(|c| matches!(c, '—' | '–'))
        || line.kind(to).is_none()
        || matches!(line.word(to), "and" | "who" | "of" | "was" | "is" | "from" | "when" | "while" | "but" | "before" | "after");
    // "would have turned 13 on Monday".
    let turned = word.starts_with("turn") && line.tag(k) == Tag::Verb;
    let ends = ends || turned && matches!(line.word(to), "on" | "in" | "last" | "this" | "next" | "earlier" | "during");
    let integer = line.atoms[i].kind != AtomKind::Digits || line.str(i).len() <= 3;
    if !ends || !integer {
        return None;
    }
    // "She was 65", "who turned 50".
    let marked = !matches!(line.word(to), "of" | "from" | "was" | "is");
    let person = matches!(earlier, "he" | "she" | "who" | "i") || k > 0 && PERSONS.contains(earlier);
    if marked && (turned || person && matches!(word, "is" | "was" | "are" | "were" | "be")) {
        return Some((k > 0 && PERSONS.contains(earlier)).then(|| k - 1));
    }
    // After a comma or in brackets, right behind a name or a noun for people.
    let closed = line.mark(k) == Some(',') && line.mark(to) == Some(',') && figure.low == figure.high;
    let name =
        k > 0 && closed && line.kind(k - 1) == Some(AtomKind::Word) && line.capital(k - 1) && !guard::is_month(line, k - 1);
    if matches!(line.mark(k), Some(',' | '(')) && k > 0 && (name || is_person(line, k - 1)) {
        let closed = match line.mark(k) {
            Some('(') => line.mark(to) == Some(')'),
            _ => line.mark(to) != Some(')'),
        };
        return closed.then_some(Some(k - 1));
    }
    None
}

/// Whether the word is a noun for people or the last word of a name.
fn is_person(line: &Line<'_>, i: usize) -> bool {
    PERSONS.contains(line.word(i).trim_end_matches('s'))
        || matches!(line.word(i), "people" | "men" | "women" | "children" | "babies")
        || line.tag(i) == Tag::ProperNoun
            && line.capital(i)
            && !guard::is_month(line, i)
            && i > 0
            && line.capital(i - 1)
            && !guard::is_month(line, i - 1)
}
