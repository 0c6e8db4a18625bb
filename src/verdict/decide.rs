//! Whether what differs stands in a mention's place: one probability, from the best counterpart that differs and the best that agrees.

use super::{reason::PassedOver, sum::Sum};
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
    pub(super) differs: Vec<(&'e Pair, String)>,
    /// The best aligned that agrees.
    pub(super) agrees: Option<&'e Pair>,
    /// The best aligned that says less.
    pub(super) finer: Option<&'e Pair>,
}

/// Candidates looked at.
pub(super) const CANDIDATES: usize = 8;

/// The least share of the claim's words that a sentence must speak of before the name it has in a mention's place is held against it.
/// Where the sources tell other stories too, somebody with the same role is found in one of them.
const SAME_TOPIC: f32 = 0.15;

/// What a name that is nearly the draft's gains over another, in the choice between them alone.
const NEARLY: f32 = 0.4;

/// The same for a figure that is to its movement what the draft's is: where "rose to 40" meets "rose from 40 to 50", 50 is its answer.
const SAME_EXTENT: f32 = 0.05;

impl Case<'_> {
    /// The index of the counterpart that speaks loudest against the mention, and the probability that the mention is wrong.
    pub(super) fn decide(&self) -> Option<(usize, f32)> {
        let candidates = 0..self.differs.len().min(CANDIDATES);
        let name = matches!(self.kind, MentionKind::Name(_));
        let judged = candidates.filter(|i| self.passed_over(*i).is_none()).map(|i| (i, self.sum(i).probability()));
        // A name that is nearly the draft's, or shares a word with it, is its counterpart before any that is wholly another.
        let extent = |i: usize| feature(self.differs[i].0, "extent") * SAME_EXTENT;
        let rank = |(i, p): (usize, f32)| p + extent(i) + if name && self.is_near(i) { NEARLY } else { 0.0 };
        judged.fold(
            None,
            |best: Option<(usize, f32)>, next| if best.is_none_or(|b| rank(next) > rank(b)) { Some(next) } else { best },
        )
    }

    /// What speaks against a mention from the place of a candidate, added up.
    pub(super) fn sum(&self, candidate: usize) -> Sum {
        let (bias, weights) = match self.kind {
            MentionKind::Quantity(_) => QUANTITY,
            MentionKind::Date(_) => DATE,
            _ => NAME,
        };
        Sum::of(bias, weights, &self.features(candidate))
    }

    /// Why a candidate is not heard, if it is not.
    pub(super) fn passed_over(&self, candidate: usize) -> Option<PassedOver> {
        if !matches!(self.kind, MentionKind::Name(_)) {
            return None;
        }
        if feature(self.differs[candidate].0, "topic") < SAME_TOPIC {
            return Some(PassedOver::OtherTopic);
        }
        self.is_within(candidate).then_some(PassedOver::Within)
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
    fn features(&self, candidate: usize) -> Vec<Feature> {
        let (differs, words) = &self.differs[candidate];
        let d = |name: &str| feature(differs, name);
        let a = |name: &str| self.agrees.map_or(0.0, |pair| feature(pair, name));
        let flag = |is: bool| f32::from(u8::from(is));
        let absent = flag(self.agrees.is_none());
        let mut out: Vec<Feature> =
            ["topic", "local", "mutual", "slot", "before", "after", "alone", "verb", "one reports", "company", "lead"]
                .map(|name| Feature { name, value: d(name) })
                .into();
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
        let same_thing = match self.kind {
            MentionKind::Quantity(_) => Some("noun"),
            MentionKind::Name(_) => Some("role"),
            _ => None,
        };
        let nearer = self.agrees.map_or(0.0, |_| nearer(&d, &a, same_thing));
        add("nearer", nearer);
        add("topic·nearer", nearer * d("topic"));
        add("topic·verb", d("topic") * d("verb"));
        add("topic·company", d("topic") * d("company"));
        add("gain·verb", (d("topic") - a("topic")).max(0.0) * d("verb"));
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
                add("transposed", d("transposed"));
                add("transposed·absent", d("transposed") * absent);
                add("same digits", d("same digits"));
                add("same digits·absent", d("same digits") * absent);
                add("same amount", d("same amount"));
                add("same amount·absent", d("same amount") * absent);
                add("one difference", d("one difference"));
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
                add("closeness", d("closeness"));
                add("year", d("year"));
                add("local·absent", d("local") * absent);
            }
        }
        out
    }
}

/// How much nearer what differs stands to the draft's place than what agrees, −1 to 1: "212 passengers and a crew of 18" for "18 passengers".
fn nearer(differs: &dyn Fn(&str) -> f32, agrees: &dyn Fn(&str) -> f32, same_thing: Option<&str>) -> f32 {
    let names = ["slot", "before", "after"].into_iter().chain(same_thing);
    let (count, sum) = names.fold((0.0, 0.0), |(count, sum), name| (count + 1.0, sum + differs(name) - agrees(name)));
    sum / count
}

