//! Lines that fit a window: wrapped lists, sentences shortened around the words that matter.

use crate::{cli::stages::one_line, text::Span};

/// The longest line, in characters.
pub(super) const WIDTH: usize = 130;
/// The longest words in quotation marks in the head of a block.
const WORDS: usize = 60;

/// Appends items to `out`, as many on a line as fit, each line indented.
pub(super) fn wrapped(out: &mut String, indent: usize, items: impl IntoIterator<Item = String>) {
    let mut used = 0;
    for item in items {
        let length = item.chars().count();
        if used > 0 && used + 2 + length <= WIDTH {
            out.push_str("  ");
            used += 2 + length;
        } else {
            if used > 0 {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent + length;
        }
        out.push_str(&item);
    }
    if used > 0 {
        out.push('\n');
    }
}

/// Appends a text, wrapped at its spaces.
pub(super) fn paragraph(out: &mut String, indent: usize, text: &str) {
    let mut line = String::new();
    let pad = " ".repeat(indent);
    for word in text.split(' ') {
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.extend([&*pad, &*line, "\n"]);
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out.extend([&*pad, &*line, "\n"]);
}

/// Words in quotation marks, on one line, cut where they are long.
pub(super) fn quoted(words: &str) -> String {
    let words = one_line(words);
    if words.chars().count() <= WORDS {
        return format!("“{words}”");
    }
    let start: String = words.chars().take(WORDS - 1).collect();
    format!("“{}…”", start.trim_end())
}

/// A stretch of a text on one line, cut to `most` characters around the words at `focus`.
pub(super) fn around(text: &str, stretch: Span, focus: Span, most: usize) -> String {
    let line = one_line(stretch.of(text));
    let all: Vec<char> = line.chars().collect();
    if all.len() <= most {
        return line;
    }
    let length = |from: u32, to: u32| one_line(Span { start: from, end: to.max(from) }.of(text)).chars().count();
    let (before, inside) = (length(stretch.start, focus.start.max(stretch.start)), length(focus.start, focus.end));
    // Two places for the marks of omission.
    let room = most.saturating_sub(2);
    let mut start = before.saturating_sub(room.saturating_sub(inside) / 2).min(all.len() - room);
    let mut end = start + room;
    if end < all.len() {
        let cut = all[..=end].iter().rposition(|c| *c == ' ').unwrap_or(end);
        end = if cut > before + inside.min(room / 2) { cut } else { end };
    }
    if start > 0 {
        let cut = all[start..].iter().position(|c| *c == ' ').map_or(start, |i| start + i + 1);
        start = if cut <= before + 1 { cut.min(end) } else { start };
    }
    let shown: String = all[start..end].iter().collect();
    let (left, right) = (if start > 0 { "…" } else { "" }, if end < all.len() { "…" } else { "" });
    format!("{left}{}{right}", shown.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_around_words() {
        let text = "One two three four five six seven eight nine ten.";
        let shown = |words: &str, most| {
            let start = text.find(words).unwrap();
            around(text, Span::new(0, text.len()), Span::new(start, start + words.len()), most)
        };
        assert_eq!(shown("five", 100), text);
        assert_eq!(shown("One", 20), "One two three four…");
        assert_eq!(shown("six", 20), "…five six seven…");
        assert_eq!(shown("ten", 20), "…eight nine ten.");
        // Longer than there is room for.
        assert_eq!(shown("two three four five six", 12), "…two three…");
        assert_eq!(shown("six", 0).chars().filter(|c| *c == '…').count(), 2);
    }

    #[test]
    fn lists_are_wrapped() {
        let mut out = String::new();
        wrapped(&mut out, 4, (0..40).map(|i| format!("item{i}")));
        paragraph(&mut out, 4, &"word ".repeat(40));
        assert!(out.lines().all(|l| l.chars().count() <= WIDTH && l.starts_with("    ")), "{out}");
    }
}
