//! What the network lets pass, and what follows from it.
//!
//! The survey tries each documented URL once, over the way that the account really uses. It ends early where nothing
//! more can be learned: at a proxy that does not answer, or that asks for credentials.

use std::net::IpAddr;

use jiff::Timestamp;
use marslab_model::net::{Host, Target};
use marslab_model::{Address, DialError};
use marslab_wire::http::Url;

use crate::facts::RANGES;
use crate::proxy::{Proxy, Source};

pub(crate) use plan::{Needs, Place, of_agent, of_portal};
pub(crate) use refusal::{Distrust, Refusal, common_name, unasked};
pub(crate) use versions::VersionRefusal;
pub(crate) use walk::survey;

mod hosts_file;
mod plan;
mod refusal;
pub(crate) mod script;
mod versions;
mod walk;

/// What one account sees of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// The proxy that the account uses.
    pub(crate) proxy: Option<Proxy>,
    /// A configuration script that could not be had, or is more than the core reads.
    pub(crate) lost_script: Option<String>,
    /// How far the account gets.
    pub(crate) access: Access,
    /// Where a proxy is dead or asks: the places that need another way, tried.
    pub(crate) aside: Vec<Probe>,
    /// Whether that other way leads to any documented host.
    pub(crate) aside_passes: bool,
    /// With which status the proxy answered for itself. Asked only where it closes every connection without an answer:
    /// one that refuses so is still a proxy, and says so when nothing is wanted of anybody else.
    pub(crate) own_status: Option<u16>,
    /// The hosts whose certificate was refused; for the time that it is valid, at the time of a server, if one told it.
    pub(crate) refusals: Vec<Refusal>,
    /// The servers that do not take TLS 1.2.
    pub(crate) version_refusals: Vec<VersionRefusal>,
    /// Other proxies that are known on the machine, and answer. Looked for only where nothing passes.
    pub(crate) elsewhere: Vec<Elsewhere>,
    /// The time of a server, and the machine's at the same moment.
    pub(crate) clock: Option<Clock>,
    /// The version page.
    pub(crate) version_page: Option<String>,
    /// The servers that answered with an error of their own (a status from 500 on), and with which.
    pub(crate) errors: Vec<(String, u16)>,
}

/// How far an account gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    /// Not tried.
    #[default]
    Unknown,
    /// As far as the probes say.
    Probed(Vec<Probe>),
    /// To a proxy that does not answer.
    ProxyDead {
        /// The proxy.
        proxy: Address,
        /// What became of it.
        death: Death,
        /// What becomes of connections without it.
        without: Without,
    },
    /// To a proxy that asks for credentials.
    ProxyAsks {
        /// The proxy.
        proxy: Address,
        /// The status of its answer.
        status: u16,
        /// What it was asked for.
        place: Place,
    },
}

/// What becomes of connections that leave out a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Without {
    /// They reach a documented host.
    Works,
    /// They reach none, and another proxy that is known on the machine answers.
    NeedsAnother,
    /// They reach none, and no proxy is known that answers.
    Fails,
}

/// How a proxy does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// It cannot be connected to.
    Dial(DialError),
    /// What listens there is no proxy.
    NoHttp,
}

/// One documented place, tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Probe {
    /// The place.
    pub(crate) place: Place,
    /// The proxy through which it was tried.
    pub(crate) via: Option<Address>,
    /// What became of it by its name.
    pub(crate) by_name: Reach,
    /// What became of it by its address, where the name failed and the address is in a documented range.
    pub(crate) by_address: Option<(IpAddr, Reach)>,
    /// The exception by which it was tried without the proxy, where only the proxy leads there.
    pub(crate) bypassed: Option<Bypassed>,
    /// What is odd about the address of its name here.
    pub(crate) naming: Naming,
}

/// From where a name that was not reached has its address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Naming {
    /// As any other.
    #[default]
    Usual,
    /// It has none here, while others have.
    NoAddress,
    /// This one, from the machine's hosts file, where the DNS server has another or none.
    HostsFile(IpAddr),
}

