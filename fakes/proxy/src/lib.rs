//! Forward proxies, and captive portals: who may use a proxy, where it connects to, and how it says so, as its product
//! does (proxy-wire 7).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `admission` | where a request wants to go, and whether it may |
//! | `hearing` | what the world says to a request, from its credentials to where it leads |
//! | `credentials` | challenges, and what a `Proxy-Authorization` is worth |
//! | `product`, `page` | what the answers of each product look like; writing them |
//! | `forward` | what is asked of a server on behalf of a client |
//! | `portal` | captive portals |
//!
//! It reads its settings from the world at every request. It connects through the simulated network, and so to nothing
//! but the lab's own servers.

mod admission;
mod credentials;
mod forward;
mod hearing;
mod page;
mod portal;
mod product;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request};
use marslab_model::world::Mishap;
use marslab_model::{Address, Connection, HostName, Name};
use marslab_network::{FakeNetwork, Plan};
use marslab_pki::Pki;
use marslab_state::Running;
use marslab_state::exchange::{Exchange, Text};
use marslab_state::mishap::{Counted, Orders, Side};
use marslab_wire::http::date;
use marslab_wire::raw_http::{AfterReply, Handover, Reply, RequestError, Responder, serve};
use marslab_wire::relay::relay;
use marslab_wire::tls;

use admission::Admission;
use credentials::{Hearing, Nonces, Session};
use forward::Onward;
use hearing::{Judged, Manner};
use page::Details;
use product::Situation;

pub use portal::Portals;
pub use product::products;

/// The proxies of one running world.
pub struct Proxies {
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
    pki: Arc<Pki>,
    /// What each remembers.
    memories: Mutex<BTreeMap<Name, Arc<Memory>>>,
}

impl Proxies {
    /// Those of `running`, which dial through a network.
    pub fn new(running: Arc<Running>, network: Weak<FakeNetwork>, pki: Arc<Pki>) -> Self {
        Self { running, network, pki, memories: Mutex::default() }
    }

    /// Serves a client of the proxy at an address until either side closes the connection.
    pub fn serve(
        &self,
        name: Name,
        connection: Connection,
    ) -> impl Future<Output = ()> + Send + use<> {
        let mut memories = self.memories.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = Arc::clone(memories.entry(name.clone()).or_default());
        let (running, network) = (Arc::clone(&self.running), self.network.clone());
        let pki = Arc::clone(&self.pki);
        Seat::new(name, running, network, pki, memory).serve(connection)
    }
}

/// What a proxy remembers from one connection to another.
#[derive(Default)]
struct Memory {
    nonces: Nonces,
    counted: Counted,
    requests: Counted,
}

/// The proxy of one address, as one connection meets it.
struct Seat {
    name: Name,
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
    pki: Arc<Pki>,
    memory: Arc<Memory>,
    session: Mutex<Session>,
    /// What befalls the answers on this connection.
    orders: Arc<Orders>,
    /// The admitted request whose body is being read, and where it goes.
    pending: Mutex<Option<(Judged, Plan)>>,
    /// Where the tunnel leads in which this connection lies and into which the proxy looks.
    inside: Option<Address>,
}

/// What becomes of a request that was judged.
enum Decided {
    /// It is answered, and this is the answer's status.
    Answered(Reply, String),
    /// It is passed on with its body.
    PassedOn(Plan),
}

/// What was answered, for the journal.
struct Said<'a> {
    /// The length of the request's body.
    length: usize,
    reply: &'a Reply,
    status: &'a str,
    text: Text,
}

impl Seat {
    fn new(
        name: Name,
        running: Arc<Running>,
        network: Weak<FakeNetwork>,
        pki: Arc<Pki>,
        memory: Arc<Memory>,
    ) -> Self {
        let (session, orders, pending) = (Mutex::default(), Arc::default(), Mutex::default());
        Self { name, running, network, pki, memory, session, orders, pending, inside: None }
    }

    /// Serves a client until either side closes the connection.
    async fn serve(self, connection: Connection) {
        let connection =
            self.memory.counted.next(&self.mishaps(), Side::Server, &self.running, connection);
        let connection = self.orders.obeyed_on(&self.running, connection);
        serve(connection, Arc::new(self)).await;
    }

