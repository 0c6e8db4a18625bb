//! `copydesk add` as it is run, against a server in the test itself.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    thread,
};

struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs `copydesk` in `folder`.
#[track_caller]
fn run(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    // No proxy is asked, whatever the environment says.
    command.env_remove("COPYDESK_LOG").env("http_proxy", "http://127.0.0.1:9").env("ALL_PROXY", "http://127.0.0.1:9");
    let output = command.current_dir(folder).args(args).stdin(Stdio::null()).output().unwrap();
    let run = Run {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    // The search for sources ends here.
    fs::create_dir(dir.path().join(".git")).unwrap();
    dir
}

/// A page with an article below this headline.
fn page(title: &str, deaths: &str) -> String {
    let attribute = title.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let paragraph =
        "The river rose through the night, and the levee at Mill Street gave way before dawn, officials said on Monday.";
    format!(
        "<html><head><title>{attribute}</title><meta property='og:title' content=\"{attribute}\"><meta property='og:site_name' \
         content='The Orlen Courier'><meta property='article:published_time' content='2026-03-09T08:00:00Z'><meta name='author' \
         content='Jo Roe'></head><body><nav><a href='/'>Home</a></nav><article><h1>{attribute}</h1><p>{paragraph}</p><p>Boats took \
         37 people from their roofs; {deaths}, the mayor, Ana Lind, told the Courier.</p><p>*Nobody* knew [how] it began, she \
         said. {paragraph}</p></article></body></html>"
    )
}

/// A server with pages at their paths: a status, a type, a body; a redirect has its target for a body.
fn serve(pages: Vec<(&'static str, &'static str, &'static str, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let path = first.split(' ').nth(1).unwrap_or_default();
            let missing = ("", "404 Not Found", "text/html", "<p>Not found".to_owned());
            let (_, status, kind, body) = pages.iter().find(|p| p.0 == path).unwrap_or(&missing);
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nLocation: {body}\r\n");
            let head = if status.starts_with('3') { head } else { head.replace(&format!("Location: {body}\r\n"), "") };
            let _ = write!(stream, "{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        }
    });
    at
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const TITLE: &str = "Levee breach floods Orlen Falls";
const NAME: &str = "2026-03-09-levee-breach-floods-orlen-falls.md";

#[test]
fn an_article_becomes_a_source() {
    let dir = folder();
    let server = serve(vec![
        ("/flood", "200 OK", "text/html; charset=utf-8", page(TITLE, "nobody died")),
        ("/short", "301 Moved Permanently", "text/html", "/flood".into()),
    ]);
    let first = run(dir.path(), &["add", "--allow-private", &format!("{server}/short#top")]);
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{}", first.out);
    assert_eq!(first.out, format!("kept sources/{NAME}: {TITLE} (2026-03-09, The Orlen Courier)\n"));
    let text = fs::read_to_string(dir.path().join("sources").join(NAME)).unwrap();
    let head = format!(
        "---\ntitle: \"{TITLE}\"\nauthor: \"Jo Roe\"\noutlet: \"The Orlen Courier\"\ndate: 2026-03-09\nurl: \"{server}/flood\"\nretrieved: 20"
    );
    assert!(text.starts_with(&head), "{text}");
    assert!(text.contains(&format!("\n---\n\n# {TITLE}\n\nThe river rose")) && !text.contains("Home"), "{text}");
    assert!(text.contains("\n\\*Nobody* knew \\[how] it began"), "{text}");
    let original = fs::read_to_string(dir.path().join("sources/.originals").join(NAME).with_extension("html")).unwrap();
    assert_eq!(original, page(TITLE, "nobody died"));

    // From the address it was found at.
    let again = run(dir.path(), &["add", "--allow-private", &format!("{server}/flood")]);
    assert_eq!(again.out, format!("unchanged sources/{NAME}: {TITLE} (2026-03-09, The Orlen Courier)\n"));
    assert_eq!(fs::read_to_string(dir.path().join("sources").join(NAME)).unwrap(), text);
    assert_eq!(names(&dir.path().join("sources")), [".originals", NAME]);

    // The original is no source, and the copy is read as it was meant.
    fs::write(dir.path().join("draft.md"), "Boats took 73 people from their roofs, Ana Lind said.\n").unwrap();
    let check = run(dir.path(), &["check", "draft.md", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!((check.code, &report["sources"]["count"]), (1, &1.into()), "{}", check.out);
    let evidence = &report["drafts"][0]["mentions"][0]["evidence"][0];
    assert_eq!((&evidence["title"], &evidence["published"]), (&TITLE.into(), &"2026-03-09".into()));
}

#[test]
fn a_changed_article_replaces_its_copy() {
    let dir = folder();
    fs::create_dir(dir.path().join("sources")).unwrap();
    fs::create_dir(dir.path().join("drafts")).unwrap();
    let add = |server: &str| run(&dir.path().join("drafts"), &["add", "--allow-private", server]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/a", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (stream, deaths) in listener.incoming().zip(["nobody died", "one man died"]) {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let body = page(TITLE, deaths);
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n{body}");
        }
    });
    assert!(add(&address).out.starts_with("kept "));
    let second = add(&address);
    assert!(second.out.starts_with("updated "), "{}{}", second.out, second.err);
    // The sources that apply are those above.
    assert_eq!(names(&dir.path().join("sources")), [".originals", NAME]);
    assert!(fs::read_to_string(dir.path().join("sources").join(NAME)).unwrap().contains("one man died"));
}

#[test]
fn what_fails_holds_nothing_else_up() {
    let dir = folder();
    let server = serve(vec![
        ("/flood", "200 OK", "text/html; charset=utf-8", page(TITLE, "nobody died")),
        ("/empty", "200 OK", "text/html", "<html><body><nav><a href='/'>Home</a></nav></body></html>".into()),
        ("/picture", "200 OK", "image/png", "x".into()),
        ("/loop", "302 Found", "text/html", "/loop".into()),
    ]);
    let at = |path: &str| format!("{server}{path}");
    let all =
        [at("/empty"), at("/picture"), at("/loop"), at("/none"), at("/flood"), "no.html".into(), "file:///etc/passwd".into()];
    let args: Vec<&str> = ["add", "--to", "kept", "--allow-private"].into_iter().chain(all.iter().map(String::as_str)).collect();
    let mixed = run(dir.path(), &args);
    assert_eq!(mixed.code, 2);
    assert_eq!(mixed.out, format!("kept kept/{NAME}: {TITLE} (2026-03-09, The Orlen Courier)\n"));
    let expect = [
        "/empty: the page holds no article",
        "/picture: this is image/png, which is not read",
        "/loop: it redirects more than 5 times",
        "/none: the server answers 404 Not Found",
        "no.html: there is no such file or folder",
        "only http and https are fetched, not file",
    ];
    assert_eq!(mixed.err.lines().count(), expect.len(), "{}", mixed.err);
    for (line, expect) in mixed.err.lines().zip(expect) {
        assert!(line.starts_with("copydesk: ") && line.ends_with(expect), "{line}");
    }
    // Without leave, nothing of this machine is asked.
    let refused = run(dir.path(), &["add", &at("/flood")]);
    assert!(refused.code == 2 && refused.err.contains("--allow-private"), "{}", refused.err);
    assert_eq!(names(dir.path()), [".git", "kept"]);
}

#[test]
fn headlines_cannot_break_out() {
    for (title, shown, name) in [
        ("“No”: \"the board's\" answer", "“No”: \"the board's\" answer", "2026-03-09-no-the-boards-answer.md"),
        ("---", "---", "2026-03-09.md"),
        ("../../x: # y", "../../x: # y", "2026-03-09-x-y.md"),
        ("One\nurl: http://evil.test\n---\nTwo", "One url: http://evil.test --- Two", "2026-03-09-one-url-http-evil-test-two.md"),
        ("🌊 Flood 👩\u{200d}👧", "🌊 Flood 👩\u{200d}👧", "2026-03-09-flood.md"),
        ("Fl\u{202e}ood", "Fl\u{fffd}ood", "2026-03-09-fl-ood.md"),
    ] {
        let dir = folder();
        let server = serve(vec![("/a", "200 OK", "text/html; charset=utf-8", page(title, "nobody died"))]);
        let added = run(dir.path(), &["add", "--allow-private", &format!("{server}/a")]);
        assert_eq!(added.out, format!("kept sources/{name}: {shown} (2026-03-09, The Orlen Courier)\n"), "{}", added.err);
        let text = fs::read_to_string(dir.path().join("sources").join(name)).unwrap();
        assert_eq!(text.lines().take(8).filter(|l| *l == "---").count(), 2, "{text}");
        assert!(text.lines().nth(5).unwrap().starts_with("url: \"http://127.0.0.1"), "{text}");
    }
}

#[test]
fn files_are_kept_the_same_way() {
    let dir = folder();
    let story = "Ferry Runs Aground\n\nBy Jane Roe\n\nMarch 3, 2025\n\nThe ferry ran aground on Monday. *All* forty were brought ashore.\n";
    fs::write(dir.path().join("story.txt"), story).unwrap();
    fs::write(dir.path().join("notes.md"), "---\ntitle: Notes\ndate: 2025-03-04\n---\n\n- *Forty* came ashore.\n").unwrap();
    fs::write(dir.path().join("picture.png"), "x").unwrap();
    let added = run(dir.path(), &["add", "story.txt", "notes.md", "picture.png"]);
    assert_eq!(added.code, 2);
    assert_eq!(
        added.out,
        "kept sources/2025-03-03-ferry-runs-aground.md: Ferry Runs Aground (2025-03-03)\nkept sources/2025-03-04-notes.md: Notes (2025-03-04)\n"
    );
    assert_eq!(added.err, "copydesk: picture.png: files of this kind are not read\n");
    let read = |name: &str| fs::read_to_string(dir.path().join("sources").join(name)).unwrap();
    assert!(read("2025-03-03-ferry-runs-aground.md").ends_with(
        "\n---\n\n# Ferry Runs Aground\n\n## By Jane Roe\n\nMarch 3, 2025\n\nThe ferry ran aground on Monday. \\*All* forty were brought ashore.\n"
    ));
    assert!(read("2025-03-03-ferry-runs-aground.md").contains("\nauthor: \"Jane Roe\"\n"));
    assert!(read("2025-03-04-notes.md").ends_with("\n---\n\n- *Forty* came ashore.\n"));
    assert_eq!(read(".originals/2025-03-03-ferry-runs-aground.txt"), story);
    assert!(run(dir.path(), &["add", "story.txt"]).out.starts_with("unchanged "));
    let inside = run(dir.path(), &["add", "sources/2025-03-04-notes.md"]);
    assert!(inside.code == 2 && inside.err.ends_with("it lies among the sources already\n"), "{}", inside.err);
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder();
    fs::write(dir.path().join("story.txt"), "Ferry Runs Aground\n\nThe ferry ran aground.\n").unwrap();
    let sources = dir.path().join("sources");
    fs::create_dir(&sources).unwrap();
    fs::set_permissions(&sources, fs::Permissions::from_mode(0o555)).unwrap();
    // Nothing is closed to root.
    if fs::write(sources.join("a"), "").is_err() {
        let added = run(dir.path(), &["add", "story.txt"]);
        assert!(added.code == 2 && added.err.contains("permission denied"), "{}", added.err);
        assert!(names(&sources).is_empty());
    }
    fs::set_permissions(&sources, fs::Permissions::from_mode(0o755)).unwrap();
    let added = run(dir.path(), &["add", "story.txt", "--to", "story.txt"]);
    assert!(added.code == 2 && added.err.contains("story.txt: "), "{}", added.err);
}
