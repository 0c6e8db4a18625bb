//! Runs the specification of behaviour: the Markdown files of this folder. `README.md` says how they are written.

#![allow(clippy::print_stdout, reason = "the counts are worth seeing")]

mod fixture;
mod notes;
mod run;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use fixture::{Section, Text};

/// One test a topic.
macro_rules! topics {
    ($($name:ident: $file:literal),* $(,)?) => {
        const TOPICS: &[&str] = &[$($file),*];
        $(#[test] fn $name() { topic($file); })*
    };
}

topics! {
    figures_form: "figures-form.md",
    figures_bounds: "figures-bounds.md",
    figures_counted: "figures-counted.md",
    dates: "dates.md",
    names: "names.md",
    quotations: "quotations.md",
    roles: "roles.md",
    statements: "statements.md",
    text: "text.md",
    comparison: "comparison.md",
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec")
}

fn sections(file: &str) -> Vec<Section> {
    let text = fs::read_to_string(folder().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    fixture::parse(&text).unwrap_or_else(|(line, error)| panic!("tests/spec/{file}:{line}: {error}"))
}

fn topic(file: &str) {
    let mut failures = String::new();
    let sections = sections(file);
    for text in sections.iter().flat_map(|s| &s.texts) {
        let difference = run::difference(text);
        let at = format!("tests/spec/{file}:{}", text.line());
        match difference {
            Some(difference) if !text.gap => {
                failures += &format!("{at}: not as specified (- specified, + found)\n{difference}\n")
            }
            None if text.gap => {
                failures += &format!("{at}: no longer a gap: move it to the cases that hold\n{}\n", text.source())
            }
            Some(difference) => println!("{at}: a known gap\n{difference}"),
            None => {}
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_section_has_a_firing_and_a_silent_case() {
    for file in TOPICS {
        for section in sections(file) {
            let at = format!("tests/spec/{file}:{}: “{}”", section.line, section.title);
            assert!(section.texts.iter().any(Text::fires), "{at} has no case that fires");
            assert!(section.texts.iter().any(|t| !t.fires()), "{at} has no case that is silent");
        }
    }
}

#[test]
fn every_topic_is_run_and_the_numbers_have_no_holes() {
    let mut files: Vec<String> = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    files.retain(|f| f.ends_with(".md") && f != "README.md");
    files.sort();
    let mut listed = TOPICS.to_vec();
    listed.sort_unstable();
    assert_eq!(files, listed);

    let mut numbers: Vec<u32> = TOPICS.iter().flat_map(|f| sections(f)).map(|s| s.number).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u32), "the sections are numbered {numbers:?}");
}

#[test]
fn the_readme_counts_the_gaps() {
    let mut table = String::new();
    let mut all = BTreeMap::from([("texts", 0), ("gaps", 0)]);
    for file in TOPICS {
        let sections = sections(file);
        let texts = sections.iter().flat_map(|s| &s.texts).count();
        let gaps = sections.iter().flat_map(|s| &s.texts).filter(|t| t.gap).count();
        table += &format!("| [{file}]({file}) | {} | {texts} | {gaps} |\n", sections.len());
        *all.get_mut("texts").unwrap() += texts;
        *all.get_mut("gaps").unwrap() += gaps;
    }
    println!("{} texts, {} of them known gaps", all["texts"], all["gaps"]);
    let path = folder().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    if std::env::var_os("UPDATE_SPEC").is_some() {
        let (before, rest) = readme.split_once("| --- | --- | --- | --- |\n").unwrap();
        let (_, after) = rest.split_once("\n\n").unwrap();
        fs::write(&path, format!("{before}| --- | --- | --- | --- |\n{table}\n{after}")).unwrap();
        return;
    }
    assert!(readme.contains(&table), "UPDATE_SPEC=1 writes into tests/spec/README.md the rows\n{table}");
}
