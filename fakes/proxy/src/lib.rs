//! Forward proxies, and captive portals: who may use a proxy, where it connects to, and how it says so, as its product
//! does (proxy-wire 7).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `admission` | the destination of a request, and whether it is allowed |
//! | `evaluate` | evaluating a request against one state of the world |
//! | `credentials` | challenges, and checking a `Proxy-Authorization` |
//! | `product`, `page` | what the answers of each product look like; writing them |
//! | `language` | in which language a page is |
//! | `forward` | requests to servers on behalf of clients |
//! | `portal` | captive portals |
//!
//! It reads its settings from the world at every request. It connects through the simulated network, and so to nothing
//! but the lab's own servers.

mod admission;
mod credentials;
mod evaluate;
mod forward;
mod language;
mod page;
mod portal;
mod product;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request};
use jiff::Timestamp;
use marslab_model::world::Impairment;
use marslab_model::{Address, Connection, HostName, Name};
use marslab_network::{FakeNetwork, Plan};
use marslab_pki::{IdentitySpec, IssuedBy, Pki};
use marslab_state::Running;
use marslab_state::exchange::{Exchange, LastAnswer, Text};
use marslab_state::impairment::{Counting, NextAnswer, Side, impair_connection};
use marslab_wire::http::date;
use marslab_wire::raw_http::{
    AfterReply, Handover, Patience, Reply, RequestError, Responder, serve,
};
use marslab_wire::relay::relay;
use marslab_wire::tls;

use admission::Admission;
use credentials::{Attempt, Nonces, Session};
use evaluate::{Evaluated, ResponseStyle};
use forward::Onward;
use page::Details;
use product::Situation;

pub use portal::Portals;
pub use product::products;

/// The proxies of one running world.
pub struct Proxies {
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
    pki: Arc<Pki>,
    /// What the connections of each share.
    shared_states: Mutex<BTreeMap<Name, Arc<SharedState>>>,
}

impl Proxies {
    /// The proxies of `running`, which dial through a network.
    pub fn new(running: Arc<Running>, network: Weak<FakeNetwork>, pki: Arc<Pki>) -> Self {
        Self { running, network, pki, shared_states: Mutex::default() }
    }

    /// Serves a client of the proxy at an address until either side closes the connection.
    pub fn serve(
        &self,
        name: Name,
        connection: Connection,
    ) -> impl Future<Output = ()> + Send + use<> {
        let mut shared_states = self.shared_states.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Arc::clone(shared_states.entry(name.clone()).or_default());
        let (running, network) = (Arc::clone(&self.running), self.network.clone());
        let pki = Arc::clone(&self.pki);
        ProxyConnection::new(name, running, network, pki, shared).serve(connection)
    }
}

/// What the connections of one proxy share.
#[derive(Default)]
struct SharedState {
    nonces: Nonces,
    /// For the journal.
    last_answer: LastAnswer,
}

/// One connection to a proxy.
struct ProxyConnection {
    name: Name,
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
    pki: Arc<Pki>,
    shared: Arc<SharedState>,
    session: Mutex<Session>,
    /// The impairment of the next answer.
    next_answer: Arc<NextAnswer>,
    /// The admitted request whose body is being read, and where it goes.
    pending: Mutex<Option<(Evaluated, Plan)>>,
    /// The destination of the inspected tunnel that this connection is inside of.
    inside: Option<Address>,
}

/// What the proxy does with a request.
enum Decision {
    /// Answers it itself; the status for the journal.
    Answer(Reply, String),
    /// Forwards it with its body.
    Forward(Plan),
}

/// An answer for the journal.
struct Answer<'a> {
    /// The length of the request's body.
    length: usize,
    reply: &'a Reply,
    status: &'a str,
    text: Text,
}

impl ProxyConnection {
    fn new(
        name: Name,
        running: Arc<Running>,
        network: Weak<FakeNetwork>,
        pki: Arc<Pki>,
        shared: Arc<SharedState>,
    ) -> Self {
        let (session, next_answer, pending) = (Mutex::default(), Arc::default(), Mutex::default());
        Self { name, running, network, pki, shared, session, next_answer, pending, inside: None }
    }

    /// Serves a client until either side closes the connection.
    async fn serve(self, connection: Connection) {
        let (who, set) = (Counting::Connections(self.name.clone()), self.impairments());
        let connection = impair_connection(&self.running, who, &set, Side::Server, connection);
        let connection = self.next_answer.impair(&self.running, connection);
        let patience = self.patience();
        serve(connection, Arc::new(self), patience).await;
    }

