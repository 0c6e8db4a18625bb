//! Whether the passages that are gathered for a wrong claim hold what it should say, and what the word vectors have to do with it.
//!
//! The index knows words alone, and the vectors enter where `evidence::gather` aligns what the index gave. To tell what they are worth
//! as such, the sentences are also ranked by a plain measure that can be had with and without them: the share of the claim's words that
//! a sentence has, weighted by rarity.

use std::cmp::Ordering;

use copydesk::{
    corpus::{Corpus, Source, embedded::Embedded},
    evidence::{
        self, Evidence, Outlines,
        meaning::{self, Vector},
    },
    ide::{Reading, Span},
    prose,
};

use crate::case::{Case, Label};

/// How the passages are found and put in order.
pub(crate) const WAYS: [&str; 6] = [
    "the index",
    "the index, then gather",
    "by the same words",
    "by near words, too",
    "the index, of all articles",
    "the same, then gather",
];

/// For each of [`WAYS`] the place, from 0, of the first passage that holds the right answer to a label: a figure, date, name or quotation
/// that the case's sources have word for word.
pub(crate) type Found = [Option<usize>; WAYS.len()];

/// Words less near in meaning than this are unrelated, as in alignment.
const RELATED: f32 = 0.3;

/// Looks for the right answers of a case among its own sources and among `all` articles of its file.
pub(crate) fn find(case: &Case, draft: &Reading, own: &Embedded, (all, known): (&Embedded, &Outlines)) -> Vec<Found> {
    let texts: Vec<String> = case.sources.iter().map(|s| words(&s.text)).collect();
    let wrong = case.labels.iter().filter(|l| l.is_wrong() && l.kinds.iter().any(|k| k != "other"));
    let answers = wrong.filter_map(|label| {
        let was = words(label.was.as_deref()?);
        // Otherwise no passage can.
        texts.iter().any(|t| t.contains(&was)).then_some((label, was))
    });
    let (sentences, outlines) = (Sentences::of(own), Outlines::default());
    let found = answers.map(|(label, was)| {
        // Of the same sentence in another story nothing is known.
        let own_text = |source: &Source| case.sources.iter().any(|s| s.text == *source.reading.prose.document.text);
        let has = |e: &Evidence| own_text(&e.passage.source) && words(text(e)).contains(&was);
        let (by_index, by_gather) = gathered((own, &outlines), draft, label, has);
        let (by_index_of_all, by_gather_of_all) = gathered((all, known), draft, label, has);
        let [same, near] = [false, true].map(|near| sentences.place(draft, label, near, &was));
        [by_index, by_gather, same, near, by_index_of_all, by_gather_of_all]
    });
    found.collect()
}

/// The place of the first passage of which `has` is true in the order of the index, and in that of `gather`.
fn gathered(
    (corpus, outlines): (&dyn Corpus, &Outlines),
    draft: &Reading,
    label: &Label,
    has: impl Fn(&Evidence) -> bool,
) -> (Option<usize>, Option<usize>) {
    let Some(claim) = draft.claims.iter().find(|c| holds(c.span, label)) else { return (None, None) };
    let mut evidence = evidence::gather(corpus, outlines, draft, claim).unwrap_or_else(|e| panic!("{e}"));
    let by_gather = evidence.iter().position(&has);
    evidence.sort_by(|a, b| b.passage.score.partial_cmp(&a.passage.score).unwrap_or(Ordering::Equal));
    (evidence.iter().position(has), by_gather)
}

/// The sentences of the sources of a case, for the plain measure.
struct Sentences(Vec<(String, Vec<Word>)>);

/// A content word.
struct Word {
    stem: String,
    vector: Option<Vector>,
}

impl Sentences {
    fn of(corpus: &Embedded) -> Self {
        let readings = corpus.sources().map(|source| &source.reading);
        let sentence =
            |(reading, i): (&Reading, usize)| (words(reading.prose.str(reading.prose.sentences[i].span)), content(reading, i));
        Self(readings.flat_map(|r| (0..r.prose.sentences.len()).map(move |i| (r, i))).map(sentence).collect())
    }

    /// The place of the first sentence that holds the answer, by the share of the words of the label's sentence that it has; equal
    /// ones in the order of the text.
    fn place(&self, draft: &Reading, label: &Label, near: bool, was: &str) -> Option<usize> {
        let sentence = draft.prose.sentences.iter().position(|s| holds(s.span, label))?;
        let claim: Vec<(Word, f32)> = content(draft, sentence)
            .into_iter()
            .map(|word| {
                let having = self.0.iter().filter(|(_, words)| words.iter().any(|w| w.stem == word.stem)).count();
                (word, ((self.0.len() + 1) as f32 / (having + 1) as f32).ln())
            })
            .collect();
        let share = |words: &[Word]| -> f32 {
            claim.iter().map(|(word, weight)| weight * words.iter().map(|w| word.likeness(w, near)).fold(0.0, f32::max)).sum()
        };
        let mut ranked: Vec<(f32, &str)> = self.0.iter().map(|(text, words)| (share(words), text.as_str())).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranked.iter().position(|(_, text)| text.contains(was))
    }
}

impl Word {
    fn likeness(&self, other: &Self, near: bool) -> f32 {
        if self.stem == other.stem {
            return 1.0;
        }
        match (self.vector, other.vector) {
            (Some(a), Some(b)) if near => Some(a.similarity(b)).filter(|s| *s >= RELATED).unwrap_or(0.0),
            _ => 0.0,
        }
    }
}

/// The content words of a sentence.
fn content(reading: &Reading, sentence: usize) -> Vec<Word> {
    let tokens = reading.prose.tokens_of(sentence);
    let word = |(i, stem): (usize, String)| {
        let folded = prose::fold(reading.prose.str(tokens[i].span));
        Word { stem, vector: meaning::vector(&folded) }
    };
    prose::terms(&reading.prose, sentence).into_iter().map(word).collect()
}

/// Whether a label begins in a span.
fn holds(span: Span, label: &Label) -> bool {
    (span.start as usize..span.end as usize).contains(&label.span.start)
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
