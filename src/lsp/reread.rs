//! Between two checks of a whole draft: what was edited since the last one is read again on its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use tokio::time::Instant;
use tower_lsp::ls_types::Uri;

use super::{
    capabilities::Abilities,
    check::Found,
    main_loop::Event,
    shown::Item,
    state::State,
    to_proto::{self, Places},
};
use crate::{
    config::Settings,
    corpus::{archive::Desk, load},
    ide::{self, Accepted, Beside, Change, Checked, Format, LARGEST_CHANGE, Reading, Span},
    text::{Edited, LineIndex},
};

/// Edits that lie no further apart, in bytes, are of one place.
const NEAR: u32 = 64;

/// So many claims are not worth a thread of their own.
const FEW: usize = 3;

/// The most places that are read on their own.
const MOST: usize = 64;

/// What has been edited since some text.
#[derive(Clone, Debug, Default)]
pub(super) struct Changed {
    edits: Vec<Edited>,
    /// Where they lie, in order: in bytes of that text and of the text now; and whether that is still to be read.
    places: Vec<(Change, bool)>,
    /// Whether there was too much.
    many: bool,
}

impl Changed {
    /// Adds an edit of the text as it is now.
    pub(super) fn add(&mut self, edit: Edited) {
        let Edited { old, new, .. } = edit;
        let is_near = |((_, now), _): &(Change, bool)| now.start <= old.end + NEAR && old.start <= now.end + NEAR;
        let first = self.places.iter().position(is_near);
        let touched = first.map_or(0, |first| self.places[first..].iter().take_while(|place| is_near(place)).count());
        // Where in the text of old a place between two edits was.
        let at = first.unwrap_or_else(|| self.places.partition_point(|((_, now), _)| now.end < old.start));
        let was = |at: u32, place: Option<&(Change, bool)>| match place {
            Some(((before, now), _)) => at - now.end + before.end,
            None => at,
        };
        let place = if touched == 0 {
            let before = at.checked_sub(1).map(|i| &self.places[i]);
            (Span { start: was(old.start, before), end: was(old.end, before) }, new)
        } else {
            let (first, last) = (&self.places[at].0, &self.places[at + touched - 1].0);
            let whole = first.1.cover(last.1).cover(old);
            let before =
                Span { start: first.0.start - (first.1.start - whole.start), end: last.0.end + (whole.end - last.1.end) };
            (before, Span { start: whole.start, end: whole.end - old.end + new.end })
        };
        for ((_, now), _) in &mut self.places[at + touched..] {
            *now = Span { start: now.start - old.end + new.end, end: now.end - old.end + new.end };
        }
        self.places.splice(at..at + touched, [(place, true)]);
        self.many |= self.places.len() > MOST || place.0.len() > LARGEST_CHANGE || place.1.len() > LARGEST_CHANGE;
        self.edits.push(edit);
        if self.many {
            // Of no use any more.
            (self.edits, self.places) = (Vec::new(), Vec::new());
        }
    }

    /// Whether it can be read again on its own.
    pub(super) fn is_small(&self) -> bool {
        !self.many
    }

    /// The edits, in order; none if they are too many.
    pub(super) fn edits(&self) -> impl Iterator<Item = &Edited> {
        self.edits.iter()
    }

    /// Where they lie.
    fn changes(&self) -> Vec<Change> {
        self.places.iter().map(|(change, _)| *change).collect()
    }

    /// The indices of what is still to be read.
    fn unread(&self) -> Vec<usize> {
        self.places.iter().enumerate().filter(|(_, (_, unread))| *unread).map(|(i, _)| i).collect()
    }

    /// All has been read.
    fn read(&mut self) {
        self.places.iter_mut().for_each(|(_, unread)| *unread = false);
    }
}

/// What came of reading again.
pub(super) struct Reread {
    key: String,
    revision: u64,
    /// What was read, in bytes of the draft, and what is to be shown there; `None` if the whole has to be read.
    found: Option<Vec<(Span, Vec<Item>)>>,
}

/// What is to be read again, with all that this needs.
struct Job {
    key: String,
    uri: Uri,
    revision: u64,
    base: Arc<Reading>,
    /// What the sentences say to these that were not edited since.
    beside: Beside,
    format: Format,
    text: Arc<str>,
    changes: Vec<Change>,
    /// The indices of those that are read.
    unread: Vec<usize>,
    desk: Arc<Desk>,
    settings: Settings,
    ledger: Vec<Accepted>,
    client: Abilities,
}

