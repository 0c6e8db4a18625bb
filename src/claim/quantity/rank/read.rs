//! Finds the superlatives of a sentence, once its figures are known.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    End, Rank,
    lexicon::{self, Entry},
    scope,
};
use crate::{
    claim::{
        Mention, MentionKind,
        atom::{AtomKind, Line},
        quantity::{Form, Quantity, figure::Figure, guard, noun},
    },
    prose::Tag,
};

/// Atoms over which a verb may stand before the record that it breaks.
const BREAKING: usize = 8;

/// The words that rank, in atoms.
struct Core {
    from: usize,
    to: usize,
    word: String,
    entry: Entry,
    ever: bool,
}

/// Adds the superlatives of a sentence to its figures, which are those of `out` from `first` on and lie in `atoms`; an ordinal that is
/// part of a superlative gives way to it.
pub(in crate::claim::quantity) fn add(line: &Line<'_>, atoms: &[Range<usize>], first: usize, out: &mut Vec<Mention>) {
    let mut found: Vec<Mention> = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    let mut free = 0;
    for i in 0..line.len() {
        let word = line.word(i);
        if i < free || !may_rank(word) {
            continue;
        }
        let Some(core) = core(line, i, word) else { continue };
        let near = atoms.partition_point(|r| r.end <= core.from.saturating_sub(2));
        let beside = || (near..atoms.len()).take_while(|&k| atoms[k].start < core.to);
        let quantity = |k: usize| match &out[first + k].kind {
            MentionKind::Quantity(q) => Some(&**q),
            _ => None,
        };
        let mut from = core.from;
        let mut rank = Decimal::ONE;
        // "second-largest", "third highest".
        let ordinal = beside().find(|&k| {
            let tied = atoms[k].end == core.from || atoms[k].end + 1 == core.from && line.ties(atoms[k].end);
            tied && quantity(k).is_some_and(|q| q.form == Form::Ordinal)
        });
        if let Some(k) = ordinal
            && core.word != "only"
        {
            from = atoms[k].start;
            rank = quantity(k).and_then(|q| q.low).unwrap_or(rank);
        }
        // "the two largest", "joint-highest".
        let mut before = from;
        while before > 0
            && (line.ties(before - 1) || matches!(line.word(before - 1), "joint" | "equal" | "single" | "very" | "next"))
        {
            before -= 1;
        }
        let count =
            (near..atoms.len()).find(|&k| atoms[k].end == before && quantity(k).is_some_and(|q| q.form == Form::Cardinal));
        before = count.map_or(before, |k| atoms[k].start);
        let lead = Lead::before(line, before, count.is_some());
        // "the only one".
        let one = |k: usize| {
            core.word == "only" && atoms[k].contains(&core.from) && quantity(k).is_some_and(|q| q.low == Some(Decimal::ONE))
        };
        let swallowed = beside().find(|&k| one(k)).or(ordinal);
        let clash = (near..atoms.len())
            .take_while(|&k| atoms[k].start < core.to)
            .any(|k| atoms[k].end > from && Some(k) != swallowed && Some(k) != count);
        if clash || lead.denied || !accepts(line, &core, &lead, from) || from < free {
            continue;
        }
        let among = lead.among.filter(|&a| a >= free && core.word != "only" && !clashes(atoms, a, from));
        let mention = mention(line, &core, from, rank, &lead, among);
        gone.extend(swallowed);
        free = core.to;
        found.push(mention);
    }
    if found.is_empty() {
        return;
    }
    let mut k = 0;
    let old = out.split_off(first);
    out.extend(old.into_iter().filter(|_| {
        k += 1;
        !gone.contains(&(k - 1))
    }));
    out.extend(found);
    out[first..].sort_by_key(|m| m.span);
}

fn clashes(atoms: &[Range<usize>], from: usize, to: usize) -> bool {
    atoms.iter().any(|r| r.start < to && r.end > from && r.end <= to)
}

/// The cheap question first: can this word rank at all?
fn may_rank(word: &str) -> bool {
    word.len() >= 4
        && (word.ends_with("est")
            || matches!(
                word,
                "most" | "least" | "worst" | "only" | "sole" | "record" | "records" | "unprecedented" | "never" | "time" | "last"
            ))
}

