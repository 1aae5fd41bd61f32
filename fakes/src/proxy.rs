//! A forward proxy with the manners of Squid 5.7 (proxy-wire 7.2 to 7.4).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `credentials` | challenges, and what a `Proxy-Authorization` is worth |
//! | `page` | the proxy's own answers |
//! | `forward` | what is asked of a server on behalf of a client |
//!
//! It reads its settings from the world at every request. It connects through the simulated network, and so to nothing
//! but the lab's own servers.

mod credentials;
mod forward;
mod page;

use std::sync::{Arc, Weak};

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, Response};
use marslab_model::net::Target;
use marslab_model::world::{Origin, Proxy};
use marslab_model::{Address, Connection, Host, Look, Name, World};
use marslab_wire::serve::{Answer, Handler, serve};

use crate::exchange::{Exchange, Text};
use crate::network::{FakeNetwork, addresses};
use crate::running::Running;
use credentials::Standing;
use page::{Page, Stage};

/// The proxy of one address, as one connection meets it.
pub(crate) struct Seat {
    name: Name,
    running: Arc<Running>,
    network: Weak<FakeNetwork>,
}

/// What the proxy's settings say to a request.
enum Admission {
    /// There is no such proxy any more.
    Gone,
    /// It wants to know who asks first; the challenges.
    Unknown(Vec<String>),
    /// It does not connect to there.
    Refused,
    /// It may try.
    Granted,
}

/// What the journal is told of a request beside its answer.
struct Noted {
    heard: Exchange,
    text: Text,
    note: &'static str,
}

impl Seat {
    pub(crate) fn new(name: Name, running: Arc<Running>, network: Weak<FakeNetwork>) -> Self {
        Self { name, running, network }
    }

    /// Serves a client until either side closes the connection.
    pub(crate) async fn serve(self, connection: Connection) {
        serve(connection, Arc::new(self)).await;
    }

    fn admit(&self, request: &Request<Bytes>, to: &Address) -> (Admission, &'static str) {
        self.running.look(|world| {
            let Some(proxy) = world.clone().network().proxies().at(&self.name) else {
                return (Admission::Gone, "");
            };
            let header = request.headers().get(PROXY_AUTHORIZATION);
            let (standing, note) = credentials::judge(&proxy, header);
            let admission = match standing {
                Standing::Stranger => Admission::Unknown(credentials::challenges(&proxy)),
                Standing::Welcome if is_refused(&proxy, world, to) => Admission::Refused,
                Standing::Welcome => Admission::Granted,
            };
            (admission, note)
        })
    }

    /// The configuration script, where that is what is asked for. Nobody is asked for credentials before it: a client
    /// has none until it knows its proxy.
    fn script(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        if request.method() != Method::GET || *request.uri() != SCRIPT_PATH {
            return None;
        }
        let script = self.running.look(|world| {
            let proxy = world.network().proxies().at(&self.name)?;
            Some(proxy.script().get().clone())
        });
        let script = script.filter(|script| !script.is_empty())?;
        let mut response = Response::new(Bytes::from(script));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(SCRIPT_TYPE));
        Some(response)
    }

    async fn tunnel(&self, to: &Address) -> Answer {
        let Some(network) = self.network.upgrade() else { return Answer::Reset };
        match network.dial(Origin::Proxies, to).await {
            Ok(connection) => Answer::Tunnel(connection),
            Err(error) => self.respond(&Page::unreachable(error, Stage::Tunnel)),
        }
    }

    async fn fetch(&self, request: &Request<Bytes>) -> Answer {
        let Some(network) = self.network.upgrade() else { return Answer::Reset };
        match forward::fetch(&network, request).await {
            Ok(response) => Answer::Respond(forward::returned(&response, self.name.as_str())),
            Err(page) => self.respond(&page),
        }
    }

    fn respond(&self, page: &Page) -> Answer {
        Answer::Respond(page.response(self.name.as_str(), self.running.stamp()))
    }

    fn note(&self, request: &Request<Bytes>, to: &Address, answer: &Answer, noted: Noted) {
        let Noted { heard, text, note } = noted;
        let what = match *request.method() {
            Method::CONNECT => format!("CONNECT {to}"),
            ref method => format!("{method} http://{to}{}", request.uri().path()),
        };
        let (status, exchange) = match answer {
            Answer::Respond(response) => {
                (response.status().as_u16().to_string(), heard.answered(response, text))
            }
            Answer::Tunnel(_) => ("200".to_owned(), heard.answered_with(ESTABLISHED, text)),
            Answer::Reset => ("closed".to_owned(), heard),
        };
        let answer = if note.is_empty() { status } else { format!("{status} ({note})") };
        self.running.say_exchange(self.name.as_str(), &what, &answer, exchange);
    }
}

