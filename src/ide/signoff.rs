//! Stet: what a person has accepted, in a comment or in the ledger beside the draft. It goes by what the draft says there, never by where, so it survives edits
//! elsewhere, and it lapses when the sentence changes, or what the sources say against it.

use std::collections::BTreeMap;

use super::{Checked, Code, Label, Span, Stance, Verdict};
use crate::{
    document::{self, Remark},
    prose::Prose,
    text::single_spaced,
};

/// Who let a finding stand, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOff {
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When, as it was written.
    pub date: Option<String>,
}

/// A finding that was accepted, as the ledger has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The words that it is about.
    pub text: String,
    /// Their sentence, with single spaces.
    pub sentence: String,
    /// The sentences before and after, which tell two of the same words apart.
    pub before: Option<String>,
    /// The sentence after.
    pub after: Option<String>,
    /// The code of the finding.
    pub code: Option<String>,
    /// What the sources say against it.
    pub evidence: Vec<String>,
    /// Who let it stand, and why.
    pub signed: SignOff,
}

/// Words that a comment may be restricted to, beside codes: the whole draft; the block that follows or that it stands in.
const FILE: &str = "file";
/// See [`FILE`].
const BLOCK: &str = "block";

impl Accepted {
    /// The entry that lets the verdict with this index stand.
    #[must_use]
    pub fn of(checked: &Checked, verdict: usize, signed: SignOff) -> Option<Self> {
        let verdict = checked.verdicts.get(verdict)?;
        let prose = &checked.draft.prose;
        let (text, at) = place(checked, verdict);
        let [before, after] = beside(prose, at);
        Some(Self {
            text,
            sentence: words(prose, at),
            before,
            after,
            code: Code::of(verdict).map(|code| code.name().to_owned()),
            evidence: against(verdict),
            signed,
        })
    }

    /// Whether it is about a finding of which the entry would be `now`; `is_single`: the draft has its sentence once.
    fn holds(&self, now: &Self, is_single: bool) -> bool {
        // Of two that say the same, the one among the same neighbours.
        let is_here = is_single || self.before == now.before || self.after == now.after;
        let is_same = self.text == now.text && self.sentence == now.sentence && is_here;
        let is_code = self.code.is_none() || self.code == now.code;
        is_same && is_code && now.evidence.iter().all(|quote| self.evidence.contains(quote))
    }
}

impl Checked {
    /// The verdicts that nobody lets stand, with their indices.
    pub fn unsigned(&self) -> impl Iterator<Item = (usize, &Verdict)> {
        self.verdicts.iter().enumerate().filter(|(i, _)| !self.signed.contains_key(i))
    }

