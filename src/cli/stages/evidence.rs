//! `copydesk stages evidence`: what was found for each claim, why, and what came of it.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;

use super::{one_line, range};
use crate::{
    claim::{Claim, Reading},
    cli::{Error, draft::Draft, jsonl, print},
    evidence::{self, Evidence, Outlines, Relation},
    ide::Code,
    report::json::{self, Range},
    verdict,
};

pub(super) fn run(draft: &Path, sources: &[PathBuf]) -> Result<(), Error> {
    let draft = Draft::read(draft)?;
    let mut open = Vec::new();
    let corpus = draft.corpus(sources, &mut open)?.beside(draft.path.as_deref());
    let outlines = Outlines::default();
    for claim in &draft.reading.claims {
        let evidence = evidence::gather(&corpus, &outlines, &draft.reading, claim)?;
        print(&claim_text(&draft.reading, claim, &evidence))?;
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
    pairs: Vec<Pair<'a>>,
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
        let outlines = Outlines::default();
        let mut gathered = Vec::new();
        for claim in &draft.claims {
            gathered.push((claim, evidence::gather(&corpus, &outlines, &draft, claim).map_err(|e| e.message)?));
        }
        let mut mentions = Vec::new();
        let mut roles = Vec::new();
        for (claim, found) in &gathered {
            roles.extend(verdict::weigh_roles(&draft, claim, found));
            for verdict in verdict::judge(&draft, claim, found) {
                let mention = &draft.mentions[verdict.mention as usize];
                let pairs =
                    found.iter().flat_map(|e| e.pairs.iter().map(move |p| (e, p))).filter(|(_, p)| p.draft == verdict.mention);
                mentions.push(Mention {
                    range: verdict.span(&draft).into(),
                    text: verdict.span(&draft).of(text),
                    kind: json::kind(&mention.kind),
                    label: json::label(verdict.label),
                    confidence: verdict.confidence,
                    pairs: pairs.map(|(e, p)| pair(e, p)).collect(),
                });
            }
        }
        let roles = roles.iter().map(|role| self::role(role, text)).collect();
        jsonl::to_json(&Answer { id: &id, mentions, roles })
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

fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "=",
        Relation::Compatible => "~",
        Relation::Misspelled => "?",
        Relation::Differs | Relation::Incomparable => "≠",
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

fn claim_text(draft: &Reading, claim: &Claim, evidence: &[Evidence]) -> String {
    let text = &*draft.prose.document.text;
    let mut out = format!("claim {}  {}\n", range(claim.span), one_line(claim.span.of(text)));
    for found in evidence {
        let source = &found.passage.source;
        let reading = &source.reading;
        let said = &*reading.prose.document.text;
        for i in found.passage.sentences.clone() {
            let span = reading.prose.sentences[i as usize].span;
            let _ = writeln!(out, "  evidence {:.3}  {}:{}  {}", found.score, source.path, range(span), one_line(span.of(said)));
        }
        for pair in &found.pairs {
            let ours = one_line(draft.mentions[pair.draft as usize].span.of(text));
            let theirs = one_line(reading.mentions[pair.source as usize].span.of(said));
            let features: Vec<String> = pair.features.iter().map(|f| format!("{} {:.2}", f.name, f.value)).collect();
            let pairing = format!("{ours:?} {} {theirs:?}", sign(pair.relation));
            let _ = writeln!(out, "    pair {:.3}  {pairing:<40}  {}", pair.score, features.join(", "));
        }
    }
    for weighed in verdict::statement::weigh(draft, claim, evidence) {
        let ours = one_line(draft.mentions[weighed.mention as usize].span.of(text));
        let (against, agrees) = (&weighed.against, weighed.agrees.map_or("none".to_owned(), |a| format!("{a:.2}")));
        let features: Vec<String> =
            against.sum.terms.iter().map(|t| format!("{} {:.2}", t.feature.name, t.feature.value)).collect();
        let pairing = format!("{ours:?} ≠ {:?}", one_line(against.words()));
        let _ = writeln!(out, "  statement {:.2}  {pairing:<40}  agrees {agrees}, {}", against.score, features.join(", "));
    }
    for role in verdict::weigh_roles(draft, claim, evidence) {
        let role = self::role(&role, text);
        let features: Vec<String> =
            role.features.iter().filter(|f| *f.1 != 0.0).map(|(name, value)| format!("{name} {value:.2}")).collect();
        let roles = format!("{:?} ≠ {:?}", one_line(role.text), one_line(role.counterpart));
        let _ = writeln!(out, "  role {:.3}  {roles:<40}  {}", role.probability, features.join(", "));
    }
    for verdict in verdict::judge(draft, claim, evidence) {
        let words = format!("{:?}", one_line(verdict.span(draft).of(text)));
        let code = Code::of(&verdict).map_or("", Code::name);
        let message = one_line(verdict.message.as_deref().unwrap_or(""));
        let label = json::label(verdict.label);
        let line = format!("  verdict {words:<32}  {label:<15}  {:.2}  {code:<18}  {message}", verdict.confidence);
        let _ = writeln!(out, "{}", line.trim_end());
        if let Some((span, new)) = &verdict.fix {
            let _ = writeln!(out, "    fix {} {:?} -> {:?}", range(*span), span.of(text), new);
        }
    }
    out.push('\n');
    out
}
