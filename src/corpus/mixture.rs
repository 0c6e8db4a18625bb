//! Which articles a draft is about, of those that its claims find. A claim of common words finds whatever was written on the like, the crash
//! in the next country too, and finds it as well as the article that it is about. So the draft is taken as a mixture: each claim goes back to
//! one article, and an article that other claims go back to is likelier. Fitted as mixtures are, by expectation and maximization (Dempster,
//! Laird and Rubin 1977).

use std::collections::BTreeMap;

/// How steeply an article loses that fits a claim worse than the best: one with half its score fits it `exp(-SLOPE / 2)` times as well.
const SLOPE: f32 = 10.0;

/// How often the shares are worked out. At first all articles count the same, then those count for more that other claims go back to. After
/// more rounds one article is left for each event, and those are gone that tell it in other words.
const ROUNDS: usize = 2;

/// An article is left out if less than so much of a claim goes back to it,
const LEAST: f32 = 0.1;

/// and, of a draft of few claims, less than so much of them all.
const LEAST_OF_ALL: f32 = 0.01;

/// How many articles there are at the most.
const MOST: usize = 96;

/// Of the articles that claims find, with their scores, those that the claims go back to, that of most claims first.
pub(super) fn articles<'a, K: Ord + Clone + 'a>(found: impl Iterator<Item = &'a [(K, f32)]>) -> Vec<K> {
    let claims: Vec<Vec<(&K, f32)>> = found.map(fits).collect();
    let mut shares: BTreeMap<&K, f32> = claims.iter().flatten().map(|(article, _)| (*article, 1.0)).collect();
    for _ in 0..ROUNDS {
        let mut next: BTreeMap<&K, f32> = BTreeMap::new();
        for claim in &claims {
            let all: f32 = claim.iter().map(|(article, fit)| shares[article] * fit).sum();
            for (article, fit) in claim {
                *next.entry(article).or_default() += shares[article] * fit / all;
            }
        }
        shares = next;
    }
    let least = LEAST.min(LEAST_OF_ALL * claims.len() as f32);
    let mut articles: Vec<(&K, f32)> = shares.into_iter().filter(|(_, share)| *share >= least).collect();
    articles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    articles.into_iter().take(MOST).map(|(article, _)| article.clone()).collect()
}

/// How well each article fits a claim that finds it, beside the one that fits it best: 1 for that one.
fn fits<K>(found: &[(K, f32)]) -> Vec<(&K, f32)> {
    let best = found.iter().map(|(_, score)| *score).fold(f32::MIN_POSITIVE, f32::max);
    found.iter().map(|(article, score)| (article, (SLOPE * (score / best - 1.0)).exp())).collect()
}

#[cfg(test)]
mod tests {
    use super::articles;

    #[track_caller]
    fn check(found: &[&[(&str, f32)]], expect: &[&str]) {
        assert_eq!(articles(found.iter().copied()), expect);
    }

    /// Of what a claim of common words finds, that is taken which other claims find by their names.
    #[test]
    fn claims_of_one_event_go_back_to_its_articles() {
        let named: &[_] = &[("crash here", 30.0), ("crash there", 15.0)];
        let common: &[_] = &[("crash there", 10.0), ("crash here", 9.5), ("crash elsewhere", 9.0)];
        check(&[named, named, named, named, named, named, named, common, named, named], &["crash here"]);
        check(&[common], &["crash there", "crash here", "crash elsewhere"]);
    }

    #[test]
    fn who_tells_it_in_other_words_is_heard() {
        let claims: [&[_]; 4] = [
            &[("one", 30.0), ("other", 25.0), ("like", 14.0)],
            &[("one", 22.0), ("other", 20.0), ("like", 12.0)],
            &[("other", 18.0), ("one", 16.0), ("like", 9.0)],
            &[("one", 20.0), ("other", 15.0), ("like", 13.0)],
        ];
        check(&claims, &["one", "other"]);
    }

    /// A paragraph on something else has its own article, however long the rest is.
    #[test]
    fn one_claim_is_enough() {
        let main: &[_] = &[("main", 30.0), ("like", 10.0)];
        let aside: &[_] = &[("aside", 30.0), ("main", 21.0)];
        check(&[main, main, main, main, main, main, main, aside], &["main", "aside"]);
    }

    #[test]
    fn nothing_found() {
        check(&[], &[]);
        check(&[&[], &[("nought", 0.0)]], &["nought"]);
    }
}
