//! The API of copydesk in an editor's words: spans and strings. It knows neither LSP nor files.

mod actions;
mod code;
mod completion;
mod consistency;
mod diagnostics;
mod facts;
mod fixes;
mod here;
mod highlight;
mod hover;
mod lexicon;
mod local;
mod marks;
mod memo;
mod navigation;
mod outline;
#[cfg(test)]
pub(crate) mod sample;
mod sections;
mod show;
mod signoff;
mod tally;

use std::{collections::BTreeMap, sync::Arc};

pub use actions::{Action, ActionKind, actions, fix_all};
pub use code::{Code, Severity};
pub use completion::{Completion, Completions, complete};
pub use diagnostics::{Diagnostic, Elsewhere, Related, diagnostics, elsewhere};
pub use facts::{Event, Fact, FactKind, FactSheet, Group, Saying, fact_sheet};
pub use fixes::Fix;
pub use highlight::highlights;
pub use hover::{Hover, Note, Quote, accepted, also, hover, quote};
pub use lexicon::{FoundName, Lexicon, Lexicons, find_names};
pub use local::{LARGEST_CHANGE, Local, reread};
pub use marks::{Hint, Mark, hints, marks};
pub use memo::Memo;
pub use navigation::{Place, evidence_at, relying};
pub use outline::{Symbol, SymbolKind, outline, said};
pub use sections::{Section, sections};
pub use show::{markdown, one_line, plain};
pub use signoff::{Accepted, SignOff};
pub use tally::{Lens, Tally, lenses};

use crate::{claim, document, evidence, prose::Prose, verdict};
pub use crate::{
    claim::{Claim, Mention, MentionKind, Reading},
    corpus::{Copy, Corpus, CorpusError, Passage, Query, Source, Word},
    document::{Block, BlockKind, Change, Document, Format, LONGEST, Meta},
    evidence::Outlines,
    text::{Edit, Problem, Span},
    verdict::{Beside, Finding, Label, Mismatch, Nearest, Reason, Stance, Verdict},
};

/// A draft with what the sources say of it. Immutable; a snapshot that may be sent to another thread.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The draft.
    pub draft: Arc<Reading>,
    /// One for each mention of the draft, in the same order; for a statement only if it is refuted. Beside a name one for each role of
    /// its bearer that is refuted.
    pub verdicts: Vec<Verdict>,
    /// What stood in the way.
    pub problems: Vec<Problem>,
    /// The verdicts that a person lets stand, by their index: see [`sign`](Self::sign).
    pub signed: BTreeMap<usize, SignOff>,
}

/// Reads a text, draft or source. `published` counts where the text itself does not say when it was published.
#[must_use]
pub fn read(text: &str, format: Format, published: Option<jiff::civil::Date>) -> Reading {
    let mut document = document::parse(text.into(), format);
    document.meta.published = document.meta.published.or(published);
    claim::read(Arc::new(Prose::read(Arc::new(document))))
}

/// What a text says of itself, without reading what it asserts. `published` counts where the text itself does not say when.
#[must_use]
pub fn meta(text: &str, format: Format, published: Option<jiff::civil::Date>) -> Meta {
    let mut meta = document::parse(text.into(), format).meta;
    meta.published = meta.published.or(published);
    meta
}

/// What each claim of a draft asks its sources for: for laying out the sources that a draft is held against.
#[must_use]
pub fn queries(draft: &Reading) -> Vec<Query> {
    draft.claims.iter().map(|claim| evidence::query(draft, claim)).collect()
}

/// Checks a draft against a corpus.
#[must_use]
pub fn check(draft: Arc<Reading>, corpus: &dyn Corpus) -> Checked {
    check_with(draft, corpus, &Outlines::default())
}

/// The same with what was worked out of the sources before.
#[must_use]
pub fn check_with(draft: Arc<Reading>, corpus: &dyn Corpus, outlines: &Outlines) -> Checked {
    let parts: Vec<_> = draft.claims.iter().map(|claim| check_claim(&draft, claim, corpus, outlines)).collect();
    Checked::assemble(draft, parts)
}

/// What the sources say of one claim of a draft, and what stood in the way. No claim depends on another's result: they may be checked
/// in any order, or at once. `outlines` keeps what was worked out of the sources for the next claim, and the next check.
#[must_use]
pub fn check_claim(draft: &Reading, claim: &Claim, corpus: &dyn Corpus, outlines: &Outlines) -> (Vec<Verdict>, Option<Problem>) {
    match evidence::gather(corpus, outlines, draft, claim) {
        Ok(evidence) => {
            let mut verdicts = verdict::judge(draft, claim, &evidence);
            // What lies here goes first.
            let supported = verdicts.iter_mut().filter(|verdict| verdict.label == Label::Supported);
            supported.for_each(|verdict| verdict.findings.sort_by_key(|finding| finding.source.is_remote));
            (verdicts, None)
        }
        Err(error) => (verdict::judge(draft, claim, &[]), Some(Problem { message: error.message })),
    }
}

