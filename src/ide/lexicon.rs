//! What a source says, by the words that it begins with: for finding it, and for writing it as the source does.

use std::{
    cmp::Reverse,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use rustc_hash::FxHashMap;

use super::{Mention, MentionKind, Source, Span, SymbolKind, one_line};
use crate::{
    claim::{Form, Name, Quantity, Quotation, QuotationForm},
    document::BlockKind,
    prose::{Prose, fold},
};

/// Of how many sources lexicons are kept. One takes some ten kilobytes.
const KEPT: usize = 2_000;

/// How many words of a quotation it is found by: who remembers one, remembers its beginning.
const REMEMBERED: usize = 12;

/// The furthest, in bytes, that a noun ends from the figure with which it is given.
const NEAR: u32 = 40;

/// The lexicons of sources, each made when it is first asked for. What is kept of sources that nobody holds any more is forgotten.
#[derive(Debug, Default)]
pub struct Lexicons(Mutex<FxHashMap<usize, Kept>>);

/// What is kept of a source that may be gone.
type Kept = (Weak<Source>, Arc<Words>);

/// The names, figures and quotations of one source.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(super) source: Arc<Source>,
    pub(super) words: Arc<Words>,
}

/// What is kept of a source.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) entries: Vec<Entry>,
    /// For each word of an entry: the entry from there on, folded; the entry; where in its text the word begins. Sorted.
    keys: Vec<(Box<str>, u32, u32)>,
}

/// Something that a source says, each spelling once.
#[derive(Debug)]
pub(super) struct Entry {
    /// As the source has it, in one line; of a quotation the words between the marks.
    pub(super) text: String,
    /// The bearer of a name, called as fully as the source does; else empty.
    pub(super) canonical: String,
    /// What it is.
    pub(super) kind: SymbolKind,
    /// Where it stands first, in bytes of the source.
    pub(super) span: Span,
    /// How often it stands there.
    pub(super) count: usize,
    /// Who says it, and how: "Priya Raman said".
    pub(super) attribution: Option<String>,
}

impl Lexicons {
    /// The lexicon of a source.
    #[must_use]
    pub fn of(&self, source: &Arc<Source>) -> Lexicon {
        // No two sources have one address as long as there is a `Weak` to either.
        let address = Arc::as_ptr(source).addr();
        // What a panic left behind is as good as before.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > KEPT {
            known.retain(|_, (source, _)| source.strong_count() > 0);
        }
        if known.len() > KEPT {
            known.clear();
        }
        let (_, words) = known.entry(address).or_insert_with(|| (Arc::downgrade(source), Arc::new(Words::of(source))));
        Lexicon { source: source.clone(), words: words.clone() }
    }
}

impl Lexicon {
    /// What tells the source from every other, as long as this is held.
    #[must_use]
    pub fn source(&self) -> usize {
        Arc::as_ptr(&self.source).addr()
    }
}

impl Words {
    fn of(source: &Source) -> Self {
        let prose = &source.reading.prose;
        let is_article = |m: &&Mention| {
            let block = prose.sentences.get(m.sentence as usize).map(|s| s.block as usize);
            block.is_some_and(|block| prose.document.blocks[block].kind != BlockKind::Boilerplate)
        };
        let mut entries = Vec::new();
        for mention in source.reading.mentions.iter().filter(is_article) {
            match &mention.kind {
                MentionKind::Name(name) => entries.extend(self::name(prose, name)),
                MentionKind::Quantity(quantity) => entries.extend(figure(prose, mention, quantity)),
                MentionKind::Quotation(quotation) => entries.extend(self::quotation(prose, quotation)),
                MentionKind::Date(_) | MentionKind::Statement(_) => {}
            }
        }
        // Each spelling once, in the order in which they stand.
        let mut at: FxHashMap<(SymbolKind, String), usize> = FxHashMap::default();
        let mut each: Vec<Entry> = Vec::new();
        for entry in entries {
            let i = *at.entry((entry.kind, entry.text.clone())).or_insert(each.len());
            match each.get_mut(i) {
                Some(same) => same.count += 1,
                None => each.push(entry),
            }
        }
        let mut keys = Vec::new();
        for (i, entry) in each.iter().enumerate() {
            let most = if entry.kind == SymbolKind::Quotation { REMEMBERED } else { usize::MAX };
            let is_figure = entry.kind == SymbolKind::Figure;
            let starts = starts(&entry.text, is_figure).take(if is_figure { 1 } else { most });
            keys.extend(starts.map(|start| (fold(&entry.text[start..]).into(), i as u32, start as u32)));
        }
        keys.sort_unstable();
        Self { entries: each, keys }
    }

