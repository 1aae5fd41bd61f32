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
use marslab_wire::http::{self as wire, Client, HttpError, Pipe, Piped, Streamed, TlsConfig, Url};
use marslab_wire::raw_http::{RequestBody, RequestError};

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
        request: Request<Piped>,
        to: &Address,
        inside: Option<&Address>,
    ) -> Result<Answer, Situation> {
        // On the port of FTP nobody listens, so no server is sent HTTP that speaks FTP.
        let is_secure = inside.is_some() || request.uri().scheme() == Some(&Scheme::HTTPS);
        let scheme = if is_secure { "https" } else { "http" };
        let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let url = format!("{scheme}://{to}{path}");
        let url: Url = url.parse().map_err(|_no_url| Situation::NoUrl)?;
        let (head, body) = request.into_parts();
        let mut passed = head.headers;
        wire::remove_hop_by_hop(&mut passed);
        // The host is written anew.
        passed.remove(HOST);
        let headers = passed.iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let (headers, no_body) = (headers.collect(), Vec::new());
        let asked = wire::Request { method: head.method, url, headers, body: no_body };
        // Where TLS is spoken on this way, the proxy trusts whom the server has its certificate from.
        let roots = self.roots(&asked.url.host).into_iter().map(Content::from).collect();
        let versions = vec![TlsVersion::V1_2, TlsVersion::V1_3];
        let tls = TlsConfig { roots, now: self.running.stamp(), versions };
        let client = Client { dial: self, proxy: None, tls };
        let answered = client.open(&asked, body).await.map_err(|error| situation(&error))?;
        Answer::read(answered).await.map_err(|error| situation(&error))
    }
}

/// A server's answer, as far as it was waited for.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Without what concerned only the server and the proxy, but for the length, which stays in its place.
    pub(super) headers: HeaderMap,
    pub(super) first: Vec<u8>,
    /// The length of the body, if that is known.
    pub(super) length: Option<u64>,
    /// What is passed on while it comes.
    pub(super) rest: Option<Streamed>,
}

impl Answer {
    async fn read(mut answered: Streamed) -> Result<Self, HttpError> {
        let told = answered.length();
        let (first, is_whole) = answered.first(HELD_BYTES_MAX).await?;
        let mut headers = std::mem::take(&mut answered.headers);
        wire::remove_hop_by_hop(&mut headers);
        let length = if is_whole { Some(first.len() as u64) } else { told };
        let (status, rest) = (answered.status, (!is_whole).then_some(answered));
        Ok(Self { status, headers, first, length, rest })
    }
}

/// Puts into a pipe what still comes of a body. Returns how many bytes that were, as far as the server wanted any.
pub(super) async fn feed(body: &mut RequestBody<'_>, pipe: &Pipe) -> Result<usize, RequestError> {
    let mut fed = 0;
    loop {
        let piece = body.next().await?;
        let is_end = piece.is_none();
        fed += piece.as_ref().map_or(0, Bytes::len);
        if !pipe.send(piece).await || is_end {
            return Ok(fed);
        }
    }
}

fn situation(error: &HttpError) -> Situation {
    match error {
        HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. } => {
            page::unreachable(*error)
        }
        HttpError::Closed => Situation::NoAnswer,
        HttpError::Tls(_)
        | HttpError::ProxyRefused { .. }
        | HttpError::Malformed { .. }
        | HttpError::TooLarge { .. } => Situation::BadAnswer,
    }
}

/// The longest body that is held, of a request or of an answer: as much as Squid's pipe for bodies has room for.
pub(super) const HELD_BYTES_MAX: usize = 64 << 10;
