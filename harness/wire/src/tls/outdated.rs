//! TLS 1.0 and 1.1: a client's hello, and what becomes of it.
//!
//! The lab's own clients mark their hello. A server that accepts the version answers with the same mark, and both then
//! begin again with TLS 1.2 on the same connection: what follows is a real handshake, in the place of one that nobody
//! speaks any more. Whoever gives no mark is refused as a real server refuses, by an alert.

use std::io::Cursor;

use marslab_model::net::Stream;
use marslab_model::world::TlsVersion;
use rustls::AlertDescription;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::records::code;
use super::{Identity, OUTDATED, TlsError};

/// Says hello in the newest of these versions. Afterwards the server waits for TLS 1.2.
pub(super) async fn connect(
    stream: &mut Box<dyn Stream>,
    name: &ServerName<'_>,
    versions: &[TlsVersion],
) -> Result<(), TlsError> {
    let newest = versions.iter().max().copied().unwrap_or(TlsVersion::V1_0);
    match ask(stream, &client_hello(name, newest)).await? {
        (ALERT, body) => Err(match body.as_slice() {
            &[_, alert] => match TlsError::from_alert(AlertDescription::from(alert)) {
                // A server that looks at something else first (signature algorithms) names that.
                TlsError::Malformed => TlsError::NoCommonVersion,
                error => error,
            },
            _ => TlsError::Malformed,
        }),
        (HANDSHAKE, body) => match marked(&body, SERVER_HELLO) {
            Some(version) if versions.contains(&version) => Ok(()),
            // A foreign server would go on in a version that the lab does not speak; one of the lab's own named a
            // version that was not offered.
            _ => {
                write_alert(stream).await?;
                Err(TlsError::NoCommonVersion)
            }
        },
        _ => Err(TlsError::Malformed),
    }
}

/// Who said hello to a server, and where to go on.
pub(super) enum Hello {
    /// One of the lab's own clients, in an outdated version: TLS 1.2 in its place comes next.
    Outdated(Box<dyn Stream>),
    /// Somebody else, whose hello can still be read.
    Current(Box<dyn Stream>),
}

/// Reads the first record and answers it where it is the mark of an outdated client whose version the server accepts.
pub(super) async fn accept(
    mut stream: Box<dyn Stream>,
    identity: &Identity,
) -> Result<Hello, TlsError> {
    let (kind, mut bytes) = read_head(&mut stream).await?;
    let start = bytes.len();
    if kind == HANDSHAKE {
        bytes.extend(read_body(&mut stream, &bytes).await?);
    }
    let hello = bytes.get(start..).unwrap_or_default();
    let chosen = marked(hello, CLIENT_HELLO).and_then(|newest| identity.choose_until(newest));
    if let Some(version) = chosen {
        stream.write_all(&server_hello(version)).await?;
        stream.flush().await?;
        return Ok(Hello::Outdated(stream));
    }
    let (read, write) = tokio::io::split(stream);
    let again = tokio::io::join(Cursor::new(bytes).chain(read), write);
    Ok(Hello::Current(Box::new(again)))
}

/// Reads a client's hello, refuses it by an alert and returns why that failed; it always does.
pub(super) async fn refuse(mut stream: Box<dyn Stream>) -> TlsError {
    match read_record(&mut stream).await {
        Ok((HANDSHAKE, _)) => match write_alert(&mut stream).await {
            Ok(()) => TlsError::NoCommonVersion,
            Err(error) => error,
        },
        Ok(_) => TlsError::Malformed,
        Err(error) => error,
    }
}

async fn ask(stream: &mut Box<dyn Stream>, hello: &[u8]) -> Result<(u8, Vec<u8>), TlsError> {
    stream.write_all(hello).await?;
    stream.flush().await?;
    read_record(stream).await
}

async fn write_alert(stream: &mut Box<dyn Stream>) -> Result<(), TlsError> {
    let alert = [FATAL, u8::from(AlertDescription::ProtocolVersion)];
    stream.write_all(&record(ALERT, TlsVersion::V1_0, &alert)).await?;
    stream.shutdown().await?;
    Ok(())
}

async fn read_record(stream: &mut Box<dyn Stream>) -> Result<(u8, Vec<u8>), TlsError> {
    let (kind, head) = read_head(stream).await?;
    Ok((kind, read_body(stream, &head).await?))
}

