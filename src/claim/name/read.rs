//! From runs of capitalised words to names: what belongs to the sentence, to a role, to another name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Name, NameClass,
    class::{self, CLASSES},
    context::{self, PERSON, Scores},
    feature::View,
    lexicon::{Flags, Known, LEXICON},
    model::{self, Read},
    region::{self, Region, Ruled},
    role, run,
    seen::{Seen, starts},
    sort::Sort,
    word::{Case, Glossary, Word},
};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, TokenKind},
    text::Span,
};

/// What stands before a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// A title or an honorific.
    titled: bool,
}

/// A name within a sentence: words `from..to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    from: usize,
    to: usize,
    around: Around,
    role: Option<Span>,
}

/// A name before its class is settled.
struct Found {
    sentence: u32,
    name: Name,
    /// Folded words.
    key: String,
    scores: Scores,
    known: bool,
}

/// The names of a text, in order.
pub(super) fn read(prose: &Prose) -> Vec<Mention> {
    let mut found: Vec<Found> = Vec::new();
    let mut decoded = Vec::new();
    sentences(prose, |i, view, regions, pieces| {
        let first = found.len();
        let (words, seen) = (view.words, view.seen);
        if !seen.telling[i] {
            for piece in pieces {
                found.extend(name(prose, i, words, *piece, seen, false));
            }
            listed(prose, &mut found[first..]);
            return;
        }
        decoded.clear();
        for region in regions {
            model::decode(view, region, &mut decoded);
        }
        overruled(words, view.ruled, &mut decoded);
        missed(view.ruled, &mut decoded);
        for read in &decoded {
            // A title is no part of the name.
            let near = &pieces[pieces.partition_point(|p| p.to < read.from)..];
            let near = &near[..near.partition_point(|p| p.from < read.to)];
            let titled = near.iter().find(|p| p.around.titled && p.to == read.to && p.from >= read.from);
            let same = titled.or_else(|| near.iter().find(|p| p.from == read.from && p.to == read.to));
            let piece = same.copied().unwrap_or(Piece { from: read.from, to: read.to, around: Around::default(), role: None });
            if let Some(mut f) = name(prose, i, words, piece, seen, true) {
                if !f.name.demonym {
                    f.scores = read.scores.map(|score| score / UNIT);
                }
                found.push(f);
            }
        }
        listed(prose, &mut found[first..]);
    });
    settle(&mut found);
    found
        .into_iter()
        .map(|f| Mention { span: f.name.bare, sentence: f.sentence, quoted: false, kind: MentionKind::Name(Box::new(f.name)) })
        .collect()
}

/// Where the rules are surer than the weights, fitted on texts with few such names: "Boeing 747", "Norwegian | Rune Moen", "President |
/// Hale".
fn overruled(words: &[Word], ruled: &[Ruled], decoded: &mut Vec<Read>) {
    let reasons = |r: &Ruled| {
        let mut scores = [0; 4];
        scores[r.class] = r.lead.max(1) * UNIT;
        Read { from: r.from, to: r.to, scores }
    };
    for (i, r) in ruled.iter().enumerate() {
        let numbered = r.to - r.from > 1 && words[r.to - 1].kind == TokenKind::Number;
        // The rules took the name of a people from what follows it.
        let rest = ruled.get(i + 1).filter(|next| next.from == r.to && r.to == r.from + 1 && words[r.from].is(Flags::DEMONYM));
        let to = rest.map_or(r.to, |next| next.to);
        let first = decoded.partition_point(|d| d.to <= r.from);
        let near = &decoded[first..first + decoded[first..].partition_point(|d| d.from < to)];
        let inside = near.iter().all(|d| r.from <= d.from && d.to <= to);
        let split = rest.is_some() && near.iter().any(|d| d.from == r.from && d.to == to);
        // A title makes a person of a surname that is a word too. Of several words the weights know better: "King Edward's School".
        let surname = |d: &Read| d.to == r.to && r.to == r.from + 1 && class::best(&d.scores).0 != CLASSES[PERSON];
        let addressed = r.titled && r.class == PERSON && near.iter().all(surname);
        if !(addressed || inside && (numbered || split)) {
            continue;
        }
        let near = first..first + near.len();
        decoded.splice(near, [Some(r), rest.filter(|_| split)].into_iter().flatten().map(reasons));
    }
}

