//! Who said it, and with which verb: the cue stands behind the quotation (", Putin said"), between its parts, or ahead of it
//! ("Putin said that …"); `phrase` cuts the speaker's phrase out, `pronoun` finds whom "he" stands for.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Quotation, QuotationForm, Speaker};
use crate::{
    claim::{Mention, MentionKind, NameClass},
    prose::{Prose, Tag, Token, TokenKind},
    text::Span,
};

mod phrase;
mod pronoun;

static VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/reporting_verbs.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Whether a folded word is a form of a verb that introduces somebody's words: "said", "announced".
pub(crate) fn is_reporting(word: &str) -> bool {
    VERBS.contains(word) || matches!(word, "said" | "says" | "say" | "told" | "tells" | "tell")
}

/// More words than this between a quotation and its verb: then they have nothing to do with each other.
const REACH: usize = 40;

/// A name, as far as speakers need it.
#[derive(Clone, Debug)]
struct Named {
    /// The whole mention.
    span: Span,
    /// Without honorifics and roles.
    bare: Span,
    /// Honorifics and roles.
    role: Option<Span>,
    canonical: String,
    person: bool,
    quoted: bool,
}

/// What was found of one quotation.
struct Found {
    cue: Option<Span>,
    speaker: Option<Speaker>,
    /// Whether the cue stands behind the words, so that it may hold for the quotations before it in the sentence too.
    behind: bool,
}

/// The text with its names.
struct Scene<'a> {
    prose: &'a Prose,
    names: Vec<Named>,
    /// Where dates stand: no speakers.
    dates: Vec<Span>,
    /// Where quotations stand.
    quotations: Vec<Span>,
    /// What titles tell of the people.
    genders: FxHashMap<String, pronoun::Gender>,
}

/// Whether the words between two quotations only name the speaker: ", he said, ".
pub(super) fn interrupts(prose: &Prose, text: &str, gap: Span) -> bool {
    let words = gap.of(text);
    if words.len() > 160 || words.contains('\n') || !words.trim_end().ends_with([',', '.']) {
        return false;
    }
    let tokens = tokens_in(prose, gap);
    let first = tokens.iter().find(|t| t.kind == TokenKind::Word);
    if first.is_none_or(|t| matches!(prose.str(t.span), "and" | "but" | "or" | "which")) || passive(prose, tokens) {
        return false;
    }
    let verbs = tokens.iter().filter(|t| is_cue(prose, t)).count();
    let inner_stop = words.trim_end().trim_end_matches(['.', ',', ':']).contains(". ") || words.contains([';', '?', '!']);
    verbs == 1 && tokens.len() <= 20 && !inner_stop
}

/// Whether a verb of saying stands in the rest of the sentence behind `end`, before another mark.
pub(super) fn follows(prose: &Prose, end: u32) -> bool {
    let from = prose.tokens.partition_point(|t| t.span.start < end);
    let rest = prose.tokens[from..].iter().take(REACH);
    rest.take_while(|t| !is_stop(prose.str(t.span)) && t.kind != TokenKind::Quote)
        .any(|t| is_cue(prose, t) || prose.str(t.span) == "according")
}

/// Whether a form of "be" is among the tokens.
fn passive(prose: &Prose, tokens: &[Token]) -> bool {
    tokens.iter().any(|t| {
        matches!(t.tag, Tag::Auxiliary | Tag::Verb)
            && matches!(
                prose.str(t.span),
                "was" | "were" | "is" | "are" | "been" | "be" | "being" | "Was" | "Were" | "Is" | "Are"
            )
    })
}

/// The tokens that lie in `span`.
fn tokens_in(prose: &Prose, span: Span) -> &[Token] {
    let from = prose.tokens.partition_point(|t| t.span.start < span.start);
    let to = prose.tokens.partition_point(|t| t.span.end <= span.end);
    &prose.tokens[from..to.max(from)]
}

/// Whether a token is a verb that introduces words.
fn is_cue(prose: &Prose, token: &Token) -> bool {
    let word = prose.str(token.span);
    if token.kind != TokenKind::Word
        || word.len() > 14
        || matches!(token.tag, Tag::Noun | Tag::ProperNoun | Tag::Adjective | Tag::Adverb)
    {
        // The verbs of speech are mistagged now and then: these have no other use.
        if word.len() > 14 || token.kind != TokenKind::Word || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return false;
        }
        return matches!(word, "said" | "says" | "told" | "added" | "tweeted") || VERBS.contains(word) && announces(prose, token);
    }
    if word.bytes().all(|b| b.is_ascii_lowercase()) { VERBS.contains(word) } else { VERBS.contains(word.to_lowercase().as_str()) }
}

