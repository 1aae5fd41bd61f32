//! The answers of each product, as templates: one file per product in `products/`.
//!
//! A file has named *heads*, which are header lines with placeholders in braces, and *answers*, which give the status
//! line, the head and what happens next for each situation. A product that treats a situation like a more general one
//! leaves it out. The files are parsed once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use http::Method;
use marslab_model::Name;
use serde::Deserialize;

/// A product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Product {
    summary: String,
    /// The default realm.
    #[serde(default = "squids_realm")]
    pub(super) realm: String,
    /// Replacements for challenges.
    #[serde(default)]
    challenges: Challenges,
    /// The answer that opens a tunnel; a bare 200 if absent.
    pub(super) established: Option<AnswerTemplate>,
    /// Whether the connection is closed after each answer of a server.
    #[serde(default)]
    pub(super) closes_after_passing: bool,
    /// The least length of its pages, in bytes.
    #[serde(default)]
    pub(super) page_bytes: u32,
    /// Whether its pages are in the language that a client asks for.
    #[serde(default)]
    pub(super) speaks_languages: bool,
    /// The ports to which it opens tunnels; all if empty.
    #[serde(default)]
    tunnels_to: Vec<u16>,
    /// The first and last of the ports to which it connects; all if empty.
    #[serde(default)]
    connects_to: Vec<[u16; 2]>,
    /// Whether it loses the backslashes in a user name of Digest with MD5.
    #[serde(default)]
    pub(super) loses_backslashes: bool,
    heads: BTreeMap<String, Vec<Line>>,
    answers: BTreeMap<Situation, AnswerTemplate>,
}

/// How a product writes challenges.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Challenges {
    /// The challenges that it sends for Negotiate.
    #[serde(default)]
    negotiate: Vec<String>,
}

/// The answer in one situation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AnswerTemplate {
    /// The status code and the reason phrase.
    pub(super) status: String,
    /// The HTTP version.
    #[serde(default)]
    pub(super) version: Version,
    /// The name of its head.
    pub(super) head: String,
    /// The name of its head if it answers a CONNECT that was admitted.
    pub(super) tunnel_head: Option<String>,
    /// The product's name of the error.
    #[serde(default)]
    pub(super) error: String,
    /// The text of the page; no page if empty.
    #[serde(default)]
    pub(super) text: String,
    /// What happens to the connection.
    #[serde(default)]
    pub(super) then: AfterAnswer,
}

/// The version in a status line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Version {
    /// `HTTP/1.0`.
    #[serde(rename = "1.0")]
    Old,
    /// `HTTP/1.1`.
    #[default]
    #[serde(rename = "1.1")]
    New,
}

/// What happens to the connection after an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AfterAnswer {
    /// It is kept, if the client keeps it.
    #[default]
    Keep,
    /// It is closed.
    Close,
    /// It is reset instead of the answer.
    Reset,
}

/// Why a proxy answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Situation {
    /// The request has no credentials.
    Unauthenticated,
    /// The credentials are not valid.
    WrongCredentials,
    /// The authentication handshake needs another message.
    Handshake,
    /// The destination is not allowed.
    Refused,
    /// The same for a tunnel.
    RefusedTunnel,
    /// The destination is not allowed, and the client is redirected.
    Redirected,
    /// The same for a request other than GET and HEAD.
    RedirectedUpload,
    /// The request is not one for a proxy.
    Unusable,
    /// The URL is not one that a proxy connects to.
    NoUrl,
    /// The request is not HTTP.
    NoHttp,
    /// A header or the request line is invalid.
    InvalidHead,
    /// It expects what the proxy does not know.
    Expectation,
    /// The request line is too long.
    LineTooLong,
    /// The length of the body is missing.
    NoLength,
    /// The head is too large.
    TooLarge,
    /// The proxy does not support the request.
    Unsupported,
    /// The proxy does not support the HTTP version.
    Version,
    /// The server cannot be reached.
    Unreachable,
    /// The server's name does not resolve.
    NameUnknown,
    /// The same for a tunnel.
    NameUnknownTunnel,
    /// The server does not answer in time.
    TimedOut,
    /// The server refuses the connection.
    ConnectRefused,
    /// The server resets the connection.
    ConnectReset,
    /// There is no route to the server.
    NoRoute,
    /// The server closes the connection without an answer.
    NoAnswer,
    /// The server's answer cannot be passed on.
    BadAnswer,
    /// The request is to be told back to the client.
    Echo,
}

impl Situation {
    /// The more general situation, if there is one.
    const fn general(self) -> Option<Self> {
        Some(match self {
            Self::Unauthenticated
            | Self::Refused
            | Self::Unusable
            | Self::Unreachable
            | Self::Echo => {
                return None;
            }
            Self::WrongCredentials | Self::Handshake => Self::Unauthenticated,
            Self::RefusedTunnel | Self::Redirected => Self::Refused,
            Self::RedirectedUpload => Self::Redirected,
            Self::NoUrl
            | Self::NoHttp
            | Self::InvalidHead
            | Self::Expectation
            | Self::LineTooLong
            | Self::NoLength
            | Self::TooLarge
            | Self::Unsupported
            | Self::Version => Self::Unusable,
            Self::NameUnknownTunnel => Self::NameUnknown,
            Self::NameUnknown
            | Self::TimedOut
            | Self::ConnectRefused
            | Self::ConnectReset
            | Self::NoRoute
            | Self::NoAnswer
            | Self::BadAnswer => Self::Unreachable,
        })
    }
}