/// What the rules read and the weights leave out is a name of no known class: a name that is not read is never checked.
fn missed(ruled: &[Ruled], decoded: &mut Vec<Read>) {
    for r in ruled {
        let at = decoded.partition_point(|d| d.to <= r.from);
        if decoded.get(at).is_some_and(|d| d.from < r.to) {
            continue;
        }
        let mut scores = [0; 4];
        scores[context::OTHER] = UNIT;
        decoded.insert(at, Read { from: r.from, to: r.to, scores });
    }
}

/// How much of the model's score is one reason.
const UNIT: i32 = 40;

/// Gives each sentence with the pieces that the rules make of it.
fn ruled(prose: &Prose, mut each: impl FnMut(usize, &[Word], &Seen, bool, &[Piece])) {
    let mut glossary = Glossary::default();
    let seen = Seen::new(prose, &mut glossary);
    let (mut sentence, mut pieces) = (Vec::new(), Vec::new());
    let mut learnt = 0;
    for i in 0..prose.sentences.len() {
        glossary.words(prose, i, &mut learnt, &mut sentence);
        let sentence = &mut sentence[..];
        let telling = seen.telling[i];
        if !telling {
            // In a shouted line capitals make no acronym.
            for word in
                sentence.iter_mut().filter(|w| w.case == Case::Upper && w.text.len() > 3 && !w.is(Flags::KNOWN_ORGANIZATION))
            {
                word.case = Case::Capital;
            }
        }
        pieces.clear();
        let mut at = 0;
        while at < sentence.len() {
            if !run::begins(sentence, at) {
                at += 1;
                continue;
            }
            let end = run::end(sentence, at, telling);
            segment(sentence, at, end, &seen, telling, &mut pieces);
            at = end;
        }
        each(i, sentence, &seen, telling, &pieces);
    }
}

/// Gives each sentence as the model sees it, with its regions (none in headlines) and the pieces that the rules make of it.
pub(super) fn sentences(prose: &Prose, mut each: impl FnMut(usize, &View, &[Region], &[Piece])) {
    let (mut sorts, mut found) = (Vec::new(), Vec::new());
    let mut rules = Vec::new();
    ruled(prose, |i, sentence, seen, telling, pieces| {
        sorts.clear();
        found.clear();
        rules.clear();
        if telling {
            sorts.extend(sentence.iter().map(Sort::of));
            region::regions(sentence, &sorts, &mut found);
            rules.extend(pieces.iter().filter_map(|p| judged(sentence, *p, seen)));
        }
        each(i, &View { words: sentence, sorts: &sorts, seen, ruled: &rules }, &found, pieces);
    });
}

/// What the rules make of a piece.
fn judged(words: &[Word], piece: Piece, seen: &Seen) -> Option<Ruled> {
    let Judged { to, scores, .. } = judge(words, piece, seen, true)?;
    let (class, lead) = class::best(&scores);
    let class = CLASSES.iter().position(|c| *c == class).unwrap_or(0);
    Some(Ruled { from: piece.from, to, class, lead, titled: piece.around.titled })
}

/// Names in a list are of one kind: "Hauser, Smith and Lee".
fn listed(prose: &Prose, found: &mut [Found]) {
    for i in 1..found.len() {
        let (a, b) = (&found[i - 1], &found[i]);
        let between = Span { start: a.name.bare.end, end: b.name.bare.start };
        if !matches!(prose.str(between).trim(), "," | "and" | "or" | ", and" | ", or" | "&") {
            continue;
        }
        let (from, to) = (class::best(&a.scores), class::best(&b.scores));
        for (from, to, at) in [(from, to, i), (to, from, i - 1)] {
            if from.1 >= 4 && to.1 < 4 && !(from.0 == NameClass::Place && prose.str(between).trim() == ",") {
                let class = CLASSES.iter().position(|c| *c == from.0).unwrap_or(0);
                found[at].scores[class] += 3;
            }
        }
    }
}

