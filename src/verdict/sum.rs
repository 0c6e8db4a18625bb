//! Weighted sums of features: what a decision is made of, so that it can be printed.

use crate::evidence::Feature;

/// What one feature adds to a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The feature.
    pub feature: Feature,
    /// What it counts.
    pub weight: f32,
}

impl Term {
    /// Value times weight.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.weight * self.feature.value
    }
}

/// A weighted sum of features.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// What is counted from the start.
    pub bias: f32,
    /// What each feature adds.
    pub terms: Vec<Term>,
}

impl Sum {
    /// The sum of these features; one without a weight counts nothing.
    pub(super) fn of(bias: f32, weights: &[(&str, f32)], features: &[Feature]) -> Self {
        let weight = |f: &Feature| weights.iter().find(|(name, _)| *name == f.name).map_or(0.0, |(_, weight)| *weight);
        Self { bias, terms: features.iter().map(|f| Term { feature: *f, weight: weight(f) }).collect() }
    }

    /// Everything added up.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.terms.iter().fold(self.bias, |sum, term| sum + term.share())
    }

    /// The total as a probability, 0 to 1.
    #[must_use]
    pub fn probability(&self) -> f32 {
        1.0 / (1.0 + (-self.total()).exp())
    }
}
