//! The fact sheet: what the sources say, in each of the formats.

use std::fmt::Write as _;

use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::{
    html::{page, shown},
    list::tame,
};
use crate::ide::{Event, Fact, FactKind, FactSheet, Group, Saying, markdown as escaped, one_line};

/// What the fact sheet adds to the style of the proof.
const MORE: &str = include_str!("facts.css");

#[derive(Serialize)]
struct Sheet {
    schema: u32,
    version: &'static str,
    sources: usize,
    facts: Vec<Row>,
}

/// A fact with where it stands in the sheet.
#[derive(Serialize)]
struct Row {
    event: String,
    entity: String,
    kind: &'static str,
    what: String,
    disagree: bool,
    /// Whether they differ only as a tally that grew does.
    grew: bool,
    sayings: Vec<Said>,
    /// How a tally grew, by day of publication.
    series: Vec<Point>,
}

#[derive(Serialize)]
struct Said {
    source: String,
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    words: String,
    /// Decimal, of a figure that has just one value.
    value: Option<String>,
    /// The days that a date means.
    days: Option<(String, String)>,
    quote: String,
    /// The sentence, in bytes of the source's text.
    range: super::json::Range,
}

#[derive(Serialize)]
struct Point {
    date: String,
    value: String,
}

/// Everything as one object, schema 1, with a line break at its end.
#[must_use]
pub fn json(sheet: &FactSheet, sources: usize) -> String {
    let facts = rows(sheet).map(|(event, group, fact)| row(event, group, fact)).collect();
    let sheet = Sheet { schema: 1, version: env!("CARGO_PKG_VERSION"), sources, facts };
    let mut text = serde_json::to_string_pretty(&sheet).expect("strings and numbers alone");
    text.push('\n');
    text
}

fn rows(sheet: &FactSheet) -> impl Iterator<Item = (&Event, &Group, &Fact)> {
    let of = |event| move |group| move |fact| (event, group, fact);
    sheet.events.iter().flat_map(move |event: &Event| {
        event.groups.iter().flat_map(move |group: &Group| group.facts.iter().map(of(event)(group)))
    })
}

fn row(event: &Event, group: &Group, fact: &Fact) -> Row {
    let said = |saying: &Saying| {
        let meta = &saying.source.reading.prose.document.meta;
        Said {
            source: saying.source.path.clone(),
            title: meta.title.clone(),
            outlet: meta.outlet.clone(),
            published: meta.published.map(|date| date.to_string()),
            words: saying.words().to_owned(),
            value: saying.value.map(|value| value.normalize().to_string()),
            days: saying.days.map(|(first, last)| (first.to_string(), last.to_string())),
            quote: saying.quote().to_owned(),
            range: saying.sentence.into(),
        }
    };
    let point = |(date, value): (jiff::civil::Date, rust_decimal::Decimal)| Point {
        date: date.to_string(),
        value: value.normalize().to_string(),
    };
    Row {
        event: event.title.clone(),
        entity: group.entity.clone(),
        kind: kind(fact.kind),
        what: fact.what.clone(),
        disagree: fact.disagree,
        grew: fact.grew(),
        sayings: fact.sayings.iter().map(said).collect(),
        series: fact.series().into_iter().map(point).collect(),
    }
}

fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Figure => "figure",
        FactKind::Date => "date",
        FactKind::Role => "role",
    }
}

