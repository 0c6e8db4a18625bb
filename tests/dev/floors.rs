//! What each file must at least give: the measured figures and a little slack. Raise them when those rise.

use crate::{Trust, score::Score};

/// The figures of a file that must not get worse, in percent unless said otherwise.
pub(crate) struct Floors {
    /// A file, or a folder of them, beside Cargo.toml.
    pub(crate) files: &'static str,
    pub(crate) trust: Trust,
    /// The least share of certain errors that are refuted, and that are refuted or called not in the sources, by row of the table.
    recall: &'static [(&'static str, f64, f64)],
    /// The most false alarms in a thousand words.
    alarms: f64,
    /// The most faithful drafts, or labelled spans of them, with a false alarm.
    alarmed: f64,
    /// The least balanced accuracy: by what is refuted, and by whatever is not supported.
    balance: (f64, f64),
    /// The least share of right answers in the first three passages.
    retrieved: f64,
    /// The largest calibration error.
    calibration: f64,
}

pub(crate) const FLOORS: &[Floors] = &[
    Floors {
        files: "../shared/dev/bump.jsonl",
        trust: Trust::Labels,
        recall: &[("figures and dates", 43.0, 68.0), ("names", 16.0, 50.0)],
        alarms: 0.6,
        alarmed: 3.0,
        balance: (56.0, 57.0),
        retrieved: 76.0,
        calibration: 20.0,
    },
    Floors {
        files: "../shared/dev/summedits_news.jsonl",
        trust: Trust::Faithful,
        recall: &[("figures", 50.0, 50.0), ("names", 25.0, 50.0)],
        alarms: 0.7,
        alarmed: 2.0,
        balance: (62.0, 66.0),
        retrieved: 67.0,
        calibration: 20.0,
    },
    Floors {
        files: "../shared/dev/summedits_ectsum.jsonl",
        trust: Trust::Faithful,
        recall: &[("figures", 91.0, 91.0), ("names", 50.0, 50.0)],
        alarms: 1.1,
        alarmed: 4.5,
        balance: (82.0, 82.0),
        retrieved: 96.0,
        calibration: 20.0,
    },
    Floors {
        files: "tests/gold",
        trust: Trust::Everything,
        recall: &[("figures", 73.0, 88.0), ("dates", 83.0, 92.0), ("names", 56.0, 71.0), ("quotations", 92.0, 92.0)],
        alarms: 2.0,
        alarmed: 45.0,
        balance: (71.0, 49.0),
        retrieved: 87.0,
        calibration: 10.0,
    },
    Floors {
        files: "tests/rewrites",
        trust: Trust::Everything,
        recall: &[("figures and dates", 32.0, 73.0), ("names", 22.0, 76.0), ("quotations", 96.0, 96.0)],
        alarms: 1.5,
        alarmed: 25.0,
        balance: (80.0, 48.0),
        retrieved: 60.0,
        calibration: 18.0,
    },
    Floors {
        files: "tests/stories/fitted",
        trust: Trust::Faithful,
        recall: &[("figures and dates", 46.0, 76.0), ("names", 52.0, 68.0), ("quotations", 60.0, 82.0)],
        alarms: 1.6,
        alarmed: 52.0,
        balance: (72.0, 48.0),
        retrieved: 0.0,
        calibration: 25.0,
    },
    Floors {
        files: "tests/stories/unseen",
        trust: Trust::Faithful,
        recall: &[("figures and dates", 46.0, 82.0), ("names", 40.0, 62.0), ("quotations", 70.0, 82.0)],
        alarms: 1.7,
        alarmed: 45.0,
        balance: (75.0, 48.0),
        retrieved: 0.0,
        calibration: 25.0,
    },
];

impl Floors {
    /// What is worse than it must be.
    pub(crate) fn complaints(&self, score: &Score) -> Vec<String> {
        let mut all: Vec<(String, f64, f64)> = Vec::new();
        for (kind, refuted, doubted) in self.recall {
            let recall = score.recall(kind);
            all.push((format!("{kind} refuted"), recall.refuted.percent(), *refuted));
            all.push((format!("{kind} refuted or not found"), recall.doubted.percent(), *doubted));
        }
        all.push(("balanced accuracy by what is refuted".into(), score.by_refuted.accuracy(), self.balance.0));
        all.push(("balanced accuracy by whatever is not supported".into(), score.by_any.accuracy(), self.balance.1));
        all.push(("right answers in three passages".into(), score.retrieved().percent(), self.retrieved));
        // More is worse.
        all.push(("false alarms in 1,000 words".into(), -score.alarms_per_thousand(), -self.alarms));
        all.push(("false alarms on what is faithful".into(), -score.alarmed.percent(), -self.alarmed));
        all.push(("calibration error".into(), -score.calibration.error(), -self.calibration));
        all.retain(|(_, is, least)| is < least);
        let line = |(what, is, least): (String, f64, f64)| format!("{what}: {:.2}, demanded {:.2}", is.abs(), least.abs());
        all.into_iter().map(line).collect()
    }
}
