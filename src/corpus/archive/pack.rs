//! A source as bytes: the text with its sentences, tokens and mentions, so that it is read once and not again at each check.

use std::sync::Arc;

use borsh::{
    BorshDeserialize, BorshSerialize,
    io::{ErrorKind, Read, Result, Write},
};

use crate::{
    claim::{Mention, MentionKind, Reading, Role},
    document::{Block, Document, Format, Meta},
    prose::{Prose, Sentence, Tag, Token, TokenKind},
    text::{
        Problem, Span,
        stored::{get, put},
    },
};

/// The bytes of a reading, before they are compressed.
pub(super) fn pack(reading: &Reading) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 << 10);
    write(reading, &mut out).expect("memory takes everything");
    out
}

/// The reading of some bytes; `title` is that of a text without one.
///
/// # Errors
/// If they are not what [`pack`] made.
pub(super) fn unpack(mut bytes: &[u8], title: impl FnOnce() -> String) -> Result<Reading> {
    read(&mut bytes, title)
}

fn write<W: Write>(reading: &Reading, out: &mut W) -> Result<()> {
    let (prose, document) = (&*reading.prose, &*reading.prose.document);
    document.format.serialize(out)?;
    document.text.serialize(out)?;
    // Text without markup is its own prose.
    (document.prose != document.text).then_some(&document.prose).serialize(out)?;
    document.blocks.serialize(out)?;
    write_meta(&document.meta, out)?;
    document.problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>().serialize(out)?;
    put(prose.sentences.len() as u32, out)?;
    for sentence in &prose.sentences {
        sentence.span.serialize(out)?;
        put(sentence.block, out)?;
        put(sentence.tokens.end - sentence.tokens.start, out)?;
    }
    write_tokens(&prose.tokens, out)?;
    write_mentions(&reading.mentions, out)?;
    reading.roles.serialize(out)
}

fn read<R: Read>(bytes: &mut R, title: impl FnOnce() -> String) -> Result<Reading> {
    let format = Format::deserialize_reader(bytes)?;
    let text = Arc::<str>::deserialize_reader(bytes)?;
    let prose = Option::<Arc<str>>::deserialize_reader(bytes)?.unwrap_or_else(|| text.clone());
    let blocks = Vec::<Block>::deserialize_reader(bytes)?;
    let mut meta = read_meta(bytes)?;
    meta.title.get_or_insert_with(title);
    let problems = Vec::<String>::deserialize_reader(bytes)?.into_iter().map(Problem::new).collect();
    let document = Arc::new(Document { format, text, prose, blocks, meta, problems });
    let mut from = 0;
    let mut sentences = Vec::new();
    for _ in 0..get(bytes)? {
        let (span, block, tokens) = (Span::deserialize_reader(bytes)?, get(bytes)?, get(bytes)?);
        sentences.push(Sentence { span, block, tokens: from..from + tokens });
        from += tokens;
    }
    let prose = Arc::new(Prose { document, sentences, tokens: read_tokens(bytes)? });
    let mentions = read_mentions(bytes)?;
    let roles = Vec::<Role>::deserialize_reader(bytes)?;
    Ok(Reading::new(prose, mentions, roles))
}

/// Tokens column by column, which compresses better: how far from the end of the last one, how long, what.
fn write_tokens<W: Write>(tokens: &[Token], out: &mut W) -> Result<()> {
    put(tokens.len() as u32, out)?;
    let mut at = 0;
    for token in tokens {
        put(token.span.start - at, out)?;
        at = token.span.end;
    }
    for token in tokens {
        put(token.span.end - token.span.start, out)?;
    }
    for token in tokens {
        token.kind.serialize(out)?;
    }
    for token in tokens {
        token.tag.serialize(out)?;
    }
    Ok(())
}

fn read_tokens<R: Read>(bytes: &mut R) -> Result<Vec<Token>> {
    let count = get(bytes)?;
    let mut tokens = Vec::new();
    for _ in 0..count {
        let span = Span { start: get(bytes)?, end: 0 };
        tokens.push(Token { span, kind: TokenKind::Punct, tag: Tag::Other });
    }
    let mut at = 0u32;
    for token in &mut tokens {
        token.span.start = at.checked_add(token.span.start).ok_or(ErrorKind::InvalidData)?;
        token.span.end = token.span.start.checked_add(get(bytes)?).ok_or(ErrorKind::InvalidData)?;
        at = token.span.end;
    }
    for token in &mut tokens {
        token.kind = TokenKind::deserialize_reader(bytes)?;
    }
    for token in &mut tokens {
        token.tag = Tag::deserialize_reader(bytes)?;
    }
    Ok(tokens)
}

