//! Between two checks of a whole draft: what was edited since the last one is read again on its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

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
    ide::{self, Checked, Format, Reading, Span},
    text::{Edited, LineIndex},
};

/// What has been edited lies no further apart than this, in bytes, if it is read again on its own.
const LARGEST: usize = 4 << 10;

/// What has been edited since some text.
#[derive(Clone, Debug, Default)]
pub(super) struct Changed {
    edits: Vec<Edited>,
    /// Where they lie: in bytes of that text, and of the text now.
    hull: Option<(Span, Span)>,
}

impl Changed {
    /// Adds an edit of the text as it is now.
    pub(super) fn add(&mut self, edit: Edited) {
        let Edited { old, new, .. } = edit;
        self.hull = Some(match self.hull {
            None => (old, new),
            Some((before, now)) => {
                // The edited text with what was edited before, as it was before this edit.
                let whole = now.cover(old);
                let before = Span { start: before.start - (now.start - whole.start), end: before.end + (whole.end - now.end) };
                (before, Span { start: whole.start, end: whole.end - old.end + new.end })
            }
        });
        // What has grown too large is of no use any more.
        if self.is_small() {
            self.edits.push(edit);
        } else {
            self.edits = Vec::new();
        }
    }

    /// Whether it can be read again on its own.
    pub(super) fn is_small(&self) -> bool {
        self.hull.is_none_or(|(before, now)| before.len() <= LARGEST && now.len() <= LARGEST)
    }

    /// The edits, in order; none if they are too many.
    pub(super) fn edits(&self) -> impl Iterator<Item = &Edited> {
        self.edits.iter()
    }
}

/// What came of reading again.
pub(super) struct Reread {
    key: String,
    revision: u64,
    /// What was read, in bytes of the draft, and what is to be shown there; `None` if the whole has to be read.
    found: Option<(Span, Vec<Item>)>,
}

/// What is to be read again, with all that this needs.
struct Job {
    key: String,
    revision: u64,
    base: Arc<Reading>,
    format: Format,
    text: Arc<str>,
    old: Span,
    new: Span,
    desk: Arc<Desk>,
    settings: Settings,
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
        let (Found::Checked { checked, desk: Some(desk), .. }, Some((old, new))) = (&outcome.found, draft.changed.hull) else {
            return false;
        };
        if !draft.changed.is_small() {
            return false;
        }
        let job = Job {
            key: key.to_owned(),
            revision: draft.revision(),
            base: checked.draft.clone(),
            format: draft.format,
            text: draft.text.text(),
            old,
            new,
            desk: desk.clone(),
            settings: outcome.settings(),
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
            Some((changed, items)) if draft.revision() == revision => {
                draft.shown.splice(changed, items);
                self.publish(&key);
            }
            Some(_) if self.reread(&key) => {}
            _ => self.hurry(&key),
        }
    }
}

impl Job {
    fn run(&self, outlines: &ide::Outlines) -> Option<(Span, Vec<Item>)> {
        let local = ide::reread(&self.base, self.format, &self.text, self.old, self.new)?;
        let claims: Vec<&ide::Claim> = local.claims().collect();
        let parts = load::parallel(&claims, |claim| ide::check_claim(&local.draft, claim, &*self.desk, outlines));
        let changed = local.changed;
        let checked = Checked::assemble(Arc::new(local.draft), parts);
        let mut diagnostics = ide::diagnostics(&checked, &|code| self.settings.severity(code));
        diagnostics.retain(|d| d.span.overlaps(changed));
        let lines = LineIndex::new(&self.text);
        let places = Places { text: &self.text, lines: &lines, encoding: self.client.columns() };
        Some((changed, to_proto::items(&places, &diagnostics, &self.client)))
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
            let (old, new) = changed.hull.unwrap();
            let now = buffer.text();
            prop_assert_eq!(&text[..old.start as usize], &now[..new.start as usize]);
            prop_assert_eq!(&text[old.end as usize..], &now[new.end as usize..]);
        }
    }
}
