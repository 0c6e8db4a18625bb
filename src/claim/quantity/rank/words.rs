//! The words that rank, wherever they stand: which of them make a superlative together.

use super::{
    End,
    lexicon::{self, Entry},
};
use crate::{
    claim::{
        atom::{AtomKind, Line},
        quantity::guard,
    },
    prose::Tag,
};

/// Atoms over which a verb may stand before the record that it breaks.
const BREAKING: usize = 8;

/// The words that rank, in atoms.
pub(super) struct Core {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) word: String,
    pub(super) entry: Entry,
    pub(super) ever: bool,
}

/// The cheap question first: can this word rank at all?
pub(super) fn may_rank(word: &str) -> bool {
    word.len() >= 4
        && (word.ends_with("est")
            || matches!(
                word,
                "most" | "least" | "worst" | "only" | "sole" | "record" | "records" | "unprecedented" | "never" | "time" | "last"
            ))
}

/// The words that rank, from atom `i` on.
pub(super) fn core(line: &Line<'_>, i: usize, word: &str) -> Option<Core> {
    let plain = |to: usize, key: &str| {
        let entry = lexicon::entry(key).unwrap_or_default();
        Some(Core { from: i, to, word: key.to_owned(), entry, ever: false })
    };
    let before = i.checked_sub(1).map_or("", |k| line.word(k));
    if lexicon::is_phrase(word, line.word(i + 1)) || lexicon::is_phrase(before, word) {
        return None;
    }
    match word {
        "most" | "least" => degree(line, i, word),
        "only" | "sole" => plain(i + 1, "only").map(|c| Core { entry: Entry { end: None, ..c.entry }, ..c }),
        "record" | "records" => record(line, i),
        "unprecedented" => plain(i + 1, word).map(|c| Core { ever: true, ..c }),
        "never" => (line.word(i + 1) == "before" && !matches!(before, "like" | "as" | "than")).then(|| Core {
            from: i,
            to: i + 2,
            word: "unprecedented".to_owned(),
            entry: Entry::default(),
            ever: true,
        }),
        "time" => all_time(line, i),
        "last" => last(line, i),
        _ => adjective(line, i, word),
    }
}

/// "largest", "largest-ever", "longest-serving", "highest paid".
fn adjective(line: &Line<'_>, i: usize, word: &str) -> Option<Core> {
    let known = lexicon::entry(word);
    // The tagger takes the rarer ones for nouns: "the fiercest opponents".
    let adjective = line.tag(i) == Tag::Adjective || line.tag(i) == Tag::Noun && line.tag(i + 1) == Tag::Noun && word.len() > 6;
    if known.is_none() && (!adjective || word.len() < 6 || lexicon::is_lookalike(word)) {
        return None;
    }
    // "north-west", "Guest-House".
    if i > 0 && line.ties(i - 1) && line.kind(i.wrapping_sub(2)) == Some(AtomKind::Word) && line.capital(i) {
        return None;
    }
    let mut core = Core {
        from: i,
        to: i + 1,
        word: word.to_owned(),
        entry: known.unwrap_or(Entry { end: Some(End::High), owned: true, ..Entry::default() }),
        ever: false,
    };
    compound(line, &mut core);
    Some(core)
}

/// What is tied to a superlative, or as good as tied.
fn compound(line: &Line<'_>, core: &mut Core) {
    let tied = line.ties(core.to);
    let at = if tied { core.to + 1 } else { core.to };
    let word = line.word(at);
    if word == "ever" {
        (core.ever, core.to) = (true, at + 1);
        return;
    }
    let participle = word.ends_with("ing") || word.ends_with("ed") || matches!(word, "hit" | "paid" | "sold" | "known" | "loved");
    if tied && !word.is_empty() && (participle || line.tag(at) != Tag::Noun)
        || participle
            && matches!(line.tag(at), Tag::Verb | Tag::Adjective)
            && matches!(line.tag(at + 1), Tag::Noun | Tag::Adjective)
    {
        core.word = format!("{}-{word}", core.word);
        core.entry = lexicon::entry(&core.word).unwrap_or(Entry { end: core.entry.end, owned: true, ..Entry::default() });
        core.to = at + 1;
    }
}

/// "most expensive", "least visited", "the most goals".
fn degree(line: &Line<'_>, i: usize, word: &str) -> Option<Core> {
    let high = word == "most";
    let end = Some(if high { End::High } else { End::Low });
    let mut at = if line.ties(i + 1) { i + 2 } else { i + 1 };
    // "the most widely used".
    if line.tag(at) == Tag::Adverb && line.word(at).ends_with("ly") {
        at += 1;
    }
    let next = line.word(at);
    let participle = line.tag(at) == Tag::Verb && (next.ends_with("ed") || next.ends_with("ing") || next.ends_with("en"));
    if !next.is_empty() && (matches!(line.tag(at), Tag::Adjective) || participle) && !guard::is_plural(line, at) {
        if line.capital(i) && line.capital(at) && i > 1 {
            return None;
        }
        let key = format!("{word} {next}");
        let entry = lexicon::entry(&key).unwrap_or(Entry { end, ..Entry::default() });
        // "most sought-after".
        let to = if line.ties(at + 1) && !line.word(at + 2).is_empty() { at + 3 } else { at + 1 };
        return Some(Core { from: i, to, word: key, entry: Entry { owned: true, ..entry }, ever: false });
    }
    let counts = matches!(line.tag(at), Tag::Noun | Tag::ProperNoun) && at == i + 1
        || matches!(next, "since" | "in" | "ever" | "by" | "on" | "for" | "among");
    let entry = lexicon::entry(word)?;
    counts.then(|| Core { from: i, to: i + 1, word: word.to_owned(), entry, ever: next == "ever" })
}