/// One line for each source's wording of each fact.
#[must_use]
pub fn csv(sheet: &FactSheet) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = ["event", "about", "kind", "what", "disagree", "words", "source", "title", "outlet", "published", "sentence"];
    // Writing to memory does not fail.
    let _ = out.write_record(head);
    for (event, group, fact) in rows(sheet) {
        let row = row(event, group, fact);
        for said in row.sayings {
            let disagree = if row.disagree { "yes" } else { "" };
            let (title, outlet) = (said.title.unwrap_or_default(), said.outlet.unwrap_or_default());
            let published = said.published.unwrap_or_default();
            let cells: [&str; 11] = [
                &row.event,
                &row.entity,
                row.kind,
                &row.what,
                disagree,
                &said.words,
                &said.source,
                &title,
                &outlet,
                &published,
                &said.quote,
            ];
            let _ = out.write_record(cells.map(|cell| tame(&one_line(cell))));
        }
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// What the sources say, for a terminal or a mail: `all` includes what only one source says.
#[must_use]
pub fn text(sheet: &FactSheet, all: bool) -> String {
    let mut out = String::new();
    for event in &sheet.events {
        let mut body = String::new();
        for group in &event.groups {
            let facts: Vec<&Fact> = group.facts.iter().filter(|f| all || f.disagree || f.sayings.len() > 1).collect();
            if facts.is_empty() {
                continue;
            }
            let _ = writeln!(body, "\n{}", if group.entity.is_empty() { "Others".to_owned() } else { one_line(&group.entity) });
            for fact in facts {
                let _ = writeln!(
                    body,
                    "  {}{}",
                    headline(fact),
                    differ(fact).map_or_else(String::new, |words| format!(" – {words}"))
                );
                for saying in &fact.sayings {
                    let _ = writeln!(body, "    {}: {}", origin(saying), one_line(saying.quote()));
                }
            }
        }
        if !body.is_empty() {
            let _ = write!(out, "{}{}\n{body}", if out.is_empty() { "" } else { "\n\n" }, one_line(&event.title));
        }
    }
    out
}

/// That the sources differ, if they do.
fn differ(fact: &Fact) -> Option<&'static str> {
    fact.disagree.then(|| if fact.grew() { "the figure grew" } else { "the sources disagree" })
}

/// The wordings of a fact, each once, first what most say: "37 people · 35 people".
fn headline(fact: &Fact) -> String {
    let mut said: Vec<String> = Vec::new();
    for words in fact.sayings.iter().map(|s| one_line(s.words())) {
        if !said.contains(&words) {
            said.push(words);
        }
    }
    let what = match fact.kind {
        FactKind::Role => String::new(),
        // The words often have it already.
        _ if fact.what.is_empty() || said.iter().all(|words| words.contains(&fact.what)) => String::new(),
        _ => format!("{}: ", fact.what),
    };
    format!("{what}{}", said.join(" · "))
}

/// "levee-breach.txt, 9 March 2026"
fn origin(saying: &Saying) -> String {
    let published = saying.source.reading.prose.document.meta.published;
    let date = published.map(|date| format!(", {}", date.strftime("%-d %B %Y"))).unwrap_or_default();
    format!("{}{date}", one_line(&saying.source.path))
}

/// The same as a document in Markdown, all of it.
#[must_use]
pub fn markdown(sheet: &FactSheet) -> String {
    let mut out = "# What the sources say\n".to_owned();
    for event in &sheet.events {
        let _ = writeln!(out, "\n## {}", escaped(&one_line(&event.title)));
        for group in &event.groups {
            let _ = writeln!(
                out,
                "\n### {}\n",
                if group.entity.is_empty() { "Others".into() } else { escaped(&one_line(&group.entity)) }
            );
            for fact in &group.facts {
                let disagree = differ(fact).map_or_else(String::new, |words| format!(" – **{words}**"));
                let _ = writeln!(out, "- {}{disagree}", escaped(&headline(fact)));
                for saying in &fact.sayings {
                    let _ = writeln!(out, "  - {}: “{}”", escaped(&origin(saying)), escaped(&one_line(saying.quote())));
                }
            }
        }
    }
    out
}

