//! How fast texts are read, how much memory that takes, and what was read: `cargo bench`. `tests/bench/README.md` says more.

#![allow(clippy::print_stdout, reason = "the tables are what it is for")]

mod clock;
mod program;
mod text;

use std::{collections::BTreeMap, hint::black_box, sync::Arc};

use copydesk::{
    claim::{self, MentionKind},
    document::{self, Format},
    prose::Prose,
    text::decode,
};
use unicode_segmentation::UnicodeSegmentation as _;

/// Each measure is the best of so many.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` runs this too: one short round shows that it works.
    let measure = std::env::args().any(|a| a == "--bench");
    let bytes = if measure { 5_000_000 } else { 20_000 };
    for (name, text) in text::corpora(bytes) {
        layers(name, &text);
        if measure {
            program::speed(name, &text);
        }
    }
    if measure {
        program::memory();
        program::start();
    }
}

/// The best time of a step in seconds, and what it gives.
fn best<T>(mut step: impl FnMut() -> T) -> (f64, T) {
    let mut time = f64::MAX;
    let mut out = None;
    for _ in 0..ROUNDS {
        let start = clock::cpu();
        let made = black_box(step());
        time = time.min(clock::cpu() - start);
        out = Some(made);
    }
    (time, out.expect("a round"))
}

/// One line of a table.
fn row(name: &str, bytes: usize, seconds: f64, read: &str) {
    let megabytes = bytes as f64 / 1e6;
    println!("  {name:<22} {:>8.1} MB/s {:>7.1} ns/byte   {read}", megabytes / seconds, seconds * 1e3 / megabytes);
}

fn layers(name: &str, text: &str) {
    println!("{name}: {:.1} MB", text.len() as f64 / 1e6);
    // What is loaded once is not counted.
    black_box(claim::read(prose(&text[..text.floor_char_boundary(4000)])));
    let (time, (decoded, _)) = best(|| decode(text.as_bytes()));
    row("decode", text.len(), time, "");
    let (document_time, document) = best(|| document::parse(decoded.as_str().into(), Format::Plain));
    row("document", text.len(), document_time, &format!("{} blocks", document.blocks.len()));
    let document = Arc::new(document);
    let (prose_time, prose) = best(|| Prose::read(document.clone()));
    row("prose", text.len(), prose_time, &format!("{} sentences, {} tokens", prose.sentences.len(), prose.tokens.len()));
    let prose = Arc::new(prose);
    for (kind, reader) in claim::READERS {
        let (time, found) = best(|| reader(&prose));
        row(&format!("  {kind}"), text.len(), time, &format!("{} found", found.len()));
    }
    let (claim_time, reading) = best(|| claim::read(prose.clone()));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &reading.mentions {
        *kinds.entry(kind(&mention.kind)).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.into_iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    row("claim, all readers", text.len(), claim_time, &kinds.join(", "));
    let whole = time + document_time + prose_time + claim_time;
    row(
        "reading as a whole",
        text.len(),
        whole,
        &format!("{} mentions, {} claims", reading.mentions.len(), reading.claims.len()),
    );
    let (peer, (words, sentences)) = best(|| (text.unicode_words().count(), text.unicode_sentences().count()));
    row("peer: words, sentences", text.len(), peer, &format!("{words} words, {sentences} sentences, by unicode-segmentation"));
    println!("  reading takes {:.1} times as long as the peer's cut into words and sentences\n", whole / peer);
}

fn prose(text: &str) -> Arc<Prose> {
    Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))))
}

fn kind(kind: &MentionKind) -> &'static str {
    match kind {
        MentionKind::Quantity(_) => "quantities",
        MentionKind::Date(_) => "dates",
        MentionKind::Name(_) => "names",
        MentionKind::Quotation(_) => "quotations",
        MentionKind::Statement(_) => "statements",
    }
}
