//! Somebody else's age: the right figure beside the wrong name, or one that the day of birth excludes.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Finding, Label, Mismatch, Reason, Stance, Verdict, fix, message};
use crate::{
    claim::{DateMention, Edge, Form, Mention, MentionKind, Name, NameClass, Reading, same_name},
    corpus::Source,
    evidence::{Evidence, mentions_of, sources_of},
    prose,
};

/// How sure it is that an age which no source gives its bearer is wrong, where one gives another.
const CONFIDENCE: f32 = 0.85;
/// Words between "born" and the date.
const BORN: usize = 4;

/// What a source says of how old somebody is.
struct Said<'e> {
    source: &'e Arc<Source>,
    mention: &'e Mention,
    /// The years that this makes the bearer when the draft appears.
    ages: (i64, i64),
}

/// The verdict on an age that stands beside a name, if the sources exclude it. Silent where a source gives the bearer this age, where the
/// draft may tell of another year, and where two people may be meant.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Option<Verdict> {
    let mention = &draft.mentions[index as usize];
    let age = plain(mention).filter(|_| !mention.quoted)?;
    let bearer = bearer(draft, mention)?;
    if !is_of_today(draft, mention) {
        return None;
    }
    let said = said(bearer, draft.prose.document.meta.published, evidence)?;
    if said.iter().any(|s| (s.ages.0..=s.ages.1).contains(&age)) {
        return None;
    }
    let is_figure = |m: &Mention| matches!(m.kind, MentionKind::Quantity(_));
    let first = said.iter().find(|s| is_figure(s.mention)).or(said.first())?;
    let reading = &first.source.reading;
    let finding = Finding {
        source: first.source.clone(),
        quote: reading.prose.words(first.mention.sentence as usize).cover(first.mention.span),
        counterpart: first.mention.span,
        stance: Stance::Refutes(Mismatch::Quantity),
        confidence: CONFIDENCE,
    };
    let is_age = is_figure(first.mention);
    Some(Verdict {
        mismatch: Some(Mismatch::Quantity),
        message: Some(if is_age { message::says(first.mention, reading) } else { message::says_born(first.mention, reading) }),
        fix: is_age.then(|| fix::fix(draft, mention, reading, first.mention)).flatten(),
        findings: vec![finding],
        ..Verdict::new(index, Label::Refuted, CONFIDENCE, Reason::Age)
    })
}

/// The years of an age without bounds: of "64", not of "in her sixties".
fn plain(mention: &Mention) -> Option<i64> {
    let MentionKind::Quantity(q) = &mention.kind else { return None };
    let whole = q.low.filter(|v| q.low == q.high && v.fract().is_zero() && !q.vague)?;
    let years = q.unit.as_ref().is_none_or(|u| u.name == "year");
    (q.form == Form::Age && years).then(|| i64::try_from(whole.trunc().mantissa()).ok()).flatten()
}

/// Whose age "Falk is 27" or "her partner, Emil Falk, is 27" tells, and how many years.
fn bare<'a>(reading: &'a Reading, mention: &Mention) -> Option<(&'a Name, i64)> {
    let MentionKind::Quantity(q) = &mention.kind else { return None };
    let years = q.low.filter(|v| q.low == q.high && v.fract().is_zero() && *v <= Decimal::ONE_HUNDRED)?;
    if !matches!(q.form, Form::Cardinal | Form::Age) || q.unit.as_ref().is_some_and(|u| u.name != "year") || q.modifiers.is_some()
    {
        return None;
    }
    let tokens = reading.prose.tokens_of(mention.sentence as usize);
    let at = tokens.partition_point(|t| t.span.start < mention.span.start);
    let word = |back: usize| at.checked_sub(back).map(|i| prose::fold(reading.prose.str(tokens[i].span)));
    let comma = usize::from(word(2)? == ",");
    let before = tokens.get(at.checked_sub(2 + comma)?)?.span;
    let here = mentions_of(reading, mention.sentence as usize);
    let name = reading.mentions[here].iter().filter(|m| m.span.overlaps(before)).find_map(person)?;
    let counts = q.entity.is_some_and(|e| e.start >= mention.span.end) && q.form == Form::Cardinal;
    (word(1)? == "is" && !counts).then(|| i64::try_from(years.trunc().mantissa()).ok().map(|years| (name, years))).flatten()
}

/// Whose age it is, if it stands beside a person's name.
fn bearer<'a>(reading: &'a Reading, mention: &Mention) -> Option<&'a Name> {
    let MentionKind::Quantity(quantity) = &mention.kind else { return None };
    let entity = quantity.entity?;
    let here = mentions_of(reading, mention.sentence as usize);
    reading.mentions[here].iter().filter(|m| m.span.overlaps(entity)).find_map(person)
}

