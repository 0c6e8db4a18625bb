//! What goes to the client: whole messages, in order, written by a thread of its own. A client that is slow to read holds nobody up.

use std::{
    io::{self, Write},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    task::{Context, Poll},
    thread::{self, JoinHandle},
};

use tokio::io::AsyncWrite;

/// While a client has more messages than this to read, of the diagnostics of one draft it gets the newest alone.
const MANY: usize = 16;

/// The way to the client. tower-lsp writes its messages into it, each in one piece; what has been put into words already goes past it.
#[derive(Clone)]
pub(super) struct Outlet {
    sender: Sender<Message>,
    /// How many diagnostics wait to be written.
    waiting: Backlog,
}

/// How far behind a client is with its reading.
#[derive(Clone, Default)]
pub(super) struct Backlog(Arc<AtomicUsize>);

impl Backlog {
    /// Whether the client is so far behind that it gets the newest diagnostics alone.
    pub(super) fn is_long(&self) -> bool {
        self.0.load(Ordering::Relaxed) > MANY
    }
}

enum Message {
    /// With its header.
    Framed(Vec<u8>),
    /// The diagnostics of a draft, without a header.
    Published { uri: Arc<str>, body: Arc<String> },
}

impl Outlet {
    /// Starts the thread that writes. It ends when the outlet and its clones are gone.
    pub(super) fn new(out: impl Write + Send + 'static) -> (Self, JoinHandle<()>) {
        let (sender, messages) = channel();
        let waiting = Backlog::default();
        let written = waiting.clone();
        (Self { sender, waiting }, thread::spawn(move || write(&messages, out, &written)))
    }

    /// How far behind the client is.
    pub(super) fn backlog(&self) -> Backlog {
        self.waiting.clone()
    }

    /// Sends the diagnostics of a draft: the body of a message.
    pub(super) fn publish(&self, uri: Arc<str>, body: Arc<String>) {
        // The thread ends when the client is gone.
        self.waiting.0.fetch_add(1, Ordering::Relaxed);
        let _ = self.sender.send(Message::Published { uri, body });
    }
}

fn write(messages: &Receiver<Message>, mut out: impl Write, backlog: &Backlog) {
    while let Ok(first) = messages.recv() {
        let waiting: Vec<Message> = std::iter::once(first).chain(messages.try_iter()).collect();
        let many = waiting.len() > MANY;
        for (i, message) in waiting.iter().enumerate() {
            let written = match message {
                Message::Framed(bytes) => out.write_all(bytes),
                Message::Published { uri, .. } if many && is_overtaken(uri, &waiting[i + 1..]) => Ok(()),
                Message::Published { body, .. } => {
                    write!(out, "Content-Length: {}\r\n\r\n", body.len()).and_then(|()| out.write_all(body.as_bytes()))
                }
            };
            if written.is_err() {
                return;
            }
            if matches!(message, Message::Published { .. }) {
                backlog.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        if out.flush().is_err() {
            return;
        }
    }
}

/// Whether the diagnostics of this draft follow once more.
fn is_overtaken(draft: &str, later: &[Message]) -> bool {
    later.iter().any(|m| matches!(m, Message::Published { uri, .. } if **uri == *draft))
}

impl AsyncWrite for Outlet {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = self.sender.send(Message::Framed(bytes.to_vec()));
        Poll::Ready(sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Pipe(Arc<Mutex<Vec<u8>>>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn all_of_a_few_and_the_newest_of_many() {
        for (count, written) in [(3, 3), (2_000, 1)] {
            let pipe = Pipe::default();
            // Held up until all is sent.
            let gate = pipe.0.lock().unwrap();
            let (outlet, thread) = Outlet::new(pipe.clone());
            outlet.publish("a".into(), Arc::new("first".to_owned()));
            thread::sleep(std::time::Duration::from_millis(20));
            (0..count).for_each(|i| outlet.publish("a".into(), Arc::new(format!("body {i}"))));
            drop((outlet, gate));
            thread.join().unwrap();
            let text = String::from_utf8(pipe.0.lock().unwrap().clone()).unwrap();
            assert_eq!(text.matches("body ").count(), written);
            assert!(text.ends_with(&format!("body {}", count - 1)));
        }
    }
}
