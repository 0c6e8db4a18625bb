//! Measures the reader of names on third-party suites, where they are present beside the crate. Prints a table; the floors keep what
//! has been reached.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod suites;

use std::sync::Arc;

use copydesk::{
    claim::{MentionKind, Name, NameClass, Reading},
    document::{Format, parse},
    prose::Prose,
};
use suites::{Row, header};

fn read(text: &str) -> Reading {
    copydesk::claim::read(Arc::new(Prose::read(Arc::new(parse(text.into(), Format::Plain)))))
}

fn names(reading: &Reading) -> Vec<&Name> {
    reading.mentions.iter().filter_map(|m| if let MentionKind::Name(name) = &m.kind { Some(&**name) } else { None }).collect()
}

/// Strict spans with their class, sentence by sentence. The weights are fitted on these very texts, so the figures are higher than those of
/// other texts: `tests/fit/names.py` prints the held-out ones. Demonyms count as MISC, which is left out on both sides. Conventions that
/// differ: "The" and honorifics may belong to a name there, never here; railways are places there.
#[test]
fn wikigold() {
    let Some(cases) = suites::load("ner_wikigold.jsonl") else { return };
    let mut scores: [Row; 5] = Default::default();
    let verbose = std::env::var("NAMES_VERBOSE").is_ok();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
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
        for (row, kinds) in scores.iter_mut().zip([&["PER"][..], &["LOC"], &["ORG"], &["PER", "LOC", "ORG"]]) {
            let of = |names: &[(u64, u64, &str)]| names.iter().filter(|n| kinds.contains(&n.2)).count();
            let hit = found.iter().filter(|f| kinds.contains(&f.2) && gold.contains(f)).count();
            row.add(&Row::of(of(&gold), of(&found), hit));
        }
        let hit = found.iter().filter(|f| gold.iter().any(|g| (g.0, g.1) == (f.0, f.1))).count();
        scores[4].add(&Row::of(gold.len(), found.len(), hit));
        if verbose {
            for f in found.iter().filter(|f| !gold.contains(f)) {
                println!("FALSE {} [{}] :: {text}", f.2, &text[f.0 as usize..f.1 as usize]);
            }
            for g in gold.iter().filter(|g| !found.contains(g)) {
                println!("MISS  {} [{}] :: {text}", g.2, &text[g.0 as usize..g.1 as usize]);
            }
        }
    }
    header("ner_wikigold (weights fitted on it)");
    for (score, name) in scores.iter().zip(["person", "place", "organization", "all three, strict", "spans, any class"]) {
        score.print(name);
    }
    println!("  held out, by tests/fit/names.py: all three, strict 0.707; by the rules without weights 0.671");
    // No measure of quality: this fails when the weights and the code that reads them no longer belong together.
    assert!(scores[3].f1() > 0.80 && scores[4].f1() > 0.85);
}

/// Same name or not, from names alone. The suite serves screening and departs from us on purpose: where a list of sanctions is searched
/// (`opensanctions_*`), a slip of a letter or two is a match; here it is a finding, its own outcome. So that origin is measured by "same or
/// misspelt", and the other, where a slip is no match, by "same" alone; both are printed for all. What remains: 16 pairs of numbered funds
/// ("Partners V", "Partners VI") are one there and two here; so is one place for another ("of Chile", "of China"), and a short syllable
/// for another ("Min", "Il"). A given name alone may be anybody's here, nicknames in both given names are one name (2).
#[test]
fn pairs() {
    let Some(cases) = suites::load("name_pairs.jsonl") else { return };
    use copydesk::claim::NameLikeness as L;
    let verbose = std::env::var("NAMES_VERBOSE").is_ok();
    let (mut agree, mut loose, mut meant) = (Row::default(), Row::default(), Row::default());
    let mut by_suite: std::collections::BTreeMap<String, [Row; 2]> = Default::default();
    let mut slips = 0;
    for case in &cases {
        let (a, b) = (case["a"].as_str().unwrap(), case["b"].as_str().unwrap());
        let gold = case["match"].as_bool().unwrap();
        let suite = case["suite"].as_str().unwrap();
        let found = copydesk::claim::compare_names(a, b);
        let same = found.agrees();
        let slip = same || found == L::Misspelled;
        let match_ = if suite.starts_with("opensanctions") { slip } else { same };
        slips += u32::from(gold && match_ && !same);
        let [own_same, own_slip] = by_suite.entry(suite.to_owned()).or_default();
        for (score, said) in [(&mut agree, same), (&mut loose, slip), (&mut meant, match_), (own_same, same), (own_slip, slip)] {
            score.add(&Row::of(gold.into(), said.into(), (gold && said).into()));
        }
        if verbose {
            let gap = copydesk::claim::name_gap(a, b).map(|g| {
                serde_json::json!({"letters": g.letters, "share": g.share, "anchored": g.anchored, "known": g.known,
                    "ordinary": g.ordinary, "barred": g.barred, "weak": g.weak})
            });
            println!(
                "PAIR {}",
                serde_json::json!({"suite": suite, "gold": gold, "said": match_, "found": format!("{found:?}"), "a": a, "b": b, "gap": gap})
            );
        }
    }
    header("name_pairs");
    agree.print("pairs, same");
    loose.print("pairs, same or misspelt");
    meant.print("pairs, as their origin means");
    println!("  slips that count as a match there: {slips}");
    for (name, [same, slip]) in &by_suite {
        same.print(name);
        slip.print("  or misspelt");
    }
    assert!(agree.precision() > 0.96 && meant.precision() > 0.97 && meant.recall() > 0.75);
}