/// Gives every mention of one name the class for which the text as a whole speaks.
fn settle(found: &mut [Found]) {
    // Distinct names, by number; for each mention, its name's.
    let mut keys: Vec<&str> = Vec::new();
    let mut sums: Vec<(Scores, i32)> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut mentioned: Vec<usize> = Vec::with_capacity(found.len());
    for f in found.iter() {
        let number = *numbers.entry(&f.key).or_insert(keys.len());
        if number == keys.len() {
            keys.push(&f.key);
            sums.push(Default::default());
        }
        mentioned.push(number);
        let (sum, mentions) = &mut sums[number];
        *mentions += 1;
        for (sum, score) in sum.iter_mut().zip(f.scores) {
            *sum += score;
        }
    }
    // A surname or a given name alone is a person's if the text has the whole name.
    let mut parts: FxHashSet<&str> = FxHashSet::default();
    for (key, (sum, _)) in keys.iter().zip(&sums) {
        let (class, lead) = class::best(sum);
        // "Warhol" after "Andy Warhol Foundation".
        let named = || {
            key.split_once(' ').is_some_and(|(first, _)| {
                let first = LEXICON.word(first);
                first.any(Flags::GIVEN) && !first.any(Flags::ENGLISH.or(Flags::KNOWN_PLACE))
            })
        };
        if key.contains(' ') && (class == NameClass::Person && lead > 0 || named()) {
            let kinds = Flags::ORGANIZATION.or(Flags::PLACE).or(Flags::OTHER).or(Flags::FUNCTION);
            let name = |w: &&str| {
                let flags = LEXICON.word(w);
                w.len() > 1 && (!flags.any(kinds) || flags.any(Flags::GIVEN.or(Flags::SURNAME).or(Flags::SURNAME_TOO)))
            };
            parts.extend(key.split(' ').filter(name));
        }
    }
    let part: Vec<bool> = keys.iter().map(|key| parts.contains(key)).collect();
    for (f, number) in found.iter_mut().zip(mentioned) {
        let (mut sum, mentions) = sums[number];
        if part[number] && (!f.known || LEXICON.word(&f.key).any(Flags::GIVEN.or(Flags::SURNAME))) {
            sum[context::PERSON] += 4 + 5 * mentions;
        }
        let (class, lead) = class::best(&sum);
        f.name.class = class;
        f.name.doubtful &= lead < 6 || f.name.class == NameClass::Other;
        if class != NameClass::Person {
            f.name.role = None;
        }
    }
}

/// Cuts a run into names.
fn segment(words: &[Word], mut from: usize, to: usize, seen: &Seen, telling: bool, out: &mut Vec<Piece>) {
    while from < to && skip_first(words, from, to, seen, telling) {
        from += 1;
    }
    // "Image: Ann Lee", "…in Rome Image: Ann Lee": a label.
    let mut to = to;
    let label = to > from + 1 && words[to - 1].is(Flags::NOUN) && !words[to - 1].is(Flags::ORGANIZATION);
    if label && words.get(to).is_some_and(|w| w.text == ":") {
        to -= 1;
    }
    if from >= to {
        return;
    }
    if !telling {
        return headline(words, from, to, seen, out);
    }
    if let Some((title, rest)) = role::titled(words, from, to) {
        if title > from {
            plain(words, from, title, Around::default(), None, out);
        }
        let start = if title > from { from } else { title };
        let role = role::before(words, start, rest);
        if rest < to {
            plain(words, rest, to, Around { titled: true }, role, out);
        }
        return;
    }
    plain(words, from, to, Around::default(), None, out);
}

