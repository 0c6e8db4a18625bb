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

/// The least share of the claim's words that a sentence must speak of before the name it has in a mention's place is held against it.
/// Where the sources tell other stories too, somebody with the same role is found in one of them.
const SAME_TOPIC: f32 = 0.25;

impl Case<'_> {
    /// The index of the counterpart that speaks loudest against the mention, and the probability that the mention is wrong.
    pub(super) fn decide(&self) -> Option<(usize, f32)> {
        if self.is_verbatim() {
            return None;
        }
        let candidates = 0..self.differs.len().min(CANDIDATES);
        let name = matches!(self.kind, MentionKind::Name(_));
        let speaks = |&i: &usize| !name || feature(self.differs[i].0, "topic") >= SAME_TOPIC;
        let judged = candidates.filter(speaks).map(|i| (i, probability(self.kind, &self.features(i))));
        judged.fold(None, |best: Option<(usize, f32)>, (i, p)| if best.is_none_or(|(_, q)| p > q) { Some((i, p)) } else { best })
    }

    /// Whether a source has this very sentence with the same in this place: then nothing that stands in other sentences, however many
    /// and alike, speaks against the mention.
    fn is_verbatim(&self) -> bool {
        let at_least = |pair: &Pair, name: &str, least: f32| feature(pair, name) >= least;
        self.agrees
            .is_some_and(|p| at_least(p, "topic", 0.95) && ["slot", "before", "after"].iter().all(|n| at_least(p, n, 0.99)))
    }

    /// The reasons that the decision weighs, by name.
    pub(super) fn features(&self, candidate: usize) -> Vec<Feature> {
        let (differs, words) = &self.differs[candidate];
        let d = |name: &str| feature(differs, name);
        let a = |name: &str| self.agrees.map_or(0.0, |pair| feature(pair, name));
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

fn feature(pair: &Pair, name: &str) -> f32 {
    pair.features.iter().find(|f| f.name == name).map_or(0.0, |f| f.value)
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
    -2.88,
    &[
        ("topic", 0.51),
        ("local", 0.66),
        ("mutual", 0.56),
        ("slot", 0.99),
        ("before", 0.73),
        ("after", 0.72),
        ("alone", 0.33),
        ("agree", -1.39),
        ("agree-local", -1.08),
        ("absent", 0.34),
        ("topic²", 0.52),
        ("topic·local", 0.63),
        ("topic·beside", 0.75),
        ("bound", -0.48),
        ("taken", -1.26),
        ("gain", 0.72),
        ("votes", 0.06),
        ("noun", 0.56),
        ("topic·noun", 0.85),
        ("specific", 0.15),
        ("agree-noun", -0.98),
    ],
);
const NAME: Weights = (
    -4.15,
    &[
        ("topic", 0.65),
        ("local", 1.21),
        ("mutual", 0.98),
        ("slot", 0.87),
        ("before", 0.34),
        ("after", 0.26),
        ("alone", 0.00),
        ("agree", -1.66),
        ("agree-local", -0.67),
        ("absent", 1.30),
        ("topic²", 0.64),
        ("topic·local", 0.89),
        ("topic·beside", 0.53),
        ("bound", -0.70),
        ("taken", -0.40),
        ("gain", 1.45),
        ("votes", 0.89),
        ("role", 0.41),
        ("other role", 0.15),
        ("agree-role", -0.11),
        ("agree-other-role", 0.53),
        ("class", 0.99),
        ("misspelled", -0.19),
        ("misspelled·absent", 0.32),
    ],
);
const DATE: Weights = (
    -3.08,
    &[
        ("topic", 0.35),
        ("local", 0.69),
        ("mutual", 0.71),
        ("slot", 1.16),
        ("before", 1.21),
        ("after", 0.33),
        ("alone", -0.14),
        ("agree", -1.52),
        ("agree-local", -0.66),
        ("absent", 1.67),
        ("topic²", 0.19),
        ("topic·local", 0.40),
        ("topic·beside", 0.81),
        ("bound", -0.41),
        ("taken", -0.42),
        ("gain", 0.96),
        ("votes", 0.51),
        ("finer", -1.10),
    ],
);
