//! Whole-run output, one file a format, over the same [`Run`].

mod coverage;
pub mod facts;
pub mod github;
pub mod html;
pub mod json;
pub mod list;
pub mod sarif;
mod state;
#[cfg(test)]
mod tests;
pub mod text;

pub use coverage::{Coverage, Part, Reliance};
pub use state::{Counts, State};

use crate::ide::{Checked, Code, Label, Severity, SignOff, Verdict};

/// A draft that was checked.
pub struct Entry {
    /// The path as it was given; "-" for standard input.
    pub path: String,
    /// What was found.
    pub checked: Checked,
    /// How loudly a code is shown; `None` if not at all.
    pub severity: Box<dyn Fn(Code) -> Option<Severity> + Send>,
}

/// Something that stood in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// The file.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// Everything a report is made of.
pub struct Run<'a> {
    /// The drafts, in the order in which they were given.
    pub drafts: &'a [Entry],
    /// How many sources they were held against.
    pub sources: usize,
    /// What could not be read of the sources.
    pub problems: &'a [Problem],
}

/// A verdict that is told of where not all are.
struct Told<'a> {
    /// Its index.
    index: usize,
    verdict: &'a Verdict,
    code: Code,
    severity: Severity,
    /// Who lets it stand.
    signed: Option<&'a SignOff>,
}

impl Entry {
    /// What is contradicted and where the sources disagree, with `all` also what they do not speak of; but for what is off.
    fn told(&self, all: bool) -> impl Iterator<Item = Told<'_>> {
        self.checked.verdicts.iter().enumerate().filter_map(move |(index, verdict)| {
            let code = Code::of(verdict)?;
            let is_told = match verdict.label {
                _ if matches!(code, Code::WeekdayMismatch | Code::SelfContradiction) => true,
                Label::Supported => false,
                Label::Refuted | Label::Conflicting => true,
                Label::NotEnoughInfo => all,
            };
            let severity = (self.severity)(code).filter(|_| is_told)?;
            Some(Told { index, verdict, code, severity, signed: self.checked.signed.get(&index) })
        })
    }
}

/// How many mentions have which label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// All of them.
    pub mentions: usize,
    /// The sources agree.
    pub supported: usize,
    /// The sources say otherwise.
    pub refuted: usize,
    /// The sources disagree.
    pub conflicting: usize,
    /// The sources do not say.
    pub not_enough_info: usize,
    /// Of these, those that a person lets stand.
    pub signed_off: usize,
}

impl Summary {
    /// Counts the labels of a draft, and what a person lets stand apart from them.
    #[must_use]
    pub fn unsigned(draft: &Checked) -> Self {
        let mut sum = Self { mentions: draft.verdicts.len(), signed_off: draft.signed.len(), ..Self::default() };
        draft.unsigned().for_each(|(_, verdict)| sum.count(verdict.label));
        sum
    }

    fn count(&mut self, label: Label) {
        *match label {
            Label::Supported => &mut self.supported,
            Label::Refuted => &mut self.refuted,
            Label::Conflicting => &mut self.conflicting,
            Label::NotEnoughInfo => &mut self.not_enough_info,
        } += 1;
    }

    /// Counts the labels of some drafts.
    pub fn of<'a>(drafts: impl IntoIterator<Item = &'a Checked>) -> Self {
        let mut sum = Self::default();
        for draft in drafts {
            sum.signed_off += draft.signed.len();
            for verdict in &draft.verdicts {
                sum.mentions += 1;
                sum.count(verdict.label);
            }
        }
        sum
    }
}
