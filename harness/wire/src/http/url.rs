//! URLs: `http` and `https`, without user information.

use std::fmt;
use std::str::FromStr;

use http::uri::PathAndQuery;
use marslab_model::Address;
use marslab_model::net::{Host, Target};
use thiserror::Error;

/// The scheme of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Plaintext.
    Http,
    /// TLS.
    Https,
}

impl Scheme {
    /// The port of a URL that has none.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

/// An absolute URL. Parsing drops the fragment, which is never sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Url {
    /// The scheme.
    pub scheme: Scheme,
    /// The server.
    pub host: Host,
    /// Its port.
    pub port: u16,
    /// The path and, with its question mark, the query.
    pub path: String,
}

impl Url {
    /// The address of the server.
    pub fn address(&self) -> Address {
        Address { host: self.host.clone(), port: self.port }
    }

    /// The host, and the port unless it is the scheme's default: the value of a `Host` header.
    pub fn authority(&self) -> String {
        if self.port == self.scheme.default_port() {
            self.host.to_string()
        } else {
            self.address().to_string()
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority(), self.path)
    }
}

/// Why a text is not a valid [`Url`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UrlError {
    /// It has another scheme, or none.
    #[error("`{0}` does not start with `http://` or `https://`")]
    BadScheme(String),
    /// It has a user name or password. The URL is not kept, since it has a secret in it.
    #[error("a user name or password in a URL is not supported")]
    UserInfo,
    /// The host is neither a name nor an address.
    #[error("`{0}` has no valid host")]
    BadHost(String),
    /// The port is not a number from 1 to 65535.
    #[error("the port of `{0}` is not a number from 1 to 65535")]
    BadPort(String),
    /// The path or query has characters that must be percent-encoded.
    #[error("the path of `{0}` has characters that must be percent-encoded")]
    BadPath(String),
}

impl FromStr for Url {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = split_scheme(text)?;
        let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(UrlError::UserInfo);
        }
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        // The crate `http` also accepts raw UTF-8 and quotes, which a request line must not have.
        let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
        if !is_plain || PathAndQuery::try_from(path.as_str()).is_err() {
            return Err(UrlError::BadPath(text.to_owned()));
        }
        let (host, port) = split_port(authority);
        let port = match port {
            Some(port) => parse_port(port).ok_or_else(|| UrlError::BadPort(text.to_owned()))?,
            None => scheme.default_port(),
        };
        let host = parse_host(host).ok_or_else(|| UrlError::BadHost(text.to_owned()))?;
        Ok(Self { scheme, host, port, path })
    }
}

fn split_scheme(text: &str) -> Result<(Scheme, &str), UrlError> {
    let known = text.split_once("://").and_then(|(scheme, rest)| {
        let scheme = [Scheme::Http, Scheme::Https]
            .into_iter()
            .find(|known| known.to_string().eq_ignore_ascii_case(scheme))?;
        Some((scheme, rest))
    });
    known.ok_or_else(|| UrlError::BadScheme(text.to_owned()))
}

/// Splits at the last colon, unless that is part of a bracketed address.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_digits && *port != 0)
}

fn parse_host(text: &str) -> Option<Host> {
    if let Some(inner) = text.strip_prefix('[') {
        let ip = inner.strip_suffix(']')?.parse::<std::net::Ipv6Addr>().ok()?;
        return Some(Host::Ip(ip.into()));
    }
    match text.parse::<Target>().ok()? {
        Target::Host(name) => Some(Host::Name(name)),
        Target::Range(range) if !text.contains(['/', ':']) => Some(Host::Ip(range.addr())),
        Target::Range(_) | Target::Any | Target::Wildcard(_) => None,
    }
}

#[cfg(test)]
mod tests;
