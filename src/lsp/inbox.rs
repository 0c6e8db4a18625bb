//! What comes from the client, before tower-lsp sees it: tower-lsp ends at the first message it cannot decode, and takes a lone
//! surrogate or an unknown header for one. Here such a message is mended or dropped, and the server lives.

use std::{
    borrow::Cow,
    io::{self, BufRead, Read as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use serde::Deserialize;
use tokio::{
    io::{AsyncWriteExt as _, DuplexStream},
    runtime::Handle,
};
use tower_lsp::jsonrpc::{Request, Response};

/// Bytes on their way from the thread that reads to tower-lsp.
const PIPE: usize = 64 << 10;

/// No message is larger, in bytes; what says so is garbage.
const LARGEST: usize = 1 << 30;

/// A message as tower-lsp decodes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    #[allow(dead_code, reason = "only that it can be decoded matters")]
    Response(Response),
    Request(Request),
}

/// What is fit to be read of what the client sends.
pub(super) struct Inbox {
    /// The messages. They end where the client's do.
    pub(super) messages: DuplexStream,
    /// Set when the client ends the server without having asked it to shut down.
    pub(super) is_rude: Arc<AtomicBool>,
}

/// Starts a thread that reads the client's messages.
pub(super) fn start<R: io::Read>(runtime: Handle, input: impl FnOnce() -> R + Send + 'static) -> Inbox {
    let (mut pipe, messages) = tokio::io::duplex(PIPE);
    let is_rude = Arc::new(AtomicBool::new(false));
    let inbox = Inbox { messages, is_rude: is_rude.clone() };
    // A thread of its own, not a task: it cannot be stopped while it waits, and the process need not wait for it.
    thread::spawn(move || {
        let mut input = io::BufReader::new(input());
        let mut has_shut_down = false;
        while let Some(body) = read(&mut input) {
            let Some((body, message)) = mend(&body) else { continue };
            if let Message::Request(request) = &message {
                has_shut_down |= request.method() == "shutdown";
                is_rude.store(request.method() == "exit" && !has_shut_down, Ordering::Relaxed);
            }
            let header = format!("Content-Length: {}\r\n\r\n", body.len());
            let sent = runtime.block_on(async {
                pipe.write_all(header.as_bytes()).await?;
                pipe.write_all(body.as_bytes()).await
            });
            if sent.is_err() {
                return;
            }
        }
    });
    inbox
}

/// The body of the next message; `None` at the end of the input. Lines that are no header are skipped.
fn read(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        match (line.split_once(':'), length) {
            (Some((name, value)), _) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok().filter(|length| *length <= LARGEST);
            }
            (None, Some(length)) if line.trim().is_empty() => {
                let mut body = Vec::new();
                input.take(length as u64).read_to_end(&mut body).ok()?;
                return (body.len() == length).then_some(body);
            }
            _ => {}
        }
    }
}

/// A message that tower-lsp can decode; `None` if this is none. Bytes that are not UTF-8 and lone surrogates become U+FFFD, which is
/// as long in UTF-16.
fn mend(body: &[u8]) -> Option<(Cow<'_, str>, Message)> {
    let mut text = String::from_utf8_lossy(body);
    let mut result = serde_json::from_str::<Message>(&text);
    if result.is_err() {
        text = Cow::Owned(without_lone_surrogates(&text));
        result = serde_json::from_str(&text);
    }
    match result {
        Ok(message) => Some((text, message)),
        Err(error) => {
            tracing::warn!("dropped a message of {} bytes that is none of the protocol's: {error}", body.len());
            None
        }
    }
}

/// JSON in which each escape of half a surrogate pair, like `\ud83d` alone, is `\ufffd`.
fn without_lone_surrogates(json: &str) -> String {
    // The number of the escape at the start of some text.
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (first, second) = (unit(rest), rest.get(6..).and_then(unit));
        let length = match (first, second) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // Any other escape: the backslash and what follows it.
            _ => rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bodies of the messages in a stream.
    fn bodies(mut stream: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| read(&mut stream)).map(|body| String::from_utf8(body).unwrap()).collect()
    }

    #[test]
    fn reads_messages_between_garbage() {
        assert_eq!(bodies(b"Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]"), ["{}", "[1]"]);
        assert_eq!(bodies(b"content-length:2\nX: y\nContent-Type: application/vscode-jsonrpc\n\n{}"), ["{}"]);
        assert_eq!(bodies(b"hello\r\n\r\n\xff\r\nContent-Length: x\r\n\r\nContent-Length: 2\r\n\r\n{}"), ["{}"]);
        assert_eq!(bodies(b"Content-Length: 99999999999999999999\r\n\r\nContent-Length: 0\r\n\r\n"), [""]);
        // Cut short.
        assert!(bodies(b"Content-Length: 9\r\n\r\n{}").is_empty());
        assert!(bodies(b"Content-Length: 2").is_empty());
    }

    #[test]
    fn mends_what_can_be_mended() {
        let message = |text: &str| format!(r#"{{"jsonrpc":"2.0","method":"m","params":["{text}"]}}"#);
        let good = message(r"\ud83d\ude00 \\ud83d \n");
        let mended = |body: &[u8]| mend(body).map(|(text, _)| text.into_owned());
        assert_eq!(mended(good.as_bytes()).unwrap(), good);
        assert_eq!(mended(message(r"\ud83d, \ude00\ud83d\\").as_bytes()).unwrap(), message(r"\ufffd, \ufffd\ufffd\\"));
        let mut bytes = message("a").into_bytes();
        let at = bytes.iter().rposition(|b| *b == b'a').unwrap();
        bytes[at] = 0xff;
        assert_eq!(mended(&bytes).unwrap(), message("\u{fffd}"));
        for bad in ["", "{", "[]", "{}", r#"{"id":1}"#, r#"{"jsonrpc":"1.0","method":"m"}"#, r#""\ud83d"#, r"\", r"\u12"] {
            assert!(mend(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
