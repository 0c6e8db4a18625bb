//! For people: the draft's sentence with the words in question marked, and below it the source's sentence.

use std::{
    fmt::Write as _,
    path::{self, PathBuf},
};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use url::Url;

use super::{Coverage, Entry, Problem, Run, Summary, Told};
use crate::{
    ide::{Code, Finding, Nearest, Reason, Severity, Source, Span, Stance, Verdict, also, elsewhere},
    text::{LineIndex, PositionEncoding},
};

/// Sentences are wrapped to this many columns, or to what a narrower terminal has beside the margin.
const WIDTH: usize = 96;

/// What a report is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether it shows colours.
    pub colours: bool,
    /// Whether it shows addresses as links (OSC 8).
    pub links: bool,
    /// How many columns it has, if anybody knows.
    pub columns: Option<usize>,
}

impl Terminal {
    /// None at all: a file, or another program.
    pub const NONE: Self = Self { colours: false, links: false, columns: None };

    /// To how many columns sentences are wrapped: the margin takes some.
    fn width(self) -> usize {
        const MARGIN: usize = 6;
        self.columns.map_or(WIDTH, |columns| columns.saturating_sub(MARGIN).clamp(30, WIDTH))
    }
}

/// Wider than any line that comes out of wrapping, so that the library cuts nothing off.
const NO_CUT: usize = 4 * WIDTH;

/// What was found: what the sources contradict, where they disagree, and with `all` also what they do not speak of; then a line with
/// the counts.
#[must_use]
pub fn report(run: &Run, all: bool, terminal: Terminal) -> String {
    let renderer = if terminal.colours { Renderer::styled() } else { Renderer::plain() }.term_width(NO_CUT);
    let mut out = String::new();
    for entry in run.drafts {
        let lines = LineIndex::new(&entry.checked.draft.prose.document.text);
        for Told { verdict, code, severity, .. } in entry.told(all).filter(|told| told.signed.is_none()) {
            let rendered = renderer.render(&groups(entry, &lines, verdict, code, severity, terminal.width()));
            push(&mut out, &if terminal.links { linked(&rendered, &files(entry, verdict)) } else { rendered });
        }
        for problem in &entry.checked.problems {
            let _ = writeln!(out, "note: {}: {}", plain(&entry.path), plain(&problem.message));
        }
    }
    for note in notes(run.problems) {
        let _ = writeln!(out, "note: {note}");
    }
    let _ = writeln!(out, "{}", summary(run));
    out
}

/// How much of each draft its sources bear out.
#[must_use]
pub fn coverage(run: &Run) -> String {
    let of = |entry: &Entry| format!("\n{}\n{}", plain(&entry.path), Coverage::of(&entry.checked));
    run.drafts.iter().map(of).collect()
}

/// One line for each thing that is wrong, with the files it is wrong with: a folder may hold a thousand of a kind that is not read.
#[must_use]
pub fn notes(problems: &[Problem]) -> Vec<String> {
    const NAMED: usize = 3;
    let mut by_message: Vec<(&str, Vec<&str>)> = Vec::new();
    for problem in problems {
        match by_message.iter_mut().find(|(message, _)| *message == problem.message) {
            Some((_, paths)) => paths.push(&problem.path),
            None => by_message.push((&problem.message, vec![&problem.path])),
        }
    }
    let note = |(message, paths): (&str, Vec<&str>)| {
        let more = match paths.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        plain(&format!("{}{more}: {message}", paths[..paths.len().min(NAMED)].join(", ")))
    };
    by_message.into_iter().map(note).collect()
}

/// Appends a rendered finding, without the empty places ":::" that the library draws for a snippet whose place stands above it, and
/// without the empty line it may draw at the end.
fn push(out: &mut String, rendered: &str) {
    let bare = |line: &str| anstream::adapter::strip_str(line).to_string().trim().to_owned();
    let mut lines: Vec<&str> = rendered.lines().filter(|line| bare(line) != ":::").collect();
    while lines.last().is_some_and(|line| matches!(bare(line).as_str(), "|" | "")) {
        lines.pop();
    }
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push('\n');
}

