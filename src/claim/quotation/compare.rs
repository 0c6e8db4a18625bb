//! Where quoted words stand in a source, and how they differ.

use std::{collections::HashMap, ops::Range};

use unicode_normalization::UnicodeNormalization as _;

/// A departure of the draft's words from the source's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The draft's words, in bytes of the quotation; empty if it leaves words out.
    pub draft: Range<usize>,
    /// The source's words, in bytes of the stretch; empty if the draft adds words.
    pub source: Range<usize>,
}

/// How quoted words stand in a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Whether the words are the same, but for what a quotation may change.
    pub exact: bool,
    /// The share of words that agree, 0 to 1.
    pub similarity: f32,
    /// The corresponding words, in bytes of the stretch.
    pub source: Range<usize>,
    /// What differs, in order.
    pub differences: Vec<Difference>,
}

/// Below this share of common words two texts have nothing to do with each other.
const LEAST: f32 = 0.3;
/// A window of the source is this many words longer than the quotation at either end.
const MARGIN: usize = 12;

/// Finds the stretch of `source` that the quoted words `draft` correspond to best. A quotation may fold case, marks and diacritics,
/// leave words out at an ellipsis, and put words of its own into square brackets. `None` if hardly a word agrees.
#[must_use]
pub fn compare(draft: &str, source: &str) -> Option<Alignment> {
    let draft_words = words(draft, true);
    let source_words = words(source, false);
    let window = window(&draft_words, &source_words)?;
    // Most pairs have too little in common to be aligned at all.
    let mut known: Vec<u64> = window.iter().map(|w| w.folded).collect();
    known.sort_unstable();
    let shared = draft_words.iter().filter(|w| known.binary_search(&w.folded).is_ok()).count();
    if (shared as f32) < LEAST * draft_words.len() as f32 {
        return None;
    }
    align(&draft_words, window).and_then(|steps| judge(&draft_words, window, &steps))
}

/// A word as it is compared.
#[derive(Debug)]
struct Word {
    /// A hash of the folded characters: enough to tell words apart, and nothing to allocate.
    folded: u64,
    at: Range<usize>,
    /// Words of the source may be missing before it: an ellipsis or a bracketed insertion stands there.
    gap: bool,
    /// A quotation mark, a colon or the end of a sentence stands before it.
    apart: bool,
}

/// The words of a text. In a quotation (`marked`), what stands in square brackets is the writer's and is left out.
fn words(text: &str, marked: bool) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut gap, mut apart) = (false, false);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if marked && (c == '…' || text[start..].starts_with("...") || text[start..].starts_with(". . .")) {
            gap = true;
            continue;
        }
        if marked && c == '[' {
            let close = text[start..].find(']').map(|i| start + i);
            let glued = close.is_some_and(|i| {
                text[i + 1..].starts_with(char::is_alphanumeric) || text[..start].ends_with(char::is_alphanumeric)
            });
            if let Some(close) = close
                && !glued
            {
                while chars.peek().is_some_and(|&(i, _)| i <= close) {
                    chars.next();
                }
                gap = true;
                continue;
            }
        }
        let sign = matches!(c, '$' | '€' | '£' | '¥' | '%');
        let begins = c.is_alphanumeric() || sign || marked && c == '[';
        if !begins {
            apart |= matches!(c, '"' | '“' | '”' | '«' | '»' | '.' | '?' | '!' | ':' | '‘' | '\n');
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut folded = FNV_START;
        let mut last = c;
        push(&mut folded, c);
        while let Some(&(i, next)) = chars.peek().filter(|_| !sign) {
            let after = text[i + next.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
            let inner = matches!(next, '\'' | '’' | '‘' | 'ʼ' | '.' | ',') && after && (next != ',' || last.is_numeric());
            let bracket = marked && matches!(next, '[' | ']');
            if !(next.is_alphanumeric() || inner || bracket || unicode_normalization::char::is_combining_mark(next)) {
                break;
            }
            push(&mut folded, next);
            last = next;
            end = i + next.len_utf8();
            chars.next();
        }
        if folded != FNV_START {
            out.push(Word { folded, at: start..end, gap: std::mem::take(&mut gap), apart: std::mem::take(&mut apart) });
        }
    }
    out
}

