//! A draft that was checked, for tests: made by hand, so that they hold whatever the readers read and the judge judges.

use std::sync::Arc;

use super::{
    Checked, Corpus, CorpusError, Finding, Format, Label, Mention, MentionKind, Mismatch, Passage, Query, Reason, Source, Span,
    Stance, Verdict, read,
};
use crate::claim::{Quotation, QuotationForm};

/// The draft: the figure is contradicted, the place is supported, of the person the sources do not speak.
pub(crate) const DRAFT: &str = "The storm sank 104 boats in Oro, said Lena Voss.";

/// The source, a file of the name "harbour.txt" with the title "Harbour *closed*".
pub(crate) const SOURCE: &str = "Rain fell.\nThe storm sank 140 boats in Oro on 3 May.\nOro lies on the coast.";

/// Where `words` stand in `text`.
pub(crate) fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).expect("words of the text");
    Span::new(at, at + words.len())
}

/// A verdict without anything in it.
pub(crate) fn verdict(mention: u32, label: Label) -> Verdict {
    Verdict::new(mention, label, 0.9, Reason::Differs)
}

/// A source with this text.
pub(crate) fn source(path: &str, text: &str, title: &str) -> Arc<Source> {
    let mut document = crate::document::parse(text.into(), Format::Plain);
    document.meta.title = Some(title.to_owned());
    document.meta.published = Some(jiff::civil::date(2025, 5, 4));
    document.meta.outlet = Some("Coast Post".to_owned());
    let reading = crate::claim::read(Arc::new(crate::prose::Prose::read(Arc::new(document))));
    Arc::new(Source {
        path: path.to_owned(),
        location: format!("/desk/sources/{path}"),
        reading,
        terms: Vec::new(),
        copies: Vec::new(),
        echoes: Vec::new(),
        is_remote: false,
    })
}

/// A corpus of [`SOURCE`] alone, which answers with all its sentences.
pub(crate) fn corpus() -> One {
    corpus_of(SOURCE)
}

/// The same of another text.
pub(crate) fn corpus_of(text: &str) -> One {
    let Source { path, location, reading, .. } = Arc::unwrap_or_clone(source("harbour.txt", text, "Storm"));
    One(Arc::new(Source::new(path, location, reading)))
}

/// A corpus of one source.
pub(crate) struct One(Arc<Source>);

impl Corpus for One {
    fn search(&self, _: &Query) -> Result<Vec<Passage>, CorpusError> {
        let sentences = 0..self.0.reading.prose.sentences.len() as u32;
        Ok(sentences.map(|i| Passage { source: self.0.clone(), sentences: i..i + 1, score: 1.0 }).collect())
    }

    fn generation(&self) -> u64 {
        1
    }
}

/// A draft with mentions of these words, whatever they are.
pub(crate) fn draft(text: &str, words: &[&str], verdicts: Vec<Verdict>) -> Checked {
    draft_as(Format::Plain, text, words, verdicts)
}

/// The same in some format.
pub(crate) fn draft_as(format: Format, text: &str, words: &[&str], verdicts: Vec<Verdict>) -> Checked {
    let mut reading = read(text, format, None);
    reading.mentions = words
        .iter()
        .map(|words| Mention {
            span: span(text, words),
            sentence: 0,
            quoted: false,
            kind: MentionKind::Quotation(Box::new(Quotation {
                pieces: Vec::new(),
                form: QuotationForm::Direct,
                cue: None,
                speaker: None,
            })),
        })
        .collect();
    Checked { draft: Arc::new(reading), verdicts, problems: Vec::new(), signed: Default::default() }
}

/// [`DRAFT`], checked against [`SOURCE`].
pub(crate) fn checked() -> Checked {
    checked_as(Format::Plain)
}

/// The same in some format.
pub(crate) fn checked_as(format: Format) -> Checked {
    let source = source("harbour.txt", SOURCE, "Harbour *closed*");
    let finding = |quote: &str, counterpart: &str, stance| Finding {
        source: source.clone(),
        quote: span(SOURCE, quote),
        counterpart: span(SOURCE, counterpart),
        stance,
        confidence: 0.9,
    };
    let sentence = "The storm sank 140 boats in Oro on 3 May.";
    let figure = Verdict {
        mismatch: Some(Mismatch::Quantity),
        message: Some("The sources say 140 boats.".into()),
        fix: Some((span(DRAFT, "104"), "140".into())),
        findings: vec![finding(sentence, "140 boats", Stance::Refutes(Mismatch::Quantity))],
        ..verdict(0, Label::Refuted)
    };
    let place = Verdict { findings: vec![finding(sentence, "Oro", Stance::Supports)], ..verdict(1, Label::Supported) };
    draft_as(format, DRAFT, &["104", "Oro", "Lena Voss"], vec![figure, place, verdict(2, Label::NotEnoughInfo)])
}
