//! Quotations: word for word, and by the right speaker.

use super::{Finding, Label, Mismatch, Reason, Stance, Verdict};
use crate::{
    claim::{
        self, Alignment, Mention, MentionKind, NameClass, NameLikeness, Quotation, QuotationForm, Reading, compare_names,
        compare_words,
    },
    evidence::{Evidence, mentions_of},
    prose::{self, Tag},
    text::{Span, single_spaced},
};

/// The least share of words that must agree for a quotation to be an altered one rather than another one, by its length in words.
fn least_alike(words: usize) -> f32 {
    match words {
        0 | 1 => 1.0,
        2 => 0.5,
        3 => 0.6,
        _ => 0.55,
    }
}
/// The least share of the claim that a passage must speak of before a quotation of two or three words is held against it.
const SAME_SCENE: f32 = 0.3;
/// The same, before a single word is held against the words that the passage quotes instead.
const SAME_REMARK: f32 = 0.45;
/// Longest quotation, in words, that may be held against other words altogether.
const REMARK: usize = 2;

/// Where a piece of a quotation stands in the sources.
struct Place<'e> {
    evidence: &'e Evidence,
    /// The corresponding words, in bytes of the source.
    span: Span,
    alignment: Alignment,
}

impl Place<'_> {
    fn reading(&self) -> &Reading {
        &self.evidence.passage.source.reading
    }

    fn finding(&self, stance: Stance, confidence: f32) -> Finding {
        let prose = &self.reading().prose;
        let first = prose.words(prose.sentence_at(self.span.start));
        let last = prose.words(prose.sentence_at(self.span.end.saturating_sub(1)));
        let source = self.evidence.passage.source.clone();
        Finding { source, quote: first.cover(last).cover(self.span), counterpart: self.span, stance, confidence }
    }

    /// The source's own quotation of these words.
    fn quotation(&self) -> Option<&Quotation> {
        self.reading().mentions.iter().find_map(|m| match &m.kind {
            MentionKind::Quotation(q) if m.span.overlaps(self.span) => Some(&**q),
            _ => None,
        })
    }
}

/// Judges a quotation.
pub(super) fn judge(draft: &Reading, index: u32, evidence: &[Evidence]) -> Verdict {
    let mention = &draft.mentions[index as usize];
    let MentionKind::Quotation(quotation) = &mention.kind else { return open(index, "") };
    let text = &draft.prose.document.text;
    let words = |piece: &Span| piece.of(text).split_whitespace().count();
    let mut places = Vec::new();
    for piece in quotation.pieces.iter().filter(|p| words(p) > 0) {
        match best(piece.of(text), evidence) {
            Some(place) => places.push((*piece, place)),
            None => return other_remark(draft, index, mention, quotation, evidence),
        }
    }
    let Some((piece, worst)) = places.iter().min_by(|(_, a), (_, b)| a.alignment.similarity.total_cmp(&b.alignment.similarity))
    else {
        return open(index, "");
    };
    if places.iter().all(|(_, place)| place.alignment.exact) {
        return speaker(index, quotation, &places[0].1, draft);
    }
    let (count, alike) = (words(piece), worst.alignment.similarity);
    let scene = count > 3 || worst.evidence.score >= SAME_SCENE && worst.quotation().is_some();
    let quoted = matches!(quotation.form, QuotationForm::Direct | QuotationForm::Partial);
    if alike < least_alike(count) || !scene || !quoted {
        return other_remark(draft, index, mention, quotation, evidence);
    }
    let confidence = (0.5 + alike / 2.0).min(0.98);
    let said = worst.span.of(&worst.reading().prose.document.text);
    Verdict {
        mismatch: Some(Mismatch::Words),
        message: Some(format!("The sources have “{}”.", single_spaced(said))),
        fix: fix(text, *piece, said),
        findings: vec![worst.finding(Stance::Refutes(Mismatch::Words), confidence)],
        ..Verdict::new(index, Label::Refuted, confidence, Reason::Words)
    }
}

