//! What must hold for any bytes at all, one function a reader. The fuzz targets call them with bytes of their own making, the test
//! `fuzz_replay` with the seeds and with all that was ever found.

use std::sync::Arc;

use copydesk::{
    claim::{self, Form, Mention, MentionKind, READERS, Reading},
    config::{Options, Settings},
    corpus::{
        embedded::Embedded,
        extract::{self, Fields, Kind},
        load,
    },
    document::{self, Document, Format},
    ide, lsp,
    prose::Prose,
    text::{self, Buffer, LineCol, LineIndex, PositionEncoding, Span},
};

/// Reads bytes, and panics if something does not hold.
pub type Target = fn(&[u8]);

/// The functions of this file by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("decode", decode),
    ("document", document),
    ("prose", prose),
    ("quantities", quantities),
    ("dates", dates),
    ("names", names),
    ("quotations", quotations),
    ("mentions", mentions),
    ("growth", growth),
    ("edits", edits),
    ("settings", settings),
    ("files", files),
    ("packed", packed),
    ("check", check),
    ("session", session),
];

/// Bytes → text.
pub fn decode(bytes: &[u8]) {
    let (text, problems) = text::decode(bytes);
    assert_eq!((text.clone(), problems.clone()), text::decode(bytes), "read twice");
    match std::str::from_utf8(bytes) {
        // What is UTF-8 stays as it is, but for its byte order mark, or is refused.
        Ok(same) if problems.is_empty() => assert_eq!(text, same.strip_prefix('\u{feff}').unwrap_or(same)),
        Err(_) => assert!(!problems.is_empty() || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff"), "silent"),
        Ok(_) => {}
    }
    assert!(problems.iter().all(|p| !p.message.is_empty()));
}

/// Text → blocks of prose, in every format.
pub fn document(bytes: &[u8]) {
    let text = text_of(bytes);
    for format in Format::ALL {
        let document = document::parse(text.as_str().into(), format);
        check_document(&document);
        let again = document::parse(text.as_str().into(), format);
        assert!(document.prose == again.prose && document.blocks == again.blocks && document.meta == again.meta, "read twice");
    }
}

/// Blocks → sentences and tokens.
pub fn prose(bytes: &[u8]) {
    let (format, text) = formatted(bytes);
    let document = Arc::new(document::parse(text.as_str().into(), format));
    let prose = Prose::read(document.clone());
    check_prose(&prose);
    let again = Prose::read(document);
    assert!(prose.sentences == again.sentences && prose.tokens == again.tokens, "read twice");
}

/// Figures alone.
pub fn quantities(bytes: &[u8]) {
    alone(bytes, "quantity");
}

/// Dates and times alone.
pub fn dates(bytes: &[u8]) {
    alone(bytes, "date");
}

/// Names alone.
pub fn names(bytes: &[u8]) {
    alone(bytes, "name");
    // Any two strings can be compared.
    let text = text_of(bytes);
    let (a, b) = halves(&text);
    let _ = (claim::compare_names(a, b), claim::compare_names(b, a));
}

/// Quotation marks alone, and words held against words.
pub fn quotations(bytes: &[u8]) {
    alone(bytes, "quotation");
    let text = text_of(bytes);
    let (draft, source) = halves(&text);
    if let Some(found) = claim::compare_words(draft, source) {
        assert!(source.get(found.source).is_some());
        assert!((0.0..=1.0).contains(&found.similarity) && found.exact == found.differences.is_empty());
        assert!(found.differences.iter().all(|d| draft.get(d.draft.clone()).is_some() && source.get(d.source.clone()).is_some()));
    }
}

/// The whole reading of a text.
pub fn mentions(bytes: &[u8]) {
    let (format, text) = formatted(bytes);
    let reading = read(&text, format);
    check_prose(&reading.prose);
    check_reading(&reading);
    let again = read(&text, format);
    assert!(reading.mentions == again.mentions && reading.claims == again.claims, "read twice");
}

/// The whole reading of a text that goes on and on: run with a time limit, this finds what takes more than linear time.
pub fn growth(bytes: &[u8]) {
    let (format, text) = formatted(bytes);
    if !text.is_empty() {
        read(&text.repeat((LONG / text.len()).max(1)), format);
    }
}

/// How long a text `growth` reads, in bytes.
const LONG: usize = 60_000;

/// The text of an open draft against a plain string, edit by edit.
pub fn edits(bytes: &[u8]) {
    let (text, mut rest) = bytes.split_at(bytes.len() / 2);
    let mut string = text_of(text);
    let mut buffer = Buffer::new(&string);
    // Each edit is two places, an encoding and how much of the rest to insert.
    while let [l1, c1, l2, c2, how, length, more @ ..] = rest {
        let (insert, more) = more.split_at((*length as usize % 12).min(more.len()));
        let insert = text_of(insert);
        rest = more;
        if how % 16 == 15 {
            buffer.edit(None, PositionEncoding::Utf16, &insert);
            string = insert;
            continue;
        }
        let encoding = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32][*how as usize % 3];
        let place = |line: &u8, col: &u8| LineCol::new(u32::from(line % 8), u32::from(col % 32));
        let (start, end) = (place(l1, c1), place(l2, c2));
        let index = LineIndex::new(&string);
        let (a, b) = (index.offset(&string, start, encoding) as usize, index.offset(&string, end, encoding) as usize);
        buffer.edit(Some((start, end)), encoding, &insert);
        string.replace_range(a.min(b)..a.max(b), &insert);
        assert_eq!(&*buffer.text(), string);
        assert_eq!(buffer.len(), string.len());
    }
    // Every place has its line and column, and is found by them again.
    let index = LineIndex::new(&string);
    for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
        for (at, c) in string.char_indices().take(200) {
            let place = index.line_col(&string, at as u32, encoding);
            let back = index.offset(&string, place, encoding) as usize;
            assert!(back == at || c == '\n' && back + 1 == at, "{at} is {place:?} is {back}");
        }
    }
}

