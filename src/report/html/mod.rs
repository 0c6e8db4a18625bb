//! The checker's proof: one page that needs nothing but itself. The draft on the left with every claim marked, on the right a numbered
//! note on each with what the sources say; links lead both ways. No script: the filters are style sheets over check boxes.
//!
//! Text from outside gets into the page through [`shown`] alone, escaped by maud. The page's own policy forbids everything but its
//! style, so that nothing is fetched or run even if that failed. The colours are the custom properties of `:root` in `style.css`, which
//! a page around it may set.

mod draft;
mod note;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Counts, Coverage, Entry, Part, Reliance, Run, State, text};
use crate::ide::{Checked, one_line};

/// The style of the page.
const STYLE: &str = include_str!("style.css");

/// What the page may do: nothing but have a style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A draft with what is counted in it.
struct Proof<'a> {
    entry: &'a Entry,
    coverage: Coverage,
    /// How each of its verdicts stands.
    states: Vec<State>,
    /// The number of its first note. Numbers run on over all drafts.
    first: usize,
}

/// A whole run as one page.
#[must_use]
pub fn report(run: &Run) -> String {
    let mut first = 1;
    let proof = |entry| {
        let Entry { checked, .. }: &Entry = entry;
        let states: Vec<State> = (0..checked.verdicts.len()).map(|i| State::of(checked, i)).collect();
        let proof = Proof { entry, coverage: Coverage::of(checked), states, first };
        first += checked.verdicts.len();
        proof
    };
    let proofs: Vec<Proof> = run.drafts.iter().map(proof).collect();
    let title = match run.drafts {
        [one] => headline(one),
        drafts => format!("{} drafts", drafts.len()),
    };
    let body = html! {
        (head(run, &title, &proofs))
        main {
            (filters(&proofs))
            @for proof in &proofs { (spread(proof, proofs.len() > 1)) }
        }
    };
    page(&format!("Proof: {}", one_line(&title)), "", &body)
}

/// A page that needs nothing but itself; `style` is what it adds to the style of all.
pub(super) fn page(title: &str, style: &'static str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "copydesk " (env!("CARGO_PKG_VERSION")) };
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}

/// What a draft is called: its title, else its path.
fn headline(entry: &Entry) -> String {
    entry.checked.draft.prose.document.meta.title.clone().unwrap_or_else(|| entry.path.clone())
}

/// "draft.md · Jo Tremaine · 13 March 2026"
fn origin(entry: &Entry) -> Markup {
    let meta = &entry.checked.draft.prose.document.meta;
    html! {
        span.path { (shown(&entry.path)) }
        @if let Some(byline) = &meta.byline { " · " bdi { (shown(byline)) } }
        @if let Some(date) = meta.published { " · " (date.strftime("%-d %B %Y")) }
    }
}

/// "37 claims"
fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// The class of a state in the style sheet.
fn class(state: State) -> &'static str {
    match state {
        State::Contradicted => "x",
        State::Conflicting => "c",
        State::Open => "o",
        State::SignedOff => "t",
        State::Supported => "s",
    }
}

/// What the page is about, and how much of it is borne out.
fn head(run: &Run, title: &str, proofs: &[Proof]) -> Markup {
    let all: Counts = proofs.iter().flat_map(|proof| &proof.states).copied().collect();
    let problems = proofs.iter().flat_map(|p| p.entry.checked.problems.iter().map(move |problem| (p.entry, problem)));
    let problems: Vec<String> = problems.map(|(entry, problem)| format!("{}: {}", entry.path, problem.message)).collect();
    let single: usize = proofs.iter().map(|proof| proof.coverage.single.len()).sum();
    html! {
        header {
            p.kicker { "Checker’s proof" }
            h1 { bdi { (shown(title)) } }
            p.origin {
                @for proof in proofs { span { (origin(proof.entry)) } " · " }
                (count(all.claims, "claim")) " held against " (count(run.sources, "source"))
            }
            @if let Some(percent) = all.percent() {
                p.figure { b { (percent) " %" } " supported: " (all.supported) " of " (count(all.claims, "claim"))
                    @if single > 0 { ", " (single) " of them by one source only" } }
                div.bar aria-hidden="true" {
                    @for state in State::ALL.into_iter().rev().filter(|s| all.of(*s) > 0) {
                        span class=(class(state)) style={ "flex-grow:" (all.of(state)) } {}
                    }
                }
            }
            @for note in problems.into_iter().chain(text::notes(run.problems)) { p.problem { (shown(&note)) } }
        }
    }
}

