//! Whether a draft contradicts itself: a count of one thing that is another one in another sentence.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use rust_decimal::Decimal;

use super::{
    Claim, Corpus, CorpusError, Label, Mention, MentionKind, Mismatch, Passage, Query, Reading, Source, Span, Verdict, one_line,
};
use crate::{
    claim::{Approximation, DateLikeness, Form, Quantity, same_date, same_name},
    evidence::{self, Outlines},
    prose, verdict,
};

/// Words by which a sentence says that its count is another one.
static APART: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("data/apart.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// How sure it must be. Both sentences are the writer's, so an alarm that is false is noticed at once.
const SURE: f32 = 0.85;

/// Of more counts that may contradict one, the first are looked at.
const MOST: usize = 8;

/// How many words before a figure and from it on can say that it is another count.
const NEAR: usize = 5;

/// Marks the counts that depart from one further up. What the sources say comes first: a verdict that is not supported or open is left as
/// it is, and so is what stands beside one, for the mistake has been told.
pub(super) fn mark(draft: &Arc<Reading>, verdicts: &mut [Verdict]) {
    let counts: Vec<(usize, Count<'_>)> = verdicts
        .iter()
        .enumerate()
        .filter(|(_, v)| matches!(v.label, Label::Supported | Label::NotEnoughInfo) && v.mismatch.is_none())
        .filter_map(|(i, v)| Some((i, Count::of(draft, v.mention)?)))
        .collect();
    let apart: Vec<bool> = counts.iter().map(|(_, count)| count.is_apart()).collect();
    let mut own: Option<Own> = None;
    let mut found: Vec<(usize, Span)> = Vec::new();
    for (at, (i, later)) in counts.iter().enumerate() {
        if apart[at] {
            continue;
        }
        let earlier = counts[..at].iter().zip(&apart).filter(|(_, apart)| !**apart).map(|((_, count), _)| count);
        let rivals: Vec<&Count<'_>> = earlier.filter(|earlier| later.may_contradict(earlier)).take(MOST).collect();
        if rivals.is_empty() || counts[..at].iter().any(|(_, earlier)| later.agrees(earlier)) {
            continue;
        }
        let own = own.get_or_insert_with(|| Own::new(draft));
        if let Some(rival) = own.contradicting(draft, later, &rivals) {
            found.push((*i, rival));
        }
    }
    for (i, rival) in found {
        let words = one_line(with_noun(draft, rival).of(&draft.prose.document.text));
        verdicts[i].message = Some(format!("Above, this draft says “{words}”."));
        verdicts[i].mismatch = Some(Mismatch::Itself(rival));
    }
}

/// A figure with what it counts, where that follows.
fn with_noun(draft: &Reading, figure: Span) -> Span {
    let noun = draft.mentions.iter().find(|m| m.span == figure).and_then(|m| match &m.kind {
        MentionKind::Quantity(quantity) => quantity.entity,
        _ => None,
    });
    // Without a noun it is the next word that says who they are.
    let next = || draft.prose.tokens.get(draft.prose.tokens.partition_point(|t| t.span.start < figure.end)).map(|t| t.span);
    noun.or_else(next).filter(|noun| noun.start >= figure.start).map_or(figure, |noun| figure.cover(noun))
}

/// The word behind a mention, folded.
fn after(draft: &Reading, mention: &Mention) -> Option<String> {
    let tokens = draft.prose.tokens_of(mention.sentence as usize);
    let next = tokens.get(tokens.partition_point(|token| token.span.start < mention.span.end))?;
    Some(prose::fold(draft.prose.str(next.span)))
}

/// Whether a word says what became of somebody, and stands for them: "six wounded".
fn is_state(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") || matches!(word, "dead" | "hurt" | "missing")
}

/// A plain count of a noun.
struct Count<'a> {
    draft: &'a Reading,
    index: u32,
    mention: &'a Mention,
    value: Decimal,
    unit: Option<&'a str>,
    /// The stem of the noun.
    noun: String,
    /// The words between the figure and the noun.
    modifiers: Vec<String>,
}

impl<'a> Count<'a> {
    fn of(draft: &'a Reading, index: u32) -> Option<Self> {
        let mention = draft.mentions.get(index as usize)?;
        let MentionKind::Quantity(quantity) = &mention.kind else { return None };
        let Quantity { form, low, high, approximation, vague, unit, qualifier, change, entity, modifiers, base, .. } =
            &**quantity;
        let value = low.filter(|low| *high == Some(*low) && *low > Decimal::ONE)?;
        let is_plain = *form == Form::Cardinal
            && *approximation == Approximation::None
            && !(*vague || mention.quoted || qualifier.is_some() || change.is_some() || base.is_some());
        if !is_plain {
            return None;
        }
        let words = |span: Span| -> Vec<String> { draft.prose.str(span).split_whitespace().map(prose::fold).collect() };
        let noun = match entity {
            Some(noun) => prose::stem(words(*noun).last()?),
            None => prose::stem(&after(draft, mention).filter(|word| is_state(word))?),
        };
        let unit = unit.as_ref().map(|unit| unit.name.as_str());
        let modifiers = modifiers.map(words).unwrap_or_default();
        Some(Self { draft, index, mention, value, unit, noun, modifiers })
    }

    /// Whether both count the same.
    fn is_of_same(&self, other: &Self) -> bool {
        self.noun == other.noun && self.unit == other.unit
    }

    fn agrees(&self, other: &Self) -> bool {
        self.is_of_same(other) && self.value == other.value
    }

    /// Whether nothing in the two sentences says that they speak of two things.
    fn may_contradict(&self, other: &Self) -> bool {
        self.is_of_same(other)
            && self.value != other.value
            && self.mention.sentence != other.mention.sentence
            && (self.modifiers == other.modifiers || self.modifiers.is_empty() || other.modifiers.is_empty())
            && self.may_be_then(other)
            && self.may_be_there(other)
    }

    /// Whether its sentence says that this is another count, or counts such things twice.
    fn is_apart(&self) -> bool {
        let prose = &self.draft.prose;
        let tokens = prose.tokens_of(self.mention.sentence as usize);
        let at = tokens.partition_point(|token| token.span.start < self.mention.span.start);
        let mut near = tokens[at.saturating_sub(NEAR)..(at + NEAR).min(tokens.len())].iter();
        let twice = self.others().filter_map(|(i, _)| Self::of(self.draft, i)).any(|other| self.is_of_same(&other));
        twice || near.any(|token| APART.contains(&*prose::fold(prose.str(token.span))))
    }

    /// The other mentions of its sentence, by their index.
    fn others(&self) -> impl Iterator<Item = (u32, &'a Mention)> {
        let (sentence, own) = (self.mention.sentence, self.index);
        let from =
            self.draft.mentions.partition_point(|m| m.span.start < self.draft.prose.sentences[sentence as usize].span.start);
        let of_sentence = self.draft.mentions[from..].iter().take_while(move |m| m.sentence == sentence);
        of_sentence.enumerate().map(move |(i, m)| ((from + i) as u32, m)).filter(move |(i, _)| *i != own)
    }

    /// Whether both sentences may speak of one time.
    fn may_be_then(&self, other: &Self) -> bool {
        let dates = |count: &Self| -> Vec<&'a crate::claim::DateMention> {
            let dates = count.others().filter_map(|(_, m)| match &m.kind {
                MentionKind::Date(date) => Some(&**date),
                _ => None,
            });
            dates.collect()
        };
        let (ours, theirs) = (dates(self), dates(other));
        let fits = |a| theirs.iter().any(|b| matches!(same_date(a, b), DateLikeness::Same | DateLikeness::Compatible));
        theirs.is_empty() || ours.into_iter().all(fits)
    }

    /// Whether both sentences may speak of one place, and of the same people.
    fn may_be_there(&self, other: &Self) -> bool {
        let names = |count: &Self| -> Vec<&'a crate::claim::Name> {
            let names = count.others().filter_map(|(_, m)| match &m.kind {
                MentionKind::Name(name) => Some(&**name),
                _ => None,
            });
            names.collect()
        };
        let (ours, theirs) = (names(self), names(other));
        let known = |name: &crate::claim::Name, among: &[&crate::claim::Name]| among.iter().any(|n| same_name(name, n).agrees());
        ours.iter().all(|name| known(name, &theirs)) || theirs.iter().all(|name| known(name, &ours))
    }
}

