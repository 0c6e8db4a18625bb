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
        add("bound", d("bound"));
        add("taken", d("taken"));
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
    -2.87,
    &[
        ("topic", 0.46),
        ("local", 0.63),
        ("mutual", 0.28),
        ("slot", 1.02),
        ("before", 0.76),
        ("after", 0.38),
        ("alone", 0.18),
        ("agree", -1.21),
        ("agree-local", -1.01),
        ("absent", 0.51),
        ("topic²", 0.49),
        ("topic·local", 0.62),
        ("topic·beside", 0.90),
        ("bound", -0.52),
        ("taken", -0.98),
        ("gain", 0.57),
        ("votes", 0.19),
        ("finer", -0.36),
        ("noun", 0.59),
        ("topic·noun", 0.84),
        ("specific", 0.17),
        ("agree-noun", -1.01),
    ],
);
const NAME: Weights = (
    -3.96,
    &[
        ("topic", 0.54),
        ("local", 1.28),
        ("mutual", 0.72),
        ("slot", 0.79),
        ("before", 0.67),
        ("after", 0.27),
        ("alone", -0.19),
        ("agree", -2.01),
        ("agree-local", -0.90),
        ("absent", 1.05),
        ("topic²", 0.55),
        ("topic·local", 0.94),
        ("topic·beside", 0.52),
        ("bound", -0.30),
        ("taken", -0.94),
        ("gain", 1.32),
        ("votes", 0.74),
        ("role", 0.46),
        ("other role", 0.16),
        ("agree-role", -0.11),
        ("agree-other-role", 0.57),
        ("class", 1.24),
        ("misspelled", -0.09),
        ("misspelled·absent", 0.40),
    ],
);
const DATE: Weights = (
    -2.90,
    &[
        ("topic", 0.25),
        ("local", 0.39),
        ("mutual", 0.60),
        ("slot", 1.06),
        ("before", 1.11),
        ("after", 0.45),
        ("alone", -0.23),
        ("agree", -1.41),
        ("agree-local", -0.59),
        ("absent", 1.64),
        ("topic²", 0.05),
        ("topic·local", 0.12),
        ("topic·beside", 0.88),
        ("bound", -0.06),
        ("taken", -0.13),
        ("gain", 0.77),
        ("votes", 0.55),
        ("finer", -1.21),
    ],
);
