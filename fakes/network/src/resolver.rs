//! Name resolution: what the world's resolver says to a question, and what machines and proxies make of it.

use std::net::IpAddr;

use marslab_model::world::{Answering, Delivery, ForwardedZone, Origin, Resolver};
use marslab_model::{HostName, Tracked, World};

/// The result of a name lookup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The addresses, in the resolver's order; empty if the name does not resolve.
    pub ips: Vec<IpAddr>,
    /// How long the lookup takes, in world seconds.
    pub seconds: i64,
}

impl Resolved {
    fn after(seconds: i64) -> Self {
        Self { ips: Vec::new(), seconds }
    }
}

/// What a question for a name is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The IPv4 addresses (A).
    V4,
    /// The IPv6 addresses (AAAA).
    V6,
    /// Anything else, of which the names of a world have nothing.
    Other,
}

/// What a resolver says to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolverAnswer {
    /// What kind of answer it is; [`Answering::Records`] only with addresses.
    pub answering: Answering,
    /// The addresses, in the resolver's order.
    pub ips: Vec<IpAddr>,
    /// Where it is from.
    pub basis: Basis,
    /// How the answer arrives.
    pub delivery: Delivery,
}

/// Where an answer is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What the resolver, or the server that it asks, says to all questions.
    State,
    /// One of the resolver's own overrides.
    Override,
    /// The names that there are.
    Names,
}

/// What the world's resolver says to a question for a name.
pub fn ask(world: &Tracked<'_, World>, question: Question, host: &HostName) -> ResolverAnswer {
    let resolver = || world.clone().network().resolver();
    let own = match question {
        Question::V4 => *resolver().a().get(),
        Question::V6 => *resolver().aaaa().get(),
        // Of other types it is silent, or cannot tell, where it is so of all addresses.
        Question::Other => {
            let (a, aaaa) = (*resolver().a().get(), *resolver().aaaa().get());
            if a == aaaa { a } else { Answering::Records }
        }
    };
    let delivery = resolver().delivery().get().clone();
    let says =
        |answering| ResolverAnswer { answering, ips: Vec::new(), basis: Basis::State, delivery };
    if own != Answering::Records {
        return says(own);
    }
    if let Some(ips) = overridden(resolver(), host) {
        return ResolverAnswer { basis: Basis::Override, ..says(own) }.with(ips, question);
    }
    let zone = zone(world, host).map(|(_, zone)| zone);
    let Some(zone) = zone else { return says(own).of_name(known(world, host), question) };
    let (answers, behind) = (*zone.clone().answers().get(), zone.delivery().get());
    let mut said = says(answers);
    said.delivery = through(&said.delivery, behind);
    match answers {
        Answering::Records => said.of_name(known(world, host), question),
        _ => said,
    }
}

impl ResolverAnswer {
    /// The addresses of the type that was asked for.
    fn with(self, ips: Vec<IpAddr>, question: Question) -> Self {
        let is_asked_for = |ip: &IpAddr| match question {
            Question::V4 => ip.is_ipv4(),
            Question::V6 => ip.is_ipv6(),
            Question::Other => false,
        };
        let ips: Vec<IpAddr> = ips.into_iter().filter(is_asked_for).collect();
        let answering = if ips.is_empty() { Answering::Empty } else { Answering::Records };
        Self { answering, ips, ..self }
    }

    /// What there is of a name, if it exists.
    fn of_name(self, ips: Option<Vec<IpAddr>>, question: Question) -> Self {
        let said = Self { basis: Basis::Names, ..self };
        match ips {
            Some(ips) => said.with(ips, question),
            None => Self { answering: Answering::NameError, ..said },
        }
    }

    /// What a client hears that waits so many seconds, and how long it takes. What was cut it asks for again over TCP.
    fn heard_within(self, patience: i64) -> Self {
        let Delivery { seconds, whole_over_udp, over_tcp } = self.delivery;
        let asks = if whole_over_udp { 1 } else { 2 };
        let seconds = seconds.saturating_mul(asks);
        let is_late = i64::from(seconds) >= patience;
        let answering = match self.answering {
            Answering::Silence => Answering::Silence,
            _ if is_late => Answering::Silence,
            // † A client that finds no TCP port has no answer.
            _ if !whole_over_udp && !over_tcp => Answering::ServerFailure,
            heard => heard,
        };
        let waited = u32::try_from(patience).unwrap_or_default();
        let seconds = if answering == Answering::Silence { waited } else { seconds };
        let ips = if answering == Answering::Records { self.ips } else { Vec::new() };
        let delivery = Delivery { seconds, ..self.delivery };
        Self { answering, ips, delivery, ..self }
    }

    fn seconds(&self) -> i64 {
        self.delivery.seconds.into()
    }
}

/// How an answer arrives that another server has given before.
fn through(own: &Delivery, behind: &Delivery) -> Delivery {
    Delivery {
        seconds: own.seconds.saturating_add(behind.seconds),
        whole_over_udp: own.whole_over_udp && behind.whole_over_udp,
        over_tcp: own.over_tcp && behind.over_tcp,
    }
}

/// Resolves a name. An address resolves to itself.
pub fn resolve(world: &Tracked<'_, World>, from: Origin, host: &HostName) -> Resolved {
    if let Ok(ip) = host.as_str().parse() {
        return Resolved { ips: vec![ip], seconds: 0 };
    }
    match from {
        Origin::Machines | Origin::Anyone => of_machine(world, host),
        Origin::Proxies => of_proxy(world, host),
    }
}