/// Where these words stand best in the sources.
fn best<'e>(words: &str, evidence: &'e [Evidence]) -> Option<Place<'e>> {
    let mut best: Option<Place<'e>> = None;
    for evidence in evidence {
        let prose = &evidence.passage.source.reading.prose;
        // A quotation may run over its neighbours, a long one over many: wherever in it the passage stands, all of it has to fit in.
        let (at, last) = (evidence.passage.sentences.start as usize, prose.sentences.len() - 1);
        let (mut from, mut to) = (at.saturating_sub(1), (at + 2).min(last));
        while from > 0 && ((prose.sentences[at].span.start - prose.sentences[from].span.start) as usize) < words.len() {
            from -= 1;
        }
        while to < last && ((prose.sentences[to].span.end - prose.sentences[at].span.end) as usize) < words.len() {
            to += 1;
        }
        let stretch = prose.sentences[from].span.cover(prose.sentences[to].span);
        let Some(alignment) = compare_words(words, stretch.of(&prose.document.text)) else { continue };
        if best.as_ref().is_none_or(|b| (alignment.exact, alignment.similarity) > (b.alignment.exact, b.alignment.similarity)) {
            let start = stretch.start as usize;
            let span = Span::new(start + alignment.source.start, start + alignment.source.end);
            best = Some(Place { evidence, span, alignment });
        }
    }
    best
}

/// Judges who is said to have said words that the sources have.
fn speaker(index: u32, quotation: &Quotation, place: &Place<'_>, draft: &Reading) -> Verdict {
    let supported = Verdict {
        findings: vec![place.finding(Stance::Supports, 0.95)],
        ..Verdict::new(index, Label::Supported, 0.95, Reason::Quoted)
    };
    let Some(ours) = quotation.speaker.as_ref() else { return supported };
    let Some(our_name) = &ours.canonical else { return supported };
    // Only where both texts name a person: whom "the leader" and most pronouns stand for is a guess.
    if !(ours.sure || is_subject(draft, ours.span)) {
        return supported;
    }
    let Some((their_name, named)) = said_by(place) else { return supported };
    if one_bearer(our_name, &their_name) {
        return supported;
    }
    let confidence = if named { 0.85 } else { 0.7 };
    let bare = ours.span.of(&draft.prose.document.text);
    Verdict {
        label: Label::Refuted,
        mismatch: Some(Mismatch::Speaker),
        confidence,
        message: Some(format!("The sources have {their_name} say this.")),
        // A pronoun is left to the writer.
        fix: bare.starts_with(char::is_uppercase).then(|| (ours.span, their_name.clone())),
        findings: vec![place.finding(Stance::Refutes(Mismatch::Speaker), confidence)],
        reason: Reason::Speaker,
        ..supported
    }
}

/// Who says these words in the source, where that is sure, and whether by name: as the source quotes them, or as a transcript has them.
fn said_by(place: &Place<'_>) -> Option<(String, bool)> {
    let Some(quotation) = place.quotation() else {
        return claim::turn_speaker(place.reading(), place.span.start).map(|name| (name, true));
    };
    let speaker = quotation.speaker.as_ref()?;
    let named = is_person(place.reading(), speaker.span);
    speaker.canonical.clone().filter(|_| speaker.sure || named).map(|name| (name, named))
}

/// Whether a person's name stands there.
fn is_person(reading: &Reading, span: Span) -> bool {
    let person = |m: &Mention| matches!(&m.kind, MentionKind::Name(n) if n.class == NameClass::Person);
    reading.mentions.iter().any(|m| m.span.overlaps(span) && person(m))
}

/// Whether a person's name stands there that can be who acts: not "with Kushner", nor the second of two.
fn is_subject(reading: &Reading, span: Span) -> bool {
    let tokens = &reading.prose.tokens;
    let before = tokens.partition_point(|t| t.span.end <= span.start).checked_sub(1).map(|i| tokens[i]);
    let governed = before.is_some_and(|t| {
        reading.prose.document.prose.get(t.span.end as usize..span.start as usize).is_some_and(|gap| gap.trim().is_empty())
            && matches!(t.tag, Tag::Adposition | Tag::Conjunction)
    });
    is_person(reading, span) && !governed
}

