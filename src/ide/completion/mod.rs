//! What a writer may be about to write, in the words of the sources: names as these spell them, figures with what they count, quotations
//! with who said them. It needs the text and the place alone, no check, so that it keeps up with the typing.

mod line;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map::Entry as Slot},
    sync::Arc,
};

use rustc_hash::FxHashSet;

use line::Line;

use super::{Edit, Format, Lexicon, Source, Span, SymbolKind, lexicon::Entry, one_line};
use crate::prose::fold;

/// No more is offered.
const MOST: usize = 50;

/// The fewest letters of a name.
const LETTERS: usize = 2;

/// Something that may be meant.
#[derive(Clone, Debug)]
pub struct Completion {
    /// What it is called in a list.
    pub label: String,
    /// What it writes, in bytes of the draft.
    pub edit: Edit,
    /// What the words that it replaces are compared with, to narrow the list down while more is typed.
    pub filter: String,
    /// What it is.
    pub kind: SymbolKind,
    /// A source that says it.
    pub source: Arc<Source>,
    /// The sentence there, in one line.
    pub sentence: String,
}

/// What may be meant at a place of a draft.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    /// Best first.
    pub items: Vec<Completion>,
    /// Whether there is more.
    pub is_cut: bool,
}

/// What the sources have that begins as the words before `offset`, a byte of `text`, do.
#[must_use]
pub fn complete(text: &str, format: Format, offset: u32, lexicons: &[Lexicon]) -> Completions {
    let offset = text.floor_char_boundary((offset as usize).min(text.len()));
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = Line { text, start, at: offset };
    let mut found = Found { line, all: BTreeMap::new() };
    match line.quotation() {
        Some(mark) => found.quotations(mark, lexicons),
        None => {
            found.figures(lexicons);
            found.names(lexicons);
        }
    }
    found.best(format)
}

/// Something that fits.
struct Fit<'a> {
    /// What it replaces, in bytes of the text.
    start: usize,
    end: usize,
    insert: String,
    label: String,
    filter: String,
    /// Whether it begins with what is written, not only a part of it.
    is_begun: bool,
    /// How often the sources have it.
    count: usize,
    entry: &'a Entry,
    source: &'a Arc<Source>,
}

/// All that fits, each writing once: by where it begins to replace, and what it writes.
struct Found<'a> {
    line: Line<'a>,
    all: BTreeMap<(usize, String), Fit<'a>>,
}

impl<'a> Found<'a> {
    /// Names that begin with the last words, or a part of which does.
    fn names(&mut self, lexicons: &'a [Lexicon]) {
        let Line { text, at, .. } = self.line;
        for start in self.line.words() {
            let written = &text[start..at];
            if written.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS || !written.starts_with(char::is_alphabetic) {
                continue;
            }
            let prefix = fold(written);
            for Lexicon { source, words } in lexicons {
                let names = words.find(&prefix).filter(|(entry, _)| !entry.canonical.is_empty());
                // What is written out needs no help.
                for (entry, from) in names.filter(|(entry, _)| entry.text != written) {
                    let (insert, filter) = (entry.text.clone(), entry.text[from..].to_owned());
                    let (label, is_begun, count) = (insert.clone(), from == 0, entry.count);
                    self.add(Fit { start, end: at, insert, label, filter, is_begun, count, entry, source });
                }
            }
        }
    }

