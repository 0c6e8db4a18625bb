//! The program on a machine that is not as it should be: no network, folders that may not be read, names that are not UTF-8, links in a
//! circle, a full disk. What is said tells what to do, and the findings are the same wherever they can be.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "what is skipped is said")]

use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{PermissionsExt as _, symlink},
    },
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

const ARTICLE: &str = "Ferry sinks off Sundholm\n\nThe ferry Albertine sank on Monday with 212 people on board.\n";
const DRAFT: &str = "The ferry Albertine sank on Monday with 112 people on board.\n";

/// A draft and one source that contradicts it.
fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("sources")).unwrap();
    fs::create_dir(dir.path().join(".git")).unwrap();
    fs::write(dir.path().join("sources/ferry.txt"), ARTICLE).unwrap();
    fs::write(dir.path().join("draft.md"), DRAFT).unwrap();
    // The program may be run by somebody else below.
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).unwrap();
    dir
}

/// The program in that folder, with a cache of its own; `wrapper` is a command that runs it.
fn command(folder: &Path, wrapper: &[&str]) -> Command {
    let program = env!("CARGO_BIN_EXE_copydesk");
    let mut words = wrapper.iter().copied().chain([program]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).current_dir(folder).env("COPYDESK_CACHE", folder.join("cache")).env_remove("COPYDESK_LOG");
    command
}

/// What the program says of the draft, as JSON, and how it ended.
#[track_caller]
fn check(folder: &Path, wrapper: &[&str]) -> (Value, Option<i32>) {
    let out = command(folder, wrapper).args(["check", "draft.md", "--format", "json"]).output().unwrap();
    assert!(!errors(&out).contains("panicked"), "{}", errors(&out));
    let report = serde_json::from_slice(&out.stdout).unwrap_or_else(|error| panic!("{error}: {}", errors(&out)));
    (report, out.status.code())
}

fn errors(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// The one finding there is to be.
#[track_caller]
fn is_found(report: &Value) {
    let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
    let refuted: Vec<&Value> = mentions.iter().filter(|m| m["label"] == "refuted").collect();
    assert!(refuted.len() == 1 && refuted[0]["text"].as_str().unwrap().starts_with("112"), "{report:#}");
}

/// The problem with this path.
#[track_caller]
fn problem(report: &Value, path: &str) -> String {
    let problems = report["sources"]["problems"].as_array().unwrap();
    let found = problems.iter().find(|p| p["path"].as_str().unwrap().contains(path));
    found.unwrap_or_else(|| panic!("nothing of {path}: {problems:?}"))["message"].as_str().unwrap().to_owned()
}

/// Whether a wrapper can be used here at all.
fn works(wrapper: &[&str]) -> bool {
    let works = Command::new(wrapper[0]).args(&wrapper[1..]).arg("true").status().is_ok_and(|status| status.success());
    if !works {
        println!("skipped: {} cannot be used here", wrapper.join(" "));
    }
    works
}

/// As somebody who is not root, to whom permissions mean something.
const AS_NOBODY: [&str; 5] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];

/// Whether the program can be run as that somebody: by root, where it lies where others may run it.
fn nobody_may_run_it() -> bool {
    let is_root = fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
    let mut version = Command::new(AS_NOBODY[0]);
    version.args(&AS_NOBODY[1..]).args([env!("CARGO_BIN_EXE_copydesk"), "--version"]);
    let may = is_root && version.output().is_ok_and(|out| out.status.success());
    if !may {
        println!("skipped: nobody else can be made to run the program here");
    }
    may
}

/// Where somebody may make a small disk, and fill it.
const IN_A_ROOM: [&str; 5] = ["unshare", "--map-root-user", "--mount", "sh", "-c"];

fn can_make_a_disk() -> bool {
    works(&[&IN_A_ROOM[..], &["mount -t tmpfs -o size=16k tmpfs /mnt"]].concat())
}

