//! The figures of a file of labelled drafts.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use copydesk::ide::Label as Said;

use crate::{
    Trust,
    case::{Label, Truth},
    judged::{Judged, Mention},
    retrieval::Found,
};

/// The rows of the table of recall, by what a label holds.
const KINDS: [(&str, &[&str]); 6] = [
    ("figures", &["number"]),
    ("dates", &["date"]),
    ("figures and dates", &["number", "date"]),
    ("names", &["name"]),
    ("quotations", &["quote"]),
    ("other", &["other"]),
];

/// The rows of the table of recall, by what the sources say.
const TRUTHS: [(&str, bool, &[Truth]); 4] = [
    ("contradicted", true, &[Truth::Contradicted]),
    ("unsupported", true, &[Truth::Unsupported]),
    ("contradicted or unsupported", true, &[Truth::Contradicted, Truth::Unsupported]),
    ("of several edits one is wrong", false, &[Truth::Contradicted, Truth::Unsupported]),
];

/// How far down the order of passages the right answer may stand.
const DEPTHS: [(&str, usize); 4] = [("first", 1), ("first three", 3), ("first eight", 8), ("all", usize::MAX)];

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) part: usize,
    pub(crate) whole: usize,
}

impl Share {
    fn count(&mut self, hit: bool) {
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
    supported: Share,
    unread: Share,
}

impl Recall {
    fn count(&mut self, said: Option<Said>) {
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
    fn count(&mut self, confidence: f32, right: bool) {
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

/// The figures of a file.
#[derive(Debug)]
pub(crate) struct Score {
    /// By the indices of [`TRUTHS`] and [`KINDS`].
    recall: BTreeMap<(usize, usize), Recall>,
    trust: Trust,
    /// The mentions refuted where it is known that the sources agree, and the words among which.
    alarms: Vec<String>,
    words: usize,
    /// Faithful drafts with such a mention; of labelled spans, where only those are known.
    pub(crate) alarmed: Share,
    /// Mentions refuted of which nothing is known.
    unknown: usize,
    pub(crate) by_refuted: Balance,
    pub(crate) by_any: Balance,
    pub(crate) calibration: Calibration,
    /// By the indices of [`DEPTHS`].
    by_words: [Share; DEPTHS.len()],
    by_meaning: [Share; DEPTHS.len()],
}

impl Score {
    /// Counts what came of the drafts of a file.
    pub(crate) fn of(drafts: &[Judged<'_>], trust: Trust) -> Self {
        let mut score = Self {
            recall: BTreeMap::new(),
            trust,
            alarms: Vec::new(),
            words: 0,
            alarmed: Share::default(),
            unknown: 0,
            by_refuted: Balance::default(),
            by_any: Balance::default(),
            calibration: Calibration::default(),
            by_words: Default::default(),
            by_meaning: Default::default(),
        };
        for draft in drafts {
            score.count_labels(draft);
            score.count_alarms(draft);
            let flagged = draft.mentions.iter().any(|m| m.said != Said::Supported);
            for (balance, hit) in [(&mut score.by_refuted, draft.refuted().next().is_some()), (&mut score.by_any, flagged)] {
                if draft.case.unfaithful { &mut balance.unfaithful } else { &mut balance.faithful }.count(hit);
            }
            for Found { by_words, by_meaning } in &draft.found {
                for (i, (_, depth)) in DEPTHS.iter().enumerate() {
                    score.by_words[i].count(by_words.is_some_and(|place| place < *depth));
                    score.by_meaning[i].count(by_meaning.is_some_and(|place| place < *depth));
                }
            }
        }
        score
    }

    fn count_labels(&mut self, draft: &Judged<'_>) {
        for label in draft.case.labels.iter().filter(|l| l.is_wrong()) {
            let said = draft.said(label);
            for (t, (_, certain, truths)) in TRUTHS.iter().enumerate() {
                for (k, (_, kinds)) in KINDS.iter().enumerate() {
                    let of_kind = label.kinds.iter().any(|kind| kinds.contains(&kind.as_str()));
                    if of_kind && label.certain == *certain && truths.contains(&label.truth) {
                        self.recall.entry((t, k)).or_default().count(said);
                    }
                }
            }
        }
    }

    fn count_alarms(&mut self, draft: &Judged<'_>) {
        let faithful = !draft.case.unfaithful;
        let trusted = match self.trust {
            Trust::Everything => true,
            Trust::Faithful | Trust::Labels => faithful,
        };
        self.words += if trusted { draft.case.draft.split_whitespace().count() } else { 0 };
        let mut alarms = 0;
        for mention in draft.refuted() {
            match is_right(draft, mention, self.trust) {
                Some(right) => {
                    self.calibration.count(mention.confidence, right);
                    if !right {
                        alarms += 1;
                        let (case, said) = (draft.case, &mention.message);
                        self.alarms.push(format!(
                            "{}: “{}” {said}",
                            case.id,
                            case.draft[mention.span.clone()].replace('\n', " ")
                        ));
                    }
                }
                None => self.unknown += 1,
            }
        }
        if self.trust == Trust::Labels {
            let slots = draft.case.labels.iter().filter(|l| !l.is_wrong());
            slots.for_each(|slot| self.alarmed.count(draft.said(slot) == Some(Said::Refuted)));
        } else if faithful {
            self.alarmed.count(alarms > 0);
        }
    }

    /// How many false alarms there are in a thousand words.
    pub(crate) fn alarms_per_thousand(&self) -> f64 {
        1000.0 * self.alarms.len() as f64 / self.words.max(1) as f64
    }

    /// The recall of certain labels, contradicted or unsupported, of a row of [`KINDS`].
    pub(crate) fn recall(&self, kind: &str) -> Recall {
        let kind = KINDS.iter().position(|(name, _)| *name == kind).expect("a row of the table");
        self.recall.get(&(2, kind)).copied().unwrap_or_default()
    }

    fn alarm_line(&self) -> String {
        let alarmed = self.alarmed;
        match self.trust {
            Trust::Labels => format!("false alarms: {} of {} labelled spans of faithful drafts", alarmed.part, alarmed.whole),
            Trust::Faithful | Trust::Everything => format!(
                "false alarms: {} in {} words, {:.2} per 1,000; in {} of {} faithful drafts",
                self.alarms.len(),
                self.words,
                self.alarms_per_thousand(),
                alarmed.part,
                alarmed.whole
            ),
        }
    }

    /// The file's row of the table for the README.
    pub(crate) fn summary(&self, name: &str) -> String {
        let kinds = ["figures and dates", "names", "quotations"];
        let rows = || kinds.iter().map(|kind| (kind, self.recall(kind))).filter(|(_, r)| r.refuted.whole > 0);
        let shares = |share: fn(&Recall) -> Share| {
            let words = rows().map(|(kind, r)| format!("{kind} {} of {}", share(&r).part, share(&r).whole));
            words.collect::<Vec<_>>().join(", ")
        };
        format!(
            "| {name} | {} | {} | {:.0}, {:.0} | {} |",
            shares(|r| r.refuted),
            shares(|r| r.doubted),
            self.by_refuted.accuracy(),
            self.by_any.accuracy(),
            self.alarm_line().trim_start_matches("false alarms: ")
        )
    }

    /// How many of the right answers stand in the first three passages.
    pub(crate) fn retrieved(&self) -> Share {
        self.by_meaning[1]
    }
}

/// Whether a mention was rightly refuted; `None` if that is not known.
fn is_right(draft: &Judged<'_>, mention: &Mention, trust: Trust) -> Option<bool> {
    let labels: Vec<&Label> = draft.labels(mention).collect();
    if let Some(wrong) = labels.iter().find(|l| l.is_wrong()) {
        return wrong.certain.then_some(true);
    }
    let known = match trust {
        Trust::Everything => true,
        Trust::Faithful => !draft.case.unfaithful,
        Trust::Labels => !labels.is_empty(),
    };
    known.then_some(false)
}

impl Display for Score {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (t, (truth, ..)) in TRUTHS.iter().enumerate() {
            let rows: Vec<_> =
                KINDS.iter().enumerate().filter_map(|(k, (kind, _))| Some((kind, self.recall.get(&(t, k))?))).collect();
            // The sum of two says nothing more where one of them is empty.
            if rows.is_empty() || t == 2 && !self.recall.keys().any(|(t, _)| *t == 1) {
                continue;
            }
            let heads = ["refuted", "or not found", "or conflicting", "supported", "not read"].map(|head| format!("{head:<15}"));
            writeln!(f, "  {truth:<30}{}", heads.concat().trim_end())?;
            for (kind, r) in rows {
                writeln!(f, "    {kind:<28}{:<15}{:<15}{:<15}{:<15}{}", r.refuted, r.doubted, r.flagged, r.supported, r.unread)?;
            }
        }
        writeln!(f, "  {}; refuted where nothing is known: {}", self.alarm_line(), self.unknown)?;
        self.alarms.iter().try_for_each(|alarm| writeln!(f, "    {alarm}"))?;
        for (what, balance) in [("refuted", self.by_refuted), ("refuted, conflicting or not found", self.by_any)] {
            writeln!(
                f,
                "  draft flagged if any is {what:<34} unfaithful {}, faithful {}, balanced accuracy {:.1}",
                balance.unfaithful,
                balance.faithful,
                balance.accuracy()
            )?;
        }
        writeln!(f, "  right answer in the passages   {}", DEPTHS.map(|(name, _)| format!("{name:<15}")).concat().trim_end())?;
        for (order, shares) in [("by words (the index)", self.by_words), ("by meaning, too (gather)", self.by_meaning)] {
            writeln!(f, "    {order:<28} {}", shares.map(|share| format!("{share:<15}")).concat().trim_end())?;
        }
        write!(f, "{}", self.calibration)
    }
}
