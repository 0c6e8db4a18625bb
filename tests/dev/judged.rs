//! What copydesk says of a labelled draft.

use std::{ops::Range, sync::Arc};

use copydesk::{
    corpus::{embedded::Embedded, load},
    ide::{self, Label as Said, Outlines},
};
use jiff::civil::Date;

use crate::{
    case::{Article, Case, Label, Truth, named},
    quoted,
    retrieval::{self, Found},
};

/// A case with what came of it.
pub(crate) struct Judged<'c> {
    pub(crate) case: &'c Case,
    /// What is said of each mention, in order.
    pub(crate) mentions: Vec<Mention>,
    /// For each label that has a right answer: where that was found.
    pub(crate) found: Vec<Found>,
    /// How many sentences of sources are cited.
    pub(crate) quoted: usize,
}

/// What is said of a mention.
pub(crate) struct Mention {
    /// Where, in bytes of the draft.
    pub(crate) span: Range<usize>,
    pub(crate) said: Said,
    pub(crate) confidence: f32,
    /// What the writer is told.
    pub(crate) message: String,
}

impl<'c> Judged<'c> {
    /// Judges a case as `copydesk check --jsonl` does; `all` has the articles of its file.
    pub(crate) fn new(case: &'c Case, all: (&Embedded, &Outlines)) -> Self {
        let corpus = corpus(&case.sources);
        let draft = Arc::new(ide::read(&case.draft, case.format, day(case.date.as_deref())));
        let found = retrieval::find(case, &draft, &corpus, all);
        let checked = ide::check(draft, &corpus);
        let quoted = quoted::check(case, &checked);
        let mentions = checked.verdicts.iter().map(|verdict| {
            let span = verdict.span(&checked.draft);
            Mention {
                span: span.start as usize..span.end as usize,
                said: verdict.label,
                confidence: verdict.confidence,
                message: verdict.message.clone().unwrap_or_default(),
            }
        });
        Self { case, mentions: mentions.collect(), found, quoted }
    }

    /// The worst that is said of a label's span; `None` if nothing in it was read as a mention.
    pub(crate) fn said(&self, label: &Label) -> Option<Said> {
        let here = |said: &Said| self.mentions.iter().any(|m| m.said == *said && meet(&m.span, &label.span));
        [Said::Refuted, Said::Conflicting, Said::NotEnoughInfo, Said::Supported].into_iter().find(here)
    }

    /// The mentions that are refuted.
    pub(crate) fn refuted(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|m| m.said == Said::Refuted)
    }

    /// The labels that share a character with a mention.
    pub(crate) fn labels(&self, mention: &Mention) -> impl Iterator<Item = &Label> {
        self.case.labels.iter().filter(|l| meet(&l.span, &mention.span))
    }
}

impl Label {
    /// Whether the draft should not say this.
    pub(crate) fn is_wrong(&self) -> bool {
        self.truth != Truth::Supported
    }
}

/// Articles as sources.
pub(crate) fn corpus<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Embedded {
    let source = |a: &Article| {
        let (title, date) = (&a.title, day(a.date.as_deref()));
        load::source(title.clone(), title.clone(), a.text.as_str().into(), named(a.language.as_deref()), Some(title), date)
    };
    Embedded::from_sources(articles.into_iter().map(source).collect()).unwrap_or_else(|e| panic!("{e}"))
}

pub(crate) fn day(date: Option<&str>) -> Option<Date> {
    date.map(|d| d[..10].parse().expect("dates are ISO 8601"))
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
