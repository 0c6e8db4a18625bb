//! Reads or checks a text and holds what is found against its marks.

use std::{fmt::Write as _, sync::Arc};

use copydesk::{
    corpus::{embedded::Embedded, load},
    ide::{self, Code, Stance, Verdict},
    text::Span,
};

use crate::{
    fixture::{Mark, Question, Text},
    notes,
};

/// Something that was found, as it would be marked.
struct Found {
    /// Where, with everything that a note may say.
    mark: Mark,
    /// The parts of the note.
    says: Vec<String>,
    /// Whether it must be marked.
    loud: bool,
}

impl Found {
    /// Whether a mark says this and no more. The first part of a note must be the same; of the others it says what it likes.
    fn is(&self, mark: &Mark, whole: bool) -> bool {
        let place = |m: &Mark| (m.line, m.start, m.length);
        let mut parts = mark.note.split(", ");
        let says = |part: &str| self.says.iter().any(|s| s == part);
        place(&self.mark) == place(mark)
            && if whole { mark.note == self.says[0] } else { parts.next() == Some(&*self.says[0]) && parts.all(says) }
    }
}

/// The text with the marks that are missing (`-`) and those that are too many (`+`); `None` if there are none.
pub(crate) fn difference(text: &Text) -> Option<String> {
    let found = find(text);
    let whole = text.question == Question::Check;
    let missing: Vec<&Mark> = text.marks.iter().filter(|m| !found.iter().any(|f| f.is(m, whole))).collect();
    let near = |f: &Found| missing.iter().any(|m| meets(m, &f.mark));
    let surplus: Vec<&Found> =
        found.iter().filter(|f| (f.loud || near(f)) && !text.marks.iter().any(|m| f.is(m, whole))).collect();
    if missing.is_empty() && !surplus.iter().any(|f| f.loud) {
        return None;
    }
    let mut out = String::new();
    for source in text.sources.iter().filter(|_| whole) {
        source.text.lines().for_each(|line| writeln!(out, "  | {line}").unwrap());
    }
    for (i, line) in text.lines.iter().enumerate() {
        writeln!(out, "    {}", line.text).unwrap();
        let mut show = |sign: char, mark: &Mark, note: &str| {
            let (space, carets) = (" ".repeat(mark.start), "^".repeat(mark.length));
            writeln!(out, "  {sign} {space}{carets} {note}").unwrap();
        };
        missing.iter().filter(|m| m.line == i).for_each(|m| show('-', m, &m.note));
        surplus.iter().filter(|f| f.mark.line == i).for_each(|f| show('+', &f.mark, &f.says.join(", ")));
    }
    Some(out)
}

/// Whether two marks share a character.
fn meets(a: &Mark, b: &Mark) -> bool {
    a.line == b.line && a.start < b.start + b.length && b.start < a.start + a.length
}

fn find(text: &Text) -> Vec<Found> {
    let words = text.source();
    let reading = ide::read(&words, text.format, text.date);
    if text.question != Question::Check {
        let mentions = reading.mentions.iter().filter_map(|m| Some((m.span, notes::reading(text.question, &words, m)?)));
        return mentions.map(|(span, says)| Found { mark: mark(text, span, &says), loud: notes::is_loud(&says), says }).collect();
    }
    let sources = text.sources.iter().enumerate().map(|(i, source)| {
        let name = format!("source {}", i + 1);
        load::source(name.clone(), name, source.text.trim().into(), text.format, None, source.date)
    });
    let corpus = Embedded::from_sources(sources.collect()).unwrap_or_else(|e| panic!("{e}"));
    let checked = ide::check(Arc::new(reading), &corpus);
    let verdicts = checked.verdicts.iter().map(|verdict| {
        let says = vec![judged(verdict)];
        let span = verdict.span(&checked.draft);
        let loud = !matches!(Code::of(verdict), None | Some(Code::NoEvidence));
        Found { mark: mark(text, span, &says), says, loud }
    });
    verdicts.collect()
}

/// A verdict as a note: the code and the words of the counterpart.
fn judged(verdict: &Verdict) -> String {
    let Some(code) = Code::of(verdict) else { return "supported".into() };
    let against = verdict.findings.iter().find(|f| matches!(f.stance, Stance::Refutes(_)));
    match against {
        Some(finding) if code != Code::NoEvidence => {
            let words: Vec<&str> =
                finding.counterpart.of(&finding.source.reading.prose.document.text).split_whitespace().collect();
            format!("{} {}", code.name(), words.join(" "))
        }
        _ => code.name().into(),
    }
}

/// The marks of a span: those under its first line.
fn mark(text: &Text, span: Span, says: &[String]) -> Mark {
    let (start, end) = (span.start as usize, span.end as usize);
    let mut at = 0;
    for (line, words) in text.lines.iter().enumerate() {
        let next = at + words.text.len() + 1;
        if start < next {
            let chars = |from: usize, to: usize| words.text[from..to].chars().count();
            let (from, to) = (start - at, (end - at).min(words.text.len()));
            return Mark { line, start: chars(0, from), length: chars(from, to), note: says.join(", ") };
        }
        at = next;
    }
    panic!("a span behind the text");
}