/// An acronym is one name with the words it is introduced with.
#[test]
fn acronyms() {
    let Some(cases) = suites::load("acronyms.jsonl") else { return };
    let mut row = Row::default();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let reading = read(text);
        for e in case["expected"].as_array().unwrap() {
            let (start, value) = (e["bstart"].as_u64().unwrap() as u32, e["value"].as_str().unwrap_or(""));
            let found = names(&reading).into_iter().find(|n| n.bare.start == start);
            let right = found.is_some_and(|n| value.is_empty() || n.canonical == value);
            row.add(&Row::of(1, found.is_some().into(), right.into()));
            if !right {
                println!("ACRONYM {found:?} :: {text}");
            }
        }
    }
    header("acronyms");
    row.print("acronyms");
    assert_eq!(row.missed, 0);
}

/// News: every named entity of the annotation should hold a name, and every name should lie in one. Spans follow other conventions
/// there (articles and modifiers belong to the entity, dates and numbers have names too), so this is for sanity.
#[test]
fn gum() {
    let Some(cases) = suites::load("gum_news.jsonl") else { return };
    let verbose = std::env::var("NAMES_VERBOSE").is_ok();
    let (mut held, mut inside) = (Row::default(), Row::default());
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let reading = read(text);
        let found = names(&reading);
        let kinds = ["person", "place", "organization", "event", "object", "abstract"];
        let gold: Vec<(u32, u32, &str)> = case["expected"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|e| e["kind"] == "entity" && e["named"] == true && kinds.contains(&e["value"].as_str().unwrap_or("")))
            .map(|e| (e["bstart"].as_u64().unwrap() as u32, e["bend"].as_u64().unwrap() as u32, e["value"].as_str().unwrap()))
            .collect();
        for (start, end, kind) in gold.iter().filter(|g| ["person", "place", "organization"].contains(&g.2)) {
            let hit = found.iter().any(|n| *start <= n.bare.start && n.bare.end <= *end);
            held.count(hit);
            if verbose && !hit {
                println!("GUM miss {kind} [{}]", &text[*start as usize..*end as usize]);
            }
        }
        for name in &found {
            let hit = gold.iter().any(|g| g.0 <= name.bare.start && name.bare.end <= g.1);
            inside.add(&Row::of(1, 1, hit.into()));
            if verbose && !hit {
                let (a, b) = (name.bare.start as usize, name.bare.end as usize);
                let from = text.floor_char_boundary(a.saturating_sub(40));
                let to = text.ceil_char_boundary((b + 30).min(text.len()));
                println!(
                    "GUM false {:?}{} {}[{}]{}",
                    name.class,
                    if name.doubtful { "?" } else { "" },
                    &text[from..a].replace('\n', "¶"),
                    &text[a..b],
                    &text[b..to].replace('\n', "¶")
                );
            }
        }
    }
    header("gum_news, names");
    held.print("news: entities with a name");
    inside.print("news: names in an entity");
    assert!(held.recall() > 0.85 && inside.precision() > 0.90);
}

/// Writes what `tests/fit/names.py` fits the weights on: every name that is possible in the suites' texts, with its features.
#[test]
#[ignore = "for the fitting of the weights"]
fn regions() {
    let Ok(out) = std::env::var("NAME_REGIONS") else { return };
    let mut lines = String::new();
    for file in ["ner_wikigold.jsonl", "gum_news.jsonl"] {
        for case in suites::load(file).into_iter().flatten() {
            let prose = Prose::read(Arc::new(parse(case["text"].as_str().unwrap().into(), Format::Plain)));
            let regions: Vec<serde_json::Value> = copydesk::claim::name_regions(&prose)
                .into_iter()
                .map(|r| {
                    let words: Vec<_> = r.words.iter().map(|s| (s.start, s.end)).collect();
                    serde_json::json!({ "words": words, "plain": r.plain, "names": r.names, "ruled": r.ruled })
                })
                .collect();
            lines += &serde_json::json!({ "id": case["id"], "text": case["text"], "gold": case["expected"], "regions": regions })
                .to_string();
            lines.push('\n');
        }
    }
    std::fs::write(out, lines).unwrap();
}