/// Mentions column by column too.
fn write_mentions<W: Write>(mentions: &[Mention], out: &mut W) -> Result<()> {
    put(mentions.len() as u32, out)?;
    let mut at = 0;
    for mention in mentions {
        // They come in the order of their starts.
        put(mention.span.start - at, out)?;
        at = mention.span.start;
    }
    for mention in mentions {
        put(mention.span.end - mention.span.start, out)?;
    }
    let mut at = 0;
    for mention in mentions {
        put(mention.sentence - at, out)?;
        at = mention.sentence;
    }
    for mention in mentions {
        mention.quoted.serialize(out)?;
    }
    for mention in mentions {
        let mut kind = mention.kind.clone();
        kind.map_spans(&|span| from(mention.span.start, span));
        kind.serialize(out)?;
    }
    Ok(())
}

/// A span counted from a place near it, before or behind, which is the same for the like of it everywhere, and so compresses better.
fn from(place: u32, span: Span) -> Span {
    let distance = span.start.wrapping_sub(place) as i32;
    let start = ((distance << 1) ^ (distance >> 31)) as u32;
    Span { start, end: start.saturating_add(span.end - span.start) }
}

/// The span that [`from`] counted from a place.
fn back(place: u32, span: Span) -> Span {
    let distance = ((span.start >> 1) as i32) ^ -((span.start & 1) as i32);
    let start = place.wrapping_add_signed(distance);
    Span { start, end: start.saturating_add(span.end - span.start) }
}

fn read_mentions<R: Read>(bytes: &mut R) -> Result<Vec<Mention>> {
    let count = get(bytes)?;
    let mut spans = Vec::new();
    let mut at = 0u32;
    for _ in 0..count {
        at = at.checked_add(get(bytes)?).ok_or(ErrorKind::InvalidData)?;
        spans.push(Span { start: at, end: at });
    }
    for span in &mut spans {
        span.end = span.start.checked_add(get(bytes)?).ok_or(ErrorKind::InvalidData)?;
    }
    let mut sentences = Vec::with_capacity(spans.len());
    let mut at = 0u32;
    for _ in &spans {
        at = at.checked_add(get(bytes)?).ok_or(ErrorKind::InvalidData)?;
        sentences.push(at);
    }
    let quoted = spans.iter().map(|_| bool::deserialize_reader(bytes)).collect::<Result<Vec<_>>>()?;
    spans
        .into_iter()
        .zip(sentences)
        .zip(quoted)
        .map(|((span, sentence), quoted)| {
            let mut kind = MentionKind::deserialize_reader(bytes)?;
            kind.map_spans(&|part| back(span.start, part));
            Ok(Mention { span, sentence, quoted, kind })
        })
        .collect()
}

fn write_meta<W: Write>(meta: &Meta, out: &mut W) -> Result<()> {
    (&meta.title, &meta.byline, &meta.outlet, &meta.url).serialize(out)?;
    meta.published.map(|day| day.to_string()).serialize(out)
}

/// What a source names as its own sources is of no interest.
fn read_meta<R: Read>(bytes: &mut R) -> Result<Meta> {
    let (title, byline, outlet, url) = BorshDeserialize::deserialize_reader(bytes)?;
    let published = Option::<String>::deserialize_reader(bytes)?;
    let published = published.map(|day| day.parse()).transpose().map_err(|_| ErrorKind::InvalidData)?;
    Ok(Meta { title, byline, outlet, published, url, ..Meta::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{claim, document, document::Format};

    fn reading(text: &str, format: Format) -> Reading {
        claim::read(Arc::new(Prose::read(Arc::new(document::parse(text.into(), format)))))
    }

    /// Whatever is compared, shown or searched comes back as it was.
    #[track_caller]
    fn comes_back(text: &str, format: Format) {
        let mut before = reading(text, format);
        let bytes = pack(&before);
        Arc::get_mut(&mut Arc::get_mut(&mut before.prose).unwrap().document).unwrap().meta.title.get_or_insert_default();
        let after = unpack(&bytes, String::new).unwrap();
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
        for cut in (0..bytes.len()).step_by(7) {
            assert!(unpack(&bytes[..cut], String::new).is_err());
        }
    }

    proptest::proptest! {
        #[test]
        fn places_come_back(place in 0u32..1 << 30, start in 0u32..1 << 30, len in 0u32..1 << 20) {
            let span = Span { start, end: start + len };
            proptest::prop_assert_eq!(back(place, from(place, span)), span);
        }
    }

    #[test]
    fn readings_come_back() {
        comes_back("", Format::Plain);
        comes_back("Rain.", Format::Plain);
        let story = "Levee fails at Orlen Falls\n\nORLEN FALLS, March 9, 2026 — More than 1,800 people fled on Monday night, two days \
                     after Easter 2024, said Mayor Ana Brandt, 52. “We were lucky,” she said. The largest of the 3.5-metre gaps, at \
                     4:30 a.m. EST, cost about $2.5 million a day, up 5 percent. It did not rise on the first Tuesday of October.";
        comes_back(story, Format::Plain);
        comes_back(
            &format!("---\ntitle: Flood\ndate: 2026-03-09\n---\n\n# Flood\n\n*{story}* [link](http://x.y)"),
            Format::Markdown,
        );
    }
}
