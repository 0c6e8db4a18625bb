//! `copydesk stages`: any layer, printed.

mod evidence;
mod mention;
mod query;

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use serde::Serialize;
use serde_json::Value;

use super::{Error, draft, jsonl, print};
use crate::{
    claim::Reading,
    ide::{self, Format},
    report::json::Range,
};

/// Print what a layer makes of a text: for looking into a result that surprises
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    layer: Layer,
}

#[derive(Subcommand)]
enum Layer {
    /// The decoded text, byte for byte what ranges in sources count
    Text {
        /// The file; one text of a file that holds many is FILE#2; "-" reads standard input
        file: PathBuf,
    },
    /// The sentences, a line each: range and words
    Sentences(Input),
    /// The mentions, a line each: range, kind, words, and what was read of them
    Mentions(Input),
    /// The sentences with mentions, and the words that retrieval looks for
    Claims {
        /// The file; "-" reads standard input
        file: PathBuf,
    },
    /// What a check of the draft sends to the archive that its copydesk.toml names, byte for byte
    Query {
        /// The draft; "-" reads standard input
        draft: PathBuf,
    },
    /// For each mention what the sources have in its place, by which features it was weighed, and why it was judged so
    Evidence {
        /// The draft; "-" reads standard input
        #[arg(required_unless_present = "jsonl")]
        draft: Option<PathBuf>,
        /// A source, a folder of sources, or a glob; may be given more than once
        #[arg(long, value_name = "DIR_OR_FILE")]
        sources: Vec<PathBuf>,
        /// Read {"id", "sources", "draft", "date"?} a line on standard input, write what was weighed and its features, JSON a line
        #[arg(long, conflicts_with = "draft")]
        jsonl: bool,
    },
}

#[derive(clap::Args)]
struct Input {
    /// The file; "-" reads standard input
    #[arg(required_unless_present = "jsonl")]
    file: Option<PathBuf>,
    /// Read {"id", "text", "date"?} a line on standard input, write JSON a line
    #[arg(long, conflicts_with = "file")]
    jsonl: bool,
}

#[derive(Serialize)]
struct Sentences<'a> {
    id: &'a Value,
    sentences: Vec<Sentence>,
}

#[derive(Serialize)]
struct Sentence {
    range: Range,
}

#[derive(Serialize)]
struct Mentions<'a> {
    id: &'a Value,
    mentions: Vec<mention::Mention<'a>>,
}

pub(super) fn run(args: &Args) -> Result<(), Error> {
    match &args.layer {
        Layer::Text { file } => Ok(print(&text(file)?)?),
        Layer::Sentences(Input { file: Some(file), .. }) => Ok(print(&sentences(&read(file)?))?),
        Layer::Sentences(_) => jsonl::each(|line: jsonl::Text| {
            let reading = read_line(&line)?;
            let sentences = reading.prose.sentences.iter().map(|s| Sentence { range: s.span.into() }).collect();
            jsonl::to_json(&Sentences { id: &line.id, sentences })
        }),
        Layer::Mentions(Input { file: Some(file), .. }) => Ok(mention::lines(&read(file)?)?),
        Layer::Mentions(_) => jsonl::each(|line: jsonl::Text| {
            let reading = read_line(&line)?;
            jsonl::to_json(&Mentions { id: &line.id, mentions: mention::mentions(&reading) })
        }),
        Layer::Claims { file } => Ok(print(&claims(&read(file)?))?),
        Layer::Query { draft } => query::run(draft),
        Layer::Evidence { draft: Some(draft), sources, .. } => evidence::run(draft, sources),
        Layer::Evidence { .. } => evidence::jsonl(),
    }
}

/// The text of a file, byte for byte; if it holds many, all, for people.
fn text(file: &Path) -> Result<String, Error> {
    if file == Path::new("-") {
        return Ok(draft::read_text(file)?.text.to_string());
    }
    let mut texts = draft::read_texts(file)?;
    if texts.len() == 1 {
        return Ok(texts.remove(0).text);
    }
    let mut out = String::new();
    for text in texts {
        let part = text.part.unwrap_or_default();
        let _ = writeln!(out, "== {}#{part}\n{}", file.display(), text.text);
    }
    Ok(out)
}

fn read(file: &std::path::Path) -> Result<Reading, Error> {
    let draft::Text { text, format, published, .. } = draft::read_text(file)?;
    Ok(ide::read(&text, format, published))
}

fn read_line(line: &jsonl::Text) -> Result<Reading, String> {
    Ok(ide::read(&line.text, Format::Plain, jsonl::date(line.date.as_deref())?))
}

fn sentences(reading: &Reading) -> String {
    let mut out = String::new();
    for sentence in &reading.prose.sentences {
        let block = &reading.prose.document.blocks[sentence.block as usize];
        let words = one_line(sentence.span.of(&reading.prose.document.text));
        let _ = writeln!(out, "{:>11}  {:<11}  {words}", range(sentence.span), format!("{:?}", block.kind));
    }
    out
}

fn claims(reading: &Reading) -> String {
    let mut out = String::new();
    for claim in &reading.claims {
        let _ = writeln!(out, "{}  {}", range(claim.span), one_line(claim.span.of(&reading.prose.document.text)));
        for &i in &claim.mentions {
            let _ = writeln!(out, "  {}", mention::line(reading, &reading.mentions[i as usize]));
        }
        let terms = crate::prose::terms(&reading.prose, claim.sentence as usize);
        let terms: Vec<&str> = terms.iter().map(|(_, t)| t.as_str()).collect();
        let _ = writeln!(out, "  terms {}\n", terms.join(" "));
    }
    out
}

fn range(span: crate::text::Span) -> String {
    format!("{}..{}", span.start, span.end)
}

/// Words on one line, without anything that a terminal would obey.
fn one_line(text: &str) -> String {
    let mut before = b' ';
    let simple = |byte: u8| {
        let twice = byte == b' ' && before == b' ';
        before = byte;
        matches!(byte, b' '..=b'~') && !twice
    };
    if text.bytes().all(simple) && !text.ends_with(' ') {
        return text.to_owned();
    }
    crate::report::text::plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
