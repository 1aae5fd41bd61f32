//! What an attempt to connect comes to, as one world has it.

use std::net::IpAddr;

use marslab_model::world::Origin;
use marslab_model::{Address, DialError, Host, Tracked, World};

use crate::resolver::{Resolved, resolve};
use crate::route::{Attempt, Route};

/// An attempt to connect whose outcome is decided, so that what changes from now on does not touch it.
pub struct Plan {
    /// Who dials.
    pub(crate) from: Origin,
    /// Where to.
    pub(crate) to: Address,
    /// The addresses that the name has to who dials; an address is its own.
    pub(crate) resolved: Resolved,
    /// What is tried: the addresses in their order, up to the first that leads somewhere.
    pub(crate) tries: Vec<(IpAddr, Result<Route, DialError>)>,
}

impl Plan {
    /// Decides the outcome of an attempt to connect; nothing is dialled yet.
    pub fn new(world: &Tracked<'_, World>, from: Origin, to: &Address) -> Self {
        let resolved = match &to.host {
            Host::Name(name) => resolve(world, from, name),
            Host::Ip(ip) => Resolved { ips: vec![*ip], seconds: 0 },
        };
        Self::resolved(world, from, to, resolved)
    }

    /// The same where the addresses of the name are known.
    pub fn resolved(
        world: &Tracked<'_, World>,
        from: Origin,
        to: &Address,
        resolved: Resolved,
    ) -> Self {
        let name = match &to.host {
            Host::Name(name) => Some(name),
            Host::Ip(_) => None,
        };
        let mut tries = Vec::new();
        for ip in resolved.ips.iter().copied() {
            let route = Attempt { from, name, ip, port: to.port }.route(world.clone());
            let is_last = route.is_ok();
            tries.push((ip, route));
            if is_last {
                break;
            }
        }
        Self { from, to: to.clone(), resolved, tries }
    }
}
