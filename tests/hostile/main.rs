//! Files among the sources that are damaged, or made to hurt. Nothing may fall over, take long or take all memory, and what could not be
//! read is named.
//!
//! `MUTANTS=10000 cargo test --release --test hostile -- --nocapture` damages each file of tests/formats so many times, and prints what
//! came of it.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

mod bombs;
mod make;
mod mutate;

use std::{
    collections::BTreeMap,
    env, fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use copydesk::corpus::{
    extract::{Fields, Kind},
    load, worker,
};
use mutate::{Random, mutate};
use serde_json::Value;

/// How long one file may take: readers in processes of their own are stopped after ten seconds.
const PATIENCE: Duration = Duration::from_secs(11);

/// The most memory of the program beside such readers, in bytes: of a file of 200 MB there are its bytes, its text and what is made of it.
const MEMORY: u64 = 2 << 30;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// How many damaged files of each are wanted, if somebody asks for more than every day.
fn mutants() -> Option<usize> {
    env::var("MUTANTS").ok().map(|count| count.parse().expect("MUTANTS is a number"))
}

/// What came of the files of one kind.
#[derive(Default)]
struct Tally {
    read: usize,
    refused: usize,
    slowest: Duration,
}

#[test]
fn damaged_files() {
    worker::set_program(env!("CARGO_BIN_EXE_copydesk").into());
    let count = mutants().unwrap_or(60);
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("tests/formats")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| Kind::of_path(path).is_some());
    files.sort();
    let next = AtomicUsize::new(0);
    let tallies: Mutex<BTreeMap<&str, Tally>> = Mutex::default();
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        let work = || {
            let name = format!("{:?}", thread::current().id()).replace(['(', ')'], "-");
            loop {
                let job = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(job / count) else { return };
                let ending = file.extension().unwrap().to_str().unwrap();
                let bytes = mutate(&fs::read(file).unwrap(), &mut Random::new(&[(job % count) as u64]));
                // Where the whole program falls over, this is the file that did it.
                let path = folder.path().join(format!("{name}.{ending}"));
                fs::write(&path, bytes).unwrap();
                let start = Instant::now();
                let read = read(&path);
                let took = start.elapsed();
                assert!(took < PATIENCE, "{} {}: {took:?}", file.display(), job % count);
                let mut tallies = tallies.lock().unwrap();
                let tally = tallies.entry(ending).or_default();
                tally.slowest = tally.slowest.max(took);
                match read {
                    Ok(()) => tally.read += 1,
                    Err(why) => {
                        assert!(!why.is_empty() && !why.contains('\n'), "{} {}: {why:?}", file.display(), job % count);
                        tally.refused += 1;
                    }
                }
            }
        };
        (0..thread::available_parallelism().map_or(1, usize::from)).for_each(|_| drop(scope.spawn(work)));
    });
    for (ending, Tally { read, refused, slowest }) in tallies.into_inner().unwrap() {
        println!("{ending:<6} {read:>6} read, {refused:>6} refused, the slowest in {} ms", slowest.as_millis());
    }
}

/// Reads a file as a source is read.
fn read(path: &Path) -> Result<(), String> {
    for text in load::read_texts(path, &Fields::default())? {
        let name = path.display().to_string();
        let source = load::source(name.clone(), name, text.text.as_str().into(), load::format_of(path), None, None);
        assert!(source.terms.len() == source.reading.prose.sentences.len());
    }
    Ok(())
}

/// A folder of nothing but such files, with one good article: it is read, and each that could not be is named with a reason.
#[test]
fn bombs() {
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    fs::create_dir(&sources).unwrap();
    // Without optimization, reading alone would take minutes.
    let bombs = bombs::write(&sources, if mutants().is_some() { 200 << 20 } else { 1 << 18 });
    fs::write(sources.join("a-good-one.txt"), "Ferry sinks\n\nThe ferry Albertine sank with 212 people on board on Monday.\n")
        .unwrap();
    fs::write(folder.path().join("draft.md"), "The ferry Albertine sank with 112 people on board on Monday.\n").unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    check.args(["check", "draft.md", "--format", "json", "--output", "report.json"]).current_dir(folder.path());
    check.env("COPYDESK_CACHE", folder.path().join("cache"));
    let start = Instant::now();
    let mut check = check.stderr(Stdio::piped()).spawn().unwrap();
    let mut most = 0;
    let status = loop {
        most = most.max(memory(check.id()));
        if let Some(status) = check.try_wait().unwrap() {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let took = start.elapsed();
    let mut told = String::new();
    check.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(status.code(), Some(1), "{told}");
    let report: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("report.json")).unwrap()).unwrap();
    // The draft is held against the good one.
    let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
    let wrong = mentions.iter().find(|m| m["text"].as_str().unwrap().starts_with("112")).unwrap();
    assert!(wrong["label"] == "refuted" && wrong["evidence"][0]["source"] == "a-good-one.txt", "{wrong:#}");
    // Each other is named, or was read.
    let problems = report["sources"]["problems"].as_array().unwrap();
    let mut read = 1;
    for name in &bombs {
        let problem = problems.iter().find(|p| p["path"].as_str().is_some_and(|path| path == name));
        let said = problem.map_or("read", |p| p["message"].as_str().unwrap());
        println!("{name:<24} {said}");
        assert!(!said.is_empty() && !said.contains('\n'), "{name}: {said:?}");
        read += usize::from(problem.is_none() || said.starts_with("only the first"));
    }
    println!("{} files in {took:?}, with at most {} MB", bombs.len(), most >> 20);
    assert!(report["sources"]["count"].as_u64().unwrap() as usize >= read, "{} sources, not {read}", report["sources"]["count"]);
    assert!(most < MEMORY, "{} MB", most >> 20);
    // What stands outside of a file is not read with it.
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    for name in ["outside.docx", "outside.odt", "outside.xml"] {
        let mut text = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let out = text.args(["stages", "text"]).arg(sources.join(name)).output().unwrap();
        assert!(host.trim().is_empty() || !String::from_utf8_lossy(&out.stdout).contains(host.trim()), "{name}");
    }
}

/// The most memory that a process has had so far, in bytes; 0 where nobody knows.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes << 10)
}
