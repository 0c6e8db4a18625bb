//! What faithful drafts of stories are told beside sources that are not theirs, or not all of them: whatever is called contradicted is a false
//! alarm.

use std::{path::Path, sync::Arc};

use copydesk::ide::{self, Label as Said};

use crate::{
    case::{self, Article, Case},
    judged, on_all_processors,
};

/// A draft and what it is held against.
type Pairing<'c> = (&'c Case, Vec<&'c Article>);

/// The most that is called contradicted beside the sources of other stories, of some 5,000 mentions.
const STRANGERS: usize = 2;
/// The same beside all sources of a story but one, of some 10,000 mentions. Most of it has its counterpart in the one that is not there.
const ONE_MISSING: usize = 74;

#[test]
fn sources_of_other_stories_contradict_little() {
    let drafts = faithful();
    let next = |i: usize| &drafts[(i + 1) % drafts.len()];
    let pairings: Vec<Pairing<'_>> =
        drafts.iter().enumerate().map(|(i, draft)| (draft, next(i).sources.iter().collect())).collect();
    check(&pairings, STRANGERS);
}

#[test]
fn a_source_that_is_missing_makes_few_false_alarms() {
    let drafts = faithful();
    let mut pairings: Vec<Pairing<'_>> = Vec::new();
    for case in drafts.iter().filter(|case| case.sources.len() > 1) {
        for missing in 0..case.sources.len() {
            let others = case.sources.iter().enumerate().filter(|(i, _)| *i != missing);
            pairings.push((case, others.map(|(_, source)| source).collect()));
        }
    }
    check(&pairings, ONE_MISSING);
}

/// The drafts without an error.
fn faithful() -> Vec<Case> {
    let folder = |name: &str| case::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories").join(name));
    let all = folder("fitted").into_iter().chain(folder("unseen"));
    all.filter(|case| !case.unfaithful).collect()
}

#[track_caller]
fn check(pairings: &[Pairing<'_>], most: usize) {
    let found = on_all_processors(pairings, contradicted);
    let mentions: usize = found.iter().map(|(mentions, _)| mentions).sum();
    let told: Vec<String> = found.into_iter().flat_map(|(_, told)| told).collect();
    println!("{} drafts, {mentions} mentions, {} contradicted", pairings.len(), told.len());
    assert!(told.len() <= most, "more than {most} are called contradicted:\n{}", told.join("\n"));
}

/// How many mentions a draft has, and what is said of those that are called contradicted.
fn contradicted((case, sources): &Pairing<'_>) -> (usize, Vec<String>) {
    let draft = Arc::new(ide::read(&case.draft, case.format, judged::day(case.date.as_deref())));
    let checked = ide::check(draft, &judged::corpus(sources.iter().copied()));
    let refuted = checked.verdicts.iter().filter(|v| v.label == Said::Refuted);
    let told = refuted.map(|v| {
        let message = v.message.as_deref().unwrap_or_default();
        format!("{}: {:?}: {message}", case.id, v.span(&checked.draft).of(&case.draft))
    });
    (checked.verdicts.len(), told.collect())
}