/// The first value of an FNV-1a hash.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a character to the hash of its word: letters in lower case and without diacritics, digits, signs; nothing else.
fn push(folded: &mut u64, c: char) {
    let mut add = |c: char| *folded = (*folded ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    if c.is_ascii_alphanumeric() {
        add(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        let base = c.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
        base.flat_map(char::to_lowercase).for_each(add);
    } else if matches!(c, '$' | '€' | '£' | '¥' | '%') {
        add(c);
    }
}

/// The part of the source where the rare words of the quotation stand in its order.
fn window<'s>(draft: &[Word], source: &'s [Word]) -> Option<&'s [Word]> {
    if draft.is_empty() || source.is_empty() {
        return None;
    }
    if source.len() <= 2 * draft.len() + 4 * MARGIN || draft.iter().any(|w| w.gap) && source.len() <= 2000 {
        return Some(source);
    }
    let mut places: HashMap<u64, Vec<usize>> = HashMap::with_capacity(draft.len());
    for (i, word) in draft.iter().enumerate() {
        places.entry(word.folded).or_default().push(i);
    }
    let mut counts: HashMap<u64, u32> = HashMap::with_capacity(draft.len());
    for word in source {
        if places.contains_key(&word.folded) {
            *counts.entry(word.folded).or_default() += 1;
        }
    }
    // Votes for the place in the source where the quotation would begin, in bins of a few words.
    let bin = 8;
    let mut votes = vec![0f32; (source.len() + draft.len()) / bin + 2];
    for (j, word) in source.iter().enumerate() {
        let Some(at) = places.get(&word.folded) else { continue };
        let weight = 1.0 / (counts[&word.folded] as f32 * at.len() as f32);
        for &i in at.iter().take(4) {
            votes[(j + draft.len() - i) / bin] += weight;
        }
    }
    let best =
        (0..votes.len() - 1).max_by(|&a, &b| (votes[a] + votes[a + 1]).total_cmp(&(votes[b] + votes[b + 1])).then(b.cmp(&a)))?;
    if votes[best] + votes[best + 1] == 0.0 {
        return None;
    }
    let start = (best * bin).saturating_sub(draft.len() + MARGIN);
    let end = (best * bin + 2 * bin + MARGIN + draft.len() / 4).min(source.len());
    source.get(start..end)
}

/// What happens to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Match,
    Replace,
    /// The draft has a word more.
    Insert,
    /// The draft leaves a word out.
    Omit,
    /// The draft leaves a word out and says so.
    Skip,
}

/// What a word too many, too few or another costs, against a match.
const EDIT: i32 = 4;
const MATCH: i32 = -1;

/// Aligns all words of the draft with the best run of the source: the steps, and the source index of the first.
fn align(draft: &[Word], source: &[Word]) -> Option<(usize, Vec<Step>)> {
    let (n, m) = (draft.len(), source.len());
    let width = m + 1;
    let mut cost = vec![0i32; (n + 1) * width];
    let across = |i: usize, j: usize| if draft[i - 1].folded == source[j - 1].folded { MATCH } else { EDIT };
    // Behind word `i` of the draft, words of the source are left out.
    let omitted = |i: usize| if draft.get(i).is_some_and(|w| w.gap) { 0 } else { EDIT };
    for i in 1..=n {
        cost[i * width] = EDIT * i as i32;
        for j in 1..=m {
            let diagonal = cost[(i - 1) * width + j - 1] + across(i, j);
            let insert = cost[(i - 1) * width + j] + EDIT;
            let omit = cost[i * width + j - 1] + omitted(i);
            cost[i * width + j] = diagonal.min(insert).min(omit);
        }
    }
    let last = &cost[n * width..];
    let mut j = (0..=m).min_by_key(|&j| last[j])?;
    // Another last word rather than one too many.
    if j < m && last[j + 1] == last[j] && cost[(n - 1) * width + j] + EDIT == last[j] && !source[j].apart {
        j += 1;
    }
    let mut i = n;
    let mut steps = Vec::with_capacity(n + 8);
    while i > 0 {
        let here = cost[i * width + j];
        if j > 0 && here == cost[(i - 1) * width + j - 1] + across(i, j) {
            let first = i == 1 && across(i, j) == EDIT;
            // Before a mark stands something else than another first word.
            if first && source.get(j).is_some_and(|w| w.apart) {
                steps.push(Step::Insert);
                i -= 1;
                continue;
            }
            steps.push(if across(i, j) == MATCH { Step::Match } else { Step::Replace });
            i -= 1;
            j -= 1;
        } else if here == cost[(i - 1) * width + j] + EDIT {
            steps.push(Step::Insert);
            i -= 1;
        } else if j > 0 {
            steps.push(if omitted(i) == 0 { Step::Skip } else { Step::Omit });
            j -= 1;
        } else {
            break;
        }
    }
    steps.reverse();
    Some((j, steps))
}

