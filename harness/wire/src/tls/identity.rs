//! Who a server is.

use std::fmt;
use std::sync::{Arc, OnceLock};

use marslab_model::world::TlsVersion;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::{NoServerSessionStorage, ServerConfig};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::records::{FixedTime, supported};
use super::{CertificateProblem, OUTDATED, PROVIDER, SPOKEN, TlsError};

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
pub(super) struct Prepared {
    /// With the versions that are really spoken; nothing where it accepts none of them.
    pub(super) speaks: Option<Arc<ServerConfig>>,
    /// With TLS 1.2 in the place of an outdated version; nothing where it accepts none of those.
    pub(super) instead: Option<Arc<ServerConfig>>,
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

    /// The newest version that both the server accepts and `offered` has. An outdated one only for a client that has
    /// no other.
    pub(super) fn choose(&self, offered: &[TlsVersion]) -> Option<TlsVersion> {
        let is_outdated = !SPOKEN.iter().any(|version| offered.contains(version));
        let candidates = if is_outdated { OUTDATED } else { SPOKEN };
        self.accepted(candidates).find(|version| offered.contains(version))
    }

    /// The newest outdated version that the server accepts and that is not newer than `newest`, as TLS 1.1 and earlier
    /// settle on one.
    pub(super) fn choose_until(&self, newest: TlsVersion) -> Option<TlsVersion> {
        self.accepted(OUTDATED).find(|version| *version <= newest)
    }

    fn accepted<const N: usize>(
        &self,
        candidates: [TlsVersion; N],
    ) -> impl Iterator<Item = TlsVersion> {
        candidates.into_iter().filter(|version| (self.min..=self.max).contains(version))
    }

    fn prepare(&self) -> Result<Prepared, TlsError> {
        let unusable = |_| TlsError::BadCertificate { reason: CertificateProblem::OwnIdentity };
        let chain = self.chain.iter().cloned().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.clone()));
        let certified = CertifiedKey::from_der(chain, key, &PROVIDER).map_err(unusable)?;
        let certified = Arc::new(SingleCertAndKey::from(certified));
        let config = |versions: Vec<TlsVersion>| {
            if versions.is_empty() {
                return Ok(None);
            }
            config(&versions, Arc::clone(&certified)).map(Some).map_err(unusable)
        };
        let is_outdated = self.accepted(OUTDATED).next().is_some();
        let instead = is_outdated.then_some(TlsVersion::V1_2).into_iter().collect();
        Ok(Prepared { speaks: config(self.accepted(SPOKEN).collect())?, instead: config(instead)? })
    }
}

fn config(
    versions: &[TlsVersion],
    certified: Arc<SingleCertAndKey>,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let versions: Vec<_> = versions.iter().copied().map(supported).collect();
    // A server's clock is asked only about tickets, of which there are none.
    let clock = Arc::new(FixedTime(UnixTime::since_unix_epoch(std::time::Duration::ZERO)));
    let mut config = ServerConfig::builder_with_details(Arc::clone(&PROVIDER), clock)
        .with_protocol_versions(&versions)?
        .with_no_client_auth()
        .with_cert_resolver(certified);
    // A resumed session would not have its certificate checked again.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
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
