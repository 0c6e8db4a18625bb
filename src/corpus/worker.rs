//! Reads files that are not to be trusted in processes of their own: what hangs, crashes or wants all memory costs one file, never the
//! program.
//!
//! The process is the program itself with a hidden subcommand. `main` says where the program is (`set_program`); where nobody has said so,
//! as in the tests of the library, whose own program knows no such subcommand, everything is read in this process.
//!
//! A worker reads one file after another: on its standard input the number of the kind, the length in eight bytes, little-endian, and the
//! bytes of the file; on its standard output the length in the same way and JSON. It ends with its input, and by itself when one file
//! takes it too long, so that none is left over if the program is killed.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{self, Child, Command, Stdio},
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::extract::{self, Extracted, Kind};
use crate::{document::Meta, text::Problem};

/// The subcommand of a worker.
pub const SUBCOMMAND: &str = "extract-worker";

/// How long the reading of one file may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most memory of a worker, in bytes, where the system can bound it.
const MEMORY: u64 = 1 << 30;
/// How long a worker without work is kept.
const IDLE: Duration = Duration::from_secs(20);
/// The longest answer, in bytes.
const LONGEST: u64 = 256 << 20;

/// The kinds that are read here, by their number.
const KINDS: [Kind; 4] = [Kind::Word, Kind::OpenDocument, Kind::Epub, Kind::Pdf];

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Workers that wait for work.
static POOL: Mutex<Pool> = Mutex::new(Pool { idle: Vec::new(), tended: false });

struct Pool {
    /// Each with the time since when it waits.
    idle: Vec<(Worker, Instant)>,
    /// Whether a thread looks after them.
    tended: bool,
}

/// Says which program serves as the worker: this one. Only the first call counts.
pub fn set_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// Reads in this process. Files of these kinds hold one text.
fn here(kind: Kind, bytes: &[u8]) -> Result<Extracted, String> {
    extract::extract(kind, bytes, &extract::Fields::default()).map(|mut texts| texts.swap_remove(0))
}

/// As `extract::extract` for a kind whose files hold one text, in another process if the kind is risky.
///
/// # Errors
/// If there is no text in it, or if it cannot be read: why, in a few words.
pub fn extract(kind: Kind, bytes: &[u8]) -> Result<Extracted, String> {
    match (PROGRAM.get(), KINDS.iter().position(|k| *k == kind)) {
        (Some(program), Some(number)) if kind.is_risky() => {
            let idle = pool().idle.pop();
            let mut worker = match idle {
                Some((worker, _)) => worker,
                None => {
                    let mut command = Command::new(program);
                    command.arg(SUBCOMMAND);
                    // Else the allocator asks for as much address space in advance as the worker may have in all (in KiB).
                    command.env("MIMALLOC_ARENA_RESERVE", "32768");
                    Worker::start(command).map_err(|error| format!("its reader could not be started: {error}"))?
                }
            };
            let read = worker.read(number as u8, bytes, PATIENCE);
            if worker.is_sound {
                keep(worker);
            }
            read
        }
        _ => here(kind, bytes),
    }
}

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a worker for the next file, for a while: one that has read a large file holds its memory.
fn keep(worker: Worker) {
    let mut pool = pool();
    pool.idle.push((worker, Instant::now()));
    if !std::mem::replace(&mut pool.tended, true) {
        thread::spawn(tend);
    }
}

/// Ends workers that wait for too long, as long as there are any.
fn tend() {
    loop {
        thread::sleep(IDLE / 4);
        let mut pool = pool();
        pool.idle.retain(|(_, since)| since.elapsed() < IDLE);
        if pool.idle.is_empty() {
            pool.tended = false;
            return;
        }
    }
}

/// A process that reads files.
struct Worker {
    child: Child,
    work: Sender<(u8, Vec<u8>)>,
    answers: Receiver<io::Result<Vec<u8>>>,
    /// The end of what it wrote to standard error.
    last_words: Option<thread::JoinHandle<Vec<u8>>>,
    /// Whether it can read another file.
    is_sound: bool,
}

