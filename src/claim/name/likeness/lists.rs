//! What is known of spellings and forms of names, beside the lexicon. Keys are folded.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The script or language that a name was brought from, and whose spelling differs from newspaper to newspaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// Cyrillic.
    Slavic,
    /// Arabic and Persian script.
    Arabic,
    /// Pinyin, Wade-Giles.
    Chinese,
    /// Hangul.
    Korean,
}

/// All origins.
pub(super) const ORIGINS: [Origin; 4] = [Origin::Slavic, Origin::Arabic, Origin::Chinese, Origin::Korean];

/// The lists.
pub(super) struct Lists {
    /// Each spelling of a name that has several, with its origin and the line that it stands in.
    spellings: FxHashMap<&'static str, Vec<(Origin, u32)>>,
    sound_alike: FxHashMap<&'static str, u32>,
    family_first: FxHashSet<&'static str>,
    postnominals: FxHashSet<&'static str>,
    abbreviations: FxHashMap<&'static str, &'static str>,
    /// Legal forms without stops, in words.
    legal: FxHashSet<&'static str>,
    /// What is replaced by what, in order; `$` at the end binds to the end of the word.
    rules: Vec<(Origin, &'static str, &'static str)>,
    /// Words, and endings with a hyphen before them.
    marks: Vec<(Origin, &'static str)>,
    letters: Vec<(Origin, char, char)>,
}

/// Words in the longest legal form.
pub(super) const LONGEST_FORM: usize = 6;

/// The lists, built at the first look-up.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::new);

macro_rules! data {
    ($name:literal) => {
        include_str!(concat!("../../data/names/", $name, ".txt")).lines()
    };
}

fn origin(name: &str) -> Option<Origin> {
    match name {
        "slavic" => Some(Origin::Slavic),
        "arabic" => Some(Origin::Arabic),
        "chinese" => Some(Origin::Chinese),
        "korean" => Some(Origin::Korean),
        _ => None,
    }
}

/// A line's origin and the rest of its fields.
fn fields(line: &'static str) -> Option<(Origin, std::str::Split<'static, char>)> {
    let mut fields = line.split('\t');
    Some((origin(fields.next()?)?, fields))
}

impl Lists {
    fn new() -> Self {
        let mut spellings: FxHashMap<&'static str, Vec<(Origin, u32)>> = FxHashMap::default();
        for (i, (origin, forms)) in data!("transliterations").filter_map(fields).enumerate() {
            for form in forms {
                spellings.entry(form).or_default().push((origin, i as u32));
            }
        }
        let sound_alike =
            data!("sound_alike").enumerate().flat_map(|(i, line)| line.split('\t').map(move |form| (form, i as u32))).collect();
        Self {
            spellings,
            sound_alike,
            family_first: data!("family_first").collect(),
            postnominals: data!("postnominals").collect(),
            abbreviations: data!("organization_abbreviations").filter_map(|line| line.split_once('\t')).collect(),
            legal: data!("legal_phrases").collect(),
            rules: data!("romanisations").filter_map(fields).filter_map(|(o, mut f)| Some((o, f.next()?, f.next()?))).collect(),
            marks: data!("origin_marks").filter_map(fields).filter_map(|(o, mut f)| Some((o, f.next()?))).collect(),
            letters: data!("alike_letters")
                .filter_map(fields)
                .filter_map(|(o, mut f)| Some((o, f.next()?.chars().next()?, f.next()?.chars().next()?)))
                .collect(),
        }
    }

    /// Whether two words are known spellings of one name.
    pub(super) fn one_spelling(&self, a: &str, b: &str) -> bool {
        self.spellings
            .get(a)
            .is_some_and(|lines| self.spellings.get(b).is_some_and(|other| lines.iter().any(|l| other.contains(l))))
    }

    /// Whether two given names sound alike and are nevertheless two: "Sara", "Sarah".
    pub(super) fn sound_alike(&self, a: &str, b: &str) -> bool {
        self.sound_alike.get(a).is_some_and(|i| self.sound_alike.get(b) == Some(i))
    }

    /// Whether a word is a surname of a language in which the surname comes first.
    pub(super) fn is_family_first(&self, word: &str) -> bool {
        self.family_first.contains(word)
    }

    /// Whether a word in small letters is a degree or an honour after a name.
    pub(super) fn is_postnominal(&self, word: &str) -> bool {
        self.postnominals.contains(word)
    }

    /// A word of an organisation's name in full: "international" for "intl".
    pub(super) fn in_full(&self, word: &str) -> Option<&'static str> {
        self.abbreviations.get(word).copied()
    }

    /// Whether words without stops, with single spaces, are a legal form.
    pub(super) fn is_legal_form(&self, words: &str) -> bool {
        self.legal.contains(words)
    }

    /// Whether a word shows that its name was brought from another script.
    pub(super) fn is_from(&self, origin: Origin, word: &str) -> bool {
        self.spellings.get(word).is_some_and(|lines| lines.iter().any(|l| l.0 == origin))
            || self.marks.iter().any(|(o, mark)| {
                *o == origin
                    && match mark.strip_prefix('-') {
                        Some(ending) => word.len() > ending.len() + 1 && word.ends_with(ending),
                        None => word == *mark,
                    }
            })
    }

    /// A word of an origin in the one form of all its romanisations, up to [`Lists::is_alike`] letters.
    pub(super) fn romanised(&self, origin: Origin, word: &str) -> String {
        let mut out = word.to_owned();
        for (_, of, to) in self.rules.iter().filter(|r| r.0 == origin) {
            match of.strip_suffix('$') {
                Some(ending) => {
                    if let Some(stem) = out.strip_suffix(ending) {
                        out = format!("{stem}{to}");
                    }
                }
                None => {
                    if out.contains(of) {
                        out = out.replace(of, to);
                    }
                }
            }
        }
        let mut last = None;
        out.retain(|c| last.replace(c) != Some(c));
        out
    }

    /// Whether two letters stand for one sound of an origin.
    pub(super) fn is_alike(&self, origin: Origin, a: char, b: char) -> bool {
        a == b || self.letters.iter().any(|&(o, x, y)| o == origin && ((x, y) == (a, b) || (x, y) == (b, a)))
    }
}