fn feature(pair: &Pair, name: &str) -> f32 {
    Feature::value_of(&pair.features, name)
}

/// A bias, and a weight for each feature by name: a logistic regression. Fitted by `tests/fit/fit.py` on the drafts of tests/gold and the cases of tests/spec, on more
/// drafts of the kind over news articles, and on the edited summaries of SummEdits (Laban et al. 2023); of the last two no text is in this
/// project.
type Weights = (f32, &'static [(&'static str, f32)]);

const QUANTITY: Weights = (
    -4.61,
    &[
        ("topic", 0.78),
        ("local", 1.25),
        ("mutual", 0.68),
        ("slot", 0.76),
        ("before", 0.21),
        ("after", 0.12),
        ("alone", 0.67),
        ("verb", 0.21),
        ("one reports", 0.10),
        ("company", -0.25),
        ("agree", -1.10),
        ("agree-local", -1.69),
        ("absent", -0.45),
        ("topic²", -0.15),
        ("topic·local", 0.13),
        ("topic·beside", 0.78),
        ("bound", -0.07),
        ("taken", -0.71),
        ("gain", 1.35),
        ("votes", 0.67),
        ("nearer", 0.91),
        ("topic·nearer", 2.43),
        ("topic·verb", 0.24),
        ("topic·company", -0.60),
        ("gain·verb", -0.12),
        ("noun", 0.35),
        ("topic·noun", 0.53),
        ("specific", 0.24),
        ("agree-noun", -0.09),
        ("swapped", 0.33),
        ("magnitude", 1.59),
        ("magnitude·absent", 0.53),
        ("topic·magnitude", 1.01),
        ("digits", -0.05),
        ("digits·absent", 1.05),
        ("transposed", 1.25),
        ("transposed·absent", 1.28),
        ("same digits", 0.06),
        ("same digits·absent", 0.14),
        ("same amount", -0.33),
        ("same amount·absent", -0.28),
        ("one difference", -0.55),
    ],
);
const NAME: Weights = (
    -7.15,
    &[
        ("topic", 2.74),
        ("local", 1.16),
        ("mutual", 0.89),
        ("slot", 0.81),
        ("before", 0.45),
        ("after", -0.07),
        ("alone", 1.27),
        ("verb", 0.84),
        ("one reports", 1.12),
        ("company", -0.46),
        ("agree", -2.43),
        ("agree-local", -0.29),
        ("absent", -1.34),
        ("topic²", 1.14),
        ("topic·local", 0.75),
        ("topic·beside", 0.04),
        ("bound", -1.59),
        ("taken", 0.11),
        ("gain", 3.33),
        ("votes", 0.10),
        ("nearer", -0.03),
        ("topic·nearer", 1.75),
        ("topic·verb", 0.00),
        ("topic·company", 0.13),
        ("gain·verb", 0.28),
        ("role", -0.53),
        ("other role", 0.85),
        ("agree-role", 1.26),
        ("agree-other-role", -0.30),
        ("class", 1.56),
        ("misspelled", -0.03),
        ("misspelled·absent", 1.33),
        ("swapped", 1.88),
        ("finer", -2.18),
        ("finer·absent", -0.31),
        ("shared word", 0.97),
        ("shared word·absent", 2.69),
        ("letters", -0.87),
        ("letters·absent", 1.80),
        ("class·absent", 0.25),
        ("local·absent", 0.53),
    ],
);
const DATE: Weights = (
    -6.3,
    &[
        ("topic", 0.99),
        ("local", 1.07),
        ("mutual", 2.82),
        ("slot", 0.68),
        ("before", 1.28),
        ("after", -0.79),
        ("alone", 0.51),
        ("verb", 0.51),
        ("one reports", -0.44),
        ("company", 0.29),
        ("agree", -3.39),
        ("agree-local", -2.46),
        ("absent", -0.75),
        ("topic²", -1.12),
        ("topic·local", -0.20),
        ("topic·beside", 0.93),
        ("bound", -0.60),
        ("taken", -2.17),
        ("gain", 3.76),
        ("votes", 0.98),
        ("nearer", 1.56),
        ("topic·nearer", 1.51),
        ("topic·verb", 1.12),
        ("topic·company", -0.79),
        ("gain·verb", 0.58),
        ("finer", -1.13),
        ("form", 0.15),
        ("form·absent", 0.95),
        ("topic·form", 0.39),
        ("make", 0.70),
        ("closeness", 0.09),
        ("year", 2.00),
        ("local·absent", -0.51),
    ],
);
