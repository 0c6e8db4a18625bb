//! What is shown within the lines of a draft, for those who want it: which words the sources bear out, and which source does.

use super::{Checked, Label, Reason, Span, Stance, Verdict, fixes, show};

/// What the sources say of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// They agree.
    Supported,
    /// They do not say.
    Open,
}

/// A few words behind a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where they are shown, in bytes of the draft.
    pub offset: u32,
    /// Such as "✓ talks.txt".
    pub label: String,
    /// The source's sentence, in one line.
    pub sentence: String,
}

/// Which words the sources bear out, and of which they do not speak: in order, without overlaps. Of mentions that lie in each other the
/// inner one counts; what is contradicted is left to the diagnostics, what is accepted to itself.
#[must_use]
pub fn marks(checked: &Checked) -> Vec<(Span, Mark)> {
    let shown = |(i, v): (usize, &Verdict)| (v.span(&checked.draft), mark(v).filter(|_| !checked.signed.contains_key(&i)));
    let mut verdicts: Vec<(Span, Option<Mark>)> = checked.verdicts.iter().enumerate().map(shown).collect();
    // The longest first, so that the inner ones are painted over them.
    verdicts.sort_by_key(|(span, _)| (std::cmp::Reverse(span.len()), span.start));
    let mut paint: Vec<Option<Mark>> = vec![None; checked.draft.prose.document.text.len()];
    for (span, mark) in verdicts {
        if let Some(words) = paint.get_mut(span.range()) {
            words.fill(mark);
        }
    }
    let mut marks: Vec<(Span, Mark)> = Vec::new();
    for (at, mark) in paint.into_iter().enumerate() {
        match (marks.last_mut(), mark) {
            (Some((span, last)), Some(mark)) if span.end as usize == at && *last == mark => span.end += 1,
            (_, Some(mark)) => marks.push((Span::new(at, at + 1), mark)),
            (_, None) => {}
        }
    }
    marks
}

fn mark(verdict: &Verdict) -> Option<Mark> {
    match verdict.label {
        Label::Supported => Some(Mark::Supported),
        Label::NotEnoughInfo if verdict.reason == Reason::Unheard => None,
        Label::NotEnoughInfo => Some(Mark::Open),
        Label::Refuted | Label::Conflicting => None,
    }
}

/// Behind each mention that the sources bear out which one does; of mentions that lie in each other behind the outer one alone.
#[must_use]
pub fn hints(checked: &Checked, part: Span) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let mut end = 0;
    for verdict in checked.verdicts.iter().filter(|v| v.label == Label::Supported) {
        let span = verdict.span(&checked.draft);
        let Some(finding) = verdict.findings.iter().find(|f| f.stance == Stance::Supports) else { continue };
        if span.end > end && part.start <= span.end && span.end <= part.end {
            let sentence = show::one_line(finding.quote.of(&finding.source.reading.prose.document.text));
            hints.push(Hint { offset: span.end, label: format!("✓ {}", fixes::short(&finding.source.path)), sentence });
        }
        end = end.max(span.end);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn what_is_supported_and_what_is_open() {
        let marks = marks(&sample::checked());
        let shown: Vec<(&str, Mark)> = marks.iter().map(|(span, mark)| (span.of(sample::DRAFT), *mark)).collect();
        assert_eq!(shown, [("Oro", Mark::Supported), ("Lena Voss", Mark::Open)]);
    }

    #[test]
    fn the_inner_mention_counts() {
        let text = "“Oro lost 104 boats”";
        let mut checked = sample::draft(text, &[text, "Oro", "104"], sample::checked().verdicts);
        for (i, label) in [Label::Supported, Label::NotEnoughInfo, Label::Refuted].into_iter().enumerate() {
            checked.verdicts[i] = sample::verdict(i as u32, label);
        }
        let marks = marks(&checked);
        let shown: Vec<&str> = marks.iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(shown, ["“", "Oro", " lost ", " boats”"]);
    }

    #[test]
    fn which_source_bears_it_out() {
        let all = Span::new(0, sample::DRAFT.len());
        let hints = hints(&sample::checked(), all);
        let expected = Hint {
            offset: sample::span(sample::DRAFT, "Oro").end,
            label: "✓ harbour.txt".into(),
            sentence: "The storm sank 140 boats in Oro on 3 May.".into(),
        };
        assert_eq!(hints, [expected]);
        assert!(super::hints(&sample::checked(), Span::new(0, 9)).is_empty());
    }
}
