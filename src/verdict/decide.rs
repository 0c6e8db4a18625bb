//! Whether what differs stands in a mention's place: one probability, from the best counterpart that differs and the best that agrees.

use crate::{
    claim::MentionKind,
    evidence::{Feature, Pair, Relation},
};

/// What speaks for and against a mention.
pub(super) struct Case<'e> {
    /// The mention's words, folded.
    pub(super) words: String,
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

/// What a name that is nearly the draft's gains over another, in the choice between them alone.
const NEARLY: f32 = 0.4;

impl Case<'_> {
    /// The index of the counterpart that speaks loudest against the mention, and the probability that the mention is wrong.
    pub(super) fn decide(&self) -> Option<(usize, f32)> {
        let candidates = 0..self.differs.len().min(CANDIDATES);
        let name = matches!(self.kind, MentionKind::Name(_));
        let speaks = |&i: &usize| !name || feature(self.differs[i].0, "topic") >= SAME_TOPIC && !self.is_within(i);
        let judged = candidates.filter(speaks).map(|i| (i, probability(self.kind, &self.features(i))));
        // A name that is nearly the draft's, or shares a word with it, is its counterpart before any that is wholly another.
        let rank = |(i, p): (usize, f32)| p + if name && self.is_near(i) { NEARLY } else { 0.0 };
        judged.fold(
            None,
            |best: Option<(usize, f32)>, next| if best.is_none_or(|b| rank(next) > rank(b)) { Some(next) } else { best },
        )
    }

    /// Whether a candidate is nearly the draft's name, or shares its surname or another word of four letters with it.
    fn is_near(&self, candidate: usize) -> bool {
        let (pair, words) = &self.differs[candidate];
        let shared = |word: &str| word.chars().count() >= 4 && words.split_whitespace().any(|other| other == word);
        pair.relation == Relation::Misspelled || self.words.split_whitespace().any(shared)
    }

    /// Whether a candidate has the draft's words, or some of them at its beginning or end: "Ruiz", of husband and wife, is no answer to
    /// "Mrs Ruiz", though it may be somebody else's name, and "Zoo Victoria's Reptile House" none to "Zoo Victoria".
    fn is_within(&self, candidate: usize) -> bool {
        let (ours, theirs) = (&self.words, &self.differs[candidate].1);
        let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with([' ', '\'', '’']));
        let within = |long: &str, short: &str| ends(long, short) || begins(long, short);
        within(ours, theirs) || within(theirs, ours)
    }

    /// The reasons that the decision weighs, by name.
    pub(super) fn features(&self, candidate: usize) -> Vec<Feature> {
        let (differs, words) = &self.differs[candidate];
        let d = |name: &str| feature(differs, name);
        let a = |name: &str| self.agrees.map_or(0.0, |pair| feature(pair, name));
        let flag = |is: bool| f32::from(u8::from(is));
        let absent = flag(self.agrees.is_none());
        let mut out: Vec<Feature> =
            ["topic", "local", "mutual", "slot", "before", "after", "alone"].map(|name| Feature { name, value: d(name) }).into();
        let mut add = |name, value| out.push(Feature { name, value });
        add("agree", self.agrees.map_or(0.0, |pair| pair.score));
        add("agree-local", a("local"));
        add("absent", absent);
        add("topic²", d("topic") * d("topic"));
        add("topic·local", d("topic") * d("local"));
        add("topic·beside", d("topic") * d("before").max(d("after")));
        add("bound", d("bound"));
        add("taken", d("taken"));
        add("gain", (d("topic") - a("topic")).max(0.0));
        // Several sentences that have the same in this place.
        let votes = self.differs.iter().take(CANDIDATES).filter(|(pair, other)| other == words && pair.score > 0.2).count();
        add("votes", votes.min(3) as f32 / 3.0);
        let finer = self.finer.map_or(0.0, |pair| pair.score);
        match self.kind {
            MentionKind::Quantity(_) => {
                add("noun", d("noun"));
                add("topic·noun", d("topic") * d("noun"));
                add("specific", a("specific"));
                add("agree-noun", a("noun"));
                add("swapped", d("bound") * d("taken") * (d("noun") - a("noun")).max(0.0));
                add("magnitude", d("magnitude"));
                add("magnitude·absent", d("magnitude") * absent);
                add("topic·magnitude", d("topic") * d("magnitude"));
                add("digits", d("digits"));
                add("digits·absent", d("digits") * absent);
            }
            MentionKind::Name(_) => {
                let misspelled = flag(differs.relation == Relation::Misspelled);
                add("role", d("role"));
                add("other role", d("other role"));
                add("agree-role", a("role"));
                add("agree-other-role", a("other role"));
                add("class", d("class"));
                add("misspelled", misspelled);
                add("misspelled·absent", misspelled * absent);
                // What the draft has of one in a sentence stands with another there, and that one's with the first.
                add("swapped", d("bound") * d("taken") * (d("role") - a("role")).max(0.0));
                add("finer", finer);
                add("finer·absent", finer * absent);
                add("shared word", d("shared word"));
                add("shared word·absent", d("shared word") * absent);
                add("letters", d("letters"));
                add("letters·absent", d("letters") * absent);
                add("class·absent", d("class") * absent);
                add("local·absent", d("local") * absent);
            }
            _ => {
                add("finer", finer);
                add("form", d("form"));
                add("form·absent", d("form") * absent);
                add("topic·form", d("topic") * d("form"));
                add("make", d("make"));
                add("local·absent", d("local") * absent);
            }
        }
        out
    }
}

