//! A forward proxy: who may use it, where it connects to, and how it says so, as its product does (proxy-wire 7).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `admission` | where a request wants to go, and whether it may |
//! | `credentials` | challenges, and what a `Proxy-Authorization` is worth |
//! | `product`, `page` | what the answers of each product look like; writing them |
//! | `forward` | what is asked of a server on behalf of a client |
//!
//! It reads its settings from the world at every request. It connects through the simulated network, and so to nothing
//! but the lab's own servers.

mod admission;
mod credentials;
mod forward;
mod page;
mod product;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request};
use jiff::Timestamp;
use marslab_model::world::{Manners, Origin, Proxy};
use marslab_model::{Address, Connection, HostName, Look, Name};
use marslab_wire::relay::relay;
use marslab_wire::tls;
use marslab_wire::verbatim::{Flaw, Handover, Reply, Speaker, Then, is_persistent, serve};

use crate::cloud::http_date;
use crate::exchange::{Exchange, Text};
use crate::mishap::{Counted, Side};
use crate::network::FakeNetwork;
use crate::running::Running;
use admission::{Admission, admit, destination};
use credentials::{Counter, Judgement, Nonces, Session, Shown, Standing};
use page::{Context, Details};
use product::{Product, Situation};

pub use product::products;

/// What a proxy remembers from one connection to another.
#[derive(Default)]
pub(crate) struct Memory {
    nonces: Nonces,
    counted: Counted,
}

/// The proxy of one address, as one connection meets it.
pub(crate) struct Seat {
    name: Name,
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
    memory: Arc<Memory>,
    session: Mutex<Session>,
    /// The judged request whose body is being read.
    pending: Mutex<Option<Judged>>,
    /// Where the tunnel leads in which this connection lies and into which the proxy looks.
    inside: Option<Address>,
}

/// What the proxy's settings say to a request.
struct Judged {
    /// When it was heard.
    began: Timestamp,
    to: Address,
    admission: Admission,
    /// What the journal tells of the credentials.
    note: &'static str,
    /// A header line for the answer.
    also: Option<String>,
    manner: Manner,
}

/// What was answered, for the journal.
struct Said<'a> {
    /// The length of the request's body.
    length: usize,
    reply: &'a Reply,
    status: &'a str,
    text: Text,
}

/// How the proxy answers a request, whatever it answers.
struct Manner {
    product: &'static Product,
    manners: Manners,
    keeps: bool,
    /// Whether the connection ends all the same, whatever the answer says.
    ends: bool,
    method: Method,
}

impl Seat {
    pub(crate) fn new(
        name: Name,
        running: Arc<Running>,
        network: Weak<FakeNetwork>,
        memory: Arc<Memory>,
    ) -> Self {
        let (session, pending) = (Mutex::default(), Mutex::default());
        Self { name, running, network, memory, session, pending, inside: None }
    }

