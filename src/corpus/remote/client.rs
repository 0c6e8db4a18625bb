//! Speaks HTTP with the machines of a cluster: one after another until one answers, with pauses where they are too busy.

use std::{
    env, fs, io,
    io::Read as _,
    process::{Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use serde_json::Value;
use ureq::{
    Agent, Body,
    config::Config,
    http::{Method, Request, Response, header},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use crate::{
    corpus::engine::{Auth, Engine, Node},
    text::brief,
};

/// How long it may take to connect.
const CONNECT: Duration = Duration::from_secs(3);

/// How often all machines are tried.
const ROUNDS: u32 = 4;

/// The pause after the first round; it doubles.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest pause that a machine may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// After how long a connection is not used again: what lies between may have closed it.
const IDLE: Duration = Duration::from_secs(20);

/// The most bytes of an answer, unpacked.
const LARGEST: u64 = 128 << 20;

/// The most that is shown of what a machine says, in bytes.
const SAID: usize = 200;

/// How long a program may take to give a secret.
const SECRET: Duration = Duration::from_secs(20);

/// A request to any machine.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    /// What follows the address of the machine.
    pub(super) path: &'a str,
    /// JSON, or JSON lines; empty for none.
    pub(super) body: &'a [u8],
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What a machine answered instead, if one did and it would be in vain to ask again.
    pub(super) status: Option<u16>,
    /// What is wrong, for people.
    pub(super) message: String,
}

/// The machines of a cluster.
pub(super) struct Client {
    machines: Vec<Machine>,
    /// The one that answered last.
    first: AtomicUsize,
    timeout: Duration,
    /// How many requests were sent.
    sent: AtomicUsize,
}

struct Machine {
    node: Node,
    agent: OnceLock<Result<Agent, String>>,
    /// The value of `Authorization`, once it is known.
    secret: Mutex<Option<String>>,
}

/// What came of asking one machine.
enum Outcome {
    Answer(Value),
    /// It is too busy; it may say for how long.
    Busy(String, Option<Duration>),
    /// It does not answer, or nothing that can be understood.
    Down(String),
    /// It answers, and would answer the same again.
    No(Fault),
}

impl Client {
    pub(super) fn new(engine: &Engine) -> Self {
        let machines = engine
            .nodes
            .iter()
            .map(|node| Machine { node: node.clone(), agent: OnceLock::new(), secret: Mutex::default() })
            .collect();
        let timeout = Duration::from_secs(engine.timeout.into());
        Self { machines, first: AtomicUsize::new(0), timeout, sent: AtomicUsize::new(0) }
    }

    /// How many requests were sent.
    pub(super) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Asks the machines in turn, that which answered last first.
    pub(super) fn ask(&self, ask: &Ask<'_>) -> Result<Value, Fault> {
        let end = Instant::now() + self.timeout;
        let mut said = Vec::new();
        for round in 0..ROUNDS {
            let mut pause = PAUSE * (1 << round);
            said.clear();
            let first = self.first.load(Ordering::Relaxed);
            for i in 0..self.machines.len() {
                let at = (first + i) % self.machines.len();
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                // One that hangs leaves time for those behind it.
                let share = left / (self.machines.len() - i) as u32;
                let machine = &self.machines[at];
                self.sent.fetch_add(1, Ordering::Relaxed);
                let why = match machine.ask(ask, share) {
                    Outcome::Answer(answer) => {
                        self.first.store(at, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Outcome::No(fault) => return Err(fault),
                    Outcome::Busy(why, wanted) => {
                        pause = pause.max(wanted.unwrap_or_default().min(LONGEST_PAUSE));
                        why
                    }
                    Outcome::Down(why) => why,
                };
                tracing::debug!("{}{}: {why}", machine.node.url, ask.path);
                said.push(format!("{}: {why}", machine.node.url));
            }
            // Not all who were sent away come back at once.
            let pause = pause.mul_f32(1.0 + jitter());
            if round + 1 == ROUNDS || Instant::now() + pause >= end {
                break;
            }
            thread::sleep(pause);
        }
        said.truncate(3);
        let message = if said.is_empty() { format!("no answer within {:.0?}", self.timeout) } else { said.join("; ") };
        Err(Fault { status: None, message })
    }
}

/// Between 0 and 1, and seldom the same for two programs.
fn jitter() -> f32 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    (now.subsec_nanos() % 1000) as f32 / 1000.0
}

impl Machine {
    fn ask(&self, ask: &Ask<'_>, left: Duration) -> Outcome {
        let end = Instant::now() + left;
        let agent = match self.agent.get_or_init(|| agent(&self.node)) {
            Ok(agent) => agent,
            Err(why) => return Outcome::No(Fault { status: None, message: why.clone() }),
        };
        let mut is_stale = false;
        loop {
            let secret = match self.secret(is_stale) {
                Ok(secret) => secret,
                Err(why) => return Outcome::No(Fault { status: None, message: format!("{}: {why}", self.node.url) }),
            };
            let left = end.saturating_duration_since(Instant::now());
            match self.send(agent, ask, secret.as_deref(), left) {
                // What a program gives may have expired since it was last asked.
                Outcome::No(Fault { status: Some(401), .. }) if secret.is_some() && !is_stale => is_stale = true,
                outcome => return outcome,
            }
        }
    }

    fn send(&self, agent: &Agent, ask: &Ask<'_>, secret: Option<&str>, left: Duration) -> Outcome {
        let mut request = Request::builder().method(ask.method.clone()).uri(format!("{}{}", self.node.url, ask.path));
        if !ask.body.is_empty() {
            let kind = if ask.path.contains("/_msearch") || ask.path.contains("/_bulk") {
                "application/x-ndjson"
            } else {
                "application/json"
            };
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(secret) = secret {
            request = request.header(header::AUTHORIZATION, secret);
        }
        let sent = match request.body(ask.body) {
            Ok(request) => {
                let request = agent.configure_request(request).timeout_global(Some(left)).build();
                agent.run(request)
            }
            Err(error) => return Outcome::No(Fault { status: None, message: format!("{}: {error}", self.node.url) }),
        };
        match sent.and_then(read) {
            Ok(answer) => self.judged(answer),
            Err(error) => Outcome::Down(reason(&error, left)),
        }
    }

    fn judged(&self, Raw { status, pause, body }: Raw) -> Outcome {
        let json = serde_json::from_slice::<Value>(&body);
        let said = match &json {
            Ok(json) => said(json),
            Err(_) => None,
        };
        let told = || {
            let said = said.clone().unwrap_or_else(|| brief(&String::from_utf8_lossy(&body), SAID));
            if said.is_empty() { format!("it answers {status}") } else { format!("it answers {status}: {said}") }
        };
        match status {
            200..300 => match json {
                Ok(json) => Outcome::Answer(json),
                Err(_) => Outcome::Down("it answers something else than JSON".into()),
            },
            429 | 503 => Outcome::Busy(format!("it is too busy ({status})"), pause),
            300..400 | 500.. => Outcome::Down(told()),
            _ => Outcome::No(Fault { status: Some(status), message: format!("{}: {}", self.node.url, told()) }),
        }
    }

    /// The value of `Authorization`, got anew if it `is_stale`.
    fn secret(&self, is_stale: bool) -> Result<Option<String>, String> {
        let Some(auth) = &self.node.auth else { return Ok(None) };
        let mut known = self.secret.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() || is_stale {
            *known = Some(get(auth)?);
        }
        Ok(known.clone())
    }
}

/// An answer as it came.
struct Raw {
    status: u16,
    pause: Option<Duration>,
    body: Vec<u8>,
}

fn read(mut response: Response<Body>) -> Result<Raw, ureq::Error> {
    let status = response.status().as_u16();
    let pause = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let body = response.body_mut().with_config().limit(LARGEST).read_to_vec()?;
    Ok(Raw { status, pause: pause.map(Duration::from_secs), body })
}

fn agent(node: &Node) -> Result<Agent, String> {
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECT))
        .max_idle_age(IDLE)
        .user_agent(concat!("copydesk/", env!("CARGO_PKG_VERSION")))
        .accept("application/json");
    let config = match &node.certificates {
        None => config,
        Some(path) => {
            let told = |why: String| format!("the certificates for {}: {}: {why}", node.url, path.display());
            let pem = fs::read(path).map_err(|error| told(error.to_string()))?;
            let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
                .filter_map(|item| if let Ok(PemItem::Certificate(one)) = item { Some(one) } else { None })
                .collect();
            if certificates.is_empty() {
                return Err(told("there is none in it".into()));
            }
            config.tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&certificates)).build())
        }
    };
    Ok(config.build().new_agent())
}

