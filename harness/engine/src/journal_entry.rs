//! What was sent over the network, as it is published: in the journal of a session, and in HAR files.
//!
//! Nothing here holds a credential: values that are not known to be harmless are `redacted`.

use marslab_state::exchange::Answered;
use marslab_state::{Exchange, JournalEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One exchange or connection attempt on the network, or what the administrator of a session did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// When, in true time of the simulated world (RFC 3339).
    pub at: String,
    /// Who was asked: a host, or a proxy's address. `administrator` for what was done in the session.
    pub to: String,
    /// What: `CONNECT login.windows.net:443`, `dial 20.190.128.1:443`; `operate backup`.
    pub what: String,
    /// What came of it: a status, or how it failed.
    pub answer: String,
    /// The HTTP exchange, where it was one, or would have been one if it had not failed before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Http>,
}

/// An HTTP exchange, without credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Http {
    /// When it began, in true time of the simulated world (RFC 3339).
    pub began: String,
    /// How long it took, in microseconds of the simulated world.
    pub microseconds: u64,
    /// The method; of what failed before there was a request, the lab's own word for it (`DIAL`, `RESOLVE`, `TLS`).
    pub method: String,
    /// The URL. Of most parameters the value is `redacted`.
    pub url: String,
    /// `HTTP/1.1`; empty where there was no request.
    pub version: String,
    /// The headers of the request.
    pub headers: Vec<Header>,
    /// The length of the request's body.
    pub body_bytes: usize,
    /// The response, if one arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
}

/// A header. Its value, or a part of it, is `redacted` where it is not known to be harmless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// The answer of a server or proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Response {
    /// `HTTP/1.1`.
    pub version: String,
    /// The status.
    pub status: u16,
    /// The reason behind the status.
    pub reason: String,
    /// The headers.
    pub headers: Vec<Header>,
    /// The length of the body.
    pub body_bytes: usize,
    /// The beginning of the body, where it is known to hold no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl From<JournalEntry> for Entry {
    fn from(said: JournalEntry) -> Self {
        let JournalEntry { at, to, what, answer, exchange } = said;
        let exchange = exchange.map(|exchange| {
            let took = at.duration_since(exchange.began).as_micros();
            Http::of(*exchange, u64::try_from(took).unwrap_or_default())
        });
        Self { at: at.to_string(), to, what, answer, exchange }
    }
}

impl Http {
    fn of(exchange: Exchange, microseconds: u64) -> Self {
        Self {
            began: exchange.began.to_string(),
            microseconds,
            method: exchange.method,
            url: exchange.url,
            version: exchange.version.to_owned(),
            headers: headers(exchange.head.lines()),
            body_bytes: exchange.bytes,
            response: exchange.answer.as_deref().map(Response::of),
        }
    }
}

impl Response {
    fn of(answer: &Answered) -> Self {
        Self {
            version: answer.version.to_owned(),
            status: answer.status,
            reason: answer.reason.clone(),
            headers: headers(answer.head.lines()),
            body_bytes: answer.bytes,
            text: answer.text.clone(),
        }
    }
}

fn headers<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Header> {
    let header =
        |(name, value): (&str, &str)| Header { name: name.to_owned(), value: value.to_owned() };
    lines.map(header).collect()
}