/// A name without a title, cut after an adjective of nationality: "Russian Gazprom".
fn plain(words: &[Word], from: usize, to: usize, around: Around, role: Option<Span>, out: &mut Vec<Piece>) {
    if around.titled {
        out.push(Piece { from, to, around, role });
        return;
    }
    let demonym = match run::phrase(words, from) {
        Some((end, Known::Demonym)) if end < to => Some(end),
        Some(_) => None,
        None if words[from].is(Flags::DEMONYM) && from + 1 < to => Some(from + 1),
        None => None,
    };
    if let Some(end) = demonym {
        let next = &words[end];
        let own = next.capital() && (!next.is(Flags::ORDINARY) || next.is(Flags::GIVEN)) && !next.is(Flags::PARTICLE);
        if own || next.is(Flags::ROLE.or(Flags::TITLE)) && end + 1 == to {
            out.push(Piece { from, to: end, around: Around::default(), role: None });
            if own {
                out.push(Piece { from: end, to, around, role });
            }
            return;
        }
    }
    // "Xi'an China": a comma is missing.
    let country = |w: &Word| LEXICON.codes(w.folded).is_some_and(|c| c.starts_with('c'));
    if to > from + 1
        && country(&words[to - 1])
        && matches!(run::known(words, from..to - 1), Some(Known::Place))
        && run::known(words, from..to).is_none()
    {
        out.push(Piece { from, to: to - 1, around: Around::default(), role: None });
        out.push(Piece { from: to - 1, to, around, role });
        return;
    }
    let body = match run::phrase(words, from) {
        Some((end, Known::Organization)) => Some(end),
        _ if words[from].is(Flags::KNOWN_ORGANIZATION) && !words[from].is(Flags::NAME.without(Flags::KNOWN_ORGANIZATION)) => {
            Some(from + 1)
        }
        _ => None,
    };
    if let Some(end) = body.filter(|&end| end + 1 < to && words[end].is(Flags::GIVEN) && !words[end].is(Flags::ORDINARY)) {
        out.push(Piece { from, to: end, around: Around::default(), role: None });
        out.push(Piece { from: end, to, around, role });
        return;
    }
    if let Some(given) = described(words, from, to) {
        let role = words[from].span.cover(words[given - 1].span);
        out.push(Piece { from: given, to, around: Around { titled: true }, role: Some(role) });
        return;
    }
    // "U.S. Gazprom" is two names, "U.S. Steel" one.
    let country = words[from].case == Case::Upper && words[from].is(Flags::KNOWN_PLACE);
    if country
        && to > from + 1
        && words[from + 1].capital()
        && !words[from + 1].is(Flags::ENGLISH.or(Flags::ORGANIZATION))
        && words[from + 1].case != Case::Upper
    {
        out.push(Piece { from, to: from + 1, around: Around::default(), role: None });
        out.push(Piece { from: from + 1, to, around, role });
        return;
    }
    out.push(Piece { from, to, around, role });
}

/// Where a whole name begins after words that say what its bearer is: "Tower Man George Hauser".
fn described(words: &[Word], from: usize, to: usize) -> Option<usize> {
    let kinds = Flags::ORGANIZATION.or(Flags::PLACE).or(Flags::OTHER);
    let plain = |w: &Word| w.is(Flags::NOUN.or(Flags::ADJECTIVE)) && !w.is(kinds.or(Flags::NAME)) && w.case == Case::Capital;
    let given = (from..to).find(|&i| !plain(&words[i]))?;
    let name = words[given].is(Flags::GIVEN) && !words[given].is(Flags::ORDINARY) && words[given].case == Case::Capital;
    let rest = words.get(given + 1..to)?;
    (given > from && name && !rest.is_empty() && rest.iter().all(|w| w.capital() && !w.is(kinds) && !w.is(Flags::ORDINARY)))
        .then_some(given)
}