/// The words that rank, from atom `i` on.
fn core(line: &Line<'_>, i: usize, word: &str) -> Option<Core> {
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
    if known.is_none() && (line.tag(i) != Tag::Adjective || word.len() < 6 || lexicon::is_lookalike(word)) {
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
        entry: known.unwrap_or(Entry { end: Some(End::High), ..Entry::default() }),
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
        let noun =
            matches!(line.tag(at), Tag::Noun | Tag::Adjective) && !line.glued(at) || line.kind(at) == Some(AtomKind::Digits);
        let money = line.mark(at).is_some_and(|c| matches!(c, '$' | '£' | '€'));
        // "to record it", "his record number two", "on record".
        let placed = matches!(
            before,
            "a" | "the" | "to" | "of" | "with" | "in" | "" | "by" | "at" | "reported" | "hit" | "see" | "saw" | "after"
        ) || line.tag(i.wrapping_sub(1)) == Tag::Adjective;
        if (noun || money || line.tag(at) == Tag::Numeral) && placed && !matches!(line.tag(i), Tag::Verb) {
            return core(i + 1, None);
        }
    }
    // "set a new world record".
    let world = i > 0 && line.word(i - 1) == "world";
    let broken = (i.saturating_sub(BREAKING)..i)
        .rev()
        .any(|k| breaks(line.word(k)) && matches!(line.tag(k), Tag::Verb | Tag::Noun | Tag::Adjective));
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
    let noun = matches!(line.tag(i + 1), Tag::Noun | Tag::ProperNoun)
        && !matches!(
            line.word(i + 1),
            "time" | "thing" | "chance" | "minute" | "day" | "days" | "night" | "week" | "month" | "year"
        );
    (noun && line.word(i + 2) == "to" && matches!(line.tag(i + 3), Tag::Verb | Tag::Auxiliary | Tag::Noun))
        .then(|| core(i + 1, false))
        .flatten()
}

/// What stands before a superlative.
#[derive(Default)]
pub(super) struct Lead {
    /// "the", or an owner.
    pub(super) definite: bool,
    /// "a", "an".
    article: bool,
    /// "the state's": its atoms, the possessive left out.
    pub(super) owner: Option<Range<usize>>,
    /// The first atom of "one of the".
    among: Option<usize>,
    /// "not the largest".
    denied: bool,
    /// The word before all this.
    before: &'static str,
}

impl Lead {
    /// Reads backwards from before atom `i`.
    fn before(line: &Line<'_>, i: usize, counted: bool) -> Self {
        let mut lead = Self::default();
        let Some(last) = i.checked_sub(1) else { return lead };
        // "the “most severe” storm".
        if last > 0 && matches!(line.mark(last), Some('"' | '“' | '‘' | '\'')) && !line.glued(last) {
            return Self::before(line, last, counted);
        }
        let word = line.word(last);
        let mut from = last;
        let mark = |k: usize| line.mark(k).is_some_and(|c| matches!(c, '\'' | '’'));
        // "the state's", "the states'".
        let owner = if word == "s" && last > 1 && mark(last - 1) && line.glued(last) {
            Some(last - 1)
        } else {
            (last > 0 && mark(last) && line.glued(last) && line.word(last - 1).ends_with('s')).then_some(last)
        };
        if let Some(end) = owner {
            from = end;
            while from > 0
                && end - from < 5
                && matches!(line.tag(from - 1), Tag::Noun | Tag::ProperNoun | Tag::Adjective)
                && !line.word(from - 1).is_empty()
            {
                from -= 1;
            }
            lead.definite = true;
            lead.owner = (from < end).then_some(from..end);
            if from > 0 && matches!(line.tag(from - 1), Tag::Determiner | Tag::Pronoun) {
                from -= 1;
            }
        } else {
            match word {
                "the" | "top" => lead.definite = true,
                "its" | "their" | "his" | "her" | "our" | "my" | "your" | "whose" => lead.definite = true,
                "a" | "an" => lead.article = true,
                // "the first and only".
                "and" if matches!(line.word(i.wrapping_sub(2)), "first" | "largest" | "oldest") => {
                    lead.definite = true;
                    from = i - 2;
                }
                _ if counted => {}
                _ => from = i,
            }
        }
        let word = |back: usize| from.checked_sub(back).map_or("", |k| line.word(k));
        if lead.definite && word(1) == "of" && from >= 2 {
            let several = matches!(word(2), "one" | "some" | "many" | "several" | "two" | "three" | "four" | "five" | "six");
            lead.among = several.then(|| from - 2);
        } else if lead.definite && word(1) == "among" {
            lead.among = Some(from - 1);
        }
        let edge = lead.among.unwrap_or(from);
        let word = |back: usize| edge.checked_sub(back).map_or("", |k| line.word(k));
        lead.denied = matches!(word(1), "not" | "nor" | "never" | "hardly") || word(1) == "t" && edge > 1 && mark(edge - 2);
        lead.before = match word(1) {
            "at" => "at",
            "to" => "to",
            "in" => "in",
            _ => "",
        };
        lead
    }
}

