//! What speaks for and against a name: the features of a stretch of words, each with a name of its own.

use std::{fmt::Write as _, sync::LazyLock};

use rustc_hash::FxHashMap;

use super::{
    lexicon::{Flags, Known, LEXICON},
    region::{Region, Ruled, beside},
    run,
    seen::{Seen, starts},
    sort::Sort,
    word::{Case, Word},
};
use crate::prose::{Tag, TokenKind};

/// One feature: a template and up to two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Feature(u32);

/// A value: a sort of word, a flag of the lexicon, a small number, or a word that tells something about its neighbours.
pub(super) type Atom = u32;

const FLAGS: Atom = 64;
const COUNTS: Atom = 96;
const CUES: Atom = 128;
const KIN: Atom = 4096;

/// The templates, by their number. The names stand in the file of weights.
const TEMPLATES: [&str; 41] = [
    "length",
    "first",
    "last",
    "inner",
    "single",
    "pair",
    "ends",
    "inside",
    "head",
    "known",
    "before",
    "before2",
    "after",
    "after2",
    "is",
    "next",
    "previous",
    "left",
    "right",
    "start",
    "written",
    "ruled",
    "unruled",
    "upper",
    "ending",
    "plain",
    "plain-start",
    "plain-left",
    "plain-right",
    "plain-written",
    "plain-ruled",
    "between",
    "kin-last",
    "kin-first",
    "kin-inner",
    "kin-before",
    "kin-before2",
    "kin-before3",
    "kin-after",
    "kin-after2",
    "plain-kin",
];

const fn template(name: &str) -> u32 {
    let mut i = 0;
    while i < TEMPLATES.len() {
        let (a, b) = (TEMPLATES[i].as_bytes(), name.as_bytes());
        let mut j = 0;
        while j < a.len() && j < b.len() && a[j] == b[j] {
            j += 1;
        }
        if j == a.len() && j == b.len() {
            return i as u32;
        }
        i += 1;
    }
    panic!("no such template")
}

static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("../data/names/cues.txt").lines().collect());

static CUE: LazyLock<FxHashMap<&'static str, Atom>> =
    LazyLock::new(|| WORDS.iter().enumerate().map(|(i, w)| (*w, CUES + i as Atom)).collect());

/// The groups of words that are akin, by their first word.
static GROUPS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../data/names/kin.txt").lines().filter_map(|l| l.split(' ').next()).collect());

static GROUP: LazyLock<FxHashMap<&'static str, Atom>> = LazyLock::new(|| {
    let lines = include_str!("../data/names/kin.txt").lines();
    lines.enumerate().flat_map(|(i, line)| line.split(' ').map(move |word| (word, KIN + 1 + i as Atom))).collect()
});

/// The group of a folded word; the same for all of which none is known.
pub(super) fn kin(folded: &str) -> Atom {
    let last = || folded.rsplit_once('-').and_then(|(_, last)| GROUP.get(last));
    GROUP.get(folded).or_else(last).copied().unwrap_or(KIN)
}

impl Feature {
    fn new(template: u32, a: Atom, b: Atom) -> Self {
        Self(template << 26 | a << 13 | b)
    }

    /// As in the file of weights: "before Title 1".
    pub(super) fn name(self) -> String {
        let mut out = TEMPLATES[(self.0 >> 26) as usize].to_owned();
        for atom in [self.0 >> 13 & 0x1fff, self.0 & 0x1fff] {
            let _ = match atom {
                0..FLAGS => write!(out, " {}", Sort::NAMES.get(atom as usize).unwrap_or(&"?")),
                FLAGS..COUNTS => write!(out, " +{}", atom - FLAGS),
                COUNTS..CUES => write!(out, " {}", atom - COUNTS),
                CUES..KIN => write!(out, " {}", WORDS.get((atom - CUES) as usize).unwrap_or(&"?")),
                KIN => write!(out, " ~"),
                _ => write!(out, " ~{}", GROUPS.get((atom - KIN - 1) as usize).unwrap_or(&"?")),
            };
        }
        out
    }