    fn mishaps(&self) -> Vec<Mishap> {
        let set = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.mishaps().get().clone())
        });
        set.unwrap_or_default()
    }

    /// What lies inside a tunnel that the proxy looks into.
    fn within(&self, to: &Address) -> Self {
        let (running, network) = (Arc::clone(&self.running), self.network.clone());
        let (pki, memory) = (Arc::clone(&self.pki), Arc::clone(&self.memory));
        let inside = Some(to.clone());
        Self { inside, ..Self::new(self.name.clone(), running, network, pki, memory) }
    }

    /// What is done with a request.
    async fn decide(&self, judged: &Judged, admission: Admission) -> Decided {
        let (reply, status) = match admission {
            Admission::Cut => (page::cut(), "closed".to_owned()),
            Admission::Answered { situation, challenges, location } => {
                let also = judged.also.as_deref();
                let (challenges, location) = (challenges.as_slice(), location.as_str());
                let details = Details { challenges, location, also, tunnel: false };
                self.page(&judged.manner, situation, &details)
            }
            Admission::Inspected(authority) => self.open(judged, &authority),
            Admission::Granted(plan) if judged.manner.method == Method::CONNECT => {
                self.tunnel(judged, plan).await
            }
            Admission::Granted(plan) => return Decided::PassedOn(plan),
        };
        Decided::Answered(reply, status)
    }

    async fn tunnel(&self, judged: &Judged, plan: Plan) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::cut(), "closed".to_owned());
        };
        let server = match network.follow(plan).await {
            Ok(server) => server,
            Err(error) => {
                let details = Details { tunnel: true, ..Details::default() };
                return self.page(&judged.manner, page::unreachable(error), &details);
            }
        };
        let next: Handover = Box::new(|client| Box::pin(relay(client.stream, server.stream)));
        self.established(&judged.manner, next)
    }

    /// Opens a tunnel that leads no further than to the proxy, which plays the server.
    fn open(&self, judged: &Judged, authority: &Name) -> (Reply, String) {
        let host = HostName::new(judged.to.host.to_string());
        let Some(identity) = self.pki.identity_by(&host, authority) else {
            return (page::cut(), "closed".to_owned());
        };
        let within = Arc::new(self.within(&judged.to));
        let next: Handover = Box::new(move |client| {
            Box::pin(async move {
                // A client that does not trust the authority goes away.
                if let Ok(client) = tls::accept(client, &identity).await {
                    serve(client, within).await;
                }
            })
        });
        self.established(&judged.manner, next)
    }

    fn established(&self, manner: &Manner, next: Handover) -> (Reply, String) {
        let bytes = page::established(&manner.context(self.name.as_str(), ""));
        (Reply { bytes, then: AfterReply::HandOver(next) }, "200".to_owned())
    }

    async fn fetch(
        &self,
        judged: &Judged,
        request: &Request<Bytes>,
        plan: Plan,
    ) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::cut(), "closed".to_owned());
        };
        let onward = Onward::new(&network, &self.running, &self.pki, plan);
        match onward.fetch(request, self.inside.as_ref()).await {
            Ok(answer) => {
                let context = judged.manner.context(self.name.as_str(), "");
                let also = judged.also.as_deref();
                let reply = page::passed(&context, &forward::returned(answer), also);
                (reply.0, reply.1.as_str().to_owned())
            }
            Err(situation) => self.page(&judged.manner, situation, &Details::default()),
        }
    }

    fn page(
        &self,
        manner: &Manner,
        situation: Situation,
        details: &Details<'_>,
    ) -> (Reply, String) {
        let date = date(self.running.stamp());
        page::page(&manner.context(self.name.as_str(), &date), situation, details)
    }

    fn note<B>(&self, judged: &Judged, request: &Request<B>, said: &Said<'_>) {
        let Judged { began, to, note, manner, .. } = judged;
        let Said { length, reply, status, text } = *said;
        let scheme = if self.inside.is_some() { "https" } else { "http" };
        let what = match manner.method {
            Method::CONNECT => format!("CONNECT {to}"),
            ref method => format!("{method} {scheme}://{to}{}", request.uri().path()),
        };
        let noted = (!note.is_empty()).then(|| format!("{status} ({note})"));
        let answer = noted.as_deref().unwrap_or(status);
        let exchange = Exchange::of(*began, scheme, to, request, length);
        let exchange = exchange.answered_with(&reply.bytes, text);
        self.running.say_exchange(self.name.as_str(), &what, answer, exchange);
    }
}

#[async_trait]
impl Responder for Seat {
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply> {
        if self.inside.is_none() {
            self.memory.requests.next_request(&self.mishaps(), &self.orders);
        }
        let heard = {
            let _turn = self.running.turn();
            self.hear(head)
        };
        let (judged, admission) = match heard {
            Ok(judged) => judged,
            Err(reply) => return Some(reply),
        };
        match self.decide(&judged, admission).await {
            Decided::Answered(reply, status) => {
                let said = Said { length: 0, reply: &reply, status: &status, text: Text::Shown };
                self.note(&judged, head, &said);
                Some(reply)
            }
            Decided::PassedOn(plan) => {
                let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
                *pending = Some((judged, plan));
                None
            }
        }
    }

    async fn respond(&self, request: Request<Bytes>) -> Reply {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((mut judged, mut plan)) = pending else { return page::cut() };
        let mut tries = 0;
        let (reply, status, text) = loop {
            let (reply, status) = self.fetch(&judged, &request, plan).await;
            if !self.is_overtaken(&judged) || !request.method().is_safe() {
                // What is passed on is a server's, and told where that server tells of it.
                break (reply, status, Text::Withheld);
            }
            tries += 1;
            if tries == TRIES_MAX {
                break (page::cut(), "closed".to_owned(), Text::Withheld);
            }
            // Who admitted it and who answered it saw two worlds, and the question may be repeated.
            let head = Request::from_parts(request.clone().into_parts().0, ());
            let (again, admission) = self.judge(&head, &judged.to, Hearing::Again);
            judged = Judged { began: judged.began, ..again };
            match self.decide(&judged, admission).await {
                Decided::Answered(reply, status) => break (reply, status, Text::Shown),
                Decided::PassedOn(next) => plan = next,
            }
        };
        let length = request.body().len();
        self.note(&judged, &request, &Said { length, reply: &reply, status: &status, text });
        reply
    }

    fn respond_to_error(&self, error: RequestError) -> Reply {
        let situation = match error {
            RequestError::NotHttp => Situation::NoHttp,
            RequestError::Version => Situation::Version,
            RequestError::HeadTooLarge => Situation::TooLarge,
            RequestError::Length => Situation::NoLength,
            RequestError::BodyTooLarge => Situation::BodyTooLarge,
        };
        let manner = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name);
            Manner::of(proxy.as_ref(), &Request::new(()))
        });
        let (reply, status) = self.page(&manner, situation, &Details::default());
        self.running.say(self.name.as_str(), "an unusable request", &status);
        reply
    }
}

/// How often a request is judged anew because the world moved. Where it never rests, no answer would be of one world, and
/// the connection is closed.
const TRIES_MAX: usize = 32;
