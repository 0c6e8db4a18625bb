//! How a claim stands on the desk: what the sources say of it, and whether a person let it stand.

use crate::ide::{Checked, Code, Label};

/// How a claim stands. Each has one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The sources say otherwise, or the calendar, or the draft itself elsewhere.
    Contradicted,
    /// The sources disagree with each other.
    Conflicting,
    /// The sources do not say.
    Open,
    /// A person lets it stand, whatever the sources say.
    SignedOff,
    /// The sources agree.
    Supported,
}

impl State {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Contradicted, Self::Conflicting, Self::Open, Self::SignedOff, Self::Supported];

    /// How the verdict with this index stands.
    #[must_use]
    pub fn of(checked: &Checked, verdict: usize) -> Self {
        let found = &checked.verdicts[verdict];
        match (Code::of(found), found.label) {
            _ if checked.signed.contains_key(&verdict) => Self::SignedOff,
            (Some(Code::WeekdayMismatch | Code::SelfContradiction), _) | (_, Label::Refuted) => Self::Contradicted,
            (_, Label::Conflicting) => Self::Conflicting,
            (_, Label::NotEnoughInfo) => Self::Open,
            (_, Label::Supported) => Self::Supported,
        }
    }

    /// A word for it: "contradicted".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Conflicting => "conflicting",
            Self::Open => "open",
            Self::SignedOff => "signed off",
            Self::Supported => "supported",
        }
    }
}

/// How many claims there are, and how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// All of them.
    pub claims: usize,
    /// [`State::Supported`].
    pub supported: usize,
    /// [`State::Contradicted`].
    pub contradicted: usize,
    /// [`State::Conflicting`].
    pub conflicting: usize,
    /// [`State::Open`].
    pub open: usize,
    /// [`State::SignedOff`].
    pub signed_off: usize,
}

impl Counts {
    /// How many are in this state.
    #[must_use]
    pub fn of(&self, state: State) -> usize {
        match state {
            State::Contradicted => self.contradicted,
            State::Conflicting => self.conflicting,
            State::Open => self.open,
            State::SignedOff => self.signed_off,
            State::Supported => self.supported,
        }
    }

    /// The share of the claims that is supported, in whole percent rounded down, so that 100 says all; `None` if there are none.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        (100 * self.supported).checked_div(self.claims)
    }
}

impl Extend<State> for Counts {
    fn extend<T: IntoIterator<Item = State>>(&mut self, states: T) {
        for state in states {
            self.claims += 1;
            *match state {
                State::Contradicted => &mut self.contradicted,
                State::Conflicting => &mut self.conflicting,
                State::Open => &mut self.open,
                State::SignedOff => &mut self.signed_off,
                State::Supported => &mut self.supported,
            } += 1;
        }
    }
}

impl FromIterator<State> for Counts {
    fn from_iter<T: IntoIterator<Item = State>>(states: T) -> Self {
        let mut counts = Self::default();
        counts.extend(states);
        counts
    }
}