/// The same as one page that needs nothing but itself.
#[must_use]
pub fn html(sheet: &FactSheet, sources: usize) -> String {
    let facts = rows(sheet).count();
    let disputed = rows(sheet).filter(|(_, _, fact)| fact.disagree).count();
    let shared = rows(sheet).filter(|(_, _, fact)| fact.sayings.len() > 1).count();
    let body = html! {
        header {
            p.kicker { "Fact sheet" }
            h1 { "What " (sources) " " (if sources == 1 { "source says" } else { "sources say" }) }
            p.origin { (facts) " facts, " (shared) " of them in more than one source; the sources disagree on " (disputed) "." }
        }
        main.facts {
            fieldset.filters {
                legend.v { "Facts to show" }
                label.c { input type="checkbox" id="only-disputed"; span { "only where the sources disagree" } }
                label.s { input type="checkbox" id="only-shared"; span { "only what more than one source says" } }
            }
            @for event in &sheet.events { (section(event)) }
        }
    };
    page("Fact sheet", MORE, &body)
}

fn section(event: &Event) -> Markup {
    html! {
        section.event {
            h2 { bdi { (shown(&event.title)) } }
            @for group in &event.groups {
                section.group {
                    h3 { @if group.entity.is_empty() { "Others" } @else { bdi { (shown(&group.entity)) } } }
                    ul { @for fact in &group.facts { (entry(fact)) } }
                }
            }
        }
    }
}

fn entry(fact: &Fact) -> Markup {
    let class = match (fact.disagree, fact.sayings.len()) {
        (true, _) => "c many",
        (false, 0 | 1) => "one-source",
        (false, _) => "s many",
    };
    html! {
        li class=(class) {
            p.h {
                strong { bdi { (shown(&headline(fact))) } }
                @if let Some(words) = differ(fact) { " " span.l { (words) } }
            }
            (chart(fact))
            @for saying in &fact.sayings {
                figure {
                    blockquote { (marked(saying)) }
                    figcaption { bdi { (shown(&origin(saying))) } }
                }
            }
        }
    }
}

/// The sentence with the figure, date or role in it marked.
fn marked(saying: &Saying) -> Markup {
    let text = &*saying.source.reading.prose.document.text;
    let (sentence, span) = (saying.sentence, saying.span);
    if !sentence.contains(span) {
        return shown(saying.quote());
    }
    let part = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    html! {
        (shown(part(sentence.start, span.start))) mark { (shown(part(span.start, span.end))) } (shown(part(span.end, sentence.end)))
    }
}

/// How a tally grew: a line over the days, each point with its figure; its label says the same.
fn chart(fact: &Fact) -> Markup {
    const WIDTH: f64 = 560.0;
    const HEIGHT: f64 = 90.0;
    let series = fact.series();
    let [(first, _), .., (last, _)] = series.as_slice() else { return html! {} };
    let days = f64::from((*last - *first).get_days().max(1));
    let value = |v: &rust_decimal::Decimal| v.to_f64().unwrap_or_default();
    let most = series.iter().map(|(_, v)| value(v)).fold(f64::MIN_POSITIVE, f64::max);
    let points: Vec<(f64, f64, String)> = series
        .iter()
        .map(|(date, v)| {
            let x = 30.0 + (WIDTH - 60.0) * f64::from((*date - *first).get_days()) / days;
            let y = 20.0 + (HEIGHT - 40.0) * (1.0 - value(v).max(0.0) / most);
            (x, y, format!("{} on {}", v.normalize(), date.strftime("%-d %B %Y")))
        })
        .collect();
    let line: Vec<String> = points.iter().map(|(x, y, _)| format!("{x:.1},{y:.1}")).collect();
    let told: Vec<&str> = points.iter().map(|(_, _, told)| told.as_str()).collect();
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(told.join(", ")) {
            polyline points=(line.join(" ")) {}
            @for ((x, y, _), (date, v)) in points.iter().zip(&series) {
                circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="3" {}
                text x=(format!("{x:.1}")) y=(format!("{:.1}", y - 8.0)) text-anchor="middle" { (v.normalize()) }
                text.day x=(format!("{x:.1}")) y=(HEIGHT - 4.0) text-anchor="middle" { (date.strftime("%-d %b")) }
            }
        }
    }
}