    /// Reads what [`Self::name`] has written.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split(' ');
        let first = parts.next()?;
        let template = TEMPLATES.iter().position(|t| *t == first)? as u32;
        let mut atom = || {
            let part = parts.next()?;
            if let Some(flag) = part.strip_prefix('+') {
                return Some(FLAGS + flag.parse::<Atom>().ok()?);
            }
            if let Some(word) = part.strip_prefix('~') {
                return if word.is_empty() { Some(KIN) } else { GROUP.get(word).copied() };
            }
            if let Ok(count) = part.parse::<Atom>() {
                return Some(COUNTS + count);
            }
            let sort = Sort::NAMES.iter().position(|s| *s == part).map(|i| i as Atom);
            sort.or_else(|| CUE.get(part).copied())
        };
        Some(Self::new(template, atom()?, atom()?))
    }
}

fn count(n: usize) -> Atom {
    COUNTS + (n as Atom).min(31)
}

/// What the word at `i` is to a name beside it.
fn atom(words: &[Word], sorts: &[Sort], i: Option<usize>) -> Atom {
    let Some(i) = i.filter(|&i| i < words.len()) else { return Sort::Edge as Atom };
    let word = &words[i];
    if word.kind == TokenKind::Word && (word.case == Case::Lower || i == 0) {
        let found = if word.case == Case::Lower { CUE.get(word.text) } else { CUE.get(word.folded) };
        if let Some(cue) = found {
            return *cue;
        }
    }
    sorts[i] as Atom
}

/// Emits a feature of a template by its name, with one or two values.
macro_rules! emit {
    ($emit:expr, $name:literal, $a:expr) => {
        emit!($emit, $name, $a, count(0))
    };
    ($emit:expr, $name:literal, $a:expr, $b:expr) => {
        $emit(Feature::new(const { template($name) }, $a, $b))
    };
}

/// Whether a name has one word or more.
fn short(from: usize, to: usize) -> Atom {
    count((to - from).min(2))
}

/// A sentence as the model sees it.
pub(super) struct View<'a, 'b> {
    pub(super) words: &'a [Word<'b>],
    pub(super) sorts: &'a [Sort],
    pub(super) seen: &'a Seen,
    pub(super) ruled: &'a [Ruled],
}

impl View<'_, '_> {
    fn atom(&self, i: Option<usize>) -> Atom {
        atom(self.words, self.sorts, i)
    }

    fn sort(&self, i: usize) -> Sort {
        self.sorts.get(i).copied().unwrap_or(Sort::Edge)
    }

    /// The features of the name `from..to` in a region.
    pub(super) fn name(&self, region: &Region, from: usize, to: usize, mut emit: impl FnMut(Feature)) {
        self.inside(from, to, &mut emit);
        self.around(region, from, to, &mut emit);
        self.akin(from, to, &mut emit);
        self.elsewhere(from, to, &mut emit);
        self.opinion(from, to, &mut emit);
    }

