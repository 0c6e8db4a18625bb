//! A sentence as the reader of names sees it: words with how they are written and what is known of them.

use std::{cell::RefCell, rc::Rc, sync::LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    feature::{self, Atom},
    lexicon::{Flags, Known, LEXICON},
    run,
};
use crate::{
    prose::{Prose, Tag, TokenKind, fold},
    text::Span,
};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Without a capital, or no word.
    Lower,
    /// With a capital first: "Kyiv", "McDonald".
    Capital,
    /// In capitals, at least two: "NATO", "U.S.".
    Upper,
    /// With a capital inside: "iPhone", "al-Assad".
    Inner,
    /// One capital letter, with or without a stop: "J."
    Initial,
}

/// One word of a sentence; a hyphenated one may give several.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    pub(super) tag: Tag,
    pub(super) case: Case,
    /// Folded; empty unless it has a capital.
    pub(super) folded: &'a str,
    /// The number of the folded word among those of the text; 0 unless it has a capital.
    pub(super) form: u32,
    /// What is known of it; empty unless it has a capital.
    pub(super) flags: Flags,
    /// What is known of it, whatever its case.
    pub(super) known: Flags,
    /// The group of words that it is akin to.
    pub(super) kin: Atom,
    /// Whether nothing but a space stands before it.
    pub(super) spaced: bool,
    /// Whether nothing but a hyphen stands between it and the one before.
    pub(super) glued: bool,
    /// Whether it lost a prefix that ends the name with it: "anti-Trump protesters".
    pub(super) closed: bool,
    /// The longest known phrase of several words that begins with it: the index after its last word, and what it names.
    pub(super) phrase: Option<(usize, Known)>,
}

impl Word<'_> {
    /// Whether it may be a word of a name.
    pub(super) fn capital(&self) -> bool {
        self.kind == TokenKind::Word && self.case != Case::Lower
    }

    /// Whether any of `flags` is set.
    pub(super) fn is(&self, flags: Flags) -> bool {
        self.flags.any(flags)
    }

    /// Whether it is a rank of nobility, which "of" and a place follow.
    pub(super) fn is_noble(&self) -> bool {
        NOBLES.contains(self.folded)
    }
}

/// What is known of the words of a text: looked up once for each.
#[derive(Default)]
pub(super) struct Glossary<'a> {
    numbers: FxHashMap<&'a str, u32>,
    entries: Vec<Entry>,
    /// Numbers of folded words, from 1.
    forms: FxHashMap<Box<str>, u32>,
    /// The numbers of the entries of the words of the text, in order.
    text: Vec<u32>,
}

struct Entry {
    case: Case,
    /// Empty unless the word has a capital.
    folded: Rc<str>,
    form: u32,
    /// The number of the word as it stands among the folded words; 0 unless it begins with a small letter.
    small: u32,
    flags: Flags,
    known: Flags,
    kin: Atom,
}

impl<'a> Glossary<'a> {
    /// The words of the next sentence of the text, without their folded forms; calls `small` with the form of each that begins with
    /// a small letter. To be called for every sentence in order.
    pub(super) fn learn(&mut self, prose: &'a Prose, sentence: usize, out: &mut Vec<Word<'a>>, mut small: impl FnMut(u32)) {
        words(prose, sentence, out, |word, whole| {
            let number = match self.numbers.get(word.text) {
                Some(number) => *number,
                None => {
                    let number = self.entries.len() as u32;
                    let entry = Entry::new(word.text, &mut self.forms);
                    self.entries.push(entry);
                    self.numbers.insert(word.text, number);
                    number
                }
            };
            self.text.push(number);
            let entry = &self.entries[number as usize];
            entry.tell(word);
            if whole && entry.small > 0 && word.kind == TokenKind::Word {
                small(entry.small);
            }
        });
        // A word with a hyphen counts as it stands, not its parts.
        for token in prose.tokens_of(sentence).iter().filter(|t| t.kind == TokenKind::Word) {
            let word = prose.str(token.span);
            if begins_small(word) && word.contains(is_hyphen) {
                small(form(&mut self.forms, word));
            }
        }
    }

    /// The highest number of a folded word.
    pub(super) fn forms(&self) -> usize {
        self.forms.len()
    }

    /// The words of a sentence, all of which have been learnt. `at` is the number of the words before it that are in the glossary
    /// and is moved on; sentences come in order.
    pub(super) fn words<'b>(&'b self, prose: &'b Prose, sentence: usize, at: &mut usize, out: &mut Vec<Word<'b>>) {
        words(prose, sentence, out, |word, _| {
            let entry = &self.entries[self.text[*at] as usize];
            *at += 1;
            entry.tell(word);
            word.folded = &entry.folded;
        });
        for i in 0..out.len() {
            out[i].phrase = run::find_phrase(out, i);
        }
    }
}

