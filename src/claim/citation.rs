//! Citations by author and year, as scholars write them: "(Ortega et al., 2023; cf. Cohen, 1988, p. 12)", "Ortega (2024)". They say where a claim
//! comes from and claim nothing themselves.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, MentionKind, NameClass};
use crate::prose::Prose;

/// A year as it is cited, with the pages.
const YEAR: &str = r"(?:(?:1[5-9]|20)\d\d[a-z]?|n\.d\.|in press|forthcoming)(?:, pp?\. ?\d+(?:[–-]\d+)?)?";

static CITATIONS: LazyLock<Regex> = LazyLock::new(|| {
    let author = r"\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*)?";
    let lead = r"(?:(?:see also|see|but see|cf\.|e\.g\.,?) )?";
    let one = format!(r"{lead}{author}(?:,? (?:and|&) {author}|, {author})*(?:,? et al\.?)?,? {YEAR}");
    Regex::new(&format!(r"\({one}(?:; {one})*\)")).expect("a constant pattern")
});

static CITED_YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"^\({YEAR}\)")).expect("a constant pattern"));

/// Two authors: "Montrose and Hale".
static TWO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Lu}[\p{L}'’-]+ (?:and|&) \p{Lu}[\p{L}'’-]+$").expect("a constant pattern"));

/// Whether a mention stands in a citation in brackets.
pub(crate) fn is_cited(prose: &Prose, mention: &Mention) -> bool {
    let sentence = prose.sentences[mention.sentence as usize].span;
    let words = prose.str(sentence);
    let place = mention.span.start.saturating_sub(sentence.start) as usize;
    words.contains('(') && CITATIONS.find_iter(words).any(|cited| cited.range().contains(&place))
}

/// Whether a mention is the year of a citation, in brackets with its authors or alone behind them.
pub(super) fn is_year_of_one(prose: &Prose, mention: &Mention, names: &[Mention]) -> bool {
    let text = &prose.document.prose;
    let Some(start) = text[..mention.span.start as usize].strip_suffix('(').map(str::len) else {
        return is_cited(prose, mention);
    };
    let before = text[..start].trim_end();
    // A film has its year in brackets too.
    let person = |name: &Mention| matches!(&name.kind, MentionKind::Name(n) if n.class == NameClass::Person);
    let by = || names.iter().any(|name| name.span.end as usize == before.len() && person(name));
    let several =
        || before.ends_with("et al.") || TWO.is_match(&before[before.floor_char_boundary(before.len().saturating_sub(80))..]);
    CITED_YEAR.is_match(&text[start..]) && (several() || by())
}