#[test]
fn without_a_network() {
    const OFFLINE: [&str; 3] = ["unshare", "--map-root-user", "--net"];
    if !works(&OFFLINE) {
        return;
    }
    let desk = desk();
    let (alone, _) = check(desk.path(), &OFFLINE);
    is_found(&alone);
    // What is kept of the sources is nobody else's to read.
    let mode = fs::metadata(desk.path().join("cache")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let (online, code) = check(desk.path(), &[]);
    assert_eq!((&alone["drafts"], code), (&online["drafts"], Some(1)));
    // The server too: it says the same.
    let uri = format!("file://{}", desk.path().join("draft.md").display());
    let messages = [
        serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null, "capabilities": {}}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": DRAFT}}}),
        serde_json::json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 41}}}),
    ];
    let mut server = command(desk.path(), &OFFLINE);
    let mut server = server.args(["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = server.stdin.take().unwrap();
    for message in messages.iter().map(Value::to_string) {
        write!(stdin, "Content-Length: {}\r\n\r\n{message}", message.len()).unwrap();
        // Nothing may be asked before the first is answered.
        thread::sleep(Duration::from_secs(1));
    }
    thread::sleep(Duration::from_secs(3));
    drop(stdin);
    let said = String::from_utf8_lossy(&server.wait_with_output().unwrap().stdout).into_owned();
    assert!(said.contains("212 people") && said.contains("quantity-mismatch"), "{said}");
}

#[test]
fn links_in_a_circle_and_to_nowhere() {
    let desk = desk();
    let sources = desk.path().join("sources");
    symlink(&sources, sources.join("again")).unwrap();
    symlink("loop-b.txt", sources.join("loop-a.txt")).unwrap();
    symlink("loop-a.txt", sources.join("loop-b.txt")).unwrap();
    symlink("/nowhere/at/all.txt", sources.join("gone.txt")).unwrap();
    let (report, code) = check(desk.path(), &[]);
    is_found(&report);
    assert_eq!((report["sources"]["count"].as_u64(), code), (Some(1), Some(1)));
    // A folder that is a link is one that somebody named.
    let other = self::desk();
    fs::remove_dir_all(other.path().join("sources")).unwrap();
    symlink(&sources, other.path().join("sources")).unwrap();
    is_found(&check(other.path(), &[]).0);
    // One that leads round in a circle is said to.
    fs::remove_file(other.path().join("sources")).unwrap();
    symlink("sources", other.path().join("sources")).unwrap();
    let out = command(other.path(), &[]).args(["check", "draft.md", "--sources", "sources"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2), "{}", errors(&out));
    assert!(errors(&out).contains("sources"), "{}", errors(&out));
}

#[test]
fn what_may_not_be_read() {
    if !nobody_may_run_it() {
        return;
    }
    let desk = desk();
    let sources = desk.path().join("sources");
    fs::create_dir(sources.join("private")).unwrap();
    fs::write(sources.join("private/secret.txt"), ARTICLE).unwrap();
    fs::write(sources.join("locked.txt"), ARTICLE).unwrap();
    fs::set_permissions(sources.join("private"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(sources.join("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let (report, _) = check(desk.path(), &AS_NOBODY);
    is_found(&report);
    assert_eq!(problem(&report, "private"), "permission denied");
    assert_eq!(problem(&report, "locked.txt"), "permission denied");
}

#[test]
fn names_that_are_not_utf_8() {
    let desk = desk();
    let sources = desk.path().join("sources");
    let article = ARTICLE.replace("Albertine", "Bettina").replace("212", "96");
    fs::write(sources.join(OsStr::from_bytes(b"f\xe4hre.txt")), article).unwrap();
    fs::create_dir(sources.join(OsStr::from_bytes(b"\xff\xfe"))).unwrap();
    fs::write(sources.join(OsStr::from_bytes(b"\xff\xfe/broken.json")), "{").unwrap();
    fs::write(sources.join("new\nline\u{1b}[31m.txt"), "").unwrap();
    fs::write(desk.path().join("draft.md"), format!("{DRAFT}\nThe ferry Bettina sank on Monday with 97 people on board.\n"))
        .unwrap();
    let (report, _) = check(desk.path(), &[]);
    let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
    assert_eq!(mentions.iter().filter(|m| m["label"] == "refuted").count(), 2, "{report:#}");
    problem(&report, "broken.json");
    // On a terminal a name is no command.
    let out = command(desk.path(), &[]).args(["check", "draft.md"]).output().unwrap();
    assert!(
        !out.stdout.contains(&0x1b) && !out.stderr.contains(&0x1b),
        "{}{}",
        String::from_utf8_lossy(&out.stdout),
        errors(&out)
    );
}

#[test]
fn sources_that_go_away_and_come_back() {
    let desk = desk();
    is_found(&check(desk.path(), &[]).0);
    let away = desk.path().join("unmounted");
    fs::rename(desk.path().join("sources"), &away).unwrap();
    // Nothing is called unsupported for want of a disk.
    let out = command(desk.path(), &[]).args(["check", "draft.md", "--sources", "sources"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(errors(&out).contains("sources: there is no such file or folder"), "{}", errors(&out));
    fs::rename(&away, desk.path().join("sources")).unwrap();
    is_found(&check(desk.path(), &[]).0);
}

#[test]
fn a_cache_that_cannot_be_written() {
    // Not a folder at all: nobody can make one there, not even root.
    let desk = desk();
    fs::write(desk.path().join("cache"), "a file").unwrap();
    let (report, _) = check(desk.path(), &[]);
    is_found(&report);
    assert!(problem(&report, "index").starts_with("the index cannot be kept, so the sources are read at each start: "));
    if !nobody_may_run_it() {
        return;
    }
    // One that is there, but may only be read.
    fs::remove_file(desk.path().join("cache")).unwrap();
    is_found(&check(desk.path(), &[]).0);
    for entry in walkdir::WalkDir::new(desk.path().join("cache")).into_iter().map(Result::unwrap) {
        let mode = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::write(desk.path().join("sources/more.txt"), "It rained on Sundholm.\n").unwrap();
    let (report, _) = check(desk.path(), &AS_NOBODY);
    is_found(&report);
    assert!(problem(&report, "index").starts_with("the index cannot be kept"), "{report:#}");
}

#[test]
fn a_full_disk() {
    if !can_make_a_disk() {
        return;
    }
    let desk = desk();
    fs::create_dir(desk.path().join("cache")).unwrap();
    let many = (0..400).map(|i| format!("The ferry number {i} carried {} people to Sundholm in {}.\n\n", 100 + i, 1600 + i));
    fs::write(desk.path().join("sources/many.txt"), many.collect::<String>()).unwrap();
    for size in ["16k", "200k"] {
        let script = format!("mount -t tmpfs -o size={size} tmpfs cache && exec \"$0\" check draft.md --format json");
        let mut room = Command::new(IN_A_ROOM[0]);
        room.args(&IN_A_ROOM[1..]).args([&script, env!("CARGO_BIN_EXE_copydesk")]);
        let out = room.current_dir(desk.path()).env("COPYDESK_CACHE", desk.path().join("cache")).output().unwrap();
        let report: Value =
            serde_json::from_slice(&out.stdout).unwrap_or_else(|error| panic!("{size}: {error}: {}", errors(&out)));
        is_found(&report);
        let why = problem(&report, "index");
        assert!(why.starts_with("the index cannot be kept"), "{size}: {why}");
    }
    // Output that cannot be written.
    for format in ["text", "json", "html", "sarif", "csv"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let out = command(desk.path(), &[]).args(["check", "draft.md", "--format", format]).stdout(full).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{format}: {}", errors(&out));
        assert!(errors(&out).contains("No space left"), "{format}: {}", errors(&out));
    }
}

/// A ledger that is written by half would lose what was accepted before.
#[test]
fn a_ledger_on_a_full_disk() {
    if !can_make_a_disk() {
        return;
    }
    let desk = desk();
    fs::create_dir(desk.path().join("room")).unwrap();
    let out = command(desk.path(), &[]).args(["check", "draft.md", "--format", "csv"]).output().unwrap();
    let list = String::from_utf8(out.stdout).unwrap().replace('☐', "☑");
    fs::write(desk.path().join("list.csv"), list).unwrap();
    let ledger = "[[stet]]\ntext = \"9\"\nsentence = \"It was 9.\"\nreason = \"by phone\"\n";
    fs::write(desk.path().join("before.toml"), ledger).unwrap();
    let script = "mount -t tmpfs -o size=32k tmpfs room && cp -r sources draft.md room && cp before.toml room/draft.stet.toml && cd room && \
        cat /dev/zero >fill 2>/dev/null; \"$0\" accept draft.md --from ../list.csv; echo ended $?; ls; cmp draft.stet.toml ../before.toml && echo kept; \
        rm fill; \"$0\" accept draft.md --from ../list.csv >&2; grep -c stet draft.stet.toml";
    let mut room = Command::new(IN_A_ROOM[0]);
    room.args(&IN_A_ROOM[1..]).args([script, env!("CARGO_BIN_EXE_copydesk")]);
    let out = room.current_dir(desk.path()).env("COPYDESK_CACHE", desk.path().join("cache")).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(errors(&out).contains("draft.stet.toml: No space left on device"), "{}", errors(&out));
    // Nothing is left lying about; with room again, it works.
    assert!(said.starts_with("ended 2\ndraft.md\ndraft.stet.toml\nfill\nsources\nkept\n"), "{said}");
    assert!(errors(&out).contains("accepted 1"), "{}", errors(&out));
}

/// The folder of the cache is the writer's own too: only what copydesk made is ever deleted there.
#[test]
fn what_is_not_ours_stays() {
    let desk = desk();
    let cache = desk.path().join("cache");
    for name in ["mail", "0123456789abcdef"] {
        fs::create_dir_all(cache.join(name)).unwrap();
        fs::write(cache.join(name).join("lock"), "").unwrap();
        let old = std::time::SystemTime::now() - Duration::from_secs(90 * 24 * 60 * 60);
        fs::File::options().write(true).open(cache.join(name).join("lock")).unwrap().set_modified(old).unwrap();
    }
    is_found(&check(desk.path(), &[]).0);
    assert!(cache.join("mail/lock").exists() && cache.join("0123456789abcdef/lock").exists());
}

/// A draft is written by nobody but its editor.
#[test]
fn drafts_are_not_touched() {
    let desk = desk();
    let draft = desk.path().join("draft.md");
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::metadata(&draft).unwrap().modified().unwrap();
    for args in
        [&["check", "draft.md"][..], &["check", "draft.md", "--format", "html"], &["facts"], &["stages", "evidence", "draft.md"]]
    {
        command(desk.path(), &[]).args(args).output().unwrap();
        assert_eq!(
            (fs::read_to_string(&draft).unwrap(), fs::metadata(&draft).unwrap().modified().unwrap()),
            (DRAFT.into(), before)
        );
    }
}