impl State {
    /// Has what was edited since the last check read again, on a worker, or after what one is at. Says whether that can be done.
    pub(super) fn reread(&mut self, key: &str) -> bool {
        let Some(draft) = self.drafts.get_mut(key) else { return false };
        if draft.rereading.is_some() {
            return true;
        }
        let Some(outcome) = &draft.outcome else { return false };
        let Found::Checked { checked, desk: Some(desk), .. } = &outcome.found else { return false };
        if !draft.changed.is_small() {
            return false;
        }
        let changes = draft.changed.changes();
        // Where a sentence that was not edited begins now.
        let now = |sentence: Span| {
            let is_edited = |(was, _): &Change| sentence.start <= was.end && was.start <= sentence.end;
            let before = changes.iter().take_while(|(was, _)| was.end < sentence.start);
            let moved = before.fold(sentence.start, |at, (was, now)| at - was.len() as u32 + now.len() as u32);
            (!changes.iter().any(is_edited)).then_some(moved)
        };
        let job = Job {
            key: key.to_owned(),
            uri: draft.uri.clone(),
            revision: draft.revision(),
            base: checked.draft.clone(),
            beside: Beside::of(&checked.draft, &checked.verdicts, now),
            format: draft.format,
            text: draft.text.text(),
            changes,
            unread: draft.changed.unread(),
            desk: desk.clone(),
            settings: outcome.settings(),
            ledger: outcome.ledger(),
            client: self.client.clone(),
        };
        draft.rereading = Some(job.revision);
        let library = self.library.clone();
        self.work(move || {
            // The check of the whole tells of what goes wrong.
            let found = catch_unwind(AssertUnwindSafe(|| job.run(library.outlines()))).unwrap_or_default();
            Event::Reread(Box::new(Reread { key: job.key, revision: job.revision, found }))
        });
        true
    }

    /// Takes what came of reading again, if it is of the newest text.
    pub(super) fn reread_done(&mut self, Reread { key, revision, found }: Reread) {
        let Some(draft) = self.drafts.get_mut(&key).filter(|draft| draft.rereading == Some(revision)) else { return };
        draft.rereading = None;
        if draft.is_current() {
            return;
        }
        match found {
            Some(found) if draft.revision() == revision => {
                found.into_iter().for_each(|(changed, items)| draft.shown.splice(changed, items));
                draft.changed.read();
                self.publish(&key);
            }
            // Edits go on coming.
            Some(_) if draft.reread_at.is_some() => {}
            Some(_) if self.reread(&key) => {}
            _ => self.hurry(&key),
        }
    }
}

impl Job {
    fn run(&self, outlines: &ide::Outlines) -> Option<Vec<(Span, Vec<Item>)>> {
        let begun = Instant::now();
        let lines = LineIndex::new(&self.text);
        let places = Places { text: &self.text, lines: &lines, encoding: self.client.columns() };
        let read = |at: &usize| {
            let local = ide::reread(&self.base, self.format, &self.text, &self.changes, *at)?;
            let read = begun.elapsed();
            let claims: Vec<&ide::Claim> = local.claims().collect();
            let check = |claim: &&ide::Claim| ide::check_claim(&local.draft, claim, &*self.desk, outlines);
            // A thread of this pool still knows the words that it met before; a new one would not.
            let parts: Vec<_> =
                if claims.len() > FEW { load::parallel(&claims, check) } else { claims.iter().map(check).collect() };
            let changed = local.changed;
            let mut checked = Checked::assemble_beside(&self.beside, Arc::new(local.draft), parts);
            if !self.desk.is_all() {
                checked.hold_back(|query| self.desk.has_heard(query));
            }
            checked.sign(&self.ledger);
            let mut diagnostics = ide::diagnostics(&checked, &|code| self.settings.severity(code));
            diagnostics.retain(|d| d.span.overlaps(changed));
            tracing::debug!(claims = checked.draft.claims.len(), ?read, all = ?begun.elapsed(), "read again what was edited");
            Some((changed, to_proto::items(&places, &self.uri, &diagnostics, &self.client)))
        };
        self.unread.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Buffer, LineCol, PositionEncoding};

    proptest! {
        #[test]
        fn what_lies_around_the_edits_is_as_it_was(
            text in crate::text::tests::text(),
            edits in prop::collection::vec(((0u32..5, 0u32..12), (0u32..5, 0u32..12), crate::text::tests::text()), 1..6),
        ) {
            let mut buffer = Buffer::new(&text);
            let mut changed = Changed::default();
            for ((l1, c1), (l2, c2), new) in edits {
                let range = (LineCol::new(l1, c1), LineCol::new(l2, c2));
                changed.add(buffer.edit(Some(range), PositionEncoding::Utf8, &new));
            }
            let now = buffer.text();
            let (mut was, mut is) = (0, 0);
            for (old, new) in changed.changes().into_iter().chain([(Span::new(text.len(), text.len()), Span::new(now.len(), now.len()))]) {
                prop_assert_eq!(&text[was..old.start as usize], &now[is..new.start as usize]);
                (was, is) = (old.end as usize, new.end as usize);
            }
        }
    }
}
