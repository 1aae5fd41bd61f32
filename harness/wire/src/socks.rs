//! SOCKS5 (RFC 1928) with user names and passwords (RFC 1929); only CONNECT.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use marslab_model::net::{Host, Stream};
use marslab_model::{Address, DialError};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::http::Credentials;

/// What a client wants, and the stream on which it waits for the reply.
pub struct SocksRequest<S> {
    /// The user name that it gave.
    pub user: Option<String>,
    /// Where it wants to be connected.
    pub to: Address,
    password: Option<String>,
    stream: S,
}

impl<S: Stream> SocksRequest<S> {
    /// Whether the client gave this password. Who gave none gave the empty one.
    pub fn has_password(&self, password: &str) -> bool {
        let given = self.password.as_deref().unwrap_or("").as_bytes();
        // The time that this takes does not depend on where the two differ.
        let differing = given.iter().zip(password.as_bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        given.len() == password.len() && differing == 0
    }

    /// Tells the client that it is connected; it now talks to the peer on the returned stream.
    pub async fn succeeded(mut self) -> Result<S, SocksError> {
        write_reply(&mut self.stream, Reply::Succeeded).await?;
        Ok(self.stream)
    }

    /// Tells the client why it was not connected, and closes.
    pub async fn failed(mut self, error: DialError) -> Result<(), SocksError> {
        refuse(&mut self.stream, Reply::from(error)).await
    }

    /// Tells the client that it may not be connected, and closes.
    pub async fn forbidden(mut self) -> Result<(), SocksError> {
        refuse(&mut self.stream, Reply::Forbidden).await
    }
}

impl<S> fmt::Debug for SocksRequest<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SocksRequest")
            .field("user", &self.user)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Why there is no connection through SOCKS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SocksError {
    /// The peer does not speak SOCKS5.
    #[error("the peer does not speak SOCKS5")]
    Malformed,
    /// The peer closed or reset the connection.
    #[error("the connection was closed during the SOCKS handshake")]
    Closed,
    /// No way to authenticate is known to both.
    #[error("client and server have no SOCKS authentication method in common")]
    NoCommonMethod,
    /// The server refused the user name and the password, or they are too long to be sent.
    #[error("the user name and password were refused")]
    WrongCredentials,
    /// The client wants something else than a connection.
    #[error("the SOCKS command `{command}` is not supported")]
    UnsupportedCommand {
        /// The command's number.
        command: u8,
    },
    /// The address is of an unknown kind, or not valid.
    #[error("the address is of no supported kind")]
    UnsupportedAddress,
    /// The server could not connect.
    #[error("the server did not reach the peer: {0}")]
    Dial(DialError),
    /// The server's rules forbid the connection.
    #[error("the connection is not allowed")]
    Forbidden,
}

impl From<io::Error> for SocksError {
    fn from(_error: io::Error) -> Self {
        Self::Closed
    }
}

/// Reads what a client wants. What cannot be granted is refused on the stream before the error is returned. Any user
/// name and password are accepted here: who wants to check them does so before it replies.
pub async fn accept<S: Stream>(mut stream: S) -> Result<SocksRequest<S>, SocksError> {
    let given = accept_credentials(&mut stream).await?;
    match read_request(&mut stream).await {
        Ok(to) => {
            let (user, password) = given.map(|given| (given.user, given.password)).unzip();
            Ok(SocksRequest { user, to, password, stream })
        }
        Err(error) => {
            let reply = match error {
                SocksError::UnsupportedCommand { .. } => Reply::BadCommand,
                SocksError::UnsupportedAddress => Reply::BadAddress,
                _ => return Err(error),
            };
            // The client may be gone already; what it wanted is the better error.
            refuse(&mut stream, reply).await.ok();
            Err(error)
        }
    }
}

/// Asks a SOCKS server to connect to `to`; the returned stream then talks to it.
pub async fn connect<S: Stream>(
    mut stream: S,
    to: &Address,
    credentials: Option<&Credentials>,
) -> Result<S, SocksError> {
    let method = if credentials.is_some() { PASSWORD } else { NO_AUTHENTICATION };
    write(&mut stream, &[VERSION, 1, method]).await?;
    match (read_answer(&mut stream, VERSION).await?, credentials) {
        (PASSWORD, Some(credentials)) => give_credentials(&mut stream, credentials).await?,
        (NO_AUTHENTICATION, None) => {}
        (NO_METHOD, _) => return Err(SocksError::NoCommonMethod),
        _ => return Err(SocksError::Malformed),
    }
    let mut request = vec![VERSION, CONNECT, 0];
    request.extend(encode_address(to)?);
    write(&mut stream, &request).await?;
    let reply = read_answer(&mut stream, VERSION).await?;
    stream.read_u8().await?;
    read_bound_address(&mut stream).await?;
    match Reply::ALL.into_iter().find(|known| known.code() == reply) {
        Some(Reply::Succeeded) => Ok(stream),
        Some(reply) => Err(reply.error()),
        None => Err(SocksError::Malformed),
    }
}

/// A reply (RFC 1928, 6).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    Succeeded,
    Failed,
    Forbidden,
    NetworkUnreachable,
    HostUnreachable,
    Refused,
    TimedOut,
    BadCommand,
    BadAddress,
}