fn form(forms: &mut FxHashMap<Box<str>, u32>, folded: &str) -> u32 {
    if let Some(form) = forms.get(folded) {
        return *form;
    }
    let form = forms.len() as u32 + 1;
    forms.insert(folded.into(), form);
    form
}

fn begins_small(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// What is known of a word wherever it stands.
#[derive(Clone)]
struct Lore {
    case: Case,
    folded: Rc<str>,
    flags: Flags,
    known: Flags,
    kin: Atom,
}

/// The most words that a thread keeps in mind.
const KEPT: usize = 1 << 16;

thread_local! {
    /// Texts have most of their words in common, and to gather what is known of one takes many look-ups.
    static LORE: RefCell<FxHashMap<Box<str>, Lore>> = RefCell::default();
}

impl Lore {
    fn of(text: &str) -> Self {
        LORE.with_borrow_mut(|lore| {
            if let Some(known) = lore.get(text) {
                return known.clone();
            }
            if lore.len() >= KEPT {
                lore.clear();
            }
            let new = Self::new(text);
            lore.insert(text.into(), new.clone());
            new
        })
    }

    fn new(text: &str) -> Self {
        let case = case(text);
        let folded = fold(text);
        let kin = feature::kin(&folded);
        if case == Case::Lower {
            let known = LEXICON.word(&folded);
            return Self { case, flags: Flags::default(), known, kin, folded: "".into() };
        }
        let mut flags = LEXICON.word_or_rare(&folded);
        // "Co-owner" is a role, "Five-Hour" no name.
        if flags == Flags::default() && folded.contains(is_hyphen) {
            let english = |p: &str| LEXICON.word_or_rare(p).any(Flags::ENGLISH);
            if folded.rsplit(is_hyphen).next().is_some_and(|p| LEXICON.word(p).any(Flags::ROLE)) {
                flags = Flags::ROLE.or(Flags::RARE);
            } else if folded.split(is_hyphen).all(english) {
                flags = Flags::ADJECTIVE;
            }
        }
        Self { case, flags, known: flags, kin, folded: folded.into() }
    }
}

impl Entry {
    fn new(text: &str, forms: &mut FxHashMap<Box<str>, u32>) -> Self {
        let Lore { case, folded, flags, known, kin } = Lore::of(text);
        let small = if begins_small(text) { form(forms, text) } else { 0 };
        let form = if case == Case::Lower { 0 } else { form(forms, &folded) };
        Self { case, flags, known, kin, folded, form, small }
    }

    fn tell(&self, word: &mut Word) {
        (word.case, word.flags, word.known, word.kin, word.form) = (self.case, self.flags, self.known, self.kin, self.form);
    }
}

/// Puts the words of a sentence into `out`; `tell` fills in what is known of a word and is told whether it is a whole token.
fn words<'a>(prose: &'a Prose, sentence: usize, out: &mut Vec<Word<'a>>, mut tell: impl FnMut(&mut Word<'a>, bool)) {
    out.clear();
    let text: &str = &prose.document.prose;
    for token in prose.tokens_of(sentence) {
        let word = token.span.of(text);
        let before = out.last().map(|w| w.span.end as usize);
        let gap = before.and_then(|end| text.get(end..token.span.start as usize)).unwrap_or("");
        let spaced = gap == " " || !gap.is_empty() && gap.chars().all(char::is_whitespace) && gap.matches('\n').count() < 2;
        let glued = before.is_some() && gap.is_empty();
        let hyphened = token.kind == TokenKind::Word && word.contains(is_hyphen);
        let mut push = |span: Span, spaced, glued, closed| {
            let mut word = Word {
                text: span.of(text),
                span,
                kind: token.kind,
                tag: token.tag,
                case: Case::Lower,
                folded: "",
                form: 0,
                flags: Flags::default(),
                known: Flags::default(),
                kin: 0,
                spaced,
                glued,
                closed,
                phrase: None,
            };
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                tell(&mut word, !hyphened);
            }
            out.push(word);
        };
        if hyphened {
            let mut first = true;
            hyphenated(word, token.span.start as usize, |span, closed| {
                push(span, spaced && first, glued || !first, closed);
                first = false;
            });
        } else {
            push(token.span, spaced, glued, false);
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The parts of a hyphenated word that stand for themselves: "Russia" of "Russia-installed", both of "Russia-Ukraine", and the
/// whole of "Jean-Claude", "COVID-19", "al-Assad".
fn hyphenated(word: &str, at: usize, mut push: impl FnMut(Span, bool)) {
    let upper = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    let whole = Span::new(at, at + word.len());
    if !word.split(is_hyphen).any(upper) {
        return push(whole, false);
    }
    let parts: Vec<(usize, &str)> =
        word.split(is_hyphen).map(|part| (part.as_ptr() as usize - word.as_ptr() as usize, part)).collect();
    if LEXICON.word(&fold(word)).any(Flags::NAME) {
        return push(whole, false);
    }
    let known = |part: &str| LEXICON.word_or_rare(&fold(part));
    let place = Flags::KNOWN_PLACE.or(Flags::DEMONYM);
    if parts.iter().all(|(_, p)| upper(p) && known(p).any(place) && !known(p).any(Flags::GIVEN.or(Flags::SURNAME))) {
        for (i, part) in parts {
            push(Span::new(at + i, at + i + part.len()), false);
        }
        return;
    }
    let article = |part: &str| known(part).any(Flags::PARTICLE) || ARABIC.contains(&part);
    // "Russia-installed", "Tesla-made" lose their tails; "Kuan-yew" does not.
    let head = known(parts[0].1).any(Flags::NAME.or(Flags::ENGLISH)) || parts[0].1.contains('.');
    let tail = |part: &str| {
        let plain = !upper(part) && part.chars().all(char::is_alphabetic) && known(part).any(Flags::ENGLISH);
        plain && (head || part.ends_with("ed") || part.ends_with("ing") || TAILS.contains(part))
    };
    let prefix = |part: &str| PREFIXES.contains(&fold(part).as_str());
    let body = |(i, p): (usize, &str)| i + 1 < parts.len() && prefix(p);
    let first = (0..parts.len())
        .find(|&i| {
            !body((i, parts[i].1)) && (upper(parts[i].1) || article(parts[i].1) || parts[i].1.starts_with(char::is_numeric))
        })
        .unwrap_or(0);
    let last = parts.iter().rposition(|(_, p)| !tail(p)).unwrap_or(0).max(first);
    let (from, to) = (parts[first].0, parts[last].0 + parts[last].1.len());
    // "R-Texas": the party's letter is no part of the place.
    if parts.len() == 2 && parts[0].1.len() == 1 && known(parts[1].1).any(Flags::KNOWN_PLACE) {
        return push(Span::new(at + parts[1].0, at + word.len()), false);
    }
    // "T-shirt", "X-ray": one letter is no name.
    if first == last && parts.len() > 1 && word[from..to].chars().count() == 1 {
        return push(whole, false);
    }
    let closed = parts[..first].iter().any(|(_, p)| !matches!(fold(p).as_str(), "then" | "ex" | "former" | "now"));
    push(Span::new(at + from, at + to), closed);
    if to < word.len() {
        push(Span::new(at + parts[last + 1].0, at + word.len()), false);
    }
}

/// What is put before a name with a hyphen and is no part of it.
const PREFIXES: [&str; 14] =
    ["then", "ex", "former", "non", "pro", "anti", "post", "pre", "mid", "all", "now", "inter", "self", "un"];

/// Ranks of nobility.
static NOBLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("../data/names/nobles.txt").lines().collect());

/// What is put after a name with a hyphen.
static TAILS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("../data/names/hyphen_tails.txt").lines().collect());

/// The Arabic article before sun letters, and what links a name to the next.
const ARABIC: [&str; 12] = ["ad", "an", "ar", "as", "ash", "at", "az", "ud", "ul", "ur", "us", "d"];

fn case(word: &str) -> Case {
    // "T-shirt", "E-mail": one letter and an ordinary word; "D-N.Y.": a party and a state.
    if word.split('-').all(|p| p.len() == 1) && word.contains('-') {
        return Case::Lower;
    }
    if word.as_bytes().get(1) == Some(&b'-') && word[2..].starts_with(|c: char| c.is_lowercase()) {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::Lower };
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    match (first.is_uppercase(), upper, lower) {
        (true, 0, 0) if word.contains(char::is_numeric) => Case::Upper,
        (true, 0, 0) => Case::Initial,
        (true, _, 0) => Case::Upper,
        (true, _, _) => Case::Capital,
        (false, 0, _) => Case::Lower,
        // A plural of an ordinary word has no capital inside; a number with a unit may ("130M").
        (false, _, _) => Case::Inner,
    }
}