/// An exception of a proxy that covers a place to which only the proxy leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bypassed {
    /// The exception as it is set, such as `*.windows.net`.
    pub(crate) exception: String,
    /// The proxy that lets the place pass.
    pub(crate) proxy: Address,
}

/// What became of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Something there answered.
    Passed,
    /// It could not be connected to.
    Failed(DialError),
    /// Something on the way answered in its place.
    Replaced,
    /// The proxy answered with a status instead.
    Refused(u16),
    /// The proxy answered with a status inside the tunnel that it had opened, because it inspects what passes there.
    RefusedInside(u16),
    /// The proxy closed the connection without an answer.
    Silent,
}

/// A proxy that is set for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// Who set it.
    pub(crate) source: Source,
    /// Where it is.
    pub(crate) address: Address,
    /// Whether it lets a documented host pass, and does not ask for credentials first.
    pub(crate) passes: bool,
}

/// Two clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// The server's.
    pub(crate) server: Timestamp,
    /// The machine's.
    pub(crate) machine: Timestamp,
}

/// What keeps a place from being reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocker {
    /// The network, on the machine or behind the proxy.
    Network,
    /// The proxy's own rules.
    Proxy,
}

/// By what a place is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// By its name.
    Name,
    /// By its address, in this documented range.
    Range(&'static str),
}

impl Survey {
    /// The probes; none where the survey did not come to them.
    pub(crate) fn probes(&self) -> &[Probe] {
        match &self.access {
            Access::Probed(probes) => probes,
            Access::Unknown | Access::ProxyDead { .. } | Access::ProxyAsks { .. } => &[],
        }
    }

    /// Whether every documented place was tried and none was reached.
    pub(crate) fn nothing_passes(&self) -> bool {
        let probes = self.probes();
        !probes.is_empty() && !probes.iter().any(Probe::passes)
    }

    /// Whether nothing passes, and not for the proxy's rules alone: behind them the network ends, too.
    pub(crate) fn is_lost(&self) -> bool {
        self.nothing_passes() && self.probes().iter().any(Probe::is_lost)
    }

    /// Whether a host was reached by its name.
    pub(crate) fn passes_to(&self, host: &Host) -> bool {
        let mut tried = self.tried();
        tried.any(|probe| probe.place.url.host == *host && probe.by_name == Reach::Passed)
    }

    /// All places that were tried, by whatever way.
    pub(crate) fn tried(&self) -> impl Iterator<Item = &Probe> {
        self.probes().iter().chain(&self.aside)
    }

    /// The places that are blocked while others are reached; where nothing is, those that the proxy refuses although it
    /// would try the others.
    pub(crate) fn blocked(&self) -> impl Iterator<Item = (&Probe, Blocker, Block)> {
        let (passes, is_lost) = (!self.nothing_passes(), self.is_lost());
        let tells = move |probe: &&Probe| passes || is_lost && !probe.is_lost();
        let aside = self.aside.iter().filter(|_| self.aside_passes);
        self.probes().iter().filter(tells).chain(aside).flat_map(|probe| {
            probe.blocks().into_iter().map(move |(blocker, block)| (probe, blocker, block))
        })
    }

    /// Why a place could not be asked, for what is left unchecked.
    pub(crate) fn obstacle(&self) -> String {
        match &self.access {
            Access::ProxyAsks { proxy, .. } => format!("the proxy {proxy} asks for credentials"),
            Access::ProxyDead { proxy, .. } => format!("the proxy {proxy} does not answer"),
            Access::Probed(_) => "no server could be reached".to_owned(),
            Access::Unknown => "no connection was tried".to_owned(),
        }
    }
}

impl Access {
    /// The proxy that is dead or asks.
    fn closed_proxy(&self) -> Option<Address> {
        match self {
            Self::ProxyDead { proxy, .. } | Self::ProxyAsks { proxy, .. } => Some(proxy.clone()),
            Self::Unknown | Self::Probed(_) => None,
        }
    }
}

