//! Finds and reads the settings file, and finds the sources of a draft.

use std::{
    env, fs,
    path::{Component, Path, PathBuf},
};

use super::{Options, Settings};

/// The name of the settings file.
pub const FILE: &str = "copydesk.toml";

/// The folder beside the draft, or above it, in which sources lie.
pub const FOLDER: &str = "sources";

/// The settings that hold for `draft` (a file, or `None` for the current folder): those of the nearest `copydesk.toml` in its folder
/// or above, up to `root`.
///
/// # Errors
/// If the file cannot be read or is wrong; the message names it.
pub fn find(draft: Option<&Path>, root: Option<&Path>) -> Result<Settings, String> {
    match options(&folder_of(draft)?, root)? {
        None => Ok(Settings::default()),
        Some((path, options)) => {
            let mut settings = Settings::new(&options).map_err(|e| format!("{}: {e}", path.display()))?;
            settings.archive_mut().into_iter().for_each(super::access);
            Ok(settings)
        }
    }
}

/// Where the sources of a draft lie: files, folders and globs for [`Embedded::open`](crate::corpus::embedded::Embedded::open).
/// The first that applies:
///
/// 1. `given`, relative to the current folder: what the writer said on the command line or in the editor's settings;
/// 2. `from_front_matter`, relative to the draft's folder;
/// 3. `sources` of the nearest `copydesk.toml`, relative to that file;
/// 4. the nearest folder named `sources`, beside the draft or above it.
///
/// The search upwards ends at `root`; without one at the first folder that holds `.git` or `copydesk.toml`, else at the top. A draft
/// without a file (`None`) counts as one in the current folder. `Ok(None)`: there are none. The draft may lie among the paths: see
/// [`Embedded::beside`](crate::corpus::embedded::Embedded::beside).
///
/// # Errors
/// If one of `given` does not exist, or the settings file cannot be read; the message is for the writer.
pub fn find_sources(
    draft: Option<&Path>,
    from_front_matter: &[String],
    given: &[PathBuf],
    root: Option<&Path>,
) -> Result<Option<Vec<PathBuf>>, String> {
    if !given.is_empty() {
        for path in given {
            if !path.exists() && !is_pattern(path) {
                return Err(format!("the sources {}: there is no such file or folder", path.display()));
            }
        }
        return Ok(Some(given.iter().map(|p| std::path::absolute(p).unwrap_or_else(|_| p.clone())).collect()));
    }
    let folder = folder_of(draft)?;
    if !from_front_matter.is_empty() {
        return Ok(Some(from_front_matter.iter().map(|s| join(&folder, s)).collect()));
    }
    if let Some((path, Options { sources: Some(sources), .. })) = options(&folder, root)?
        && !sources.is_empty()
    {
        let base = path.parent().unwrap_or(&folder);
        return Ok(Some(sources.iter().map(|s| join(base, s)).collect()));
    }
    Ok(upwards(&folder, root).map(|f| f.join(FOLDER)).find(|f| f.is_dir()).map(|f| vec![f]))
}

/// Whether a path is a glob.
#[must_use]
pub fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// The nearest settings file, read.
fn options(folder: &Path, root: Option<&Path>) -> Result<Option<(PathBuf, Options)>, String> {
    let Some(path) = upwards(folder, root).map(|f| f.join(FILE)).find(|f| f.is_file()) else { return Ok(None) };
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let options = toml::from_str(&text).map_err(|e| format!("{}: {}", path.display(), e.to_string().trim_end()))?;
    Ok(Some((path, options)))
}

/// `folder` and those above it, up to the workspace.
fn upwards(folder: &Path, root: Option<&Path>) -> impl Iterator<Item = PathBuf> {
    let root = root.and_then(|r| fs::canonicalize(r).ok());
    let mut next = Some(folder.to_owned());
    std::iter::from_fn(move || {
        let folder = next.take()?;
        let last = match &root {
            Some(root) => folder == *root || !folder.starts_with(root),
            None => folder.join(".git").exists() || folder.join(FILE).is_file(),
        };
        next = if last { None } else { folder.parent().map(Path::to_owned) };
        Some(folder)
    })
}

