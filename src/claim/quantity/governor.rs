//! The noun that a figure belongs to when none follows it: "profit of $3 million", "the toll rose to 12".

use super::{
    Form, change,
    figure::Figure,
    guard,
    noun::REACH,
    words::{self, Class},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        unit::Dimension,
    },
    prose::Tag,
};

/// The noun on the left that governs a figure: "profit of $3 million", "the toll rose to 12", "the rate in the quarter was 5%". A
/// subject that merely does something to what is counted is none: "the navy rescued 200".
pub(super) fn find(line: &Line<'_>, figure: &Figure, free: usize) -> Option<usize> {
    let last = figure.from.checked_sub(1)?;
    if last < free {
        return None;
    }
    // "margin, 19.6%;".
    let share = figure.unit.as_ref().is_some_and(|u| matches!(u.dimension, Dimension::Percent | Dimension::Money));
    if line.mark(last) == Some(',') && share && line.kind(figure.to).is_none_or(|k| matches!(k, AtomKind::Mark(_))) {
        let noun = |k: usize| line.tag(k) == Tag::Noun || guard::is_shout(line.str(k));
        return last.checked_sub(1).filter(|&k| k > free && noun(k) && !line.ties(k - 1));
    }
    // What links the noun to its figure, and whether that is a verb, so that the noun is a subject.
    // "did not reach 50%" has its verb within.
    let within =
        (figure.from..figure.numeral.0).any(|k| words::is(line.word(k), Class::Reach) || words::is(line.word(k), Class::Exceed));
    let linking = figure.change.is_some() || within;
    let (mut linked, mut verb) = (linking, linking);
    let first = figure.from.saturating_sub(REACH).max(free);
    // "magnitude 6.5".
    let bare = figure.unit.is_none() && figure.form == Form::Cardinal && figure.from == figure.numeral.0;
    if bare && line.tag(last) == Tag::Noun && !change::is_change(line.word(last)) && !words::is_day(line.word(last)) {
        return Some(last);
    }
    for k in (first..figure.from).rev() {
        match line.kind(k) {
            Some(AtomKind::Word) => {}
            Some(AtomKind::Mark('-' | '\'' | '’')) => continue,
            _ => return None,
        }
        let word = line.word(k);
        let states = words::is(word, Class::State);
        verb |= states || change::is_change(word) && line.tag(k) == Tag::Verb;
        // "increase world food needs by 50 percent": what stands right before the preposition is the object, whatever its tag.
        if k + 2 == figure.from
            && line.tag(k) == Tag::Verb
            && !states
            && !change::is_change(word)
            && match line.tag(k.wrapping_sub(1)) {
                Tag::Noun => word.ends_with('s'),
                tag => matches!(tag, Tag::Adjective | Tag::Determiner),
            }
            && (k.saturating_sub(6)..k).any(|c| change::is_change(line.word(c)))
        {
            return Some(k);
        }
        linked |= states || change::is_change(word) || matches!(word, "of" | "at");
        match line.tag(k) {
            _ if word == "range" || states && k + 1 == figure.from || words::is_auxiliary(word) => {}
            Tag::Noun if change::is_change(word) && word != "growth" => {}
            // "earnings per share of $6.86".
            _ if line.word(k.wrapping_sub(1)) == "per" || word == "per" => {}
            Tag::Noun => {
                linked |= k + 1 < figure.from && (k.saturating_sub(4)..k).any(|c| change::is_change(line.word(c)));
                // "net debt below $25 billion".
                linked |= figure.unit.is_some()
                    && k + 1 == figure.from
                    && matches!(line.word(figure.from), "below" | "above" | "under" | "over");
                return linked.then(|| if verb { subject(line, k) } else { k });
            }
            // "Sales in China fell by a third"; "Tesla rose 5%".
            Tag::ProperNoun if verb && linked => {
                if !follows_preposition(line, k, first) {
                    return Some(k);
                }
            }
            Tag::Verb | Tag::Auxiliary | Tag::Adverb | Tag::Adposition | Tag::Particle | Tag::Adjective | Tag::Determiner => {}
            _ => return None,
        }
    }
    None
}

/// Whether the name that ends at atom `k` stands after a preposition.
fn follows_preposition(line: &Line<'_>, k: usize, first: usize) -> bool {
    let before = (first..k).rev().find(|&b| !matches!(line.tag(b), Tag::ProperNoun | Tag::Determiner | Tag::Adjective));
    before.is_some_and(|b| line.tag(b) == Tag::Adposition)
}

/// The head of the subject that ends with the noun at `k`: "earnings" in "earnings per share in the quarter".
fn subject(line: &Line<'_>, k: usize) -> usize {
    let mut head = k;
    let mut at = k;
    for _ in 0..REACH {
        let Some(before) = at.checked_sub(1) else { break };
        at = before;
        // "the yield on the 10-year note".
        if line.kind(at) == Some(AtomKind::Digits) || line.ties(at) {
            continue;
        }
        if line.kind(at) != Some(AtomKind::Word) {
            break;
        }
        match line.tag(at) {
            Tag::Determiner | Tag::Adjective | Tag::Numeral | Tag::ProperNoun => {}
            Tag::Pronoun if words::is(line.word(at), Class::Possessive) => {}
            Tag::Noun if line.word(at.wrapping_sub(1)) != "per" && line.word(at) != "per" => {}
            _ => {
                let Some(noun) = at.checked_sub(1) else { break };
                let per = line.word(at) == "per" || line.word(at.wrapping_sub(1)) == "per";
                if per {
                    continue;
                }
                let counts = line.word(at) == "of" && matches!(line.word(noun), "number" | "total" | "toll" | "count" | "tally");
                let within = matches!(
                    line.word(at),
                    "of" | "in" | "for" | "on" | "at" | "from" | "by" | "with" | "between" | "among" | "to"
                );
                // "earnings per share in the quarter".
                let rate = noun >= 2 && line.word(noun - 1) == "per";
                if !within || counts || !(rate || line.tag(noun) == Tag::Noun) {
                    break;
                }
                head = if rate { noun - 2 } else { noun };
                at = head;
            }
        }
    }
    head
}
