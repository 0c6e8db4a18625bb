//! Measures the reader of names on third-party suites, where they are present beside the crate. Prints a table; the floors keep what
//! has been reached.

use std::{fs, path::PathBuf, sync::Arc};

use copydesk::{
    claim::{MentionKind, Name, NameClass, Reading},
    document::{Format, parse},
    prose::Prose,
};
use serde_json::Value;

fn suite(name: &str) -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(name);
    // A worktree lies one folder deeper than the main checkout.
    let path =
        if path.exists() { path } else { PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/suites").join(name) };
    match fs::read_to_string(&path) {
        Ok(text) => Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()),
        Err(_) => {
            println!("{name}: not there, skipped");
            None
        }
    }
}

fn read(text: &str) -> Reading {
    copydesk::claim::read(Arc::new(Prose::read(Arc::new(parse(text.into(), Format::Plain)))))
}

fn names(reading: &Reading) -> Vec<&Name> {
    reading.mentions.iter().filter_map(|m| if let MentionKind::Name(name) = &m.kind { Some(&**name) } else { None }).collect()
}

#[derive(Default)]
struct Score {
    hit: u32,
    found: u32,
    gold: u32,
}

impl Score {
    fn precision(&self) -> f64 {
        f64::from(self.hit) / f64::from(self.found.max(1))
    }
    fn recall(&self) -> f64 {
        f64::from(self.hit) / f64::from(self.gold.max(1))
    }
    fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        2.0 * p * r / (p + r).max(1e-9)
    }
    fn print(&self, name: &str) {
        println!(
            "{name:28} P {:.3} R {:.3} F1 {:.3}  ({}/{}/{})",
            self.precision(),
            self.recall(),
            self.f1(),
            self.hit,
            self.found,
            self.gold
        );
    }
}

/// Strict spans with their class, as spaCy is measured, demonyms counted as MISC, which is left out on both sides.
#[test]
fn wikigold() {
    let Some(cases) = suite("ner_wikigold.jsonl") else { return };
    let mut scores: [Score; 5] = Default::default();
    let verbose = std::env::var("NAMES_VERBOSE").is_ok();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        // The suite splits words at apostrophes; the reader wants them as they are written.
        let reading = read(text);
        let gold: Vec<(u64, u64, &str)> = case["expected"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["bstart"].as_u64().unwrap(), e["bend"].as_u64().unwrap(), e["kind"].as_str().unwrap()))
            .collect();
        let found: Vec<(u64, u64, &str)> = names(&reading)
            .iter()
            .map(|n| {
                let kind = match n.class {
                    _ if n.demonym => "MISC",
                    NameClass::Person => "PER",
                    NameClass::Place => "LOC",
                    NameClass::Organization => "ORG",
                    NameClass::Other => "MISC",
                };
                (u64::from(n.bare.start), u64::from(n.bare.end), kind)
            })
            .collect();
        for (i, kinds) in [&["PER"][..], &["LOC"], &["ORG"], &["PER", "LOC", "ORG"]].iter().enumerate() {
            scores[i].gold += gold.iter().filter(|g| kinds.contains(&g.2)).count() as u32;
            scores[i].found += found.iter().filter(|g| kinds.contains(&g.2)).count() as u32;
            scores[i].hit += found.iter().filter(|g| kinds.contains(&g.2) && gold.contains(g)).count() as u32;
        }
        scores[4].gold += gold.len() as u32;
        scores[4].found += found.len() as u32;
        scores[4].hit += found.iter().filter(|f| gold.iter().any(|g| (g.0, g.1) == (f.0, f.1))).count() as u32;
        if verbose {
            for f in found.iter().filter(|f| !gold.contains(f)) {
                println!("FALSE {} [{}] :: {text}", f.2, &text[f.0 as usize..f.1 as usize]);
            }
            for g in gold.iter().filter(|g| !found.contains(g)) {
                println!("MISS  {} [{}] :: {text}", g.2, &text[g.0 as usize..g.1 as usize]);
            }
        }
    }
    for (score, name) in scores.iter().zip(["person", "place", "organization", "all three, strict", "spans, any class"]) {
        score.print(name);
    }
}
