//! Real TLS.

use std::sync::Arc;

use marslab_model::net::Stream;
use marslab_model::world::TlsVersion;
use rustls::client::{ClientConfig, Resumption};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ProtocolVersion, SupportedProtocolVersion};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::identity::Prepared;
use super::outdated::Hello;
use super::{Identity, PROVIDER, SPOKEN, TlsConfig, TlsError, outdated, verify};

/// A clock that stands still for one handshake.
#[derive(Debug)]
pub(super) struct FixedTime(pub(super) UnixTime);

impl TimeProvider for FixedTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.0)
    }
}

/// A version as rustls speaks it; for the older ones that which is spoken in their place.
pub(super) fn supported(version: TlsVersion) -> &'static SupportedProtocolVersion {
    match version {
        TlsVersion::V1_0 | TlsVersion::V1_1 | TlsVersion::V1_2 => &TLS12,
        TlsVersion::V1_3 => &TLS13,
    }
}

pub(super) async fn connect(
    mut stream: Box<dyn Stream>,
    name: ServerName<'static>,
    config: &TlsConfig,
) -> Result<Box<dyn Stream>, TlsError> {
    let mut versions: Vec<_> =
        SPOKEN.into_iter().filter(|version| config.versions.contains(version)).collect();
    if versions.is_empty() {
        outdated::connect(&mut stream, &name, &config.versions).await?;
        versions.push(TlsVersion::V1_2);
    }
    let connector = TlsConnector::from(Arc::new(client_config(config, &versions)?));
    // Boxed, because a handshake's future is too large to be moved about.
    let stream = Box::pin(connector.connect(name, stream)).await?;
    Ok(Box::new(stream))
}

pub(super) async fn accept(
    stream: Box<dyn Stream>,
    identity: &Identity,
) -> Result<Box<dyn Stream>, TlsError> {
    let Prepared { speaks, instead } = identity.prepared()?;
    let (stream, config) = match instead {
        None => (stream, speaks),
        Some(instead) => match outdated::accept(stream, identity).await? {
            Hello::Outdated(stream) => (stream, Some(instead)),
            Hello::Current(stream) => (stream, speaks),
        },
    };
    match config {
        None => Err(outdated::refuse(stream).await),
        Some(config) => Ok(Box::new(Box::pin(TlsAcceptor::from(config).accept(stream)).await?)),
    }
}

/// Cheap beside the verifier, which is kept; and the clock differs from one handshake to the next.
fn client_config(config: &TlsConfig, versions: &[TlsVersion]) -> Result<ClientConfig, TlsError> {
    let versions: Vec<_> = versions.iter().copied().map(supported).collect();
    let clock = Arc::new(FixedTime(verify::unix_time(config.now)));
    let mut config = ClientConfig::builder_with_details(Arc::clone(&PROVIDER), clock)
        .with_protocol_versions(&versions)
        .map_err(|error| TlsError::from(&error))?
        .dangerous()
        .with_custom_certificate_verifier(verify::verifier(&config.roots))
        .with_no_client_auth();
    // A resumed session would not have its certificate checked again.
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// The number by which a version goes on the wire.
pub(super) fn code(version: TlsVersion) -> u16 {
    u16::from(match version {
        TlsVersion::V1_0 => ProtocolVersion::TLSv1_0,
        TlsVersion::V1_1 => ProtocolVersion::TLSv1_1,
        TlsVersion::V1_2 => ProtocolVersion::TLSv1_2,
        TlsVersion::V1_3 => ProtocolVersion::TLSv1_3,
    })
}
