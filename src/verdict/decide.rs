//! Whether what differs stands in a mention's place: one probability, from the best counterpart that differs and the best that agrees.

use crate::{
    claim::MentionKind,
    evidence::{Feature, Pair, Relation},
};

/// The reasons that the decision weighs, by name.
pub(super) fn features(kind: &MentionKind, differs: &Pair, agrees: Option<&Pair>, finer: Option<&Pair>) -> Vec<Feature> {
    let of = |pair: &Pair, name: &str| pair.features.iter().find(|f| f.name == name).map_or(0.0, |f| f.value);
    let d = |name: &str| of(differs, name);
    let a = |name: &str| agrees.map_or(0.0, |pair| of(pair, name));
    let flag = |is: bool| f32::from(u8::from(is));
    let mut out: Vec<Feature> =
        ["topic", "local", "mutual", "slot", "before", "after", "alone"].map(|name| Feature { name, value: d(name) }).into();
    let mut add = |name, value| out.push(Feature { name, value });
    add("agree", agrees.map_or(0.0, |pair| pair.score));
    add("agree-local", a("local"));
    add("absent", flag(agrees.is_none()));
    add("topic²", d("topic") * d("topic"));
    add("topic·local", d("topic") * d("local"));
    add("topic·beside", d("topic") * d("before").max(d("after")));
    match kind {
        MentionKind::Quantity(_) => {
            add("finer", finer.map_or(0.0, |pair| pair.score));
            add("noun", d("noun"));
            add("topic·noun", d("topic") * d("noun"));
            add("specific", a("specific"));
        }
        MentionKind::Name(_) => {
            let misspelled = flag(differs.relation == Relation::Misspelled);
            add("role", d("role"));
            add("class", d("class"));
            add("misspelled", misspelled);
            add("misspelled·absent", misspelled * flag(agrees.is_none()));
        }
        _ => add("finer", finer.map_or(0.0, |pair| pair.score)),
    }
    out
}

/// The probability that the draft is wrong here, 0 to 1: a logistic regression.
pub(super) fn probability(kind: &MentionKind, features: &[Feature]) -> f32 {
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
    -1.96,
    &[
        ("topic", 0.27),
        ("local", 0.81),
        ("mutual", 0.23),
        ("slot", 0.92),
        ("before", 0.65),
        ("after", 0.38),
        ("alone", -0.26),
        ("agree", -1.58),
        ("agree-local", -1.03),
        ("absent", 0.71),
        ("finer", -0.26),
        ("topic²", 0.40),
        ("topic·local", 0.66),
        ("topic·beside", 0.65),
        ("noun", 0.56),
        ("topic·noun", 0.92),
        ("specific", 0.09),
    ],
);
const NAME: Weights = (
    -3.06,
    &[
        ("topic", 1.57),
        ("local", 1.01),
        ("mutual", -0.21),
        ("slot", 0.83),
        ("before", 1.35),
        ("after", -0.26),
        ("alone", -0.04),
        ("agree", -1.99),
        ("agree-local", -0.76),
        ("absent", 0.33),
        ("topic²", 0.95),
        ("topic·local", 0.49),
        ("topic·beside", 0.31),
        ("role", 0.19),
        ("misspelled", 0.47),
        ("class", 0.51),
        ("misspelled·absent", 1.33),
    ],
);
const DATE: Weights = (
    -2.72,
    &[
        ("topic", 0.70),
        ("local", 0.57),
        ("mutual", 0.70),
        ("slot", 0.95),
        ("before", 1.04),
        ("after", 0.40),
        ("alone", -0.19),
        ("agree", -1.51),
        ("agree-local", -0.62),
        ("absent", 1.84),
        ("finer", -0.99),
        ("topic²", 0.45),
        ("topic·local", 0.29),
        ("topic·beside", 0.88),
    ],
);
