//! Pages as they are written: every tag blank, every place that of the file. What is read of a page that is a source is another matter:
//! there the article is taken out.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use html5gum::{DefaultEmitter, Span, StartTag, Token, Tokenizer, emitters::default::EndTag};
use quick_xml::escape::resolve_html5_entity;

use super::{Block, BlockKind, Canvas, Meta, meta, painter::Painter};

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// It is a block of its own.
    Block,
    /// The same, of a kind.
    Kind(BlockKind),
    /// It is not prose; a mark inside a sentence.
    Hidden,
    /// It is not prose, and parts what stands around it.
    Apart,
    /// It has no end, and parts what stands around it.
    Break,
    /// The title of the page.
    Title,
    /// Raised figures, mostly the marks of notes.
    Raised,
    /// A quotation: its marks are the browser's.
    Quoted,
}

/// Elements that are not simply inside a sentence.
static ELEMENTS: LazyLock<HashMap<&str, Effect>> = LazyLock::new(|| {
    let effect = |word: &str| {
        Some(match word {
            "block" => Effect::Block,
            "heading" => Effect::Kind(BlockKind::Heading),
            "item" => Effect::Kind(BlockKind::ListItem),
            "quote" => Effect::Kind(BlockKind::BlockQuote),
            "hidden" => Effect::Hidden,
            "apart" => Effect::Apart,
            "break" => Effect::Break,
            "title" => Effect::Title,
            "raised" => Effect::Raised,
            "quoted" => Effect::Quoted,
            _ => return None,
        })
    };
    let lines = include_str!("data/html.txt").lines().filter_map(|line| line.split_once(' '));
    lines
        .filter_map(|(word, names)| Some((effect(word)?, names)))
        .flat_map(|(e, names)| names.split(' ').map(move |n| (n, e)))
        .collect()
});

/// Elements that are open at once; deeper ones have no effect.
const DEEPEST: usize = 256;

