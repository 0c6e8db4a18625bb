//! What is said of the mention under the pointer: the verdict, and the source's own sentence.

use std::{fmt::Write as _, sync::Arc};

use super::{Checked, Code, Finding, Label, Reason, SignOff, Source, Span, Stance, Verdict, diagnostics, here, show};
use crate::text::{LineIndex, PositionEncoding};

/// What is said where an archive has not answered.
pub(super) const UNHEARD: &str = "Not in the sources here; the archive has not answered.";

/// Sources shown for one mention.
const SHOWN: usize = 3;

/// What is said of a place in a draft.
#[derive(Clone, Debug)]
pub struct Hover {
    /// The mention, in bytes of the draft.
    pub span: Span,
    /// Of the mention, and of those around it.
    pub notes: Vec<Note>,
}

/// What is said of one mention.
#[derive(Clone, Debug)]
pub struct Note {
    /// The verdict in a word or two: "Contradicted."
    pub verdict: &'static str,
    /// Who let it stand, and why.
    pub signed: Option<String>,
    /// What the sources say, if that is more.
    pub message: Option<String>,
    /// The sources' own words.
    pub quotes: Vec<Quote>,
    /// Where the sources do not say: what comes nearest.
    pub nearest: Option<Quote>,
}

/// A sentence of a source.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Whether it agrees with the draft.
    pub supports: bool,
    /// The sentence up to the counterpart, the counterpart, the rest: together verbatim what the source has.
    pub parts: [String; 3],
    /// The article's title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as in "4 May 2025".
    pub published: Option<String>,
    /// Who else has the sentence, word by word, in a few words; empty if nobody.
    pub also: String,
    /// The source's path as it is shown.
    pub path: String,
    /// Where the file is.
    pub location: String,
    /// The line on which the sentence begins, counted from one; `None` if the text was taken out of a file of another format.
    pub line: Option<u32>,
}

/// What is said of the mention at `offset`, a byte of the draft; `None` where there is none. Of a mention that ends there it is
/// said too.
#[must_use]
pub fn hover(checked: &Checked, offset: u32) -> Option<Hover> {
    let here = here::verdicts(checked, offset);
    let span = here.first()?.span;
    Some(Hover { span, notes: here.iter().map(|here| note(here.verdict, checked.signed.get(&here.index))).collect() })
}

fn note(verdict: &Verdict, signed: Option<&SignOff>) -> Note {
    let code = Code::of(verdict);
    let mut quotes: Vec<Quote> = Vec::new();
    let mut seen: Vec<&Finding> = Vec::new();
    for finding in &verdict.findings {
        if quotes.len() < SHOWN && !seen.iter().any(|s| Arc::ptr_eq(&s.source, &finding.source) && s.quote == finding.quote) {
            quotes.push(quote(&finding.source, finding.quote, finding.counterpart, finding.stance == Stance::Supports));
            seen.push(finding);
        }
    }
    let line = match verdict.label {
        Label::Supported if verdict.reason == Reason::Unclaimed => "Nothing to look up.",
        Label::Supported => "Supported.",
        Label::Refuted => "Contradicted.",
        Label::Conflicting => "Conflicting.",
        Label::NotEnoughInfo if verdict.reason == Reason::Unheard => UNHEARD,
        Label::NotEnoughInfo if quotes.is_empty() => "Not in the sources.",
        Label::NotEnoughInfo => "Not confirmed.",
    };
    let message = verdict.message.as_ref().and(code).map(|code| diagnostics::message(verdict, code));
    // Where nothing is quoted, "The sources do not say." says nothing more.
    let message = message.filter(|_| !(verdict.label == Label::NotEnoughInfo && quotes.is_empty()));
    let end = |quote: Span| Span { start: quote.end, end: quote.end };
    let nearest = verdict.nearest.as_ref().map(|n| quote(&n.source, n.quote, end(n.quote), false));
    Note { verdict: line, signed: signed.map(accepted), message, quotes, nearest }
}

/// "Accepted by AB on 2025-12-03: phone call with the ministry."
pub fn accepted(signed: &SignOff) -> String {
    let part = |before: &str, words: &Option<String>| {
        words.as_ref().map_or_else(String::new, |w| format!("{before}{}", show::one_line(w)))
    };
    format!("Accepted{}{}{}", part(" by ", &signed.by), part(" on ", &signed.date), part(": ", &signed.reason))
}

