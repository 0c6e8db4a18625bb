//! What is shown as the words of a source is what stands there, character for character, at the place that is named.

use copydesk::{
    claim::Reading,
    ide::{self, Checked, Finding},
};
use pulldown_cmark::{Event, Options, Parser};

use crate::case::Case;

/// Checks all evidence of a case: in itself, and as a hover shows it, in Markdown and plain. Gives how many quotations there were.
pub(crate) fn check(case: &Case, checked: &Checked) -> usize {
    let mut count = 0;
    for verdict in &checked.verdicts {
        let cited = verdict.findings.iter().map(|f| (&f.source, f.quote, f.counterpart));
        for (source, quote, counterpart) in cited.chain(verdict.nearest.iter().map(|n| (&n.source, n.quote, n.quote))) {
            count += 1;
            let reading: &Reading = &source.reading;
            let text = &*reading.prose.document.text;
            let at = || format!("{}: {} {quote:?} {counterpart:?}", case.id, source.path);
            assert!(case.sources.iter().any(|article| article.title == source.path && article.text == text), "{}", at());
            let words = text.get(quote.start as usize..quote.end as usize).unwrap_or_else(|| panic!("{}", at()));
            assert!(!words.trim().is_empty() && quote.contains(counterpart), "{}", at());
            let shown = ide::quote(source, quote, counterpart, true);
            assert_eq!(shown.parts.concat(), words, "{}", at());
            assert_eq!(shown.parts[1], text[counterpart.start as usize..counterpart.end as usize], "{}", at());
            let line = text[..quote.start as usize].matches('\n').count() + 1;
            assert_eq!(shown.line, u32::try_from(line).ok(), "{}", at());
        }
        hover(case, checked, verdict.span(&checked.draft).start, &verdict.findings);
    }
    count
}

/// What a hover shows holds the quotations, and nothing in it but our own bold type is anything but text.
fn hover(case: &Case, checked: &Checked, offset: u32, findings: &[Finding]) {
    let Some(hover) = ide::hover(checked, offset) else {
        assert!(findings.is_empty(), "{}: nothing to show at {offset}", case.id);
        return;
    };
    let mut markdown = String::new();
    // No editor sets formulas in a hover, and a backslash before every sum would be seen where Markdown is shown as it is written.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_MATH;
    for event in Parser::new_ext(&hover.markdown(&|_, _| None), options) {
        match event {
            Event::Text(text) => markdown += &text,
            Event::SoftBreak | Event::HardBreak => markdown.push('\n'),
            Event::Start(tag) => {
                use pulldown_cmark::Tag::{BlockQuote, Emphasis, Item, List, Paragraph, Strong};
                let ours = matches!(tag, Paragraph | BlockQuote(_) | Strong | Emphasis | List(_) | Item);
                assert!(ours, "{}: {tag:?} in the hover at {offset}", case.id);
            }
            Event::End(pulldown_cmark::TagEnd::Paragraph) => markdown.push('\n'),
            Event::End(_) | Event::Rule => {}
            other => panic!("{}: {other:?} in the hover at {offset}", case.id),
        }
    }
    let plain = hover.plain();
    for quote in hover.notes.iter().flat_map(|note| &note.quotes) {
        let words = ide::one_line(&quote.parts.concat());
        for (how, shown) in [("Markdown", &markdown), ("plain text", &plain)] {
            assert!(ide::one_line(shown).contains(&words), "{}: {words:?} is not in the {how} of the hover: {shown:?}", case.id);
        }
    }
}
