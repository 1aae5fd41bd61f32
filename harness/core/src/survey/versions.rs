//! Servers that do not take TLS 1.2, the newest version that a machine of 2019 has and every server of the cloud takes.

use std::collections::BTreeSet;

use marslab_model::Address;
use marslab_model::net::ViaProxy;
use marslab_model::world::TlsVersion;
use marslab_wire::http::{HttpError, Response, Route, Url};
use marslab_wire::tls::TlsError;

use crate::web::Web;

/// The version with which the survey asks.
pub(super) const ASKED: TlsVersion = TlsVersion::V1_2;

/// A server that does not take TLS 1.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VersionRefusal {
    /// What was asked for.
    pub(crate) url: Url,
    /// The proxy through which it was asked for.
    pub(crate) via: Option<Address>,
    /// The versions that it takes, as far as that can be seen.
    pub(crate) takes: BTreeSet<TlsVersion>,
}

impl VersionRefusal {
    /// Asks a server that has refused TLS 1.2 with each other version, and once more for the page: TLS 1.3 is left to it.
    pub(super) async fn look(
        web: &Web<'_>,
        url: &Url,
        route: Option<Route>,
    ) -> (Self, Result<Response, HttpError>) {
        let via = route.as_ref().map(|route| route.address.clone());
        // None where the proxy on the way wants credentials.
        let proxy = ViaProxy(via.clone());
        let older = web.host.server_tls_versions(&web.who, &url.address(), &proxy).await;
        let newer = Web::new(web.host, web.who.clone());
        let answer = newer.get(url, route).await;
        let newer = (!is_refused(&answer)).then_some(TlsVersion::V1_3);
        let takes = older.unwrap_or_default().into_iter().chain(newer).collect();
        (Self { url: url.clone(), via, takes }, answer)
    }

    /// Whether it refuses all versions of an offer.
    pub(crate) async fn is_of(&self, web: &Web<'_>, route: Option<Route>) -> bool {
        is_refused(&web.get(&self.url, route).await)
    }
}

/// Whether a handshake ended for want of a version.
pub(super) fn is_refused(answer: &Result<Response, HttpError>) -> bool {
    matches!(answer, Err(HttpError::Tls(TlsError::NoCommonVersion | TlsError::NothingOffered)))
}