/// As the DNS client of Windows: it asks for IPv4 addresses first, and for IPv6 addresses only where that was answered
/// ("DNS Client Behavior in Windows Vista", Microsoft; that the lab's machines have an IPv6 address, so that they ask at
/// all, is the lab's own). A name of which either answer says that it does not exist does not exist (KB 815768). It makes of
/// REFUSED what it makes of SERVFAIL (†: with one server there is no other to go on to).
fn of_machine(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let a = ask(world, Question::V4, host).heard_within(MACHINE_SECONDS);
    if !matches!(a.answering, Answering::Records | Answering::Empty) {
        return Resolved::after(a.seconds());
    }
    let aaaa = ask(world, Question::V6, host).heard_within(MACHINE_SECONDS);
    let seconds = a.seconds() + aaaa.seconds();
    if aaaa.answering == Answering::NameError {
        return Resolved::after(seconds);
    }
    Resolved { ips: [a.ips, aaaa.ips].concat(), seconds }
}

/// As Squid 5.7, measured: it asks for both at once, and goes on with whatever it is given, without waiting for the rest.
fn of_proxy(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let asked = [Question::V4, Question::V6].map(|question| ask(world, question, host));
    let heard = asked.map(|said| said.heard_within(PROXY_SECONDS));
    let given = heard.iter().filter(|it| !it.ips.is_empty());
    let first = given.map(ResolverAnswer::seconds).min();
    let last = heard.iter().map(ResolverAnswer::seconds).max();
    let ips = heard.iter().flat_map(|it| it.ips.clone()).collect();
    Resolved { ips, seconds: first.or(last).unwrap_or_default() }
}

/// The addresses that a name has, in a private zone or for everybody; `None` if it does not exist.
fn known(world: &Tracked<'_, World>, host: &HostName) -> Option<Vec<IpAddr>> {
    let names = || world.clone().network().names();
    let own = private(world, host).or_else(|| names().at(host));
    let own = own.or_else(|| alias_of(world, host).and_then(|alias| names().at(alias)));
    own.map(|ips| ips.get().clone())
}

fn private<'w>(world: &Tracked<'w, World>, host: &HostName) -> Option<Tracked<'w, Vec<IpAddr>>> {
    zone(world, host).and_then(|(_, zone)| zone.records().at(host))
}

/// The names behind a name that is an alias for everybody, in order.
pub fn behind(world: &Tracked<'_, World>, host: &HostName) -> Vec<HostName> {
    if private(world, host).is_some() {
        return Vec::new();
    }
    let aliases = || world.clone().network().aliases();
    if let Some(names) = aliases().at(host) {
        return names.get().clone();
    }
    let alias = alias_of(world, host).and_then(|alias| aliases().at(alias));
    let names = alias.map(|names| names.get().clone()).unwrap_or_default();
    names.into_iter().skip_while(|name| name != host).skip(1).collect()
}

/// The first alias that has a name behind it.
fn alias_of<'w>(world: &Tracked<'w, World>, host: &HostName) -> Option<&'w HostName> {
    let mut aliases = world.clone().network().aliases().each();
    aliases.find(|(_, names)| names.clone().get().contains(host)).map(|(alias, _)| alias)
}

/// The addresses that a name has, in a private zone or for everybody.
pub(crate) fn addresses(world: &Tracked<'_, World>, host: &HostName) -> Vec<IpAddr> {
    known(world, host).unwrap_or_default()
}

/// Whether there are names below this one, so that it exists, with nothing of its own (RFC 8020).
pub fn has_names_below(world: &Tracked<'_, World>, host: &HostName) -> bool {
    let network = || world.clone().network();
    let private = zone(world, host).into_iter().flat_map(|(_, zone)| zone.records().each());
    let mut names = private.chain(network().names().each()).map(|(name, _)| name);
    let is_below = |name: &HostName| name != host && name.is_within(host.as_str());
    names.any(is_below)
        || network().aliases().each().any(|(_, names)| names.get().iter().any(is_below))
}

/// The zone with a server of its own that a name is in, by its name.
pub fn forwarded_zone<'w>(world: &Tracked<'w, World>, host: &HostName) -> Option<&'w HostName> {
    zone(world, host).map(|(name, _)| name)
}

fn zone<'w>(
    world: &Tracked<'w, World>,
    host: &HostName,
) -> Option<(&'w HostName, Tracked<'w, ForwardedZone>)> {
    let zones = world.clone().network().resolver().zones();
    let within = zones.each().filter(|(name, _)| host.is_within(name.as_str()));
    within.max_by_key(|(name, _)| name.as_str().len())
}

fn overridden(resolver: Tracked<'_, Resolver>, host: &HostName) -> Option<Vec<IpAddr>> {
    let mut overrides = resolver.overrides().each();
    let first = overrides.find(|(_, it)| it.clone().of().get().matches(Some(host), None));
    first.map(|(_, it)| it.with().get().clone())
}

/// When the DNS client of Windows gives up its only server: it asks at 0, 1, 2, 4 and 8 seconds (KB 2834226).
const MACHINE_SECONDS: i64 = 10;

/// Squid's `dns_timeout`.
const PROXY_SECONDS: i64 = 30;
