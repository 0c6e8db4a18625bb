//! Lists in plain text: bullets, numbers and letters at the start of a line, or one after the other in it.

use std::ops::Range;

/// A part of a line that is an item of a list, or is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// First byte in the line.
    pub(super) start: usize,
    /// One past its last byte, without the space after it.
    pub(super) end: usize,
    /// Bytes of its marker, with the space after it; 0 for words that are no item.
    pub(super) marker: usize,
}

/// Cuts a line into its items; most lines are one, without a marker.
pub(super) fn items(line: &str) -> Vec<Item> {
    let mut starts: Vec<Range<usize>> = Vec::new();
    let first = marker_len(line);
    if first > 0 {
        starts.push(0..first);
    }
    // A mark that is used for nothing else parts items wherever it stands.
    if line.contains(is_bullet) {
        for (at, c) in line.char_indices().skip(1) {
            let len = marker_len(&line[at..]);
            if is_bullet(c) && len > 0 {
                starts.push(at..at + len);
            }
        }
    }
    if starts.len() < 2 {
        let sequence = sequence(line);
        if !sequence.is_empty() {
            starts = sequence;
        }
    }
    if starts.first().is_none_or(|s| s.start > 0) {
        starts.insert(0, 0..0);
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.start).chain([line.len()]).collect();
    let item = |(s, end): (&Range<usize>, usize)| Item {
        start: s.start,
        end: s.start + line[s.start..end].trim_end().len(),
        marker: s.len(),
    };
    starts.iter().zip(ends).map(item).filter(|i| i.end > i.start + i.marker).collect()
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '◦' | '▪' | '●' | '■' | '⁃' | '∙')
}

/// Bytes of the bullet, number or letter at the start of a line, with the space after it; 0 if there is none.
pub(super) fn marker_len(line: &str) -> usize {
    let Some(c) = line.chars().next() else { return 0 };
    let spaced = |len: usize| {
        let space = line[len..].len() - line[len..].trim_start().len();
        if space == 0 || line[len..].trim().is_empty() { 0 } else { len + space }
    };
    if is_bullet(c) {
        let len = c.len_utf8();
        let rest = line[len..].trim_start();
        if rest.is_empty() {
            return 0;
        }
        // "• 9. The ninth".
        let len = line.len() - rest.len();
        return len
            + enumerator(rest).map_or(0, |e| if e.len < rest.len() && rest[e.len..].starts_with(' ') { e.len + 1 } else { 0 });
    }
    if matches!(c, '·' | '*' | '-' | '–' | '+') {
        return spaced(c.len_utf8());
    }
    match enumerator(line) {
        // "A. Roe" is a name; "A)" and "a." are not.
        Some(e) if !(e.letter && c.is_uppercase()) => spaced(e.len),
        _ => 0,
    }
}

/// A number or letter that counts items.
struct Enumerator {
    value: u32,
    /// A letter with nothing but a full stop.
    letter: bool,
    /// Its marks: "." , ")", ".)", "(" and ")".
    form: (bool, bool, bool),
    len: usize,
}

/// "1.", "2)", "3.)", "(4)", "a.", "(b)", "iv)": the enumerator at the start of a text.
fn enumerator(text: &str) -> Option<Enumerator> {
    let open = text.starts_with('(');
    let body = &text[usize::from(open)..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (value, width) = match (digits, letters) {
        // Neither a year nor a figure that begins a sentence.
        (1..=2, _) => (body[..digits].parse().ok()?, digits),
        (0, 1) => (u32::from(body.as_bytes()[0].to_ascii_lowercase() - b'a') + 1, 1),
        (0, 2..=4) if body[..letters].bytes().all(|b| b"ivx".contains(&b)) => (0, letters),
        _ => return None,
    };
    let after = &body[width..];
    let dot = after.starts_with('.');
    let close = after[usize::from(dot)..].starts_with(')');
    if !close && (open || !dot) {
        return None;
    }
    let len = usize::from(open) + width + usize::from(dot) + usize::from(close);
    // "ii." and "iv." alone are too much like words.
    (digits > 0 || close || letters == 1).then_some(Enumerator {
        value,
        letter: digits == 0 && !close,
        form: (open, dot, close),
        len,
    })
}

/// The markers of items that follow one another in a line: "1) … 2) …", "a. … b. … c. …". They begin the line or follow a sentence, and
/// count up by one.
fn sequence(line: &str) -> Vec<Range<usize>> {
    let mut found: Vec<(Range<usize>, Enumerator)> = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        if bare.len() <= 5
            && let Some(e) = enumerator(bare)
            && e.len == bare.len()
            && at + word.len() < line.len()
            && (e.letter || e.value > 0)
            && !(e.letter && bare.starts_with(|c: char| c.is_uppercase()))
        {
            let place = at..at + word.len();
            match found.last() {
                Some((_, last)) if e.form == last.form && e.letter == last.letter && e.value == last.value + 1 => {
                    found.push((place, e))
                }
                None if at == 0 || line[..at].trim_end().ends_with(['.', '!', '?', ':', ';']) => found.push((place, e)),
                _ => {}
            }
        }
        at += word.len();
    }
    let Some((first, one)) = found.first() else { return Vec::new() };
    let enough = if first.start > 0 || one.letter { 3 } else { 2 };
    if found.len() >= enough { found.into_iter().map(|(place, _)| place).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[&str]) {
        let shown: Vec<String> = items(line)
            .iter()
            .map(|i| format!("{}|{}", &line[i.start..i.start + i.marker], &line[i.start + i.marker..i.end]))
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn a_line_is_an_item() {
        check("• One", &["• |One"]);
        check("- One - two", &["- |One - two"]);
        check("12) One", &["12) |One"]);
        check("(iii) One", &["(iii) |One"]);
        check("b) One", &["b) |One"]);
    }

    #[test]
    fn items_follow_one_another() {
        check("1) One 2) Two", &["1) |One", "2) |Two"]);
        check("a. One b. Two c. Three", &["a. |One", "b. |Two", "c. |Three"]);
        check("What now? 1. One 2. Two 3. Three", &["|What now?", "1. |One", "2. |Two", "3. |Three"]);
        check("• 9. Nine • 10. Ten", &["• 9. |Nine", "• 10. |Ten"]);
    }

    #[test]
    fn words_are_no_markers() {
        for line in [
            "A. Roe left.",
            "2025. A year.",
            "-5 degrees.",
            "I. Roe",
            "1.2 million",
            "She ranks 1. He ranks 2. They left.",
            "mix. a",
            "•",
            "(AP) Rain",
            "-",
        ] {
            check(line, &[&format!("|{line}")]);
        }
    }
}
