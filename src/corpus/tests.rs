//! One suite over every implementation of [`Corpus`].

use super::*;
use crate::{
    corpus::{
        archive::{Archive, Look, Scope},
        embedded::Embedded,
    },
    document::Format,
    prose,
};

pub(super) const HARBOUR: &str =
    "The old ferry sank in the harbour on Monday. Twelve passengers were rescued by a fishing boat. The captain was unhurt.";
pub(super) const COUNCIL: &str =
    "The council approved a new school. The mayor praised the ferry company. Twelve teachers will be hired.";

fn source(path: &str, text: &str) -> Source {
    load::source(path.into(), format!("/{path}"), text.into(), Format::Plain, None, None)
}

fn query(words: &str, limit: usize) -> Query {
    let word = |text: &str| Word { text: text.to_owned(), weight: 1.0, is_named: false };
    let terms = words.split_whitespace().map(|w| (prose::stem(w), 1.0)).collect();
    Query { terms, words: words.split_whitespace().map(word).collect(), limit }
}

fn answers(corpus: &dyn Corpus, query: &Query) -> Vec<(String, u32)> {
    corpus.search(query).unwrap().into_iter().map(|p| (p.source.path.replace("archive: ", ""), p.sentences.start)).collect()
}

/// What every corpus of the two articles above must do.
pub(super) fn suite(corpus: &dyn Corpus) {
    let first = |words| answers(corpus, &query(words, 5)).into_iter().next();
    assert_eq!(first("passengers rescued"), Some(("harbour.txt".into(), 1)));
    assert_eq!(first("passenger rescue"), Some(("harbour.txt".into(), 1)), "stems agree");
    assert_eq!(first("school"), Some(("council.txt".into(), 0)));
    let twelve = answers(corpus, &query("twelve unhurt", 5));
    let place = |path: &str, i| twelve.iter().position(|t| *t == (path.to_owned(), i));
    assert!(place("harbour.txt", 1) < place("council.txt", 2), "neighbours count");
    assert_eq!(first("submarine"), None);
    assert_eq!(answers(corpus, &query("", 5)), []);
    assert_eq!(answers(corpus, &query("ferry", 0)), []);
    assert_eq!(answers(corpus, &query("ferry twelve captain council", 2)).len(), 2);
    let heavy = Query { terms: vec![("captain".into(), 9.0), ("school".into(), 0.1)], ..query("captain school", 1) };
    assert_eq!(answers(corpus, &heavy), [("harbour.txt".into(), 2)], "weights count");
    let passages = corpus.search(&query("ferry", 9)).unwrap();
    assert!(passages.is_sorted_by(|a, b| a.score >= b.score));
    for passage in passages {
        assert!((passage.sentences.end as usize) <= passage.source.reading.prose.sentences.len());
    }
    assert_eq!(corpus.generation(), corpus.generation());
}

#[test]
fn texts() {
    suite(&Embedded::from_sources(vec![source("council.txt", COUNCIL), source("harbour.txt", HARBOUR)]).unwrap());
}

#[test]
fn folder() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("harbour.txt"), HARBOUR).unwrap();
    std::fs::write(dir.path().join("council.txt"), COUNCIL).unwrap();
    let archive = open(vec![dir.path().into()]);
    suite(&archive.desk(&[], Scope::default()).unwrap());
    suite(&archive.desk(&[], Scope { draft: Some(&dir.path().join("draft.md")), ..Scope::default() }).unwrap());
    assert_eq!(archive.problems().unwrap(), []);
    let alone = archive.desk(&[], Scope { draft: Some(&dir.path().join("harbour.txt")), ..Scope::default() }).unwrap();
    assert_eq!(alone.count(), 1);
    assert_eq!(answers(&alone, &query("ferry", 1)), [("council.txt".into(), 1)]);
}

fn open(paths: Vec<std::path::PathBuf>) -> Archive {
    let archive = Archive::in_memory(paths, extract::Fields::default(), None).unwrap();
    archive.update(Look::All, &|_| {}).unwrap();
    archive
}

#[test]
fn equal_scores_in_order() {
    let corpus =
        Embedded::from_sources(vec![source("a", "Rain fell."), source("b", "Rain fell."), source("c", "Rain fell.")]).unwrap();
    assert_eq!(answers(&corpus, &query("rain", 3)), [("a".into(), 0), ("b".into(), 0), ("c".into(), 0)]);
}

#[test]
fn nothing_at_all() {
    let corpus = Embedded::from_sources(Vec::new()).unwrap();
    assert_eq!(answers(&corpus, &query("rain", 3)), []);
}

#[test]
fn names_of_paths() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    for folder in ["one", "two"] {
        std::fs::create_dir(file(folder)).unwrap();
        std::fs::write(file(folder).join("a.txt"), HARBOUR).unwrap();
    }
    std::fs::write(file("two/b.txt"), COUNCIL).unwrap();
    let open = |paths: &[&str]| open(paths.iter().map(|p| file(p)).collect());
    let count = |paths: &[&str]| open(paths).totals().unwrap().sources;
    // A file that is named twice counts once.
    assert_eq!(count(&["two", "two/a.txt", "t*/*.txt"]), 2);
    assert_eq!(count(&["*/a.txt"]), 2);
    std::fs::write(file("two/a.txt"), COUNCIL.to_lowercase()).unwrap();
    let desk = open(&["one", "two"]).desk(&[], Scope::default()).unwrap();
    assert_eq!(desk.sources().filter(|s| s.path.ends_with("a.txt") && s.path.len() > 5).count(), 2);
    assert_eq!(open(&["nowhere", "x*.txt"]).problems().unwrap().len(), 2);
}
