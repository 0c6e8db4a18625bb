//! Keeps the layers apart: reads the sources and fails on an import that the table does not list, on input, output, clock or
//! environment in the core, on files that have grown too long, and on a README that does not name every layer.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The layers in the order in which data flows, and what each may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("document", &["text"]),
    ("prose", &["text", "document"]),
    ("claim", &["text", "document", "prose"]),
    ("corpus", &["text", "document", "prose", "claim"]),
    ("evidence", &["text", "document", "prose", "claim", "corpus"]),
    ("verdict", &["text", "document", "prose", "claim", "corpus", "evidence"]),
    ("ide", &["text", "document", "prose", "claim", "corpus", "evidence", "verdict"]),
    ("config", &["corpus", "ide"]),
    ("report", &["text", "ide"]),
    ("lsp", &["text", "corpus", "ide", "config", "report"]),
    ("cli", &["text", "corpus", "ide", "config", "report", "lsp"]),
];

/// Files that look below their layer, or outside of the program: the stages print any layer; these parts of `corpus` are its I/O.
const OPEN: &[&str] = &["cli/stages/"];
const IO: &[&str] = &[
    "corpus/archive/",
    "corpus/embedded.rs",
    "corpus/fetch/mod.rs",
    "corpus/files.rs",
    "corpus/keep.rs",
    "corpus/load.rs",
    "corpus/remote/",
    "corpus/worker.rs",
];

/// Formats of others that are read with the library of a wire format, or as streams of bytes in memory.
const WIRE: &[(&str, &str)] = &[
    ("corpus/extract/epub.rs", "std::io"),
    ("corpus/extract/zipped.rs", "std::io"),
    ("corpus/extract/linked.rs", "serde_json"),
    ("corpus/extract/json.rs", "serde_json"),
    ("corpus/extract/record.rs", "serde_json"),
    ("corpus/extract/table.rs", "serde_json"),
];

/// The core: no I/O, no clock, no environment, no wire format.
const CORE: &[&str] = &["text", "document", "prose", "claim", "corpus", "evidence", "verdict", "ide"];
const NOT_IN_CORE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "jiff::Timestamp",
    "jiff::Zoned",
    "serde",
    "serde_json",
    "tokio",
    "tower_lsp",
    "tracing",
];

/// The most lines of a file.
const LINES: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, as its path from there and what it says outside of comments and tests.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().is_some_and(|n| n != "tests.rs") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).unwrap();
                out.push((name, code(&text)));
            }
        }
    }
    out.sort();
    out
}

/// Without comments, and without the tests at the end of the file.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let text = text.split("#[cfg(test)]\npub(crate) mod tests {").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect()
}

/// The paths that begin with `root`, groups taken apart: `crate::{a::{b, c}, d}` is a::b, a::c and d.
fn paths(code: &str, root: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let start = format!("{root}::");
    for (at, _) in code.match_indices(&start) {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        if !before.is_alphanumeric() && before != '_' && before != ':' {
            tree(&code[at + start.len()..], "", &mut out);
        }
    }
    out
}

/// Reads one tree of a `use` at the start of `code`; gives the bytes it takes.
fn tree(code: &str, prefix: &str, out: &mut BTreeSet<String>) -> usize {
    let name: String = code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let mut at = name.len();
    let path = [prefix, name.as_str()].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("::");
    if code[at..].starts_with('{') {
        at += 1;
        loop {
            at += code[at..].len() - code[at..].trim_start_matches([' ', '\n', ',']).len();
            if code[at..].starts_with('}') {
                return at + 1;
            }
            let taken = tree(&code[at..], &path, out);
            if taken == 0 {
                return at;
            }
            at += taken;
            // What `as` calls it does not matter.
            at += code[at..].find([',', '}']).unwrap_or(0);
        }
    }
    if name.is_empty() {
        return 0;
    }
    if code[at..].starts_with("::") && !code[at + 2..].starts_with('<') {
        let taken = tree(&code[at + 2..], &path, out);
        if taken > 0 {
            return at + 2 + taken;
        }
    }
    out.insert(path);
    at
}