    /// The entries in which a word begins with `prefix`, which is folded, or a phrase does; with where in the entry that is.
    pub(super) fn find(&self, prefix: &str) -> impl Iterator<Item = (&Entry, usize)> {
        let from = self.keys.partition_point(|(key, ..)| **key < *prefix);
        let found = self.keys[from..].iter().take_while(move |(key, ..)| key.starts_with(prefix));
        found.map(|(_, entry, start)| (&self.entries[*entry as usize], *start as usize))
    }
}

/// Where words begin in a text; with `digits`, where numbers do.
fn starts(text: &str, digits: bool) -> impl Iterator<Item = usize> {
    let is_start = move |c: char| if digits { c.is_ascii_digit() } else { c.is_alphanumeric() };
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let begins = is_start(c) && !before.is_alphanumeric() && before != '\'' && before != '’';
        before = c;
        begins.then_some(at)
    })
}

fn name(prose: &Prose, name: &Name) -> Option<Entry> {
    let text = one_line(prose.str(name.bare));
    // What may be an ordinary word is no name to offer.
    let entry =
        Entry { canonical: name.canonical.clone(), kind: name.class.into(), span: name.bare, count: 1, attribution: None, text };
    (!name.doubtful && !entry.text.is_empty()).then_some(entry)
}

/// A figure in digits with its unit and what it counts.
fn figure(prose: &Prose, mention: &Mention, quantity: &Quantity) -> Option<Entry> {
    if quantity.vague || quantity.form == Form::Superlative || !prose.str(quantity.numeral).contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    // With the sign of a currency, without "more than".
    let before = Span { start: mention.span.start.min(quantity.numeral.start), end: quantity.numeral.start };
    let sign =
        before.of(&prose.document.prose).chars().rev().take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    let start = quantity.numeral.start - sign as u32;
    let noun = quantity.entity.filter(|noun| noun.start >= quantity.numeral.end && noun.end <= quantity.numeral.end + NEAR);
    let end = noun.map_or(mention.span.end, |noun| noun.end.max(mention.span.end)).max(quantity.numeral.end);
    let span = Span { start, end };
    let text = one_line(prose.str(span));
    Some(Entry { canonical: String::new(), kind: SymbolKind::Figure, span, count: 1, attribution: None, text })
}

/// The pieces of a quotation, each alone: what stands between them is not the speaker's.
fn quotation<'a>(prose: &'a Prose, quotation: &'a Quotation) -> impl Iterator<Item = Entry> + 'a {
    let speaks = matches!(quotation.form, QuotationForm::Direct | QuotationForm::Partial);
    let speaker = quotation.speaker.as_ref().and_then(|speaker| speaker.canonical.as_deref());
    let cue = quotation.cue.map(|cue| prose.str(cue)).filter(|cue| !cue.contains(char::is_whitespace)).unwrap_or("said");
    let attribution = speaker.map(|speaker| one_line(&format!("{speaker} {cue}")));
    quotation.pieces.iter().filter(move |_| speaks).map(move |piece| Entry {
        text: one_line(prose.str(*piece)),
        canonical: String::new(),
        kind: SymbolKind::Quotation,
        span: *piece,
        count: 1,
        attribution: attribution.clone(),
    })
}

/// A name in a source.
#[derive(Clone, Debug)]
pub struct FoundName {
    /// The bearer, called as fully as the source does.
    pub name: String,
    /// What bears it.
    pub kind: SymbolKind,
    /// The source.
    pub source: Arc<Source>,
    /// Where it stands first, in bytes of the source's text.
    pub span: Span,
}

