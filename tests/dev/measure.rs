//! What is counted: shares, recall, balanced accuracy, calibration.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use copydesk::ide::Label as Said;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) part: usize,
    pub(crate) whole: usize,
}

impl Share {
    pub(crate) fn count(&mut self, hit: bool) {
        self.part += usize::from(hit);
        self.whole += 1;
    }

    /// In percent; none of none is 0.
    pub(crate) fn percent(self) -> f64 {
        100.0 * self.part as f64 / self.whole.max(1) as f64
    }
}

impl Display for Share {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let count = format!("{}/{}", self.part, self.whole);
        if self.whole == 0 { f.pad("–") } else { f.pad(&format!("{count:>7} {:>3.0} %", self.percent())) }
    }
}

/// What became of the labels of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recall {
    pub(crate) refuted: Share,
    /// Refuted, or called not in the sources.
    pub(crate) doubted: Share,
    /// One of these, or called a conflict.
    pub(crate) flagged: Share,
    pub(crate) supported: Share,
    /// Nothing in it was read as a mention.
    pub(crate) unread: Share,
}

impl Recall {
    pub(crate) fn count(&mut self, said: Option<Said>) {
        self.refuted.count(said == Some(Said::Refuted));
        self.doubted.count(matches!(said, Some(Said::Refuted | Said::NotEnoughInfo)));
        self.flagged.count(matches!(said, Some(Said::Refuted | Said::NotEnoughInfo | Said::Conflicting)));
        self.supported.count(said == Some(Said::Supported));
        self.unread.count(said.is_none());
    }
}

/// Drafts told apart from those without an error by what is found in them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Balance {
    pub(crate) unfaithful: Share,
    pub(crate) faithful: Share,
}

impl Balance {
    /// The mean of the shares of drafts that are called rightly, of those with an error and of those without, in percent.
    pub(crate) fn accuracy(self) -> f64 {
        f64::midpoint(self.unfaithful.percent(), 100.0 - self.faithful.percent())
    }
}

/// Whether so sure is so often right, over the mentions of which it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calibration {
    /// By tenths of confidence: how many were right, and the sum of the confidences.
    tenths: BTreeMap<usize, (Share, f64)>,
}

impl Calibration {
    pub(crate) fn count(&mut self, confidence: f32, right: bool) {
        let confidence = f64::from(confidence);
        let tenth = self.tenths.entry((confidence * 10.0).clamp(0.0, 9.0) as usize).or_default();
        tenth.0.count(right);
        tenth.1 += confidence;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (tenth, (share, sum)) in &other.tenths {
            let own = self.tenths.entry(*tenth).or_default();
            own.0.part += share.part;
            own.0.whole += share.whole;
            own.1 += sum;
        }
    }

    /// How many were right of all.
    pub(crate) fn precision(&self) -> Share {
        let sum = |of: fn(&Share) -> usize| self.tenths.values().map(|(share, _)| of(share)).sum();
        Share { part: sum(|s| s.part), whole: sum(|s| s.whole) }
    }

    /// The expected calibration error, in percent: how far, in the mean, confidence is from how often it is right.
    pub(crate) fn error(&self) -> f64 {
        let off: f64 = self.tenths.values().map(|(share, sum)| (share.part as f64 - sum).abs()).sum();
        100.0 * off / self.precision().whole.max(1) as f64
    }
}

impl Display for Calibration {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  refuted with confidence      rightly, of those that are known   mean confidence")?;
        for (tenth, (share, sum)) in &self.tenths {
            let (low, mean) = (*tenth as f64 / 10.0, 100.0 * sum / share.whole as f64);
            writeln!(f, "    {low:.1} to {:.1}                 {share:<35}{mean:>3.0} %", low + 0.1)?;
        }
        write!(f, "    all                        {:<35}calibration error {:.0} %", self.precision(), self.error())
    }
}
