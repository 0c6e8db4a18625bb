//! Everything that a fuzz target began with or found, through every reader: see `tests/fuzz/README.md`.

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    thread,
};

#[path = "fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a library there, a module here")]
mod readers;

fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let files = ["seeds", "findings"].into_iter().filter_map(|f| fs::read_dir(folder.join(f)).ok()).flatten();
    let mut files: Vec<PathBuf> = files.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort();
    files
}

#[test]
fn every_input_is_read() {
    let inputs = inputs();
    assert!(!inputs.is_empty());
    // A finding that comes back names its file and its reader.
    let broken: Vec<String> = thread::scope(|scope| {
        let run = |(name, read): &'static (&'static str, readers::Target)| {
            let inputs = &inputs;
            scope.spawn(move || {
                let fails = |path: &&PathBuf| {
                    let bytes = fs::read(path).unwrap();
                    panic::catch_unwind(AssertUnwindSafe(|| read(&bytes))).is_err()
                };
                let broken = inputs.iter().filter(fails).map(|path| format!("{name}: {}", path.display()));
                broken.collect::<Vec<_>>()
            })
        };
        let workers: Vec<_> = readers::TARGETS.iter().map(run).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(broken.is_empty(), "{broken:#?}");
}