/// The names in which every word of `query` stands, at most `most`: those that begin with it first, then those that stand there most
/// often. Each is given once for a source.
#[must_use]
pub fn find_names(lexicons: &[Lexicon], query: &str, most: usize) -> Vec<FoundName> {
    let query = fold(query);
    let parts: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<(bool, usize, FoundName)> = Vec::new();
    for Lexicon { source, words } in lexicons {
        let first = found.len();
        for entry in words.entries.iter().filter(|entry| !entry.canonical.is_empty()) {
            let known = found[first..].iter_mut().find(|(.., f)| f.name == entry.canonical && f.kind == entry.kind);
            if let Some((_, count, name)) = known {
                *count += entry.count;
                name.span = name.span.min(entry.span);
                continue;
            }
            let folded = fold(&entry.canonical);
            if parts.iter().all(|part| folded.contains(part)) {
                let name = one_line(&entry.canonical);
                let source = source.clone();
                found.push((
                    folded.starts_with(&query),
                    entry.count,
                    FoundName { name, kind: entry.kind, source, span: entry.span },
                ));
            }
        }
    }
    found.sort_by(|(a_begins, a_count, a), (b_begins, b_count, b)| {
        let order = Reverse(*a_begins).cmp(&Reverse(*b_begins)).then(b_count.cmp(a_count));
        order.then_with(|| (&a.name, &a.source.path).cmp(&(&b.name, &b.source.path)))
    });
    found.into_iter().take(most).map(|(.., name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    const ARTICLE: &str = "Storm over Oro\n\nOn Monday the storm sank more than 140 fishing boats in Oro and did $1.2 million of damage, \
        Lena Voss said. Voss heads the Coast Guard.\n\n“Nobody sailed that night,” Voss said.\n";

    fn lexicon(text: &str) -> Lexicon {
        Lexicons::default().of(&sample::source("oro.txt", text, "Storm"))
    }

    #[track_caller]
    fn check(prefix: &str, expected: &[&str]) {
        let lexicon = lexicon(ARTICLE);
        let mut found: Vec<&str> = lexicon.words.find(prefix).map(|(entry, start)| &entry.text[start..]).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{prefix}");
    }

    #[test]
    fn by_the_words_they_begin_with() {
        check("vo", &["Voss", "Voss"]);
        check("lena v", &["Lena Voss"]);
        check("14", &["140 fishing boats"]);
        check("1.2", &["1.2 million of damage"]);
        check("nobody", &["Nobody sailed that night,"]);
        check("sailed", &["sailed that night,"]);
        check("xy", &[]);
    }

    #[test]
    fn with_the_sign_of_the_currency_and_who_said_it() {
        let lexicon = lexicon(ARTICLE);
        let texts: Vec<&str> = lexicon.words.entries.iter().map(|entry| entry.text.as_str()).collect();
        assert!(texts.contains(&"$1.2 million of damage"), "{texts:?}");
        let said: Vec<&str> = lexicon.words.entries.iter().filter_map(|entry| entry.attribution.as_deref()).collect();
        assert_eq!(said, ["Lena Voss said"]);
    }

    #[test]
    fn made_once_for_a_source() {
        let source = sample::source("oro.txt", ARTICLE, "Storm");
        let lexicons = Lexicons::default();
        assert!(Arc::ptr_eq(&lexicons.of(&source).words, &lexicons.of(&source).words));
        assert!(!Arc::ptr_eq(&lexicons.of(&source).words, &lexicons.of(&sample::source("a.txt", ARTICLE, "")).words));
    }

    #[test]
    fn names_by_parts_of_them() {
        let lexicons = [lexicon(ARTICLE)];
        let names = |query: &str| -> Vec<String> { find_names(&lexicons, query, 9).into_iter().map(|f| f.name).collect() };
        assert_eq!(names("voss"), ["Lena Voss"]);
        assert_eq!(names("VOS lé"), ["Lena Voss"]);
        assert!(names("").len() > 2 && names("voss roe").is_empty());
        assert_eq!(find_names(&lexicons, "", 1).len(), 1);
        let voss = &find_names(&lexicons, "voss", 1)[0];
        assert_eq!((voss.span.of(ARTICLE), voss.kind), ("Lena Voss", SymbolKind::Person));
    }
}
