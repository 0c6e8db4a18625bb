//! Fetches an article from the web: the only use of the network there is, and only for an address that the writer has given.
//!
//! What lies at the other end is not trusted: it is read within limits of time and size, and neither the address nor what it redirects
//! to may lead into the writer's own network. That is checked on the very address that is connected to.

mod address;
mod kind;
#[cfg(test)]
mod tests;

use std::{
    fmt::Display,
    io,
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

use ureq::{
    Agent, Body,
    config::Config,
    http::{Response, StatusCode, Uri, header},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

/// What a fetch may cost, and where it may lead.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may take to connect.
    pub connect: Duration,
    /// How long it may take in all, with all redirects.
    pub whole: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// The most bytes that are read, unpacked.
    pub bytes: u64,
    /// Whether addresses of this machine and of its network are allowed.
    pub private: bool,
}

/// The longest address that is taken, in bytes.
const LONGEST: usize = 4096;

/// Who asks.
const USER_AGENT: &str = concat!("copydesk/", env!("CARGO_PKG_VERSION"));

/// What is asked for.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5";

/// What was fetched.
#[derive(Debug)]
pub struct Fetched {
    /// Where it was found in the end, without a fragment.
    pub address: String,
    /// The ending of a file with this content.
    pub ending: String,
    /// As it was sent, unpacked.
    pub bytes: Vec<u8>,
    /// The same in UTF-8, where the server says that the text is encoded otherwise.
    pub decoded: Option<Vec<u8>>,
}

/// Whether an argument is an address rather than a file.
#[must_use]
pub fn is_address(argument: &str) -> bool {
    argument.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Fetches what lies at an address. `is_read` says of the ending of a file whether files of that kind are of use.
///
/// # Errors
/// If there is nothing of use: why, in a few words.
pub fn fetch(address: &str, limits: &Limits, is_read: impl Fn(&str) -> bool) -> Result<Fetched, String> {
    fetch_where(address, limits, is_read, if limits.private { |_| true } else { address::is_public })
}

/// Fetches from addresses that are `allowed`, and from no others.
fn fetch_where(
    address: &str,
    limits: &Limits,
    is_read: impl Fn(&str) -> bool,
    allowed: fn(IpAddr) -> bool,
) -> Result<Fetched, String> {
    let mut url = checked(Url::parse(address.trim()).map_err(|error| format!("this is no address: {error}"))?)?;
    let end = Instant::now() + limits.whole;
    let agent = agent(limits, allowed);
    for _ in 0..=limits.redirects {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(too_slow(limits));
        }
        let request = agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| reason(error, limits))?;
        if let Some(next) = redirect(&response) {
            url = follow(&url, next)?;
            continue;
        }
        return read(url, response, limits, is_read);
    }
    Err(format!("it redirects more than {} times", limits.redirects))
}

/// The address without its fragment, if it may be asked for.
fn checked(mut url: Url) -> Result<Url, String> {
    url.set_fragment(None);
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("only http and https are fetched, not {}", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("addresses with a user name or a password in them are not fetched".into());
    }
    if url.as_str().len() > LONGEST {
        return Err(format!("the address is longer than {LONGEST} characters"));
    }
    Ok(url)
}

fn follow(from: &Url, location: &str) -> Result<Url, String> {
    let told = |why: String| format!("it redirects, but {why}");
    let next = from.join(location).map_err(|error| told(format!("not to an address: {error}")))?;
    let next = checked(next).map_err(told)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err("it redirects from https to http, where anyone on the way could change it".into());
    }
    Ok(next)
}

fn redirect(response: &Response<Body>) -> Option<&str> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    response.headers().get(header::LOCATION).filter(|_| moved)?.to_str().ok()
}

fn read(url: Url, mut response: Response<Body>, limits: &Limits, is_read: impl Fn(&str) -> bool) -> Result<Fetched, String> {
    let status = response.status();
    if status != StatusCode::OK && status != StatusCode::NON_AUTHORITATIVE_INFORMATION {
        return Err(format!("the server answers {status}"));
    }
    let head = |name| response.headers().get(name).and_then(|v: &header::HeaderValue| v.to_str().ok()).unwrap_or_default();
    // What the client can unpack, it has taken out of the head.
    let packed = head(header::CONTENT_ENCODING).trim();
    if !packed.is_empty() && !packed.eq_ignore_ascii_case("identity") {
        return Err(format!("it is packed as {packed:?}, which is not read"));
    }
    let content_type = head(header::CONTENT_TYPE).to_owned();
    let ending = kind::ending(&content_type, url.path())?;
    if !is_read(&ending) {
        return Err(format!("files of this kind (.{ending}) are not read"));
    }
    if response.body().content_length().is_some_and(|length| length > limits.bytes) {
        return Err(too_large(limits));
    }
    let bytes = response.body_mut().with_config().limit(limits.bytes).read_to_vec().map_err(|error| reason(error, limits))?;
    let is_text = matches!(ending.as_str(), "html" | "htm" | "txt" | "md" | "markdown" | "vtt" | "srt");
    let decoded = match kind::decoded(&content_type, &bytes) {
        std::borrow::Cow::Owned(decoded) if is_text => Some(decoded),
        _ => None,
    };
    Ok(Fetched { address: url.into(), ending, bytes, decoded })
}

fn agent(limits: &Limits, allowed: fn(IpAddr) -> bool) -> Agent {
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(limits.connect))
        .user_agent(USER_AGENT)
        .accept(ACCEPT)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Guarded { allowed, lookup: DefaultResolver::default() })
}

/// Looks up where a host lies, and gives only addresses that may be connected to. Nothing looks it up again.
#[derive(Debug)]
struct Guarded {
    allowed: fn(IpAddr) -> bool,
    lookup: DefaultResolver,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        found.iter().filter(|at: &&SocketAddr| (self.allowed)(at.ip())).for_each(|at| allowed.push(*at));
        if allowed.is_empty() {
            let host = uri.host().unwrap_or_default();
            let message =
                format!("{host} is an address of this machine or of a private network (--allow-private fetches from there)");
            return Err(ureq::Error::Other(message.into()));
        }
        Ok(allowed)
    }
}

fn too_large(limits: &Limits) -> String {
    match limits.bytes >> 20 {
        0 => format!("it is larger than {} bytes", limits.bytes),
        megabytes => format!("it is larger than {megabytes} MB"),
    }
}

fn too_slow(limits: &Limits) -> String {
    format!("it takes longer than {:.0?}", limits.whole)
}

/// What an error means, in a few words.
fn reason(error: ureq::Error, limits: &Limits) -> String {
    use ureq::{Error, Timeout};
    let said = |what: &str, why: &dyn Display| format!("{what}: {why}");
    match error {
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            format!("no connection within {:.0?}", limits.connect.min(limits.whole))
        }
        Error::Timeout(_) => too_slow(limits),
        Error::BodyExceedsLimit(_) => too_large(limits),
        Error::HostNotFound => "there is no such host".into(),
        Error::Other(why) => why.to_string(),
        Error::Rustls(why) => said("the connection is not secure", &why),
        Error::Decompress(_, why) => said("damaged", &why),
        Error::Io(why) => match why.kind() {
            io::ErrorKind::ConnectionRefused => "the connection was refused".into(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => "the connection broke off".into(),
            _ => said("no connection", &why),
        },
        why => said("the server cannot be understood", &why),
    }
}
