//! SOCKS5 (RFC 1928) with user names and passwords (RFC 1929), client and server side; only CONNECT.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use marslab_model::net::{Host, Stream};
use marslab_model::{Address, DialError};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::http::Credentials;

/// A client's request, and the stream on which it waits for the reply.
pub struct SocksRequest<S> {
    /// The user name, if the client sent one.
    pub user: Option<String>,
    /// The address to connect to.
    pub to: Address,
    password: Option<String>,
    stream: S,
}

impl<S: Stream> SocksRequest<S> {
    /// Whether the client sent this password. Sending none counts as the empty password.
    pub fn has_password(&self, password: &str) -> bool {
        let given = self.password.as_deref().unwrap_or("").as_bytes();
        // Takes the same time wherever the two differ.
        let differing = given.iter().zip(password.as_bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        given.len() == password.len() && differing == 0
    }

    /// Reports success. From now on the returned stream carries the connection's data.
    pub async fn succeeded(mut self) -> Result<S, SocksError> {
        write_reply(&mut self.stream, Reply::Succeeded).await?;
        Ok(self.stream)
    }

    /// Reports why there is no connection, and closes the stream.
    pub async fn failed(mut self, error: DialError) -> Result<(), SocksError> {
        refuse(&mut self.stream, Reply::from(error)).await
    }

    /// Reports that the connection is not allowed, and closes the stream.
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

/// Why a connection through SOCKS failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SocksError {
    /// The peer does not speak SOCKS5.
    #[error("the peer does not speak SOCKS5")]
    Malformed,
    /// The peer closed or reset the connection.
    #[error("the connection was closed during the SOCKS handshake")]
    Closed,
    /// Client and server have no authentication method in common.
    #[error("client and server have no SOCKS authentication method in common")]
    NoCommonMethod,
    /// The server refused the user name and password, or they are too long to be sent.
    #[error("the user name and password were refused")]
    WrongCredentials,
    /// The client sent another command than CONNECT.
    #[error("the SOCKS command `{command}` is not supported")]
    UnsupportedCommand {
        /// The command's number.
        command: u8,
    },
    /// The type of the address is unknown, or the address is invalid.
    #[error("the address type is not supported")]
    UnsupportedAddress,
    /// The server could not connect.
    #[error("the SOCKS server cannot connect: {0}")]
    Dial(DialError),
    /// The server does not allow the connection.
    #[error("the connection is not allowed")]
    Forbidden,
}

impl From<io::Error> for SocksError {
    fn from(_error: io::Error) -> Self {
        Self::Closed
    }
}

/// Reads a client's request. An unsupported one is refused on the stream before the error is returned. Any user name and
/// password are accepted; the caller may check them before it replies.
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
            // The client may have gone already, but the error of its request is the one to report.
            refuse(&mut stream, reply).await.ok();
            Err(error)
        }
    }
}

/// Has a SOCKS server connect to `to`. The returned stream carries the connection's data.
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
    /// In the order of their codes.
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

    /// The client's error for it.
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

/// Every error has its own code, so that clients can tell them apart. RFC 1928 has none for names that do not resolve and
/// for timeouts; the codes for these are Tor's.
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

/// Reads an address. The inner error is for an address that was read completely but is invalid.
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

/// Skips the server's bound address, which need not be a valid one.
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

/// Reads the two bytes of an answer: the version, which must be `version`, and the code.
async fn read_answer(stream: &mut impl Stream, version: u8) -> Result<u8, SocksError> {
    if stream.read_u8().await? != version {
        return Err(SocksError::Malformed);
    }
    Ok(stream.read_u8().await?)
}

/// Reads bytes that are preceded by their length in one byte.
async fn read_short(stream: &mut impl Stream) -> Result<Vec<u8>, SocksError> {
    let mut bytes = vec![0; usize::from(stream.read_u8().await?)];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn read_text(stream: &mut impl Stream) -> Result<String, SocksError> {
    String::from_utf8(read_short(stream).await?).map_err(|_error| SocksError::Malformed)
}

/// The text preceded by its length in one byte, or `None` if it is too long.
fn short(text: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![u8::try_from(text.len()).ok()?];
    bytes.extend(text.as_bytes());
    Some(bytes)
}

async fn write_reply(stream: &mut impl Stream, reply: Reply) -> Result<(), SocksError> {
    // Servers commonly send zeros as their bound address.
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
/// The version of RFC 1929, which is independent of the version of SOCKS.
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