    /// Serves a client until either side closes the connection.
    pub(crate) async fn serve(self, connection: Connection) {
        let set = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.mishaps().get().clone())
        });
        let (set, counted) = (set.unwrap_or_default(), &self.memory.counted);
        let connection = counted.next(&set, Side::Server, &self.running, connection);
        serve(connection, Arc::new(self)).await;
    }

    /// What lies inside a tunnel that the proxy looks into.
    fn within(&self, to: &Address) -> Self {
        let (running, network) = (Arc::clone(&self.running), self.network.clone());
        let inside = Some(to.clone());
        let memory = Arc::clone(&self.memory);
        Self { inside, ..Self::new(self.name.clone(), running, network, memory) }
    }

    /// Judges a request by what the world says now.
    fn judge(&self, head: &Request<()>, to: &Address) -> Judged {
        let stamp = self.running.stamp();
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let judged = self.running.look(|world| {
            let proxy = world.clone().network().proxies().at(&self.name)?;
            let mut manner = Manner::of(Some(&proxy), head);
            if self.inside.is_some() {
                // Whoever opened the tunnel has said who they are.
                let admission = admit(&proxy, world, head, to);
                return Some(Judged { admission, ..Judged::cut(stamp, to, manner) });
            }
            let shown =
                Shown { method: head.method(), headers: head.headers(), keeps: manner.keeps };
            let (nonces, running) = (&self.memory.nonces, &*self.running);
            let counter = Counter { proxy: &proxy, world: &world, nonces, running, stamp };
            let judgement = counter.judge(&shown, &mut session);
            let asking = match judgement.standing {
                Standing::Welcome => None,
                Standing::Stranger => Some(Situation::Unknown),
                Standing::Impostor => Some(Situation::Wrong),
                Standing::Halfway => Some(Situation::Leg),
            };
            let admission = match asking {
                Some(asking) => {
                    let challenges = counter.challenges(&judgement.ask, manner.product);
                    Admission::answered(asking, challenges)
                }
                None => admit(&proxy, world, head, to),
            };
            manner.ends = judgement.ends;
            let Judgement { note, also, .. } = judgement;
            Some(Judged { admission, note, also, ..Judged::cut(stamp, to, manner) })
        });
        judged.unwrap_or_else(|| Judged::cut(stamp, to, Manner::of(None, head)))
    }

    /// The configuration script, where that is what is asked for. Nobody is asked for credentials before it: a client
    /// has none until it knows its proxy.
    fn script(&self, head: &Request<()>) -> Option<Reply> {
        if head.method() != Method::GET || *head.uri() != SCRIPT_PATH || self.inside.is_some() {
            return None;
        }
        let script = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.script().get().clone())
        });
        let script = script.filter(|script| !script.is_empty())?;
        let length = script.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {SCRIPT_TYPE}\r\nContent-Length: {length}\r\n\r\n"
        );
        Some(Reply { bytes: (head + &script).into_bytes(), then: Then::Keep })
    }

    /// What is answered without the body of the request; nothing where that is wanted.
    async fn decide(&self, judged: &Judged) -> Option<(Reply, String)> {
        match &judged.admission {
            Admission::Cut => Some((page::cut(), "closed".to_owned())),
            Admission::Answered { situation, challenges, location } => {
                let also = judged.also.as_deref();
                let details = Details { challenges, location, also, tunnel: false };
                Some(self.page(&judged.manner, *situation, &details))
            }
            Admission::Inspected(authority) => Some(self.open(judged, authority)),
            Admission::Granted if judged.manner.method == Method::CONNECT => {
                Some(self.tunnel(judged).await)
            }
            Admission::Granted => None,
        }
    }

    async fn tunnel(&self, judged: &Judged) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::cut(), "closed".to_owned());
        };
        let server = match network.dial(Origin::Proxies, &judged.to).await {
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
        let network = self.network.upgrade();
        let host = HostName::new(judged.to.host.to_string());
        let identity = network.and_then(|network| network.identity(&host, authority));
        let Some(identity) = identity else {
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
        (Reply { bytes, then: Then::HandOver(next) }, "200".to_owned())
    }

    async fn fetch(&self, judged: &Judged, request: &Request<Bytes>) -> (Reply, String) {
        let Some(network) = self.network.upgrade() else {
            return (page::cut(), "closed".to_owned());
        };
        match forward::fetch(&network, request, self.inside.as_ref()).await {
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
        let date = http_date(self.running.stamp());
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
impl Speaker for Seat {
    async fn answer_head(&self, head: &Request<()>) -> Option<Reply> {
        if let Some(script) = self.script(head) {
            self.running.say(self.name.as_str(), "GET the configuration script", "200");
            return Some(script);
        }
        let to = match self.inside.clone().map_or_else(|| destination(head), Ok) {
            Ok(to) => to,
            Err(situation) => {
                let manner = self.running.look(|world| {
                    let proxy = world.network().proxies().at(&self.name);
                    Manner::of(proxy.as_ref(), head)
                });
                let (reply, status) = self.page(&manner, situation, &Details::default());
                self.running.say(self.name.as_str(), "an unusable request", &status);
                return Some(reply);
            }
        };
        let judged = self.judge(head, &to);
        let Some((reply, status)) = self.decide(&judged).await else {
            *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = Some(judged);
            return None;
        };
        let said = Said { length: 0, reply: &reply, status: &status, text: Text::Shown };
        self.note(&judged, head, &said);
        Some(reply)
    }

    async fn answer(&self, request: Request<Bytes>) -> Reply {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(judged) = pending else { return page::cut() };
        let (reply, status) = self.fetch(&judged, &request).await;
        // What is passed on is a server's, and told where that server tells of it.
        let (length, text) = (request.body().len(), Text::Withheld);
        self.note(&judged, &request, &Said { length, reply: &reply, status: &status, text });
        reply
    }

    fn answer_flaw(&self, flaw: Flaw) -> Reply {
        let situation = match flaw {
            Flaw::NotHttp => Situation::NoHttp,
            Flaw::Version => Situation::Version,
            Flaw::HeadTooLarge => Situation::TooLarge,
            Flaw::Length => Situation::NoLength,
            Flaw::BodyTooLarge => Situation::BodyTooLarge,
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

impl Judged {
    /// A request that is not answered.
    fn cut(began: Timestamp, to: &Address, manner: Manner) -> Self {
        Self { began, to: to.clone(), admission: Admission::Cut, note: "", also: None, manner }
    }
}

impl Manner {
    /// How a proxy is set up, if there is one.
    fn of(proxy: Option<&Look<'_, Proxy>>, head: &Request<()>) -> Self {
        let unknown = Name::new("");
        let product = proxy.map_or(&unknown, |proxy| proxy.clone().product().get());
        Self {
            product: Product::named(product),
            manners: proxy.map(|proxy| proxy.clone().manners().get().clone()).unwrap_or_default(),
            keeps: is_persistent(head),
            ends: false,
            method: head.method().clone(),
        }
    }

    fn context<'a>(&'a self, address: &'a str, date: &'a str) -> Context<'a> {
        let Self { product, manners, keeps, ends, method } = self;
        Context { address, product, manners, date, method, keeps: *keeps, ends: *ends }
    }
}

/// Where a proxy serves its script. The place is the lab's own; products have one like it.
const SCRIPT_PATH: &str = "/proxy.pac";

/// The media type by which clients know a configuration script.
const SCRIPT_TYPE: &str = "application/x-ns-proxy-autoconfig";

#[cfg(test)]
mod tests;
