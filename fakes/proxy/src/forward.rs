//! What is asked of a server on behalf of a client.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{HOST, HeaderMap};
use http::uri::Scheme;
use http::{Request, StatusCode};
use marslab_model::world::{Origin, TlsVersion};
use marslab_model::{Address, Connection, Content, DialError, Host};
use marslab_network::{FakeNetwork, Plan};
use marslab_pki::Pki;
use marslab_state::Running;
use marslab_wire::dial::Dial;
use marslab_wire::http::{self as wire, Client, HttpError, TlsConfig, Url};

use super::page;
use super::product::Situation;

/// The network as a proxy reaches it: the first connection is the one that was decided on with the admission.
pub(super) struct Onward<'a> {
    network: &'a FakeNetwork,
    running: &'a Running,
    pki: &'a Pki,
    plan: Mutex<Option<Plan>>,
}

#[async_trait]
impl Dial for Onward<'_> {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        let plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner).take();
        match plan {
            Some(plan) => self.network.follow(plan).await,
            None => self.network.dial(Origin::Proxies, to).await,
        }
    }
}

impl<'a> Onward<'a> {
    pub(super) fn new(
        network: &'a FakeNetwork,
        running: &'a Running,
        pki: &'a Pki,
        plan: Plan,
    ) -> Self {
        Self { network, running, pki, plan: Mutex::new(Some(plan)) }
    }

    /// The root that the server `host` has its certificate from (DER), if it has one.
    fn roots(&self, host: &Host) -> Vec<Vec<u8>> {
        let Host::Name(host) = host else { return Vec::new() };
        let root = self.running.look(|world| {
            let endpoint = world.cloud().endpoints().at(host)?;
            Some(endpoint.root().get().clone())
        });
        root.and_then(|root| self.pki.root_certificate(&root)).into_iter().collect()
    }

    /// Asks the server that a request is for: one in absolute form, or one from inside the tunnel to
    /// `inside`.
    pub(super) async fn fetch(
        &self,
        request: &Request<Bytes>,
        to: &Address,
        inside: Option<&Address>,
    ) -> Result<wire::Response, Situation> {
        // On the port of FTP nobody listens, so no server is sent HTTP that speaks FTP.
        let is_secure = inside.is_some() || request.uri().scheme() == Some(&Scheme::HTTPS);
        let scheme = if is_secure { "https" } else { "http" };
        let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let url = format!("{scheme}://{to}{path}");
        let url: Url = url.parse().map_err(|_no_url| Situation::NoUrl)?;
        let mut passed = request.headers().clone();
        wire::remove_hop_by_hop(&mut passed);
        // The host is written anew.
        passed.remove(HOST);
        let headers = passed.iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let asked = wire::Request {
            method: request.method().clone(),
            url,
            headers: headers.collect(),
            body: request.body().to_vec(),
        };
        // Where TLS is spoken on this way, the proxy trusts whom the server has its certificate from.
        let roots = self.roots(&asked.url.host).into_iter().map(Content::from).collect();
        let versions = vec![TlsVersion::V1_2, TlsVersion::V1_3];
        let tls = TlsConfig { roots, now: self.running.stamp(), versions };
        let client = Client { dial: self, proxy: None, tls };
        client.send(&asked).await.map_err(|error| match error {
            HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. } => {
                page::unreachable(error)
            }
            HttpError::Closed => Situation::NoAnswer,
            HttpError::Tls(_)
            | HttpError::ProxyRefused { .. }
            | HttpError::Malformed { .. }
            | HttpError::TooLarge { .. } => Situation::BadAnswer,
        })
    }
}

/// A server's answer without what concerned only the server and the proxy, but for the length, which stays in its place.
pub(super) fn returned(mut answer: wire::Response) -> (StatusCode, HeaderMap, Vec<u8>) {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    wire::remove_hop_by_hop(&mut answer.headers);
    (status, answer.headers, answer.body)
}
