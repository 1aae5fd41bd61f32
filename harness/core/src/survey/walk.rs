//! Trying the places.

use std::mem;
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use marslab_model::host::Account;
use marslab_model::net::Host;
use marslab_model::{Address, DialError, HostRead};
use marslab_wire::http::{HttpError, Response, Route, Scheme, Url};
use marslab_wire::tls::TlsError;
use marslab_wire::x509;
use serde_json::Value;

use super::{
    Access, Bypassed, Clock, Death, Distrust, Elsewhere, Naming, Place, Probe, Reach, Refusal,
    Survey, VersionRefusal, Without, hosts_file, range_of, script, versions,
};
use crate::facts::{PROBE_BODY, VERSION_PAGE};
use crate::proxy::{self, Proxy};
use crate::web::Web;

/// Tries the places that an account needs.
pub(crate) async fn survey(host: &dyn HostRead, who: Account, places: &[Place]) -> Survey {
    let setting = match &who {
        Account::System => proxy::of_agent(host),
        Account::User(user) => proxy::of_user(host, user),
    };
    let web = Web { versions: vec![versions::ASKED], ..Web::new(host, who) };
    let mut walk = Walk { web, seen: Survey::default() };
    let followed = script::follow(&walk.web, setting).await;
    walk.seen.proxy = followed.proxy;
    walk.seen.lost_script = followed.lost_script;
    walk.seen.access = walk.access(places).await;
    walk.look_again().await;
    if walk.seen.nothing_passes() {
        walk.seen.elsewhere = walk.elsewhere(places).await;
    }
    walk.seen
}

struct Walk<'a> {
    web: Web<'a>,
    seen: Survey,
}

