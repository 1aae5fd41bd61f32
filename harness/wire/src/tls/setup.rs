//! What clients and servers give to rustls.

use std::sync::{Arc, LazyLock};

use marslab_model::world::TlsVersion;
use rustls::SupportedProtocolVersion;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};

/// The cryptography. Passing it explicitly leaves the process-wide default to the program that the lab runs in.
pub(super) static PROVIDER: LazyLock<Arc<CryptoProvider>> =
    LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));

/// A clock that stands still during a handshake.
#[derive(Debug)]
pub(super) struct FixedTime(pub(super) UnixTime);

impl TimeProvider for FixedTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.0)
    }
}

/// Those of `versions` that rustls implements.
pub(super) fn supported(
    versions: impl IntoIterator<Item = TlsVersion>,
) -> Vec<&'static SupportedProtocolVersion> {
    let supported = |version| match version {
        TlsVersion::V1_0 | TlsVersion::V1_1 => None,
        TlsVersion::V1_2 => Some(&TLS12),
        TlsVersion::V1_3 => Some(&TLS13),
    };
    versions.into_iter().filter_map(supported).collect()
}
