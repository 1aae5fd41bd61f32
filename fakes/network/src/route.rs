//! Where a connection leads: what the firewall decides, and who listens.
//!
//! Fields are read one by one and no further than the question needs, because every read is recorded.

use std::fmt;
use std::net::IpAddr;

use marslab_model::world::{Action, Impairment, Network, Origin, Role, Rule};
use marslab_model::{Address, DialError, Host, HostName, Name, Tracked, World};

use crate::resolver::addresses;

/// Where something listens in the simulated network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listener {
    /// A proxy, by its address and port as the world names it.
    Proxy(Name),
    /// A port of a captive portal.
    Portal {
        /// Its address.
        at: Name,
        /// The port.
        port: u16,
    },
    /// A port of a server of the cloud.
    Server {
        /// The server's name.
        host: HostName,
        /// The port.
        port: u16,
    },
}

impl Listener {
    /// Everything that listens in a world.
    pub(crate) fn all(world: &World) -> Vec<Self> {
        let proxies = world.network.proxies.keys().cloned().map(Self::Proxy);
        let servers = world.cloud.endpoints.iter().flat_map(|(host, endpoint)| {
            let ports = ports(endpoint.role).iter();
            ports.map(|port| Self::Server { host: host.clone(), port: *port })
        });
        let portals = world.network.portals.keys().flat_map(|at| {
            PORTAL_PORTS.iter().map(|port| Self::Portal { at: at.clone(), port: *port })
        });
        proxies.chain(portals).chain(servers).collect()
    }
}

/// Where a connection leads, and how it is impaired.
pub(crate) struct Route {
    /// Who is at its end.
    pub(crate) listener: Listener,
    /// The rule that counts it, and the impairment of those that the count is for.
    pub(crate) impairment: Option<(Name, Impairment)>,
}

/// One attempt to connect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    /// Who dials.
    pub(crate) from: Origin,
    /// The name that was dialled, where it was one.
    pub(crate) name: Option<&'a HostName>,
    /// The address.
    pub(crate) ip: IpAddr,
    /// The port.
    pub(crate) port: u16,
}

/// As the journal tells it.
impl fmt::Display for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = Address { host: Host::Ip(self.ip), port: self.port };
        match self.from {
            Origin::Proxies => write!(f, "dial {to} for a proxy"),
            Origin::Machines | Origin::Anyone => write!(f, "dial {to}"),
        }
    }
}

impl Attempt<'_> {
    /// Where the attempt ends.
    pub(crate) fn route(&self, world: Tracked<'_, World>) -> Result<Route, DialError> {
        let (rule, action) = self.verdict(world.clone().network());
        let impairment = match (rule, action) {
            (Some(rule), Action::Impair(impairment)) => Some((rule.clone(), impairment)),
            _ => None,
        };
        let listener = match action {
            Action::Allow | Action::Impair(_) => self.listener(world),
            Action::Drop => Err(DialError::TimedOut),
            Action::Reset => Err(DialError::Refused),
            Action::Unreachable => Err(DialError::Unreachable),
            Action::Divert => {
                let first = world.clone().network().portals().each().next();
                match first {
                    Some((at, _)) => self.portal(at),
                    None => self.listener(world),
                }
            }
        };
        listener.map(|listener| Route { listener, impairment })
    }

    /// The rule that decides, if one does, and what it does.
    fn verdict<'w>(&self, network: Tracked<'w, Network>) -> (Option<&'w Name>, Action) {
        let mut rules = network.firewall().each();
        let deciding = rules.find(|(_, rule)| self.is_met_by(rule));
        deciding.map_or((None, Action::Allow), |(name, rule)| (Some(name), *rule.action().get()))
    }

    fn portal(&self, at: &Name) -> Result<Listener, DialError> {
        let listens = PORTAL_PORTS.contains(&self.port);
        let listener = Listener::Portal { at: at.clone(), port: self.port };
        listens.then_some(listener).ok_or(DialError::Refused)
    }

    fn is_met_by(&self, rule: &Tracked<'_, Rule>) -> bool {
        let from = *rule.clone().from().get();
        if from != Origin::Anyone && from != self.from {
            return false;
        }
        let port = *rule.clone().port().get();
        port.is_none_or(|port| port == self.port)
            && rule.clone().to().get().matches(self.name, Some(self.ip))
    }

    fn listener(&self, world: Tracked<'_, World>) -> Result<Listener, DialError> {
        let address = Address { host: Host::Ip(self.ip), port: self.port };
        let proxy = Name::new(address.to_string());
        if world.clone().network().proxies().at(&proxy).is_some() {
            return Ok(Listener::Proxy(proxy));
        }
        let portal = Name::new(self.ip.to_string());
        if world.clone().network().portals().at(&portal).is_some() {
            return self.portal(&portal);
        }
        // The server of the name that was dialled, if it is there, else those whose names lead to the address.
        let dialled = self.name.filter(|name| self.is_of(&world, name));
        if let Some(found) = dialled.and_then(|name| self.server(world.clone(), name)) {
            return found;
        }
        let mut is_known = false;
        for (host, ips) in world.clone().network().names().each() {
            if !ips.get().contains(&self.ip) {
                continue;
            }
            is_known = true;
            if let Some(Ok(listener)) = self.server(world.clone(), host) {
                return Ok(listener);
            }
        }
        let mut proxies = world.network().proxies().each();
        is_known |= proxies.any(|(at, _)| self.is_at(at));
        // A known host refuses connections to other ports; an unknown address does not answer.
        Err(if is_known { DialError::Refused } else { DialError::TimedOut })
    }

    /// Whether the address is one of the name's own, and not one that a resolver gave in its place.
    fn is_of(&self, world: &Tracked<'_, World>, name: &HostName) -> bool {
        addresses(world, name).contains(&self.ip)
    }

    /// What the server of this name, if there is one, says to the port.
    fn server(
        &self,
        world: Tracked<'_, World>,
        host: &HostName,
    ) -> Option<Result<Listener, DialError>> {
        let role = *world.cloud().endpoints().at(host)?.role().get();
        Some(if ports(role).contains(&self.port) {
            Ok(Listener::Server { host: host.clone(), port: self.port })
        } else {
            Err(DialError::Refused)
        })
    }

    fn is_at(&self, proxy: &Name) -> bool {
        let address = proxy.as_str().parse::<Address>();
        address.is_ok_and(|address| address.host == Host::Ip(self.ip))
    }
}

/// The ports on which a server with this role listens. The recovery server also speaks HTTPS and answers 404, which
/// distinguishes it from one that cannot be reached (mars-facts 4.6).
fn ports(role: Role) -> &'static [u16] {
    match role {
        Role::Probe | Role::Authority => &[80],
        Role::Web => &[80, 443],
        Role::Recovery => &[443, 3260],
        Role::Discovery
        | Role::Login
        | Role::Management
        | Role::Backup
        | Role::Storage
        | Role::Graph => &[443],
    }
}

/// Where a captive portal listens.
const PORTAL_PORTS: [u16; 2] = [80, 443];
