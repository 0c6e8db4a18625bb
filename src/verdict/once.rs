//! One mistake is told once: what a quotation's verdict says, the mentions inside it do not say again.

use super::{Finding, Label, Mismatch, Reason, Stance, Verdict};
use crate::{
    claim::{MentionKind, Reading},
    text::Span,
};

/// Settles the verdicts of all mentions of a draft, in their order, where a quotation has spoken. A quotation that the sources have word
/// for word bears out the figures, dates and names in it; in one that they have in other words, the quotation is at fault.
pub fn settle(draft: &Reading, verdicts: &mut [Verdict]) {
    let mut spoken: Vec<(Vec<Span>, Verdict)> = Vec::new();
    for verdict in verdicts.iter() {
        let Some(mention) = draft.mentions.get(verdict.mention as usize) else { continue };
        let MentionKind::Quotation(quotation) = &mention.kind else { continue };
        if verdict.label == Label::Supported || verdict.mismatch == Some(Mismatch::Words) {
            spoken.push((quotation.pieces.clone(), verdict.clone()));
        }
    }
    // Both are in the order of the text; only quotations that begin before a mention can hold it.
    let mut from = 0;
    for verdict in verdicts.iter_mut() {
        let Some(mention) = draft.mentions.get(verdict.mention as usize).filter(|m| m.quoted) else { continue };
        let end = |pieces: &[Span]| pieces.iter().map(|p| p.end).max().unwrap_or(0);
        while spoken.get(from).is_some_and(|(pieces, _)| end(pieces) < mention.span.start) {
            from += 1;
        }
        let begun = spoken[from..].iter().take_while(|(pieces, _)| pieces.first().is_some_and(|p| p.start <= mention.span.start));
        let holding = begun.filter(|(pieces, _)| pieces.iter().any(|p| p.contains(mention.span))).last();
        let Some((_, quotation)) = holding else { continue };
        let told = Verdict { mention: verdict.mention, mismatch: None, fix: None, ..quotation.clone() };
        match (quotation.label, verdict.label) {
            (Label::Supported, Label::Refuted | Label::Conflicting) => {
                let supports = |f: Finding| Finding { stance: Stance::Supports, ..f };
                *verdict = Verdict { message: None, findings: told.findings.into_iter().map(supports).collect(), ..told };
            }
            (Label::Refuted, Label::Refuted) => {
                let reason = Reason::ToldOnce;
                *verdict = Verdict { label: Label::NotEnoughInfo, findings: Vec::new(), reason, ..told };
            }
            _ => {}
        }
    }
}
