//! "Sales and profit rose 5% and 8%, respectively": each noun has its own figure.

use crate::{
    claim::{Mention, MentionKind, atom::Line},
    prose::Tag,
};

/// How many words may stand before the head of a noun in a list.
const REACH: usize = 3;

/// Gives each figure of a list before "respectively" the noun that it belongs to. `figures` are those of the sentence in `line`.
pub(super) fn distribute(line: &Line<'_>, figures: &mut [Mention]) {
    if figures.len() < 2 {
        return;
    }
    let Some(end) = (0..line.len()).find(|&k| line.word(k) == "respectively") else { return };
    let place = |byte: u32| line.atoms.partition_point(|a| a.span.end <= byte);
    let joined = |from: u32, to: usize| {
        (place(from)..to)
            .all(|k| line.mark(k).is_some_and(|c| matches!(c, ',' | '(')) || matches!(line.word(k), "and" | "to" | "by" | "or"))
    };
    let last = figures.iter().rposition(|m| place(m.span.start) < end);
    let Some(last) = last.filter(|&l| joined(figures[l].span.end, end)) else { return };
    let mut first = last;
    while first > 0 && joined(figures[first - 1].span.end, place(figures[first].span.start)) {
        first -= 1;
    }
    let count = last + 1 - first;
    let MentionKind::Quantity(figure) = &figures[first].kind else { return };
    let Some(noun) = figure.entity.filter(|e| count > 1 && e.end <= figures[first].span.start) else { return };
    let mut heads = vec![place(noun.start)];
    while heads.len() < count {
        let head = heads[heads.len() - 1];
        // "net sales and operating profit".
        let joint = (head.saturating_sub(REACH)..head).rev().find(|&k| line.word(k) == "and" || line.mark(k) == Some(','));
        let before = joint.and_then(|k| k.checked_sub(1 + usize::from(line.mark(k.wrapping_sub(1)) == Some(','))));
        match before {
            Some(k) if matches!(line.tag(k), Tag::Noun | Tag::ProperNoun) => heads.push(k),
            _ => return,
        }
    }
    for (mention, head) in figures[first..=last].iter_mut().zip(heads.into_iter().rev()) {
        if let MentionKind::Quantity(q) = &mut mention.kind {
            (q.entity, q.modifiers) = (Some(line.atoms[head].span), None);
        }
    }
}