/// Whether two names may be one person's.
fn one_bearer(a: &str, b: &str) -> bool {
    // A given name alone may be anybody's, also that of whom it is a part of.
    let likeness = compare_names(a, b);
    // A transcript may call somebody by office and surname: "Councillor Voss".
    let surname = |name: &str| name.rsplit(' ').next().map(prose::fold);
    likeness.agrees() || likeness == NameLikeness::Contains || surname(a) == surname(b)
}

/// A word or two that the sources do not have, where the passage that speaks of the same remark quotes other words.
fn other_remark(draft: &Reading, index: u32, mention: &Mention, quotation: &Quotation, evidence: &[Evidence]) -> Verdict {
    let text = &draft.prose.document.text;
    let short = quotation.pieces.iter().all(|p| p.of(text).split_whitespace().count() <= REMARK);
    let missing = "The sources do not have these words.";
    if !short || quotation.form == QuotationForm::Title {
        return open(index, missing);
    }
    let sentence = prose::fold(draft.prose.sentences[mention.sentence as usize].span.of(text));
    for evidence in evidence.iter().filter(|e| e.score >= SAME_REMARK) {
        let reading = &evidence.passage.source.reading;
        let said = &reading.prose.document.text;
        let mut left: Vec<Span> = Vec::new();
        for i in mentions_of(reading, evidence.passage.sentences.start as usize) {
            let MentionKind::Quotation(q) = &reading.mentions[i].kind else { continue };
            let same_speaker = match (&quotation.speaker, &q.speaker) {
                (Some(a), Some(b)) => a.canonical.as_ref().zip(b.canonical.as_ref()).is_none_or(|(a, b)| one_bearer(a, b)),
                _ => true,
            };
            for piece in &q.pieces {
                let words = prose::fold(piece.of(said).trim_end_matches([',', '.']));
                if same_speaker && words.split_whitespace().count() <= REMARK + 1 && !sentence.contains(&words) {
                    left.push(*piece);
                }
            }
        }
        let Some(first) = left.first() else { continue };
        let list: Vec<String> =
            left.iter().map(|p| format!("“{}”", single_spaced(p.of(said)).trim_end_matches([',', '.']))).collect();
        let confidence = if left.len() == 1 { 0.8 } else { 0.7 };
        let only = (left.len() == 1 && quotation.pieces.len() == 1).then(|| first.of(said).trim_end_matches([',', '.']));
        return Verdict {
            mismatch: Some(Mismatch::Words),
            message: Some(format!("The sources have {}.", list.join(", "))),
            fix: only.and_then(|words| fix(text, quotation.pieces[0], words)),
            findings: vec![Finding {
                source: evidence.passage.source.clone(),
                quote: reading.prose.words(evidence.passage.sentences.start as usize).cover(*first),
                counterpart: *first,
                stance: Stance::Refutes(Mismatch::Words),
                confidence,
            }],
            ..Verdict::new(index, Label::Refuted, confidence, Reason::Words)
        };
    }
    open(index, missing)
}

/// Overwrites the words of a piece and leaves the comma or stop before the closing mark.
fn fix(text: &str, piece: Span, said: &str) -> Option<(Span, String)> {
    let words = piece.of(text).trim_end_matches([',', '.']);
    let said = single_spaced(said);
    let said = said.trim_end_matches([',', '.']);
    (!words.is_empty()).then(|| (Span::new(piece.start as usize, piece.start as usize + words.len()), said.to_owned()))
}

fn open(index: u32, message: &str) -> Verdict {
    Verdict { message: Some(message.to_owned()), ..Verdict::new(index, Label::NotEnoughInfo, 0.5, Reason::Unquoted) }
}