/// Whether words follow that somebody said: "that", or a colon or comma before a quotation mark.
fn announces(prose: &Prose, token: &Token) -> bool {
    let next = prose.tokens.partition_point(|t| t.span.start < token.span.end);
    let str = |i: usize| prose.tokens.get(i).map_or("", |t| prose.str(t.span));
    match str(next) {
        "that" => true,
        "," | ":" => prose.tokens.get(next + 1).is_some_and(|t| t.kind == TokenKind::Quote || matches!(str(next + 1), "‘" | "'")),
        _ => false,
    }
}

/// Finds cue and speaker of every quotation among `mentions`, which are in order.
pub(super) fn attribute(prose: &Prose, mentions: &mut [Mention]) {
    let names = mentions.iter().filter_map(|m| match &m.kind {
        MentionKind::Name(name) => Some(Named {
            span: m.span,
            bare: name.bare,
            role: name.role,
            canonical: name.canonical.clone(),
            person: name.class == NameClass::Person,
            quoted: m.quoted,
        }),
        _ => None,
    });
    let names: Vec<Named> = names.collect();
    let dates = mentions.iter().filter(|m| matches!(m.kind, MentionKind::Date(_))).map(|m| m.span).collect();
    let indices: Vec<usize> = (0..mentions.len()).filter(|&i| matches!(mentions[i].kind, MentionKind::Quotation(_))).collect();
    let quotations = indices.iter().map(|&i| mentions[i].span).collect();
    let scene = Scene { prose, genders: pronoun::genders(prose, &names), names, dates, quotations };
    let mut last: Option<(Span, Speaker)> = None;
    for (n, &i) in indices.iter().enumerate() {
        let (span, sentence) = (mentions[i].span, mentions[i].sentence);
        let MentionKind::Quotation(quotation) = &mut mentions[i].kind else { continue };
        let Some(mut found) = scene.find(span, sentence, quotation) else { continue };
        if let Some(speaker) = &mut found.speaker
            && speaker.canonical.is_none()
        {
            let reported = found.behind && quotation.form != QuotationForm::Direct;
            scene.stand_for(speaker, reported, last.as_ref());
        }
        settle(quotation, found.cue, found.speaker.clone());
        if let Some(speaker) = found.speaker {
            // "useful" and "specific", Putin said: one cue for all of the sentence.
            if found.behind {
                for &j in indices[..n].iter().rev() {
                    if mentions[j].sentence != sentence {
                        break;
                    }
                    if let MentionKind::Quotation(q) = &mut mentions[j].kind
                        && q.cue.is_none()
                        && q.form != QuotationForm::Title
                    {
                        settle(q, found.cue, Some(speaker.clone()));
                    }
                }
            }
            last = Some((span, speaker));
        }
    }
    alone(&scene, mentions, &indices);
}

fn settle(quotation: &mut Quotation, cue: Option<Span>, speaker: Option<Speaker>) {
    quotation.cue = cue;
    quotation.speaker = speaker;
    if quotation.form == QuotationForm::Scare {
        quotation.form = QuotationForm::Partial;
    }
}

/// Words in marks that stand alone as a sentence have the speaker of the quotation or the report just before them. They get no cue, for
/// none is written.
fn alone(scene: &Scene<'_>, mentions: &mut [Mention], indices: &[usize]) {
    for (n, &i) in indices.iter().enumerate() {
        let here = &mentions[i];
        let MentionKind::Quotation(q) = &here.kind else { continue };
        if q.speaker.is_some() || q.cue.is_some() || q.form != QuotationForm::Direct {
            continue;
        }
        let before = n.checked_sub(1).map(|n| &mentions[indices[n]]);
        let speaker = match before.map(|b| (b, &b.kind)) {
            Some((b, MentionKind::Quotation(a))) if a.form == QuotationForm::Direct && scene.close(b, here) => a.speaker.clone(),
            _ => scene.reported(here, before.map_or(0, |b| b.span.end)),
        };
        if let MentionKind::Quotation(q) = &mut mentions[i].kind {
            q.speaker = speaker;
        }
    }
}

fn is_stop(text: &str) -> bool {
    matches!(text, "." | ";" | "?" | "!")
}

