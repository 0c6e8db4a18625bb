//! Rich text (.rtf): the text without its tags. Groups of tags lie in each other; nothing here goes down with them.

mod charset;
mod token;

use encoding_rs::WINDOWS_1252;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use self::{
    charset::Charset,
    token::{Token, Tokens},
};
use super::{Extracted, headed, properties};
use crate::document::Meta;

/// The most groups in each other.
const DEEPEST: usize = 10_000;
/// The largest file, in bytes. Pictures are written out in it.
const LARGEST: usize = 128 << 20;

/// Groups whose text is none of the document's, or is there again. So is that of groups that begin with `\*`, but for boxes.
const PASSED: [&str; 32] = [
    "annotation",
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "atnparent",
    "atnref",
    "atntime",
    "buptim",
    "colortbl",
    "comment",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "nonesttables",
    "pict",
    "printim",
    "revtim",
    "rxe",
    "shprslt",
    "stylesheet",
    "xe",
];

/// Where the characters of a group go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Text,
    /// A note or a box, which stands beside the paragraph that it is anchored in.
    Apart,
    Nowhere,
    /// What describes a box: of it, only the text in it is text.
    Shape,
    Fonts,
    Info,
    Title,
    Author,
    Created,
}

/// What holds up to the end of a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    place: Place,
    /// Whether this very group began a text that stands apart.
    begins: bool,
    /// Hidden or struck out.
    hidden: bool,
    deleted: bool,
    font: i32,
    /// How many characters after a `\u` stand for it, for programs that do not know it.
    fallback: u32,
}

struct Reader {
    groups: Vec<Group>,
    group: Group,
    charset: Charset,
    default_font: i32,
    fonts: FxHashMap<i32, Charset>,
    /// Bytes of text that are not decoded yet: a character may be made of two.
    bytes: Vec<u8>,
    /// The first half of a character outside the basic plane.
    surrogate: Option<u16>,
    text: String,
    apart: Vec<String>,
    waiting: String,
    title: String,
    author: String,
    created: [i32; 3],
}

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let start = bytes.len() - bytes.trim_ascii_start().len();
    if !bytes[start..].starts_with(b"{\\rtf") {
        return Err("damaged: this is not a text in RTF".into());
    }
    if bytes.len() > LARGEST {
        return Err(format!("the file is larger than {} MB", LARGEST >> 20));
    }
    let mut reader = Reader::new();
    reader.read(&bytes[start..])?;
    let [year, month, day] = reader.created;
    let published = (year > 1980).then(|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok());
    let meta = Meta {
        title: properties::title(&reader.title),
        byline: properties::author(&reader.author),
        published: published.flatten(),
        ..Meta::default()
    };
    Ok(Extracted { text: headed(meta.title.as_deref(), &reader.text), meta, problems: Vec::new(), part: None })
}