fn feature(pair: &Pair, name: &str) -> f32 {
    Feature::value_of(&pair.features, name)
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

/// A bias, and a weight for each feature by name. Fitted by `tests/fit/fit.py` on the drafts of tests/gold and the cases of tests/spec, on more
/// drafts of the kind over news articles, and on the edited summaries of SummEdits (Laban et al. 2023); of the last two no text is in this
/// project.
type Weights = (f32, &'static [(&'static str, f32)]);

const QUANTITY: Weights = (
    -3.23,
    &[
        ("topic", 0.34),
        ("local", 1.51),
        ("mutual", 0.47),
        ("slot", 0.71),
        ("before", 0.16),
        ("after", 0.31),
        ("alone", 0.58),
        ("agree", -1.51),
        ("agree-local", -2.36),
        ("absent", -0.50),
        ("topic²", -0.06),
        ("topic·local", 0.47),
        ("topic·beside", 0.91),
        ("bound", 0.03),
        ("taken", -1.10),
        ("gain", 0.74),
        ("votes", 0.63),
        ("noun", 0.97),
        ("topic·noun", 0.44),
        ("specific", 0.63),
        ("agree-noun", -0.93),
        ("swapped", 0.05),
        ("magnitude", 1.49),
        ("magnitude·absent", 0.19),
        ("topic·magnitude", 0.71),
        ("digits", 0.17),
        ("digits·absent", 0.85),
    ],
);
const NAME: Weights = (
    -3.63,
    &[
        ("topic", 0.94),
        ("local", 1.63),
        ("mutual", 0.99),
        ("slot", 0.74),
        ("before", 0.67),
        ("after", -0.07),
        ("alone", 0.14),
        ("agree", -2.29),
        ("agree-local", -1.10),
        ("absent", 0.07),
        ("topic²", 0.96),
        ("topic·local", 1.17),
        ("topic·beside", 0.59),
        ("bound", -0.73),
        ("taken", -0.34),
        ("gain", 1.41),
        ("votes", 0.55),
        ("role", -0.12),
        ("other role", 0.80),
        ("agree-role", 0.88),
        ("agree-other-role", 0.84),
        ("class", 0.89),
        ("misspelled", -0.31),
        ("misspelled·absent", 0.76),
        ("swapped", 0.79),
        ("finer", -0.61),
        ("finer·absent", 1.46),
        ("shared word", 0.53),
        ("shared word·absent", 0.98),
        ("letters", -0.10),
        ("letters·absent", 1.03),
        ("class·absent", -0.10),
        ("local·absent", 0.28),
    ],
);
const DATE: Weights = (
    -2.38,
    &[
        ("topic", 0.59),
        ("local", 1.13),
        ("mutual", 1.58),
        ("slot", 1.02),
        ("before", 1.27),
        ("after", 0.31),
        ("alone", -0.26),
        ("agree", -2.65),
        ("agree-local", -1.76),
        ("absent", -0.08),
        ("topic²", -0.00),
        ("topic·local", 0.38),
        ("topic·beside", 0.56),
        ("bound", -0.70),
        ("taken", -0.54),
        ("gain", 2.26),
        ("votes", 0.57),
        ("finer", -0.59),
        ("form", 0.29),
        ("form·absent", 0.83),
        ("topic·form", 0.32),
        ("make", 0.19),
        ("local·absent", 0.27),
    ],
);
