//! What is being written: the words before the place of writing, and whether they stand in a quotation.

/// A name that is being written is at most this many words long so far.
const WORDS: usize = 4;

/// The furthest back, in bytes, that a quotation begins which is being written.
const OPEN: usize = 120;

/// The line that is being written, up to the place of writing.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Where it begins, in bytes of the text.
    pub(super) start: usize,
    /// The place of writing.
    pub(super) at: usize,
}

impl<'a> Line<'a> {
    pub(super) fn before(self) -> &'a str {
        &self.text[self.start..self.at]
    }

    /// Where the mark stands that opens a quotation which is not closed before the place of writing.
    pub(super) fn quotation(self) -> Option<usize> {
        let line = self.before();
        let curly = line.rfind('“').filter(|mark| !line[*mark..].contains('”'));
        // A straight mark may be either: an odd number of them opens.
        let straight = || line.rfind('"').filter(|_| line.matches('"').count() % 2 == 1);
        let mark = self.start + curly.or_else(straight)?;
        (self.at - mark <= OPEN).then_some(mark)
    }

    /// Where the last words begin, each with those after it: the longest first. Of other marks than those in names none stands between.
    pub(super) fn words(self) -> Vec<usize> {
        let line = self.before();
        let mut starts = Vec::new();
        let mut after_space = true;
        for (at, c) in line.char_indices().rev() {
            match c {
                c if c.is_alphanumeric() => {
                    let begins = line[..at].chars().next_back().is_none_or(|before| !is_of_word(before));
                    if begins {
                        starts.push(self.start + at);
                    }
                    after_space = false;
                }
                '.' | '-' | '\'' | '’' | '&' => after_space = false,
                ' ' if !after_space => after_space = true,
                _ => break,
            }
            if starts.len() == WORDS {
                break;
            }
        }
        starts.reverse();
        starts
    }

    /// Whether a sentence begins at this byte.
    pub(super) fn begins_sentence(self, at: usize) -> bool {
        let before = self.text[self.start..at].trim_end();
        before.trim_start_matches(['>', '-', '*', ' ']).is_empty() || before.ends_with(['.', '!', '?', '”', '"'])
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}
