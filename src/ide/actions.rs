//! What a writer can do about a finding: what an editor lists under the lamp.

use super::{Checked, Diagnostic, Edit, Format, Label, Reason, Span, Stance, Verdict, fixes::short, show};

/// A fix of less confidence is not made together with all others.
const CERTAIN: f32 = 0.9;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What it does, for a menu.
    pub title: String,
    /// Of which kind it is.
    pub kind: ActionKind,
    /// What it writes, in bytes of the draft; none of these overlap.
    pub edits: Vec<Edit>,
    /// The finding that it is about, by its index among the diagnostics.
    pub diagnostic: Option<usize>,
}

/// The kinds of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Writes what the source says.
    Fix,
    /// The same at every place where the draft has these words.
    FixSame,
    /// Writes what the sources bear out: less than the draft says.
    Round,
    /// Lets the finding stand, in the ledger beside the draft.
    Accept,
    /// Lets it stand, in a comment.
    Comment,
    /// Names the source in a footnote.
    Footnote,
    /// Writes all that is certain.
    FixAll,
}

/// What can be done about the findings that a range touches, in bytes of the draft. `has_ledger`: the draft has a file, and so may have a ledger.
#[must_use]
pub fn actions(checked: &Checked, diagnostics: &[Diagnostic], range: Span, has_ledger: bool) -> Vec<Action> {
    let mut out = Vec::new();
    for (i, found) in diagnostics.iter().enumerate().filter(|(_, d)| d.span.start <= range.end && range.start <= d.span.end) {
        let mut add =
            |title: String, kind: ActionKind, edits: Vec<Edit>| out.push(Action { title, kind, edits, diagnostic: Some(i) });
        if let Some(fix) = &found.fix {
            add(fix.title.clone(), ActionKind::Fix, vec![fix.edit.clone()]);
            let same = same(checked, diagnostics, i);
            if same.len() > 1 {
                add(format!("{} at all {} places", fix.title, same.len()), ActionKind::FixSame, same);
            }
        }
        let Some(verdict) = checked.verdicts.get(found.verdict) else { continue };
        if let Some((title, edit)) = round(checked, verdict) {
            add(title, ActionKind::Round, vec![edit]);
        }
        let words = short(found.span.of(&checked.draft.prose.document.text));
        if has_ledger {
            add(format!("Accept “{words}”"), ActionKind::Accept, Vec::new());
        }
        if let Some(edit) = comment(checked, found.span) {
            add(format!("Accept “{words}” in a comment"), ActionKind::Comment, vec![edit]);
        }
    }
    out.extend(footnote(checked, range));
    out
}

/// All fixes that are certain, as one action; `None` if there are none.
#[must_use]
pub fn fix_all(checked: &Checked, diagnostics: &[Diagnostic]) -> Option<Action> {
    let certain = |d: &&Diagnostic| checked.verdicts.get(d.verdict).is_some_and(|v| v.confidence >= CERTAIN);
    let mut edits: Vec<Edit> = diagnostics.iter().filter(certain).filter_map(|d| Some(d.fix.as_ref()?.edit.clone())).collect();
    edits.sort_by_key(|e| e.delete);
    edits.dedup_by(|later, first| later.delete.start < first.delete.end || later.delete == first.delete);
    let title = "Write what the sources say wherever that is certain".to_owned();
    (!edits.is_empty()).then_some(Action { title, kind: ActionKind::FixAll, edits, diagnostic: None })
}

/// The fixes of all findings that have the same words to write in the place of the same.
fn same(checked: &Checked, diagnostics: &[Diagnostic], index: usize) -> Vec<Edit> {
    let text = &*checked.draft.prose.document.text;
    let Some(fix) = &diagnostics[index].fix else { return Vec::new() };
    let is_same = |e: &&Edit| e.insert == fix.edit.insert && e.delete.of(text) == fix.edit.delete.of(text);
    let mut edits: Vec<Edit> = diagnostics.iter().filter_map(|d| Some(&d.fix.as_ref()?.edit)).filter(is_same).cloned().collect();
    edits.sort_by_key(|e| e.delete);
    edits.dedup();
    edits
}

/// What the sources say where they say less than the draft: "more than 40" for "41".
fn round(checked: &Checked, verdict: &Verdict) -> Option<(String, Edit)> {
    if verdict.label != Label::NotEnoughInfo || verdict.reason != Reason::Coarser {
        return None;
    }
    let finding = verdict.findings.first()?;
    let words = show::one_line(finding.counterpart.of(&finding.source.reading.prose.document.text));
    let delete = verdict.span(&checked.draft);
    let is_new = delete.of(&checked.draft.prose.document.text) != words && !words.is_empty();
    is_new.then(|| {
        let insert = checked.draft.prose.document.format.written(&words).into_owned();
        (format!("Write “{}”, as the source does", short(&words)), Edit { delete, insert })
    })
}