/// A draft as a source of its own.
struct Own {
    source: Arc<Source>,
    outlines: Outlines,
}

impl Own {
    fn new(draft: &Reading) -> Self {
        let source = Arc::new(Source::new(String::new(), String::new(), draft.clone()));
        Self { source, outlines: Outlines::default() }
    }

    /// The place that contradicts a count, of these.
    fn contradicting(&self, draft: &Reading, count: &Count<'_>, rivals: &[&Count<'_>]) -> Option<Span> {
        let claim = draft.claims.iter().find(|claim| claim.sentence == count.mention.sentence)?;
        let sentences = rivals.iter().map(|rival| rival.mention.sentence).collect();
        let evidence = evidence::gather(&Sentences { own: self, sentences }, &self.outlines, draft, claim).ok()?;
        let one = Claim { mentions: vec![count.index], ..claim.clone() };
        let verdict = verdict::judge(draft, &one, &evidence).into_iter().find(|v| v.mention == count.index)?;
        let finding = verdict.findings.first().filter(|_| verdict.label == Label::Refuted && verdict.confidence >= SURE)?;
        rivals.iter().map(|rival| rival.mention.span).find(|span| span.overlaps(finding.counterpart))
    }
}

/// Some sentences of the draft.
struct Sentences<'a> {
    own: &'a Own,
    sentences: Vec<u32>,
}

