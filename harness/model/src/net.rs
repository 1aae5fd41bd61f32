//! Addresses of the simulated network, connections over it, and how dialling one fails.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::names::HostName;

/// A host as a program writes it: a name or an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// A DNS name.
    Name(HostName),
    /// An address; nothing is resolved.
    Ip(IpAddr),
}

impl Host {
    /// Reads an IP address where the text is one, else a name.
    pub fn new(text: &str) -> Self {
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        bare.parse().map_or_else(|_| Self::Name(HostName::new(text)), Self::Ip)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Ip(IpAddr::V6(ip)) => write!(f, "[{ip}]"),
            Self::Ip(ip) => ip.fmt(f),
        }
    }
}

/// A host and a port of the simulated network, never one of the real machine.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Address {
    /// The host.
    pub host: Host,
    /// The TCP port.
    pub port: u16,
}

impl Address {
    /// An address from a host's text and a port.
    pub fn new(host: &str, port: u16) -> Self {
        Self { host: Host::new(host), port }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// The HTTP proxy through which a connection is opened; `None` for none.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct ViaProxy(pub Option<Address>);

/// Why a text is not an [`Address`] or a [`Target`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AddressError {
    /// There is no port behind a colon.
    #[error("`{0}` has no port; write `host:port`")]
    NoPort(String),
    /// The port is not a number from 1 to 65535.
    #[error("the port of `{0}` is not a number from 1 to 65535")]
    BadPort(String),
    /// The part behind the slash, or the address before it, is not valid.
    #[error(
        "`{0}` is not a CIDR range; write an address and a prefix length, such as `20.190.128.0/18`"
    )]
    BadRange(String),
    /// The host has characters that no DNS name has.
    #[error(
        "`{0}` is not a host name, a wildcard such as `*.windows.net`, an address or a CIDR range"
    )]
    BadHost(String),
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (host, port) =
            text.rsplit_once(':').ok_or_else(|| AddressError::NoPort(text.to_owned()))?;
        let port = port.parse::<u16>().ok().filter(|port| *port != 0);
        let port = port.ok_or_else(|| AddressError::BadPort(text.to_owned()))?;
        if !is_host(host.trim_start_matches('[').trim_end_matches(']')) {
            return Err(AddressError::BadHost(text.to_owned()));
        }
        Ok(Self::new(host, port))
    }
}

/// What a rule of a firewall or of a proxy matches.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Target {
    /// Everything.
    Any,
    /// One name.
    Host(HostName),
    /// A name's subdomains, and the name itself (`*.windows.net` matches `windows.net` too).
    Wildcard(HostName),
    /// A range of addresses; one address is a range of its own.
    Range(IpNet),
}

impl Target {
    /// Whether a connection to `name` (where the dialler knew one) at `ip` (where it was resolved) matches.
    pub fn matches(&self, name: Option<&HostName>, ip: Option<IpAddr>) -> bool {
        match self {
            Self::Any => true,
            Self::Host(host) => name == Some(host),
            Self::Wildcard(suffix) => name.is_some_and(|name| name.is_within(suffix.as_str())),
            Self::Range(range) => ip.is_some_and(|ip| range.contains(&ip)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Host(host) => host.fmt(f),
            Self::Wildcard(suffix) => write!(f, "*.{suffix}"),
            Self::Range(range) => range.fmt(f),
        }
    }
}

impl FromStr for Target {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text == "*" {
            return Ok(Self::Any);
        }
        if text.contains('/') {
            let range = text.parse::<IpNet>();
            return range.map(Self::Range).map_err(|_why| AddressError::BadRange(text.to_owned()));
        }
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Ok(Self::Range(IpNet::from(ip)));
        }
        let (wild, host) = match text.strip_prefix("*.") {
            Some(host) => (true, host),
            None => (false, text),
        };
        if !is_host(host) {
            return Err(AddressError::BadHost(text.to_owned()));
        }
        let host = HostName::new(host);
        Ok(if wild { Self::Wildcard(host) } else { Self::Host(host) })
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

impl TryFrom<String> for Target {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_BYTES_MAX
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    text.parse::<IpAddr>().is_ok()
        || (text.len() <= HOST_BYTES_MAX
            && text.split('.').all(is_label)
            && !text.rsplit('.').next().unwrap_or("").chars().all(|c| c.is_ascii_digit()))
}

/// How dialling failed, as WinSock would report it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum DialError {
    /// The name does not exist (WSAHOST_NOT_FOUND, 11001).
    #[error("the name does not resolve (11001)")]
    NoSuchHost,
    /// Nothing answered within [`CONNECT_SECONDS`] of world time (WSAETIMEDOUT, 10060).
    #[error("the connection timed out (10060)")]
    TimedOut,
    /// Nothing listens there (WSAECONNREFUSED, 10061).
    #[error("the connection was refused (10061)")]
    Refused,
    /// Something on the way reset the connection (WSAECONNRESET, 10054).
    #[error("the connection was reset (10054)")]
    Reset,
    /// There is no route (WSAEHOSTUNREACH, 10065).
    #[error("the host is unreachable (10065)")]
    Unreachable,
}

/// How TLS is spoken over a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsLayer {
    /// Real TLS records.
    Records,
    /// Only the names, versions and the certificate chain are exchanged, and really verified; the bytes
    /// that follow are not encrypted. For in-process streams, which cannot be intercepted.
    ChainOnly,
}

/// A byte stream in both directions.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// An open connection and how TLS is spoken over it.
pub struct Connection {
    /// The bytes.
    pub stream: Box<dyn Stream>,
    /// What a TLS client or server on this connection has to speak.
    pub tls: TlsLayer,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("tls", &self.tls).finish_non_exhaustive()
    }
}

/// World seconds until an unanswered connect gives up: Windows sends the first packet and repeats it
/// twice, after 3, 6 and 12 seconds (lab.md; proxy-wire section 6).
pub const CONNECT_SECONDS: i64 = 21;

/// Longest DNS name in text form (RFC 1035, 2.3.4).
const HOST_BYTES_MAX: usize = 253;

/// Longest label of a DNS name (RFC 1035, 2.3.4).
const LABEL_BYTES_MAX: usize = 63;

#[cfg(test)]
mod tests;
