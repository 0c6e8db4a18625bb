//! Everything that a fuzz target began with or found, through every reader, as it is and damaged at random: see `tests/fuzz/README.md`.
//!
//! `MUTANTS=10000 cargo test --test fuzz_replay -- --nocapture` damages each of them so many times for every reader.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{
    env,
    fs::{self, File},
    io::Read,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

#[path = "hostile/mutate.rs"]
mod mutate;
#[path = "fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a library there, a module here")]
mod readers;

use mutate::{Random, mutate};
use readers::Target;
use zip::ZipArchive;

/// How long one reading may take, without optimization: what goes in is some kilobytes.
const PATIENCE: Duration = Duration::from_secs(20);

fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let files = ["seeds", "findings"].into_iter().filter_map(|f| fs::read_dir(folder.join(f)).ok()).flatten();
    let mut files: Vec<PathBuf> = files.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn every_input_is_read() {
    read_all(readers::TARGETS, 1, |path, _| fs::read(path).unwrap());
}

#[test]
fn damaged_inputs_are_read() {
    let count = env::var("MUTANTS").ok().map_or(12, |count| count.parse().expect("MUTANTS is a number"));
    // Those that take long, and those that are run in processes of their own for what they do to this one.
    let targets: Vec<(&str, Target)> =
        readers::TARGETS.iter().filter(|(name, _)| !["growth", "packed"].contains(name)).copied().collect();
    read_all(&targets, count, |path, number| mutate(&fs::read(path).unwrap(), &mut Random::new(&[number as u64])));
}

/// What the fuzzer found in hours: for each target the fewest inputs that reach all of the code which it reached.
#[test]
fn kept_inputs_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/kept");
    let mut kept = Vec::new();
    for (name, read) in readers::TARGETS {
        let file = File::open(folder.join(format!("{name}.zip"))).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut archive = ZipArchive::new(file).unwrap();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            kept.push((format!("{name}: kept no. {index}"), *read, bytes));
        }
    }
    assert!(kept.len() > 4000, "{}", kept.len());
    read_each(kept.len(), |job| kept[job].clone());
}

/// Has every reader read so many of each input. One that fails names its file, its number and its reader.
fn read_all(targets: &[(&str, Target)], count: usize, make: impl Fn(&Path, usize) -> Vec<u8> + Sync) {
    let inputs = inputs();
    read_each(targets.len() * inputs.len() * count, |job| {
        let (name, read) = targets[job / (inputs.len() * count)];
        let (path, number) = (&inputs[job / count % inputs.len()], job % count);
        (format!("{name}: {} no. {number}", path.display()), read, make(path, number))
    });
}

/// Has so many inputs read, each by its reader, on all cores.
fn read_each(count: usize, input: impl Fn(usize) -> (String, Target, Vec<u8>) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut broken = Vec::new();
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= count {
                return broken;
            }
            let (name, read, bytes) = input(job);
            let start = Instant::now();
            let fails = panic::catch_unwind(AssertUnwindSafe(|| read(&bytes))).is_err();
            if fails || start.elapsed() > PATIENCE {
                broken.push(format!("{name}, {:?}", start.elapsed()));
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let broken: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(broken.is_empty(), "{} of {count}: {broken:#?}", broken.len());
    println!("{count} inputs read");
}
