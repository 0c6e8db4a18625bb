//! Words that bound or hedge a figure.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    Approximation, Form,
    figure::Figure,
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        unit::Dimension,
    },
    prose::Tag,
    text::Span,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Above,
    Least,
    Below,
    Most,
    About,
    Nearly,
    Over,
    Exact,
    /// "or equal": the ends belong to it.
    Closed,
}

struct Phrase {
    pieces: Vec<&'static str>,
    kind: Kind,
}

struct Phrases {
    /// By last piece, longest first.
    before: FxHashMap<&'static str, Vec<Phrase>>,
    /// By first piece, longest first.
    after: FxHashMap<&'static str, Vec<Phrase>>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { before: FxHashMap::default(), after: FxHashMap::default() };
    for line in include_str!("../data/qualifiers.txt").lines().filter(|l| !l.starts_with('#')) {
        let Some((kind, phrase)) = line.split_once(' ') else { continue };
        let kind = match kind {
            "above" => Kind::Above,
            "least" => Kind::Least,
            "below" => Kind::Below,
            "most" => Kind::Most,
            "about" => Kind::About,
            "nearly" => Kind::Nearly,
            "over" => Kind::Over,
            "closed" => Kind::Closed,
            _ => Kind::Exact,
        };
        let after = phrase.strip_prefix('+').filter(|p| !p.is_empty());
        let pieces: Vec<&'static str> = after.unwrap_or(phrase).split(' ').collect();
        let (map, key) = match after {
            Some(_) => (&mut phrases.after, pieces[0]),
            None => (&mut phrases.before, pieces[pieces.len() - 1]),
        };
        map.entry(key).or_default().push(Phrase { pieces, kind });
    }
    for list in phrases.before.values_mut().chain(phrases.after.values_mut()) {
        list.sort_by_key(|p| std::cmp::Reverse(p.pieces.len()));
    }
    phrases
});

/// Finds the qualifiers around a figure, widens it over them, and changes its bounds. Gives the bytes of the qualifier.
pub(super) fn apply(line: &Line<'_>, figure: &mut Figure, free: usize) -> Option<Span> {
    if matches!(figure.form, Form::Ordinal | Form::Score) {
        return None;
    }
    let written = (figure.low, figure.high, figure.low_open, figure.high_open);
    let mut span: Option<Span> = None;
    // Two may stand in a row: "at least about".
    for _ in 0..2 {
        // "about a 20 minute walk".
        let article = figure.tied && figure.from > free && matches!(line.word(figure.from - 1), "a" | "an");
        let end = figure.from - usize::from(article && span.is_none());
        let Some((kind, len)) = before(line, end, free).filter(|(kind, _)| *kind != Kind::Exact || end == figure.from) else {
            break;
        };
        let from = end - len;
        let words = line.span(from, end);
        span = Some(span.map_or(words, |s| s.cover(words)));
        // "Over three days" may be during them, and "£4 million over three windows" is spread over them.
        let time = figure.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Time);
        let spread = from > 0 && matches!(line.tag(from - 1), Tag::Noun | Tag::Numeral | Tag::ProperNoun);
        let lasting = len == 1 && line.word(from) == "over" && (time || spread);
        figure.from = from;
        bound(figure, if lasting && figure.form != Form::Age { Kind::Least } else { kind });
    }
    if let Some((kind, len)) = after(line, figure.to) {
        let words = line.span(figure.to, figure.to + len);
        span = span.or(Some(words));
        figure.to += len;
        bound(figure, kind);
    }
    if let Some((from, to, kind)) = denied(line, figure, free) {
        // "exceed" may have bound it already, the other way round.
        figure.high = figure.high.or(figure.low);
        figure.low = figure.high;
        figure.low_open = false;
        bound(figure, kind);
        figure.from = figure.from.min(from);
        let words = line.span(from, to);
        span = Some(span.map_or(words, |s| s.cover(words)));
    }
    // "Up to 40 or more" bounds nothing: the figure stays as it is written.
    if figure.low.is_none() && figure.high.is_none() {
        (figure.low, figure.high, figure.low_open, figure.high_open) = written;
    }
    span
}

