//! The servers of the cloud.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `probe`, `web`, `graph` | connectivity probes; pages, also that with the agent's version; Microsoft Graph |
//! | `authority` | revocation lists and certificates of authorities |
//! | `login` | the login service: where to get tokens, and tokens for users and applications |
//! | `management` | the resource manager: vaults, and the certificates to register with |
//! | `backup`, `storage`, `recovery` | a vault's own service; the storage of its backups; recovery points over iSCSI |
//! | `request`, `reply`, `token` | what the roles share |
//!
//! Shapes are from mars-facts 3 and 4; what no public source shows is marked as the lab's own.

mod authority;
mod backup;
mod graph;
mod login;
mod management;
mod probe;
mod recovery;
mod reply;
mod request;
mod storage;
mod token;
mod web;

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use marslab_model::world::{Endpoint, Role};
use marslab_model::{Connection, HostName, Tracked, World};
use marslab_pki::{IdentitySpec, IssuedBy, Pki};
use marslab_state::{Exchange, Running};
use marslab_wire::http::{BODY_BYTES_MAX, date};
use marslab_wire::serve::{Answer, Handler, serve};
use marslab_wire::tls::{self, Identity};

use reply::{Reply, X_MS_REQUEST_ID};
use request::CloudRequest;
use token::TokenIssuer;

/// The servers of the cloud of one running world.
pub struct Cloud {
    running: Arc<Running>,
    pki: Arc<Pki>,
    tokens: TokenIssuer,
}

impl Cloud {
    /// The servers of `running`.
    pub fn new(running: Arc<Running>, pki: Arc<Pki>) -> Self {
        let tokens = TokenIssuer::new(Arc::clone(&running), pki.keys());
        Self { pki, tokens, running }
    }

    /// Serves a client of the server `host` until either side closes the connection.
    pub async fn serve(self: Arc<Self>, host: HostName, port: u16, connection: Connection) {
        let connection = match port {
            ISCSI => return recovery::serve(&self, &host, connection).await,
            HTTPS => match self.accept(&host, connection).await {
                Some(connection) => connection,
                None => return,
            },
            _ => connection,
        };
        serve(connection, Arc::new(ServerConnection { cloud: self, host, port })).await;
    }

    async fn accept(&self, host: &HostName, connection: Connection) -> Option<Connection> {
        let began = self.running.stamp();
        let accepted = if self.has_certificate(host) {
            tls::accept(connection, &*self.identity(host)?).await
        } else {
            tls::refuse(connection).await
        };
        match accepted {
            Ok(accepted) => {
                self.running.journal().count_handshake();
                Some(accepted)
            }
            Err(error) => {
                let failed = Exchange::failed(began, "TLS", &format!("{host}:{HTTPS}"));
                self.running.record_exchange(host.as_str(), "TLS", &error.to_string(), failed);
                None
            }
        }
    }

    /// Whether a certificate is bound to the port of a server.
    fn has_certificate(&self, host: &HostName) -> bool {
        let server = |world: Tracked<'_, World>| {
            Some(*world.cloud().endpoints().at(host)?.certificate().bound().get())
        };
        self.running.look(server) == Some(true)
    }

    fn identity(&self, host: &HostName) -> Option<Arc<Identity>> {
        let server = |world: Tracked<'_, World>| {
            Some(identity_spec(host, &world.cloud().endpoints().at(host)?))
        };
        self.pki.identity(self.running.look(server)?, self.running.stamp())
    }
}

/// What the certificate of a server is to say.
fn identity_spec(host: &HostName, endpoint: &Tracked<'_, Endpoint>) -> IdentitySpec {
    let certificate = || endpoint.clone().certificate();
    let issued_by = match certificate().issuer_sent().get() {
        false => IssuedBy::UnsentIntermediate,
        true => {
            let other = certificate().chain_root().get().clone();
            other.map_or(IssuedBy::Intermediate, IssuedBy::OtherSent)
        }
    };
    IdentitySpec {
        host: certificate().name().get().clone().unwrap_or_else(|| host.clone()),
        root: endpoint.clone().root().get().clone(),
        issued_by,
        not_before: *certificate().not_before().get(),
        not_after: *certificate().not_after().get(),
        min: *endpoint.clone().tls_min().get(),
        max: *endpoint.clone().tls_max().get(),
    }
}

/// A connection to a server.
struct ServerConnection {
    cloud: Arc<Cloud>,
    host: HostName,
    port: u16,
}