impl Walk<'_> {
    async fn access(&mut self, places: &[Place]) -> Access {
        let (mut probes, mut closed) = (Vec::new(), None);
        for place in places {
            let via = self.route_to(&place.url).map(|route| route.address);
            if via.is_some() && via == closed.as_ref().and_then(Access::closed_proxy) {
                continue;
            }
            match (self.try_url(&place.url).await, via) {
                (Outcome::Reached(by_name), via) => {
                    let mut probe = Probe::by_name(place.clone(), via, by_name);
                    probe.bypassed = self.bypassed(&probe).await;
                    probes.push(probe);
                }
                (Outcome::ProxyDead(death), Some(proxy)) => {
                    let without = self.without_proxy(places).await;
                    closed = closed.or(Some(Access::ProxyDead { proxy, death, without }));
                }
                (Outcome::ProxyAsks(status), Some(proxy)) => {
                    let place = place.clone();
                    closed = closed.or(Some(Access::ProxyAsks { proxy, status, place }));
                }
                // Without a proxy none can be dead or ask.
                (Outcome::ProxyDead(_) | Outcome::ProxyAsks(_), None) => {}
            }
        }
        let mute = mute_proxy(&probes).filter(|_| closed.is_none());
        if let Some(proxy) = &mute {
            self.seen.own_status = self.ask_itself(proxy).await;
        }
        if let Some(proxy) = mute.filter(|_| self.seen.own_status.is_none()) {
            let without = self.without_proxy(places).await;
            closed = Some(Access::ProxyDead { proxy, death: Death::NoHttp, without });
        }
        if let Some(proxy) = closed.as_ref().and_then(Access::closed_proxy) {
            probes.retain(|probe| probe.via.as_ref() != Some(&proxy));
            self.seen.aside_passes = self.leads_anywhere(&probes, places).await;
        }
        for probe in &mut probes {
            probe.by_address = self.by_address(probe).await;
        }
        self.note_unresolved(&mut probes, places).await;
        self.note_hosts_file(&mut probes).await;
        match closed {
            None => Access::Probed(probes),
            Some(closed) => {
                self.seen.aside = probes;
                closed
            }
        }
    }

    /// Tries a place through the proxy that an exception has left out, where it was not reached without. What a user's browser
    /// is set to is no matter of the agent's.
    async fn bypassed(&mut self, probe: &Probe) -> Option<Bypassed> {
        if probe.via.is_some() || !matches!(probe.by_name, Reach::Failed(_)) {
            return None;
        }
        let url = &probe.place.url;
        let own = self.seen.proxy.clone().filter(|_| self.web.who == Account::System)?;
        let (exception, route) = own.bypassed_way(url)?;
        let answer = self.web.get(url, Some(route.clone())).await;
        if let Ok(answer) = &answer {
            self.keep(url, answer);
        }
        let passes = outcome(answer, url, Some(&route));
        matches!(passes, Outcome::Reached(Reach::Passed))
            .then(|| Bypassed { exception: exception.to_owned(), proxy: route.address })
    }

    /// Notes which names have no address, where the machine, or its proxy, was told so; none where no name has one.
    async fn note_unresolved(&self, probes: &mut [Probe], places: &[Place]) {
        let may_be = |probe: &Probe| match probe.by_name {
            Reach::Failed(error) => error == DialError::NoSuchHost,
            Reach::Refused(status) => status >= 500,
            Reach::Passed | Reach::Replaced | Reach::RefusedInside(_) | Reach::Silent => false,
        };
        let mut unresolved = Vec::new();
        for probe in probes.iter_mut().filter(|probe| may_be(probe)) {
            if self.has_no_address(&probe.place.url.host).await {
                unresolved.push(probe);
            }
        }
        let mut has_others = false;
        for place in places.iter().filter(|_| !unresolved.is_empty()) {
            has_others = has_others || !self.has_no_address(&place.url.host).await;
        }
        for probe in unresolved {
            if has_others {
                probe.naming = Naming::NoAddress;
            }
        }
    }

    /// Notes which names have an address from the hosts file, at which nothing answers, and which is not theirs. A proxy
    /// resolves names by itself.
    async fn note_hosts_file(&self, probes: &mut [Probe]) {
        for probe in probes {
            if let (None, Reach::Failed(_), Host::Name(name)) =
                (&probe.via, probe.by_name, &probe.place.url.host)
                && let Some(ip) = hosts_file::address(self.web.host, name)
                && !self.web.host.query_dns(name).await.is_ok_and(|own| own.contains(&ip))
            {
                probe.naming = Naming::HostsFile(ip);
            }
        }
    }

    async fn has_no_address(&self, host: &Host) -> bool {
        match host {
            Host::Name(name) => self.web.host.resolve(name).await == Err(DialError::NoSuchHost),
            Host::Ip(_) => false,
        }
    }

    /// By which way a URL is reached.
    fn route_to(&self, url: &Url) -> Option<Route> {
        self.seen.proxy.as_ref()?.route_to(url)
    }

    async fn try_url(&mut self, url: &Url) -> Outcome {
        let route = self.route_to(url);
        let mut answer = self.web.get(url, route.clone()).await;
        if versions::is_refused(&answer) {
            let refusal;
            (refusal, answer) = VersionRefusal::look(&self.web, url, route.clone()).await;
            self.seen.version_refusals.push(refusal);
        }
        match &answer {
            Ok(answer) => self.keep(url, answer),
            // A captive portal has no certificate for anybody's name.
            Err(HttpError::Tls(TlsError::WrongName))
                if route.is_none() && self.is_replaced(url).await =>
            {
                return Outcome::Reached(Reach::Replaced);
            }
            Err(HttpError::Tls(error)) => self.note_refusal(url, route.as_ref(), error).await,
            Err(_) => {}
        }
        outcome(answer, url, route.as_ref())
    }

    async fn note_refusal(&mut self, url: &Url, route: Option<&Route>, error: &TlsError) {
        if let Some(why) = self.distrust(error, route).await {
            let via = route.map(|route| route.address.clone());
            self.seen.refusals.push(Refusal { url: url.clone(), via, why });
        }
    }

    /// What is wrong with a server's certificate. What its chain lacks is downloaded, as the client has tried itself.
    async fn distrust(&self, error: &TlsError, route: Option<&Route>) -> Option<Distrust> {
        let (issuer, issuer_at) = match error {
            TlsError::UntrustedRoot { issuer, issuer_at } => (issuer.clone(), issuer_at.clone()),
            TlsError::Expired => return Some(Distrust::Expired),
            TlsError::NotYetValid => return Some(Distrust::NotYetValid),
            TlsError::WrongName => return Some(Distrust::Name),
            _ => return None,
        };
        let Some(at) = issuer_at else { return Some(Distrust::Root { issuer, lost: None }) };
        let got = match at.parse::<Url>() {
            Ok(url) => self.web.get(&url, route.cloned()).await.ok(),
            Err(_) => None,
        };
        let authority = got.and_then(|answer| x509::read(&answer.body).ok());
        Some(match authority {
            Some(authority) => Distrust::Root { issuer: authority.issuer, lost: None },
            None => Distrust::Root { issuer, lost: Some(at) },
        })
    }

    /// Whether something else answers in the place of a server, in the clear as well. Servers answer there with nothing, or
    /// send to their own name.
    async fn is_replaced(&self, url: &Url) -> bool {
        let Url { host, path, .. } = url.clone();
        let own = format!("https://{host}/");
        let clear = Url { scheme: Scheme::Http, host, port: 80, path };
        let answer = self.web.get(&clear, None).await;
        answer.is_ok_and(|it| !it.header("location").is_some_and(|to| to.starts_with(&own)))
    }

    /// Looks once more at certificates that were refused for the time, at the time of a server: the machine's clock may be wrong.
    async fn look_again(&mut self) {
        let Some(clock) = self.seen.clock else { return };
        let (host, who) = (self.web.host, self.web.who.clone());
        let right = Web { at: Some(clock.server), ..Web::new(host, who) };
        for refusal in mem::take(&mut self.seen.refusals) {
            let (url, route) = (refusal.url.clone(), self.route_to(&refusal.url));
            if !refusal.why.is_of_time() {
                self.seen.refusals.push(refusal);
            } else if let Err(HttpError::Tls(error)) = right.get(&url, route.clone()).await {
                self.note_refusal(&url, route.as_ref(), &error).await;
            }
        }
    }

    fn keep(&mut self, url: &Url, answer: &Response) {
        // Whoever answers in the clear may stand in the place of the server, unless it says what only the server does.
        let is_server = url.scheme == Scheme::Https || is_internal_error(answer);
        if answer.status >= 500 && is_server {
            self.seen.errors.push((url.host.to_string(), answer.status));
        }
        if url.scheme == Scheme::Http {
            return;
        }
        let server = answer.header("date").and_then(date);
        let machine = self.web.host.now();
        let clock = server.map(|server| Clock { server, machine });
        self.seen.clock = self.seen.clock.or(clock);
        if url.to_string() == VERSION_PAGE {
            self.seen.version_page = Some(answer.text().into_owned());
        }
    }

    /// Tries the address behind a name that failed: only a documented range is worth it.
    async fn by_address(&self, probe: &Probe) -> Option<(IpAddr, Reach)> {
        let Host::Name(name) = &probe.place.url.host else { return None };
        // Whatever answers in place of a name may do so for its address, and cannot be told from the server there.
        if matches!(probe.by_name, Reach::Passed | Reach::Replaced) {
            return None;
        }
        let addresses = self.web.host.resolve(name).await.ok()?;
        let ip = addresses.into_iter().find(|ip| range_of(*ip).is_some())?;
        let url = Url { host: Host::Ip(ip), ..probe.place.url.clone() };
        let route = probe.via.as_ref().and_then(|_| self.route_to(&probe.place.url));
        match outcome(self.web.get(&url, route.clone()).await, &url, route.as_ref()) {
            Outcome::Reached(reach) => Some((ip, reach)),
            Outcome::ProxyDead(_) | Outcome::ProxyAsks(_) => None,
        }
    }

    /// Whether the way that these places need leads to any documented host.
    async fn leads_anywhere(&self, probes: &[Probe], places: &[Place]) -> bool {
        let Some(probe) = probes.first() else { return false };
        if probes.iter().any(Probe::passes) {
            return true;
        }
        let urls: Vec<&Url> = places.iter().map(|place| &place.url).collect();
        match self.route_to(&probe.place.url) {
            Some(route) => self.passes_through(&route, &urls).await == Some(true),
            None => self.without_proxy(places).await == Without::Works,
        }
    }

    /// What a proxy answers when it is asked for a page of its own, as a server would be.
    async fn ask_itself(&self, proxy: &Address) -> Option<u16> {
        let Address { host, port } = proxy.clone();
        let url = Url { scheme: Scheme::Http, host, port, path: "/".to_owned() };
        let answer = self.web.get(&url, None).await;
        answer.ok().map(|answer| answer.status)
    }

    async fn without_proxy(&self, places: &[Place]) -> Without {
        for place in places {
            if self.web.host.dial(&self.web.who, &place.url.address()).await.is_ok() {
                return Without::Works;
            }
        }
        if self.elsewhere(places).await.is_empty() { Without::Fails } else { Without::NeedsAnother }
    }

    /// The other proxies that the machine knows, as far as they are proxies.
    async fn elsewhere(&self, places: &[Place]) -> Vec<Elsewhere> {
        let urls: Vec<&Url> = places.iter().map(|place| &place.url).collect();
        let mut tried: Vec<Address> =
            urls.iter().filter_map(|url| self.route_to(url)).map(|own| own.address).collect();
        let mut found = Vec::new();
        for proxy in self.known_proxies().await {
            let route = urls.iter().find_map(|url| proxy.route_to(url));
            let Some(route) = route.filter(|route| !tried.contains(&route.address)) else {
                continue;
            };
            tried.push(route.address.clone());
            if let Some(passes) = self.passes_through(&route, &urls).await {
                found.push(Elsewhere { source: proxy.source, address: route.address, passes });
            }
        }
        found
    }

    /// Whether a proxy lets any of these pass; `None` if there is no proxy.
    async fn passes_through(&self, route: &Route, urls: &[&Url]) -> Option<bool> {
        for url in urls {
            let answer = self.web.get(url, Some(route.clone())).await;
            match outcome(answer, url, Some(route)) {
                Outcome::Reached(Reach::Passed) => return Some(true),
                // One that asks or refuses is a proxy of this network all the same.
                Outcome::ProxyAsks(_) => return Some(false),
                Outcome::Reached(Reach::Refused(_) | Reach::RefusedInside(_)) => {}
                Outcome::Reached(Reach::Failed(_) | Reach::Replaced | Reach::Silent)
                | Outcome::ProxyDead(_) => return None,
            }
        }
        Some(false)
    }

    async fn known_proxies(&self) -> Vec<Proxy> {
        let host = self.web.host;
        let mut known = Vec::new();
        for user in host.users().unwrap_or_default().into_iter().take(PROXIES_MAX) {
            let setting = proxy::of_user(host, &user);
            known.extend(script::follow(&Web::new(host, Account::User(user)), setting).await.proxy);
        }
        known.into_iter().chain(proxy::of_winhttp(host)).take(PROXIES_MAX).collect()
    }
}

