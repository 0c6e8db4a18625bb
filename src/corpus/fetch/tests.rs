//! Fetches from a server in the test itself.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use super::*;

/// A server that answers the request for a path with what `answer` writes. It ends with the program.
fn serve(answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let answer = std::sync::Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = answer.clone();
            thread::spawn(move || {
                let mut stream = stream?;
                let mut lines = BufReader::new(stream.try_clone()?).lines();
                let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
                let mut agent = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line.is_empty() {
                        break;
                    }
                    if line.to_ascii_lowercase().starts_with("user-agent:") {
                        agent = line;
                    }
                }
                assert!(agent.ends_with(USER_AGENT), "{agent}");
                answer(first.split(' ').nth(1).unwrap_or_default(), &mut stream)
            });
        }
    });
    at
}

fn limits() -> Limits {
    Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(5), redirects: 5, bytes: 100_000, private: true }
}

fn get(address: &str, limits: &Limits) -> Result<Fetched, String> {
    fetch(address, limits, |ending| matches!(ending, "html" | "txt"))
}

/// The whole answer with this head and body.
fn answer(status: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// What the server of the test has at its paths.
fn at(path: &str) -> Vec<u8> {
    let to = |location: &str| answer("302 Found", &format!("Location: {location}\r\n"), b"");
    let packed = |bytes: &[u8]| answer("200 OK", &format!("{HTML}Content-Encoding: gzip\r\n"), &gzip(bytes));
    match path.split_once('?').map_or(path, |(path, _)| path) {
        "/page" => answer("200 OK", HTML, "<p>Fünf".as_bytes()),
        "/latin" => answer("200 OK", "Content-Type: text/html; charset=ISO-8859-1\r\n", b"<p>F\xfcnf"),
        "/packed" => packed(b"<p>Five"),
        "/bomb" => packed(&vec![b'a'; 3_000_000]),
        "/broken" => answer("200 OK", &format!("{HTML}Content-Encoding: gzip\r\n"), b"\x1f\x8bnonsense"),
        "/brotli" => answer("200 OK", &format!("{HTML}Content-Encoding: br\r\n"), b"x"),
        "/picture" => answer("200 OK", "Content-Type: image/png\r\n", b"x"),
        "/report" => answer("200 OK", "Content-Type: application/pdf\r\n", b"x"),
        "/large" => answer("200 OK", HTML, &vec![b'a'; 100_001]),
        "/largest" => answer("200 OK", HTML, &vec![b'a'; 100_000]),
        "/gone" => answer("410 Gone", HTML, b"<p>Gone"),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\nabc".to_vec(),
        "/noise" => b"what?\r\n\r\n".to_vec(),
        "/5" => to("/4"),
        "/6" => to("5"),
        "/4" => to("/3#part"),
        "/3" => to("2"),
        "/2" => to("./1"),
        "/1" => to("/page"),
        "/loop" => to("/loop"),
        "/file" => to("file:///etc/passwd"),
        "/nowhere" => to("http://"),
        "/secret" => to("http://user:word@127.0.0.1/"),
        _ => answer("404 Not Found", HTML, b"<p>Not found"),
    }
}

#[test]
fn what_a_server_may_send() {
    let server = serve(|path, stream| stream.write_all(&at(path)));
    let text = |path: &str| {
        let page = get(&format!("{server}{path}"), &limits()).unwrap();
        assert_eq!(page.ending, "html");
        String::from_utf8(page.decoded.unwrap_or(page.bytes)).unwrap()
    };
    assert_eq!(text("/page"), "<p>Fünf");
    assert_eq!(text("/latin"), "<p>Fünf");
    assert_eq!(text("/packed"), "<p>Five");
    assert_eq!(text("/largest").len(), 100_000);
    let page = get(&format!("{server}/5#top"), &limits()).unwrap();
    assert_eq!(page.address, format!("{server}/page"));
    // What is said last is what was asked for.
    assert_eq!(get(&format!(" {server}/page?id=1#top"), &limits()).unwrap().address, format!("{server}/page?id=1"));
}

#[test]
fn what_is_refused() {
    let server = serve(|path, stream| stream.write_all(&at(path)));
    for (path, expect) in [
        ("/other", "the server answers 404 Not Found"),
        ("/gone", "the server answers 410 Gone"),
        ("/picture", "this is image/png, which is not read"),
        ("/report", "files of this kind (.pdf) are not read"),
        ("/large", "it is larger than 100000 bytes"),
        ("/bomb", "it is larger than 100000 bytes"),
        ("/brotli", "it is packed as \"br\", which is not read"),
        ("/broken", "damaged: "),
        ("/cut", "the connection broke off"),
        ("/noise", "the server cannot be understood: "),
        ("/6", "it redirects more than 5 times"),
        ("/loop", "it redirects more than 5 times"),
        ("/file", "it redirects, but only http and https are fetched, not file"),
        ("/nowhere", "it redirects, but not to an address: "),
        ("/secret", "it redirects, but addresses with a user name or a password in them are not fetched"),
    ] {
        let why = get(&format!("{server}{path}"), &limits()).unwrap_err();
        assert!(why.starts_with(expect), "{path}: {why}");
    }
}

#[test]
fn what_takes_too_long() {
    // A head a byte at a time, a body without an end, and silence.
    let server = serve(|path, stream| {
        let endless = path == "/endless";
        if path == "/head" {
            stream.write_all(b"HTTP/1.1 200 OK\r\nServer: ")?;
        }
        if endless || path == "/trickle" {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")?;
        }
        if path == "/silent" {
            thread::sleep(Duration::from_secs(20));
            return Ok(());
        }
        loop {
            stream.write_all(if endless { &[b'a'; 4096] } else { b"a" })?;
            thread::sleep(Duration::from_millis(if endless { 1 } else { 20 }));
        }
    });
    let short = Limits { whole: Duration::from_millis(600), ..limits() };
    for path in ["/silent", "/head", "/trickle"] {
        let start = Instant::now();
        assert_eq!(get(&format!("{server}{path}"), &short).unwrap_err(), "it takes longer than 600ms", "{path}");
        assert!(start.elapsed() < Duration::from_secs(4));
    }
    assert_eq!(get(&format!("{server}/endless"), &limits()).unwrap_err(), "it is larger than 100000 bytes");
    // The time is that of all redirects together.
    let slow = serve(|path, stream| {
        thread::sleep(Duration::from_millis(250));
        stream.write_all(&at(path))
    });
    assert_eq!(get(&format!("{slow}/5"), &short).unwrap_err(), "it takes longer than 600ms");
}

#[test]
fn private_addresses_are_not_asked() {
    let server = serve(|_, _| panic!("nobody was to ask"));
    let port = server.rsplit(':').next().unwrap().to_owned();
    let closed = Limits { private: false, ..limits() };
    for host in
        ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"]
    {
        let why = get(&format!("http://{host}:{port}/"), &closed).unwrap_err();
        assert!(why.contains("of this machine or of a private network"), "{host}: {why}");
    }
}

#[test]
fn redirects_are_checked() {
    let join = |from: &str, to: &str| follow(&Url::parse(from).unwrap(), to).map(String::from);
    assert_eq!(join("https://a.test/b/c?d", "../e#f").as_deref(), Ok("https://a.test/e"));
    assert_eq!(join("http://a.test/", "https://b.test/ü x").as_deref(), Ok("https://b.test/%C3%BC%20x"));
    assert_eq!(join("https://a.test/", "//b.test/").as_deref(), Ok("https://b.test/"));
    assert!(join("https://a.test/", "http://a.test/").unwrap_err().contains("from https to http"));
    assert!(join("https://a.test/", "javascript:1").unwrap_err().contains("not javascript"));
    // The first of two hosts is allowed, the one it redirects to is not.
    let server = serve(|path, stream| {
        assert_eq!(path, "/in");
        stream.write_all(&answer("302 Found", "Location: http://127.0.0.2:9/\r\n", b""))
    });
    let here = |address: IpAddr| address == IpAddr::from([127, 0, 0, 1]);
    let why = fetch_where(&format!("{server}/in"), &limits(), |_| true, here).unwrap_err();
    assert!(why.starts_with("127.0.0.2 is an address of this machine"), "{why}");
}

#[test]
fn addresses() {
    for yes in ["https://a.test", "http://a.test/b", "HTTP://A", "ftp://a.test", "file:///etc/passwd"] {
        assert!(is_address(yes), "{yes}");
    }
    for no in ["a.html", "./http/a.txt", "c://a", "http:/a", "a b://c"] {
        assert!(!is_address(no), "{no}");
    }
    let why = |address: &str| get(address, &limits()).unwrap_err();
    assert_eq!(why("ftp://a.test"), "only http and https are fetched, not ftp");
    assert!(why("http://").starts_with("this is no address: "));
    assert!(why("http://user:word@a.test/").contains("password"));
    assert!(why(&format!("http://a.test/{}", "a".repeat(5000))).contains("longer than 4096"));
}
