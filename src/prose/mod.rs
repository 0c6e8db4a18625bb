//! Sentences and tokens, with their parts of speech. Spans point into the document's text.

use borsh::{BorshDeserialize, BorshSerialize};
use std::{ops::Range, sync::Arc};

use crate::{document::Document, text::Span};

mod abbreviation;
mod address;
mod brill;
mod sentence;
mod tag;
mod term;
mod token;

pub use tag::Tag;
pub use term::{each_term, fold, is_stopword, stem, terms};

/// What the characters of a token are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and full stops: "five-hour", "U.S.", "O’Brien". A possessive "’s" is a token of its own.
    Word,
    /// Starts with a digit: "40,000", "1.2", "3-year-old", "5th", "130M", "24/7".
    Number,
    /// A quotation mark, straight or curly. An apostrophe is none.
    Quote,
    /// A currency or other sign: "$", "%", "€".
    Symbol,
    /// Any other mark, and a web or mail address as a whole.
    Punct,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text, in bytes.
    pub span: Span,
    /// What its characters are.
    pub kind: TokenKind,
    /// Its part of speech.
    pub tag: Tag,
}

/// A sentence. Sentences do not overlap and do not cross blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its place in the text, in bytes, without the space around it; with the bullet or number of a list item ([`Prose::words`]
    /// leaves that out).
    pub span: Span,
    /// The index of its block in the document.
    pub block: u32,
    /// The indices of its tokens.
    pub tokens: Range<u32>,
}

/// A document cut into sentences and tokens.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The document it was read from.
    pub document: Arc<Document>,
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub tokens: Vec<Token>,
}

impl Prose {
    /// Cuts a document into sentences and tokens.
    #[must_use]
    pub fn read(document: Arc<Document>) -> Self {
        let mut sentences = Vec::new();
        let mut tokens = Vec::new();
        let mut tags = Vec::new();
        let text = document.prose.clone();
        for (block, b) in document.blocks.iter().enumerate() {
            for span in sentence::split(&text, b.span) {
                let from = tokens.len();
                token::split(&text, span, &mut tokens);
                tag::assign(&text, &mut tokens[from..], &mut tags);
                let (Some(first), Some(last)) = (tokens.get(from), tokens.last()) else { continue };
                let mut span = first.span.cover(last.span);
                if sentences.last().is_none_or(|s: &Sentence| s.block != block as u32) {
                    // The marker of a list item.
                    span = span.cover(Span { start: b.span.start, end: b.span.start });
                }
                sentences.push(Sentence { span, block: block as u32, tokens: from as u32..tokens.len() as u32 });
            }
        }
        Self { document, sentences, tokens }
    }

    /// The words of a span: of the prose, where markup is blank. Use `document.text` for what a reader is shown.
    #[must_use]
    pub fn str(&self, span: Span) -> &str {
        span.of(&self.document.prose)
    }

    /// The place of a sentence from its first token to its last: without the bullet or number of a list item.
    #[must_use]
    pub fn words(&self, sentence: usize) -> Span {
        let sentence = &self.sentences[sentence];
        let tokens = &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => sentence.span,
        }
    }

    /// The tokens of the sentence with this index.
    #[must_use]
    pub fn tokens_of(&self, sentence: usize) -> &[Token] {
        let range = &self.sentences[sentence].tokens;
        &self.tokens[range.start as usize..range.end as usize]
    }

    /// The index of the sentence that holds this byte, or of the nearest one before it.
    #[must_use]
    pub fn sentence_at(&self, byte: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= byte).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format};

    fn read(text: &str) -> Prose {
        Prose::read(Arc::new(document::parse(text.into(), Format::Plain)))
    }

    #[test]
    fn odd_texts_are_survived() {
        for text in
            ["", "\n\n", "\u{feff}", "\0", "\u{feff}Yes.\0 No.", "…", "\u{301}", &"a".repeat(100_000), &"'s ".repeat(20_000)]
        {
            let prose = read(text);
            for token in &prose.tokens {
                assert!(!token.span.of(text).is_empty());
            }
            for (i, sentence) in prose.sentences.iter().enumerate() {
                assert!(!prose.tokens_of(i).is_empty() && !sentence.span.is_empty());
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn tokens_lie_in_their_sentences(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)) {
            let text = pieces.concat();
            let prose = read(&text);
            let mut end = 0;
            for (i, sentence) in prose.sentences.iter().enumerate() {
                proptest::prop_assert!(sentence.span.start >= end && text.get(sentence.span.range()).is_some());
                proptest::prop_assert!(prose.document.blocks[sentence.block as usize].span.contains(sentence.span));
                let mut at = sentence.span.start;
                for token in prose.tokens_of(i) {
                    proptest::prop_assert!(token.span.start >= at && token.span.end <= sentence.span.end);
                    proptest::prop_assert!(!token.span.is_empty() && text.get(token.span.range()).is_some());
                    at = token.span.end;
                }
                end = sentence.span.end;
            }
        }
    }

    const PIECES: [&str; 40] = [
        "a",
        "The ",
        "U.S. ",
        "U.S.",
        "p.m. ",
        "No. ",
        "5",
        "1.2",
        ". ",
        ".",
        "! ",
        "?” ",
        "“",
        "”",
        "’s ",
        "'",
        "''",
        "``",
        "(",
        ") ",
        "[1]",
        "…",
        "...",
        " . . .",
        "\n",
        "\r\n",
        "\n\n",
        "• ",
        "1) ",
        "2) ",
        "https://x.y ",
        "a@b.c ",
        "é",
        "e\u{301}",
        "👩\u{200d}👧",
        "\u{feff}",
        "\0",
        "$",
        "Mr. ",
        "Image: ",
    ];

    #[test]
    fn words_carry_their_tags() {
        let prose = read("Officials fired 138 drones at Odesa.");
        let tags: Vec<Tag> = prose.tokens.iter().map(|t| t.tag).collect();
        assert_eq!(tags, [Tag::Noun, Tag::Verb, Tag::Numeral, Tag::Noun, Tag::Adposition, Tag::ProperNoun, Tag::Other]);
    }
}
