//! What is left of TLS 1.0 and 1.1: a client's hello and a server's refusal, so that such a peer fails as it really
//! would.

use marslab_model::net::Stream;
use marslab_model::world::TlsVersion;
use rustls::AlertDescription;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::TlsError;
use super::records::code;

/// Says hello in an outdated version and returns why that failed; it always does.
pub(super) async fn connect(
    stream: &mut Box<dyn Stream>,
    name: &ServerName<'_>,
    version: TlsVersion,
) -> TlsError {
    match ask(stream, &client_hello(name, version)).await {
        Ok((ALERT, body)) => match body.as_slice() {
            &[_, alert] => match TlsError::from_alert(AlertDescription::from(alert)) {
                // A server that looks at something else first (signature algorithms) names that.
                TlsError::Malformed => TlsError::NoCommonVersion,
                error => error,
            },
            _ => TlsError::Malformed,
        },
        // It would go on in this version, which the lab does not speak.
        Ok((HANDSHAKE, _)) => TlsError::NoCommonVersion,
        Ok(_) => TlsError::Malformed,
        Err(error) => error,
    }
}

/// Reads a client's hello, refuses it by an alert and returns why that failed; it always does.
pub(super) async fn accept(stream: &mut Box<dyn Stream>) -> TlsError {
    match refuse(stream).await {
        Ok(()) => TlsError::NoCommonVersion,
        Err(error) => error,
    }
}

async fn ask(stream: &mut Box<dyn Stream>, hello: &[u8]) -> Result<(u8, Vec<u8>), TlsError> {
    stream.write_all(hello).await?;
    stream.flush().await?;
    read_record(stream).await
}

async fn refuse(stream: &mut Box<dyn Stream>) -> Result<(), TlsError> {
    let (kind, _) = read_record(stream).await?;
    if kind != HANDSHAKE {
        return Err(TlsError::Malformed);
    }
    let alert = [FATAL, u8::from(AlertDescription::ProtocolVersion)];
    stream.write_all(&record(ALERT, TlsVersion::V1_0, &alert)).await?;
    stream.shutdown().await?;
    Ok(())
}

async fn read_record(stream: &mut Box<dyn Stream>) -> Result<(u8, Vec<u8>), TlsError> {
    let mut head = [0; 5];
    stream.read_exact(&mut head).await?;
    let [kind, major, _, high, low] = head;
    let length = u16::from_be_bytes([high, low]);
    if major != MAJOR || length == 0 || length > RECORD_BYTES_MAX {
        return Err(TlsError::Malformed);
    }
    let mut body = vec![0; usize::from(length)];
    stream.read_exact(&mut body).await?;
    Ok((kind, body))
}

fn client_hello(name: &ServerName<'_>, version: TlsVersion) -> Vec<u8> {
    let mut hello = code(version).to_be_bytes().to_vec();
    // The random number secures a session; there will be none.
    hello.extend([0; 32]);
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
const FATAL: u8 = 2;
/// The first byte of every version since SSL 3.
const MAJOR: u8 = 3;

/// ECDHE and plain RSA with AES in CBC mode and SHA-1: what every client of that time had.
const SUITES: [[u8; 2]; 4] = [[0xc0, 0x13], [0xc0, 0x14], [0x00, 0x2f], [0x00, 0x35]];

/// The longest record (RFC 5246, 6.2.3: 2^14 and some for the cipher).
const RECORD_BYTES_MAX: u16 = (1 << 14) + 2048;