/// A passage of a source with what names it. `quote` and `inner`, the counterpart in it, are bytes of the source's text.
#[must_use]
pub fn quote(source: &Source, quote: Span, mut inner: Span, supports: bool) -> Quote {
    let document = &source.reading.prose.document;
    let text = &*document.text;
    if !quote.contains(inner) {
        inner = Span { start: quote.end, end: quote.end };
    }
    let part = |start, end| Span { start, end }.of(text).to_owned();
    Quote {
        supports,
        parts: [part(quote.start, inner.start), part(inner.start, inner.end), part(inner.end, quote.end)],
        // An article without a headline is called by the name of its file, which is shown anyway.
        title: document.meta.title.clone().filter(|title| stem(&source.path) != title),
        outlet: document.meta.outlet.clone(),
        published: document.meta.published.map(|d| d.strftime("%-d %B %Y").to_string()),
        also: also(source, quote),
        path: source.path.clone(),
        location: source.location.clone(),
        line: source.is_verbatim().then(|| LineIndex::new(text).line_col(text, quote.start, PositionEncoding::Utf8).line + 1),
    }
}

/// Who else has a quotation from a source, word by word: the outlet where it is known, else the file. Empty if nobody.
#[must_use]
pub fn also(source: &Source, quote: Span) -> String {
    const MOST: usize = 4;
    let mut names: Vec<&str> = source.copies_of(quote).map(|copy| copy.outlet.as_deref().unwrap_or(&copy.path)).collect();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    match (names.as_slice(), more) {
        ([], _) => String::new(),
        (names, 0) => format!("also in {}", names.join(", ")),
        (names, more) => format!("also in {} and {more} more", names.join(", ")),
    }
}

/// The name of a file without its folder and its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

