//! The kinds of events: their templates, read from `stories.txt` and `common.txt`.

use std::ops::Range;

/// A kind of event. Facts and slots that any event has come after its own.
pub(crate) struct Kind {
    pub(crate) slots: Vec<Slot>,
    pub(crate) headlines: Vec<Template>,
    /// Each in two wordings. The first is the lede.
    pub(crate) facts: Vec<Vec<Template>>,
    /// So many of them are of this kind of event alone.
    pub(crate) own: usize,
}

/// What is different from event to event.
pub(crate) struct Slot {
    name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) rest: &'static str,
}

pub(crate) type Template = Vec<Piece>;

/// A piece of a template.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(&'static str),
    /// The slot with this index.
    Slot(usize),
    /// The same as an ordinal.
    Ordinal(usize),
    /// What somebody says.
    Quote(usize),
    Near,
    City,
    Country,
    Weekday,
    Date,
    /// A word of the class.
    Word(char),
    Surname,
    Person,
    AnyCity,
    Number,
    Year,
    Role,
}

/// Everything that the two files hold.
pub(crate) struct Stories {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) quotes: Vec<Template>,
    pub(crate) near: Vec<Template>,
    pub(crate) background: Vec<Template>,
    /// What background can go on with.
    pub(crate) tails: Vec<Template>,
    /// What facts can go on with.
    pub(crate) details: Vec<Template>,
}

#[derive(Default)]
struct Section {
    slots: Vec<(&'static str, &'static str)>,
    headlines: Vec<&'static str>,
    facts: Vec<Vec<&'static str>>,
    quotes: Vec<&'static str>,
    near: Vec<&'static str>,
    background: Vec<&'static str>,
    tails: Vec<&'static str>,
    details: Vec<&'static str>,
}

impl Stories {
    pub(crate) fn load() -> Self {
        let common = sections(include_str!("common.txt")).remove(0);
        let plain = |lines: &[&'static str]| lines.iter().map(|l| compile(l, &[], 0..0)).collect();
        Self {
            kinds: sections(include_str!("stories.txt")).iter().skip(1).map(|s| kind(s, &common)).collect(),
            quotes: plain(&common.quotes),
            near: plain(&common.near),
            background: plain(&common.background),
            tails: plain(&common.tails),
            details: plain(&common.details),
        }
    }
}

/// What stands before the first head is a section too.
fn sections(text: &'static str) -> Vec<Section> {
    let mut out = vec![Section::default()];
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let last = out.last_mut().expect("one at least");
        if line.starts_with('[') {
            out.push(Section::default());
        } else if let Some(fact) = line.strip_prefix("- ") {
            last.facts.push(vec![fact]);
        } else if let Some(other) = line.strip_prefix("/ ") {
            last.facts.last_mut().expect("a fact before").push(other);
        } else if let Some((key, rest)) = line.split_once(": ") {
            match key {
                "h" => last.headlines.push(rest),
                "q" => last.quotes.push(rest),
                "near" => last.near.push(rest),
                "f" => last.details.push(rest),
                "t" => last.tails.push(rest),
                "b" => last.background.push(rest),
                _ => panic!("unknown line: {line}"),
            }
        } else {
            last.slots.push(line.split_once(" = ").unwrap_or_else(|| panic!("unknown line: {line}")));
        }
    }
    out
}

fn kind(section: &Section, common: &Section) -> Kind {
    let slots: Vec<Slot> = section
        .slots
        .iter()
        .chain(&common.slots)
        .map(|(name, spec)| {
            let (kind, rest) = spec.split_once(' ').unwrap_or((spec, ""));
            Slot { name, kind, rest }
        })
        .collect();
    // A slot of the kind may have the name of one of all.
    let (own, all) = (section.slots.len(), slots.len());
    let facts = section.facts.iter().map(|f| (f, 0..own)).chain(common.facts.iter().map(|f| (f, own..all)));
    Kind {
        headlines: section.headlines.iter().map(|h| compile(h, &slots, 0..own)).collect(),
        facts: facts.map(|(fact, range)| fact.iter().map(|f| compile(f, &slots, range.clone())).collect()).collect(),
        own: section.facts.len(),
        slots,
    }
}

fn compile(template: &'static str, slots: &[Slot], range: Range<usize>) -> Template {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}').expect("closed");
        if open > 0 {
            out.push(Piece::Text(&rest[..open]));
        }
        out.push(piece(&rest[open + 1..close], slots, range.clone()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

fn piece(name: &'static str, slots: &[Slot], range: Range<usize>) -> Piece {
    let find = |name: &str| range.clone().find(|i| slots[*i].name == name);
    if let Some(at) = find(name) {
        return Piece::Slot(at);
    }
    match name {
        "near" => Piece::Near,
        "city" => Piece::City,
        "country" => Piece::Country,
        "day" => Piece::Weekday,
        "date" => Piece::Date,
        "n" => Piece::Word('n'),
        "ns" => Piece::Word('s'),
        "a" => Piece::Word('a'),
        "v" => Piece::Word('v'),
        "g" => Piece::Word('g'),
        "r" => Piece::Word('r'),
        "X" => Piece::Surname,
        "P" => Piece::AnyCity,
        "name" => Piece::Person,
        "num" => Piece::Number,
        "yr" => Piece::Year,
        "role" => Piece::Role,
        "q1" | "q2" | "q3" | "q4" => Piece::Quote(usize::from(name.as_bytes()[1] - b'1')),
        _ => Piece::Ordinal(name.strip_suffix(".th").and_then(find).unwrap_or_else(|| panic!("unknown slot: {name}"))),
    }
}
