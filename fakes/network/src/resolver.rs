//! Name resolution, for machines and for proxies.

use std::net::IpAddr;

use marslab_model::world::{Answering, ForwardedZone, Origin, Resolver};
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
/// all, is the lab's own). A name of which either answer says that it does not exist does not exist (KB 815768).
fn of_machine(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let says = Says::to(world, host);
    match says.a {
        Answering::Records | Answering::Empty => {}
        Answering::NameError | Answering::ServerFailure => return Resolved::after(0),
        Answering::Silence => return Resolved::after(MACHINE_SECONDS),
    }
    match says.aaaa {
        Answering::NameError => Resolved::after(0),
        Answering::Silence => Resolved { seconds: MACHINE_SECONDS, ..given(world, host) },
        Answering::Records | Answering::Empty | Answering::ServerFailure => given(world, host),
    }
}

/// As Squid 5.7, measured: it asks for both at once, and goes on with whatever it is given, without waiting for the rest.
fn of_proxy(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let (found, says) = (given(world, host), Says::to(world, host));
    let waits = [says.a, says.aaaa].contains(&Answering::Silence);
    let seconds = if found.ips.is_empty() && waits { PROXY_SECONDS } else { 0 };
    Resolved { seconds, ..found }
}

/// What the resolver's positive answers hold.
fn given(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let resolver = || world.clone().network().resolver();
    let ips = overridden(resolver(), host).unwrap_or_else(|| addresses(world, host));
    let says = Says::to(world, host);
    let is_given = |ip: &IpAddr| {
        let answering = if ip.is_ipv4() { says.a } else { says.aaaa };
        answering == Answering::Records
    };
    Resolved { ips: ips.into_iter().filter(is_given).collect(), seconds: 0 }
}

/// The addresses that a name has, in a private zone or for everybody.
pub(crate) fn addresses(world: &Tracked<'_, World>, host: &HostName) -> Vec<IpAddr> {
    let private = zone(world, host).and_then(|zone| zone.records().at(host));
    let own = private.or_else(|| world.clone().network().names().at(host));
    own.map(|ips| ips.get().clone()).unwrap_or_default()
}

/// What is said to questions for a name: by the resolver, or by whom it asks for the name's zone.
#[derive(Clone, Copy)]
struct Says {
    a: Answering,
    aaaa: Answering,
}

impl Says {
    fn to(world: &Tracked<'_, World>, host: &HostName) -> Self {
        let resolver = || world.clone().network().resolver();
        let zones = || zone(world, host).map(|zone| *zone.answers().get());
        let of_zone = |own: Answering| match own {
            Answering::Records => zones().unwrap_or_default(),
            _ => own,
        };
        Self { a: of_zone(*resolver().a().get()), aaaa: of_zone(*resolver().aaaa().get()) }
    }
}

/// The zone with a server of its own that a name is in.
fn zone<'w>(world: &Tracked<'w, World>, host: &HostName) -> Option<Tracked<'w, ForwardedZone>> {
    let zones = world.clone().network().resolver().zones();
    let host = host.as_str().to_ascii_lowercase();
    let holds = |zone: &HostName| {
        let before = host.strip_suffix(&zone.as_str().to_ascii_lowercase());
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let within = zones.each().filter(|(name, _)| holds(name));
    within.max_by_key(|(name, _)| name.as_str().len()).map(|(_, zone)| zone)
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
