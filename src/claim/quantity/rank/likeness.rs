//! Whether two superlatives can both be true of one thing.

use super::Rank;
use crate::{
    claim::{Quantity, likeness::QuantityLikeness},
    prose,
    text::Span,
};

/// Holds one superlative against another, each with the text it stands in. That both rank the same thing is not asked here.
#[must_use]
pub fn compare(draft: &Quantity, ours: &str, source: &Quantity, theirs: &str) -> QuantityLikeness {
    use QuantityLikeness::{Differs, Entailed, Finer, Incomparable, Same};
    let (Some(d), Some(s)) = (&draft.rank, &source.rank) else { return Incomparable };
    let scopes = scopes(d, ours, s, theirs);
    let record = |r: &Rank| matches!(r.word.as_str(), "record" | "unprecedented");
    if record(d) || record(s) {
        return match (d.end, s.end) {
            (Some(a), Some(b)) if a != b => {
                if record(d) && record(s) {
                    Differs
                } else {
                    Incomparable
                }
            }
            _ if record(d) && record(s) => Same,
            // "A record" of "the largest ever", "the highest since 1998".
            _ if s.ever || d.ever && record(s) => Entailed,
            _ if s.since && record(d) => Finer,
            _ => Incomparable,
        };
    }
    let alike = d.word == s.word || d.scales.agrees(s.scales);
    let opposite = d.scales.opposes(s.scales) || is_reverse(&d.word, &s.word);
    if opposite {
        return if scopes == Scopes::Apart || d.plural || s.plural { Incomparable } else { Differs };
    }
    if !alike {
        return Incomparable;
    }
    if d.plural != s.plural {
        return Finer;
    }
    let among = |q: &Quantity| q.high.is_none();
    let said = match (among(draft), among(source)) {
        (true, true) => Same,
        (true, false) => Entailed,
        (false, true) => Differs,
        _ if draft.low == source.low => Same,
        _ => Differs,
    };
    match said {
        Differs if scopes == Scopes::Apart => Incomparable,
        // Second in the country may be first in the state.
        Same | Entailed if scopes == Scopes::Apart => Finer,
        Same if d.ever && s.since => Differs,
        Same if !d.since && !d.ever && s.since => Finer,
        said => said,
    }
}

/// How what two superlatives are compared with goes together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scopes {
    /// Alike, or one does not say.
    Together,
    /// Of other places or things.
    Apart,
}

fn scopes(d: &Rank, ours: &str, s: &Rank, theirs: &str) -> Scopes {
    let words = |rank: &Rank, text: &str| -> Vec<String> {
        let spans: Vec<Span> = [rank.owner, rank.scope].into_iter().flatten().collect();
        let mut out = Vec::new();
        for span in spans {
            for word in span.of(text).split(|c: char| !c.is_alphanumeric()) {
                let folded = prose::fold(word);
                let time = matches!(
                    folded.as_str(),
                    "ever" | "yet" | "recorded" | "known" | "record" | "history" | "since" | "time" | "all"
                );
                if folded.len() > 1 && !time && !prose::is_stopword(&folded) {
                    out.push(prose::stem(&folded));
                }
            }
        }
        out
    };
    let (a, b) = (words(d, ours), words(s, theirs));
    let both_times = d.since && s.since;
    if a.is_empty() || b.is_empty() || both_times || a.iter().any(|w| b.contains(w)) { Scopes::Together } else { Scopes::Apart }
}

/// "most visited", "least visited", where no list has them.
fn is_reverse(a: &str, b: &str) -> bool {
    let split = |w: &str| -> Option<(bool, String)> {
        let (degree, word) = w.split_once(' ')?;
        Some((degree == "most", word.to_owned()))
    };
    match (split(a), split(b)) {
        (Some((x, word)), Some((y, other))) => x != y && word == other,
        _ => false,
    }
}
