//! Whether the passages that are gathered for a wrong claim hold what it should say.

use std::cmp::Ordering;

use copydesk::{
    corpus::Corpus,
    evidence::{self, Evidence, Outlines},
    ide::Reading,
};

use crate::case::Case;

/// Where the right answer to a label stands: a figure, date, name or quotation that a source holds word for word.
pub(crate) struct Found {
    /// Its place, from 0, among the passages in the order in which the index gives them: by shared words alone.
    pub(crate) by_words: Option<usize>,
    /// The same in the order of how much of the claim they speak of, likeness in meaning included.
    pub(crate) by_meaning: Option<usize>,
}

/// Looks for the right answers of a case.
pub(crate) fn find(case: &Case, draft: &Reading, corpus: &dyn Corpus) -> Vec<Found> {
    let sources: Vec<String> = case.sources.iter().map(|s| words(&s.text)).collect();
    let wrong = case.labels.iter().filter(|l| l.is_wrong() && l.kinds.iter().any(|k| k != "other"));
    let answers = wrong.filter_map(|label| {
        let was = words(label.was.as_deref()?);
        // Otherwise no passage can.
        sources.iter().any(|s| s.contains(&was)).then_some((label, was))
    });
    let outlines = Outlines::default();
    let gather = |claim| evidence::gather(corpus, &outlines, draft, claim).unwrap_or_else(|e| panic!("{e}"));
    let found = answers.map(|(label, was)| {
        let here = |span: copydesk::text::Span| span.start as usize <= label.span.start && label.span.start < span.end as usize;
        let claim = draft.claims.iter().find(|c| here(c.span));
        let mut gathered = claim.map_or(Vec::new(), gather);
        let place = |evidence: &[Evidence]| evidence.iter().position(|e| words(text(e)).contains(&was));
        let by_meaning = place(&gathered);
        gathered.sort_by(|a, b| b.passage.score.partial_cmp(&a.passage.score).unwrap_or(Ordering::Equal));
        Found { by_words: place(&gathered), by_meaning }
    });
    found.collect()
}

/// The text of a passage.
fn text(evidence: &Evidence) -> &str {
    let (reading, sentences) = (&evidence.passage.source.reading, &evidence.passage.sentences);
    let span = |i: u32| reading.prose.sentences[i as usize].span;
    &reading.prose.document.text[span(sentences.start).start as usize..span(sentences.end - 1).end as usize]
}

/// The words of a text in small letters, each between spaces, so that a run of whole words is found as a part of it.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}