/// "a record 40,000", "record profits", "broke the state record", "record-breaking".
fn record(line: &Line<'_>, i: usize) -> Option<Core> {
    let entry = lexicon::entry("record")?;
    let tied = line.ties(i + 1);
    let at = if tied { i + 2 } else { i + 1 };
    let next = line.word(at);
    let core = |to: usize, end: Option<End>| {
        Some(Core { from: i, to, word: "record".to_owned(), entry: Entry { end, ..entry }, ever: true })
    };
    let breaks = |word: &str| {
        ["set", "break", "broke", "beat", "smash", "shatter", "surpass", "eclips", "equal"].iter().any(|s| word.starts_with(s))
    };
    if line.word(i) == "record" {
        match next {
            "high" | "highs" => return core(at + 1, Some(End::High)),
            "low" | "lows" => return core(at + 1, Some(End::Low)),
            _ if tied => return breaks(next).then(|| core(at + 1, None)).flatten(),
            _ => {}
        }
        let before = i.checked_sub(1).map_or("", |k| line.word(k));
        let noun = matches!(line.tag(at), Tag::Noun | Tag::Adjective | Tag::ProperNoun) && !line.word(at).is_empty();
        let noun = noun && !line.glued(at) || line.kind(at) == Some(AtomKind::Digits);
        let money = line.mark(at).is_some_and(|c| matches!(c, '$' | '£' | '€'));
        // "to record it", "his record number two", "on record".
        let placed = matches!(
            before,
            "a" | "the" | "its" | "their" | "to" | "of" | "with" | "in" | "" | "by" | "at" | "hit" | "after" | "s"
        ) || matches!(line.tag(i.wrapping_sub(1)), Tag::Adjective | Tag::Verb);
        if (noun || money || line.tag(at) == Tag::Numeral) && placed && !matches!(line.tag(i), Tag::Verb) {
            return core(i + 1, None);
        }
    }
    // "set a new world record".
    let world = i > 0 && line.word(i - 1) == "world";
    let broken = (i.saturating_sub(BREAKING)..i)
        .rev()
        .any(|k| breaks(line.word(k)) && matches!(line.tag(k), Tag::Verb | Tag::Noun | Tag::Adjective));
    // "the record was broken".
    let mut verb = i + 1;
    while verb < i + 5 && matches!(line.word(verb), "is" | "was" | "were" | "be" | "been" | "being" | "has" | "had" | "will") {
        verb += 1;
    }
    let broken = broken || verb > i + 1 && (breaks(line.word(verb)) && line.word(verb) != "settled");
    // "It sold 40,000, a record."
    let alone = i > 1 && line.word(i - 1) == "a" && (line.mark(i - 2).is_some() || line.word(i - 2) == "also");
    let broken = broken || alone && line.kind(i + 1).is_none_or(|k| matches!(k, AtomKind::Mark(_))) && !line.glued(i + 2);
    let closed = !matches!(line.tag(i + 1), Tag::Noun | Tag::Adjective) && line.word(i.wrapping_sub(1)) != "on";
    (closed && (broken || world)).then(|| core(i + 1, None)).flatten()
}

/// "an all-time high", whose "time" is atom `i`.
fn all_time(line: &Line<'_>, i: usize) -> Option<Core> {
    let from = i.checked_sub(2).filter(|&k| line.word(k) == "all" && line.ties(k + 1))?;
    let end = match line.word(i + 1) {
        "high" | "highs" | "peak" => Some(End::High),
        "low" | "lows" => Some(End::Low),
        "best" | "record" | "worst" => None,
        _ => return None,
    };
    let entry = Entry { end, ..lexicon::entry("record")? };
    Some(Core { from, to: i + 2, word: "record".to_owned(), entry, ever: true })
}

/// "the last surviving member", "the last president to resign"; not "the last week".
fn last(line: &Line<'_>, i: usize) -> Option<Core> {
    let entry = lexicon::entry("last")?;
    let core = |to: usize, ever| Some(Core { from: i, to, word: "last".to_owned(), entry, ever });
    match line.word(i + 1) {
        "remaining" | "surviving" | "living" => return core(i + 2, false),
        _ if line.ties(i + 1) && line.word(i + 2) == "ever" => return core(i + 3, true),
        _ => {}
    }
    let noun = matches!(line.tag(i + 1), Tag::Noun | Tag::ProperNoun);
    (noun && line.word(i + 2) == "to" && matches!(line.tag(i + 3), Tag::Verb | Tag::Auxiliary | Tag::Noun))
        .then(|| core(i + 1, false))
        .flatten()
}
