//! Counts that no figure gives: of what is listed by name, and of what an ordinal implies.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{Derivation, Fact, Ours, amount, between};
use crate::{
    claim::{Form, MentionKind, NameClass, Quantity},
    prose::{self, Tag},
    text::Span,
};

/// The longest list that anybody counts by heart.
const LONGEST: usize = 20;
/// The least share of the claim that a sentence must speak of for two names in it to be counted.
pub(super) const PAIR: f32 = 0.6;
/// Tokens between two names of a list: an age, a role.
const APART: usize = 8;

/// "Three chemists" of "Ana Ruiz, Tom Becker and Lia Wong": a list of as many names.
pub(super) fn listed(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity().filter(|q| q.unit.is_none() && q.entity.is_some())?;
    let count = amount(q)?.to_usize().filter(|n| (2..=LONGEST).contains(n))?;
    let named: Vec<&Fact<'_>> = facts.iter().filter(|f| matches!(f.mention.kind, MentionKind::Name(_))).collect();
    let mut run: Vec<&Fact<'_>> = Vec::new();
    let mut closed = false;
    for (i, &fact) in named.iter().enumerate() {
        if let Some(last) = run.last() {
            match link(last, fact) {
                Some(and) => closed |= and,
                None => {
                    run.clear();
                    closed = false;
                }
            }
        }
        run.push(fact);
        let ends = named.get(i + 1).is_none_or(|next| link(fact, next).is_none());
        if ends && closed && run.len() == count {
            // Two names are soon side by side.
            return Some(Derivation::of(&run, count > 2 || fact.score >= PAIR));
        }
    }
    None
}

/// Whether two names are next to each other in a list, and if so, whether by "and".
fn link(a: &Fact<'_>, b: &Fact<'_>) -> Option<bool> {
    let class = |f: &Fact<'_>| match &f.mention.kind {
        MentionKind::Name(n) => n.class,
        _ => NameClass::Other,
    };
    let (x, y) = (class(a), class(b));
    if a.passage != b.passage || a.mention.span.end >= b.mention.span.start {
        return None;
    }
    let tokens = &a.reading.prose.tokens;
    let span = Span { start: a.mention.span.end, end: b.mention.span.start };
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let verb = tokens[from..].iter().take_while(|t| t.span.end <= span.end).any(|t| matches!(t.tag, Tag::Verb));
    let words = between(a.reading, a.mention, b.mention);
    let first = words.first().map(String::as_str)?;
    let joins = matches!(first, "," | ";" | "and" | "&");
    // Of a plain list the names are of one sort, whatever they look like by themselves.
    let plain = words.iter().all(|w| matches!(w.as_str(), "," | ";" | "and" | "&"));
    let alike = plain || x == y || x == NameClass::Other || y == NameClass::Other;
    (joins && alike && !verb && words.len() <= APART).then(|| words.iter().any(|w| w == "and" || w == "&"))
}

/// "Three victims" of "the third victim", and the other way round.
pub(super) fn ordinal(ours: &Ours<'_>, facts: &[Fact<'_>]) -> Option<Derivation> {
    let q = ours.quantity()?;
    let value = whole(q)?;
    let mut found = None;
    for fact in facts {
        let Some(theirs) = fact.quantity() else { continue };
        let crossed = matches!((q.form, theirs.form), (Form::Ordinal, Form::Cardinal) | (Form::Cardinal, Form::Ordinal));
        if !crossed || whole(theirs) != Some(value) {
            continue;
        }
        // "A third day" of "three days".
        let thing = |noun: Option<String>, q: &Quantity| q.unit.as_ref().map(|u| u.name.clone()).or(noun);
        let (Some(a), Some(b)) = (thing(ours.noun(), q), thing(fact.noun(), theirs)) else { continue };
        if prose::stem(&a) != prose::stem(&b) {
            continue;
        }
        let derivation = Derivation::of(&[fact], true);
        if derivation.is_certain {
            return Some(derivation);
        }
        found = found.or(Some(derivation));
    }
    found
}

/// A whole number.
fn whole(q: &Quantity) -> Option<Decimal> {
    q.low.filter(|v| q.low == q.high && v.fract().is_zero() && !v.is_zero() && !q.vague)
}