/// Whether the first word of a run belongs to the sentence and not to a name.
fn skip_first(words: &[Word], from: usize, to: usize, seen: &Seen, telling: bool) -> bool {
    let word = &words[from];
    if word.is(Flags::CALENDAR) && !(word.is(Flags::GIVEN) && to > from + 1)
        || word.case == Case::Lower && word.kind == TokenKind::Word
    {
        return true;
    }
    if run::phrase(words, from).is_some_and(|(end, _)| end <= to) && !word.is(Flags::FUNCTION) {
        return false;
    }
    let named = Flags::KNOWN_PLACE.or(Flags::DEMONYM).or(Flags::KNOWN_ORGANIZATION);
    if word.is(Flags::FUNCTION) && !word.is(Flags::PARTICLE) && word.case != Case::Upper {
        return true;
    }
    if matches!(word.folded, "former" | "ex" | "then") {
        return true;
    }
    if !starts(words, from) || !telling || !word.is(Flags::ENGLISH) {
        return false;
    }
    let count = seen.count(word);
    let next = words.get(from + 1).filter(|_| from + 1 < to);
    if next.is_some_and(|w| w.is(Flags::DEMONYM)) && word.is(Flags::ADJECTIVE) && count.inside == 0 {
        return true;
    }
    if word.is(Flags::NUMBER) && word.case != Case::Upper {
        return true;
    }
    if count.inside > 0 && count.lower == 0 {
        return false;
    }
    if word.is(Flags::VERB.or(Flags::ADVERB)) && !word.is(Flags::GIVEN) {
        return true;
    }
    if to == from + 1 {
        let country = LEXICON.codes(word.folded).is_none_or(|c| c.starts_with('c'));
        return !(word.is(Flags::PEOPLE) || word.is(named) && country && count.lower == 0 || word.case == Case::Upper);
    }
    // "Supreme Court", "Health Ministry"; but "Prosecutor Smith", "Talks Putin".
    let next = &words[from + 1];
    if word.is(Flags::ORGANIZATION.or(Flags::PLACE).or(Flags::OTHER)) {
        return false;
    }
    let title = word.is(Flags::TITLE.or(Flags::ROLE).or(Flags::MODIFIER).or(Flags::HONORIFIC).or(Flags::GIVEN));
    !title && next.capital() && !next.is(Flags::ORDINARY) && count.inside == 0 && !word.is(named)
}

