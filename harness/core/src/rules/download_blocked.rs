//! A host of the portal that the network does not let the user's browser reach.

use marslab_model::Finding;

use super::{PORTAL, Rule};
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Access, Blocker, Naming, Probe};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if matches!(scene.network.access, Access::ProxyAsks { .. } | Access::ProxyDead { .. }) {
        return RuleOutput::unchecked(areas::PORTAL, scene.network.obstacle());
    }
    let probes = scene.network.probes().iter().filter(|probe| probe.naming == Naming::Usual);
    probes.filter_map(|probe| Some(found(probe, probe.blocker()?))).collect()
}

fn found(probe: &Probe, blocker: Blocker) -> Finding {
    let remedy = match blocker {
        Blocker::Network => "allow-at-firewall",
        Blocker::Proxy => "allow-at-proxy",
    };
    let found =
        Finding::cause("firewall-blocks-download", remedy).with_about(probe.place.name.clone());
    probe.evidence().into_iter().fold(found, Finding::with_evidence)
}

#[cfg(test)]
mod tests;
