//! TLS records: TLS 1.2 and 1.3 with rustls.

use std::io;
use std::sync::Arc;

use marslab_model::Content;
use marslab_model::net::Stream;
use rustls::AlertDescription;
use rustls::client::{ClientConfig, Resumption};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::error::TlsError;
use super::identity::Identity;
use super::setup::{FixedTime, PROVIDER, supported};
use super::{TlsConfig, chain_only, verify};
use crate::unread::unread;

pub(super) async fn connect(
    stream: Box<dyn Stream>,
    name: ServerName<'static>,
    config: &TlsConfig,
    known: &[Content],
) -> Result<Box<dyn Stream>, TlsError> {
    let versions = supported(config.versions.iter().copied());
    if versions.is_empty() {
        return chain_only::connect(stream, &name, config, known).await;
    }
    // Cheap, because the verifier is cached. It cannot be kept: the clock differs from one handshake to the next.
    let clock = Arc::new(FixedTime(verify::unix_time(config.now)));
    let verifier = Arc::new(verify::Noting::new(&config.roots, known));
    let mut client = ClientConfig::builder_with_details(Arc::clone(&PROVIDER), clock)
        .with_protocol_versions(&versions)
        .map_err(|error| TlsError::from(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::<verify::Noting>::clone(&verifier))
        .with_no_client_auth();
    // A client does not check the certificate again when it resumes a session.
    client.resumption = Resumption::disabled();
    let has_older = versions.len() < config.versions.len();
    // Boxed, because the future of a handshake is too large to be moved around.
    let connecting = TlsConnector::from(Arc::new(client)).connect(name.clone(), stream);
    let (error, stream) = match Box::pin(connecting.into_fallible()).await {
        Ok(stream) => return Ok(Box::new(stream)),
        Err(failed) => failed,
    };
    match TlsError::from(error).issued_by(|| verifier.issuer()) {
        TlsError::NoCommonVersion if has_older => {
            // Only a server that has an older version waits for what its client says next.
            let older = chain_only::connect(stream, &name, config, known).await;
            older.map_err(|error| match error {
                TlsError::Closed => TlsError::NoCommonVersion,
                other => other,
            })
        }
        error => Err(error),
    }
}

pub(super) async fn accept(
    mut stream: Box<dyn Stream>,
    identity: &Identity,
) -> Result<Box<dyn Stream>, TlsError> {
    let config = identity.config()?;
    let mut head = [0; HELLO_HEAD_BYTES];
    head[0] = stream.read_u8().await?;
    if head[0] != HANDSHAKE {
        let stream = unread(vec![head[0]], stream);
        return match (head[0], config) {
            (chain_only::FIRST_BYTE, _) => chain_only::accept(stream, identity).await,
            (_, Some(config)) => accept_with(config, stream).await,
            (_, None) => Err(TlsError::Malformed),
        };
    }
    stream.read_exact(&mut head[1..]).await?;
    match config {
        Some(config) if !is_outdated(&head) => {
            accept_with(config, unread(head.to_vec(), stream)).await
        }
        Some(_) => {
            refuse_version(&mut stream, &head).await?;
            stream.shutdown().await?;
            Err(TlsError::NoCommonVersion)
        }
        None => {
            refuse_version(&mut stream, &head).await?;
            accept_older(stream, identity).await
        }
    }
}

/// A client of the lab that has an older version, too, says so after the alert; any other closes the connection.
async fn accept_older(
    mut stream: Box<dyn Stream>,
    identity: &Identity,
) -> Result<Box<dyn Stream>, TlsError> {
    match stream.read_u8().await {
        Ok(first) if first == chain_only::FIRST_BYTE => {
            chain_only::accept(unread(vec![first], stream), identity).await
        }
        _ => Err(TlsError::NoCommonVersion),
    }
}

async fn accept_with(
    config: Arc<rustls::ServerConfig>,
    stream: Box<dyn Stream>,
) -> Result<Box<dyn Stream>, TlsError> {
    Ok(Box::new(Box::pin(TlsAcceptor::from(config).accept(stream)).await?))
}

/// Whether the client offers nothing newer than TLS 1.1.
///
/// rustls would refuse it, too, but without the alert that servers send if the client names no signature algorithms,
/// which TLS 1.0 and 1.1 do not have.
fn is_outdated(head: &[u8; HELLO_HEAD_BYTES]) -> bool {
    matches!(head, [HANDSHAKE, 3, _, _, _, CLIENT_HELLO, _, _, _, 3, 0..=2])
}

/// Refuses a client's version with an alert (RFC 5246, 7.2.2).
async fn refuse_version(
    stream: &mut Box<dyn Stream>,
    head: &[u8; HELLO_HEAD_BYTES],
) -> io::Result<()> {
    // A socket that is closed before everything is read may lose the alert.
    let [.., high, low, _, _, _, _, _, _] = head;
    let record = usize::from(u16::from_be_bytes([*high, *low])) + RECORD_HEAD_BYTES;
    let mut rest = vec![0; record.saturating_sub(HELLO_HEAD_BYTES)];
    stream.read_exact(&mut rest).await?;
    let alert = [ALERT, 3, 1, 0, 2, FATAL, u8::from(AlertDescription::ProtocolVersion)];
    stream.write_all(&alert).await?;
    stream.flush().await
}

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const CLIENT_HELLO: u8 = 1;
const FATAL: u8 = 2;

const RECORD_HEAD_BYTES: usize = 5;

/// The head of a record, that of a message, and the client's version (RFC 5246, 6.2.1, 7.4, 7.4.1.2).
const HELLO_HEAD_BYTES: usize = RECORD_HEAD_BYTES + 4 + 2;
