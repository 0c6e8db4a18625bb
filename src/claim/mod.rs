//! What a text asserts: its mentions of quantities, dates, names and quotations, and its statements. Drafts and sources are read by the same code, and
//! nothing here knows why it is asked.

mod atom;
mod citation;
mod date;
pub mod likeness;
mod name;
mod numeral;
mod quantity;
mod quotation;
mod role;
mod statement;
mod unit;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashSet;
use std::sync::{Arc, LazyLock};

pub(crate) use citation::is_cited;
pub use date::{
    Clock, DateForm, DateLikeness, DateMention, DayPart, Edge, Piece, PieceUnit, ShiftUnit, holds_undated, period_before,
    same as same_date, wrong_weekday,
};
pub use name::{
    Gap as NameGap, Likeness as NameLikeness, Name, NameClass, NameRegion, Office, compare_text as compare_names,
    gap as name_gap, lies_in, name_regions, offices, same as same_name,
};
pub use numeral::Numeral;
pub use quantity::{Approximation, Change, Direction, End, Extent, Form, Quantity, Rank, Scales, compare_ranks};
pub use quotation::{Alignment, Difference, Quotation, QuotationForm, Speaker, compare as compare_words};
pub(crate) use quotation::{is_reporting, turn_speaker};
pub use role::{NounRelation, Role, RoleForm, is_loose as is_loose_role, relation as compare_roles};
pub use statement::{Kinship, Mode, Predicate, Statement, kinship};
pub use unit::{Dimension, Unit};

use crate::{
    document,
    prose::{self, Prose},
    text::Span,
};

/// What a mention is.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum MentionKind {
    /// A figure: a value, its unit, what it counts.
    Quantity(Box<Quantity>),
    /// A date or a time of day.
    Date(Box<DateMention>),
    /// A person, a place, an organisation.
    Name(Box<Name>),
    /// Words in quotation marks.
    Quotation(Box<Quotation>),
    /// A predicate, with its polarity.
    Statement(Statement),
}

impl MentionKind {
    /// Changes every span in it, in a fixed order.
    pub(crate) fn map_spans(&mut self, change: &impl Fn(Span) -> Span) {
        let change_if = |span: &mut Option<Span>| *span = span.map(change);
        match self {
            Self::Quantity(quantity) => {
                quantity.numeral = change(quantity.numeral);
                let Quantity { qualifier, entity, modifiers, base, rank, .. } = &mut **quantity;
                [qualifier, entity, modifiers, base].into_iter().for_each(change_if);
                if let Some(rank) = rank {
                    [&mut rank.scope, &mut rank.owner].into_iter().for_each(change_if);
                }
            }
            Self::Date(_) => {}
            Self::Name(name) => {
                name.bare = change(name.bare);
                change_if(&mut name.role);
            }
            Self::Quotation(quotation) => {
                quotation.pieces.iter_mut().for_each(|piece| *piece = change(*piece));
                change_if(&mut quotation.cue);
                if let Some(speaker) = &mut quotation.speaker {
                    speaker.span = change(speaker.span);
                }
            }
            Self::Statement(statement) => statement.head = change(statement.head),
        }
    }
}

/// A typed span of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its place in the text, in bytes: the whole expression ("more than 40,000", "5 p.m. EST", "Kherson").
    pub span: Span,
    /// The index of the sentence in which it begins.
    pub sentence: u32,
    /// Whether it stands inside a quotation.
    pub quoted: bool,
    /// What it is.
    pub kind: MentionKind,
}

/// A sentence with at least one mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The index of the sentence.
    pub sentence: u32,
    /// The sentence's place in the text, in bytes.
    pub span: Span,
    /// The indices of its mentions.
    pub mentions: Vec<u32>,
}

/// A text with everything that was read from it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Sentences and tokens.
    pub prose: Arc<Prose>,
    /// In the order of their spans. Names, dates and quantities do not overlap each other; they may stand inside a quotation.
    /// Nor do statements overlap any of them, but each other they may.
    pub mentions: Vec<Mention>,
    /// The sentences with mentions, in order.
    pub claims: Vec<Claim>,
    /// What it says that its people are, in the order of their mentions.
    pub roles: Vec<Role>,
}

/// What one reader finds in a text, before the readers are weighed against each other.
pub type Reader = fn(&Prose) -> Vec<Mention>;

/// The readers, by the kind of mention that they find: for measuring one alone.
pub const READERS: [(&str, Reader); 5] = [
    ("quantity", quantity::read),
    ("date", date::read),
    ("name", name::read),
    ("quotation", quotation::read),
    ("statement", statement::read),
];