impl Situation {
    /// The most general situation that it is one of.
    pub(super) fn most_general(self) -> Self {
        self.general().map_or(self, Self::most_general)
    }
}

impl Product {
    /// Whether it does for this port what a method asks for.
    pub(super) fn connects_to(&self, port: u16, method: &Method) -> bool {
        let mut ranges = self.connects_to.iter();
        let is_known = ranges.any(|[first, last]| (*first..=*last).contains(&port));
        let tunnels = *method != Method::CONNECT
            || self.tunnels_to.is_empty()
            || self.tunnels_to.contains(&port);
        (is_known || self.connects_to.is_empty()) && tunnels
    }

    /// The product with this name; one without answers if the name is unknown.
    pub(super) fn named(name: &Name) -> &'static Self {
        PRODUCTS.get(name).unwrap_or(&FALLBACK)
    }

    /// The answer in a situation, if there is one.
    pub(super) fn answer(&self, situation: Situation) -> Option<&AnswerTemplate> {
        let mut wanted = Some(situation);
        while let Some(situation) = wanted {
            if let Some(template) = self.answers.get(&situation) {
                return Some(template);
            }
            wanted = situation.general();
        }
        None
    }

    /// The lines of a head.
    pub(super) fn head(&self, name: &str) -> &[Line] {
        self.heads.get(name).map_or(&[], Vec::as_slice)
    }

    /// The challenges that it sends for Negotiate.
    pub(super) fn negotiate(&self) -> &[String] {
        &self.challenges.negotiate
    }
}

/// A header line with placeholders.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Line(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// A challenge; the line is repeated for each, and left out if there is none.
    Challenge,
    /// `keep-alive` or `close`.
    Connection,
    /// The time.
    Date,
    /// The product's name of the error.
    Error,
    /// The proxy's host.
    Host,
    /// The proxy's host and port.
    Address,
    /// The length of the body.
    Length,
    /// The URL of a redirection.
    Location,
    /// The language of the page.
    Language,
}

impl Line {
    /// Whether a placeholder is in it.
    pub(super) fn has(&self, placeholder: Placeholder) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Placeholder(it) if *it == placeholder))
    }

    /// Writes the line and its end.
    pub(super) fn write(&self, out: &mut Vec<u8>, fill: impl Fn(&mut Vec<u8>, Placeholder)) {
        for part in &self.0 {
            match part {
                Part::Text(text) => out.extend_from_slice(text.as_bytes()),
                Part::Placeholder(placeholder) => fill(out, *placeholder),
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

impl TryFrom<String> for Line {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = Vec::new();
        for part in text.split_inclusive('}') {
            let Some((before, placeholder)) =
                part.strip_suffix('}').and_then(|it| it.split_once('{'))
            else {
                parts.push(Part::Text(part.to_owned()));
                continue;
            };
            let known = PLACEHOLDERS.iter().find(|(name, _)| *name == placeholder);
            let (_, placeholder) =
                known.ok_or_else(|| format!("unknown placeholder `{placeholder}`"))?;
            parts.extend([Part::Text(before.to_owned()), Part::Placeholder(*placeholder)]);
        }
        Ok(Self(parts))
    }
}

const PLACEHOLDERS: [(&str, Placeholder); 9] = [
    ("challenge", Placeholder::Challenge),
    ("connection", Placeholder::Connection),
    ("date", Placeholder::Date),
    ("error", Placeholder::Error),
    ("host", Placeholder::Host),
    ("address", Placeholder::Address),
    ("length", Placeholder::Length),
    ("location", Placeholder::Location),
    ("language", Placeholder::Language),
];

/// All products, each with a summary.
pub fn products() -> impl Iterator<Item = (&'static str, &'static str)> {
    let summary = |name: &str| PRODUCTS.get(&Name::new(name)).map(|it| it.summary.as_str());
    FILES.iter().map(move |(name, _)| (*name, summary(name).unwrap_or_default()))
}

/// Squid's default realm (proxy-wire 7.3).
fn squids_realm() -> String {
    "Squid proxy-caching web server".to_owned()
}

static PRODUCTS: LazyLock<BTreeMap<Name, Product>> = LazyLock::new(|| {
    FILES.iter().filter_map(|(name, text)| Some((Name::new(*name), read(text)?))).collect()
});

/// The product of a proxy whose product is unknown. Scenarios cannot name one.
static FALLBACK: LazyLock<Product> = LazyLock::new(|| Product {
    summary: String::new(),
    realm: squids_realm(),
    challenges: Challenges::default(),
    established: None,
    closes_after_passing: false,
    page_bytes: 0,
    speaks_languages: false,
    tunnels_to: Vec::new(),
    connects_to: Vec::new(),
    loses_backslashes: false,
    heads: BTreeMap::new(),
    answers: BTreeMap::new(),
});

fn read(text: &str) -> Option<Product> {
    // A test reads every file.
    toml::from_str(text).ok()
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// The products and their files.
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("products/", $name, ".toml")))),*];
    };
}

files! {
    "squid-5",
    "squid-6",
    "tinyproxy-1.11",
    "isa",
    "cloud-gateway",
    "data-guard",
    "asks-with-401",
    "asks-without-challenge",
}

#[cfg(test)]
mod tests;
