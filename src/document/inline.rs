//! Marks around words, such as `*bold*` and `` `code` ``, in formats that are written by hand.

use std::ops::Range;

/// A mark that stands before and after some words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The same on both sides.
    pub(super) text: &'static str,
    /// Whether what it encloses is no prose.
    pub(super) code: bool,
    /// Whether it may stand inside a word.
    pub(super) loose: bool,
}

impl Mark {
    /// Around words that are read, beside blanks or marks.
    pub(super) const fn words(text: &'static str) -> Self {
        Self { text, code: false, loose: false }
    }

    /// Around what is not prose.
    pub(super) const fn code(text: &'static str) -> Self {
        Self { text, code: true, loose: false }
    }

    /// The same mark, inside words too.
    pub(super) const fn loose(self) -> Self {
        Self { loose: true, ..self }
    }
}

/// A part of a text on the way from its start to its end.
pub(super) struct Inline<'a> {
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    hidden: Vec<Range<usize>>,
    /// Ends of links and the like that are still to come, the next one last.
    ends: Vec<Range<usize>>,
    replaced: Vec<(Range<usize>, char)>,
}

/// What of a part of a text is markup.
pub(super) struct Found {
    /// What is hidden, in order; ranges may overlap.
    pub(super) hidden: Vec<Range<usize>>,
    /// What stands for another character, in order; hidden as well.
    pub(super) replaced: Vec<(Range<usize>, char)>,
}

impl<'a> Inline<'a> {
    /// What stands from `at` on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..self.range.end).unwrap_or("")
    }

    /// The character before `at`; a blank at the start.
    pub(super) fn before(&self, at: usize) -> char {
        self.text.get(self.range.start..at).and_then(|t| t.chars().next_back()).unwrap_or(' ')
    }

    /// The character at `at`; a blank at the end.
    pub(super) fn after(&self, at: usize) -> char {
        self.rest(at).chars().next().unwrap_or(' ')
    }

    /// Hides a range, and goes on after it.
    pub(super) fn hide(&mut self, range: Range<usize>) -> Option<usize> {
        let end = range.end;
        self.hidden.push(range);
        Some(end)
    }

    /// Hides the end of something whose words are read before it.
    pub(super) fn hide_end(&mut self, range: Range<usize>) {
        self.hidden.push(range.clone());
        self.ends.push(range);
    }

    /// Writes a character in the place of a range, and goes on after it.
    pub(super) fn replace(&mut self, range: Range<usize>, c: char) -> Option<usize> {
        let end = range.end;
        self.replaced.push((range.clone(), c));
        self.hidden.push(range);
        Some(end)
    }

    /// The bytes before `end` in what stands from `at` on, if it comes on the same line within a few hundred bytes: links and the like
    /// are short, and a text of openings alone stays linear.
    pub(super) fn until(&self, at: usize, end: &str) -> Option<usize> {
        const FAR: usize = 600;
        let rest = self.rest(at);
        let near = &rest[..rest.floor_char_boundary(FAR)];
        let len = near.find(end)?;
        (!near[..len].contains("\n\n")).then_some(len)
    }

    fn opens(&self, at: usize, mark: &Mark) -> bool {
        (mark.loose || !self.before(at).is_alphanumeric()) && !self.after(at + mark.text.len()).is_whitespace()
    }

    fn closes(&self, at: usize, mark: &Mark) -> bool {
        !self.before(at).is_whitespace() && (mark.loose || !self.after(at + mark.text.len()).is_alphanumeric())
    }
}

/// Finds the markup of a part of a text: pairs of `marks`, the longer ones first, and what `special` knows. That is asked at each place
/// whether something begins there, hides it, and says where to go on.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    marks: &[Mark],
    mut special: impl FnMut(&mut Inline<'_>, usize) -> Option<usize>,
) -> Found {
    let mut inline = Inline { text, range: range.clone(), hidden: Vec::new(), ends: Vec::new(), replaced: Vec::new() };
    let mut opened: Vec<Option<usize>> = vec![None; marks.len()];
    // Marks of code that do not end any more.
    let mut spent = vec![false; marks.len()];
    let mut at = range.start;
    while at < range.end {
        while let Some(end) = inline.ends.pop_if(|end| end.start <= at) {
            at = at.max(end.end);
        }
        if let Some(next) = special(&mut inline, at) {
            at = next.max(at + 1);
            continue;
        }
        let rest = inline.rest(at);
        let Some(c) = rest.chars().next() else { break };
        if c.is_alphanumeric() || c == ' ' {
            at += c.len_utf8();
            continue;
        }
        let Some((i, mark)) = marks.iter().enumerate().find(|(_, mark)| rest.starts_with(mark.text)) else {
            at += c.len_utf8();
            continue;
        };
        let len = mark.text.len();
        if mark.code {
            let close = || {
                let mut ends = inline.rest(at + len).match_indices(mark.text).map(|(i, _)| at + len + i);
                ends.find(|end| *end > at + len && inline.closes(*end, mark))
            };
            match inline.opens(at, mark).then_some(()).filter(|()| !spent[i]).map(|()| close()) {
                Some(Some(end)) => {
                    inline.hidden.push(at..end + len);
                    at = end + len;
                }
                tried => {
                    spent[i] |= tried.is_some();
                    at += len;
                }
            }
            continue;
        }
        match opened[i] {
            Some(open) if open + len < at && inline.closes(at, mark) => {
                inline.hidden.push(open..open + len);
                inline.hidden.push(at..at + len);
                opened[i] = None;
            }
            _ if inline.opens(at, mark) => opened[i] = Some(at),
            _ => {}
        }
        at += len;
    }
    let Inline { mut hidden, replaced, .. } = inline;
    hidden.sort_by_key(|range| (range.start, range.end));
    Found { hidden, replaced }
}