/// "did not reach 50%" is less than 50%, "did not exceed 50%" at most.
fn denied(line: &Line<'_>, figure: &Figure, free: usize) -> Option<(usize, usize, Kind)> {
    let turns = |k: usize| {
        let word = line.word(k);
        let kind = if words::is(word, Class::Exceed) { Kind::Most } else { Kind::Below };
        (kind == Kind::Most || words::is(word, Class::Reach)).then_some((k, kind))
    };
    let (verb, kind) = turns(figure.from).or_else(|| turns(figure.from.checked_sub(1)?))?;
    let short = |k: usize| line.word(k) == "t" && matches!(line.mark(k.wrapping_sub(1)), Some('\'' | '’'));
    let from = (verb.saturating_sub(4).max(free)..verb).find(|&k| {
        let word = line.word(k);
        short(k) || matches!(word, "not" | "never" | "without" | "cannot") || word.starts_with("fail") && line.word(k + 1) == "to"
    })?;
    if (from..verb).any(|k| line.kind(k) != Some(AtomKind::Word)) {
        return None;
    }
    // "didn't", "did not".
    let auxiliary = from > free && words::is_auxiliary(line.word(from - 1));
    let back = if short(from) { 2 } else { usize::from(auxiliary) };
    Some((from.saturating_sub(back).max(free), verb + 1, kind))
}

fn before(line: &Line<'_>, end: usize, free: usize) -> Option<(Kind, usize)> {
    // "a 5-under 67" is no bound.
    let last = end.checked_sub(1).filter(|&k| k >= free && (k == 0 || !line.ties(k - 1)))?;
    let phrase = PHRASES.before.get(line.lower(last))?.iter().find(|p| {
        let len = p.pieces.len();
        len <= end - free && p.pieces.iter().enumerate().all(|(k, piece)| line.lower(end - len + k) == *piece)
    })?;
    Some((phrase.kind, phrase.pieces.len()))
}

fn after(line: &Line<'_>, at: usize) -> Option<(Kind, usize)> {
    let phrase = PHRASES
        .after
        .get(line.lower(at))?
        .iter()
        .find(|p| p.pieces.iter().enumerate().all(|(k, piece)| line.lower(at + k) == *piece))?;
    // "equal to 500 or more than 600" begins another figure.
    let to = at + phrase.pieces.len();
    let next = to + usize::from(matches!(line.word(to), "than" | "to"));
    if phrase.pieces[0] == "or" && line.kind(next) == Some(AtomKind::Digits) {
        return None;
    }
    // "or more" binds; "500+" only without a space.
    (phrase.pieces[0] != "+" || line.glued(at) && !(line.glued(at + 1) && line.kind(at + 1) == Some(AtomKind::Digits)))
        .then_some((phrase.kind, phrase.pieces.len()))
}

fn bound(figure: &mut Figure, kind: Kind) {
    // "hundreds" and ranges keep their own ends: "more than two to three" is about the ends already.
    match kind {
        Kind::Above => (figure.low, figure.low_open, figure.high, figure.high_open) = (figure.low, true, None, false),
        Kind::Least => (figure.high, figure.high_open) = (None, false),
        Kind::Below => (figure.high, figure.high_open, figure.low, figure.low_open) = (figure.high, true, None, false),
        Kind::Most => (figure.low, figure.low_open) = (None, false),
        Kind::About => figure.approximation = Approximation::About,
        Kind::Nearly => figure.approximation = Approximation::Nearly,
        Kind::Over => figure.approximation = Approximation::JustOver,
        Kind::Closed => (figure.low_open, figure.high_open) = (false, false),
        Kind::Exact => {}
    }
}
