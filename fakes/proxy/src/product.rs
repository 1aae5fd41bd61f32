//! What the answers of a product look like: data, one file a product in `products/`.
//!
//! A file has named *heads*, which are header lines with places in braces, and *answers*, which say for a situation what
//! the status line is, which head it has and what comes after it. A product that does not tell one situation from a more
//! general one leaves it out. The files are read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use marslab_model::Name;
use serde::Deserialize;

/// A product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Product {
    summary: String,
    /// The realm where none is set.
    #[serde(default = "squids_realm")]
    pub(super) realm: String,
    /// What stands in the place of one challenge.
    #[serde(default)]
    challenges: Challenges,
    /// What opens a tunnel, where that is not the bare success.
    pub(super) established: Option<Form>,
    /// Whether a connection ends with the answer of a server.
    #[serde(default)]
    pub(super) closes_after_passing: bool,
    heads: BTreeMap<String, Vec<Line>>,
    answers: BTreeMap<Situation, Form>,
}

/// What a product makes of challenges.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Challenges {
    /// What it offers where it offers Negotiate.
    #[serde(default)]
    negotiate: Vec<String>,
}

/// One kind of answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Form {
    /// Number and reason phrase.
    pub(super) status: String,
    /// The HTTP version.
    #[serde(default)]
    pub(super) version: Version,
    /// The name of its head.
    pub(super) head: String,
    /// The name of its head where a tunnel was asked for and admitted.
    pub(super) tunnel_head: Option<String>,
    /// How the product calls the error.
    #[serde(default)]
    pub(super) error: String,
    /// What the page says; no page where there is none.
    #[serde(default)]
    pub(super) text: String,
    /// What comes after it.
    #[serde(default)]
    pub(super) then: After,
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

/// What comes after an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum After {
    /// The connection goes on, if the client means it to.
    #[default]
    Keep,
    /// It ends.
    Close,
    /// It is reset in place of the answer.
    Reset,
}

/// What an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Situation {
    /// Somebody without credentials.
    Unknown,
    /// Somebody with credentials that are worth nothing.
    Wrong,
    /// Somebody who is half way through saying who they are.
    Leg,
    /// A destination that is not allowed.
    Refused,
    /// The same for a tunnel.
    RefusedTunnel,
    /// A destination in whose place another is named.
    Redirected,
    /// The same for what is neither a GET nor a HEAD.
    RedirectedUpload,
    /// Not a request for a proxy.
    Unusable,
    /// No URL that a proxy connects to.
    NoUrl,
    /// No HTTP.
    NoHttp,
    /// No length of the body.
    NoLength,
    /// Too large a head.
    TooLarge,
    /// Too large a body.
    BodyTooLarge,
    /// Nothing that it does.
    Unsupported,
    /// No version that it speaks.
    Version,
    /// A server that it does not reach.
    Unreachable,
    /// A server whose name does not resolve.
    NameUnknown,
    /// A server that does not answer.
    TimedOut,
    /// A server that refuses.
    ConnectRefused,
    /// A server that resets.
    ConnectReset,
    /// A server without a route.
    NoRoute,
    /// A server that closes without an answer.
    NoAnswer,
    /// A server whose answer cannot be passed on.
    BadAnswer,
}

impl Situation {
    /// The more general one, of which this is a kind.
    const fn general(self) -> Option<Self> {
        Some(match self {
            Self::Unknown | Self::Refused | Self::Unusable | Self::Unreachable => return None,
            Self::Wrong | Self::Leg => Self::Unknown,
            Self::RefusedTunnel | Self::Redirected => Self::Refused,
            Self::RedirectedUpload => Self::Redirected,
            Self::NoUrl
            | Self::NoHttp
            | Self::NoLength
            | Self::TooLarge
            | Self::BodyTooLarge
            | Self::Unsupported
            | Self::Version => Self::Unusable,
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

impl Product {
    /// The product of this name; the first of the list for a name that is none.
    pub(super) fn named(name: &Name) -> &'static Self {
        PRODUCTS.get(name).unwrap_or(&FALLBACK)
    }

    /// How it answers in a situation, if it answers at all.
    pub(super) fn form(&self, situation: Situation) -> Option<&Form> {
        let mut wanted = Some(situation);
        while let Some(situation) = wanted {
            if let Some(form) = self.answers.get(&situation) {
                return Some(form);
            }
            wanted = situation.general();
        }
        None
    }

    /// The lines of a head.
    pub(super) fn head(&self, name: &str) -> &[Line] {
        self.heads.get(name).map_or(&[], Vec::as_slice)
    }

    /// What it offers where it offers Negotiate.
    pub(super) fn negotiate(&self) -> &[String] {
        &self.challenges.negotiate
    }
}

/// A header line, or a text, with places to be filled.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Line(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    Place(Place),
}

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A challenge; the line is repeated for each, and left out where there is none.
    Challenge,
    /// `keep-alive` or `close`.
    Connection,
    /// The time.
    Date,
    /// How the product calls the error.
    Error,
    /// The proxy's host.
    Host,
    /// The proxy's host and port.
    Address,
    /// The length of the body.
    Length,
    /// Where to go in place of what was asked for.
    Location,
}

impl Line {
    /// Whether a place is in it.
    pub(super) fn has(&self, place: Place) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Place(it) if *it == place))
    }

    /// Writes the line and its end.
    pub(super) fn write(&self, out: &mut Vec<u8>, fill: impl Fn(&mut Vec<u8>, Place)) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                Piece::Place(place) => fill(out, *place),
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

impl TryFrom<String> for Line {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut pieces = Vec::new();
        for part in text.split_inclusive('}') {
            let Some((before, place)) = part.strip_suffix('}').and_then(|it| it.split_once('{'))
            else {
                pieces.push(Piece::Text(part.to_owned()));
                continue;
            };
            let known = PLACES.iter().find(|(name, _)| *name == place);
            let (_, place) = known.ok_or_else(|| format!("`{place}` is no place"))?;
            pieces.extend([Piece::Text(before.to_owned()), Piece::Place(*place)]);
        }
        Ok(Self(pieces))
    }
}

const PLACES: [(&str, Place); 8] = [
    ("challenge", Place::Challenge),
    ("connection", Place::Connection),
    ("date", Place::Date),
    ("error", Place::Error),
    ("host", Place::Host),
    ("address", Place::Address),
    ("length", Place::Length),
    ("location", Place::Location),
];

/// Every product that a proxy of a world can be, with one line about it.
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

/// What a proxy is whose product nobody knows. Scenarios let nobody name such a one.
static FALLBACK: LazyLock<Product> = LazyLock::new(|| Product {
    summary: String::new(),
    realm: squids_realm(),
    challenges: Challenges::default(),
    established: None,
    closes_after_passing: false,
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