    /// Lets stand what the draft's own comments and the ledger let stand.
    pub fn sign(&mut self, ledger: &[Accepted]) {
        let text = &self.draft.prose.document.text;
        let known: Vec<&str> = Code::ALL.iter().map(|code| code.name()).chain([FILE, BLOCK]).collect();
        let mut remarks = document::remarks(text, &known);
        // What is prose is no comment: in Markdown "# stet" is a headline.
        remarks.retain(|remark| self.draft.prose.str(remark.span).trim().is_empty());
        if remarks.is_empty() && ledger.is_empty() {
            return;
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in 0..self.draft.prose.sentences.len() {
            *counts.entry(words(&self.draft.prose, sentence)).or_default() += 1;
        }
        let reaches: Vec<(Reach, &Remark)> =
            remarks.iter().map(|remark| (Reach::of(&self.draft.prose, remark), remark)).collect();
        let mut signed = BTreeMap::new();
        for (i, verdict) in self.verdicts.iter().enumerate() {
            let Some(code) = Code::of(verdict) else { continue };
            let span = verdict.span(&self.draft);
            let is_of = |(reach, remark): &&(Reach, &Remark)| {
                let mut codes = remark.to.iter().filter(|word| *word != FILE && *word != BLOCK).peekable();
                reach.holds(span) && (codes.peek().is_none() || codes.any(|name| name == code.name()))
            };
            let remark = reaches.iter().find(is_of).map(|(_, r)| SignOff { reason: r.reason.clone(), ..SignOff::default() });
            let entry = || {
                let now = Accepted::of(self, i, SignOff::default())?;
                let is_single = counts.get(&now.sentence).copied().unwrap_or(0) < 2;
                ledger.iter().find(|entry| entry.holds(&now, is_single)).map(|entry| entry.signed.clone())
            };
            signed.extend(remark.or_else(entry).map(|sign_off| (i, sign_off)));
        }
        self.signed = signed;
    }
}

/// What a comment is about.
enum Reach {
    All,
    Within(Span),
}

impl Reach {
    fn of(prose: &Prose, remark: &Remark) -> Self {
        if remark.to.iter().any(|word| word == FILE) {
            return Self::All;
        }
        let text = &*prose.document.text;
        let span = remark.span;
        let line = text[..span.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = text[span.end as usize..].find(['\n', '\r']).map_or(text.len(), |at| span.end as usize + at);
        let is_blank = |from: usize, to: usize| prose.document.prose.get(from..to).is_some_and(|p| p.trim().is_empty());
        let is_alone = is_blank(line, span.start as usize) && is_blank(span.end as usize, end);
        let blocks = &prose.document.blocks;
        let nothing = Self::Within(Span { start: span.start, end: span.start });
        if is_alone || remark.to.iter().any(|word| word == BLOCK) {
            let holding = blocks.iter().find(|b| {
                b.span.contains(span)
                    || !is_alone && b.span.end <= span.start && {
                        is_blank(b.span.end as usize, span.start as usize) && b.span.end as usize >= line
                    }
            });
            let next = || {
                blocks.iter().find(|b| b.span.start >= span.end).filter(|b| is_blank(span.end as usize, b.span.start as usize))
            };
            return holding.or_else(next).map_or(nothing, |block| Self::Within(block.span));
        }
        let at = prose.sentences.partition_point(|s| s.span.start < span.start);
        let sentence = at.checked_sub(1).map(|i| prose.sentences[i].span);
        let is_behind = |s: &Span| s.end >= span.start || is_blank(s.end as usize, span.start as usize);
        sentence.filter(is_behind).map_or(nothing, Self::Within)
    }

    fn holds(&self, span: Span) -> bool {
        match self {
            Self::All => true,
            Self::Within(here) => here.overlaps(span),
        }
    }
}

/// The words that a verdict is about, and the index of their sentence.
fn place(checked: &Checked, verdict: &Verdict) -> (String, usize) {
    let span = verdict.span(&checked.draft);
    let prose = &checked.draft.prose;
    (single_spaced(prose.str(span)), prose.sentence_at(span.start))
}

/// The words of a sentence.
fn words(prose: &Prose, sentence: usize) -> String {
    prose.sentences.get(sentence).map_or_else(String::new, |s| single_spaced(prose.str(s.span)))
}

fn beside(prose: &Prose, sentence: usize) -> [Option<String>; 2] {
    let of = |i: Option<usize>| i.filter(|i| *i < prose.sentences.len()).map(|i| words(prose, i));
    [of(sentence.checked_sub(1)), of(Some(sentence + 1))]
}

/// What the sources say against the draft.
fn against(verdict: &Verdict) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    for finding in verdict.findings.iter().filter(|f| verdict.label != Label::Supported && f.stance != Stance::Supports) {
        let quote = single_spaced(finding.quote.of(&finding.source.reading.prose.document.text));
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::{self, Format, sample};

    fn checked(text: &str) -> Checked {
        ide::check(std::sync::Arc::new(ide::read(text, Format::Markdown, None)), &sample::corpus())
    }

    /// The words of the findings that are still open.
    fn open(checked: &Checked) -> Vec<String> {
        let open = checked.unsigned().filter(|(_, v)| v.label == Label::Refuted);
        open.map(|(_, v)| place(checked, v).0).collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let mut checked = checked(text);
        checked.sign(&[]);
        assert_eq!(open(&checked), expect, "{text}");
    }

    const WRONG: &str = "The storm sank 104 boats in Oro.";

    #[test]
    fn a_comment_lets_its_sentence_stand() {
        check(WRONG, &["104"]);
        check(&format!("{WRONG} <!-- stet: by phone -->"), &[]);
        check(&format!("{WRONG} Rain fell. <!-- stet -->"), &["104"]);
        check("The storm sank 104 boats <!-- stet: said so --> in Oro.", &[]);
        check(&format!("{WRONG} <!-- stet quantity-mismatch: so -->"), &[]);
        check(&format!("{WRONG} <!-- stet date-mismatch: so -->"), &["104"]);
    }

    #[test]
    fn or_the_block_or_all() {
        check(&format!("<!-- stet: the desk's figures -->\n{WRONG} More rain.\n\nRain."), &[]);
        check(&format!("<!-- stet -->\n\nRain fell.\n\n{WRONG}"), &["104"]);
        check(&format!("{WRONG} More rain. <!-- stet block -->"), &[]);
        check(&format!("<!-- stet file: a satire -->\n\nRain fell.\n\n{WRONG}"), &[]);
        check(&format!("{WRONG}\n\nRain fell.\n\n<!-- stet file -->"), &[]);
    }

    #[test]
    fn the_ledger_goes_by_content() {
        let first = checked(WRONG);
        let at = first.verdicts.iter().position(|v| v.label == Label::Refuted).unwrap();
        let signed = SignOff { reason: Some("by phone".into()), ..SignOff::default() };
        let entry = Accepted::of(&first, at, signed.clone()).unwrap();
        assert_eq!((entry.text.as_str(), entry.sentence.as_str(), entry.evidence.len()), ("104", WRONG, 1));
        let ledger = [entry];
        for (text, expect) in [
            // Elsewhere.
            (format!("Rain fell.\n\nMuch of it. {WRONG} Then it cleared."), Vec::new()),
            ("The  storm sank **104 boats**\nin Oro.".to_owned(), Vec::new()),
            // The sentence changed.
            (WRONG.replace("Oro", "the port of Oro"), vec!["104".to_owned()]),
            (WRONG.replace("104", "105"), vec!["105".to_owned()]),
        ] {
            let mut checked = checked(&text);
            checked.sign(&ledger);
            assert_eq!(open(&checked), expect, "{text}");
            assert!(checked.signed.values().all(|s| *s == signed));
        }
        // Something else is said against it.
        let mut changed = checked(WRONG);
        changed.sign(&[Accepted { evidence: vec!["The storm sank 150 boats.".into()], ..ledger[0].clone() }]);
        assert_eq!(open(&changed), ["104"]);
    }
}
