//! Which of the candidates stand in which mention's place: the best first, one to one.

use crate::evidence::{Feature, Pair, Relation, weights};

/// The least score of a pair that is kept though the assignment did not choose it.
const RIVAL: f32 = 0.1;
/// How much better a shared agreement counts than a difference that is left for it.
const SHARED: f32 = 2.0;

/// How much more likely the same is to stand in a place than what is only compatible with it: "Nairobi" before "Kenya".
const SAME: f32 = 0.2;

/// A pair that may be: the draft's element, the source's, and what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) d: usize,
    pub(super) s: usize,
    pub(super) pair: Pair,
    /// Whether the draft's is a place in which the source's lies.
    pub(super) holds: bool,
}

impl Candidate {
    fn agrees(&self) -> bool {
        matches!(self.pair.relation, Relation::Same | Relation::Compatible)
    }

    /// Its place in the order of assignment. What agrees goes before what does not, for a value that stands in both sentences is seldom in
    /// another's place.
    fn rank(&self) -> f32 {
        let agrees = if self.agrees() { weights::AGREES } else { 0.0 };
        self.pair.score + agrees + if self.pair.relation == Relation::Same { SAME } else { 0.0 }
    }
}

/// Assigns one to one; then shares agreement; then adds what else could stand in a mention's place. In the order of the draft's mentions.
pub(super) fn assign(mut candidates: Vec<Candidate>) -> Vec<Pair> {
    candidates.sort_by(|a, b| b.rank().total_cmp(&a.rank()).then((a.d, a.s).cmp(&(b.d, b.s))));
    let (chosen, rest) = choose(candidates);
    let agreed: Vec<(usize, usize)> = chosen.iter().filter(|c| c.agrees()).map(|c| (c.d, c.s)).collect();
    let mut pairs = share(chosen, &rest);
    add_rivals(&mut pairs, rest, &agreed);
    pairs.sort_by_key(|p| p.draft);
    pairs
}

/// Takes each candidate of which neither side is taken; gives these, and the others.
fn choose(candidates: Vec<Candidate>) -> (Vec<Candidate>, Vec<Candidate>) {
    let (mut taken_d, mut taken_s) = (Vec::new(), Vec::new());
    candidates.into_iter().partition(|c| {
        let free = !taken_d.contains(&c.d) && !taken_s.contains(&c.s);
        if free {
            taken_d.push(c.d);
            taken_s.push(c.s);
        }
        free
    })
}

/// A draft may say a thing twice ("six in one town and six in the other") that this sentence says once: agreement may be shared, and
/// whoever has it is not refuted by what was left over.
fn share(chosen: Vec<Candidate>, rest: &[Candidate]) -> Vec<Pair> {
    let mut taken: Vec<usize> = chosen.iter().map(|c| c.d).collect();
    let mut pairs: Vec<Pair> = chosen.into_iter().map(|c| c.pair).collect();
    for Candidate { d, pair, .. } in rest.iter().filter(|c| c.pair.relation == Relation::Same) {
        let left = pairs.iter_mut().find(|p| p.draft == pair.draft && p.relation == Relation::Differs);
        if let Some(left) = left.filter(|left| pair.score * SHARED > left.score) {
            *left = pair.clone();
        } else if !taken.contains(d) {
            taken.push(*d);
            pairs.push(pair.clone());
        }
    }
    // "U.K. campaigners in London", of "campaigners in London": the one place speaks for both.
    for Candidate { d, pair, .. } in rest.iter().filter(|c| c.holds) {
        if !taken.contains(d) {
            taken.push(*d);
            pairs.push(pair.clone());
        }
    }
    pairs
}

/// What else could stand there: the value may stand in this sentence too, attached to something else, or with another name's role. Marked
/// by the features "bound" (the draft's mention has its like here) and "taken" (the source's is the like of another).
fn add_rivals(pairs: &mut Vec<Pair>, rest: Vec<Candidate>, agreed: &[(usize, usize)]) {
    for Candidate { d, s, mut pair, .. } in rest {
        let differs = matches!(pair.relation, Relation::Differs | Relation::Misspelled);
        if differs && pair.score >= RIVAL && !pairs.iter().any(|p| (p.draft, p.source) == (pair.draft, pair.source)) {
            pair.features.push(Feature::flag("bound", agreed.iter().any(|(e, _)| *e == d)));
            pair.features.push(Feature::flag("taken", agreed.iter().any(|(_, t)| *t == s)));
            pairs.push(pair);
        }
    }
}