impl ServerConnection {
    fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    fn role(&self) -> Option<Role> {
        let running = &self.cloud.running;
        running.look(|world| world.cloud().endpoints().at(&self.host).map(|it| *it.role().get()))
    }

    /// An answer, which the journal has, too.
    fn recorded(
        &self,
        request: &Request<Bytes>,
        reply: impl FnOnce() -> Option<Reply>,
    ) -> Option<Response<Bytes>> {
        let running = &self.cloud.running;
        let (scheme, to) = (if self.port == HTTP { "http" } else { "https" }, self.address());
        let heard = Exchange::of(running.stamp(), scheme, to, request, request.body().len());
        // Queries and bodies may hold secrets, and are not journalled.
        let what = format!("{} {}", request.method(), request.uri().path());
        let reply = reply()?;
        let (status, text) = (reply.status(), reply.journalled());
        let response = reply.response(&date(running.stamp()));
        let exchange = heard.answered(&response, text);
        running.record_exchange(self.host.as_str(), &what, status.as_str(), exchange);
        Some(response)
    }

    /// The answer of the role that the server has now; `None` if the server is gone.
    fn reply(&self, request: &Request<Bytes>) -> Option<Reply> {
        let cloud = &self.cloud;
        // What a request has read is still true when it writes.
        let held = cloud.running.hold_changes();
        let (role, service_issue_until) = cloud.running.look(|world| {
            let endpoint = world.cloud().endpoints().at(&self.host)?;
            Some((*endpoint.clone().role().get(), *endpoint.service_issue_until().get()))
        })?;
        let request = CloudRequest::new(cloud, &self.host, request);
        let has_issue = service_issue_until.is_some_and(|until| cloud.running.now() < until);
        let reply = match role {
            Role::Storage if has_issue => storage::busy(&request),
            Role::Management if has_issue => management::trouble(&request),
            _ if has_issue => Reply::internal(),
            Role::Probe => probe::answer(&request),
            Role::Web if self.port == HTTP => web::moved(&request),
            Role::Web => web::answer(&request),
            Role::Discovery | Role::Login => login::answer(&request),
            Role::Management => management::answer(&request),
            Role::Backup => backup::answer(&request),
            Role::Storage => storage::answer(&request),
            Role::Graph => graph::answer(&request),
            Role::Recovery => Reply::not_found(),
            Role::Authority => authority::answer(&request),
        };
        // Pages of the web have none.
        let has_id = ![Role::Probe, Role::Web, Role::Authority].contains(&role);
        let reply = if has_id { reply.with(X_MS_REQUEST_ID, request.id) } else { reply };
        drop(held);
        Some(reply)
    }
}

#[async_trait]
impl Handler for ServerConnection {
    /// Names of Azure's own are in lower case, those of metadata above all, which clients read back (mars-facts 4.3). † So are
    /// the others of a server that has any.
    fn sends_lower_case(&self) -> bool {
        matches!(self.role(), Some(Role::Management | Role::Storage))
    }

    async fn answer(&self, request: Request<Bytes>) -> Answer {
        let reply = || self.reply(&request);
        self.recorded(&request, reply).map_or(Answer::Reset, Answer::Respond)
    }

    fn body_bytes_max(&self) -> usize {
        match self.role() {
            Some(Role::Storage) => storage::BODY_BYTES_MAX,
            _ => BODY_BYTES_MAX,
        }
    }

    async fn too_large(&self, head: Request<()>) -> Option<Response<Bytes>> {
        let request = head.map(|()| Bytes::new());
        let asked = CloudRequest::new(&self.cloud, &self.host, &request);
        let is_storage = self.role() == Some(Role::Storage);
        self.recorded(&request, || {
            is_storage.then(|| storage::too_large(&asked).with(X_MS_REQUEST_ID, asked.id.clone()))
        })
    }
}

/// A random identifier, from the run's randomness.
fn guid(running: &Running) -> String {
    let mut bytes = [0; 16];
    running.random(&mut bytes);
    // The version and the variant of RFC 9562, 5.4.
    let number = u128::from_be_bytes(bytes) & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let part = |from: u32, digits: u32| (number >> from) & ((1 << (4 * digits)) - 1);
    let (a, b, c, d, e) = (part(96, 8), part(80, 4), part(64, 4), part(48, 4), part(0, 12));
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

const HTTP: u16 = 80;
const HTTPS: u16 = 443;
const ISCSI: u16 = 3260;

#[cfg(test)]
mod tests;