impl Reader {
    fn new() -> Self {
        let group = Group { place: Place::Text, begins: false, hidden: false, deleted: false, font: -1, fallback: 1 };
        Self {
            groups: Vec::new(),
            group,
            charset: Charset::Text(WINDOWS_1252),
            default_font: 0,
            fonts: FxHashMap::default(),
            bytes: Vec::new(),
            surrogate: None,
            text: String::new(),
            apart: Vec::new(),
            waiting: String::new(),
            title: String::new(),
            author: String::new(),
            created: [0; 3],
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), String> {
        let mut tokens = Tokens::new(bytes);
        // Characters to pass over, since they stand for a `\u` that was read.
        let mut skip = 0;
        // Whether the group has just begun, and whether with `\*`.
        let (mut begun, mut starred) = (false, false);
        while let Some(token) = tokens.next() {
            match token {
                Token::Open => {
                    self.flush();
                    skip = 0;
                    if self.groups.len() == DEEPEST {
                        return Err("damaged: its groups lie too deep in each other".into());
                    }
                    self.groups.push(self.group);
                    self.group.begins = false;
                    (begun, starred) = (true, false);
                    continue;
                }
                Token::Close => {
                    self.flush();
                    skip = 0;
                    self.close();
                    // What follows the end of the whole is none of it.
                    if self.groups.is_empty() {
                        break;
                    }
                }
                Token::Symbol(b'*') if begun => {
                    starred = true;
                    continue;
                }
                Token::Word("bin", count) => tokens.pass(count.unwrap_or(0).max(0) as usize),
                _ if skip > 0 => skip -= 1,
                Token::Byte(byte) => self.bytes.push(byte),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Word(word, figure) => {
                    if !begun || !self.begin(word, starred) {
                        self.word(word, figure);
                    }
                    if word == "u" {
                        skip = self.group.fallback;
                    }
                }
            }
            (begun, starred) = (false, false);
        }
        self.flush();
        while let Some(apart) = self.apart.pop() {
            self.waiting.push_str(&apart);
        }
        self.paragraph();
        Ok(())
    }

    /// What the first word of a group says of its text; whether it says anything.
    fn begin(&mut self, word: &str, starred: bool) -> bool {
        let place = match word {
            _ if self.group.place == Place::Nowhere => return false,
            "fonttbl" => Place::Fonts,
            "info" => Place::Info,
            "title" if self.group.place == Place::Info => Place::Title,
            "author" if self.group.place == Place::Info => Place::Author,
            "creatim" if self.group.place == Place::Info => Place::Created,
            "footnote" | "shptxt" => {
                self.flush();
                self.apart.push(String::new());
                self.group.begins = true;
                Place::Apart
            }
            "shpinst" => Place::Shape,
            word if PASSED.contains(&word) => Place::Nowhere,
            _ if starred && self.group.place != Place::Fonts => Place::Nowhere,
            _ => return false,
        };
        self.group.place = place;
        true
    }

    fn close(&mut self) {
        if self.group.begins
            && let Some(apart) = self.apart.pop()
        {
            self.waiting.push_str(&apart);
            self.waiting.push_str("\n\n");
        }
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    fn word(&mut self, word: &str, figure: Option<i32>) {
        let on = figure != Some(0);
        if word == "u" {
            if let Some(unit) = figure {
                self.unit(unit as u16);
            }
            return;
        }
        self.flush();
        match word {
            "par" | "sect" | "page" | "row" | "cell" | "nestcell" | "nestrow" => self.paragraph(),
            "line" | "lbr" | "softline" => self.push("\n"),
            "tab" | "emspace" | "enspace" | "qmspace" => self.push(" "),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "bullet" => self.push("•"),
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "plain" => (self.group.hidden, self.group.deleted, self.group.font) = (false, false, self.default_font),
            "uc" => self.group.fallback = figure.map_or(1, |n| n.clamp(0, 255) as u32),
            "f" => self.group.font = figure.unwrap_or(0),
            "deff" => {
                self.default_font = figure.unwrap_or(0);
                self.group.font = self.default_font;
            }
            "ansicpg" => self.charset = figure.and_then(Charset::of_page).unwrap_or(self.charset),
            "mac" => self.charset = Charset::of_page(10000).unwrap_or(self.charset),
            "fcharset" | "cpg" if self.group.place == Place::Fonts => {
                let charset = if word == "cpg" { Charset::of_page } else { Charset::of_font };
                if let Some(charset) = figure.and_then(charset) {
                    self.fonts.insert(self.group.font, charset);
                }
            }
            "yr" | "mo" | "dy" if self.group.place == Place::Created => {
                let part = ["yr", "mo", "dy"].iter().position(|w| *w == word).unwrap_or(0);
                self.created[part] = figure.unwrap_or(0);
            }
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol).encode_utf8(&mut [0; 4])),
            b'\r' | b'\n' => self.paragraph(),
            b'\t' => self.push(" "),
            _ => {}
        }
    }

    /// A unit of UTF-16.
    fn unit(&mut self, unit: u16) {
        self.flush_bytes();
        let units = self.surrogate.take().into_iter().chain([unit]);
        let mut text = String::new();
        for c in char::decode_utf16(units) {
            match c {
                // Symbols by their place in a font.
                Ok('\u{f0a7}' | '\u{f0b7}') => text.push('•'),
                Ok('\u{f000}'..='\u{f0ff}') => {}
                Ok(c) => text.push(c),
                Err(half) if (0xd800..0xdc00).contains(&half.unpaired_surrogate()) => self.surrogate = Some(unit),
                Err(_) => {}
            }
        }
        self.push(&text);
    }

    fn flush(&mut self) {
        self.surrogate = None;
        self.flush_bytes();
    }

    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let charset = self.fonts.get(&self.group.font).copied().unwrap_or(self.charset);
        let mut text = String::new();
        charset.decode(&bytes, &mut text);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        if self.group.hidden || self.group.deleted {
            return;
        }
        match self.group.place {
            Place::Text => self.text.push_str(text),
            Place::Apart => self.apart.last_mut().unwrap_or(&mut self.text).push_str(text),
            Place::Title => self.title.push_str(text),
            Place::Author => self.author.push_str(text),
            Place::Nowhere | Place::Shape | Place::Fonts | Place::Info | Place::Created => {}
        }
    }

    /// The end of a paragraph. The notes to it follow.
    fn paragraph(&mut self) {
        match self.group.place {
            Place::Text => {
                self.text.push_str("\n\n");
                self.text.push_str(&std::mem::take(&mut self.waiting));
            }
            _ => self.push("\n\n"),
        }
    }
}
