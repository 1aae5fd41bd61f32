//! Servers for programs of this machine's user: 127.0.0.1 only, with a token, and not for pages in a browser.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode, header};
use marslab_model::net::TlsLayer;
use marslab_model::{Address, Connection, DialError, Host};
use marslab_wire::dial::Dial;
use marslab_wire::serve::{Handler, serve};
use ring::rand::{SecureRandom, SystemRandom};
use tempfile::NamedTempFile;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Begins to listen on a port that the system picks.
pub async fn listen() -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
}

/// An unguessable token. It is not drawn from the run's seed: it guards something real.
pub fn token() -> io::Result<String> {
    let mut bytes = [0; 24];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_unspecified| io::Error::other("the system has no random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Writes a file that only its user can read, atomically.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A temporary file has mode 0600 and keeps it when it is renamed.
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(path))?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Serves HTTP for as long as it is polled.
pub async fn serve_http(listener: TcpListener, handler: Arc<dyn Handler>) {
    let mut connections = JoinSet::new();
    while let Some(stream) = next(&listener, &mut connections).await {
        let connection = Connection { stream: Box::new(stream), tls: TlsLayer::Records };
        connections.spawn(serve(connection, Arc::clone(&handler)));
    }
}

/// The next connection, once fewer than `CONNECTIONS_MAX` are open; `None` if the listener has failed.
pub async fn next(listener: &TcpListener, open: &mut JoinSet<()>) -> Option<TcpStream> {
    next_of(listener, open, CONNECTIONS_MAX).await
}

/// The next connection, once fewer than `max` are open; `None` if the listener has failed.
pub async fn next_of(
    listener: &TcpListener,
    open: &mut JoinSet<()>,
    max: usize,
) -> Option<TcpStream> {
    while open.try_join_next().is_some() {}
    while open.len() >= max {
        open.join_next().await;
    }
    let (stream, _peer) = listener.accept().await.ok()?;
    Some(stream)
}

/// Why a request is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RejectedRequest {
    /// Its `Host` is not this machine's loopback: a name was made to lead here (DNS rebinding).
    Host,
    /// It has an `Origin`: a page in a browser was lured into sending it.
    Origin,
    /// Its token is missing or wrong.
    Token,
}

impl RejectedRequest {
    /// The status of the answer.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::Origin => StatusCode::FORBIDDEN,
            Self::Token => StatusCode::UNAUTHORIZED,
        }
    }

    /// What the answer says.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Host => "the `Host` must be 127.0.0.1 or localhost",
            Self::Origin => "requests from web pages are not allowed",
            Self::Token => "the token is missing or wrong",
        }
    }
}

/// Whether a request comes from who was given the token, and knows where it goes.
pub fn admit(headers: &HeaderMap, token: &str) -> Result<(), RejectedRequest> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key(header::ORIGIN) {
        return Err(RejectedRequest::Origin);
    }
    if !text(header::HOST).is_some_and(is_loopback) {
        return Err(RejectedRequest::Host);
    }
    let given = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    if given == Some(token) { Ok(()) } else { Err(RejectedRequest::Token) }
}

/// Dials addresses of this machine's loopback, and nothing else: for clients of such servers.
pub struct Loopback;

#[async_trait]
impl Dial for Loopback {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        let Host::Ip(ip) = to.host else { return Err(DialError::NoSuchHost) };
        if !ip.is_loopback() {
            return Err(DialError::Unreachable);
        }
        let stream = TcpStream::connect((ip, to.port)).await.map_err(|_real| DialError::Refused)?;
        Ok(Connection { stream: Box::new(stream), tls: TlsLayer::Records })
    }
}

/// Whether the value of a `Host` header is this machine's loopback.
fn is_loopback(host: &str) -> bool {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    let is_local = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    is_local && port.parse::<u16>().is_ok()
}

/// A program looks at a few things at a time; a flood waits in the listener's queue.
const CONNECTIONS_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{RejectedRequest, admit};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn only_who_has_the_token_and_knows_the_place_is_admitted() {
        let right = ("authorization", "Bearer secret");
        for (given, expected) in [
            (vec![("host", "127.0.0.1:4711"), right], Ok(())),
            (vec![("host", "localhost:4711"), right], Ok(())),
            (vec![("host", "[::1]:4711"), right], Ok(())),
            (vec![("host", "127.0.0.1"), right], Ok(())),
            (vec![("host", "evil.example:4711"), right], Err(RejectedRequest::Host)),
            (vec![("host", "127.0.0.1.evil.example"), right], Err(RejectedRequest::Host)),
            (vec![("host", "10.0.0.5:80"), right], Err(RejectedRequest::Host)),
            (vec![right], Err(RejectedRequest::Host)),
            (
                vec![("host", "127.0.0.1"), ("origin", "http://127.0.0.1"), right],
                Err(RejectedRequest::Origin),
            ),
            (vec![("host", "127.0.0.1"), ("origin", "null"), right], Err(RejectedRequest::Origin)),
            (vec![("host", "127.0.0.1")], Err(RejectedRequest::Token)),
            (
                vec![("host", "127.0.0.1"), ("authorization", "Bearer ")],
                Err(RejectedRequest::Token),
            ),
            (vec![("host", "127.0.0.1"), ("authorization", "secret")], Err(RejectedRequest::Token)),
        ] {
            assert_eq!(admit(&headers(&given), "secret"), expected, "{given:?}");
        }
    }
}