fn judge(draft: &[Word], source: &[Word], (first, steps): &(usize, Vec<Step>)) -> Option<Alignment> {
    let (mut i, mut j) = (0, *first);
    let mut matched = 0usize;
    let mut total = 0usize;
    let mut stretch: Option<Range<usize>> = None;
    let mut differences: Vec<Difference> = Vec::new();
    let mut open = false;
    for step in steps {
        let draft_at = draft.get(i).map_or_else(|| draft.last().map_or(0, |w| w.at.end), |w| w.at.start);
        let source_at = source.get(j).map_or_else(|| source.last().map_or(0, |w| w.at.end), |w| w.at.start);
        let takes_draft = matches!(step, Step::Match | Step::Replace | Step::Insert);
        let takes_source = !matches!(step, Step::Insert);
        total += usize::from(*step != Step::Skip);
        matched += usize::from(*step == Step::Match);
        if takes_source && *step != Step::Skip {
            let at = &source[j].at;
            stretch = Some(stretch.map_or(at.clone(), |s| s.start..at.end));
        }
        match step {
            Step::Match | Step::Skip => open = false,
            _ => {
                if !open {
                    differences.push(Difference { draft: draft_at..draft_at, source: source_at..source_at });
                    open = true;
                }
                let last = differences.last_mut()?;
                if takes_draft {
                    if last.draft.is_empty() {
                        last.draft.start = draft[i].at.start;
                    }
                    last.draft.end = draft[i].at.end;
                }
                if takes_source {
                    if last.source.is_empty() {
                        last.source.start = source[j].at.start;
                    }
                    last.source.end = source[j].at.end;
                }
            }
        }
        i += usize::from(takes_draft);
        j += usize::from(takes_source);
    }
    let similarity = matched as f32 / total.max(1) as f32;
    (similarity >= LEAST).then_some(())?;
    Some(Alignment { exact: differences.is_empty(), similarity, source: stretch?, differences })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(draft: &str, source: &str, expect: &str) {
        let shown = compare(draft, source).map_or("-".to_owned(), |a| {
            let differences: Vec<String> =
                a.differences.iter().map(|d| format!("{}→{}", &source[d.source.clone()], &draft[d.draft.clone()])).collect();
            format!("{} | {}", &source[a.source], differences.join("; "))
        });
        assert_eq!(shown, expect, "{draft} / {source}");
    }

    #[test]
    fn permitted_changes_are_exact() {
        let source = "The mayor said: “We’ll rebuild every bridge by spring, and we won’t wait for the capital,” and left.";
        let whole = "We’ll rebuild every bridge by spring, and we won’t wait for the capital";
        check("We'll rebuild every bridge by spring, and we won't wait for the capital.", source, &format!("{whole} | "));
        check("We'll rebuild every bridge … and we won't wait for the capital", source, &format!("{whole} | "));
        check("[The city will] rebuild every bridge by spring", source, "rebuild every bridge by spring | ");
        check("[W]e won't wait", source, "we won’t wait | ");
        check("We won't wait for the [government in the] capital", source, "we won’t wait for the capital | ");
    }

    #[test]
    fn altered_words_are_named() {
        let source = "“We will rebuild every bridge by spring,” said the mayor.";
        check("We will rebuild every school by spring", source, "We will rebuild every bridge by spring | bridge→school");
        check("We will rebuild almost every bridge", source, "We will rebuild every bridge | →almost");
        check("We will rebuild bridge by spring", source, "We will rebuild every bridge by spring | every→");
        check("They will rebuild every bridge", source, "We will rebuild every bridge | We→They");
        check("Sadly, we will rebuild every bridge", source, "We will rebuild every bridge | →Sadly");
        check("We will rebuild every bridge by summer", source, "We will rebuild every bridge by spring | spring→summer");
        check("We will rebuild every bridge by spring again", source, "We will rebuild every bridge by spring | →again");
        check("Nobody told us of trains", source, "-");
    }

    #[test]
    fn finds_its_place_in_a_long_text() {
        let filler = "The council met on the matter again and the members spoke of the budget and of the roads. ".repeat(60);
        let source = format!("{filler}“The old tower must never fall again,” she said. {filler}");
        check("The old tower must fall again", &source, "The old tower must never fall again | never→");
    }
}