#[async_trait]
impl Handler for Seat {
    async fn answer(&self, request: Request<Bytes>) -> Answer {
        if let Some(script) = self.script(&request) {
            self.running.say(self.name.as_str(), "GET the configuration script", "200");
            return Answer::Respond(script);
        }
        let Some(to) = destination(&request) else {
            self.running.say(self.name.as_str(), "an unusable request", "400");
            return self.respond(&Page::unusable());
        };
        let heard = Exchange::of(self.running.stamp(), "http", &to, &request, request.body().len());
        let (admission, note) = self.admit(&request, &to);
        // What is passed on is a server's, and told where that server tells of it.
        let is_passed_on = matches!(admission, Admission::Granted);
        let text = if is_passed_on { Text::Withheld } else { Text::Shown };
        let answer = match admission {
            Admission::Gone => Answer::Reset,
            Admission::Unknown(challenges) => self.respond(&Page::who_are_you(challenges)),
            Admission::Refused => self.respond(&Page::refused()),
            Admission::Granted if request.method() == Method::CONNECT => self.tunnel(&to).await,
            Admission::Granted => self.fetch(&request).await,
        };
        self.note(&request, &to, &answer, Noted { heard, text, note });
        answer
    }
}

/// Where a request wants to go: the authority of a CONNECT, or the host of an `http` URL.
fn destination(request: &Request<Bytes>) -> Option<Address> {
    let uri = request.uri();
    let host = Host::new(uri.host().filter(|host| !host.is_empty())?);
    if request.method() == Method::CONNECT {
        return Some(Address { host, port: uri.port_u16()? });
    }
    // Squid would speak TLS itself for an `https` URL; no client of the lab asks for that.
    let is_http = uri.scheme_str()?.eq_ignore_ascii_case("http");
    is_http.then(|| Address { host, port: uri.port_u16().unwrap_or(80) })
}

/// Whether the proxy's lists forbid a destination. What is allowed is not refused, as in Squid, where the first rule
/// that matches decides.
fn is_refused(proxy: &Look<'_, Proxy>, world: Look<'_, World>, to: &Address) -> bool {
    is_listed(proxy.clone().refuses().get(), world.clone(), to)
        && !is_listed(proxy.clone().allows().get(), world, to)
}

/// Whether a list names a destination: by its name as asked, then by the addresses that it resolves to.
fn is_listed(targets: &[Target], world: Look<'_, World>, to: &Address) -> bool {
    let name = match &to.host {
        Host::Name(name) => Some(name),
        Host::Ip(_) => None,
    };
    if targets.iter().any(|target| target.matches(name, None)) {
        return true;
    }
    if !targets.iter().any(|target| matches!(target, Target::Range(_))) {
        return false;
    }
    let ips = match &to.host {
        Host::Name(name) => addresses(world, name).unwrap_or_default(),
        Host::Ip(ip) => vec![*ip],
    };
    ips.into_iter().any(|ip| targets.iter().any(|target| target.matches(name, Some(ip))))
}

/// A tunnel's answer, as [`Answer::Tunnel`] sends it.
const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// Where a proxy serves its script. The place is the lab's own; products have one like it.
const SCRIPT_PATH: &str = "/proxy.pac";

/// The media type by which clients know a configuration script.
const SCRIPT_TYPE: &str = "application/x-ns-proxy-autoconfig";

#[cfg(test)]
mod tests;