    /// The words of the name itself.
    fn inside(&self, from: usize, to: usize, emit: &mut impl FnMut(Feature)) {
        let (words, sorts) = (self.words, self.sorts);
        let name = &words[from..to];
        let size = name.len();
        let (first, last) = (sorts[from] as Atom, sorts[to - 1] as Atom);
        let short = short(from, to);
        emit!(emit, "length", count(size.min(8)));
        for flag in name[0].flags.bits() {
            emit!(emit, "first", FLAGS + flag, short);
        }
        for flag in name[size - 1].flags.bits().filter(|_| size > 1) {
            emit!(emit, "last", FLAGS + flag);
        }
        let inner = name.iter().skip(1).take(size.saturating_sub(2)).fold(Flags::default(), |all, w| all.or(w.flags));
        for flag in inner.bits() {
            emit!(emit, "inner", FLAGS + flag);
        }
        match size {
            1 => emit!(emit, "single", first),
            2 => emit!(emit, "pair", first, last),
            _ => {
                emit!(emit, "ends", first, last);
                for sort in &sorts[from + 1..to - 1] {
                    emit!(emit, "inside", *sort as Atom, count(usize::from(size > 3)));
                }
            }
        }
        if size > 2
            && let Some(of) = (from + 1..to - 1).find(|&i| matches!(sorts[i], Sort::Of | Sort::For | Sort::And))
        {
            emit!(emit, "head", sorts[of - 1] as Atom, sorts[of] as Atom);
        }
        if let Some(known) = run::known(words, from..to) {
            let codes = LEXICON.codes(name[0].folded).filter(|_| size == 1).map_or(0, |c| c.as_bytes()[0] as usize % 16 + 4);
            let kind = match known {
                Known::Place => 1,
                Known::Demonym => 2,
                Known::Organization => 3,
            };
            emit!(emit, "known", count(kind), count(if size > 1 { 1 } else { codes }));
        }
    }

    /// The words around it.
    fn around(&self, region: &Region, from: usize, to: usize, emit: &mut impl FnMut(Feature)) {
        let (words, sorts) = (self.words, self.sorts);
        let (first, last) = (sorts[from] as Atom, sorts[to - 1] as Atom);
        let short = short(from, to);
        let before = from.checked_sub(1);
        let one = self.atom(before);
        emit!(emit, "before", one, short);
        if let Some(i) =
            before.filter(|&i| i > 0 && matches!(words[i].text, "the" | "of" | "a" | "an" | "The" | "," | "and" | "\"" | "("))
        {
            emit!(emit, "before2", self.atom(Some(i - 1)), one);
        }
        let after = self.atom(Some(to));
        emit!(emit, "after", after, short);
        if matches!(sorts.get(to), Some(Sort::Comma | Sort::LowerVerb | Sort::Possessive | Sort::Opening | Sort::And | Sort::Of))
        {
            emit!(emit, "after2", after, self.atom(Some(to + 1)));
        }
        if let Some(i) = self.described(to) {
            emit!(emit, "is", self.atom(Some(i)));
        }
        if matches!(sorts.get(to), Some(Sort::Comma | Sort::And)) && words.get(to + 1).is_some_and(Word::capital) {
            emit!(emit, "next", self.sort(to + 1) as Atom, first);
        }
        if from > 1 && matches!(sorts[from - 1], Sort::Comma | Sort::And) && words[from - 2].capital() {
            emit!(emit, "previous", sorts[from - 2] as Atom, last);
        }
        if from > region.from {
            emit!(emit, "left", sorts[from - 1] as Atom, first);
        }
        if to < region.to {
            emit!(emit, "right", last, sorts[to] as Atom);
        }
        if starts(words, from) {
            emit!(emit, "start", first, short);
        }
        let marks = |i: Option<usize>| {
            i.and_then(|i| sorts.get(i)).map_or(0, |s| match s {
                Sort::Quote => 1,
                Sort::Opening | Sort::Closing => 2,
                Sort::Edge | Sort::Stop => 3,
                Sort::Comma => 4,
                _ => 0,
            })
        };
        emit!(emit, "between", count(marks(before)), count(marks(Some(to))));
    }

    /// The groups of words that its words and those around it are akin to.
    fn akin(&self, from: usize, to: usize, emit: &mut impl FnMut(Feature)) {
        let words = self.words;
        let size = to - from;
        let kin = |i: usize| if words[i].kind == TokenKind::Word { words[i].kin } else { KIN };
        emit!(emit, "kin-last", kin(to - 1), short(from, to));
        if size > 1 {
            emit!(emit, "kin-first", kin(from));
        }
        for i in from + 1..to - usize::from(size > 1) {
            emit!(emit, "kin-inner", kin(i));
        }
        if from > 0 {
            emit!(emit, "kin-before", kin(from - 1));
        }
        if from > 1 {
            emit!(emit, "kin-before2", kin(from - 2));
        }
        if from > 2 && matches!(words[from - 1].text, "of" | "the") {
            emit!(emit, "kin-before3", kin(from - 3));
        }
        if to < words.len() {
            emit!(emit, "kin-after", kin(to));
        }
        if to + 1 < words.len() {
            emit!(emit, "kin-after2", kin(to + 1));
        }
    }