/// A comment that lets the sentence of these words stand.
fn comment(checked: &Checked, span: Span) -> Option<Edit> {
    let format = checked.draft.prose.document.format;
    let prose = &checked.draft.prose;
    let sentence = prose.sentences.get(prose.sentence_at(span.start)).filter(|s| s.span.overlaps(span))?;
    let (at, insert) = match format {
        Format::Markdown | Format::Html | Format::Plain | Format::Mail => {
            (sentence.span.end, " <!-- stet: reason -->".to_owned())
        }
        Format::Typst => (sentence.span.end, " /* stet: reason */".to_owned()),
        // These have comments that take a line, and in what Git keeps there is no place for one.
        Format::Latex | Format::AsciiDoc | Format::Rst | Format::Org => {
            let block = prose.document.blocks.get(sentence.block as usize)?;
            let start = prose.document.text[..block.span.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let mark = match format {
                Format::Latex => "%",
                Format::AsciiDoc => "//",
                Format::Org => "#",
                _ => "..",
            };
            // A comment is a block of its own there.
            let gap = if format == Format::Rst { "\n" } else { "" };
            (start as u32, format!("{mark} stet: reason\n{gap}"))
        }
        Format::Commit => return None,
    };
    Some(Edit { delete: Span { start: at, end: at }, insert })
}

/// A footnote that names the source of the mention at the start of a range.
fn footnote(checked: &Checked, range: Span) -> Option<Action> {
    if checked.draft.prose.document.format != Format::Markdown {
        return None;
    }
    let here = super::here::verdicts(checked, range.start);
    let finding = here.iter().find_map(|here| here.verdict.findings.iter().find(|f| f.stance == Stance::Supports))?;
    let prose = &checked.draft.prose;
    let text = &*prose.document.text;
    let sentence = prose.sentences.get(prose.sentence_at(range.start))?;
    let number = (1..).find(|n| !text.contains(&format!("[^{n}]")))?;
    let meta = &finding.source.reading.prose.document.meta;
    let title = meta.title.as_deref().map(|t| format!("“{}”", show::one_line(t)));
    let date = meta.published.map(|d| d.strftime("%-d %B %Y").to_string());
    let place = meta.url.clone().unwrap_or_else(|| finding.source.path.clone());
    let parts = [title, meta.outlet.as_deref().map(show::one_line), date].into_iter().flatten().map(|part| show::markdown(&part));
    let words: Vec<String> = parts.chain([show::markdown(&show::one_line(&place))]).collect();
    let end = text.trim_end().len();
    let note = format!("\n\n[^{number}]: {}.\n", words.join(", "));
    let edits = vec![
        Edit { delete: Span { start: sentence.span.end, end: sentence.span.end }, insert: format!("[^{number}]") },
        Edit { delete: Span::new(end, text.len()), insert: note },
    ];
    Some(Action { title: "Name the source in a footnote".to_owned(), kind: ActionKind::Footnote, edits, diagnostic: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::{diagnostics, sample};

    fn titles(format: Format, at: &str, has_ledger: bool) -> Vec<String> {
        let checked = sample::checked_as(format);
        let found = diagnostics(&checked, &|code| Some(code.severity()));
        actions(&checked, &found, sample::span(sample::DRAFT, at), has_ledger).into_iter().map(|a| a.title).collect()
    }

    #[test]
    fn what_can_be_done() {
        assert_eq!(titles(Format::Markdown, "104", true), ["Replace with “140”", "Accept “104”", "Accept “104” in a comment"]);
        assert_eq!(titles(Format::Commit, "104", false), ["Replace with “140”"]);
        assert!(titles(Format::Markdown, "storm", true).is_empty());
    }

    #[test]
    fn all_that_is_certain() {
        let checked = sample::checked();
        let found = diagnostics(&checked, &|code| Some(code.severity()));
        let all = fix_all(&checked, &found).unwrap();
        assert_eq!(all.edits.len(), 1);
        let doubtful = |v: Verdict| Verdict { confidence: 0.6, ..v };
        let checked = Checked { verdicts: checked.verdicts.into_iter().map(doubtful).collect(), ..sample::checked() };
        assert!(fix_all(&checked, &found).is_none());
    }

    #[test]
    fn a_footnote_at_the_end() {
        let checked = sample::checked_as(Format::Markdown);
        let action = actions(&checked, &[], sample::span(sample::DRAFT, "Oro"), false).remove(0);
        let mut text = sample::DRAFT.to_owned();
        action.edits.iter().rev().for_each(|edit| text = edit.apply(&text));
        assert!(
            text.starts_with(&format!("{}[^1]\n\n[^1]: “Harbour \\*closed\\*”, Coast Post, 4 May 2025, harbour", sample::DRAFT)),
            "{text}"
        );
    }
}
