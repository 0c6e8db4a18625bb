//! Archives on a search engine: two machines of an emulator, of which one dies, and one that is slow or down while somebody types.

#![allow(clippy::print_stdout, reason = "what was measured and what differs is to be seen")]

#[allow(dead_code, reason = "the tests of the language server use the rest of it")]
#[path = "../lsp/client.rs"]
mod client;
mod emulator;
mod fill;
mod gold;
#[allow(dead_code, reason = "the tests of the client use the rest of it")]
mod stub;
mod typing;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// A folder for drafts, beside it one for the writer's own settings and one for what is kept.
struct Desk {
    dir: TempDir,
}

impl Desk {
    /// A desk from which these addresses may be asked.
    fn new(allowed: &[&str]) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        // The search for sources ends here.
        fs::create_dir_all(desk.path(".git")).unwrap();
        let allowed: String = allowed.iter().map(|url| format!("[\"{url}\"]\n")).collect();
        fs::create_dir_all(desk.config()).unwrap();
        fs::write(desk.config().join("archives.toml"), allowed).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("drafts").join(name)
    }

    fn config(&self) -> PathBuf {
        self.dir.path().join("config")
    }

    fn cache(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
        self
    }

    /// Names an archive in the settings of the drafts.
    fn archive(&self, folder: &str, machines: &[&str], index: &str, more: &str) -> &Self {
        let settings = format!(
            "[archive]\nurl = '{}'\nnodes = {:?}\nindex = '{index}'\ntimeout = 60\n{more}\n",
            machines[0],
            &machines[1..]
        );
        self.write(&format!("{folder}copydesk.toml"), &settings)
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(self.path("")).args(args).env_remove("COPYDESK_LOG");
        // No proxy is asked, whatever the environment says.
        command.env("http_proxy", "http://127.0.0.1:9").env("ALL_PROXY", "http://127.0.0.1:9");
        let output = command.env("COPYDESK_CONFIG", self.config()).env("COPYDESK_CACHE", self.cache()).output().unwrap();
        let run = Run {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err))
    }
}

/// The codes of the mentions of the first draft.
fn codes(report: &Value) -> Vec<&str> {
    let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
    mentions.iter().filter_map(|mention| mention["code"].as_str()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A pipeline must not take for checked what was not.
#[test]
fn an_archive_that_is_down_lets_no_draft_pass() {
    // Nothing listens there.
    const DOWN: &str = "http://127.0.0.1:9";
    let desk = Desk::new(&[DOWN]);
    desk.write("draft.md", "The ferry Albertine sank with 112 people on board.\n").archive("", &[DOWN], "wire", "");
    let run = desk.run(&["check", "draft.md"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("an archive has not answered, so not every claim was checked"), "{}", run.err);
    assert!(run.out.contains("not heard on") && run.out.contains("0 not in the sources"), "{}", run.out);
    assert_eq!(desk.run(&["check", "draft.md", "--fail-on", "never"]).code, 0);
}
