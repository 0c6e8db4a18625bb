//! Quotations: content, cue, speaker (as in PARC).

use super::Mention;
use crate::{prose::Prose, text::Span};

/// What words in quotation marks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker, in bytes: "Putin", "he", "city officials".
    pub span: Span,
    /// The canonical form of the name, if it is one, or a pronoun that stands for one; `None` for "officials".
    pub canonical: Option<String>,
}

/// Words in quotation marks. The mention's span runs from the first mark to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let _ = prose;
    Vec::new()
}

/// Finds the cue and the speaker of each quotation, among the names that were read and resolved.
pub(super) fn attribute(prose: &Prose, mentions: &mut [Mention]) {
    let _ = (prose, mentions);
}