/// "12 claims in draft.md against 3 sources: 9 supported · 1 contradicted · 0 conflicting · 2 not in the sources"
pub(super) fn summary(run: &Run) -> String {
    let sum = Summary::of(run.drafts.iter().map(|d| &d.checked));
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let drafts = match run.drafts {
        [draft] => plain(&draft.path),
        drafts => count(drafts.len(), "draft"),
    };
    let accepted = if sum.signed_off > 0 { format!(" · {} accepted", sum.signed_off) } else { String::new() };
    let unheard = run.drafts.iter().flat_map(|d| d.checked.unsigned()).filter(|(_, v)| v.reason == Reason::Unheard).count();
    let unheard_of = if unheard > 0 { format!(" · {unheard} not heard on") } else { String::new() };
    format!(
        "{} in {drafts} against {}: {} supported · {} contradicted · {} conflicting · {} not in the sources{unheard_of}{accepted}",
        count(sum.mentions, "claim"),
        count(run.sources, "source"),
        sum.supported,
        sum.refuted,
        sum.conflicting,
        sum.not_enough_info - unheard
    )
}

/// The files that are named below a finding, in the order in which [`groups`] does; none for standard input.
fn files(entry: &Entry, verdict: &Verdict) -> Vec<Option<PathBuf>> {
    let draft = path::absolute(&entry.path).ok().filter(|path| path.is_file());
    let above = elsewhere(&entry.checked, verdict).map(|_| draft.clone());
    let source = |source: &Source| Some(PathBuf::from(&source.location));
    let sources = verdict.findings.iter().map(|finding| source(&finding.source));
    let nearest = verdict.nearest.as_ref().map(|nearest| source(&nearest.source));
    std::iter::once(draft.clone()).chain(above).chain(sources).chain(nearest).collect()
}

/// `rendered` with each place behind an arrow as a link to its file.
fn linked(rendered: &str, files: &[Option<PathBuf>]) -> String {
    const ARROW: &str = "--> ";
    let mut files = files.iter();
    let mut out = String::with_capacity(rendered.len() + 128 * files.len());
    for line in rendered.split_inclusive('\n') {
        // Sentences have a margin before them.
        let is_place = anstream::adapter::strip_str(line).to_string().trim_start().starts_with(ARROW);
        let url = is_place.then(|| files.next()).flatten().and_then(|file| Url::from_file_path(file.as_ref()?).ok());
        match (url, line.find(ARROW)) {
            (Some(url), Some(at)) => {
                let (arrow, place) = line.split_at(at + ARROW.len());
                let end = place.trim_end().len();
                let _ = write!(out, "{arrow}\u{1b}]8;;{url}\u{1b}\\{}\u{1b}]8;;\u{1b}\\{}", &place[..end], &place[end..]);
            }
            _ => out.push_str(line),
        }
    }
    out
}

fn groups<'a>(
    entry: &'a Entry,
    lines: &LineIndex,
    verdict: &'a Verdict,
    code: Code,
    severity: Severity,
    width: usize,
) -> Vec<Group<'a>> {
    let draft = &entry.checked.draft;
    let text = &*draft.prose.document.text;
    let mention = verdict.span(draft);
    let sentences = draft.prose.sentences.iter().map(|s| s.span).filter(|s| s.overlaps(mention));
    let context = sentences.fold(mention, Span::cover);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::NOTE,
    };
    let message = plain(verdict.message.as_deref().unwrap_or(code.summary()));
    let mut first = level.primary_title(message).id(code.name()).elements(quoted(
        text,
        lines,
        plain(&entry.path),
        context,
        mention,
        AnnotationKind::Primary,
        "",
        width,
    ));
    if let Some((span, new)) = &verdict.fix {
        let (old, new) = (plain(span.of(text)), plain(new));
        let help = if old.chars().count() > 40 {
            format!("replace with “{new}”")
        } else {
            format!("replace “{old}” with “{new}”")
        };
        first = first.element(Level::HELP.message(help));
    }
    let elsewhere = elsewhere(&entry.checked, verdict).map(|other| {
        let sentence = draft.prose.words(draft.prose.sentence_at(other.span.start));
        let kind = AnnotationKind::Context;
        let sentence = quoted(text, lines, plain(&entry.path), sentence, other.span, kind, "", width);
        Group::with_title(Level::NOTE.with_name("above").secondary_title("this draft")).elements(sentence)
    });
    let supports = |f: &Finding| f.stance == Stance::Supports;
    let both = verdict.findings.iter().any(supports) && !verdict.findings.iter().all(supports);
    let sources = verdict.findings.iter().map(|finding| source(finding, both, width));
    std::iter::once(first).chain(elsewhere).chain(sources).chain(verdict.nearest.as_ref().map(|n| nearest(n, width))).collect()
}

