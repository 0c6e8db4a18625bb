//! One claim and its mentions, explained to a person: what was found, what it was weighed by, what came of it.

use std::{cmp::Reverse, fmt::Write as _, sync::Arc};

use super::{
    lines::{WIDTH, around, paragraph, quoted, wrapped},
    why,
};
use crate::{
    claim::{Claim, Reading},
    cli::stages::{one_line, range},
    corpus::Source,
    evidence::{Evidence, Feature},
    ide::{Code, Finding, Stance},
    report::json,
    text::Span,
    verdict::{self, Candidate, Sum, Term, Verdict, Weighing, statement},
};

/// Passages shown.
const PASSAGES: usize = 3;
/// Counterparts shown that differ.
const DIFFER: usize = 3;
/// The probability below which a counterpart's features are not printed beside a louder one's.
const FAINT: f32 = 0.05;
/// What a feature must add to a sum to be printed by itself.
const SMALL: f32 = 0.05;
/// The longest name of a source.
const PATH: usize = 40;

/// A claim of the draft with everything that was made of it.
pub(super) fn claim(draft: &Reading, claim: &Claim, evidence: &[Evidence], verdicts: &[Verdict]) -> String {
    let text = &*draft.prose.document.text;
    let head = format!("claim {}  ", range(claim.span));
    let room = WIDTH - head.chars().count();
    let mut out = format!("{head}{}\n", around(text, claim.span, Span { start: claim.span.start, ..claim.span }, room));
    for found in evidence.iter().take(PASSAGES) {
        let reading = &found.passage.source.reading;
        let stretch = reading.prose.words(found.passage.sentences.start as usize);
        let head = format!("  passage {:.2}  {}  ", found.score, place(&found.passage.source, stretch));
        let room = WIDTH - head.chars().count();
        let start = Span { end: stretch.start, ..stretch };
        let _ = writeln!(out, "{head}{}", around(&reading.prose.document.text, stretch, start, room));
    }
    match evidence.len().saturating_sub(PASSAGES) {
        0 if evidence.is_empty() => out.push_str("  no passage found\n"),
        0 => {}
        more => _ = writeln!(out, "  and {more} more"),
    }
    let mut roles = verdict::weigh_roles(draft, claim, evidence);
    let mut statements = statement::weigh(draft, claim, evidence);
    for verdict in verdicts {
        let span = verdict.span(draft);
        let kind = &draft.mentions[verdict.mention as usize].kind;
        let part = verdict.reason.part(kind);
        head_of(&mut out, draft, span, part, json::label(verdict.label), verdict.confidence);
        outcome(&mut out, draft, verdict);
        if let Some(i) = roles.iter().position(|r| part == "role" && r.words == span) {
            role(&mut out, &roles.remove(i));
            continue;
        }
        if let Some(i) = statements.iter().position(|s| part == "statement" && s.mention == verdict.mention) {
            statement(&mut out, &statements.remove(i));
            continue;
        }
        let weighing = verdict::weigh(draft, verdict.mention, evidence);
        let shown = weighing.as_ref().map_or(Vec::new(), |weighing| weighed(&mut out, weighing));
        if !why::is_weighed(verdict.reason) {
            findings(&mut out, verdict, &shown);
        }
        paragraph(&mut out, 4, &why::why(verdict, kind, weighing.as_ref()));
    }
    for weighed in &statements {
        head_of(&mut out, draft, draft.mentions[weighed.mention as usize].span, "statement", "not told", 0.0);
        statement(&mut out, weighed);
    }
    for weighed in &roles {
        head_of(&mut out, draft, weighed.words, "role", "not told", weighed.probability);
        role(&mut out, weighed);
    }
    out.push('\n');
    out
}

fn head_of(out: &mut String, draft: &Reading, span: Span, part: &str, label: &str, confidence: f32) {
    let words = quoted(span.of(&draft.prose.document.text));
    let confidence = if confidence > 0.0 { format!(" {confidence:.2}") } else { String::new() };
    let _ = writeln!(out, "\n  {words}  {part} {}  {label}{confidence}", range(span));
}

/// What is told, and what a fix would write.
fn outcome(out: &mut String, draft: &Reading, verdict: &Verdict) {
    if let Some(message) = &verdict.message {
        let code = Code::of(verdict).map_or(String::new(), |code| format!("{}: ", code.name()));
        paragraph(out, 4, &format!("{code}{}", one_line(message)));
    }
    if let Some((span, new)) = &verdict.fix {
        let old = span.of(&draft.prose.document.text);
        paragraph(out, 4, &format!("fix {}: {} to “{}”", range(*span), quoted(old), one_line(new)));
    }
}

/// A counterpart, by its source and its place there.
type Place = (*const Source, Span);