/// Whether a word that can rank does so here.
fn accepts(line: &Line<'_>, core: &Core, lead: &Lead, from: usize) -> bool {
    let next = core.to;
    let nominal = matches!(line.tag(next), Tag::Noun | Tag::Adjective | Tag::ProperNoun | Tag::Numeral)
        && !line.word(next).is_empty()
        || line.kind(next) == Some(AtomKind::Digits)
        || line.tag(next) == Tag::Verb && !line.word(next).is_empty() && matches!(line.tag(next + 1), Tag::Noun | Tag::Adjective);
    match core.word.as_str() {
        "unprecedented" | "record" => true,
        "only" => {
            lead.definite && line.word(next) != "too" && (nominal || matches!(line.word(next), "one" | "ones" | "other" | "of"))
        }
        "last" => lead.definite,
        _ => {
            // "at its best", "to the fullest", "did his best to".
            let scoped = matches!(line.word(next), "of" | "in" | "since" | "ever" | "on" | "for" | "yet" | "by" | "among" | "at");
            if matches!(lead.before, "at" | "to") && !nominal && !matches!(line.word(next), "of" | "since" | "ever" | "yet") {
                return false;
            }
            // "the best of luck".
            if line.word(next) == "of" && !is_group(line, next + 1) {
                return false;
            }
            let owned =
                lead.definite && !(core.entry.owned && !nominal && !scoped && line.tag(from.wrapping_sub(1)) == Tag::Pronoun);
            // "most" and "least" alone, with what they count: not "most people".
            let bare = nominal && !core.entry.owned && !lead.article && line.tag(core.from) != Tag::Verb && from == core.from
                || (from < core.from || matches!(line.word(next), "since" | "ever")) && !lead.article;
            owned && (lead.owner.is_none() || nominal || scoped || line.kind(next) != Some(AtomKind::Word)) || bare
        }
    }
}

/// Whether a group begins there, out of which one can be the first: "the three banks", "its kind".
fn is_group(line: &Line<'_>, i: usize) -> bool {
    matches!(line.tag(i), Tag::Determiner | Tag::Pronoun | Tag::Numeral)
        || line.kind(i) == Some(AtomKind::Digits)
        || line.word(i) == "all"
}

fn mention(line: &Line<'_>, core: &Core, from: usize, rank: Decimal, lead: &Lead, among: Option<usize>) -> Mention {
    let mut figure = Figure::exactly(from, core.to, rank, Form::Superlative);
    // "the only one".
    let one = core.word == "only" && matches!(line.word(core.to), "one" | "ones") && !matches!(line.word(core.to + 1), "of");
    // "the “most severe” storm".
    let quoted = line.mark(core.to).is_some_and(|c| matches!(c, '"' | '”' | '’' | '\'')) && line.glued(core.to);
    let ranks = Figure { to: core.to + usize::from(quoted), ..figure.clone() };
    let mut noun = match core.word.as_str() {
        "unprecedented" => noun::Noun::default(),
        _ => noun::find(line, &ranks, figure.from),
    };
    noun.entity = noun.entity.filter(|_| !one);
    let head = noun.entity.filter(|e| e.start >= line.atoms[core.to - 1].span.end);
    let after = head.map_or(core.to + usize::from(one), |e| line.atoms.partition_point(|a| a.span.start < e.end));
    let scope = scope::after(line, after);
    let plural = head.is_some_and(|e| {
        let k = line.atoms.partition_point(|a| a.span.end <= e.start);
        guard::is_plural(line, k)
    });
    if among.is_some() {
        figure.high = None;
    }
    let start = among.unwrap_or(from);
    let ranked = Rank {
        word: core.word.clone(),
        end: core.entry.end,
        scales: core.entry.scales,
        plural: plural && among.is_none(),
        ever: core.ever || scope.ever,
        since: scope.since,
        scope: scope.span,
        owner: lead.owner.clone().map(|r| line.span(r.start, r.end)),
    };
    let quantity = Quantity {
        numeral: line.span(from, core.to),
        low: figure.low,
        high: figure.high,
        low_open: false,
        high_open: false,
        step: Decimal::ONE,
        approximation: figure.approximation,
        vague: false,
        form: Form::Superlative,
        unit: None,
        qualifier: among.map(|a| line.span(a, from)),
        change: None,
        entity: noun.entity,
        modifiers: noun.modifiers,
        base: noun.base,
        rank: Some(Box::new(ranked)),
    };
    Mention {
        span: line.span(start, core.to),
        sentence: line.sentence as u32,
        quoted: false,
        kind: MentionKind::Quantity(Box::new(quantity)),
    }
}
