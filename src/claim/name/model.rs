//! Which words of a region are a name, and of what class: the cut of the region with the highest score. A score is the sum of the
//! weights of the features that hold, so every decision can be explained by them. The weights are fitted by `tests/fit/names.py`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    context::Scores,
    feature::{Feature, View},
    region::{Region, candidates},
};

/// The weights of one feature in hundredths: for each class in the order of [`Scores`], and for a word of no name.
type Row = [i16; 5];

static WEIGHTS: LazyLock<FxHashMap<Feature, Row>> = LazyLock::new(|| {
    include_str!("../data/names/weights.txt")
        .lines()
        .filter_map(|line| {
            let (feature, weights) = line.split_once('\t')?;
            let mut row = Row::default();
            for (weight, field) in row.iter_mut().zip(weights.split(' ')) {
                *weight = field.parse().ok()?;
            }
            Some((Feature::parse(feature)?, row))
        })
        .collect()
});

/// A name that the model reads: words `from..to` of the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub(super) from: usize,
    pub(super) to: usize,
    /// In hundredths of the weights' unit, the natural logarithm of the odds.
    pub(super) scores: Scores,
}

/// The best way to a place in the region: its score, the start of its last piece, and the scores of that piece if it is a name.
#[derive(Clone, Copy)]
struct Step {
    score: i32,
    from: usize,
    name: Option<Scores>,
}

/// Adds the names of a region to `out`, in order.
pub(super) fn decode(view: &View, region: &Region, out: &mut Vec<Read>) {
    let weights = &*WEIGHTS;
    let size = region.to - region.from;
    let mut best: Vec<Step> = vec![Step { score: i32::MIN, from: 0, name: None }; size + 1];
    best[0].score = 0;
    // Candidates come by their first word, so all ways to it are known by then.
    let mut plain = 0;
    let mut pass = |best: &mut Vec<Step>, until: usize| {
        while plain < until {
            let mut score = 0;
            view.plain(region, region.from + plain, |f| score += weights.get(&f).map_or(0, |row| i32::from(row[4])));
            let reached = best[plain].score + score;
            if reached > best[plain + 1].score {
                best[plain + 1] = Step { score: reached, from: plain, name: None };
            }
            plain += 1;
        }
    };
    candidates(view.words, view.sorts, region, |from, to| {
        let (i, j) = (from - region.from, to - region.from);
        pass(&mut best, i);
        let mut scores = [0; 4];
        view.name(region, from, to, |f| {
            if let Some(row) = weights.get(&f) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
            }
        });
        let score = best[i].score + scores.iter().copied().max().unwrap_or(0);
        if score > best[j].score {
            best[j] = Step { score, from: i, name: Some(scores) };
        }
    });
    pass(&mut best, size);
    let first = out.len();
    let mut at = size;
    while at > 0 {
        let step = best[at];
        if let Some(scores) = step.name {
            out.push(Read { from: region.from + step.from, to: region.from + at, scores });
        }
        at = step.from;
    }
    out[first..].reverse();
}