impl Worker {
    fn start(mut command: Command) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let absent = || io::Error::from(io::ErrorKind::BrokenPipe);
        let mut input = child.stdin.take().ok_or_else(absent)?;
        let mut output = child.stdout.take().ok_or_else(absent)?;
        let mut errors = child.stderr.take().ok_or_else(absent)?;
        let (work, to_do) = mpsc::channel::<(u8, Vec<u8>)>();
        let (answer, answers) = mpsc::channel();
        // Nobody can be kept waiting here: a worker that takes no input or ends in the middle is killed, and this thread ends with it.
        thread::spawn(move || {
            for (kind, bytes) in to_do {
                let mut exchange = || {
                    input.write_all(&[kind])?;
                    send(&mut input, &bytes)?;
                    receive(&mut output, LONGEST)
                };
                let read = exchange();
                let done = read.is_err();
                if answer.send(read).is_err() || done {
                    return;
                }
            }
        });
        let last_words = thread::spawn(move || {
            let (mut tail, mut part) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = errors.read(&mut part) {
                tail.extend_from_slice(&part[..count]);
                tail.drain(..tail.len().saturating_sub(4096));
            }
            tail
        });
        Ok(Self { child, work, answers, last_words: Some(last_words), is_sound: true })
    }

    fn read(&mut self, kind: u8, bytes: &[u8], patience: Duration) -> Result<Extracted, String> {
        self.is_sound = false;
        let sent = self.work.send((kind, bytes.to_vec()));
        let answer = sent.map_err(|_| RecvTimeoutError::Disconnected).and_then(|()| self.answers.recv_timeout(patience));
        match answer {
            Ok(Ok(answer)) => match serde_json::from_slice(&answer) {
                Ok(answer) => {
                    self.is_sound = true;
                    of_json(&answer)
                }
                Err(_) => Err("its reader crashed".into()),
            },
            Err(RecvTimeoutError::Timeout) => Err(format!("reading it took longer than {} seconds", patience.as_secs())),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.end().into()),
        }
    }

    /// Why it ended.
    fn end(&mut self) -> &'static str {
        let _ = self.child.kill();
        let status = self.child.wait();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        if words.contains("memory allocation of") {
            "reading it needs too much memory"
        } else if status.is_ok_and(|status| status.code() == Some(TIRED)) {
            "reading it took too long"
        } else {
            "its reader crashed"
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The exit code of a worker that gave up.
const TIRED: i32 = 3;

/// Is a worker: reads files from standard input until it ends.
///
/// # Errors
/// If standard input or output fails.
pub fn serve() -> io::Result<()> {
    bound();
    // What goes wrong is said in the answer.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let watch = watch();
    loop {
        let mut kind = [0];
        if input.read(&mut kind)? == 0 {
            return Ok(());
        }
        let bytes = receive(&mut input, u64::MAX)?;
        let _ = watch.send(true);
        let read = match KINDS.get(usize::from(kind[0])) {
            Some(kind) => here(*kind, &bytes),
            None => Err("files of this kind are not read".into()),
        };
        let _ = watch.send(false);
        send(&mut output, to_json(&read).to_string().as_bytes())?;
    }
}

/// Ends this process when one file takes it longer than the program waits for it: the program may have been killed. `true` starts the
/// clock, `false` stops it.
fn watch() -> Sender<bool> {
    let (send, states) = mpsc::channel();
    thread::spawn(move || {
        let mut running = false;
        loop {
            let state = if running { states.recv_timeout(PATIENCE * 2) } else { states.recv().map_err(Into::into) };
            match state {
                Ok(state) => running = state,
                Err(RecvTimeoutError::Timeout) => process::exit(TIRED),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    send
}

/// Bounds the memory of this process, and has it leave no dump of it if it crashes.
#[cfg(unix)]
fn bound() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Core, 0)] {
        // Where the system knows no such bound, the time is bounded all the same.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn bound() {}

fn send(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

fn receive(from: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    let count = from.take(length.min(most)).read_to_end(&mut bytes)?;
    if count as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn to_json(read: &Result<Extracted, String>) -> Value {
    match read {
        Err(why) => json!({ "error": why }),
        Ok(read) => {
            let meta = &read.meta;
            json!({
                "text": read.text,
                "title": meta.title,
                "byline": meta.byline,
                "outlet": meta.outlet,
                "published": meta.published.map(|date| date.to_string()),
                "url": meta.url,
                "problems": read.problems.iter().map(|p| &p.message).collect::<Vec<_>>(),
            })
        }
    }
}

fn of_json(answer: &Value) -> Result<Extracted, String> {
    let said = |key: &str| answer[key].as_str().map(str::to_owned);
    if let Some(why) = said("error") {
        return Err(why);
    }
    let meta = Meta {
        title: said("title"),
        byline: said("byline"),
        outlet: said("outlet"),
        published: said("published").and_then(|date| date.parse().ok()),
        url: said("url"),
        ..Meta::default()
    };
    let problems = answer["problems"].as_array().into_iter().flatten().filter_map(Value::as_str).map(Problem::new).collect();
    Ok(Extracted { text: said("text").unwrap_or_default(), meta, problems, part: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_risky_kind_has_a_number() {
        for kind in [Kind::Html, Kind::Mail, Kind::Captions, Kind::Word, Kind::OpenDocument, Kind::Rtf, Kind::Epub, Kind::Pdf] {
            assert_eq!(KINDS.contains(&kind), kind.is_risky(), "{kind:?}");
        }
    }

    #[test]
    fn an_answer_is_what_was_read() {
        let meta = Meta {
            title: Some("Ferry".into()),
            published: Some(jiff::civil::date(2026, 3, 12)),
            url: Some("https://a.example".into()),
            ..Meta::default()
        };
        let read = Ok(Extracted {
            text: "“Closed”\n".into(),
            meta,
            problems: vec![Problem::new("A page is missing.".to_owned())],
            part: None,
        });
        assert_eq!(of_json(&to_json(&read)), read);
        let refused = Err("protected by a password".to_owned());
        assert_eq!(of_json(&to_json(&refused)), refused);
    }

    /// What becomes of a file whose reader does this.
    #[cfg(unix)]
    #[track_caller]
    fn check(script: &str, expect: &str) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let mut worker = Worker::start(command).unwrap();
        // More than a pipe holds: a reader that takes no input must not hold up the program.
        let read = worker.read(0, &[0; 200_000], Duration::from_secs(2));
        assert_eq!(read.unwrap_err(), expect);
        assert!(!worker.is_sound);
    }

    #[cfg(unix)]
    #[test]
    fn readers_that_fail() {
        check("exec sleep 60", "reading it took longer than 2 seconds");
        check("cat > /dev/null; exec sleep 60", "reading it took longer than 2 seconds");
        check("exit 0", "its reader crashed");
        check("kill -s SEGV $$", "its reader crashed");
        check("echo 'memory allocation of 4096 bytes failed' >&2; kill -s ABRT $$", "reading it needs too much memory");
        check("head -c 200009 > /dev/null; printf '\\003\\0\\0\\0\\0\\0\\0\\0...'", "its reader crashed");
    }
}