    /// Squid's `client_idle_pconn_timeout` and `request_timeout`, where connections take real time.
    fn patience(&self) -> Patience {
        match self.network.upgrade() {
            Some(network) if network.has_sockets() => PATIENCE,
            _ => Patience::default(),
        }
    }

    fn impairments(&self) -> Vec<Impairment> {
        let set = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.impairments().get().clone())
        });
        set.unwrap_or_default()
    }

    /// The connection inside an inspected tunnel.
    fn within(&self, to: &Address) -> Self {
        let (running, network) = (Arc::clone(&self.running), self.network.clone());
        let (pki, shared) = (Arc::clone(&self.pki), Arc::clone(&self.shared));
        let inside = Some(to.clone());
        Self { inside, ..Self::new(self.name.clone(), running, network, pki, shared) }
    }

    /// Decides what to do with a request.
    async fn decide(
        &self,
        evaluated: &Evaluated,
        admission: Admission,
        head: &Request<()>,
    ) -> Decision {
        let (reply, status) = match admission {
            Admission::Reset => (page::reset(), "closed".to_owned()),
            Admission::Respond { situation, challenges, location } => {
                let extra_header = evaluated.extra_header.as_deref();
                let (challenges, location) = (challenges.as_slice(), location.as_str());
                let details = Details { challenges, location, extra_header, ..Details::default() };
                self.page_of(evaluated.began, &evaluated.style, situation, &details)
            }
            Admission::Inspect(authority) => self.open(evaluated, &authority),
            Admission::Echo => {
                let echo = page::echo(head);
                let details = Details { body: Some(&echo), ..Details::default() };
                self.page(&evaluated.style, Situation::Echo, &details)
            }
            Admission::Forward(plan) if evaluated.style.method == Method::CONNECT => {
                self.tunnel(evaluated, plan).await
            }
            Admission::Forward(plan) => return Decision::Forward(plan),
        };
        Decision::Answer(reply, status)
    }

    async fn tunnel(&self, evaluated: &Evaluated, plan: Plan) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::reset(), "closed".to_owned());
        };
        let server = match network.follow(plan).await {
            Ok(server) => server,
            Err(error) => {
                let details = Details { tunnel: true, ..Details::default() };
                let situation = match page::unreachable(error) {
                    Situation::NameUnknown => Situation::NameUnknownTunnel,
                    other => other,
                };
                return self.page(&evaluated.style, situation, &details);
            }
        };
        let next: Handover = Box::new(|client| Box::pin(relay(client.stream, server.stream)));
        self.established(&evaluated.style, next)
    }

    /// Opens a tunnel in which the proxy plays the server.
    fn open(&self, evaluated: &Evaluated, authority: &Name) -> (Reply, String) {
        let host = HostName::new(evaluated.to.host.to_string());
        let at = self.running.stamp();
        // Such an authority issues what it needs itself.
        let spec = IdentitySpec::new(host, authority.clone());
        let spec = IdentitySpec { issued_by: IssuedBy::Root, ..spec };
        let Some(identity) = self.pki.identity(spec, at) else {
            return (page::reset(), "closed".to_owned());
        };
        let within = Arc::new(self.within(&evaluated.to));
        let next: Handover = Box::new(move |client| {
            Box::pin(async move {
                match tls::accept(client, &identity).await {
                    Ok(client) => {
                        let patience = within.patience();
                        serve(client, within, patience).await;
                    }
                    // A client that does not trust the authority goes away.
                    Err(error) => {
                        within.running.record(within.name.as_str(), "TLS", &error.to_string());
                    }
                }
            })
        });
        self.established(&evaluated.style, next)
    }

    fn established(&self, style: &ResponseStyle, next: Handover) -> (Reply, String) {
        let bytes = page::established(&style.context(self.name.as_str(), ""));
        (Reply { bytes, then: AfterReply::HandOver(next) }, "200".to_owned())
    }

    async fn fetch(
        &self,
        evaluated: &Evaluated,
        request: &Request<Bytes>,
        plan: Plan,
    ) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::reset(), "closed".to_owned());
        };
        let onward = Onward::new(&network, &self.running, &self.pki, plan);
        match onward.fetch(request, &evaluated.to, self.inside.as_ref()).await {
            Ok(answer) => {
                let context = evaluated.style.context(self.name.as_str(), "");
                let extra_header = evaluated.extra_header.as_deref();
                let reply = page::passed(&context, &forward::returned(answer), extra_header);
                (reply.0, reply.1.as_str().to_owned())
            }
            Err(situation) => self.page(&evaluated.style, situation, &Details::default()),
        }
    }

    fn page(
        &self,
        style: &ResponseStyle,
        situation: Situation,
        details: &Details<'_>,
    ) -> (Reply, String) {
        self.page_of(self.running.stamp(), style, situation, details)
    }

    fn page_of(
        &self,
        time: Timestamp,
        style: &ResponseStyle,
        situation: Situation,
        details: &Details<'_>,
    ) -> (Reply, String) {
        let date = date(time);
        page::page(&style.context(self.name.as_str(), &date), situation, details)
    }

    fn note<B>(&self, evaluated: &Evaluated, request: &Request<B>, said: &Answer<'_>) {
        let Evaluated { began, to, note, style, .. } = evaluated;
        let Answer { length, reply, status, text } = *said;
        let scheme = if self.inside.is_some() { "https" } else { "http" };
        let what = match style.method {
            Method::CONNECT => format!("CONNECT {to}"),
            ref method => format!("{method} {scheme}://{to}{}", request.uri().path()),
        };
        let noted = (!note.is_empty()).then(|| format!("{status} ({note})"));
        let answer = noted.as_deref().unwrap_or(status);
        let exchange = Exchange::of(*began, scheme, to, request, length);
        let exchange = exchange.answered_again(&self.shared.last_answer, &reply.bytes, text);
        self.running.record_exchange(self.name.as_str(), &what, answer, exchange);
    }
}

