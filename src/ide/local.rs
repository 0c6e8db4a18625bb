//! Reading again the sentences that an edit has touched, and no others: what a keystroke costs does not grow with the draft.
//!
//! It is read with the sentences that it leans on: those before it, and those that first name whom it names. The next reading of the
//! whole draft has the last word.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Change, Claim, Format, MentionKind, Reading, Span};
use crate::{
    claim, document,
    prose::{self, Prose},
};

/// Sentences that first name somebody whom the changed ones may name.
const NAMING: usize = 6;

/// Sentences before the changed blocks.
const BEFORE: usize = 2;

/// Larger changes are for a reading of the whole, in bytes.
pub const LARGEST_CHANGE: usize = 16 << 10;

/// The sentences that an edit has touched, read again.
pub struct Local {
    /// A reading in which only they and what they lean on are there. Spans are those of the whole text.
    pub draft: Reading,
    /// Where they are, with the edit itself.
    pub changed: Span,
}

impl Local {
    /// The claims among them.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.draft.claims.iter().filter(|claim| claim.span.overlaps(self.changed))
    }
}

/// Reads again what the one of `changes` with the index `at` has touched: the changes, in order, make the text that `base` is of into `text`.
/// `None` if all has to be read again.
#[must_use]
pub fn reread(base: &Reading, format: Format, text: &Arc<str>, changes: &[Change], at: usize) -> Option<Local> {
    let &(old, new) = changes.get(at)?;
    if new.len() > LARGEST_CHANGE || old.len() > LARGEST_CHANGE {
        return None;
    }
    let around = around(base, text, old, new);
    let part = document::part(&base.prose.document, format, text, changes, at, &around)?;
    let changed = part.changed;
    let prose = Arc::new(Prose::read(Arc::new(part.document)));
    let touched = prose.sentences.iter().map(|s| s.span).filter(|s| s.start <= new.end && s.end >= new.start);
    let touched = touched.filter(|s| changed.contains(*s)).fold(new, Span::cover);
    Some(Local { draft: claim::read(prose), changed: touched })
}

