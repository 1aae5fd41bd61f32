//! TLS over a connection: with real records, or with only the names, versions and certificates exchanged.
//!
//! | module | contents |
//! | --- | --- |
//! | `records` | [`TlsLayer::Records`]: TLS 1.2 and 1.3 with rustls |
//! | `chain_only` | [`TlsLayer::ChainOnly`]: the lab's own handshake, then plaintext; TLS 1.0 and 1.1 on both layers |
//! | `identity` | a server's certificates, key and versions |
//! | `verify` | certificate verification, the same on both layers |
//! | `setup` | what rustls is given: cryptography, clock, versions |
//! | `signatures` | signatures on certificates, checked once each |
//! | `version` | which versions are spoken, and their numbers |
//!
//! rustls has no TLS 1.0 and 1.1. A client of the lab that offers nothing newer performs the
//! lab's own handshake on either layer, so its versions and the server's certificates are really checked. Any other client
//! of that age is refused with the alert `protocol_version`. One that offers newer versions as well begins with those; where
//! that alert is the answer, it goes on with the older ones on the same connection, as one hello of TLS would have done for both.

mod chain_only;
mod error;
mod identity;
mod records;
mod setup;
mod signatures;
mod verify;
mod version;

use jiff::Timestamp;
use marslab_model::net::{Host, TlsLayer};
use marslab_model::world::TlsVersion;
use marslab_model::{Connection, Content};

use tokio::io::AsyncReadExt as _;

pub use self::error::{CertificateProblem, TlsError};
pub use self::identity::Identity;

/// A client's settings.
#[derive(Clone, Debug)]
pub struct TlsConfig {
    /// The trusted root certificates, DER. Unreadable ones are ignored.
    pub roots: Vec<Content>,
    /// The time by the client's clock.
    pub now: Timestamp,
    /// The versions that the client offers, in any order.
    pub versions: Vec<TlsVersion>,
}

/// Performs the handshake of a client with the server `name`. The returned connection has the layer of the given one.
pub async fn connect(
    connection: Connection,
    name: &Host,
    config: &TlsConfig,
) -> Result<Connection, TlsError> {
    connect_with_authorities(connection, name, config, &[]).await
}

/// The same for a client that knows the certificates (DER) of some authorities, which the server then need not send.
pub async fn connect_with_authorities(
    connection: Connection,
    name: &Host,
    config: &TlsConfig,
    known: &[Content],
) -> Result<Connection, TlsError> {
    if config.versions.is_empty() {
        return Err(TlsError::NothingOffered);
    }
    let name = verify::server_name(name)?;
    let Connection { stream, tls } = connection;
    let stream = match tls {
        TlsLayer::Records => records::connect(stream, name, config, known).await,
        TlsLayer::ChainOnly => chain_only::connect(stream, &name, config, known).await,
    }?;
    Ok(Connection { stream, tls })
}

/// Performs the handshake of a server. The returned connection has the layer of the given one.
pub async fn accept(connection: Connection, identity: &Identity) -> Result<Connection, TlsError> {
    let Connection { stream, tls } = connection;
    let stream = match tls {
        TlsLayer::Records => records::accept(stream, identity).await,
        TlsLayer::ChainOnly => chain_only::accept(stream, identity).await,
    }?;
    Ok(Connection { stream, tls })
}

/// Closes a connection at the first byte of the client's handshake, as Windows does where no certificate is bound to a port. On
/// a socket the rest of it is unread then, and so the client sees a reset.
pub async fn refuse(connection: Connection) -> Result<Connection, TlsError> {
    let Connection { mut stream, .. } = connection;
    stream.read_u8().await?;
    Err(TlsError::Closed)
}

#[cfg(test)]
mod tests;