    /// How its words are written elsewhere in the text.
    fn elsewhere(&self, from: usize, to: usize, emit: &mut impl FnMut(Feature)) {
        let name = &self.words[from..to];
        let seen = self.seen.count(&name[0]);
        emit!(emit, "written", count(usize::from(seen.lower > 0)), count(usize::from(seen.inside > 0)));
        if name.iter().filter(|w| w.capital()).all(|w| w.case == Case::Upper) {
            emit!(emit, "upper", short(from, to));
        }
    }

    /// What the rules make of it.
    fn opinion(&self, from: usize, to: usize, emit: &mut impl FnMut(Feature)) {
        let ruled = beside(self.ruled, from, to);
        match ruled.iter().find(|r| r.from == from && r.to == to) {
            Some(r) => {
                emit!(emit, "ruled", count(r.class + 1), count((r.lead.clamp(0, 17) / 3) as usize));
                if r.titled {
                    emit!(emit, "ruled", count(9));
                }
            }
            None => {
                let start = ruled.iter().any(|r| r.from == from);
                let end = ruled.iter().any(|r| r.to == to);
                emit!(emit, "unruled", count(usize::from(start)), count(usize::from(end)));
            }
        }
    }

    /// The features of a word of the region that belongs to no name.
    pub(super) fn plain(&self, region: &Region, i: usize, mut emit: impl FnMut(Feature)) {
        let sort = self.sorts[i] as Atom;
        emit!(emit, "plain", sort);
        let word = &self.words[i];
        emit!(emit, "plain-kin", if word.kind == TokenKind::Word { word.kin } else { KIN });
        if starts(self.words, i) {
            emit!(emit, "plain-start", sort);
        }
        if i > region.from {
            emit!(emit, "plain-left", self.sorts[i - 1] as Atom, sort);
        }
        if i + 1 < region.to {
            emit!(emit, "plain-right", sort, self.sorts[i + 1] as Atom);
        }
        if self.words[i].capital() {
            let seen = self.seen.count(&self.words[i]);
            let how = usize::from(seen.lower > 0) * 2 + usize::from(seen.inside > 0);
            emit!(emit, "plain-written", sort, count(how));
        }
        let ruled = self.ruled.iter().any(|r| r.from <= i && i < r.to);
        emit!(emit, "plain-ruled", count(usize::from(ruled)));
    }

    /// The noun that says what the name is, after it: "is a small **village** in", ", a **creamery** in".
    fn described(&self, to: usize) -> Option<usize> {
        let words = self.words;
        let mut at = to;
        if self.sort(at) == Sort::Opening {
            at = (at..words.len().min(at + 14)).find(|&i| self.sorts[i] == Sort::Closing)? + 1;
        }
        let link = words.get(at)?;
        if !matches!(link.text, "is" | "was" | "are" | "were" | "became" | "remains" | ",") {
            return None;
        }
        if !matches!(words.get(at + 1)?.text, "a" | "an" | "the" | "one") {
            return None;
        }
        let mut noun = None;
        for (i, word) in words.iter().enumerate().skip(at + 2).take(7) {
            if word.kind != TokenKind::Word
                || matches!(self.sorts[i], Sort::Of | Sort::And | Sort::Article | Sort::For | Sort::LowerVerb)
                || word.tag == Tag::Adposition
            {
                break;
            }
            if word.case == Case::Lower && matches!(self.sorts[i], Sort::LowerNoun | Sort::LowerRole) {
                noun = Some(i);
            }
        }
        noun
    }
}
