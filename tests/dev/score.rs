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
    measure::{Balance, Calibration, Recall, Share},
    retrieval::WAYS,
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

/// The index of what the sources do not speak of among [`TRUTHS`].
const UNSUPPORTED: usize = 1;
/// The index of all certain errors among [`TRUTHS`].
const ERRORS: usize = 2;

/// How far down the order of passages the right answer may stand.
const DEPTHS: [(&str, usize); 4] = [("first", 1), ("first three", 3), ("first eight", 8), ("all", usize::MAX)];

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
    /// Mentions of faithful drafts that are called not in the sources.
    unfound: Share,
    pub(crate) by_refuted: Balance,
    pub(crate) by_any: Balance,
    pub(crate) calibration: Calibration,
    /// By the indices of [`WAYS`] and [`DEPTHS`].
    retrieval: [[Share; DEPTHS.len()]; WAYS.len()],
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
            unfound: Share::default(),
            by_refuted: Balance::default(),
            by_any: Balance::default(),
            calibration: Calibration::default(),
            retrieval: Default::default(),
        };
        for draft in drafts {
            score.count_labels(draft);
            score.count_alarms(draft);
            let flagged = draft.mentions.iter().any(|m| m.said != Said::Supported);
            for (balance, hit) in [(&mut score.by_refuted, draft.refuted().next().is_some()), (&mut score.by_any, flagged)] {
                if draft.case.unfaithful { &mut balance.unfaithful } else { &mut balance.faithful }.count(hit);
            }
            for found in &draft.found {
                for (shares, place) in score.retrieval.iter_mut().zip(found) {
                    for (share, (_, depth)) in shares.iter_mut().zip(DEPTHS) {
                        share.count(place.is_some_and(|place| place < depth));
                    }
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
        if faithful {
            draft.mentions.iter().for_each(|m| self.unfound.count(m.said == Said::NotEnoughInfo));
        }
        let mut alarms = 0;
        for mention in draft.refuted() {
            match is_right(draft, mention, self.trust) {
                Some(right) => {
                    self.calibration.count(mention.confidence, right);
                    if !right {
                        alarms += 1;
                        let words = draft.case.draft[mention.span.clone()].replace('\n', " ");
                        self.alarms.push(format!("{}: “{words}” {}", draft.case.id, mention.message));
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
        self.recall.get(&(ERRORS, kind)).copied().unwrap_or_default()
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

    /// How many of the right answers stand in the first three passages as they are gathered.
    pub(crate) fn retrieved(&self) -> Share {
        self.retrieval[1][1]
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
            if rows.is_empty() || t == ERRORS && !self.recall.keys().any(|(t, _)| *t == UNSUPPORTED) {
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
        writeln!(f, "  called not found in faithful drafts: {} of {} mentions", self.unfound.part, self.unfound.whole)?;
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
        for (way, shares) in WAYS.iter().zip(self.retrieval) {
            writeln!(f, "    {way:<28} {}", shares.map(|share| format!("{share:<15}")).concat().trim_end())?;
        }
        write!(f, "{}", self.calibration)
    }
}
