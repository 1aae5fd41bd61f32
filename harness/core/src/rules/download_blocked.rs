//! A host of the portal that the network does not let the user's browser reach.

use super::{PORTAL, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::survey::{Access, Blocker, Probe};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    if matches!(scene.network.access, Access::ProxyAsks { .. } | Access::ProxyDead { .. }) {
        return Seen::unchecked("the portal", scene.network.obstacle());
    }
    let probes = scene.network.probes().iter();
    probes.filter_map(|probe| Some(found(probe, probe.blocker()?))).collect()
}

fn found(probe: &Probe, blocker: Blocker) -> Found {
    let remedy = match blocker {
        Blocker::Network => "allow-at-firewall",
        Blocker::Proxy => "allow-at-proxy",
    };
    let found = Found::cause("firewall-blocks-download", remedy).about(probe.place.name.clone());
    probe.evidence().into_iter().fold(found, Found::evidence)
}

#[cfg(test)]
mod tests;
