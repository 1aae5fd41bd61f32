//! Requests of programs that speak HTTP by themselves.

use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, TlsClient};
use marslab_wire::dial::AccountDialer;
use marslab_wire::http::{Client, HttpError, Request, Response, Route, TlsConfig};

/// Sends a request over the machine's network, with the roots of Windows and the TLS versions that a program of this kind offers.
pub async fn send(
    host: &dyn HostAdmin,
    who: &Account,
    client: TlsClient,
    request: &Request,
    proxy: Option<Route>,
) -> Result<Response, HttpError> {
    let dial = AccountDialer { host, who: who.clone() };
    let tls = TlsConfig {
        roots: host.trusted_roots().unwrap_or_default(),
        now: host.now(),
        versions: host.tls_versions(client),
    };
    Client { dial: &dial, proxy, tls }.send(request).await
}
