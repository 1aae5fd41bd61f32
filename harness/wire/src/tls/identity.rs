//! A server's certificates, key and versions.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use marslab_model::world::TlsVersion;
use rustls::crypto::ring::Ticketer;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::{NoServerSessionStorage, ServerConfig};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::error::{CertificateProblem, TlsError};
use super::setup::{FixedTime, PROVIDER, supported};
use super::version::CURRENT;

/// A server's certificates, key and TLS versions.
pub struct Identity {
    /// The certificate chain, leaf first, DER.
    pub chain: Vec<Vec<u8>>,
    /// The leaf's private key, PKCS#8 DER; never printed.
    pub key: Vec<u8>,
    /// The oldest version that the server accepts.
    pub min: TlsVersion,
    /// The newest version that the server accepts.
    pub max: TlsVersion,
    /// Made from the fields above at the first handshake.
    config: OnceLock<Result<Option<Arc<ServerConfig>>, TlsError>>,
}

impl Identity {
    /// A server with this chain (leaf first, DER) and key (PKCS#8 DER) that accepts the versions `min` to `max`.
    pub fn new(chain: Vec<Vec<u8>>, key: Vec<u8>, min: TlsVersion, max: TlsVersion) -> Self {
        Self { chain, key, min, max, config: OnceLock::new() }
    }

    /// The configuration for rustls, or `None` if the server accepts no version that rustls implements.
    ///
    /// Chain and key are checked at the first call only.
    pub(super) fn config(&self) -> Result<Option<Arc<ServerConfig>>, TlsError> {
        self.config.get_or_init(|| self.make_config()).clone()
    }

    /// The newest version of both (RFC 8446, 4.2.1). A client without TLS 1.3 names only its newest: of it the server takes
    /// the newest that is no newer, and the client ends the handshake if it does not have that (RFC 5246, E.1).
    pub(super) fn choose(&self, offered: &[TlsVersion]) -> Option<TlsVersion> {
        let newest = offered.iter().copied().max()?;
        if newest == TlsVersion::V1_3 {
            return offered.iter().copied().filter(|version| self.accepts(*version)).max();
        }
        let chosen = newest.min(self.max);
        (self.accepts(chosen) && offered.contains(&chosen)).then_some(chosen)
    }

    fn accepts(&self, version: TlsVersion) -> bool {
        (self.min..=self.max).contains(&version)
    }

    fn make_config(&self) -> Result<Option<Arc<ServerConfig>>, TlsError> {
        let unusable = |_| TlsError::BadCertificate { reason: CertificateProblem::OwnIdentity };
        let chain = self.chain.iter().cloned().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.clone()));
        let certified = CertifiedKey::from_der(chain, key, &PROVIDER).map_err(unusable)?;
        let versions = supported(CURRENT.into_iter().filter(|version| self.accepts(*version)));
        if versions.is_empty() {
            return Ok(None);
        }
        // A server's clock is used for the age of tickets only, which is no matter without early data.
        let clock = Arc::new(FixedTime(UnixTime::since_unix_epoch(Duration::ZERO)));
        let mut config = ServerConfig::builder_with_details(Arc::clone(&PROVIDER), clock)
            .with_protocol_versions(&versions)
            .map_err(unusable)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A client does not check the certificate again when it resumes a session: tickets are good for this identity alone.
        config.ticketer = Ticketer::new().map_err(unusable)?;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = TICKETS;
        Ok(Some(Arc::new(config)))
    }
}

/// So many tickets a handshake of TLS 1.3, as most servers send (RFC 8446, C.4).
const TICKETS: usize = 2;

/// The clone follows its own fields, even if they are changed.
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
