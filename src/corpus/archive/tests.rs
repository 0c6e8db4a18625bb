//! An index that is kept, and what happens to it.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;
use crate::corpus::{Corpus as _, Query};

const HARBOUR: &str =
    "The old ferry sank in the harbour on Monday. Twelve passengers were rescued by a fishing boat. The captain was unhurt.";
const COUNCIL: &str = "The council approved a new school. The mayor praised the ferry company. Twelve teachers will be hired.";

/// An archive of a folder, kept in another one.
struct Kept {
    sources: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Kept {
    fn new(files: &[(&str, &str)]) -> Self {
        let kept = Self { sources: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(name, text)| kept.write(name, text));
        kept
    }

    fn path(&self, name: &str) -> PathBuf {
        self.sources.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn open(&self) -> Archive {
        let place = Place::new(self.cache.path().into(), "test".into());
        Archive::on_disk(vec![self.sources.path().into()], Fields::default(), place).unwrap()
    }
}

fn look(archive: &Archive) -> bool {
    archive.update(Look::All, &|_| {}).unwrap()
}

fn look_at(archive: &Archive, paths: &[&Path]) -> bool {
    let paths: BTreeSet<PathBuf> = paths.iter().map(|p| (*p).to_owned()).collect();
    archive.update(Look::At(&paths), &|_| {}).unwrap()
}

/// The paths of the sources that answer a word, best first.
fn answers(archive: &Archive, word: &str) -> Vec<String> {
    let query = Query { terms: vec![(word.into(), 1.0)], limit: 9, ..Query::default() };
    let desk = archive.desk(std::slice::from_ref(&query), Scope::default()).unwrap();
    let mut paths: Vec<String> = desk.search(&query).unwrap().into_iter().map(|p| p.source.path.clone()).collect();
    paths.dedup();
    paths
}

#[test]
fn is_kept_from_one_opening_to_the_next() {
    let kept = Kept::new(&[("a.txt", HARBOUR), ("more/b.md", COUNCIL)]);
    let archive = kept.open();
    assert!(!archive.is_complete());
    assert!(look(&archive));
    assert!(archive.is_complete());
    drop(archive);
    let archive = kept.open();
    assert!(archive.is_complete());
    assert_eq!(answers(&archive, "school"), ["more/b.md"]);
    assert_eq!(archive.totals().unwrap().sources, 2);
}

#[test]
fn takes_in_what_changes() {
    let kept = Kept::new(&[("a.txt", HARBOUR)]);
    let archive = kept.open();
    look(&archive);
    let before = archive.generation();
    kept.write("b.txt", COUNCIL);
    assert!(look_at(&archive, &[&kept.path("b.txt")]));
    assert_ne!(archive.generation(), before);
    assert_eq!(answers(&archive, "school"), ["b.txt"]);
    kept.write("b.txt", &COUNCIL.replace("school", "theatre"));
    assert!(look_at(&archive, &[&kept.path("b.txt")]));
    assert_eq!(answers(&archive, "school"), [""; 0]);
    assert_eq!(answers(&archive, "theatr"), ["b.txt"]);
    fs::rename(kept.path("b.txt"), kept.path("c.txt")).unwrap();
    assert!(look_at(&archive, &[&kept.path("b.txt"), &kept.path("c.txt")]));
    assert_eq!(answers(&archive, "theatr"), ["c.txt"]);
    fs::remove_file(kept.path("c.txt")).unwrap();
    assert!(look_at(&archive, &[&kept.path("c.txt")]));
    assert_eq!(answers(&archive, "theatr"), [""; 0]);
    assert!(!look_at(&archive, &[&kept.path("nothing.txt"), &kept.path(".hidden.txt"), &kept.path("x.jpg")]));
}

#[test]
fn folders_come_and_go() {
    let kept = Kept::new(&[("a.txt", HARBOUR), ("x/b.txt", COUNCIL)]);
    let archive = kept.open();
    look(&archive);
    fs::rename(kept.path("x"), kept.path("y")).unwrap();
    assert!(look_at(&archive, &[&kept.path("x"), &kept.path("y")]));
    assert_eq!(answers(&archive, "school"), ["y/b.txt"]);
    fs::remove_dir_all(kept.path("y")).unwrap();
    assert!(look_at(&archive, &[&kept.path("y")]));
    assert_eq!(answers(&archive, "school"), [""; 0]);
}

#[test]
fn equal_files_are_one_source_and_none_is_lost() {
    let kept = Kept::new(&[("a.txt", HARBOUR), ("b.txt", HARBOUR)]);
    let archive = kept.open();
    look(&archive);
    assert_eq!(archive.totals().unwrap().sources, 2);
    assert_eq!(answers(&archive, "captain"), ["a.txt"]);
    fs::remove_file(kept.path("a.txt")).unwrap();
    look(&archive);
    assert_eq!(answers(&archive, "captain"), ["b.txt"]);
}

#[test]
fn two_share_one_index() {
    let kept = Kept::new(&[("a.txt", HARBOUR)]);
    let (one, other) = (kept.open(), kept.open());
    look(&one);
    assert_eq!(answers(&other, "captain"), ["a.txt"]);
    kept.write("b.txt", COUNCIL);
    assert!(look(&other));
    assert_eq!(answers(&one, "school"), ["b.txt"]);
    assert_eq!(one.generation(), other.generation());
}

#[test]
fn what_was_cut_short_is_completed() {
    let kept = Kept::new(&[("a.txt", HARBOUR), ("b.txt", COUNCIL)]);
    let archive = kept.open();
    look(&archive);
    drop(archive);
    // As if the process had ended between writing the store and writing the terms.
    fs::remove_dir_all(kept.cache.path().join(TERMS)).unwrap();
    let archive = kept.open();
    assert_eq!(archive.totals().unwrap().sources, 2);
    look(&archive);
    assert_eq!(archive.terms.ids().unwrap().len(), 2);
    assert_eq!(archive.terms.search(&[("school".into(), 1.0)], 9).unwrap().len(), 1);
}

#[test]
fn damage_is_mended() {
    let kept = Kept::new(&[("a.txt", HARBOUR)]);
    look(&kept.open());
    for damage in [b"no database".as_slice(), b""] {
        for file in [DATABASE, "terms/meta.json"] {
            fs::write(kept.cache.path().join(file), damage).unwrap();
            let archive = kept.open();
            look(&archive);
            assert_eq!(answers(&archive, "captain"), ["a.txt"], "{file}");
        }
    }
}

#[test]
fn of_many_sources_a_few_are_laid_out() {
    let kept = Kept::new(&[("ferry.txt", HARBOUR), ("school.txt", COUNCIL)]);
    for i in 0..400 {
        kept.write(
            &format!("{i}.txt"),
            &format!("Report {i} of the weather office. It rained in town number {i} for {} hours.", i % 23),
        );
    }
    let archive = kept.open();
    look(&archive);
    assert_eq!(archive.totals().unwrap().sources, 402);
    assert!(archive.lock().codec.is_trained());
    let queries = [
        Query { terms: vec![("captain".into(), 1.0)], limit: 9, ..Query::default() },
        Query { terms: vec![("rain".into(), 1.0)], limit: 9, ..Query::default() },
    ];
    let desk = archive.desk(&queries, Scope::default()).unwrap();
    assert!(desk.sources().count() < 50 && desk.sources().any(|s| s.path == "ferry.txt"));
    assert_eq!(desk.count(), 402);
    let alone = archive.desk(&queries, Scope { draft: Some(&kept.path("ferry.txt")), ..Scope::default() }).unwrap();
    assert!(alone.sources().all(|s| s.path != "ferry.txt"));
    assert_eq!(alone.count(), 401);
}

#[test]
fn problems_are_named_and_kept() {
    let kept = Kept::new(&[("a.txt", HARBOUR), ("empty.txt", " \n"), ("new.xyz", "?"), (".hidden.txt", COUNCIL)]);
    let archive = kept.open();
    look(&archive);
    let problems = |archive: &Archive| archive.problems().unwrap().into_iter().map(|p| p.path).collect::<Vec<_>>();
    assert_eq!(problems(&archive), ["empty.txt", "new.xyz"]);
    drop(archive);
    let archive = kept.open();
    assert_eq!(problems(&archive), ["empty.txt", "new.xyz"]);
    assert!(!look(&archive));
    fs::remove_file(kept.path("new.xyz")).unwrap();
    assert!(look(&archive));
    assert_eq!(problems(&archive), ["empty.txt"]);
}

#[test]
fn without_a_place_there_is_one_in_memory() {
    let kept = Kept::new(&[("a.txt", HARBOUR)]);
    let archive = Archive::in_memory(vec![kept.sources.path().into()], Fields::default(), Some("no room".into())).unwrap();
    look(&archive);
    assert_eq!(answers(&archive, "captain"), ["a.txt"]);
    assert!(archive.problems().unwrap()[0].message.contains("no room"));
}

#[test]
fn other_versions_and_unused_indexes_go() {
    let cache = tempfile::tempdir().unwrap();
    let folder = |name: &str, days: u64| {
        let path = cache.path().join(name);
        fs::create_dir(&path).unwrap();
        let lock = fs::File::create(path.join("lock")).unwrap();
        lock.set_modified(SystemTime::now() - std::time::Duration::from_secs(days * 86_400)).unwrap();
        path
    };
    let of = |key: char, rest: &str, days| folder(&format!("{}-{rest}", key.to_string().repeat(16)), days);
    let (own, unused, used) = (of('a', "1-x", 90), of('b', "1-x", 90), of('c', "1-x", 20));
    // Of the same paths: one of an earlier version, and one of a version that is in use beside this one.
    let (earlier, beside) = (of('a', "1-y", 8), of('a', "1-w", 2));
    // Not ours, whatever is in it.
    let (strange, busy) = (folder("notes", 90), of('a', "1-z", 8));
    let lock = fs::File::open(busy.join("lock")).unwrap();
    lock.lock().unwrap();
    Place::new(own.clone(), "a".repeat(16)).tidy();
    let left = [&own, &unused, &used, &earlier, &beside, &strange, &busy].map(|path| path.is_dir());
    assert_eq!(left, [true, false, true, false, true, true, true]);
}

/// What a search costs among many articles: `cargo test --release --lib what_a_search_costs -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout, reason = "it is what it is for")]
fn what_a_search_costs() {
    use super::terms::Terms;
    use std::time::Instant;

    // Content words of an article of 400 words.
    const LENGTH: usize = 200;
    // Words as texts have them: the one of rank n once where the first is n times (Zipf); the hundred first are left out.
    let mut state = 1_u64;
    let mut word = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = (state >> 11) as f64 / (1_u64 << 53) as f64;
        format!("w{}", (100.0 * 1000_f64.powf(part)) as u64)
    };
    for articles in [25_000, 100_000, 400_000] {
        let terms = Terms::open(None).unwrap();
        let mut writer = terms.writer().unwrap();
        for id in 0..articles {
            let text: String = (0..LENGTH).map(|_| word() + " ").collect();
            writer.add(id, &text).unwrap();
        }
        writer.commit("1").unwrap();
        writer.finish().unwrap();
        terms.reload().unwrap();
        let questions: Vec<Vec<(String, f32)>> = (0..200).map(|_| (0..12).map(|_| (word(), 1.0)).collect()).collect();
        let time = |question: &Vec<(String, f32)>| {
            let begun = Instant::now();
            assert!(!terms.search(question, 12).unwrap().is_empty());
            begun.elapsed()
        };
        let mut times: Vec<_> = questions.iter().map(time).collect();
        times.sort_unstable();
        println!("{articles} articles: a question of 12 words takes {:.2?}, at most {:.2?}", times[100], times[199]);
    }
}
