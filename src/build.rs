//! Gives the program a fingerprint of its readers: of the code and data that turn bytes into a source. An index whose readings another
//! reader made is not used.

use std::{env, fs, path::Path};

/// The layers whose code decides what is read of a source.
const READERS: [&str; 5] = ["text", "document", "prose", "claim", "corpus"];

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let mut hasher = blake3::Hasher::new();
    for layer in READERS {
        let folder = Path::new(&root).join("src").join(layer);
        println!("cargo:rerun-if-changed={}", folder.display());
        add(&folder, &mut hasher);
    }
    // Other versions of the libraries may read otherwise too.
    let lock = Path::new(&root).join("Cargo.lock");
    println!("cargo:rerun-if-changed={}", lock.display());
    hasher.update(&fs::read(lock).unwrap_or_default());
    println!("cargo:rustc-env=COPYDESK_READER={}", &hasher.finalize().to_hex()[..16]);
}

/// Adds all files below a folder, by name and content, in the order of their names.
fn add(folder: &Path, hasher: &mut blake3::Hasher) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("the layer is there").map(|e| e.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add(&path, hasher);
        } else {
            hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
            hasher.update(&fs::read(&path).expect("readable"));
        }
    }
}