/// The kind of a record, and the five bytes that it begins with.
async fn read_head(stream: &mut Box<dyn Stream>) -> Result<(u8, Vec<u8>), TlsError> {
    let mut head = vec![0; 5];
    stream.read_exact(&mut head).await?;
    match head.as_slice() {
        &[kind, MAJOR, ..] => Ok((kind, head)),
        _ => Err(TlsError::Malformed),
    }
}

/// What follows these five bytes.
async fn read_body(stream: &mut Box<dyn Stream>, head: &[u8]) -> Result<Vec<u8>, TlsError> {
    let length = match head {
        &[_, _, _, high, low] => u16::from_be_bytes([high, low]),
        _ => 0,
    };
    if length == 0 || length > RECORD_BYTES_MAX {
        return Err(TlsError::Malformed);
    }
    let mut body = vec![0; usize::from(length)];
    stream.read_exact(&mut body).await?;
    Ok(body)
}

/// The version in a hello of this kind that carries the lab's mark.
fn marked(hello: &[u8], kind: u8) -> Option<TlsVersion> {
    let (head, rest) = hello.split_first_chunk::<6>()?;
    let (random, _) = rest.split_first_chunk::<32>()?;
    let number = u16::from_be_bytes([head[4], head[5]]);
    let is_marked = head[0] == kind && random == MARK;
    OUTDATED.into_iter().find(|version| is_marked && code(*version) == number)
}

/// As much of a hello as says which version it is and whose.
fn server_hello(version: TlsVersion) -> Vec<u8> {
    let mut hello = code(version).to_be_bytes().to_vec();
    hello.extend(MARK);
    let mut message = vec![SERVER_HELLO, 0];
    message.extend(prefixed(&hello));
    record(HANDSHAKE, version, &message)
}

fn client_hello(name: &ServerName<'_>, version: TlsVersion) -> Vec<u8> {
    let mut hello = code(version).to_be_bytes().to_vec();
    // The random number secures a session; there will be none in this version.
    hello.extend(MARK);
    hello.push(0);
    hello.extend(prefixed(&SUITES.concat()));
    hello.extend([1, 0]);
    hello.extend(prefixed(&extensions(name)));
    let mut message = vec![CLIENT_HELLO, 0];
    message.extend(prefixed(&hello));
    record(HANDSHAKE, TlsVersion::V1_0, &message)
}

fn extensions(name: &ServerName<'_>) -> Vec<u8> {
    let mut all = Vec::new();
    if let ServerName::DnsName(name) = name {
        let mut entry = vec![0];
        entry.extend(prefixed(name.as_ref().as_bytes()));
        all.extend(extension(0, &prefixed(&entry)));
    }
    // Curves P-256 and P-384, uncompressed; RSA and ECDSA with SHA-1 and SHA-256. Servers that look at the version
    // late want them.
    all.extend(extension(10, &[0, 4, 0, 23, 0, 24]));
    all.extend(extension(11, &[1, 0]));
    all.extend(extension(13, &[0, 8, 4, 1, 4, 3, 2, 1, 2, 3]));
    all
}

fn extension(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_be_bytes().to_vec();
    bytes.extend(prefixed(body));
    bytes
}

fn record(kind: u8, version: TlsVersion, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend(code(version).to_be_bytes());
    bytes.extend(prefixed(body));
    bytes
}

/// The bytes behind their length in two bytes. Nothing that is written here is longer than a name.
fn prefixed(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut all = length.to_be_bytes().to_vec();
    all.extend(bytes);
    all
}

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const FATAL: u8 = 2;
/// The first byte of every version since SSL 3.
const MAJOR: u8 = 3;

/// Stands in the place of a hello's random number: whoever sends it goes on with TLS 1.2. The lab's own.
const MARK: &[u8; 32] = b"the lab goes on in TLS 1.2 here.";

/// ECDHE and plain RSA with AES in CBC mode and SHA-1: what every client of that time had.
const SUITES: [[u8; 2]; 4] = [[0xc0, 0x13], [0xc0, 0x14], [0x00, 0x2f], [0x00, 0x35]];

/// The longest record (RFC 5246, 6.2.3: 2^14 and some for the cipher).
const RECORD_BYTES_MAX: u16 = (1 << 14) + 2048;