/// In a headline ordinary words have capitals: a name is what is known, or what the text elsewhere shows to be one.
fn headline(words: &[Word], from: usize, to: usize, seen: &Seen, out: &mut Vec<Piece>) {
    let named = |i: usize| {
        let word = &words[i];
        let count = seen.count(word);
        let strange = !word.is(Flags::ENGLISH.or(Flags::ROLE).or(Flags::CALENDAR).or(Flags::HONORIFIC)) && word.folded.len() > 1;
        let place = word.is(Flags::DEMONYM) || LEXICON.codes(word.folded).is_some_and(|c| c.starts_with(['c', 'n']));
        place || count.inside > 0 && count.lower == 0 && !word.is(Flags::FUNCTION.or(Flags::TITLE)) || strange && count.lower == 0
    };
    let mut i = from;
    while i < to {
        if let Some((end, _)) = run::phrase(words, i).filter(|(end, _)| *end <= to) {
            out.push(Piece { from: i, to: end, around: Around::default(), role: None });
            i = end;
            continue;
        }
        if !named(i) || words[i].case == Case::Lower {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        // A place and what follows it are two names more often than one.
        let single = words[i].is(Flags::DEMONYM.or(Flags::KNOWN_PLACE)) && !words[i].is(Flags::GIVEN);
        while end < to && !single && named(end) && words[end].case != Case::Lower && !words[end].is(Flags::DEMONYM) {
            end += 1;
        }
        out.push(Piece { from: i, to: end, around: Around::default(), role: None });
        i = end;
    }
}

/// A piece that is a name.
struct Judged {
    /// The word after its last.
    to: usize,
    known: Option<Known>,
    scores: Scores,
}

/// What a piece names, unless it is no name after all.
fn judge(words: &[Word], piece: Piece, seen: &Seen, telling: bool) -> Option<Judged> {
    let Piece { from, mut to, around, .. } = piece;
    while to > from
        && (words[to - 1].case == Case::Lower && words[to - 1].kind == TokenKind::Word && !is_possessive(words[to - 1].text))
    {
        to -= 1;
    }
    let name = words.get(from..to).filter(|n| !n.is_empty())?;
    let first = &name[0];
    let known = run::known(words, from..to);
    let count = seen.count(first);
    if name.len() == 1 && !around.titled {
        if matches!(first.case, Case::Initial | Case::Lower) || super::lexicon::is_common(first.folded) {
            return None;
        }
        let role = Flags::ROLE.or(Flags::TITLE).or(Flags::HONORIFIC).or(Flags::MODIFIER).or(Flags::LEGAL).or(Flags::CALENDAR);
        if known.is_none()
            && (first.is(role)
                || first.is(Flags::FUNCTION.or(Flags::VERB).or(Flags::ADVERB))
                    && first.case != Case::Upper
                    && !first.is(Flags::GIVEN))
        {
            return None;
        }
        if known.is_none() && first.is(Flags::ORDINARY) && count.lower > 0 {
            return None;
        }
        if known.is_none() && first.is(Flags::NUMBER) {
            return None;
        }
        // "MORE", "HERE": a word is shouted.
        if known.is_none()
            && first.case == Case::Upper
            && first.is(Flags::ENGLISH)
            && (first.text.len() > 3 || !first.is(Flags::NOUN))
        {
            return None;
        }
        // In a shouted line a word says nothing by its capitals.
        if !telling && known.is_none() && count.inside == 0 && first.is(Flags::ENGLISH) {
            return None;
        }
    } else if !around.titled && known.is_none() {
        let content = |w: &&Word| w.capital();
        if name.iter().filter(content).all(|w| w.case == Case::Upper && w.is(Flags::ENGLISH) && w.text.len() > 3) {
            return None;
        }
        if name.iter().filter(content).all(|w| {
            w.is(Flags::ROLE.or(Flags::TITLE).or(Flags::MODIFIER).or(Flags::HONORIFIC)) && !w.is(Flags::GIVEN.or(Flags::SURNAME))
        }) {
            return None;
        }
    }
    Some(Judged { to, known, scores: class::scores(words, from, to, known, around.titled) })
}

/// The name of a piece, unless it is none after all.
fn name(prose: &Prose, sentence: usize, words: &[Word], piece: Piece, seen: &Seen, telling: bool) -> Option<Found> {
    let Judged { to, known, scores } = judge(words, piece, seen, telling)?;
    let Piece { from, around, role, .. } = piece;
    let name = &words[from..to];
    let first = &name[0];
    let count = seen.count(first);
    let first_word = starts(words, from) || !telling;
    let ordinary = name.iter().filter(|w| w.capital()).all(|w| w.is(Flags::ENGLISH));
    let doubtful = known.is_none() && !around.titled && ordinary && (first_word && count.inside == 0 || name.len() == 1);
    let bare = first.span.cover(name[name.len() - 1].span);
    let demonym = known == Some(Known::Demonym);
    let role = role.or_else(|| role::around(words, from, to));
    let canonical = super::canonical(prose, bare, demonym);
    let mut key = String::with_capacity(bare.len() + 8);
    for word in name {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(if word.folded.is_empty() { word.text } else { word.folded });
    }
    Some(Found {
        sentence: sentence as u32,
        name: Name { class: class::best(&scores).0, bare, canonical, demonym, role, doubtful },
        key,
        scores,
        known: known.is_some(),
    })
}

fn is_possessive(text: &str) -> bool {
    matches!(text, "'s" | "’s" | "'S" | "’S")
}
