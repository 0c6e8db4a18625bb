//! What the last check found, for the next one: a claim whose words, surroundings and passages are as they were is not judged again.
//!
//! A verdict depends on the draft's sentence with those beside it, on what else the draft says of the people in it, and on the passages
//! that the corpus gives for it. All of that is compared; what comes out is what a check from nothing gives.

use std::{
    mem,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use rustc_hash::FxHashMap;

use super::{
    Claim, Corpus, CorpusError, Mention, MentionKind, Mismatch, Outlines, Passage, Problem, Query, Reading, Source, Span, Verdict,
};
use crate::{evidence, verdict};

/// What the checks of one draft have found, by claim.
#[derive(Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// From the check before this one.
    last: FxHashMap<Key, Found>,
    /// From this one.
    now: FxHashMap<Key, Found>,
}

/// A digest of what a verdict depends on in the draft.
type Key = [u8; 32];

/// What was found for a claim. Spans and mentions count from those of the claim.
#[derive(Clone)]
struct Found {
    /// The state of the corpus.
    desk: u64,
    passages: Vec<(Arc<Source>, Range<u32>)>,
    verdicts: Vec<Verdict>,
}

impl Memo {
    /// Begins a check: what neither this one nor the one before it has asked for is forgotten.
    pub fn begin(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = mem::take(&mut kept.now);
        // A check that was cut short has not asked for all there is.
        if now.len() >= kept.last.len() {
            kept.last = now;
        } else {
            kept.last.extend(now);
        }
    }

    /// Ends a check that came to its end: what it has not asked for is forgotten.
    pub fn end(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last = mem::take(&mut kept.now);
    }

    /// As [`check_claim`](super::check_claim), against a corpus in the state `desk`: no two states share a number.
    pub fn check_claim(
        &self,
        draft: &Reading,
        claim: &Claim,
        (corpus, desk): (&dyn Corpus, u64),
        outlines: &Outlines,
    ) -> (Vec<Verdict>, Option<Problem>) {
        let key = key(draft, claim);
        let known = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let known = kept.now.get(&key).cloned();
            known.or_else(|| kept.last.remove(&key))
        };
        if let Some(known) = known.as_ref().filter(|known| known.desk == desk) {
            self.keep(key, known.clone());
            return (known.verdicts.iter().map(|v| moved(v, claim, 1)).collect(), None);
        }
        let passages = match corpus.search(&evidence::query(draft, claim)) {
            Ok(passages) => passages,
            Err(error) => return (verdict::judge(draft, claim, &[]), Some(Problem { message: error.message })),
        };
        if let Some(known) = known.filter(|known| is_same(&known.passages, &passages)) {
            let verdicts = known.verdicts.iter().map(|v| moved(v, claim, 1)).collect();
            self.keep(key, Found { desk, ..known });
            return (verdicts, None);
        }
        let places = passages.iter().map(|p| (p.source.clone(), p.sentences.clone())).collect();
        let (verdicts, problem) = super::check_claim(draft, claim, &Given(passages), outlines);
        let own = |v: &Verdict| claim.mentions.contains(&v.mention);
        if problem.is_none() && verdicts.iter().all(own) {
            let verdicts = verdicts.iter().map(|v| moved(v, claim, -1)).collect();
            self.keep(key, Found { desk, passages: places, verdicts });
        }
        (verdicts, problem)
    }

    fn keep(&self, key: Key, found: Found) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).now.insert(key, found);
    }
}

/// What the corpus has said already.
struct Given(Vec<Passage>);

impl Corpus for Given {
    fn search(&self, _: &Query) -> Result<Vec<Passage>, CorpusError> {
        Ok(self.0.clone())
    }

    fn generation(&self) -> u64 {
        0
    }
}

fn is_same(known: &[(Arc<Source>, Range<u32>)], passages: &[Passage]) -> bool {
    known.len() == passages.len()
        && known.iter().zip(passages).all(|((source, sentences), p)| Arc::ptr_eq(source, &p.source) && *sentences == p.sentences)
}

/// A verdict whose mentions and spans count from those of the claim (`way` -1), or from those of the draft again (`way` 1).
fn moved(verdict: &Verdict, claim: &Claim, way: i64) -> Verdict {
    let (first, start) = (i64::from(claim.mentions.first().copied().unwrap_or(0)), i64::from(claim.span.start));
    // What the claim is about may begin before it; taken back by the same sum, it wraps around to where it was.
    let shift = |at: u32| (i64::from(at) + way * start) as u32;
    let span = |span: Span| Span { start: shift(span.start), end: shift(span.end) };
    Verdict {
        mention: (i64::from(verdict.mention) + way * first) as u32,
        mismatch: verdict.mismatch.map(|m| if let Mismatch::Role(words) = m { Mismatch::Role(span(words)) } else { m }),
        fix: verdict.fix.as_ref().map(|(at, text)| (span(*at), text.clone())),
        ..verdict.clone()
    }
}