impl Reply {
    /// In the order of their numbers.
    const ALL: [Self; 9] = [
        Self::Succeeded,
        Self::Failed,
        Self::Forbidden,
        Self::NetworkUnreachable,
        Self::HostUnreachable,
        Self::Refused,
        Self::TimedOut,
        Self::BadCommand,
        Self::BadAddress,
    ];

    fn code(self) -> u8 {
        match self {
            Self::Succeeded => 0,
            Self::Failed => 1,
            Self::Forbidden => 2,
            Self::NetworkUnreachable => 3,
            Self::HostUnreachable => 4,
            Self::Refused => 5,
            Self::TimedOut => 6,
            Self::BadCommand => 7,
            Self::BadAddress => 8,
        }
    }

    /// What the client makes of it.
    fn error(self) -> SocksError {
        match self {
            Self::Succeeded | Self::Failed => SocksError::Dial(DialError::Reset),
            Self::Forbidden => SocksError::Forbidden,
            Self::NetworkUnreachable => SocksError::Dial(DialError::Unreachable),
            Self::HostUnreachable => SocksError::Dial(DialError::NoSuchHost),
            Self::Refused => SocksError::Dial(DialError::Refused),
            Self::TimedOut => SocksError::Dial(DialError::TimedOut),
            Self::BadCommand => SocksError::UnsupportedCommand { command: CONNECT },
            Self::BadAddress => SocksError::UnsupportedAddress,
        }
    }
}

/// Each error has a number of its own, so that a client can tell them apart; RFC 1928 has none for a name that does not
/// resolve or a connection that times out. These are the ones that Tor gives for them.
impl From<DialError> for Reply {
    fn from(error: DialError) -> Self {
        match error {
            DialError::NoSuchHost => Self::HostUnreachable,
            DialError::TimedOut => Self::TimedOut,
            DialError::Refused => Self::Refused,
            DialError::Reset => Self::Failed,
            DialError::Unreachable => Self::NetworkUnreachable,
        }
    }
}

async fn accept_credentials(stream: &mut impl Stream) -> Result<Option<Credentials>, SocksError> {
    if stream.read_u8().await? != VERSION {
        return Err(SocksError::Malformed);
    }
    let methods = read_short(stream).await?;
    if methods.contains(&PASSWORD) {
        write(stream, &[VERSION, PASSWORD]).await?;
        if stream.read_u8().await? != PASSWORD_VERSION {
            return Err(SocksError::Malformed);
        }
        let user = read_text(stream).await?;
        let password = read_text(stream).await?;
        write(stream, &[PASSWORD_VERSION, GRANTED]).await?;
        return Ok(Some(Credentials { user, password }));
    }
    if methods.contains(&NO_AUTHENTICATION) {
        write(stream, &[VERSION, NO_AUTHENTICATION]).await?;
        return Ok(None);
    }
    write(stream, &[VERSION, NO_METHOD]).await?;
    stream.shutdown().await?;
    Err(SocksError::NoCommonMethod)
}

async fn read_request(stream: &mut impl Stream) -> Result<Address, SocksError> {
    let mut head = [0; 3];
    stream.read_exact(&mut head).await?;
    let [VERSION, command, _] = head else { return Err(SocksError::Malformed) };
    let to = read_address(stream).await?;
    if command != CONNECT {
        return Err(SocksError::UnsupportedCommand { command });
    }
    to
}