/// The proxy that gave no answer to anything: it refuses so, or is none.
fn mute_proxy(probes: &[Probe]) -> Option<Address> {
    let proxied = || probes.iter().filter(|probe| probe.via.is_some());
    let is_mute = proxied().all(|probe| probe.by_name == Reach::Silent);
    proxied().find_map(|probe| probe.via.clone()).filter(|_| is_mute)
}

/// What became of one request.
enum Outcome {
    Reached(Reach),
    ProxyDead(Death),
    ProxyAsks(u16),
}

fn outcome(answer: Result<Response, HttpError>, url: &Url, route: Option<&Route>) -> Outcome {
    let scheme = url.scheme;
    match answer {
        Ok(answer) if is_internal_error(&answer) => Outcome::Reached(Reach::Passed),
        Ok(answer) if route.is_some() && scheme == Scheme::Http => of_plain(&answer),
        // The connectivity probe is the one page in the clear, and known word for word.
        Ok(answer) if scheme == Scheme::Http && answer.text().trim() != PROBE_BODY => {
            Outcome::Reached(Reach::Replaced)
        }
        // No documented server forbids its first page to a stranger: it wants to know who asks (401), or sends elsewhere.
        Ok(answer) if route.is_some() && answer.status == FORBIDDEN => {
            Outcome::Reached(Reach::RefusedInside(answer.status))
        }
        Ok(_) => Outcome::Reached(Reach::Passed),
        Err(HttpError::Dial { error, .. }) => Outcome::Reached(Reach::Failed(error)),
        Err(HttpError::ProxyDial { error, .. }) => Outcome::ProxyDead(Death::Dial(error)),
        Err(HttpError::ProxyRefused { status, .. }) => of_proxy(status),
        Err(HttpError::Closed | HttpError::Malformed { .. }) if route.is_some() => {
            Outcome::Reached(Reach::Silent)
        }
        // No documented server closes a connection without an answer when it is asked for by its name. By an address
        // alone it may not know for whom to answer.
        Err(HttpError::Closed | HttpError::Tls(TlsError::Closed))
            if matches!(url.host, Host::Name(_)) =>
        {
            Outcome::Reached(Reach::Failed(DialError::Reset))
        }
        // Whoever closes the connection, fails in TLS or writes too much was reached.
        Err(
            HttpError::Tls(_)
            | HttpError::Closed
            | HttpError::Malformed { .. }
            | HttpError::TooLarge { .. },
        ) => Outcome::Reached(Reach::Passed),
    }
}

/// The body shows who answered a plain request through a proxy: the probe's is known.
fn of_plain(answer: &Response) -> Outcome {
    if answer.is_success() && answer.text().trim() == PROBE_BODY {
        return Outcome::Reached(Reach::Passed);
    }
    of_proxy(answer.status)
}

/// Whether a service says of itself that it has an internal error (mars-facts 4.4).
fn is_internal_error(answer: &Response) -> bool {
    let code = |body: &Value| body.pointer("/error/code") == Some(&INTERNAL_ERROR.into());
    answer.status >= 500 && answer.json().is_ok_and(|body| code(&body))
}

fn of_proxy(status: u16) -> Outcome {
    match status {
        // Some proxies answer wrong credentials with 401 (proxy-wire 7.5).
        401 | 407 => Outcome::ProxyAsks(status),
        _ => Outcome::Reached(Reach::Refused(status)),
    }
}

fn date(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

/// How a proxy refuses inside a tunnel that it inspects (Squid's and most others' status for what their lists deny).
const FORBIDDEN: u16 = 403;

/// How a service calls an error of its own (mars-facts 4.4).
const INTERNAL_ERROR: &str = "CloudInternalError";

/// The most other proxies that are tried.
const PROXIES_MAX: usize = 4;