fn first(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

#[test]
fn imports() {
    let mut wrong = Vec::new();
    for (file, code) in files(&root().join("src")) {
        let Some(layer) = file.split(['/', '.']).next().filter(|l| !["lib", "main", "build"].contains(l)) else { continue };
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            wrong.push(format!("src/{file}: {layer} is no layer of the table"));
            continue;
        };
        for path in paths(&code, "crate") {
            let to = first(&path);
            let known = LAYERS.iter().any(|(name, _)| *name == to);
            if known && to != layer && !allowed.contains(&to) && !OPEN.iter().any(|o| file.starts_with(o)) {
                wrong.push(format!("src/{file}: {layer} must not import {path}"));
            }
            let concrete = [
                "corpus::archive",
                "corpus::embedded",
                "corpus::files",
                "corpus::fetch",
                "corpus::keep",
                "corpus::load",
                "corpus::remote",
                "corpus::worker",
            ]
            .iter()
            .any(|c| path.starts_with(c));
            if concrete && !["corpus", "cli", "lsp"].contains(&layer) {
                wrong.push(format!("src/{file}: only cli and lsp may name {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_is_pure() {
    let mut wrong = Vec::new();
    for (file, code) in files(&root().join("src")) {
        let layer = file.split(['/', '.']).next().unwrap_or_default();
        if !CORE.contains(&layer) || IO.iter().any(|io| file.starts_with(io)) {
            continue;
        }
        for forbidden in NOT_IN_CORE.iter().filter(|f| !WIRE.contains(&(file.as_str(), **f))) {
            let (krate, rest) = forbidden.split_once("::").unwrap_or((forbidden, ""));
            let named = paths(&code, krate);
            if named.iter().any(|p| rest.is_empty() || p == rest || p.starts_with(&format!("{rest}::"))) {
                wrong.push(format!("src/{file} names {forbidden}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_lsp_knows_lsp() {
    for (file, code) in files(&root().join("src")) {
        assert!(file.starts_with("lsp/") || paths(&code, "tower_lsp").is_empty(), "src/{file} names tower_lsp");
    }
}

#[test]
fn files_are_short() {
    for (file, _) in files(&root().join("src")) {
        let lines = fs::read_to_string(root().join("src").join(&file)).unwrap().lines().count();
        assert!(lines <= LINES, "src/{file} has {lines} lines: split it into a folder");
    }
}

#[test]
fn only_the_buffer_knows_the_rope() {
    for (file, code) in files(&root().join("src")) {
        assert!(file == "text/buffer.rs" || paths(&code, "ropey").is_empty(), "src/{file} names ropey");
    }
}

#[test]
fn no_path_climbs_out_of_its_layer() {
    for (file, code) in files(&root().join("src")) {
        let depth = file.split('/').count() - usize::from(file.ends_with("/mod.rs"));
        let climbs = code.match_indices(&"super::".repeat(depth + 1)).next().is_some();
        assert!(!climbs || depth == 0, "src/{file} leaves its layer by super: write crate");
    }
}

#[test]
fn data_states_its_origin() {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    for (layer, _) in LAYERS {
        let data = root().join("src").join(layer).join("data");
        let readme = fs::read_to_string(data.join("README.md")).unwrap_or_default();
        let words: BTreeSet<&str> = readme.split(|c| !word(c)).collect();
        let mut folders = vec![data.clone()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
                let stem = path.file_stem().unwrap().to_string_lossy();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|n| n != "README.md") {
                    assert!(words.contains(&*stem), "src/{layer}/data/README.md does not name {}", path.display());
                }
            }
        }
    }
}

#[test]
fn the_readme_names_every_layer() {
    let Ok(readme) = fs::read_to_string(root().join("README.md")) else { return };
    for (layer, _) in LAYERS {
        let named = readme.contains(&format!("`{layer}`")) || readme.contains(&format!("{layer}/"));
        assert!(named, "README.md does not name the layer {layer}");
    }
}

#[test]
fn the_top_level_is_bare() {
    const ENTRIES: &[&str] = &["Cargo.toml", "Cargo.lock", "src", "editors", "tests", "README.md", "LICENSE", "target"];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || ENTRIES.contains(&name.as_str()), "{name} has no place at the top level");
    }
}

#[test]
fn reading_of_paths() {
    let code = "use crate::{a::{b, c as d}, e};\nuse crate::f::g; crate::h::i(); xcrate::j; crate::k::<u8>()";
    assert_eq!(paths(code, "crate").into_iter().collect::<Vec<_>>(), ["a::b", "a::c", "e", "f::g", "h::i", "k"]);
}

/// What the extension and the tests of the editors are built with is named to the last digit, and locked.
#[test]
fn packages_are_pinned() {
    let editors = root().join("editors");
    for folder in ["vscode", "test"] {
        let package = fs::read_to_string(editors.join(folder).join("package.json")).unwrap();
        let package: serde_json::Value = serde_json::from_str(&package).unwrap();
        for kind in ["dependencies", "devDependencies"] {
            for (name, version) in package[kind].as_object().into_iter().flatten() {
                let version = version.as_str().unwrap();
                assert!(version.bytes().all(|b| b.is_ascii_digit() || b == b'.'), "{folder}: {name} {version}");
            }
        }
        let lock = fs::read_to_string(editors.join(folder).join("package-lock.json")).unwrap();
        let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
        let unsafe_parts: Vec<&String> = lock["packages"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, part)| {
                !name.is_empty() && part["link"] != true && part["integrity"].as_str().is_none_or(|i| !i.starts_with("sha512-"))
            })
            .map(|(name, _)| name)
            .collect();
        assert!(unsafe_parts.is_empty(), "{folder}: without a check sum: {unsafe_parts:?}");
    }
}