/// The digest of what the verdicts on a claim depend on in the draft.
fn key(draft: &Reading, claim: &Claim) -> Key {
    let mut hasher = blake3::Hasher::new();
    let prose = &draft.prose;
    let document = &prose.document;
    let meta = &document.meta;
    let mut add = |part: &[u8]| {
        hasher.update(&part.len().to_le_bytes()).update(part);
    };
    add(format!("{:?} {:?} {:?}", meta.published, meta.title, claim.mentions.len()).as_bytes());
    let start = claim.span.start;
    // The sentence with those beside it. A span before it wraps around, the same way each time.
    let from_here = |span: Span| Span { start: span.start.wrapping_sub(start), end: span.end.wrapping_sub(start) };
    let at = claim.sentence as usize;
    for i in at.saturating_sub(1)..(at + 2).min(prose.sentences.len()) {
        let sentence = &prose.sentences[i];
        add(format!("{:?} {:?}", from_here(sentence.span), document.blocks[sentence.block as usize].kind).as_bytes());
        add(sentence.span.of(&document.text).as_bytes());
        for mention in evidence::mentions_of(draft, i).map(|m| &draft.mentions[m]) {
            add(mention.span.of(&document.text).as_bytes());
            add(&packed(mention, &from_here));
        }
    }
    // What the draft says of its people elsewhere.
    let name = |mention: u32| match draft.mentions.get(mention as usize).map(|m| &m.kind) {
        Some(MentionKind::Name(name)) => Some(name),
        _ => None,
    };
    for role in &draft.roles {
        let Some(bearer) = name(role.bearer) else { continue };
        if claim.mentions.iter().filter_map(|&m| name(m)).any(|n| n.canonical == bearer.canonical) {
            add(role.owner.map_or(role.span, |o| o.cover(role.span)).of(&document.text).as_bytes());
            add(format!("{:?} {:?}", role.form, role.listed).as_bytes());
        }
    }
    hasher.finalize().into()
}

/// A mention as bytes.
fn packed(mention: &Mention, from_here: &impl Fn(Span) -> Span) -> Vec<u8> {
    let span = from_here(mention.span);
    let mut kind = mention.kind.clone();
    kind.map_spans(from_here);
    let mut bytes = format!("{} {} {} ", span.start, span.end, mention.quoted).into_bytes();
    // Writing into memory cannot fail.
    let _ = borsh::to_writer(&mut bytes, &kind);
    bytes
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::ide::{self, Format, sample};

    /// A corpus that counts what it is asked.
    struct Counting(AtomicUsize);

    impl Corpus for Counting {
        fn search(&self, query: &Query) -> Result<Vec<Passage>, CorpusError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            sample::corpus().search(query)
        }

        fn generation(&self) -> u64 {
            1
        }
    }

    fn check(memo: &Memo, text: &str, corpus: &Counting) -> Vec<String> {
        let draft = ide::read(text, Format::Markdown, None);
        memo.begin();
        let found: Vec<Verdict> =
            draft.claims.iter().flat_map(|c| memo.check_claim(&draft, c, (corpus, 1), &Outlines::default()).0).collect();
        memo.end();
        let fresh: Vec<Verdict> =
            draft.claims.iter().flat_map(|c| ide::check_claim(&draft, c, &sample::corpus(), &Outlines::default()).0).collect();
        let shown = |v: &[Verdict]| -> Vec<String> {
            v.iter().map(|v| format!("{} {:?} {:?} {:?}", v.span(&draft).of(text), v.label, v.message, v.fix)).collect()
        };
        assert_eq!(shown(&found), shown(&fresh));
        shown(&found)
    }

    #[test]
    fn a_claim_is_judged_once() {
        let (memo, corpus) = (Memo::default(), Counting(AtomicUsize::new(0)));
        let asked = || corpus.0.swap(0, Ordering::Relaxed);
        let draft = sample::DRAFT;
        check(&memo, draft, &corpus);
        let claims = asked();
        assert!(claims > 0);
        check(&memo, draft, &corpus);
        assert_eq!(asked(), 0);
        // Moved, with what stands beside it.
        let draft = format!("It rained.\n\n{draft}");
        check(&memo, &draft, &corpus);
        asked();
        check(&memo, &format!("The sea rose.\n\n{draft}"), &corpus);
        assert!(asked() <= 2);
        // Another figure.
        check(&memo, &draft.replace("104", "140"), &corpus);
        assert!(asked() > 0);
    }
}
