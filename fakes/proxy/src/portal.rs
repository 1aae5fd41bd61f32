//! A captive portal: what answers in place of every server, until one has signed in (proxy-wire 7.6).
//!
//! On port 443 it has a certificate that any program trusts, but for its own name and no other.

use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Request, Response, StatusCode};
use marslab_base::ROOT;
use marslab_model::{Connection, Name};
use marslab_pki::{IdentitySpec, Pki};
use marslab_state::Running;
use marslab_wire::serve::{Answer, Handler, serve};
use marslab_wire::tls;

/// The captive portals of one running world.
pub struct Portals {
    running: Arc<Running>,
    pki: Arc<Pki>,
}

impl Portals {
    /// The captive portals of `running`.
    pub fn new(running: Arc<Running>, pki: Arc<Pki>) -> Self {
        Self { running, pki }
    }

    /// Serves a client of `port` of the portal at the address `at` until either side closes the connection.
    pub fn serve(
        &self,
        at: Name,
        port: u16,
        connection: Connection,
    ) -> impl Future<Output = ()> + Send + use<> {
        let (running, pki) = (Arc::clone(&self.running), Arc::clone(&self.pki));
        PortalConnection { at, port, running, pki }.serve(connection)
    }
}

/// The portal of one address, as one connection meets it.
struct PortalConnection {
    at: Name,
    port: u16,
    running: Arc<Running>,
    pki: Arc<Pki>,
}

impl PortalConnection {
    /// Serves a client until either side closes the connection.
    async fn serve(self, connection: Connection) {
        let connection = match self.port {
            443 => match self.accept(connection).await {
                Some(connection) => connection,
                None => return,
            },
            _ => connection,
        };
        serve(connection, Arc::new(self)).await;
    }

    async fn accept(&self, connection: Connection) -> Option<Connection> {
        let own = self.running.look(|world| {
            let portal = world.network().portals().at(&self.at)?;
            Some(portal.host().get().clone())
        });
        let at = self.running.stamp();
        let identity = self.pki.identity(IdentitySpec::new(own?, Name::new(ROOT)), at)?;
        match tls::accept(connection, &identity).await {
            Ok(accepted) => Some(accepted),
            Err(error) => {
                self.running.record(self.at.as_str(), "TLS", &error.to_string());
                None
            }
        }
    }

    fn page(&self) -> Option<Response<Bytes>> {
        self.running.look(|world| {
            let portal = world.network().portals().at(&self.at)?;
            let page = portal.clone().page().get().clone();
            let mut response = Response::new(Bytes::from(page));
            let status = u16::try_from(*portal.clone().status().get()).ok();
            let status = status.and_then(|status| StatusCode::from_u16(status).ok());
            *response.status_mut() = status.unwrap_or(StatusCode::OK);
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            let location = portal.location().get();
            if let Some(location) = HeaderValue::try_from(location).ok().filter(|it| !it.is_empty())
            {
                headers.insert(LOCATION, location);
            }
            Some(response)
        })
    }
}

#[async_trait]
impl Handler for PortalConnection {
    async fn answer(&self, request: Request<Bytes>) -> Answer {
        let what = format!("{} {}", request.method(), request.uri().path());
        let Some(page) = self.page() else { return Answer::Reset };
        self.running.record(self.at.as_str(), &what, page.status().as_str());
        Answer::Respond(page)
    }
}