/// Reads what a text asserts.
#[must_use]
pub fn read(prose: Arc<Prose>) -> Reading {
    let quotations = quotation::read(&prose);
    let mut mentions: Vec<Mention> = Vec::new();
    // Where two readers claim the same words, the earlier one has them: "July 21, 2017" is a date, "Boeing 737" a name.
    // A name inside a figure is part of it: "800 degrees Celsius", "50 Hong Kong dollars".
    let quantities = quantity::read(&prose);
    let mut names = name::read(&prose);
    names.retain(|n| {
        !is_cross_reference(&prose, n.span)
            && !within(&quantities, n.span)
            && !at(&quantities, n.span).is_some_and(|q| is_money(&prose, q))
    });
    // So is a decade of somebody's life: "in his late fifties".
    let mut dates = date::read(&prose);
    dates.retain(|d| !at(&quantities, d.span).is_some_and(is_age));
    dates.retain(|d| !is_in_dateline(&prose, d) && !citation::is_year_of_one(&prose, d, &names));
    for found in [dates, names, quantities] {
        let free: Vec<Mention> = found.into_iter().filter(|m| !overlaps(&mentions, m.span)).collect();
        mentions.extend(free);
        mentions.sort_by_key(|m| m.span);
    }
    let mut statements = statement::read(&prose);
    statements.retain_mut(|m| {
        let MentionKind::Statement(statement) = m.kind else { return false };
        if overlaps(&mentions, m.span) {
            m.span = statement.head;
        }
        !overlaps(&mentions, m.span)
    });
    let quoted = Covered::new(&quotations);
    for mention in mentions.iter_mut().chain(&mut statements) {
        mention.quoted = quoted.contains(mention.span);
    }
    mentions.extend(quotations);
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    name::resolve(&prose, &mut mentions);
    quotation::attribute(&prose, &mut mentions);
    mentions.append(&mut statements);
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let roles = role::read(&prose, &mentions);
    Reading::new(prose, mentions, roles)
}

impl Reading {
    /// A text with what was read from it: mentions and roles in their order.
    #[must_use]
    pub fn new(prose: Arc<Prose>, mentions: Vec<Mention>, roles: Vec<Role>) -> Self {
        let claims = claims(&prose, &mentions);
        Self { prose, mentions, claims, roles }
    }
}

/// Words for the parts of a text, with which it points into itself.
static PARTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("data/parts.txt").lines().collect());

/// Whether words point into a text rather than name something in the world: "Table 3", the "Fig." of "Fig. 2".
fn is_cross_reference(prose: &Prose, span: Span) -> bool {
    let words = prose.str(span);
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let numbers = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let after = || prose.document.prose[span.end as usize..].trim_start_matches(['.', ' ', '\u{a0}']);
    first.starts_with(char::is_uppercase)
        && PARTS.contains(&*prose::fold(first.trim_end_matches('.')))
        && if rest.is_empty() { numbers(after()) } else { numbers(rest) && !rest.contains(' ') }
}

/// Whether a mention stands in what says where and when a report was written, which is no claim of it.
pub(crate) fn is_in_dateline(prose: &Prose, mention: &Mention) -> bool {
    let sentence = mention.sentence as usize;
    let words = prose.words(sentence);
    mention.span.end <= words.start + document::dateline(prose.str(words)) as u32
}

/// What stands inside quotations.
struct Covered {
    /// The start of each piece and the furthest end of it and those before, by start.
    pieces: Vec<(u32, u32)>,
}

impl Covered {
    fn new(quotations: &[Mention]) -> Self {
        let mut pieces: Vec<(u32, u32)> = Vec::new();
        for quotation in quotations {
            if let MentionKind::Quotation(q) = &quotation.kind {
                pieces.extend(q.pieces.iter().map(|p| (p.start, p.end)));
            }
        }
        pieces.sort_unstable();
        let mut furthest = 0;
        for piece in &mut pieces {
            furthest = furthest.max(piece.1);
            piece.1 = furthest;
        }
        Self { pieces }
    }

    /// Whether one piece holds all of `span`.
    fn contains(&self, span: Span) -> bool {
        let i = self.pieces.partition_point(|p| p.0 <= span.start);
        i > 0 && self.pieces[i - 1].1 >= span.end
    }
}

/// Whether one of `mentions`, sorted by span and free of overlaps, shares a byte with `span`.
fn overlaps(mentions: &[Mention], span: Span) -> bool {
    at(mentions, span).is_some()
}

fn is_age(mention: &Mention) -> bool {
    matches!(&mention.kind, MentionKind::Quantity(q) if q.form == Form::Age)
}

/// Whether it is an amount of money in digits, which no name holds: "USD50 cards".
fn is_money(prose: &Prose, mention: &Mention) -> bool {
    let MentionKind::Quantity(q) = &mention.kind else { return false };
    let money = q.unit.as_ref().is_some_and(|u| u.dimension == Dimension::Money);
    money && q.numeral.start > mention.span.start && prose.str(q.numeral).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `span` lies inside one of `mentions`, sorted by span and free of overlaps.
fn within(mentions: &[Mention], span: Span) -> bool {
    at(mentions, span).is_some_and(|m| m.span.contains(span))
}

/// The first of `mentions`, sorted by span and free of overlaps, that shares a byte with `span`.
fn at(mentions: &[Mention], span: Span) -> Option<&Mention> {
    let i = mentions.partition_point(|m| m.span.end <= span.start);
    mentions.get(i).filter(|m| m.span.overlaps(span))
}

fn claims(prose: &Prose, mentions: &[Mention]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        match claims.last_mut() {
            Some(last) if last.sentence == mention.sentence => last.mentions.push(i as u32),
            _ => claims.push(Claim {
                sentence: mention.sentence,
                span: prose.sentences[mention.sentence as usize].span,
                mentions: vec![i as u32],
            }),
        }
    }
    claims
}
