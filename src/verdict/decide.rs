//! Whether what differs stands in a mention's place: one probability, from the best counterpart that differs and the best that agrees.

use crate::{
    claim::MentionKind,
    evidence::{Feature, Pair, Relation},
};

/// What speaks for and against a mention.
pub(super) struct Case<'e> {
    /// The mention's kind.
    pub(super) kind: &'e MentionKind,
    /// The source's mentions that differ, best aligned first, each with its canonical words.
    pub(super) differs: &'e [(&'e Pair, String)],
    /// The best aligned that agrees.
    pub(super) agrees: Option<&'e Pair>,
    /// The best aligned that says less.
    pub(super) finer: Option<&'e Pair>,
}

/// Candidates looked at.
const CANDIDATES: usize = 8;

impl Case<'_> {
    /// The index of the counterpart that speaks loudest against the mention, and the probability that the mention is wrong.
    pub(super) fn decide(&self) -> Option<(usize, f32)> {
        let candidates = 0..self.differs.len().min(CANDIDATES);
        let judged = candidates.map(|i| (i, probability(self.kind, &self.features(i))));
        judged.fold(None, |best: Option<(usize, f32)>, (i, p)| if best.is_none_or(|(_, q)| p > q) { Some((i, p)) } else { best })
    }

    /// The reasons that the decision weighs, by name.
    pub(super) fn features(&self, candidate: usize) -> Vec<Feature> {
        let (differs, words) = &self.differs[candidate];
        let of = |pair: &Pair, name: &str| pair.features.iter().find(|f| f.name == name).map_or(0.0, |f| f.value);
        let d = |name: &str| of(differs, name);
        let a = |name: &str| self.agrees.map_or(0.0, |pair| of(pair, name));
        let flag = |is: bool| f32::from(u8::from(is));
        let mut out: Vec<Feature> =
            ["topic", "local", "mutual", "slot", "before", "after", "alone"].map(|name| Feature { name, value: d(name) }).into();
        let mut add = |name, value| out.push(Feature { name, value });
        add("agree", self.agrees.map_or(0.0, |pair| pair.score));
        add("agree-local", a("local"));
        add("absent", flag(self.agrees.is_none()));
        add("topic²", d("topic") * d("topic"));
        add("topic·local", d("topic") * d("local"));
        add("topic·beside", d("topic") * d("before").max(d("after")));
        add("gain", (d("topic") - a("topic")).max(0.0));
        // Several sentences that have the same in this place.
        let votes = self.differs.iter().take(CANDIDATES).filter(|(pair, other)| other == words && pair.score > 0.2).count();
        add("votes", votes.min(3) as f32 / 3.0);
        match self.kind {
            MentionKind::Quantity(_) => {
                add("finer", self.finer.map_or(0.0, |pair| pair.score));
                add("noun", d("noun"));
                add("topic·noun", d("topic") * d("noun"));
                add("specific", a("specific"));
                add("agree-noun", a("noun"));
            }
            MentionKind::Name(_) => {
                let misspelled = flag(differs.relation == Relation::Misspelled);
                add("role", d("role"));
                add("other role", d("other role"));
                add("agree-role", a("role"));
                add("agree-other-role", a("other role"));
                add("class", d("class"));
                add("misspelled", misspelled);
                add("misspelled·absent", misspelled * flag(self.agrees.is_none()));
            }
            _ => add("finer", self.finer.map_or(0.0, |pair| pair.score)),
        }
        out
    }
}

/// The probability that the draft is wrong here, 0 to 1: a logistic regression.
fn probability(kind: &MentionKind, features: &[Feature]) -> f32 {
    let (bias, weights) = match kind {
        MentionKind::Quantity(_) => QUANTITY,
        MentionKind::Date(_) => DATE,
        _ => NAME,
    };
    let z =
        features.iter().fold(bias, |z, f| z + weights.iter().find(|(name, _)| *name == f.name).map_or(0.0, |(_, w)| w * f.value));
    1.0 / (1.0 + (-z).exp())
}

type Weights = (f32, &'static [(&'static str, f32)]);

const QUANTITY: Weights = (
    -2.13,
    &[
        ("topic", 0.28),
        ("local", 0.58),
        ("mutual", 0.12),
        ("slot", 0.95),
        ("before", 0.66),
        ("after", 0.54),
        ("alone", -0.32),
        ("agree", -1.03),
        ("agree-local", -0.84),
        ("absent", 0.46),
        ("topic²", 0.24),
        ("topic·local", 0.53),
        ("topic·beside", 0.76),
        ("gain", 1.02),
        ("votes", 0.27),
        ("finer", -0.35),
        ("noun", 0.39),
        ("topic·noun", 0.79),
        ("specific", -0.07),
        ("agree-noun", -0.69),
    ],
);
const NAME: Weights = (
    -3.88,
    &[
        ("topic", 0.86),
        ("local", 0.92),
        ("mutual", 1.04),
        ("slot", 0.73),
        ("before", 0.80),
        ("after", 0.03),
        ("alone", -0.07),
        ("agree", -1.52),
        ("agree-local", -0.70),
        ("absent", 1.12),
        ("topic²", 0.78),
        ("topic·local", 0.57),
        ("topic·beside", 0.14),
        ("gain", 1.37),
        ("votes", 0.93),
        ("role", 0.19),
        ("other role", 0.11),
        ("agree-role", -0.22),
        ("agree-other-role", 0.42),
        ("class", 1.03),
        ("misspelled", -0.27),
        ("misspelled·absent", 0.39),
    ],
);
const DATE: Weights = (
    -3.00,
    &[
        ("topic", 0.33),
        ("local", 0.39),
        ("mutual", 0.66),
        ("slot", 1.04),
        ("before", 1.09),
        ("after", 0.42),
        ("alone", -0.18),
        ("agree", -1.38),
        ("agree-local", -0.58),
        ("absent", 1.62),
        ("topic²", 0.15),
        ("topic·local", 0.13),
        ("topic·beside", 0.85),
        ("gain", 0.80),
        ("votes", 0.75),
        ("finer", -1.16),
    ],
);
