//! Who said it, and with which verb.

use std::{collections::HashSet, sync::LazyLock};

use super::{QuotationForm, Speaker};
use crate::{
    claim::{Mention, MentionKind},
    prose::{Prose, Tag, Token, TokenKind, fold},
    text::Span,
};

static VERBS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/reporting_verbs.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Words between a quotation and its speaker: more than that is another matter.
const REACH: usize = 24;

fn is_reporting(word: &str) -> bool {
    word.len() <= 14 && VERBS.contains(fold(word).as_str())
}

/// Whether the words between two quotations only name the speaker: ", he said, ".
pub(super) fn interrupts(prose: &Prose, text: &str, gap: Span) -> bool {
    let words = gap.of(text);
    if words.len() > 120 || words.contains('\n') {
        return false;
    }
    let tokens = tokens_in(prose, gap);
    let verbs = tokens.iter().filter(|t| is_reporting(prose.str(t.span))).count();
    let inner_stop = words.trim_end().trim_end_matches(['.', ',', ':']).contains(['.', ';', '?', '!']);
    verbs == 1 && tokens.len() <= 16 && !inner_stop
}

/// The tokens that lie in `span`.
fn tokens_in(prose: &Prose, span: Span) -> &[Token] {
    let from = prose.tokens.partition_point(|t| t.span.start < span.start);
    let to = prose.tokens.partition_point(|t| t.span.end <= span.end);
    &prose.tokens[from..to.max(from)]
}

/// Finds cue and speaker of every quotation among `mentions`, which are in order.
pub(super) fn attribute(prose: &Prose, mentions: &mut [Mention]) {
    for i in 0..mentions.len() {
        let MentionKind::Quotation(quotation) = &mentions[i].kind else { continue };
        let found = find(prose, mentions, i, &quotation.pieces);
        let MentionKind::Quotation(quotation) = &mut mentions[i].kind else { continue };
        if let Some((cue, speaker)) = found {
            quotation.cue = Some(cue);
            quotation.speaker = speaker;
            if matches!(quotation.form, QuotationForm::Scare) {
                quotation.form = QuotationForm::Partial;
            }
        }
    }
}

fn find(prose: &Prose, mentions: &[Mention], index: usize, pieces: &[Span]) -> Option<(Span, Option<Speaker>)> {
    let text = &*prose.document.prose;
    let span = mentions[index].span;
    let block_index = prose.document.blocks.partition_point(|b| b.span.end < span.end);
    let block = prose.document.blocks.get(block_index)?.span;
    let after_start = match pieces {
        [first, _, ..] if !text.get(first.end as usize..pieces[1].start as usize).is_some_and(|g| g.contains('\n')) => {
            first.end as usize
        }
        _ => span.end as usize,
    };
    let after = tokens_in(prose, Span::new(after_start, block.end as usize));
    let after: &[Token] = {
        let skip = after.iter().take_while(|t| t.kind == TokenKind::Quote || prose.str(t.span) == ",").count();
        let after = &after[skip.min(after.len())..];
        let end = after.iter().take(REACH).take_while(|t| !is_stop(prose.str(t.span)) && t.kind != TokenKind::Quote).count();
        &after[..end]
    };
    let sentence = &prose.sentences[mentions[index].sentence as usize];
    let before = tokens_in(prose, Span::new(sentence.span.start as usize, span.start as usize));
    let before = &before[before.iter().rposition(|t| is_stop(prose.str(t.span))).map_or(0, |i| i + 1)..];
    if let Some(found) = behind(prose, mentions, after) {
        return Some(found);
    }
    ahead(prose, mentions, before)
}

fn is_stop(text: &str) -> bool {
    matches!(text, "." | ";" | "?" | "!")
}

/// ", Putin said" and ", said Putin", ", according to Putin" behind the quotation.
fn behind(prose: &Prose, mentions: &[Mention], after: &[Token]) -> Option<(Span, Option<Speaker>)> {
    if let Some(found) = according(prose, mentions, after) {
        return Some(found);
    }
    let cue = after.iter().take(12).position(|t| is_reporting(prose.str(t.span)) && t.tag != Tag::Noun)?;
    let verb = after[cue].span;
    if cue == 0 {
        return Some((verb, speaker(mentions, &after[1..], true)));
    }
    // Between the mark and the verb only the speaker may stand.
    let between = &after[..cue];
    let clause = between.iter().any(|t| matches!(t.tag, Tag::Conjunction | Tag::Verb) && !prose.str(t.span).ends_with("ing"));
    if clause {
        return None;
    }
    Some((verb, speaker(mentions, between, false)))
}

/// "Putin said …" and "according to Putin, …" ahead of the quotation.
fn ahead(prose: &Prose, mentions: &[Mention], before: &[Token]) -> Option<(Span, Option<Speaker>)> {
    if let Some(found) = according(prose, mentions, before) {
        return Some(found);
    }
    let cue = before.iter().rposition(|t| is_reporting(prose.str(t.span)) && t.tag != Tag::Noun)?;
    if before.len() - cue > REACH {
        return None;
    }
    Some((before[cue].span, speaker(mentions, &before[..cue], false)))
}

fn according(prose: &Prose, mentions: &[Mention], tokens: &[Token]) -> Option<(Span, Option<Speaker>)> {
    let at =
        tokens.windows(2).position(|w| prose.str(w[0].span).eq_ignore_ascii_case("according") && prose.str(w[1].span) == "to")?;
    Some((tokens[at].span.cover(tokens[at + 1].span), speaker(mentions, &tokens[at + 2..], true)))
}

/// The speaker among `tokens`: the first after a cue, the last before it.
fn speaker(mentions: &[Mention], tokens: &[Token], first: bool) -> Option<Speaker> {
    let (start, end) = (tokens.first()?.span.start, tokens.last()?.span.end);
    let all = Span { start, end };
    let mut names = mentions.iter().filter_map(|m| match &m.kind {
        MentionKind::Name(name) if all.contains(m.span) => Some((m.span, name.canonical.clone())),
        _ => None,
    });
    let name = if first { names.next() } else { names.last() };
    let noun = |t: &&Token| matches!(t.tag, Tag::Noun | Tag::ProperNoun | Tag::Pronoun) && t.kind == TokenKind::Word;
    let head = if first { tokens.iter().find(noun) } else { tokens.iter().rfind(noun) };
    match (name, head) {
        (Some((span, canonical)), Some(head)) if head.tag != Tag::Pronoun || span.contains(head.span) => {
            Some(Speaker { span, canonical: Some(canonical) })
        }
        (_, Some(head)) => Some(Speaker { span: head.span, canonical: None }),
        (Some((span, canonical)), None) => Some(Speaker { span, canonical: Some(canonical) }),
        (None, None) => None,
    }
}