/// Paints the prose of `text[start..]`, returns its blocks, and adds what its head says to `meta`.
pub(super) fn read<'a>(text: &'a str, start: usize, canvas: &mut Canvas<'a>, meta: &mut Meta) -> Vec<Block> {
    let body = text.get(start..).unwrap_or("");
    let painter = Painter::new(text, canvas);
    let mut reader = Reader { text, painter, meta, stack: Vec::new(), title: String::new(), blank: false };
    let mut at = start;
    let place = |span: Span| span.start + start..span.end + start;
    for token in Tokenizer::new_with_emitter(body, DefaultEmitter::<usize>::new_with_span()).flatten() {
        // What is no tag is text, from where the last tag ended.
        let range = match &token {
            Token::StartTag(tag) => place(tag.span),
            Token::EndTag(tag) => place(tag.span),
            Token::Comment(comment) => place(comment.span),
            Token::Doctype(doctype) => place(doctype.span),
            Token::String(words) => {
                if reader.stack.last().is_some_and(|(_, effect)| *effect == Effect::Title) {
                    reader.title.push_str(&String::from_utf8_lossy(&words.value));
                }
                continue;
            }
            Token::Error(_) => continue,
        };
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        reader.words(at..range.start);
        at = range.end;
        match token {
            Token::StartTag(tag) => reader.start(&tag, range),
            Token::EndTag(tag) => reader.end(&tag, range),
            Token::Comment(comment) => meta::remark(reader.meta, &String::from_utf8_lossy(&comment.value)),
            _ => {}
        }
    }
    // A tag that is not closed yet.
    let rest = text.get(at..).unwrap_or("");
    let tag = rest
        .match_indices('<')
        .find(|(i, _)| rest[i + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')));
    reader.words(at..at + tag.map_or(rest.len(), |(i, _)| i));
    let title = std::mem::take(&mut reader.title);
    meta::suggest(reader.meta, "title", &title);
    reader.painter.finish()
}

struct Reader<'a, 'b, 'm> {
    text: &'a str,
    painter: Painter<'a, 'b>,
    meta: &'m mut Meta,
    /// The elements around this place that have an effect.
    stack: Vec<(&'static str, Effect)>,
    title: String,
    /// Whether the last tag was a line break, with nothing after it.
    blank: bool,
}

impl Reader<'_, '_, '_> {
    fn start(&mut self, tag: &StartTag<usize>, range: Range<usize>) {
        let name = String::from_utf8_lossy(&tag.name);
        if matches!(&*name, "meta" | "link" | "time") {
            self.said(&name, tag);
        }
        if name == "br" {
            // Two of them are a new paragraph.
            if std::mem::replace(&mut self.blank, true) {
                self.painter.close();
            }
            return;
        }
        self.blank = false;
        let Some((name, effect)) = ELEMENTS.get_key_value(&*name).map(|(n, e)| (*n, *e)) else { return };
        match effect {
            Effect::Raised => self.raised(&range),
            Effect::Quoted => self.mark(range.end - 1..range.end),
            Effect::Hidden | Effect::Title => {}
            _ => self.painter.close(),
        }
        if effect == Effect::Break || tag.self_closing {
            return;
        }
        // The end tags of items may be left out.
        if self.stack.last().is_some_and(|(n, _)| *n == name && matches!(name, "li" | "dt" | "dd" | "p" | "option")) {
            self.stack.pop();
        }
        if self.stack.len() < DEEPEST {
            self.stack.push((name, effect));
        }
    }

    fn end(&mut self, tag: &EndTag<usize>, range: Range<usize>) {
        self.blank = false;
        let name = String::from_utf8_lossy(&tag.name);
        let Some(effect) = ELEMENTS.get(&*name) else { return };
        match effect {
            Effect::Quoted => self.mark(range.start..range.start + 1),
            Effect::Hidden | Effect::Title | Effect::Raised => {}
            _ => self.painter.close(),
        }
        if let Some(open) = self.stack.iter().rposition(|(n, _)| **n == *name) {
            self.stack.truncate(open);
        }
    }

    /// The mark of a quotation, in the place of the tag.
    fn mark(&mut self, range: Range<usize>) {
        if !self.is_hidden() {
            let kind = self.kind();
            self.painter.put(kind, range, "\"");
        }
    }

    /// "km<sup>2</sup>" is a measure; all other raised figures are hidden.
    fn raised(&mut self, tag: &Range<usize>) {
        let before = self.text[..tag.start].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let (kind, hidden) = (self.kind(), self.is_hidden());
        for (figure, sign) in [("2</", "²"), ("3</", "³")] {
            if !hidden && self.text[tag.end..].starts_with(figure) && matches!(before, "m" | "km" | "cm" | "mm" | "ft" | "mi") {
                self.painter.put(kind, tag.clone(), sign);
            }
        }
    }

    fn is_hidden(&self) -> bool {
        self.stack.iter().any(|(_, effect)| matches!(effect, Effect::Hidden | Effect::Apart | Effect::Title))
    }

    fn kind(&self) -> BlockKind {
        let kinds =
            self.stack.iter().rev().filter_map(|(_, effect)| if let Effect::Kind(kind) = effect { Some(*kind) } else { None });
        kinds.into_iter().next().unwrap_or(BlockKind::Paragraph)
    }

    fn words(&mut self, range: Range<usize>) {
        let Some(words) = self.text.get(range.clone()) else { return };
        let raised = self.stack.last().is_some_and(|(_, e)| *e == Effect::Raised);
        if words.is_empty() || self.is_hidden() || raised && !words.chars().any(char::is_alphabetic) {
            return;
        }
        self.blank &= words.trim().is_empty();
        let kind = self.kind();
        let mut at = range.start;
        for (i, _) in words.match_indices('&') {
            let from = range.start + i;
            if let Some((len, c)) = entity(&words[i..]) {
                self.painter.words(kind, at..from);
                at = from + len;
                if let Some(c) = c {
                    self.painter.put_char(kind, from..at, c);
                }
            }
        }
        self.painter.words(kind, at..range.end);
    }

    /// What a tag says of the page.
    fn said(&mut self, name: &str, tag: &StartTag<usize>) {
        let get = |key: &str| {
            let found = tag.attributes.iter().find(|(k, _)| k.as_slice() == key.as_bytes());
            found.map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
        };
        let key = get("name").or_else(|| get("property")).or_else(|| get("itemprop")).unwrap_or_default().to_ascii_lowercase();
        let (key, value) = match (name, key.as_str()) {
            ("link", _) if get("rel").as_deref() == Some("canonical") => ("url", get("href")),
            ("time", "datepublished") => ("date", get("datetime")),
            ("time", _) if get("pubdate").is_some() => ("date", get("datetime")),
            ("meta", "author" | "article:author" | "dc.creator") => ("author", get("content")),
            ("meta", "date" | "article:published_time" | "dc.date" | "dcterms.date" | "pubdate" | "datepublished") => {
                ("date", get("content"))
            }
            ("meta", "og:site_name" | "publisher") => ("outlet", get("content")),
            ("meta", "sources") => ("sources", get("content")),
            ("meta", "window") => ("window", get("content")),
            _ => return,
        };
        meta::suggest(self.meta, key, &value.unwrap_or_default());
    }
}

/// The entity at the start of a text: its length and the character that it stands for, `None` for more than one or none that is known.
pub(super) fn entity(text: &str) -> Option<(usize, Option<char>)> {
    // The longest name has 31 letters.
    let near = text.as_bytes();
    let end = near.iter().take(34).position(|b| *b == b';')?;
    let name = text.get(1..end).filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'))?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse::<u32>()).ok()?)
        }
        None => {
            let mut chars = resolve_html5_entity(name)?.chars();
            chars.next().filter(|_| chars.next().is_none())
        }
    };
    Some((end + 1, c))
}