impl Hover {
    /// As Markdown. `link` gives the address of a line of a file, if there is one, with everything escaped that is not an address's.
    /// Nothing that comes from a source is anything but text.
    #[must_use]
    pub fn markdown(&self, link: &dyn Fn(&str, u32) -> Option<String>) -> String {
        let mut out = String::new();
        for note in &self.notes {
            // A quiet word where there is nothing to do.
            let _ = match &note.message {
                Some(message) => write!(out, "**{}** {}", note.verdict, show::markdown(message)),
                None if note.quotes.is_empty() => write!(out, "{}", note.verdict),
                None => write!(out, "**{}**", note.verdict),
            };
            out.push_str("\n\n");
            if let Some(signed) = &note.signed {
                let _ = write!(out, "{}\n\n", show::markdown(signed));
            }
            for (stance, quote) in note.shown() {
                let place = quote.place(show::markdown(&quote.path));
                let place = match link(&quote.location, quote.line.unwrap_or(1)) {
                    Some(address) => format!("[{place}]({address})"),
                    None => place,
                };
                let title = quote.title.as_ref().map(|t| show::one_line(t)).filter(|t| !t.is_empty());
                let title = title.map(|t| format!("*{}*", show::markdown(&t)));
                let rest = [&quote.outlet, &quote.published].into_iter().flatten().map(|s| show::markdown(s));
                let also = Some(show::markdown(&quote.also)).filter(|also| !also.is_empty());
                let from: Vec<String> = title.into_iter().chain(rest).chain([place]).chain(also).collect();
                let _ = write!(out, "> {}\n\n{}{}\n\n", show::markdown_marked(&quote.parts), stance, from.join(", "));
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// As plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for note in &self.notes {
            out.push_str(note.verdict);
            if let Some(message) = &note.message {
                let _ = write!(out, " {}", show::one_line(message));
            }
            out.push_str("\n\n");
            if let Some(signed) = &note.signed {
                let _ = write!(out, "{signed}\n\n");
            }
            for (stance, quote) in note.shown() {
                let from: Vec<String> =
                    [&quote.title, &quote.outlet, &quote.published].into_iter().flatten().map(|s| show::one_line(s)).collect();
                let _ = writeln!(out, "    {}", show::one_line(&quote.parts.concat()));
                if !quote.parts[1].is_empty() && note.message.is_none() {
                    let _ = writeln!(out, "    there: {}", show::one_line(&quote.parts[1]));
                }
                let place = quote.place(show::one_line(&quote.path));
                let _ = write!(out, "{}{}\n\n", stance, from.into_iter().chain([place]).collect::<Vec<_>>().join(", "));
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

impl Quote {
    /// The file, and the line if there is one.
    fn place(&self, path: String) -> String {
        match self.line {
            Some(line) => format!("{path}, line {line}"),
            None => path,
        }
    }
}

impl Note {
    /// What is quoted, each after a word on the side it takes where the sources take two; then what comes nearest.
    fn shown(&self) -> impl Iterator<Item = (&'static str, &Quote)> {
        let stance = |quote: &Quote| match (self.quotes.iter().any(|q| q.supports != quote.supports), quote.supports) {
            (false, _) => "– ",
            (true, true) => "– agrees: ",
            (true, false) => "– contradicts: ",
        };
        self.quotes.iter().map(move |q| (stance(q), q)).chain(self.nearest.iter().map(|q| ("– nearest: ", q)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::sample;

    fn at(words: &str) -> Hover {
        hover(&sample::checked(), sample::span(sample::DRAFT, words).start).unwrap()
    }

    #[test]
    fn contradicted() {
        assert_eq!(
            at("104").markdown(&|_, _| None),
            "**Contradicted.** The sources say 140 boats.\n\n> The storm sank **140 boats** in Oro on 3 May.\n\n\
             – *Harbour \\*closed\\**, Coast Post, 4 May 2025, harbour.txt, line 2"
        );
        assert_eq!(
            at("104").plain(),
            "Contradicted. The sources say 140 boats.\n\n    The storm sank 140 boats in Oro on 3 May.\n\
             – Harbour *closed*, Coast Post, 4 May 2025, harbour.txt, line 2"
        );
    }

    #[test]
    fn supported() {
        let link = |location: &str, line: u32| Some(format!("file://{location}#L{line}"));
        assert_eq!(
            at("Oro").markdown(&link),
            "**Supported.**\n\n> The storm sank 140 boats in **Oro** on 3 May.\n\n\
             – *Harbour \\*closed\\**, Coast Post, 4 May 2025, [harbour.txt, line 2](file:///desk/sources/harbour.txt#L2)"
        );
        assert!(at("Oro").plain().starts_with("Supported.\n\n    The storm sank 140 boats in Oro on 3 May.\n    there: Oro\n– "));
    }

    #[test]
    fn an_article_without_a_headline_is_named_once() {
        let mut checked = sample::checked();
        for verdict in &mut checked.verdicts {
            for finding in &mut verdict.findings {
                finding.source = sample::source("may/harbour.txt", sample::SOURCE, "harbour");
            }
        }
        let hover = hover(&checked, sample::span(sample::DRAFT, "104").start).unwrap();
        assert!(hover.plain().ends_with("– Coast Post, 4 May 2025, may/harbour.txt, line 2"), "{}", hover.plain());
    }

    #[test]
    fn a_quiet_word_where_the_sources_do_not_say() {
        assert_eq!(at("Lena").markdown(&|_, _| None), "Not in the sources.");
        assert_eq!(at("Lena").plain(), "Not in the sources.");
    }

    #[test]
    fn nothing_beside_the_mentions() {
        let checked = sample::checked();
        assert!(hover(&checked, 0).is_none());
        assert!(hover(&checked, 9999).is_none());
        // At the end of a mention, but not where the next one begins.
        assert!(hover(&checked, sample::span(sample::DRAFT, "104").end).is_some());
    }

    #[test]
    fn what_contradicts_comes_first() {
        let text = "“Oro lost 104 boats”";
        let mut checked = sample::draft(text, &[text, "104"], sample::checked().verdicts);
        checked.verdicts.truncate(2);
        checked.verdicts.reverse();
        checked.verdicts[0].mention = 0;
        checked.verdicts[1].mention = 1;
        let both = hover(&checked, sample::span(text, "104").start).unwrap();
        assert_eq!(both.span.of(text), "104");
        assert_eq!(both.notes.iter().map(|n| n.verdict).collect::<Vec<_>>(), ["Contradicted.", "Supported."]);
        assert_eq!(hover(&checked, 3).unwrap().span.of(text), text);
    }

    #[test]
    fn a_source_is_only_text() {
        let evil = "[x](command:quit) sank 140 <b>boats</b> \u{202e}in Oro. See https://e.test/x";
        let source = sample::source("[e](http:x).txt", evil, "# *A* <img src=x>\n\n- b");
        let mut checked = sample::checked();
        checked.verdicts[0].findings[0] = Finding {
            source,
            quote: Span::new(0, evil.len()),
            counterpart: sample::span(evil, "140"),
            ..checked.verdicts[0].findings[0].clone()
        };
        let hover = hover(&checked, sample::span(sample::DRAFT, "104").start).unwrap();
        let written = hover.markdown(&|_, _| None);
        for event in pulldown_cmark::Parser::new_ext(&written, pulldown_cmark::Options::all()) {
            use pulldown_cmark::{Event, Tag};
            match event {
                Event::Text(_) | Event::End(_) => {}
                Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis | Tag::BlockQuote(_)) => {}
                other => panic!("{other:?} in {written}"),
            }
        }
        assert!(!written.contains('\u{202e}') && !hover.plain().contains('\u{202e}'));
        assert!(!written.contains("https://"));
    }
}