/// What stands in a mention's place: the loudest of what differs, and the best of what agrees. Gives what was shown.
fn weighed(out: &mut String, weighing: &Weighing<'_>) -> Vec<Place> {
    let mut shown = Vec::new();
    let mut differ: Vec<(usize, &Candidate<'_>, f32)> =
        weighing.differs.iter().enumerate().map(|(i, c)| (i, c, c.sum.as_ref().map_or(c.pair.score, Sum::probability))).collect();
    let loudest = weighing.loudest.map(|(i, _)| i);
    differ.sort_by(|a, b| {
        let key = |c: &(usize, &Candidate<'_>, f32)| (Reverse(Some(c.0) == loudest), c.1.passed_over.is_some());
        key(a).cmp(&key(b)).then(b.2.total_cmp(&a.2))
    });
    for (i, candidate, probability) in differ.into_iter().take(DIFFER) {
        shown.push((Arc::as_ptr(candidate.source()), candidate.mention().span));
        counterpart(out, "differs", probability, candidate.source(), candidate.mention().sentence, candidate.mention().span);
        if let Some(passed_over) = candidate.passed_over {
            let _ = writeln!(out, "        passed over: {}", why::passed_over(passed_over));
        } else if Some(i) == loudest || probability >= FAINT {
            match &candidate.sum {
                Some(sum) => shares(out, sum, Some(probability)),
                None => alignment(out, candidate),
            }
        }
    }
    if let Some(candidate) = &weighing.agrees {
        let mention = candidate.mention();
        shown.push((Arc::as_ptr(candidate.source()), mention.span));
        counterpart(out, "agrees", candidate.pair.score, candidate.source(), mention.sentence, mention.span);
        alignment(out, candidate);
    }
    shown
}

/// The findings of a verdict that were not shown yet.
fn findings(out: &mut String, verdict: &Verdict, shown: &[Place]) {
    let is_shown = |f: &Finding| shown.contains(&(Arc::as_ptr(&f.source), f.counterpart));
    for finding in verdict.findings.iter().filter(|f| !is_shown(f)) {
        let stance = if finding.stance == Stance::Supports { "agrees" } else { "differs" };
        let sentence = finding.source.reading.prose.sentence_at(finding.counterpart.start) as u32;
        counterpart(out, stance, finding.confidence, &finding.source, sentence, finding.counterpart);
    }
}

fn role(out: &mut String, weighed: &verdict::WeighedRole) {
    findings(out, &weighed.verdict, &[]);
    shares(out, &weighed.sum, Some(weighed.probability));
    paragraph(out, 4, &why::threshold(weighed.probability, verdict::LEAST_ROLE, "role"));
}

fn statement(out: &mut String, weighed: &statement::Weighed<'_>) {
    let against = &weighed.against;
    let mention = &against.source.reading.mentions[against.mention];
    counterpart(out, "differs", against.score, against.source, mention.sentence, mention.span);
    shares(out, &against.sum, None);
    paragraph(out, 4, &why::statement(weighed));
}

/// A counterpart with its sentence.
fn counterpart(out: &mut String, stance: &str, score: f32, source: &Source, sentence: u32, span: Span) {
    let prose = &source.reading.prose;
    let text = &*prose.document.text;
    let _ = writeln!(out, "    {stance} {score:.2}  {}  {}", quoted(span.of(text)), place(source, span));
    let stretch = prose.words(sentence as usize).cover(span);
    let _ = writeln!(out, "        {}", around(text, stretch, span, WIDTH - 8));
}

/// Where something stands: the source and the bytes.
fn place(source: &Source, span: Span) -> String {
    let path = one_line(&source.path);
    let long = path.chars().count().saturating_sub(PATH);
    let path = if long > 0 { format!("…{}", path.chars().skip(long + 1).collect::<String>()) } else { path };
    format!("{path}:{}", range(span))
}

/// What each feature adds to a sum, largest first, and what comes of it.
fn shares(out: &mut String, sum: &Sum, probability: Option<f32>) {
    let (mut terms, small): (Vec<&Term>, Vec<&Term>) = sum.terms.iter().partition(|t| t.share().abs() >= SMALL);
    terms.sort_by(|a, b| b.share().abs().total_cmp(&a.share().abs()));
    let small: f32 = small.iter().map(|t| t.share()).sum();
    let small = (small.abs() >= 0.005).then(|| format!("{small:+.2} smaller ones"));
    let share = |t: &&Term| format!("{:+.2} {} ({:.2} × {:.2})", t.share(), t.feature.name, t.feature.value, t.weight);
    let total = format!("= {:.2}{}", sum.total(), probability.map_or(String::new(), |p| format!(", probability {p:.2}")));
    let bias = format!("{:+.2} bias", sum.bias);
    wrapped(out, 8, terms.iter().map(share).chain(small).chain([bias, total]));
}

/// Why a counterpart is taken to stand in the place that it does.
fn alignment(out: &mut String, candidate: &Candidate<'_>) {
    let shown =
        candidate.pair.features.iter().filter(|f| f.value != 0.0).map(|Feature { name, value }| format!("{name} {value:.2}"));
    wrapped(out, 8, std::iter::once(format!("alignment {:.2}:", candidate.pair.score)).chain(shown));
}
