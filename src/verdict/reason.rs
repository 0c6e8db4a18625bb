//! Why a mention was judged as it was: kept beside each verdict by the part that gave it, and printed by `copydesk stages evidence`.

use crate::claim::MentionKind;

/// What decided a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// What differs stands in its place surely enough.
    Differs,
    /// What agrees stands in its place surely enough.
    Agrees,
    /// Neither does.
    Unsure,
    /// The sources say less: "about 40", not "41"; the year, not the day.
    Coarser,
    /// It claims nothing that could be looked up, and nothing stands against it.
    Unclaimed,
    /// The sources have it in percentage points where the draft has percent, or the other way round.
    Points,
    /// What differs is what another mention of the draft agrees with.
    SpokenFor,
    /// What differs stands in a source that has a word on next to nothing of what the draft says around it.
    Stranger,
    /// Figures, dates or names of the sources give it together.
    Derived,
    /// What differs would refute it, but what the sources give together may be it.
    MayFollow,
    /// What differs is the later figure of a tally that grew.
    Grown,
    /// What differs stands in a later version of the story.
    Revised,
    /// One source agrees, another differs, and nothing says which is right.
    Disputed,
    /// What differs would refute it, but what agrees is newer, or the sources speak of two things.
    Newer,
    /// All that the sources give of the bearer's age.
    Age,
    /// The period that the sources compare their figures with.
    Period,
    /// A quotation that the sources have word for word, by the same speaker as far as can be told; or a mention in one.
    Quoted,
    /// A quotation that the sources do not have.
    Unquoted,
    /// A quotation that the sources have in other words.
    Words,
    /// A quotation that the sources give another speaker.
    Speaker,
    /// A role beside a name, held against those that the sources give the same bearer.
    Role,
    /// A statement, held against its opposite in the sources.
    Statement,
    /// The verdict on a quotation already tells it.
    ToldOnce,
    /// Not all sources have been heard: an archive has not answered.
    Unheard,
}

impl Reason {
    /// The part that decides a mention of this kind, as `copydesk stages evidence --jsonl` names it. Those of kinds that are weighed by
    /// features bear the name of the kind.
    #[must_use]
    pub fn part(self, kind: &MentionKind) -> &'static str {
        match (self, kind) {
            (Self::Age, _) => "age",
            (Self::Period, _) => "period",
            (Self::Role, _) => "role",
            (_, MentionKind::Quantity(q)) if q.rank.is_some() => "superlative",
            (_, MentionKind::Quantity(_)) => "quantity",
            (_, MentionKind::Date(_)) => "date",
            (_, MentionKind::Name(_)) => "name",
            (_, MentionKind::Quotation(_)) => "quotation",
            (_, MentionKind::Statement(_)) => "statement",
        }
    }
}

/// Why a mention is not held against what differs from it at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Veto {
    /// It may not be a name.
    Doubtful,
    /// It is no claim of the text: a byline, a dateline, a citation.
    Apparatus,
    /// A source has it in the same sentence, word for word, or in the same place of one that says as much.
    Copied,
}

/// Why one counterpart that differs is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PassedOver {
    /// Its sentence shares too little with the draft's: a name that differs is found in every other story.
    OtherTopic,
    /// It is the end of the draft's name, or that of it.
    Within,
}
