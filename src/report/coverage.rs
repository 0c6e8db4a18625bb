//! How much of a draft the sources bear out: of all of it, of each section, and by which source.

use std::{collections::BTreeMap, fmt, sync::Arc};

use super::{Counts, State, text::plain};
use crate::ide::{Checked, MentionKind, Source, Span, Stance, sections};

/// How much of a draft the sources bear out.
pub struct Coverage {
    /// Of all of it.
    pub all: Counts,
    /// Of each section that claims something, without those below it, in order.
    pub sections: Vec<Part>,
    /// Each source that speaks, the one on which most rests first.
    pub sources: Vec<Reliance>,
    /// The verdicts, by their index and in order, that rest on one source only: no other was found that says so too. Copies of one
    /// article are one source. Quotations are not counted, for which no second source is looked for.
    pub single: Vec<usize>,
}

/// How much of a section is borne out.
pub struct Part {
    /// Its heading in one line; empty for what stands before the first one.
    pub title: String,
    /// How deep it lies: 1 for a heading of the first order, 0 for what stands before the first one.
    pub level: u8,
    /// From the heading to the next one, in bytes of the draft.
    pub span: Span,
    /// How its claims stand.
    pub counts: Counts,
}

/// What rests on a source.
pub struct Reliance {
    /// The source.
    pub source: Arc<Source>,
    /// How many claims that are supported it supports.
    pub supports: usize,
    /// How many of these rest on it alone.
    pub alone: usize,
    /// How many claims it contradicts.
    pub contradicts: usize,
}

impl Coverage {
    /// How much of a draft its sources bear out.
    #[must_use]
    pub fn of(checked: &Checked) -> Self {
        let states: Vec<State> = (0..checked.verdicts.len()).map(|i| State::of(checked, i)).collect();
        let starts: Vec<u32> = checked.verdicts.iter().map(|v| v.span(&checked.draft).start).collect();
        let part = |section: crate::ide::Section| {
            let here = section.own.start..section.own.end;
            let counts = states.iter().zip(&starts).filter(|(_, start)| here.contains(start)).map(|(s, _)| *s).collect();
            Part { title: section.title, level: section.level, span: section.own, counts }
        };
        let parts = sections(&checked.draft).into_iter().map(part).filter(|part| part.counts.claims > 0);
        let (mut sources, mut single) = (BTreeMap::<&str, Reliance>::new(), Vec::new());
        for (i, verdict) in checked.verdicts.iter().enumerate() {
            // Each source counts once for a claim, on either side.
            let side = |supports: bool| -> BTreeMap<&str, &Arc<Source>> {
                let found = verdict.findings.iter().filter(|f| (f.stance == Stance::Supports) == supports);
                found.map(|f| (f.source.path.as_str(), &f.source)).collect()
            };
            let (supporting, contradicting) = (side(true), side(false));
            let is_supported = states[i] == State::Supported;
            let kind = checked.draft.mentions.get(verdict.mention as usize).map(|m| &m.kind);
            let is_alone = is_supported && supporting.len() == 1 && !matches!(kind, Some(MentionKind::Quotation(_)));
            if is_alone {
                single.push(i);
            }
            let mut of = |path, source: &Arc<Source>, count: fn(&mut Reliance) -> &mut usize| {
                let new = || Reliance { source: source.clone(), supports: 0, alone: 0, contradicts: 0 };
                *count(sources.entry(path).or_insert_with(new)) += 1;
            };
            for (path, source) in supporting.iter().filter(|_| is_supported) {
                of(path, source, |r| &mut r.supports);
                if is_alone {
                    of(path, source, |r| &mut r.alone);
                }
            }
            contradicting.iter().for_each(|(path, source)| of(path, source, |r| &mut r.contradicts));
        }
        let mut sources: Vec<Reliance> = sources.into_values().collect();
        sources.sort_by_key(|r| (std::cmp::Reverse(r.supports), std::cmp::Reverse(r.contradicts)));
        Self { all: states.iter().copied().collect(), sections: parts.collect(), sources, single }
    }
}

impl fmt::Display for Coverage {
    /// For people, on some lines: all of it, each section, each source.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(percent) = self.all.percent() else { return writeln!(f, "No claims.") };
        let Counts { supported, claims, .. } = self.all;
        writeln!(
            f,
            "{percent:>3} %  {supported} of {claims} claims supported, {} of them by one source only",
            self.single.len()
        )?;
        for part in self.sections.iter().filter(|_| self.sections.len() > 1) {
            let title = if part.title.is_empty() { "before the first heading" } else { &part.title };
            let Counts { supported, claims, .. } = part.counts;
            writeln!(f, "{:>3} %  {supported} of {claims}: {}", part.counts.percent().unwrap_or(0), plain(title))?;
        }
        for Reliance { source, supports, alone, contradicts } in &self.sources {
            writeln!(
                f,
                "       {} supports {supports}, {alone} of them alone, and contradicts {contradicts}",
                plain(&source.path)
            )?;
        }
        Ok(())
    }
}