/// The sentences of the base that the changed ones lean on.
fn around(base: &Reading, text: &str, old: Span, new: Span) -> Vec<Span> {
    let sentences = &base.prose.sentences;
    let at = sentences.partition_point(|s| s.span.end < old.start);
    let block = sentences.get(at).map(|s| s.block);
    let first = sentences[..at].iter().rposition(|s| Some(s.block) != block).map_or(0, |i| i + 1);
    let mut found: Vec<usize> = (first.saturating_sub(BEFORE)..first).collect();
    let near = base.prose.document.blocks.get(block.unwrap_or(0) as usize).map_or(old, |b| b.span.cover(old));
    // The block as it was, and what stands there now.
    let words = [near.of(&base.prose.document.text), new.of(text)].into_iter().flat_map(capitalised).collect::<FxHashSet<_>>();
    let mut told: FxHashSet<&str> = FxHashSet::default();
    for mention in &base.mentions {
        let MentionKind::Name(name) = &mention.kind else { continue };
        if told.len() == NAMING {
            break;
        }
        let is_named = || name.canonical.split_whitespace().any(|word| words.contains(&*prose::fold(word)));
        if !told.contains(&*name.canonical) && !mention.span.overlaps(near) && is_named() {
            told.insert(&name.canonical);
            found.push(mention.sentence as usize);
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().filter_map(|i| sentences.get(i)).map(|s| s.span).filter(|s| !s.overlaps(near)).collect()
}

/// The words of a text with a capital, folded.
fn capitalised(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_uppercase) && w.len() > 1);
    words.map(prose::fold).filter(|w| !prose::is_stopword(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &str = "# Storm\n\nMayor Lena Voss said 140 boats sank in Oro on 3 May.\n\nMore rain is due.\n\nThe fund holds $4 million. Voss said \
        60 people work there.\n\n- 12 harbours are shut.\n";

    /// Puts `with` in the place of `what`, and gives the claims that are read again with their mentions.
    #[track_caller]
    fn check(what: &str, with: &str, expect: &[&str]) {
        let base = super::super::read(DRAFT, Format::Markdown, None);
        let at = DRAFT.find(what).unwrap();
        let text: Arc<str> = DRAFT.replacen(what, with, 1).into();
        let (old, new) = (Span::new(at, at + what.len()), Span::new(at, at + with.len()));
        let local = reread(&base, Format::Markdown, &text, &[(old, new)], 0).unwrap();
        let found: Vec<String> = local
            .claims()
            .map(|claim| {
                let mentions: Vec<&str> = claim
                    .mentions
                    .iter()
                    .map(|&m| &local.draft.mentions[m as usize])
                    .filter(is_shown)
                    .map(|m| m.span.of(&text))
                    .collect();
                format!("{}: {}", claim.span.of(&text), mentions.join(", "))
            })
            .collect();
        assert_eq!(found, expect);
        // As in a reading of the whole.
        let whole = super::super::read(&text, Format::Markdown, None);
        for claim in local.claims() {
            let same = whole.claims.iter().find(|c| c.span == claim.span).expect("the same sentence");
            let kinds = |r: &Reading, c: &Claim| -> Vec<MentionKind> {
                c.mentions.iter().map(|&m| r.mentions[m as usize].kind.clone()).collect()
            };
            assert_eq!(kinds(&local.draft, claim), kinds(&whole, same));
        }
    }

    fn is_shown(mention: &&claim::Mention) -> bool {
        !matches!(mention.kind, MentionKind::Statement(_))
    }

    #[test]
    fn one_sentence_is_read_again() {
        check("$4", "$45", &["The fund holds $45 million.: $45 million"]);
        check("60", "61", &["Voss said 61 people work there.: Voss, 61"]);
        check("12 h", "13 h", &["13 harbours are shut.: 13"]);
    }

    #[test]
    fn sentences_may_be_joined_and_parted() {
        check(
            "million. Voss",
            "million, Voss",
            &["The fund holds $4 million, Voss said 60 people work there.: $4 million, Voss, 60"],
        );
        check(" due", " due. In 2020 it rained", &["More rain is due.: ", "In 2020 it rained.: 2020"]);
        check("due.", "due.\n\nIt cost $9.", &["More rain is due.: ", "It cost $9.: $9"]);
    }

    #[test]
    fn a_sentence_without_figures_is_a_statement() {
        check("rain", "snow", &["More snow is due.: "]);
    }

    #[test]
    fn other_changes_are_left_alone() {
        let base = super::super::read(DRAFT, Format::Markdown, None);
        let text: Arc<str> = DRAFT.replacen("140", "1,400", 1).replacen("60", "6", 1).into();
        let place = |in_text: &str, words: &str| {
            let at = in_text.find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let changes = [(place(DRAFT, "140"), place(&text, "1,400")), (place(DRAFT, "60"), place(&text, "6 "))];
        let changes = changes.map(|(old, new)| (old, if new.of(&text) == "6 " { Span { end: new.end - 1, ..new } } else { new }));
        for (at, expect) in [(0, "Mayor Lena Voss said 1,400 boats sank in Oro on 3 May."), (1, "Voss said 6 people work there.")]
        {
            let local = reread(&base, Format::Markdown, &text, &changes, at).unwrap();
            let claims: Vec<&str> = local.claims().map(|c| c.span.of(&text)).collect();
            assert_eq!(claims, [expect]);
        }
    }

    #[test]
    fn before_the_prose_all_is_read() {
        let base = super::super::read(DRAFT, Format::Markdown, None);
        let text: Arc<str> = format!("#{DRAFT}").into();
        assert!(reread(&base, Format::Markdown, &text, &[(Span::new(0, 0), Span::new(0, 1))], 0).is_none());
    }
}