    /// Figures whose digits begin as those before the place of writing.
    fn figures(&mut self, lexicons: &'a [Lexicon]) {
        let Line { text, at, .. } = self.line;
        let line = self.line.before();
        let written = line[line.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.').len()..]
            .trim_start_matches([',', '.']);
        let before = &text[self.line.start..at - written.len()];
        if written.is_empty() || before.ends_with(char::is_alphanumeric) {
            return;
        }
        for Lexicon { source, words } in lexicons {
            for (entry, from) in words.find(written).filter(|(entry, _)| entry.kind == SymbolKind::Figure) {
                // As much of the sign as is written already is replaced; what has another one is something else.
                let sign = &entry.text[..from];
                let known = (0..from).find(|i| sign.get(*i..).is_some_and(|sign| before.ends_with(sign))).unwrap_or(from);
                if known == from && before.ends_with(['$', '€', '£', '¥']) {
                    continue;
                }
                let start = at - written.len() - (from - known);
                let (insert, filter) = (entry.text.clone(), entry.text[known..].to_owned());
                let insert = if start == at - written.len() { insert } else { insert[known..].to_owned() };
                let (label, count) = (entry.text.clone(), entry.count);
                self.add(Fit { start, end: at, insert, label, filter, is_begun: true, count, entry, source });
            }
        }
    }

    /// Quotations in which some words are those behind the mark.
    fn quotations(&mut self, mark: usize, lexicons: &'a [Lexicon]) {
        let Line { text, at, .. } = self.line;
        let (open, close) = if text[mark..].starts_with('“') { ("“", "”") } else { ("\"", "\"") };
        let prefix = fold(text[mark + open.len()..at].trim_start());
        // An editor may have closed the mark already.
        let end = if text[at..].starts_with(close) { at + close.len() } else { at };
        let is_alone = self.line.begins_sentence(mark);
        for Lexicon { source, words } in lexicons {
            let quotations = words.find(&prefix).filter(|(entry, _)| entry.kind == SymbolKind::Quotation);
            // Without a word, each is offered once.
            for (entry, from) in quotations.filter(|(_, from)| !prefix.is_empty() || *from == 0) {
                let label = format!("{open}{}{close}", entry.text);
                // Its words are not touched, so who said it comes first where they end in a full stop.
                let insert = match &entry.attribution {
                    Some(said) if is_alone && entry.text.ends_with([',', '?', '!']) => format!("{label} {said}"),
                    Some(said) if is_alone => format!("{said}: {label}"),
                    _ => label.clone(),
                };
                let filter = format!("{open}{}", &entry.text[from..]);
                self.add(Fit { start: mark, end, insert, label, filter, is_begun: from == 0, count: entry.count, entry, source });
            }
        }
    }

    fn add(&mut self, fit: Fit<'a>) {
        match self.all.entry((fit.start, fit.insert.clone())) {
            Slot::Vacant(slot) => drop(slot.insert(fit)),
            Slot::Occupied(mut same) => {
                let same = same.get_mut();
                same.count += fit.count;
                if fit.is_begun && !same.is_begun {
                    (same.is_begun, same.filter) = (true, fit.filter);
                }
            }
        }
    }

    /// What fits best: what takes up most of the words written, then what begins with them, then what the sources have most often.
    fn best(self, format: Format) -> Completions {
        let Line { text, at, .. } = self.line;
        let mut all: Vec<Fit<'a>> = self.all.into_values().collect();
        // In the same letters, capitals too.
        all.sort_by_key(|fit| (fit.start, Reverse((fit.is_begun, fit.filter.starts_with(&text[fit.start..at]), fit.count))));
        // "Coast Guard" in the place of "coast gu", not of "gu".
        let mut written = FxHashSet::default();
        all.retain(|fit| written.insert(fit.insert.clone()));
        let is_cut = all.len() > MOST;
        let item = |fit: Fit<'a>| {
            let prose = &fit.source.reading.prose;
            let sentence = prose.words(prose.sentence_at(fit.entry.span.start));
            Completion {
                label: fit.label,
                edit: Edit { delete: Span::new(fit.start, fit.end), insert: format.written(&fit.insert).into_owned() },
                filter: fit.filter,
                kind: fit.entry.kind,
                source: fit.source.clone(),
                sentence: one_line(sentence.of(&prose.document.text)),
            }
        };
        Completions { items: all.into_iter().take(MOST).map(item).collect(), is_cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::{Lexicons, sample};

    const ARTICLE: &str = "On Monday the storm sank 140 fishing boats in Oro and did $1.2 million of damage, Lena Voss said. Voss heads \
        the Coast Guard.\n\n“Nobody sailed that night,” Voss said. “It was dark.”\n\nMartin Roe said: “We stayed at home.”\n";

    fn found(text: &str) -> (Completions, String) {
        let at = text.find('|').expect("a caret");
        let draft = text.replacen('|', "", 1);
        let lexicon = Lexicons::default().of(&sample::source("oro.txt", ARTICLE, "Storm"));
        (complete(&draft, Format::Markdown, at as u32, &[lexicon]), draft)
    }

    /// The draft after each of the items.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (completions, draft) = found(text);
        for item in &completions.items {
            let delete = item.edit.delete;
            let written = &draft[delete.start as usize..text.find('|').unwrap()];
            assert!(fold(&item.filter).starts_with(&fold(written)), "{} does not begin as {written}", item.filter);
        }
        let written: Vec<String> = completions.items.iter().map(|item| item.edit.apply(&draft)).collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn names_as_the_sources_spell_them() {
        check("It was Le|", &["It was Lena Voss"]);
        check("It was lena v|.", &["It was Lena Voss."]);
        check("It was Vos|", &["It was Voss", "It was Lena Voss"]);
        check("It was V|", &[]);
        check("the coast gu|", &["the Coast Guard"]);
        check("It was Voss|", &["It was Lena Voss"]);
        check("xOr| yOr", &[]);
    }

    #[test]
    fn figures_with_what_they_count() {
        check("It sank 14|", &["It sank 140 fishing boats"]);
        check("It sank 140|", &["It sank 140 fishing boats"]);
        check("It cost 1|", &["It cost $1.2 million of damage", "It cost 140 fishing boats"]);
        check("It cost $1.|", &["It cost $1.2 million of damage"]);
        check("It cost €1|", &[]);
        check("in B1|", &[]);
    }

    #[test]
    fn quotations_with_who_said_them() {
        check("“Nobo|", &["“Nobody sailed that night,” Lena Voss said"]);
        check("“sail|”", &["“Nobody sailed that night,” Lena Voss said"]);
        check("\"We|\" It rained.", &["Martin Roe said: \"We stayed at home.\" It rained."]);
        check("Roe told us: “We st|", &["Roe told us: “We stayed at home.”"]);
        assert!(found("“|").0.items.len() >= 2);
        // Closed before.
        check("“Yes,” he said of We st|", &[]);
    }

    #[test]
    fn with_their_source() {
        let item = &found("Lena V|").0.items[0];
        assert_eq!((item.source.path.as_str(), item.kind, item.label.as_str()), ("oro.txt", SymbolKind::Person, "Lena Voss"));
        assert!(item.sentence.starts_with("On Monday the storm sank 140 fishing boats"), "{}", item.sentence);
    }

    #[test]
    fn no_more_than_can_be_looked_through() {
        let names: Vec<String> =
            ('A'..='Z').flat_map(|a| ['a', 'e', 'o'].map(|b| format!("Mr Ron{b} S{b}r{a}{b}nson left."))).collect();
        let lexicon = Lexicons::default().of(&sample::source("a.txt", &names.join(" ").to_string(), ""));
        let found = complete("Ron", Format::Plain, 3, &[lexicon]);
        assert!(found.items.len() <= MOST && (found.is_cut == (found.items.len() == MOST)));
        assert!(
            complete("Lena", Format::Plain, 99, &[]).items.is_empty() && complete("é", Format::Plain, 1, &[]).items.is_empty()
        );
    }
}
