//! `copydesk stages evidence`: what was found for each claim, why each mention was judged as it was, and what came of it.

mod lines;
mod text;
mod why;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    claim::{Claim, Reading},
    cli::{
        Error,
        archive::{Remotes, settle},
        complain_of,
        draft::Draft,
        jsonl, print,
    },
    config,
    corpus::{Corpus, CorpusError},
    evidence::{self, Evidence, Outlines},
    report::json::{self, Range},
    verdict::{self, Candidate, Verdict},
};

/// A draft with all that was found and made of it.
struct Judged<'a> {
    draft: &'a Reading,
    /// Each claim with its evidence and the verdicts on it, one mistake told once, as `copydesk check` has them.
    claims: Vec<(&'a Claim, Vec<Evidence>, Vec<Verdict>)>,
}

impl<'a> Judged<'a> {
    fn of(draft: &'a Reading, corpus: &dyn Corpus) -> Result<Self, CorpusError> {
        let outlines = Outlines::default();
        let mut claims = Vec::with_capacity(draft.claims.len());
        let mut verdicts = Vec::new();
        for claim in &draft.claims {
            let evidence = evidence::gather(corpus, &outlines, draft, claim)?;
            let judged = verdict::judge(draft, claim, &evidence);
            claims.push((claim, evidence, judged.len()));
            verdicts.extend(judged);
        }
        verdict::settle(draft, &mut verdicts);
        verdict::release(draft, &mut verdicts, &verdict::Beside::default());
        let mut rest = verdicts.into_iter();
        let claims = claims.into_iter().map(|(claim, found, count)| (claim, found, rest.by_ref().take(count).collect()));
        Ok(Self { draft, claims: claims.collect() })
    }
}

/// `stages evidence DRAFT`: for people.
pub(super) fn run(draft: &Path, sources: &[PathBuf]) -> Result<(), Error> {
    let draft = Draft::read(draft, true)?;
    let mut open = Vec::new();
    let settings = config::find(draft.path.as_deref(), None)?;
    let paths = draft.sources(sources, &settings)?.ok_or_else(|| draft.no_sources())?;
    let archive = Draft::archive(paths, &settings, &mut open)?;
    let remotes = Remotes::default();
    let mut desk = draft.desk(open[archive].archive(), &settings, &remotes);
    if settle(&mut open)? {
        desk = draft.desk(open[archive].archive(), &settings, &remotes);
    }
    complain_of(&remotes.problems().into_iter().collect::<Vec<_>>());
    let corpus = desk?;
    let judged = Judged::of(&draft.reading, &corpus)?;
    for (claim, evidence, verdicts) in &judged.claims {
        print(&text::claim(judged.draft, claim, evidence, verdicts))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    mentions: Vec<Mention<'a>>,
    roles: Vec<Role<'a>>,
}

#[derive(Serialize)]
struct Mention<'a> {
    range: Range,
    text: &'a str,
    kind: &'static str,
    label: &'static str,
    confidence: f32,
    by: &'static str,
    weighed: Vec<Weighed<'a>>,
    pairs: Vec<Pair<'a>>,
}

/// What differs, as the decision weighs it.
#[derive(Serialize)]
struct Weighed<'a> {
    text: &'a str,
    relation: String,
    heard: bool,
    features: Features,
    probability: f32,
}

/// Features in the order in which the program has them.
struct Features(Vec<(&'static str, f32)>);

impl Serialize for Features {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// A role of the draft beside the loudest that a source gives the same bearer.
#[derive(Serialize)]
struct Role<'a> {
    range: Range,
    text: &'a str,
    counterpart: &'a str,
    probability: f32,
    features: BTreeMap<&'static str, f32>,
}

#[derive(Serialize)]
struct Pair<'a> {
    source: &'a str,
    quote: &'a str,
    text: &'a str,
    relation: String,
    score: f32,
    features: BTreeMap<&'static str, f32>,
}

/// `stages evidence --jsonl`: what weights are fitted on.
pub(super) fn jsonl() -> Result<(), Error> {
    jsonl::each(|case: jsonl::Case| {
        let (id, draft, corpus) = case.open()?;
        let text = &*draft.prose.document.text;
        let judged = Judged::of(&draft, &corpus).map_err(|e| e.message)?;
        let all = judged.claims.iter();
        let verdicts = all.flat_map(|(_, evidence, verdicts)| verdicts.iter().map(move |verdict| (verdict, &**evidence)));
        let mentions = verdicts.map(|(verdict, evidence)| mention(&draft, verdict, evidence)).collect();
        let roles: Vec<verdict::WeighedRole> =
            judged.claims.iter().flat_map(|(claim, evidence, _)| verdict::weigh_roles(&draft, claim, evidence)).collect();
        let roles = roles.iter().map(|weighed| role(weighed, text)).collect();
        jsonl::to_json(&Answer { id: &id, mentions, roles })
    })
}

fn mention<'a>(draft: &'a Reading, verdict: &Verdict, evidence: &'a [Evidence]) -> Mention<'a> {
    let kind = &draft.mentions[verdict.mention as usize].kind;
    let span = verdict.span(draft);
    let by = verdict.reason.part(kind);
    // A role's verdict stands beside that on its bearer, which has what was weighed.
    let weighing = if by == "role" { None } else { verdict::weigh(draft, verdict.mention, evidence) };
    let pairs = evidence.iter().flat_map(|e| e.pairs.iter().map(move |p| (e, p))).filter(|(_, p)| p.draft == verdict.mention);
    Mention {
        range: span.into(),
        text: span.of(&draft.prose.document.text),
        kind: json::kind(kind),
        label: json::label(verdict.label),
        confidence: verdict.confidence,
        by,
        weighed: weighing.into_iter().flat_map(|w| w.differs).filter_map(|c| weighed(&c)).collect(),
        pairs: pairs.map(|(e, p)| pair(e, p)).collect(),
    }
}

fn weighed<'a>(candidate: &Candidate<'a>) -> Option<Weighed<'a>> {
    let sum = candidate.sum.as_ref()?;
    Some(Weighed {
        text: candidate.mention().span.of(&candidate.source().reading.prose.document.text),
        relation: format!("{:?}", candidate.pair.relation).to_lowercase(),
        heard: candidate.passed_over.is_none(),
        features: Features(sum.terms.iter().map(|t| (t.feature.name, t.feature.value)).collect()),
        probability: sum.probability(),
    })
}

fn role<'a>(weighed: &'a verdict::WeighedRole, text: &'a str) -> Role<'a> {
    let source = weighed.verdict.findings.first().map_or("", |f| &*f.source.reading.prose.document.text);
    Role {
        range: weighed.words.into(),
        text: weighed.words.of(text),
        counterpart: weighed.counterpart.of(source),
        probability: weighed.probability,
        features: weighed.sum.terms.iter().map(|t| (t.feature.name, t.feature.value)).collect(),
    }
}

fn pair<'e>(found: &'e Evidence, pair: &'e evidence::Pair) -> Pair<'e> {
    let reading = &found.passage.source.reading;
    let (text, mention) = (&*reading.prose.document.text, &reading.mentions[pair.source as usize]);
    Pair {
        source: &found.passage.source.path,
        quote: reading.prose.sentences[mention.sentence as usize].span.of(text),
        text: mention.span.of(text),
        relation: format!("{:?}", pair.relation).to_lowercase(),
        score: pair.score,
        features: pair.features.iter().map(|f| (f.name, f.value)).collect(),
    }
}
