//! A note on a claim: how it stands, what the sources say, and their own words.

use maud::{Markup, html};

use super::{Proof, class, shown};
use crate::{
    ide::{Code, Finding, Label, Quote, Reason, Span, Stance, Verdict, accepted, elsewhere, quote},
    report::{State, json::kind},
    text::single_spaced,
};

/// The note on the verdict with this index.
pub(super) fn of(proof: &Proof, i: usize) -> Markup {
    let checked = &proof.entry.checked;
    let (verdict, state, number) = (&checked.verdicts[i], proof.states[i], proof.first + i);
    let draft = &checked.draft;
    let text = &*draft.prose.document.text;
    let words = single_spaced(verdict.span(draft).of(text));
    let is_single = proof.coverage.single.binary_search(&i).is_ok();
    let mut findings: Vec<&Finding> = Vec::new();
    for finding in &verdict.findings {
        if !findings.iter().any(|f| f.source.path == finding.source.path && f.quote == finding.quote) {
            findings.push(finding);
        }
    }
    // Where they agree, one sentence says what the others say too.
    let (findings, others) = findings.split_at(if state == State::Supported { findings.len().min(1) } else { findings.len() });
    // Where nothing is quoted, "The sources do not say." says nothing more.
    let message = verdict.message.as_deref().or(Code::of(verdict).map(Code::summary));
    let message = message.filter(|_| !(verdict.label == Label::NotEnoughInfo && findings.is_empty() && state == State::Open));
    let end = |span: Span| Span { start: span.end, end: span.end };
    html! {
        li id={ "n" (number) } class={ (class(state)) @if is_single { " one" } } {
            p.h {
                a href={ "#m" (number) } { b { (number) } " " bdi { (shown(&words)) } }
                span.l { (label(state, verdict, findings.is_empty())) }
                @if let Some(mention) = draft.mentions.get(verdict.mention as usize) { span.k { (kind(&mention.kind)) } }
                @if is_single { span.k { "one source" } }
            }
            @if let Some(signed) = checked.signed.get(&i) { p { (shown(&accepted(signed))) } }
            @if let Some(message) = message { p { (shown(message)) } }
            @if let Some((span, new)) = &verdict.fix {
                p.fix { del { (shown(&single_spaced(span.of(text)))) } " → " ins { (shown(new)) } }
            }
            @if let Some(other) = elsewhere(checked, verdict) {
                figure {
                    blockquote { (shown(&other.sentence)) }
                    figcaption { "this draft, further up" }
                }
            }
            @for f in findings { (evidence(&words_of(f), stance(f))) }
            @if !others.is_empty() {
                p.k { "so too " @for (at, f) in others.iter().enumerate() { @if at > 0 { ", " } (place(&words_of(f))) } }
            }
            @if let Some(nearest) = &verdict.nearest {
                (evidence(&quote(&nearest.source, nearest.quote, end(nearest.quote), false), "nearest"))
            }
        }
    }
}

/// How a claim stands, in a word or two.
fn label(state: State, verdict: &Verdict, is_unquoted: bool) -> &'static str {
    match (state, verdict.reason) {
        (State::Contradicted, _) => "contradicted",
        (State::Conflicting, _) => "the sources disagree",
        (State::Open, Reason::Unheard) => "not heard yet",
        (State::Open, _) if is_unquoted => "not in the sources",
        (State::Open, _) => "not confirmed",
        (State::SignedOff, _) => "signed off",
        (State::Supported, _) if is_unquoted => "nothing to look up",
        (State::Supported, _) => "supported",
    }
}

fn words_of(finding: &Finding) -> Quote {
    quote(&finding.source, finding.quote, finding.counterpart, finding.stance == Stance::Supports)
}

fn stance(finding: &Finding) -> &'static str {
    if finding.stance == Stance::Supports { "agrees" } else { "differs" }
}

/// A sentence of a source, word for word, with its counterpart marked, and where it stands.
fn evidence(quote: &Quote, stance: &'static str) -> Markup {
    let [before, counterpart, after] = &quote.parts;
    html! {
        figure class=(stance) {
            blockquote {
                (shown(before))
                @if !counterpart.is_empty() { mark { (shown(counterpart)) } }
                (shown(after))
            }
            figcaption { b { (stance) } " " (origin(quote)) }
        }
    }
}

/// "First evacuees go home, The Carrow Courier, 11 March 2026, evacuees-return.md:13"
fn origin(quote: &Quote) -> Markup {
    html! {
        @if let Some(title) = &quote.title { cite { (shown(title)) } ", " }
        @if let Some(outlet) = &quote.outlet { (shown(outlet)) ", " }
        @if let Some(published) = &quote.published { (published) ", " }
        (place(quote))
        @if !quote.also.is_empty() { ", " (shown(&quote.also)) }
    }
}

/// "evacuees-return.md:13"
fn place(quote: &Quote) -> Markup {
    html! { (shown(&quote.path)) @if let Some(line) = quote.line { ":" (line) } }
}
