//! Sentences: a segmentation library, and what news copy needs on top of it.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::Span;

static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("data/abbreviations.txt").lines().collect());

/// Abbreviations that end in a full stop and seldom end a sentence.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(word)
}

/// The sentences of one block, in order.
pub(super) fn split(text: &str, block: Span) -> Vec<Span> {
    let mut out = Vec::new();
    for boundary in sentencex::get_sentence_boundaries("en", block.of(text)) {
        let (start, end) = (block.start as usize + boundary.start_byte, block.start as usize + boundary.end_byte);
        out.push(Span::new(start, end));
    }
    out
}