impl Scene<'_> {
    fn str(&self, token: &Token) -> &str {
        self.prose.str(token.span)
    }

    /// Whether one quotation follows another with hardly a word between.
    fn close(&self, before: &Mention, here: &Mention) -> bool {
        let block = |m: &Mention| self.prose.sentences.get(m.sentence as usize).map(|s| s.block);
        let gap = Span { start: before.span.end, end: here.span.start.max(before.span.end) };
        block(before) == block(here) && gap.len() <= 120 && tokens_in(self.prose, gap).len() <= 16
    }

    /// The speaker of the sentence before a quotation, if that sentence only reports that somebody spoke: "…, she told reporters."
    fn reported(&self, here: &Mention, from: u32) -> Option<Speaker> {
        let sentence = here.sentence as usize;
        let own = self.prose.sentences.get(sentence)?;
        let before = self.prose.sentences.get(sentence.checked_sub(1)?)?;
        if own.span.start < here.span.start || before.span.start < from || before.block + 1 < own.block {
            return None;
        }
        let tokens = self.prose.tokens_of(sentence - 1);
        let cue = tokens.iter().position(|t| {
            is_cue(self.prose, t) && matches!(self.str(t), "said" | "told" | "says" | "wrote" | "explained" | "asked")
        })?;
        let passive = passive(self.prose, &tokens[cue.saturating_sub(2)..cue]);
        let mut speaker = self.speaker_before(&tokens[..cue]).filter(|_| !passive)?;
        if speaker.canonical.is_none() {
            self.stand_for(&mut speaker, false, None);
        }
        Some(speaker)
    }

    fn find(&self, span: Span, sentence: u32, quotation: &mut Quotation) -> Option<Found> {
        let text = &*self.prose.document.prose;
        let blocks = &self.prose.document.blocks;
        let block = blocks.get(blocks.partition_point(|b| b.span.end < span.end))?.span;
        // Between the parts of a split quotation stands its speaker; between its paragraphs nothing.
        let told = |pair: &&[Span]| {
            text.get(pair[0].end as usize..pair[1].start as usize).is_some_and(|g| g.contains(char::is_alphanumeric))
        };
        let split = quotation.pieces.windows(2).find(told).map(|pair| pair[0]);
        let (first, split) = (split.or(quotation.pieces.last().copied())?, split.is_some());
        let content = first.of(text).trim_end();
        let after = tokens_in(self.prose, Span { start: first.end, end: block.end.max(first.end) });
        let skip = after.iter().take_while(|t| t.kind == TokenKind::Quote || self.str(t) == ",").count();
        let after = &after[skip..];
        let next = self.quotations.partition_point(|q| q.start < span.end);
        let next = self.quotations.get(next).map_or(u32::MAX, |q| q.start);
        let goes_on = |t: &&Token| !is_stop(self.str(t)) && t.kind != TokenKind::Quote && t.span.start < next;
        let end = after.iter().take(REACH).take_while(goes_on).count();
        let before = self.before(span, sentence)?;
        // "…, saying: “…”": what follows is another matter.
        if before.last().is_some_and(|t| self.str(t) == ":")
            && quotation.form != QuotationForm::Title
            && let Some(found) = self.ahead(&before, &[])
        {
            let words = quotation.pieces.iter().map(|p| p.of(text).split_whitespace().count()).sum::<usize>();
            if words > 3 {
                quotation.form = QuotationForm::Direct;
            }
            return Some(found);
        }
        // Behind a full stop inside the marks a new sentence begins.
        if split || !content.ends_with('.') {
            let title = quotation.form == QuotationForm::Title;
            if let Some(found) = self.behind(&after[..end], content.ends_with(['?', '!', '…']))
                && (!title || content.ends_with([',', '?', '!']))
            {
                quotation.form = if title { QuotationForm::Direct } else { quotation.form };
                return Some(found);
            }
        }
        if quotation.form == QuotationForm::Title {
            return None;
        }
        self.ahead(&before, &after[..end]).or_else(|| self.colon(&before))
    }

    /// The words of its sentence that stand ahead of a quotation, without other quotations. A quotation that begins its sentence belongs
    /// to the one before if that ends with a colon.
    fn before(&self, span: Span, sentence: u32) -> Option<Vec<Token>> {
        let mut start = self.prose.sentences.get(sentence as usize)?.span.start;
        if let Some(last) = (sentence as usize).checked_sub(1).filter(|_| start >= span.start)
            && self.prose.tokens_of(last).last().is_some_and(|t| self.str(t) == ":")
        {
            start = self.prose.sentences[last].span.start;
        }
        let before = tokens_in(self.prose, Span { start, end: span.start.max(start) });
        let before = &before[before.len().saturating_sub(4 * REACH)..];
        let before = &before[before.iter().rposition(|t| is_stop(self.str(t))).map_or(0, |i| i + 1)..];
        let quoted = |t: &Token| {
            let i = self.quotations.partition_point(|q| q.end <= t.span.start);
            self.quotations.get(i).is_some_and(|q| q.overlaps(t.span))
        };
        Some(before.iter().filter(|t| !quoted(t)).copied().collect())
    }

    /// "Putin disagreed: “…”": who is the subject of a clause that ends in a colon says what follows.
    fn colon(&self, before: &[Token]) -> Option<Found> {
        let (last, clause) = before.split_last()?;
        let speaker = self.subject(clause).filter(|_| self.str(last) == ":")?;
        let person = self.names_in(speaker.span).iter().any(|n| n.person && n.bare == speaker.span);
        person.then_some(Found { cue: None, speaker: Some(speaker), behind: false })
    }

    /// ", Putin said", ", said Putin", ", according to Putin" behind the quotation. After "?" and "!" a new sentence may have begun.
    fn behind(&self, after: &[Token], doubtful: bool) -> Option<Found> {
        if let Some(found) = self.according(after).filter(|_| !doubtful) {
            return Some(found);
        }
        let cue =
            (0..after.len().min(24)).find(|&i| is_cue(self.prose, &after[i]) || !doubtful && self.is_cue_by_place(after, i))?;
        let found = |speaker: Option<Speaker>| Some(Found { cue: Some(self.cue_span(after, cue)), speaker, behind: true });
        // ", Putin said: “…”": that is for the words to come.
        if after.get(cue + 1).is_some_and(|t| self.str(t) == ":") {
            return None;
        }
        if cue == 0 {
            let told = matches!(self.str(&after[0]), "told" | "tells");
            return found(if told { None } else { self.speaker_after(&after[1..]) });
        }
        // Between the mark and the verb only the speaker may stand; verbs only between commas.
        let between = &after[..cue];
        let mut depth = 0;
        let clause = between.iter().any(|t| {
            depth += usize::from(self.str(t) == ",");
            depth % 2 == 0
                && (matches!(t.tag, Tag::Verb) || matches!(self.str(t), "that" | "and" | "but" | "as" | "which" | "who"))
        });
        // "… ends here!" The team confirmed that …
        let sentence = doubtful
            && after
                .get(cue + 1)
                .is_some_and(|t| self.str(t) == "that" || !matches!(t.tag, Tag::Adposition | Tag::Adverb | Tag::Other));
        let told = matches!(self.str(&after[cue]), "told" | "asked" | "wrote" | "tells");
        let passive = passive(self.prose, &between[between.len().saturating_sub(2)..]) && !self.str(&after[cue]).ends_with("ing");
        if clause || passive || sentence && (!told || cue > 5) {
            return self.trailing(after).filter(|_| !doubtful);
        }
        let speaker = self.speaker_before(between)?;
        found(Some(speaker))
    }

    /// A verb of saying that was taken for a noun, right behind a name or a pronoun: ", Lopez quips".
    fn is_cue_by_place(&self, tokens: &[Token], i: usize) -> bool {
        let word = self.str(&tokens[i]);
        tokens[i].tag == Tag::Noun
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && VERBS.contains(word)
            && i.checked_sub(1).is_some_and(|i| self.in_name(&tokens[i]) || self.is_pronoun(tokens[i].span))
            && !tokens.get(i + 1).is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Verb))
    }

    /// "…” and goes on without marks, Putin said." at the end of the sentence.
    fn trailing(&self, after: &[Token]) -> Option<Found> {
        let comma = after.iter().rposition(|t| self.str(t) == ",")?;
        let clause = &after[comma + 1..];
        let cue = clause.iter().position(|t| is_cue(self.prose, t))?;
        let subject = cue > 0 && cue <= 4 && clause[..cue].iter().all(|t| self.is_nominal(t) || self.is_pronoun(t.span));
        let rest = &clause[cue + 1..];
        let goes_on = |t: &Token| matches!(t.tag, Tag::Verb) && !self.in_name(t) || matches!(self.str(t), "that" | ":");
        let ends = rest.len() <= 8 && !rest.iter().any(goes_on);
        let speaker = self.speaker_before(&clause[..cue]).filter(|_| subject && ends)?;
        Some(Found { cue: Some(clause[cue].span), speaker: Some(speaker), behind: true })
    }

    /// "Putin said …", "according to Putin, …", "described by Putin as …" ahead of the quotation; "…" by Putin behind it.
    fn ahead(&self, before: &[Token], after: &[Token]) -> Option<Found> {
        if let Some(found) = self.according(before) {
            return Some(found);
        }
        // "They say they want to speak of …": an infinitive is a cue only if there is no other.
        let noun = |i: usize| {
            let word = self.str(&before[i]);
            let bare = !word.ends_with("ed") && !word.ends_with("ing") && !word.ends_with('s');
            let small = |t: &Token| self.str(t).starts_with(char::is_lowercase);
            bare && i
                .checked_sub(1)
                .is_some_and(|i| matches!(before[i].tag, Tag::Determiner | Tag::Adjective) && small(&before[i]))
        };
        let is_verb = |i: usize| is_cue(self.prose, &before[i]) && !noun(i);
        let finite = |i: &usize| is_verb(*i) && i.checked_sub(1).is_none_or(|i| self.str(&before[i]) != "to");
        let cue = (0..before.len()).rev().find(finite).or_else(|| (0..before.len()).rev().find(|i| is_verb(*i)))?;
        if before.len() - cue > REACH {
            return None;
        }
        let span = self.cue_span(before, cue);
        let found = |speaker| Some(Found { cue: Some(span), speaker, behind: false });
        let verb = self.str(&before[cue]);
        let helpers =
            before[..cue].iter().rev().take_while(|t| matches!(t.tag, Tag::Adverb | Tag::Auxiliary | Tag::Particle)).count();
        let helped = passive(self.prose, &before[cue - helpers..cue]);
        let by = |tokens: &[Token]| {
            tokens.first().is_some_and(|t| self.str(t) == "by").then(|| self.speaker_after(&tokens[1..])).flatten()
        };
        if let Some(speaker) = by(&before[cue + 1..]) {
            return found(Some(speaker));
        }
        if helped && !verb.ends_with("ing") {
            return found(by(after));
        }
        if verb.ends_with("ing") && before[..cue].last().is_none_or(|t| self.str(t) == "," || !matches!(t.tag, Tag::Auxiliary)) {
            // ", with the paper reporting …": a subject of its own.
            if let Some(own) = self.absolute(&before[..cue]) {
                return found(Some(own));
            }
            // ", adding that …": the subject of the clause before.
            let earlier = before[..cue].iter().rposition(|t| is_cue(self.prose, t) && !self.str(t).ends_with("ing"));
            let subject = earlier.and_then(|e| self.speaker_before(&before[..e])).or_else(|| self.subject(&before[..cue]));
            return found(subject);
        }
        found(self.speaker_before(&before[..cue]).or_else(|| self.subject(&before[..cue])))
    }

    /// The subject of a participle, behind a comma or "with": ", the government recommending …".
    fn absolute(&self, before: &[Token]) -> Option<Speaker> {
        let from = before.iter().rposition(|t| matches!(self.str(t), "," | "with"))?;
        let words = &before[from + 1..];
        let speaker = self.speaker_before(words)?;
        let first = words.iter().find(|t| !matches!(self.str(t), "the" | "a" | "an"))?;
        (speaker.span.start <= first.span.start && words.len() <= 6).then_some(speaker)
    }

    /// The cue with what denies it: "did not say", "has never said".
    fn cue_span(&self, tokens: &[Token], cue: usize) -> Span {
        let denied = tokens[..cue]
            .iter()
            .rev()
            .take(3)
            .take_while(|t| matches!(t.tag, Tag::Adverb | Tag::Auxiliary | Tag::Particle))
            .enumerate();
        let negative = |t: &Token| {
            let word = self.str(t);
            word.eq_ignore_ascii_case("not")
                || word.eq_ignore_ascii_case("never")
                || word.ends_with("n't")
                || word.ends_with("n’t")
        };
        let from = denied.filter(|(_, t)| negative(t)).map(|(n, _)| cue - 1 - n).last();
        from.map_or(tokens[cue].span, |i| tokens[i].span.cover(tokens[cue].span))
    }

    fn according(&self, tokens: &[Token]) -> Option<Found> {
        let at = tokens.windows(2).position(|w| self.str(&w[0]).eq_ignore_ascii_case("according") && self.str(&w[1]) == "to")?;
        let speaker = self.speaker_after(&tokens[at + 2..]);
        // "…, he said, according to the paper": the nearer speaker counts.
        if tokens[..at].iter().any(|t| is_cue(self.prose, t)) {
            return None;
        }
        Some(Found { cue: Some(tokens[at].span.cover(tokens[at + 1].span)), speaker, behind: true })
    }
}
