//! An HTTP exchange as the journal keeps it: enough for a HAR, without credentials.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `redact` | which values of headers and of parameters are kept: those that are known to hold no secret |
//!
//! A proxy makes tens of thousands a second. So a head is a single text, which is written once and parsed only when it
//! is shown.

mod redact;

use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, Version};
use jiff::Timestamp;

pub use redact::REDACTED;

/// A request and its result, or a step that failed before the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When it began (true time).
    pub began: Timestamp,
    /// The method; for a failed step the lab's own word (`DIAL`, `RESOLVE`, `TLS`).
    pub method: String,
    /// What was asked for, as an absolute URL. Values of parameters are redacted, except those of a few.
    pub url: String,
    /// `HTTP/1.1`; empty where there was no request.
    pub version: &'static str,
    /// The headers of the request.
    pub head: Head,
    /// The length of the request's body.
    pub bytes: usize,
    /// The answer; `None` if none came.
    pub answer: Option<Arc<Answered>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// `HTTP/1.1`.
    pub version: &'static str,
    /// The status.
    pub status: u16,
    /// The reason behind it.
    pub reason: String,
    /// The headers.
    pub head: Head,
    /// The length of the body.
    pub bytes: usize,
    /// The beginning of the body, at most [`TEXT_BYTES_MAX`] of it, where it may be shown.
    pub text: Option<String>,
}

/// Headers in their order, redacted; what goes beyond [`HEAD_BYTES_MAX`] is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head(String);

/// Whether the journal may keep the body of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// It is known to hold no secret: a proxy's own page, a probe's text, a refusal.
    Shown,
    /// It is a token, a certificate, or not known to be neither.
    Withheld,
}

impl Exchange {
    /// A request that the server or proxy `to` (`host:port`) has received over `scheme`.
    pub fn of<B>(
        began: Timestamp,
        scheme: &str,
        to: impl Display,
        request: &Request<B>,
        bytes: usize,
    ) -> Self {
        Self {
            began,
            method: bounded(request.method().as_str()),
            url: match *request.method() {
                // It has no URL; this is what a tunnel is wanted for in practice.
                Method::CONNECT => redact::url("https", &to.to_string(), "/", None),
                _ => {
                    let uri = request.uri();
                    redact::url(scheme, &to.to_string(), uri.path(), uri.query())
                }
            },
            version: version(request.version()),
            head: Head::of(request.headers()),
            bytes,
            answer: None,
        }
    }

    /// Something that failed before there could be a request: `what` is the lab's own word for it, `to` is `host:port`.
    pub fn failed(began: Timestamp, what: &str, to: &str) -> Self {
        let scheme = match to.rsplit_once(':') {
            Some((_, "443")) => "https",
            Some((_, "80")) => "http",
            _ => "tcp",
        };
        Self {
            began,
            method: what.to_owned(),
            url: redact::url(scheme, to, "/", None),
            version: "",
            head: Head::default(),
            bytes: 0,
            answer: None,
        }
    }

    /// With its answer.
    #[must_use]
    pub fn answered(self, response: &Response<Bytes>, text: Text) -> Self {
        let body = response.body();
        let answer = Answered {
            version: version(response.version()),
            status: response.status().as_u16(),
            reason: response.status().canonical_reason().unwrap_or_default().to_owned(),
            head: Head::of(response.headers()),
            bytes: body.len(),
            text: shown(body, text),
        };
        Self { answer: Some(Arc::new(answer)), ..self }
    }

    /// Adds an answer, given as the bytes on the wire, head and body. Bytes that are not HTTP are ignored.
    #[must_use]
    pub fn answered_with(self, wire: &[u8], text: Text) -> Self {
        Self { answer: Answered::read(wire, text).map(Arc::new), ..self }
    }

    /// The same for one who often gives the same answer: what was read of it last is not read again.
    #[must_use]
    pub fn answered_again(self, last: &LastAnswer, wire: &[u8], text: Text) -> Self {
        Self { answer: last.read(wire, text), ..self }
    }

    /// With the length of an answer's body of which only the beginning was given.
    #[must_use]
    pub fn of_bytes(mut self, bytes: usize) -> Self {
        if let Some(answer) = &mut self.answer {
            Arc::make_mut(answer).bytes = bytes;
        }
        self
    }

