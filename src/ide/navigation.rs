//! From a mention to its evidence, and from a sentence of a source to the drafts that rely on it.

use std::{path::Path, sync::Arc};

use super::{Checked, Finding, Source, Span, here};

/// A place in a source that speaks of a mention.
#[derive(Clone, Debug)]
pub struct Place {
    /// The source.
    pub source: Arc<Source>,
    /// The sentence, in bytes of the source's text.
    pub quote: Span,
    /// What stands there for the mention; inside of the sentence.
    pub counterpart: Span,
}

/// The mention at `offset`, a byte of the draft, and the places that support or contradict it, each sentence once: of the mention
/// itself first, best first, then of those around it. `None` where no source speaks.
#[must_use]
pub fn evidence_at(checked: &Checked, offset: u32) -> Option<(Span, Vec<Place>)> {
    let here = here::verdicts(checked, offset);
    let mut places: Vec<Place> = Vec::new();
    for finding in here.iter().flat_map(|here| &here.verdict.findings) {
        if !places.iter().any(|p| Arc::ptr_eq(&p.source, &finding.source) && p.quote == finding.quote) {
            let quote = finding.quote;
            let counterpart = if quote.contains(finding.counterpart) { finding.counterpart } else { quote };
            places.push(Place { source: finding.source.clone(), quote, counterpart });
        }
    }
    Some((here.first()?.span, places)).filter(|(_, places)| !places.is_empty())
}

/// The mentions of a draft, in bytes of it, on which a sentence of a source speaks. `file` is where that source lies, `text` what an
/// editor shows of it, and `offset` a byte of that in the sentence. What is read of a file and what is shown of it need not be the same:
/// the sentence counts, not its place.
#[must_use]
pub fn relying(checked: &Checked, file: &Path, text: &str, offset: u32) -> Vec<Span> {
    let speaks = |finding: &Finding| is_of(finding, file) && stands_at(finding, text, offset as usize);
    let relying = checked.verdicts.iter().filter(|verdict| verdict.findings.iter().any(speaks));
    let mut spans: Vec<Span> = relying.map(|verdict| verdict.span(&checked.draft)).collect();
    spans.dedup();
    spans
}

/// Whether a finding comes from this file, or from another with the same sentence.
fn is_of(finding: &Finding, file: &Path) -> bool {
    let location = Path::new(&finding.source.location);
    // Sources are known by where they really are, a link in the path of an open file hides that.
    location == file
        || location.file_name() == file.file_name()
        || finding.source.copies_of(finding.quote).any(|copy| Path::new(&copy.path).file_name() == file.file_name())
}

/// Whether the sentence of a finding stands at this byte of a text.
fn stands_at(finding: &Finding, text: &str, offset: usize) -> bool {
    let sentence = finding.quote.of(&finding.source.reading.prose.document.text);
    !sentence.is_empty() && text.match_indices(sentence).any(|(at, _)| at <= offset && offset <= at + sentence.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    /// What stands for the mention at these words of the draft.
    fn counterparts(words: &str) -> Vec<&'static str> {
        let found = evidence_at(&sample::checked(), sample::span(sample::DRAFT, words).start);
        found.map(|(_, places)| places.iter().map(|p| p.counterpart.of(sample::SOURCE)).collect()).unwrap_or_default()
    }

    #[test]
    fn of_what_is_contradicted_and_of_what_is_supported() {
        assert_eq!(counterparts("104"), ["140 boats"]);
        assert_eq!(counterparts("Oro"), ["Oro"]);
        // No source speaks of her, and "storm" is no mention.
        assert!(counterparts("Lena").is_empty() && counterparts("storm").is_empty());
    }

    #[test]
    fn a_counterpart_outside_of_its_sentence_is_the_sentence() {
        let mut checked = sample::checked();
        checked.verdicts[0].findings[0].counterpart = sample::span(sample::SOURCE, "Rain");
        let (_, places) = evidence_at(&checked, sample::span(sample::DRAFT, "104").start).unwrap();
        assert_eq!(places[0].counterpart, places[0].quote);
    }

    #[track_caller]
    fn check_relying(file: &str, text: &str, at: &str, expected: &[&str]) {
        let checked = sample::checked();
        let found = relying(&checked, Path::new(file), text, sample::span(text, at).start);
        assert_eq!(found.iter().map(|s| s.of(sample::DRAFT)).collect::<Vec<_>>(), expected, "{at}");
    }

    #[test]
    fn a_sentence_knows_who_relies_on_it() {
        let file = "/desk/sources/harbour.txt";
        check_relying(file, sample::SOURCE, "boats", &["104", "Oro"]);
        check_relying(file, sample::SOURCE, "Rain", &[]);
        // The file has been edited since it was read.
        check_relying(file, &format!("\u{feff}New.\n{}", sample::SOURCE), "sank", &["104", "Oro"]);
        check_relying(file, &sample::SOURCE.replace("140", "150"), "sank", &[]);
        // By another way to the same file, and in another file.
        check_relying("/link/harbour.txt", sample::SOURCE, "sank", &["104", "Oro"]);
        check_relying("/desk/sources/port.txt", sample::SOURCE, "sank", &[]);
    }
}