/// The settings file, and what a draft says of itself.
pub fn settings(bytes: &[u8]) {
    let text = text_of(bytes);
    if let Ok(options) = toml::from_str::<Options>(&text) {
        let _ = Settings::new(&options);
    }
    for text in [format!("---\n{text}\n---\nA draft.\n"), format!("A headline\n{text}\n\nA draft.\n")] {
        check_document(&document::parse(text.as_str().into(), Format::Markdown));
    }
}

/// Files of sources that are read in the program itself, in every format.
pub fn files(bytes: &[u8]) {
    let kinds = [Kind::Html, Kind::Mail, Kind::Captions, Kind::Rtf, Kind::Feed, Kind::Json, Kind::JsonLines, Kind::Table];
    kinds.into_iter().for_each(|kind| file(kind, bytes));
}

/// Files that are read in a process of their own.
pub fn packed(bytes: &[u8]) {
    [Kind::Word, Kind::OpenDocument, Kind::Epub, Kind::Pdf].into_iter().for_each(|kind| file(kind, bytes));
}

fn file(kind: Kind, bytes: &[u8]) {
    match extract::extract(kind, bytes, &Fields::default()) {
        Ok(texts) => {
            assert!(texts.iter().any(|text| !text.text.is_empty()), "{kind:?}");
            for text in texts {
                // Paragraphs of words with single spaces.
                let lines = text.text.lines().all(|line| line == line.trim() && !line.contains("  "));
                assert!(lines && !text.text.contains("\n\n\n"), "{kind:?}: {:?}", text.text);
                assert!(text.text.chars().all(|c| c == '\n' || !c.is_control()), "{kind:?}: {:?}", text.text);
                assert!(text.problems.iter().all(|p| !p.message.is_empty()));
                check_document(&document::parse(text.text.into(), Format::Plain));
            }
        }
        Err(why) => assert!(!why.is_empty(), "{kind:?}"),
    }
}

/// A draft against a source, the one half and the other: the queries, the judgement, and everything that an editor shows.
pub fn check(bytes: &[u8]) {
    let (format, text) = formatted(bytes);
    let (article, draft) = text.split_once("\n\n").unwrap_or_else(|| halves(&text));
    let source = load::source("a.txt".into(), "/a.txt".into(), article.into(), Format::Plain, None, Some(jiff_date()));
    let corpus = Embedded::from_sources(vec![source]).expect("one in memory");
    let checked = ide::check(Arc::new(ide::read(draft, format, Some(jiff_date()))), &corpus);
    for verdict in &checked.verdicts {
        let cited = verdict.findings.iter().map(|f| (&f.source, f.quote, f.counterpart));
        for (source, quote, counterpart) in cited {
            let words = &source.reading.prose.document.text[quote.range()];
            assert!(quote.contains(counterpart), "{counterpart:?} leaves {quote:?}");
            assert_eq!(ide::quote(source, quote, counterpart, true).parts.concat(), words);
        }
        let span = verdict.span(&checked.draft);
        assert!(draft.get(span.range()).is_some(), "{span:?} cuts a character");
    }
    let diagnostics = ide::diagnostics(&checked, &|code| Some(code.severity()));
    let everywhere = Span { start: 0, end: draft.len() as u32 };
    for action in ide::actions(&checked, &diagnostics, everywhere, true) {
        assert!(action.edits.iter().all(|edit| draft.get(edit.delete.range()).is_some()), "{action:?}");
    }
    for diagnostic in diagnostics {
        assert!(draft.get(diagnostic.span.range()).is_some() && !diagnostic.message.is_empty());
    }
    for offset in (0..=draft.len()).step_by(3) {
        if let Some(hover) = ide::hover(&checked, offset as u32) {
            assert!(!hover.plain().is_empty() && !hover.markdown(&|_, _| None).is_empty());
        }
    }
}