/// Gets a secret from where it is.
fn get(auth: &Auth) -> Result<String, String> {
    let (from, secret) = match auth {
        Auth::Variable(name) => {
            let secret = env::var(name).map_err(|_| format!("the variable {name}, which holds its secret, is not set"))?;
            (name, secret)
        }
        Auth::Command(command) => (&command[0], printed(command)?),
    };
    let secret = secret.trim().to_owned();
    if secret.is_empty() || secret.chars().any(|c| c.is_control()) {
        return Err(format!("{from} gives no value for the header Authorization"));
    }
    Ok(secret)
}

/// What a program prints. What it complains of is not shown: a secret may be in it.
fn printed(command: &[String]) -> Result<String, String> {
    let (program, arguments) = command.split_first().ok_or("no command is named")?;
    let failed = |why: &dyn std::fmt::Display| format!("{program}, which gives its secret, failed: {why}");
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&error))?;
    let out = child.stdout.take();
    let reader = thread::spawn(move || {
        let mut text = String::new();
        out.map_or(Ok(0), |out| out.take(64 << 10).read_to_string(&mut text)).map(|_| text)
    });
    let end = Instant::now() + SECRET;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(10)),
            Ok(None) => {
                let _ = child.kill().and_then(|()| child.wait());
                return Err(failed(&format!("it takes longer than {SECRET:.0?}")));
            }
            Err(error) => return Err(failed(&error)),
        }
    };
    if !status.success() {
        return Err(failed(&status));
    }
    match reader.join() {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(error)) => Err(failed(&error)),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// What an engine says is wrong.
pub(super) fn said(json: &Value) -> Option<String> {
    let error = json.get("error").or_else(|| json.get("message"))?;
    let cause = error["root_cause"].get(0).and_then(|cause| cause["reason"].as_str());
    let reason = error["reason"].as_str().or(cause).or(error.as_str())?;
    Some(brief(reason, SAID))
}

/// What an error means, in a few words.
fn reason(error: &ureq::Error, left: Duration) -> String {
    use ureq::{Error, Timeout};
    match error {
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => format!("no connection within {:.0?}", CONNECT.min(left)),
        Error::Timeout(_) => format!("no answer within {left:.0?}"),
        Error::BodyExceedsLimit(_) => format!("its answer is larger than {} MB", LARGEST >> 20),
        Error::HostNotFound => "there is no such host".into(),
        Error::Rustls(why) => format!("the connection is not secure: {why}"),
        Error::Io(why) => match why.kind() {
            io::ErrorKind::ConnectionRefused => "the connection was refused".into(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                "the connection broke off".into()
            }
            _ => format!("no connection: {why}"),
        },
        why => format!("it cannot be understood: {why}"),
    }
}