/// Reads an address. The inner error is of one that was read to its end and is not valid.
async fn read_address(stream: &mut impl Stream) -> Result<Result<Address, SocksError>, SocksError> {
    let host = match stream.read_u8().await? {
        IPV4 => Host::Ip(Ipv4Addr::from(stream.read_u32().await?).into()),
        IPV6 => Host::Ip(Ipv6Addr::from(stream.read_u128().await?).into()),
        NAME => {
            let name = read_short(stream).await?;
            let port = stream.read_u16().await?;
            let text = str::from_utf8(&name).map(|name| format!("{name}:{port}"));
            let address = text.ok().and_then(|text| text.parse().ok());
            return Ok(address.ok_or(SocksError::UnsupportedAddress));
        }
        _ => return Ok(Err(SocksError::UnsupportedAddress)),
    };
    Ok(Ok(Address { host, port: stream.read_u16().await? }))
}

/// Reads over where a server says that it is bound; it may be nothing that could be dialled.
async fn read_bound_address(stream: &mut impl Stream) -> Result<(), SocksError> {
    let length = match stream.read_u8().await? {
        IPV4 => 4,
        IPV6 => 16,
        NAME => usize::from(stream.read_u8().await?),
        _ => return Err(SocksError::Malformed),
    };
    stream.read_exact(&mut vec![0; length + 2]).await?;
    Ok(())
}

fn encode_address(to: &Address) -> Result<Vec<u8>, SocksError> {
    let mut bytes = Vec::new();
    match &to.host {
        Host::Ip(IpAddr::V4(ip)) => {
            bytes.push(IPV4);
            bytes.extend(ip.octets());
        }
        Host::Ip(IpAddr::V6(ip)) => {
            bytes.push(IPV6);
            bytes.extend(ip.octets());
        }
        Host::Name(name) => {
            bytes.push(NAME);
            bytes.extend(short(name.as_str()).ok_or(SocksError::UnsupportedAddress)?);
        }
    }
    bytes.extend(to.port.to_be_bytes());
    Ok(bytes)
}

async fn give_credentials(
    stream: &mut impl Stream,
    credentials: &Credentials,
) -> Result<(), SocksError> {
    let mut message = vec![PASSWORD_VERSION];
    message.extend(short(&credentials.user).ok_or(SocksError::WrongCredentials)?);
    message.extend(short(&credentials.password).ok_or(SocksError::WrongCredentials)?);
    write(stream, &message).await?;
    match read_answer(stream, PASSWORD_VERSION).await? {
        GRANTED => Ok(()),
        _ => Err(SocksError::WrongCredentials),
    }
}

/// Reads the two bytes of an answer: a version, which must be this one, and what it says.
async fn read_answer(stream: &mut impl Stream, version: u8) -> Result<u8, SocksError> {
    if stream.read_u8().await? != version {
        return Err(SocksError::Malformed);
    }
    Ok(stream.read_u8().await?)
}

/// Reads what stands behind a length of one byte.
async fn read_short(stream: &mut impl Stream) -> Result<Vec<u8>, SocksError> {
    let mut bytes = vec![0; usize::from(stream.read_u8().await?)];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn read_text(stream: &mut impl Stream) -> Result<String, SocksError> {
    String::from_utf8(read_short(stream).await?).map_err(|_error| SocksError::Malformed)
}

/// The text behind its length in one byte; nothing for one that is too long.
fn short(text: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![u8::try_from(text.len()).ok()?];
    bytes.extend(text.as_bytes());
    Some(bytes)
}

async fn write_reply(stream: &mut impl Stream, reply: Reply) -> Result<(), SocksError> {
    // Where the server's end is bound is nobody's business: zeros are usual.
    write(stream, &[VERSION, reply.code(), 0, IPV4, 0, 0, 0, 0, 0, 0]).await
}

async fn refuse(stream: &mut impl Stream, reply: Reply) -> Result<(), SocksError> {
    write_reply(stream, reply).await?;
    Ok(stream.shutdown().await?)
}

async fn write(stream: &mut impl Stream, bytes: &[u8]) -> Result<(), SocksError> {
    stream.write_all(bytes).await?;
    Ok(stream.flush().await?)
}

const VERSION: u8 = 5;
/// The version of RFC 1929, which counts for itself.
const PASSWORD_VERSION: u8 = 1;
const NO_AUTHENTICATION: u8 = 0;
const PASSWORD: u8 = 2;
const NO_METHOD: u8 = 0xff;
const GRANTED: u8 = 0;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

#[cfg(test)]
mod tests;
