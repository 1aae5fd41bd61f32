//! Who a server is.

use std::fmt;
use std::sync::{Arc, OnceLock};

use marslab_model::world::TlsVersion;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::{NoServerSessionStorage, ServerConfig};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::records::{FixedTime, supported};
use super::{CertificateFlaw, PROVIDER, SPOKEN, TlsError};

/// A server's certificates, key and TLS versions.
pub struct Identity {
    /// The chain, leaf first, DER.
    pub chain: Vec<Vec<u8>>,
    /// The leaf's private key, PKCS#8 DER; never printed.
    pub key: Vec<u8>,
    /// The oldest version that the server accepts.
    pub min: TlsVersion,
    /// The newest version that the server accepts.
    pub max: TlsVersion,
    /// Made from the fields above at the first handshake.
    prepared: OnceLock<Result<Prepared, TlsError>>,
}

/// A server that is ready to shake hands.
#[derive(Clone)]
pub(super) enum Prepared {
    /// It speaks at least one version.
    Speaks(Arc<ServerConfig>),
    /// It accepts only versions that are never agreed on.
    Outdated,
}

impl Identity {
    /// A server with this chain (leaf first, DER) and key (PKCS#8 DER) that accepts `min` to `max`.
    pub fn new(chain: Vec<Vec<u8>>, key: Vec<u8>, min: TlsVersion, max: TlsVersion) -> Self {
        Self { chain, key, min, max, prepared: OnceLock::new() }
    }

    /// Checks the chain and the key once; later handshakes use what came of it.
    pub(super) fn prepared(&self) -> Result<Prepared, TlsError> {
        self.prepared.get_or_init(|| self.prepare()).clone()
    }

    /// The newest version that both the server accepts and `offered` has.
    pub(super) fn choose(&self, offered: &[TlsVersion]) -> Option<TlsVersion> {
        self.spoken().find(|version| offered.contains(version))
    }

    fn spoken(&self) -> impl Iterator<Item = TlsVersion> {
        SPOKEN.into_iter().filter(|version| (self.min..=self.max).contains(version))
    }

    fn prepare(&self) -> Result<Prepared, TlsError> {
        let unusable = |_| TlsError::BadCertificate { reason: CertificateFlaw::OwnIdentity };
        let chain = self.chain.iter().cloned().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.clone()));
        let certified = CertifiedKey::from_der(chain, key, &PROVIDER).map_err(unusable)?;
        let versions: Vec<_> = self.spoken().map(supported).collect();
        if versions.is_empty() {
            return Ok(Prepared::Outdated);
        }
        // A server's clock is asked only about tickets, of which there are none.
        let clock = Arc::new(FixedTime(UnixTime::since_unix_epoch(std::time::Duration::ZERO)));
        let mut config = ServerConfig::builder_with_details(Arc::clone(&PROVIDER), clock)
            .with_protocol_versions(&versions)
            .map_err(unusable)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        // A resumed session would not have its certificate checked again.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Prepared::Speaks(Arc::new(config)))
    }
}

/// A clone shakes hands as its own fields say, even where they are changed.
impl Clone for Identity {
    fn clone(&self) -> Self {
        Self::new(self.chain.clone(), self.key.clone(), self.min, self.max)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("certificates", &self.chain.len())
            .field("min", &self.min)
            .field("max", &self.max)
            .finish_non_exhaustive()
    }
}
