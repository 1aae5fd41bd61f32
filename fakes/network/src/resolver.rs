//! Name resolution, for machines and for proxies.

use std::net::IpAddr;

use marslab_model::world::{Answering, Origin, Resolver};
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
    let resolver = world.clone().network().resolver();
    match *resolver.clone().a().get() {
        Answering::Records | Answering::Empty => {}
        Answering::NameError | Answering::ServerFailure => return Resolved::after(0),
        Answering::Silence => return Resolved::after(MACHINE_SECONDS),
    }
    match *resolver.aaaa().get() {
        Answering::NameError => Resolved::after(0),
        Answering::Silence => Resolved { seconds: MACHINE_SECONDS, ..given(world, host) },
        Answering::Records | Answering::Empty | Answering::ServerFailure => given(world, host),
    }
}

/// As Squid 5.7, measured: it asks for both at once, and goes on with whatever it is given, without waiting for the rest.
fn of_proxy(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let found = given(world, host);
    let resolver = world.clone().network().resolver();
    let waits = [*resolver.clone().a().get(), *resolver.aaaa().get()].contains(&Answering::Silence);
    let seconds = if found.ips.is_empty() && waits { PROXY_SECONDS } else { 0 };
    Resolved { seconds, ..found }
}

/// What the resolver's positive answers hold.
fn given(world: &Tracked<'_, World>, host: &HostName) -> Resolved {
    let resolver = || world.clone().network().resolver();
    let ips = overridden(resolver(), host).unwrap_or_else(|| {
        let own = world.clone().network().names().at(host);
        own.map(|ips| ips.get().clone()).unwrap_or_default()
    });
    let gives_a = *resolver().a().get() == Answering::Records;
    let gives_aaaa = *resolver().aaaa().get() == Answering::Records;
    let is_given = |ip: &IpAddr| if ip.is_ipv4() { gives_a } else { gives_aaaa };
    Resolved { ips: ips.into_iter().filter(is_given).collect(), seconds: 0 }
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