impl Corpus for Sentences<'_> {
    fn search(&self, _: &Query) -> Result<Vec<Passage>, CorpusError> {
        let passage =
            |sentence: &u32| Passage { source: self.own.source.clone(), sentences: *sentence..sentence + 1, score: 1.0 };
        Ok(self.sentences.iter().map(passage).collect())
    }

    fn generation(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::{Checked, Code, Format, diagnostics, read};

    /// What the draft is told of itself.
    fn said(text: &str) -> Vec<(String, String)> {
        let draft = Arc::new(read(text, Format::Plain, None));
        let parts: Vec<_> = draft.claims.iter().map(|claim| (verdict::judge(&draft, claim, &[]), None)).collect();
        let checked = Checked::assemble(draft, parts);
        let told = diagnostics(&checked, &|code| Some(code.severity()));
        let told = told.into_iter().filter(|d| d.code == Code::SelfContradiction);
        told.map(|d| (d.span.of(text).to_owned(), d.elsewhere.unwrap().span.of(text).to_owned())).collect()
    }

    #[track_caller]
    fn check(above: &str, below: &str, expected: &[(&str, &str)]) {
        let text = format!("{above}\n\nRescuers worked through the night.\n\n{below}\n");
        let expected: Vec<(String, String)> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(said(&text), expected, "{text}");
    }

    #[test]
    fn two_counts_of_one_thing() {
        let above = "Six people were wounded in the attack, officials said.";
        check(above, "The attack wounded seven people, officials said.", &[("seven", "Six")]);
        check("The blast at the plant left six wounded.", "The blast at the plant left seven wounded.", &[("seven", "six")]);
        let above = "Firefighters rescued 37 people from roofs and upper floors in Orlen Falls.";
        check(above, "Firefighters in boats rescued 73 people from roofs and upper floors.", &[("73", "37")]);
    }

    #[test]
    fn counts_that_may_both_be_right() {
        let above = "Six people were wounded in the attack, officials said.";
        for below in [
            "The attack wounded six people, officials said.",
            "The attack wounded seven soldiers, officials said.",
            "The attack wounded at least seven people, officials said.",
            "The attack wounded about ten people, officials said.",
            "The attack has now wounded seven people, officials said.",
            "Another attack wounded seven people, officials said.",
            "The attack wounded seven more people, officials said.",
            "Seven people were killed in the attack, officials said.",
            "“The attack wounded seven people,” Lena Voss said.",
            "Seven people live in the house.",
        ] {
            check(above, below, &[]);
        }
        check("Six people were wounded in Oro on Monday.", "Seven people were wounded in Tarvik on Monday.", &[]);
        check("Six people were wounded in Oro on Monday.", "Seven people were wounded in Oro on Tuesday.", &[]);
        check("In 2007, 13 rhinos were killed in Oro.", "In 2009, 1,215 rhinos were killed in Oro.", &[]);
    }

    #[test]
    fn what_the_sources_say_comes_first() {
        let text = "Six people were wounded in the attack, officials said.\n\nThe attack wounded seven people, officials said.\n";
        let draft = Arc::new(read(text, Format::Plain, None));
        let mut verdicts: Vec<Verdict> = draft.claims.iter().flat_map(|claim| verdict::judge(&draft, claim, &[])).collect();
        verdicts.iter_mut().for_each(|v| v.label = Label::Refuted);
        mark(&draft, &mut verdicts);
        assert!(verdicts.iter().all(|v| v.mismatch.is_none()));
    }
}
