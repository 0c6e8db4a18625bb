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
    align(&draft_words, window).and_then(|steps| judge(&draft_words, window, &steps))
}

/// A word as it is compared.
#[derive(Debug)]
struct Word {
    folded: String,
    at: Range<usize>,
    /// Words of the source may be missing before it: an ellipsis or a bracketed insertion stands there.
    gap: bool,
}

/// The words of a text. In a quotation (`marked`), what stands in square brackets is the writer's and is left out.
fn words(text: &str, marked: bool) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut gap = false;
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
        if !c.is_alphanumeric() && !sign && !(marked && c == '[') {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut folded = String::with_capacity(12);
        push(&mut folded, c);
        while !sign {
            let Some(&(i, next)) = chars.peek() else { break };
            let after = text[i + next.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
            let inner = matches!(next, '\'' | '’' | '‘' | 'ʼ' | '.' | ',')
                && after
                && (next != ',' || folded.ends_with(|c: char| c.is_numeric()));
            let bracket = marked && matches!(next, '[' | ']');
            if !(next.is_alphanumeric() || inner || bracket || unicode_normalization::char::is_combining_mark(next)) {
                break;
            }
            push(&mut folded, next);
            end = i + next.len_utf8();
            chars.next();
        }
        if !folded.is_empty() {
            out.push(Word { folded, at: start..end, gap: std::mem::take(&mut gap) });
        }
    }
    out
}

fn push(folded: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        folded.push(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        let base = c.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
        folded.extend(base.flat_map(char::to_lowercase));
    } else if matches!(c, '$' | '€' | '£' | '¥' | '%') {
        folded.push(c);
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
    let mut places: HashMap<&str, Vec<usize>> = HashMap::with_capacity(draft.len());
    for (i, word) in draft.iter().enumerate() {
        places.entry(&word.folded).or_default().push(i);
    }
    let mut counts: HashMap<&str, u32> = HashMap::with_capacity(draft.len());
    for word in source {
        if places.contains_key(word.folded.as_str()) {
            *counts.entry(&word.folded).or_default() += 1;
        }
    }
    // Votes for the place in the source where the quotation would begin, in bins of a few words.
    let bin = 8;
    let mut votes = vec![0f32; (source.len() + draft.len()) / bin + 2];
    for (j, word) in source.iter().enumerate() {
        let Some(at) = places.get(word.folded.as_str()) else { continue };
        let weight = 1.0 / (counts[word.folded.as_str()] as f32 * at.len() as f32);
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

/// Aligns all words of the draft with the best run of the source: the steps, and the source index of the first.
fn align(draft: &[Word], source: &[Word]) -> Option<(usize, Vec<Step>)> {
    let (n, m) = (draft.len(), source.len());
    let width = m + 1;
    let mut cost = vec![0u32; (n + 1) * width];
    // Costs are doubled, so that of two equal ways the one with more matches wins.
    for i in 1..=n {
        cost[i * width] = 2 * i as u32;
        for j in 1..=m {
            let same = draft[i - 1].folded == source[j - 1].folded;
            let diagonal = cost[(i - 1) * width + j - 1] + if same { 0 } else { 3 };
            let insert = cost[(i - 1) * width + j] + 2;
            let free = draft.get(i).is_some_and(|w| w.gap);
            let omit = cost[i * width + j - 1] + if free { 0 } else { 2 };
            cost[i * width + j] = diagonal.min(insert).min(omit);
        }
    }
    let mut j = (0..=m).min_by_key(|&j| cost[n * width + j])?;
    let mut i = n;
    let mut steps = Vec::with_capacity(n + 8);
    while i > 0 {
        let here = cost[i * width + j];
        let same = j > 0 && draft[i - 1].folded == source[j - 1].folded;
        if j > 0 && here == cost[(i - 1) * width + j - 1] + if same { 0 } else { 3 } {
            steps.push(if same { Step::Match } else { Step::Replace });
            i -= 1;
            j -= 1;
        } else if here == cost[(i - 1) * width + j] + 2 {
            steps.push(Step::Insert);
            i -= 1;
        } else if j > 0 {
            steps.push(if draft.get(i).is_some_and(|w| w.gap) { Step::Skip } else { Step::Omit });
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
        check("Nobody told us of trains", source, "-");
    }

    #[test]
    fn finds_its_place_in_a_long_text() {
        let filler = "The council met on the matter again and the members spoke of the budget and of the roads. ".repeat(60);
        let source = format!("{filler}“The old tower must never fall again,” she said. {filler}");
        check("The old tower must fall again", &source, "The old tower must never fall again | never→");
    }
}