fn person(mention: &Mention) -> Option<&Name> {
    match &mention.kind {
        MentionKind::Name(name) if name.class == NameClass::Person && !name.doubtful => Some(name),
        _ => None,
    }
}

/// Whether an age is that of the day: between commas or before the name, with no year in its sentence.
fn is_of_today(reading: &Reading, mention: &Mention) -> bool {
    let text = &reading.prose.document.prose;
    let (before, after) = (&text[..mention.span.start as usize], &text[mention.span.end as usize..]);
    let apposed = before.trim_end().ends_with(',') && after.trim_start().starts_with([',', '.', ';']);
    let tied = mention.span.of(text).contains('-');
    // "Since 1990" reaches to this day.
    let past = |m: &Mention| matches!(&m.kind, MentionKind::Date(d) if d.year.is_some() && d.edge != Some(Edge::After));
    (apposed || tied) && !reading.mentions[mentions_of(reading, mention.sentence as usize)].iter().any(past)
}

/// What the sources say of the bearer's age; nothing if the name may be that of two people.
fn said<'e>(bearer: &Name, today: Option<Date>, evidence: &'e [Evidence]) -> Option<Vec<Said<'e>>> {
    let mut said = Vec::new();
    let mut bearers: Vec<&Name> = Vec::new();
    for (_, source) in sources_of(evidence) {
        let reading = &source.reading;
        let published = reading.prose.document.meta.published;
        for mention in &reading.mentions {
            if let Some(other) = person(mention).filter(|other| same_name(bearer, other).agrees()) {
                if bearers.iter().any(|b| !same_name(b, other).agrees()) {
                    return None;
                }
                bearers.push(other);
            }
            let ages = match &mention.kind {
                MentionKind::Quantity(_) => {
                    let beside = self::bearer(reading, mention).zip(plain(mention)).or_else(|| bare(reading, mention));
                    let Some((_, age)) = beside.filter(|(b, _)| same_name(bearer, b).agrees()) else { continue };
                    // Between two articles a birthday may lie.
                    let apart = match (published, today) {
                        (Some(then), Some(now)) => i64::from(now.year()) - i64::from(then.year()),
                        _ => 0,
                    };
                    let same_day = published == today || published.is_none() || today.is_none();
                    if same_day { (age, age) } else { (age + apart.min(0), age + apart.max(0) + i64::from(apart == 0)) }
                }
                MentionKind::Date(date) => {
                    let who = born(reading, mention).filter(|who| same_name(bearer, who).agrees());
                    match (who, today.or(published).and_then(|now| ages(date, now))) {
                        (Some(_), Some(ages)) => ages,
                        _ => continue,
                    }
                }
                _ => continue,
            };
            said.push(Said { source, mention, ages });
        }
    }
    Some(said)
}

/// Who was born on a date: the person whose name comes before it in the sentence.
fn born<'e>(reading: &'e Reading, date: &Mention) -> Option<&'e Name> {
    let tokens = reading.prose.tokens_of(date.sentence as usize);
    let at = tokens.partition_point(|t| t.span.start < date.span.start);
    tokens[at.saturating_sub(BORN)..at].iter().find(|t| prose::fold(reading.prose.str(t.span)) == "born")?;
    let here = mentions_of(reading, date.sentence as usize);
    let before = |m: &&Mention| m.span.end <= date.span.start;
    reading.mentions[here].iter().rev().filter(before).find_map(person)
}

/// The fewest and the most years of somebody born on a date.
fn ages(born: &DateMention, today: Date) -> Option<(i64, i64)> {
    let age = |day: Date| {
        let had = (today.month(), today.day()) >= (day.month(), day.day());
        i64::from(today.year()) - i64::from(day.year()) - i64::from(!had)
    };
    born.year?;
    Some((age(born.latest?), age(born.earliest?)))
}

/// Whether a source's date is the day of birth of the bearer of the draft's age, and gives it.
pub(super) fn is_given(draft: &Reading, mention: &Mention, (reading, date): (&Reading, &Mention)) -> bool {
    let (Some(age), Some(bearer)) = (plain(mention), bearer(draft, mention)) else { return false };
    let MentionKind::Date(day) = &date.kind else { return false };
    let same = born(reading, date).is_some_and(|who| same_name(bearer, who).agrees());
    let now = [draft.prose.document.meta.published, reading.prose.document.meta.published];
    same && now.into_iter().flatten().filter_map(|now| ages(day, now)).any(|(low, high)| (low..=high).contains(&age))
}
