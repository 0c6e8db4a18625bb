//! A machine of a search engine that does what it is told: is slow, busy, breaks off, answers nonsense.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::json;

/// The fields of its index.
const MAPPING: &str = r#"{"wire": {"mappings": {"properties": {"id": {"type": "keyword"}, "title": {"type": "text"}, "text": {"type": "text"},
    "date": {"type": "date"}, "author": {"type": "keyword"}, "outlet": {"type": "keyword"}, "url": {"type": "keyword"}}}}}"#;

/// What a server does with a request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers with a status, further heads, and a body.
    Say(u16, &'static str, String),
    /// Answers after a while.
    Late(Duration, String),
    /// Breaks off in the middle.
    Half,
    /// Hangs up.
    Nothing,
}

/// A server, and the requests that it was sent: method, path, `Authorization`, and body.
pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<[String; 4]>>>,
}

impl Server {
    /// Does the acts in turn with searches, the last of them again and again; of the mapping it always tells.
    pub(crate) fn new(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (acts, next) = (Arc::new(acts), Arc::new(AtomicUsize::new(0)));
        thread::spawn({
            let asked = asked.clone();
            move || {
                for stream in listener.incoming().filter_map(Result::ok) {
                    let (asked, acts, next) = (asked.clone(), acts.clone(), next.clone());
                    thread::spawn(move || serve(&stream, &asked, &acts, &next));
                }
            }
        });
        Self { url, asked }
    }

    /// How often it was searched.
    pub(crate) fn searches(&self) -> usize {
        self.asked().iter().filter(|request| request[1].contains("_msearch")).count()
    }

    /// What it was asked.
    pub(crate) fn asked(&self) -> Vec<[String; 4]> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: &TcpStream, asked: &Mutex<Vec<[String; 4]>>, acts: &[Act], next: &AtomicUsize) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if line.trim().is_empty() => break,
                Ok(_) => lines.push(line.trim().to_owned()),
            }
        }
        let head = |name: &str| {
            let found = lines.iter().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
            found.map_or_else(String::new, |(_, value)| value.to_owned())
        };
        let mut body = vec![0; head("content-length").parse().unwrap_or(0)];
        reader.read_exact(&mut body).unwrap();
        let mut first = lines[0].split(' ');
        let (method, path) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
        asked.lock().unwrap().push([method, path.clone(), head("authorization"), String::from_utf8(body).unwrap()]);
        let act = match path.ends_with("/_mapping") {
            true => Act::Say(200, "", MAPPING.to_owned()),
            false => acts[next.fetch_add(1, Ordering::SeqCst).min(acts.len() - 1)].clone(),
        };
        let (status, heads, body) = match act {
            Act::Say(status, heads, body) => (status, heads, body),
            Act::Late(time, body) => {
                thread::sleep(time);
                (200, "", body)
            }
            Act::Half => {
                let mut stream = stream;
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{{\"responses\": [");
                return drop(stream.shutdown(std::net::Shutdown::Both));
            }
            Act::Nothing => return drop(stream.shutdown(std::net::Shutdown::Both)),
        };
        let mut stream = stream;
        if write!(stream, "HTTP/1.1 {status} X\r\n{heads}Content-Length: {}\r\n\r\n{body}", body.len()).is_err() {
            return;
        }
    }
}

/// An answer with one article to each of `count` questions.
pub(crate) fn found(count: usize) -> String {
    let hit = json!({"_id": "1", "_score": 1.0, "_source": {"id": "1", "title": "Ferry sinks", "text": "The ferry sank on Monday.",
        "outlet": "The Courier", "date": "2026-03-02"}});
    let one = json!({"status": 200, "timed_out": false, "_shards": {"total": 2, "failed": 0}, "hits": {"hits": [hit]}});
    json!({"responses": vec![one; count]}).to_string()
}
