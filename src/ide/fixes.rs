//! What can be written instead.

use super::{Checked, Edit, Verdict, show};

/// Characters of a replacement that a title shows.
const SHOWN: usize = 60;

/// A change that makes the draft say what the source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu: "Replace with “138”".
    pub title: String,
    /// The change, in bytes of the draft.
    pub edit: Edit,
}

impl Fix {
    /// The fix of a verdict, if one answer is certain and changes anything.
    #[must_use]
    pub fn of(checked: &Checked, verdict: &Verdict) -> Option<Self> {
        let (delete, insert) = verdict.fix.clone()?;
        let text = &*checked.draft.prose.document.text;
        text.get(delete.range()).filter(|old| *old != insert)?;
        let title = if insert.trim().is_empty() {
            format!("Remove “{}”", short(delete.of(text)))
        } else {
            format!("Replace with “{}”", short(&insert))
        };
        Some(Self { title, edit: Edit { delete, insert } })
    }
}

/// On one line, cut with "…" where it is long.
pub(super) fn short(text: &str) -> String {
    let line = show::one_line(text);
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn says_what_it_does() {
        let checked = sample::checked();
        let fix = Fix::of(&checked, &checked.verdicts[0]).unwrap();
        assert_eq!(fix.title, "Replace with “140”");
        assert_eq!(fix.edit.apply(&checked.draft.prose.document.text), sample::DRAFT.replacen("104", "140", 1));
        assert_eq!(Fix::of(&checked, &checked.verdicts[1]), None);
    }

    #[test]
    fn long_ones_are_cut() {
        assert_eq!(short(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(short("two\nlines"), "two lines");
    }
}