/// "Bridge reopens (2026-03-09)"
fn title(document: &crate::ide::Document) -> String {
    let mut title = plain(document.meta.title.as_deref().unwrap_or("untitled"));
    if let Some(date) = document.meta.published {
        let _ = write!(title, " ({date})");
    }
    title
}

/// What comes nearest where the sources do not say; nothing in it is underlined.
fn nearest(nearest: &Nearest, width: usize) -> Group<'_> {
    let document = &nearest.source.reading.prose.document;
    let (lines, path) = (LineIndex::new(&document.text), plain(&nearest.source.path));
    let none = Span { start: nearest.quote.start, end: nearest.quote.start };
    let kind = AnnotationKind::Context;
    let sentence = quoted(&document.text, &lines, path, nearest.quote, none, kind, "", width);
    Group::with_title(Level::NOTE.with_name("nearest").secondary_title(title(document))).elements(sentence)
}

/// A source's word: its title and date, its place, the sentence.
fn source(finding: &Finding, both: bool, width: usize) -> Group<'_> {
    let document = &finding.source.reading.prose.document;
    let label = match finding.stance {
        _ if !both => "",
        Stance::Supports => "agrees",
        Stance::Refutes(_) => "differs",
    };
    let lines = LineIndex::new(&document.text);
    let path = plain(&finding.source.path);
    let kind = AnnotationKind::Context;
    let mut title = title(document);
    let also = also(&finding.source, finding.quote);
    if !also.is_empty() {
        let _ = write!(title, ", {}", plain(&also));
    }
    Group::with_title(Level::NOTE.with_name("source").secondary_title(title)).elements(quoted(
        &document.text,
        &lines,
        path,
        finding.quote,
        finding.counterpart,
        kind,
        label,
        width,
    ))
}

/// Where `marked` stands, and `context` around it with `marked` underlined, wrapped to `width` columns.
#[allow(clippy::too_many_arguments, reason = "one sentence, and how it is shown")]
fn quoted<'a>(
    text: &str,
    lines: &LineIndex,
    path: String,
    context: Span,
    marked: Span,
    kind: AnnotationKind,
    label: &'static str,
    width: usize,
) -> [Element<'a>; 2] {
    let at = lines.line_col(text, marked.start, PositionEncoding::Utf32);
    let origin = Origin::path(path).line(at.line as usize + 1).char_column(at.col as usize + 1);
    let shown = wrap(context.of(text), width);
    let marked = marked.start.saturating_sub(context.start) as usize..marked.end.saturating_sub(context.start) as usize;
    let snippet = Snippet::source(shown.clone()).line_numbering(false).annotations(underlines(&shown, marked, kind, label));
    [origin.into(), snippet.into()]
}

/// One underline a line, the last with the label: the library would draw a bracket around lines that a break joins.
fn underlines<'a>(shown: &str, marked: std::ops::Range<usize>, kind: AnnotationKind, label: &'a str) -> Vec<Annotation<'a>> {
    let mut out: Vec<Annotation> = Vec::new();
    let (mut at, mut last) = (0, None);
    for line in shown.split_inclusive('\n') {
        let words = line.trim_end();
        let (start, end) = (marked.start.max(at), marked.end.min(at + words.len()));
        if start < end {
            last = Some(out.len());
            out.push(kind.span(start..end));
        } else {
            out.push(AnnotationKind::Visible.span(at..at + words.len()));
        }
        at += line.len();
    }
    if let Some(last) = last.filter(|_| !label.is_empty()) {
        out[last] = out[last].clone().label(label);
    }
    out
}

/// `text` with its lines broken anew, and harmless to a terminal. Every byte keeps its place.
fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    // The last space of this line, and how many characters there are behind it.
    let (mut space, mut column, mut behind) = (None, 0, 0);
    for c in text.chars() {
        let c = harmless(c);
        if c == ' ' {
            (space, behind) = (Some(out.len()), 0);
        } else {
            behind += 1;
        }
        column += 1;
        out.push(c);
        if column > width
            && let Some(at) = space.take()
        {
            out.replace_range(at..=at, "\n");
            column = behind;
        }
    }
    out
}

/// A character, or one of the same length in its place if a terminal would obey it.
fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => '\u{fffd}',
        '\u{61c}' => '·',
        c if c.is_control() => {
            if c.len_utf8() == 1 {
                '?'
            } else {
                '·'
            }
        }
        c => c,
    }
}

/// Text from outside as a terminal may have it: on one line, and without characters that move the cursor or turn the direction of
/// writing.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(harmless).collect()
}
