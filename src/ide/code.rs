//! The one table of codes.

use crate::verdict::{Label, Mismatch, Reason, Verdict};

/// How loudly a finding is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// Worth knowing.
    Information,
    /// Faintly.
    Hint,
}

/// The code of a finding: what kind of disagreement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A figure, unit or bound differs.
    QuantityMismatch,
    /// A date or time differs.
    DateMismatch,
    /// A name differs.
    NameMismatch,
    /// The opposite is said.
    StatementMismatch,
    /// A weekday that the date does not fall on.
    WeekdayMismatch,
    /// The draft has another figure elsewhere.
    SelfContradiction,
    /// The words of a quotation differ.
    AlteredQuotation,
    /// A quotation has another speaker.
    MisattributedQuotation,
    /// Sources disagree with each other.
    SourcesConflict,
    /// No source speaks of it.
    NoEvidence,
}

impl Code {
    /// Every code, in the order of the manual.
    pub const ALL: [Self; 10] = [
        Self::QuantityMismatch,
        Self::DateMismatch,
        Self::WeekdayMismatch,
        Self::NameMismatch,
        Self::StatementMismatch,
        Self::SelfContradiction,
        Self::AlteredQuotation,
        Self::MisattributedQuotation,
        Self::SourcesConflict,
        Self::NoEvidence,
    ];

    /// The code of a verdict; `None` if it is supported, the calendar agrees, and so does the draft itself; and if not all sources have been
    /// heard yet.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        match (verdict.label, verdict.mismatch) {
            (_, Some(Mismatch::Weekday)) => Some(Self::WeekdayMismatch),
            (_, Some(Mismatch::Itself(_))) => Some(Self::SelfContradiction),
            (Label::Supported, _) => None,
            (Label::NotEnoughInfo, _) if verdict.reason == Reason::Unheard => None,
            (Label::Conflicting, _) => Some(Self::SourcesConflict),
            (Label::NotEnoughInfo, _) | (Label::Refuted, None) => Some(Self::NoEvidence),
            (Label::Refuted, Some(mismatch)) => Some(match mismatch {
                Mismatch::Quantity => Self::QuantityMismatch,
                Mismatch::Date => Self::DateMismatch,
                Mismatch::Weekday => Self::WeekdayMismatch,
                Mismatch::Itself(_) => Self::SelfContradiction,
                Mismatch::Name | Mismatch::Role(_) => Self::NameMismatch,
                Mismatch::Statement => Self::StatementMismatch,
                Mismatch::Words => Self::AlteredQuotation,
                Mismatch::Speaker => Self::MisattributedQuotation,
            }),
        }
    }

    /// The name that programs rely on.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::QuantityMismatch => "quantity-mismatch",
            Self::DateMismatch => "date-mismatch",
            Self::WeekdayMismatch => "weekday-mismatch",
            Self::NameMismatch => "name-mismatch",
            Self::StatementMismatch => "statement-mismatch",
            Self::SelfContradiction => "self-contradiction",
            Self::AlteredQuotation => "altered-quotation",
            Self::MisattributedQuotation => "misattributed-quotation",
            Self::SourcesConflict => "sources-conflict",
            Self::NoEvidence => "no-evidence",
        }
    }

    /// How loudly it is shown unless a setting says otherwise.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::QuantityMismatch
            | Self::DateMismatch
            | Self::WeekdayMismatch
            | Self::NameMismatch
            | Self::StatementMismatch
            | Self::SelfContradiction => Severity::Warning,
            Self::AlteredQuotation | Self::MisattributedQuotation => Severity::Error,
            Self::SourcesConflict => Severity::Information,
            Self::NoEvidence => Severity::Hint,
        }
    }

    /// What it means, in one line.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::QuantityMismatch => "The sources have another figure, unit or bound.",
            Self::DateMismatch => "The sources have another date or time.",
            Self::WeekdayMismatch => "The date falls on another weekday.",
            Self::NameMismatch => "The sources name somebody or something else.",
            Self::StatementMismatch => "The sources say the opposite.",
            Self::SelfContradiction => "The draft says otherwise elsewhere.",
            Self::AlteredQuotation => "The source has other words.",
            Self::MisattributedQuotation => "In the source somebody else says this.",
            Self::SourcesConflict => "The sources disagree with each other.",
            Self::NoEvidence => "The sources do not say.",
        }
    }

    /// What it means, with examples: a page of Markdown.
    #[must_use]
    pub fn page(self) -> &'static str {
        match self {
            Self::QuantityMismatch => include_str!("codes/quantity-mismatch.md"),
            Self::DateMismatch => include_str!("codes/date-mismatch.md"),
            Self::WeekdayMismatch => include_str!("codes/weekday-mismatch.md"),
            Self::NameMismatch => include_str!("codes/name-mismatch.md"),
            Self::StatementMismatch => include_str!("codes/statement-mismatch.md"),
            Self::SelfContradiction => include_str!("codes/self-contradiction.md"),
            Self::AlteredQuotation => include_str!("codes/altered-quotation.md"),
            Self::MisattributedQuotation => include_str!("codes/misattributed-quotation.md"),
            Self::SourcesConflict => include_str!("codes/sources-conflict.md"),
            Self::NoEvidence => include_str!("codes/no-evidence.md"),
        }
    }
}