    /// About how much memory it takes.
    pub(crate) fn weight(&self) -> usize {
        let answer = self.answer.as_ref().map_or(0, |answer| {
            answer.head.0.len() + answer.reason.len() + answer.text.as_ref().map_or(0, String::len)
        });
        size_of::<Self>() + self.url.len() + self.head.0.len() + answer
    }
}

/// The last answer of one server or proxy that may be shown, and what was read of it.
#[derive(Debug, Default)]
pub struct LastAnswer(Mutex<Option<(Vec<u8>, Arc<Answered>)>>);

impl LastAnswer {
    fn read(&self, wire: &[u8], text: Text) -> Option<Arc<Answered>> {
        if text == Text::Withheld || wire.len() > HEAD_BYTES_MAX + TEXT_BYTES_MAX {
            return Answered::read(wire, text).map(Arc::new);
        }
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = last.as_ref().filter(|(bytes, _)| bytes == wire) {
            return Some(Arc::clone(known));
        }
        let answer = Arc::new(Answered::read(wire, text)?);
        *last = Some((wire.to_vec(), Arc::clone(&answer)));
        Some(answer)
    }
}

impl Answered {
    fn read(wire: &[u8], text: Text) -> Option<Self> {
        let (line, mut rest) = line(wire)?;
        let mut words = std::str::from_utf8(line).ok()?.splitn(3, ' ');
        let (version, status) = (words.next()?, words.next()?.parse().ok()?);
        let mut kept = Head::with_room();
        let body = loop {
            let (line, after) = self::line(rest)?;
            if line.is_empty() {
                break after;
            }
            let (name, value) = line.split_at_checked(line.iter().position(|it| *it == b':')?)?;
            kept.add(std::str::from_utf8(name).ok()?, value.get(1..)?.trim_ascii());
            rest = after;
        };
        Some(Self {
            version: if version == "HTTP/1.0" { "HTTP/1.0" } else { "HTTP/1.1" },
            status,
            reason: bounded(words.next().unwrap_or_default()),
            head: kept,
            bytes: body.len(),
            text: shown(body, text),
        })
    }
}

impl Head {
    fn with_room() -> Self {
        Self(String::with_capacity(HEAD_BYTES_USUAL))
    }

    fn of(headers: &HeaderMap) -> Self {
        let mut head = Self::with_room();
        for (name, value) in headers {
            head.add(name.as_str(), value.as_bytes());
        }
        head
    }

    fn add(&mut self, name: &str, value: &[u8]) {
        if self.0.len() + name.len() + value.len() > HEAD_BYTES_MAX {
            return;
        }
        self.0.push_str(name);
        self.0.push_str(": ");
        redact::push_value(&mut self.0, name, value);
        self.0.push('\n');
    }

    /// The name and value of each header.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.lines().filter_map(|line| line.split_once(": "))
    }
}

fn version(of: Version) -> &'static str {
    if of == Version::HTTP_10 { "HTTP/1.0" } else { "HTTP/1.1" }
}

/// The beginning of a body; `None` if it is not text.
fn shown(body: &[u8], text: Text) -> Option<String> {
    if text == Text::Withheld || body.is_empty() {
        return None;
    }
    let body = body.get(..TEXT_BYTES_MAX).unwrap_or(body);
    match std::str::from_utf8(body) {
        Ok(text) => Some(text.to_owned()),
        // A character may have been cut in two.
        Err(error) if error.error_len().is_none() => {
            let whole = body.get(..error.valid_up_to()).unwrap_or_default();
            Some(String::from_utf8_lossy(whole).into_owned())
        }
        Err(_) => None,
    }
}

/// A word of a client or a server, which may be of any length.
fn bounded(text: &str) -> String {
    if text.len() <= WORD_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(WORD_CHARS_MAX).collect()
}

/// The first line, without its end, and what comes after it; `None` if it has no end.
fn line(wire: &[u8]) -> Option<(&[u8], &[u8])> {
    let (line, rest) = wire.split_at_checked(wire.iter().position(|byte| *byte == b'\n')?)?;
    Some((line.strip_suffix(b"\r").unwrap_or(line), rest.get(1..)?))
}

/// The heads of stock clients and proxies have some 500 bytes.
pub const HEAD_BYTES_MAX: usize = 2 << 10;

/// The longest page of Squid has some 4,000.
pub const TEXT_BYTES_MAX: usize = 4 << 10;

/// Room for the head of a stock client or proxy.
const HEAD_BYTES_USUAL: usize = 512;

/// Methods and reasons have some ten.
const WORD_CHARS_MAX: usize = 64;

#[cfg(test)]
mod tests;
