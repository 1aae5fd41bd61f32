//! TLS over a connection, with real records or with nothing but a real check of the chain.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `records` | [`TlsLayer::Records`]: TLS 1.2 and 1.3 by rustls |
//! | `outdated` | TLS 1.0 and 1.1: a hello, and the lab's own way to go on from it |
//! | `chain_only` | [`TlsLayer::ChainOnly`]: the lab's own hello, then bytes in the clear |
//! | `verify` | the check of a chain, which both layers share |
//!
//! The lab does not speak TLS 1.0 and 1.1, but it can agree on them: a client of the lab's own whose newest version is
//! one of them, and a server that accepts it, go on with TLS 1.2 in its place, so that the chain is really checked. A
//! foreign client of that age gets the alert that refuses its version. Who offers a newer version, too, does not fall
//! back: both layers then agree on a version that is really spoken, or on none.

mod chain_only;
mod error;
mod identity;
mod outdated;
mod records;
mod verify;

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use marslab_model::Connection;
use marslab_model::net::{Host, TlsLayer};
use marslab_model::world::TlsVersion;
use rustls::crypto::CryptoProvider;

pub use self::error::{CertificateProblem, TlsError};
pub use self::identity::Identity;

/// Whom a client trusts, when, and what it offers.
#[derive(Clone, Debug)]
pub struct TlsConfig {
    /// The root certificates, DER. Those that cannot be read are passed over.
    pub roots: Vec<Vec<u8>>,
    /// What the client's clock says.
    pub now: Timestamp,
    /// The versions that the client offers, in any order.
    pub versions: Vec<TlsVersion>,
}

/// Speaks TLS as the client that wants to talk to `name`. The returned connection has the layer of the given one.
pub async fn connect(
    connection: Connection,
    name: &Host,
    config: &TlsConfig,
) -> Result<Connection, TlsError> {
    if config.versions.is_empty() {
        return Err(TlsError::NothingOffered);
    }
    let name = verify::server_name(name)?;
    let Connection { stream, tls } = connection;
    let stream = match tls {
        TlsLayer::Records => records::connect(stream, name, config).await,
        TlsLayer::ChainOnly => chain_only::connect(stream, &name, config).await,
    }?;
    Ok(Connection { stream, tls })
}

/// Speaks TLS as the server. The returned connection has the layer of the given one.
pub async fn accept(connection: Connection, identity: &Identity) -> Result<Connection, TlsError> {
    let Connection { stream, tls } = connection;
    let stream = match tls {
        TlsLayer::Records => records::accept(stream, identity).await,
        TlsLayer::ChainOnly => chain_only::accept(stream, identity).await,
    }?;
    Ok(Connection { stream, tls })
}

/// The versions that are really spoken, newest first.
const SPOKEN: [TlsVersion; 2] = [TlsVersion::V1_3, TlsVersion::V1_2];

/// The versions in whose place TLS 1.2 is spoken, newest first.
const OUTDATED: [TlsVersion; 2] = [TlsVersion::V1_1, TlsVersion::V1_0];

/// The one source of cryptography, so that no process-wide default is needed.
static PROVIDER: LazyLock<Arc<CryptoProvider>> =
    LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));

#[cfg(test)]
mod tests;
