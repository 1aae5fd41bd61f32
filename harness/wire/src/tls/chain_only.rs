//! The lab's own handshake: names, versions and the certificate chain are exchanged and really checked, nothing is
//! encrypted.
//!
//! The client sends the versions that it offers and the name that it wants. The server answers with the chosen version and
//! its chain, or with an alert. The client answers with one byte, zero or an alert, so that the server learns the outcome
//! as it does in TLS. Alerts have the numbers of TLS (RFC 8446, 6).

use marslab_model::Content;
use marslab_model::net::Stream;
use marslab_model::world::TlsVersion;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{AlertDescription, CertificateError, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::error::{CertificateProblem, TlsError};
use super::identity::Identity;
use super::version::{code, from_code};
use super::{TlsConfig, verify};

pub(super) async fn connect(
    mut stream: Box<dyn Stream>,
    name: &ServerName<'static>,
    config: &TlsConfig,
    known: &[Content],
) -> Result<Box<dyn Stream>, TlsError> {
    let hello = ClientHello { name: name.to_str().into_owned(), versions: config.versions.clone() };
    write_frame(&mut stream, &hello.encode()).await?;
    let answer = read_frame(&mut stream).await?;
    let answer = ServerHello::decode(&answer).ok_or(TlsError::Malformed)?;
    let chain = match answer {
        ServerHello::Refused(alert) => return Err(TlsError::from_alert(alert)),
        ServerHello::Chosen { version, .. } if !hello.versions.contains(&version) => {
            return Err(TlsError::NoCommonVersion);
        }
        ServerHello::Chosen { chain, .. } => chain,
    };
    let checked = check(&chain, name, config, known);
    let outcome = checked.as_ref().err().map_or(NO_ALERT, |(alert, _)| u8::from(*alert));
    stream.write_all(&[outcome]).await?;
    stream.flush().await?;
    if let Err((_, error)) = checked {
        // Whoever looks at both ends next finds that the server knows it, too: it closes the connection.
        let _closed = stream.read_u8().await;
        return Err(error);
    }
    Ok(stream)
}

pub(super) async fn accept(
    mut stream: Box<dyn Stream>,
    identity: &Identity,
) -> Result<Box<dyn Stream>, TlsError> {
    // A chain or key that real TLS could not use is not used here either.
    identity.config()?;
    let hello = read_frame(&mut stream).await?;
    let hello = ClientHello::decode(&hello).ok_or(TlsError::Malformed)?;
    let answer = match identity.choose(&hello.versions) {
        Some(version) => ServerHello::Chosen { version, chain: identity.chain.clone() },
        None => ServerHello::Refused(AlertDescription::ProtocolVersion),
    };
    write_frame(&mut stream, &answer.encode()).await?;
    if let ServerHello::Refused(alert) = answer {
        stream.shutdown().await?;
        return Err(TlsError::from_alert(alert));
    }
    match stream.read_u8().await? {
        NO_ALERT => Ok(stream),
        alert => Err(TlsError::from_alert(AlertDescription::from(alert))),
    }
}

/// Checks a chain as a TLS client does. The alert is for the server, the error for the caller.
fn check(
    chain: &[Vec<u8>],
    name: &ServerName<'_>,
    config: &TlsConfig,
    known: &[Content],
) -> Result<(), (AlertDescription, TlsError)> {
    let missing = TlsError::BadCertificate { reason: CertificateProblem::Missing };
    let (leaf, rest) = chain.split_first().ok_or((AlertDescription::DecodeError, missing))?;
    let rest: Vec<_> = rest.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let leaf = CertificateDer::from(leaf.as_slice());
    let now = verify::unix_time(config.now);
    let verifier = verify::Noting::new(&config.roots, known);
    match verifier.verify_server_cert(&leaf, &rest, name, &[], now) {
        Ok(_) => Ok(()),
        Err(error) => {
            let seen = TlsError::from(&error).issued_by(|| verifier.issuer());
            Err((alert_for(&error), seen))
        }
    }
}

fn alert_for(error: &Error) -> AlertDescription {
    match error {
        Error::InvalidCertificate(error) => AlertDescription::from(CertificateError::clone(error)),
        _ => AlertDescription::BadCertificate,
    }
}

#[derive(Debug, PartialEq, Eq)]
struct ClientHello {
    name: String,
    versions: Vec<TlsVersion>,
}

impl ClientHello {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.name.as_bytes());
        for version in &self.versions {
            bytes.extend(code(*version).to_be_bytes());
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (name, mut rest) = take(bytes)?;
        let name = str::from_utf8(name).ok()?.to_owned();
        let mut versions = Vec::new();
        while !rest.is_empty() {
            let version;
            (version, rest) = take_version(rest)?;
            versions.push(version);
        }
        Some(Self { name, versions })
    }
}

#[derive(Debug, PartialEq, Eq)]
enum ServerHello {
    Chosen { version: TlsVersion, chain: Vec<Vec<u8>> },
    Refused(AlertDescription),
}

impl ServerHello {
    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Refused(alert) => vec![u8::from(*alert)],
            Self::Chosen { version, chain } => {
                let mut bytes = vec![NO_ALERT];
                bytes.extend(code(*version).to_be_bytes());
                for certificate in chain {
                    put(&mut bytes, certificate);
                }
                bytes
            }
        }
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (alert, rest) = bytes.split_first()?;
        if *alert != NO_ALERT {
            return Some(Self::Refused(AlertDescription::from(*alert)));
        }
        let (version, mut rest) = take_version(rest)?;
        let mut chain = Vec::new();
        while !rest.is_empty() {
            let certificate;
            (certificate, rest) = take(rest)?;
            chain.push(certificate.to_vec());
        }
        Some(Self::Chosen { version, chain })
    }
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(part);
}

fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

fn take_version(bytes: &[u8]) -> Option<(TlsVersion, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((from_code(u16::from_be_bytes(*number))?, rest))
}

async fn write_frame(stream: &mut Box<dyn Stream>, body: &[u8]) -> Result<(), TlsError> {
    let mut frame = MAGIC.to_vec();
    put(&mut frame, body);
    stream.write_all(&frame).await?;
    stream.flush().await?;
    Ok(())
}

async fn read_frame(stream: &mut Box<dyn Stream>) -> Result<Vec<u8>, TlsError> {
    // Byte by byte, so that another protocol is noticed at its first byte, even if the peer then waits.
    for expected in MAGIC {
        if stream.read_u8().await? != expected {
            return Err(TlsError::Malformed);
        }
    }
    let length = stream.read_u32().await?;
    if length > FRAME_BYTES_MAX {
        return Err(TlsError::Malformed);
    }
    let mut body = vec![0; usize::try_from(length).map_err(|_error| TlsError::Malformed)?];
    stream.read_exact(&mut body).await?;
    Ok(body)
}

/// Sent instead of an alert. In TLS the number zero is the orderly end of a connection.
const NO_ALERT: u8 = 0;

/// The first byte of the handshake. No HTTP request, TLS record or SOCKS greeting starts with it.
pub(super) const FIRST_BYTE: u8 = 0;

/// How each message starts.
const MAGIC: [u8; 4] = [FIRST_BYTE, b'l', b'a', b'b'];

/// The longest message: the length that TLS implementations allow a chain.
const FRAME_BYTES_MAX: u32 = 64 << 10;

#[cfg(test)]
mod tests;