/// A language client that says anything at all, after it has opened a draft.
pub fn session(bytes: &[u8]) {
    let mut input = Vec::new();
    let mut say = |message: &[u8]| {
        input.extend(format!("Content-Length: {}\r\n\r\n", message.len()).into_bytes());
        input.extend(message);
    };
    say(br#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}"#);
    say(br#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    say(br#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"markdown","version":1,"text":"It rained on 3 May.\nFive drowned."}}}"#);
    // As it comes, then each of its lines as a message.
    input.extend(bytes);
    let mut say = |message: &[u8]| {
        input.extend(format!("\r\nContent-Length: {}\r\n\r\n", message.len()).into_bytes());
        input.extend(message);
    };
    bytes.split(|byte| *byte == b'\n').for_each(&mut say);
    say(br#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#);
    let _ = lsp::serve_on(move || std::io::Cursor::new(input), std::io::sink());
}

/// What the fuzzer makes of a text is mostly no UTF-8.
fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A text whose first byte says how it is marked up.
fn formatted(bytes: &[u8]) -> (Format, String) {
    let format = match bytes.first() {
        Some(b'#' | b'*' | b'>' | b'[') => Format::Markdown,
        Some(b'\\' | b'%') => Format::Latex,
        Some(b'<') => Format::Html,
        Some(b'=') => Format::Typst,
        Some(b':') => Format::AsciiDoc,
        _ => Format::Plain,
    };
    (format, text_of(bytes))
}

fn halves(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or_else(|| text.split_at(text.floor_char_boundary(text.len() / 2)))
}

fn prose_of(text: &str, format: Format) -> Prose {
    let mut document = document::parse(text.into(), format);
    document.meta.published = document.meta.published.or(Some(jiff_date()));
    Prose::read(Arc::new(document))
}

/// A day to count from, so that dates are resolved.
fn jiff_date() -> jiff::civil::Date {
    jiff::civil::date(2024, 2, 29)
}

fn read(text: &str, format: Format) -> Reading {
    claim::read(Arc::new(prose_of(text, format)))
}

fn alone(bytes: &[u8], kind: &str) {
    let (format, text) = formatted(bytes);
    let prose = prose_of(&text, format);
    let (_, reader) = READERS.into_iter().find(|(name, _)| *name == kind).expect("a reader of this name");
    let mentions = reader(&prose);
    let mut end = 0;
    for mention in &mentions {
        assert!(mention.span.start >= end, "{mention:?} begins before {end}");
        end = mention.span.end;
        check_mention(&prose, mention);
    }
    assert_eq!(mentions, reader(&prose), "read twice");
}

fn check_span(document: &Document, span: Span) {
    assert!(document.prose.get(span.range()).is_some() && document.text.get(span.range()).is_some(), "{span:?} cuts a character");
}

fn check_document(document: &Document) {
    assert_eq!(document.text.len(), document.prose.len(), "the prose has the bytes of the text");
    let breaks = document.text.bytes().zip(document.prose.bytes()).all(|(a, b)| a == b || !matches!(a, b'\n' | b'\r') && a != 0);
    assert!(breaks || document.text.contains('\0'), "line breaks are kept");
    let mut end = 0;
    for block in &document.blocks {
        check_span(document, block.span);
        assert!(block.span.start >= end && !block.span.is_empty(), "{block:?} after {end}");
        end = block.span.end;
    }
    assert!(document.problems.iter().all(|p| !p.message.is_empty()));
}

fn check_prose(prose: &Prose) {
    check_document(&prose.document);
    let mut end = 0;
    let mut tokens = 0;
    for (index, sentence) in prose.sentences.iter().enumerate() {
        check_span(&prose.document, sentence.span);
        assert!(sentence.span.start >= end && !sentence.span.is_empty(), "{sentence:?} after {end}");
        let block = prose.document.blocks[sentence.block as usize].span;
        assert!(block.contains(sentence.span), "{sentence:?} leaves {block:?}");
        assert!(sentence.tokens.start == tokens && sentence.tokens.end > tokens, "{sentence:?} after token {tokens}");
        tokens = sentence.tokens.end;
        let mut at = sentence.span.start;
        for token in prose.tokens_of(index) {
            check_span(&prose.document, token.span);
            assert!(token.span.start >= at && !token.span.is_empty() && token.span.end <= sentence.span.end, "{token:?}");
            at = token.span.end;
        }
        assert_eq!(prose.sentence_at(sentence.span.start), index);
        end = sentence.span.end;
    }
    assert_eq!(tokens as usize, prose.tokens.len(), "every token has its sentence");
}

fn check_mention(prose: &Prose, mention: &Mention) {
    let inside = |span: Span| {
        check_span(&prose.document, span);
        assert!(!span.is_empty(), "{mention:?}");
    };
    inside(mention.span);
    let sentence = prose.sentences[mention.sentence as usize].span;
    assert!(sentence.start <= mention.span.start && mention.span.start < sentence.end, "{mention:?} begins outside {sentence:?}");
    match &mention.kind {
        MentionKind::Quantity(q) => {
            assert!(mention.span.contains(q.numeral), "{mention:?}");
            [Some(q.numeral), q.qualifier, q.entity, q.modifiers, q.base].into_iter().flatten().for_each(inside);
            assert!(q.low.is_some() || q.high.is_some(), "{mention:?}");
            // "3-2" stays as it was played.
            let ordered = q.low.zip(q.high).is_none_or(|(low, high)| low <= high);
            assert!(ordered || q.form == Form::Score, "{mention:?}");
        }
        MentionKind::Date(d) => {
            assert!(d.earliest.zip(d.latest).is_none_or(|(a, b)| a <= b), "{mention:?}");
            assert!(d.month.is_none_or(|m| (1..=12).contains(&m)) && d.day.is_none_or(|d| (1..=31).contains(&d)), "{mention:?}");
            assert!(d.clock.as_ref().is_none_or(|c| c.minute <= 24 * 60), "{mention:?}");
        }
        MentionKind::Name(n) => {
            inside(n.bare);
            n.role.into_iter().for_each(inside);
            assert!(mention.span.contains(n.bare) && !n.canonical.trim().is_empty(), "{mention:?}");
        }
        MentionKind::Quotation(q) => {
            assert!(!q.pieces.is_empty(), "{mention:?}");
            assert!(q.pieces.iter().all(|p| mention.span.contains(*p)), "{mention:?}");
            assert!(q.pieces.windows(2).all(|p| p[0].end <= p[1].start), "{mention:?}");
            q.pieces.iter().for_each(|p| check_span(&prose.document, *p));
            q.cue.into_iter().chain(q.speaker.as_ref().map(|s| s.span)).for_each(inside);
        }
        MentionKind::Statement(s) => assert!(mention.span.contains(s.head) && !s.head.is_empty(), "{mention:?}"),
    }
}

fn check_reading(reading: &Reading) {
    let quotation = |m: &Mention| matches!(m.kind, MentionKind::Quotation(_));
    // The ends of the last quotation and of the last mention of another kind.
    let mut ends = [0, 0];
    let mut last = (0, 0);
    for mention in &reading.mentions {
        check_mention(&reading.prose, mention);
        let place = (mention.span.start, u32::MAX - mention.span.end);
        assert!(last <= place, "{mention:?} out of order");
        last = place;
        if matches!(mention.kind, MentionKind::Statement(_)) {
            continue;
        }
        let end = &mut ends[usize::from(quotation(mention))];
        assert!(mention.span.start >= *end, "{mention:?} overlaps one of its like");
        *end = mention.span.end;
    }
    let listed: Vec<u32> = reading.claims.iter().flat_map(|c| c.mentions.iter().copied()).collect();
    assert!(listed.iter().copied().eq(0..reading.mentions.len() as u32), "every mention has its claim");
    for claim in &reading.claims {
        assert_eq!(claim.span, reading.prose.sentences[claim.sentence as usize].span);
    }
}