#[async_trait]
impl Responder for ProxyConnection {
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply> {
        if self.inside.is_none() {
            let who = Counting::Requests(self.name.clone());
            self.next_answer.count_request(&self.running, who, &self.impairments());
        }
        let evaluation = {
            let _held = self.running.hold_changes_to_read();
            self.evaluate_head(head)
        };
        let (evaluated, admission) = match evaluation {
            Ok(evaluated) => evaluated,
            Err(reply) => return Some(reply),
        };
        match self.decide(&evaluated, admission, head).await {
            Decision::Answer(reply, status) => {
                let said = Answer { length: 0, reply: &reply, status: &status, text: Text::Shown };
                self.note(&evaluated, head, &said);
                Some(reply)
            }
            Decision::Forward(plan) => {
                let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
                *pending = Some((evaluated, plan));
                None
            }
        }
    }

    async fn respond(&self, request: Request<Bytes>) -> Reply {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((mut evaluated, mut plan)) = pending else { return page::reset() };
        let mut tries = 0;
        let (reply, status, text) = loop {
            let (reply, status) = self.fetch(&evaluated, &request, plan).await;
            if !self.is_outdated(&evaluated) || !request.method().is_safe() {
                // The answer is the server's, which records it itself.
                break (reply, status, Text::Withheld);
            }
            tries += 1;
            if tries == TRIES_MAX {
                break (page::reset(), "closed".to_owned(), Text::Withheld);
            }
            // It was admitted in one world and answered in another, and the request may be repeated.
            let head = Request::from_parts(request.clone().into_parts().0, ());
            let (again, admission) = self.evaluate(&head, &evaluated.to, Attempt::Retry);
            evaluated = Evaluated { began: evaluated.began, ..again };
            match self.decide(&evaluated, admission, &head).await {
                Decision::Answer(reply, status) => break (reply, status, Text::Shown),
                Decision::Forward(next) => plan = next,
            }
        };
        let length = request.body().len();
        self.note(&evaluated, &request, &Answer { length, reply: &reply, status: &status, text });
        reply
    }

    fn respond_to_error(&self, error: RequestError) -> Reply {
        let situation = match error {
            RequestError::NotHttp => Situation::NoHttp,
            RequestError::Target => Situation::NoUrl,
            RequestError::TargetTooLong => Situation::LineTooLong,
            RequestError::Headers => Situation::InvalidHead,
            RequestError::Expectation => Situation::Expectation,
            RequestError::Coding => Situation::Unsupported,
            RequestError::Version => Situation::Version,
            RequestError::HeadTooLarge => Situation::TooLarge,
            RequestError::Length | RequestError::Chunks | RequestError::CutShort => {
                Situation::NoLength
            }
            RequestError::BodyTooLarge => Situation::BodyTooLarge,
        };
        let style = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name);
            ResponseStyle::of(proxy.as_ref(), &Request::new(()))
        });
        let (reply, status) = self.page(&style, situation, &Details::default());
        self.running.record(self.name.as_str(), "an unusable request", &status);
        reply
    }
}

/// Squid's default time-outs.
const PATIENCE: Patience =
    Patience { idle: Some(Duration::from_secs(120)), head: Some(Duration::from_secs(300)) };

/// How often a request is evaluated anew because the world moved. Where it never rests, no answer would be of one world, and
/// the connection is closed.
const TRIES_MAX: usize = 32;