impl Probe {
    /// A place that is tried, of which nothing more is known than what became of it by its name.
    pub(crate) fn by_name(place: Place, via: Option<Address>, by_name: Reach) -> Self {
        Self { place, via, by_name, by_address: None, bypassed: None, naming: Naming::Usual }
    }

    /// Whether something leads there, were it not for an exception.
    fn passes(&self) -> bool {
        self.by_name == Reach::Passed || self.passes_by_address() || self.bypassed.is_some()
    }

    /// A firewall that lets an address pass whose name it blocks is not the end of a network. A proxy is never asked
    /// for an address: one that refuses every name refuses everything.
    fn passes_by_address(&self) -> bool {
        let address = self.by_address.as_ref().filter(|_| self.via.is_none());
        address.is_some_and(|(_, reach)| *reach == Reach::Passed)
    }

    /// What keeps the place from being reached by its name.
    pub(crate) fn blocker(&self) -> Option<Blocker> {
        self.by_name.blocker().filter(|_| self.bypassed.is_none())
    }

    fn is_lost(&self) -> bool {
        self.blocker() == Some(Blocker::Network)
    }

    /// Who blocks it, and by what. A name and its address may be blocked by two.
    fn blocks(&self) -> Vec<(Blocker, Block)> {
        let of_name = self.blocker().filter(|_| self.naming == Naming::Usual);
        let Some(of_name) = of_name else { return Vec::new() };
        let address = self.by_address.as_ref();
        let of_address = address.and_then(|(ip, reach)| Some((reach.blocker()?, range_of(*ip)?)));
        match of_address {
            None => vec![(of_name, Block::Name)],
            Some((blocker, range)) if blocker == of_name => vec![(blocker, Block::Range(range))],
            Some((other, range)) => vec![(of_name, Block::Name), (other, Block::Range(range))],
        }
    }

    /// What was seen, a line for each attempt.
    pub(crate) fn evidence(&self) -> Vec<String> {
        let Url { port, .. } = self.place.url;
        let by_name = match &self.via {
            Some(_) if matches!(self.by_name, Reach::RefusedInside(_)) => {
                format!("GET {}", self.place.url)
            }
            Some(_) => self.place.asked_of_proxy(),
            None => format!("connecting to {}", self.place.url.address()),
        };
        let by_address = self.by_address.iter().map(|(ip, reach)| {
            let verb = if self.via.is_some() { "CONNECT" } else { "connecting to" };
            reach.line(&format!("{verb} {}", Address::new(&ip.to_string(), port)))
        });
        [self.by_name.line(&by_name)].into_iter().chain(by_address).collect()
    }
}

impl Reach {
    fn line(self, attempt: &str) -> String {
        match self {
            Self::Passed => format!("{attempt} passed"),
            Self::Failed(error) => format!("{attempt}: {error}"),
            Self::Replaced => format!("{attempt}: something else answered in its place"),
            Self::Refused(status) | Self::RefusedInside(status) => {
                format!("{attempt} answered {status}")
            }
            Self::Silent => format!("{attempt} was closed without an answer"),
        }
    }

    fn blocker(self) -> Option<Blocker> {
        match self {
            Self::Passed => None,
            // A gateway's own errors tell that the proxy wanted to and could not.
            Self::Failed(_) | Self::Replaced | Self::Refused(500..) => Some(Blocker::Network),
            Self::Refused(_) | Self::RefusedInside(_) | Self::Silent => Some(Blocker::Proxy),
        }
    }
}

impl Clock {
    /// How many seconds the machine's clock is ahead.
    pub(crate) fn seconds_ahead(self) -> i64 {
        self.machine.duration_since(self.server).as_secs()
    }
}

/// The documented range in which an address lies.
pub(crate) fn range_of(ip: IpAddr) -> Option<&'static str> {
    let holds =
        |range: &&&str| range.parse::<Target>().is_ok_and(|range| range.matches(None, Some(ip)));
    RANGES.iter().find(holds).copied()
}

#[cfg(test)]
mod tests;
