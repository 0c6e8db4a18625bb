//! Who speaks in a transcript, where each turn begins with a name: "VOSS: We sold the ferry.", "Lena Voss, chief executive: …".

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::{
    claim::{MentionKind, NameClass, Reading, name::title_case},
    prose,
    text::Span,
};

/// The name of the speaker, perhaps with the office, at the start of a block.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?P<name>\p{Lu}[\p{L}.'’-]*(?: [\p{L}.'’-]+){0,5})(?:,[^:\n]{1,60}| ?\([^:\n]{1,60}\))?: +\S")
        .expect("a constant pattern")
});

/// What stands ahead of a turn and names nobody, folded.
static NAMELESS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/nameless_speakers.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// How many turns make a transcript.
const TURNS: usize = 4;
/// Most blocks of one turn.
const LONGEST: usize = 12;

/// The full name of who says what stands at a place of a transcript, in bytes; `None` where the text is none, or the turn has no name.
pub(crate) fn turn_speaker(reading: &Reading, at: u32) -> Option<String> {
    let prose = &reading.prose;
    let blocks = &prose.document.blocks;
    let label = |block: usize| {
        let span = blocks[block].span;
        let name = LABEL.captures(span.of(&prose.document.prose))?.name("name")?;
        Some(Span::new(span.start as usize + name.start(), span.start as usize + name.end()))
    };
    let here = prose.sentences[prose.sentence_at(at)].block as usize;
    let turn = (here.saturating_sub(LONGEST)..=here).rev().find_map(label)?;
    let turns: Vec<Span> = (0..blocks.len()).filter_map(label).collect();
    let speakers: BTreeSet<String> = turns.iter().map(|span| prose::fold(span.of(&prose.document.prose))).collect();
    if turns.len() < TURNS || speakers.len() < 2 {
        return None;
    }
    // The bearer of the name on the label; by the surname alone, if the text has it in full elsewhere.
    let label = turn.of(&prose.document.prose);
    let written = prose::fold(label);
    if NAMELESS.contains(&*written) {
        return None;
    }
    let names = reading.mentions.iter().filter_map(|m| match &m.kind {
        MentionKind::Name(name) if name.class != NameClass::Place => Some(&name.canonical),
        _ => None,
    });
    let full = names.into_iter().find(|name| prose::fold(name).strip_suffix(&written).is_some_and(|rest| rest.ends_with(' ')));
    let name = full.map_or(label, String::as_str);
    Some(if name.contains(char::is_lowercase) { name.to_owned() } else { title_case(name) })
}
