//! What an editor shows under the mentions of a draft.

use std::sync::Arc;

use super::{Checked, Code, Fix, Mismatch, Severity, Source, Span, Verdict, show};

/// A mention on which the sources do not agree with the draft, or do not speak.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The index of its verdict.
    pub verdict: usize,
    /// The mention, in bytes of the draft.
    pub span: Span,
    /// How loudly it is shown.
    pub severity: Severity,
    /// The kind of disagreement.
    pub code: Code,
    /// What the sources say, in a line or two.
    pub message: String,
    /// The sources' own words, best first.
    pub related: Vec<Related>,
    /// The other place, where the draft contradicts itself.
    pub elsewhere: Option<Elsewhere>,
    /// What can be written instead.
    pub fix: Option<Fix>,
}

/// A place in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The mention there, in bytes of the draft.
    pub span: Span,
    /// The sentence there, in one line.
    pub sentence: String,
}

/// A place in a source.
#[derive(Clone, Debug)]
pub struct Related {
    /// The source.
    pub source: Arc<Source>,
    /// The sentence, in bytes of the source's text.
    pub quote: Span,
    /// What the source is called, in one line: "talks.txt".
    pub name: String,
    /// The sentence in one line, verbatim but for control characters.
    pub sentence: String,
}

/// The diagnostics of a draft, in the order of its mentions. `severity` says how loudly a code is shown, `None` if not at all.
#[must_use]
pub fn diagnostics(checked: &Checked, severity: &dyn Fn(Code) -> Option<Severity>) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        checked.unsigned().filter_map(|(i, verdict)| diagnostic(checked, i, verdict, severity)).collect();
    // A hint that repeats a finding, on a mention inside it, tells nothing new.
    let told: Vec<(Span, String)> =
        all.iter().filter(|d| d.code != Code::NoEvidence).map(|d| (d.span, d.message.clone())).collect();
    all.retain(|d| {
        d.code != Code::NoEvidence || !told.iter().any(|(span, message)| span.overlaps(d.span) && *message == d.message)
    });
    all
}

fn diagnostic(
    checked: &Checked,
    index: usize,
    verdict: &Verdict,
    severity: &dyn Fn(Code) -> Option<Severity>,
) -> Option<Diagnostic> {
    let code = Code::of(verdict)?;
    let severity = severity(code)?;
    let mut related: Vec<Related> = Vec::new();
    for finding in &verdict.findings {
        if !related.iter().any(|r| Arc::ptr_eq(&r.source, &finding.source) && r.quote == finding.quote) {
            let name = show::one_line(&finding.source.path);
            let sentence = show::one_line(finding.quote.of(&finding.source.reading.prose.document.text));
            related.push(Related { source: finding.source.clone(), quote: finding.quote, name, sentence });
        }
    }
    Some(Diagnostic {
        verdict: index,
        span: verdict.span(&checked.draft),
        severity,
        code,
        message: message(verdict, code),
        related,
        elsewhere: elsewhere(checked, verdict),
        fix: Fix::of(checked, verdict),
    })
}

/// Where the draft has another figure.
#[must_use]
pub fn elsewhere(checked: &Checked, verdict: &Verdict) -> Option<Elsewhere> {
    let Some(Mismatch::Itself(span)) = verdict.mismatch else { return None };
    let prose = &checked.draft.prose;
    let sentence = show::one_line(prose.words(prose.sentence_at(span.start)).of(&prose.document.text));
    Some(Elsewhere { span, sentence })
}

/// What the writer is told of a verdict.
pub(super) fn message(verdict: &Verdict, code: Code) -> String {
    match &verdict.message {
        Some(message) => show::plain(message),
        None if code == Code::NoEvidence => "The sources do not say.".into(),
        None if code == Code::SourcesConflict => "The sources disagree.".into(),
        None => "Contradicted by the sources.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    #[test]
    fn of_what_does_not_agree() {
        let checked = sample::checked();
        let shown: Vec<(&str, Code, Severity, String)> = diagnostics(&checked, &|code| Some(code.severity()))
            .into_iter()
            .map(|d| (d.span.of(sample::DRAFT), d.code, d.severity, d.message))
            .collect();
        assert_eq!(
            shown,
            [
                ("104", Code::QuantityMismatch, Severity::Warning, "The sources say 140 boats.".to_owned()),
                ("Lena Voss", Code::NoEvidence, Severity::Hint, "The sources do not say.".to_owned()),
            ]
        );
    }

    #[test]
    fn with_the_words_of_the_source() {
        let first = diagnostics(&sample::checked(), &|code| Some(code.severity())).swap_remove(0);
        assert_eq!(first.related.len(), 1);
        assert_eq!(first.related[0].name, "harbour.txt");
        assert_eq!(first.related[0].sentence, "The storm sank 140 boats in Oro on 3 May.");
        assert_eq!(first.related[0].quote.of(sample::SOURCE), "The storm sank 140 boats in Oro on 3 May.");
    }

    #[test]
    fn none_of_what_is_switched_off() {
        assert_eq!(diagnostics(&sample::checked(), &|code| (code != Code::NoEvidence).then(|| code.severity())).len(), 1);
    }
}
