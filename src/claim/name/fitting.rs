//! What the fitting of the weights needs: every name that is possible in a text, with its features. Not used in reading.

use crate::{prose::Prose, text::Span};

/// A stretch of words in which names may stand.
#[derive(Clone, Debug)]
pub struct NameRegion {
    /// The words, in bytes.
    pub words: Vec<Span>,
    /// For each word, the features of its being no part of a name.
    pub plain: Vec<Vec<String>>,
    /// Each possible name: its first word, the word after its last, its features.
    pub names: Vec<(usize, usize, Vec<String>)>,
    /// The names that the rules alone find: first word, the word after the last, class.
    pub ruled: Vec<(usize, usize, usize)>,
}

/// Every name that is possible in a text, with its features: for the fitting of the weights.
#[must_use]
pub fn name_regions(prose: &Prose) -> Vec<NameRegion> {
    let mut out = Vec::new();
    super::read::sentences(prose, |_, view, regions, _| {
        for region in regions {
            let mut given = NameRegion {
                words: view.words[region.from..region.to].iter().map(|w| w.span).collect(),
                plain: Vec::new(),
                names: Vec::new(),
                ruled: Vec::new(),
            };
            for i in region.from..region.to {
                let mut features = Vec::new();
                view.plain(region, i, |f| features.push(f.name()));
                given.plain.push(features);
            }
            super::region::candidates(view.words, view.sorts, region, |from, to| {
                let mut features = Vec::new();
                view.name(region, from, to, |f| features.push(f.name()));
                given.names.push((from - region.from, to - region.from, features));
            });
            let inside = view.ruled.iter().filter(|r| region.from <= r.from && r.to <= region.to);
            given.ruled.extend(inside.map(|r| (r.from - region.from, r.to - region.from, r.class)));
            out.push(given);
        }
    });
    out
}
