//! How much of a part of a draft the sources bear out.

use std::fmt;

use super::{Checked, Label, Section, Span, sections};

/// The mentions of a part of a draft, counted by what the sources say of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They agree.
    pub supported: usize,
    /// They say otherwise.
    pub contradicted: usize,
    /// They disagree with each other.
    pub conflicting: usize,
    /// They do not say.
    pub open: usize,
    /// Whatever they say, a person lets it stand.
    pub accepted: usize,
}

impl Tally {
    /// What the sources say of the mentions that begin in this part of a draft.
    #[must_use]
    pub fn of(checked: &Checked, part: Span) -> Self {
        let mut tally = Self::default();
        for (i, verdict) in checked.verdicts.iter().enumerate() {
            let start = verdict.span(&checked.draft).start;
            if part.start <= start && start < part.end {
                *match verdict.label {
                    _ if checked.signed.contains_key(&i) => &mut tally.accepted,
                    Label::Supported => &mut tally.supported,
                    Label::Refuted => &mut tally.contradicted,
                    Label::Conflicting => &mut tally.conflicting,
                    Label::NotEnoughInfo => &mut tally.open,
                } += 1;
            }
        }
        tally
    }

    /// How many mentions there are.
    #[must_use]
    pub fn all(self) -> usize {
        self.supported + self.contradicted + self.conflicting + self.open + self.accepted
    }
}

impl fmt::Display for Tally {
    /// Such as "2 supported · 1 contradicted"; what there is none of is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.supported, "supported"),
            (self.contradicted, "contradicted"),
            (self.conflicting, "conflicting"),
            (self.open, "open"),
            (self.accepted, "accepted"),
        ];
        for (i, (count, word)) in counts.iter().filter(|(count, _)| *count > 0).enumerate() {
            write!(f, "{}{count} {word}", if i > 0 { " · " } else { "" })?;
        }
        Ok(())
    }
}

/// A line above a section that says how much of it the sources bear out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The section's heading, in bytes of the draft; without one the place where it begins.
    pub span: Span,
    /// Such as "12 claims · 10 supported · 1 contradicted · 1 open".
    pub title: String,
}

/// A lens for each section that claims something; what lies below it counts.
#[must_use]
pub fn lenses(checked: &Checked) -> Vec<Lens> {
    let lens = |section: Section| {
        let tally = Tally::of(checked, section.span);
        let claims = if tally.all() == 1 { "claim" } else { "claims" };
        (tally.all() > 0).then(|| Lens { span: section.heading, title: format!("{} {claims} · {tally}", tally.all()) })
    };
    sections(&checked.draft).into_iter().filter_map(lens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn one_for_the_first_line_where_there_is_no_heading() {
        let span = Span { start: 0, end: 0 };
        let title = "3 claims · 1 supported · 1 contradicted · 1 open".to_owned();
        assert_eq!(lenses(&sample::checked()), [Lens { span, title }]);
    }

    #[test]
    fn one_for_each_heading_with_what_lies_below() {
        let text = "# Storm\n\nThe storm sank 104 boats.\n\n## Oro\n\nLena Voss was there.\n\n## Empty\n\nNothing.\n";
        let mut checked = sample::draft(text, &["104", "Lena Voss"], sample::checked().verdicts);
        checked.verdicts.remove(1);
        checked.verdicts[1].mention = 1;
        checked.draft = {
            let mut draft = crate::ide::read(text, crate::ide::Format::Markdown, None);
            draft.mentions = checked.draft.mentions.clone();
            draft.into()
        };
        let found: Vec<(String, String)> =
            lenses(&checked).into_iter().map(|lens| (lens.span.of(text).to_owned(), lens.title)).collect();
        let expected = [("Storm", "2 claims · 1 contradicted · 1 open"), ("Oro", "1 claim · 1 open")];
        assert_eq!(found, expected.map(|(heading, title)| (heading.to_owned(), title.to_owned())));
    }
}
