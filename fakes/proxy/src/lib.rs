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
use std::pin::pin;
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
use marslab_wire::http::{Piped, date, pipe};
use marslab_wire::raw_http::{
    AfterReply, Handover, Patience, Reply, RequestBody, RequestError, Responder, serve,
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

/// How a request was answered, for the journal.
struct Outcome {
    reply: Reply,
    status: String,
    /// The length of the answer's body, where it is not whole.
    length: Option<u64>,
    text: Text,
}

impl Outcome {
    fn page((reply, status): (Reply, String)) -> Self {
        Self { reply, status, length: None, text: Text::Shown }
    }
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

    /// Squid's `client_idle_pconn_timeout`, `request_timeout` and `client_lifetime`, where connections take real time.
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

    /// Asks a server. What it answers, it records itself.
    async fn fetch(&self, evaluated: &Evaluated, request: Request<Piped>, plan: Plan) -> Outcome {
        let said =
            |(reply, status)| Outcome { text: Text::Withheld, ..Outcome::page((reply, status)) };
        let Some(network) = self.network.upgrade() else {
            return said((page::reset(), "closed".to_owned()));
        };
        let onward = Onward::new(&network, &self.running, &self.pki, plan);
        match onward.fetch(request, &evaluated.to, self.inside.as_ref()).await {
            Ok(answer) => {
                let context = evaluated.style.context(self.name.as_str(), "");
                let extra_header = evaluated.extra_header.as_deref();
                let length = answer.length.filter(|_| answer.rest.is_some());
                let (reply, status) = page::passed(&context, answer, extra_header);
                Outcome { length, ..said((reply, status.as_str().to_owned())) }
            }
            Err(situation) => said(self.page(&evaluated.style, situation, &Details::default())),
        }
    }

    /// Asks with a body that is held, and again if the world has changed meanwhile.
    async fn ask(
        &self,
        mut evaluated: Evaluated,
        head: &Request<()>,
        body: Bytes,
        mut plan: Plan,
    ) -> (Evaluated, Outcome) {
        let mut tries = 0;
        loop {
            let request = head.clone().map(|()| Piped::from(body.clone()));
            let said = self.fetch(&evaluated, request, plan).await;
            if !self.is_outdated(&evaluated) || !head.method().is_safe() {
                return (evaluated, said);
            }
            tries += 1;
            if tries == TRIES_MAX {
                let closed = Outcome::page((page::reset(), "closed".to_owned()));
                return (evaluated, Outcome { text: Text::Withheld, ..closed });
            }
            // It was admitted in one world and answered in another, and the request may be repeated.
            let (again, admission) = self.evaluate(head, &evaluated.to, Attempt::Retry);
            evaluated = Evaluated { began: evaluated.began, ..again };
            match self.decide(&evaluated, admission, head).await {
                Decision::Answer(reply, status) => {
                    return (evaluated, Outcome::page((reply, status)));
                }
                Decision::Forward(next) => plan = next,
            }
        }
    }

    /// Asks with a body of which this has come, and the rest is sent on while it comes.
    async fn pass_on(
        &self,
        evaluated: &Evaluated,
        head: &Request<()>,
        (first, mut body): (Bytes, RequestBody<'_>),
        plan: Plan,
    ) -> Result<(usize, Outcome), RequestError> {
        let mut sent = first.len();
        let length = body.length().map(|left| left + sent as u64);
        let (pipe, piped) = pipe(first, length);
        let mut asking = pin!(self.fetch(evaluated, head.clone().map(|()| piped), plan));
        let said = tokio::select! {
            biased;
            said = &mut asking => said,
            fed = forward::feed(&mut body, &pipe) => {
                sent += fed?;
                asking.await
            }
        };
        Ok((sent, said))
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

    /// Notes a request, whose body had this length, and returns the reply to it.
    fn note(
        &self,
        evaluated: &Evaluated,
        request: &Request<()>,
        bytes: usize,
        said: Outcome,
    ) -> Reply {
        let Evaluated { began, to, note, style, .. } = evaluated;
        let Outcome { reply, status, length, text } = said;
        let scheme = if self.inside.is_some() { "https" } else { "http" };
        let what = match style.method {
            Method::CONNECT => format!("CONNECT {to}"),
            ref method => format!("{method} {scheme}://{to}{}", request.uri().path()),
        };
        let noted = (!note.is_empty()).then(|| format!("{status} ({note})"));
        let answer = noted.as_deref().unwrap_or(&status);
        let exchange = Exchange::of(*began, scheme, to, request, bytes);
        let exchange = exchange.answered_again(&self.shared.last_answer, &reply.bytes, text);
        let exchange = match length.and_then(|length| usize::try_from(length).ok()) {
            Some(length) => exchange.of_bytes(length),
            None => exchange,
        };
        self.running.record_exchange(self.name.as_str(), &what, answer, exchange);
        reply
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
                Some(self.note(&evaluated, head, 0, Outcome::page((reply, status))))
            }
            Decision::Forward(plan) => {
                let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
                *pending = Some((evaluated, plan));
                None
            }
        }
    }

    async fn respond(
        &self,
        head: Request<()>,
        mut body: RequestBody<'_>,
    ) -> Result<Reply, RequestError> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((evaluated, plan)) = pending else { return Ok(page::reset()) };
        let first = Bytes::from(body.first(forward::HELD_BYTES_MAX).await?);
        let (evaluated, bytes, said) = if body.is_over() {
            let bytes = first.len();
            let (evaluated, said) = self.ask(evaluated, &head, first, plan).await;
            (evaluated, bytes, said)
        } else {
            let (bytes, said) = self.pass_on(&evaluated, &head, (first, body), plan).await?;
            (evaluated, bytes, said)
        };
        Ok(self.note(&evaluated, &head, bytes, said))
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

/// Squid's default time-outs. The last ends a client that has not sent all of a body: once its head is read, Squid gives it the
/// rest of its life (`ConnStateData::clientParseRequests`); `read_timeout` is about servers.
const PATIENCE: Patience = Patience {
    idle: Some(Duration::from_secs(120)),
    head: Some(Duration::from_secs(300)),
    body: Some(Duration::from_secs(24 * 3600)),
};

/// How often a request is evaluated anew because the world moved. Where it never rests, no answer would be of one world, and
/// the connection is closed.
const TRIES_MAX: usize = 32;
