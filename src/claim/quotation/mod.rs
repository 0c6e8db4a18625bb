//! Quotations: content, cue, speaker (as in PARC).
//!
//! `marks` pairs the marks, this file joins split quotations and says what each is, `attribute` finds who said it, `compare` finds the
//! words in a source.

use super::{Mention, MentionKind};
use crate::{prose::Prose, text::Span};
use borsh::{BorshDeserialize, BorshSerialize};

mod attribute;
mod compare;
mod marks;
#[cfg(test)]
mod tests;
mod turn;

pub(crate) use attribute::is_reporting;
pub use compare::{Alignment, Difference, compare};
pub(crate) use turn::turn_speaker;

/// What words in quotation marks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum QuotationForm {
    /// Somebody's words, a sentence or more.
    Direct,
    /// Somebody's words inside a sentence of the writer's.
    Partial,
    /// A word held at a distance, with nobody who said it.
    Scare,
    /// The title of a work.
    Title,
}

/// Who is said to have said it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Speaker {
    /// The words that name the speaker, in bytes: "Putin", "he", "city officials".
    pub span: Span,
    /// The canonical form of the name, if it is one, or a pronoun that stands for one; `None` for "officials".
    pub canonical: Option<String>,
    /// A pronoun, and the text leaves no other person for it to stand for.
    pub sure: bool,
}

/// Words in quotation marks. The mention's span runs from the first mark to the last.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Quotation {
    /// The words between the marks, in bytes, without them; more than one if the quotation is split ("…," he said, "…").
    pub pieces: Vec<Span>,
    /// What it is.
    pub form: QuotationForm,
    /// The verb or phrase that introduces it, in bytes: "said", "according to".
    pub cue: Option<Span>,
    /// Who said it.
    pub speaker: Option<Speaker>,
}

/// The quotations of a text, in order, without their speakers.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let text = &*prose.document.prose;
    let mut out: Vec<Mention> = Vec::new();
    let mut last_block = usize::MAX;
    for marked in marks::pairs(&prose.document) {
        if last_block == marked.block
            && let Some(last) = out.last_mut()
            && attribute::interrupts(prose, text, Span::new(last.span.end as usize, marked.span.start as usize))
            && let MentionKind::Quotation(quotation) = &mut last.kind
            && ends_open(text, quotation.pieces[quotation.pieces.len() - 1])
            && !is_anothers(prose, text, last.span.end, &marked)
        {
            last.span.end = marked.span.end;
            quotation.pieces.extend(marked.pieces);
            quotation.form = QuotationForm::Direct;
            continue;
        }
        last_block = marked.block;
        let quotation = Quotation { form: form(prose, &marked.pieces), pieces: marked.pieces, cue: None, speaker: None };
        out.push(Mention {
            span: marked.span,
            sentence: prose.sentence_at(marked.span.start) as u32,
            quoted: false,
            kind: MentionKind::Quotation(Box::new(quotation)),
        });
    }
    out
}

/// Finds the cue and the speaker of each quotation, among the names that were read and resolved.
pub(super) fn attribute(prose: &Prose, mentions: &mut [Mention]) {
    attribute::attribute(prose, mentions);
}

/// Whether words that begin a new sentence after the speaker of those before have a speaker of their own: "“Yes,” Roe said. “No,” Lee
/// said."
fn is_anothers(prose: &Prose, text: &str, from: u32, marked: &marks::Marked) -> bool {
    let gap = Span::new(from as usize, marked.span.start as usize).of(text);
    gap.trim_end().ends_with('.')
        && marked.pieces.last().is_some_and(|p| ends_open(text, *p))
        && attribute::follows(prose, marked.span.end)
}

/// Whether a piece ends so that the speaker can follow and the words go on: with a comma, a question or exclamation mark.
fn ends_open(text: &str, piece: Span) -> bool {
    piece.of(text).trim_end().ends_with([',', '?', '!', '—', '–', '…'])
}

/// What the words are, from their own shape; whether somebody said them is found later.
fn form(prose: &Prose, pieces: &[Span]) -> QuotationForm {
    let text = &*prose.document.prose;
    let words: Vec<&str> = pieces.iter().flat_map(|p| p.of(text).split_whitespace()).collect();
    let capital = |w: &&str| w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let last = pieces[pieces.len() - 1].of(text).trim_end();
    let sentence = last.ends_with([',', '.', '?', '!', '…']) || pieces.len() > 1;
    let starts = words.first().is_some_and(capital);
    let long = words.iter().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
    // "mRNA" stands in a title as it stands anywhere.
    let big = |w: &&str| capital(w) || w.contains(char::is_uppercase);
    // "War and the Sea"
    let short = !sentence && words.iter().filter(|w| big(w) && **w != "I").count() >= 2;
    let (big, all) = long.fold((0, 0), |(n, all), w| (n + usize::from(big(w)), all + 1));
    let inside_stop = last.ends_with(['.', ',']);
    let asks = last.ends_with(['?', '!']);
    if starts && words.len() <= 16 && all == big && (all > 0 || short) && (!sentence || (inside_stop || asks) && words.len() > 1)
    {
        return QuotationForm::Title;
    }
    match (starts && sentence && words.len() > 1, words.len()) {
        (true, _) => QuotationForm::Direct,
        (_, n) if n <= 3 => QuotationForm::Scare,
        _ if starts && words.len() >= 6 => QuotationForm::Direct,
        _ => QuotationForm::Partial,
    }
}