impl Checked {
    /// A draft with what [`check_claim`] says of each of its claims, in their order.
    #[must_use]
    pub fn assemble(draft: Arc<Reading>, claims: impl IntoIterator<Item = (Vec<Verdict>, Option<Problem>)>) -> Self {
        Self::assemble_beside(&Beside::default(), draft, claims)
    }

    /// The same for a part of a draft, `beside` the rest.
    #[must_use]
    pub fn assemble_beside(
        beside: &Beside,
        draft: Arc<Reading>,
        claims: impl IntoIterator<Item = (Vec<Verdict>, Option<Problem>)>,
    ) -> Self {
        let mut problems = draft.prose.document.problems.clone();
        let mut verdicts = Vec::with_capacity(draft.mentions.len());
        for (found, problem) in claims {
            verdicts.extend(found);
            if let Some(problem) = problem.filter(|p| !problems.contains(p)) {
                problems.push(problem);
            }
        }
        verdict::settle(&draft, &mut verdicts);
        verdict::release(&draft, &mut verdicts, beside);
        consistency::mark(&draft, &mut verdicts);
        Self { draft, verdicts, problems, signed: BTreeMap::new() }
    }

    /// Says of the claims that not all sources have been heard of, by what they ask for, no longer that the sources do not say.
    pub fn hold_back(&mut self, is_heard: impl Fn(&Query) -> bool) {
        for claim in &self.draft.claims {
            let mut open = self
                .verdicts
                .iter_mut()
                .filter(|v| v.label == Label::NotEnoughInfo && v.mismatch.is_none() && claim.mentions.contains(&v.mention))
                .peekable();
            if open.peek().is_none() || is_heard(&evidence::query(&self.draft, claim)) {
                continue;
            }
            for verdict in open {
                // What comes nearest may not.
                (verdict.reason, verdict.message, verdict.nearest) = (Reason::Unheard, Some(hover::UNHEARD.to_owned()), None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_heard_on_is_not_open() {
        let text = "The storm sank 104 boats in the harbour of Oro.\n\nZed Novak swam.";
        let mut checked = check(Arc::new(read(text, Format::Plain, None)), &sample::corpus());
        let codes = |checked: &Checked| checked.verdicts.iter().filter_map(Code::of).collect::<Vec<_>>();
        assert_eq!(codes(&checked), [Code::QuantityMismatch, Code::NoEvidence]);
        checked.hold_back(|query| query.words.iter().any(|word| word.text == "Zed"));
        assert_eq!(codes(&checked), [Code::QuantityMismatch, Code::NoEvidence], "that was");
        checked.hold_back(|_| false);
        assert_eq!(codes(&checked), [Code::QuantityMismatch], "what is contradicted stays so");
        let told = hover(&checked, text.find("Novak").unwrap() as u32).unwrap().plain();
        assert_eq!(told, hover::UNHEARD);
    }

    /// A sentence that is read again alone hears what the sources say of the rest, wherever that has moved.
    #[test]
    fn what_is_read_again_is_judged_beside_the_rest() {
        let corpus = sample::corpus_of("Lena Vossberg sold 40 stamps in Denby. She will be sentenced on 9 May.");
        let rest = "Simon Tate, 54, ran the lido in Harrow for 17 years. Jurors convicted him of taking £84,000 in 61 payments.";
        let text = format!("{rest}\n\nHe will be sentenced on 11 May.");
        let before = check(Arc::new(read(&text, Format::Plain, None)), &corpus);
        let now: Arc<str> = format!("Now {}", text.replace("11 May", "12 May")).into();
        let changes = [(Span::new(0, 0), Span::new(0, 4)), (sample::span(&text, "11"), sample::span(&now, "12"))];
        let local = reread(&before.draft, Format::Plain, &now, &changes, 1).unwrap();
        let claims: Vec<Claim> = local.claims().cloned().collect();
        let label = |beside: &Beside| {
            let parts = claims.iter().map(|claim| check_claim(&local.draft, claim, &corpus, &Outlines::default()));
            let checked = Checked::assemble_beside(beside, Arc::new(local.draft.clone()), parts);
            (checked.verdicts[0].label, checked.verdicts[0].reason)
        };
        assert_eq!(label(&Beside::default()), (Label::Refuted, Reason::Differs));
        let beside = Beside::of(&before.draft, &before.verdicts, |sentence| (sentence.start < 100).then_some(sentence.start + 4));
        assert_eq!(label(&beside), (Label::NotEnoughInfo, Reason::Stranger));
        let far = Beside::of(&before.draft, &before.verdicts, |sentence| Some(sentence.start + 4000));
        assert_eq!(label(&far), (Label::Refuted, Reason::Differs));
    }
}