/// The draft's folder, absolute.
fn folder_of(draft: Option<&Path>) -> Result<PathBuf, String> {
    let folder = match draft {
        None => env::current_dir(),
        Some(draft) => std::path::absolute(draft).map(|d| d.parent().map_or_else(|| d.clone(), Path::to_owned)),
    };
    let folder = folder.map_err(|e| format!("the draft's folder: {e}"))?;
    // Behind a link, "above" is where the file really lies.
    Ok(fs::canonicalize(&folder).unwrap_or(folder))
}

/// `path` seen from `folder`, without "." and with ".." taken out where that is safe.
fn join(folder: &Path, path: &str) -> PathBuf {
    let mut out = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes the files (a folder ends in "/") and says where the sources of `draft` are, relative to the temporary folder.
    #[track_caller]
    fn check(files: &[(&str, &str)], draft: &str, front: &[&str], given: &[&str], expect: Result<&[&str], &str>) {
        let dir = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(dir.path()).unwrap();
        for (name, text) in files {
            let path = top.join(name);
            fs::create_dir_all(if name.ends_with('/') { &path } else { path.parent().unwrap() }).unwrap();
            if !name.ends_with('/') {
                fs::write(path, text).unwrap();
            }
        }
        let front: Vec<String> = front.iter().map(|s| (*s).to_owned()).collect();
        let given: Vec<PathBuf> = given.iter().map(|s| top.join(s)).collect();
        let found = find_sources(Some(&top.join(draft)), &front, &given, Some(&top));
        match (found, expect) {
            (Ok(found), Ok(expect)) => {
                let found: Vec<String> =
                    found.unwrap_or_default().iter().map(|p| p.strip_prefix(&top).unwrap_or(p).display().to_string()).collect();
                assert_eq!(found, expect);
            }
            (Err(message), Err(expect)) => assert!(message.contains(expect), "{message}"),
            (found, expect) => panic!("{found:?} against {expect:?}"),
        }
    }

    #[test]
    fn first_that_applies() {
        let toml = ("copydesk.toml", "sources = ['wires/*.txt', './notes']");
        let all = [toml, ("news/sources/", ""), ("news/draft.md", ""), ("given/", "")];
        check(&all, "news/draft.md", &["../wires"], &["given"], Ok(&["given"]));
        check(&all, "news/draft.md", &["../wires", "own.txt"], &[], Ok(&["wires", "news/own.txt"]));
        check(&all, "news/draft.md", &[], &[], Ok(&["wires/*.txt", "notes"]));
        check(&all[1..], "news/draft.md", &[], &[], Ok(&["news/sources"]));
        check(&all[2..], "news/draft.md", &[], &[], Ok(&[]));
    }

    #[test]
    fn above_the_draft() {
        check(&[("sources/", ""), ("a/b/draft.md", "")], "a/b/draft.md", &[], &[], Ok(&["sources"]));
        check(&[("sources/", ""), ("a/sources/", ""), ("a/b/draft.md", "")], "a/b/draft.md", &[], &[], Ok(&["a/sources"]));
        // A settings file that says nothing of sources.
        check(&[("sources/", ""), ("copydesk.toml", "")], "draft.md", &[], &[], Ok(&["sources"]));
        // A file is no folder of sources.
        check(&[("sources", "")], "draft.md", &[], &[], Ok(&[]));
    }

    #[test]
    fn up_to_the_repository() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("sources")).unwrap();
        fs::create_dir_all(dir.path().join("repo/.git")).unwrap();
        assert_eq!(find_sources(Some(&dir.path().join("repo/draft.md")), &[], &[], None), Ok(None));
        assert!(find_sources(Some(&dir.path().join("draft.md")), &[], &[], None).unwrap().is_some());
    }

    #[test]
    fn mistakes() {
        check(&[], "draft.md", &[], &["nowhere"], Err("no such file"));
        check(&[("copydesk.toml", "surces = []")], "draft.md", &[], &[], Err("surces"));
        check(&[("copydesk.toml", "sources = 'x'")], "draft.md", &[], &[], Err("copydesk.toml"));
    }
}
