//! What commands and environments do, as `data/latex.txt` has it.

use std::{collections::HashMap, sync::LazyLock};

use crate::document::BlockKind;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// None of its arguments is prose.
    Skip,
    /// So many arguments are not prose, those after are.
    After(usize),
    /// Its argument is a block of its own.
    Block(BlockKind),
    /// It ends the paragraph.
    Break,
    /// An item of a list.
    Item,
    /// A definition: its name may have no braces.
    Define,
    /// Its argument is a note, which is read if it interrupts no sentence.
    Note,
    /// Its argument is quoted.
    Quote,
    /// It stands for a character or a word, which is written at its start, or at its end.
    Text(&'static str, bool),
}

/// What an environment does to what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Verbatim,
    Quote,
    /// Its arguments are not prose.
    Bare,
}

pub(super) static COMMANDS: LazyLock<HashMap<&str, Action>> = LazyLock::new(|| {
    let lines = include_str!("../data/latex.txt").lines().filter_map(|line| line.split_once(' '));
    let mut out = HashMap::new();
    for (word, names) in lines {
        let action = match word {
            "skip" => Action::Skip,
            "after-one" => Action::After(1),
            "after-two" => Action::After(2),
            "heading" => Action::Block(BlockKind::Heading),
            "block" => Action::Block(BlockKind::Paragraph),
            "break" => Action::Break,
            "item" => Action::Item,
            "define" => Action::Define,
            "note" => Action::Note,
            "quoted" => Action::Quote,
            "text" | "prefix" => {
                let pairs = names.split(' ').filter_map(|pair| pair.split_once('='));
                out.extend(pairs.map(|(name, text)| (name, Action::Text(text, word == "prefix"))));
                continue;
            }
            _ => continue,
        };
        out.extend(names.split(' ').map(|name| (name, action)));
    }
    out
});

pub(super) static ENVIRONMENTS: LazyLock<HashMap<&str, Inside>> = LazyLock::new(|| {
    let lines = include_str!("../data/latex.txt").lines().filter_map(|line| line.split_once(' '));
    let inside = |word: &str| match word {
        "{verbatim}" => Some(Inside::Verbatim),
        "{quote}" => Some(Inside::Quote),
        "{bare}" => Some(Inside::Bare),
        _ => None,
    };
    lines
        .filter_map(|(word, names)| Some((inside(word)?, names)))
        .flat_map(|(i, names)| names.split(' ').map(move |n| (n, i)))
        .collect()
});