/// The check boxes by which notes are shown and hidden, each with its count.
fn filters(proofs: &[Proof]) -> Markup {
    let all: Counts = proofs.iter().flat_map(|proof| &proof.states).copied().collect();
    let single: usize = proofs.iter().map(|proof| proof.coverage.single.len()).sum();
    html! {
        fieldset.filters {
            legend.v { "Notes to show" }
            @for state in State::ALL {
                label class=(class(state)) {
                    input type="checkbox" id={ "show-" (class(state)) } checked;
                    span { b { (all.of(state)) } " " (state.name()) }
                }
            }
            @if single > 0 {
                label.one {
                    input type="checkbox" id="only-one";
                    span { "only the " b { (single) } " that rest on one source" }
                }
            }
        }
    }
}

/// A draft and the notes on it, side by side.
fn spread(proof: &Proof, is_one_of_many: bool) -> Markup {
    let Proof { entry, coverage, .. } = proof;
    html! {
        section.spread aria-label=(one_line(&entry.path)) {
            div.draft {
                @if is_one_of_many { h2.name { bdi { (shown(&headline(entry))) } } p.origin { (origin(entry)) } }
                @else { h2.v { "The draft" } }
                (draft::text(proof))
            }
            section.notes tabindex="0" aria-label={ "What the sources say of " (one_line(&entry.path)) } {
                h2.v { "What the sources say" }
                @if coverage.all.claims > 0 { (tables(coverage)) }
                div.said {
                    // A list for each paragraph: what is out of sight is not laid out.
                    @for part in paragraphs(&entry.checked) {
                        ol style={ "--n:" (part.len()) } { @for i in part { (note::of(proof, i)) } }
                    }
                }
            }
        }
    }
}

/// The verdicts of each paragraph, by their indices.
fn paragraphs(checked: &Checked) -> Vec<Vec<usize>> {
    let prose = &checked.draft.prose;
    let block = |i: &usize| {
        let sentence = prose.sentence_at(checked.verdicts[*i].span(&checked.draft).start);
        prose.sentences.get(sentence).map(|s| s.block)
    };
    let all: Vec<usize> = (0..checked.verdicts.len()).collect();
    all.chunk_by(|a, b| block(a) == block(b)).map(<[usize]>::to_vec).collect()
}

/// How much is borne out, by section and by source.
fn tables(coverage: &Coverage) -> Markup {
    let section = |part: &Part| {
        let title = if part.title.is_empty() { "Before the first heading" } else { &part.title };
        html! {
            tr {
                th scope="row" style={ "padding-left:" (part.level.saturating_sub(1).min(5)) "em" } { bdi { (shown(title)) } }
                td { (part.counts.percent().unwrap_or(0)) " %" }
                td { (part.counts.supported) " of " (part.counts.claims) }
                td { (part.counts.contradicted + part.counts.conflicting) }
                td { (part.counts.open) }
            }
        }
    };
    let source = |source: &Reliance| {
        let title = source.source.reading.prose.document.meta.title.as_ref().unwrap_or(&source.source.path);
        html! {
            tr {
                th scope="row" { bdi { (shown(title)) } }
                td { (source.supports) }
                td { (source.alone) }
                td { (source.contradicts) }
            }
        }
    };
    let head = |names: &[&str]| html! { thead { tr { @for name in names { th scope="col" { (name) } } } } };
    html! {
        @if coverage.sections.len() > 1 {
            details {
                summary { "By section" }
                table {
                    (head(&["Section", "Supported", "Claims", "Disputed", "Open"]))
                    tbody { @for part in &coverage.sections { (section(part)) } }
                }
            }
        }
        @if !coverage.sources.is_empty() {
            details {
                summary { "By source" }
                table {
                    (head(&["Source", "Supports", "Alone", "Contradicts"]))
                    tbody { @for reliance in &coverage.sources { (source(reliance)) } }
                }
            }
        }
    }
}

/// Text from outside, as text. Characters that would act on what is shown around them are shown themselves, by their numbers.
pub(super) fn shown(text: &str) -> Markup {
    let piece = |piece: &str| {
        let control = piece.chars().next_back().filter(|c| acts(*c));
        let words = &piece[..piece.len() - control.map_or(0, char::len_utf8)];
        html! { (words) @if let Some(c) = control { span.u { (format!("U+{:04X}", u32::from(c))) } } }
    };
    html! { @for part in text.split_inclusive(acts) { (piece(part)) } }
}

/// Whether a character does something instead of being shown: controls, marks that turn the writing, blanks without width.
fn acts(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        c => c.is_control(),
    }
}
